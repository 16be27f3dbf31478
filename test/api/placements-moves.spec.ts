import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acts } from '../../src/placements/placements.policy.js';
import { approvedFamily, placeTaken, standing } from '../support/given.js';
import { contactRisk } from '../support/given-children.js';
import { activePlacement, resident } from '../support/given-placements.js';
import { Harness, newKey } from '../support/harness.js';
import type { Client, Outcome } from '../support/harness.js';
import { arrangeInstitution, arrangeOffices, expectDenied, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';
import { TODAY, approve, approvedPlan, consult, end, fact, heardAndSigned, plan, sign, start } from '../support/placement-calls.js';

let harness: Harness;
let offices: Offices;
let worker: Person;
let supervisor: Person;
let elsewhere: Person;
let lotus: string;

beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  lotus = await arrangeInstitution(harness);
  worker = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
  supervisor = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
  elsewhere = await signedIn(harness, { role: 'social_worker', office: offices.siemReapTown });
});
afterAll(() => harness.stop());

const actsOf = (subject: string) => harness.sql<{ act: string; reason: string | null }>('select act, reason from platform.acts where subject_id = $1 order by seq', [subject]);
const eventsOf = async (subject: string) => (await harness.sql<{ event: string }>('select event from platform.outbox where subject_id = $1 order by id', [subject])).map(({ event }) => event);
const timelineOf = (child: string) => harness.sql<{ kind: string; during: string }>('select kind, during::text from placements.episodes where child_id = $1 order by during', [child]);
const careOf = (child: string) => harness.sql<{ during: string; end_reason: string | null }>('select during::text, end_reason from placements.care_periods where child_id = $1 order by during', [child]);
const placesOf = (placement: string) => harness.sql<{ kind: string; during: string }>('select kind, during::text from carers.place_occupancies where occupant_id = $1', [placement]);
const livesAt = async (child: string) => (await harness.sql('select institution_id, office_id from children.children where id = $1', [child]))[0];
// Signed, and not photographed yet.
const PAGE = { kind: 'placements.agreement_page', due_on: '2026-06-29', detail: null };
const openTasks = (child: string) => harness.sql<{ kind: string; due_on: string; detail: string | null }>(`select kind, due_on::text, detail from worklist.tasks where about_id = $1 and state = 'open' order by kind`, [child]);
const errorOf = (outcome: Outcome): string | undefined => outcome.errors?.[0]?.extensions.code;
const planned = async (family?: string): Promise<{ id: string; childId: string }> => {
  const childId = (await resident(harness, { institution: lotus })).id;
  return { id: (await plan(worker, { childId, familyId: family ?? (await approvedFamily(harness)).id })).result.id, childId };
};

describe('hearing and signing', () => {
  it('hears the child alone, and each of the others with a reason for every no', async () => {
    const { id } = await planned();
    expect((await consult(worker, id, { kind: 'child', outcome: 'agrees' })).result.code).toBe('CHILD_NOT_HEARD_ALONE');
    expect((await consult(worker, id, { kind: 'child', alone: true })).result.code).toBe('OUTCOME_NEEDED');
    expect((await consult(worker, id, { kind: 'team', outcome: 'not_found', reason: 'x' })).result.code).toBe('OUTCOME_NEEDED');
    expect((await consult(worker, id, { kind: 'family', outcome: 'not_found' })).result.code).toBe('REASON_NEEDED');
    expect((await consult(worker, id, { kind: 'family', outcome: 'agrees', relativeId: newKey() })).result.code).toBe('RELATIVE_UNKNOWN');
    const requestKey = newKey();
    await consult(worker, id, { kind: 'child', tooYoungReason: 'Ten months old.', requestKey });
    expect((await consult(worker, id, { kind: 'child', tooYoungReason: 'Ten months old.', requestKey })).result.consultations).toEqual([{ kind: 'child', outcome: null }]);
    expect((await consult(worker, id, { kind: 'family', outcome: 'not_found', reason: 'Three villages were asked.' })).result.consultations).toHaveLength(2);
    expect(errorOf(await consult(worker, id, { kind: 'team', outcome: 'agrees', on: '2026-06-16' }))).toBe('BAD_USER_INPUT');
    expect(errorOf(await consult(elsewhere, id, { kind: 'team', outcome: 'agrees' }))).toBe('NOT_FOUND');
  });

  it('takes each signature once, while the placement lives', async () => {
    const { id } = await planned();
    const requestKey = newKey();
    await sign(worker, id, { party: 'commune', how: 'thumbprint', requestKey });
    expect((await sign(worker, id, { party: 'commune', how: 'thumbprint', requestKey })).result.agreements).toEqual([{ party: 'commune', how: 'thumbprint' }]);
    expect((await sign(worker, id, { party: 'commune' })).result.code).toBe('ALREADY_SIGNED');
    expect(errorOf(await sign(worker, id, { party: 'carer', signer: '' }))).toBe('BAD_USER_INPUT');
    const gone = await activePlacement(harness);
    await end(worker, gone.id);
    expect((await sign(worker, gone.id, { party: 'carer' })).result.code).toBe('PLACEMENT_STATE');
    expect((await consult(worker, gone.id, { kind: 'team', outcome: 'agrees' })).result).toMatchObject({ code: 'PLACEMENT_STATE', details: [{ values: ['ended'] }] });
  });

  it('is recorded by nobody without the posting', async () => {
    await expectDenied(harness, acts['placement.consult'], (who) => consult(who, newKey(), { kind: 'team', outcome: 'agrees' }));
    await expectDenied(harness, acts['placement.sign'], (who) => sign(who, newKey(), { party: 'carer' }));
  });
});

