import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/ids.js';
import { ok } from '../../src/kernel/result.js';
import { systemActor } from '../../src/platform/auth/roles.js';
import { EntitlementsService } from '../../src/support/entitlements.service.js';
import { insertEntitlement } from '../../src/support/entitlements.repo.js';
import { decideRun } from '../../src/support/run.domain.js';
import type { RunState } from '../../src/support/run.domain.js';
import { moveRun } from '../../src/support/runs.repo.js';
import { acts } from '../../src/support/support.policy.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { recordAct } from '../../src/platform/audit/acts.js';
import { civil } from '../../src/kernel/civil-date.js';
import { movedChild, ratesAreKnown } from '../support/given-money.js';
import { Harness, newKey } from '../support/harness.js';
import type { Outcome } from '../support/harness.js';
import { arrangeOffices, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';
import { asWorker } from '../support/worker.js';
import type { WorkerDatabase } from '../support/worker.js';

const MANY = 8;
let harness: Harness;
let worker: WorkerDatabase;
let offices: Offices;
let officers: Person[];
let approvers: Person[];

beforeAll(async () => {
  harness = await Harness.start({ POOL_SIZE: String(MANY + 2) });
  worker = await asWorker(harness, MANY);
  offices = await arrangeOffices(harness);
  const people = (role: 'finance_officer' | 'finance_approver') => Promise.all(Array.from({ length: MANY }, () => signedIn(harness, { role, office: offices.battambang })));
  officers = await people('finance_officer');
  approvers = await people('finance_approver');
  await ratesAreKnown(harness);
  await movedChild(harness, '2026-01-09');
});
afterAll(async () => {
  await worker.close();
  await harness.stop();
});

const act = (who: Person | undefined, name: string, input: object): Promise<Outcome> => {
  if (who === undefined) throw new Error('nobody to act');
  return who.act(name, { ...input }, 'PaymentRun { id state }', 'SupportRefused');
};
const prepare = (who: Person | undefined, month: string): Promise<Outcome> => act(who, 'preparePaymentRun', { month, officeId: offices.battambang });
const said = (outcomes: readonly Outcome[]) => outcomes.map(({ result, errors }) => result?.code ?? result?.state ?? errors?.[0]?.extensions.code).sort();

/** Holds a lock until this many sessions wait for it, so that what is raced for really happens at one moment. */
async function together<T>(lock: string, waiting: number, start: () => Promise<T>): Promise<T> {
  const holder = await harness.owner.connect();
  try {
    await holder.query('begin');
    await holder.query(lock);
    const work = start();
    for (let looks = 0; ; looks += 1) {
      // Not on the holder's connection: a transaction sees who waits as it was at its first look.
      const [row] = await harness.sql<{ n: number }>(`select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
      if ((row?.n ?? 0) >= waiting) break;
      if (looks > 5_000) throw new Error('nobody came to wait');
    }
    await holder.query('commit');
    return await work;
  } finally {
    await holder.query('rollback');
    holder.release();
  }
}

async function checkedRun(month: string): Promise<string> {
  const [officer] = officers;
  const id: string = (await prepare(officer, month)).result.id;
  await act(officer, 'calculatePaymentRun', { runId: id });
  expect((await act(officer, 'checkPaymentRun', { runId: id })).result.state).toBe('checked');
  return id;
}

describe(`${MANY} who prepare a run for one month at the same moment`, () => {
  // Everybody has looked for an open run before anybody can write one.
  const rush = (month: string) => together('lock table support.runs in share mode', MANY, () => Promise.all(officers.map((who) => prepare(who, month))));

  it('make one, and every other is told by name that it is there', async () => {
    expect(said(await rush('2026-02'))).toEqual([...Array.from({ length: MANY - 1 }, () => 'RUN_OPEN'), 'draft']);
    expect(await harness.sql(`select id from support.runs where month = '2026-02-01'`)).toHaveLength(1);
  });

  it('make several once the constraint is gone (it is what the test above proves)', async () => {
    const [kept] = await harness.sql<{ definition: string }>(`select pg_get_constraintdef(oid) as definition from pg_constraint where conname = 'runs_one_open'`);
    await harness.sql('alter table support.runs drop constraint runs_one_open');
    expect(said(await rush('2026-03')).filter((each) => each === 'draft').length).toBeGreaterThan(1);
    await harness.sql(`delete from support.runs where month = '2026-03-01'`);
    await harness.sql(`alter table support.runs add constraint runs_one_open ${kept?.definition ?? ''}`);
  });
});

describe(`${MANY} who approve one run at the same moment`, () => {
  it('approve it once', async () => {
    const id = await checkedRun('2026-01');
    const outcomes = await together(`select from support.runs where id = '${id}' for update`, MANY, () => Promise.all(approvers.map((who) => act(who, 'approvePaymentRun', { runId: id }))));
    expect(said(outcomes)).toEqual([...Array.from({ length: MANY - 1 }, () => 'RUN_STATE'), 'approved']);
    expect(await harness.sql(`select from platform.acts where subject_id = $1 and act = 'paymentRun.approve'`, [id])).toHaveLength(1);
  });

  /** Approves as the service does, but reads the run without its lock, and everybody before anybody writes. */
  async function approveUnlocked(id: string): Promise<number> {
    let waiting = 2;
    let open: () => void = () => undefined;
    const read = new Promise<void>((resolve) => (open = resolve));
    const uow = harness.app.get(UnitOfWork, { strict: false });
    const outcomes = await Promise.all(
      approvers.slice(0, 2).map(async (who) => {
        const actor = { kind: 'user' as const, userId: who.accountId, sessionId: who.sessionId, postings: [{ id: who.postingId, role: who.role, officeId: offices.battambang, institutionId: null, area: '02', officeIds: [offices.battambang] }] };
        return uow.command(actor, acts['paymentRun.approve'], { requestKey: newKey() }, 'race', async (op) => {
          const run = await op.tx.row<{ state: RunState; preparedBy: string }>('select state, prepared_by as "preparedBy" from support.runs where id = $1', [id]);
          if (run === undefined) throw new Error('no run');
          const state = decideRun({ ...run, calculatedBy: null }, 'approve', who.accountId);
          waiting -= 1;
          if (waiting === 0) open();
          await read;
          if (!state.ok) return state;
          await moveRun(op, id, state.value);
          await recordAct(op, { subject: ['payment_run', id] });
          return ok(id);
        });
      }),
    );
    return outcomes.filter((outcome) => outcome.ok).length;
  }

  it('without the lock the table still lets one through, and without that too everybody', async () => {
    await movedChild(harness, '2026-04-09');
    expect(await approveUnlocked(await checkedRun('2026-04'))).toBe(1);
    await harness.sql('alter table support.runs disable trigger runs_settled');
    await movedChild(harness, '2026-05-09');
    expect(await approveUnlocked(await checkedRun('2026-05'))).toBe(2);
    await harness.sql('alter table support.runs enable trigger runs_settled');
  });
});

describe('two runs of different months calculated at the same moment', () => {
  it('pay the arrears of the months before once', async () => {
    const { child } = await movedChild(harness, '2025-09-01', { area: '17100101' });
    const [siemReap, other] = await Promise.all([0, 1].map(() => signedIn(harness, { role: 'finance_officer', office: offices.siemReap })));
    const draft = async (month: string): Promise<string> => (await act(siemReap, 'preparePaymentRun', { month, officeId: offices.siemReap })).result.id;
    const ids = [await draft('2025-12'), await draft('2026-01')];
    const outcomes = await together(`select from support.schemes for update`, 2, () => Promise.all([act(siemReap, 'calculatePaymentRun', { runId: ids[0] }), act(other, 'calculatePaymentRun', { runId: ids[1] })]));
    // Where January came first it pays everything, and nothing is left for December.
    expect(['calculated calculated', 'NOTHING_TO_PAY calculated']).toContain(said(outcomes).join(' '));
    const paid = await harness.sql<{ month: string; n: number }>(`select to_char(month, 'YYYY-MM') as month, count(*)::int as n from support.lines where child_id = $1 group by month order by month`, [child.id]);
    expect(paid).toEqual(['2025-09', '2025-10', '2025-11', '2025-12', '2026-01'].map((month) => ({ month, n: 1 })));
  });
});

describe(`${MANY} looks at one child at the same moment`, () => {
  it('open one entitlement', async () => {
    const { child } = await movedChild(harness, '2026-05-08');
    const changed = await together(`select from children.children where id = '${child.id}' for update`, MANY, () =>
      Promise.all(Array.from({ length: MANY }, () => worker.uow.system(systemActor('support.entitlements'), newKey(), (op) => new EntitlementsService().bringInLine(op, child.id)))),
    );
    expect(changed.sort()).toEqual([...Array.from({ length: MANY - 1 }, () => 0), 1]);
    expect(await harness.sql('select id from support.entitlements where child_id = $1', [child.id])).toHaveLength(1);
  });

  it('meet an error without the child\'s lock (it is what the test above proves)', async () => {
    const { child } = await movedChild(harness, '2026-05-08');
    const stretch = { during: { from: civil('2026-05-08'), to: civil('2034-02-11') }, stop: 'age' as const };
    const ended = await together('lock table support.entitlements in share mode', MANY, () =>
      Promise.allSettled(Array.from({ length: MANY }, () => worker.uow.system(systemActor('race'), newKey(), (op) => insertEntitlement(op, newId(), child.id, 'after_residential', stretch)))),
    );
    expect(ended.filter(({ status }) => status === 'rejected')).toHaveLength(MANY - 1);
  });
});
