import { readFileSync, writeFileSync } from 'node:fs';
import { stream } from '../../../src/demo/random.js';
import type { CivilDate } from '../../../src/kernel/civil-date.js';
import { openLane } from '../wire.js';
import type { Lane, Reply } from '../wire.js';
import { Asker } from './asking.js';
import type { Question } from './asking.js';
import { figuresOf, percentile } from './figures.js';
import { JournalFile } from './journal.js';
import { judge } from './judge.js';
import { mixOf } from './mix.js';
import { sharesOf } from './operations.js';
import type { Operation, Someone } from './operations.js';
import type { Outcome, Plan, Results } from './plan.js';
import { schedule } from './schedule.js';
import type { Slot } from './schedule.js';

/** Of a hundred acts so many are sent again later under the same key, and so many twice at one moment. */
const AGAIN_LATER = 0.05;
const AGAIN_AT_ONCE = 0.01;
/** Seconds after which a person takes a new token, and in which all have done so: a token lives for fifteen minutes. */
const REFRESH = { first: 240, within: 360, every: 600 };
const PATIENCE = 30_000;
/** Milliseconds after which a connection is not used again: the API closes it after ten seconds. */
const IDLE = 7_000;
/** An error that says that nothing was done. */
const NOT_DONE = /^(UNAUTHENTICATED|FORBIDDEN|NOT_FOUND|BAD_USER_INPUT|CONFLICT|refused )/;

const REFRESHING: Operation = {
  name: 'refresh a token', class: 'write', weight: 0, roles: [], variables: () => undefined,
  document: 'mutation Refresh($input: RefreshInput!) { refresh(input: $input) { __typename ... on SignedIn { accessToken refreshToken } ... on StaffRefused { code } } }',
};

interface Tally {
  readonly name: string;
  readonly class: string;
  readonly latencies: number[];
  readonly errors: Record<string, number>;
  refused: number;
  empty: number;
  bytes: number;
}

/** Sends what the schedule says when it says so, however long the answers take. */
class Driver {
  readonly #operations: readonly Operation[];
  readonly #asker: Asker;
  readonly #journal: JournalFile;
  readonly #random;
  readonly #idle: { readonly lane: Lane; readonly since: number }[] = [];
  readonly #outgoing = new Map<number, Buffer>();
  readonly #heads = new Map<string, string>();
  readonly #tokens: Map<Someone, { access: string; refresh: string }>;
  readonly #tallies = new Map<string, Tally>();
  readonly #later: { readonly due: number; readonly send: () => void }[] = [];
  readonly #unasked = new Set<string>();
  readonly #late: number[] = [];
  readonly #minutes: number[][] = [];
  #sends = 0;
  #inFlight = 0;
  #most = 0;
  #start = 0;
  #counts = false;

