import { addDays, daysBetween, maxDate } from '../../kernel/civil-date.js';
import type { CivilDate } from '../../kernel/civil-date.js';
import type { Chronicle } from '../chronicle.js';
import { days } from '../copy.js';
import type { Sheets } from '../copy.js';
import { stream } from '../random.js';
import type { DemoFamily, DemoLand } from '../world.js';
import { Desk } from './desk.js';

const TOPICS = ['behaviour', 'school', 'health', 'money', 'contact_with_parents', 'own_children', 'rest', 'rights', 'other'] as const;
/** So many families of one office make a group. */
const ENOUGH = 4;
const MOST_MEMBERS = 8;
const MOST_MEETINGS = 10;

/** Writes the groups of carers who meet and help each other: one in each office with families enough. */
export function writeGroups(land: DemoLand, sheets: Sheets, chronicle: Chronicle, families: readonly DemoFamily[]): void {
  const byOffice = new Map<string, DemoFamily[]>();
  for (const family of families.filter(({ closedOn, movesOn }) => closedOn === null && movesOn === undefined)) byOffice.set(family.officeId, [...(byOffice.get(family.officeId) ?? []), family]);
  for (const [officeId, all] of byOffice) if (all.length >= ENOUGH) writeGroup(land, sheets, chronicle, officeId, all);
}

function writeGroup(land: DemoLand, sheets: Sheets, chronicle: Chronicle, officeId: string, all: readonly DemoFamily[]): void {
  const random = stream(land.seed, 'groups', land.places.areaOf(officeId));
  const desk = new Desk(land, officeId, random);
  const carers = all
    .flatMap(({ approvals: [first], adults, areaCode }) => (first === undefined ? [] : adults.filter(({ carer }) => carer).slice(0, 1).map(({ id }) => ({ id, since: first.from, areaCode }))))
    .sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : a.id < b.id ? -1 : 1)).slice(0, MOST_MEMBERS);
  const [leader, , third] = carers;
  if (leader === undefined || third === undefined) return;
  const founded = addDays(third.since, random.between(10, 40));
  if (founded > addDays(land.today, -45)) return;
  const commune = land.places.area(leader.areaCode.slice(0, 6));
  const id = random.id(founded);
  const act = (name: string, on: CivilDate, reason: string | null): void =>
    void chronicle.act(random, { act: name, by: desk.worker(on), subject: ['carers_group', id], on, reason });
  sheets.sheet('carers.groups', ['id', 'name_km', 'name_latin', 'area_code', 'office_id', 'leader_id', 'founded_on']).add({
    id, name_km: `ក្រុមអ្នកថែទាំ${commune.nameKm}`, name_latin: `Carers of ${commune.nameLatin}`, area_code: commune.code, office_id: officeId, leader_id: leader.id, founded_on: founded,
  });
  act('group.found', founded, null);
  const sheet = sheets.sheet('carers.group_members', ['group_id', 'adult_id', 'during']);
  const members = carers.map((carer, i) => {
    const from = i === 0 ? founded : maxDate(founded, addDays(carer.since, random.between(5, 40)));
    const to = i > 1 && daysBetween(from, land.today) > 90 && random.chance(0.15) ? random.day(addDays(from, 30), addDays(land.today, -3)) : null;
    return { id: carer.id, from, to };
  }).filter(({ from }) => from <= addDays(land.today, -3));
  for (const [i, member] of members.entries()) {
    sheet.add({ group_id: id, adult_id: member.id, during: days(member.from, member.to) });
    if (i > 0) act('group.join', member.from, 'joined');
    if (member.to !== null) act('group.leave', member.to, 'left');
  }
  const meetings = sheets.sheet('carers.group_meetings', ['id', 'group_id', 'met_on', 'topics', 'recorded_by']);
  const attendance = sheets.sheet('carers.group_attendance', ['meeting_id', 'adult_id']);
  for (let on = addDays(founded, random.between(14, 30)), met = 0; on < addDays(land.today, -1) && met < MOST_MEETINGS; on = addDays(on, random.between(25, 45)), met++) {
    const meeting = random.id(on);
    meetings.add({ id: meeting, group_id: id, met_on: on, topics: random.some(TOPICS, random.between(1, 3)), recorded_by: desk.worker(on).accountId });
    const there = members.filter(({ from, to }) => from <= on && (to === null || to > on));
    for (const member of there.filter(({ id: one }) => one === leader.id || random.chance(0.75))) attendance.add({ meeting_id: meeting, adult_id: member.id });
    act('group.meet', on, 'met');
  }
}
