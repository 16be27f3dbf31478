import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MissingJobs } from '../../src/placements/missing.jobs.js';
import { STAYS } from '../../src/placements/place-facts.js';
import { acts } from '../../src/placements/placements.policy.js';
import { systemActor } from '../../src/platform/auth/roles.js';
import { newId } from '../../src/kernel/ids.js';
import { approvedFamily, standing } from '../support/given.js';
import { activePlacement, resident } from '../support/given-placements.js';
import type { ArrangedPlacement } from '../support/given-placements.js';
import { Harness, newKey } from '../support/harness.js';
import type { Outcome } from '../support/harness.js';
import { arrangeInstitution, arrangeOffices, expectDenied, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';
import { TODAY, absence, approvedPlan, back, corrected, death, end, fact, missing, moveTo, plan, start, talk, tell } from '../support/placement-calls.js';
import { asWorker } from '../support/worker.js';

let harness: Harness;
let offices: Offices;
let worker: Person;
let supervisor: Person;
let elsewhere: Person;
let para: Person;
let lotus: string;

beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  lotus = await arrangeInstitution(harness);
  worker = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
  supervisor = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
  elsewhere = await signedIn(harness, { role: 'social_worker', office: offices.siemReapTown });
  para = await signedIn(harness, { role: 'para_social_worker', institution: lotus });
});
afterAll(() => harness.stop());

const timelineOf = (child: string) =>
  harness.sql<{ kind: string; during: string; kept: boolean }>('select kind, during::text, coalesce(placement_id, institution_id) is not null as kept from placements.episodes where child_id = $1 order by during', [child]);
const placesOf = (occupant: string) => harness.sql<{ kind: string; during: string }>('select kind, during::text from carers.place_occupancies where occupant_id = $1 order by during', [occupant]);
const openTasks = (child: string) => harness.sql<{ kind: string; due_on: string; detail: string | null }>(`select kind, due_on::text, detail from worklist.tasks where about_id = $1 and state = 'open' order by kind`, [child]);
const actsOf = async (subject: string) => (await harness.sql<{ act: string }>('select act from platform.acts where subject_id = $1 order by seq', [subject])).map(({ act }) => act);
const stateOf = async (placement: ArrangedPlacement) => (await harness.sql('select state, ended_on::text, end_reason from placements.placements where id = $1', [placement.id]))[0];
const errorOf = (outcome: Outcome): string | undefined => outcome.errors?.[0]?.extensions.code;
const careOf = (child: string) => harness.sql<{ during: string; end_reason: string | null; linked: boolean }>('select during::text, end_reason, previous_id is not null as linked from placements.care_periods where child_id = $1 order by during', [child]);
const livesAt = async (child: string) => (await harness.sql('select institution_id, office_id from children.children where id = $1', [child]))[0];
/** What the queue does every night. */
async function release(): Promise<void> {
  const queue = await asWorker(harness);
  await harness.app.get(MissingJobs, { strict: false }).release((work) => queue.uow.system(systemActor('placements.missing_released'), 'test', work));
  await queue.close();
}
const dueAt = async (child: string, kind: string) => (await harness.sql<{ due_at: Date }>(`select due_at from worklist.tasks where about_id = $1 and kind = $2 and state = 'open'`, [child, kind]))[0]?.due_at.toISOString();
const fileOf = async (who: Person, id: string, fields: string) => (await who.send(`query ($id: Id!) { child(id: $id) { ${fields} } }`, { id })).data.child;

/** The country's children of a day by kind, as statistics count them. */
const counted = () =>
  harness.sql<{ kind: string; children: number }>(
    `select c.kind, sum(c.children)::int as children from (select set_config('app.child_offices', (select string_agg(id::text, ',') from territory.offices), true) as scope) s,
       lateral statistics.counted(case when scope <> '' then $1::date end, 'infinity') c group by 1 order by 1`,
    [TODAY],
  );

