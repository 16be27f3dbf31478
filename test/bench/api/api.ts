import { join } from 'node:path';
import { encodeCursor } from '../../../src/kernel/cursor.js';
import { todayIn } from '../../../src/kernel/civil-date.js';
import { Stream } from '../../../src/demo/random.js';
import { compare, table, wentWell } from '../compare.js';
import type { Competitor } from '../compare.js';
import { ensureCrowd } from '../crowd.js';
import type { Bench, BenchOptions } from '../options.js';
import { DIST, startScript, startStack } from '../stack.js';
import type { Running, Stack } from '../stack.js';
import { openLane, post } from '../wire.js';
import { ACT, BY_ID, LIST } from './documents.js';

/** One question, as everybody is asked it. */
interface Entry {
  readonly name: string;
  readonly what: string;
  readonly login: string;
  /** The variables of the nth request. */
  readonly variables: (n: number) => object;
  readonly document: string;
  readonly operationName: string;
  /** A body without what is new each time. */
  readonly settled: (body: string) => string;
}

const VARIANTS = 200;

/** The register's API against hand-written work of the same kind. */
export const api: Bench = {
  name: 'api',
  what: 'one record, a list of 50 with three levels, one mutation: the API against hand-written SQL that does the same work',
  run: async (options) => {
    const stack = await startStack({ data: options.data, ...(options.profile !== undefined && { nodeFlags: ['--cpu-prof', `--cpu-prof-dir=${options.profile}`] }) });
    try {
      await ensureCrowd(stack.owner, options.seed);
      console.log(`\napi: ${await stack.rows()}; sign-in, row security and audit on; ${options.connections} connections, ${options.rounds} rounds of ${options.seconds} s`);
      let well = true;
      for (const entry of await entries(stack, options)) well = (await race(stack, entry, options)) && well;
      return well;
    } finally {
      await stack.stop();
    }
  },
};

async function race(stack: Stack, entry: Entry, options: BenchOptions): Promise<boolean> {
  const only = options.other('entry');
  if (only !== undefined && only !== entry.name) return true;
  const token = await stack.token(entry.login);
  const floor = await startFloor('same', stack, { DATABASE_URL: stack.apiUrl, TOKEN_SECRET: stack.secrets.tokenSecret });
  const one = await startFloor('one', stack, { DATABASE_URL: stack.ownerUrl, ...(await givens(stack, entry.login)) });
  try {
    const good = new Map<number, string>();
    const backends = async (application: string): Promise<number[]> =>
      (await stack.owner.query<{ pid: number }>('select pid from pg_stat_activity where application_name = $1', [application])).rows.map(({ pid }) => pid);
    const seat = (name: string, application: string, { port, pid }: { readonly port: number; readonly pid: number }, more: Partial<Competitor> = {}): Competitor => ({
      name, pid, backends: () => backends(application), connect: () => openLane(port, (n) => request(entry, token, n)), check: checker(entry, good), ...more,
    });
    const competitors = [
      seat('same-work floor', 'floor-same', floor, { note: 'node:http and pg by hand: sign-in, transaction, row security, audit, key, act and outbox as the API does' }),
      seat('the API', 'register', { port: stack.port, pid: stack.apiPid }),
      seat('one statement', 'floor-one', one, { aside: true, note: 'for information: no sign-in, no row security, no audit, no transaction of its own' }),
    ];
    const scores = await compare(competitors, { connections: options.connections, seconds: options.seconds, rounds: options.rounds, warmUp: options.seconds });
    console.log(table(`${entry.name}: ${entry.what}`, scores));
    return wentWell(scores);
  } finally {
    await floor.stop();
    await one.stop();
  }
}

