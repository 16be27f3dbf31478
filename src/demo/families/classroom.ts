import { addDays, addMonths, contains, daysBetween, maxDate } from '../../kernel/civil-date.js';
import type { CivilDate, DayRange } from '../../kernel/civil-date.js';
import { newCertificateNumber } from '../../kernel/check-number.js';
import type { Chronicle } from '../chronicle.js';
import { days } from '../copy.js';
import type { Sheet, Sheets } from '../copy.js';
import type { Stream } from '../random.js';
import { stream } from '../random.js';
import type { DemoAdult, DemoLand, DemoPosting } from '../world.js';
import type { Desk } from './desk.js';

/** The courses of the demonstration. Names and hours are invented; the tour looks for the first one. */
const COURSES = [
  ['whole', 'foster_carer', 'ការថែទាំកុមារក្នុងគ្រួសារ', 'Caring for a child', 12, 24, 2],
  ['short', 'foster_carer', 'ការថែទាំកុមារ វគ្គខ្លី', 'Caring for a child, short course', 6, 9, 1],
  ['kin', 'kinship_carer', 'ការថែទាំកុមារជាសាច់ញាតិ', 'Caring for a child of the family', 6, 24, 1],
  ['para', 'para_social_worker', 'ការងារសង្គមក្នុងមណ្ឌល', 'Social work in an institution', 24, 36, 3],
  ['worker', 'government_social_worker', 'ការដាក់កុមារក្នុងគ្រួសារ', 'Placing children in families', 30, 36, 4],
] as const;

export type CourseKey = (typeof COURSES)[number][0];

interface Session {
  readonly id: string;
  readonly course: CourseKey;
  readonly officeId: string;
  readonly trainer: DemoPosting;
  readonly days: readonly CivilDate[];
  readonly openedOn: CivilDate;
  readonly capacity: number;
  taken: number;
}

/** Who comes to a course, as the list has them. */
export interface Attendee {
  readonly adult: DemoAdult;
  readonly familyId: string;
}

const SESSION = ['id', 'course_id', 'trainer_id', 'area_code', 'office_id', 'place', 'days', 'capacity'] as const;
const REGISTRATION = ['id', 'session_id', 'adult_id', 'family_id', 'account_id', 'name_km', 'name_latin', 'registered_on', 'registered_by'] as const;
const ATTENDANCE = ['id', 'registration_id', 'day', 'present'] as const;
const CERTIFICATE = ['id', 'number', 'registration_id', 'course_id', 'adult_id', 'family_id', 'account_id', 'during', 'issued_by'] as const;

/** Courses, their sessions in each province, who was there and who got a certificate. */
export class Classroom {
  readonly #courses = new Map<CourseKey, { readonly id: string; readonly months: number; readonly length: number }>();
  readonly #sessions = new Map<string, Session[]>();
  readonly #session: Sheet<(typeof SESSION)[number]>;
  readonly #registration: Sheet<(typeof REGISTRATION)[number]>;
  readonly #attendance: Sheet<(typeof ATTENDANCE)[number]>;
  readonly #certificate: Sheet<(typeof CERTIFICATE)[number]>;

  constructor(
    private readonly land: DemoLand,
    sheets: Sheets,
    private readonly chronicle: Chronicle,
  ) {
    this.#session = sheets.sheet('training.sessions', SESSION);
    this.#registration = sheets.sheet('training.registrations', REGISTRATION);
    this.#attendance = sheets.sheet('training.attendance', ATTENDANCE);
    this.#certificate = sheets.sheet('training.certificates', CERTIFICATE);
    this.#openCourses(sheets);
  }