describe('nights elsewhere', () => {
  it('in hospital go on with the placement: the place is kept, asked about after 42 days, and hers again when she is back', async () => {
    const placed = await activePlacement(harness);
    const before = await counted();
    expect(before).toContainEqual({ kind: 'foster', children: 1 });
    const requestKey = newKey();
    const { result } = await absence(worker, placed.child.id, { on: '2026-06-01', requestKey });
    expect(result).toMatchObject({ kind: 'hospital', from: '2026-06-01', to: null, placementId: placed.id, familyId: null, institutionId: null });
    expect((await absence(worker, placed.child.id, { on: '2026-06-01', requestKey })).result.id).toBe(result.id);
    expect(await actsOf(result.id)).toEqual(['absence.record']);
    expect(await stateOf(placed)).toMatchObject({ state: 'active' });
    expect(await placesOf(placed.id)).toEqual([{ kind: 'placement', during: '[2026-05-08,2026-06-01)' }, { kind: 'kept', during: '[2026-06-01,)' }]);
    expect(await openTasks(placed.child.id)).toEqual([{ kind: 'placements.kept_review', due_on: '2026-07-13', detail: null }]);
    // Counted where her place is kept.
    expect(await counted()).toEqual(before);
    expect((await absence(worker, placed.child.id)).result).toMatchObject({ code: 'ALREADY_THERE', details: [{ values: ['2026-06-01'] }] });
    expect((await fact(worker, { childId: placed.child.id, familyId: placed.family.id })).result.code).toBe('ALREADY_THERE');
    expect((await back(worker, placed.child.id, { on: '2026-06-01' })).result.code).toBe('BEFORE_LAST_MOVE');
    const again = newKey();
    const home = await back(worker, placed.child.id, { on: '2026-06-09', requestKey: again });
    expect((await back(worker, placed.child.id, { on: '2026-06-09', requestKey: again })).result.id).toBe(home.result.id);
    expect(await actsOf(home.result.id)).toEqual(['absence.return']);
    expect(home.result).toMatchObject({ kind: 'foster', from: '2026-06-09', familyId: placed.family.id, placementId: placed.id });
    expect(await placesOf(placed.id)).toEqual([
      { kind: 'placement', during: '[2026-05-08,2026-06-01)' }, { kind: 'kept', during: '[2026-06-01,2026-06-09)' }, { kind: 'placement', during: '[2026-06-09,)' },
    ]);
    expect(await openTasks(placed.child.id)).toEqual([]);
    expect((await back(worker, placed.child.id)).result).toMatchObject({ code: 'NOT_AWAY', details: [{ values: ['foster'] }] });
    // Her place follows a corrected day.
    expect((await corrected(worker, supervisor, { childId: placed.child.id, episodeId: home.result.id, startsOn: '2026-06-11' })).result.state).toBe('applied');
    expect(await placesOf(placed.id)).toMatchObject([{}, { kind: 'kept', during: '[2026-06-01,2026-06-11)' }, { during: '[2026-06-11,)' }]);
  });

  it('are asked about after as many days as their kind says', async () => {
    const { child } = await activePlacement(harness);
    for (const [n, [kind, due]] of ([['family_visit', '2026-06-23'], ['carer_holiday', '2026-06-24'], ['trial_visit', '2026-06-11'], ['respite', '2026-06-12']] as const).entries()) {
      expect((await absence(worker, child.id, { kind, on: `2026-06-0${n + 2}` })).result.kind).toBe(kind);
      expect(await openTasks(child.id)).toEqual([{ kind: 'placements.kept_review', due_on: due, detail: null }]);
    }
  });

  it('with another family take a place there: refused as a decision beyond its places, recorded with the broken rules when it has happened', async () => {
    const placed = await activePlacement(harness);
    const other = await approvedFamily(harness, { places: 1 });
    const { result } = await absence(worker, placed.child.id, { kind: 'respite', on: '2026-06-05', respiteFamilyId: other.id, happened: false });
    expect(result).toMatchObject({ kind: 'respite', familyId: other.id, placementId: placed.id, breaches: [] });
    expect(await placesOf(result.id)).toEqual([{ kind: 'placement', during: '[2026-06-05,)' }]);
    const second = await activePlacement(harness);
    expect((await absence(worker, second.child.id, { kind: 'respite', on: '2026-06-06', respiteFamilyId: other.id, happened: false })).result.code).toBe('PLACE_TAKEN');
    const beyond = await absence(worker, second.child.id, { kind: 'respite', on: '2026-06-06', respiteFamilyId: other.id });
    expect(beyond.result.breaches).toEqual(['NO_PLACE']);
    expect(await openTasks(second.child.id)).toMatchObject([{ kind: 'placements.breach', due_on: TODAY, detail: 'NO_PLACE' }, { kind: 'placements.kept_review' }]);
    expect(await harness.sql('select basis, during::text from carers.family_places where family_id = $1 and basis = $2', [other.id, 'breach'])).toEqual([{ basis: 'breach', during: '[2026-06-06,)' }]);
    // The first is back: her bed is free, and the place of the breach is needed no more.
    await back(worker, placed.child.id, { on: '2026-06-08' });
    expect(await placesOf(result.id)).toEqual([{ kind: 'placement', during: '[2026-06-05,2026-06-08)' }]);
    expect(await harness.sql('select during::text from carers.family_places where family_id = $1 and basis = $2', [other.id, 'breach'])).toEqual([{ during: '[2026-06-06,2026-06-08)' }]);
    await standing(harness, other.id, 'suspension', TODAY, null, null, true);
    const third = await activePlacement(harness);
    expect((await absence(worker, third.child.id, { kind: 'respite', respiteFamilyId: other.id, happened: false })).result.code).toBe('UNSUITABLE');
    expect((await absence(worker, third.child.id, { kind: 'respite', respiteFamilyId: third.family.id })).result.code).toBe('ALREADY_THERE');
    // Her own placement ends while she is there: the bed is free, the kept place too.
    expect((await end(worker, second.id, { goesTo: 'institution', institutionId: lotus })).result.state).toBe('ended');
    expect((await placesOf(beyond.result.id)).at(-1)?.during).toBe(`[2026-06-08,${TODAY})`);
    expect(await placesOf(second.id)).toMatchObject([{ kind: 'placement' }, { kind: 'kept', during: `[2026-06-06,${TODAY})` }]);
    expect((await openTasks(second.child.id)).map(({ kind }) => kind)).not.toContain('placements.kept_review');
  });

  it('of a child in an institution keep her place there, and its staff may say so', async () => {
    const child = await resident(harness, { institution: lotus });
    const before = await counted();
    expect((await absence(para, child.id, { kind: 'family_visit', on: '2026-06-10' })).result).toMatchObject({ kind: 'family_visit', institutionId: lotus, placementId: null });
    expect(await counted()).toEqual(before);
    expect((await back(para, child.id)).result).toMatchObject({ kind: 'institution', institutionId: lotus });
    expect((await absence(worker, child.id, { kind: 'respite', on: TODAY })).result.code).toBe('NOT_IN_A_FAMILY');
    expect(await timelineOf(child.id)).toMatchObject([{ kind: 'institution' }, { kind: 'family_visit', during: `[2026-06-10,${TODAY})`, kept: true }, { kind: 'institution', during: `[${TODAY},)` }]);
  });

  it('are said of nobody who has no place to come back to, and contradict neither the timeline nor themselves', async () => {
    const { id, child } = await activePlacement(harness, { startsOn: '2026-06-08' });
    expect((await absence(worker, child.id, { on: '2026-06-08' })).result.code).toBe('BEFORE_LAST_MOVE');
    expect(errorOf(await absence(worker, child.id, { on: '2026-06-16' }))).toBe('BAD_USER_INPUT');
    expect(errorOf(await absence(worker, child.id, { on: '2026-04-30' }))).toBe('BAD_USER_INPUT');
    expect(errorOf(await absence(worker, child.id, { respiteFamilyId: (await approvedFamily(harness)).id }))).toBe('BAD_USER_INPUT');
    expect(errorOf(await absence(worker, child.id, { kind: 'respite', respiteFamilyId: newKey() }))).toBe('NOT_FOUND');
    expect(errorOf(await absence(elsewhere, child.id))).toBe('NOT_FOUND');
    await end(worker, id, { on: '2026-06-10' });
    expect((await absence(worker, child.id)).result).toMatchObject({ code: 'NO_PLACE_TO_KEEP', details: [{ values: ['home'] }] });
    expect(errorOf(await back(elsewhere, child.id))).toBe('NOT_FOUND');
  });

  it('are recorded by nobody without the posting', async () => {
    await expectDenied(harness, acts['absence.record'], (who) => absence(who, newKey()));
    await expectDenied(harness, acts['absence.return'], (who) => back(who, newKey()));
  });
});

