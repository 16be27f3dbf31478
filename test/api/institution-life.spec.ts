import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/ids.js';
import { acts } from '../../src/institutions/institution.policy.js';
import { resident } from '../support/given-placements.js';
import { Harness, newKey } from '../support/harness.js';
import type { Client, Outcome } from '../support/harness.js';
import { arrangeInstitution, arrangeOffices, expectDenied, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';

const TODAY = '2026-06-15';
let harness: Harness;
let offices: Offices;
let supervisor: Person;
let worker: Person;
let siemReap: Person;
let para: Person;
let lotus: string;
beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  lotus = await arrangeInstitution(harness);
  supervisor = await signedIn(harness, { role: 'supervisor' });
  worker = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
  siemReap = await signedIn(harness, { role: 'supervisor', office: offices.siemReap });
  para = await signedIn(harness, { role: 'para_social_worker', institution: lotus });
});
afterAll(() => harness.stop());

const LIFE = `id state licences { from to number endReason } inspections { on kind result findings nextDue } closure { orderedOn reason emptiedOn closedOn }
  closingPlan { id dueOn childrenLeft metOn responsible } staffPosts { kind posts filled from to } history { kind capacity state }`;
const call = (who: Client, name: string, input: object, language?: 'km'): Promise<Outcome> => who.act(name, input as Readonly<Record<string, unknown>>, `Institution { ${LIFE} }`, 'InstitutionsRefused', language);
const GIVEN: Readonly<Record<string, object>> = {
  recordLicence: { from: '2025-01-01', to: '2027-01-01', number: 'L-1', authority: 'The ministry' },
  endLicence: { on: TODAY, reason: 'Given back.' },
  recordInspection: { on: TODAY, kind: 'regular', result: 'in_order', nextDue: '2026-12-15' },
  orderClosure: { on: TODAY, orderNumber: '12/26', authority: 'The ministry', reason: 'reform' },
  recordEmptied: { on: TODAY },
  closeInstitution: { on: TODAY },
  addClosingGoal: { dueOn: '2026-09-01', goal: 'Kin first.', responsible: 'The town office', childrenLeft: 0 },
  recordStaffPosts: { kind: 'carer', posts: 8, filled: 5, on: TODAY },
};
const act = (who: Client, name: string, institutionId: string, input: object = {}, language?: 'km'): Promise<Outcome> => call(who, name, { institutionId, ...GIVEN[name], ...input }, language);
const codeOf = (outcome: Outcome): string | undefined => outcome.errors?.[0]?.extensions.code;
const place = (): Promise<string> => arrangeInstitution(harness, '020301', `Place ${newId().slice(-6)}`);

describe('who may write what becomes of an institution', () => {
  it.each([
    ['recordLicence', acts['institution.license']], ['endLicence', acts['institution.endLicence']], ['recordInspection', acts['institution.inspect']], ['orderClosure', acts['institution.orderClosure']],
    ['recordEmptied', acts['institution.empty']], ['closeInstitution', acts['institution.close']], ['addClosingGoal', acts['institution.planClosing']], ['recordStaffPosts', acts['institution.recordPosts']],
  ] as const)('%s: not the other roles, and nobody of another province', async (name, one) => {
    await expectDenied(harness, one, (client) => act(client, name, lotus));
    expect(codeOf(await act(siemReap, name, lotus))).toBe('NOT_FOUND');
    expect(codeOf(await act(supervisor, name, newId()))).toBe('NOT_FOUND');
  });

  it.each([
    ['recordLicence', { from: '2026-06-16' }], ['recordLicence', { number: ' ' }], ['endLicence', { on: '2026-06-16' }], ['recordInspection', { on: '2026-03-01' }], ['orderClosure', { on: '2026-06-16' }],
    ['addClosingGoal', { childrenLeft: -1 }], ['recordStaffPosts', { posts: 501 }], ['recordEmptied', { on: '2026-06-16' }],
  ])('%s takes no bad input: %j', async (name, input) => {
    const before = await harness.sql<{ n: string }>('select count(*) as n from platform.acts');
    expect(codeOf(await act(supervisor, name, lotus, input))).toBe('BAD_USER_INPUT');
    expect(await harness.sql('select count(*) as n from platform.acts')).toEqual(before);
  });
});

