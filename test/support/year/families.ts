import { addDays, addMonths, civil } from '../../../src/kernel/civil-date.js';
import { activePlacement, resident } from '../given-placements.js';
import { termsOf } from './recruiting.js';
import type { Colleague, Done, Year } from './year.js';

interface Family {
  readonly id: string;
  readonly number: number;
  readonly officeId: string;
  readonly area_code: string;
  readonly kind: string;
  readonly version: number;
  readonly closed: boolean;
}

const carers = (year: Year, who: Colleague, name: string, input: Readonly<Record<string, unknown>>, good = 'Family { id }'): Promise<Done> => year.act(who, name, input, good, 'CarersRefused');
const recruit = (year: Year, who: Colleague, name: string, input: Readonly<Record<string, unknown>>): Promise<Done> => year.act(who, name, input, 'Family { id }', 'RecruitmentRefused');
const FAMILIES = `select f.id, f.number, f.office_id as "officeId", f.area_code, f.kind, f.version, f.closed_on is not null as closed from carers.families f`;
const APPROVED = `exists (select from carers.standings s where s.family_id = f.id and s.code = 'approval' and s.during @> $1::date)`;

async function anyFamily(year: Year, approved: boolean): Promise<Family | undefined> {
  return year.one<Family>(`${FAMILIES} where ${approved ? `${APPROVED} and f.closed_on is null` : '$1::date is not null'} order by f.id`, [year.today]);
}

/** Something happens in a family: people come, grow up, leave or die, somebody reports something, a paper is renewed. */
export async function living(year: Year): Promise<void> {
  const family = await anyFamily(year, year.random.chance(0.7));
  if (family === undefined) return;
  const who = year.anyone(family.area_code, 'social_worker', 'supervisor');
  const supervisor = year.anyone(family.area_code, 'supervisor');
  const about = { familyId: family.id, on: year.lately() };
  const deed = year.random.weighted([
    ['renew', 30], ['child', 9], ['adult', 7], ['leaves', 5], ['changes', 6], ['concern', 6], ['suspend', 4], ['lift', 8], ['exempt', 4], ['close', 3], ['tie', 6], ['untie', 3], ['rest', 5], ['placed', 5],
  ] as const);
  if (deed === 'renew') await renewing(year, family, who);
  else if (deed === 'child') await carers(year, who, 'recordOwnChild', { ...about, nameLatin: 'Sok Nita', sex: 'female', birthDate: addDays(year.today, -year.random.between(6_400, 6_600)) });
  else if (deed === 'adult') await carers(year, who, 'addAdult', { ...about, nameLatin: 'Sok Chenda', sex: 'male', birthDate: `${year.random.between(1950, 2009)}-06-01`, carer: year.random.chance(0.3) });
  else if (deed === 'leaves') {
    const adult = await year.one<{ id: string }>('select id from carers.adults where family_id = $1 order by id', [family.id]);
    if (adult !== undefined) await carers(year, who, 'adultLeft', { adultId: adult.id, on: about.on, reason: year.random.pick(['died', 'moved', 'separated', 'other']) });
  } else if (deed === 'changes') await carers(year, who, 'changeFamily', { familyId: family.id, version: family.version - (year.random.chance(0.1) ? 1 : 0), phone: `0120${year.random.between(10_000, 99_999)}`, sleepingPlaces: year.random.below(6) });
  else if (deed === 'concern') await carers(year, who, 'reportConcern', { ...about, kind: year.random.pick(['worry', 'allegation']) });
  else if (deed === 'suspend') await carers(year, supervisor, 'suspendFamily', { ...about, reason: year.random.pick(['standards', 'own_wish', 'health', 'allegation']) });
  else if (deed === 'lift') {
    const one = await year.one<{ id: string; family_id: string; area_code: string }>(`select s.id, s.family_id, f.area_code from carers.standings s join carers.families f on f.id = s.family_id where s.code = 'suspension' and upper_inf(s.during) order by s.id`);
    if (one !== undefined) await carers(year, year.anyone(one.area_code, 'supervisor'), 'liftSuspension', { familyId: one.family_id, standingId: one.id, on: year.today });
  } else if (deed === 'exempt') await carers(year, supervisor, 'grantExemption', { familyId: family.id, from: year.today, to: addDays(year.today, year.random.between(0, 40)), reason: 'siblings', citation: 'Decision 12' });
  else if (deed === 'close') await carers(year, supervisor, 'closeFamily', { ...about, reason: year.random.pick(['resigned', 'moved_away', 'other']) });
  else if (deed === 'tie') await tying(year, family, who);
  else if (deed === 'untie') await untying(year);
  else if (deed === 'rest') await carers(year, who, 'recordRespite', { familyId: family.id, from: addDays(year.today, 2), to: addDays(year.today, year.random.between(3, 12)), ...(who.role === 'supervisor' ? { overReason: 'A hard month.' } : {}) });
  else await placing(year, family);
}

async function renewing(year: Year, family: Family, who: Colleague): Promise<void> {
  const adult = await year.one<{ id: string }>('select id from carers.adults where family_id = $1 and during @> $2::date order by id', [family.id, year.today]);
  if (adult === undefined) return;
  for (const kind of year.random.some(['identity', 'criminal_record', 'health', 'no_violence'], year.random.pick([1, 4]))) {
    const on = year.lately(4);
    const until = year.random.chance(0.03) ? addDays(civil(on), -1) : addMonths(civil(on), year.random.pick([1, 6, 12]));
    await recruit(year, who, 'renewCheck', { adultId: adult.id, kind, outcome: year.random.chance(0.04) ? 'concern' : 'clear', on, validUntil: until });
  }
}