describe('an approval', () => {
  it('needs everybody heard, everybody\'s signature, and another person\'s plan', async () => {
    const { id, childId } = await planned();
    expect((await approve(supervisor, id)).result).toMatchObject({ code: 'CONSULTATIONS_MISSING', details: [{ name: 'missing', values: ['child', 'family', 'team', 'province'] }] });
    await consult(worker, id, { kind: 'child', alone: true, outcome: 'agrees' });
    await consult(worker, id, { kind: 'family', outcome: 'does_not_agree', reason: 'The father wants her in the monastery school.' });
    for (const kind of ['team', 'province']) await consult(worker, id, { kind, outcome: 'agrees' });
    expect((await approve(supervisor, id)).result).toMatchObject({ code: 'AGREEMENT_MISSING', details: [{ values: ['carer', 'office', 'commune'] }] });
    for (const party of ['carer', 'office', 'commune']) await sign(worker, id, { party });
    expect((await approve(supervisor, id)).result.code).toBe('REASON_NEEDED');
    const requestKey = newKey();
    const done = await approve(supervisor, id, { reason: 'The child asked for it twice.', requestKey });
    expect(done.result).toMatchObject({ state: 'approved', approvedOn: TODAY, approvedBy: ['02'] });
    expect((await approve(supervisor, id, { reason: 'The child asked for it twice.', requestKey })).result.id).toBe(id);
    expect((await approve(supervisor, id)).result).toMatchObject({ code: 'PLACEMENT_STATE', details: [{ values: ['approved'] }] });
    expect(await openTasks(childId)).toEqual([PAGE]);
    expect(await eventsOf(id)).toEqual(['placement.planned', 'placement.approved']);
  });

  it('is never of one\'s own plan', async () => {
    const childId = (await resident(harness, { institution: lotus })).id;
    const { result } = await plan(supervisor, { childId, familyId: (await approvedFamily(harness)).id });
    await heardAndSigned(worker, result.id);
    expect((await approve(supervisor, result.id)).result.code).toBe('OWN_PLAN');
    const deputy = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
    expect((await approve(deputy, result.id)).result.state).toBe('approved');
  });

  it('asks the hard rules again: a suspension, or a place that somebody took when the hold had lapsed', async () => {
    const suspended = await approvedFamily(harness);
    const first = await planned(suspended.id);
    await heardAndSigned(worker, first.id);
    await standing(harness, suspended.id, 'suspension', TODAY, null, null, true);
    expect((await approve(supervisor, first.id)).result).toMatchObject({ code: 'UNSUITABLE', details: [{ name: 'rules', values: ['SUSPENDED'] }] });
    const full = await approvedFamily(harness, { places: 1 });
    const second = await planned(full.id);
    await heardAndSigned(worker, second.id);
    await harness.sql('delete from carers.place_occupancies where occupant_id = $1', [second.id]);
    await placeTaken(harness, full.id, 1, TODAY);
    expect((await approve(supervisor, second.id)).result).toMatchObject({ code: 'PLACE_TAKEN', message: expect.stringContaining('Another worker') });
    expect(await harness.sql('select state from placements.placements where id = any ($1)', [[first.id, second.id]])).toEqual([{ state: 'planned' }, { state: 'planned' }]);
  });

  it('across provinces is given by both', async () => {
    const family = await approvedFamily(harness, { area: '17100101' });
    const there = await signedIn(harness, { role: 'supervisor', office: offices.siemReap });
    const { id, childId } = await planned(family.id);
    await heardAndSigned(worker, id);
    expect((await approve(supervisor, id)).result).toMatchObject({ state: 'planned', approvedBy: ['02'] });
    expect((await approve(supervisor, id)).result.code).toBe('APPROVED_BY_PROVINCE');
    expect(await openTasks(childId)).toMatchObject([PAGE, { kind: 'placements.approve' }]);
    expect((await start(worker, id)).result).toMatchObject({ code: 'PLACEMENT_STATE', details: [{ values: ['planned'] }] });
    expect((await approve(there, id)).result).toMatchObject({ state: 'approved', approvedBy: ['02', '17'] });
    expect(await openTasks(childId)).toEqual([PAGE]);
    expect((await start(worker, id)).result.state).toBe('active');
    expect(await livesAt(childId)).toEqual({ institution_id: null, office_id: offices.siemReapTown });
  });

  it('of another province is not there, and is given by nobody without the posting', async () => {
    const { id } = await planned();
    expect(errorOf(await approve(await signedIn(harness, { role: 'supervisor', office: offices.siemReap }), id))).toBe('NOT_FOUND');
    expect(errorOf(await approve(supervisor, id, { on: '2026-06-16' }))).toBe('BAD_USER_INPUT');
    await expectDenied(harness, acts['placement.approve'], (who) => approve(who, newKey()));
  });
});

