import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { pino } from 'pino';
import { openBackend } from '../../src/platform/queue/backend.js';
import { Relay } from '../../src/platform/outbox/relay.js';
import { QueueRunner } from '../../src/platform/queue/runner.js';
import { USUAL } from '../../src/platform/queue/settings.js';
import { databasePrograms, databaseUser } from '../../src/platform/embedded/binaries.js';
import { until } from '../../src/platform/embedded/processes.js';
import { Passwords } from '../../src/staff/passwords.js';
import { approvedFamily } from '../support/given.js';
import { movedChild } from '../support/given-money.js';
import { newKey } from '../support/harness.js';
import type { Harness } from '../support/harness.js';
import { arrangeOffices, signedIn } from '../support/people.js';
import type { Person } from '../support/people.js';
import { workerConfig } from '../support/queue-config.js';
import { startWorker } from '../support/queue-worker.js';
import { servicesOf } from './deployed.js';
import { Register, command, drillFolder } from './drill.js';

/** One line of the journal: written before it is sent, and again when it is acknowledged. */
interface Entry {
  readonly key: string;
  readonly intent: number;
  readonly familyId: string;
  readonly account: string;
  ack?: number;
  id?: string;
}

const WRITES = Math.max(20, Math.min(Number(process.env['PROVE_TRIALS'] ?? 0), 2_000));
const PASSWORD = 'seven words that nobody guesses 4417';
const SET = `mutation ($input: SetPayeeInput!) { setPayee(input: $input) { ... on Payee { id accountEnding } } }`;

const root = drillFolder();
const backups = join(root, 'backups');
const kept = join(root, 'kept-secrets.json');
const folders = { first: join(root, 'first'), second: join(root, 'second'), third: join(root, 'third'), fourth: join(root, 'fourth'), compose: join(root, 'compose'), scratch: join(root, 'scratch') };
const journal: Entry[] = [];
let moment: Date;
let open: Register | undefined;
let families: readonly string[];
let child: { readonly done: string[]; readonly inStore: string[]; readonly inOutbox: string[] };
let waiting: number;

const acknowledged = (since = 0): number => journal.filter(({ ack }) => ack !== undefined && ack > since).length;

/** Four clients write until there is enough, each line journaled before it is sent. */
async function write(harness: Harness, officer: Person, isEnough: () => boolean): Promise<void> {
  await Promise.all(families.map(async (familyId) => {
    while (!isEnough()) {
      const entry: Entry = { key: newKey(), intent: Date.now(), familyId, account: String(100_000_000 + journal.length) };
      journal.push(entry);
      const { data } = await harness.send(SET, { input: { requestKey: entry.key, familyId, name: 'SOK DARA', method: 'bank', accountNumber: entry.account } }, { token: officer.token });
      if (data?.setPayee?.id !== undefined) Object.assign(entry, { ack: Date.now(), id: data.setPayee.id });
    }
  }));
}

/** What the restored register has of the journal: nothing acknowledged by then may be absent, nothing begun later present, nothing torn. */
async function judge(harness: Harness, until: number): Promise<Readonly<Record<'lost' | 'later' | 'torn' | 'kept', number>>> {
  const rows = await harness.sql<{ key: string | null; payee: boolean; act: boolean; event: boolean }>(
    `select k.key, p.id is not null as payee, a.id is not null as act, o.id is not null as event
     from support.payees p full join (select * from platform.request_keys where act = 'payee.set') k on k.result_id = p.id
     full join (select * from platform.acts where act = 'payee.set') a on a.subject_id = coalesce(p.id, k.result_id)
     full join (select * from platform.outbox where event = 'payee.set') o on o.act_id = a.id`,
  );
  const there = new Set(rows.map(({ key }) => key));
  return {
    lost: journal.filter(({ key, ack }) => ack !== undefined && ack < until && !there.has(key)).length,
    later: journal.filter(({ key, intent }) => intent > until && there.has(key)).length,
    torn: rows.filter(({ key, payee, act, event }) => key === null || !payee || !act || !event).length,
    kept: rows.length,
  };
}

