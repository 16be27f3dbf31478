import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CarersJobs } from '../../src/carers/carers.jobs.js';
import { acts as carers } from '../../src/carers/carers.policy.js';
import { VisitsService } from '../../src/casework/visits.service.js';
import { systemActor } from '../../src/platform/auth/roles.js';
import { FamilyChangesService } from '../../src/placements/family-changes.service.js';
import { acts as recruitment } from '../../src/recruitment/recruitment.policy.js';
import { papersFollow } from '../../src/recruitment/reviews.repo.js';
import { ReviewsService } from '../../src/recruitment/reviews.service.js';
import { approvedFamily, knownFamily, placeTaken } from '../support/given.js';
import type { ArrangedFamily, FamilyWanted } from '../support/given.js';
import { resident } from '../support/given-placements.js';
import { Harness, newKey } from '../support/harness.js';
import type { Client, Outcome } from '../support/harness.js';
import { arrangeOffices, expectDenied, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';
import { fact } from '../support/placement-calls.js';
import { asWorker } from '../support/worker.js';
import type { WorkerDatabase } from '../support/worker.js';

const TODAY = '2026-06-15';
let harness: Harness;
let machine: WorkerDatabase;
let offices: Offices;
let worker: Person;
let supervisor: Person;
let elsewhere: Person;

beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  machine = await asWorker(harness);
  worker = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
  supervisor = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
  elsewhere = await signedIn(harness, { role: 'supervisor', office: offices.siemReap });
});
afterAll(async () => {
  await machine.close();
  await harness.stop();
});

const anId = '00000000-0000-7000-8000-000000000000';
const code = (outcome: Outcome): string | undefined => outcome.errors?.[0]?.extensions.code;
const FIELDS = 'Family { id sleepingPlaces version areaCode exemptions { id from to endedOn reason citation } ownChildrenAtHome { id nameLatin adultId leftOn } addresses { areaCode from to } adults { id nameLatin since } yearlyReviews { on outcome } standings { code reason from to } }';
const change = (who: Client, name: string, input: object): Promise<Outcome> => who.act(name, { on: TODAY, ...input }, FIELDS, 'CarersRefused');
const decide = (who: Client, name: string, input: object): Promise<Outcome> => who.act(name, { on: TODAY, ...input }, FIELDS, 'RecruitmentRefused');
const review = (who: Client, familyId: string, input: object = {}): Promise<Outcome> => decide(who, 'reviewFamily', { familyId, outcome: 'confirmed', reason: 'Visited at home.', ...input });
const terms = { places: 2, youngest: 0, oldest: 17, sexes: ['female', 'male'], needs: [], careKinds: ['foster'] };
const run = <T>(work: Parameters<WorkerDatabase['uow']['system']>[2]): Promise<T> => machine.uow.system(systemActor('test'), 'test', work) as Promise<T>;
const tasks = (subject: string) => harness.sql<{ kind: string; state: string; due: string }>('select kind, state, due_on::text as due from worklist.tasks where subject_id = $1 or about_id = $1 order by kind, state', [subject]);
const offered = async (family: ArrangedFamily, on = TODAY): Promise<boolean> => {
  const { data } = await supervisor.send('query ($on: Day) { standBy(areaCode: "0203", on: $on, first: 100) { nodes { family { id } } } }', { on });
  return data.standBy.nodes.some((node: { family: { id: string } }) => node.family.id === family.id);
};
const yearOld = (wanted: FamilyWanted = {}): Promise<ArrangedFamily> => approvedFamily(harness, { from: '2025-07-01', to: '2026-07-01', certifiedUntil: '2028-01-01', checkedUntil: '2028-01-01', ...wanted });
const written = async (family: string, act: string): Promise<number> => (await harness.sql('select from platform.acts where (subject_id = $1 or about_id = $1) and act = $2', [family, act])).length;

/** The same request twice is one act; another input under the key is a CONFLICT. */
async function once(send: (input: object) => Promise<Outcome>, other: object, family: string, act: string): Promise<Outcome> {
  const requestKey = newKey();
  const before = await written(family, act);
  const first = await send({ requestKey });
  expect(first.errors).toBeUndefined();
  expect((await send({ requestKey })).result.id).toBe(first.result.id);
  expect(await written(family, act)).toBe(before + 1);
  expect(code(await send({ requestKey, ...other }))).toBe('CONFLICT');
  return first;
}

