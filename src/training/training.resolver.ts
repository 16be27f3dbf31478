import { Inject } from '@nestjs/common';
import { Args, Context, Extensions, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Family } from '../carers/family.graphql.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { CONFIG } from '../platform/config/config.module.js';
import type { Config } from '../platform/config/config.js';
import { mayEver } from '../platform/auth/acts.js';
import { notFound } from '../platform/errors.js';
import { ActAnswer, canAct } from '../platform/graphql/can.js';
import { afterKey, pageOf } from '../platform/graphql/connection.js';
import type { Page } from '../platform/graphql/connection.js';
import type { RequestContext } from '../platform/graphql/context.js';
import { Can, Public } from '../platform/graphql/guard.js';
import { answer } from '../platform/graphql/refused.js';
import { IdScalar } from '../platform/graphql/scalars.js';
import { keyedHash } from '../staff/secrets.js';
import { AttendanceService } from './attendance.service.js';
import { CertificatesService } from './certificates.service.js';
import { CoursesService } from './courses.service.js';
import { SessionsService } from './sessions.service.js';
import { mayCancel, mayRegister, mayResize } from './training.domain.js';
import {
  Certificate, CertificateResult, CertificateStatus, Course, CourseConnection, CourseModule, CourseResult, Lesson, TrainingRegistration, TrainingSession,
  TrainingSessionConnection, TrainingSessionResult, VerifiedCertificate,
} from './training.graphql.js';
import type { CancelReason, RegistrationState, TrainingAudience } from './training.graphql.js';
import {
  AssessRegistrationInput, CancelSessionInput, CoursesArgs, IssueCertificateInput, OpenCourseInput, OpenSessionInput, RecordAttendanceInput, RegisterForSessionInput,
  ResizeSessionInput, TrainingSessionsArgs, WithdrawRegistrationInput,
} from './training.inputs.js';
import { acts, mayHold } from './training.policy.js';
import { certificateById, certificatesOfFamily, courseById, lessonsOfSession, listCourses, listSessions, modulesOfCourse, registrationsOf, sessionById } from './training.queries.js';
import type { CertificateRow, CourseRow, RegistrationRow, SessionRow } from './training.queries.js';
import { training } from './training.refusals.js';
import { verificationFor } from './verification.js';

@Resolver(() => Course)
export class CoursesResolver {
  constructor(private readonly service: CoursesService) {}

  @Mutation(() => CourseResult, { description: 'Opens a course: what is taught, to whom, and how long its certificate holds.' })
  @Can(acts['course.open'])
  openCourse(@Args('input') input: OpenCourseInput, @Context() request: RequestContext) {
    return answer(request, training, this.service.open(request.actor, input, request.requestId), (id) => readCourse(request, id));
  }

  @Query(() => CourseConnection, { description: 'Courses, as they were opened.' })
  @Extensions({ mayBeOld: true })
  @Can(acts['course.read'])
  async courses(@Args() page: CoursesArgs, @Context() request: RequestContext): Promise<Page<Course>> {
    const rows = await listCourses(await request.query(), page.audience ?? null, idAfter(page), page.first + 1);
    return pageOf(page, rows, (row) => [row.id], toCourse);
  }

  @ResolveField(() => [CourseModule], { description: 'Its parts in their order; empty where it is taught as a whole.' })
  @Extensions({ maximum: 20 })
  async modules(@Parent() course: Course, @Context() request: RequestContext): Promise<CourseModule[]> {
    return ((await request.load(modulesOfCourse, course.id)) ?? []).map((row) => ({ id: row.id, position: row.position, nameKm: row.name_km, nameLatin: row.name_latin, hours: row.hours }));
  }
}

@Resolver(() => TrainingSession)
export class TrainingSessionsResolver {
  constructor(
    private readonly courses: CoursesService,
    private readonly service: SessionsService,
    private readonly attendance: AttendanceService,
  ) {}

  @Mutation(() => TrainingSessionResult, { description: 'Opens a session of a course in the caller\'s territory.' })
  @Can(acts['session.open'])
  openSession(@Args('input') input: OpenSessionInput, @Context() request: RequestContext) {
    return answer(request, training, this.courses.openSession(request.actor, input, request.requestId), (id) => readSession(request, id));
  }

  @Mutation(() => TrainingSessionResult, { description: 'Puts an adult of a family of the caller\'s offices, or a colleague, on the list of a session.' })
  @Can(acts['session.register'])
  registerForSession(@Args('input') input: RegisterForSessionInput, @Context() request: RequestContext) {
    return answer(request, training, this.service.register(request.actor, input, request.requestId), (id) => readSession(request, id));
  }

  @Mutation(() => TrainingSessionResult, { description: 'Records who was there on a day: the session\'s trainer, or a supervisor of its place.' })
  @Can(acts['session.attendance'])
  recordAttendance(@Args('input') input: RecordAttendanceInput, @Context() request: RequestContext) {
    return answer(request, training, this.attendance.record(request.actor, input, request.requestId), (id) => readSession(request, id));
  }

