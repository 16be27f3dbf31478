import { Args, Context, Extensions, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { contains } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';
import { notFound } from '../platform/errors.js';
import { afterKey, pageOf } from '../platform/graphql/connection.js';
import type { Page } from '../platform/graphql/connection.js';
import type { RequestContext } from '../platform/graphql/context.js';
import type { Sex } from '../platform/graphql/enums.js';
import { Can } from '../platform/graphql/guard.js';
import { say } from '../platform/messages/messages.js';
import { availability } from './availability.domain.js';
import type { Ask } from './availability.domain.js';
import { acts, mayReadConfidential } from './carers.policy.js';
import { openFamily } from './families.resolver.js';
import { Family } from './family.graphql.js';
import { StandByArgs, StandByFamily, StandByFamilyConnection } from './standby.graphql.js';
import type { UnavailableCode } from './standby.graphql.js';
import { factsOf, listStandBy } from './standby.queries.js';
import type { StandByRow } from './standby.queries.js';

@Resolver(() => StandByFamily)
export class StandByResolver {
  @Query(() => StandByFamilyConnection, {
    description: 'The stand-by list of the caller\'s offices: which families can take a child on a day, and, if asked, why the others cannot and from when they can.',
  })
  @Extensions({ mayBeOld: true })
  @Can(acts['standby.read'])
  async standBy(@Args() args: StandByArgs, @Context() request: RequestContext): Promise<Page<StandByFamily>> {
    const op = await request.query();
    const on = args.on ?? op.today;
    const ask: Ask = { places: args.places, age: args.age ?? null, sex: args.sex ?? null, needs: args.needs, careKind: args.careKind ?? null };
    const [after = null] = afterKey(args, 'id') ?? [];
    const rows = await listStandBy(op, { areaCode: args.areaCode, on, ask, includeUnavailable: args.includeUnavailable }, after === null ? null : String(after), args.first + 1);
    return pageOf(args, rows, (row) => [row.id], (row) => toStandBy(op, request, row, on, ask));
  }

  @ResolveField(() => Family, { description: 'The family. That its file was shown is written down.' })
  async family(@Parent() standBy: StandByFamily, @Context() request: RequestContext): Promise<Family> {
    const family = await openFamily(request, standBy.id);
    if (family === undefined) throw notFound();
    return family;
  }
}

function toStandBy(op: Op, request: RequestContext, row: StandByRow, on: CivilDate, ask: Ask): StandByFamily {
  const facts = factsOf(row);
  const { available, freePlaces, reasons, availableFrom } = availability(facts, on, ask, op.now, mayReadConfidential(request.actor, row.office_id));
  const terms = facts.terms.find((one) => contains(one, on));
  return {
    id: row.id,
    available,
    freePlaces: [...freePlaces],
    reasons: reasons.map(({ code, adultId, until, details }) => ({ code: code as UnavailableCode, adultId, until, details: [...details], message: say(request.language, `enum.UnavailableCode.${code}`) })),
    availableFrom,
    terms: terms === undefined ? null : { ...terms, sexes: terms.sexes as Sex[], needs: [...terms.needs], careKinds: [...terms.careKinds] },
  };
}
