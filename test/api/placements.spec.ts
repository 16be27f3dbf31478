import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemActor } from '../../src/platform/auth/roles.js';
import { FamilyChangesService } from '../../src/placements/family-changes.service.js';
import { acts } from '../../src/placements/placements.policy.js';
import { approvedFamily, placeTaken } from '../support/given.js';
import { contactRisk } from '../support/given-children.js';
import { resident } from '../support/given-placements.js';
import { Harness, newKey } from '../support/harness.js';
import type { Client, Outcome } from '../support/harness.js';
import { arrangeInstitution, arrangeOffices, expectDenied, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';
import { REFUSED, TODAY, approve, approvedPlan, cancel, fact, heardAndSigned, plan, start } from '../support/placement-calls.js';
import { asWorker } from '../support/worker.js';

let harness: Harness;
let offices: Offices;
let lotus: string;
let para: Person;
let worker: Person;
let supervisor: Person;
let elsewhere: Person;

beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  lotus = await arrangeInstitution(harness);
  para = await signedIn(harness, { role: 'para_social_worker', institution: lotus });
  worker = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
  supervisor = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
  elsewhere = await signedIn(harness, { role: 'social_worker', office: offices.siemReapTown });
});
afterAll(() => harness.stop());

const girl = { nameLatin: 'Chan Sreymom', sex: 'female', birth: { date: '2015-01-01', precision: 'estimated', basis: 'estimated' }, seenOn: TODAY };

const register = (who: Client, input: object = {}): Promise<Outcome> =>
  who.act('registerResident', { institutionId: lotus, ...girl, ...input }, 'Child { id number institutionId originOfficeId timeline { kind from to institutionId precision } gatekeeping { id state dueAt } }', REFUSED);
const option = (who: Client, gatekeepingId: string, input: object): Promise<Outcome> =>
  who.act('recordOption', { gatekeepingId, on: TODAY, outcome: 'passed_over', reason: 'Asked, and it cannot be.', ...input }, 'Gatekeeping { id state options { option outcome reason } }', REFUSED);
const conclude = (who: Client, gatekeepingId: string, input: object = {}): Promise<Outcome> =>
  who.act('concludeGatekeeping', { gatekeepingId, on: TODAY, parentsTraced: true, kinTraced: true, ...input }, 'Gatekeeping { id state concludedOn parentsTraced kinReason }', REFUSED);
const actsOf = (subject: string) => harness.sql<{ act: string; reason: string | null }>('select act, reason from platform.acts where subject_id = $1 order by seq', [subject]);
const eventsOf = async (subject: string) => (await harness.sql<{ event: string }>('select event from platform.outbox where subject_id = $1 order by id', [subject])).map(({ event }) => event);
const tasksAbout = (child: string) => harness.sql<{ kind: string; state: string; role: string; due_on: string; detail: string | null }>('select kind, state, role, due_on::text, detail from worklist.tasks where about_id = $1 and kind like $2 order by kind', [child, 'placements.%']);
const errorOf = (outcome: Outcome): string | undefined => outcome.errors?.[0]?.extensions.code;