  @Mutation(() => TrainingSessionResult, { description: 'Records the result of somebody\'s assessment; the latest counts for the certificate.' })
  @Can(acts['session.assess'])
  assessRegistration(@Args('input') input: AssessRegistrationInput, @Context() request: RequestContext) {
    return answer(request, training, this.attendance.assess(request.actor, input, request.requestId), (id) => readSession(request, id));
  }

  @Mutation(() => TrainingSessionResult, { description: 'Takes somebody off the list of a session; who waited longest gets the place, and is told.' })
  @Can(acts['session.withdraw'])
  withdrawRegistration(@Args('input') input: WithdrawRegistrationInput, @Context() request: RequestContext) {
    return answer(request, training, this.service.withdraw(request.actor, input, request.requestId), (id) => readSession(request, id));
  }

  @Mutation(() => TrainingSessionResult, { description: 'Gives a session more room, or less; who waited longest gets the new places.' })
  @Can(acts['session.resize'])
  resizeSession(@Args('input') input: ResizeSessionInput, @Context() request: RequestContext) {
    return answer(request, training, this.service.resize(request.actor, input, request.requestId), (id) => readSession(request, id));
  }

  @Mutation(() => TrainingSessionResult, { description: 'Cancels a session that was not held, and tells everybody whom it concerns.' })
  @Can(acts['session.cancel'])
  cancelSession(@Args('input') input: CancelSessionInput, @Context() request: RequestContext) {
    return answer(request, training, this.service.cancel(request.actor, input, request.requestId), (id) => readSession(request, id));
  }

  @Query(() => TrainingSession, { description: 'One session.' })
  @Can(acts['session.read'])
  async trainingSession(@Args('id', { type: () => IdScalar, description: 'The session.' }) id: string, @Context() request: RequestContext): Promise<TrainingSession> {
    const found = await readSession(request, id);
    if (found === undefined) throw notFound();
    return found;
  }

  @Query(() => TrainingSessionConnection, { description: 'Sessions of the whole country, the latest opened first.' })
  @Extensions({ mayBeOld: true })
  @Can(acts['session.read'])
  async trainingSessions(@Args() page: TrainingSessionsArgs, @Context() request: RequestContext): Promise<Page<TrainingSession>> {
    const rows = await listSessions(await request.query(), { areaCode: page.areaCode ?? '', courseId: page.courseId ?? null }, idAfter(page), page.first + 1);
    return pageOf(page, rows, (row) => [row.id], toSession);
  }

  @ResolveField(() => Course, { description: 'What is taught.' })
  async course(@Parent() session: TrainingSession, @Context() request: RequestContext): Promise<Course> {
    const course = await readCourse(request, session.courseId);
    if (course === undefined) throw notFound();
    return course;
  }

  @ResolveField(() => [TrainingRegistration], {
    description: 'Its list: all of it for its trainer and the supervisors and workers of its office, else the people of the caller\'s own families, and herself.',
  })
  @Extensions({ maximum: 200 })
  async registrations(@Parent() session: TrainingSession, @Context() request: RequestContext): Promise<TrainingRegistration[]> {
    const rows = (await request.load(registrationsOf, session.id)) ?? [];
    return rows.map(toRegistration);
  }

  @ResolveField(() => [Lesson], { description: 'Its plan: which part is taught on which day; empty where the course has no parts.' })
  @Extensions({ maximum: 200 })
  async lessons(@Parent() session: TrainingSession, @Context() request: RequestContext): Promise<Lesson[]> {
    return ((await request.load(lessonsOfSession, session.id)) ?? []).map((row) => ({ day: row.day, moduleId: row.module_id }));
  }

  @ResolveField(() => [ActAnswer], { description: 'What the caller may do with it now, with the reason for each no.' })
  @Extensions({ maximum: 7 })
  async can(@Parent() session: TrainingSession, @Context() request: RequestContext): Promise<ActAnswer[]> {
    const { today } = await request.query();
    const holds = (act: (typeof acts)[keyof typeof acts]): boolean => mayHold(request.actor, act, session);
    return [
      canAct(request, acts['session.register'], mayEver(request.actor, acts['session.register']), training, mayRegister(session, session.registered, today)),
      canAct(request, acts['session.withdraw'], mayEver(request.actor, acts['session.withdraw'])),
      canAct(request, acts['session.resize'], holds(acts['session.resize']), training, mayResize(session, 0, session.capacity)),
      canAct(request, acts['session.cancel'], holds(acts['session.cancel']), training, mayCancel(session, false)),
      canAct(request, acts['session.attendance'], holds(acts['session.attendance'])),
      canAct(request, acts['session.assess'], holds(acts['session.assess'])),
      canAct(request, acts['certificate.issue'], holds(acts['certificate.issue'])),
    ];
  }
}

