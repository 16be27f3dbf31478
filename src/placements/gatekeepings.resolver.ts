import { Args, Context, Extensions, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { openChild } from '../children/children.resolver.js';
import { recordReads } from '../platform/audit/acts.js';
import { notFound } from '../platform/errors.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { IdScalar } from '../platform/graphql/scalars.js';
import { ConcludeGatekeepingInput, Gatekeeping, GatekeepingOption, GatekeepingResult, RecordOptionInput, RegisterResidentInput, ResidentResult } from './gatekeeping.graphql.js';
import { gatekeepingById, optionsOf } from './gatekeepings.queries.js';
import type { GatekeepingRow } from './gatekeepings.queries.js';
import { GatekeepingsService } from './gatekeepings.service.js';
import { acts } from './placements.policy.js';
import { placements } from './placements.refusals.js';
import { RegistrationService } from './registration.service.js';

@Resolver(() => Gatekeeping)
export class GatekeepingsResolver {
  constructor(
    private readonly registration: RegistrationService,
    private readonly service: GatekeepingsService,
  ) {}

  @Mutation(() => ResidentResult, { description: 'First registration of a child who lives in an institution, with five facts. Opens the gatekeeping that is due in 72 hours.' })
  @Can(acts['resident.register'])
  registerResident(@Args('input') input: RegisterResidentInput, @Context() request: RequestContext) {
    return answer(request, placements, this.registration.register(request.actor, input, request.requestId), (id) => openChild(request, id));
  }

  @Mutation(() => GatekeepingResult, { description: 'Records what became of one option, in the order of policy. Not by the institution\'s own staff.' })
  @Can(acts['gatekeeping.recordOption'])
  recordOption(@Args('input') input: RecordOptionInput, @Context() request: RequestContext) {
    return answer(request, placements, this.service.recordOption(request.actor, input, request.requestId), (id) => readGatekeeping(request, id));
  }

  @Mutation(() => GatekeepingResult, { description: 'Concludes a gatekeeping: parents and kin traced, or why not; an option chosen. Not by the institution\'s own staff.' })
  @Can(acts['gatekeeping.conclude'])
  concludeGatekeeping(@Args('input') input: ConcludeGatekeepingInput, @Context() request: RequestContext) {
    return answer(request, placements, this.service.conclude(request.actor, input, request.requestId), (id) => readGatekeeping(request, id));
  }

  @Query(() => Gatekeeping, { description: 'One gatekeeping of a child of the caller\'s offices. Opening it is written down.' })
  @Can(acts['gatekeeping.read'])
  async gatekeeping(@Args('id', { type: () => IdScalar, description: 'The gatekeeping.' }) id: string, @Context() request: RequestContext): Promise<Gatekeeping> {
    const found = await readGatekeeping(request, id);
    if (found === undefined) throw notFound();
    await recordReads(await request.query(), 'child_gatekeeping', [found.childId], request.operation);
    return found;
  }

  @Extensions({ maximum: 50 })
  @ResolveField(() => [GatekeepingOption], { description: 'What became of the options so far, at most 50.' })
  async options(@Parent() gatekeeping: Gatekeeping, @Context() request: RequestContext): Promise<GatekeepingOption[]> {
    const rows = (await request.load(optionsOf, gatekeeping.id)) ?? [];
    return rows.slice(0, 50).map((row) => ({ id: row.id, option: row.option, outcome: row.outcome, reason: row.reason, relativeId: row.relative_id, on: row.on_day }));
  }
}

/** A gatekeeping as the caller may see it. */
export async function readGatekeeping(request: RequestContext, id: string): Promise<Gatekeeping | undefined> {
  const row = await request.load(gatekeepingById, id);
  return row && toGatekeeping(row);
}

/** A row as the door shows it. */
export function toGatekeeping(row: GatekeepingRow): Gatekeeping {
  return {
    id: row.id,
    childId: row.child_id,
    state: row.state,
    openedOn: row.opened_on,
    dueAt: row.due_at,
    concludedOn: row.concluded_on,
    parentsTraced: row.parents_traced,
    parentsReason: row.parents_reason,
    kinTraced: row.kin_traced,
    kinReason: row.kin_reason,
  };
}