describe('a yearly review', () => {
  it('is asked for before the approval ends, once, and a confirmation lets the family stand by for another year', async () => {
    const family = await yearOld();
    const reviews = harness.app.get(ReviewsService, { strict: false });
    for (let i = 0; i < 2; i += 1) await reviews.remind((work) => run(work));
    expect(await tasks(family.id)).toEqual([{ kind: 'recruitment.review_due', state: 'open', due: '2026-06-30' }]);
    expect(await offered(family, '2026-07-01')).toBe(false);
    const answer = await once((input) => review(supervisor, family.id, input), { reason: 'Otherwise.' }, family.id, 'family.review');
    expect(answer.result.yearlyReviews).toEqual([{ on: TODAY, outcome: 'confirmed' }]);
    expect(await offered(family, '2027-06-14')).toBe(true);
    expect(await tasks(family.id)).toMatchObject([{ kind: 'recruitment.review_due', state: 'done' }]);
    await reviews.remind((work) => run(work));
    expect(await tasks(family.id)).toHaveLength(1);
  });

  it('may change the terms, not below the children who are there, beyond the limit or reversed', async () => {
    const family = await yearOld();
    for (const slot of [1, 2]) await placeTaken(harness, family.id, slot, '2026-01-01', '2026-07-01');
    const changed = (change: object) => review(supervisor, family.id, { outcome: 'changed', terms: { ...terms, ...change } });
    expect((await changed({ places: 1 })).result.code).toBe('PLACES_BELOW_OCCUPANTS');
    expect((await changed({ places: 4 })).result.code).toBe('ABOVE_LIMIT');
    expect((await changed({ youngest: 9, oldest: 3 })).result.code).toBe('AGES_REVERSED');
    expect((await changed({ careKinds: ['kinship'] })).result.code).toBe('OTHER_CARE_KIND');
    expect((await review(supervisor, family.id, { outcome: 'changed' })).result.code).toBe('TERMS_NEEDED');
    expect((await review(supervisor, family.id, { terms })).result.code).toBe('TERMS_NEEDED');
    expect(await harness.sql('select from recruitment.reviews where family_id = $1', [family.id])).toHaveLength(0);
    expect((await changed({ places: 3 })).result.yearlyReviews).toEqual([{ on: TODAY, outcome: 'changed' }]);
    expect(await offered(family)).toBe(true);
  });

  it('removes an approval only when no child lives there; suspending needs nobody to move', async () => {
    const family = await yearOld();
    await placeTaken(harness, family.id, 1, '2026-01-01', '2026-06-14');
    await placeTaken(harness, family.id, 2, '2026-01-01', '2026-06-20');
    expect((await review(supervisor, family.id, { outcome: 'removed' })).result).toMatchObject({ code: 'CHILDREN_THERE', details: [{ name: 'places', values: ['1'] }] });
    expect((await review(supervisor, family.id, { outcome: 'suspended', on: '2026-06-14' })).result.standings).toContainEqual(expect.objectContaining({ code: 'suspension', reason: 'standards' }));
    await harness.sql(`update carers.place_occupancies set during = '[2026-01-01,2026-06-15)' where family_id = $1 and slot = 2`, [family.id]);
    expect((await review(supervisor, family.id, { outcome: 'removed' })).result.yearlyReviews).toHaveLength(2);
    expect(await harness.sql(`select from carers.family_places where family_id = $1 and during @> '2026-06-15'::date`, [family.id])).toHaveLength(0);
  });

  it('is refused for a closed or never approved family, on an earlier day, and where somebody is unchecked or untrained', async () => {
    const closed = await yearOld();
    await change(supervisor, 'closeFamily', { familyId: closed.id, reason: 'resigned' });
    expect((await review(supervisor, closed.id)).result.code).toBe('FAMILY_CLOSED');
    expect((await review(supervisor, (await knownFamily(harness)).id)).result.code).toBe('NOT_APPROVED');
    expect((await review(supervisor, (await approvedFamily(harness, { from: TODAY })).id)).result.code).toBe('BEFORE_LAST_DECISION');
    const lapsed = await yearOld({ checkedUntil: '2026-06-10', certifiedUntil: '2026-06-10' });
    expect((await review(supervisor, lapsed.id)).result).toMatchObject({ code: 'NOT_COMPLETE', details: [{ values: ['checks:2', 'certificate:2'] }] });
    expect(code(await review(supervisor, closed.id, { outcome: 'postponed' }))).toBe('BAD_USER_INPUT');
    expect(code(await review(elsewhere, closed.id))).toBe('NOT_FOUND');
    await expectDenied(harness, recruitment['family.review'], (who) => review(who, anId));
  });

  it('is not decided by who is tied to the family', async () => {
    const family = await yearOld();
    await harness.sql('insert into carers.family_ties (id, family_id, account_id, relation, declared_on) values ($1, $2, $3, $4, $5)', [newKey(), family.id, supervisor.accountId, 'sibling', '2026-01-01']);
    expect((await review(supervisor, family.id)).result.code).toBe('CONFLICT_OF_INTEREST');
    expect((await change(supervisor, 'grantExemption', { on: undefined, familyId: family.id, from: TODAY, to: '2026-07-01', reason: 'other', citation: 'Letter 1' })).result.code).toBe('CONFLICT_OF_INTEREST');
  });
});

