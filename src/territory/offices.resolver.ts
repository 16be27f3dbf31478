import { Args, Context, Extensions, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { notFound } from '../platform/errors.js';
import { pageOf } from '../platform/graphql/connection.js';
import type { Page } from '../platform/graphql/connection.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can, SIGNED_IN } from '../platform/graphql/guard.js';
import { IdScalar } from '../platform/graphql/scalars.js';
import { Area, Office, OfficeConnection, OfficesArgs, toOffice } from './area.graphql.js';
import { afterCode, getArea } from './areas.resolver.js';
import { listOffices, officeById } from './offices.loader.js';

@Resolver(() => Office)
export class OfficesResolver {
  @Query(() => Office, { description: 'One office of the ministry.' })
  @Can(SIGNED_IN)
  office(@Args('id', { type: () => IdScalar, description: 'The office.' }) id: string, @Context() request: RequestContext): Promise<Office> {
    return getOffice(request, id);
  }

  @Query(() => OfficeConnection, { description: 'Offices in the order of their areas, the ministry first.' })
  @Extensions({ mayBeOld: true })
  @Can(SIGNED_IN)
  async offices(@Args() args: OfficesArgs, @Context() request: RequestContext): Promise<Page<Office>> {
    const rows = await listOffices(await request.query(), args.kind ?? null, args.areaCode ?? null, afterCode(args), args.first + 1);
    return pageOf(args, rows, (row) => [row.area_code ?? ''], toOffice);
  }

  @ResolveField(() => Area, { nullable: true, description: 'The area it answers for; null for the ministry, which answers for the country.' })
  async area(@Parent() office: Office, @Context() request: RequestContext): Promise<Area | null> {
    return office.areaCode === null ? null : getArea(request, office.areaCode);
  }
}

/** An office by its id, or NOT_FOUND. For the fields of later rooms too. */
export async function getOffice(request: RequestContext, id: string): Promise<Office> {
  const row = await request.load(officeById, id);
  if (row === undefined) throw notFound();
  return toOffice(row);
}