describe('a missing child', () => {
  it('keeps her place for thirty nights; police, parents, worker and supervisor are told within 24 hours of the day', async () => {
    const placed = await activePlacement(harness);
    const requestKey = newKey();
    const { result } = await missing(worker, placed.child.id, { requestKey });
    expect(result).toMatchObject({ since: TODAY, keptUntil: '2026-07-15', releasedOn: null, returnedOn: null, traffickingSign: false, told: [], talk: null });
    expect((await missing(worker, placed.child.id, { requestKey })).result.id).toBe(result.id);
    expect(await actsOf(result.id)).toEqual(['missing.record']);
    expect(await placesOf(placed.id)).toEqual([{ kind: 'placement', during: `[2026-05-08,${TODAY})` }, { kind: 'kept', during: `[${TODAY},)` }]);
    // On the day itself the clock runs from now, 10:00 in Phnom Penh.
    expect(await dueAt(placed.child.id, 'placements.missing_notices')).toBe('2026-06-16T03:00:00.000Z');
    expect(await harness.sql('select account_id from worklist.inbox where kind = $1 and subject_ids = array[$2::uuid]', ['placements.child_missing', placed.child.id])).toContainEqual({ account_id: supervisor.accountId });
    expect((await missing(worker, placed.child.id)).result).toMatchObject({ code: 'ALREADY_MISSING', details: [{ values: [TODAY] }] });
    // Of an earlier day the clock ran from that day's end, however late somebody writes it.
    const late = await activePlacement(harness);
    await missing(worker, late.child.id, { on: '2026-06-10' });
    expect(await dueAt(late.child.id, 'placements.missing_notices')).toBe('2026-06-11T17:00:00.000Z');
  });

  it('is told of with who and when, or why not, and the task ends with the fourth', async () => {
    const { child } = await activePlacement(harness);
    expect((await tell(worker, child.id, { party: 'police', on: '2026-06-15', at: '02:00', whom: 'Post of Tuol Ta Ek' })).result.code).toBe('NOTHING_TO_TELL');
    await missing(worker, child.id, { on: '2026-06-14' });
    const requestKey = newKey();
    const police = { party: 'police', on: '2026-06-14', at: '12:00', whom: 'Post of Tuol Ta Ek', requestKey };
    const { result } = await tell(worker, child.id, police);
    expect(result).toMatchObject({ party: 'police', at: '2026-06-14T05:00:00.000Z', whom: 'Post of Tuol Ta Ek', notToldReason: null, recordedBy: worker.accountId });
    expect((await tell(worker, child.id, police)).result.id).toBe(result.id);
    expect(await harness.sql('select reason, t::text like $2 as named from platform.acts t where subject_id = $1', [result.id, '%Tuol Ta Ek%'])).toEqual([{ reason: 'police', named: false }]);
    for (const wrong of [{}, { whom: 'Somebody' }, { on: '2026-06-14', whom: 'Somebody' }, { on: '2026-06-14', at: '12:00' }, { on: '2026-06-14', at: '12:00', whom: 'Somebody', notToldReason: 'Nobody there.' }])
      expect((await tell(worker, child.id, { party: 'parents', ...wrong })).result.code).toBe('TOLD_OR_WHY_NOT');
    expect(errorOf(await tell(worker, child.id, { party: 'parents', on: '2026-06-16', at: '02:00', whom: 'Mother' }))).toBe('BAD_USER_INPUT');
    expect(errorOf(await tell(elsewhere, child.id, police))).toBe('NOT_FOUND');
    await tell(worker, child.id, { party: 'parents', notToldReason: 'Whereabouts unknown; three villages were asked.' });
    await tell(worker, child.id, { party: 'worker', on: '2026-06-14', at: '12:10', whom: 'Herself' });
    expect(await dueAt(child.id, 'placements.missing_notices')).toBeDefined();
    await tell(worker, child.id, { party: 'supervisor', on: '2026-06-14', at: '12:20', whom: 'By telephone' });
    expect(await dueAt(child.id, 'placements.missing_notices')).toBeUndefined();
    const file = await fileOf(worker, child.id, 'disappearances { since told { party } }');
    expect(file.disappearances).toMatchObject([{ since: '2026-06-14', told: [{ party: 'police' }, { party: 'parents' }, { party: 'worker' }, { party: 'supervisor' }] }]);
  });

  it('is talked with alone within 72 hours of her return, by somebody from outside the home', async () => {
    const placed = await activePlacement(harness);
    expect((await talk(worker, placed.child.id)).result.code).toBe('NO_TALK_DUE');
    await missing(worker, placed.child.id, { on: '2026-06-10' });
    expect((await talk(worker, placed.child.id)).result.code).toBe('NO_TALK_DUE');
    expect((await back(worker, placed.child.id, { on: '2026-06-13' })).result).toMatchObject({ kind: 'foster', placementId: placed.id });
    // Three nights, and nothing but what is due of them is left; a holiday moves no clock of hours.
    expect(await dueAt(placed.child.id, 'placements.return_talk')).toBe('2026-06-16T17:00:00.000Z');
    expect((await talk(worker, placed.child.id, { on: '2026-06-12' })).result).toMatchObject({ code: 'BEFORE_LAST_MOVE', details: [{ values: ['2026-06-13'] }] });
    expect((await talk(worker, placed.child.id, { alone: false })).result.code).toBe('TALK_NOT_ALONE');
    expect((await talk(worker, placed.child.id, { outsideHome: false })).result.code).toBe('TALK_NOT_ALONE');
    expect(errorOf(await talk(worker, placed.child.id, { on: '2026-06-16' }))).toBe('BAD_USER_INPUT');
    const requestKey = newKey();
    const held = { words: 'I wanted to see my brother.', requestKey };
    expect((await talk(worker, placed.child.id, held)).result).toMatchObject({ returnedOn: '2026-06-13', talk: { on: TODAY, withWhom: 'The school\'s counsellor', refused: false, words: 'I wanted to see my brother.' } });
    expect((await talk(worker, placed.child.id, held)).result.id).toBeDefined();
    expect(await dueAt(placed.child.id, 'placements.return_talk')).toBeUndefined();
    expect((await talk(worker, placed.child.id)).result.code).toBe('NO_TALK_DUE');
    expect(errorOf(await talk(elsewhere, placed.child.id))).toBe('NOT_FOUND');
  });

  it('calls a conference at the third time in ninety days, or by a sign of trafficking', async () => {
    const { child } = await activePlacement(harness);
    for (const [gone, found] of [['2026-06-01', '2026-06-02'], ['2026-06-04', '2026-06-05']] as const) {
      await missing(worker, child.id, { on: gone });
      await back(worker, child.id, { on: found });
    }
    const conference = async (id: string) => (await openTasks(id)).filter(({ kind }) => kind === 'placements.missing_conference');
    expect(await conference(child.id)).toEqual([]);
    await missing(worker, child.id, { on: '2026-06-08' });
    expect(await conference(child.id)).toMatchObject([{ detail: 'times', due_on: '2026-06-18' }]);
    const sign = await activePlacement(harness);
    await missing(worker, sign.child.id, { on: '2026-06-08', traffickingSign: true });
    expect(await conference(sign.child.id)).toMatchObject([{ detail: 'trafficking' }]);
    const later = await activePlacement(harness);
    await missing(worker, later.child.id, { on: '2026-06-08' });
    await back(worker, later.child.id, { on: '2026-06-09' });
    expect((await talk(worker, later.child.id, { traffickingSign: true })).result.traffickingSign).toBe(true);
    expect(await conference(later.child.id)).toMatchObject([{ detail: 'trafficking' }]);
  });

  it('after thirty nights has no place any more: the job ends the stay, once, from the day that was promised', async () => {
    const placed = await activePlacement(harness);
    const house = await resident(harness, { institution: lotus });
    for (const id of [placed.child.id, house.id]) await missing(worker, id, { on: '2026-05-15' });
    await release();
    expect(await stateOf(placed)).toEqual({ state: 'ended', ended_on: '2026-06-14', end_reason: 'missing' });
    expect(await timelineOf(placed.child.id)).toMatchObject([{}, {}, { kind: 'missing', during: '[2026-05-15,2026-06-14)', kept: true }, { kind: 'missing', during: '[2026-06-14,)', kept: false }]);
    expect(await placesOf(placed.id)).toEqual([{ kind: 'placement', during: '[2026-05-08,2026-05-15)' }, { kind: 'kept', during: '[2026-05-15,2026-06-14)' }]);
    expect(await livesAt(house.id)).toMatchObject({ institution_id: null });
    expect(await careOf(placed.child.id)).toMatchObject([{ end_reason: null }]);
    const known = await harness.sql<{ n: number }>('select count(*)::int as n from platform.acts');
    await release();
    expect(await harness.sql('select count(*)::int as n from platform.acts')).toEqual(known);
    expect((await back(worker, placed.child.id)).result).toMatchObject({ code: 'PLACE_RELEASED', details: [{ values: ['2026-06-14'] }] });
    // Found all the same: with another family she is talked with as well, by that family's office.
    const other = await approvedFamily(harness);
    expect((await fact(worker, { childId: placed.child.id, familyId: other.id })).result.state).toBe('active');
    expect(await dueAt(placed.child.id, 'placements.return_talk')).toBe('2026-06-18T03:00:00.000Z');
    expect((await fileOf(worker, placed.child.id, 'disappearances { releasedOn returnedOn keptUntil }')).disappearances).toEqual([{ releasedOn: '2026-06-14', returnedOn: TODAY, keptUntil: '2026-06-14' }]);
  });

  it('is missing since the corrected day, and her place is kept from there', async () => {
    const placed = await activePlacement(harness);
    await missing(worker, placed.child.id, { on: '2026-05-15' });
    const gone = async () => (await harness.sql<{ id: string }>(`select id from placements.episodes where child_id = $1 and kind = 'missing'`, [placed.child.id]))[0]?.id;
    expect((await corrected(worker, supervisor, { childId: placed.child.id, episodeId: await gone(), startsOn: '2026-05-20' })).errors).toBeUndefined();
    await release();
    expect(await stateOf(placed)).toMatchObject({ state: 'active' });
    expect((await fileOf(worker, placed.child.id, 'disappearances { since keptUntil releasedOn }')).disappearances).toEqual([{ since: '2026-05-20', keptUntil: '2026-06-19', releasedOn: null }]);
    expect((await back(worker, placed.child.id, { on: '2026-06-01' })).result.kind).toBe('foster');
  });

  it('may be missing from an institution, from respite or by the end of a stay, and is not in care by it', async () => {
    const house = await resident(harness, { institution: lotus });
    expect((await missing(para, house.id, { on: '2026-06-12' })).result).toMatchObject({ keptUntil: '2026-07-12', told: [] });
    expect(await livesAt(house.id)).toMatchObject({ institution_id: lotus });
    expect((await back(para, house.id)).result).toMatchObject({ kind: 'institution', institutionId: lotus });
    const placed = await activePlacement(harness);
    const respite = await absence(worker, placed.child.id, { kind: 'respite', on: '2026-06-10', respiteFamilyId: (await approvedFamily(harness)).id });
    await missing(worker, placed.child.id, { on: '2026-06-12' });
    expect(await placesOf(respite.result.id)).toEqual([{ kind: 'placement', during: '[2026-06-10,2026-06-12)' }]);
    expect((await back(worker, placed.child.id)).result).toMatchObject({ kind: 'foster', familyId: placed.family.id });
    const ended = await activePlacement(harness);
    expect((await end(worker, ended.id, { goesTo: 'missing', reason: 'standards', on: '2026-06-12' })).result.state).toBe('ended');
    expect((await fileOf(worker, ended.child.id, 'disappearances { since keptUntil }')).disappearances).toEqual([{ since: '2026-06-12', keptUntil: null }]);
    const free = await resident(harness, { institution: lotus });
    await moveTo(worker, free.id, { to: 'independent', on: '2026-06-02' });
    await missing(worker, free.id, { on: '2026-06-05' });
    expect((await back(worker, free.id)).result.kind).toBe('independent');
    expect(await careOf(free.id)).toEqual([{ during: '[2026-01-04,2026-06-02)', end_reason: 'leaving_care', linked: false }]);
    expect(errorOf(await missing(elsewhere, free.id))).toBe('NOT_FOUND');
    expect(errorOf(await missing(worker, free.id, { on: '2026-06-16' }))).toBe('BAD_USER_INPUT');
    expect((await missing(worker, (await activePlacement(harness, { startsOn: TODAY })).child.id)).result.code).toBe('BEFORE_LAST_MOVE');
  });

  it('is recorded, told of and talked with by nobody without the posting', async () => {
    await expectDenied(harness, acts['missing.record'], (who) => missing(who, newKey()));
    await expectDenied(harness, acts['telling.record'], (who) => tell(who, newKey(), { party: 'police' }));
    await expectDenied(harness, acts['missing.recordTalk'], (who) => talk(who, newKey()));
  });
});

