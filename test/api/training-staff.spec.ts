import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/ids.js';
import { acts } from '../../src/training/training.policy.js';
import { activePlacement, resident } from '../support/given-placements.js';
import { approvedFamily } from '../support/given.js';
import { Harness, newKey } from '../support/harness.js';
import type { Client, Outcome } from '../support/harness.js';
import { arrangeOffices, expectDenied, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';
import { approve, fact, heardAndSigned, plan } from '../support/placement-calls.js';

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