/** A colleague turns out to be a carer of the family or a relative of it; the simulator keeps its own note. */
async function tying(year: Year, family: Family, who: Colleague): Promise<void> {
  const tied = year.random.pick(year.staff.filter(({ role }) => role === 'social_worker' || role === 'supervisor'));
  const adult = year.random.chance(0.4) ? await year.one<{ id: string }>('select id from carers.adults where family_id = $1 and account_id is null order by id', [family.id]) : undefined;
  const { code } = await recruit(year, who, 'declareTie', { familyId: family.id, accountId: tied.account, on: year.today, ...(adult === undefined ? { relation: 'cousin' } : { adultId: adult.id }) });
  if (code === 'ok') await year.sql('insert into notes.ties (family_id, account_id, how, adult_id, since) values ($1, $2, $3, $4, $5)', [family.id, tied.account, adult === undefined ? 'relative' : 'household', adult?.id ?? null, year.seq]);
}

async function untying(year: Year): Promise<void> {
  const tie = await year.one<{ family_id: string; account_id: string; area_code: string }>('select t.family_id, t.account_id, f.area_code from notes.ties t join carers.families f on f.id = t.family_id where t.until is null order by t.since');
  if (tie === undefined) return;
  const { code } = await recruit(year, year.anyone(tie.area_code, 'supervisor'), 'withdrawTie', { familyId: tie.family_id, accountId: tie.account_id, on: year.today });
  if (code === 'ok') await year.sql('update notes.ties set until = $3 where family_id = $1 and account_id = $2 and until is null', [tie.family_id, tie.account_id, year.seq]);
}

/** A child comes to the family: no act of these rooms, so it is simply there, as the room of placements would write it. */
async function placing(year: Year, family: Family): Promise<void> {
  const free = await year.one<{ slot: number }>(
    `select p.slot from carers.family_places p where p.family_id = $1 and p.during @> daterange($2::date, null) and not exists (select from carers.place_occupancies o where o.family_id = $1 and o.slot = p.slot and o.during && daterange($2::date, null)) order by p.slot`,
    [family.id, year.today],
  );
  if (free === undefined || family.closed) return;
  const child = await resident(year.harness, { from: '2026-01-02' });
  await activePlacement(year.harness, { child, family: { ...family, areaCode: family.area_code, carers: [], others: [], termsId: '' }, startsOn: year.today, careKind: family.kind as 'foster' });
}

/** The yearly review, of whose approval comes to an end, and now and then of somebody else's. */
export async function reviewing(year: Year): Promise<void> {
  const due = await year.one<Family>(`${FAMILIES} join worklist.tasks t on t.subject_id = f.id and t.state = 'open' and t.kind in ('recruitment.review_due', 'carers.reassess') order by f.id`);
  const family = due ?? (await anyFamily(year, year.random.chance(0.9)));
  if (family === undefined) return;
  const outcome = year.random.weighted([['confirmed', 70], ['changed', 15], ['suspended', 8], ['removed', 7]] as const);
  const { code } = await recruit(year, year.anyone(family.area_code, 'supervisor'), 'reviewFamily', { familyId: family.id, on: year.lately(2), outcome, reason: 'As before.', ...(outcome === 'changed' ? { terms: termsOf(year, family.kind) } : {}) });
  if (code === 'NOT_COMPLETE') await renewing(year, family, year.anyone(family.area_code, 'social_worker'));
}

/** A complaint is taken down, answered or goes to the ministry; carers who left are asked why. */
export async function listeningTo(year: Year): Promise<void> {
  const family = await anyFamily(year, false);
  if (family === undefined) return;
  const who = year.anyone(family.area_code, 'social_worker');
  const what = year.random.weighted([['complain', 3], ['answer', 4], ['appeal', 2], ['exit', 4]] as const);
  if (what === 'complain') await carers(year, who, 'recordComplaint', { familyId: family.id, on: year.today, topic: 'money', words: 'It came late.' }, 'Complaint { id }');
  else if (what === 'exit') {
    const left = await year.one<Family>(`${FAMILIES} where f.closed_on is not null order by f.id`);
    const asked = left ?? family;
    await carers(year, year.anyone(asked.area_code, 'social_worker'), 'recordExitInterview', { familyId: asked.id, on: year.today, reasons: ['work'] });
  } else {
    const one = await year.one<{ id: string; level: string; area_code: string }>(`select c.id, c.level, f.area_code from carers.complaints c join carers.families f on f.id = c.family_id where (c.answered_on is null) = $1 order by c.id`, [what === 'answer']);
    if (one === undefined) return;
    const answers = one.level === 'ministry' ? year.staff.find(({ role, area }) => role === 'supervisor' && area === '') : year.anyone(one.area_code, 'supervisor');
    if (what === 'answer' && answers !== undefined) await carers(year, answers, 'answerComplaint', { complaintId: one.id, outcome: 'upheld', answer: 'It was.' }, 'Complaint { id }');
    else await carers(year, year.anyone(one.area_code, 'social_worker'), 'appealComplaint', { complaintId: one.id, on: year.today, words: 'Still.' }, 'Complaint { id }');
  }
}