describe('a move', () => {
  it('ends the stay in the institution and begins the placement on the same day, in one act', async () => {
    const child = await resident(harness, { institution: lotus });
    const family = await approvedFamily(harness);
    const id = await approvedPlan(worker, supervisor, { childId: child.id, familyId: family.id, startsOn: '2026-06-08' });
    const requestKey = newKey();
    const { result } = await start(worker, id, { on: '2026-06-08', requestKey });
    expect(result).toMatchObject({ state: 'active', startsOn: '2026-06-08', breaches: [] });
    expect((await start(worker, id, { on: '2026-06-08', requestKey })).result).toEqual(result);
    expect((await start(worker, id)).result).toMatchObject({ code: 'PLACEMENT_STATE', details: [{ values: ['active'] }] });
    expect(await timelineOf(child.id)).toEqual([{ kind: 'institution', during: '[2026-01-04,2026-06-08)' }, { kind: 'foster', during: '[2026-06-08,)' }]);
    expect(await careOf(child.id)).toEqual([{ during: '[2026-01-04,)', end_reason: null }]);
    expect(await placesOf(id)).toEqual([{ kind: 'placement', during: '[2026-06-08,)' }]);
    expect(await livesAt(child.id)).toEqual({ institution_id: null, office_id: family.officeId });
    expect(await eventsOf(id)).toEqual(['placement.planned', 'placement.approved', 'placement.started']);
    expect(await eventsOf(child.id)).toEqual(['episode.changed']);
    expect(await actsOf(id)).toMatchObject([{ act: 'placement.plan' }, ...Array(7).fill({}), { act: 'placement.approve' }, { act: 'placement.start' }]);
  });

  it('from one family to another frees the first place that night', async () => {
    const before = await activePlacement(harness);
    const family = await approvedFamily(harness, { area: '02010101' });
    const id = await approvedPlan(worker, supervisor, { childId: before.child.id, familyId: family.id });
    expect((await start(worker, id, { endReason: 'carer_illness' })).result.state).toBe('active');
    expect(await harness.sql('select state, ended_on::text, end_reason from placements.placements where id = $1', [before.id])).toEqual([{ state: 'ended', ended_on: TODAY, end_reason: 'carer_illness' }]);
    expect(await placesOf(before.id)).toEqual([{ kind: 'placement', during: `[2026-05-08,${TODAY})` }]);
    expect(await timelineOf(before.child.id)).toMatchObject([{ kind: 'institution' }, { during: `[2026-05-08,${TODAY})` }, { during: `[${TODAY},)` }]);
    expect(await eventsOf(before.id)).toEqual(['placement.ended']);
    const seen = await worker.send('query ($id: Id!) { child(id: $id) { placements { id state } timeline { kind placementId } } }', { id: before.child.id });
    expect(seen.data.child.placements).toEqual([{ id, state: 'active' }, { id: before.id, state: 'ended' }]);
    const home = await worker.send('query ($id: Id!) { family(id: $id) { placements { id state } } }', { id: before.family.id });
    expect(home.data.family.placements).toEqual([{ id: before.id, state: 'ended' }]);
  });

  it('is refused before the last move, into a full family, and where a rule now stands against it', async () => {
    const before = await activePlacement(harness, { startsOn: '2026-06-10' });
    const id = await approvedPlan(worker, supervisor, { childId: before.child.id, familyId: (await approvedFamily(harness)).id });
    expect((await start(worker, id, { on: '2026-06-10' })).result).toMatchObject({ code: 'BEFORE_LAST_MOVE', details: [{ values: ['2026-06-10'] }, { name: 'kind', values: [expect.any(String)] }] });
    expect(errorOf(await start(worker, id, { on: '2026-06-16' }))).toBe('BAD_USER_INPUT');
    const full = await approvedFamily(harness, { places: 1 });
    const other = await resident(harness);
    const late = await approvedPlan(worker, supervisor, { childId: other.id, familyId: full.id });
    await harness.sql('delete from carers.place_occupancies where occupant_id = $1', [late]);
    await placeTaken(harness, full.id, 1, TODAY);
    expect((await start(worker, late)).result.code).toBe('PLACE_TAKEN');
    await contactRisk(harness, other.id, { familyId: full.id });
    expect((await start(worker, late)).result).toMatchObject({ code: 'UNSUITABLE', details: [{ values: ['ASK_SUPERVISOR', 'NO_PLACE'] }] });
    expect(await timelineOf(other.id)).toEqual([{ kind: 'institution', during: '[2026-01-04,)' }]);
    expect(errorOf(await start(elsewhere, late))).toBe('NOT_FOUND');
  });

  it('is done by nobody without the posting', () => expectDenied(harness, acts['placement.start'], (who) => start(who, newKey())));
});

