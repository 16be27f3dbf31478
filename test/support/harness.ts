import 'reflect-metadata';
import { randomBytes, randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type pg from 'pg';
import { pino } from 'pino';
import supertest from 'supertest';
import { AppModule } from '../../src/app.module.js';
import { readConfig } from '../../src/platform/config/config.js';
import { openApi } from '../../src/platform/http.js';
import { createDatabase, poolOf } from './database.js';
import type { TestDatabase } from './database.js';
import { StandingClock } from './standing-clock.js';

export { StandingClock } from './standing-clock.js';

/** One answer of the GraphQL door. */
export interface Answer {
  readonly status: number;
  // A test reads what it asked for; its own expectations are the type.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
  readonly errors?: readonly { message: string; path?: (string | number)[]; extensions: { code: string; fields?: { path: string; rule: string; message: string }[]; id?: string } }[];
  readonly text: string;
}

/** The register in a process of its own test file: real HTTP, real PostgreSQL, a clock that stands. */
export class Harness {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly database: TestDatabase,
    /** The owner's connection: for arranging and for looking, never for what is tested. */
    readonly owner: pg.Pool,
    readonly clock: StandingClock,
    readonly logLines: string[],
  ) {}

  /** `rooms` are a test's own, beside the register's; `milliseconds` another time for a request. */
  static async start(env: Readonly<Record<string, string>> = {}, rooms: readonly (new () => object)[] = [], milliseconds?: number): Promise<Harness> {
    return Harness.on(await createDatabase(), env, rooms, milliseconds);
  }

  /** The same on a database that is there already. */
  static async on(database: TestDatabase, env: Readonly<Record<string, string>> = {}, rooms: readonly (new () => object)[] = [], milliseconds?: number): Promise<Harness> {
    const clock = new StandingClock();
    const logLines: string[] = [];
    const config = readConfig({
      DATABASE_URL: database.apiUrl,
      TOKEN_SECRET: randomBytes(32).toString('base64url'),
      FIELD_KEYS: `1:${randomBytes(32).toString('base64')}`,
      PORT: '0',
      POOL_SIZE: '6',
      ...env,
    });
    const log = pino({ level: 'info' }, { write: (line: string) => void logLines.push(line) });
    const register = AppModule.api(config, log, clock);
    const app = await openApi({ ...register, imports: [...(register.imports ?? []), ...rooms] }, log, milliseconds);
    await app.listen(0, '127.0.0.1');
    return new Harness(app, database, poolOf(database.ownerUrl, 3), clock, logLines);
  }

  async stop(): Promise<void> {
    await this.#noteDenials();
    await this.app.close();
    await this.owner.end();
    await this.database.drop();
  }

  /** Writes down which act was denied to which role: of people with one posting, as the register noted it. */
  async #noteDenials(): Promise<void> {
    if (journal === undefined) return;
    const rows = await this.sql<{ act: string; role: string }>(
      `select distinct d.act, p.role from platform.denials d join staff.postings p on p.account_id = d.actor_id where d.code = 'FORBIDDEN' and (select count(*) from staff.postings o where o.account_id = d.actor_id) = 1`,
    );
    appendFileSync(journal, rows.map(({ act, role }) => `denied ${act} ${role}\n`).join(''));
  }

  /** Rows of a statement as the database's owner. */
  async sql<T extends object>(text: string, values: readonly unknown[] = []): Promise<T[]> {
    return (await this.owner.query<T>(text, [...values])).rows;
  }

  /** Sends one GraphQL document. */
  async send(query: string, variables: object = {}, options: { token?: string; language?: 'km' | 'en' } = {}): Promise<Answer> {
    const request = supertest(this.app.getHttpServer()).post('/graphql').set('accept-language', options.language ?? 'en');
    if (options.token !== undefined) void request.set('authorization', `Bearer ${options.token}`);
    const response = await request.send({ query, variables });
    noteRefusals(response.body.data);
    return { status: response.status, data: response.body.data, errors: response.body.errors, text: response.text };
  }

  /** A client that sends as one person; every mutation's `requestKey` may be left to it. */
  client(token: string | undefined): Client {
    return new Client(this, token);
  }
}

/** Where it is written down what was answered over HTTP; `npm run proven` asks for it. */
const journal = process.env['HTTP_JOURNAL'];

/** Writes down which refusals an answer holds. */
function noteRefusals(data: Readonly<Record<string, unknown>> | null | undefined): void {
  if (journal === undefined) return;
  for (const one of Object.values(data ?? {})) {
    const { __typename: type, code } = (one ?? {}) as { __typename?: unknown; code?: unknown };
    if (typeof type === 'string' && type.endsWith('Refused') && typeof code === 'string') appendFileSync(journal, `refused ${type.slice(0, -7)}.${code}\n`);
  }
}

/** One person's client. */
export class Client {
  constructor(
    private readonly harness: Harness,
    readonly token: string | undefined,
  ) {}

  /** Sends a document and gives the answer, good or bad. */
  async send(query: string, variables: object = {}, language: 'km' | 'en' = 'en'): Promise<Answer> {
    return this.harness.send(query, variables, { token: this.token, language });
  }

  /**
   * Calls the mutation `name(input)` that answers a union: `good` is what to read of the good answer, `Campaign { id }`,
   * `refused` the name of the room's refusals. A `requestKey` of the input is kept, otherwise a fresh one is made.
   */
  async act(name: string, input: Readonly<Record<string, unknown>>, good: string, refused: string, language: 'km' | 'en' = 'en'): Promise<Outcome> {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ... on ${good} ... on ${refused} { code message details { name values } } } }`;
    const answer = await this.send(query, { input: { requestKey: newKey(), ...input } }, language);
    return { ...answer, result: answer.data?.[name] ?? undefined };
  }
}

/** The answer of a mutation, with what its one field gave. */
export interface Outcome extends Answer {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly result: any;
}

/** A fresh request key. */
export function newKey(): string {
  return randomUUID();
}