describe('the adults of an approved family', () => {
  const check = (who: Client, adultId: string, input: object = {}): Promise<Outcome> => decide(who, 'renewCheck', { adultId, kind: 'identity', outcome: 'clear', validUntil: '2028-01-01', ...input });

  it('a newcomer is to be checked within thirty days, and a paper against her ends them', async () => {
    const family = await approvedFamily(harness);
    const add = (nameLatin: string) => change(worker, 'addAdult', { familyId: family.id, nameLatin, sex: 'female', birthDate: '1960-01-01', carer: false, on: '2026-06-10' });
    const idOf = (outcome: Outcome, name: string): string => outcome.result.adults.find((one: { nameLatin: string }) => one.nameLatin === name).id;
    const first = idOf(await add('Keo Mony'), 'Keo Mony');
    expect(await tasks(first)).toEqual([{ kind: 'carers.adult_check_due', state: 'open', due: '2026-07-09' }]);
    expect([await offered(family, '2026-07-09'), await offered(family, '2026-07-10')]).toEqual([true, false]);
    for (const kind of ['identity', 'criminal_record', 'health']) await check(worker, first, { kind });
    expect(await tasks(first)).toMatchObject([{ state: 'open' }]);
    await once((input) => check(worker, first, { kind: 'no_violence', ...input }), { outcome: 'concern' }, family.id, 'check.renew');
    expect(await tasks(first)).toMatchObject([{ state: 'done' }]);
    expect(await offered(family, '2026-09-01')).toBe(true);
    const second = idOf(await add('Keo Sina'), 'Keo Sina');
    await check(worker, second, { kind: 'criminal_record', outcome: 'concern' });
    expect(await offered(family)).toBe(false);
  });

  it('a check is refused in a closed family, with its days reversed, and of who does not live there', async () => {
    const family = await approvedFamily(harness);
    const adult = family.carers[0] ?? '';
    expect((await check(worker, adult, { validUntil: TODAY })).result.code).toBe('DATES_REVERSED');
    expect(code(await check(worker, adult, { kind: 'debts' }))).toBe('BAD_USER_INPUT');
    expect(code(await check(worker, anId))).toBe('NOT_FOUND');
    await change(supervisor, 'closeFamily', { familyId: family.id, reason: 'resigned' });
    expect((await check(worker, adult)).result.code).toBe('FAMILY_CLOSED');
    await expectDenied(harness, recruitment['check.renew'], (who) => check(who, anId));
  });

  it('a paper is said to run out at 90, 60, 30 and 7 days, each once, also after days without a run', async () => {
    const family = await approvedFamily(harness);
    await check(worker, family.carers[0] ?? '', { validUntil: '2026-09-20' });
    const told = async (): Promise<number[]> => (await harness.sql<{ days: number }>('select r.days from recruitment.check_reminders r join recruitment.checks c on c.id = r.check_id where c.family_id = $1 order by r.days desc', [family.id])).map(({ days }) => days);
    const reviews = harness.app.get(ReviewsService, { strict: false });
    const seen: number[][] = [];
    for (const day of ['2026-06-15', '2026-06-22', '2026-06-23', '2026-08-25', '2026-09-19']) {
      harness.clock.set(`${day}T03:00:00Z`);
      for (let i = 0; i < 2; i += 1) await reviews.remind((work) => run(work));
      seen.push(await told());
    }
    harness.clock.set('2026-06-15T03:00:00Z');
    expect(seen).toEqual([[], [90], [90], [90, 30], [90, 30, 7]]);
    expect((await tasks(family.id)).filter(({ kind }) => kind === 'recruitment.check_ends')).toEqual([{ kind: 'recruitment.check_ends', state: 'open', due: '2026-09-19' }]);
    await check(worker, family.carers[0] ?? '', { validUntil: '2029-09-20' });
    expect((await tasks(family.id)).filter(({ kind, state }) => kind === 'recruitment.check_ends' && state === 'open')).toEqual([]);
  });

  it('an own child who turns eighteen is one of them from that day, found by the night\'s work once', async () => {
    const family = await approvedFamily(harness);
    const child = { familyId: family.id, nameLatin: 'Sok Bopha', sex: 'female', birthDate: '2008-06-20' };
    const { result } = await once((input) => change(worker, 'recordOwnChild', { ...child, ...input }), { nameLatin: 'Sok Other' }, family.id, 'family.recordOwnChild');
    expect(result.ownChildrenAtHome).toEqual([{ id: expect.any(String), nameLatin: 'Sok Bopha', adultId: null, leftOn: null }]);
    harness.clock.set('2026-06-25T03:00:00Z');
    for (let i = 0; i < 2; i += 1) await harness.app.get(CarersJobs, { strict: false }).growUp((work) => run(work));
    harness.clock.set('2026-06-15T03:00:00Z');
    const grown = await harness.sql<{ since: string; due: string; carer: boolean }>(`select lower(during)::text as since, check_due_on::text as due, carer from carers.adults where family_id = $1 and name_latin = 'Sok Bopha'`, [family.id]);
    expect(grown).toEqual([{ since: '2026-06-20', due: '2026-07-20', carer: false }]);
    expect([await offered(family, '2026-07-19'), await offered(family, '2026-07-20')]).toEqual([true, false]);
    const older = await change(worker, 'recordOwnChild', { ...child, nameLatin: 'Sok Rith', birthDate: '2005-01-01' });
    expect(older.result.adults).toContainEqual(expect.objectContaining({ nameLatin: 'Sok Rith', since: TODAY }));
    expect((await change(worker, 'recordOwnChild', { ...child, familyId: (await knownFamily(harness, { from: TODAY })).id, on: '2026-06-14' })).result.code).toBe('BEFORE_OPENING');
    expect(code(await change(worker, 'recordOwnChild', { ...child, nameLatin: null }))).toBe('BAD_USER_INPUT');
    expect(code(await change(worker, 'recordOwnChild', { ...child, birthDate: '2026-06-16' }))).toBe('BAD_USER_INPUT');
    await change(supervisor, 'closeFamily', { familyId: family.id, reason: 'resigned' });
    expect((await change(worker, 'recordOwnChild', child)).result.code).toBe('FAMILY_CLOSED');
    await expectDenied(harness, carers['family.recordOwnChild'], (who) => change(who, 'recordOwnChild', { ...child, familyId: anId }));
  });

  it.each([['separated', 'separated'], ['died', 'carer_died']])('when a carer %s, the family waits until it is assessed anew, and its children stay', async (reason, detail) => {
    const family = await yearOld();
    await placeTaken(harness, family.id, 1, '2026-01-01', '2026-07-01');
    const left = await change(worker, 'adultLeft', { adultId: family.carers[1], on: '2026-06-10', reason });
    expect(left.result.standings).toContainEqual({ code: 'suspension', reason: detail, from: '2026-06-10', to: null });
    expect(await offered(family)).toBe(false);
    expect(await tasks(family.id)).toMatchObject([{ kind: 'carers.reassess', state: 'open', due: '2026-06-29' }]);
    expect(await harness.sql('select from carers.place_occupancies where family_id = $1 and upper(during) = $2', [family.id, '2026-07-01'])).toHaveLength(1);
    await review(supervisor, family.id);
    expect(await offered(family)).toBe(true);
    expect(await tasks(family.id)).toMatchObject([{ state: 'done' }]);
  });
});

