import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acts } from '../../src/support/support.policy.js';
import { EntitlementsService } from '../../src/support/entitlements.service.js';
import { systemActor } from '../../src/platform/auth/roles.js';
import { JobRegistry } from '../../src/platform/queue/jobs.js';
import { approvedFamily } from '../support/given.js';
import type { ArrangedFamily } from '../support/given.js';
import { cashPayee, childWithStays, movedChild, ratesAreKnown, writeStays } from '../support/given-money.js';
import { need } from '../support/given-children.js';
import { Harness, newKey } from '../support/harness.js';
import type { Client, Outcome } from '../support/harness.js';
import { arrangeInstitution, arrangeOffices, expectDenied, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';
import { asWorker } from '../support/worker.js';
import type { WorkerDatabase } from '../support/worker.js';

let harness: Harness;
let worker: WorkerDatabase;
let offices: Offices;
let officer: Person;
let approver: Person;
let elsewhere: Person;
let elsewhereApprover: Person;

beforeAll(async () => {
  harness = await Harness.start();
  worker = await asWorker(harness);
  offices = await arrangeOffices(harness);
  officer = await signedIn(harness, { role: 'finance_officer', office: offices.battambang });
  approver = await signedIn(harness, { role: 'finance_approver', office: offices.battambang });
  elsewhere = await signedIn(harness, { role: 'finance_officer', office: offices.siemReap });
  elsewhereApprover = await signedIn(harness, { role: 'finance_approver', office: offices.siemReap });
});
afterAll(async () => {
  await worker.close();
  await harness.stop();
});

const RUN = 'PaymentRun { id state month preparedBy calculatedBy checkedBy approvedBy totals { count nights riel heldCount heldRiel } can { act allowed code } }';
const act = (who: Client, name: string, input: object): Promise<Outcome> => who.act(name, { ...input }, RUN, 'SupportRefused');
const prepare = (who: Client, month: string, input: object = {}): Promise<Outcome> => act(who, 'preparePaymentRun', { month, officeId: offices.battambang, ...input });
const calculate = (who: Client, runId: string, input: object = {}): Promise<Outcome> => act(who, 'calculatePaymentRun', { runId, ...input });
const check = (who: Client, runId: string, input: object = {}): Promise<Outcome> => act(who, 'checkPaymentRun', { runId, ...input });
const approve = (who: Client, runId: string, input: object = {}): Promise<Outcome> => act(who, 'approvePaymentRun', { runId, ...input });
const cancel = (who: Client, runId: string, input: object = {}): Promise<Outcome> => act(who, 'cancelPaymentRun', { runId, ...input });
const setPayee = (who: Client, input: object): Promise<Outcome> =>
  who.act('setPayee', { name: 'SOK DARA', method: 'bank', accountNumber: '000123456789', ...input }, 'Payee { id name method accountEnding }', 'SupportRefused');
const codeOf = (outcome: Outcome) => outcome.errors?.[0]?.extensions.code ?? outcome.result?.code;
const actsOf = (subject: string) => harness.sql<{ act: string }>('select act from platform.acts where subject_id = $1 order by seq', [subject]);

const LINES = 'childNumber familyNumber familyId month kind nights riel held adjusts parts { nights riel } payee { name accountEnding }';
const read = async (who: Client, id: string) =>
  (await who.send(`query ($id: Id!) { paymentRun(id: $id) { state totals { count nights riel heldCount heldRiel } warnings { code childNumber familyNumber on nights riel } lines(first: 50) { nodes { ${LINES} } } } }`, { id })).data.paymentRun;

/** A run of the month up to this state, by the officer and the approver of the province. */
async function run(month: string, upTo: 'draft' | 'calculated' | 'checked' | 'approved', input: object = {}, [maker, judge]: readonly Person[] = [officer, approver]): Promise<string> {
  if (maker === undefined || judge === undefined) throw new Error('two people make a run');
  const { result } = await prepare(maker, month, input);
  const id: string = result.id;
  if (upTo !== 'draft') expect((await calculate(maker, id)).result.state).toBe('calculated');
  if (upTo === 'checked' || upTo === 'approved') expect((await check(maker, id)).result.state).toBe('checked');
  if (upTo === 'approved') expect((await approve(judge, id)).result.state).toBe('approved');
  return id;
}

const looksAgain = (childId: string): Promise<number> => worker.uow.system(systemActor('support.entitlements'), newKey(), (op) => new EntitlementsService().bringInLine(op, childId));

describe('a payment run', () => {
  it('is not calculated without rates, and says for which care kind', async () => {
    await movedChild(harness, '2026-05-08', { area: '02010102' });
    const id = await run('2026-05', 'draft');
    const { result } = await calculate(officer, id);
    expect(result).toMatchObject({ code: 'RATE_MISSING', details: [{ name: 'careKind', values: ['foster'] }, { name: 'month', values: ['2026-05'] }] });
    expect(await harness.sql('select state from support.runs where id = $1', [id])).toEqual([{ state: 'draft' }]);
    await cancel(officer, id);
    await ratesAreKnown(harness);
  });

  it('pays the nights of last month, made by one person and approved by another', async () => {
    const { child, family } = await movedChild(harness, '2026-05-09', { area: '02010102' });
    const requestKey = newKey();
    const prepared = await prepare(officer, '2026-05', { requestKey });
    expect(prepared.result).toMatchObject({ state: 'draft', month: '2026-05', preparedBy: officer.accountId, totals: { count: 0, riel: '0' } });
    expect((await prepare(officer, '2026-05', { requestKey })).result.id).toBe(prepared.result.id);
    const id: string = prepared.result.id;
    await cashPayee(harness, family);
    const calculationKey = newKey();
    const calculated = (await calculate(officer, id, { requestKey: calculationKey })).result;
    expect(calculated).toMatchObject({ state: 'calculated', calculatedBy: officer.accountId });
    expect((await calculate(officer, id, { requestKey: calculationKey })).result).toEqual(calculated);
    expect(calculated.can).toEqual([
      { act: 'paymentRun.calculate', allowed: true, code: null }, { act: 'paymentRun.check', allowed: true, code: null },
      { act: 'paymentRun.approve', allowed: false, code: 'FORBIDDEN' }, { act: 'paymentRun.cancel', allowed: true, code: null },
    ]);
    const line = (await read(officer, id)).lines.nodes.find((each: { childNumber: number }) => each.childNumber === child.number);
    expect(line).toEqual({
      childNumber: child.number, familyNumber: family.number, familyId: family.id, month: '2026-05', kind: 'regular', nights: 23, riel: '296800', held: false, adjusts: null,
      parts: [{ nights: 23, riel: '400000' }], payee: { name: 'Sok Dara', accountEnding: null },
    });
    const checkKey = newKey();
    expect((await check(officer, id, { requestKey: checkKey })).result).toMatchObject({ state: 'checked', checkedBy: officer.accountId });
    expect((await check(officer, id, { requestKey: checkKey })).result.state).toBe('checked');
    const approvalKey = newKey();
    expect((await approve(approver, id, { requestKey: approvalKey })).result).toMatchObject({ state: 'approved', approvedBy: approver.accountId });
    expect((await approve(approver, id, { requestKey: approvalKey })).result.state).toBe('approved');
    expect((await actsOf(id)).map((row) => row.act)).toEqual(['paymentRun.prepare', 'paymentRun.calculate', 'paymentRun.check', 'paymentRun.approve']);
    expect((await harness.sql<{ event: string }>('select event from platform.outbox where subject_id = $1 order by id', [id])).map(({ event }) => event)).toEqual([
      'paymentRun.prepared', 'paymentRun.calculated', 'paymentRun.checked', 'paymentRun.approved',
    ]);
  });

  it('is prepared once for a month, and again when the first is settled; another province does not wait', async () => {
    const id = await run('2026-03', 'draft');
    expect((await prepare(officer, '2026-03')).result).toMatchObject({ code: 'RUN_OPEN', details: [{ name: 'month', values: ['2026-03'] }] });
    const national = await signedIn(harness, { role: 'finance_officer', office: offices.ministry });
    expect((await prepare(national, '2026-03', { officeId: offices.ministry })).result.code).toBe('RUN_OPEN');
    const other = await prepare(elsewhere, '2026-03', { officeId: offices.siemReap });
    expect(other.result.state).toBe('draft');
    expect((await cancel(officer, id)).result.state).toBe('cancelled');
    expect((await cancel(elsewhere, other.result.id)).result.state).toBe('cancelled');
    const all = await prepare(national, '2026-03', { officeId: offices.ministry });
    // The country's run is not hers to see, and still not hers to double.
    expect((await prepare(officer, '2026-03')).result.code).toBe('RUN_OPEN');
    await cancel(national, all.result.id);
  });

  it.each([
    ['MONTH_NOT_BEGUN', { month: '2026-07' }],
    ['PROVINCE_NEEDED', { officeId: 'district' }],
  ])('is refused: %s', async (code, input: { month?: string; officeId?: string }) => {
    const before = await harness.sql('select id from support.runs');
    const officeId = input.officeId === undefined ? offices.battambang : offices.banan;
    expect((await prepare(officer, input.month ?? '2026-04', { officeId })).result.code).toBe(code);
    expect(await harness.sql('select id from support.runs')).toHaveLength(before.length);
  });

  it('moves only along its lifecycle', async () => {
    const id = await run('2026-04', 'draft');
    for (const outcome of [await check(officer, id), await approve(approver, id)]) expect(outcome.result).toMatchObject({ code: 'RUN_STATE', details: [{ name: 'state', values: ['draft'] }] });
    expect((await calculate(officer, id)).result.code).toBe('NOTHING_TO_PAY');
    const requestKey = newKey();
    expect((await cancel(approver, id, { requestKey })).result.state).toBe('cancelled');
    expect((await cancel(approver, id, { requestKey })).result.state).toBe('cancelled');
    for (const outcome of [await calculate(officer, id), await check(officer, id), await approve(approver, id), await cancel(officer, id)]) expect(outcome.result.code).toBe('RUN_STATE');
    expect(await actsOf(id)).toHaveLength(2);
  });

  it('is not approved by whoever prepared or calculated it, with both postings too', async () => {
    await movedChild(harness, '2026-05-20', { area: '17100101' });
    const both = await signedIn(harness, { role: 'finance_officer', office: offices.siemReap });
    await harness.sql(`insert into staff.postings (id, account_id, role, office_id, during) values (gen_random_uuid(), $1, 'finance_approver', $2, daterange('2020-01-01', null))`, [both.accountId, offices.siemReap]);
    const own = await run('2026-05', 'checked', { officeId: offices.siemReap }, [both, approver]);
    const answer = await approve(both, own);
    expect(answer.result).toMatchObject({ code: 'OWN_RUN' });
    expect((await calculate(elsewhere, own)).result.state).toBe('calculated');
    expect((await harness.sql('select checked_by from support.runs where id = $1', [own]))).toEqual([{ checked_by: null }]);
    await check(elsewhere, own);
    expect((await approve(both, own)).result.code).toBe('OWN_RUN');
    // Where a setting asks for a certificate, the approver without it is told which.
    const setting = (value: string) => harness.sql(`update platform.settings set value = value ${value} where name = 'training.certificates_required'`);
    await setting(`|| '["paymentRun.approve:senior_official"]'`);
    expect((await approve(elsewhereApprover, own)).result).toMatchObject({ code: 'STAFF_CERTIFICATE', details: [{ name: 'certificates', values: ['senior_official'] }] });
    await setting(`- 'paymentRun.approve:senior_official'`);
    expect((await approve(elsewhereApprover, own)).result.state).toBe('approved');
  });

  it('of another province is not there', async () => {
    const id = await run('2026-06', 'draft');
    for (const outcome of [await calculate(elsewhere, id), await check(elsewhere, id), await approve(elsewhereApprover, id), await cancel(elsewhere, id)]) expect(codeOf(outcome)).toBe('NOT_FOUND');
    expect(codeOf(await prepare(elsewhere, '2026-02'))).toBe('FORBIDDEN');
    expect((await elsewhere.send('query ($id: Id!) { paymentRun(id: $id) { id } }', { id })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await elsewhere.send('{ paymentRuns(month: "2026-06") { nodes { id } } }')).data.paymentRuns.nodes).toEqual([]);
    await cancel(officer, id);
  });

  it.each([
    ['month', { month: '2026-13' }],
    ['month', { month: '1800-01' }],
    ['fund', { fund: 'The fund' }],
    ['requestKey', { requestKey: 'x' }],
  ])('with bad input says which field: %s', async (path, input: object) => {
    const answer = await prepare(officer, '2026-01', input);
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path }] });
  });

  it('is listed page by page, the latest month first', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await officer.send('query ($after: String) { paymentRuns(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }', { after });
      seen.push(...data.paymentRuns.nodes.map(({ id }: { id: string }) => id));
      after = data.paymentRuns.pageInfo.hasNextPage ? data.paymentRuns.pageInfo.endCursor : null;
    } while (after !== null);
    const all = await harness.sql<{ id: string }>('select id from support.runs where office_id = $1 order by month desc, id desc', [offices.battambang]);
    expect(seen).toEqual(all.map(({ id }) => id));
    const [first] = all;
    const { data } = await officer.send('query ($id: Id!) { paymentRun(id: $id) { lines(first: 1) { nodes { childNumber } pageInfo { hasNextPage endCursor } } } }', { id: first?.id });
    expect(data.paymentRun.lines).toBeDefined();
    expect((await officer.send('{ paymentRuns(after: "x") { nodes { id } } }')).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('is made, approved and read by nobody without the posting', async () => {
    await expectDenied(harness, acts['paymentRun.prepare'], (who) => prepare(who, '2026-01'));
    await expectDenied(harness, acts['paymentRun.calculate'], (who) => calculate(who, newKey()));
    await expectDenied(harness, acts['paymentRun.check'], (who) => check(who, newKey()));
    await expectDenied(harness, acts['paymentRun.approve'], (who) => approve(who, newKey()));
    await expectDenied(harness, acts['paymentRun.cancel'], (who) => cancel(who, newKey()));
    await expectDenied(harness, acts['paymentRun.read'], (who) => who.send('{ paymentRuns { nodes { id } } }'));
    await expectDenied(harness, acts['paymentRun.read'], (who) => who.send('query ($id: Id!) { paymentRun(id: $id) { id } }', { id: newKey() }));
  });
});