describe('an end', () => {
  it('home closes the care period; a new placement later opens one that is linked to it', async () => {
    const { id, child, family } = await activePlacement(harness);
    const requestKey = newKey();
    expect((await end(worker, id, { on: '2026-06-01', reason: 'returned_home', requestKey })).result).toMatchObject({ state: 'ended', endedOn: '2026-06-01', endReason: 'returned_home' });
    expect((await end(worker, id, { on: '2026-06-01', reason: 'returned_home', requestKey })).result.id).toBe(id);
    expect((await end(worker, id)).result).toMatchObject({ code: 'PLACEMENT_STATE', details: [{ values: ['ended'] }] });
    expect(await careOf(child.id)).toEqual([{ during: '[2026-01-04,2026-06-01)', end_reason: 'returned_home' }]);
    const again = await approvedPlan(worker, supervisor, { childId: child.id, familyId: family.id });
    await start(worker, again);
    expect(await timelineOf(child.id)).toMatchObject([{ kind: 'institution' }, { kind: 'foster' }, { kind: 'home', during: `[2026-06-01,${TODAY})` }, { kind: 'foster' }]);
    expect(await harness.sql('select count(*)::int as n from placements.care_periods where child_id = $1 and previous_id is not null and upper_inf(during)', [child.id])).toEqual([{ n: 1 }]);
  });

  it('in an institution goes on with the care period, where its office answers for her', async () => {
    const { id, child } = await activePlacement(harness);
    expect((await end(worker, id, { goesTo: 'institution' })).result.code).toBe('WHERE_NEEDED');
    expect((await end(worker, id, { goesTo: null })).result.code).toBe('WHERE_NEEDED');
    expect((await end(worker, id, { on: '2026-05-08' })).result.code).toBe('BEFORE_LAST_MOVE');
    expect((await end(worker, id, { goesTo: 'institution', institutionId: lotus, reason: 'carer_migration' })).result.state).toBe('ended');
    expect(await livesAt(child.id)).toEqual({ institution_id: lotus, office_id: offices.battambangTown });
    expect(await careOf(child.id)).toMatchObject([{ end_reason: null }]);
  });

  it('by adoption needs the court\'s decision, by death is the last day of the last stretch', async () => {
    const { id, child } = await activePlacement(harness);
    expect((await end(worker, id, { reason: 'adopted' })).result.code).toBe('COURT_DECISION_NEEDED');
    expect((await end(worker, id, { reason: 'died', goesTo: null, on: '2026-06-12' })).result.endReason).toBe('died');
    expect(await timelineOf(child.id)).toMatchObject([{}, { kind: 'foster', during: '[2026-05-08,2026-06-13)' }]);
    expect(await careOf(child.id)).toEqual([{ during: '[2026-01-04,2026-06-13)', end_reason: 'died' }]);
    expect((await fact(worker, { childId: child.id, familyId: (await approvedFamily(harness)).id })).result).toMatchObject({ code: 'AFTER_DEATH' });
  });

  it('is recorded by nobody without the posting', () => expectDenied(harness, acts['placement.end'], (who) => end(who, newKey())));
});

