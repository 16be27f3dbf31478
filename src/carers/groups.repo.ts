import type { CivilDate } from '../kernel/civil-date.js';
import { actorId } from '../platform/database/op.js';
import type { Op } from '../platform/database/op.js';
import { refuseWhenBroken } from '../platform/database/unit-of-work.js';
import { defineLoader, inOrder } from '../platform/graphql/context.js';

export interface LockedGroup {
  readonly id: string;
  readonly office_id: string;
  readonly leader_id: string | null;
  readonly founded_on: CivilDate;
}

/** Locks a group of the actor's offices: its members and meetings change under it. */
export async function lockGroup(op: Op, id: string): Promise<LockedGroup | undefined> {
  return op.tx.row<LockedGroup>('select id, office_id, leader_id, founded_on from carers.groups where id = $1 for no key update', [id]);
}

/** Is this adult a carer in a family of the actor's offices on that day? */
export async function carerOn(op: Op, adultId: string, on: CivilDate): Promise<boolean> {
  return (await op.tx.row('select from carers.adults where id = $1 and carer and during @> $2::date', [adultId, on])) !== undefined;
}

/** Writes a group. Refuses GROUP_EXISTS. */
export async function insertGroup(
  op: Op, group: { readonly id: string; readonly nameKm: string; readonly nameLatin: string; readonly areaCode: string; readonly officeId: string; readonly leaderId: string; readonly on: CivilDate },
): Promise<void> {
  await refuseWhenBroken(
    op.tx.run('insert into carers.groups (id, name_km, name_latin, area_code, office_id, leader_id, founded_on) values ($1, $2, $3, $4, $5, $6, $7)', [
      group.id, group.nameKm, group.nameLatin, group.areaCode, group.officeId, group.leaderId, group.on,
    ]),
    { groups_once: 'GROUP_EXISTS' },
  );
}

/** Writes a member from a day on. Refuses ALREADY_MEMBER where she joined later already. */
export async function insertMember(op: Op, groupId: string, adultId: string, on: CivilDate): Promise<void> {
  await refuseWhenBroken(op.tx.run('insert into carers.group_members (group_id, adult_id, during) values ($1, $2, daterange($3, null))', [groupId, adultId, on]), { group_members_pkey: 'ALREADY_MEMBER' });
}

/** Ends a membership on a day; one that began on that very day is gone. Says how many there were. */
export async function leaveGroup(op: Op, groupId: string, adultId: string, on: CivilDate): Promise<number> {
  const gone = await op.tx.run('delete from carers.group_members where group_id = $1 and adult_id = $2 and upper_inf(during) and lower(during) = $3::date', [groupId, adultId, on]);
  const cut = await op.tx.run('update carers.group_members set during = daterange(lower(during), $3) where group_id = $1 and adult_id = $2 and upper_inf(during) and lower(during) < $3::date', [groupId, adultId, on]);
  return gone + cut;
}

export async function setLeader(op: Op, groupId: string, adultId: string | null): Promise<void> {
  await op.tx.run('update carers.groups set leader_id = $2 where id = $1', [groupId, adultId]);
}

/** Who belongs to a group on a day. */
export async function membersOn(op: Op, groupId: string, on: CivilDate): Promise<string[]> {
  return (await op.tx.rows<{ id: string }>('select adult_id as id from carers.group_members where group_id = $1 and during @> $2::date', [groupId, on])).map(({ id }) => id);
}

/** Writes a meeting and who came. Refuses MET_ALREADY. */
export async function insertMeeting(op: Op, meeting: { readonly id: string; readonly groupId: string; readonly on: CivilDate; readonly topics: readonly string[]; readonly came: readonly string[] }): Promise<void> {
  await refuseWhenBroken(
    op.tx.run('insert into carers.group_meetings (id, group_id, met_on, topics, recorded_by) values ($1, $2, $3, $4, $5)', [meeting.id, meeting.groupId, meeting.on, meeting.topics, actorId(op)]),
    { group_meetings_once: 'MET_ALREADY' },
  );
  await op.tx.run('insert into carers.group_attendance (meeting_id, adult_id) select $1, id from unnest($2::uuid[]) as id', [meeting.id, meeting.came]);
}

export interface GroupRow {
  readonly id: string;
  readonly name_km: string;
  readonly name_latin: string;
  readonly area_code: string;
  readonly office_id: string;
  readonly leader_id: string | null;
  readonly founded_on: CivilDate;
  readonly members: string[];
}

const GROUP = `g.id, g.name_km, g.name_latin, g.area_code, g.office_id, g.leader_id, g.founded_on,
  array(select m.adult_id from carers.group_members m where m.group_id = g.id and m.during @> $1::date order by lower(m.during), m.adult_id limit 100) as members`;

/** Groups by id, of the actor's offices. */
export const groupById = defineLoader<GroupRow>('carersGroup', async (op, ids) =>
  inOrder(ids, await op.tx.rows<GroupRow>(`select ${GROUP} from carers.groups g where g.id = any ($2::uuid[])`, [op.today, ids]), (row) => row.id),
);

/** Groups of an area, by id. */
export async function listGroups(op: Op, areaCode: string, after: string | null, limit: number): Promise<GroupRow[]> {
  return op.tx.rows<GroupRow>(`select ${GROUP} from carers.groups g where starts_with(g.area_code, $2) and ($3::uuid is null or g.id > $3) order by g.id limit $4`, [op.today, areaCode, after, limit]);
}

export interface MeetingRow {
  readonly id: string;
  readonly group_id: string;
  readonly met_on: CivilDate;
  readonly topics: string[];
  readonly came: string[];
}

/** The meetings of each group, the latest first, at most 20. */
export const meetingsOf = defineLoader<MeetingRow[]>('groupMeetings', async (op, ids) => {
  const rows = await op.tx.rows<MeetingRow>(
    `select m.* from unnest($1::uuid[]) as g (id) cross join lateral
       (select id, group_id, met_on, topics, array(select a.adult_id from carers.group_attendance a where a.meeting_id = own.id order by a.adult_id limit 100) as came
        from carers.group_meetings own where group_id = g.id order by met_on desc limit 20) m`,
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.group_id === id));
});
