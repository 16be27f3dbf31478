import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { newId } from '../../src/kernel/ids.js';
import { CARE_KINDS } from '../../src/support/entitlement.domain.js';
import { runLifecycle } from '../../src/support/run.domain.js';
import { approvedFamily } from '../support/given.js';
import type { ArrangedFamily } from '../support/given.js';
import { movedChild, ratesAreKnown } from '../support/given-money.js';
import type { Given } from '../support/given-children.js';
import { poolOf } from '../support/database.js';
import { Harness } from '../support/harness.js';
import { arrangeOffices, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';

let harness: Harness;
let offices: Offices;
let maker: Person;
let approver: Person;
let child: Given;
let family: ArrangedFamily;
let api: pg.Pool;

beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  maker = await signedIn(harness, { role: 'finance_officer', office: offices.battambang });
  approver = await signedIn(harness, { role: 'finance_approver', office: offices.battambang });
  ({ child, family } = await movedChild(harness, '2026-05-08'));
  await ratesAreKnown(harness);
  api = poolOf(harness.database.apiUrl, 1);
});
afterAll(async () => {
  await api.end();
  await harness.stop();
});

/** Statements as the API's role with these offices' money in scope; rolled back. Gives the rows of the last one. */
async function asApi<T extends object>(money: readonly string[], ...statements: readonly (readonly [string, ...unknown[]])[]): Promise<T[]> {
  const client = await api.connect();
  try {
    await client.query('begin');
    await client.query(`select set_config('app.money_offices', $1, true)`, [money.join(',')]);
    let rows: T[] = [];
    for (const [text, ...values] of statements) rows = (await client.query<T>(text, values)).rows;
    return rows;
  } finally {
    await client.query('rollback');
    client.release();
  }
}

let nextMonth = 0;

/** A run in this state with one line, written by the owner; each of a month of its own. */
async function runWithLine(state: 'calculated' | 'approved'): Promise<{ id: string; line: string; month: string }> {
  const id = newId();
  const line = newId();
  const month = `20${String(30 + nextMonth++)}-01-01`;
  await harness.sql(
    `insert into support.runs (id, scheme_code, month, office_id, provinces, reason, fund, prepared_by, prepared_on, state, calculated_by, calculated_at)
     values ($1, 'after_residential', $2, $3, '[2,3)', 'regular', 'national_budget', $4, '2026-06-01', 'calculated', $4, now())`,
    [id, month, offices.battambang, maker.accountId],
  );
  await harness.sql(LINE, [line, id, family.officeId, child.id, child.number, family.id, family.number, month]);
  if (state === 'approved') await harness.sql(`update support.runs set state = 'approved', checked_by = $2, checked_at = now(), approved_by = $2, approved_at = now() where id = $1`, [id, approver.accountId]);
  return { id, line, month };
}

const LINE = `insert into support.lines (id, run_id, office_id, scheme_code, child_id, child_number, family_id, family_number, month, kind, nights, riel, parts)
  values ($1, $2, $3, 'after_residential', $4, $5, $6, $7, $8, 'regular', 3, 1000, '[]')`;

describe('what was approved', () => {
  it('stays as it was, for the program and for the owner', async () => {
    const { id, line, month } = await runWithLine('approved');
    const mine = [offices.battambang, family.officeId];
    await expect(asApi(mine, ['update support.lines set riel = 2000 where id = $1', line])).rejects.toThrow('permission denied');
    await expect(asApi(mine, ['delete from support.lines where id = $1', line])).rejects.toMatchObject({ constraint: 'lines_settled' });
    await expect(asApi(mine, [LINE.replace("'regular'", "'arrears'"), newId(), id, family.officeId, child.id, child.number, family.id, family.number, month])).rejects.toMatchObject({ constraint: 'lines_settled' });
    await expect(asApi(mine, [`update support.runs set state = 'cancelled' where id = $1`, id])).rejects.toMatchObject({ constraint: 'runs_settled' });
    await expect(harness.sql('delete from support.lines where id = $1', [line])).rejects.toMatchObject({ constraint: 'lines_settled' });
    await expect(harness.sql('update support.lines set riel = 2000 where id = $1', [line])).rejects.toMatchObject({ constraint: 'lines_settled' });
    await expect(harness.sql('update support.runs set approved_by = null where id = $1', [id])).rejects.toMatchObject({ constraint: 'runs_settled' });
  });

  it('was approved by somebody who neither prepared nor calculated it', async () => {
    for (const column of ['prepared_by', 'calculated_by']) {
      const { id } = await runWithLine('calculated');
      await harness.sql(`update support.runs set ${column} = $2 where id = $1`, [id, approver.accountId]);
      await expect(harness.sql(`update support.runs set state = 'approved', checked_by = $2, checked_at = now(), approved_by = $2, approved_at = now() where id = $1`, [id, approver.accountId]))
        .rejects.toMatchObject({ constraint: 'runs_maker_is_not_approver' });
    }
  });

  it('is open to a new calculation before', async () => {
    const { line } = await runWithLine('calculated');
    expect(await asApi([offices.battambang, family.officeId], ['delete from support.lines where id = $1 returning id', line])).toHaveLength(1);
    await expect(asApi([offices.battambang, family.officeId], ['update support.lines set riel = 2000 where id = $1', line])).rejects.toThrow('permission denied');
  });
});