describe('lines', () => {
  const maker = () => [elsewhere, elsewhereApprover] as const;
  const there = () => ({ officeId: offices.siemReap });
  const linesOf = async (who: Client, id: string, number: number) => (await read(who, id)).lines.nodes.filter((each: { childNumber: number }) => each.childNumber === number);

  it('pay what is missing from before as arrears, and a late entry as an adjustment that names its line', async () => {
    const { child, family } = await movedChild(harness, '2025-11-08', { area: '17100101' });
    const first = await run('2025-11', 'approved', there(), maker());
    expect(await linesOf(elsewhere, first, child.number)).toMatchObject([{ month: '2025-11', kind: 'regular', nights: 23, riel: '345000' }]);
    const second = await run('2026-01', 'approved', there(), maker());
    expect(await linesOf(elsewhere, second, child.number)).toMatchObject([{ month: '2025-12', kind: 'arrears', nights: 31, riel: '450000' }, { month: '2026-01', kind: 'regular', nights: 31 }]);
    // She had come a week earlier than was written.
    await writeStays(harness, child, [{ from: '2024-05-01', to: '2025-11-01' }, { from: '2025-11-01', to: null, family }]);
    const third = await run('2026-02', 'approved', there(), maker());
    const [line] = await harness.sql<{ id: string }>(`select id from support.lines where run_id = $1 and child_number = $2`, [first, child.number]);
    expect(await linesOf(elsewhere, third, child.number)).toMatchObject([
      { month: '2025-11', kind: 'adjustment', nights: 7, riel: '105000', adjusts: line?.id, parts: [{ nights: 30, riel: '450000' }] }, { month: '2026-02', kind: 'regular', nights: 28 },
    ]);
    // And went back in December: what was paid since is told, and not taken.
    await writeStays(harness, child, [{ from: '2024-05-01', to: '2025-11-01' }, { from: '2025-11-01', to: '2025-12-11', family }, { from: '2025-12-11', to: null }]);
    await movedChild(harness, '2026-03-01', { area: '17100101' });
    const fourth = await read(elsewhere, await run('2026-03', 'calculated', there(), maker()));
    expect(fourth.warnings.filter((each: { childNumber: number }) => each.childNumber === child.number)).toEqual([
      { code: 'overpaid', childNumber: child.number, familyNumber: family.number, on: '2025-12-01', nights: 21, riel: '304800' },
      { code: 'overpaid', childNumber: child.number, familyNumber: family.number, on: '2026-01-01', nights: 31, riel: '450000' },
      { code: 'overpaid', childNumber: child.number, familyNumber: family.number, on: '2026-02-01', nights: 28, riel: '450000' },
    ]);
  });

  it('go to two families for one month\'s nights, by need and place, and through hospital', async () => {
    const [a, b] = [await approvedFamily(harness, { area: '02010102' }), await approvedFamily(harness, { area: '02030101' })];
    const child = await childWithStays(harness, [
      { from: '2024-05-01', to: '2026-02-02' }, { from: '2026-02-02', to: '2026-02-05', family: a }, { from: '2026-02-05', to: '2026-02-10', family: a, kind: 'hospital', kept: true },
      { from: '2026-02-10', to: null, family: b },
    ]);
    await need(harness, child.id, 'wheelchair', 2, '2026-02-20');
    await need(harness, child.id, 'therapy', 1, '2026-02-12');
    const lines = await linesOf(officer, await run('2026-02', 'calculated'), child.number);
    expect(lines).toMatchObject([
      { familyNumber: a.number, nights: 8, riel: '114300', parts: [{ nights: 8, riel: '400000' }] },
      { familyNumber: b.number, nights: 19, parts: [{ nights: 10, riel: '450000' }, { nights: 9, riel: '600000' }] },
    ]);
  });

  it('are held without a payee, and paid to the one who is set, her account sealed', async () => {
    const { child, family } = await movedChild(harness, '2026-01-10', { area: '02010102' });
    const id = await run('2026-01', 'calculated');
    expect(await linesOf(officer, id, child.number)).toMatchObject([{ held: true, payee: null }]);
    expect((await read(officer, id)).totals.heldCount).toBeGreaterThan(0);
    const requestKey = newKey();
    const payee = await setPayee(officer, { familyId: family.id, requestKey });
    expect(payee.result).toMatchObject({ name: 'SOK DARA', method: 'bank', accountEnding: '6789' });
    expect((await setPayee(officer, { familyId: family.id, requestKey })).result).toEqual(payee.result);
    expect(await actsOf(payee.result.id)).toHaveLength(1);
    await calculate(officer, id);
    expect(await linesOf(officer, id, child.number)).toMatchObject([{ held: false, payee: { name: 'SOK DARA', accountEnding: '6789' } }]);
    const [stored] = await harness.sql<{ account: Buffer }>('select account from support.payees where id = $1', [payee.result.id]);
    expect(stored?.account.includes('123456')).toBe(false);
    await approvedRun(id);
    const cash = await setPayee(officer, { familyId: family.id, method: 'cash', accountNumber: null, name: 'Sok Vanna' });
    expect(cash.result).toMatchObject({ method: 'cash', accountEnding: null });
    expect(await linesOf(officer, id, child.number)).toMatchObject([{ payee: { name: 'SOK DARA' } }]);
  });

  it('of a child who returned home are paid to her own payee', async () => {
    const child = await childWithStays(harness, [{ from: '2024-05-01', to: '2025-10-10' }, { from: '2025-10-10', to: null, kind: 'home' }], { homeArea: '020101' });
    expect((await setPayee(officer, { childNumber: child.number })).result.accountEnding).toBe('6789');
    const id = await run('2025-10', 'calculated');
    expect(await linesOf(officer, id, child.number)).toMatchObject([{ familyNumber: null, familyId: null, nights: 22, riel: '170300', held: false, parts: [{ riel: '240000' }] }]);
    await approvedRun(id);
  });

  it('of a dead child pay the month to its end, and nothing is recovered', async () => {
    const family = await approvedFamily(harness, { area: '02010102' });
    const child = await childWithStays(harness, [{ from: '2024-05-01', to: '2025-09-02' }, { from: '2025-09-02', to: '2025-09-11', family }]);
    await harness.sql(`update children.children set died_on = '2025-09-10' where id = $1`, [child.id]);
    expect(await linesOf(officer, await run('2025-09', 'calculated'), child.number)).toMatchObject([{ nights: 29, riel: '386700' }]);
  });

  it('flag a short stay in residential care before the family', async () => {
    const family = await approvedFamily(harness, { area: '02010102' });
    const child = await childWithStays(harness, [{ from: '2025-08-01', to: '2025-08-20' }, { from: '2025-08-20', to: null, family }]);
    const found = await read(officer, await run('2025-08', 'calculated'));
    expect(found.warnings.filter((each: { childNumber: number }) => each.childNumber === child.number)).toEqual([
      { code: 'short_residential_stay', childNumber: child.number, familyNumber: family.number, on: '2025-08-20', nights: null, riel: null },
    ]);
  });

  const approvedRun = async (id: string): Promise<void> => {
    await check(officer, id);
    expect((await approve(approver, id)).result.state).toBe('approved');
  };
});

