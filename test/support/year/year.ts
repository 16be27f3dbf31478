import { createHash } from 'node:crypto';
import { Stream } from '../../../src/demo/random.js';
import { addDays, civil } from '../../../src/kernel/civil-date.js';
import type { CivilDate } from '../../../src/kernel/civil-date.js';
import { Tokens } from '../../../src/platform/auth/tokens.js';
import type { Role } from '../../../src/platform/auth/roles.js';
import { systemActor } from '../../../src/platform/auth/roles.js';
import { JobRegistry } from '../../../src/platform/queue/jobs.js';
import type { Harness, Outcome } from '../harness.js';
import { newKey } from '../harness.js';
import { arrangeOffices, signedIn } from '../people.js';
import type { Offices, Person } from '../people.js';
import { asWorker } from '../worker.js';
import type { WorkerDatabase } from '../worker.js';

/** A colleague of the invented year, and the area that she answers for. */
export interface Colleague {
  readonly role: Role;
  readonly office: string;
  readonly area: string;
  readonly account: string;
  readonly person: Person;
}

/** What an act came to: `ok`, the refusal's code, or the code of the error. */
export interface Done {
  readonly code: string;
  // A simulator reads what it asked for.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly result: any;
  readonly key: string;
}

/** What is done again and again in the rooms of the year, in the order of the day. */
const EVERY_DAY = ['carers.grown_up', 'recruitment.approvals_end', 'training.reminders', 'carers.complaints', 'worklist.digest', 'worklist.reminders'];
/** Errors that somebody's mistake may have; anything else is ours. */
const MISTAKES = new Set(['FORBIDDEN', 'NOT_FOUND', 'BAD_USER_INPUT', 'CONFLICT', 'UNAUTHENTICATED']);

/**
 * One invented year at one register: its colleagues, its days, and what was done. Every act goes over HTTP as the person
 * who does it; after each one the audit is looked at: what was done left its acts by that hand, what was refused left none.
 */
export class Year {
  readonly random: Stream;
  /** How often each act came to each end. */
  readonly counts = new Map<string, number>();
  /** What went wrong, in words: empty at the end of a good year. */
  readonly broken: string[] = [];
  readonly courses: Record<string, string> = {};
  today: CivilDate = civil('2026-01-05');
  #seq = 0n;
  #outbox = 0n;
  #tables: string[] = [];

  private constructor(
    readonly harness: Harness,
    readonly offices: Offices,
    readonly staff: readonly Colleague[],
    readonly worker: WorkerDatabase,
    seed: string,
  ) {
    this.random = new Stream(`year/${seed}`);
  }

