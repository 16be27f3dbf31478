import { createHash } from 'node:crypto';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { QueryRunner } from 'typeorm';
import type pg from 'pg';
import { todayIn } from '../../kernel/civil-date.js';
import type { Result } from '../../kernel/result.js';
import type { Act } from '../auth/acts.js';
import { mayEver } from '../auth/acts.js';
import type { Actor } from '../auth/roles.js';
import { rowScope } from '../auth/row-scope.js';
import { Clock } from '../clock.js';
import { Problem, RefusalThrown, forbidden } from '../errors.js';
import { SilentTracing, Tracing } from '../tracing/tracing.js';
import type { Span } from '../tracing/tracing.js';
import type { Op } from './op.js';
import { StandBy } from './stand-by.js';
import type { Note, Parameter } from './tx.js';
import { Tx, brokenConstraint, sqlState } from './tx.js';

/** What a mutation brings beside its actor: the key it may be repeated under, and the input that the key stands for. */
export interface Keyed {
  readonly requestKey: string;
}

/** An open read of one GraphQL request. */
export interface OpenQuery {
  readonly op: Op;
  /** Commits; the answer may leave only after this has succeeded. */
  commit(): Promise<void>;
  /** Gives the connection back without keeping anything. */
  abandon(): Promise<void>;
}

/** A connection in use, with what is sent on it and where that stands in a trace. */
interface Line {
  readonly runner: QueryRunner;
  readonly tx: Tx;
  readonly span: Span;
}

/** Who asks without a token: somebody without any posting, never the register itself, which every policy lets through. */
const NOBODY: Actor = Object.freeze({ kind: 'user', userId: '00000000-0000-0000-0000-000000000000', sessionId: '', postings: Object.freeze([]) });

const ENTER = 'select * from platform.enter($1, $2, $3, $4, $5, $6)';

const TRIES = 6;
const RETRIED = new Set(['40001', '40P01']);
const written = new WeakMap<Tx, number>();

/** Called by the audit when an act has been written in this transaction. */
export function noteActWritten(tx: Tx): void {
  written.set(tx, (written.get(tx) ?? 0) + 1);
}

