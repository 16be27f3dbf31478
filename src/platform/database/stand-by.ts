import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { CONFIG } from '../config/config.module.js';
import type { Config } from '../config/config.js';
import { LOG } from '../logging/log.js';
import { Metrics } from '../metrics/metrics.js';
import type { Reading } from '../metrics/metrics.js';
import { sqlState } from './tx.js';

/** Why reads that may be old go to the primary after all. */
type Doubt = 'not asked yet' | 'does not answer' | 'lags' | 'is no stand-by' | 'is of another cluster' | 'login is too strong';

/** Where the primary's log stood at a moment of this process's own clock. */
interface Mark {
  readonly place: bigint;
  readonly at: number;
}

const EVERY = 1_000;
/** A connection that does not come at once is not waited for: the primary answers. */
const PATIENCE = 1_000;
/**
 * Seconds after which what was written is committed and known to be so, beside the lag: an act is written at the end of
 * its transaction, where one statement may take 8 s and a pause 10 s.
 */
const COMMITTED_WITHIN = 20;

/**
 * The stand-by that reads which may be old go to. It serves while it has replayed, in the last seconds, whatever the
 * primary had written: once a second the places of both logs are compared, which needs no common clock, no table and no
 * right, and is as true of a primary that has nothing to write. Whoever has written lately reads her own writes: her
 * reads stay on the primary until the stand-by has surely replayed them.
 */
