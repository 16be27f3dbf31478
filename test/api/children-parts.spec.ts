import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acts } from '../../src/children/children.policy.js';
import { knownFamily } from '../support/given.js';
import { registeredChild, siblings, withSiblings } from '../support/given-children.js';
import { Harness, newKey } from '../support/harness.js';
import type { Client, Outcome } from '../support/harness.js';
import { arrangeInstitution, arrangeOffices, expectDenied, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';

let harness: Harness;
let offices: Offices;
let institution: string;
let worker: Person;
let supervisor: Person;
let para: Person;
let elsewhere: Person;

beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  institution = await arrangeInstitution(harness);
  worker = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
  supervisor = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
  para = await signedIn(harness, { role: 'para_social_worker', institution });
  elsewhere = await signedIn(harness, { role: 'social_worker', office: offices.siemReapTown });
});
afterAll(() => harness.stop());

const TODAY = '2026-06-15';
const said = (name: string, fields: string, always: object) => (who: Client, input: object): Promise<Outcome> => who.act(name, { ...always, ...input }, `Child { id ${fields} }`, 'ChildrenRefused');
const recordLegalBasis = said('recordLegalBasis', 'legalBases { kind number decidedOn from until }', { kind: 'court_decision', number: '12/2025', decidedOn: '2026-05-01', from: '2026-05-04' });
const recordNeeds = said('recordNeeds', 'needs { kind level from }', { on: TODAY, needs: [] });
const linkSiblings = said('linkSiblings', 'siblings { members wishTogether others { id } }', {});
const unlinkSibling = said('unlinkSibling', 'siblings { members }', {});
const recordRelative = said('recordRelative', 'relatives { id relation nameLatin whereabouts areaCode contact phone }', { relation: 'mother', whereabouts: 'unknown' });
const recordContactRisk = said('recordContactRisk', 'contactRisks { adultName familyId areaCode from until reason }', { adultName: 'Canary Uncle', from: '2026-06-01', reason: 'Canary reason.' });
const recordView = said('recordView', 'views { heardOn heardBy alone text }', { on: TODAY, alone: true, text: 'Canary: I want to live near the river.' });
const recordObjection = said('recordObjection', '', { on: TODAY });

const child = async (given: object = {}): Promise<string> => (await registeredChild(harness, { institution, ...given })).id;
const actsOf = (subject: string) => harness.sql<{ act: string; reason: string | null }>('select act, reason from platform.acts where subject_id = $1 order by seq', [subject]);
const eventsOf = async (subject: string) => (await harness.sql<{ event: string }>('select event from platform.outbox where subject_id = $1 order by id', [subject])).map(({ event }) => event);
const codeOf = (answer: Outcome) => answer.errors?.[0]?.extensions.code;
const fieldOf = (answer: Outcome) => answer.errors?.[0]?.extensions.fields?.[0];

