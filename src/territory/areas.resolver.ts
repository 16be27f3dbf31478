import { Args, Context, Extensions, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { searchKey } from '../kernel/khmer.js';
import { badInput, notFound } from '../platform/errors.js';
import { afterKey, pageOf } from '../platform/graphql/connection.js';
import type { Page, PageArgs } from '../platform/graphql/connection.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can, SIGNED_IN } from '../platform/graphql/guard.js';
import { isAreaCode, pathOf } from './area.domain.js';
import { Area, AreaConnection, AreasArgs, Distance, Nearness, toArea } from './area.graphql.js';
import { areaByCode, distanceBetween, listAreas } from './areas.queries.js';

@Resolver(() => Area)
export class AreasResolver {
  @Query(() => Area, { description: 'One area by its national code.' })
  @Can(SIGNED_IN)
  area(@Args('code', { type: () => String, description: 'Its code.' }) code: string, @Context() request: RequestContext): Promise<Area> {
    return getArea(request, code);
  }

  @Query(() => AreaConnection, { description: 'Areas in the order of their codes: those directly inside one, or those found by level and name.' })
  @Extensions({ mayBeOld: true })
  @Can(SIGNED_IN)
  async areas(@Args() args: AreasArgs, @Context() request: RequestContext): Promise<Page<Area>> {
    const key = args.search ? searchKey(args.search) : null;
    if (key === '') throw badInput('search', 'validation.isNotEmpty');
    const after = afterCode(args);
    const rows = await listAreas(await request.query(), { parent: args.parent ?? null, level: args.level ?? null, searchKey: key }, after, args.first + 1);
    return pageOf(args, rows, (row) => [row.code], toArea);
  }

  @Query(() => Distance, { nullable: true, description: 'How far two areas are apart, by their own centroids or those of the nearest areas around them; null where there is none.' })
  @Can(SIGNED_IN)
  async distance(
    @Args('from', { type: () => String, description: 'Code of an area.' }) from: string,
    @Args('to', { type: () => String, description: 'Code of another.' }) to: string,
    @Context() request: RequestContext,
  ): Promise<Distance | null> {
    await Promise.all([getArea(request, from), getArea(request, to)]);
    const found = await distanceBetween(await request.query(), from, to);
    if (found === undefined) return null;
    return { km: found.km, exact: found.exact, nearness: Nearness[found.nearness], fromCode: found.from.code, toCode: found.to.code };
  }

  @ResolveField(() => Area, { nullable: true, description: 'The area around it; null for a province.' })
  async parent(@Parent() area: Area, @Context() request: RequestContext): Promise<Area | null> {
    return area.parentCode === null ? null : getArea(request, area.parentCode);
  }

  @ResolveField(() => [Area], { description: 'From the province down to the area itself.' })
  async path(@Parent() area: Area, @Context() request: RequestContext): Promise<Area[]> {
    return Promise.all(pathOf(area.code).map((code) => getArea(request, code)));
  }
}

@Resolver(() => Distance)
export class DistanceResolver {
  @ResolveField(() => Area, { description: 'The area whose centroid stood for the first one.' })
  from(@Parent() distance: Distance, @Context() request: RequestContext): Promise<Area> {
    return getArea(request, distance.fromCode);
  }

  @ResolveField(() => Area, { description: 'The area whose centroid stood for the second one.' })
  to(@Parent() distance: Distance, @Context() request: RequestContext): Promise<Area> {
    return getArea(request, distance.toCode);
  }
}

/** An area by its code, or NOT_FOUND. For the fields of later rooms too. */
export async function getArea(request: RequestContext, code: string): Promise<Area> {
  const row = isAreaCode(code) ? await request.load(areaByCode, code) : undefined;
  if (row === undefined) throw notFound();
  return toArea(row);
}

/** The one key of a list that follows areas. */
export function afterCode(page: PageArgs): string | null {
  const key = afterKey(page, 'text');
  if (key === undefined) return null;
  if (typeof key[0] !== 'string') throw badInput('after', 'validation.cursor');
  return key[0];
}