  /** Posts the colleagues of two provinces and begins on the fifth of January. */
  static async begin(harness: Harness, seed: string): Promise<Year> {
    const offices = await arrangeOffices(harness);
    harness.clock.set('2026-01-05T03:00:00Z');
    const staff: Colleague[] = [];
    const post = async (role: Role, office: string, area: string, certified?: false): Promise<void> => {
      const person = await signedIn(harness, { role, office, ...(certified === false ? { certified } : {}) });
      staff.push({ role, office, area, account: person.accountId, person });
    };
    for (const [office, area] of [[offices.battambangTown, '0203'], [offices.banan, '0201'], [offices.siemReapTown, '1710']] as const) {
      for (const certified of [undefined, undefined, false] as const) await post('social_worker', office, area, certified);
    }
    for (const [office, area] of [[offices.battambang, '02'], [offices.siemReap, '17']] as const) {
      for (const certified of [undefined, undefined, false] as const) await post('supervisor', office, area, certified);
      await post('trainer', office, area);
    }
    await post('supervisor', offices.ministry, '');
    for (const role of ['para_social_worker', 'finance_officer', 'policy_analyst', 'auditor', 'administrator'] as const) await post(role, offices.battambang, '-');
    const year = new Year(harness, offices, staff, await asWorker(harness), seed);
    // A year is short: approvals run out within it.
    await harness.sql(`update platform.settings set value = '5' where name = 'recruitment.approval_months'`);
    // The simulator's own note of who is tied to whom since which act: the register's rows say only how it is now.
    await harness.sql(`create schema notes; create table notes.ties (family_id uuid, account_id uuid, how text, adult_id uuid, since bigint, until bigint)`);
    year.#tables = (await harness.sql<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in ('carers', 'recruitment', 'training', 'worklist') order by 1`,
    )).map(({ name }) => name);
    await year.#look();
    return year;
  }

  async end(): Promise<void> {
    await this.worker.close();
  }

  /** Colleagues of a role who may act in an area. */
  of(role: Role, area: string): readonly Colleague[] {
    return this.staff.filter((one) => one.role === role && area.startsWith(one.area));
  }

  /** One colleague of these roles who may act in the area. */
  anyone(area: string, ...roles: readonly Role[]): Colleague {
    return this.random.pick(roles.flatMap((role) => this.of(role, area)));
  }

  /** A day some days back at most, as what is written down late. */
  lately(most = 3, notBefore?: string): CivilDate {
    const day = addDays(this.today, -(this.random.chance(0.3) ? this.random.below(most + 1) : 0));
    return notBefore !== undefined && day < notBefore ? this.today : day;
  }

  async sql<T extends object>(text: string, values: readonly unknown[] = []): Promise<T[]> {
    return this.harness.sql<T>(text, values);
  }

  /** One row of a statement that orders its rows, chosen by the seed. */
  async one<T extends object>(text: string, values: readonly unknown[] = []): Promise<T | undefined> {
    const rows = await this.sql<T>(text, values);
    return rows.length === 0 ? undefined : this.random.pick(rows);
  }

  /** Does an act as somebody, over HTTP, and holds the audit against its answer. */
  async act(who: Colleague, name: string, input: Readonly<Record<string, unknown>>, good: string, refused: string, key: string = newKey(), repeated = false): Promise<Done> {
    const token = await this.harness.app.get(Tokens, { strict: false }).issue({ userId: who.account, sessionId: who.person.sessionId });
    const answer = await this.harness.client(token).act(name, { requestKey: key, ...input }, good, refused, this.random.chance(0.5) ? 'km' : 'en');
    const code = codeOf(answer, refused);
    this.counts.set(`${name} ${code}`, (this.counts.get(`${name} ${code}`) ?? 0) + 1);
    if (code !== 'ok' && answer.errors !== undefined && !MISTAKES.has(code)) this.broken.push(`${this.today} ${name} failed: ${answer.text.slice(0, 300)}`);
    const written = await this.#look();
    const others = written.filter(({ actor_id }) => actor_id !== who.account);
    const expected = code === 'ok' && !repeated;
    if (expected !== (written.length > 0) || others.length > 0) this.broken.push(`${this.today} ${name} came to ${code} and wrote ${written.map(({ act }) => act).join(', ') || 'nothing'}`);
    return { code, result: answer.result, key };
  }

  /** The same of an act that must be refused: nothing of these rooms may be other than before, where it is looked at closely. */
  async refused(closely: boolean, expected: readonly string[], work: () => Promise<Done>): Promise<void> {
    const before = closely ? await this.fingerprint() : '';
    const { code, result } = await work();
    if (!expected.includes(code)) this.broken.push(`${this.today} expected ${expected.join(' or ')}, was ${code}: ${JSON.stringify(result)}`);
    if (closely && code !== 'ok' && (await this.fingerprint()) !== before) this.broken.push(`${this.today} ${code} changed a table`);
  }

  /** Every row of these rooms as one number. */
  async fingerprint(): Promise<string> {
    const sums = await this.sql<{ sum: string | null }>(`${this.#tables.map((table) => `select '${table}' as name, md5(string_agg(t::text, E'\\n' order by t::text)) as sum from ${table} t`).join(' union all ')} order by 1`);
    return createHash('sha256').update(JSON.stringify(sums)).digest('hex');
  }

  /** The day turns: what the day before announced is heard, then the morning's jobs run, twice where the seed says so. */
  async turn(): Promise<void> {
    await this.deliver();
    this.today = addDays(this.today, 1);
    this.harness.clock.set(`${this.today}T03:00:00Z`);
    for (const name of EVERY_DAY) await this.run(name);
    if (this.random.chance(0.05)) {
      const before = await this.fingerprint();
      for (const name of EVERY_DAY) await this.run(name);
      if ((await this.fingerprint()) !== before) this.broken.push(`${this.today} a second run of the morning's jobs changed something`);
    }
    await this.deliver();
  }

  /** Runs a scheduled job as the worker does. */
  async run(name: string): Promise<void> {
    const scheduled = this.harness.app.get(JobRegistry, { strict: false }).schedules().find((one) => one.name === name);
    if (scheduled === undefined) throw new Error(`There is no job ${name}.`);
    await scheduled.handler((work) => this.worker.uow.system(systemActor(name), 'year', work));
    await this.#look();
  }

  /** Gives every event and job of the outbox to who listens, each in a transaction of its own, as the worker does. */
  async deliver(): Promise<void> {
    const registry = this.harness.app.get(JobRegistry, { strict: false });
    for (;;) {
      const rows = await this.sql<{ id: string; event: string; subject_id: string; act_id: string | null; payload: Record<string, string> | null }>(
        'select id::text, event, subject_id, act_id, payload from platform.outbox where id > $1 order by id', [this.#outbox],
      );
      if (rows.length === 0) break;
      for (const { id, event, subject_id, act_id, payload } of rows) {
        this.#outbox = BigInt(id);
        for (const consumer of registry.listeners(event)) {
          const work = registry.work(consumer);
          if (work === undefined || !/^(recruitment|training|carers|worklist)\./.test(consumer)) continue;
          await this.worker.uow.system(systemActor(consumer), 'year', (op) => work(op, { event, subjectId: subject_id, actId: act_id, payload }, () => Promise.resolve()));
        }
      }
    }
    await this.#look();
  }

  /** The acts since the last look. */
  async #look(): Promise<{ act: string; actor_id: string | null }[]> {
    const rows = await this.sql<{ seq: string; act: string; actor_id: string | null }>('select seq::text, act, actor_id from platform.acts where seq > $1 order by seq', [this.#seq]);
    this.#seq = BigInt(rows.at(-1)?.seq ?? this.#seq);
    return rows;
  }

  /** The number of the last act. */
  get seq(): string {
    return String(this.#seq);
  }

  /** Lines for whoever wants to see what the year was made of. */
  report(): string[] {
    const all = [...this.counts].sort(([a], [b]) => (a < b ? -1 : 1));
    const sum = (keep: (end: string) => boolean): number => all.reduce((n, [name, count]) => n + (keep(name.split(' ')[1] ?? '') ? count : 0), 0);
    return [`${sum(() => true)} acts: ${sum((end) => end === 'ok')} done, ${sum((end) => end !== 'ok' && !MISTAKES.has(end))} refused, ${sum((end) => MISTAKES.has(end))} denied or no sense`, ...all.map(([name, count]) => `${String(count).padStart(6)}  ${name}`)];
  }
}

function codeOf(answer: Outcome, refused: string): string {
  const problem = answer.errors?.[0]?.extensions.code;
  if (problem !== undefined) return problem;
  return answer.result?.__typename === refused ? String(answer.result.code) : 'ok';
}
