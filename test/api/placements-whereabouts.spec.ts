import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acts } from '../../src/placements/placements.policy.js';
import { approvedFamily, standing } from '../support/given.js';
import { activePlacement, resident } from '../support/given-placements.js';
import type { ArrangedPlacement } from '../support/given-placements.js';
import { Harness, newKey } from '../support/harness.js';
import type { Outcome } from '../support/harness.js';
import { arrangeInstitution, arrangeOffices, expectDenied, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';
import { TODAY, absence, back, corrected, end, fact } from '../support/placement-calls.js';

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
    const home = await back(worker, placed.child.id, { on: '2026-06-09' });
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