describe('a first registration', () => {
  it('takes five facts and opens timeline, care period and the gatekeeping that is due in 72 hours', async () => {
    const { result } = await register(para, { arrivedOn: '2026-03-01', arrivedPrecision: 'month', entryReason: 'parents_migration', originAreaCode: '171001' });
    expect(result).toEqual({
      __typename: 'Child', id: expect.any(String), number: expect.any(Number), institutionId: lotus, originOfficeId: offices.siemReapTown,
      timeline: [{ kind: 'institution', from: '2026-03-01', to: null, institutionId: lotus, precision: 'month' }],
      // The institution opens the question and does not see what becomes of it.
      gatekeeping: null,
    });
    expect((await worker.send('query ($id: Id!) { child(id: $id) { gatekeeping { state dueAt } placements { id } } }', { id: result.id })).data.child).toEqual({
      gatekeeping: { state: 'open', dueAt: '2026-06-18T03:00:00.000Z' }, placements: [],
    });
    expect(await harness.sql('select during::text, entry_reason from placements.care_periods where child_id = $1', [result.id])).toEqual([{ during: '[2026-03-01,)', entry_reason: 'parents_migration' }]);
    expect(await tasksAbout(result.id)).toEqual([{ kind: 'placements.gatekeeping', state: 'open', role: 'social_worker', due_on: '2026-06-18', detail: null }]);
    expect(await eventsOf(result.id)).toEqual(['child.registered', 'episode.changed']);
    expect((await elsewhere.send('query ($id: Id!) { child(id: $id) { id } }', { id: result.id })).data.child.id).toBe(result.id);
  });

  it('answers the same to the same request key', async () => {
    const requestKey = newKey();
    const first = await register(worker, { requestKey });
    expect((await register(worker, { requestKey })).result.id).toBe(first.result.id);
    expect(await actsOf(first.result.id)).toHaveLength(1);
  });

  it.each([
    ['BIRTH_IN_FUTURE', { birth: { date: '2026-07-01', precision: 'day', basis: 'told_by_others' } }],
    ['BORN_AFTER_SEEN', { birth: { date: '2026-06-15', precision: 'day', basis: 'told_by_others' }, seenOn: '2026-06-14' }],
    ['BEFORE_BIRTH', { birth: { date: '2026-06-10', precision: 'day', basis: 'told_by_others' }, arrivedOn: '2026-06-09' }],
    ['SEEN_BEFORE_ARRIVAL', { seenOn: '2026-06-10', arrivedOn: '2026-06-11' }],
    ['AREA_UNKNOWN', { originAreaCode: '020399' }],
  ])('is refused: %s', async (code, input) => {
    const before = await harness.sql('select id from children.children');
    expect((await register(para, input)).result).toMatchObject({ __typename: REFUSED, code });
    expect(await harness.sql('select id from children.children')).toHaveLength(before.length);
  });

  it('is refused in a closed institution, ahead of the day, and to another institution or territory', async () => {
    const closed = await arrangeInstitution(harness, '020301', 'House that closed');
    await harness.sql(`update institutions.institutions set state = 'closed' where id = $1`, [closed]);
    expect((await register(worker, { institutionId: closed })).result.code).toBe('INSTITUTION_CLOSED');
    expect(errorOf(await register(worker, { seenOn: '2026-06-16' }))).toBe('BAD_USER_INPUT');
    expect(errorOf(await register(worker, { birth: { date: '2015-01-01', precision: 'day', basis: 'guess' } }))).toBe('BAD_USER_INPUT');
    expect(errorOf(await register(para, { institutionId: closed }))).toBe('FORBIDDEN');
    expect(errorOf(await register(elsewhere))).toBe('FORBIDDEN');
    expect(errorOf(await register(worker, { institutionId: newKey() }))).toBe('NOT_FOUND');
  });

  it('is done by nobody without the posting', () => expectDenied(harness, acts['resident.register'], (who) => register(who)));
});

