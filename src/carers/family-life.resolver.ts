import { Args, Context, Extensions, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { RequestContext } from '../platform/graphql/context.js';
import type { Precision, Sex } from '../platform/graphql/enums.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { acts } from './carers.policy.js';
import { carers } from './carers.refusals.js';
import { openFamily } from './families.resolver.js';
import { Family, FamilyResult } from './family.graphql.js';
import { EndExemptionInput, Exemption, GrantExemptionInput, OwnChild, OwnChildLeftInput, RecordOwnChildInput, ReportConcernInput } from './family-life.inputs.js';
import type { ExemptionReason } from './family-life.inputs.js';
import { exemptionsOf, ownChildrenOf } from './family-life.repo.js';
import { FamilyLifeService } from './family-life.service.js';

@Resolver(() => Family)
export class FamilyLifeResolver {
  constructor(private readonly service: FamilyLifeService) {}

  @Mutation(() => FamilyResult, { description: 'Writes down an own child of the family by name and birth. When she turns eighteen there she is an adult to be checked.' })
  @Can(acts['family.recordOwnChild'])
  recordOwnChild(@Args('input') input: RecordOwnChildInput, @Context() request: RequestContext) {
    return answer(request, carers, this.service.recordOwnChild(request.actor, input, request.requestId), (id) => openFamily(request, id));
  }

  @Mutation(() => FamilyResult, { description: 'Writes down that something was reported about the family. An allegation of harm suspends it at once, a worry does not; a supervisor looks into either.' })
  @Can(acts['family.reportConcern'])
  reportConcern(@Args('input') input: ReportConcernInput, @Context() request: RequestContext) {
    return answer(request, carers, this.service.report(request.actor, input, request.requestId), (id) => openFamily(request, id));
  }

  @Mutation(() => FamilyResult, { description: 'Grants the family one place more for some days: a named, dated exemption.' })
  @Can(acts['family.grantExemption'])
  grantExemption(@Args('input') input: GrantExemptionInput, @Context() request: RequestContext) {
    return answer(request, carers, this.service.exempt(request.actor, input, request.requestId), (id) => openFamily(request, id));
  }

  @Mutation(() => FamilyResult, { description: 'Ends an exemption before its time, where nobody needs its place any more.' })
  @Can(acts['family.endExemption'])
  endExemption(@Args('input') input: EndExemptionInput, @Context() request: RequestContext) {
    return answer(request, carers, this.service.endExemption(request.actor, input, request.requestId), (id) => openFamily(request, id));
  }

  @Mutation(() => FamilyResult, { description: 'Writes down that an own child has left home. No adult of the home is made of her later.' })
  @Can(acts['family.ownChildLeft'])
  ownChildLeft(@Args('input') input: OwnChildLeftInput, @Context() request: RequestContext) {
    return answer(request, carers, this.service.ownChildLeft(request.actor, input, request.requestId), (id) => openFamily(request, id));
  }

  @ResolveField(() => [Exemption], { description: 'Places granted beyond the terms, the latest first, at most 20.' })
  @Extensions({ maximum: 20 })
  async exemptions(@Parent() family: Family, @Context() request: RequestContext): Promise<Exemption[]> {
    const rows = (await request.load(exemptionsOf, family.id)) ?? [];
    return rows.map((row) => ({ id: row.id, from: row.starts, to: row.ends, endedOn: row.ended_on, reason: row.reason as ExemptionReason, citation: row.citation, grantedOn: row.granted_on }));
  }

  @ResolveField(() => [OwnChild], { description: 'Own children who were written down by name, by birth, at most 20.' })
  @Extensions({ maximum: 20 })
  async ownChildrenAtHome(@Parent() family: Family, @Context() request: RequestContext): Promise<OwnChild[]> {
    const rows = (await request.load(ownChildrenOf, family.id)) ?? [];
    return rows.map((row) => ({
      id: row.id, nameKm: row.name_km, nameLatin: row.name_latin, sex: row.sex as Sex, birthDate: row.birth_date, birthPrecision: row.birth_precision as Precision, since: row.since, leftOn: row.left_on, adultId: row.adult_id,
    }));
  }
}