describe('a fact beyond the rules', () => {
  it('is recorded: a fourth child taken in at night, marked and brought to the supervisor the same day', async () => {
    const family = await approvedFamily(harness, { places: 3 });
    for (let n = 0; n < 3; n += 1) await activePlacement(harness, { family });
    const child = await resident(harness, { institution: lotus, gatekept: false });
    const requestKey = newKey();
    const input = { childId: child.id, familyId: family.id, on: '2026-06-14', requestKey };
    const { result } = await fact(worker, input);
    expect(result).toMatchObject({ state: 'active', startsOn: '2026-06-14', breaches: ['GATEKEEPING_INCOMPLETE', 'NO_PLACE', 'LIMIT'] });
    expect((await fact(worker, input)).result.id).toBe(result.id);
    expect(await timelineOf(child.id)).toEqual([{ kind: 'institution', during: '[2026-01-04,2026-06-14)' }, { kind: 'foster', during: '[2026-06-14,)' }]);
    expect(await harness.sql(`select basis, during::text from carers.family_places where family_id = $1 and basis = 'breach'`, [family.id])).toEqual([{ basis: 'breach', during: '[2026-06-14,)' }]);
    expect(await openTasks(child.id)).toEqual([{ kind: 'placements.breach', due_on: TODAY, detail: 'GATEKEEPING_INCOMPLETE.NO_PLACE.LIMIT' }]);
    const breaches = await harness.sql<{ id: string; code: string }>('select id, code from placements.breaches where placement_id = $1 order by code', [result.id]);
    expect(breaches.map(({ code }) => code)).toEqual(['GATEKEEPING_INCOMPLETE', 'LIMIT', 'NO_PLACE']);
    for (const { id } of breaches) expect(await eventsOf(id)).toEqual(['breach.recorded']);
    // The place of a breach serves no decision.
    const another = await resident(harness);
    expect((await plan(worker, { childId: another.id, familyId: family.id })).result.code).toBe('PLACE_TAKEN');
  });

  it('is recorded of a family that nobody approved, from another family, and where there is a contact risk', async () => {
    const before = await activePlacement(harness);
    const risky = await approvedFamily(harness, { to: '2026-01-31', certifiedUntil: '2026-01-31' });
    await contactRisk(harness, before.child.id, { familyId: risky.id });
    const { result } = await fact(worker, { childId: before.child.id, familyId: risky.id });
    expect(result).toMatchObject({ state: 'active', breaches: ['ASK_SUPERVISOR', 'NOT_APPROVED', 'CERTIFICATE_EXPIRED', 'NO_PLACE'] });
    expect((await openTasks(before.child.id))[0]?.detail).toBe('ASK_SUPERVISOR.NOT_APPROVED.CERTIFICATE_EXPIRED.NO_PLACE');
    expect(await harness.sql('select end_reason from placements.placements where id = $1', [before.id])).toEqual([{ end_reason: 'moved' }]);
    expect((await fact(worker, { childId: before.child.id, familyId: risky.id })).result.code).toBe('ALREADY_THERE');
  });

  it('of an emergency waives what may follow, and starts its two clocks', async () => {
    const child = await resident(harness, { gatekept: false });
    const family = await approvedFamily(harness, { certifiedUntil: '2026-01-31' });
    const emergency = { reason: 'The house burned down.', wordOf: supervisor.accountId, wordAt: '08:30', adultsDeclared: true };
    expect(errorOf(await fact(worker, { childId: child.id, familyId: family.id, emergency: { ...emergency, wordAt: '10:01' } }))).toBe('BAD_USER_INPUT');
    expect((await fact(worker, { childId: child.id, familyId: family.id, emergency })).result).toMatchObject({ emergency: true, breaches: [] });
    expect(await openTasks(child.id)).toEqual([{ kind: 'placements.confirm', due_on: '2026-06-18', detail: null }, { kind: 'placements.papers', due_on: '2026-06-29', detail: null }]);
    const undeclared = await resident(harness);
    expect((await fact(worker, { childId: undeclared.id, familyId: family.id, emergency: { ...emergency, adultsDeclared: false } })).result.breaches).toEqual(['ADULT_UNCHECKED']);
  });

  it('is refused only where it contradicts the timeline', async () => {
    const family = await approvedFamily(harness);
    const child = await resident(harness, { from: '2026-06-12' });
    expect((await fact(worker, { childId: child.id, familyId: family.id, on: '2026-06-12' })).result).toMatchObject({ code: 'BEFORE_LAST_MOVE' });
    expect(await harness.sql('select id from placements.placements where child_id = $1', [child.id])).toEqual([]);
    expect(errorOf(await fact(worker, { childId: child.id, familyId: family.id, on: '2026-06-16' }))).toBe('BAD_USER_INPUT');
    expect(errorOf(await fact(worker, { childId: child.id, familyId: newKey() }))).toBe('NOT_FOUND');
    expect(errorOf(await fact(elsewhere, { childId: child.id, familyId: family.id }))).toBe('NOT_FOUND');
  });

  it('is recorded by nobody without the posting', () => expectDenied(harness, acts['placement.recordFact'], (who) => fact(who, { childId: newKey(), familyId: newKey() })));
});

