import { Args, Context, Extensions, Field, Int, Mutation, ObjectType, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { notFound } from '../platform/errors.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { IdScalar } from '../platform/graphql/scalars.js';
import { say } from '../platform/messages/messages.js';
import { FamilyLoad, FamilyLoadResult, FamilyLoadRow, FamilyRowOutcome, LoadFamiliesInput } from './family-load.graphql.js';
import { loadById, outcomesOf, rowsOfLoad } from './family-loads.repo.js';
import type { FamilyLoadRowOf, LoadedRow } from './family-loads.repo.js';
import { FamilyLoadsService } from './family-loads.service.js';
import { acts } from './recruitment.policy.js';
import { recruitment } from './recruitment.refusals.js';

@ObjectType({ description: 'How many rows of a table came to one outcome.' })
export class FamilyRowCount {
  @Field(() => FamilyRowOutcome, { description: 'The outcome.' })
  outcome: FamilyRowOutcome;

  @Field(() => Int, { description: 'How many rows.' })
  rows: number;
}

@Resolver(() => FamilyLoad)
export class FamilyLoadsResolver {
  constructor(private readonly service: FamilyLoadsService) {}

  @Mutation(() => FamilyLoadResult, { description: 'Sends a table of families that an office already knows, to try it or for real. Sent again under its key it is the same load.' })
  @Can(acts['family.load'])
  loadFamilies(@Args('input') input: LoadFamiliesInput, @Context() request: RequestContext) {
    return answer(request, recruitment, this.service.load(request.actor, input, request.requestId), async (id) => {
      const row = await request.load(loadById, id);
      return row && toLoad(row);
    });
  }

  @Query(() => FamilyLoad, { description: 'How far a table of families is.' })
  @Can(acts['family_load.read'])
  async familyLoad(@Args('id', { type: () => IdScalar, description: 'The load.' }) id: string, @Context() request: RequestContext): Promise<FamilyLoad> {
    const row = await request.load(loadById, id);
    if (row === undefined) throw notFound();
    return toLoad(row);
  }

  @ResolveField(() => [FamilyRowCount], { description: 'How many rows came to what so far.' })
  @Extensions({ maximum: 5 })
  async outcomes(@Parent() load: FamilyLoad, @Context() request: RequestContext): Promise<FamilyRowCount[]> {
    return (await outcomesOf(await request.query(), load.id)).map(({ outcome, n }) => ({ outcome: outcome as FamilyRowOutcome, rows: n }));
  }

  @ResolveField(() => [FamilyLoadRow], { description: 'What came of each row, in the order of the table, at most 100 at a time.' })
  @Extensions({ maximum: 100 })
  async results(
    @Parent() load: FamilyLoad,
    @Args('afterRow', { type: () => Int, defaultValue: 0, description: 'The last row that was read before.' }) afterRow: number,
    @Context() request: RequestContext,
  ): Promise<FamilyLoadRow[]> {
    return (await rowsOfLoad(await request.query(), load.id, afterRow)).map(toRow);
  }
}

function toLoad({ id, dry_run: dryRun, on_day: on, rows, done }: FamilyLoadRowOf): FamilyLoad {
  return { id, dryRun, on, rows, done };
}

function toRow(row: LoadedRow): FamilyLoadRow {
  const sentence = (language: 'en' | 'km'): string | null => (row.code === null ? null : say(language, `familyRow.${row.code}`, row.details));
  return { row: row.row, outcome: row.outcome as FamilyRowOutcome, code: row.code, sentenceEn: sentence('en'), sentenceKm: sentence('km'), familyId: row.family_id, candidates: row.candidates };
}