/** The only door to a connection. */
@Injectable()
export class UnitOfWork {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Tracing) private readonly tracing: Tracing = new SilentTracing(),
    @Optional() @Inject(StandBy) private readonly standBy?: StandBy,
  ) {}

  /**
   * One act of the trade: one transaction at READ COMMITTED, entered as the actor, rolled back on a refusal as on a
   * throw, run again from the start on a serialisation failure or a deadlock. The value of an Ok is the id of what was
   * made or changed; under the same `requestKey` it is given again. An Ok without a written act is a fault of ours.
   */
  async command<C extends string>(
    actor: Actor,
    act: Act,
    input: Keyed,
    requestId: string,
    work: (op: Op) => Promise<Result<string, C>>,
  ): Promise<Result<string, C>> {
    if (!mayEver(actor, act)) throw await this.deny(actor, act, requestId, forbidden());
    try {
      return await this.#repeatedly(() => this.#once(actor, act, input, requestId, work));
    } catch (error) {
      if (error instanceof RefusalThrown) return error.refusal as Result<string, C>;
      if (error instanceof Problem && (error.code === 'FORBIDDEN' || error.code === 'NOT_FOUND')) await this.deny(actor, act, requestId, error);
      throw error;
    }
  }

  /** A job's or an operator's work as the register itself: one transaction, run again as a command is. */
  async system<T>(actor: Actor & { kind: 'system' }, requestId: string, work: (op: Op) => Promise<T>): Promise<T> {
    return this.#repeatedly(() =>
      this.#transaction(`system:${actor.job}`, async (tx, span) => {
        const op = this.#op(actor, `system:${actor.job}` as Act, tx, requestId, span);
        tx.keyed.later(`select set_config('app.actor', $1, true), set_config('app.act', $1, true)`, [`system:${actor.job}`]);
        return work(op);
      }),
    );
  }

  /** One statement that reads outside any actor's scope, for the door itself: who holds this token? Alone, it is a transaction of its own. */
  async look<T extends object>(sql: string, parameters: readonly Parameter[]): Promise<T | undefined> {
    const { runner, tx, span } = await this.#connect('look');
    try {
      const row = await tx.keyed.row<T>(sql, parameters);
      span.end();
      return row;
    } catch (error) {
      endBadly(span, error);
      throw error;
    } finally {
      await runner.release();
    }
  }

  /**
   * Opens the one REPEATABLE READ transaction that a GraphQL query and its loaders share. Its first statement travels
   * together with the beginning and the scope; where one of these failed, it fails with that error.
   */
  async query(actor: Actor | undefined, requestId: string, mayBeOld = false): Promise<OpenQuery> {
    const old = mayBeOld && actor?.kind === 'user' ? await this.#oldQuery(actor, requestId) : undefined;
    if (old !== undefined) return old;
    const { runner, tx, span } = await this.#begin('read', 'REPEATABLE READ');
    let open = true;
    const end = async (last: () => Promise<void>, outcome: 'committed' | 'abandoned'): Promise<void> => {
      if (!open) return;
      open = false;
      try {
        await last();
        span.say('register.outcome', outcome);
        span.end();
      } catch (error) {
        endBadly(span, error);
        throw error;
      } finally {
        await runner.release();
      }
    };
    const who: Actor = actor ?? NOBODY;
    if (actor !== undefined) tx.keyed.later(ENTER, this.#scope(actor, undefined, undefined));
    return {
      op: this.#op(who, 'read' as Act, tx, requestId, span),
      commit: () => end(() => tx.commit(), 'committed'),
      abandon: () => end(() => tx.rollback(), 'abandoned'),
    };
  }

  /** The same on the stand-by, if it may serve this actor now. What it notes is committed on the primary, with no other connection held. */
  async #oldQuery(actor: Actor & { kind: 'user' }, requestId: string): Promise<OpenQuery | undefined> {
    const client = await this.standBy?.connectFor(actor.userId);
    if (client === undefined) return undefined;
    const span = this.tracing.child('transaction read that may be old');
    const notes: Note[] = [];
    const tx = Tx.on(this.source, client, notes);
    let open = true;
    const end = async (last: () => Promise<unknown>, outcome: 'committed' | 'abandoned'): Promise<void> => {
      if (!open) return;
      open = false;
      try {
        await last();
        client.release();
        span.say('register.outcome', outcome);
        span.end();
      } catch (error) {
        // A connection on which something failed may be a dead one.
        client.release(true);
        this.standBy?.failed(error);
        endBadly(span, error);
        throw error;
      }
    };
    tx.keyed.later('begin isolation level repeatable read read only');
    try {
      await tx.keyed.run(ENTER, this.#scope(actor, undefined, undefined));
    } catch (error) {
      await end(() => Promise.reject(error), 'abandoned').catch(() => undefined);
      return undefined;
    }
    return {
      op: this.#op(actor, 'read' as Act, tx, requestId, span),
      commit: async () => {
        await end(() => tx.commit(), 'committed');
        if (notes.length > 0) await this.#transaction('read-audit', (primary) => Promise.resolve(notes.splice(0).forEach(({ sql, parameters }) => primary.keyed.later(sql, parameters))));
      },
      abandon: () => end(() => tx.rollback(), 'abandoned'),
    };
  }

  /** Writes down that something was asked and not allowed, in a transaction of its own, and gives the problem back to be thrown. */
  async deny(actor: Actor | undefined, act: string, requestId: string, problem: Problem): Promise<Problem> {
    const who = actor?.kind === 'user' ? actor.userId : null;
    await this.#transaction('deny', (tx) =>
      tx.keyed.run('insert into platform.denials (actor_id, act, code, request_id) values ($1, $2, $3, $4)', [who, act.slice(0, 80), problem.code, requestId]),
    );
    return problem;
  }

  async #once<C extends string>(
    actor: Actor,
    act: Act,
    input: Keyed,
    requestId: string,
    work: (op: Op) => Promise<Result<string, C>>,
  ): Promise<Result<string, C>> {
    return this.#transaction(act, async (tx, span) => {
      const hash = inputHash(input);
      const earlier = await tx.keyed.row<{ result_id: string; same_input: boolean }>(ENTER, this.#scope(actor, act, { key: input.requestKey, hash }));
      if (earlier !== undefined && !earlier.same_input) throw new Problem('CONFLICT', 'problem.KEY_USED');
      if (earlier !== undefined) return { ok: true, value: earlier.result_id };
      // An act looks up and writes by keys.
      const op = this.#op(actor, act, tx.keyed, requestId, span);
      const result = await work(op);
      if (!result.ok) throw new RefusalThrown(result);
      if (written.get(op.tx) === undefined) throw new Error(`${act} ended well without an act in the audit.`);
      if (actor.kind === 'user') {
        tx.keyed.later('insert into platform.request_keys (actor_id, key, act, input_hash, result_id) values ($1, $2, $3, $4, $5)', [
          actor.userId, input.requestKey, act, hash, result.value,
        ]);
      }
      return result;
    });
  }

  /** What `platform.enter` is told: who acts, in which scope, under which key. */
  #scope(actor: Actor, act: Act | undefined, keyed: { key: string; hash: Uint8Array } | undefined): Parameter[] {
    // Shares of a file are dated: row security asks for the day of this clock, not of the server's.
    const scope = { ...rowScope(actor, act), today: todayIn(this.clock.now()) };
    const who = actor.kind === 'user' ? actor.userId : `system:${actor.job}`;
    return [who, act ?? 'read', Object.keys(scope), Object.values(scope), actor.kind === 'user' ? (keyed?.key ?? null) : null, keyed?.hash ?? null];
  }

  #op(actor: Actor, act: Act, tx: Tx, requestId: string, span: Span): Op {
    const now = this.clock.now();
    return Object.freeze({ actor, act, tx, now, today: todayIn(now), requestId, traceparent: span.traceparent });
  }

  /** `name` is the act, or a word of ours: it names the transaction in a trace. */
  async #begin(name: string, level: 'READ COMMITTED' | 'REPEATABLE READ'): Promise<Line> {
    const line = await this.#connect(`transaction ${name}`);
    line.tx.later(`begin isolation level ${level}`);
    return line;
  }

  async #connect(name: string): Promise<Line> {
    // Begun before the connection is there, so that waiting for one is seen.
    const span = this.tracing.child(name);
    const runner = this.source.createQueryRunner();
    try {
      return { runner, tx: Tx.on(this.source, (await runner.connect()) as pg.PoolClient), span };
    } catch (error) {
      endBadly(span, error);
      await runner.release();
      throw error;
    }
  }

  async #transaction<T>(name: string, work: (tx: Tx, span: Span) => Promise<T>): Promise<T> {
    const { runner, tx, span } = await this.#begin(name, 'READ COMMITTED');
    try {
      const value = await work(tx, span);
      await tx.commit();
      span.say('register.outcome', 'committed');
      span.end();
      return value;
    } catch (error) {
      await tx.rollback().catch(() => undefined);
      endBadly(span, error);
      throw error;
    } finally {
      await runner.release();
    }
  }

  async #repeatedly<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        const again = RETRIED.has(sqlState(error) ?? '') || brokenConstraint(error) === 'request_keys_pkey';
        if (!again || attempt >= TRIES) throw error;
      }
    }
  }
}

/** Turns a broken constraint into the refusal it stands for; anything else goes on as it is. */
export async function refuseWhenBroken<T>(work: Promise<T>, refusals: Readonly<Record<string, string>>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const code = refusals[brokenConstraint(error) ?? ''];
    if (code !== undefined) throw new RefusalThrown({ ok: false, code, details: {} });
    throw error;
  }
}

/** A refusal is no fault; of a fault the trace learns the code alone. */
function endBadly(span: Span, error: unknown): void {
  const code = error instanceof RefusalThrown ? 'refused' : error instanceof Problem ? error.code : undefined;
  span.say('register.outcome', code ?? 'failed');
  span.end(code === undefined ? (sqlState(error) ?? 'FAILED') : undefined);
}

function inputHash(input: Keyed): Uint8Array {
  const canonical = JSON.stringify(input, (name, value: unknown) => {
    if (name === 'requestKey') return undefined;
    if (typeof value === 'bigint') return value.toString();
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
  return createHash('sha256').update(canonical).digest();
}