describe('every part of a file', () => {
  const mutations = async (who: Client, childId: string): Promise<[string, Outcome][]> => {
    const familyId = (await knownFamily(harness)).id;
    return [
      ['child.recordLegalBasis', await recordLegalBasis(who, { childId })],
      ['child.recordNeeds', await recordNeeds(who, { childId })],
      ['child.linkSiblings', await linkSiblings(who, { childIds: [childId, newKey()] })],
      ['child.unlinkSibling', await unlinkSibling(who, { childId })],
      ['child.recordRelative', await recordRelative(who, { childId })],
      ['child.recordContactRisk', await recordContactRisk(who, { childId })],
      ['child.recordView', await recordView(who, { childId })],
      ['child.recordObjection', await recordObjection(who, { childId, familyId })],
    ];
  };

  it('of another office\'s child finds nothing', async () => {
    const childId = await child();
    for (const [act, answer] of await mutations(elsewhere, childId)) expect([act, codeOf(answer)]).toEqual([act, 'NOT_FOUND']);
    expect(await actsOf(childId)).toEqual([]);
  });

  it('is recorded by nobody without the posting', async () => {
    const childId = newKey();
    await expectDenied(harness, acts['child.recordLegalBasis'], (who) => recordLegalBasis(who, { childId }));
    await expectDenied(harness, acts['child.recordNeeds'], (who) => recordNeeds(who, { childId }));
    await expectDenied(harness, acts['child.linkSiblings'], (who) => linkSiblings(who, { childIds: [childId, newKey()] }));
    await expectDenied(harness, acts['child.unlinkSibling'], (who) => unlinkSibling(who, { childId }));
    await expectDenied(harness, acts['child.recordRelative'], (who) => recordRelative(who, { childId }));
    await expectDenied(harness, acts['child.recordContactRisk'], (who) => recordContactRisk(who, { childId }));
    await expectDenied(harness, acts['child.recordView'], (who) => recordView(who, { childId }));
    await expectDenied(harness, acts['child.recordObjection'], (who) => recordObjection(who, { childId, familyId: newKey() }));
  });

  it('is not recorded of a day after death, nor of a day that has not come', async () => {
    const childId = await child({ diedOn: '2026-06-10' });
    const familyId = (await knownFamily(harness)).id;
    for (const answer of [
      await recordNeeds(worker, { childId }), await recordView(worker, { childId }), await recordObjection(worker, { childId, familyId }),
      await recordLegalBasis(worker, { childId, from: '2026-06-11' }),
    ]) expect(answer.result).toMatchObject({ code: 'AFTER_DEATH', details: [{ name: 'diedOn', values: ['2026-06-10'] }] });
    const living = await child();
    for (const answer of [await recordNeeds(worker, { childId: living, on: '2026-06-16' }), await recordView(worker, { childId: living, on: '2026-06-16' }), await recordObjection(worker, { childId: living, familyId, on: '2026-06-16' })]) {
      expect(fieldOf(answer)).toMatchObject({ path: 'on', rule: 'validation.future' });
    }
    expect(fieldOf(await recordLegalBasis(worker, { childId: living, from: '2026-06-16' }))).toMatchObject({ path: 'from' });
  });
});

describe('a legal basis', () => {
  it('is recorded once, and ends the one before it', async () => {
    const childId = await child();
    const requestKey = newKey();
    const first = await recordLegalBasis(para, { childId, requestKey });
    expect(first.result.legalBases).toEqual([{ kind: 'court_decision', number: '12/2025', decidedOn: '2026-05-01', from: '2026-05-04', until: null }]);
    expect((await recordLegalBasis(para, { childId, requestKey })).result.legalBases).toHaveLength(1);
    const next = await recordLegalBasis(worker, { childId, kind: 'parents_agreement', number: null, decidedOn: '2026-06-01', from: '2026-06-01', until: '2026-12-01' });
    expect(next.result.legalBases).toMatchObject([{ kind: 'parents_agreement', until: '2026-12-01' }, { kind: 'court_decision', from: '2026-05-04', until: '2026-06-01' }]);
    expect(await actsOf(childId)).toEqual([{ act: 'child.recordLegalBasis', reason: 'court_decision' }, { act: 'child.recordLegalBasis', reason: 'parents_agreement' }]);
    expect((await recordLegalBasis(worker, { childId, from: '2026-05-20' })).result).toMatchObject({ code: 'LEGAL_BASIS_STANDS' });
    expect((await recordLegalBasis(worker, { childId, from: '2026-06-01', until: '2026-06-01' })).result.code).toBe('DATES_REVERSED');
  });

  it('that nobody knows calls a supervisor, and ends when one is found, however far back', async () => {
    const childId = await child();
    const unknown = { childId, kind: 'none_known', number: null, decidedOn: null, from: TODAY };
    expect((await recordLegalBasis(para, unknown)).result.legalBases).toMatchObject([{ kind: 'none_known', until: null }]);
    expect(await eventsOf(childId)).toEqual(['child.legal_basis_none']);
    const tasks = () => harness.sql(`select kind, state, role, office_id, due_on::text from worklist.tasks where subject_id = $1`, [childId]);
    const called = { kind: 'children.legal_basis_missing', role: 'supervisor', office_id: offices.battambangTown, due_on: '2026-06-22' };
    expect(await tasks()).toEqual([{ ...called, state: 'open' }]);
    expect((await recordLegalBasis(para, unknown)).result.code).toBe('LEGAL_BASIS_STANDS');
    const found = await recordLegalBasis(worker, { childId, from: '2019-01-01', decidedOn: '2018-12-20' });
    expect(found.result.legalBases).toMatchObject([{ kind: 'none_known', from: TODAY, until: '2026-06-16' }, { kind: 'court_decision', from: '2019-01-01', until: null }]);
    expect(await eventsOf(childId)).toEqual(['child.legal_basis_none', 'child.legal_basis_recorded']);
    expect(await tasks()).toEqual([{ ...called, state: 'done' }]);
  });

  it('needs a day of decision, and none where there is none', async () => {
    const childId = await child();
    expect(fieldOf(await recordLegalBasis(worker, { childId, decidedOn: null }))).toMatchObject({ path: 'decidedOn', rule: 'validation.isNotEmpty' });
    expect(fieldOf(await recordLegalBasis(worker, { childId, kind: 'none_known', number: null }))).toMatchObject({ path: 'decidedOn', rule: 'validation.isEmpty' });
    expect(fieldOf(await recordLegalBasis(worker, { childId, kind: 'none_known', decidedOn: null }))).toMatchObject({ path: 'number', message: 'This does not belong here. Leave it out.' });
    expect(codeOf(await recordLegalBasis(worker, { childId, kind: 'rumour' }))).toBe('BAD_USER_INPUT');
    expect(await actsOf(childId)).toEqual([]);
  });
});

