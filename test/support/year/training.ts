import { addDays } from '../../../src/kernel/civil-date.js';
import type { Colleague, Done, Year } from './year.js';

const REFUSED = 'TrainingRefused';
const SESSION = 'TrainingSession { id }';

const train = (year: Year, who: Colleague, name: string, input: Readonly<Record<string, unknown>>, good = SESSION): Promise<Done> => year.act(who, name, input, good, REFUSED);

/** The courses of the year: whole and in parts, with an assessment, a refresher, and one for colleagues. */
export async function courses(year: Year): Promise<void> {
  const trainer = year.anyone('02', 'trainer');
  const parts = [{ nameLatin: 'Children', nameKm: 'កុមារ', hours: 4 }, { nameLatin: 'Kin', nameKm: 'ញាតិ', hours: 2 }];
  for (const [key, audience, more] of [
    ['foster', 'foster_carer', { validityMonths: 6 }], ['kinship', 'kinship_carer', { validityMonths: 9, modules: parts, passMark: 50 }], ['staff', 'government_social_worker', { validityMonths: 24 }],
  ] as const) year.courses[key] = (await train(year, trainer, 'openCourse', { audience, nameLatin: `Course ${key}`, nameKm: 'វគ្គ', hours: 6, ...more }, 'Course { id }')).result.id;
  year.courses['refresher'] = (await train(year, trainer, 'openCourse', { audience: 'foster_carer', nameLatin: 'Refresher', nameKm: 'វគ្គ', hours: 3, validityMonths: 6, renewsId: year.courses['foster'] }, 'Course { id }')).result.id;
}

/** A trainer announces a session of one or two days. */
export async function announcing(year: Year): Promise<void> {
  const trainer = year.random.pick(year.staff.filter(({ role }) => role === 'trainer'));
  const course = year.random.weighted([['foster', 6], ['kinship', 2], ['refresher', 2], ['staff', 1]] as const);
  const first = addDays(year.today, year.random.between(2, 8));
  const days = course === 'kinship' || year.random.chance(0.2) ? [first, addDays(first, 1)] : [first];
  await train(year, trainer, 'openSession', { courseId: year.courses[course], areaCode: trainer.area === '02' ? '0203' : '1710', place: 'Wat', days, capacity: year.random.between(2, 5) });
}

interface Session {
  readonly id: string;
  readonly area_code: string;
  readonly trainer_id: string;
  readonly audience: string;
  readonly capacity: number;
}

const SESSIONS = `select s.id, s.area_code, s.trainer_id, c.audience, s.capacity from training.sessions s join training.courses c on c.id = s.course_id`;

/** Who puts herself on a list beside the applicants: carers who refresh, colleagues; and who is taken off one. */
export async function listing(year: Year): Promise<void> {
  const session = await year.one<Session>(`${SESSIONS} where s.cancelled_on is null and s.days[1] >= $1 order by s.id`, [year.today]);
  if (session === undefined) return announcing(year);
  const what = year.random.weighted([['register', 6], ['withdraw', 3], ['resize', 2], ['cancel', 1]] as const);
  const holder = year.random.chance(0.5) ? year.anyone(session.area_code, 'supervisor') : holderOf(year, session);
  if (what === 'resize') return void (await train(year, holder, 'resizeSession', { sessionId: session.id, capacity: year.random.between(1, 6) }));
  if (what === 'cancel') return void (await train(year, holder, 'cancelSession', { sessionId: session.id, reason: year.random.pick(['weather', 'too_few']) }));
  if (what === 'withdraw') {
    const one = await year.one<{ id: string }>('select id from training.registrations where session_id = $1 order by id', [session.id]);
    if (one !== undefined) await train(year, year.anyone(session.area_code, 'supervisor'), 'withdrawRegistration', { registrationId: one.id, on: year.today });
    return;
  }
  const worker = year.anyone(session.area_code, 'supervisor');
  if (session.audience === 'government_social_worker' || year.random.chance(0.05)) {
    await train(year, worker, 'registerForSession', { sessionId: session.id, accountId: year.random.pick(year.staff).account, on: year.today, waitIfFull: true });
  } else {
    const carer = await year.one<{ id: string }>(
      `select a.id from carers.adults a join carers.families f on f.id = a.family_id where a.carer and a.during @> $1::date and left(f.area_code, 2) = left($2, 2) order by a.id`, [year.today, session.area_code]);
    if (carer !== undefined) await train(year, worker, 'registerForSession', { sessionId: session.id, adultId: carer.id, on: year.today, waitIfFull: year.random.chance(0.5) });
  }
}

function holderOf(year: Year, session: Session): Colleague {
  return year.staff.find(({ account }) => account === session.trainer_id) ?? year.anyone(session.area_code, 'supervisor');
}

/** Today's sessions are held; those that ended are assessed and certified, also who was not there: that is refused. */
export async function teaching(year: Year): Promise<void> {
  for (const session of await year.sql<Session>(`${SESSIONS} where s.cancelled_on is null and $1::date = any (s.days) order by s.id`, [year.today])) {
    const listed = await year.sql<{ id: string }>(`select id from training.registrations where session_id = $1 and state = 'listed' order by id`, [session.id]);
    if (listed.length === 0) continue;
    const present = listed.map(({ id }) => ({ registrationId: id, present: year.random.chance(0.88) }));
    await train(year, holderOf(year, session), 'recordAttendance', { sessionId: session.id, on: year.today, present });
    for (const registrationId of listed.map(({ id }) => id)) {
      if (session.audience === 'kinship_carer') await train(year, holderOf(year, session), 'assessRegistration', { registrationId, on: year.today, score: year.random.between(35, 100) });
    }
  }
  for (const session of await year.sql<Session>(`${SESSIONS} where s.cancelled_on is null and s.days[cardinality(s.days)] = $1::date - 1 order by s.id`, [year.today])) {
    for (const { id } of await year.sql<{ id: string }>(`select id from training.registrations where session_id = $1 order by id`, [session.id])) {
      await train(year, holderOf(year, session), 'issueCertificate', { registrationId: id, on: year.today }, 'Certificate { id }');
      if (year.random.chance(0.05)) await train(year, holderOf(year, session), 'issueCertificate', { registrationId: id, on: year.today }, 'Certificate { id }');
    }
  }
}

/** A supervisor countersigns what somebody recorded without her certificate. */
export async function countersigning(year: Year): Promise<void> {
  const waits = await year.one<{ id: string; area: string }>(
    `select c.id, coalesce(o.area_code, '') as area from training.countersignatures c join territory.offices o on o.id = c.office_id where c.countersigned_on is null order by c.id`);
  if (waits !== undefined) await train(year, year.anyone(waits.area, 'supervisor'), 'countersign', { countersignatureId: waits.id }, 'Countersignature { id }');
}
