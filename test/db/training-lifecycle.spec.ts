import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { civil } from '../../src/kernel/civil-date.js';
import { newId } from '../../src/kernel/ids.js';
import type { Result } from '../../src/kernel/result.js';
import type { Role, UserActor } from '../../src/platform/auth/roles.js';
import { Problem } from '../../src/platform/errors.js';
import { AttendanceService } from '../../src/training/attendance.service.js';
import { CertificatesService } from '../../src/training/certificates.service.js';
import { SessionsService } from '../../src/training/sessions.service.js';
import type { CancelReason } from '../../src/training/training.graphql.js';
import { knownFamily } from '../support/given.js';
import { Harness, newKey } from '../support/harness.js';
import { arrangeOffices, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';

/**
 * What may happen to two sessions of a course, told a second time as simply as it can be told: a sheet of paper for each
 * session, with lines, ticks and results. The register must say the same after every act, and hold the same at the end.
 */
const DAYS = ['2026-06-09', '2026-06-12'] as const;
const PASS = 60;

interface Line {
  readonly id: string;
  readonly person: number;
  state: 'listed' | 'waiting' | 'withdrawn';
  readonly ticks: Map<string, boolean>;
  score: number | null;
  certified: boolean;
}
interface Sheet {
  readonly id: string;
  capacity: number;
  cancelled: boolean;
  readonly lines: Line[];
}
interface Act {
  readonly name: 'register' | 'withdraw' | 'resize' | 'attend' | 'assess' | 'issue' | 'cancel';
  readonly sheet: number;
  readonly person: number;
  readonly n: number;
  readonly yes: boolean;
}

let harness: Harness;
let offices: Offices;
let actor: UserActor;
let trainer: UserActor;
let adults: string[];

beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  const families = await Promise.all([1, 2, 3].map(() => knownFamily(harness)));
  adults = families.flatMap(({ carers }) => [...carers]).slice(0, 5);
  const as = (person: Person, role: Role): UserActor => ({
    kind: 'user', userId: person.accountId, sessionId: person.sessionId,
    postings: [{ id: person.postingId, role, officeId: offices.battambang, institutionId: null, area: '02', officeIds: [offices.battambang, offices.battambangTown, offices.banan] }],
  });
  actor = as(await signedIn(harness, { role: 'supervisor', office: offices.battambang }), 'supervisor');
  trainer = as(await signedIn(harness, { role: 'trainer', office: offices.battambang }), 'trainer');
});
afterAll(() => harness.stop());

/** Two sessions of a new course with an assessment. */
async function twoSessions(capacities: readonly number[]): Promise<Sheet[]> {
  const courseId = newId();
  await harness.sql(`insert into training.courses (id, audience, name_km, name_latin, hours, validity_months, pass_mark) values ($1, 'foster_carer', 'វគ្គ', $2, 12, 24, $3)`, [courseId, courseId, PASS]);
  return Promise.all(capacities.map(async (capacity) => {
    const id = newId();
    await harness.sql(`insert into training.sessions (id, course_id, trainer_id, area_code, office_id, days, capacity) values ($1, $2, $3, '0203', $4, $5, $6)`, [id, courseId, trainer.userId, offices.battambangTown, [...DAYS], capacity]);
    return { id, capacity, cancelled: false, lines: [] };
  }));
}

const listedOn = (sheet: Sheet): Line[] => sheet.lines.filter(({ state }) => state === 'listed');
/** The line of somebody: the one that stands, else the last that was struck out. */
const lineOf = (sheet: Sheet, person: number): Line | undefined =>
  sheet.lines.find((line) => line.person === person && line.state !== 'withdrawn') ?? sheet.lines.findLast((line) => line.person === person);

/** How often each answer came: a test in which nothing is ever certified proves nothing. */
const seen = new Map<string, number>();
const count = (what: string): unknown => seen.set(what, (seen.get(what) ?? 0) + 1);

/** The first who waits is written into each free line. */
function fill(sheet: Sheet, why: string): void {
  for (const line of sheet.lines) {
    if (line.state !== 'waiting' || listedOn(sheet).length >= sheet.capacity) continue;
    line.state = 'listed';
    count(`moved up by ${why}`);
  }
}