  constructor(private readonly plan: Plan) {
    this.#operations = mixOf(plan.only);
    this.#asker = new Asker(plan.world, plan.people, plan.today as CivilDate, plan.run, plan.seed);
    this.#journal = new JournalFile(plan.journal);
    this.#random = stream(plan.seed, 'load', 'driver');
    this.#tokens = new Map(plan.people.map((one) => [one, { access: one.token, refresh: one.refreshToken }]));
    for (const { document } of this.#operations) this.#heads.set(document, `{"query":${JSON.stringify(document)},"variables":`);
  }

  async run(): Promise<Results> {
    const { seed, rate, warmUp, seconds } = this.plan;
    const weights = sharesOf(this.#operations);
    this.#planRefreshes();
    this.#start = performance.now();
    // A third of the rate first: what is compiled and cached on the first call is nobody's latency.
    await this.#go(schedule(seed + 1, rate / 3, warmUp / 2, weights), warmUp * 500);
    await this.#go(schedule(seed + 2, rate, warmUp / 2, weights).map((slot) => ({ ...slot, due: slot.due + warmUp * 500 })), warmUp * 1000);
    this.#counts = true;
    const before = process.cpuUsage();
    const from = performance.now();
    await this.#go(schedule(seed, rate, seconds, weights).map((slot) => ({ ...slot, due: slot.due + warmUp * 1000 })), (warmUp + seconds) * 1000);
    const took = (performance.now() - from) / 1000;
    const { user, system } = process.cpuUsage(before);
    this.#counts = false;
    await this.#drained();
    this.#journal.close();
    for (const { lane } of this.#idle) lane.close();
    const late = Float64Array.from(this.#late).sort();
    return {
      outcomes: [...this.#tallies.values()], unasked: [...this.#unasked], minutes: this.#minutes.map((each) => figuresOf(each).p95), seconds: took, inFlight: this.#most,
      late: { p99: percentile(late, 0.99), max: percentile(late, 1) }, cpu: (user + system) / 1e6,
    };
  }

  /** Sends these, and what became due beside them, until the moment has come. */
  #go(slots: readonly Slot[], until: number): Promise<void> {
    return new Promise((done) => {
      let next = 0;
      const tick = (): void => {
        const now = performance.now() - this.#start;
        for (let slot = slots[next]; slot !== undefined && slot.due <= now; slot = slots[++next]) this.#dispatch(slot);
        while ((this.#later[0]?.due ?? Infinity) <= now) this.#later.shift()?.send();
        if (next >= slots.length && now >= until) return done();
        const upcoming = Math.min(slots[next]?.due ?? Infinity, this.#later[0]?.due ?? Infinity, until);
        setTimeout(tick, Math.max(0, upcoming - (performance.now() - this.#start)));
      };
      tick();
    });
  }

  async #drained(): Promise<void> {
    const end = performance.now() + PATIENCE;
    while (this.#inFlight > 0 && performance.now() < end) await new Promise((done) => setTimeout(done, 20));
  }

  #dispatch({ due, what }: Slot): void {
    const operation = this.#operations[what];
    if (operation === undefined) return;
    const question = this.#asker.question(operation);
    if (question === undefined) {
      this.#unasked.add(operation.name);
      return;
    }
    if (this.#counts) this.#late.push(performance.now() - this.#start - due);
    void this.#ask(operation, question, due, operation.name);
    if (operation.write !== undefined && this.#random.chance(AGAIN_AT_ONCE)) void this.#ask(operation, question, due, 'an act sent twice at once');
  }

  async #ask(operation: Operation, question: Question, due: number, name: string): Promise<void> {
    const counts = this.#counts;
    const send = ++this.#sends;
    const { key, who } = question;
    if (operation.write !== undefined) this.#journal.write({ is: 'intent', send, key, op: operation.name, actor: who.account });
    const tally = this.#tally(name, operation.class);
    try {
      const reply = await this.#send(send, who, operation.document, question.variables);
      const verdict = judge(operation, reply.status, reply.body);
      if (counts) this.#count(tally, performance.now() - this.#start - due, due, verdict, reply.body.length);
      if (verdict.is === 'good') this.#asker.pageEnd(operation, question, verdict.page?.after ?? null);
      if (operation.write === undefined) return;
      if (verdict.is === 'good') this.#journal.write({ is: 'ack', send, key, request: requestId(reply), id: verdict.id ?? '' });
      else this.#journal.write(verdict.is === 'refused' || NOT_DONE.test(verdict.code) ? { is: 'refused', send, key, code: verdict.code } : { is: 'unknown', send, key, why: verdict.code });
      if (verdict.is === 'good' && name === operation.name && this.#random.chance(AGAIN_LATER)) {
        this.#at(performance.now() - this.#start + this.#random.between(500, 20_000), (moment) => void this.#ask(operation, question, moment, 'an act sent again'));
      }
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      if (counts) tally.errors[why] = (tally.errors[why] ?? 0) + 1;
      if (operation.write !== undefined) this.#journal.write({ is: 'unknown', send, key, why });
    }
  }

  #count(tally: Tally, latency: number, due: number, verdict: ReturnType<typeof judge>, bytes: number): void {
    tally.latencies.push(latency);
    tally.bytes += bytes;
    (this.#minutes[Math.floor((due / 1000 - this.plan.warmUp) / 60)] ??= []).push(latency);
    if (verdict.is === 'wrong') tally.errors[verdict.code] = (tally.errors[verdict.code] ?? 0) + 1;
    else if (verdict.is === 'refused') tally.refused += 1;
    else if (verdict.page?.rows === 0) tally.empty += 1;
  }

  #tally(name: string, kind: string): Tally {
    let tally = this.#tallies.get(name);
    if (tally === undefined) this.#tallies.set(name, (tally = { name, class: kind, latencies: [], errors: {}, refused: 0, empty: 0, bytes: 0 }));
    return tally;
  }

  /** A connection is taken or made for each request: a slow answer keeps no other one waiting in the driver. */
  async #send(n: number, who: Someone, document: string, variables: object): Promise<Reply> {
    const body = `${this.#heads.get(document) ?? `{"query":${JSON.stringify(document)},"variables":`}${JSON.stringify(variables)}}`;
    const head = `POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\nauthorization: Bearer ${this.#tokens.get(who)?.access ?? ''}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
    this.#most = Math.max(this.#most, ++this.#inFlight);
    let lane: Lane | undefined;
    try {
      lane = this.#idleLane() ?? (await openLane(this.plan.port, (at) => this.#outgoing.get(at) ?? Buffer.alloc(0)));
      this.#outgoing.set(n, Buffer.from(head + body));
      const reply = await lane.send(n);
      this.#idle.push({ lane, since: performance.now() });
      return reply;
    } catch (error) {
      lane?.close();
      throw error;
    } finally {
      this.#inFlight -= 1;
      this.#outgoing.delete(n);
    }
  }

  /** The one used last; none that the API may be about to close. */
  #idleLane(): Lane | undefined {
    const last = this.#idle.pop();
    if (last === undefined || performance.now() - last.since < IDLE) return last?.lane;
    for (const { lane } of [last, ...this.#idle.splice(0)]) lane.close();
    return undefined;
  }

  #planRefreshes(): void {
    const { people, warmUp, seconds } = this.plan;
    people.forEach((who, at) => {
      for (let second = REFRESH.first + (at / people.length) * REFRESH.within; second < warmUp + seconds; second += REFRESH.every) {
        this.#at(second * 1000, (due) => void this.#refresh(who, due));
      }
    });
  }

  async #refresh(who: Someone, due: number): Promise<void> {
    const counts = this.#counts;
    const refreshToken = this.#tokens.get(who)?.refresh ?? '';
    const tally = this.#tally(REFRESHING.name, 'session');
    try {
      const { status, body } = await this.#send(++this.#sends, who, REFRESHING.document, { input: { refreshToken } });
      const verdict = judge(REFRESHING, status, body);
      if (counts) this.#count(tally, performance.now() - this.#start - due, due, verdict, body.length);
      if (verdict.is !== 'good') return;
      const { data } = JSON.parse(body) as { data: { refresh: { accessToken: string; refreshToken: string } } };
      this.#tokens.set(who, { access: data.refresh.accessToken, refresh: data.refresh.refreshToken });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      if (counts) tally.errors[why] = (tally.errors[why] ?? 0) + 1;
    }
  }

  #at(due: number, send: (due: number) => void): void {
    const at = this.#later.findIndex((one) => one.due > due);
    this.#later.splice(at < 0 ? this.#later.length : at, 0, { due, send: () => send(due) });
  }
}

/** The register's own id of a request, as its answer names it and its act keeps it. */
const requestId = ({ head }: Reply): string => /\r\nx-request-id: *([^\r\n]+)/i.exec(head)?.[1] ?? '';

const plan = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Plan;
writeFileSync(plan.results, JSON.stringify((await new Driver(plan).run()) satisfies Results & { readonly outcomes: readonly Outcome[] }));
