import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemActor } from '../../src/platform/auth/roles.js';
import { FamilyLoadsService, familyLoadJob } from '../../src/recruitment/family-loads.service.js';
import { acts } from '../../src/recruitment/recruitment.policy.js';
import { knownFamily } from '../support/given.js';
import { Harness, newKey } from '../support/harness.js';
import type { Client, Outcome } from '../support/harness.js';
import { arrangeOffices, expectDenied, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';
import { startWorker } from '../support/queue-worker.js';
import { asWorker } from '../support/worker.js';
import type { WorkerDatabase } from '../support/worker.js';

let harness: Harness;
let offices: Offices;
let worker: Person;
let elsewhere: Person;
let queue: WorkerDatabase;

beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  worker = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
  elsewhere = await signedIn(harness, { role: 'social_worker', office: offices.siemReapTown });
  queue = await asWorker(harness);
});
afterAll(async () => {
  await queue.close();
  await harness.stop();
});

const TODAY = '2026-06-15';
const HEAD = 'kind,area_code,phone,languages,carer1_name_km,carer1_name_latin,carer1_sex,carer1_birth,adult1_name_latin,adult1_sex,adult1_birth';
const line = (name: string, phone = '', area = '02030101'): string => `foster,${area},${phone},khm,,${name},f,1985-04-02,,,`;
const loadFamilies = (who: Client, input: object): Promise<Outcome> =>
  who.act('loadFamilies', { officeId: offices.battambangTown, dryRun: false, on: TODAY, ...input }, 'FamilyLoad { id dryRun on rows done }', 'RecruitmentRefused');
const told = (who: Client, id: string, afterRow = 0) =>
  who.send('query ($id: Id!, $afterRow: Int) { familyLoad(id: $id) { rows done outcomes { outcome rows } results(afterRow: $afterRow) { row outcome code sentenceEn sentenceKm familyId candidates } } }', { id, afterRow });
const service = (): FamilyLoadsService => harness.app.get(FamilyLoadsService, { strict: false });
/** The jobs of a table's rows, as the outbox asks for them. */
const jobsOf = (id: string) =>
  harness.sql<{ job: string; row: string }>(`select o.subject_id as job, r.id as row from recruitment.family_load_rows r join platform.outbox o on o.payload ->> 'rowId' = r.id::text and o.event = $2 where r.load_id = $1 order by r.row`, [id, `job.${familyLoadJob.name}`]);
const proceed = (rowId: string): Promise<void> => queue.uow.system(systemActor(familyLoadJob.name), newKey(), (op) => service().proceed(op, rowId));
/** Does every job of a table once; one that fails is given up, as it is after its last try. */
async function written(id: string): Promise<void> {
  for (const { job, row } of await jobsOf(id)) {
    await proceed(row).catch(() => queue.uow.system(systemActor('queue.sweep'), newKey(), (op) => service().giveUp(op, job)));
  }
}
async function loaded(input: { table: string } & Record<string, unknown>) {
  const { result } = await loadFamilies(worker, input);
  await written(result.id);
  return { id: result.id as string, load: (await told(worker, result.id)).data.familyLoad };
}

