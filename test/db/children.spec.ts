import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { rankOf, wantedOf } from '../../src/children/search.domain.js';
import { earliestBirth, latestBirth } from '../../src/kernel/age.js';
import type { BirthDate } from '../../src/kernel/age.js';
import { newId } from '../../src/kernel/ids.js';
import { nameKeys } from '../../src/kernel/khmer.js';
import { Harness } from '../support/harness.js';
import { arrangeInstitution, arrangeOffices } from '../support/people.js';
import type { Offices } from '../support/people.js';
import { contactRisk, need, registeredChild, sharedWith, siblings } from '../support/given-children.js';

let harness: Harness;
let offices: Offices;
let institution: string;
let here: string;
let there: string;

beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  institution = await arrangeInstitution(harness);
  here = (await registeredChild(harness, { institution })).id;
  there = (await registeredChild(harness, { institution: await arrangeInstitution(harness, '171001', 'House of the River') })).id;
  for (const id of [here, there]) {
    await need(harness, id, 'therapy');
    await contactRisk(harness, id, { adultName: 'Somebody' });
    await harness.sql('insert into children.relatives (id, child_id, relation, whereabouts) values ($1, $2, $3, $4)', [newId(), id, 'mother', 'unknown']);
    await harness.sql(`insert into children.legal_bases (id, child_id, kind, during) values ($1, $2, 'none_known', '[2026-05-04,)')`, [newId(), id]);
  }
  await siblings(harness, [here, there]);
});
afterAll(() => harness.stop());

interface Scope {
  readonly child_offices?: readonly string[];
  readonly child_institutions?: readonly string[];
  readonly today?: string;
}

/** Works as the API's own role with these ids in its transaction, and keeps nothing. */
async function as<T>(scope: Scope, work: (client: pg.Client) => Promise<T>, url = harness.database.apiUrl): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin');
    for (const [name, value] of Object.entries(scope)) await client.query('select set_config($1, $2, true)', [`app.${name}`, Array.isArray(value) ? value.join(',') : value]);
    const done = await work(client);
    await client.query('rollback');
    return done;
  } finally {
    await client.end();
  }
}

const OF_A_CHILD = ['children.siblings', 'children.needs', 'children.relatives', 'children.legal_bases', 'children.contact_risks', 'children.name_keys'];
const seen = (client: pg.Client): Promise<string[]> => client.query<{ id: string }>('select id from children.children order by id').then(({ rows }) => rows.map(({ id }) => id));
const owners = (client: pg.Client, table: string): Promise<string[]> =>
  client.query<{ child_id: string }>(`select distinct child_id from ${table} order by 1`).then(({ rows }) => rows.map(({ child_id: id }) => id));

describe('row security of children', () => {
  it('shows nobody to who has no context', () =>
    as({}, async (client) => {
      expect(await seen(client)).toEqual([]);
      for (const table of OF_A_CHILD) expect([table, await owners(client, table)]).toEqual([table, []]);
    }));

  it('shows an office its own children and what hangs on them, never another\'s', () =>
    as({ child_offices: [offices.battambangTown, offices.banan] }, async (client) => {
      expect(await seen(client)).toEqual([here]);
      for (const table of OF_A_CHILD) expect([table, await owners(client, table)]).toEqual([table, [here]]);
    }));

  it('shows an institution the children who live there, but no contact risk and nothing they said', async () => {
    await harness.sql(`insert into children.views (id, child_id, heard_on, heard_by, alone, text) values ($1, $2, '2026-06-01', $3, true, 'words')`, [newId(), here, await account()]);
    await as({ child_institutions: [institution] }, async (client) => {
      expect(await seen(client)).toEqual([here]);
      expect(await owners(client, 'children.needs')).toEqual([here]);
      expect(await owners(client, 'children.contact_risks')).toEqual([]);
      expect(await owners(client, 'children.views')).toEqual([]);
    });
    await as({ child_offices: [offices.battambangTown] }, async (client) => expect(await owners(client, 'children.views')).toEqual([here]));
  });

  it('shows the office where she comes from, and the one her file is shared with on that day only', async () => {
    const child = await registeredChild(harness, { institution, originOffice: offices.siemReapTown });
    await as({ child_offices: [offices.siemReapTown] }, async (client) => expect(await seen(client)).toEqual([there, child.id].sort()));
    await sharedWith(harness, here, offices.banan, '2026-06-01', '2026-06-10');
    await as({ child_offices: [offices.banan], today: '2026-06-09' }, async (client) => {
      expect(await seen(client)).toEqual([here]);
      expect(await owners(client, 'children.contact_risks')).toEqual([here]);
    });
    await as({ child_offices: [offices.banan], today: '2026-06-10' }, async (client) => expect(await seen(client)).toEqual([]));
    await as({ child_offices: [offices.battambang], today: '2026-06-09' }, async (client) => expect(await seen(client)).toEqual([]));
  });

  it('takes no child, part or share of another office, and lets nobody be moved out of sight', async () => {
    const insert = `insert into children.children (id, sex, birth_date, birth_precision, birth_basis, office_id, registered_on, first_seen_on, last_seen_on)
      values ($1, 'male', '2015-01-01', 'year', 'estimated', $2, '2026-06-15', '2026-06-15', '2026-06-15')`;
    const mine: Scope = { child_offices: [offices.battambangTown] };
    await as(mine, (client) => client.query(insert, [newId(), offices.battambangTown]));
    const broken = (sql: string, values: unknown[]) => expect(as(mine, (client) => client.query(sql, values))).rejects.toThrow(/row-level security/);
    await broken(insert, [newId(), offices.siemReapTown]);
    await broken(`insert into children.needs (id, child_id, kind, level, during) values ($1, $2, 'therapy', 1, '[2020-01-01,2021-01-01)')`, [newId(), there]);
    await broken(`insert into children.shares (id, child_id, office_id, during, why) values ($1, $2, $3, '[2026-06-01,)', 'other')`, [newId(), there, offices.battambangTown]);
    await broken('update children.children set office_id = $2, institution_id = null where id = $1', [here, offices.siemReapTown]);
    await as(mine, async (client) => expect((await client.query('update children.children set religion = null where id = $1', [there])).rowCount).toBe(0));
  });

  it('lets the API read no share, change no number, and delete no child', () =>
    as({ child_offices: [offices.battambangTown] }, async (client) => {
      for (const sql of ['select * from children.shares', 'update children.children set number = 1', 'delete from children.children', 'delete from children.contact_risks', 'update children.views set text = null']) {
        await client.query('savepoint before');
        await expect(client.query(sql)).rejects.toThrow(/permission denied/);
        await client.query('rollback to before');
      }
    }));

  it('shows the worker everybody, and the reader of statistics nobody', async () => {
    await as({}, async (client) => expect((await seen(client)).length).toBeGreaterThan(2), harness.database.workerUrl);
    await as({ child_offices: [offices.battambangTown] }, async (client) => {
      await client.query('set local role register_reader');
      await expect(client.query('select id from children.children')).rejects.toThrow(/permission denied/);
    });
  });
});