describe('gatekeeping', () => {
  const open = async (): Promise<string> => (await resident(harness, { institution: lotus, gatekept: false })).gatekeepingId;

  it('goes through the options in order and is concluded by somebody from outside', async () => {
    const childId = (await register(para)).result.id;
    const id = (await worker.send('query ($id: Id!) { child(id: $id) { gatekeeping { id } } }', { id: childId })).data.child.gatekeeping.id;
    const requestKey = newKey();
    await option(worker, id, { option: 'birth_family', requestKey });
    expect((await option(worker, id, { option: 'birth_family', requestKey })).result.options).toHaveLength(1);
    expect((await option(worker, id, { option: 'foster', outcome: 'chosen' })).result).toMatchObject({ code: 'GATEKEEPING_OPTION_OUT_OF_ORDER', details: [{ name: 'missing', values: ['kin'] }] });
    await option(worker, id, { option: 'kin', outcome: 'absent' });
    expect((await option(worker, id, { option: 'kin', outcome: 'absent' })).result.code).toBe('OPTION_RECORDED');
    expect((await conclude(worker, id)).result).toMatchObject({ code: 'OPTION_MISSING', details: [{ values: ['foster', 'family_house', 'faith_place', 'residential'] }] });
    expect((await option(worker, id, { option: 'kin', relativeId: newKey() })).result.code).toBe('RELATIVE_UNKNOWN');
    await option(worker, id, { option: 'foster', outcome: 'chosen' });
    expect((await option(worker, id, { option: 'family_house' })).result.code).toBe('OPTION_CHOSEN');
    expect((await conclude(worker, id, { kinTraced: false })).result).toMatchObject({ code: 'TRACING_MISSING', details: [{ values: ['kin'] }] });
    const done = await conclude(worker, id, { kinTraced: false, kinReason: 'Three villages were asked.' });
    expect(done.result).toEqual({ __typename: 'Gatekeeping', id, state: 'complete', concludedOn: TODAY, parentsTraced: true, kinReason: 'Three villages were asked.' });
    expect((await conclude(worker, id)).result.code).toBe('ALREADY_CONCLUDED');
    expect((await option(worker, id, { option: 'residential' })).result.code).toBe('ALREADY_CONCLUDED');
    expect((await tasksAbout(childId)).filter(({ kind }) => kind === 'placements.gatekeeping')).toMatchObject([{ state: 'done' }]);
    expect((await worker.send('query ($id: Id!) { gatekeeping(id: $id) { childId options { outcome } } }', { id })).data.gatekeeping).toMatchObject({ childId, options: [{ outcome: 'passed_over' }, { outcome: 'absent' }, { outcome: 'chosen' }] });
    expect(await harness.sql(`select actor_id from platform.reads where subject_kind = 'child_gatekeeping' and subject_id = $1`, [childId])).toEqual([{ actor_id: worker.accountId }]);
  });

  it('is not decided by who also works for the institution', async () => {
    const both = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
    await harness.sql(`insert into staff.postings (id, account_id, role, institution_id, during) values ($1, $2, 'para_social_worker', $3, daterange('2020-01-01', null))`, [newKey(), both.accountId, lotus]);
    const id = await open();
    expect((await option(both, id, { option: 'birth_family' })).result.code).toBe('INSTITUTION_STAFF');
    expect((await conclude(both, id)).result.code).toBe('INSTITUTION_STAFF');
  });

  it('of another territory is not there, and needs a reason and a day that has come', async () => {
    const id = await open();
    expect(errorOf(await option(elsewhere, id, { option: 'birth_family' }))).toBe('NOT_FOUND');
    expect(errorOf(await conclude(elsewhere, id))).toBe('NOT_FOUND');
    expect(errorOf(await option(worker, id, { option: 'birth_family', reason: ' ' }))).toBe('BAD_USER_INPUT');
    expect(errorOf(await option(worker, id, { option: 'birth_family', on: '2026-06-16' }))).toBe('BAD_USER_INPUT');
    expect(errorOf(await conclude(worker, id, { on: '2026-06-16' }))).toBe('BAD_USER_INPUT');
    expect(errorOf(await elsewhere.send('query ($id: Id!) { gatekeeping(id: $id) { id } }', { id }) as Outcome)).toBe('NOT_FOUND');
  });

  it('is decided and read by nobody without the posting', async () => {
    await expectDenied(harness, acts['gatekeeping.recordOption'], (who) => option(who, newKey(), { option: 'kin' }));
    await expectDenied(harness, acts['gatekeeping.conclude'], (who) => conclude(who, newKey()));
    await expectDenied(harness, acts['gatekeeping.read'], (who) => who.send('query ($id: Id!) { gatekeeping(id: $id) { id } }', { id: newKey() }));
  });
});

