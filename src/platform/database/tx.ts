import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

// Days stay text ('YYYY-MM-DD') and whole numbers of 64 bits stay exact: a Date would move days with the machine's zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (text: string) => text);
pg.types.setTypeParser(pg.types.builtins.INT8, (text: string) => BigInt(text));

/** A value that may stand for `$1`, `$2`, ... in a statement. */
export type Parameter = string | number | bigint | boolean | Date | Uint8Array | null | readonly (string | number | null)[] | undefined;

/** What every view of one transaction shares. */
interface Line {
  readonly source: DataSource;
  readonly client: pg.PoolClient;
  tail: Promise<unknown>;
  open: boolean;
  /** Why a statement failed that nobody waits for. */
  failed: { readonly error: unknown } | undefined;
  /** Are statements run by one plan for all values now, as each transaction begins? */
  onePlan: boolean;
  /** Where this transaction may only read: what is to be written on the primary before its answer leaves. */
  readonly notes: Note[] | undefined;
}

/** A statement that writes down what was read. */
export interface Note {
  readonly sql: string;
  readonly parameters: readonly Parameter[];
}

/**
 * Behind row security planning costs several times what looking up a few rows by their keys does, and PostgreSQL, left to
 * itself, plans anew whenever a list of keys is shorter than the ten it would guess: a connection begins with this.
 */
export const ONE_PLAN = 'plan_cache_mode=force_generic_plan';

const NAMES = new Map<string, string>();
/** Statements are few and known; a text made for one occasion must not fill every connection. */
const MOST_NAMES = 1_000;

/** The name under which each connection keeps a statement. */
function nameOf(sql: string): string | undefined {
  const known = NAMES.get(sql);
  if (known !== undefined || NAMES.size >= MOST_NAMES) return known;
  const name = `s${NAMES.size}`;
  NAMES.set(sql, name);
  return name;
}

/**
 * One open transaction on one connection. Statements run one after the other, whoever sends them. A connection that
 * pipelines is sent the next one before the last one is answered: what is sent together costs one round trip.
 */
export class Tx {
  readonly #line: Line;
  readonly #named: boolean;
  #keyed: Tx | undefined;

  private constructor(line: Line, named: boolean) {
    this.#line = line;
    this.#named = named;
  }

  /** A transaction on a connection that is the caller's alone. It begins with the caller's own `begin`. */
  static on(source: DataSource, client: pg.PoolClient, notes?: Note[]): Tx {
    return new Tx({ source, client, tail: Promise.resolve(), open: true, failed: undefined, onePlan: true, notes }, false);
  }

