import type { QueryRunner, EntityTarget, InsertQueryBuilder, ObjectLiteral, UpdateQueryBuilder } from 'typeorm';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

// Days stay text ('YYYY-MM-DD') and whole numbers of 64 bits stay exact: a Date would move days with the machine's zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (text: string) => text);
pg.types.setTypeParser(pg.types.builtins.INT8, (text: string) => BigInt(text));

/** A value that may stand for `$1`, `$2`, ... in a statement. */
export type Parameter = string | number | bigint | boolean | Date | Uint8Array | null | readonly (string | number | null)[] | undefined;

/**
 * One open transaction on one connection. Statements run one after the other, whoever sends them, because a
 * connection can hold only one at a time.
 */
export class Tx {
  #tail: Promise<unknown> = Promise.resolve();
  #open = true;

  constructor(
    private readonly runner: QueryRunner,
    private readonly client: pg.PoolClient,
  ) {}

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
    return this.#alone(async () => {
      await this.client.query(`set local role ${role}`);
      const { rows } = await this.client.query<T>(sql, [...parameters]);
      await this.client.query('reset role');
      return rows;
    });
  }

  /** Runs a statement and says how many rows it touched. */
  async run(sql: string, parameters: readonly Parameter[] = []): Promise<number> {
    return (await this.#send(sql, parameters)).rowCount ?? 0;
  }

  /** Writes rows by COPY: `sql` is `copy table (columns) from stdin`, `text` its rows in COPY's text format. */
  async copy(sql: string, text: Iterable<string>): Promise<void> {
    await this.#alone(() => pipeline(Readable.from(text, { objectMode: false }), this.client.query(copyFrom(sql))));
  }

  /** Ends the transaction. Throws where PostgreSQL rolled back instead, because a statement in it had failed. */
  async commit(): Promise<void> {
    const { command } = await this.#last('commit');
    if (command !== 'COMMIT') throw new Error('The transaction had failed and was rolled back.');
  }

  /** Ends the transaction and keeps nothing of it. */
  async rollback(): Promise<void> {
    await this.#last('rollback');
  }

  /** Inserts rows of an entity. */
  async insert<E extends ObjectLiteral>(entity: EntityTarget<E>, values: Parameters<InsertQueryBuilder<E>['values']>[0]): Promise<void> {
    await this.#alone(() => this.runner.manager.createQueryBuilder().insert().into(entity).values(values).updateEntity(false).execute());
  }

  /** Updates the one row of an entity with this id. Says whether there was one that the actor may write. */
  async update<E extends ObjectLiteral & { id: string }>(
    entity: EntityTarget<E>,
    id: string,
    values: Parameters<UpdateQueryBuilder<E>['set']>[0],
  ): Promise<boolean> {
    const done = await this.#alone(() => this.runner.manager.createQueryBuilder().update(entity).set(values).where('id = :id', { id }).execute());
    return (done.affected ?? 0) > 0;
  }

  #send<T extends object>(sql: string, parameters: readonly Parameter[]): Promise<pg.QueryResult<T>> {
    return this.#alone(() => this.client.query<T>(sql, [...parameters]));
  }

  /** After the last statement the connection is somebody else's: nothing of this transaction may reach it. */
  #last(sql: 'commit' | 'rollback'): Promise<pg.QueryResult> {
    const done = this.#send(sql, []);
    this.#open = false;
    return done;
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    if (!this.#open) return Promise.reject(new Error('This transaction has ended.'));
    const next = this.#tail.then(work, work);
    this.#tail = next.catch(() => undefined);
    return next;
  }
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