describe('a table of families', () => {
  it('becomes families with applications, row by row; a bad row stops nothing, and its words are not kept', async () => {
    const known = await knownFamily(harness, { phone: '+85517000001', nameLatin: 'Keo Sophal', nameKm: null });
    const table = [HEAD, line('Heng Bopha', '០១៧ ០០០ ០០២'), line('Keo Other', '017 000 001'), line('Chan Broken', '117'), line('Sam Far', '', '17100101'), line('Sam Nowhere', '', '02039999'), line('Heng  Bopha'), line('Young One').replace('1985', '2005')].join('\n');
    const { id, load } = await loaded({ table });
    expect(load).toMatchObject({ rows: 7, done: 7 });
    expect(load.results.map((row: { row: number; outcome: string; code: string | null }) => [row.row, row.outcome, row.code])).toEqual([
      [1, 'created', null], [2, 'possible_duplicate', 'POSSIBLE_DUPLICATE'], [3, 'refused', 'ROW_PHONE'], [4, 'refused', 'AREA_OUTSIDE'], [5, 'refused', 'AREA_UNKNOWN'], [6, 'possible_duplicate', 'POSSIBLE_DUPLICATE'], [7, 'refused', 'CARER_TOO_YOUNG'],
    ]);
    expect(load.results[1]).toMatchObject({ candidates: [known.id], familyId: null });
    expect(load.results[5].sentenceEn).toContain('row 1');
    expect(load.results[2]).toMatchObject({ sentenceEn: expect.stringContaining('Cambodian telephone'), sentenceKm: expect.stringContaining('លេខទូរសព្ទ') });
    expect(load.outcomes).toEqual([{ outcome: 'created', rows: 1 }, { outcome: 'possible_duplicate', rows: 2 }, { outcome: 'refused', rows: 4 }]);
    const { familyId } = load.results[0];
    expect(await harness.sql('select phone, area_code, office_id from carers.families where id = $1', [familyId])).toEqual([{ phone: '+85517000002', area_code: '02030101', office_id: offices.battambangTown }]);
    expect(await harness.sql('select state, received_on, enquiry_id from recruitment.applications where family_id = $1', [familyId])).toEqual([{ state: 'received', received_on: TODAY, enquiry_id: null }]);
    expect(await harness.sql(`select act, reason from platform.acts where about_id = $1`, [familyId])).toEqual([{ act: `system:${familyLoadJob.name}`, reason: 'loaded' }]);
    expect(await harness.sql('select cells from recruitment.family_load_rows where load_id = $1 and cells is not null', [id])).toEqual([]);
  });

  it('may be tried first: nothing is created', async () => {
    const before = await harness.sql('select id from carers.families');
    const { load } = await loaded({ dryRun: true, table: [HEAD, line('Dry Run'), line('Dry Run', '', '02030102'), line('Other Name', 'x')].join('\r\n') });
    expect(load.results.map((row: { outcome: string }) => row.outcome)).toEqual(['would_create', 'possible_duplicate', 'refused']);
    expect(await harness.sql('select id from carers.families')).toHaveLength(before.length);
  });

  it('is boring when it is sent again, by its key or anew, and when its job runs again', async () => {
    const requestKey = newKey();
    const table = [HEAD, line('Again Once')].join('\n');
    const { id, load } = await loaded({ table, requestKey });
    expect(load.outcomes).toEqual([{ outcome: 'created', rows: 1 }]);
    expect((await loadFamilies(worker, { table, requestKey })).result).toMatchObject({ id, done: 1 });
    await written(id);
    const anew = await loaded({ table });
    expect(anew.load.results[0]).toMatchObject({ outcome: 'possible_duplicate', candidates: [load.results[0].familyId] });
    const knowing = await loaded({ table, acceptDuplicates: true });
    expect(knowing.load.results[0]).toMatchObject({ outcome: 'created', candidates: [load.results[0].familyId] });
    expect(await harness.sql(`select id from carers.families where name_latin = 'Again Once'`)).toHaveLength(2);
  });

  it('tells how far it is after every row, and is read a hundred rows at a time', async () => {
    const many = Array.from({ length: 130 }, (_, at) => line(`Many ${'abcdefghijklm'[at % 13]}${'nopqrstuvw'[Math.floor(at / 13)]}z`));
    const { result } = await loadFamilies(worker, { dryRun: true, table: [HEAD, ...many].join('\n') });
    expect(result).toMatchObject({ rows: 130, done: 0 });
    const [first] = await jobsOf(result.id);
    await proceed(first?.row ?? '');
    const told1 = (await told(worker, result.id)).data.familyLoad;
    expect(told1).toMatchObject({ done: 1, outcomes: [{ outcome: 'waiting', rows: 129 }, { outcome: 'would_create', rows: 1 }] });
    expect(told1.results).toHaveLength(100);
    expect((await told(worker, result.id, 100)).data.familyLoad.results).toHaveLength(30);
  });

  it('loses no other row when one cannot be written for a reason of ours', async () => {
    await harness.sql(`create function pg_temp_fail() returns trigger language plpgsql as $$ begin if new.name_latin = 'Fault Ours' then raise exception 'broken'; end if; return new; end $$`);
    await harness.sql('create trigger fails before insert on carers.families for each row execute function pg_temp_fail()');
    const { load } = await loaded({ table: [HEAD, line('Fault Before'), line('Fault Ours', '', '02030102'), line('Fault After', '', '02030201')].join('\n') });
    await harness.sql('drop trigger fails on carers.families');
    expect(load.results.map((row: { outcome: string; code: string | null }) => row.code ?? row.outcome)).toEqual(['created', 'ROW_FAILED', 'created']);
  });

  it.each([
    ['TABLE_EMPTY', HEAD], ['TABLE_HEADER', `${HEAD},secret\n${line('X')}`], ['TABLE_QUOTE', `${HEAD}\n"${line('X')}`], ['TABLE_TOO_LONG', [HEAD, ...Array.from({ length: 301 }, () => line('X'))].join('\n')],
  ])('is refused whole: %s', async (code, table) => {
    expect((await loadFamilies(worker, { table })).result).toMatchObject({ code });
  });

  it('is the office\'s own, not ahead, and nobody\'s without the posting', async () => {
    const table = [HEAD, line('Whose Row')].join('\n');
    expect((await loadFamilies(elsewhere, { table })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await loadFamilies(worker, { table, on: '2026-06-16' })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect((await loadFamilies(worker, { table: 'x'.repeat(60_001) })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    const { id } = await loaded({ dryRun: true, table });
    expect((await told(elsewhere, id)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    await expectDenied(harness, acts['family.load'], (who) => loadFamilies(who, { table }));
    await expectDenied(harness, acts['family_load.read'], (who) => told(who, id));
  });

  it('leaves no word of itself in acts, outbox, keys or logs', async () => {
    const rows = await harness.sql<{ text: string }>(['platform.acts', 'platform.outbox', 'platform.request_keys', 'recruitment.family_load_rows'].map((table) => `select t::text as text from ${table} t`).join(' union all '));
    const text = [...rows.map((row) => row.text), ...harness.logLines].join('\n');
    for (const secret of ['Bopha', 'Keo Other', '17000002', 'Chan Broken']) expect(text).not.toContain(secret);
  });
});

describe('the jobs of one table at the same moment, each of them twice', () => {
  it('write each family once', async () => {
    const { result } = await loadFamilies(worker, { table: [HEAD, ...['Ra', 'Re', 'Ri'].map((name) => line(`Race ${name}`))].join('\n') });
    const jobs = await jobsOf(result.id);
    await Promise.all([...jobs, ...jobs].map(({ row }) => proceed(row)));
    expect((await told(worker, result.id)).data.familyLoad).toMatchObject({ rows: 3, done: 3, outcomes: [{ outcome: 'created', rows: 3 }] });
    expect(await harness.sql(`select id from carers.families where name_latin like 'Race %'`)).toHaveLength(3);
  });
});

describe('the queue itself', () => {
  it('writes a table to its last row, also past one that cannot be written', async () => {
    await harness.sql(`create function queue_fault() returns trigger language plpgsql as $$ begin if new.name_latin = 'Queue Fault' then raise exception 'broken'; end if; return new; end $$`);
    await harness.sql('create trigger fails before insert on carers.families for each row execute function queue_fault()');
    const { result } = await loadFamilies(worker, { table: [HEAD, ...['Before', 'Fault', 'After'].map((name) => line(`Queue ${name}`))].join('\n') });
    const running = await startWorker(harness);
    try {
      for (let looks = 0; looks < 500; looks++) {
        if ((await told(worker, result.id)).data.familyLoad.done === 3) break;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    } finally {
      await running.close();
    }
    const { results } = (await told(worker, result.id)).data.familyLoad;
    expect(results.map((row: { outcome: string; code: string | null }) => row.code ?? row.outcome)).toEqual(['created', 'ROW_FAILED', 'created']);
    await harness.sql('drop trigger fails on carers.families');
  });
});