/** What the paper says to an act, and does. A new line has the id that the register gave it. */
function onPaper(sheets: readonly Sheet[], act: Act, sheet: Sheet, idOfNew: () => string): string {
  const line = lineOf(sheet, act.person);
  const day = DAYS[act.n % 2] ?? DAYS[0];
  switch (act.name) {
    case 'register': {
      if (line !== undefined && line.state !== 'withdrawn') return 'ALREADY_REGISTERED';
      if (sheet.cancelled) return 'SESSION_CANCELLED';
      if (act.n === 7) return 'SESSION_ENDED';
      const room = listedOn(sheet).length < sheet.capacity;
      if (!room && !act.yes) return 'SESSION_FULL';
      sheet.lines.push({ id: idOfNew(), person: act.person, state: room ? 'listed' : 'waiting', ticks: new Map(), score: null, certified: false });
      return 'ok';
    }
    case 'withdraw':
      if (line === undefined) return 'NOT_FOUND';
      if (line.state === 'withdrawn') return 'NOT_REGISTERED';
      if ([...line.ticks.values()].includes(true)) return 'ALREADY_ATTENDED';
      line.state = 'withdrawn';
      if (!sheet.cancelled) fill(sheet, 'withdrawal');
      return 'ok';
    case 'resize':
      if (sheet.cancelled) return 'SESSION_CANCELLED';
      if (roomOf(act) < listedOn(sheet).length) return 'BELOW_REGISTERED';
      sheet.capacity = roomOf(act);
      fill(sheet, 'room');
      return 'ok';
    case 'cancel':
      if (sheet.cancelled) return 'SESSION_CANCELLED';
      if (sheet.lines.some(({ ticks }) => ticks.size > 0)) return 'SESSION_HELD';
      sheet.cancelled = true;
      return 'ok';
    case 'attend':
      if (sheet.cancelled) return 'SESSION_CANCELLED';
      if (line?.state !== 'listed') return 'NOT_FOUND';
      if (line.certified && !act.yes) return 'ALREADY_CERTIFIED';
      line.ticks.set(day, act.yes);
      return 'ok';
    case 'assess':
      if (line === undefined) return 'NOT_FOUND';
      if (sheet.cancelled) return 'SESSION_CANCELLED';
      if (line.state !== 'listed') return 'NOT_REGISTERED';
      if (line.certified) return 'ALREADY_CERTIFIED';
      line.score = scoreOf(act);
      return 'ok';
    case 'issue':
      if (line === undefined) return 'NOT_FOUND';
      if (line.state !== 'listed') return 'NOT_REGISTERED';
      if (line.certified) return 'ALREADY_ISSUED';
      if (sheet.cancelled) return 'SESSION_CANCELLED';
      if (DAYS.some((one) => line.ticks.get(one) !== true)) return 'NOT_ATTENDED';
      if ((line.score ?? -1) < PASS) return 'NOT_PASSED';
      // The other session is of the same course: its certificate would end on the same day.
      if (sheets.some(({ lines }) => lines.some((other) => other.person === act.person && other.certified))) return 'VALIDITY_OVERLAPS';
      line.certified = true;
      return 'ok';
  }
}

const roomOf = ({ n }: Act): number => 1 + (n % 3);
const scoreOf = ({ n }: Act): number => 40 + 8 * n;