describe('a plan', () => {
  it('holds the place, opens the file to the family\'s office and asks a supervisor', async () => {
    const child = await resident(harness);
    const family = await approvedFamily(harness, { area: '17100101', places: 1 });
    const { result } = await plan(worker, { childId: child.id, familyId: family.id, startsOn: '2026-06-20' });
    expect(result).toMatchObject({ state: 'planned', childId: child.id, familyId: family.id, startsOn: '2026-06-20', approvedBy: [] });
    expect(result.can).toEqual([
      { act: 'placement.approve', allowed: false, code: 'FORBIDDEN' }, { act: 'placement.start', allowed: false, code: 'PLACEMENT_STATE' },
      { act: 'placement.end', allowed: false, code: 'PLACEMENT_STATE' }, { act: 'placement.cancel', allowed: true, code: null },
    ]);
    expect(await harness.sql(`select kind, during::text, expires_at from carers.place_occupancies where occupant_id = $1`, [result.id])).toEqual([
      { kind: 'hold', during: '[2026-06-20,)', expires_at: new Date('2026-06-26T17:00:00Z') },
    ]);
    expect(await tasksAbout(child.id)).toEqual([{ kind: 'placements.approve', state: 'open', role: 'supervisor', due_on: '2026-06-18', detail: null }]);
    expect((await elsewhere.send('query ($id: Id!) { placement(id: $id) { state } child(id: "' + child.id + '") { id } }', { id: result.id })).data).toMatchObject({ placement: { state: 'planned' } });
    expect((await elsewhere.send('{ placements(state: planned) { nodes { id } } }')).data.placements.nodes).toContainEqual({ id: result.id });
    expect(await harness.sql(`select operation from platform.reads where subject_kind = 'child_placement' and subject_id = $1 and actor_id = $2 order by id`, [child.id, elsewhere.accountId])).toEqual([{ operation: 'placement' }, { operation: 'placements' }]);
    expect(await eventsOf(result.id)).toEqual(['placement.planned']);
  });

  it('is made once by the same request key, and once for a child', async () => {
    const child = await resident(harness);
    const family = await approvedFamily(harness);
    const requestKey = newKey();
    const first = await plan(worker, { childId: child.id, familyId: family.id, requestKey });
    expect((await plan(worker, { childId: child.id, familyId: family.id, requestKey })).result.id).toBe(first.result.id);
    expect((await plan(worker, { childId: child.id, familyId: (await approvedFamily(harness)).id })).result.code).toBe('PLAN_EXISTS');
  });

  it('is refused by name: a full family, and every hard rule that stands against it', async () => {
    const child = await resident(harness, { gatekept: false });
    const family = await approvedFamily(harness, { places: 1, sexes: ['male'] });
    await contactRisk(harness, child.id, { familyId: family.id });
    const told = await plan(worker, { childId: child.id, familyId: family.id });
    expect(told.result).toMatchObject({ code: 'UNSUITABLE', details: [{ name: 'rules', values: ['GATEKEEPING_INCOMPLETE', 'ASK_SUPERVISOR', 'TERMS'] }] });
    expect((await plan(supervisor, { childId: child.id, familyId: family.id })).result.details[0].values).toContain('CONTACT_RISK');
    const full = await approvedFamily(harness, { places: 1 });
    await placeTaken(harness, full.id, 1, '2026-07-01');
    expect((await plan(worker, { childId: (await resident(harness)).id, familyId: full.id })).result).toMatchObject({ code: 'PLACE_TAKEN', details: [{ name: 'day', values: ['2026-07-01'] }] });
    expect(await harness.sql('select id from placements.placements where family_id = any ($1)', [[family.id, full.id]])).toEqual([]);
  });

  it('is made, approved and begun by nobody who lives in the family, is related or works with one of it; what has happened is recorded by everybody', async () => {
    const family = await approvedFamily(harness, { places: 6 });
    const conflict = (how: string) => ({ code: 'CONFLICT_OF_INTEREST', details: [{ name: 'how', values: [how] }] });
    const tied = async (who: Person) => harness.sql(`insert into carers.family_ties (id, family_id, account_id, relation, declared_on) values ($1, $2, $3, 'cousin', '2026-06-15')`, [newKey(), family.id, who.accountId]);
    const other = await signedIn(harness, { role: 'social_worker', office: offices.battambang });
    const cousin = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
    await tied(cousin);
    expect((await plan(cousin, { childId: (await resident(harness)).id, familyId: family.id })).result).toMatchObject(conflict('relative'));
    const { result: planned } = await plan(other, { childId: (await resident(harness)).id, familyId: family.id });
    await heardAndSigned(other, planned.id);
    expect((await approve(cousin, planned.id)).result).toMatchObject(conflict('relative'));
    const can = async (who: Person, id: string) => (await who.send('query ($id: Id!) { placement(id: $id) { can { act allowed code } } }', { id })).data.placement.can;
    expect((await can(cousin, planned.id))[0]).toEqual({ act: 'placement.approve', allowed: false, code: 'CONFLICT_OF_INTEREST' });
    expect((await can(supervisor, planned.id))[0]).toMatchObject({ allowed: true });
    const approved = await approvedPlan(other, supervisor, { childId: (await resident(harness)).id, familyId: family.id });
    await harness.sql('update carers.adults set account_id = $2 where id = (select id from carers.adults where family_id = $1 limit 1)', [family.id, (await signedIn(harness, { role: 'social_worker', office: offices.battambangTown })).accountId]);
    expect((await start(worker, approved)).result).toMatchObject(conflict('colleague'));
    expect((await can(worker, approved))[1]).toEqual({ act: 'placement.start', allowed: false, code: 'CONFLICT_OF_INTEREST' });
    expect((await start(other, approved)).result.state).toBe('active');
    expect((await plan(worker, { childId: (await resident(harness)).id, familyId: family.id })).result).toMatchObject(conflict('colleague'));
    expect((await fact(worker, { childId: (await resident(harness)).id, familyId: family.id })).result.state).toBe('active');
    await expect(harness.sql('insert into placements.approvals (placement_id, province_code, approved_by, on_day) values ($1, $2, $3, $4)', [planned.id, '02', cousin.accountId, TODAY])).rejects.toMatchObject({ constraint: 'approvals_apart' });
    await expect(harness.sql(`insert into placements.placements (id, child_id, family_id, care_kind, office_id, family_office_id, state, planned_by, planned_on, starts_on)
      select $2, child_id, family_id, care_kind, office_id, family_office_id, 'planned', $3, $4, $4 from placements.placements where id = $1`, [planned.id, newKey(), cousin.accountId, TODAY])).rejects.toMatchObject({ constraint: 'placements_apart' });
  });

  it('is refused after death, and outside the territory it is not there', async () => {
    const family = await approvedFamily(harness);
    const child = await resident(harness);
    expect(errorOf(await plan(elsewhere, { childId: child.id, familyId: family.id }))).toBe('NOT_FOUND');
    expect(errorOf(await plan(worker, { childId: child.id, familyId: newKey() }))).toBe('NOT_FOUND');
    expect(errorOf(await plan(worker, { childId: child.id, familyId: family.id, startsOn: '2026-01-05' }))).toBe('BAD_USER_INPUT');
    const dead = await resident(harness);
    await harness.sql(`update children.children set died_on = '2026-06-14' where id = $1`, [dead.id]);
    expect((await plan(worker, { childId: dead.id, familyId: family.id })).result).toMatchObject({ code: 'AFTER_DEATH', details: [{ values: ['2026-06-14'] }] });
  });

  it('is called off once, and its place is free again', async () => {
    const family = await approvedFamily(harness, { places: 1 });
    const { result } = await plan(worker, { childId: (await resident(harness)).id, familyId: family.id });
    const requestKey = newKey();
    expect((await cancel(worker, result.id, { requestKey })).result.state).toBe('cancelled');
    expect((await cancel(worker, result.id, { requestKey })).result.state).toBe('cancelled');
    expect((await cancel(worker, result.id)).result).toMatchObject({ code: 'PLACEMENT_STATE', details: [{ values: ['cancelled'] }] });
    expect(await harness.sql('select slot from carers.place_occupancies where family_id = $1', [family.id])).toEqual([]);
    expect((await plan(worker, { childId: (await resident(harness)).id, familyId: family.id })).result.state).toBe('planned');
    expect(errorOf(await cancel(elsewhere, result.id))).toBe('NOT_FOUND');
  });

  it('is made, called off and read by nobody without the posting', async () => {
    await expectDenied(harness, acts['placement.plan'], (who) => plan(who, { childId: newKey(), familyId: newKey() }));
    await expectDenied(harness, acts['placement.cancel'], (who) => cancel(who, newKey()));
    await expectDenied(harness, acts['placement.read'], (who) => who.send('{ placements { nodes { id } } }'));
  });
});

