import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newCertificateNumber } from '../../src/kernel/check-number.js';
import { newId } from '../../src/kernel/ids.js';
import { systemActor } from '../../src/platform/auth/roles.js';
import type { InTransaction } from '../../src/platform/queue/jobs.js';
import { TrainingJobs } from '../../src/training/training.jobs.js';
import { acts } from '../../src/training/training.policy.js';
import { admit, forgetVerifications } from '../../src/training/verification.js';
import { activePlacement, resident } from '../support/given-placements.js';
import { approvedFamily } from '../support/given.js';
import { Harness, newKey } from '../support/harness.js';
import type { Client, Outcome } from '../support/harness.js';
import { arrangeOffices, expectDenied, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';
import { approve, fact, heardAndSigned, plan } from '../support/placement-calls.js';
import { asWorker } from '../support/worker.js';

const TODAY = '2026-06-15';
let harness: Harness;
let offices: Offices;
let worker: Person;
let untrained: Person;
let supervisor: Person;
let ministry: Person;

beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  worker = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
  untrained = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown, certified: false });
  supervisor = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
  ministry = await signedIn(harness, { role: 'supervisor', office: offices.ministry });
});
afterAll(() => harness.stop());

const certify = (who: Person, kind: string, during: string): Promise<unknown> =>
  harness.sql('insert into staff.qualifications (account_id, kind, during, certificate_id) values ($1, $2, $3, $4)', [who.accountId, kind, during, newId()]);

/** A visit to a placed child that waits to be recorded by whoever comes. */
async function dueVisit(): Promise<{ visitId: string; childId: string }> {
  const placement = await activePlacement(harness);
  const [row] = await harness.sql<{ id: string }>(
    `insert into casework.visits (id, child_id, placement_id, office_id, worker_id, ordinal, due_on) values (uuidv7(), $1, $2, $3, $4, 1, '2026-06-12') returning id`,
    [placement.child.id, placement.id, offices.battambangTown, worker.accountId],
  );
  return { visitId: row?.id ?? '', childId: placement.child.id };
}

const VISIT = 'Visit { id state countersignature { id act lacked recordedBy countersignedBy countersignedOn can { act allowed code } } }';
const recordVisit = (who: Client, visitId: string): Promise<Outcome> =>
  who.act('recordVisit', { visitId, on: '2026-06-12', seenAlone: true, worry: false, wellbeing: 'Well.', childSaid: 'I like it.', carerSaid: 'She eats.' }, VISIT, 'CaseworkRefused');
const countersign = (who: Client, countersignatureId: string, requestKey = newKey()): Promise<Outcome> =>
  who.act('countersign', { countersignatureId, requestKey }, 'Countersignature { id countersignedBy countersignedOn }', 'TrainingRefused');
const code = (answer: { errors?: readonly { extensions: { code: string } }[] }): string | undefined => answer.errors?.[0]?.extensions.code;
const tasks = (subjectId: string) => harness.sql<{ state: string; office_id: string; due_on: string }>(`select state, office_id, due_on::text from worklist.tasks where kind = 'training.countersign' and subject_id = $1`, [subjectId]);

describe('a certificate that is missing or has run out', () => {
  it('stops approving, and says why in both languages; with one it goes on', async () => {
    const without = await signedIn(harness, { role: 'supervisor', office: offices.battambang, certified: false });
    await certify(without, 'government_social_worker', '[2024-06-15,2026-06-15)');
    const [child, family] = [await resident(harness), await approvedFamily(harness)];
    const placementId = (await plan(worker, { childId: child.id, familyId: family.id })).result.id;
    await heardAndSigned(worker, placementId);
    const refused = await approve(without, placementId);
    expect(refused.result).toMatchObject({ code: 'STAFF_CERTIFICATE', details: [{ name: 'certificates', values: ['government_social_worker', 'senior_official'] }] });
    expect(refused.result.message).toContain('register for a session');
    const khmer = await without.act('approvePlacement', { placementId, on: TODAY }, 'Placement { id }', 'PlacementsRefused', 'km');
    expect(khmer.result.message).toMatch(/វិញ្ញាបនបត្រ/);
    expect(await harness.sql('select state from placements.placements where id = $1', [placementId])).toEqual([{ state: 'planned' }]);
    const can = (await without.send('query ($id: Id!) { placement(id: $id) { can { act allowed code } } }', { id: placementId })).data.placement.can;
    expect(can).toContainEqual({ act: 'placement.approve', allowed: false, code: 'STAFF_CERTIFICATE' });
    await certify(without, 'senior_official', '[2026-06-15,2026-06-16)');
    expect((await approve(without, placementId)).result).toMatchObject({ state: 'approved' });
  });

  it('stops nothing that the setting does not name, and on each day what it names on that day', async () => {
    const approver = await signedIn(harness, { role: 'finance_approver', certified: false });
    const lacking = async (act: string, day: string): Promise<unknown> => (await harness.sql('select training.lacking($1, $2, $3) as lacking', [approver.accountId, act, day]))[0];
    expect(await lacking('paymentRun.approve', TODAY)).toEqual({ lacking: [] });
    expect(await lacking('application.approve', TODAY)).toEqual({ lacking: ['government_social_worker', 'senior_official'] });
    const admin = await signedIn(harness, { role: 'administrator' });
    const change = { name: 'training.certificates_required', value: '["paymentRun.approve:senior_official"]', from: '2026-07-01', citation: 'A test.' };
    expect((await admin.act('changeSetting', change, 'Setting { name }', 'StaffRefused')).errors).toBeUndefined();
    expect(await lacking('paymentRun.approve', '2026-06-30')).toEqual({ lacking: [] });
    expect(await lacking('paymentRun.approve', '2026-07-01')).toEqual({ lacking: ['senior_official'] });
    expect(await lacking('application.approve', '2026-07-01')).toEqual({ lacking: [] });
  });
});