describe('an agreement that is taken back', () => {
  const withdraw = said('withdrawAgreement', 'agreementWithdrawals { id by on outcome reason reviewedOn }', { by: 'mother', on: TODAY });
  const review = said('reviewWithdrawal', 'agreementWithdrawals { outcome reason reviewedOn }', { outcome: 'returns_home', reason: 'Canary: she asked for her.', on: TODAY });
  const agreed = async (given: object = {}): Promise<string> => {
    const childId = await child(given);
    await recordLegalBasis(worker, { childId, kind: 'parents_agreement', number: null });
    return childId;
  };
  const tasks = (childId: string) => harness.sql(`select state, role, due_on::text from worklist.tasks where subject_id = $1 and kind = 'children.agreement_withdrawn'`, [childId]);

  it('is heard by whoever is there, and reviewed by a supervisor within five working days', async () => {
    const childId = await agreed();
    const input = { childId, on: '2026-06-12', requestKey: newKey() };
    const first = await withdraw(para, input);
    expect(first.result.agreementWithdrawals).toEqual([{ id: expect.any(String), by: 'mother', on: '2026-06-12', outcome: null, reason: null, reviewedOn: null }]);
    const withdrawalId = (await withdraw(para, input)).result.agreementWithdrawals[0].id;
    expect((await withdraw(worker, { childId })).result.code).toBe('ALREADY_WITHDRAWN');
    expect((await withdraw(worker, { childId, by: 'father' })).result.agreementWithdrawals).toHaveLength(2);
    expect(await tasks(childId)).toEqual([{ state: 'open', role: 'supervisor', due_on: '2026-06-19' }]);
    expect((await review(supervisor, { childId, withdrawalId, on: '2026-06-11' })).result.code).toBe('DATES_REVERSED');
    const done = { childId, withdrawalId, requestKey: newKey() };
    for (const answer of [await review(supervisor, done), await review(supervisor, done)]) {
      expect(answer.result.agreementWithdrawals[1]).toEqual({ outcome: 'returns_home', reason: 'Canary: she asked for her.', reviewedOn: TODAY });
    }
    expect((await review(supervisor, { childId, withdrawalId })).result.code).toBe('ALREADY_REVIEWED');
    expect((await tasks(childId)).map((task) => (task as { state: string }).state)).toEqual(['open']);
    const all = (await withdraw(worker, { childId, by: 'guardian' })).result.agreementWithdrawals;
    for (const { id, outcome } of all) if (outcome === null) await review(supervisor, { childId, withdrawalId: id, outcome: 'agreed_again' });
    expect((await tasks(childId)).map((task) => (task as { state: string }).state)).toEqual(['done']);
    expect((await eventsOf(childId)).slice(-1)).toEqual(['child.withdrawal_reviewed']);
  });

  it('must stand on that day, of a living child, and be hers', async () => {
    expect((await withdraw(worker, { childId: await child() })).result).toMatchObject({ code: 'NO_AGREEMENT', details: [{ name: 'on', values: [TODAY] }] });
    const dead = await child({ diedOn: '2026-06-10' });
    expect((await withdraw(worker, { childId: dead })).result.code).toBe('AFTER_DEATH');
    const childId = await agreed();
    expect(codeOf(await review(supervisor, { childId, withdrawalId: newKey() }))).toBe('NOT_FOUND');
    expect(codeOf(await withdraw(elsewhere, { childId }))).toBe('NOT_FOUND');
    expect(fieldOf(await withdraw(worker, { childId, on: '2026-06-16' }))).toMatchObject({ path: 'on' });
  });

  it('is recorded and reviewed by nobody without the posting', async () => {
    await expectDenied(harness, acts['child.withdrawAgreement'], (who) => withdraw(who, { childId: newKey() }));
    await expectDenied(harness, acts['child.reviewWithdrawal'], (who) => review(who, { childId: newKey(), withdrawalId: newKey() }));
  });
});

