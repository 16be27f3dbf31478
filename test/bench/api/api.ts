import { join } from 'node:path';
import { compare, table, wentWell } from '../compare.js';
import type { Competitor } from '../compare.js';
import { ensureCrowd } from '../crowd.js';
import type { Bench, BenchOptions } from '../options.js';
import { DIST, startScript, startStack } from '../stack.js';
import type { Running, Stack } from '../stack.js';
import { openLane, post } from '../wire.js';
import type { Lane } from '../wire.js';
import { VARIANTS, entries, givens } from './entries.js';
import type { Entry } from './entries.js';
import { ITS_QUESTIONS, startPostGraphile } from './postgraphile.js';

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
      for (const entry of await entries(stack, options.seed)) well = (await race(stack, entry, options)) && well;
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
  const other = options.other('no-postgraphile') === undefined ? await startPostGraphile(stack.ownerUrl, join(stack.folder, 'postgraphile.log')).catch((error: unknown) => String(error)) : undefined;
  try {
    const good = new Map<number, string>();
    const backends = async (application: string): Promise<number[]> =>
      (await stack.owner.query<{ pid: number }>('select pid from pg_stat_activity where application_name = $1', [application])).rows.map(({ pid }) => pid);
    const seat = (name: string, application: string, { port, pid }: { readonly port: number; readonly pid: number }, more: Partial<Competitor> = {}): Competitor => ({
      name, pid, backends: () => backends(application), connect: () => openLane(port, (n) => post('/graphql', headers(token), { operationName: entry.operationName, query: entry.document, variables: entry.variables(n) })),
      check: checker(entry, good), ...more,
    });
    const competitors = [
      seat('same-work floor', 'floor-same', floor, { note: 'node:http and pg by hand: sign-in, transaction, row security, audit, key, act and outbox as the API does' }),
      seat('the API', 'register', { port: stack.port, pid: stack.apiPid }),
      seat('one statement', 'floor-one', one, { aside: true, note: 'for information: no sign-in, no row security, no audit, no transaction of its own' }),
      ...(other === undefined ? [] : [postGraphile(entry, other, () => backends('postgraphile'))]),
    ];
    const scores = await compare(competitors, { connections: options.connections, seconds: options.seconds, rounds: options.rounds, warmUp: options.seconds });
    console.log(table(`${entry.name}: ${entry.what}`, scores));
    return wentWell(scores);
  } finally {
    for (const each of [floor, one, other]) if (typeof each === 'object') await each.stop();
  }
}

/** A floor in its own process, with the environment of a small service. */
async function startFloor(kind: 'same' | 'one', stack: Stack, env: Readonly<Record<string, string>>): Promise<Running & { readonly port: number }> {
  const running = await startScript(join(DIST, 'test/bench/api/floor.js'), { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', FLOOR: kind, ...env }, join(stack.folder, 'floor.log'));
  return { ...running, port: Number(Reflect.get(Object(running.said), 'port')) };
}

/** PostGraphile, or why it is not there. */
function postGraphile(entry: Entry, running: (Running & { readonly port: number }) | string, backends: () => Promise<number[]>): Competitor {
  const { document, operationName, isGood } = ITS_QUESTIONS[entry.name];
  const connect = async (): Promise<Lane> => {
    if (typeof running === 'string') throw new Error(`it could not be installed or started: ${running}`);
    return openLane(running.port, (n) => post('/graphql', {}, { operationName, query: document, variables: entry.itsVariables(n) }));
  };
  return {
    name: 'PostGraphile 5', aside: true, note: 'for information: as the owner of the database, so no sign-in, no row security, no audit and none of the rules', backends, connect,
    ...(typeof running === 'object' && { pid: running.pid }),
    check: (_n, { status, body }) => (status === 200 && !body.includes('"errors"') && isGood(body) ? undefined : `status ${status}: ${body.slice(0, 300)}`),
  };
}

const headers = (token: string): Readonly<Record<string, string>> => ({ authorization: `Bearer ${token}`, 'accept-language': 'en' });

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