describe('a move without a family', () => {
  const home = { reason: 'Her mother is back from Thailand.', withWhom: 'Her mother', support: 'Rice for six months, a visit each month.' };
  const gatekeepings = (child: string) => harness.sql<{ state: string; opened_on: string }>('select state, opened_on::text from placements.gatekeepings where child_id = $1 order by opened_on', [child]);

  it('home ends the care period with why, with whom and what support; back in care a linked one begins', async () => {
    const child = await resident(harness, { institution: lotus });
    expect((await moveTo(worker, child.id, { to: 'home', on: '2026-06-02' })).result.code).toBe('RETURN_HOME_NEEDED');
    expect((await moveTo(worker, child.id, { to: 'home', on: '2026-06-02', home: { reason: 'x', support: 'y' } })).result.code).toBe('RETURN_HOME_NEEDED');
    expect((await moveTo(worker, child.id, { to: 'independent', on: '2026-06-02', home })).result.code).toBe('RETURN_HOME_NEEDED');
    expect((await moveTo(worker, child.id, { to: 'home', on: '2026-06-02', home: { ...home, relativeId: newKey() } })).result.code).toBe('RELATIVE_UNKNOWN');
    const requestKey = newKey();
    const { result } = await moveTo(worker, child.id, { to: 'home', on: '2026-06-02', home, requestKey });
    expect(result).toMatchObject({ kind: 'home', from: '2026-06-02', breaches: [] });
    expect((await moveTo(worker, child.id, { to: 'home', on: '2026-06-02', home, requestKey })).result.id).toBe(result.id);
    expect(await actsOf(result.id)).toEqual(['move.record']);
    expect(await careOf(child.id)).toEqual([{ during: '[2026-01-04,2026-06-02)', end_reason: 'returned_home', linked: false }]);
    expect((await fileOf(worker, child.id, 'returnsHome { on reason withWhom support relativeId }')).returnsHome).toEqual([{ on: '2026-06-02', ...home, relativeId: null }]);
    expect(await livesAt(child.id)).toMatchObject({ institution_id: null });
    expect((await moveTo(worker, child.id, { to: 'home', home })).result.code).toBe('ALREADY_THERE');
    await moveTo(worker, child.id, { to: 'institution', institutionId: lotus, on: '2026-06-10', entryReason: 'abandoned' });
    expect(await careOf(child.id)).toEqual([{ during: '[2026-01-04,2026-06-02)', end_reason: 'returned_home', linked: false }, { during: '[2026-06-10,)', end_reason: null, linked: true }]);
    expect(await harness.sql('select entry_reason from placements.care_periods where child_id = $1 and upper_inf(during)', [child.id])).toEqual([{ entry_reason: 'abandoned' }]);
    expect(await livesAt(child.id)).toEqual({ institution_id: lotus, office_id: offices.battambangTown });
  });

  it('to another institution without a decision is recorded, and the question is due in 72 hours', async () => {
    const other = await arrangeInstitution(harness, '020302', 'House of Rice');
    const child = await resident(harness, { institution: lotus });
    expect((await moveTo(worker, child.id, { to: 'institution' })).result.code).toBe('WHERE_NEEDED');
    expect((await moveTo(worker, child.id, { to: 'unknown', institutionId: other })).result.code).toBe('WHERE_NEEDED');
    expect((await moveTo(worker, child.id, { to: 'institution', institutionId: lotus })).result.code).toBe('ALREADY_THERE');
    expect(errorOf(await moveTo(worker, child.id, { to: 'institution', institutionId: newKey() }))).toBe('NOT_FOUND');
    expect((await moveTo(worker, child.id, { to: 'institution', institutionId: other, on: '2026-06-11' })).result).toMatchObject({ kind: 'institution', institutionId: other });
    expect(await dueAt(child.id, 'placements.gatekeeping')).toBe('2026-06-18T03:00:00.000Z');
    expect(await gatekeepings(child.id)).toEqual([{ state: 'complete', opened_on: '2026-01-04' }, { state: 'open', opened_on: '2026-06-11' }]);
    // Moved on before anybody answered: the same question, not another one.
    await moveTo(worker, child.id, { to: 'institution', institutionId: lotus });
    expect(await gatekeepings(child.id)).toHaveLength(2);
    const decided = await resident(harness, { institution: lotus });
    await harness.sql(`update placements.gatekeepings set concluded_on = '2026-06-01' where child_id = $1`, [decided.id]);
    await harness.sql(
      `insert into placements.options (id, gatekeeping_id, option, outcome, reason, on_day, recorded_by) select $1, id, 'residential', 'chosen', 'A school for the deaf.', '2026-06-01', $2 from placements.gatekeepings where child_id = $3`,
      [newId(), worker.accountId, decided.id],
    );
    await moveTo(worker, decided.id, { to: 'institution', institutionId: other });
    expect(await dueAt(decided.id, 'placements.gatekeeping')).toBeUndefined();
  });

  it('of a child under three, or into a house that is closed, is a fact that its supervisor hears of', async () => {
    const closed = await arrangeInstitution(harness, '020302', 'House of Dust');
    await harness.sql(`update institutions.institutions set state = 'closed' where id = $1`, [closed]);
    const child = await resident(harness, { institution: lotus, birthDate: '2024-02-11' });
    expect((await moveTo(worker, child.id, { to: 'institution', institutionId: closed })).result.breaches).toEqual(['INSTITUTION_CLOSED', 'TOO_SMALL_FOR_RESIDENTIAL']);
    expect((await openTasks(child.id)).find(({ kind }) => kind === 'placements.breach')).toMatchObject({ due_on: TODAY, detail: 'INSTITUTION_CLOSED.TOO_SMALL_FOR_RESIDENTIAL' });
    expect(await harness.sql('select code from placements.breaches where child_id = $1 order by code', [child.id])).toHaveLength(2);
    const placed = await activePlacement(harness);
    expect((await end(worker, placed.id, { goesTo: 'institution', institutionId: lotus })).result.state).toBe('ended');
    expect(await dueAt(placed.child.id, 'placements.gatekeeping')).toBeDefined();
  });

  it('is refused of who lives with a family, and where it contradicts the timeline', async () => {
    const placed = await activePlacement(harness);
    expect((await moveTo(worker, placed.child.id, { to: 'independent' })).result).toMatchObject({ code: 'IN_A_PLACEMENT', message: expect.stringContaining('endPlacement') });
    await absence(worker, placed.child.id, { on: '2026-06-12' });
    expect((await moveTo(worker, placed.child.id, { to: 'unknown' })).result.code).toBe('IN_A_PLACEMENT');
    const child = await resident(harness, { institution: lotus, from: '2026-06-12' });
    expect((await moveTo(worker, child.id, { to: 'unknown', on: '2026-06-12' })).result.code).toBe('BEFORE_LAST_MOVE');
    expect(errorOf(await moveTo(worker, child.id, { to: 'unknown', on: '2026-06-16' }))).toBe('BAD_USER_INPUT');
    expect(errorOf(await moveTo(elsewhere, child.id, { to: 'unknown' }))).toBe('NOT_FOUND');
    // From nowhere that anybody knows into a family: whoever finds her talks with her only if she was missing.
    await moveTo(worker, child.id, { to: 'unknown', on: '2026-06-13' });
    const id = await approvedPlan(worker, supervisor, { childId: child.id, familyId: (await approvedFamily(harness)).id });
    expect((await start(worker, id)).result.state).toBe('active');
    expect(await dueAt(child.id, 'placements.return_talk')).toBeUndefined();
  });

  it('is recorded by nobody without the posting', () => expectDenied(harness, acts['move.record'], (who) => moveTo(who, newKey(), { to: 'unknown' })));
});