describe('what is reported about a family', () => {
  const report = (who: Client, familyId: string, kind: string, input: object = {}): Promise<Outcome> => change(who, 'reportConcern', { familyId, kind, ...input });

  it('an allegation suspends at once and reads "ask the supervisor"; a worry stops nothing', async () => {
    const [worried, accused] = [await approvedFamily(harness), await approvedFamily(harness)];
    await report(worker, worried.id, 'worry');
    expect(await offered(worried)).toBe(true);
    const answer = await once((input) => report(worker, accused.id, 'allegation', input), { kind: 'worry' }, accused.id, 'family.reportConcern');
    expect(answer.result.standings.map((one: { code: string; reason: string | null }) => [one.code, one.reason])).toContainEqual(['ASK_SUPERVISOR', null]);
    expect(await offered(accused)).toBe(false);
    expect(await tasks(accused.id)).toEqual([{ kind: 'carers.concern_reported', state: 'open', due: TODAY }]);
    expect(await harness.sql(`select reason from platform.acts where about_id = any ($1) and act = 'family.reportConcern'`, [[worried.id, accused.id]])).toEqual([{ reason: 'confidential' }, { reason: 'confidential' }]);
  });

  it('is refused of a closed family, and is a worker\'s to write down', async () => {
    const family = await approvedFamily(harness);
    await change(supervisor, 'closeFamily', { familyId: family.id, reason: 'resigned' });
    expect((await report(worker, family.id, 'worry')).result.code).toBe('FAMILY_CLOSED');
    expect(code(await report(worker, family.id, 'rumour'))).toBe('BAD_USER_INPUT');
    await expectDenied(harness, carers['family.reportConcern'], (who) => report(who, anId, 'worry'));
  });
});

