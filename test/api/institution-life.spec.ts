import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/ids.js';
import { acts } from '../../src/institutions/institution.policy.js';
import { InstitutionWatch } from '../../src/placements/institution-watch.service.js';
import { acts as noticeActs } from '../../src/placements/notices.policy.js';
import { systemActor } from '../../src/platform/auth/roles.js';
import { activePlacement, resident } from '../support/given-placements.js';
import { Harness, newKey } from '../support/harness.js';
import type { Client, Outcome } from '../support/harness.js';
import { arrangeInstitution, arrangeOffices, expectDenied, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';
import { asWorker } from '../support/worker.js';
import type { WorkerDatabase } from '../support/worker.js';

const TODAY = '2026-06-15';
let harness: Harness;
let offices: Offices;
let supervisor: Person;
let worker: Person;
let siemReap: Person;
let para: Person;
let lotus: string;
let queue: WorkerDatabase;
beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  lotus = await arrangeInstitution(harness);
  supervisor = await signedIn(harness, { role: 'supervisor' });
  worker = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
  siemReap = await signedIn(harness, { role: 'supervisor', office: offices.siemReap });
  para = await signedIn(harness, { role: 'para_social_worker', institution: lotus });
  queue = await asWorker(harness);
});
afterAll(async () => {
  await queue.close();
  await harness.stop();
});

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

const watch = (): InstitutionWatch => harness.app.get(InstitutionWatch, { strict: false });
const looked = (id: string): Promise<void> => queue.uow.system(systemActor('placements.institutions'), newKey(), (op) => watch().institution(op, id));
const lookedAt = (child: string): Promise<void> => queue.uow.system(systemActor('placements.residents'), newKey(), (op) => watch().child(op, child));
const tasksOf = (subject: string) => harness.sql<{ kind: string; due_on: string; detail: string | null }>(`select kind, due_on::text, detail from worklist.tasks where subject_id = $1 and state = 'open' order by kind`, [subject]);
const kindsOf = async (subject: string): Promise<string[]> => (await tasksOf(subject)).map(({ kind }) => kind);