/** A floor in its own process, with the environment of a small service. */
async function startFloor(kind: 'same' | 'one', stack: Stack, env: Readonly<Record<string, string>>): Promise<Running & { readonly port: number }> {
  const running = await startScript(join(DIST, 'test/bench/api/floor.js'), { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', FLOOR: kind, ...env }, join(stack.folder, 'floor.log'));
  return { ...running, port: Number(Reflect.get(Object(running.said), 'port')) };
}

function request(entry: Entry, token: string, n: number): Buffer {
  return post('/graphql', { authorization: `Bearer ${token}`, 'accept-language': 'en' }, { operationName: entry.operationName, query: entry.document, variables: entry.variables(n) });
}

/**
 * Everybody's answer to a question must be the first one's, whoever that was, but for spaces and what is new each time.
 * Spaces are looked at once for each question: whoever writes them must not pay for our reading at every answer.
 */
function checker(entry: Entry, good: Map<number, string>): Competitor['check'] {
  const own = new Map<number, string>();
  return (n, { status, body }) => {
    const settled = entry.settled(body);
    const variant = n % VARIANTS;
    if (own.get(variant) === settled) return undefined;
    if (status !== 200 || /"errors"|Refused"/.test(settled)) return `status ${status}: ${body.slice(0, 300)}`;
    const canonical = JSON.stringify(JSON.parse(settled));
    if (own.has(variant) || (good.has(variant) && good.get(variant) !== canonical)) return `another body than before: ${canonical.slice(0, 400)} and not ${(good.get(variant) ?? '').slice(0, 400)}`;
    own.set(variant, settled);
    good.set(variant, canonical);
    return undefined;
  };
}

async function entries(stack: Stack, { seed }: BenchOptions): Promise<Entry[]> {
  const reader = 'demo-supervisor';
  const offices = (await givens(stack, reader)).OFFICES.split(',');
  const random = new Stream(`bench/${seed}/api`);
  const ids = async (sql: string): Promise<string[]> => (await stack.owner.query<{ id: string }>(sql, [offices])).rows.map(({ id }) => id);
  const some = (all: readonly string[]): string[] => Array.from({ length: VARIANTS }, () => random.pick(all));
  const children = some(await ids('select id from children.children where office_id = any ($1) order by id'));
  const families = await ids('select id from carers.families where office_id = any ($1) order by id');
  // Pages that are full, wherever they begin.
  const starts = some(families.slice(0, -60));
  const asIs = (body: string): string => body;
  return [
    { name: 'by-id', what: 'a child\'s file by id, opening written down', login: reader, document: BY_ID, operationName: 'ById', variables: (n) => ({ id: children[n % VARIANTS] }), settled: asIs },
    { name: 'list', what: '50 families with their adults and places, each opening written down', login: reader, document: LIST, operationName: 'List', variables: (n) => ({ after: encodeCursor([starts[n % VARIANTS] ?? '']) }), settled: asIs },
    {
      name: 'act', what: 'an enquiry is recorded: enquiry, task, act, outbox, request key', login: reader, document: ACT, operationName: 'Act', settled: (body) => body.replace(/"id":"[0-9a-f-]{36}"/, '"id":"new"'),
      variables: (n) => ({ input: { requestKey: `bench-${seed}-${process.pid}-${performance.now()}-${n}`.replaceAll('.', '_'), byPhone: true, nameKm: null, nameLatin: `Sok ${n % VARIANTS}`, phone: `012 345 ${100 + (n % VARIANTS)}`, areaCode: '02030102', on: todayIn(new Date()) } }),
    },
  ];
}

/** What the one statement is told, since it asks nobody. */
async function givens(stack: Stack, login: string): Promise<{ readonly ACCOUNT: string; readonly OFFICES: string }> {
  const { rows } = await stack.owner.query<{ id: string; offices: string[] }>(
    `select a.id, territory.offices_below(p.office_id) as offices from staff.accounts a join staff.postings p on p.account_id = a.id where a.login = $1`, [login],
  );
  return { ACCOUNT: rows[0]?.id ?? '', OFFICES: rows[0]?.offices.join(',') ?? '' };
}