describe('an exemption', () => {
  const grant = (who: Client, familyId: string, input: object = {}): Promise<Outcome> =>
    who.act('grantExemption', { familyId, from: TODAY, to: '2026-07-15', reason: 'siblings', citation: 'Decision 12 of 2026', ...input }, FIELDS, 'CarersRefused');

  it('gives one place more for its days, cited', async () => {
    const family = await approvedFamily(harness, { places: 1 });
    await placeTaken(harness, family.id, 1, '2026-01-01');
    const { result } = await once((input) => grant(supervisor, family.id, input), { citation: 'Another' }, family.id, 'family.grantExemption');
    expect(result.exemptions).toEqual([{ id: expect.any(String), from: TODAY, to: '2026-07-15', endedOn: null, reason: 'siblings', citation: 'Decision 12 of 2026' }]);
    expect([await offered(family, '2026-07-14'), await offered(family, '2026-07-15')]).toEqual([true, false]);
  });

  it('is refused reversed, to a closed family, and without a paper; the database refuses reversed days too', async () => {
    const family = await approvedFamily(harness);
    expect((await grant(supervisor, family.id, { to: TODAY })).result.code).toBe('DATES_REVERSED');
    expect(code(await grant(supervisor, family.id, { citation: ' ' }))).toBe('BAD_USER_INPUT');
    expect(code(await grant(supervisor, family.id, { from: '2026-01-01' }))).toBe('BAD_USER_INPUT');
    await expect(harness.sql(`insert into carers.exemptions (id, family_id, during, reason, citation, granted_on) values ($1, $2, '[2026-06-15,2026-06-15)', 'other', 'x', '2026-06-15')`, [newKey(), family.id])).rejects.toMatchObject({ constraint: 'exemptions_during' });
    await change(supervisor, 'closeFamily', { familyId: family.id, reason: 'resigned' });
    expect((await grant(supervisor, family.id)).result.code).toBe('FAMILY_CLOSED');
    await expectDenied(harness, carers['family.grantExemption'], (who) => grant(who, anId));
  });
});