describe('needs', () => {
  it('are the whole list from a day on; what is no longer on it ends', async () => {
    const childId = await child();
    const first = { childId, on: '2026-06-01', needs: [{ kind: 'daily_medicine', level: 2 }, { kind: 'therapy', level: 1 }], requestKey: newKey() };
    expect((await recordNeeds(para, first)).result.needs).toEqual([{ kind: 'daily_medicine', level: 2, from: '2026-06-01' }, { kind: 'therapy', level: 1, from: '2026-06-01' }]);
    await recordNeeds(para, first);
    expect(await actsOf(childId)).toHaveLength(1);
    expect((await recordNeeds(worker, { childId, needs: [{ kind: 'therapy', level: 3 }, { kind: 'wheelchair', level: 1 }] })).result.needs).toEqual([{ kind: 'therapy', level: 3, from: TODAY }, { kind: 'wheelchair', level: 1, from: TODAY }]);
    expect((await recordNeeds(worker, { childId, needs: [{ kind: 'therapy', level: 2 }] })).result.needs).toEqual([{ kind: 'therapy', level: 2, from: TODAY }]);
    expect(await harness.sql('select kind, level, upper(during)::text as until from children.needs where child_id = $1 order by kind, lower(during)', [childId])).toEqual([
      { kind: 'daily_medicine', level: 2, until: TODAY }, { kind: 'therapy', level: 1, until: TODAY }, { kind: 'therapy', level: 2, until: null },
    ]);
    expect((await recordNeeds(worker, { childId, on: '2026-06-14' })).result).toMatchObject({ code: 'NEEDS_RECORDED_LATER', details: [{ name: 'from', values: [TODAY] }] });
    expect((await recordNeeds(worker, { childId })).result.needs).toEqual([]);
  });

  it('have no code for a diagnosis, three levels, and each kind once', async () => {
    const childId = await child();
    expect(codeOf(await recordNeeds(worker, { childId, needs: [{ kind: 'hiv', level: 1 }] }))).toBe('BAD_USER_INPUT');
    expect(codeOf(await recordNeeds(worker, { childId, needs: [{ kind: 'therapy', level: 4 }] }))).toBe('BAD_USER_INPUT');
    expect(fieldOf(await recordNeeds(worker, { childId, needs: [{ kind: 'therapy', level: 1 }, { kind: 'therapy', level: 2 }] }))).toMatchObject({ path: 'needs', rule: 'validation.arrayUnique' });
  });
});

