import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/ids.js';
import { acts } from '../../src/statistics/statistics.policy.js';
import { quarterDays } from '../../src/statistics/statistics.service.js';
import { Harness, newKey } from '../support/harness.js';
import type { Client } from '../support/harness.js';
import { arrangeInstitution, arrangeOffices, expectDenied, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';

let harness: Harness;
let offices: Offices;
let supervisor: Person;
let analyst: Person;
let ministry: Person;

interface Stay {
  readonly kind: string;
  readonly from: string;
  readonly to?: string;
  readonly recorded?: string;
}

/** A child of Battambang town with these stays, as the owner writes them. */
async function child(sex: string, born: string, institution: string, stays: readonly Stay[]): Promise<string> {
  const id = newId();
  await harness.sql(
    `insert into children.children (id, sex, birth_date, birth_precision, birth_basis, office_id, registered_on, first_seen_on, last_seen_on) values ($1, $2, $3, 'day', 'birth_certificate', $4, '2026-01-05', '2026-01-05', '2026-01-05')`,
    [id, sex, born, offices.battambangTown],
  );
  for (const stay of stays) {
    await harness.sql(
      `insert into placements.episodes (id, child_id, during, kind, institution_id, office_id, recorded_at) values ($1, $2, daterange($3, $4), $5, $6, $7, $8)`,
      [newId(), id, stay.from, stay.to ?? null, stay.kind, stay.kind === 'institution' ? institution : null, offices.battambangTown, stay.recorded ?? '2026-01-05T03:00:00Z'],
    );
  }
  return id;
}

beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  supervisor = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
  ministry = await signedIn(harness, { role: 'supervisor', office: offices.ministry });
  analyst = await signedIn(harness, { role: 'policy_analyst' });
  const institution = await arrangeInstitution(harness);
  for (let i = 0; i < 17; i++) await child(i % 2 === 0 ? 'female' : 'male', '2015-05-05', institution, [{ kind: 'institution', from: '2025-02-01' }]);
  for (let i = 0; i < 12; i++) await child('female', '2019-05-05', institution, [{ kind: 'institution', from: '2025-02-01', to: '2026-03-02' }, { kind: 'home', from: '2026-03-02' }]);
  for (let i = 0; i < 3; i++) await child('male', '2010-05-05', institution, [{ kind: 'hospital', from: '2026-03-30', recorded: '2026-05-01T03:00:00Z' }]);
});
afterAll(() => harness.stop());

const COUNTS = `query ($on: Day!, $asKnownOn: Day, $areaCode: String) { careCounts(on: $on, asKnownOn: $asKnownOn, areaCode: $areaCode) {
  __typename ... on CareCounts { on asKnownOn counts { careKind count } } ... on StatisticsRefused { code message } } }`;
const counts = async (who: Client, variables: object) => (await who.send(COUNTS, variables)).data.careCounts;
const byKind = (answer: { counts: { careKind: string; count: number }[] }) => Object.fromEntries(answer.counts.map(({ careKind, count }) => [careKind, count]));

