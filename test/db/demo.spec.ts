import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { DataSource } from 'typeorm';
import '../../src/app.module.js';
import { TABLES, Sheets, days, json } from '../../src/demo/copy.js';
import type { Cell } from '../../src/demo/copy.js';
import { invent } from '../../src/demo/country.js';
import { inventCountry } from '../../src/demo/demo.command.js';
import { SMALL, inventInto, loadDemo } from '../../src/demo/demo.js';
import { civil } from '../../src/kernel/civil-date.js';
import { newId } from '../../src/kernel/ids.js';
import { allActs } from '../../src/platform/auth/acts.js';
import { systemActor } from '../../src/platform/auth/roles.js';
import type { Op } from '../../src/platform/database/op.js';
import { addressAs } from '../../src/platform/database/roles.js';
import type { Tx } from '../../src/platform/database/tx.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { EntitlementsService } from '../../src/support/entitlements.service.js';
import { payableChildren, runRules } from '../../src/support/facts.queries.js';
import { calculateRun } from '../../src/support/run.domain.js';
import { OWNER, createDatabase } from '../support/database.js';
import type { TestDatabase } from '../support/database.js';
import { verifyStandings } from '../../src/verify.command.js';
import { OF_CHILDREN, OF_FAMILIES } from '../support/demo-invariants.js';
import { StandingClock } from '../support/harness.js';

/** Of another size by DEMO_SCALE=1: the same must hold of a whole country. */
const SCALE = Number(process.env['DEMO_SCALE'] ?? SMALL.scale);
/** The day of the clock below, at ten in the morning. */
const TODAY = '2026-06-15';