describe('siblings', () => {
  it('are linked once, taken in, and let go again', async () => {
    const [a, b, c] = [await child(), await child(), await child()];
    const first = { childIds: [a, b], wishTogether: true, requestKey: newKey() };
    expect((await linkSiblings(para, first)).result).toEqual({ __typename: 'Child', id: a, siblings: { members: 2, wishTogether: true, others: [{ id: b }] } });
    await linkSiblings(para, first);
    expect(await actsOf(b)).toEqual([{ act: 'child.linkSiblings', reason: 'linked' }]);
    expect((await linkSiblings(worker, { childIds: [a, b] })).result.code).toBe('ALREADY_SIBLINGS');
    expect((await linkSiblings(worker, { childIds: [c, b] })).result.siblings).toMatchObject({ members: 3, wishTogether: null });
    const letGo = { childId: c, requestKey: newKey() };
    expect((await unlinkSibling(worker, letGo)).result.siblings).toBeNull();
    expect((await unlinkSibling(worker, letGo)).result.siblings).toBeNull();
    expect((await unlinkSibling(worker, { childId: c })).result.code).toBe('NO_SIBLINGS');
    expect(await eventsOf(c)).toEqual(['child.siblings_changed', 'child.siblings_changed']);
  });

  it('of two groups are merged only when that is asked for, by an office', async () => {
    const [a, b] = await withSiblings(harness, 2, { institution });
    const [c, d] = await withSiblings(harness, 2, { institution });
    const childIds = [a?.id ?? '', c?.id ?? ''];
    expect((await linkSiblings(worker, { childIds })).result).toMatchObject({ code: 'SIBLINGS_OF_TWO_GROUPS', details: [{ name: 'groups', values: ['2'] }] });
    expect(codeOf(await linkSiblings(para, { childIds, mergeGroups: true }))).toBe('FORBIDDEN');
    const merged = await linkSiblings(worker, { childIds, mergeGroups: true });
    expect(merged.result.siblings.members).toBe(4);
    expect(merged.result.siblings.others.map(({ id }: { id: string }) => id).sort()).toEqual([b?.id, c?.id, d?.id].sort());
  });

  it('whom the caller may not see are counted, never shown, and never taken out of their group', async () => {
    const river = await arrangeInstitution(harness, '171001', 'House of the River');
    const hidden = async () => (await registeredChild(harness, { institution: river })).id;
    const [a, b, c] = [await child(), await child(), await child()];
    await siblings(harness, [a, await hidden()]);
    await siblings(harness, [b, await hidden()]);
    await siblings(harness, [c, await child()]);
    const answer = await worker.send('query ($id: Id!) { child(id: $id) { siblings { members others { id } } } }', { id: a });
    expect(answer.data.child.siblings).toEqual({ members: 2, others: [] });
    expect((await linkSiblings(worker, { childIds: [a, b], mergeGroups: true })).result.code).toBe('SIBLINGS_ELSEWHERE');
    expect((await linkSiblings(worker, { childIds: [c, a], mergeGroups: true })).result.siblings.members).toBe(4);
    expect(await harness.sql('select g.id from children.sibling_groups g where g.members <> (select count(*) from children.siblings s where s.group_id = g.id)')).toEqual([]);
  });

  it('are at least two, each named once, and all of them one\'s own', async () => {
    const a = await child();
    expect(fieldOf(await linkSiblings(worker, { childIds: [a] }))).toMatchObject({ path: 'childIds' });
    expect(fieldOf(await linkSiblings(worker, { childIds: [a, a] }))).toMatchObject({ path: 'childIds', rule: 'validation.arrayUnique' });
    expect(codeOf(await linkSiblings(worker, { childIds: [a, newKey()] }))).toBe('NOT_FOUND');
    const stranger = await registeredChild(harness, { institution: await arrangeInstitution(harness, '171001') });
    expect(codeOf(await linkSiblings(worker, { childIds: [a, stranger.id] }))).toBe('NOT_FOUND');
  });
});

describe('a relative', () => {
  it('is recorded, and found later', async () => {
    const childId = await child();
    const input = { childId, nameLatin: 'Canary Mother', phone: '012 345 678', contact: 'wanted', requestKey: newKey() };
    const { result } = await recordRelative(para, input);
    expect((await recordRelative(para, input)).result.relatives).toHaveLength(1);
    expect(result.relatives).toEqual([{ id: expect.any(String), relation: 'mother', nameLatin: 'Canary Mother', whereabouts: 'unknown', areaCode: null, contact: 'wanted', phone: '+85512345678' }]);
    const relativeId = result.relatives[0].id;
    const found = await recordRelative(worker, { childId, relativeId, nameLatin: 'Canary Mother', whereabouts: 'known', areaCode: '02010101', contact: 'wanted' });
    expect(found.result.relatives).toMatchObject([{ id: relativeId, whereabouts: 'known', areaCode: '02010101', phone: null }]);
    expect((await recordRelative(worker, { childId, whereabouts: 'known', areaCode: '020399' })).result.code).toBe('AREA_UNKNOWN');
    expect(fieldOf(await recordRelative(worker, { childId, whereabouts: 'abroad', areaCode: '02010101' }))).toMatchObject({ path: 'areaCode' });
    expect(fieldOf(await recordRelative(worker, { childId, relativeId, relation: 'father' }))).toMatchObject({ path: 'relation' });
    expect(fieldOf(await recordRelative(worker, { childId, phone: '12' }))).toMatchObject({ path: 'phone' });
    expect(codeOf(await recordRelative(worker, { childId: await child(), relativeId }))).toBe('NOT_FOUND');
    expect(await actsOf(childId)).toHaveLength(2);
  });

  it('is kept away, or let near again, by an office only', async () => {
    const childId = await child();
    expect(codeOf(await recordRelative(para, { childId, contact: 'forbidden' }))).toBe('FORBIDDEN');
    const relativeId = (await recordRelative(worker, { childId, contact: 'forbidden' })).result.relatives[0].id;
    expect(codeOf(await recordRelative(para, { childId, relativeId, contact: 'wanted' }))).toBe('FORBIDDEN');
    expect((await recordRelative(para, { childId, relativeId, contact: 'forbidden', nameLatin: 'Known Now' })).result.relatives).toMatchObject([{ contact: 'forbidden', nameLatin: 'Known Now' }]);
  });
});

