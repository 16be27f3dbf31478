import type { CivilDate } from '../kernel/civil-date.js';
import { newCertificateNumber } from '../kernel/check-number.js';
import { newId } from '../kernel/ids.js';
import type { Op } from '../platform/database/op.js';
import { refuseWhenBroken } from '../platform/database/unit-of-work.js';
import type { Audience, Lesson, Module, Session, Work } from './training.domain.js';

export interface NewCourse {
  readonly audience: Audience;
  readonly nameKm: string;
  readonly nameLatin: string;
  readonly hours: number;
  readonly validityMonths: number;
  readonly passMark: number | null;
  readonly renewsId: string | null;
}

/** Writes a course. Refuses COURSE_EXISTS. */
export async function insertCourse(op: Op, course: NewCourse): Promise<string> {
  const id = newId();
  await refuseWhenBroken(
    op.tx.run('insert into training.courses (id, audience, name_km, name_latin, hours, validity_months, pass_mark, renews_id) values ($1, $2, $3, $4, $5, $6, $7, $8)', [
      id, course.audience, course.nameKm, course.nameLatin, course.hours, course.validityMonths, course.passMark, course.renewsId,
    ]),
    { courses_once: 'COURSE_EXISTS' },
  );
  return id;
}

/** Writes the parts of a course in their order. */
export async function insertModules(op: Op, courseId: string, modules: readonly { readonly nameKm: string; readonly nameLatin: string; readonly hours: number }[]): Promise<void> {
  await op.tx.run(
    `insert into training.modules (id, course_id, position, name_km, name_latin, hours)
     select uuidv7(), $1, position, name_km, name_latin, hours from unnest($2::text[], $3::text[], $4::int[]) with ordinality as m (name_km, name_latin, hours, position)`,
    [courseId, modules.map(({ nameKm }) => nameKm), modules.map(({ nameLatin }) => nameLatin), modules.map(({ hours }) => hours)],
  );
}

/** The parts of a course in their order; none where it is taught as a whole. */
export async function modulesOf(op: Op, courseId: string): Promise<Module[]> {
  return op.tx.rows<Module>('select id, hours from training.modules where course_id = $1 order by position', [courseId]);
}

/** Writes which part is taught on which day. */
export async function insertLessons(op: Op, sessionId: string, lessons: readonly Lesson[]): Promise<void> {
  await op.tx.run('insert into training.lessons (session_id, module_id, day) select $1, * from unnest($2::uuid[], $3::date[])', [
    sessionId, lessons.map(({ moduleId }) => moduleId), lessons.map(({ day }) => day),
  ]);
}

export interface NewSession {
  readonly courseId: string;
  readonly trainerId: string;
  readonly areaCode: string;
  readonly officeId: string;
  readonly place: string | null;
  readonly days: readonly CivilDate[];
  readonly capacity: number;
}

export async function insertSession(op: Op, session: NewSession): Promise<string> {
  const id = newId();
  await op.tx.run(
    `insert into training.sessions (id, course_id, trainer_id, area_code, office_id, place, days, capacity) values ($1, $2, $3, $4, $5, $6, $7::date[], $8)`,
    [id, session.courseId, session.trainerId, session.areaCode, session.officeId, session.place, session.days, session.capacity],
  );
  return id;
}

/** For whom a course is; undefined where there is none. */
export async function audienceOf(op: Op, courseId: string): Promise<Audience | undefined> {
  return (await op.tx.row<{ audience: Audience }>('select audience from training.courses where id = $1', [courseId]))?.audience;
}

/** Has this account a trainer's posting on that day? */
export async function isTrainer(op: Op, accountId: string, on: CivilDate): Promise<boolean> {
  const row = await op.tx.row(
    `select from staff.postings p join staff.accounts a on a.id = p.account_id
     where a.id = $1 and a.state = 'active' and p.role = 'trainer' and p.during @> $2::date and p.withdrawn_at is null`,
    [accountId, on],
  );
  return row !== undefined;
}

/** A session under lock, with what its course says. */
export interface LockedSession extends Session {
  readonly id: string;
  readonly courseId: string;
  readonly trainerId: string;
  readonly areaCode: string;
  readonly validityMonths: number;
  readonly passMark: number | null;
  readonly renewsId: string | null;
  readonly cancelledOn: CivilDate | null;
}

/** Locks a session: its list is counted and changed under this lock. */
export async function lockSession(op: Op, id: string): Promise<LockedSession | undefined> {
  return op.tx.row<LockedSession>(
    `select s.id, s.course_id as "courseId", s.trainer_id as "trainerId", s.area_code as "areaCode", s.days::text[] as days, s.capacity, s.cancelled_on as "cancelledOn", c.audience,
       c.validity_months as "validityMonths", c.pass_mark as "passMark", c.renews_id as "renewsId"
     from training.sessions s join training.courses c on c.id = s.course_id where s.id = $1 for no key update of s`,
    [id],
  );
}

