import { Args, Context, Extensions, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { CivilDate } from '../kernel/civil-date.js';
import { ageBand, ageOn, youngestAge } from '../kernel/age.js';
import { recordReads } from '../platform/audit/acts.js';
import type { Act } from '../platform/auth/acts.js';
import { notFound } from '../platform/errors.js';
import { ActAnswer, canAct } from '../platform/graphql/can.js';
import { afterKey, pageOf } from '../platform/graphql/connection.js';
import type { Page } from '../platform/graphql/connection.js';
import type { RequestContext } from '../platform/graphql/context.js';
import type { Precision, Sex } from '../platform/graphql/enums.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { IdScalar } from '../platform/graphql/scalars.js';
import { refuse } from '../kernel/result.js';
import { ChildFilesService } from './child-files.service.js';
import { Child, ChildResult, ChildSummary, ChildSummaryConnection, ChildrenArgs, DescribeChildInput, RecordReasonsInput, SearchChildrenArgs } from './child.graphql.js';
import type { BirthBasis, CivilRegistration } from './child.graphql.js';
import { SiblingGroup } from './child-parts.graphql.js';
import { childrenById, listChildren, opened, siblingGroupOf, summariesById } from './children.queries.js';
import type { SummaryRow } from './children.queries.js';
import type { ChildFacts } from './children.repo.js';
import { acts, mayForChild, placesFor } from './children.policy.js';
import { children } from './children.refusals.js';
import { searchChildren } from './search.js';

@Resolver(() => Child)
export class ChildrenResolver {
  constructor(private readonly files: ChildFilesService) {}

  @Mutation(() => ChildResult, { description: 'Describes a child: names, birth date, home area, languages, civil registration. CONFLICT where somebody changed the file since it was read.' })
  @Can(acts['child.describe'])
  describeChild(@Args('input') input: DescribeChildInput, @Context() request: RequestContext) {
    return answer(request, children, this.files.describe(request.actor, input, request.requestId), (id) => openChild(request, id));
  }

  @Mutation(() => ChildResult, { description: 'Records why a child came into care: one main reason, several others, and which parents live.' })
  @Can(acts['child.recordReasons'])
  recordReasons(@Args('input') input: RecordReasonsInput, @Context() request: RequestContext) {
    return answer(request, children, this.files.recordReasons(request.actor, input, request.requestId), (id) => openChild(request, id));
  }

  @Query(() => Child, { description: 'A child\'s file. Who opened it is written down.' })
  @Can(acts['child.read'])
  async child(@Args('id', { type: () => IdScalar, description: 'The child.' }) id: string, @Context() request: RequestContext): Promise<Child> {
    const found = await openChild(request, id);
    if (found === undefined) throw notFound();
    return found;
  }

  @Query(() => ChildSummaryConnection, { description: 'Children of the caller\'s offices or institution, the latest registered first.' })
  @Extensions({ mayBeOld: true })
  @Can(acts['child.read'])
  async children(@Args() page: ChildrenArgs, @Context() request: RequestContext): Promise<Page<ChildSummary>> {
    const op = await request.query();
    const rows = await listChildren(op, placesFor(request.actor, acts['child.read']), { institutionId: page.institutionId ?? null, officeId: page.officeId ?? null }, afterKey(page, 'number'), page.first + 1);
    await recordReads(op, 'child_list', rows.slice(0, page.first).map(({ id }) => id), request.operation);
    return pageOf(page, rows, (row) => [row.number], (row) => toSummary(row, op.today));
  }

  @Query(() => [ChildSummary], { description: 'Children of the caller\'s offices or institution by name or number, the best first: both scripts, either order, spellings that look or sound alike.' })
  @Can(acts['child.search'])
  async searchChildren(@Args() search: SearchChildrenArgs, @Context() request: RequestContext): Promise<ChildSummary[]> {
    const op = await request.query();
    const rows = await searchChildren(op, search, request.operation);
    return rows.map((row) => toSummary(row, op.today));
  }

  @ResolveField(() => SiblingGroup, { nullable: true, description: 'Her brothers and sisters, also those she was only raised with.' })
  async siblings(@Parent() child: Child, @Context() request: RequestContext): Promise<SiblingGroup | undefined> {
    const group = await request.load(siblingGroupOf, child.id);
    if (group === undefined) return undefined;
    const op = await request.query();
    const loader = opened<SummaryRow>('child_list', request, summariesById);
    const others = await Promise.all(group.children.filter(({ childId }) => childId !== child.id).map(({ childId }) => request.load(loader, childId)));
    return {
      id: group.groupId,
      members: group.members,
      wishTogether: group.children.find(({ childId }) => childId === child.id)?.wishTogether ?? null,
      others: others.flatMap((row) => (row === undefined ? [] : [toSummary(row, op.today)])),
    };
  }

  @ResolveField(() => [ActAnswer], { description: 'What the caller may do with the file now, with the reason for each no.' })
  async can(@Parent() child: Child, @Context() request: RequestContext): Promise<ActAnswer[]> {
    const may = (act: Act): boolean => mayForChild(request.actor, act, child);
    const plain = [acts['child.describe'], acts['child.recordReasons'], acts['child.recordLegalBasis'], acts['child.recordNeeds'], acts['child.linkSiblings']];
    const rest = [acts['child.recordRelative'], acts['child.recordContactRisk'], acts['child.recordView'], acts['child.recordObjection']];
    const group = await request.load(siblingGroupOf, child.id);
    const identity = [acts['child.withdrawAgreement'], acts['child.reviewWithdrawal'], acts['child.recordKnownDifferent'], acts['child.merge'], acts['child.undoMerge']];
    return [
      ...plain.map((act) => canAct(request, act, may(act))),
      canAct(request, acts['child.unlinkSibling'], may(acts['child.unlinkSibling']), children, group === undefined ? refuse('NO_SIBLINGS') : undefined),
      ...[...rest, ...identity].map((act) => canAct(request, act, may(act))),
    ];
  }
}

/** A child's file as the caller may see it; that it was opened is written in the same transaction. */
export async function openChild(request: RequestContext, id: string): Promise<Child | undefined> {
  const row = await request.load(opened<ChildFacts>('child', request, childrenById), id);
  return row && toChild(row, (await request.query()).today);
}

function toChild(row: ChildFacts, today: CivilDate): Child {
  const { nameKm, nameLatin, birthDate, officeId, originOfficeId, institutionId, homeAreaCode, religion, disability, diedOn, registeredOn, firstSeenOn, lastSeenOn, version, shared } = row;
  const on = diedOn ?? today;
  const youngest = youngestAge({ date: birthDate, precision: row.birthPrecision }, on);
  return {
    id: row.id, number: row.number, nameKm, nameLatin, birthDate, officeId, originOfficeId, institutionId, homeAreaCode, religion, disability, diedOn,
    registeredOn, firstSeenOn, lastSeenOn, version, shared,
    sex: row.sex as Sex,
    birthPrecision: row.birthPrecision as Precision,
    birthBasis: row.birthBasis as BirthBasis,
    age: ageOn(birthDate, on),
    youngestAge: youngest,
    ageBand: ageBand(youngest),
    languages: [...row.languages],
    civilRegistration: row.civilRegistration as CivilRegistration,
  };
}

/** A child as a list shows her. */
export function toSummary(row: SummaryRow, today: CivilDate): ChildSummary {
  return {
    id: row.id,
    number: row.number,
    nameKm: row.nameKm,
    nameLatin: row.nameLatin,
    sex: row.sex as Sex,
    ageBand: ageBand(youngestAge({ date: row.birthDate, precision: row.birthPrecision }, row.diedOn ?? today)),
    institutionId: row.institutionId,
  };
}