/** Children described at three stages of their event: delivered, in the queue's store, still in the outbox. */
async function describeChildren(harness: Harness): Promise<void> {
  const worker = await signedIn(harness, { role: 'social_worker' });
  const describe = async (): Promise<string[]> => Promise.all([0, 1].map(async () => {
    const { child: { id } } = await movedChild(harness, '2026-03-08');
    const { result } = await worker.act('describeChild', { childId: id, version: 1, birth: { date: '2016-02-11', precision: 'day', basis: 'family_book' } }, 'Child { id }', 'ChildrenRefused');
    expect(result.id).toBe(id);
    return id;
  }));
  const app = await startWorker(harness);
  const done = await describe();
  expect(await until(async () => (await receipts(harness)) === 2, 20_000)).toBe(true);
  await app.get(QueueRunner).beforeApplicationShutdown();
  const inStore = await describe();
  await inBackend(harness, async (backend) => {
    while (await app.get(Relay).once(backend));
    waiting = await backend.queue.getWaitingCount();
  });
  await app.close();
  child = { done, inStore, inOutbox: await describe() };
}

/** Events of described children that were delivered. A second delivery would be a second entitlement. */
const receipts = async (harness: Harness): Promise<number> =>
  (await harness.sql(`select 1 from platform.receipts r join platform.outbox o on o.id = r.outbox_id where o.event = 'child.described' and r.consumer = 'support.entitlements'`)).length;

async function inBackend(harness: Harness, act: (backend: Awaited<ReturnType<typeof openBackend>>) => Promise<void>): Promise<void> {
  const backend = await openBackend(workerConfig(harness.database.workerUrl), USUAL, pino({ level: 'silent' }));
  await act(backend);
  await backend.close();
}

beforeAll(async () => {
  open = await Register.start(folders.first, backups);
  const { harness } = open;
  copyFileSync(join(folders.first, 'secrets.json'), kept);
  const offices = await arrangeOffices(harness);
  families = await Promise.all([0, 1, 2, 3].map(async () => (await approvedFamily(harness)).id));
  const officer = await signedIn(harness, { role: 'finance_officer', office: offices.battambang });
  await harness.sql(`update staff.accounts set login = 'drill.officer', password_hash = $2 where id = $1`, [officer.accountId, await new Passwords().hash(PASSWORD)]);
  await describeChildren(harness);

  // Writers at work through the backup, the moment and beyond.
  let through = false;
  const writing = write(harness, officer, () => through);
  expect(await command(['backup', '--to', backups], { DATA_DIR: folders.first, BACKUP_DIR: backups })).toMatchObject({ code: 0, said: expect.stringContaining('secrets.json') });
  const backedUp = Date.now();
  expect(await until(() => acknowledged(backedUp) >= WRITES, 60_000)).toBe(true);
  moment = new Date();
  await open.archiveAll();
  expect(await until(() => acknowledged(moment.getTime()) >= WRITES, 60_000)).toBe(true);
  through = true;
  await writing;
  await open.archiveAll();
  await open.disaster();
  open = undefined;
}, 60_000);

afterAll(async () => {
  await open?.stop();
  rmSync(root, { recursive: true, force: true });
});

const restore = (to: string, ...more: readonly string[]): Promise<{ code: number; said: string }> => command(['restore', '--from', backups, ...more], { DATA_DIR: to });
const segments = (): string[] => readdirSync(join(backups, 'wal')).filter((name) => /^[0-9A-F]{24}\.gz$/.test(name)).sort();

/** What `docker compose run --rm restore` runs, with this machine's folders in the place of the container's. */
function composeRestore(env: Readonly<Record<string, string>>): { code: number | null; said: string } {
  const { command: [, , script = ''] = [] } = servicesOf('docker-compose.yml', new Proxy({}, { get: () => 'x' }))['restore'] ?? fail();
  const here = (text: string): string => text.replaceAll('/tmp', folders.scratch).replace(/\/backup\b(?!_)/g, folders.compose);
  const { uid, gid } = databaseUser();
  const programs = databasePrograms({ uid, gid }, '/var/lib/register');
  const done = spawnSync('bash', ['-c', here(script)], {
    uid, gid, cwd: '/', encoding: 'utf8', env: { PATH: `${programs}:${process.env['PATH'] ?? ''}`, LC_ALL: 'C', PGDATA: join(folders.fourth, 'postgres'), FROM: '', TO_TIME: '', ...env },
  });
  return { code: done.status, said: done.stdout + done.stderr };
}