describe('licences and inspections', () => {
  it('a licence stands over days, never two at once, whoever writes; it may end early', async () => {
    const id = await place();
    const requestKey = newKey();
    const { result } = await act(supervisor, 'recordLicence', id, { requestKey });
    expect(result.licences).toEqual([{ from: '2025-01-01', to: '2027-01-01', number: 'L-1', endReason: null }]);
    expect((await act(supervisor, 'recordLicence', id, { requestKey })).result.id).toBe(id);
    expect(await harness.sql(`select a.act, o.event from platform.acts a join platform.outbox o on o.act_id = a.id where a.subject_id = $1`, [id])).toEqual([{ act: 'institution.license', event: 'institution.licensed' }]);
    expect((await act(supervisor, 'recordLicence', id, { from: '2026-05-01', to: null }, 'km')).result).toMatchObject({ code: 'LICENCE_OVERLAPS', message: expect.stringContaining('អាជ្ញាបណ្ណ') });
    expect((await act(supervisor, 'recordLicence', id, { from: '2024-05-01', to: '2024-05-01' })).result.code).toBe('LICENCE_ENDS_FIRST');
    await expect(harness.sql(`insert into institutions.licences values ($1, $2, '[2026-12-31,)', 'x', 'x')`, [newId(), id])).rejects.toThrow('licences_one_at_a_time');
    expect((await act(supervisor, 'endLicence', id)).result.licences).toMatchObject([{ to: TODAY, endReason: 'Given back.' }]);
    expect((await act(supervisor, 'endLicence', id)).result.code).toBe('NO_LICENCE');
    expect((await act(supervisor, 'recordLicence', id, { from: TODAY, to: null })).result.licences).toHaveLength(2);
  });

  it('an inspection says what was found and when the next one is due, but not to the institution\'s own staff', async () => {
    const { result } = await act(worker, 'recordInspection', lotus);
    expect(result.inspections).toEqual([{ on: TODAY, kind: 'regular', result: 'in_order', findings: null, nextDue: '2026-12-15' }]);
    expect((await act(worker, 'recordInspection', lotus)).result.code).toBe('INSPECTION_RECORDED');
    expect((await act(worker, 'recordInspection', lotus, { kind: 'follow_up', result: 'grave' })).result.code).toBe('INSPECTION_FINDINGS');
    expect((await act(worker, 'recordInspection', lotus, { kind: 'unannounced', nextDue: TODAY })).result.code).toBe('INSPECTION_FINDINGS');
    const read = (who: Client) => who.send('query ($id: Id!) { institution(id: $id) { inspections { on } staffPosts { kind } } }', { id: lotus });
    expect((await read(worker)).data.institution.inspections).toHaveLength(1);
    expect((await read(para)).data.institution.inspections).toEqual([]);
  });
});