async function account(): Promise<string> {
  const id = newId();
  await harness.sql(`insert into staff.accounts (id, login, name_latin, state, password_hash) values ($1, $2, 'Somebody', 'active', 'none')`, [id, `v-${id.slice(-8)}`]);
  return id;
}

describe('what the database refuses of a child', () => {
  const child = (changes: Record<string, string | null>) => {
    const row: Record<string, string | null> = {
      id: newId(), sex: 'female', birth_date: '2026-06-01', birth_precision: 'day', birth_basis: 'estimated', office_id: offices.battambangTown,
      registered_on: '2026-06-15', first_seen_on: '2026-06-10', last_seen_on: '2026-06-10', ...changes,
    };
    return harness.sql(`insert into children.children (${Object.keys(row).join(', ')}) values (${Object.keys(row).map((_, at) => `$${at + 1}`).join(', ')})`, Object.values(row));
  };

  it.each([
    ['children_born_before_seen', { birth_date: '2026-06-11' }],
    ['children_born_before_seen', { birth_date: '2026-07-31', birth_precision: 'month' }],
    ['children_born_before_seen', { birth_date: '2027-01-01', birth_precision: 'year' }],
    ['children_born_before_seen', { birth_date: '2027-06-11', birth_precision: 'estimated' }],
    ['children_seen', { last_seen_on: '2026-06-09' }],
    ['children_died', { died_on: '2026-06-09' }],
    ['children_sex', { sex: 'other' }],
    ['children_birth_basis', { birth_basis: 'rumour' }],
    ['children_reasons', { main_reason: 'poverty', reasons: '{poverty}' }],
    ['children_main_reason', { main_reason: 'orphan' }],
    ['children_main_reason', { reasons: '{orphan}' }],
    ['children_parental_status', { parental_status: 'one' }],
    ['children_civil_registration', { civil_registration: 'no' }],
  ])('%s: %j', async (constraint, changes) => {
    await expect(child(changes)).rejects.toMatchObject({ constraint });
  });

  it('and takes what is only vague', async () => {
    await child({ birth_date: '2026-06-30', birth_precision: 'month' });
    await child({ birth_date: '2026-12-31', birth_precision: 'year' });
    await child({ birth_date: '2027-06-09', birth_precision: 'estimated' });
    await child({ main_reason: 'abuse', reasons: '{abuse,schooling}', died_on: '2026-06-10' });
  });

  it('one need twice on a day, two known legal bases, a place for nobody', async () => {
    await expect(harness.sql(`insert into children.needs (id, child_id, kind, level, during) values ($1, $2, 'therapy', 1, '[2026-06-01,)')`, [newId(), here])).rejects.toMatchObject({ constraint: 'needs_once' });
    await expect(harness.sql(`insert into children.needs (id, child_id, kind, level, during) values ($1, $2, 'hiv', 1, '[2026-06-01,)')`, [newId(), here])).rejects.toMatchObject({ constraint: 'needs_kind' });
    const basis = (during: string) => harness.sql(`insert into children.legal_bases (id, child_id, kind, decided_on, during) values ($1, $2, 'court_decision', '2026-01-01', $3)`, [newId(), here, during]);
    await basis('[2026-01-01,)');
    await expect(basis('[2026-02-01,)')).rejects.toMatchObject({ constraint: 'legal_bases_one_at_a_time' });
    await expect(harness.sql(`insert into children.contact_risks (id, child_id, during, reason) values ($1, $2, '[2026-01-01,)', 'none')`, [newId(), here])).rejects.toMatchObject({ constraint: 'contact_risks_whom' });
    await expect(harness.sql('insert into children.siblings (child_id, group_id) select child_id, group_id from children.siblings limit 1')).rejects.toMatchObject({ constraint: 'siblings_pkey' });
  });
});

