import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { generateSync } from 'otplib';
import pg from 'pg';
import { isAlive, signal, until } from '../../src/platform/embedded/processes.js';
import { Person } from '../api/journeys/client.js';
import { movedChild } from '../support/given-money.js';
import type { Harness } from '../support/harness.js';
import { arrangeOffices } from '../support/people.js';
import { TraceReceiver } from '../support/otlp.js';
import { hasRedis } from '../support/redis.js';
import { Deployment, type Running } from './deployed.js';

const PASSWORD = 'canary of seven words 4417';
/** What no log, no job and no store of the queue may hold. */
const CANARIES = [PASSWORD, 'canary.sreymom', 'Canary Sreymom', 'Canary Sokunthea', 'ផ្កាកាណារី', '85512777431', '012777431'];
const REQUEST = randomUUID();
const [TRACE, OTHERS, CALLER] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
const today = (): string => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Phnom_Penh' }).format(new Date());
const DOTENV = {
  OWNER_DB_PASSWORD: randomBytes(12).toString('hex'),
  API_DB_PASSWORD: randomBytes(12).toString('hex'),
  WORKER_DB_PASSWORD: randomBytes(12).toString('hex'),
  REDIS_PASSWORD: randomBytes(12).toString('hex'),
  TOKEN_SECRET: randomBytes(32).toString('base64url'),
  FIELD_KEYS: `1:${randomBytes(32).toString('base64')}`,
  PUBLIC_URL: 'https://register.example',
};
// skipped: where there is no redis-server the queue is in PostgreSQL, and everything else is tested with that
const redisTest = hasRedis ? it : it.skip;

interface Me {
  readonly accountId: string;
  readonly postingId: string;
}