@Resolver(() => Certificate)
export class CertificatesResolver {
  constructor(
    private readonly service: CertificatesService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Mutation(() => CertificateResult, { description: 'Issues the certificate of a session to somebody who was there: for carers it stands on the stand-by list, for colleagues among their qualifications.' })
  @Can(acts['certificate.issue'])
  issueCertificate(@Args('input') input: IssueCertificateInput, @Context() request: RequestContext) {
    return answer(request, training, this.service.issue(request.actor, input, request.requestId), (id) => readCertificate(request, id));
  }

  @Query(() => VerifiedCertificate, { description: 'What a printed certificate number stands for, for anybody who holds it: valid, expired or unknown, the course and its days. Never who. Whoever asks for many is asked to wait.' })
  @Public('Whoever is shown a certificate must be able to tell whether it is real.')
  async verifyCertificate(
    @Args('number', { type: () => String, description: 'The number as it is printed or was heard; Khmer digits and missing hyphens are taken.' }) number: string,
    @Context() request: RequestContext,
  ): Promise<VerifiedCertificate> {
    const who = request.user === undefined ? `address:${request.address}` : `account:${request.user.userId}`;
    const answered = await request.load(verificationFor(keyedHash(`verify:${who}`, this.config.tokenSecret)), number);
    const nothing = { courseNameKm: null, courseNameLatin: null, validFrom: null, validUntil: null, earlier: false, issuer: null, retryAfterSeconds: null };
    if (answered !== undefined && 'retryAfter' in answered) return { ...nothing, status: CertificateStatus.try_later, retryAfterSeconds: answered.retryAfter };
    const row = answered?.found;
    if (row === undefined) return { ...nothing, status: CertificateStatus.unknown };
    const { today } = await request.query();
    const status = row.valid_from <= today && today <= row.valid_until ? CertificateStatus.valid : CertificateStatus.expired;
    const { name_km: courseNameKm, name_latin: courseNameLatin, valid_from: validFrom, valid_until: validUntil, earlier_issuer: issuer } = row;
    return { ...nothing, status, courseNameKm, courseNameLatin, validFrom, validUntil, earlier: issuer !== null, issuer };
  }

  @ResolveField(() => Course, { description: 'The course.' })
  async course(@Parent() certificate: Certificate, @Context() request: RequestContext): Promise<Course> {
    const course = await readCourse(request, certificate.courseId);
    if (course === undefined) throw notFound();
    return course;
  }
}

@Resolver(() => Family)
export class FamilyTrainingResolver {
  @ResolveField(() => [Certificate], { description: 'Certificates of its adults, the latest first, at most 30.' })
  @Extensions({ maximum: 30 })
  async certificates(@Parent() family: Family, @Context() request: RequestContext): Promise<Certificate[]> {
    return ((await request.load(certificatesOfFamily, family.id)) ?? []).map(toCertificate);
  }
}

function idAfter(page: TrainingSessionsArgs | CoursesArgs): string | null {
  const [after = null] = afterKey(page, 'id') ?? [];
  return after === null ? null : String(after);
}

async function readCourse(request: RequestContext, id: string): Promise<Course | undefined> {
  const row = await request.load(courseById, id);
  return row && toCourse(row);
}

async function readSession(request: RequestContext, id: string): Promise<TrainingSession | undefined> {
  const row = await request.load(sessionById, id);
  return row && toSession(row);
}

/** A certificate as the caller may see it. */
export async function readCertificate(request: RequestContext, id: string): Promise<Certificate | undefined> {
  const row = await request.load(certificateById, id);
  return row && toCertificate(row);
}

function toCourse(row: CourseRow): Course {
  return {
    id: row.id, audience: row.audience as TrainingAudience, nameKm: row.name_km, nameLatin: row.name_latin, hours: row.hours, validityMonths: row.validity_months,
    passMark: row.pass_mark, renewsId: row.renews_id,
  };
}

function toSession(row: SessionRow): TrainingSession {
  return {
    id: row.id, courseId: row.course_id, audience: row.audience as TrainingAudience, trainerId: row.trainer_id, areaCode: row.area_code, place: row.place,
    days: row.days, capacity: row.capacity, registered: row.registered, waiting: row.waiting,
    cancelledOn: row.cancelled_on, cancelReason: row.cancel_reason as CancelReason | null,
  };
}

function toRegistration(row: RegistrationRow): TrainingRegistration {
  const days = [...new Set(row.attendance.map(({ day }) => day))];
  const parts = [...new Set(row.attendance.flatMap(({ module_id: part }) => part ?? []))];
  const missed = parts.filter((part) => row.attendance.some((one) => one.module_id === part && !one.present));
  const presentOn = days.filter((day) => row.attendance.some((one) => one.day === day && one.present));
  return {
    id: row.id, nameKm: row.name_km, nameLatin: row.name_latin, adultId: row.adult_id, accountId: row.account_id, state: row.state as RegistrationState,
    presentOn, absentOn: days.filter((day) => !presentOn.includes(day)),
    attended: parts.filter((part) => !missed.includes(part)), missed,
    score: row.score, certificate: row.certificate === null ? null : toCertificate(row.certificate),
  };
}

function toCertificate(row: CertificateRow): Certificate {
  return {
    id: row.id, number: row.number, courseId: row.course_id, adultId: row.adult_id, accountId: row.account_id, from: row.starts as CivilDate, to: row.ends as CivilDate,
    earlier: row.paper_issuer != null, paperNumber: row.paper_number ?? null, issuer: row.paper_issuer ?? null,
  };
}
