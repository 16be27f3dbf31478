import { Args, Context, Extensions, Int, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { recordDenied } from './child-parts.queries.js';
import { forbidden } from '../platform/errors.js';
import { defineLoader } from '../platform/graphql/context.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { Child, ChildResult, ChildSummary } from './child.graphql.js';
import { acts, mayForChild } from './children.policy.js';
import { opened, summariesById } from './children.queries.js';
import type { SummaryRow } from './children.queries.js';
import { children } from './children.refusals.js';
import { openChild, toSummary } from './children.resolver.js';
import { IdentitiesService } from './identities.service.js';
import { ranked } from './identity.domain.js';
import { MergeChildrenInput, MergedFile, PossibleChild, RecordKnownDifferentInput, UndoMergeInput } from './identity.graphql.js';
import type { MatchSign } from './identity.graphql.js';
import { compared, mergesOf } from './identity.queries.js';
import type { Compared, MergeRow } from './identity.queries.js';

/** At most so many files are named as possibly, or surely, of the same child. */
export const MOST_FILES = 10;

const standingMerges = defineLoader<MergeRow[]>('merges', async (op, ids) => {
  const rows = await mergesOf(op, ids);
  return ids.map((id) => rows.filter((row) => row.of === id));
});

/** Files that are, may be, or are not of one person. */
@Resolver(() => Child)
export class IdentitiesResolver {
  constructor(private readonly identities: IdentitiesService) {}

  @Mutation(() => ChildResult, { description: 'Says that two files are of two children; they are no longer named to each other.' })
  @Can(acts['child.recordKnownDifferent'])
  recordKnownDifferent(@Args('input') input: RecordKnownDifferentInput, @Context() request: RequestContext) {
    return answer(request, children, this.identities.differ(request.actor, input, request.requestId), (id) => openChild(request, id));
  }

  @Mutation(() => ChildResult, { description: 'Says that two files are of one person; answers with the one that goes on. Both stay with their timelines. Only for who may see both.' })
  @Can(acts['child.merge'])
  mergeChildren(@Args('input') input: MergeChildrenInput, @Context() request: RequestContext) {
    return answer(request, children, this.identities.merge(request.actor, input, request.requestId), (id) => openChild(request, id));
  }

  @Mutation(() => ChildResult, { description: 'Takes two files apart again; answers with the one that was merged into the other.' })
  @Can(acts['child.undoMerge'])
  undoMerge(@Args('input') input: UndoMergeInput, @Context() request: RequestContext) {
    return answer(request, children, this.identities.undo(request.actor, input, request.requestId), (id) => openChild(request, id));
  }

  @Extensions({ maximum: MOST_FILES })
  @ResolveField(() => [PossibleChild], { nullable: true, description: 'Files of the whole register that may be of the same child, the likeliest first, at most 10. Null with FORBIDDEN for who may not see it; who reads it is written down.' })
  async possibleDuplicates(@Parent() child: Child, @Context() request: RequestContext): Promise<PossibleChild[]> {
    const act = acts['child.readDuplicates'];
    if (!mayForChild(request.actor, act, child)) {
      await recordDenied(await request.query(), act);
      throw forbidden();
    }
    const loader = opened<Compared[]>('child.duplicates', request, async (op, ids) => {
      const rows = await compared(op, ids);
      return ids.map((id) => rows.filter((row) => row.of === id));
    });
    const found = ranked((await request.load(loader, child.id)) ?? [], MOST_FILES);
    return Promise.all(found.map(async ({ childId, officeId, score, agrees, contradicts }) => {
      const seen = await summary(request, childId);
      if (seen === null) return { child: null, officeId, score: null, agrees: [], contradicts: [] };
      return { child: seen, officeId, score, agrees: agrees as MatchSign[], contradicts: contradicts as MatchSign[] };
    }));
  }

  @ResolveField(() => MergedFile, { nullable: true, description: 'The file that goes on, where this one was merged into it.' })
  async mergedInto(@Parent() child: Child, @Context() request: RequestContext): Promise<MergedFile | undefined> {
    const [row] = ((await request.load(standingMerges, child.id)) ?? []).filter(({ kept }) => !kept);
    return row && mergedFile(request, row);
  }

  @Extensions({ maximum: MOST_FILES })
  @ResolveField(() => [MergedFile], { description: 'Other files of the same person that were merged into this one, the latest first, at most 10.' })
  async mergedFiles(@Parent() child: Child, @Context() request: RequestContext): Promise<MergedFile[]> {
    const rows = ((await request.load(standingMerges, child.id)) ?? []).filter(({ kept }) => kept).slice(0, MOST_FILES);
    return Promise.all(rows.map((row) => mergedFile(request, row)));
  }
}

/** A child found under a name of hers leads to the file that goes on. */
@Resolver(() => ChildSummary)
export class MergedSummaryResolver {
  @ResolveField(() => Int, { nullable: true, description: 'Number of the file that goes on, where this one was merged into it.' })
  async mergedIntoNumber(@Parent() child: ChildSummary, @Context() request: RequestContext): Promise<number | undefined> {
    return ((await request.load(standingMerges, child.id)) ?? []).find(({ kept }) => !kept)?.number;
  }
}

async function mergedFile(request: RequestContext, { of, otherId, number, on, reason, kept }: MergeRow): Promise<MergedFile> {
  return { number, on, reason, child: await summary(request, otherId), keptId: kept ? of : otherId, otherId: kept ? otherId : of };
}

/** The child as a list shows her, where the caller sees her; that she was shown is written down. */
async function summary(request: RequestContext, id: string | null): Promise<ChildSummary | null> {
  const row = id === null ? undefined : await request.load(opened<SummaryRow>('child_list', request, summariesById), id);
  return row === undefined ? null : toSummary(row, (await request.query()).today);
}