describe('what is due of an institution', () => {
  it('is its licence with reminders 90, 60, 30 and 7 days before, its inspection, and a goal of its plan; over capacity is a task and no refusal', async () => {
    const id = await place();
    await act(supervisor, 'recordLicence', id, { to: '2026-08-01' });
    await act(supervisor, 'recordInspection', id, { nextDue: '2026-07-01' });
    await looked(id);
    await looked(id);
    expect(await tasksOf(id)).toEqual([{ kind: 'placements.inspection_due', due_on: '2026-07-01', detail: null }, { kind: 'placements.licence_ends', due_on: '2026-07-31', detail: null }]);
    const reminders = await harness.sql<{ day: string }>(`select (r.due_at at time zone 'Asia/Phnom_Penh')::date::text as day from worklist.reminders r join worklist.tasks t on t.id = r.task_id where t.subject_id = $1 and t.kind = 'placements.licence_ends' order by 1`, [id]);
    // Ninety and sixty days before have passed; today is 46 days before.
    expect(reminders.map(({ day }) => day)).toEqual(['2026-07-01', '2026-07-24']);
    await act(supervisor, 'recordLicence', id, { from: '2026-06-10', to: null }).then(({ result }) => expect(result.code).toBe('LICENCE_OVERLAPS'));
    await harness.sql('update institutions.institutions set capacity = 1 where id = $1', [id]);
    await resident(harness, { institution: id });
    const second = await resident(harness, { institution: id, from: '2026-06-14' });
    await act(supervisor, 'orderClosure', id, { on: '2026-06-13' });
    const goal = (await act(supervisor, 'addClosingGoal', id)).result.closingPlan[0].id;
    await lookedAt(second.id);
    expect(await tasksOf(id)).toContainEqual({ kind: 'placements.over_capacity', due_on: TODAY, detail: '2.1' });
    expect(await tasksOf(goal)).toMatchObject([{ kind: 'placements.closing_goal', due_on: '2026-09-01' }]);
    // Whoever wrote it: she came after the order.
    expect(await harness.sql('select code from placements.breaches where child_id = $1', [second.id])).toEqual([{ code: 'INSTITUTION_CLOSING' }]);
    await lookedAt(second.id);
    expect(await harness.sql('select code from placements.breaches where child_id = $1', [second.id])).toHaveLength(1);
    expect(await tasksOf(second.id)).toMatchObject([{ kind: 'placements.residence_breach', due_on: TODAY, detail: 'INSTITUTION_CLOSING' }]);
    const { data } = await worker.send('query ($id: Id!) { institution(id: $id) { residents overCapacity } }', { id });
    expect(data.institution).toEqual({ residents: 2, overCapacity: true });
    await harness.sql('update institutions.institutions set capacity = 2 where id = $1', [id]);
    await looked(id);
    expect(await kindsOf(id)).not.toContain('placements.over_capacity');
  });

  it('is a plan at three months and a decision at six in a temporary centre, told once; a supervisor alone extends it', async () => {
    const id = await place();
    await harness.sql(`update institutions.institutions set kind = 'temporary_centre' where id = $1`, [id]);
    const [short, plan, both] = [await resident(harness, { institution: id, from: '2026-03-16' }), await resident(harness, { institution: id, from: '2026-03-15' }), await resident(harness, { institution: id, from: '2025-12-15' })];
    const limits = () => watch().limits((work) => queue.uow.system(systemActor('placements.temporary_limits'), newKey(), work));
    await limits();
    await limits();
    expect([await kindsOf(short.episodeId), await kindsOf(plan.episodeId), await kindsOf(both.episodeId)]).toEqual([[], ['placements.temporary_plan'], ['placements.temporary_decision', 'placements.temporary_plan']]);
    const extend = (who: Client, input: object = {}) => who.act('extendTemporaryStay', { childId: both.id, until: '2026-07-15', reason: 'Her aunt is found.', ...input }, 'Child { id }', 'NoticesRefused');
    await expectDenied(harness, noticeActs['temporaryStay.extend'], extend);
    expect(codeOf(await extend(siemReap))).toBe('NOT_FOUND');
    expect(codeOf(await extend(supervisor, { until: TODAY }))).toBe('BAD_USER_INPUT');
    const requestKey = newKey();
    expect((await extend(supervisor, { requestKey })).result).toMatchObject({ id: both.id });
    expect((await extend(supervisor, { requestKey })).result).toMatchObject({ id: both.id });
    expect((await extend(supervisor)).result).toMatchObject({ code: 'EXTENDED_ALREADY', details: [{ values: ['2026-07-15'] }] });
    expect((await extend(supervisor, { childId: (await resident(harness, { institution: lotus })).id })).result.code).toBe('NOT_TEMPORARY');
    await limits();
    expect(await kindsOf(both.episodeId)).toEqual(['placements.temporary_plan']);
  });
});