describe('a payee', () => {
  it('needs one of family and child, and an account with a bank', async () => {
    const family: ArrangedFamily = await approvedFamily(harness, { area: '02010102' });
    for (const [path, input] of [
      ['familyId', {}], ['familyId', { familyId: family.id, childNumber: 1 }], ['accountNumber', { familyId: family.id, accountNumber: null }],
      ['accountNumber', { familyId: family.id, method: 'cash' }], ['accountNumber', { familyId: family.id, accountNumber: '12 34' }], ['name', { familyId: family.id, name: ' ' }],
    ] as const) {
      expect((await setPayee(officer, input)).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path }] });
    }
    expect(await harness.sql('select id from support.payees where family_id = $1', [family.id])).toEqual([]);
  });

  it('of another province\'s family is not there', async () => {
    const family = await approvedFamily(harness, { area: '02010102' });
    expect(codeOf(await setPayee(elsewhere, { familyId: family.id }))).toBe('NOT_FOUND');
    expect(codeOf(await setPayee(officer, { familyId: newKey() }))).toBe('NOT_FOUND');
    expect(codeOf(await setPayee(officer, { childNumber: 999_999 }))).toBe('NOT_FOUND');
  });

  it('is set by nobody without the posting', () => expectDenied(harness, acts['payee.set'], (who) => setPayee(who, { familyId: newKey() })));
});