@Injectable()
export class StandBy implements BeforeApplicationShutdown {
  #pool: pg.Pool | undefined;
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<void> = Promise.resolve();
  #stopping = false;
  #doubt: Doubt | undefined = 'not asked yet';
  /** The last moment of which everything is known to be there. */
  #freshAt = Number.NEGATIVE_INFINITY;
  #marks: Mark[] = [];
  readonly counts = { served: 0, fellBack: 0, ownWrites: 0 };

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOG) private readonly log: Logger,
    @Inject(DataSource) private readonly primary: DataSource,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  /** Begins to ask it, where one is configured. Only who serves reads does. */
  open(): void {
    if (this.config.readUrl === undefined || this.#pool !== undefined) return;
    const pool = new pg.Pool({
      connectionString: this.config.readUrl,
      application_name: 'register-read',
      max: this.config.poolSize,
      pipeline: true,
      keepAlive: true,
      connectionTimeoutMillis: PATIENCE,
      // A host that is gone without a word must not hold its requests for longer than a statement may take.
      query_timeout: 9_000,
      statement_timeout: 8_000,
      idle_in_transaction_session_timeout: 10_000,
    });
    pool.on('error', () => undefined);
    // One that is lent out tells its error itself; nobody listening would end the process.
    pool.on('connect', (client) => client.on('error', () => undefined));
    this.#pool = pool;
    this.metrics.watchPool('stand_by', () => pool);
    this.metrics.readFrom('stand_by', async () => this.#readings());
    this.#next(0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    await this.#turn;
    await this.#pool?.end();
  }

  /** Seconds by which it may be behind; undefined where none is configured. */
  get age(): number | undefined {
    return this.#pool === undefined ? undefined : (performance.now() - this.#freshAt) / 1_000;
  }

  /** A connection to it for what this account reads; undefined where the primary must answer. */
  async connectFor(accountId: string): Promise<pg.PoolClient | undefined> {
    if (this.#pool === undefined) return undefined;
    if (this.#doubt !== undefined || (this.age ?? 0) > this.config.readMaxLag) return this.#fallBack('fellBack');
    if (await this.#hasWrittenLately(accountId)) return this.#fallBack('ownWrites');
    try {
      const client = await this.#pool.connect();
      this.counts.served += 1;
      return client;
    } catch (error) {
      this.failed(error);
      return this.#fallBack('fellBack');
    }
  }

  /** It broke while it was used: until it is asked again, the primary answers. */
  failed(error: unknown): void {
    const code = sqlState(error);
    // A statement that PostgreSQL refused is no sign; a lost connection has no code of SQL, or one of class 08 or 57P.
    if (code === undefined || !/^[0-9A-Z]{5}$/.test(code) || /^(08|57P)/.test(code)) this.#judge('does not answer', code);
  }

  /** Asks both where they stand. */
  async look(): Promise<void> {
    try {
      this.#judge(await this.#compare(await this.#mark()));
    } catch (error) {
      this.#judge('does not answer', sqlState(error));
    }
  }

  #readings(): readonly Reading[] {
    const reads = (by: string, value: number): Reading => ({ name: 'register_old_reads', help: 'Reads that may be old since the start, by who answered: the stand-by; the primary, because the stand-by could not, or because the reader had just written.', labels: { by }, value });
    return [
      { name: 'register_stand_by_used', help: 'Whether reads that may be old go to the stand-by.', value: this.#doubt === undefined ? 1 : 0 },
      { name: 'register_stand_by_age_seconds', help: 'Seconds by which the stand-by may be behind.', value: this.age ?? 0 },
      reads('stand_by', this.counts.served), reads('primary', this.counts.fellBack), reads('primary_own_writes', this.counts.ownWrites),
    ];
  }

  #fallBack(why: 'fellBack' | 'ownWrites'): undefined {
    this.counts[why] += 1;
    return undefined;
  }

  #next(milliseconds: number): void {
    if (this.#stopping) return;
    this.#timer = setTimeout(() => {
      this.#turn = this.look().then(() => this.#next(EVERY));
    }, milliseconds).unref();
  }

  /** Marks where the primary stands, and says which cluster it is. */
  async #mark(): Promise<string> {
    const at = performance.now();
    const [row] = await this.primary.query<{ place: string; cluster: string }[]>(
      `select (pg_current_wal_lsn() - '0/0')::text as place, (select system_identifier::text from pg_control_system()) as cluster`,
    );
    this.#marks.push({ place: BigInt(row?.place ?? 0), at });
    return row?.cluster ?? '';
  }

  async #compare(cluster: string): Promise<Doubt | undefined> {
    const { rows: [row] } = await this.#ask(
      `select (pg_last_wal_replay_lsn() - '0/0')::text as place, pg_is_in_recovery() as follows, (select system_identifier::text from pg_control_system()) as cluster,
         (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as strong`,
    );
    if (row === undefined || !row.follows) return 'is no stand-by';
    if (row.cluster !== cluster) return 'is of another cluster';
    if (row.strong) return 'login is too strong';
    const replayed = BigInt(row.place ?? 0);
    const reached = this.#marks.findLast(({ place }) => place <= replayed);
    if (reached !== undefined) {
      this.#freshAt = Math.max(this.#freshAt, reached.at);
      this.#marks = this.#marks.filter(({ at }) => at > reached.at);
    }
    // What has waited for an hour is no more patient than the first of it.
    if (this.#marks.length > 3_600) this.#marks.splice(1, 1_800);
    return (this.age ?? 0) > this.config.readMaxLag ? 'lags' : undefined;
  }

  async #ask(sql: string): Promise<pg.QueryResult<{ place: string | null; follows: boolean; cluster: string; strong: boolean }>> {
    const client = await this.#pool?.connect();
    if (client === undefined) throw new Error('There is no stand-by.');
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, refuse) => {
      timer = setTimeout(() => refuse(new Error('The stand-by does not answer.')), PATIENCE);
    });
    try {
      const asked = await Promise.race([client.query<{ place: string | null; follows: boolean; cluster: string; strong: boolean }>(sql), late]);
      client.release();
      return asked;
    } catch (error) {
      client.release(true);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  async #hasWrittenLately(accountId: string): Promise<boolean> {
    const [row] = await this.primary.query<{ lately: boolean }[]>('select exists (select from platform.acts where actor_id = $1 and at > clock_timestamp() - make_interval(secs => $2)) as lately', [
      accountId, this.config.readMaxLag + COMMITTED_WITHIN,
    ]);
    return row?.lately ?? true;
  }

  #judge(doubt: Doubt | undefined, code?: string): void {
    if (doubt === this.#doubt) return;
    const behind = Number.isFinite(this.age) ? Math.round(this.age ?? 0) : undefined;
    if (doubt !== undefined) this.log.warn({ standBy: doubt, code, behind }, 'reads that may be old go to the primary');
    else this.log.info({ behind }, 'reads that may be old go to the stand-by');
    this.#doubt = doubt;
  }
}