describe('the demonstration', () => {
  let database: TestDatabase;
  let owner: pg.Client;
  let ownerUrl: string;
  const clock = new StandingClock();
  const rows = async <T extends object>(sql: string, values: readonly unknown[] = []): Promise<T[]> => (await owner.query<T>(sql, [...values])).rows;
  /** What breaks an invariant: none. */
  const none = async (sql: string, values: readonly unknown[] = []): Promise<void> => expect(await rows(`select * from (${sql}) as broken limit 3`, values)).toEqual([]);

  beforeAll(async () => {
    database = await createDatabase();
    ownerUrl = addressAs(database.ownerUrl, OWNER, 'owner');
    await inventInto(ownerUrl, { ...SMALL, scale: SCALE }, clock);
    owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
  }, 600_000);
  afterAll(async () => {
    await owner.end();
    await database.drop();
  });

  it('is written in an order that the foreign keys ask for', async () => {
    const keys = await rows<{ from: string; to: string }>(
      `select distinct conrelid::regclass::text as "from", confrelid::regclass::text as "to" from pg_constraint where contype = 'f' and not condeferrable and conrelid <> confrelid`,
    );
    const place = (table: string): number => (TABLES as readonly string[]).indexOf(table);
    expect(keys.filter(({ from, to }) => place(from) >= 0 && place(to) > place(from))).toEqual([]);
  });

  it('did every act in somebody\'s name who was posted that day to do it', async () => {
    await none(
      `select a.act, a.at, p.role, p.during from platform.acts a left join staff.postings p on p.id = a.posting_id
       where a.actor_id is not null and (p.account_id is distinct from a.actor_id or not p.during @> (a.at at time zone 'Asia/Phnom_Penh')::date)`,
    );
    const roles = allActs().flatMap(({ act, roles: may }) => [...may].map((role) => `${act} ${role}`));
    await none(
      `select distinct a.act, p.role from platform.acts a join staff.postings p on p.id = a.posting_id where not (a.act || ' ' || p.role) = any ($1::text[])`, [roles],
    );
    await none(`select act from platform.acts where actor_id is null and system not in ('demo', 'casework.visits', 'support.entitlements')`);
  });

  it('has its acts in the order of time, none ahead of today', async () => {
    await none(`select seq, at from (select seq, at, lag(at) over (order by seq) as before from platform.acts where request_id = 'demo' and act not like 'system:%' and subject_kind <> 'area_load') a where at < before`);
    await none(`select act, at, on_day from platform.acts where act not like 'system:%' and subject_kind <> 'area_load' and (at > $1::timestamptz or on_day > (at at time zone 'Asia/Phnom_Penh')::date and act not like 'posting.%')`, [clock.now()]);
  });

  it('has families at every stage, and every reason to be unavailable', async () => {
    const states = await rows<{ state: string }>('select distinct state from recruitment.applications order by 1');
    expect(states.map(({ state }) => state)).toEqual(['approved', 'checking', 'panel', 'received', 'refused', 'studying', 'training', 'withdrawn']);
    const failed = await rows<{ code: string }>(
      `select distinct unnest(s.failed) as code from carers.families f cross join lateral carers.state_on(f.id, f.closed_on, $1, $2) s
       where exists (select from carers.standings t where t.family_id = f.id and t.code = 'approval') order by 1`, [TODAY, clock.now()],
    );
    expect(failed.map(({ code }) => code)).toEqual(expect.arrayContaining(['CERTIFICATE_MISSING', 'CHECK_MISSING', 'CLOSED', 'NOT_APPROVED', 'SUSPENDED']));
  });

  it('approved nobody without papers, course, study and panel, and everybody with terms and places', async () => {
    await none(`select a.id from recruitment.applications a left join recruitment.panels p on p.application_id = a.id where a.state in ('approved', 'refused') and (p.outcome is distinct from a.state or p.decided_on <> a.ended_on)`);
    await none(
      `select a.id, d.id as adult from recruitment.applications a join recruitment.panels p on p.application_id = a.id join carers.adults d on d.family_id = a.family_id and d.during @> p.met_on
       where a.state = 'approved' and not exists (select from carers.standings s where s.adult_id = d.id and s.code = 'check' and s.during @> p.met_on)`,
    );
    await none(
      `select a.id from recruitment.applications a join recruitment.panels p on p.application_id = a.id join carers.adults d on d.family_id = a.family_id and d.carer and d.during @> p.met_on
       where a.state = 'approved' and not exists (select from carers.standings s where s.adult_id = d.id and s.code = 'certificate' and s.during @> p.met_on)`,
    );
    await none(
      `select a.id from recruitment.applications a where a.state = 'approved' and (
         (select count(*) from recruitment.signatures s where s.application_id = a.id) < 3
         or not exists (select from recruitment.home_studies h where h.application_id = a.id and h.recommended)
         or not exists (select from carers.standings s where s.source_id = a.id and s.code = 'approval' and lower(s.during) = a.ended_on)
         or (select places from carers.approval_terms t where t.source_id = a.id) is distinct from
            (select count(*)::int from carers.family_places f where f.source_id = a.id and lower(f.during) = a.ended_on))`,
    );
    await none(`select s.* from carers.standings s where s.code = 'approval' and not exists (select from recruitment.applications a where a.id = s.source_id and a.state = 'approved' and a.family_id = s.family_id)
       and not exists (select from recruitment.reviews r where r.id = s.source_id and r.outcome = 'confirmed' and r.family_id = s.family_id and r.on_day = lower(s.during))`);
  });

  it('had three in each panel, one from outside, and nobody decide what she had studied', async () => {
    await none(
      `select p.id from recruitment.panels p where (select count(distinct m) from unnest(p.members) m) <> 3 or not exists (
         select from unnest(p.members) m where not exists (select from staff.postings s where s.account_id = m and s.office_id = p.office_id and s.during @> p.met_on))
       or exists (select from unnest(p.members) m where not exists (select from staff.postings s where s.account_id = m and s.during @> p.met_on))`,
    );
    await none(`select p.id from recruitment.panels p join recruitment.home_studies h on h.application_id = p.application_id where p.decided_by = h.done_by`);
  });

  it('trained whom it certified: every day of a session that had room, held by its trainer', async () => {
    await none(`select s.id from training.sessions s where (select count(*) from training.registrations r where r.session_id = s.id) > s.capacity`);
    await none(
      `select c.id from training.certificates c join training.registrations r on r.id = c.registration_id join training.sessions s on s.id = r.session_id
       where c.issued_by <> s.trainer_id or lower(c.during) < (select max(d) from unnest(s.days) d)
         or exists (select from unnest(s.days) d where not exists (select from training.attendance t where t.registration_id = r.id and t.day = d and t.present))`,
    );
    await none(`select * from training.attendance where day >= $1::date`, [TODAY]);
  });

  it('has one open task for every enquiry that waits, and none for another', async () => {
    await none(
      `select e.id, e.state from recruitment.enquiries e
       where (select count(*) from worklist.tasks t where t.subject_id = e.id and t.kind = 'recruitment.enquiry_waits' and t.state = 'open') <> (e.state in ('new', 'followed_up'))::int`,
    );
    await none(`select e.id from recruitment.enquiries e join recruitment.campaigns c on c.id = e.campaign_id where e.received_on < lower(c.during) or e.received_on > c.closed_on or c.office_id <> e.office_id`);
    await none(`select a.id from recruitment.applications a join recruitment.enquiries e on e.id = a.enquiry_id where e.state <> 'applied' or e.received_on > a.received_on`);
  });

  it('told every supervisor of what was overdue in her office, in one message a morning', async () => {
    await none(
      `select t.id, t.escalated_at from worklist.tasks t join staff.postings p on p.role = 'supervisor' and p.office_id = t.office_id and p.during @> (t.escalated_at at time zone 'Asia/Phnom_Penh')::date
       where t.escalated_at > $1::timestamptz - interval '119 days' and not exists (select from worklist.inbox i where i.account_id = p.account_id and i.created_at = t.escalated_at and i.items >= cardinality(i.subject_ids)
         and i.kind = 'worklist.overdue' and (t.id = any (i.subject_ids) or i.items > 100))`, [clock.now()],
    );
    await none(`select i.id from worklist.inbox i, unnest(i.subject_ids) s where i.kind = 'worklist.overdue' and not exists (select from worklist.tasks t where t.id = s and t.escalated_at = i.created_at)`);
    await none(`select account_id, created_at from worklist.inbox where kind = 'worklist.overdue' group by 1, 2 having count(*) > 1`);
    expect(await rows(`select from worklist.inbox where kind = 'worklist.overdue' limit 1`)).toHaveLength(1);
  });

  it('invited every account, and closed those who left', async () => {
    await none(`select a.id, a.state from staff.accounts a where (select count(*) from platform.acts t where t.subject_id = a.id and t.act = 'account.invite') <> 1`);
    await none(`select a.id, a.state from staff.accounts a where (select count(*) from platform.acts t where t.subject_id = a.id and t.act = 'account.close') <> (a.state = 'closed')::int`);
  });

  it('gives the known people something to do', async () => {
    const [work] = await rows<Record<string, number>>(
      `select (select count(*)::int from worklist.tasks t join staff.accounts a on a.id = t.account_id where a.login = 'demo-worker' and t.state = 'open') as tasks,
         (select count(distinct a.state)::int from recruitment.applications a join territory.offices o on o.id = a.office_id where o.area_code = '0203') as states,
         (select count(*)::int from placements.placements p join territory.offices o on o.id = p.office_id where o.area_code = '0203' and p.state in ('planned', 'approved')) as plans,
         (select count(*)::int from matching.proposals q join territory.offices o on o.id = q.office_id where o.area_code = '0203' and q.state = 'waiting') as waiting,
         (select count(*)::int from placements.gatekeepings g join children.children c on c.id = g.child_id join territory.offices o on o.id = c.office_id where o.area_code = '0203' and g.state = 'open') as open,
         (select count(*)::int from casework.visits v join territory.offices o on o.id = v.office_id where o.area_code = '0203' and v.state = 'due') as due,
         (select count(*)::int from support.lines l join territory.offices o on o.id = l.office_id where o.area_code like '02%') as lines,
         (select count(*)::int from training.sessions s join staff.accounts a on a.id = s.trainer_id where a.login = 'demo-trainer') as sessions`,
    );
    expect(Math.min(...Object.values(work ?? {}))).toBeGreaterThan(0);
    expect(work?.['states']).toBe(8);
  });

  it('has the carers\' side of its families: rest, groups, complaints and appeals, who left and why, moves, exemptions and children who left home', async () => {
    const [there] = await rows<Record<string, number>>(
      `select (select count(*)::int from carers.respites where cancelled_on is null) as respites, (select count(*)::int from carers.group_meetings) as meetings,
         (select count(*)::int from carers.group_attendance) as attendance, (select count(*)::int from carers.complaints) as complaints, (select count(*)::int from carers.exit_interviews) as exits,
         (select count(*)::int from carers.own_children where not upper_inf(during)) as left, (select count(*)::int from carers.exemptions) as exemptions,
         (select count(*)::int from carers.family_moves m where m.from_office = m.to_office) as near, (select count(*)::int from carers.family_moves m where m.from_office <> m.to_office and not suspended) as district,
         (select count(*)::int from carers.suspensions where reason = 'moved_province' and lifted_on is null) as waiting,
         (select count(*)::int from carers.suspensions s join recruitment.reviews r on r.family_id = s.family_id and r.on_day = s.lifted_on where s.reason = 'moved_province') as reviewed`,
    );
    expect(Object.entries(there ?? {}).filter(([, count]) => count === 0)).toEqual([]);
  });

  it.each(OF_FAMILIES)('%s', async (_, sql) => none(sql, sql.includes('$1') ? [TODAY] : []));

  it('has a stand-by list that is what the facts say', async () => {
    expect(await verifyStandings(async <T>(sql: string, values: readonly unknown[] = []) => (await owner.query(sql, [...values])).rows as T[], clock.now())).toEqual([]);
  });

  it.each(OF_CHILDREN)('%s', async (_, sql) => none(sql, sql.includes('$1') ? [TODAY] : []));

  it('is as the rooms themselves would have it: entitlements stand, and a run for last month pays nobody again', async () => {
    const source = await new DataSource({ type: 'postgres', url: database.ownerUrl, installExtensions: false, extra: { max: 1 } }).initialize();
    const offices = await rows<{ id: string; below: string[] }>(`select id, territory.offices_below(id) as below from territory.offices where area_code = '02'`);
    const ids = await rows<{ id: string }>('select distinct on (e.stop, e.child_id) e.child_id as id from support.entitlements e order by e.child_id limit 40');
    await new UnitOfWork(source, clock).system(systemActor('demo'), 'demo', async (op) => {
      for (const { id } of ids) expect(await new EntitlementsService().bringInLine(op, id)).toBe(0);
      for (const { id, below } of offices) {
        await op.tx.run(`select set_config('app.money_offices', $1, true)`, [below.join(',')]);
        const children = await payableChildren(op, id, 'after_residential');
        expect(children.length).toBeGreaterThan(5);
        const scope = { runId: newId(), month: '2026-05', officeIds: new Set(below), today: op.today };
        expect(calculateRun(scope, children, await runRules(op, 'after_residential'))).toMatchObject({ ok: false, code: 'NOTHING_TO_PAY' });
      }
    });
    await source.destroy();
  });

  it('loads once: a second load changes nothing, and the command says so', async () => {
    const count = async (): Promise<object[]> => rows('select (select count(*) from platform.acts) as acts, (select count(*) from carers.families) as families');
    const before = await count();
    await loadDemo(ownerUrl, clock);
    const said: string[] = [];
    await expect(inventCountry(['--scale', '0.02'], { DATABASE_URL: ownerUrl }, { write: (text) => said.push(text) })).rejects.toThrow('This register holds people already');
    await expect(inventCountry(['--scale', '0.02'], { DATABASE_URL: ownerUrl, NODE_ENV: 'production' })).rejects.toThrow('do not belong in a real register');
    await expect(inventCountry(['--scale', '0.02'], { DATABASE_URL: addressAs(database.ownerUrl, OWNER, 'owner').replace(/\/[^/?]+(\?|$)/, '/postgres$1') })).rejects.toThrow('run "register migrate" first');
    const empty = await createDatabase();
    await expect(inventCountry(['--scale', '0.02'], { DATABASE_URL: empty.apiUrl })).rejects.toThrow('set MIGRATE_DATABASE_URL').finally(() => empty.drop());
    await expect(inventCountry(['--scale', 'big'], {})).rejects.toThrow('--scale is the size');
    expect(await count()).toEqual(before);
    expect(said.join('')).toBe('');
  });
});