describe('the timeline', () => {
  const ask = async (who: Client, childId: string, on: string | null, asKnownOn: string | null = null) =>
    (await who.send('query ($c: Id!, $on: Day, $known: Day) { timeline(childId: $c, on: $on, asKnownOn: $known) { episodes { kind from to } } }', { c: childId, on, known: asKnownOn })).data?.timeline?.episodes;

  it('shows an institution\'s staff the stays in their own house while she lives there, and is written down when opened', async () => {
    const para = await signedIn(harness, { role: 'para_social_worker', institution: lotus });
    const child = await resident(harness, { institution: lotus });
    const left = await activePlacement(harness, { child: await resident(harness, { institution: lotus }) });
    expect(await ask(para, child.id, null)).toMatchObject([{ kind: 'institution' }]);
    expect(await ask(para, left.child.id, null)).toBeUndefined();
    expect(await harness.sql('select actor_id from platform.reads where subject_id = $1 and subject_kind = $2', [child.id, 'child_timeline'])).toEqual([{ actor_id: para.accountId }]);
    await end(worker, left.id, { goesTo: 'institution', institutionId: lotus });
    expect(await ask(para, left.child.id, null)).toMatchObject([{ kind: 'institution', to: '2026-05-08' }, { kind: 'institution', to: null }]);
  });

  it('is opened by nobody without the posting', async () => {
    await expectDenied(harness, acts['timeline.read'], (who) => who.send('query ($c: Id!) { timeline(childId: $c) { childId } }', { c: newKey() }));
  });
});