describe('the end of an exemption before its time', () => {
  const stop = (who: Client, exemptionId: string, input: object = {}): Promise<Outcome> => change(who, 'endExemption', { exemptionId, ...input });
  const exempted = async (family: ArrangedFamily, from = '2026-06-10', to = '2026-07-15'): Promise<string> =>
    (await supervisor.act('grantExemption', { familyId: family.id, from, to, reason: 'siblings', citation: 'Decision 12' }, FIELDS, 'CarersRefused')).result.exemptions[0].id;

  it('takes its place away, where nobody needs it, and one that has not begun never held', async () => {
    const family = await approvedFamily(harness, { places: 1 });
    await placeTaken(harness, family.id, 1, '2026-01-01', '2026-07-10');
    const id = await exempted(family);
    await placeTaken(harness, family.id, 13, '2026-06-10', '2026-06-13');
    expect([await offered(family), (await stop(supervisor, id, { on: '2026-06-12' })).result]).toEqual([true, expect.objectContaining({ code: 'PLACE_NEEDED', details: expect.arrayContaining([{ name: 'day', values: ['2026-06-12'] }]) })]);
    const { result } = await once((input) => stop(supervisor, id, input), { on: '2026-06-14' }, id, 'family.endExemption');
    expect([result.exemptions[0].endedOn, await offered(family), await offered(family, '2026-07-10')]).toEqual([TODAY, false, true]);
    const later = await exempted(family, '2026-07-01');
    expect((await stop(supervisor, later)).result.exemptions).toContainEqual(expect.objectContaining({ id: later, from: '2026-07-01', endedOn: '2026-07-01' }));
    expect((await stop(supervisor, later)).result).toMatchObject({ code: 'EXEMPTION_ENDED', details: [{ values: ['2026-07-01'] }] });
    expect((await stop(supervisor, await exempted(family, '2026-06-01', '2026-06-10'))).result.code).toBe('EXEMPTION_ENDED');
    expect(await harness.sql(`select from carers.family_places where family_id = $1 and basis = 'exemption' and upper(during) > '2026-06-15'`, [family.id])).toEqual([]);
  });

  it('is a supervisor\'s of its office, and of none who is tied to the family', async () => {
    const family = await approvedFamily(harness);
    const id = await exempted(family);
    expect(code(await stop(elsewhere, id))).toBe('NOT_FOUND');
    expect(code(await stop(supervisor, id, { on: '2026-06-16' }))).toBe('BAD_USER_INPUT');
    await harness.sql('insert into carers.family_ties (id, family_id, account_id, relation, declared_on) values ($1, $2, $3, $4, $5)', [newKey(), family.id, supervisor.accountId, 'sibling', '2026-01-01']);
    expect((await stop(supervisor, id)).result.code).toBe('CONFLICT_OF_INTEREST');
    await expectDenied(harness, carers['family.endExemption'], (who) => stop(who, anId));
  });
});

describe('an own child who leaves home', () => {
  it('is no adult of it later; who was taken for one leaves as one', async () => {
    const family = await approvedFamily(harness);
    const left = (id: string, input: object = {}, who: Client = worker): Promise<Outcome> => change(who, 'ownChildLeft', { ownChildId: id, ...input });
    const record = async (nameLatin: string, birthDate: string): Promise<string> =>
      (await change(worker, 'recordOwnChild', { familyId: family.id, nameLatin, sex: 'female', birthDate, on: '2026-06-01' })).result.ownChildrenAtHome.find((one: { nameLatin: string }) => one.nameLatin === nameLatin).id;
    const young = await record('Sok Mealea', '2008-06-20');
    expect((await left(young, { on: '2026-06-01' })).result).toMatchObject({ code: 'BEFORE_ARRIVAL', details: [{ values: ['2026-06-01'] }] });
    const { result } = await once((input) => left(young, input), { on: '2026-06-14' }, young, 'family.ownChildLeft');
    expect(result.ownChildrenAtHome).toEqual([{ id: young, nameLatin: 'Sok Mealea', adultId: null, leftOn: TODAY }]);
    expect((await left(young)).result.code).toBe('ALREADY_LEFT');
    const grown = await record('Sok Vanna', '2008-06-05');
    expect((await tasks(family.id)).filter(({ kind }) => kind === 'carers.adult_check_due')).toMatchObject([{ state: 'open' }]);
    await left(grown, { on: '2026-06-03' });
    harness.clock.set('2026-07-25T03:00:00Z');
    await harness.app.get(CarersJobs, { strict: false }).growUp((work) => run(work));
    harness.clock.set('2026-06-15T03:00:00Z');
    expect(await harness.sql(`select name_latin as name, during::text from carers.adults where family_id = $1 and name_latin in ('Sok Mealea', 'Sok Vanna')`, [family.id])).toEqual([{ name: 'Sok Vanna', during: '[2026-06-05,2026-06-06)' }]);
    expect((await tasks(family.id)).filter(({ kind }) => kind === 'carers.adult_check_due')).toMatchObject([{ state: 'cancelled' }]);
    expect(await offered(family, '2026-09-01')).toBe(true);
    expect(code(await left(young, {}, elsewhere))).toBe('NOT_FOUND');
    await expectDenied(harness, carers['family.ownChildLeft'], (who) => left(anId, {}, who));
  });
});