describe('a plan whose family is gone', () => {
  it.each(['closeFamily', 'reviewFamily'])('is called off after %s, and its worker is told, once', async (how) => {
    const [family, child] = [await approvedFamily(harness), await resident(harness)];
    const { id } = (await plan(worker, { childId: child.id, familyId: family.id, startsOn: '2026-06-20' })).result;
    const machine = await asWorker(harness, 1);
    try {
      const follow = (): Promise<void> => machine.uow.system(systemActor('placements.families'), 'test', (op) => harness.app.get(FamilyChangesService, { strict: false }).follow(op, family.id));
      const state = (): Promise<object[]> => harness.sql('select state, cancel_reason as reason from placements.placements where id = $1', [id]);
      await follow();
      expect(await state()).toEqual([{ state: 'planned', reason: null }]);
      const input = how === 'closeFamily' ? { reason: 'resigned' } : { outcome: 'removed', reason: 'Visited at home.' };
      expect((await supervisor.act(how, { familyId: family.id, on: TODAY, ...input }, 'Family { id }', how === 'closeFamily' ? 'CarersRefused' : 'RecruitmentRefused')).result.id).toBe(family.id);
      for (let i = 0; i < 2; i += 1) await follow();
      expect(await state()).toEqual([{ state: 'cancelled', reason: 'family_gone' }]);
      expect(await harness.sql(`select account_id as account, state from worklist.tasks where subject_id = $1 and kind in ('placements.plan_lost', 'placements.approve') order by kind desc`, [id])).toEqual([
        { account: worker.accountId, state: 'open' }, { account: null, state: 'cancelled' },
      ]);
      expect(await harness.sql(`select from platform.acts where subject_id = $1 and reason = 'family_gone'`, [id])).toHaveLength(1);
    } finally {
      await machine.close();
    }
  });
});