describe('arrivals and departures', () => {
  const NOTICE = 'Notice { id state late childId nameLatin goesTo breaches decidedOn reason }';
  const arrive = (who: Client, input: object = {}): Promise<Outcome> =>
    who.act('notifyArrival', { institutionId: lotus, on: TODAY, nameLatin: 'Chan Dara', sex: 'male', birth: { date: '2016-01-01', precision: 'year', basis: 'told_by_others' }, emergency: false, ...input }, NOTICE, 'NoticesRefused');
  const depart = (who: Client, childId: string, input: object = {}): Promise<Outcome> => who.act('notifyDeparture', { childId, on: TODAY, goesTo: 'home', ...input }, NOTICE, 'NoticesRefused');
  const decide = (who: Client, noticeId: string, input: object = {}): Promise<Outcome> => who.act('decideNotice', { noticeId, accept: true, ...input }, NOTICE, 'NoticesRefused');
  const timeline = (child: string) => harness.sql<{ kind: string; during: string }>('select kind, during::text from placements.episodes where child_id = $1 order by during', [child]);

  it('an arrival is told by the institution, due for decision in 72 hours, and becomes a registration with its gatekeeping', async () => {
    await expectDenied(harness, noticeActs['arrival.notify'], arrive);
    expect(codeOf(await arrive(siemReap))).toBe('FORBIDDEN');
    expect(codeOf(await arrive(para, { on: '2026-06-16' }))).toBe('BAD_USER_INPUT');
    expect((await arrive(para, { emergency: true })).result.code).toBe('EMERGENCY_REASON_NEEDED');
    expect((await arrive(para, { birth: { date: '2026-06-16', precision: 'day', basis: 'told_by_others' } })).result.code).toBe('NOTICE_BIRTH');
    const requestKey = newKey();
    const told = await arrive(para, { requestKey });
    expect(told.result).toMatchObject({ state: 'notified', late: false, childId: null, nameLatin: 'Chan Dara' });
    expect((await arrive(para, { requestKey })).result.id).toBe(told.result.id);
    const [task] = await harness.sql<{ due: string }>(`select due_at - opened_at as due from worklist.tasks where subject_id = $1 and kind = 'placements.arrival'`, [told.result.id]);
    expect(task?.due).toMatchObject({ days: 3 });
    expect((await arrive(para, { on: '2026-06-12' })).result.late).toBe(true);
    await expectDenied(harness, noticeActs['notice.decide'], (client) => decide(client, told.result.id));
    expect(codeOf(await decide(siemReap, told.result.id))).toBe('NOT_FOUND');
    expect((await decide(worker, told.result.id, { accept: false })).result.code).toBe('NOTICE_REASON_NEEDED');
    expect((await decide(worker, told.result.id, { accept: false, reason: 'Kin are there.' })).result.code).toBe('NOTICE_WHERE_NEEDED');
    const decideKey = newKey();
    const { result } = await decide(worker, told.result.id, { requestKey: decideKey });
    expect(result).toMatchObject({ state: 'accepted', nameLatin: null, breaches: [], decidedOn: TODAY });
    expect((await decide(worker, told.result.id, { requestKey: decideKey })).result.childId).toBe(result.childId);
    expect((await decide(worker, told.result.id)).result).toMatchObject({ code: 'NOTICE_DECIDED', details: [{ values: ['accepted'] }] });
    expect(await timeline(result.childId)).toEqual([{ kind: 'institution', during: `[${TODAY},)` }]);
    expect(await harness.sql(`select g.state, g.due_at - n.notified_at = interval '72 hours' as due from placements.gatekeepings g, placements.notices n where g.child_id = $1 and n.id = $2`, [result.childId, told.result.id])).toEqual([{ state: 'open', due: true }]);
    expect(await kindsOf(told.result.id)).toEqual([]);
    const refused = await arrive(para);
    expect((await decide(worker, refused.result.id, { accept: false, reason: 'Her aunt takes her.', goesTo: 'kin' })).result).toMatchObject({ state: 'refused', goesTo: 'kin', childId: null });
    const read = (who: Client) => who.send('query ($id: Id!) { notice(id: $id) { id state } institution(id: "' + lotus + '") { notices { id } } }', { id: refused.result.id });
    expect((await read(para)).data).toMatchObject({ notice: { state: 'refused' }, institution: { notices: expect.arrayContaining([{ id: refused.result.id }]) } });
    expect(codeOf({ ...(await read(siemReap)), result: null })).toBe('NOT_FOUND');
  });

  it('of a child the register knows is a move, and who works there does not decide', async () => {
    const placed = await activePlacement(harness);
    const told = await arrive(para, { childNumber: placed.child.number });
    const both = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
    await harness.sql(`insert into staff.postings (id, account_id, role, institution_id, during) select $1, account_id, 'para_social_worker', $3, during from staff.postings where account_id = $2`, [newId(), both.accountId, lotus]);
    expect((await decide(both, told.result.id)).result.code).toBe('OWN_INSTITUTION');
    const early = await arrive(para, { on: '2026-05-20' });
    await harness.sql(`update placements.notices set on_day = '2026-05-07' where id = $1`, [early.result.id]);
    expect((await decide(worker, early.result.id, { childId: placed.child.id })).result.code).toBe('NOTICE_TIMELINE');
    expect((await decide(worker, told.result.id, { childId: placed.child.id })).result).toMatchObject({ state: 'accepted', childId: placed.child.id });
    expect((await timeline(placed.child.id)).at(-1)).toEqual({ kind: 'institution', during: `[${TODAY},)` });
    expect(await harness.sql('select state, ended_on::text from placements.placements where id = $1', [placed.id])).toEqual([{ state: 'ended', ended_on: TODAY }]);
    expect(await harness.sql(`select 1 from placements.gatekeepings where child_id = $1 and state = 'open'`, [placed.child.id])).toHaveLength(1);
  });

  it('beyond a rule is refused as a decision, and recorded as a fact with a supervisor\'s task', async () => {
    const young = { birth: { date: '2024-03-01', precision: 'day', basis: 'family_book' } };
    const told = await arrive(para, young);
    expect((await decide(worker, told.result.id)).result).toMatchObject({ code: 'ARRIVAL_BEYOND_RULES', details: [{ values: ['UNDER_THREE'] }] });
    expect((await decide(worker, told.result.id, { asFact: true, reason: 'Nobody else tonight.' })).result).toMatchObject({ state: 'accepted', breaches: ['UNDER_THREE'] });
    expect(await tasksOf(told.result.id)).toEqual([{ kind: 'placements.residence_breach', due_on: TODAY, detail: 'UNDER_THREE' }]);
    const emergency = await arrive(para, { ...young, emergency: true, circumstances: 'Found at the bus station.' });
    expect((await decide(worker, emergency.result.id)).result).toMatchObject({ state: 'accepted', breaches: [] });
    const closing = await place();
    const there = await arrive(worker, { institutionId: closing });
    await act(supervisor, 'orderClosure', closing);
    expect((await decide(worker, there.result.id)).result.details).toEqual([{ name: 'rules', values: ['INSTITUTION_CLOSING'] }]);
    const { result } = await decide(worker, there.result.id, { asFact: true });
    expect(await harness.sql('select code from placements.breaches where child_id = $1', [result.childId])).toEqual([{ code: 'INSTITUTION_CLOSING' }]);
    await lookedAt(result.childId);
    expect(await harness.sql('select code from placements.breaches where child_id = $1', [result.childId])).toHaveLength(1);
  });

  it('a departure ends the stay where the office says she lives', async () => {
    const child = await resident(harness, { institution: lotus });
    await expectDenied(harness, noticeActs['departure.notify'], (client) => depart(client, child.id));
    expect(codeOf(await depart(siemReap, child.id))).toBe('NOT_FOUND');
    const told = await depart(para, child.id);
    expect(told.result).toMatchObject({ state: 'notified', goesTo: 'home' });
    expect((await depart(para, child.id)).result.code).toBe('DEPARTURE_NOTIFIED');
    expect((await decide(worker, told.result.id, { goesTo: 'foster' })).result.code).toBe('RECORD_THE_FAMILY');
    expect((await decide(worker, told.result.id, { goesTo: 'institution' })).result.code).toBe('NOTICE_WHERE_NEEDED');
    expect((await decide(worker, told.result.id, { goesTo: 'home' })).result).toMatchObject({ state: 'accepted', childId: child.id });
    expect(await timeline(child.id)).toMatchObject([{ kind: 'institution', during: `[2026-01-04,${TODAY})` }, { kind: 'home' }]);
    expect((await depart(worker, child.id)).result.code).toBe('NOT_RESIDENT');
    const other = await place();
    const mover = await resident(harness, { institution: lotus });
    const moved = await depart(para, mover.id, { goesTo: 'institution' });
    expect((await decide(worker, moved.result.id, { goesTo: 'institution', toInstitutionId: other })).result.state).toBe('accepted');
    expect(await harness.sql('select institution_id from children.children where id = $1', [mover.id])).toEqual([{ institution_id: other }]);
    const stays = await resident(harness, { institution: lotus });
    const wrong = await depart(para, stays.id);
    expect((await decide(worker, wrong.result.id, { accept: false, reason: 'She is back.' })).result.state).toBe('refused');
    expect(await timeline(stays.id)).toHaveLength(1);
  });
});
