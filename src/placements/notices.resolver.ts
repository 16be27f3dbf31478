import { Args, Context, Extensions, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Child } from '../children/child.graphql.js';
import { openChild } from '../children/children.resolver.js';
import { Institution } from '../institutions/institution.graphql.js';
import { notFound } from '../platform/errors.js';
import { defineLoader } from '../platform/graphql/context.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer, resultUnion } from '../platform/graphql/refused.js';
import { IdScalar } from '../platform/graphql/scalars.js';
import { InstitutionWatch } from './institution-watch.service.js';
import { DecideNoticeInput, ExtendTemporaryStayInput, GoesTo, Notice, NoticeDirection, NoticeResult, NoticeStatus, NotifyArrivalInput, NotifyDepartureInput } from './notice.graphql.js';
import { noticeById, noticesOf } from './notices.repo.js';
import type { NoticeRow } from './notices.repo.js';
import { acts } from './notices.policy.js';
import { notices } from './notices.refusals.js';
import { NoticesService } from './notices.service.js';

const TemporaryStayResult = resultUnion(Child, 'TemporaryStay', notices);

/** How many children live in institutions, for those the caller sees. */
const residentsOf = defineLoader<number>('residents', async (op, ids) => {
  const rows = await op.tx.rows<{ id: string; n: number }>('select id, institutions.residents(id) as n from unnest($1::uuid[]) as i (id)', [ids]);
  return ids.map((id) => rows.find((row) => row.id === id)?.n);
});

@Resolver(() => Institution)
export class NoticesResolver {
  constructor(
    private readonly service: NoticesService,
    private readonly watch: InstitutionWatch,
  ) {}

  @Mutation(() => NoticeResult, { description: 'An institution tells that a child came. The office decides within 72 hours.' })
  @Can(acts['arrival.notify'])
  notifyArrival(@Args('input') input: NotifyArrivalInput, @Context() request: RequestContext) {
    return answer(request, notices, this.service.arrival(request.actor, input, request.requestId), (id) => readNotice(request, id));
  }

  @Mutation(() => NoticeResult, { description: 'An institution tells that a child left.' })
  @Can(acts['departure.notify'])
  notifyDeparture(@Args('input') input: NotifyDepartureInput, @Context() request: RequestContext) {
    return answer(request, notices, this.service.departure(request.actor, input, request.requestId), (id) => readNotice(request, id));
  }

  @Mutation(() => NoticeResult, { description: 'The office decides about an arrival or a departure; not the institution\'s own staff.' })
  @Can(acts['notice.decide'])
  decideNotice(@Args('input') input: DecideNoticeInput, @Context() request: RequestContext) {
    return answer(request, notices, this.service.decide(request.actor, input, request.requestId), (id) => readNotice(request, id));
  }

  @Mutation(() => TemporaryStayResult, { description: 'A supervisor lets a child stay in a temporary centre beyond its limit.' })
  @Can(acts['temporaryStay.extend'])
  extendTemporaryStay(@Args('input') input: ExtendTemporaryStayInput, @Context() request: RequestContext) {
    return answer(request, notices, this.watch.extend(request.actor, input, request.requestId), (id) => openChild(request, id));
  }

  @Query(() => Notice, { description: 'What an institution told, and what was decided.' })
  @Can(acts['notice.read'])
  async notice(@Args('id', { type: () => IdScalar, description: 'The notice.' }) id: string, @Context() request: RequestContext): Promise<Notice> {
    const found = await readNotice(request, id);
    if (found === undefined) throw notFound();
    return found;
  }

  @Extensions({ maximum: 50 })
  @ResolveField(() => [Notice], { description: 'What it told of who came and who left, the latest first, at most 50.' })
  async notices(@Parent() { id }: Institution, @Context() request: RequestContext): Promise<Notice[]> {
    return ((await request.load(noticesOf, id)) ?? []).map(toNotice);
  }

  @ResolveField(() => Int, { description: 'How many children live there, or have their place kept there.' })
  async residents(@Parent() { id }: Institution, @Context() request: RequestContext): Promise<number> {
    return (await request.load(residentsOf, id)) ?? 0;
  }

  @ResolveField(() => Boolean, { description: 'Do more children live there than it may house?' })
  async overCapacity(@Parent() { id, capacity }: Institution, @Context() request: RequestContext): Promise<boolean> {
    return ((await request.load(residentsOf, id)) ?? 0) > capacity;
  }
}

async function readNotice(request: RequestContext, id: string): Promise<Notice | undefined> {
  const row = await request.load(noticeById, id);
  return row && toNotice(row);
}

function toNotice(row: NoticeRow): Notice {
  return {
    id: row.id, institutionId: row.institution_id, direction: row.direction as NoticeDirection, on: row.on_day, childId: row.child_id, nameKm: row.person?.nameKm ?? null,
    nameLatin: row.person?.nameLatin ?? null, childNumber: row.child_number, emergency: row.emergency, circumstances: row.circumstances, goesTo: row.goes_to as GoesTo | null,
    notifiedAt: row.notified_at, late: row.late, state: row.state as NoticeStatus, decidedOn: row.decided_on, reason: row.reason, breaches: row.breaches,
  };
}