describe('what was recorded without a certificate', () => {
  it('counts, is seen on the record, and waits for a supervisor, once', async () => {
    const { visitId, childId } = await dueVisit();
    const recorded = (await recordVisit(untrained, visitId)).result;
    expect(recorded).toMatchObject({
      state: 'recorded', countersignature: { act: 'visit.record', lacked: ['government_social_worker'], recordedBy: untrained.accountId, countersignedBy: null, can: [{ act: 'record.countersign', allowed: false, code: 'FORBIDDEN' }] },
    });
    const { id } = recorded.countersignature;
    expect(await tasks(id)).toEqual([{ state: 'open', office_id: offices.battambangTown, due_on: '2026-06-25' }]);
    const list = async (who: Client, waiting = true): Promise<unknown[]> =>
      (await who.send('query ($waiting: Boolean!) { countersignatures(first: 100, waiting: $waiting) { nodes { id aboutId } } }', { waiting })).data.countersignatures.nodes;
    for (const who of [supervisor, untrained]) expect(await list(who)).toContainEqual({ id, aboutId: childId });
    expect(await list(await signedIn(harness, { role: 'supervisor', office: offices.siemReap }))).toEqual([]);

    const key = newKey();
    const first = await countersign(supervisor, id, key);
    expect(first.result).toMatchObject({ id, countersignedBy: supervisor.accountId, countersignedOn: TODAY });
    expect((await countersign(supervisor, id, key)).result).toEqual(first.result);
    expect((await countersign(ministry, id)).result).toMatchObject({ code: 'COUNTERSIGNED' });
    expect(await harness.sql(`select from platform.acts where act = 'record.countersign' and subject_id = $1`, [id])).toHaveLength(1);
    expect(await tasks(id)).toMatchObject([{ state: 'done' }]);
    expect(await list(supervisor)).not.toContainEqual({ id, aboutId: childId });
    expect(await list(supervisor, false)).toContainEqual({ id, aboutId: childId });
  });

  it('needs nobody where the recorder has the certificate', async () => {
    const { visitId } = await dueVisit();
    expect((await recordVisit(worker, visitId)).result).toMatchObject({ state: 'recorded', countersignature: null });
  });

  it('waits in one row for all that one person wrote of a kind on a record', async () => {
    const family = await approvedFamily(harness);
    const child = await resident(harness);
    const placed = await fact(untrained, { childId: child.id, familyId: family.id });
    expect(placed.result).toMatchObject({ state: 'active' });
    const rows = await harness.sql<{ id: string }>('select id from training.countersignatures where subject_id = $1', [placed.result.id]);
    expect(rows).toHaveLength(1);
    await harness.sql('select training.note_recorded(uuidv7(), $1, $2, $3, $4, null, $5, false, $6, now(), uuidv7(), $7)', [
      untrained.accountId, 'placement.recordFact', 'placement', placed.result.id, offices.battambangTown, TODAY, 'training.countersign',
    ]);
    expect(await harness.sql('select from training.countersignatures where subject_id = $1', [placed.result.id])).toHaveLength(1);
  });

  it('of a supervisor goes one level up, never to herself, and only to who is certified', async () => {
    const alone = await signedIn(harness, { role: 'supervisor', office: offices.battambang, certified: false });
    const { visitId } = await dueVisit();
    const { id } = (await recordVisit(alone, visitId)).result.countersignature;
    expect(await tasks(id)).toMatchObject([{ office_id: offices.ministry }]);
    expect((await countersign(alone, id)).result).toMatchObject({ code: 'OWN_RECORD' });
    const bare = await signedIn(harness, { role: 'supervisor', office: offices.ministry, certified: false });
    expect((await countersign(bare, id)).result).toMatchObject({ code: 'STAFF_CERTIFICATE' });
    expect(code(await countersign(await signedIn(harness, { role: 'supervisor', office: offices.siemReap }), id))).toBe('NOT_FOUND');
    expect(code(await countersign(ministry, newId()))).toBe('NOT_FOUND');
    expect(code(await ministry.act('countersign', { countersignatureId: 'x' }, 'Countersignature { id }', 'TrainingRefused'))).toBe('BAD_USER_INPUT');
    expect((await countersign(ministry, id)).result).toMatchObject({ countersignedBy: ministry.accountId });
  });

  it('is a supervisor\'s to countersign', async () => {
    const { visitId } = await dueVisit();
    const { id } = (await recordVisit(untrained, visitId)).result.countersignature;
    await expectDenied(harness, acts['record.countersign'], (client) => countersign(client, id));
    await expectDenied(harness, acts['countersignature.read'], (client) => client.send('{ countersignatures { nodes { id } } }'));
  });
});