/** How many are on a session's list, those too whom the caller may not read. */
export async function countRegistered(op: Op, sessionId: string): Promise<number> {
  return (await op.tx.row<{ n: number }>('select training.registered($1) as n', [sessionId]))?.n ?? 0;
}

/** Who is to be put on a list. */
export interface Participant {
  readonly adultId: string | null;
  readonly familyId: string | null;
  readonly accountId: string | null;
  readonly nameKm: string | null;
  readonly nameLatin: string | null;
}

/** An adult who lives in a family of the caller's offices on that day, as she is put on a list. */
export async function adultOn(op: Op, adultId: string, on: CivilDate): Promise<Participant | undefined> {
  return op.tx.row<Participant>(
    `select id as "adultId", family_id as "familyId", null::uuid as "accountId", name_km as "nameKm", name_latin as "nameLatin" from carers.adults where id = $1 and during @> $2::date`,
    [adultId, on],
  );
}

/** A colleague with an open account, as she is put on a list. */
export async function colleague(op: Op, accountId: string): Promise<Participant | undefined> {
  return op.tx.row<Participant>(
    `select null::uuid as "adultId", null::uuid as "familyId", id as "accountId", name_km as "nameKm", name_latin as "nameLatin" from staff.accounts where id = $1 and state <> 'closed'`,
    [accountId],
  );
}

/** Is this person on the list or behind it already? */
export async function isRegistered(op: Op, sessionId: string, who: Participant): Promise<boolean> {
  const row = await op.tx.row(
    `select from training.registrations where session_id = $1 and (adult_id = $2 or account_id = $3) and state <> 'withdrawn'`, [sessionId, who.adultId, who.accountId],
  );
  return row !== undefined;
}

export interface NewRegistration {
  readonly sessionId: string;
  readonly who: Participant;
  readonly on: CivilDate;
  readonly state: 'listed' | 'waiting';
  readonly by: string;
}