/** The same act, to the register. */
async function inRegister(act: Act, sheet: Sheet): Promise<string> {
  const sessions = harness.app.get(SessionsService, { strict: false });
  const attendance = harness.app.get(AttendanceService, { strict: false });
  const [requestKey, sessionId, registrationId] = [newKey(), sheet.id, lineOf(sheet, act.person)?.id ?? newId()];
  const on = civil('2026-06-15');
  const send = (): Promise<Result<string, string>> => {
    switch (act.name) {
      case 'register': return sessions.register(actor, { requestKey, sessionId, adultId: adults[act.person] ?? '', on: civil(act.n === 7 ? '2026-06-13' : '2026-06-08'), waitIfFull: act.yes }, 'test');
      case 'withdraw': return sessions.withdraw(actor, { requestKey, registrationId, on }, 'test');
      case 'resize': return sessions.resize(trainer, { requestKey, sessionId, capacity: roomOf(act) }, 'test');
      case 'cancel': return sessions.cancel(trainer, { requestKey, sessionId, reason: 'weather' as CancelReason }, 'test');
      case 'attend': return attendance.record(actor, { requestKey, sessionId, on: civil(DAYS[act.n % 2] ?? DAYS[0]), present: [{ registrationId, present: act.yes }] }, 'test');
      case 'assess': return attendance.assess(actor, { requestKey, registrationId, on, score: scoreOf(act) }, 'test');
      case 'issue': return harness.app.get(CertificatesService, { strict: false }).issue(actor, { requestKey, registrationId, on }, 'test');
    }
  };
  try {
    const result = await send();
    return result.ok ? 'ok' : result.code;
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

/** Everything that stands in the register of a session, as the paper would have it. */
async function written(sheet: Sheet): Promise<unknown> {
  const [session] = await harness.sql<object>('select capacity, cancelled_on is not null as cancelled from training.sessions where id = $1', [sheet.id]);
  const lines = await harness.sql<object>(
    `select r.id, r.adult_id, r.state, (select a.score from training.assessments a where a.registration_id = r.id order by a.id desc limit 1) as score,
       exists (select from training.certificates t where t.registration_id = r.id) as certified,
       exists (select from training.certificates t join carers.standings s on s.source_id = t.id and s.code = 'certificate' and s.adult_id = r.adult_id where t.registration_id = r.id) as stands,
       (select coalesce(jsonb_object_agg(a.day, a.present), '{}') from training.attendance a where a.registration_id = r.id) as ticks
     from training.registrations r where r.session_id = $1 order by r.id`,
    [sheet.id],
  );
  return { ...session, lines };
}

function paper(sheet: Sheet): unknown {
  return {
    capacity: sheet.capacity, cancelled: sheet.cancelled,
    lines: sheet.lines.map(({ id, person, state, score, certified, ticks }) => ({ id, adult_id: adults[person], state, score, certified, stands: certified, ticks: Object.fromEntries(ticks) })),
  };
}

async function newestLine(sheet: Sheet): Promise<string> {
  return (await harness.sql<{ id: string }>('select id from training.registrations where session_id = $1 order by id desc limit 1', [sheet.id]))[0]?.id ?? '';
}

const WEIGHTS: Readonly<Record<Act['name'], number>> = { register: 9, withdraw: 5, resize: 2, attend: 20, assess: 7, issue: 8, cancel: 1 };
const anAct = fc.record({
  name: fc.oneof(...(Object.keys(WEIGHTS) as Act['name'][]).map((name) => ({ weight: WEIGHTS[name], arbitrary: fc.constant(name) }))),
  sheet: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(1) }),
  person: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: fc.nat({ max: 4 }) }),
  n: fc.nat({ max: 7 }), yes: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
});
describe('registering, waiting, attending, passing and being certified', () => {
  it('come to what a sheet of paper says, whatever is done in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anAct, { minLength: 40, maxLength: 90, size: 'max' }), fc.integer({ min: 1, max: 2 }), async (sequence, capacity) => {
        const sheets = await twoSessions([capacity, 2]);
        for (const [at, act] of sequence.entries()) {
          const sheet = sheets[act.sheet];
          if (sheet === undefined) continue;
          const answer = await inRegister(act, sheet);
          const id = act.name === 'register' && answer === 'ok' ? await newestLine(sheet) : newId();
          expect({ at, act: act.name, answer }).toEqual({ at, act: act.name, answer: onPaper(sheets, act, sheet, () => id) });
          count(`${act.name} ${answer}`);
        }
        for (const sheet of sheets) expect(await written(sheet)).toEqual(paper(sheet));
      }),
      { seed: 20261123, numRuns: 24 },
    );
    expect(['register ok', 'moved up by withdrawal', 'moved up by room', 'withdraw ok', 'attend ok', 'issue ok', 'issue ALREADY_ISSUED', 'issue NOT_ATTENDED', 'issue NOT_PASSED', 'cancel SESSION_HELD'].filter((one) => !seen.has(one))).toEqual([]);
  });
});
