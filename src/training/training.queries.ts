import type { CivilDate } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';
import { defineLoader, inOrder } from '../platform/graphql/context.js';
import type { Audience } from './training.domain.js';

export interface CourseRow {
  readonly id: string;
  readonly audience: Audience;
  readonly name_km: string;
  readonly name_latin: string;
  readonly hours: number;
  readonly validity_months: number;
  readonly pass_mark: number | null;
  readonly renews_id: string | null;
}

const COURSE = 'id, audience, name_km, name_latin, hours, validity_months, pass_mark, renews_id';

export interface ModuleRow {
  readonly id: string;
  readonly course_id: string;
  readonly position: number;
  readonly name_km: string;
  readonly name_latin: string;
  readonly hours: number;
}

/** The parts of each course, in their order. */
export const modulesOfCourse = defineLoader<ModuleRow[]>('courseModules', async (op, ids) => {
  const rows = await op.tx.rows<ModuleRow>('select id, course_id, position, name_km, name_latin, hours from training.modules where course_id = any ($1::uuid[]) order by course_id, position', [ids]);
  return ids.map((id) => rows.filter((row) => row.course_id === id));
});

export interface LessonRow {
  readonly session_id: string;
  readonly day: CivilDate;
  readonly module_id: string;
}

/** The plan of each session, day by day. */
export const lessonsOfSession = defineLoader<LessonRow[]>('lessons', async (op, ids) => {
  const rows = await op.tx.rows<LessonRow>(
    'select l.session_id, l.day, l.module_id from training.lessons l join training.modules m on m.id = l.module_id where l.session_id = any ($1::uuid[]) order by l.session_id, l.day, m.position',
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.session_id === id));
});

/** Courses by id; what is taught is nobody's secret. */
export const courseById = defineLoader<CourseRow>('course', async (op, ids) =>
  inOrder(ids, await op.tx.rows<CourseRow>(`select ${COURSE} from training.courses where id = any ($1::uuid[])`, [ids]), (row) => row.id),
);

/** Courses, by id. */
export async function listCourses(op: Op, audience: string | null, after: string | null, limit: number): Promise<CourseRow[]> {
  return op.tx.rows<CourseRow>(
    `select ${COURSE} from training.courses where ($1::text is null or audience = $1) and ($2::uuid is null or id > $2) order by id limit $3`,
    [audience, after, limit],
  );
}

export interface SessionRow {
  readonly id: string;
  readonly course_id: string;
  readonly audience: Audience;
  readonly trainer_id: string;
  readonly area_code: string;
  readonly place: string | null;
  readonly days: CivilDate[];
  readonly capacity: number;
  readonly registered: number;
  readonly waiting: number;
  readonly cancelled_on: CivilDate | null;
  readonly cancel_reason: string | null;
}

const SESSION = `s.id, s.course_id, c.audience, s.trainer_id, s.area_code, s.place, s.days::text[] as days, s.capacity, training.registered(s.id) as registered,
  training.waiting(s.id) as waiting, s.cancelled_on, s.cancel_reason`;

/** Sessions by id; where and when a course is held is open to everybody who may register for one. */
export const sessionById = defineLoader<SessionRow>('trainingSession', async (op, ids) =>
  inOrder(
    ids,
    await op.tx.rows<SessionRow>(`select ${SESSION} from training.sessions s join training.courses c on c.id = s.course_id where s.id = any ($1::uuid[])`, [ids]),
    (row) => row.id,
  ),
);

/** Sessions, the latest opened first. */
export async function listSessions(op: Op, only: { readonly areaCode: string; readonly courseId: string | null }, after: string | null, limit: number): Promise<SessionRow[]> {
  return op.tx.rows<SessionRow>(
    `select ${SESSION} from training.sessions s join training.courses c on c.id = s.course_id
     where starts_with(s.area_code, $1) and ($2::uuid is null or s.course_id = $2) and ($3::uuid is null or s.id < $3) order by s.id desc limit $4`,
    [only.areaCode, only.courseId, after, limit],
  );
}

export interface RegistrationRow {
  readonly id: string;
  readonly session_id: string;
  readonly adult_id: string | null;
  readonly account_id: string | null;
  readonly name_km: string | null;
  readonly name_latin: string | null;
  readonly state: string;
  readonly attendance: readonly { readonly day: CivilDate; readonly module_id: string | null; readonly present: boolean }[];
  readonly score: number | null;
  readonly certificate: CertificateRow | null;
}

export interface CertificateRow {
  readonly id: string;
  readonly number: string;
  readonly course_id: string;
  readonly adult_id: string | null;
  readonly family_id: string | null;
  readonly account_id: string | null;
  readonly starts: CivilDate;
  readonly ends: CivilDate;
  /** Of a certificate from before the register. */
  readonly paper_number?: string | null;
  readonly paper_issuer?: string | null;
}

/** The lists of sessions, as far as row security shows them, each with its attendance and certificates. */
export const registrationsOf = defineLoader<RegistrationRow[]>('registrations', async (op, ids) => {
  const rows = await op.tx.rows<RegistrationRow>(
    `select r.id, r.session_id, r.adult_id, r.account_id, r.name_km, r.name_latin, r.state,
       coalesce((select jsonb_agg(jsonb_build_object('day', a.day, 'module_id', a.module_id, 'present', a.present) order by a.day, m.position)
         from training.attendance a left join training.modules m on m.id = a.module_id where a.registration_id = r.id), '[]') as attendance,
       (select a.score from training.assessments a where a.registration_id = r.id order by a.assessed_on desc, a.id desc limit 1) as score,
       (select jsonb_build_object('id', t.id, 'number', t.number, 'course_id', t.course_id, 'adult_id', t.adult_id, 'family_id', t.family_id, 'account_id', t.account_id,
          'starts', lower(t.during), 'ends', upper(t.during)) from training.certificates t where t.registration_id = r.id) as certificate
     from training.registrations r where r.session_id = any ($1::uuid[]) and r.state <> 'withdrawn' order by r.session_id, r.state, r.id`,
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.session_id === id));
});

const CERTIFICATE = 'id, number, course_id, adult_id, family_id, account_id, lower(during) as starts, upper(during) as ends, paper_number, paper_issuer';

/** Certificates by id, as far as row security shows them. */
export const certificateById = defineLoader<CertificateRow>('certificate', async (op, ids) =>
  inOrder(ids, await op.tx.rows<CertificateRow>(`select ${CERTIFICATE} from training.certificates where id = any ($1::uuid[])`, [ids]), (row) => row.id),
);

/** Certificates of each family's adults, the latest first, at most 30. */
export const certificatesOfFamily = defineLoader<CertificateRow[]>('familyCertificates', async (op, ids) => {
  const rows = await op.tx.rows<CertificateRow>(
    `select t.* from unnest($1::uuid[]) as f (id) cross join lateral
       (select ${CERTIFICATE} from training.certificates where family_id = f.id order by lower(during) desc, id desc limit 30) t`,
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.family_id === id));
});

export interface VerifiedRow {
  readonly name_km: string;
  readonly name_latin: string;
  readonly valid_from: CivilDate;
  readonly valid_until: CivilDate;
  readonly earlier_issuer: string | null;
}
