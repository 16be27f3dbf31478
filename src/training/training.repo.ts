import type { CivilDate } from '../kernel/civil-date.js';
import { newCertificateNumber } from '../kernel/check-number.js';
import { newId } from '../kernel/ids.js';
import type { Op } from '../platform/database/op.js';
import { refuseWhenBroken } from '../platform/database/unit-of-work.js';
import type { Audience, Session } from './training.domain.js';

/** Writes a course. Refuses COURSE_EXISTS. */
export async function insertCourse(op: Op, course: { audience: Audience; nameKm: string; nameLatin: string; hours: number; validityMonths: number }): Promise<string> {
  const id = newId();
  await refuseWhenBroken(
    op.tx.run('insert into training.courses (id, audience, name_km, name_latin, hours, validity_months) values ($1, $2, $3, $4, $5, $6)', [
      id, course.audience, course.nameKm, course.nameLatin, course.hours, course.validityMonths,
    ]),
    { courses_once: 'COURSE_EXISTS' },
  );
  return id;
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

export async function courseExists(op: Op, id: string): Promise<boolean> {
  return (await op.tx.row('select from training.courses where id = $1', [id])) !== undefined;
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
}

/** Locks a session: its list is counted and changed under this lock. */
export async function lockSession(op: Op, id: string): Promise<LockedSession | undefined> {
  return op.tx.row<LockedSession>(
    `select s.id, s.course_id as "courseId", s.trainer_id as "trainerId", s.area_code as "areaCode", s.days::text[] as days, s.capacity, c.audience, c.validity_months as "validityMonths"
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

/** Puts somebody on a list. Refuses ALREADY_REGISTERED. */
export async function insertRegistration(op: Op, sessionId: string, who: Participant, on: CivilDate): Promise<string> {
  const id = newId();
  await refuseWhenBroken(
    op.tx.run(
      `insert into training.registrations (id, session_id, adult_id, family_id, account_id, name_km, name_latin, registered_on) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, sessionId, who.adultId, who.familyId, who.accountId, who.nameKm, who.nameLatin, on],
    ),
    { registrations_adult_once: 'ALREADY_REGISTERED', registrations_account_once: 'ALREADY_REGISTERED' },
  );
  return id;
}

/** Of these registrations, those that are on this session's list, and whether each has its certificate. */
export async function onList(op: Op, sessionId: string, ids: readonly string[]): Promise<{ id: string; certified: boolean }[]> {
  return op.tx.rows<{ id: string; certified: boolean }>(
    `select r.id, exists (select from training.certificates t where t.registration_id = r.id) as certified
     from training.registrations r where r.session_id = $1 and r.id = any ($2::uuid[])`,
    [sessionId, ids],
  );
}

/** Writes who was there on a day; what was written before is written anew. */
export async function writeAttendance(op: Op, day: CivilDate, present: readonly { readonly registrationId: string; readonly present: boolean }[]): Promise<void> {
  await op.tx.run(
    `insert into training.attendance (registration_id, day, present) select id, $1, there from unnest($2::uuid[], $3::text[]::boolean[]) as r (id, there)
     on conflict (registration_id, day) do update set present = excluded.present`,
    [day, present.map((one) => one.registrationId), present.map((one) => String(one.present))],
  );
}

/** A registration with the days on which its person was there. */
export interface RegistrationFacts {
  readonly id: string;
  readonly sessionId: string;
  readonly adultId: string | null;
  readonly familyId: string | null;
  readonly accountId: string | null;
  readonly presentOn: CivilDate[];
}

export async function registrationFacts(op: Op, id: string): Promise<RegistrationFacts | undefined> {
  return op.tx.row<RegistrationFacts>(
    `select r.id, r.session_id as "sessionId", r.adult_id as "adultId", r.family_id as "familyId", r.account_id as "accountId",
       coalesce((select array_agg(a.day::text order by a.day) from training.attendance a where a.registration_id = r.id and a.present), '{}') as "presentOn"
     from training.registrations r where r.id = $1`,
    [id],
  );
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