/** Puts somebody on a list, or behind it. Refuses ALREADY_REGISTERED. */
export async function insertRegistration(op: Op, { sessionId, who, on, state, by }: NewRegistration): Promise<string> {
  const id = newId();
  await refuseWhenBroken(
    op.tx.run(
      `insert into training.registrations (id, session_id, adult_id, family_id, account_id, name_km, name_latin, registered_on, state, registered_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [id, sessionId, who.adultId, who.familyId, who.accountId, who.nameKm, who.nameLatin, on, state, by],
    ),
    { registrations_adult_once: 'ALREADY_REGISTERED', registrations_account_once: 'ALREADY_REGISTERED' },
  );
  return id;
}

/** Takes somebody off a list. */
export async function withdrawRegistration(op: Op, id: string): Promise<void> {
  await op.tx.run(`update training.registrations set state = 'withdrawn' where id = $1`, [id]);
}

/** Somebody who waited and has a place now: herself where she is a colleague, and who put her on the list. */
export interface MovedUp {
  readonly registrationId: string;
  readonly familyId: string | null;
  readonly accountId: string | null;
  readonly registeredBy: string | null;
}

/** Gives the places that came free to who waited longest. */
export async function moveUp(op: Op, sessionId: string): Promise<MovedUp[]> {
  return op.tx.rows<MovedUp>(
    `select registration_id as "registrationId", family_id as "familyId", account_id as "accountId", registered_by as "registeredBy" from training.move_up($1) order by registration_id`,
    [sessionId],
  );
}

/** The colleagues whom it concerns that a session is cancelled: those on its list, and who put the carers on it. */
export async function concerned(op: Op, sessionId: string): Promise<string[]> {
  return (await op.tx.rows<{ account_id: string }>('select account_id from training.concerned($1)', [sessionId])).map(({ account_id }) => account_id);
}

export async function setCapacity(op: Op, sessionId: string, capacity: number): Promise<void> {
  await op.tx.run('update training.sessions set capacity = $2 where id = $1', [sessionId, capacity]);
}

export async function cancelSession(op: Op, sessionId: string, on: CivilDate, reason: string): Promise<void> {
  await op.tx.run('update training.sessions set cancelled_on = $2, cancel_reason = $3 where id = $1', [sessionId, on, reason]);
}

/** Was anybody's attendance of a session recorded? */
export async function wasHeld(op: Op, sessionId: string): Promise<boolean> {
  return (await op.tx.row('select from training.attendance a join training.registrations r on r.id = a.registration_id where r.session_id = $1 limit 1', [sessionId])) !== undefined;
}

/** Of these registrations, those that are on this session's list, and whether each has its certificate. */
export async function onList(op: Op, sessionId: string, ids: readonly string[]): Promise<{ id: string; certified: boolean }[]> {
  return op.tx.rows<{ id: string; certified: boolean }>(
    `select r.id, exists (select from training.certificates t where t.registration_id = r.id) as certified
     from training.registrations r where r.session_id = $1 and r.state = 'listed' and r.id = any ($2::uuid[])`,
    [sessionId, ids],
  );
}

/** The parts that are taught on a day of a session. */
export async function lessonsOn(op: Op, sessionId: string, day: CivilDate): Promise<string[]> {
  return (await op.tx.rows<{ id: string }>('select module_id as id from training.lessons where session_id = $1 and day = $2', [sessionId, day])).map(({ id }) => id);
}

/** Writes who was there on a day, at each of these parts; a course without parts is attended by days. What was written before is written anew. */
export async function writeAttendance(op: Op, day: CivilDate, modules: readonly string[], present: readonly { readonly registrationId: string; readonly present: boolean }[]): Promise<void> {
  await op.tx.run(
    `insert into training.attendance (registration_id, day, module_id, present)
     select id, $1, module, there from unnest($2::uuid[], $3::text[]::boolean[]) as r (id, there)
       cross join unnest(case when cardinality($4::uuid[]) = 0 then array[null::uuid] else $4::uuid[] end) as m (module)
     on conflict on constraint attendance_once do update set present = excluded.present`,
    [day, present.map((one) => one.registrationId), present.map((one) => String(one.present)), modules],
  );
}

/** Writes the result of an assessment; an earlier one stays readable. */
export async function insertAssessment(op: Op, registrationId: string, on: CivilDate, score: number, by: string): Promise<void> {
  await op.tx.run('insert into training.assessments (id, registration_id, assessed_on, score, assessed_by) values ($1, $2, $3, $4, $5)', [newId(), registrationId, on, score, by]);
}

/** Somebody on a list, with what she has done there. */
export interface RegistrationFacts extends Omit<Work, 'modules' | 'renews'> {
  readonly id: string;
  readonly sessionId: string;
  readonly state: 'listed' | 'waiting' | 'withdrawn';
  readonly adultId: string | null;
  readonly familyId: string | null;
  readonly accountId: string | null;
}

export async function registrationFacts(op: Op, id: string): Promise<RegistrationFacts | undefined> {
  return op.tx.row<RegistrationFacts>(
    `select r.id, r.session_id as "sessionId", r.state, r.adult_id as "adultId", r.family_id as "familyId", r.account_id as "accountId",
       coalesce((select array_agg(distinct a.day::text) from training.attendance a where a.registration_id = r.id and a.present), '{}') as "presentOn",
       (select a.score from training.assessments a where a.registration_id = r.id order by a.assessed_on desc, a.id desc limit 1) as score
     from training.registrations r where r.id = $1`,
    [id],
  );
}

/** The best share of each part of the course that she has attended by a day, in whichever session. */
export async function modulesAttended(op: Op, registrationId: string, until: CivilDate): Promise<Work['modules']> {
  return op.tx.rows<{ position: number; percent: number }>('select module_position as position, percent from training.modules_attended($1, $2)', [registrationId, until]);
}

/** The day on which the person's latest certificate of a course ends or ended. */
export async function certifiedTo(op: Op, registration: RegistrationFacts, courseId: string): Promise<CivilDate | null> {
  const row = await op.tx.row<{ ends: CivilDate | null }>('select training.certified_to($1, $2) as ends', [registration.id, courseId]);
  return row?.ends ?? null;
}

export interface NewCertificate {
  readonly registration: RegistrationFacts;
  readonly courseId: string;
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly issuedBy: string;
}

/** Writes a certificate under a number of its own. Refuses ALREADY_ISSUED. */
export async function insertCertificate(op: Op, certificate: NewCertificate): Promise<string> {
  const id = newId();
  const { registration, courseId, from, to, issuedBy } = certificate;
  await refuseWhenBroken(
    op.tx.run(
      `insert into training.certificates (id, number, registration_id, course_id, adult_id, family_id, account_id, during, issued_by)
       values ($1, $2, $3, $4, $5, $6, $7, daterange($8, $9), $10)`,
      [id, newCertificateNumber(), registration.id, courseId, registration.adultId, registration.familyId, registration.accountId, from, to, issuedBy],
    ),
    { certificates_once: 'ALREADY_ISSUED' },
  );
  return id;
}