/** A certificate of a course for an audience that ends on a day, as its session left it. */
async function certificate(holder: { readonly adult?: string; readonly family?: string; readonly account?: string }, ends: string, audience = holder.account === undefined ? 'foster_carer' : 'government_social_worker'): Promise<{ id: string; number: string }> {
  const [course] = await harness.sql<{ id: string }>(
    `insert into training.courses (id, audience, name_km, name_latin, hours, validity_months) values (uuidv7(), $1, 'វគ្គ', $2, 6, 24) returning id`, [audience, newKey()],
  );
  const [session] = await harness.sql<{ id: string }>(
    `insert into training.sessions (id, course_id, trainer_id, area_code, office_id, days, capacity) values (uuidv7(), $1, $2, '0203', $3, '{2024-06-01}', 20) returning id`,
    [course?.id, worker.accountId, offices.battambangTown],
  );
  const who = [holder.adult ?? null, holder.family ?? null, holder.account ?? null];
  const [registration] = await harness.sql<{ id: string }>(
    `insert into training.registrations (id, session_id, adult_id, family_id, account_id, name_latin, registered_on) values (uuidv7(), $1, $2, $3, $4, 'Somebody', '2024-05-20') returning id`, [session?.id, ...who],
  );
  const [made] = await harness.sql<{ id: string; number: string }>(
    `insert into training.certificates (id, number, registration_id, course_id, adult_id, family_id, account_id, during, issued_by) values (uuidv7(), $1, $2, $3, $4, $5, $6, daterange('2024-06-02', $7), $8) returning id, number`,
    [newCertificateNumber(), registration?.id, course?.id, ...who, ends, worker.accountId],
  );
  if (made === undefined) throw new Error('no certificate');
  return made;
}

