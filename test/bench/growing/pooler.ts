import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseUser } from '../../../src/platform/embedded/binaries.js';
import { answers, freePort } from '../../../src/platform/embedded/ports.js';
import { until } from '../../../src/platform/embedded/processes.js';
import type { BenchOptions } from '../options.js';
import { startStack } from '../stack.js';
import type { Stack } from '../stack.js';
import { Crowd, faultsOf } from './sending.js';

/** Startup settings that a pooler of transactions cannot keep for each client: its connections have them from the role instead. */
const FROM_THE_ROLE = { plan_cache_mode: 'force_generic_plan', statement_timeout: '8s', idle_in_transaction_session_timeout: '10s' };
const SERVER_CONNECTIONS = 5;

/** Three APIs through PgBouncer's transaction pooling, over fewer connections than one API has by itself. */
export async function pooler(options: BenchOptions): Promise<boolean> {
  const program = options.other('pgbouncer') ?? 'pgbouncer';
  const version = /PgBouncer (\d+)\.(\d+)/.exec(spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout ?? '');
  if (version === null || Number(version[1]) * 100 + Number(version[2]) < 121) {
    console.log('\nThrough a pooler: skipped; it needs PgBouncer 1.21 or later (named statements): --pgbouncer PROGRAM');
    return true;
  }
  const stack = await startStack({ data: options.data, scale: Number(options.other('scale') ?? 0.1), worker: true });
  const folder = mkdtempSync(join(tmpdir(), 'register-pooler-'));
  const stopPooler = await startPooler(program, stack, folder, options);
  try {
    for (const [name, value] of Object.entries(FROM_THE_ROLE)) await stack.owner.query(`alter role register_api set ${name} = '${value}'`);
    const through = stack.apiUrl.replace(/:\d+\//, `:${stopPooler.port}/`);
    const all = [await stack.anotherApi({ DATABASE_URL: through }), await stack.anotherApi({ DATABASE_URL: through }), await stack.anotherApi({ DATABASE_URL: through })];
    const crowd = await Crowd.of(stack, options.seed);
    const how = { connections: options.connections, seconds: options.seconds };
    const watched = (pids: readonly number[]) => [...pids.map((pid, at) => ({ name: `API ${at + 1}`, pid })), { name: 'PgBouncer', pid: stopPooler.pid }, { name: 'PostgreSQL', pid: stack.postgresPid, cluster: true as const }];
    await crowd.turn([stack.port, ...all.map(({ port }) => port)], [], how);
    const direct = await crowd.turn([stack.port], watched([stack.apiPid]), how);
    const pooled = await crowd.turn(all.map(({ port }) => port), watched(all.map(({ pid }) => pid)), how);
    console.log(`\nThrough PgBouncer ${version[1]}.${version[2]}, pool_mode=transaction, max_prepared_statements=1000, at most ${SERVER_CONNECTIONS} connections for three APIs`);
    for (const [name, turn] of [['directly', direct], ['through it', pooled]] as const) {
      console.log(`  ${name}: ${turn.asked} operations, ${(turn.asked / turn.seconds).toFixed(0)} a second; CPU ms an operation: ${Object.entries(turn.perOperation).map(([who, ms]) => `${who} ${ms.toFixed(2)}`).join(', ')}`);
    }
    const faults = faultsOf([direct, pooled]);
    console.log(faults === '' ? 'errors: 0' : `errors:\n${faults}`);
    await crowd.signOut();
    return faults === '';
  } finally {
    await stopPooler.stop();
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startPooler(program: string, stack: Stack, folder: string, options: BenchOptions): Promise<{ readonly port: number; readonly pid: number; stop(): Promise<void> }> {
  const port = await freePort();
  const { port: server, pathname } = new URL(stack.apiUrl);
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'users'), `"register_api" "${new URL(stack.apiUrl).password}"\n`);
  writeFileSync(join(folder, 'ini'), [
    '[databases]', `${pathname.slice(1)} = host=127.0.0.1 port=${server}`, '[pgbouncer]', 'listen_addr = 127.0.0.1', `listen_port = ${port}`, 'unix_socket_dir =', 'auth_type = scram-sha-256',
    `auth_file = ${join(folder, 'users')}`, 'pool_mode = transaction', `default_pool_size = ${SERVER_CONNECTIONS}`, 'max_client_conn = 500',
    `max_prepared_statements = ${options.other('prepared') ?? '1000'}`, `ignore_startup_parameters = options,${Object.keys(FROM_THE_ROLE).join(',')}`,
  ].join('\n'));
  const { uid, gid } = databaseUser();
  const child = spawn(program, ['-q', join(folder, 'ini')], { ...(uid !== undefined && { uid, gid }), stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  if (!(await until(() => answers(port), 5_000))) throw new Error('PgBouncer did not start.');
  return { port, pid: child.pid ?? 0, stop: async () => (child.kill('SIGKILL'), ended) };
}