describe('a closure', () => {
  it('is ordered at once, emptied when nobody lives there, and then closed; the plan goes with it, and each change is kept', async () => {
    const id = await place();
    const child = await resident(harness, { institution: id });
    expect((await act(supervisor, 'addClosingGoal', id)).result.code).toBe('NO_CLOSURE');
    expect((await act(supervisor, 'recordEmptied', id)).result).toMatchObject({ code: 'INSTITUTION_STATE', details: [{ values: ['open'] }] });
    expect((await act(supervisor, 'orderClosure', id, { on: '2026-06-10' })).result).toMatchObject({ state: 'ordered', closure: { orderedOn: '2026-06-10', reason: 'reform', emptiedOn: null } });
    expect((await act(supervisor, 'orderClosure', id)).result.code).toBe('INSTITUTION_STATE');
    const planned = await act(worker, 'addClosingGoal', id);
    expect(planned.result.closingPlan).toMatchObject([{ dueOn: '2026-09-01', childrenLeft: 0, metOn: null }]);
    expect((await act(worker, 'addClosingGoal', id)).result.code).toBe('GOAL_ON_DAY');
    const closingGoalId = planned.result.closingPlan[0].id;
    const meet = (who: Client) => call(who, 'meetClosingGoal', { closingGoalId, on: TODAY });
    await expectDenied(harness, acts['institution.planClosing'], meet);
    expect(codeOf(await meet(siemReap))).toBe('NOT_FOUND');
    expect((await meet(worker)).result).toMatchObject({ code: 'GOAL_CHILDREN_LEFT', details: [{ values: ['1'] }] });
    expect((await act(supervisor, 'recordEmptied', id)).result).toMatchObject({ code: 'INSTITUTION_NOT_EMPTY', details: [{ name: 'children', values: ['1'] }] });
    await expect(harness.sql(`update institutions.institutions set state = 'emptied' where id = $1`, [id])).rejects.toThrow('children live there');
    await harness.sql('update placements.episodes set during = daterange(lower(during), $2) where id = $1', [child.episodeId, '2026-06-12']).catch(() => undefined);
    await harness.sql(`delete from placements.gatekeepings where child_id = $1`, [child.id]);
    await harness.sql(`with gone as (delete from placements.care_periods where child_id = $1) update placements.episodes set during = daterange(lower(during), $2) where child_id = $1`, [child.id, '2026-06-12']);
    expect((await meet(worker)).result.closingPlan).toMatchObject([{ metOn: TODAY }]);
    expect((await meet(worker)).result.code).toBe('GOAL_MET');
    expect((await act(supervisor, 'recordEmptied', id, { on: '2026-06-09' })).result.code).toBe('CLOSURE_STEP_BEFORE');
    expect((await act(supervisor, 'closeInstitution', id)).result.code).toBe('INSTITUTION_STATE');
    expect((await act(supervisor, 'recordEmptied', id)).result).toMatchObject({ state: 'emptied', closure: { emptiedOn: TODAY } });
    const closed = await act(supervisor, 'closeInstitution', id);
    expect(closed.result).toMatchObject({ state: 'closed', closure: { closedOn: TODAY } });
    expect(closed.result.history.map(({ state }: { state: string }) => state)).toEqual(['closed', 'emptied', 'ordered', 'open']);
  });

  it('and a child who comes wait for each other: nobody is emptied away', async () => {
    const id = await place();
    await act(supervisor, 'orderClosure', id);
    const child = await resident(harness, { institution: lotus });
    const gate = await harness.owner.connect();
    await gate.query('begin');
    await gate.query(`update placements.episodes set during = daterange(lower(during), $2) where id = $1`, [child.episodeId, '2026-06-01']);
    await gate.query(`insert into placements.episodes (id, child_id, during, kind, institution_id, office_id) values ($1, $2, daterange('2026-06-01', null), 'institution', $3, $4)`, [newId(), child.id, id, child.officeId]);
    const emptied = act(supervisor, 'recordEmptied', id);
    const waiting = `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    for (let n = 0; n < 1; ) n = (await harness.sql<{ n: number }>(waiting))[0]?.n ?? 0;
    await gate.query('commit');
    gate.release();
    expect((await emptied).result.code).toBe('INSTITUTION_NOT_EMPTY');
  });
});

it('posts are told by the institution itself, from a day on', async () => {
  expect((await act(para, 'recordStaffPosts', lotus, { on: '2026-06-01' })).result.staffPosts).toEqual([{ kind: 'carer', posts: 8, filled: 5, from: '2026-06-01', to: null }]);
  expect((await act(para, 'recordStaffPosts', lotus, { filled: 9 })).result.staffPosts).toEqual([
    { kind: 'carer', posts: 8, filled: 9, from: TODAY, to: null }, { kind: 'carer', posts: 8, filled: 5, from: '2026-06-01', to: TODAY },
  ]);
  expect((await act(worker, 'recordStaffPosts', lotus)).result).toMatchObject({ code: 'POSTS_TOLD_LATER', details: [{ values: [TODAY] }] });
  expect(codeOf(await act(para, 'recordStaffPosts', await place()))).toBe('NOT_FOUND');
});
