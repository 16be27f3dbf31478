import { Args, Context, Extensions, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { openFamily } from '../carers/families.resolver.js';
import { Family } from '../carers/family.graphql.js';
import { Child } from '../children/child.graphql.js';
import type { CareKind } from '../placements/placement.enums.js';
import { ASK_SUPERVISOR } from '../placements/suitability.domain.js';
import { mayEver } from '../platform/auth/acts.js';
import { notFound } from '../platform/errors.js';
import { PageArgs, afterKey, pageOf } from '../platform/graphql/connection.js';
import type { Page } from '../platform/graphql/connection.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { IdScalar } from '../platform/graphql/scalars.js';
import { say } from '../platform/messages/messages.js';
import { ListsService } from './lists.service.js';
import { AskForFamiliesInput, ExcludedFamily, ExcludedFamilyConnection, KinOption, KinOptionKind, MatchEntry, MatchEntryConnection, MatchList, MatchListResult } from './match-list.graphql.js';
import type { BrokenRule, MatchBand, MatchFactor } from './match-list.graphql.js';
import { acts, mayReadRule } from './matching.policy.js';
import { formerCarersOf, listById, listEntries, listExclusions, listsOfChild } from './matching.queries.js';
import type { EntryRow, ExclusionRow, ListRow } from './matching.queries.js';
import { matching } from './matching.refusals.js';
import { FACTORS, bandOf, strategiesNeeded } from './ranking.domain.js';

@Resolver(() => MatchList)
export class ListsResolver {
  constructor(private readonly service: ListsService) {}

  @Mutation(() => MatchListResult, {
    description: 'Asks the whole country which families would suit a child: every hard rule, then the ranking. The list is kept with all that it rests on.',
  })
  @Can(acts['match.ask'])
  askForFamilies(@Args('input') input: AskForFamiliesInput, @Context() request: RequestContext) {
    return answer(request, matching, this.service.ask(request.actor, input, request.requestId), (id) => readList(request, id));
  }

  @Query(() => MatchList, { description: 'A list as it was asked for: the same numbers on any day. That it was read is written down.' })
  @Can(acts['match.read'])
  async matchList(@Args('id', { type: () => IdScalar, description: 'The list.' }) id: string, @Context() request: RequestContext): Promise<MatchList> {
    const found = await readList(request, id);
    if (found === undefined) throw notFound();
    return found;
  }

  @ResolveField(() => [KinOption], { description: 'Assessed kin and former carers: before any stranger, apart, never scored.' })
  @Extensions({ maximum: 40 })
  async kinFirst(@Parent() list: MatchList, @Context() request: RequestContext): Promise<KinOption[]> {
    const none = { relativeId: null, familyId: null, familyNumber: null, areaCode: null, freePlaces: null };
    const former = (await request.load(formerCarersOf, list.id)) ?? [];
    return [
      ...list.kinRelativeIds.map((relativeId) => ({ ...none, kind: KinOptionKind.assessed_kin, relativeId })),
      ...former.map(({ family_id: familyId, facts }) => ({
        ...none, kind: KinOptionKind.former_carer, familyId, familyNumber: facts.number, areaCode: facts.communeCode, freePlaces: facts.freePlaces,
      })),
    ];
  }

  @ResolveField(() => MatchEntryConnection, { description: 'The families that meet every hard rule, the best first; at most 100 are kept.' })
  async families(@Parent() list: MatchList, @Args() page: PageArgs, @Context() request: RequestContext): Promise<Page<MatchEntry>> {
    const [after = 0] = afterKey(page, 'number') ?? [];
    const rows = await listEntries(await request.query(), list.id, Number(after), page.first + 1);
    return pageOf(page, rows, (row) => [row.rank], (row) => toEntry(request, list, row));
  }

  @ResolveField(() => ExcludedFamilyConnection, { description: 'The families that may not be chosen, each with every rule that stands against it, by their number.' })
  async excluded(@Parent() list: MatchList, @Args() page: PageArgs, @Context() request: RequestContext): Promise<Page<ExcludedFamily>> {
    const [after = 0] = afterKey(page, 'number') ?? [];
    const rows = await listExclusions(await request.query(), list.id, Number(after), page.first + 1);
    return pageOf(page, rows, (row) => [row.family_number], (row) => toExcluded(request, row, list.officeId));
  }
}

/** What is behind a number: the family's file, for who may open it. */
@Resolver(() => MatchEntry)
export class EntriesResolver {
  @ResolveField(() => Family, { nullable: true, description: 'The family\'s file, where it is of the caller\'s offices. Opening it is written down.' })
  async family(@Parent() entry: MatchEntry, @Context() request: RequestContext): Promise<Family | null> {
    return (await openFamily(request, entry.familyId)) ?? null;
  }
}

/** The lists of a child, on the child. */
@Resolver(() => Child)
export class ChildListsResolver {
  @ResolveField(() => [MatchList], { description: 'The lists of families that were asked for, the latest first, at most 20; none for who may not read them.' })
  @Extensions({ maximum: 20 })
  async matchLists(@Parent() child: Child, @Context() request: RequestContext): Promise<MatchList[]> {
    if (!mayEver(request.actor, acts['match.read'])) return [];
    return ((await request.load(listsOfChild, child.id)) ?? []).map((row) => toList(request, row));
  }
}

async function readList(request: RequestContext, id: string): Promise<MatchList | undefined> {
  const row = await request.load(listById, id);
  return row && toList(request, row);
}

function toList(request: RequestContext, row: ListRow): MatchList {
  const known = row.failed_rules.filter(({ code, confidential }) => code !== ASK_SUPERVISOR.code && (!confidential || mayReadRule(request.actor, code, row.office_id, '')));
  const hidden = known.length < row.failed_rules.filter(({ code }) => code !== ASK_SUPERVISOR.code).length;
  const shown = hidden ? [...known, ...row.failed_rules.filter(({ code }) => code === ASK_SUPERVISOR.code)] : known;
  return {
    id: row.id,
    childId: row.child_id,
    childIds: row.child_ids,
    officeId: row.office_id,
    askedOn: row.asked_on,
    startsOn: row.starts_on,
    careKind: row.care_kind as CareKind,
    emergency: row.emergency,
    gatekeepingComplete: row.gatekeeping_complete,
    apartReason: row.apart_reason,
    weightsVersion: row.weights_version,
    weights: FACTORS.map((code) => ({ code: code as MatchFactor, label: labelOf(request, code), weight: row.weights[code] ?? 0 })),
    searched: row.searched,
    eligible: row.eligible,
    failedRules: shown.map(({ code, count }) => ({ code, count, message: say(request.language, `rule_name.${code}`) })),
    rawWeights: row.weights,
    kinRelativeIds: row.kin_relative_ids,
  };
}

function toEntry(request: RequestContext, list: MatchList, row: EntryRow): MatchEntry {
  return {
    rank: row.rank,
    familyId: row.family_id,
    familyNumber: row.facts.number,
    areaCode: row.facts.communeCode,
    score: row.score,
    factors: row.factors.map(({ factor, value, missing }) => {
      const weight = list.rawWeights[factor] ?? 0;
      return { code: factor as MatchFactor, label: labelOf(request, factor), value, weight, contribution: weight * value, band: bandOf({ value, missing }) as MatchBand, missing };
    }),
    strategiesNeeded: strategiesNeeded(row.factors) as MatchFactor[],
    freePlaces: row.facts.freePlaces,
    placesForAll: row.facts.placesForAll,
  };
}

/** A reason that rests on an allegation, a contact risk, a conviction or health reads one and the same to who may not know it. */
function toExcluded(request: RequestContext, row: ExclusionRow, officeId: string): ExcludedFamily {
  const rule = (code: string, details = {}): BrokenRule => ({ code, message: say(request.language, `rule.${code}`, details), toChange: say(request.language, `rule_change.${code}`, details) });
  const open = row.failures.filter(({ code, confidential }) => !confidential || mayReadRule(request.actor, code, officeId, row.area_code)).map(({ code, details }) => rule(code, details));
  const hidden = open.length < row.failures.length ? [rule(ASK_SUPERVISOR.code)] : [];
  return { familyNumber: row.family_number, areaCode: row.area_code, rules: [...open, ...hidden] };
}

function labelOf(request: RequestContext, factor: string): string {
  return say(request.language, `enum.MatchFactor.${factor}`);
}
