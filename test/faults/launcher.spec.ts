import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import pg from 'pg';
import { removeEmbeddedPostgres } from '../../src/platform/embedded/embedded-postgres.js';
import { openOwnerDatabase } from '../../src/platform/embedded/owner-database.js';
import { freePort } from '../../src/platform/embedded/ports.js';
import { signal, until } from '../../src/platform/embedded/processes.js';
import { throwAwayFolder } from '../support/cluster.js';
import { createDatabase } from '../support/database.js';
import { allGone, Launched } from './launched.js';

describe('the launcher', () => {
  let folder: string;
  let port: number;
  let log: string;
  let starts = 0;
  const launched: Launched[] = [];

  const start = (env: NodeJS.ProcessEnv = {}): Launched => {
    const run = Launched.start(folder, port, env);
    launched.push(run);
    return run;
  };
  const startedAgain = async (env: NodeJS.ProcessEnv = {}): Promise<Launched> => {
    const run = await start(env).ready();
    starts += 1;
    expect(run.output).toContain(`start number ${starts}\n`);
    return run;
  };

  const databaseOfOwner = async (): Promise<string> => {
    const owner = await openOwnerDatabase({ DATA_DIR: folder }, folder);
    const client = new pg.Client({ connectionString: owner.url });
    await client.connect();
    const { rows } = await client.query<{ name: string }>('select current_database() as name');
    await client.end();
    await owner.close();
    return rows[0]?.name ?? '';
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(throwAwayFolder(), 'register-launcher-'));
    chmodSync(folder, 0o711);
    port = await freePort();
    log = join(folder, 'register.log');
  });
  afterEach(async () => {
    for (const run of launched.splice(0)) {
      signal(run.pid, 'SIGKILL');
      await run.code();
    }
  });
  afterAll(() => removeEmbeddedPostgres(folder));

  it('starts everything, says where, and stops everything on SIGTERM', async () => {
    writeFileSync(log, '');
    truncateSync(log, 11 * 1024 * 1024);
    const run = await startedAgain({ METRICS_PORT: '9464' });
    expect(run.output).toMatch(new RegExp(`Address +http://127.0.0.1:${port}\n`));
    expect(run.output).toMatch(/Social worker +worker +an invented one/);
    const answer = await run.answer();
    expect(answer.me).toBe('register_api');
    expect(answer.settings).toEqual(expect.arrayContaining(['TOKEN_SECRET', 'FIELD_KEYS', 'PUBLIC_URL']));
    expect(answer.settings.filter((name) => /MIGRATE|DB_PASSWORD/.test(name))).toEqual([]);
    const children = run.children();
    expect(children).toHaveLength(3);
    run.process.kill('SIGTERM');
    expect(await run.code()).toBe(0);
    expect(await allGone(children)).toBe(true);
    shownToPeople(run.output);
  });

  /** What a person sees of the log, and the file with all of it, which had become too large. */
  function shownToPeople(output: string): void {
    expect(output).toContain(`  Log           ${log}\n`);
    expect(output).toMatch(/^\d\d:\d\d:\d\d warn {2}register_worker: the relay tries again \(metrics 9465, kind Error\)$/m);
    expect(output).toMatch(/^words of the runtime$/m);
    expect(output).not.toMatch(/request|[{}]/);
    expect(statSync(`${log}.1`).size).toBe(11 * 1024 * 1024);
    expect(statSync(log).mode & 0o777).toBe(0o600);
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n');
    expect(lines.filter((line) => line === 'words of the runtime')).toHaveLength(2);
    const told = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(told.map(({ process: who, msg, metrics }) => [who, msg, metrics]).sort()).toEqual([
      ['register_api', 'request', '9464'], ['register_api', 'the relay tries again', '9464'], ['register_worker', 'request', '9465'], ['register_worker', 'the relay tries again', '9465'],
    ]);
  }

  it('keeps its secrets for the owner alone, and the same from start to start', async () => {
    const file = join(folder, 'secrets.json');
    const before = readFileSync(file, 'utf8');
    chmodSync(file, 0o644);
    const run = await startedAgain({ LOG_LEVEL: 'info' });
    expect(run.output).toMatch(/^\d\d:\d\d:\d\d info {2}register_api: request$/m);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toBe(before);
    const children = run.children();
    // A terminal's Ctrl-C arrives twice through npm; the two are one.
    run.process.kill('SIGINT');
    run.process.kill('SIGINT');
    expect(await run.code()).toBe(0);
    expect(await allGone(children)).toBe(true);
  });

  it('lets the command line at the database while nothing runs', async () => {
    expect(await databaseOfOwner()).toBe('register');
    expect(existsSync(join(folder, 'postgres', 'postmaster.pid'))).toBe(false);
    expect(existsSync(join(folder, 'launcher.lock'))).toBe(false);
  });

  it('says in one sentence that the port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    try {
      const run = start();
      expect(await run.code()).toBe(1);
      expect(run.output).toBe(`Port ${port} is already in use: stop the program that uses it, or set PORT to another one.\n`);
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
  });

  it('says in one sentence that the data folder cannot be used', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const run = Launched.start(join(file, 'data'), port);
    expect(await run.code()).toBe(1);
    expect(run.output).toBe(`The data folder ${join(file, 'data')} cannot be used (ENOTDIR): set DATA_DIR to a folder that this user may write to.\n`);
  });

  it('refuses a second launcher on the same data folder, and recovers when the first is killed', async () => {
    const first = await startedAgain();
    const second = start();
    expect(await second.code()).toBe(1);
    expect(second.output).toBe(`The program already runs on the data folder ${folder} (process ${first.pid}): stop that one first, or set DATA_DIR to another folder.\n`);
    expect(await databaseOfOwner()).toBe('register');
    const children = first.children();
    signal(first.pid, 'SIGKILL');
    const next = await startedAgain();
    expect(await allGone(children)).toBe(true);
    next.process.kill('SIGTERM');
    expect(await next.code()).toBe(0);
  });

  it('lets one of two that start at the same moment run', async () => {
    const both = [start(), start()];
    const winner = await Promise.race(both.map(async (run) => run.ready().catch(() => new Promise<never>(() => undefined))));
    starts += 1;
    const loser = both.find((run) => run !== winner);
    expect(await loser?.code()).toBe(1);
    expect(loser?.output).toMatch(/^The program already runs on the data folder .*\n$/);
    expect((await winner.answer()).me).toBe('register_api');
    winner.process.kill('SIGTERM');
    expect(await winner.code()).toBe(0);
  });

  it('ends when npm, which started it, is killed', async () => {
    const run = await Launched.startUnderNpm(folder, port).ready();
    launched.push(run);
    starts += 1;
    const left = run.children();
    signal(run.pid, 'SIGKILL');
    expect(await allGone(left)).toBe(true);
    expect(await until(() => !existsSync(join(folder, 'launcher.lock')), 5_000)).toBe(true);
  });

  it('makes up nothing in production: says all that is missing, and refuses invented people', async () => {
    const run = start({ NODE_ENV: 'production', DEMO: 'true' });
    expect(await run.code()).toBe(1);
    expect(run.output.match(/^ {2}- \w+/gm)).toEqual(['API_DB_PASSWORD', 'WORKER_DB_PASSWORD', 'DATABASE_URL', 'TOKEN_SECRET', 'FIELD_KEYS', 'DEMO', 'PUBLIC_URL'].map((name) => `  - ${name}`));
  });

  it('is what npm itself runs, with no shell between that would keep its signals', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    expect(scripts['start']).toMatch(/^exec node /);
  });

  it('ends with one sentence when the database is killed, and recovers at the next start', async () => {
    const run = await startedAgain();
    const children = run.children();
    signal(run.postmaster(), 'SIGKILL');
    expect(await run.code()).toBe(1);
    expect(run.output).toContain('The database server ended unexpectedly: everything is stopped');
    expect(run.output).not.toMatch(/^ {4}at /m);
    expect(await allGone(children)).toBe(true);
    const next = await startedAgain();
    // Launcher and database at once: nobody is left to clear up.
    const left = next.children();
    signal(next.postmaster(), 'SIGKILL');
    signal(next.pid, 'SIGKILL');
    const third = await startedAgain();
    expect(await allGone(left)).toBe(true);
    third.process.kill('SIGTERM');
    expect(await third.code()).toBe(0);
  });

  it('ends with one sentence when the API is killed', async () => {
    const run = await startedAgain();
    const children = run.children();
    signal((await run.answer()).pid, 'SIGKILL');
    expect(await run.code()).toBe(1);
    expect(run.output).toContain('The API process was ended by SIGKILL: everything is stopped.\n');
    expect(await allGone(children)).toBe(true);
  });

  it('takes a lock whose number went to another process for a dead one', async () => {
    writeFileSync(join(folder, 'launcher.lock'), JSON.stringify({ pid: process.pid, born: '1' }));
    writeFileSync(join(folder, 'postgres', 'postmaster.pid'), `${process.pid}\n${join(folder, 'postgres')}\n1\n1\n\n127.0.0.1\n\nready\n`);
    const run = start({ STAND_IN_STUBBORN: 'register_worker' });
    await run.ready();
    starts += 1;
    const children = run.children();
    // The worker does not end. Ctrl-C again and again: the first that comes clearly later than the first of all forces.
    expect(await until(() => !run.process.kill('SIGINT') || run.hasEnded, 5_000)).toBe(true);
    expect(await run.code()).toBe(130);
    expect(await allGone(children)).toBe(true);
  });

  it('uses the server of DATABASE_URL, and says when it cannot', async () => {
    const database = await createDatabase();
    const passwords = { API_DB_PASSWORD: process.env['TEST_API_PASSWORD'], WORKER_DB_PASSWORD: process.env['TEST_WORKER_PASSWORD'] };
    // In production, where lines of JSON are collected.
    const secrets = { TOKEN_SECRET: 'x'.repeat(43), FIELD_KEYS: `1:${Buffer.alloc(32).toString('base64')}`, PUBLIC_URL: 'https://register.example' };
    const run = await start({ DATABASE_URL: database.ownerUrl, NODE_ENV: 'production', ...secrets, ...passwords }).ready();
    expect(run.output).not.toContain('start number');
    expect(run.output).toMatch(/^\{"level":30,.*"process":"register_api".*\}$/m);
    expect((await run.answer()).me).toBe('register_api');
    run.process.kill('SIGTERM');
    expect(await run.code()).toBe(0);
    await database.drop();
    const nowhere = start({ DATABASE_URL: `postgres://me:secret-word@127.0.0.1:${await freePort()}/x` });
    expect(await nowhere.code()).toBe(1);
    expect(nowhere.output).toMatch(/^The database at 127\.0\.0\.1:\d+ cannot be used \(ECONNREFUSED\): check DATABASE_URL\.\n$/);
  });

  it('refuses a database whose secrets are gone', async () => {
    rmSync(join(folder, 'secrets.json'));
    const run = start();
    expect(await run.code()).toBe(1);
    expect(run.output).toMatch(/^The database in .* is there, but its passwords and keys .* are not: .*\n$/);
  });
});