describe('exact counts', () => {
  it('say who lived where on a day, for who may see the records', async () => {
    expect(byKind(await counts(supervisor, { on: '2026-03-01' }))).toEqual({ residential: 29, foster: 0, kinship: 0, family_house: 0, home: 0, other: 0 });
    expect(byKind(await counts(supervisor, { on: '2026-03-02' }))).toMatchObject({ residential: 17, home: 12 });
    expect(byKind(await counts(supervisor, { on: '2026-03-31' }))).toMatchObject({ other: 3 });
  });

  it('say it as it was known on another day', async () => {
    expect(byKind(await counts(supervisor, { on: '2026-03-31', asKnownOn: '2026-04-30' }))).toMatchObject({ other: 0 });
    expect(byKind(await counts(supervisor, { on: '2026-03-31', asKnownOn: '2026-05-01' }))).toMatchObject({ other: 3 });
  });

  it('are of the caller\'s offices only', async () => {
    const elsewhere = await signedIn(harness, { role: 'supervisor', office: offices.siemReap });
    expect(byKind(await counts(elsewhere, { on: '2026-03-01' }))).toMatchObject({ residential: 0 });
    expect(byKind(await counts(ministry, { on: '2026-03-01' }))).toMatchObject({ residential: 29 });
    expect(byKind(await counts(ministry, { on: '2026-03-01', areaCode: '17' }))).toMatchObject({ residential: 0 });
    expect((await supervisor.send(COUNTS, { on: '2026-03-01', areaCode: '17' })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await supervisor.send(COUNTS, { on: '2026-03-01', areaCode: 'x' })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('count one person once, however many files she has, as it was known then', async () => {
    const pair = [
      await child('female', '2012-05-05', await arrangeInstitution(harness), [{ kind: 'home', from: '2024-01-01', to: '2024-07-01' }]),
      await child('female', '2012-05-05', await arrangeInstitution(harness), [{ kind: 'home', from: '2024-03-01', to: '2024-09-01' }]),
    ];
    const home = async (on: string, asKnownOn = '2026-06-15'): Promise<number | undefined> => byKind(await counts(supervisor, { on, asKnownOn }))['home'];
    expect([await home('2024-02-01'), await home('2024-05-01'), await home('2024-08-01')]).toEqual([1, 2, 1]);
    const merge = newId();
    await harness.sql(
      `insert into children.merges (id, kept_id, other_id, kept_number, other_number, on_day, merged_by, merged_at, reason, no_twins)
       select $1, k.id, o.id, k.number, o.number, '2026-06-01', $4, '2026-06-01T03:00:00Z', 'x', false from children.children k, children.children o where k.id = $2 and o.id = $3`,
      [merge, pair[0], pair[1], ministry.accountId],
    );
    // The days that only the other file knows are still hers.
    expect([await home('2024-02-01'), await home('2024-05-01'), await home('2024-08-01')]).toEqual([1, 1, 1]);
    expect(await home('2024-05-01', '2026-05-31')).toBe(2);
    await harness.sql(`update children.merges set undone_at = '2026-06-10T03:00:00Z', undone_on = '2026-06-10', undone_by = $2, undone_reason = 'x' where id = $1`, [merge, ministry.accountId]);
    expect([await home('2024-05-01', '2026-06-05'), await home('2024-05-01')]).toEqual([1, 2]);
  });

  it('are not for a day to come, nor for a policy analyst', async () => {
    expect(await counts(supervisor, { on: '2026-06-16' })).toMatchObject({ code: 'DAY_NOT_COME' });
    expect(await counts(analyst, { on: '2026-03-01' })).toMatchObject({ __typename: 'StatisticsRefused', code: 'QUARTERS_ONLY' });
  });

  it('are counted by nobody without the posting', () => expectDenied(harness, acts['statistics.count'], (who) => who.send(COUNTS, { on: '2026-03-01' })));
});

const publish = (who: Client, input: object) =>
  who.act('publishQuarter', { quarter: '2026-Q1', ...input }, 'PublishedQuarter { id quarter referenceDay asKnownOn cells { dimension category careKind shown } }', 'StatisticsRefused');
const READ = 'query ($quarter: String!) { publishedQuarter(quarter: $quarter) { quarter roundedTo leastShown cells { dimension category careKind shown } } }';

describe('a published quarter', () => {
  it('is published once by the ministry, rounded, and read by a policy analyst', async () => {
    expect((await publish(supervisor, {})).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await publish(ministry, { quarter: '2026-Q2' })).result).toMatchObject({ code: 'QUARTER_NOT_OVER', details: [{ name: 'lastDay', values: ['2026-06-30'] }] });
    const requestKey = newKey();
    const first = await publish(ministry, { requestKey });
    expect(first.result).toMatchObject({ __typename: 'PublishedQuarter', referenceDay: '2026-03-31', asKnownOn: '2026-06-15' });
    expect((await publish(ministry, { requestKey })).result.id).toBe(first.result.id);
    expect((await publish(ministry, {})).result.code).toBe('PUBLISHED_ALREADY');

    const { data } = await analyst.send(READ, { quarter: '2026-Q1' });
    const cells = new Map<string, number | null>(
      data.publishedQuarter.cells.map((cell: { dimension: string; category: string; careKind: string; shown: number | null }) => [`${cell.dimension}/${cell.category}/${cell.careKind}`, cell.shown]),
    );
    expect(Object.fromEntries(cells)).toMatchObject({
      'country/all/residential': 15, 'country/all/home': 10, 'country/all/other': null, 'country/all/all': 30,
      'province/02/residential': 15, 'age_band/6-11/home': 10, 'sex/male/residential': null, 'left_residential_for/all/home': 10,
    });
    expect((await analyst.send('{ publishedQuarters }')).data.publishedQuarters).toEqual(['2026-Q1']);
    expect((await analyst.send(READ, { quarter: '2025-Q4' })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await analyst.send(READ, { quarter: 'last' })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('is published once when two publish at the same moment', async () => {
    const both = await Promise.all([publish(ministry, { quarter: '2025-Q4' }), publish(ministry, { quarter: '2025-Q4' })]);
    expect(both.map(({ result }) => result.code ?? 'published').sort()).toEqual(['PUBLISHED_ALREADY', 'published']);
  });

  it('is published and read by nobody without the posting', async () => {
    await expectDenied(harness, acts['statistics.publish'], (who) => publish(who, { quarter: '2025-Q3' }));
    await expectDenied(harness, acts['statistics.read'], (who) => who.send(READ, { quarter: '2026-Q1' }));
  });

  it('knows the days of a quarter', () => {
    expect([quarterDays('2026-Q1'), quarterDays('2024-Q4')]).toEqual([['2026-01-01', '2026-03-31'], ['2024-10-01', '2024-12-31']]);
  });
});

describe('the role that reads published figures', () => {
  it('can read no person\'s row, and nothing that is not published', async () => {
    const client = await harness.owner.connect();
    try {
      await client.query('set role register_reader');
      const tables = await client.query<{ name: string }>(
        `select schemaname || '.' || tablename as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema', 'statistics')
         and has_schema_privilege(schemaname, 'usage') and has_table_privilege(format('%I.%I', schemaname, tablename), 'select') order by 1`,
      );
      expect(tables.rows.map(({ name }) => name)).toEqual(['institutions.institutions', 'platform.settings', 'territory.areas', 'territory.offices']);
      await expect(client.query('select published_by from statistics.releases')).rejects.toThrow(/permission denied/);
    } finally {
      await client.query('reset role');
      client.release();
    }
  });

  it('is what the API becomes for a published figure: a person\'s row is refused to it', async () => {
    const answer = await analyst.send('query ($id: Id!) { enquiry(id: $id) { id } }', { id: newId() });
    expect(answer.errors?.[0]).toMatchObject({ message: 'Policy analysts read published statistics only: no record of any person, by any route.', extensions: { code: 'FORBIDDEN' } });
  });
});