describe('what docker-compose.yml starts, on local servers', () => {
  let place: Deployment;
  let redis: Running | undefined;
  let apis: Running[] = [];
  let workers: Running[] = [];
  let admin: Person;
  let recoveryCodes: readonly string[] = [];
  let me: Me;
  /** She at each API, signed in once: more than six a minute would be refused. */
  let signedIn: Person[] = [];
  let traces: TraceReceiver;

  const address = (index: number): string => `http://127.0.0.1:${apis[index]?.port ?? 0}`;
  const isReady = (run: Running) => async (): Promise<boolean> => (await fetch(`http://127.0.0.1:${run.port}/health/ready`).then((answer) => answer.ok, () => false));
  const startApi = async (more: Readonly<Record<string, string>> = {}): Promise<Running> => {
    const run = await place.start('api', more);
    return run.until(isReady(run));
  };
  const startWorker = async (): Promise<Running> => {
    const run = await place.start('worker');
    return run.until(() => run.said.includes('the worker waits for jobs'));
  };

  beforeAll(async () => {
    traces = await TraceReceiver.start();
    place = await Deployment.prepare({ ...DOTENV, OTEL_EXPORTER_OTLP_ENDPOINT: traces.url }, hasRedis);
  }, 60_000);
  afterAll(async () => {
    await place.end();
    await traces.stop();
  }, 60_000);

  it('says everything that is missing at once, and refuses invented people', async () => {
    const missing = (names: readonly string[]): Record<string, undefined> => Object.fromEntries(names.map((name) => [name, undefined]));
    const bare = { ...missing(['DATABASE_URL', 'TOKEN_SECRET', 'FIELD_KEYS', 'PUBLIC_URL']), DEMO: 'true', METRICS_PORT: 'x', OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' };
    const runs = [await place.start('api', bare), await place.start('worker', bare), await place.start('migrator', missing(['MIGRATE_DATABASE_URL', 'API_DB_PASSWORD', 'WORKER_DB_PASSWORD']))];
    const [api, worker, migrator] = runs;
    for (const run of [api, worker]) {
      expect(await run?.code()).toBe(1);
      expect(run?.said).toBe(
        `The settings are not complete:
  - DATABASE_URL is missing: the address of the register's PostgreSQL, postgres://role:password@host/name.
  - TOKEN_SECRET is missing: at least 32 random bytes in base64url sign the access tokens.
  - FIELD_KEYS is missing: "1:" and 32 random bytes in base64 encrypt account and identity numbers.
  - METRICS_PORT must be a whole number from 0 to 65535.
  - OTEL_EXPORTER_OTLP_ENDPOINT must begin with http:// or https://.
  - DEMO is refused with NODE_ENV=production: invented people do not belong in a real register.
  - PUBLIC_URL is missing: one-time links begin with it.
`,
      );
    }
    expect(await migrator?.code()).toBe(1);
    expect(migrator?.said).toBe(
      `The settings are not complete:
  - MIGRATE_DATABASE_URL is missing: the address of the register's PostgreSQL as the owner of the database, postgres://role:password@host/name.
  - API_DB_PASSWORD is missing: the password that the login register_api gets.
  - WORKER_DB_PASSWORD is missing: the password that the login register_worker gets.
`,
    );
  }, 60_000);

  it('starts nothing on a database that is not migrated, and says so in a sentence', async () => {
    const unknown = await place.start('api');
    expect(await unknown.code()).toBe(1);
    expect(unknown.said).toMatch(/^The database at 127\.0\.0\.1:\d+ does not let register_api in: .*"register migrate" has not made the login yet\.$/m);
    // The logins are the cluster's: another database may have made them.
    await place.sql(`create role register_api login password '${DOTENV.API_DB_PASSWORD}'`);
    const empty = await place.start('api');
    expect(await empty.code()).toBe(1);
    expect(empty.said).toMatch(/^The database has not been brought to this program's schema yet: run "register migrate" first\.$/m);
    for (const run of [unknown, empty]) expect(run.said).not.toMatch(/^ {4}at /m);
    await place.sql('drop role register_api');
  }, 60_000);

  it('is migrated by two migrators at once, each step by one of them', async () => {
    const runs = [await place.start('migrator'), await place.start('migrator')];
    for (const run of runs) expect({ code: await run.code(), said: run.said }).toEqual({ code: 0, said: expect.stringContaining('The schema is up to date.\n') });
    const steps = runs.flatMap((run) => run.said.match(/^migrated .*$/gm) ?? []);
    const [applied] = await place.sql<{ n: number }>('select count(*)::int as n from public.applied_migrations');
    expect(steps.length).toBe(applied?.n);
    expect(new Set(steps).size).toBe(steps.length);
  }, 60_000);

  redisTest(`keeps the jobs of its Redis on disk, and throws none away${hasRedis ? '' : ' (skipped: there is no redis-server on this machine)'}`, async () => {
    redis = await place.start('redis');
    await redis.until(() => redis?.said.includes('Ready to accept connections') ?? false);
    const asked = spawnSync('redis-cli', ['-p', String(place.redisPort), 'config', 'get', 'append*'], { env: { PATH: process.env['PATH'], REDISCLI_AUTH: DOTENV.REDIS_PASSWORD }, encoding: 'utf8' }).stdout;
    expect(asked).toMatch(/appendonly\nyes\n/);
    expect(asked).toMatch(/appendfsync\neverysec\n/);
    const policy = spawnSync('redis-cli', ['-p', String(place.redisPort), 'config', 'get', 'maxmemory-policy'], { env: { PATH: process.env['PATH'], REDISCLI_AUTH: DOTENV.REDIS_PASSWORD }, encoding: 'utf8' }).stdout;
    expect(policy).toMatch(/noeviction/);
    expect(await place.check('redis', redis)).toBe(0);
  });

  it('starts two APIs and two workers, whose own health checks pass', async () => {
    // The first has us as its proxy.
    apis = await Promise.all([startApi({ TRUSTED_PROXIES: '127.0.0.1' }), startApi()]);
    workers = await Promise.all([startWorker(), startWorker()]);
    for (const run of apis) expect(await place.check('api', run)).toBe(0);
    for (const run of workers) expect(await place.check('worker', run)).toBe(0);
    const beats = workers.map((run) => statSync(join(run.folder, 'heartbeat')).mtimeMs);
    expect(await until(() => workers.every((run, index) => statSync(join(run.folder, 'heartbeat')).mtimeMs > (beats[index] ?? 0)), 15_000)).toBe(true);
  }, 120_000);

  it('lets in at the second API who was invited at the first', async () => {
    const made = spawnSync(process.execPath, ['dist/src/register.js', 'admin', 'create', '--login', 'first.admin', '--name', 'First Admin'], {
      env: { PATH: process.env['PATH'], DATABASE_URL: place.owner.options.connectionString, PUBLIC_URL: DOTENV.PUBLIC_URL }, encoding: 'utf8',
    });
    const accept = async (link: string, index: number): Promise<void> => {
      const reply = await Person.stranger(address(index)).ask(
        `mutation ($input: LinkPasswordInput!) { acceptInvitation(input: $input) { __typename } }`, { input: { token: link.split('=').at(-1), password: PASSWORD } });
      expect(reply.acceptInvitation.__typename).toBe('PasswordSet');
    };
    await accept(/https:\/\/register\.example\/#invitation=\S+/.exec(made.stdout)?.[0] ?? '', 0);
    admin = await Person.signIn(address(1), 'admin', 'first.admin', PASSWORD);
    // A real register asks an administrator for one-time codes before anything else.
    await expect(admin.ask('{ accounts { nodes { id } } }')).rejects.toThrow('startSecondFactor');
    const { secret } = await admin.does('startSecondFactor', { password: PASSWORD }, 'SecondFactorStarted { secret }');
    ({ recoveryCodes } = await admin.does('confirmSecondFactor', { code: generateSync({ secret }) }, 'SecondFactorSet { recoveryCodes }'));
    CANARIES.push(secret, ...recoveryCodes);
    const offices = await arrangeOffices(place as unknown as Harness);
    const invited = await admin.does('inviteAccount', { login: 'canary.sreymom', nameLatin: 'Canary Sreymom', nameKm: 'ផ្កាកាណារី', phone: '012 777 431' }, 'IssuedLink { link account { id } }');
    await accept(invited.link, 0);
    const posting = await admin.does('setPosting', { accountId: invited.account.id, role: 'SOCIAL_WORKER', officeId: offices.battambangTown, from: today() }, 'StaffPosting { id }');
    me = { accountId: invited.account.id, postingId: posting.id };
    const her = await Person.signIn(address(1), 'worker', 'canary.sreymom', PASSWORD);
    expect((await her.ask('{ me { nameLatin postings { role } } }')).me).toEqual({ nameLatin: 'Canary Sreymom', postings: [{ role: 'SOCIAL_WORKER' }] });
  }, 60_000);

  it('does one act when one request key comes to both at the same moment', async () => {
    const [first, second] = await Promise.all([0, 1].map((index) => Person.signIn(address(index), `worker ${index}`, 'canary.sreymom', PASSWORD)));
    for (let round = 0; round < 5; round += 1) {
      const input = { requestKey: randomUUID(), nameLatin: 'Canary Sokunthea', phone: '012 777 431', areaCode: '02030101', on: today() };
      const both = await Promise.all([first, second].map(async (who) => who?.does('recordEnquiry', input, 'Enquiry { id }')));
      expect(both[0].id).toBe(both[1].id);
      expect(await place.sql('select act from platform.acts where subject_id = $1', [both[0].id])).toEqual([{ act: 'enquiry.record' }]);
    }
    expect(await place.sql('select count(*)::int as n from recruitment.enquiries')).toEqual([{ n: 5 }]);
  }, 60_000);

  it('delivers every event exactly once, also when a worker is killed inside its jobs', async () => {
    const moved = await Promise.all(Array.from({ length: 24 }, () => movedChild(place as unknown as Harness, '2026-03-08')));
    signedIn = await Promise.all([0, 1].map((index) => Person.signIn(address(index), `worker ${index}`, 'canary.sreymom', PASSWORD)));
    const describeAll = (): Promise<unknown> => Promise.all(moved.map(async ({ child }, index) => signedIn[index % 2]?.does(
      'describeChild', { childId: child.id, version: 1, nameLatin: `Canary Sokunthea ${index}`, birth: { date: '2016-02-11', precision: 'day', basis: 'family_book' } }, 'Child { id }')));
    // Jobs get stuck in the middle on a lock of ours, in both workers; then one of the workers is gone.
    const blocker = new pg.Client({ connectionString: place.owner.options.connectionString });
    await blocker.connect();
    await blocker.query('begin; lock table support.entitlements in exclusive mode');
    await describeAll();
    const stuck = async (): Promise<number> => (await place.sql(`select 1 from pg_locks where not granted and relation = 'support.entitlements'::regclass`)).length;
    expect(await until(async () => (await stuck()) > 4, 20_000)).toBe(true);
    signal(workers[0]?.pid ?? 0, 'SIGKILL');
    await blocker.query('commit');
    await blocker.end();
    workers[0] = await startWorker();
    const left = async (): Promise<number> => (await place.sql(
      `select 1 from platform.outbox o where o.event = 'child.described' and not exists (select from platform.receipts r where r.outbox_id = o.id and r.consumer = 'support.entitlements')`)).length;
    expect(await until(async () => (await left()) === 0, 150_000)).toBe(true);
    const ids = moved.map(({ child }) => child.id);
    const counted = await place.sql(
      `select (select count(*)::int from support.entitlements where child_id = any($1)) as entitlements,
              (select count(*)::int from platform.acts where about_id = any($1) and subject_kind = 'entitlement') as acts,
              (select count(*)::int from platform.outbox where subject_id = any($1) and event = 'child.described') as events`, [ids]);
    expect(counted).toEqual([{ entitlements: 24, acts: 24, events: 24 }]);
  }, 240_000);

  it('gives one request its id and its trace from the door to the job', async () => {
    const { child } = await movedChild(place as unknown as Harness, '2026-03-08');
    await signedIn[0]?.carrying({ 'x-request-id': REQUEST, traceparent: `00-${TRACE}-${CALLER}-01` })
      .does('describeChild', { childId: child.id, version: 1, nameLatin: 'Canary Sokunthea', birth: { date: '2016-02-11', precision: 'day', basis: 'family_book' } }, 'Child { id }');
    const lines = (runs: readonly Running[], message: string): Record<string, unknown>[] =>
      runs.flatMap(({ said }) => said.split('\n')).filter((line) => line.includes(REQUEST)).map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ msg }) => msg === message);
    expect(await until(() => lines(workers, 'job').length > 0, 20_000)).toBe(true);
    expect(lines(apis, 'request')).toEqual([expect.objectContaining({ field: 'describeChild', outcome: 'ok' })]);
    expect(lines(workers, 'job')).toContainEqual(expect.objectContaining({ job: 'support.entitlements', attempt: 1, ms: expect.any(Number) }));
    const kept = await place.sql(
      `select system, act from platform.acts where request_id = $1 union all select null, event from platform.outbox where request_id = $1 order by 2`, [REQUEST]);
    expect(kept).toEqual(expect.arrayContaining([{ system: null, act: 'child.describe' }, { system: null, act: 'child.described' }, { system: 'support.entitlements', act: 'system:support.entitlements' }]));
    // Nobody's proxy may hang her requests into a trace of ours.
    await signedIn[1]?.carrying({ traceparent: `00-${OTHERS}-${CALLER}-01` }).ask('{ me { nameLatin } }');
  }, 60_000);

  it('counts the end of a posting at once at the other API', async () => {
    const her = await Person.signIn(address(1), 'worker', 'canary.sreymom', PASSWORD);
    const enquiries = '{ enquiries(first: 1) { nodes { id } } }';
    expect((await her.send(enquiries)).errors).toBeUndefined();
    const adminThere = await Person.signIn(address(0), 'admin', 'first.admin', PASSWORD, 'en', recoveryCodes[0]);
    await adminThere.does('endPosting', { postingId: me.postingId, on: today() }, 'StaffPosting { id }');
    expect((await her.send(enquiries)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    // Words of people in what goes wrong, for the search below.
    await her.isRefused('recordEnquiry', { nameLatin: 'Canary Sokunthea', phone: 'no number', areaCode: '02030101', on: today() }, 'Enquiry { id }', 'RecruitmentRefused');
    await Person.signIn(address(0), 'worker', 'canary.sreymom', `${PASSWORD}!`).catch(() => undefined);
    await her.send('{ me { id ', { name: 'Canary Sokunthea' });
  }, 60_000);

  it('tells what it counts, each process on a port of its own, and nothing of anybody', async () => {
    const told = await Promise.all([...apis, ...workers].map(async ({ metricsPort }) => (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()));
    const [api = '', , worker = ''] = told;
    const names = (text: string): string[] => [...text.matchAll(/^# TYPE (register_\w+)/gm)].map(([, name]) => name ?? '').sort();
    const both = ['register_build_info', 'register_pool_connections', 'register_pool_size', 'register_pool_waiting'];
    expect(names(api)).toEqual([...both, 'register_request_seconds', 'register_requests_in_flight', 'register_requests_total', 'register_sign_ins_throttled_total'].sort());
    expect(names(worker)).toEqual(['register_archive_failing_seconds', ...both, 'register_job_seconds', 'register_jobs_total', 'register_outbox_lag_seconds', 'register_outbox_undelivered_seconds', 'register_outbox_waiting',
      'register_queue_jobs', 'register_queue_lag_seconds', 'register_reminders_oldest_unsent_seconds', 'register_source_ok'].sort());
    for (const text of told) expect(text).toMatch(/^nodejs_eventloop_lag_seconds [\d.e-]+$/m);
    expect(api).toMatch(/^register_requests_total\{operation="describeChild",outcome="ok"\} \d+$/m);
    expect(api).toMatch(/^register_requests_in_flight 0$/m);
    expect(worker).toMatch(/^register_source_ok\{source="database"\} 1\nregister_source_ok\{source="queue"\} 1$|^register_source_ok\{source="queue"\} 1\nregister_source_ok\{source="database"\} 1$/m);
    expect(told.slice(2).join('\n')).toMatch(/^register_jobs_total\{job="support.entitlements",outcome="done"\} \d+$/m);
    expect(CANARIES.filter((word) => told.join('\n').includes(word))).toEqual([]);
    expect(told.join('\n')).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{32}/i);
    // Not at the door, and on no other address of this machine.
    expect((await fetch(`${address(0)}/metrics`)).status).toBe(404);
    const others = Object.values(networkInterfaces()).flat().flatMap((one) => (one?.family === 'IPv4' && !one.internal ? [one.address] : []));
    for (const other of others) await expect(fetch(`http://${other}:${apis[0]?.metricsPort ?? 0}/metrics`)).rejects.toThrow('fetch failed');
  }, 60_000);

  it('ends with 0 on SIGTERM, within seconds, and leaves nobody', async () => {
    const all = [...apis, ...workers];
    const began = Date.now();
    for (const run of all) signal(run.pid, 'SIGTERM');
    for (const run of all) expect({ name: run.name, code: await run.code(15_000) }).toEqual({ name: run.name, code: 0 });
    expect(Date.now() - began).toBeLessThan(15_000);
    expect(all.filter((run) => isAlive(run.pid))).toEqual([]);
    const sessions = await place.sql(`select application_name from pg_stat_activity where usename like 'register%'`);
    expect(sessions).toEqual([]);
  }, 60_000);

  it('has sent one trace for that request: door, transaction, outbox, job, transaction; and nothing of anybody', () => {
    const spans = traces.spans();
    const mine = spans.filter(({ traceId }) => traceId === TRACE);
    const below = (parent: string): unknown => mine.filter(({ parentSpanId }) => parentSpanId === parent).map((span) => ({ [span.name]: below(span.spanId) }));
    expect(below(CALLER)).toEqual([{ 'POST describeChild': expect.arrayContaining([
      { look: [] }, { 'transaction read': [] },
      { 'transaction child.describe': [{ 'outbox child.described': expect.arrayContaining([{ 'job support.entitlements': [{ 'transaction system:support.entitlements': expect.anything() }] }]) }] },
    ]) }]);
    expect(mine.find(({ name }) => name === 'POST describeChild')).toMatchObject({ service: 'register-api', failed: false, attributes: { 'register.outcome': 'ok', 'register.request_id': REQUEST, 'http.response.status_code': 200 } });
    expect(mine.find(({ name }) => name.startsWith('job'))).toMatchObject({ service: 'register-worker', attributes: { 'register.request_id': REQUEST } });
    expect(spans.filter(({ traceId }) => traceId === OTHERS)).toEqual([]);
    expect(spans.filter(({ name }) => name === 'POST me').length).toBeGreaterThan(0);
    // What only looks is in no trace.
    expect(spans.filter(({ name, parentSpanId }) => name.startsWith('transaction') && parentSpanId === '')).toEqual([]);
    const facts = [...new Set(spans.flatMap(({ attributes }) => Object.keys(attributes)))].sort();
    expect(facts.filter((fact) => fact !== 'error.type')).toEqual(['http.request.method', 'http.response.status_code', 'http.route', 'register.operation', 'register.outcome', 'register.request_id']);
    const sent = traces.bodies.join('\n');
    expect([...CANARIES, me.accountId, me.postingId].filter((word) => sent.includes(word))).toEqual([]);
    expect([...Object.values(DOTENV)].filter((secret) => secret !== DOTENV.PUBLIC_URL && sent.includes(secret))).toEqual([]);
  });

  it('has written nothing personal into a log or into the queue', async () => {
    const logs = place.runs.filter((run) => run !== redis).map((run) => run.said).join('\n');
    expect(logs).toContain('"process":"api"');
    expect(CANARIES.filter((word) => logs.includes(word))).toEqual([]);
    expect([...Object.values(DOTENV)].filter((secret) => secret !== DOTENV.PUBLIC_URL && logs.includes(secret))).toEqual([]);
    if (redis === undefined) return;
    signal(redis.pid, 'SIGTERM');
    expect(await redis.code()).toBe(0);
    const bytes = place.redisBytes(redis);
    // That the search would find something: the jobs themselves are there.
    expect(bytes).toContain('support.entitlements');
    expect(bytes).toContain(REQUEST);
    expect(CANARIES.filter((word) => bytes.includes(Buffer.from(word).toString('latin1')))).toEqual([]);
  });
});