  /** Teaches these adults between two days. Gives each one's certificate: its id and the days it holds. */
  teach(random: Stream, desk: Desk, course: CourseKey, who: readonly Attendee[], from: CivilDate, to: CivilDate): ReadonlyMap<string, DayRange & { readonly id: string }> {
    const session = this.#find(desk, course, who.length, from, to) ?? this.#open(random, desk, course, from, to);
    const registrations = this.#enrol(random, desk, session, who, from);
    for (const id of registrations.values()) this.#present(random, id, session.days);
    const last = session.days.at(-1) ?? from;
    const later = random.chance(0.6) ? last : random.day(last, to);
    const issuedOn = contains(session.trainer, later) ? later : last;
    return new Map([...registrations].map(([{ adult, familyId }, registrationId]) => {
      const during = { from: issuedOn, to: addMonths(issuedOn, this.#course(course).months) };
      const certificate = { id: random.id(issuedOn), adultId: adult.id, familyId, accountId: null };
      this.#certify(random, session, registrationId, certificate, during);
      return [adult.id, { ...during, id: certificate.id }];
    }));
  }

  /** Puts adults on the list of a session that is still to come, or of one at which they missed a day. */
  invite(random: Stream, desk: Desk, course: CourseKey, who: readonly Attendee[], on: CivilDate): void {
    const { today } = this.land;
    const missed = daysBetween(on, today) > 12 && random.chance(0.5);
    const [from, to] = missed ? [addDays(on, 3), addDays(today, -2)] : [addDays(today, 2), addDays(today, 30)];
    const session = this.#find(desk, course, who.length, from, to) ?? this.#open(random, desk, course, from, to);
    const registrations = this.#enrol(random, desk, session, who, on);
    if (!missed) return;
    for (const id of registrations.values()) this.#present(random, id, session.days, 0);
  }

  /** Teaches the colleagues of a province, most of them, once: what they are certified for stands among their qualifications. */
  teachColleagues(sheets: Sheets, province: string): void {
    const random = stream(this.land.seed, 'training', 'colleagues', province);
    const qualification = sheets.sheet('staff.qualifications', ['account_id', 'kind', 'during', 'certificate_id']);
    const { roster, places, began } = this.land;
    const office = places.officeFor(province);
    const on = addDays(began, random.between(20, 60));
    const seats = [province, ...places.below(province).map(({ code }) => code)].flatMap((code) => {
      const own = places.officeFor(code);
      return own.areaCode === code ? roster.posted('social_worker', own.id, on) : [];
    });
    // Who approves by then is certified in any case; the ministry's own come to the first province's sessions.
    const approvers = [office, ...(province === places.provinces()[0]?.code ? [places.officeFor('')] : [])].flatMap(({ id }) => roster.posted('supervisor', id, on));
    const known = new Set(this.land.known.values());
    const surely = new Set([...approvers, ...seats.filter(({ accountId }) => known.has(accountId))]);
    const workers = [...approvers, ...seats];
    const [from, to] = [addDays(on, 1), addDays(on, 20)];
    const course = COURSES.find(([key]) => key === 'worker') ?? COURSES[4];
    for (let i = 0; i < workers.length; i += 20) {
      const session = this.#openAt(random, office.id, this.#townOf(province), 'worker', from, to);
      for (const worker of workers.slice(i, i + 20).filter((one) => contains(one, to) && (random.chance(0.85) || surely.has(one)))) {
        const during = { from: session.days.at(-1) ?? to, to: addMonths(session.days.at(-1) ?? to, this.#course('worker').months) };
        const registration = this.#register(random, session, { adult_id: null, family_id: null, account_id: worker.accountId, name_km: null, name_latin: worker.name }, on, session.trainer, null);
        this.#present(random, registration, session.days);
        const certificate = { id: random.id(during.from), adultId: null, familyId: null, accountId: worker.accountId };
        this.#certify(random, session, registration, certificate, during);
        qualification.add({ account_id: worker.accountId, kind: course[1], during: days(during.from, during.to), certificate_id: certificate.id });
      }
    }
  }

  /** Writes who called the names at the sessions of a province: after everybody is on their lists. */
  close(province: string): void {
    const random = stream(this.land.seed, 'training', 'calls', province);
    for (const session of this.#sessions.get(province) ?? []) {
      for (const day of session.days.filter((one) => one < this.land.today)) {
        this.chronicle.act(random, { act: 'session.attendance', by: session.trainer, subject: ['training_session', session.id], on: day, changed: ['attendance'] });
      }
    }
    this.#sessions.delete(province);
  }

  #find(desk: Desk, course: CourseKey, seats: number, from: CivilDate, to: CivilDate): Session | undefined {
    const open = this.#sessions.get(this.land.places.areaOf(desk.officeId).slice(0, 2)) ?? [];
    return open.find((one) => one.course === course && one.capacity - one.taken >= seats && (one.days[0] ?? '') > addDays(from, 1) && (one.days.at(-1) ?? '') <= to);
  }

  #open(random: Stream, desk: Desk, course: CourseKey, from: CivilDate, to: CivilDate): Session {
    const area = this.land.places.areaOf(desk.officeId);
    return this.#openAt(random, desk.officeId, area.length >= 4 ? area : this.#townOf(area), course, from, to);
  }

  #openAt(random: Stream, officeId: string, areaCode: string, course: CourseKey, from: CivilDate, to: CivilDate): Session {
    const { length } = this.#course(course);
    const first = random.day(addDays(from, 2), addDays(to, 1 - length));
    const openedOn = maxDate(this.land.rolledOut, addDays(first < this.land.today ? first : this.land.today, -random.between(10, 25)));
    const province = areaCode.slice(0, 2);
    const others = this.#sessions.get(province) ?? [];
    const trainer = this.#trainer(random, officeId, openedOn, to, others.length % 2 === 0);
    const session: Session = {
      id: random.id(openedOn), course, officeId, trainer, openedOn, days: Array.from({ length }, (_, i) => addDays(first, i)), capacity: random.pick([16, 20, 24, 30]), taken: 0,
    };
    this.#sessions.set(province, [...others, session]);
    this.#session.add({
      id: session.id, course_id: this.#course(course).id, trainer_id: trainer.accountId, area_code: areaCode, office_id: this.land.places.officeFor(areaCode).id,
      place: random.pick(['សាលាឃុំ', 'វត្ត', 'សាលារៀន', 'មន្ទីរ', null]), days: session.days, capacity: session.capacity,
    });
    this.chronicle.act(random, { act: 'session.open', by: trainer, subject: ['training_session', session.id], on: openedOn });
    return session;
  }

  /** A trainer who is there from the opening to the certificates; the known one where it is her turn. */
  #trainer(random: Stream, officeId: string, from: CivilDate, to: CivilDate, hers: boolean): DemoPosting {
    const all = this.land.roster.serving('trainer', this.land.places.provinceOffice(officeId), from);
    const stayed = all.filter((one) => contains(one, to) || one.to === null);
    const known = hers ? stayed.find(({ accountId }) => accountId === this.land.known.get('demo-trainer')) : undefined;
    return known ?? random.pick(stayed.length > 0 ? stayed : all);
  }

  #enrol(random: Stream, desk: Desk, session: Session, who: readonly Attendee[], from: CivilDate): ReadonlyMap<Attendee, string> {
    session.taken += who.length;
    const last = addDays(session.days[0] ?? from, -1);
    const on = maxDate(from, random.day(maxDate(from, session.openedOn), last < this.land.today ? last : addDays(this.land.today, -1)));
    return new Map(who.map((one) => [one, this.#register(random, session, {
      adult_id: one.adult.id, family_id: one.familyId, account_id: null, name_km: one.adult.nameKm, name_latin: one.adult.nameLatin,
    }, on, desk.worker(on), one.familyId)]));
  }

  #register(
    random: Stream,
    session: Session,
    person: Readonly<Record<'adult_id' | 'family_id' | 'account_id' | 'name_km' | 'name_latin', string | null>>,
    on: CivilDate,
    by: DemoPosting,
    about: string | null,
  ): string {
    const id = random.id(on);
    this.#registration.add({ id, session_id: session.id, ...person, registered_on: on, registered_by: by.accountId });
    this.chronicle.act(random, { act: 'session.register', by, subject: ['registration', id], about, on });
    return id;
  }

  /** Somebody was there, on every day or on every day but one. */
  #present(random: Stream, registrationId: string, all: readonly CivilDate[], missed?: number): void {
    for (const [i, day] of all.entries()) this.#attendance.add({ id: random.id(day), registration_id: registrationId, day, present: i !== missed });
  }

  #certify(
    random: Stream,
    session: Session,
    registrationId: string,
    { id, adultId, familyId, accountId }: { readonly id: string; readonly adultId: string | null; readonly familyId: string | null; readonly accountId: string | null },
    during: DayRange,
  ): void {
    const number = newCertificateNumber(Uint8Array.from({ length: 8 }, () => random.below(256)));
    this.#certificate.add({
      id, number, registration_id: registrationId, course_id: this.#course(session.course).id, adult_id: adultId, family_id: familyId, account_id: accountId,
      during: days(during.from, during.to), issued_by: session.trainer.accountId,
    });
    this.chronicle.act(random, { act: 'certificate.issue', by: session.trainer, subject: ['certificate', id], about: familyId, on: during.from });
  }

  #openCourses(sheets: Sheets): void {
    const random = stream(this.land.seed, 'courses');
    const sheet = sheets.sheet('training.courses', ['id', 'audience', 'name_km', 'name_latin', 'hours', 'validity_months']);
    const { roster, places, rolledOut } = this.land;
    for (const [key, audience, nameKm, nameLatin, hours, months, length] of COURSES) {
      const id = random.id(rolledOut);
      this.#courses.set(key, { id, months, length });
      sheet.add({ id, audience, name_km: nameKm, name_latin: nameLatin, hours, validity_months: months });
      this.chronicle.act(random, { act: 'course.open', by: roster.one('supervisor', places.officeFor('').id, rolledOut, random), subject: ['course', id], on: rolledOut });
    }
  }

  #course(key: CourseKey): { readonly id: string; readonly months: number; readonly length: number } {
    const course = this.#courses.get(key);
    if (course === undefined) throw new Error(`There is no course ${key}.`);
    return course;
  }

  /** The district in which a province's own sessions are held. */
  #townOf(province: string): string {
    return this.land.places.below(province)[0]?.code ?? province;
  }
}