  /**
   * The same transaction, for statements that go by keys: each connection parses and plans them once. Not for lists with
   * optional conditions, which are planned for what was asked.
   */
  get keyed(): Tx {
    return (this.#keyed ??= this.#named ? this : new Tx(this.#line, true));
  }

  /** Runs a parameterised statement and gives its rows. */
  async rows<T extends object>(sql: string, parameters: readonly Parameter[] = []): Promise<T[]> {
    return (await this.#send<T>(sql, parameters)).rows;
  }

  /** The first row, if there is one. */
  async row<T extends object>(sql: string, parameters: readonly Parameter[] = []): Promise<T | undefined> {
    return (await this.rows<T>(sql, parameters))[0];
  }

  /** Rows of one statement run as another role, which this login may take on but does not have by itself. Nothing else runs between. */
  async rowsAs<T extends object>(role: 'register_reader', sql: string, parameters: readonly Parameter[] = []): Promise<T[]> {
    this.later(`set local role ${role}`);
    const sent = this.rows<T>(sql, parameters);
    this.later('reset role');
    return sent;
  }

  /** Runs a statement and says how many rows it touched. */
  async run(sql: string, parameters: readonly Parameter[] = []): Promise<number> {
    return (await this.#send(sql, parameters)).rowCount ?? 0;
  }

  /** Sends a statement that nobody waits for. Where it fails, so does with its error what comes after it, the commit at the latest. */
  later(sql: string, parameters: readonly Parameter[] = []): void {
    this.#mustBeOpen();
    this.#query(sql, parameters).then(undefined, (error: unknown) => {
      this.#line.failed ??= { error };
    });
  }

  /** Writes down what this transaction reads: in it, or on the primary where it runs on a stand-by. There is no answer without it. */
  note(sql: string, parameters: readonly Parameter[]): void {
    if (this.#line.notes === undefined) this.keyed.later(sql, parameters);
    else this.#line.notes.push({ sql, parameters });
  }

  /** Writes rows by COPY: `sql` is `copy table (columns) from stdin`, `text` its rows in COPY's text format. A connection that pipelines cannot. */
  async copy(sql: string, text: Iterable<string>): Promise<void> {
    this.#mustBeOpen();
    await this.#alone(() => pipeline(Readable.from(text, { objectMode: false }), this.#line.client.query(copyFrom(sql))));
  }

  /** Ends the transaction. Throws where PostgreSQL rolled back instead, because a statement in it had failed. */
  async commit(): Promise<void> {
    const { command } = await this.#last('commit');
    if (this.#line.failed !== undefined) throw this.#line.failed.error;
    if (command !== 'COMMIT') throw new Error('The transaction had failed and was rolled back.');
  }

  /** Ends the transaction and keeps nothing of it. */
  async rollback(): Promise<void> {
    await this.#last('rollback');
  }

  /** Inserts rows of an entity, all with the same properties. */
  async insert<E extends ObjectLiteral>(entity: EntityTarget<E>, values: Partial<E> | readonly Partial<E>[]): Promise<void> {
    const rows = Array.isArray(values) ? (values as readonly Partial<E>[]) : [values as Partial<E>];
    const { tablePath, columns } = this.#line.source.getMetadata(entity);
    const given = columns.filter(({ propertyName }) => rows.some((row) => row[propertyName] !== undefined));
    const places = rows.map((_, at) => `(${given.map((_column, i) => `$${at * given.length + i + 1}`).join(', ')})`);
    const sql = `insert into ${tablePath} (${given.map(({ databaseName }) => `"${databaseName}"`).join(', ')}) values ${places.join(', ')}`;
    await this.keyed.run(sql, rows.flatMap((row) => given.map(({ propertyName }) => row[propertyName] as Parameter)));
  }

  /** Updates the one row of an entity with this id. Says whether there was one that the actor may write. */
  async update<E extends ObjectLiteral & { id: string }>(entity: EntityTarget<E>, id: string, values: Partial<E>): Promise<boolean> {
    const { tablePath, columns } = this.#line.source.getMetadata(entity);
    const given = columns.filter(({ propertyName }) => values[propertyName] !== undefined);
    const sql = `update ${tablePath} set ${given.map(({ databaseName }, i) => `"${databaseName}" = $${i + 2}`).join(', ')} where id = $1`;
    return (await this.keyed.run(sql, [id, ...given.map(({ propertyName }) => values[propertyName] as Parameter)])) > 0;
  }

  async #send<T extends object>(sql: string, parameters: readonly Parameter[]): Promise<pg.QueryResult<T>> {
    this.#mustBeOpen();
    try {
      const result = await this.#query<T>(sql, parameters);
      // It may have run outside the transaction whose beginning failed: no word of it leaves.
      if (this.#line.failed === undefined) return result;
    } catch (error) {
      this.#line.failed ??= { error };
    }
    throw this.#line.failed.error;
  }

  #query<T extends object>(sql: string, parameters: readonly Parameter[]): Promise<pg.QueryResult<T>> {
    const name = this.#named ? nameOf(sql) : undefined;
    if (parameters.length > 0) this.#plan(name !== undefined);
    return this.#alone(() => this.#line.client.query<T>({ text: sql, values: [...parameters], ...(name !== undefined && { name }) }));
  }

  /** What depends on values is planned once for all of them, or for these alone. Sent before the statement, and not waited for. */
  #plan(once: boolean): void {
    if (this.#line.onePlan === once) return;
    this.#line.onePlan = once;
    this.later(`set local plan_cache_mode = ${once ? 'force_generic_plan' : 'auto'}`);
  }

  /** After the last statement the connection is somebody else's: nothing of this transaction may reach it. */
  #last(sql: 'commit' | 'rollback'): Promise<pg.QueryResult> {
    this.#mustBeOpen();
    const done = this.#query(sql, []);
    this.#line.open = false;
    return done;
  }

  #mustBeOpen(): void {
    if (!this.#line.open) throw new Error('This transaction has ended.');
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const line = this.#line;
    if (line.client.pipeline) {
      gather(line.client);
      return work();
    }
    const next = line.tail.then(work, work);
    line.tail = next.catch(() => undefined);
    return next;
  }
}

/** What one turn of the event loop sends over a connection leaves in one write: each is a call of the system that wakes PostgreSQL. */
function gather({ connection: { stream } }: pg.PoolClient): void {
  if (stream.writableCorked > 0) return;
  stream.cork();
  setImmediate(() => stream.uncork());
}

/** The name of the constraint that a statement broke, if that is why it failed. */
export function brokenConstraint(error: unknown): string | undefined {
  const raw = rawError(error);
  return typeof raw?.['constraint'] === 'string' ? raw['constraint'] : undefined;
}

/** PostgreSQL's own error code (`40001`, `23505`, ...), if the error came from there. */
export function sqlState(error: unknown): string | undefined {
  const raw = rawError(error);
  return typeof raw?.['code'] === 'string' ? raw['code'] : undefined;
}

function rawError(error: unknown): Record<string, unknown> | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const inner: unknown = 'driverError' in error ? error.driverError : error;
  return typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : undefined;
}
