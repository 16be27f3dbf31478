import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/ids.js';
import { recordAct } from '../../src/platform/audit/acts.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { ok, refuse } from '../../src/kernel/result.js';
import { civil } from '../../src/kernel/civil-date.js';
import { applicationLifecycle } from '../../src/recruitment/application.domain.js';
import type { ApplicationState } from '../../src/recruitment/application.domain.js';
import { acts } from '../../src/recruitment/recruitment.policy.js';
import { knownFamily } from '../support/given.js';
import { Harness, newKey } from '../support/harness.js';
import { arrangeOffices, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';

const MANY = 6;
const TODAY = '2026-06-15';
let harness: Harness;
let offices: Offices;
let supervisors: Person[];
let members: string[];

beforeAll(async () => {
  harness = await Harness.start({ POOL_SIZE: String(MANY + 2) });
  offices = await arrangeOffices(harness);
  const people = (role: 'social_worker' | 'supervisor', office: string, many: number) => Promise.all(Array.from({ length: many }, () => signedIn(harness, { role, office })));
  supervisors = await people('supervisor', offices.battambang, MANY);
  members = [...(await people('social_worker', offices.battambangTown, 2)), ...(await people('social_worker', offices.siemReapTown, 1))].map(({ accountId }) => accountId);
});
afterAll(() => harness.stop());

/** An application before its panel, which has met. */
async function beforePanel(): Promise<{ id: string; familyId: string }> {
  const family = await knownFamily(harness);
  const id = newId();
  await harness.sql(`insert into recruitment.applications (id, family_id, office_id, received_on, state) values ($1, $2, $3, '2026-06-01', 'panel')`, [id, family.id, family.officeId]);
  await harness.sql(`insert into recruitment.panels (id, application_id, office_id, met_on, members) values ($1, $2, $3, '2026-06-10', $4)`, [newId(), id, family.officeId, members]);
  return { id, familyId: family.id };
}

/** Holds a lock until so many sessions wait for it: what is raced for really happens at one moment. */
async function together<T>(lock: string, waiting: number, start: () => Promise<T>): Promise<T> {
  const holder = await harness.owner.connect();
  try {
    await holder.query('begin');
    await holder.query(lock);
    const work = start();
    for (let looks = 0; ; looks += 1) {
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

const decisionsOf = (id: string) => harness.sql<{ act: string }>(`select act from platform.acts where subject_id = $1 and act in ('application.approve', 'application.refuse', 'application.withdraw')`, [id]);

describe(`${MANY} who decide one application at the same moment`, () => {
  it('make one decision; every other is told that it is decided', async () => {
    const { id, familyId } = await beforePanel();
    const outcomes = await together(`select from carers.families where id = '${familyId}' for update`, MANY, () =>
      Promise.all(supervisors.map((who, at) => (at % 2 === 0
        ? who.act('refuseFamily', { applicationId: id, on: TODAY, reason: 'Not now.' }, 'Application { state }', 'RecruitmentRefused')
        : who.act('withdrawApplication', { applicationId: id, on: TODAY }, 'Application { state }', 'RecruitmentRefused')))),
    );
    const said = outcomes.map(({ result }) => result.code ?? 'decided').sort();
    expect(said).toEqual([...Array.from({ length: MANY - 1 }, () => 'APPLICATION_STATE'), 'decided']);
    expect(await decisionsOf(id)).toHaveLength(1);
    const [row] = await harness.sql<{ state: string; outcome: string | null }>('select a.state, p.outcome from recruitment.applications a join recruitment.panels p on p.application_id = a.id where a.id = $1', [id]);
    expect(row?.outcome).toBe(row?.state === 'refused' ? 'refused' : null);
  });

  it('make several without the lock (it is what the test above proves)', async () => {
    const { id, familyId } = await beforePanel();
    let reading = MANY;
    let open: () => void = () => undefined;
    const read = new Promise<void>((resolve) => (open = resolve));
    const uow = harness.app.get(UnitOfWork, { strict: false });
    const outcomes = await Promise.all(supervisors.map((who) => {
      const actor = { kind: 'user' as const, userId: who.accountId, sessionId: who.sessionId, postings: [{ id: who.postingId, role: who.role, officeId: offices.battambang, institutionId: null, area: '02', officeIds: [offices.battambang, offices.battambangTown] }] };
      return uow.command(actor, acts['application.withdraw'], { requestKey: newKey() }, 'race', async (op) => {
        // As the service does it, but neither the family nor the application is locked.
        const application = await op.tx.row<{ state: ApplicationState }>('select state from recruitment.applications where id = $1', [id]);
        reading -= 1;
        if (reading === 0) open();
        await read;
        if (application === undefined) throw new Error('no application');
        const state = applicationLifecycle.next(application.state, 'withdraw');
        if (state === undefined) return refuse('APPLICATION_STATE');
        await op.tx.run('update recruitment.applications set state = $2, ended_on = $3 where id = $1', [id, state, TODAY]);
        await recordAct(op, { subject: ['application', id], about: familyId, on: civil(TODAY) });
        return ok(id);
      });
    }));
    expect(outcomes.filter((outcome) => outcome.ok).length).toBeGreaterThan(1);
    expect((await decisionsOf(id)).length).toBeGreaterThan(1);
  });
});
