import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/ids.js';
import { recordAct } from '../../src/platform/audit/acts.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { ok, refuse } from '../../src/kernel/result.js';
import { civil } from '../../src/kernel/civil-date.js';
import { applicationLifecycle } from '../../src/recruitment/application.domain.js';
import type { ApplicationState } from '../../src/recruitment/application.domain.js';
import { acts } from '../../src/recruitment/recruitment.policy.js';
import { systemActor } from '../../src/platform/auth/roles.js';
import type { Op } from '../../src/platform/database/op.js';
import { FamilyLoadsService, familyLoadJob } from '../../src/recruitment/family-loads.service.js';
import { knownFamily } from '../support/given.js';
import { Harness, newKey } from '../support/harness.js';
import { arrangeOffices, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';
import { asWorker } from '../support/worker.js';

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

describe('one household in two tables that are written at the same moment', () => {
  const HEAD = 'kind,area_code,phone,languages,carer1_name_km,carer1_name_latin,carer1_sex,carer1_birth';
  let name = 0;

  /** Both rows are read before either household is written: writing waits, reading does not. */
  async function bothAtOnce(seen: (op: Op) => Op): Promise<{ outcomes: string[]; families: number }> {
    name += 1;
    const phone = `01700900${name}`;
    const table = [HEAD, `foster,02030101,${phone},khm,,Twice Known,f,1985-04-02`].join('\n');
    const queue = await asWorker(harness);
    try {
      const loads = await Promise.all(supervisors.slice(0, 2).map(async (who) => {
        const { result } = await who.act('loadFamilies', { officeId: offices.battambangTown, dryRun: false, on: TODAY, table }, 'FamilyLoad { id }', 'RecruitmentRefused');
        return result.id as string;
      }));
      const rows = await harness.sql<{ id: string }>('select id from recruitment.family_load_rows where load_id = any ($1::uuid[])', [loads]);
      const service = harness.app.get(FamilyLoadsService, { strict: false });
      await together('lock table carers.families in share mode', 2, () =>
        Promise.all(rows.map(({ id }) => queue.uow.system(systemActor(familyLoadJob.name), newKey(), (op) => service.proceed(seen(op), id)))));
      const told = await harness.sql<{ outcome: string }>('select outcome from recruitment.family_load_rows where load_id = any ($1::uuid[]) order by outcome', [loads]);
      const [known] = await harness.sql<{ n: number }>('select count(*)::int as n from carers.families where phone = $1', [`+855${phone.slice(1)}`]);
      await harness.sql(`update carers.families set phone = null where phone = $1`, [`+855${phone.slice(1)}`]);
      await harness.sql(`delete from carers.family_keys k using carers.adults a where a.family_id = k.family_id and a.name_latin = 'Twice Known'`);
      return { outcomes: told.map(({ outcome }) => outcome), families: known?.n ?? -1 };
    } finally {
      await queue.close();
    }
  }

  it('becomes one family; the other row is told of it', async () => {
    expect(await bothAtOnce((op) => op)).toEqual({ outcomes: ['created', 'possible_duplicate'], families: 1 });
  });

  it('becomes two without the lock (it is what the test above proves)', async () => {
    const unlocked = (op: Op): Op => ({ ...op, tx: new Proxy(op.tx, {
      get: (tx, what) => {
        const known: unknown = Reflect.get(tx, what);
        if (typeof known !== 'function') return known;
        return (...given: unknown[]): unknown => (String(given[0]).includes('pg_advisory_xact_lock') ? Promise.resolve() : Reflect.apply(known, tx, given));
      },
    }) });
    expect(await bothAtOnce(unlocked)).toEqual({ outcomes: ['created', 'created'], families: 2 });
  });
});