describe('a death', () => {
  it('ends what she had and everything that was asked about her, wherever she lived', async () => {
    const placed = await activePlacement(harness);
    const respite = await absence(worker, placed.child.id, { kind: 'respite', on: '2026-06-10', respiteFamilyId: (await approvedFamily(harness)).id });
    const next = await approvedFamily(harness);
    const planned = (await plan(worker, { childId: placed.child.id, familyId: next.id, startsOn: '2026-06-20' })).result.id;
    expect((await openTasks(placed.child.id)).length).toBeGreaterThan(1);
    const requestKey = newKey();
    const { result } = await death(worker, placed.child.id, { on: '2026-06-14', requestKey });
    expect(result).toMatchObject({ childId: placed.child.id, on: '2026-06-14', place: 'Provincial hospital', cause: 'Fever', told: [] });
    expect((await death(worker, placed.child.id, { on: '2026-06-14', requestKey })).result.id).toBe(result.id);
    expect(await actsOf(result.id)).toEqual(['death.record']);
    expect(await openTasks(placed.child.id)).toEqual([{ kind: 'placements.death_notices', due_on: TODAY, detail: null }, { kind: 'placements.death_review', due_on: '2026-07-14', detail: null }]);
    expect(await harness.sql(`select role, office_id from worklist.tasks where about_id = $1 and kind = 'placements.death_review'`, [placed.child.id])).toEqual([{ role: 'supervisor', office_id: offices.ministry }]);
    expect(await stateOf(placed)).toEqual({ state: 'ended', ended_on: '2026-06-14', end_reason: 'died' });
    expect(await timelineOf(placed.child.id)).toMatchObject([{}, {}, { kind: 'respite', during: '[2026-06-10,2026-06-15)' }]);
    expect(await placesOf(respite.result.id)).toEqual([{ kind: 'placement', during: '[2026-06-10,2026-06-15)' }]);
    expect(await careOf(placed.child.id)).toEqual([{ during: '[2026-01-04,2026-06-15)', end_reason: 'died', linked: false }]);
    expect(await harness.sql('select state, cancel_reason from placements.placements where id = $1', [planned])).toEqual([{ state: 'cancelled', cancel_reason: 'died' }]);
    expect(await placesOf(planned)).toEqual([]);
    expect(await harness.sql(`select event from platform.outbox where subject_id = any ($1) and event in ('placement.ended', 'placement.cancelled') order by event`, [[placed.id, planned]])).toEqual([{ event: 'placement.cancelled' }, { event: 'placement.ended' }]);
    for (const party of ['parents', 'authority', 'siblings']) await tell(worker, placed.child.id, { party, on: '2026-06-14', at: '12:00', whom: 'At home' });
    expect((await openTasks(placed.child.id)).map(({ kind }) => kind)).toEqual(['placements.death_review']);
    expect((await fileOf(worker, placed.child.id, 'death { on place told { party } }')).death).toMatchObject({ on: '2026-06-14', told: [{ party: 'parents' }, { party: 'authority' }, { party: 'siblings' }] });
    for (const after of [absence(worker, placed.child.id), back(worker, placed.child.id), missing(worker, placed.child.id), moveTo(worker, placed.child.id, { to: 'unknown' }), death(worker, placed.child.id)])
      expect((await after).result).toMatchObject({ code: 'AFTER_DEATH', details: [{ values: ['2026-06-14'] }] });
  });

  it('is recorded of a child in an institution, missing, or nobody knows where, and by the end of a placement', async () => {
    const house = await resident(harness, { institution: lotus });
    expect((await death(worker, house.id, { cause: null })).result).toMatchObject({ cause: null });
    expect(await livesAt(house.id)).toMatchObject({ institution_id: null });
    const gone = await activePlacement(harness);
    await missing(worker, gone.child.id, { on: '2026-06-10' });
    expect((await death(worker, gone.child.id, { on: '2026-06-13' })).result.on).toBe('2026-06-13');
    expect((await openTasks(gone.child.id)).map(({ kind }) => kind)).toEqual(['placements.death_notices', 'placements.death_review']);
    const lost = await resident(harness, { institution: lotus });
    await moveTo(worker, lost.id, { to: 'unknown', on: '2026-06-12' });
    expect((await death(worker, lost.id)).result.on).toBe(TODAY);
    const ended = await activePlacement(harness);
    expect((await end(worker, ended.id, { reason: 'died', goesTo: null })).result.endReason).toBe('died');
    expect((await fileOf(worker, ended.child.id, 'death { on place cause }')).death).toEqual({ on: TODAY, place: null, cause: null });
  });

  it('contradicts neither what was seen nor where she was, and is recorded by nobody without the posting', async () => {
    const child = await resident(harness, { institution: lotus });
    await harness.sql(`update children.children set last_seen_on = '2026-06-12' where id = $1`, [child.id]);
    expect((await death(worker, child.id, { on: '2026-06-11' })).result).toMatchObject({ code: 'SEEN_AFTER_DEATH', details: [{ values: ['2026-06-12'] }] });
    const moved = await activePlacement(harness, { startsOn: '2026-06-12' });
    expect((await death(worker, moved.child.id, { on: '2026-06-11' })).result.code).toBe('BEFORE_LAST_MOVE');
    expect(errorOf(await death(worker, child.id, { on: '2026-06-16' }))).toBe('BAD_USER_INPUT');
    expect(errorOf(await death(worker, child.id, { place: '' }))).toBe('BAD_USER_INPUT');
    expect(errorOf(await death(elsewhere, child.id))).toBe('NOT_FOUND');
    await expectDenied(harness, acts['death.record'], (who) => death(who, newKey()));
    // Its parts of a child's file are for her offices alone.
    expect(acts['whereabouts.read']).toBeDefined();
    expect(await fileOf(para, child.id, 'disappearances { id } returnsHome { id } death { id }')).toEqual({ disappearances: [], returnsHome: [], death: null });
  });
});