describe('children found by name', () => {
  it('are those of row security, ranked by a naive statement, for few and for many offices, page by page', async () => {
    const parts = ['Sovath', 'Nimol', 'Rady', 'Thavy'];
    const precisions = ['day', 'month', 'year', 'estimated'] as const;
    const river = await arrangeInstitution(harness, '171001', 'House of the Sea');
    for (let n = 0; n < 40; n += 1) {
      const name = [parts[n % 4], parts[(n >> 2) % 4], n % 7 === 0 ? parts[(n >> 1) % 4] : ''].filter((part) => part !== '').join(n % 5 === 0 ? '' : ' ');
      const child = await registeredChild(harness, {
        institution: n % 3 === 0 ? null : n % 3 === 1 ? institution : river, nameKm: null, nameLatin: name, ...(n % 3 === 0 && { office: offices.banan }), originOffice: n % 8 === 0 ? offices.siemReapTown : null,
        birthDate: `20${10 + (n % 6)}-0${1 + (n % 9)}-28`, birthPrecision: precisions[n % 4] ?? 'day',
      });
      if (n % 9 === 0) await sharedWith(harness, child.id, offices.battambangTown, '2026-06-01', null);
    }
    const everywhere = [...Object.values(offices), ...Array.from({ length: 70 }, () => newId())];
    const scopes: Scope[] = [
      { child_offices: [offices.battambangTown] }, { child_offices: [offices.battambangTown, offices.siemReapTown] }, { child_institutions: [river] }, { child_offices: everywhere },
      // Many offices, and yet she sees only some: what the walk passes over must not be missing below.
      { child_offices: [...everywhere.slice(6), offices.siemReapTown] }, {},
    ];
    for (const scope of scopes) {
      await as({ today: '2026-06-15', ...scope }, async (client) => {
        const { rows: visible } = await client.query<{ id: string; number: number; km: string | null; latin: string | null; date: string; precision: string }>(
          'select id, number, name_km as km, name_latin as latin, birth_date::text as date, birth_precision as precision from children.children');
        for (const [text, from, to] of [['Sovath', null, null], ['Sovath Nimol', null, null], ['rady-nimol', '2012-01-01', '2012-12-31'], ['Thavy Rady Sovath', null, null], ['SovathNimol', '2010-06-01', '2013-01-31'], ['Nobody', null, null]] as const) {
          const wanted = wantedOf(text);
          if (wanted === undefined || 'number' in wanted) throw new Error('no name');
          const naive = visible.map((row) => ({ ...row, rank: rankOf(nameKeys(row.km, row.latin), wanted), birth: { date: row.date, precision: row.precision } as BirthDate }))
            .filter(({ rank, birth }) => rank > 0 && (from === null || (latestBirth(birth) >= from && earliestBirth(birth) <= to)))
            .sort((a, b) => b.rank - a.rank || a.number - b.number).map(({ id }) => id);
          const paged: string[] = [];
          for (let last: { child_id: string; rank: number; number: number } | undefined; ;) {
            const { rows: page } = await client.query<{ child_id: string; rank: number; number: number }>(
              'select * from children.found($1::text[], $2::text[], $3, $4, $5, $6, 3) order by rank desc, number', [wanted.wholes, wanted.parts, from, to, last?.rank ?? null, last?.number ?? null]);
            paged.push(...page.map(({ child_id: id }) => id));
            last = page[2];
            if (last === undefined) break;
          }
          expect({ scope, text, paged }).toEqual({ scope, text, paged: naive });
        }
      });
    }
  });

  it('carry the days between which they can have been born, as the program reckons them', async () => {
    const { rows } = await as({}, (client) => client.query<{ date: string; precision: string; from: string; to: string }>(
      `select d::date::text as date, p as precision, children.born_from(d::date, p)::text as from, children.born_to(d::date, p)::text as to
       from (select generate_series('2011-12-20'::timestamp, '2013-03-02', '1 day') union values ('1900-05-05'::timestamp), ('1901-01-01'), ('2199-12-31'), ('2200-02-28')) s (d), unnest(array['day', 'month', 'year', 'estimated']) p`));
    const wrong = rows.filter(({ date, precision, from, to }) => earliestBirth({ date, precision } as BirthDate) !== from || latestBirth({ date, precision } as BirthDate) !== to);
    expect(wrong).toEqual([]);
    expect(rows.length).toBeGreaterThan(1_700);
  });
});