describe('the number of a certificate', () => {
  const verify = (numbers: readonly string[], who: Client = harness.client(undefined)) =>
    who.send(`{ ${numbers.map((number, at) => `n${at}: verifyCertificate(number: "${number}") { status courseNameLatin validFrom validUntil retryAfterSeconds }`).join(' ')} }`);
  const statuses = (answer: { data: Record<string, { status: string }> }): string[] => Object.values(answer.data).map(({ status }) => status);
  const guesses = (n: number): string[] => Array.from({ length: n }, () => newCertificateNumber());

  it('is not to be counted through: a stranger asks thirty times a minute, and everybody together a hundred and twenty', async () => {
    harness.clock.set('2026-06-20T03:00:00Z');
    const real = await certificate({ account: supervisor.accountId }, '2027-01-01');
    const first = await verify([real.number, ...guesses(14)]);
    expect(statuses(first)).toEqual(['valid', ...Array.from({ length: 14 }, () => 'unknown')]);
    expect(Object.keys(first.data.n0)).toEqual(Object.keys(first.data.n1));
    harness.clock.set('2026-06-20T03:00:20Z');
    expect(statuses(await verify(guesses(14)))).not.toContain('try_later');
    // One is left of thirty, of the two that are asked for.
    expect(statuses(await verify([real.number, ...guesses(1)]))).toEqual(['valid', 'try_later']);
    const refused = (await verify([real.number])).data.n0;
    expect(refused).toEqual({ status: 'try_later', courseNameLatin: null, validFrom: null, validUntil: null, retryAfterSeconds: 40 });
    // Who is signed in is counted apart from the address she shares with others.
    const someone = await signedIn(harness, { role: 'social_worker' });
    expect(statuses(await verify([real.number], someone))).toEqual(['valid']);
    harness.clock.set('2026-06-20T03:01:01Z');
    expect(statuses(await verify([real.number]))).toEqual(['valid']);
    expect(await harness.sql('select from training.verifications where asked_by is null')).toEqual([]);

    harness.clock.set('2026-06-20T04:00:00Z');
    const crowd = await Promise.all(Array.from({ length: 8 }, () => signedIn(harness, { role: 'trainer' })));
    for (const one of crowd) expect(statuses(await verify(guesses(15), one))).not.toContain('try_later');
    const late = await signedIn(harness, { role: 'social_worker' });
    expect(statuses(await verify([real.number], late))).toEqual(['try_later']);
    harness.clock.set('2026-06-20T04:01:01Z');
    expect(statuses(await verify([real.number], late))).toEqual(['valid']);
    await remind('2026-06-20T05:00:00Z', (jobs, transaction) => transaction(forgetVerifications));
    expect(await harness.sql('select from training.verifications')).toEqual([]);
    harness.clock.set('2026-06-15T03:00:00Z');
  });

  it.each([[5, 0, 0, 5], [5, 28, 0, 2], [5, 30, 0, 0], [5, 31, 0, 0], [5, 0, 118, 2], [5, 29, 119, 1], [5, 0, 125, 0]])('of %i, %i asked by her and %i by all before, lets %i through', (wanted, mine, all, admitted) => {
    expect(admit(wanted, { mine, all, freesIn: 12.2 })).toEqual({ admitted, retryAfter: 13 });
  });
});

/** Does what a job does, as the worker's login, at a moment. */
async function remind(moment: string, what: (jobs: TrainingJobs, transaction: InTransaction) => Promise<void> = (jobs, transaction) => jobs.remind(transaction)): Promise<void> {
  harness.clock.set(moment);
  const queue = await asWorker(harness);
  try {
    await what(harness.app.get(TrainingJobs, { strict: false }), (work) => queue.uow.system(systemActor('training.reminders'), 'test', work));
  } finally {
    await queue.close();
    harness.clock.set('2026-06-15T03:00:00Z');
  }
}

