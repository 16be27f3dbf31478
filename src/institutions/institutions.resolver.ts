import { Args, Context, Extensions, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { isId } from '../kernel/ids.js';
import { badInput, notFound } from '../platform/errors.js';
import { ActAnswer, canAct } from '../platform/graphql/can.js';
import { afterKey, pageOf } from '../platform/graphql/connection.js';
import type { Page, PageArgs } from '../platform/graphql/connection.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { IdScalar } from '../platform/graphql/scalars.js';
import { Area, Office } from '../territory/area.graphql.js';
import { getArea } from '../territory/areas.resolver.js';
import { getOffice } from '../territory/offices.resolver.js';
import { decideEdit } from './institution.domain.js';
import { EditInstitutionInput, Institution, InstitutionConnection, InstitutionResult, InstitutionsArgs, RegisterInstitutionInput, toInstitution } from './institution.graphql.js';
import { acts, mayEdit } from './institution.policy.js';
import { institutionById, listInstitutions } from './institutions.queries.js';
import { institutions } from './institutions.refusals.js';
import { InstitutionsService } from './institutions.service.js';

@Resolver(() => Institution)
export class InstitutionsResolver {
  constructor(private readonly service: InstitutionsService) {}

  @Mutation(() => InstitutionResult, { description: 'Registers a residential institution in the commune or village where it stands.' })
  @Can(acts['institution.register'])
  registerInstitution(@Args('input') input: RegisterInstitutionInput, @Context() request: RequestContext) {
    return answer(request, institutions, this.service.register(request.actor, input, request.requestId), (id) => readInstitution(request, id));
  }

  @Mutation(() => InstitutionResult, { description: 'Corrects what is written of an institution.' })
  @Can(acts['institution.edit'])
  editInstitution(@Args('input') input: EditInstitutionInput, @Context() request: RequestContext) {
    return answer(request, institutions, this.service.edit(request.actor, input, request.requestId), (id) => readInstitution(request, id));
  }

  @Query(() => Institution, { description: 'One institution of the caller\'s territory, or her own.' })
  @Can(acts['institution.read'])
  async institution(@Args('id', { type: () => IdScalar, description: 'The institution.' }) id: string, @Context() request: RequestContext): Promise<Institution> {
    const found = await readInstitution(request, id);
    if (found === undefined) throw notFound();
    return found;
  }

  @Query(() => InstitutionConnection, { description: 'Institutions of the caller\'s territory, or her own, by area.' })
  @Extensions({ mayBeOld: true })
  @Can(acts['institution.read'])
  async institutions(@Args() args: InstitutionsArgs, @Context() request: RequestContext): Promise<Page<Institution>> {
    const filter = { within: args.areaCode ?? null, kind: args.kind ?? null };
    const rows = await listInstitutions(await request.query(), filter, afterInstitution(args), args.first + 1);
    return pageOf(args, rows, (row) => [row.area_code, row.id], toInstitution);
  }

  @ResolveField(() => Area, { description: 'The commune or village where it stands.' })
  area(@Parent() institution: Institution, @Context() request: RequestContext): Promise<Area> {
    return getArea(request, institution.areaCode);
  }

  @ResolveField(() => Office, { description: 'The office that answers for it.' })
  office(@Parent() institution: Institution, @Context() request: RequestContext): Promise<Office> {
    return getOffice(request, institution.officeId);
  }

  @ResolveField(() => [ActAnswer], { description: 'What the caller may do with it now, with the reason for each no.' })
  can(@Parent() institution: Institution, @Context() request: RequestContext): ActAnswer[] {
    return [canAct(request, acts['institution.edit'], mayEdit(request.actor, institution.areaCode), institutions, decideEdit(institution.state))];
  }
}

/** An institution as the caller may see it. */
export async function readInstitution(request: RequestContext, id: string): Promise<Institution | undefined> {
  const row = await request.load(institutionById, id);
  return row && toInstitution(row);
}

function afterInstitution(page: PageArgs): readonly [string, string] | undefined {
  const key = afterKey(page, 'text', 'id');
  if (key === undefined) return undefined;
  const [area, id] = key;
  if (typeof area !== 'string' || !isId(id)) throw badInput('after', 'validation.cursor');
  return [area, id];
}