describe('an entitlement', () => {
  const entitlements = async (who: Client, id: string) => (await who.send('query ($id: Id!) { child(id: $id) { entitlements { scheme opensOn endsOn stop } } }', { id })).data?.child?.entitlements;

  it('opens by itself when the child moves, follows every change, and is looked at twice without harm', async () => {
    const social = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
    const { child, family } = await movedChild(harness, '2026-05-08');
    expect(await looksAgain(child.id)).toBe(1);
    expect(await looksAgain(child.id)).toBe(0);
    expect(await entitlements(social, child.id)).toEqual([{ scheme: 'after_residential', opensOn: '2026-05-08', endsOn: '2034-02-11', stop: 'age' }]);
    await writeStays(harness, child, [{ from: '2024-05-01', to: '2026-05-08' }, { from: '2026-05-08', to: '2026-06-01', family }, { from: '2026-06-01', to: null }]);
    expect(await looksAgain(child.id)).toBe(1);
    expect(await entitlements(social, child.id)).toMatchObject([{ opensOn: '2026-05-08', endsOn: '2026-06-01', stop: 'residential' }]);
    await writeStays(harness, child, [{ from: '2024-05-01', to: '2026-05-10' }, { from: '2026-05-10', to: null, family }]);
    expect(await looksAgain(child.id)).toBe(2);
    expect(await entitlements(social, child.id)).toMatchObject([{ opensOn: '2026-05-10', stop: 'age' }]);
    const written = await harness.sql<{ system: string; reason: string }>('select system, reason from platform.acts where about_id = $1 order by seq', [child.id]);
    expect(written).toEqual(['opened', 'moved', 'taken_back', 'opened'].map((reason) => ({ system: 'support.entitlements', reason })));
  });

  it.each(['placement.started', 'placement.ended', 'episode.changed', 'child.described'])('is looked at again after %s, whatever the event names', async (event) => {
    const registry = harness.app.get(JobRegistry, { strict: false });
    expect(registry.listeners(event)).toContain('support.entitlements');
    const { child } = await movedChild(harness, '2026-05-08');
    const [placed] = await harness.sql<{ id: string }>('select id from placements.placements where child_id = $1', [child.id]);
    const subjectId = event.startsWith('placement') ? (placed?.id ?? '') : child.id;
    const deliver = () => worker.uow.system(systemActor('support.entitlements'), newKey(), async (op) => registry.work('support.entitlements')?.(op, { event, subjectId, actId: newKey(), payload: null }, async () => undefined));
    await deliver();
    await deliver();
    expect(await harness.sql('select opened_on from support.entitlements where child_id = $1', [child.id])).toHaveLength(1);
  });

  it('is not seen by the institution or another office', async () => {
    const institution = await arrangeInstitution(harness);
    const family = await approvedFamily(harness);
    const child = await childWithStays(harness, [{ from: '2024-05-01', to: '2026-05-08' }, { from: '2026-05-08', to: null, family }], { institution });
    await looksAgain(child.id);
    expect(await entitlements(await signedIn(harness, { role: 'para_social_worker', institution }), child.id)).toEqual([]);
    expect(await entitlements(await signedIn(harness, { role: 'social_worker', office: offices.siemReapTown }), child.id)).toBeUndefined();
    expect(await entitlements(await signedIn(harness, { role: 'supervisor', office: offices.battambang }), child.id)).toHaveLength(1);
  });
});

describe('what support writes down', () => {
  it('holds no name and no account outside its own rows', async () => {
    const rows = await harness.sql<{ text: string }>(
      `select to_jsonb(a)::text as text from platform.acts a union all select to_jsonb(o)::text from platform.outbox o union all select to_jsonb(d)::text from platform.denials d
       union all select to_jsonb(l)::text from support.lines l union all select to_jsonb(w)::text from support.warnings w`,
    );
    const written = [...rows.map(({ text }) => text), ...harness.logLines].join('\n');
    for (const secret of ['SOK DARA', 'Sok Dara', 'Chan Sreyneang', '000123456789', '6789"']) expect(written).not.toContain(secret);
  });
});