describe('a foreign list of stays', () => {
  const ASK = 'query ($table: String, $episodes: [ForeignEpisodeInput!]) { checkEpisodes(table: $table, episodes: $episodes) { __typename rows children violations { rule source sentence next rows } ignoredColumns } }';
  const check = (who: Client, variables: object, language?: 'km') => who.send(ASK, variables, language);
  const TABLE = 'CHILD,LS,DECOM,RNE,PLACE,DEC,REC\nsecret-9,C2,01/06/2020,S,U1,04/06/2020,X1\nsecret-9,C2,03/06/2020,P,U1,02/06/2020,\nsecret-8,C2,31/06/2020,S,U1,,';

  it('is told by rule and line, in the language of the request; as a list by place', async () => {
    const { data } = await check(worker, { table: TABLE });
    expect(data.checkEpisodes).toMatchObject({ rows: 3, children: 2, ignoredColumns: ['ls'] });
    const told = data.checkEpisodes.violations.map(({ rule, source, rows }: { rule: string; source: string; rows: number[] }) => `${rule} ${source} ${rows.join(' ')}`);
    expect(told).toEqual(['356 england 3', '388 england 2', '433 england 3', '501 england 3', 'DAY_UNREADABLE register 4', 'NO_NIGHT register 3']);
    expect(data.checkEpisodes.violations[0]).toMatchObject({ sentence: 'The stay ends before it begins.', next: expect.stringContaining('correct') });
    const episodes = [{ child: 'a', start: '2026-01-01' }, { child: 'a', start: '2026-02-01', birth: '2026-03-01' }];
    const inKhmer = (await check(supervisor, { episodes }, 'km')).data.checkEpisodes.violations;
    expect(inKhmer.map(({ rule, rows }: { rule: string; rows: number[] }) => [rule, rows])).toEqual([['142', [1]], ['OVERLAP', [2]], ['BEFORE_BIRTH', [1, 2]]]);
    for (const { sentence, next } of inKhmer) expect([sentence, next]).toEqual([expect.stringMatching(/[\u1780-\u17ff]/), expect.stringMatching(/[\u1780-\u17ff]/)]);
    expect((await check(worker, { table: 'child,start,end,rec\n1,2026-01-01,2026-02-01,E11' })).data.checkEpisodes.violations).toEqual([]);
  });

  it('is neither stored nor logged, and is for offices alone', async () => {
    const kept = () => harness.sql(`select (select count(*) from platform.acts) as acts, (select count(*) from platform.reads) as reads, (select count(*) from platform.request_keys) as keys, (select count(*) from platform.outbox) as outbox`);
    const before = await kept();
    expect((await check(worker, { table: TABLE })).data.checkEpisodes.rows).toBe(3);
    expect(await kept()).toEqual(before);
    expect(harness.logLines.filter((line) => line.includes('secret-9') || line.includes('DECOM'))).toEqual([]);
    expect(acts['episode.check']).toBe('episode.check');
    await expectDenied(harness, acts['episode.check'], (client) => check(client, { table: TABLE }));
  });

  it('must be a list, and no longer than one request takes', async () => {
    const wrong = async (variables: object) => (await check(worker, variables)).errors?.[0]?.extensions;
    for (const [table, rule] of [
      ['', 'EMPTY'], ['child,start\n', 'EMPTY'], ['start,end\n1,2', 'HEADER'], [`child,start${'\n1,2026-01-01'.repeat(1_001)}`, 'TOO_LONG'],
    ]) expect(await wrong({ table })).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'table', rule: `episode_table.${rule}` }] });
    expect(await wrong({})).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'table', rule: 'episode_table.ONE' }] });
    expect(await wrong({ table: TABLE, episodes: [] })).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ rule: 'episode_table.ONE' }] });
    expect(await wrong({ table: 'x'.repeat(60_001) })).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'table', rule: 'validation.maxLength' }] });
    expect(await wrong({ episodes: Array(1_001).fill({ child: 'a' }) })).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'episodes', rule: 'validation.arrayMaxSize' }] });
    expect(await wrong({ episodes: [{ child: 'x'.repeat(61) }] })).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'episodes.0.child', rule: 'validation.maxLength' }] });
    expect((await check(worker, { table: `child,start${'\n1,2026-01-01'.repeat(1_000)}` })).data.checkEpisodes.rows).toBe(1_000);
  });
});