describe('after all of it', () => {
  it('every place is had on the nights that placements and respite say, and kept exactly while she sleeps elsewhere', async () => {
    const differ = await harness.sql(
      `with expected as (select family_id, occupant_id, range_agg(during) as during from (${STAYS}) s where not isempty(during) group by 1, 2),
         found as (select family_id, occupant_id, range_agg(during) as during from carers.place_occupancies where kind <> 'hold' group by 1, 2)
       select * from expected e full join found f using (family_id, occupant_id) where e.during is distinct from f.during`,
    );
    expect(differ).toEqual([]);
    const kept = await harness.sql(
      `select p.id from placements.placements p where p.state in ('active', 'ended')
         and (select range_agg(during) from carers.place_occupancies o where o.occupant_id = p.id and o.kind = 'kept') is distinct from
           (select range_agg(e.during * daterange(p.starts_on, p.ended_on)) from placements.episodes e where e.placement_id = p.id and e.family_id is distinct from p.family_id and not isempty(e.during * daterange(p.starts_on, p.ended_on)))`,
    );
    expect(kept).toEqual([]);
    // No gap and no overlap from the first night on; the database would not have let it be written.
    const torn = await harness.sql(
      `select child_id from (select child_id, lower(during) as starts, lag(upper(during)) over (partition by child_id order by during) as before from placements.episodes) t where before <> starts`,
    );
    expect(torn).toEqual([]);
  });
});