describe('a family that moves', () => {
  const move = (who: Client, familyId: string, input: object = {}): Promise<Outcome> => who.act('moveFamily', { familyId, version: 1, areaCode: '17100101', on: '2026-06-10', ...input }, 'FamilyMove { id familyId on officeId suspended }', 'CarersRefused');
  const read = async (who: Client, id: string): Promise<Outcome['result']> => (await who.send('query ($id: Id!) { family(id: $id) { areaCode addresses { areaCode from to } standings { code reason from to } } }', { id })).data?.family;
  const standsBy = async (id: string, on: string): Promise<unknown> => (await elsewhere.send('query ($on: Day) { standBy(areaCode: "1710", on: $on, first: 100, includeUnavailable: true) { nodes { family { id } available availableFrom reasons { code details until } } } }', { on }))
    .data.standBy.nodes.find((node: { family: { id: string } }) => node.family.id === id);
  const follow = (id: string): Promise<void> => run((op) => harness.app.get(FamilyChangesService, { strict: false }).follow(op, id));

  it('to another province gets no other child before that one reviews it; its children and papers go with it', async () => {
    const family = await yearOld();
    const child = await resident(harness);
    const stay = (await fact(worker, { childId: child.id, familyId: family.id, on: '2026-06-01' })).result.id;
    const visits = (): Promise<void> => run((op) => harness.app.get(VisitsService, { strict: false }).follow(op, stay));
    const visiting = (): Promise<object[]> => harness.sql(
      `select t.role, t.account_id as account, t.office_id as office, v.worker_id as visitor from worklist.tasks t join casework.visits v on v.id = t.subject_id where v.placement_id = $1 and t.kind = 'casework.visit_due' and t.state = 'open'`, [stay],
    );
    await harness.sql('update placements.placements set planned_by = $2 where id = $1', [stay, worker.accountId]);
    await visits();
    expect(await visiting()).toEqual([{ role: null, account: worker.accountId, office: offices.battambangTown, visitor: worker.accountId }]);
    await decide(worker, 'renewCheck', { adultId: family.carers[0], kind: 'identity', outcome: 'clear', validUntil: '2028-01-01' });
    const requestKey = newKey();
    const answer = await move(worker, family.id, { requestKey });
    expect(answer.result).toEqual({ __typename: 'FamilyMove', id: answer.result.id, familyId: family.id, on: '2026-06-10', officeId: offices.siemReapTown, suspended: true });
    expect([(await move(worker, family.id, { requestKey })).result.id, code(await move(worker, family.id, { requestKey, areaCode: '17100201' })), await written(family.id, 'family.move')]).toEqual([answer.result.id, 'CONFLICT', 1]);
    // The office that it left reads that it moved, and nothing more of it.
    expect([await read(worker, family.id), await harness.sql('select from carers.adults where family_id = $1 and office_id <> $2', [family.id, offices.siemReapTown])]).toEqual([undefined, []]);
    expect(await read(elsewhere, family.id)).toMatchObject({ addresses: [{ areaCode: '17100101', from: '2026-06-10', to: null }, { areaCode: '02030101', from: '2025-07-01', to: '2026-06-10' }] });
    expect((await read(elsewhere, family.id)).standings).toContainEqual({ code: 'suspension', reason: 'moved_province', from: '2026-06-10', to: null });
    expect(await standsBy(family.id, TODAY)).toMatchObject({ available: false, availableFrom: null, reasons: [{ code: 'SUSPENDED', details: ['moved_province'], until: null }] });
    expect(await standsBy(family.id, '2026-06-09')).toMatchObject({ available: true });
    expect(await harness.sql(`select role, office_id from worklist.tasks where about_id = $1 and kind = 'carers.reassess' and state = 'open'`, [family.id])).toEqual([{ role: 'supervisor', office_id: offices.siemReapTown }]);
    for (let i = 0; i < 2; i += 1) {
      await follow(family.id);
      await run((op) => papersFollow(op, family.id));
    }
    expect(await harness.sql('select state, family_office_id as office from placements.placements where family_id = $1', [family.id])).toEqual([{ state: 'active', office: offices.siemReapTown }]);
    expect(await harness.sql('select office_id as office from children.children where id = $1', [child.id])).toEqual([{ office: offices.siemReapTown }]);
    // Her visits are the new office's now, whoever's they were.
    for (let i = 0; i < 2; i += 1) await visits();
    expect(await visiting()).toEqual([{ role: 'social_worker', account: null, office: offices.siemReapTown, visitor: null }]);
    expect(await harness.sql('select distinct office_id as office from recruitment.checks where family_id = $1', [family.id])).toEqual([{ office: offices.siemReapTown }]);
    expect((await worker.send('query ($id: Id!) { child(id: $id) { id } }', { id: child.id })).data?.child).toEqual({ id: child.id });
    expect(code(await review(supervisor, family.id))).toBe('NOT_FOUND');
    expect((await review(elsewhere, family.id)).errors).toBeUndefined();
    expect(await standsBy(family.id, '2027-06-14')).toMatchObject({ available: true });
    // Again, on a day before that review: nobody new from the review on.
    expect((await move(elsewhere, family.id, { areaCode: '02010101', on: '2026-06-12', version: 2 })).result).toMatchObject({ suspended: true, officeId: offices.banan });
    expect((await read(supervisor, family.id)).standings).toContainEqual({ code: 'suspension', reason: 'moved_province', from: TODAY, to: null });
  });

  it('within its province it stays approved, and its new office is told', async () => {
    const family = await approvedFamily(harness);
    expect((await move(worker, family.id, { areaCode: '02010101' })).result).toMatchObject({ suspended: false, officeId: offices.banan });
    expect((await read(supervisor, family.id)).standings).not.toContainEqual(expect.objectContaining({ code: 'suspension' }));
    expect(await tasks(family.id)).toMatchObject([{ kind: 'carers.moved_here', state: 'open' }]);
    // The tasks that one office has go to the next one.
    expect((await move(supervisor, family.id, { areaCode: '02030102', version: 2, on: '2026-06-11' })).result.officeId).toBe(offices.battambangTown);
    expect(await harness.sql(`select office_id as office from worklist.tasks where about_id = $1 and state = 'open'`, [family.id])).toEqual([{ office: offices.battambangTown }]);
    expect(await offered(family)).toBe(true);
  });

  it('is refused only what contradicts, and is written by the office that it leaves', async () => {
    const family = await approvedFamily(harness, { from: '2026-05-20' });
    const known = await knownFamily(harness, { from: '2026-05-20' });
    for (const [refused, input] of [['VILLAGE_NEEDED', { areaCode: '1710' }], ['AREA_UNKNOWN', { areaCode: '17109999' }], ['UNCHANGED', { areaCode: '02030101' }], ['BEFORE_OPENING', { on: '2026-05-19' }], ['BEFORE_LAST_MOVE', { on: '2026-05-20' }]] as const) {
      expect([refused, (await move(worker, family.id, input)).result.code]).toEqual([refused, refused]);
    }
    for (const [bad, input] of [['BAD_USER_INPUT', { on: '2026-06-16' }], ['BAD_USER_INPUT', { areaCode: 'x' }]] as const) expect(code(await move(worker, family.id, input))).toBe(bad);
    expect([code(await move(elsewhere, family.id)), await written(family.id, 'family.move')]).toEqual(['NOT_FOUND', 0]);
    expect((await move(worker, known.id)).result.suspended).toBe(false);
    await change(supervisor, 'closeFamily', { familyId: family.id, reason: 'resigned' });
    expect((await move(worker, family.id, { version: 2 })).result.code).toBe('FAMILY_CLOSED');
    await expectDenied(harness, carers['family.move'], (who) => move(who, anId));
  });

  it('another address without a day corrects what was written in the last week, and is a move as of today after it', async () => {
    const edit = (id: string, areaCode: string, version = 1): Promise<Outcome> => worker.act('changeFamily', { familyId: id, areaCode, version }, FIELDS, 'CarersRefused');
    const fresh = await knownFamily(harness, { from: '2026-06-08' });
    expect((await edit(fresh.id, '02030102')).result.addresses).toEqual([{ areaCode: '02030102', from: '2026-06-08', to: null }]);
    const old = await knownFamily(harness, { from: '2026-06-07' });
    expect((await edit(old.id, '02030102')).result.addresses).toEqual([{ areaCode: '02030102', from: TODAY, to: null }, { areaCode: '02030101', from: '2026-06-07', to: TODAY }]);
    expect((await edit(old.id, '02030201', 2)).result.addresses).toMatchObject([{ areaCode: '02030201', from: TODAY }, { areaCode: '02030101' }]);
  });
});