describe('inventing a country', () => {
  let database: TestDatabase;
  let source: DataSource;
  beforeAll(async () => {
    database = await createDatabase();
    source = await new DataSource({ type: 'postgres', url: database.ownerUrl, installExtensions: false, extra: { max: 1 } }).initialize();
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  /** Does something in a transaction of which nothing stays. */
  const undone = async <T>(work: (op: Op) => Promise<T>): Promise<T> => {
    let result: { readonly value: T } | undefined;
    const back = new Error('back');
    await new UnitOfWork(source, new StandingClock()).system(systemActor('demo'), 'demo', async (op) => {
      result = { value: await work(op) };
      throw back;
    }).catch((error: unknown) => {
      if (error !== back) throw error;
    });
    if (result === undefined) throw new Error('nothing was done');
    return result.value;
  };

  /** The bytes of everything that is copied. */
  const bytesOf = (seed: number): Promise<string> => undone(async (op) => {
    const hash = createHash('sha256');
    // No rollback takes a number back.
    await op.tx.run(`select setval('carers.family_numbers', 1, false), setval('children.child_numbers', 1, false)`);
    const tx = {
      keyed: op.tx.keyed,
      rows: (sql: string, values?: []) => op.tx.rows(sql, values), row: (sql: string, values?: []) => op.tx.row(sql, values), run: (sql: string, values?: []) => op.tx.run(sql, values),
      copy: (sql: string, text: Iterable<string>) => {
        const pieces = [...text];
        hash.update(sql).update(pieces.join(''));
        return op.tx.copy(sql, pieces);
      },
    } as unknown as Tx;
    await invent({ ...op, tx }, { seed, scale: 0.005, passwordHash: 'scrypt$x' });
    return hash.digest('hex');
  });

  it('gives the same bytes for the same seed, and others for another', async () => {
    const first = await bytesOf(1);
    expect(await bytesOf(1)).toBe(first);
    expect(await bytesOf(2)).not.toBe(first);
  });

  it('writes every kind of value so that it comes back as it was', async () => {
    const written: Cell[] = [
      'a\tb\nc\\d\r\\N\b\f\v', '', ['x', 'y "z"', '\\', null, 'NULL', ''], [1, null], json({ a: ['\t', '"', '\\'] }), days(civil('2026-01-31'), null), Uint8Array.of(0, 9, 10, 92, 255),
      new Date('2026-06-15T03:04:05.678Z'), true, 123n, null, 'ស្រី\u200bមុំ',
    ];
    const back = await undone(async (op) => {
      await op.tx.run('create temp table kinds (a text, b text, c text[], d int[], e jsonb, f daterange, g bytea, h timestamptz, i boolean, j bigint, k text, l text) on commit drop');
      const sheets = new Sheets();
      const names = [...'abcdefghijkl'];
      sheets.sheet('platform.reads', names).add(Object.fromEntries(names.map((name, i) => [name, written[i]])));
      await sheets.flush({ copy: (sql, text) => op.tx.copy(sql.replace('platform.reads', 'kinds'), text) });
      return op.tx.row<Record<string, unknown>>('select * from kinds');
    });
    expect(back).toEqual({
      a: written[0], b: '', c: written[2], d: written[3], e: { a: ['\t', '"', '\\'] }, f: '[2026-01-31,)', g: Buffer.from([0, 9, 10, 92, 255]), h: written[7], i: true, j: 123n, k: null,
      l: written[11],
    });
  });
});