describe('a line', () => {
  it('is paid once, in whatever run', async () => {
    const first = await runWithLine('approved');
    const second = await runWithLine('calculated');
    await expect(harness.sql(LINE, [newId(), second.id, family.officeId, child.id, child.number, family.id, family.number, first.month])).rejects.toMatchObject({ constraint: 'lines_first_once' });
  });

  it('is seen by its own money offices only', async () => {
    const { id } = await runWithLine('calculated');
    const look = (money: readonly string[]) => asApi(money, ['select r.id from support.runs r join support.lines l on l.run_id = r.id where r.id = $1', id]);
    expect(await look([offices.battambang, family.officeId])).toHaveLength(1);
    expect(await look([offices.siemReap, offices.siemReapTown])).toEqual([]);
    expect(await look([])).toEqual([]);
  });
});

describe('the facts of payment', () => {
  const facts = (money: readonly string[], office: string) => asApi<{ child_id: string; facts: object }>(money, [`select child_id, facts from support.payment_facts($1, 'after_residential', 2)`, office]);

  it('are given for one\'s own offices only, as ids, numbers, days and codes', async () => {
    const [mine] = await facts([offices.battambang], offices.battambang);
    expect(mine?.child_id).toBe(child.id);
    expect(Object.keys(mine?.facts ?? {}).sort()).toEqual([
      'birthDate', 'birthPrecision', 'communeType', 'diedOn', 'families', 'number', 'officeId', 'payeeId', 'settled', 'specialNeed', 'stays',
    ]);
    for (const secret of ['Chan', 'ចាន់', 'Sok', '+855']) expect(JSON.stringify(mine)).not.toContain(secret);
    expect(await facts([offices.battambang], offices.siemReap)).toEqual([]);
    expect(await facts([offices.siemReap], offices.battambang)).toEqual([]);
    expect(await facts([], offices.battambang)).toEqual([]);
    expect(await facts([offices.siemReap], offices.siemReap)).toEqual([]);
  });

  it('come to the program through that function alone', async () => {
    await expect(asApi([offices.battambang], [`select * from support.facts_of(array[$1::uuid], 'after_residential', 2)`, child.id])).rejects.toThrow('permission denied');
    expect(await asApi([offices.battambang], ['select id from children.children'])).toEqual([]);
    const place = (money: readonly string[]) => asApi(money, ['select office_id from support.paying_office($1, null)', family.id]);
    expect(await place([family.officeId])).toEqual([{ office_id: family.officeId }]);
    expect(await place([offices.siemReapTown])).toEqual([]);
  });
});

describe('rates and entitlements', () => {
  it('are not the API\'s to write', async () => {
    await expect(asApi([], [`insert into support.rates (id, scheme_code, care_kind, age_band, special_need, urban, riel, during, citation) values ($1, 'after_residential', 'foster', '0-2', false, false, 1, '[2020-01-01,2021-01-01)', 'x')`, newId()])).rejects.toThrow('permission denied');
    await expect(asApi([], [`insert into support.entitlements (id, child_id, scheme_code, during, stop) values ($1, $2, 'after_residential', '[2026-01-01,2026-02-01)', 'age')`, newId(), child.id])).rejects.toThrow('permission denied');
  });

  it('stand one at a time', async () => {
    const entitle = (during: string) => harness.sql(`insert into support.entitlements (id, child_id, scheme_code, during, stop) values ($1, $2, 'after_residential', $3, 'age')`, [newId(), child.id, during]);
    await entitle('[2026-05-08,2034-02-11)');
    await expect(entitle('[2030-01-01,2031-01-01)')).rejects.toMatchObject({ constraint: 'entitlements_one_at_a_time' });
    await expect(ratesAreKnown(harness, '2026-01-01')).rejects.toMatchObject({ constraint: 'rates_one_at_a_time' });
  });
});

describe('a payee', () => {
  it('has an account with a bank only, and is of a family or of a child', async () => {
    const payee = (familyId: string | null, childId: string | null, method: string, account: Buffer | null) =>
      harness.sql(`insert into support.payees (id, family_id, child_id, office_id, name, method, account, set_on) values ($1, $2, $3, $4, 'x', $5, $6, '2026-01-01')`, [newId(), familyId, childId, offices.battambang, method, account]);
    const other = await approvedFamily(harness);
    await expect(payee(other.id, null, 'bank', null)).rejects.toMatchObject({ constraint: 'payees_account' });
    await expect(payee(other.id, null, 'cash', Buffer.from('x'))).rejects.toMatchObject({ constraint: 'payees_account' });
    await expect(payee(other.id, child.id, 'cash', null)).rejects.toMatchObject({ constraint: 'payees_of_one' });
    await expect(payee(null, null, 'cash', null)).rejects.toMatchObject({ constraint: 'payees_of_one' });
  });
});

describe('the words of the tables', () => {
  const listed = async (constraint: string): Promise<string[]> => {
    const [row] = await harness.sql<{ text: string }>('select pg_get_constraintdef(oid) as text from pg_constraint where conname = $1', [constraint]);
    return [...(row?.text.match(/'([^']+)'::text/g) ?? [])].map((word) => word.slice(1, -7)).sort();
  };

  it('are those of the program', async () => {
    expect(await listed('runs_state')).toEqual([...runLifecycle.states].sort());
    expect(await listed('rates_care_kind')).toEqual([...CARE_KINDS].sort());
  });
});