describe('reminders', () => {
  const told = async (who: Person, subjectId: string): Promise<string[]> =>
    (await harness.sql<{ said: string }>(`select kind || ' ' || coalesce(detail, '') as said from worklist.inbox where account_id = $1 and $2 = any (subject_ids) order by id`, [who.accountId, subjectId])).map(({ said }) => said);
  const task = (subjectId: string) => harness.sql<{ state: string; due_on: string }>(`select state, due_on::text, role, office_id, account_id from worklist.tasks where kind = 'training.certificate_ends' and subject_id = $1`, [subjectId]);

  it('of a carer\'s certificate go to the family\'s office, each step once, also when nothing ran for days', async () => {
    const family = await approvedFamily(harness, { carersBorn: ['1985-01-01'] });
    const adult = family.carers[0] ?? '';
    const { id } = await certificate({ adult, family: family.id }, '2026-10-01');
    await harness.sql(`update carers.standings set source_id = $2, during = '[2024-06-02,2026-10-01)' where adult_id = $1 and code = 'certificate'`, [adult, id]);
    await remind('2026-07-01T23:40:00Z');
    expect(await told(worker, id)).toEqual([]);
    await remind('2026-07-02T23:40:00Z');
    await remind('2026-07-03T23:40:00Z');
    expect(await told(worker, id)).toEqual(['training.certificate_ends 90']);
    expect(await task(id)).toMatchObject([{ state: 'open', due_on: '2026-09-30', role: 'social_worker', office_id: offices.battambangTown }]);
    // Nothing ran while 60 and 30 went by.
    await remind('2026-09-10T23:40:00Z');
    await remind('2026-09-11T23:40:00Z');
    expect(await told(worker, id)).toEqual(['training.certificate_ends 90', 'training.certificate_ends 30']);
    await Promise.all([remind('2026-09-27T23:40:00Z'), remind('2026-09-27T23:40:00Z')]);
    await remind('2026-10-05T23:40:00Z');
    expect(await told(worker, id)).toEqual(['training.certificate_ends 90', 'training.certificate_ends 30', 'training.certificate_ends 7']);
    const renewed = await certificate({ adult, family: family.id }, '2028-10-01');
    await remind('2026-09-28T03:00:00Z', (jobs, transaction) => transaction((op) => jobs.renewed(op, renewed.id)));
    expect(await task(id)).toMatchObject([{ state: 'done' }]);
  });

  it('of a carer end with a later certificate, a closed family, or a carer who left', async () => {
    const made = await Promise.all([1, 2, 3, 4].map(async () => {
      const family = await approvedFamily(harness, { carersBorn: ['1985-01-01'] });
      const { id } = await certificate({ adult: family.carers[0] ?? '', family: family.id }, '2026-11-01');
      await harness.sql(`update carers.standings set source_id = $2, during = '[2024-06-02,2026-11-01)' where adult_id = $1 and code = 'certificate'`, [family.carers[0], id]);
      return { id, family };
    }));
    await harness.sql(`update carers.families set closed_on = '2026-06-10', closed_why = 'resigned' where id = $1`, [made[0]?.family.id]);
    await harness.sql(`update carers.adults set during = daterange(lower(during), '2026-06-10') where family_id = $1`, [made[1]?.family.id]);
    await harness.sql(`insert into carers.standings (id, family_id, adult_id, code, during, source_id) values (uuidv7(), $1, $2, 'certificate', '[2026-06-01,2028-06-01)', uuidv7())`, [made[2]?.family.id, made[2]?.family.carers[0]]);
    await remind('2026-10-20T23:40:00Z');
    const heard = await Promise.all(made.map(({ id }) => told(worker, id)));
    expect(heard).toEqual([[], [], [], ['training.certificate_ends 30']]);
  });

  it('of a colleague\'s certificate go to herself and to her supervisor, and a supervisor\'s one level up', async () => {
    const [her, chief] = [await signedIn(harness, { role: 'social_worker', office: offices.banan, certified: false }), await signedIn(harness, { role: 'supervisor', office: offices.battambang, certified: false })];
    const [one, two] = [await certificate({ account: her.accountId }, '2026-08-14'), await certificate({ account: chief.accountId }, '2026-08-14')];
    await certify(her, 'government_social_worker', '[2024-06-02,2026-08-14)');
    await remind('2026-06-16T23:40:00Z');
    await remind('2026-06-16T23:50:00Z');
    expect(await told(her, one.id)).toEqual(['training.certificate_ends 60']);
    expect(await told(supervisor, one.id)).toEqual(['training.colleague_certificate_ends 60']);
    expect(await told(chief, two.id)).toEqual(['training.certificate_ends 60']);
    expect(await told(supervisor, two.id)).toEqual([]);
    expect(await told(ministry, two.id)).toEqual(['training.colleague_certificate_ends 60']);
    expect(await task(one.id)).toMatchObject([{ account_id: her.accountId, due_on: '2026-08-13' }]);
  });

  it('of a session tomorrow go once to everybody who is on its list or has put somebody on it', async () => {
    const family = await approvedFamily(harness);
    const [course] = await harness.sql<{ id: string }>(`insert into training.courses (id, audience, name_km, name_latin, hours, validity_months) values (uuidv7(), 'foster_carer', 'វគ្គ', $1, 6, 24) returning id`, [newKey()]);
    const session = async (cancelled: string | null): Promise<string> => {
      const id = newId();
      await harness.sql(
        `insert into training.sessions (id, course_id, trainer_id, area_code, office_id, days, capacity, cancelled_on, cancel_reason) values ($1, $2, $3, '0203', $4, '{2026-07-20,2026-07-21}', 20, $5, case when $5::date is null then null else 'weather' end)`,
        [id, course?.id, supervisor.accountId, offices.battambangTown, cancelled],
      );
      for (const adult of family.carers) {
        await harness.sql(`insert into training.registrations (id, session_id, adult_id, family_id, name_latin, registered_on, registered_by) values (uuidv7(), $1, $2, $3, 'Somebody', '2026-07-01', $4)`, [id, adult, family.id, worker.accountId]);
      }
      return id;
    };
    const [held, cancelled] = [await session(null), await session('2026-07-10')];
    await remind('2026-07-17T23:40:00Z');
    expect(await told(worker, held)).toEqual([]);
    for (const moment of ['2026-07-18T23:40:00Z', '2026-07-18T23:50:00Z', '2026-07-19T23:40:00Z', '2026-07-20T23:40:00Z']) await remind(moment);
    expect(await told(worker, held)).toEqual(['training.session_tomorrow ']);
    expect(await told(worker, cancelled)).toEqual([]);
  });
});