describe('a register that is lost with its disk', () => {
  it('is not put back without its field key, over another register, from a damaged copy, or to a moment that nobody named well', async () => {
    expect(await restore(folders.second)).toEqual({ code: 1, said: expect.stringMatching(/^The field key of version 1 is not there.*--secrets FILE.*--without-keys.*account numbers.*Nothing was restored\.$/) });
    expect((await command(['restore', '--from', backups], { DATA_DIR: folders.second, FIELD_KEYS: `1:${Buffer.alloc(32).toString('base64')}` })).said).toMatch(/^The field key of version 1 is not in FIELD_KEYS/);
    expect(await restore(folders.second, '--to-time', '2026-11-23 10:00')).toMatchObject({ code: 2, said: expect.stringContaining('with its zone') });
    expect((await restore(folders.second, '--to-time', '2026-01-01T10:00:00+07:00', '--secrets', kept)).said).toMatch(/^The first backup in .* ended at .*: no earlier moment can be restored\.$/);
    const [base = ''] = readdirSync(backups).filter((name) => name.startsWith('base-'));
    const file = join(backups, base, 'postgres', 'PG_VERSION');
    writeFileSync(file, '17\n');
    expect((await restore(folders.second, '--secrets', kept)).said).toMatch(/The backup .* is damaged: PG_VERSION is not as it was written\. Nothing was restored\.$/);
    writeFileSync(file, '18\n');
    expect(existsSync(join(folders.second, 'postgres'))).toBe(false);
  });

  it('comes back as it was at the moment: lost=0 later=0 torn=0', async () => {
    const { code, said } = await restore(folders.second, '--to-time', moment.toISOString(), '--secrets', kept);
    expect({ code, said }).toEqual({ code: 0, said: expect.stringMatching(/Restored until .*Schema: \d+ migrations, all of this program\.\nRows: .*support \d+.*\nActs: \d+, the last at .*\nKeys: \d+ values of support\.payees\.account, key 1: opens\.\nEnded 2 sessions/s) });
    expect(await restore(folders.second, '--secrets', kept)).toEqual({ code: 1, said: expect.stringContaining('holds a register already') });
    open = await Register.start(folders.second, backups);
    const found = await judge(open.harness, moment.getTime());
    expect(found).toEqual({ lost: 0, later: 0, torn: 0, kept: found.kept });
    expect(found.kept).toBeGreaterThan(WRITES);
    // That the comparison would see it: measured by another moment, the same register has lost, or has too much.
    expect((await judge(open.harness, Date.now())).lost).toBeGreaterThan(0);
    expect((await judge(open.harness, 0)).later).toBeGreaterThan(0);
    console.log(`restore: lost=0 later=0 torn=0 n=${found.kept} of ${journal.length}`);
  });

  it('signs in anew, opens what was sealed, and answers a repeated request with what it did then', async () => {
    const { harness } = open ?? fail();
    expect(await harness.sql('select 1 from staff.sessions where ended_at is null')).toEqual([]);
    const { data } = await harness.send('mutation ($input: SignInInput!) { signIn(input: $input) { ... on SignedIn { accessToken } } }', { input: { login: 'drill.officer', password: PASSWORD } });
    const { key, familyId, account, id } = journal.findLast(({ ack }) => ack !== undefined && ack < moment.getTime()) ?? fail();
    const again = await harness.send(SET, { input: { requestKey: key, familyId, name: 'SOK DARA', method: 'bank', accountNumber: account } }, { token: data.signIn.accessToken });
    expect(again.data.setPayee).toEqual({ id, accountEnding: account.slice(-4) });
    expect(await harness.sql(`select reason from platform.acts where act = 'system:register-restored'`)).toEqual([{ reason: expect.stringMatching(/^until:20/) }]);
  });

  it('goes on with its jobs where they were then, and does none twice', async () => {
    const { harness } = open ?? fail();
    await inBackend(harness, async (backend) => expect(await backend.queue.getWaitingCount()).toBe(waiting));
    const ids = [...child.done, ...child.inStore, ...child.inOutbox];
    const entitled = async (): Promise<number> => (await harness.sql('select 1 from support.entitlements where child_id = any($1)', [ids])).length;
    expect([await receipts(harness), await entitled()]).toEqual([2, 2]);
    const worker: INestApplicationContext = await startWorker(harness);
    expect(await until(async () => (await receipts(harness)) === 6, 20_000)).toBe(true);
    await worker.close();
    expect([await receipts(harness), await entitled()]).toEqual([6, 6]);
  });

  it('says which segment is missing or broken, and restores nothing, rather than less than was asked for', async () => {
    for (const _ of [1, 2, 3]) await open?.archiveAll();
    const [gap = ''] = segments().slice(-2);
    const path = join(backups, 'wal', gap);
    renameSync(path, `${path}.gone`);
    const name = gap.slice(0, -3);
    const whole = await restore(folders.third, '--secrets', kept);
    expect(whole).toEqual({ code: 1, said: expect.stringContaining(`the segment ${name} is missing`) });
    const late = await restore(folders.third, '--secrets', kept, '--to-time', new Date().toISOString());
    expect(late).toEqual({ code: 1, said: expect.stringMatching(new RegExp(`cannot be reached: the segment ${name} is missing .*Nothing was restored`)) });
    writeFileSync(path, readFileSync(`${path}.gone`).subarray(0, 1_000), { mode: 0o644 });
    expect(await restore(folders.third, '--secrets', kept)).toEqual({ code: 1, said: expect.stringContaining('could not be read to its end') });
    renameSync(`${path}.gone`, path);
    expect(existsSync(join(folders.third, 'postgres'))).toBe(false);
  }, 60_000);

  it('comes back once more, from the restored one\'s own archive, also where the key is lost: then without what it sealed', async () => {
    const { harness } = open ?? fail();
    const before = await judge(harness, moment.getTime());
    await open?.disaster();
    open = undefined;
    const { code, said } = await restore(folders.third, '--without-keys');
    expect({ code, said }).toEqual({ code: 0, said: expect.stringMatching(/Keys: \d+ values of support\.payees\.account, key 1: missing, cannot be opened\./) });
    open = await Register.start(folders.third);
    expect(await judge(open.harness, moment.getTime())).toEqual(before);
    expect(open.secrets.fieldKeys).toMatch(/^2:/);
    await open.disaster();
    open = undefined;
  });

  it('comes back as well by what docker-compose.yml runs, and "register restored" puts it in order', async () => {
    const [base = ''] = readdirSync(backups).filter((name) => name.startsWith('base-'));
    for (const folder of [folders.compose, folders.scratch, folders.fourth]) mkdirSync(folder, { mode: 0o755 });
    cpSync(join(backups, base, 'postgres'), join(folders.compose, base), { recursive: true });
    cpSync(join(backups, 'wal'), join(folders.compose, 'wal'), { recursive: true });
    const { uid, gid } = databaseUser();
    if (uid !== undefined) spawnSync('chown', ['-R', `${uid}:${gid ?? uid}`, folders.compose, folders.scratch, folders.fourth]);
    const gone = join(folders.compose, 'wal', segments().at(-2) ?? fail());
    renameSync(gone, `${gone}.gone`);
    expect(composeRestore({})).toEqual({ code: 1, said: expect.stringMatching(/^The log could not be read beyond [0-9A-F]{16}, and the archive goes on to [0-9A-F]{16}\. Nothing was restored\.\n$/) });
    renameSync(`${gone}.gone`, gone);
    expect(composeRestore({ TO_TIME: moment.toISOString().replace('T', ' ').replace('Z', '+00') })).toEqual({ code: 0, said: expect.stringMatching(/last completed transaction was at .*Restored from .*base-/s) });
    expect(composeRestore({}).said).toContain('holds a database already');
    expect(readdirSync(join(folders.compose, 'wal')).filter((name) => name.endsWith('.history.gz'))).toEqual(['00000002.history.gz', '00000003.history.gz']);
    copyFileSync(kept, join(folders.fourth, 'secrets.json'));
    open = await Register.start(folders.fourth);
    const { database } = open.harness;
    const env = { MIGRATE_DATABASE_URL: database.ownerUrl, FIELD_KEYS: open.secrets.fieldKeys };
    expect(await command(['restored'], { ...env, FIELD_KEYS: `1:${Buffer.alloc(32).toString('base64')}` })).toEqual({ code: 1, said: expect.stringContaining('sealed with a key of version 1 that is wrong') });
    expect(await command(['restored'], env)).toEqual({ code: 0, said: expect.stringMatching(/key 1: opens\.\nEnded 2 sessions/) });
    expect(await judge(open.harness, moment.getTime())).toMatchObject({ lost: 0, later: 0, torn: 0 });
  }, 60_000);
});

function fail(): never {
  throw new Error('the test before did not get so far');
}
