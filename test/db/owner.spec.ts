import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { loadDemo } from '../../src/demo/demo.js';
import { addressAs } from '../../src/platform/database/roles.js';
import { createDatabase, OWNER, type TestDatabase } from '../support/database.js';

// The template was migrated by an owner who is no superuser: here is what follows from it.

const OURS = `n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public')`;
const LOGINS = ['register_api', 'register_worker', 'register_reader'];

interface Definer {
  readonly name: string;
  readonly owner: string;
  readonly settings: readonly string[] | null;
  readonly callers: readonly string[];
}

async function connected<T>(url: string, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}

/** A statement in a transaction of somebody who sees these offices' families and children, undone. */
async function seeing<T extends object>(client: pg.Client, offices: string, sql: string, institutions = ''): Promise<T[]> {
  await client.query('begin');
  try {
    await client.query(`select set_config('app.child_institutions', $1, true)`, [institutions]);
    for (const name of ['family_offices', 'child_offices', 'money_offices']) await client.query('select set_config($1, $2, true)', [`app.${name}`, offices]);
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.query('rollback');
  }
}

describe('an owner who is no superuser', () => {
  let database: TestDatabase;
  let landlordUrl: string;
  let offices: string;
  let family: string;

  beforeAll(async () => {
    database = await createDatabase();
    landlordUrl = addressAs(database.ownerUrl, OWNER, 'owner');
    await loadDemo(landlordUrl);
    await connected(database.ownerUrl, async (client) => {
      offices = (await client.query<{ ids: string }>(`select string_agg(id::text, ',') as ids from territory.offices`)).rows[0]?.ids ?? '';
      family = (await client.query<{ id: string }>('select id from carers.families limit 1')).rows[0]?.id ?? '';
    });
  });
  afterAll(() => database.drop());

  it('has loaded the demonstration, and loads it once', async () => {
    const count = (): Promise<object[]> => connected(database.ownerUrl, async (client) => (await client.query(
      `select (select count(*)::int from carers.families) as families, (select count(*)::int from children.children) as children,
              (select count(*)::int from staff.accounts) as accounts, (select count(*)::int from statistics.cells where shown > 0) > 0 as published`,
    )).rows);
    const first = await count();
    expect(first).toEqual([{ families: expect.any(Number), children: expect.any(Number), accounts: expect.any(Number), published: true }]);
    expect(Math.min(...Object.values(first[0] ?? {}).map(Number))).toBeGreaterThan(0);
    await loadDemo(landlordUrl);
    expect(await count()).toEqual(first);
  });

  it('owns everything; the logins own nothing but the sequences of the queue', async () => {
    const { rows } = await connected(database.ownerUrl, (client) => client.query(
      `select distinct o.owner, r.rolsuper or r.rolbypassrls as strong from (
         select n.nspname, pg_get_userbyid(n.nspowner) as owner from pg_namespace n where ${OURS}
         union select n.nspname, pg_get_userbyid(c.relowner) from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${OURS} and not (c.relkind = 'S' and n.nspname = 'bullmq')
         union select n.nspname, pg_get_userbyid(p.proowner) from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${OURS}
       ) o join pg_roles r on r.rolname = o.owner`,
    ));
    expect(rows).toEqual([{ owner: OWNER, strong: false }]);
  });

  it('is bound by no row security of his own, and everybody else by all of it', async () => {
    const { rows } = await connected(database.ownerUrl, (client) => client.query<{ name: string; on: boolean; forced: boolean; roles: string[] }>(
      `select c.oid::regclass::text as name, c.relrowsecurity as on, c.relforcerowsecurity as forced, array_agg(distinct pg_get_userbyid(m)::text) as roles
       from pg_class c join pg_namespace n on n.oid = c.relnamespace left join pg_policy p on p.polrelid = c.oid left join unnest(p.polroles) m on true
       where ${OURS} and c.relkind = 'r' and (c.relrowsecurity or c.relforcerowsecurity or p.oid is not null) group by c.oid`,
    ));
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter((table) => !table.on || table.forced || table.roles.some((role) => !LOGINS.includes(role)))).toEqual([]);
  });

  it('lends his eyes only through functions that fix their search_path, to logins that are named', async () => {
    const { rows } = await connected(database.ownerUrl, (client) => client.query<Definer>(
      `select p.oid::regprocedure::text as name, pg_get_userbyid(p.proowner)::text as owner, p.proconfig as settings,
              array(select coalesce(r.rolname, 'public')::text from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a left join pg_roles r on r.oid = a.grantee
                    where a.grantee <> p.proowner order by 1) as callers
       from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and ${OURS}`,
    ));
    expect(rows.length).toBeGreaterThan(5);
    const loose = rows.filter(({ owner, settings, callers }) =>
      owner !== OWNER || !settings?.some((setting) => setting.startsWith('search_path=')) || callers.some((caller) => caller !== 'register_api' && caller !== 'register_worker'));
    expect(loose).toEqual([]);
    // A schema of the path in which a caller could put something of his own would be no fixed path.
    const schemas = new Set(rows.flatMap(({ settings }) => (settings?.[0] ?? '').replace('search_path=', '').split(/[ ,"]+/)).filter((name) => name !== '' && name !== 'pg_temp'));
    for (const login of LOGINS) {
      for (const schema of schemas) {
        const may = await connected(database.ownerUrl, (client) => client.query<{ may: boolean }>(`select has_schema_privilege($1, $2, 'create') as may`, [login, schema]));
        expect({ login, schema, may: may.rows[0]?.may }).toEqual({ login, schema, may: false });
      }
    }
  });

  it('sees the rows in those functions: for whom the scope lets in, and for nobody else', async () => {
    await connected(database.apiUrl, async (client) => {
      const candidates = `select id from carers.candidates(current_date)`;
      const locked = `select * from carers.lock_family('${family}')`;
      const facts = `select facts from placements.family_facts(array['${family}']::uuid[], current_date, '{}')`;
      const paying = `select office_id from support.paying_office('${family}', null)`;
      for (const sql of [candidates, locked, facts, paying]) {
        expect({ sql, some: (await seeing(client, offices, sql)).length > 0 }).toEqual({ sql, some: true });
        expect({ sql, rows: (await seeing(client, '', sql)).length }).toEqual({ sql, rows: 0 });
      }
    });
  });

  it('reads the scope of whoever asks once for each statement, in every policy', async () => {
    const byRow = await connected(database.ownerUrl, (client) => client.query(`select tablename, policyname from pg_policies where qual ~ 'ANY \\(platform\\.ids'`));
    expect(byRow.rows).toEqual([]);
  });

  it('counts exactly the children whom row security lets through, as known on any day', async () => {
    const known = (moment: string): string => `select child_id, during, kind, office_id from placements.episodes where recorded_at < ${moment}
      union all select child_id, during, kind, office_id from placements.episode_versions where recorded @> (${moment})::timestamptz and lower(recorded) < ${moment}`;
    const counts = (from: string): string => `select office_id, kind, sum(n)::int as n from (${from}) x group by 1, 2 order by 1, 2`;
    const houses = await connected(database.ownerUrl, (client) => client.query<{ id: string }>('select institution_id as id from children.children where institution_id is not null group by 1 order by count(*) desc limit 2'));
    const several = offices.split(',');
    const house = houses.rows.map(({ id }) => id);
    let counted = 0;
    await connected(database.apiUrl, async (client) => {
      for (const scope of ['', ...several.slice(0, 12), several.slice(3, 8).join(','), offices]) {
        for (const institutions of scope === offices || scope === '' ? ['', house.join(',')] : [house[0] ?? '']) {
          for (const [on, moment] of [['current_date', 'now()'], ['current_date - 200', `now() - interval '100 days'`], ['current_date - 500', 'now()']] as const) {
            const allowed = await seeing(client, scope, counts(`select office_id, kind, count(*) as n from (${known(moment)}) k where during @> (${on})::date group by 1, 2`), institutions);
            const told = await seeing<{ n: number }>(client, scope, counts(`select office_id, kind, children as n from statistics.counted((${on})::date, ${moment})`), institutions);
            expect({ scope, institutions, on, told }).toEqual({ scope, institutions, on, told: allowed });
            counted += told.reduce((sum, { n }) => sum + n, 0);
          }
        }
      }
    });
    expect(counted).toBeGreaterThan(300);
  });

  it('would see nothing if row security were forced on him: what the test above would notice', async () => {
    await connected(landlordUrl, (client) => client.query('alter table carers.families force row level security'));
    const rows = await connected(database.apiUrl, (client) => seeing(client, offices, 'select id from carers.candidates(current_date)'));
    await connected(landlordUrl, (client) => client.query('alter table carers.families no force row level security'));
    expect(rows).toEqual([]);
  });

  it.each(['apiUrl', 'workerUrl'] as const)('cannot be got round by %s', async (who) => {
    await connected(database[who], async (client) => {
      for (const sql of [
        `set role ${OWNER}`, 'set session authorization postgres', 'set session_replication_role = replica',
        'alter table carers.families disable row level security', 'create policy mine on carers.families using (true)',
        'alter role current_user bypassrls', 'drop function carers.candidates',
        `create function carers.mine() returns int language sql as 'select 1'`, 'copy carers.families to program $$cat$$',
      ]) await expect(client.query(sql).then(() => sql)).rejects.toThrow(/permission denied|must be owner|Only roles|must be superuser|BYPASSRLS/i);
      // Only a warning where one has nothing to give.
      await client.query('grant select on carers.families to public');
      const granted = await client.query(`select 1 from information_schema.role_table_grants where grantee = 'PUBLIC' and table_schema = 'carers'`);
      expect(granted.rows).toEqual([]);
    });
    await connected(database.apiUrl, async (client) => {
      expect((await client.query('select id from carers.families')).rows).toEqual([]);
      await client.query('set row_security = off');
      await expect(client.query('select id from carers.families')).rejects.toThrow(/row-level security policy/);
    });
  });
});
