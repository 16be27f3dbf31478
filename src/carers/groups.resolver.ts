import { Args, Context, Extensions, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { notFound } from '../platform/errors.js';
import { afterKey, pageOf } from '../platform/graphql/connection.js';
import type { Page } from '../platform/graphql/connection.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { IdScalar } from '../platform/graphql/scalars.js';
import { carers } from './carers.refusals.js';
import { groupById, listGroups, meetingsOf } from './groups.repo.js';
import type { GroupRow } from './groups.repo.js';
import { GroupsService } from './groups.service.js';
import { CarersGroup, CarersGroupConnection, CarersGroupResult, CarersGroupsArgs, GroupMeeting } from './side.graphql.js';
import type { GroupTopic } from './side.graphql.js';
import { FoundGroupInput, JoinGroupInput, LeaveGroupInput, RecordGroupMeetingInput } from './side.inputs.js';
import { sideActs } from './side.policy.js';

@Resolver(() => CarersGroup)
export class GroupsResolver {
  constructor(private readonly service: GroupsService) {}

  @Mutation(() => CarersGroupResult, { description: 'Founds a group of carers in a commune or village, with the carer who leads it.' })
  @Can(sideActs['group.found'])
  foundGroup(@Args('input') input: FoundGroupInput, @Context() request: RequestContext) {
    return answer(request, carers, this.service.found(request.actor, input, request.requestId), (id) => readGroup(request, id));
  }

  @Mutation(() => CarersGroupResult, { description: 'A carer joins a group, or a member leads it from now on.' })
  @Can(sideActs['group.join'])
  joinGroup(@Args('input') input: JoinGroupInput, @Context() request: RequestContext) {
    return answer(request, carers, this.service.join(request.actor, input, request.requestId), (id) => readGroup(request, id));
  }

  @Mutation(() => CarersGroupResult, { description: 'A carer leaves a group.' })
  @Can(sideActs['group.leave'])
  leaveGroup(@Args('input') input: LeaveGroupInput, @Context() request: RequestContext) {
    return answer(request, carers, this.service.leave(request.actor, input, request.requestId), (id) => readGroup(request, id));
  }

  @Mutation(() => CarersGroupResult, { description: 'Writes down a meeting of a group: what was talked about and who came.' })
  @Can(sideActs['group.meet'])
  recordGroupMeeting(@Args('input') input: RecordGroupMeetingInput, @Context() request: RequestContext) {
    return answer(request, carers, this.service.meet(request.actor, input, request.requestId), (id) => readGroup(request, id));
  }

  @Query(() => CarersGroup, { description: 'One group of carers of the caller\'s offices.' })
  @Can(sideActs['group.read'])
  async carersGroup(@Args('id', { type: () => IdScalar, description: 'The group.' }) id: string, @Context() request: RequestContext): Promise<CarersGroup> {
    const found = await readGroup(request, id);
    if (found === undefined) throw notFound();
    return found;
  }

  @Query(() => CarersGroupConnection, { description: 'Groups of carers of the caller\'s offices, as they were founded.' })
  @Can(sideActs['group.read'])
  async carersGroups(@Args() page: CarersGroupsArgs, @Context() request: RequestContext): Promise<Page<CarersGroup>> {
    const [after = null] = afterKey(page, 'id') ?? [];
    const rows = await listGroups(await request.query(), page.areaCode, after === null ? null : String(after), page.first + 1);
    return pageOf(page, rows, (row) => [row.id], toGroup);
  }

  @ResolveField(() => [GroupMeeting], { description: 'Its meetings, the latest first, at most 20.' })
  @Extensions({ maximum: 20 })
  async meetings(@Parent() group: CarersGroup, @Context() request: RequestContext): Promise<GroupMeeting[]> {
    return ((await request.load(meetingsOf, group.id)) ?? []).map((row) => ({ id: row.id, on: row.met_on, topics: row.topics as GroupTopic[], came: row.came }));
  }
}

async function readGroup(request: RequestContext, id: string): Promise<CarersGroup | undefined> {
  const row = await request.load(groupById, id);
  return row && toGroup(row);
}

function toGroup(row: GroupRow): CarersGroup {
  return { id: row.id, nameKm: row.name_km, nameLatin: row.name_latin, areaCode: row.area_code, leaderId: row.leader_id, foundedOn: row.founded_on, members: row.members, officeId: row.office_id };
}