describe('what is for offices only', () => {
  it('a contact risk names a family, an adult or an area', async () => {
    const childId = await child();
    const familyId = (await knownFamily(harness)).id;
    const requestKey = newKey();
    const { result } = await recordContactRisk(worker, { childId, familyId, areaCode: '020301', until: '2027-06-01', requestKey });
    expect(result.contactRisks).toEqual([{ adultName: 'Canary Uncle', familyId, areaCode: '020301', from: '2026-06-01', until: '2027-06-01', reason: 'Canary reason.' }]);
    expect((await recordContactRisk(worker, { childId, familyId, areaCode: '020301', until: '2027-06-01', requestKey })).result.contactRisks).toHaveLength(1);
    expect((await recordContactRisk(supervisor, { childId, until: '2026-06-01' })).result.code).toBe('DATES_REVERSED');
    expect((await recordContactRisk(supervisor, { childId, areaCode: '020399' })).result.code).toBe('AREA_UNKNOWN');
    expect(fieldOf(await recordContactRisk(worker, { childId, adultName: null }))).toMatchObject({ path: 'adultName' });
    expect(fieldOf(await recordContactRisk(worker, { childId, reason: ' ' }))).toMatchObject({ path: 'reason' });
    expect(fieldOf(await recordContactRisk(worker, { childId, from: '2026-06-16' }))).toMatchObject({ path: 'from' });
    expect(codeOf(await recordContactRisk(worker, { childId, familyId: (await knownFamily(harness, { area: '17100101' })).id }))).toBe('NOT_FOUND');
    expect(await eventsOf(childId)).toEqual(['child.contact_risk_recorded']);
  });

  it('a view is what she said to whoever records it', async () => {
    const childId = await child();
    const requestKey = newKey();
    const { result } = await recordView(worker, { childId, requestKey });
    expect(result.views).toEqual([{ heardOn: TODAY, heardBy: worker.accountId, alone: true, text: 'Canary: I want to live near the river.' }]);
    await recordView(worker, { childId, requestKey });
    await recordView(supervisor, { childId, alone: false, text: 'Nothing more.' });
    expect(await actsOf(childId)).toEqual([{ act: 'child.recordView', reason: 'alone' }, { act: 'child.recordView', reason: 'with_others' }]);
    expect(fieldOf(await recordView(worker, { childId, text: '' }))).toMatchObject({ path: 'text' });
    expect(codeOf(await recordView(para, { childId }))).toBe('FORBIDDEN');
  });

  it('an objection is recorded once', async () => {
    const childId = await child();
    const familyId = (await knownFamily(harness)).id;
    const requestKey = newKey();
    expect((await recordObjection(worker, { childId, familyId, requestKey })).result.id).toBe(childId);
    expect((await recordObjection(worker, { childId, familyId, requestKey })).result.id).toBe(childId);
    expect((await recordObjection(worker, { childId, familyId })).result.code).toBe('ALREADY_OBJECTED');
    expect(codeOf(await recordObjection(worker, { childId, familyId: newKey() }))).toBe('NOT_FOUND');
    expect(await harness.sql('select act, about_id from platform.acts where subject_id = $1', [childId])).toEqual([{ act: 'child.recordObjection', about_id: familyId }]);
  });

  it('and none of its words is in an act, a denial, an event, a read or a log line', async () => {
    const [kept] = await harness.sql<{ text: string }>(
      `select concat((select json_agg(a) from platform.acts a), (select json_agg(d) from platform.denials d), (select json_agg(o) from platform.outbox o), (select json_agg(r) from platform.reads r)) as text`,
    );
    expect(kept?.text.toLowerCase()).not.toContain('canary');
    expect(harness.logLines.join('\n').toLowerCase()).not.toContain('canary');
  });
});
