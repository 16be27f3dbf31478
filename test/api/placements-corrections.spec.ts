import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { acts } from '../../src/placements/placements.policy.js';
import { approvedFamily } from '../support/given.js';
import { activePlacement, resident } from '../support/given-placements.js';
import type { ArrangedPlacement } from '../support/given-placements.js';
import { Harness, newKey } from '../support/harness.js';
import type { Client, Outcome } from '../support/harness.js';
import { arrangeInstitution, arrangeOffices, expectDenied, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';
import { TODAY, approveCorrection, correct, corrected, declineCorrection, end, fact, proposeCorrection } from '../support/placement-calls.js';

let harness: Harness;
let offices: Offices;
let worker: Person;
let supervisor: Person;
let lotus: string;

beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  lotus = await arrangeInstitution(harness);
  worker = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
  supervisor = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
});
afterAll(() => harness.stop());

const errorOf = (outcome: Outcome): string | undefined => outcome.errors?.[0]?.extensions.code;
const timelineOf = (child: string) => harness.sql<{ id: string; kind: string; during: string }>('select id, kind, during::text from placements.episodes where child_id = $1 order by during', [child]);
const said = async (child: string): Promise<string[]> => (await timelineOf(child)).map(({ kind, during }) => `${kind} ${during}`);
const careOf = async (child: string) => (await harness.sql<{ during: string }>('select during::text from placements.care_periods where child_id = $1 order by during', [child])).map(({ during }) => during);
const placesOf = async (placement: string) => (await harness.sql<{ during: string }>('select during::text from carers.place_occupancies where occupant_id = $1', [placement])).map(({ during }) => during);
const staysOf = async (child: string) =>
  (await harness.sql<{ state: string; said: string }>(`select state, concat_ws(' ', state, starts_on, ended_on, cancel_reason) as said from placements.placements where child_id = $1 order by starts_on, id`, [child])).map(({ said }) => said);
const eventsOf = async (child: string) => (await harness.sql<{ event: string }>(`select o.event from platform.outbox o join platform.acts a on a.id = o.act_id where a.about_id = $1 order by o.id`, [child])).map(({ event }) => event);
const livesAt = async (child: string) => (await harness.sql<{ institution_id: string | null; office_id: string }>('select institution_id, office_id from children.children where id = $1', [child]))[0];
const first = async (child: string): Promise<string> => (await timelineOf(child))[0]?.id ?? '';
const ask = async (who: Client, childId: string, on: string | null, asKnownOn: string | null = null) =>
  (await who.send('query ($c: Id!, $on: Day, $known: Day) { timeline(childId: $c, on: $on, asKnownOn: $known) { episodes { kind from to recordedBy } } }', { c: childId, on, known: asKnownOn })).data?.timeline?.episodes;
/** A stay that the worker has written herself, just now. */
const ownEntry = async (on = '2026-06-10'): Promise<{ childId: string; episodeId: string; placementId: string; familyId: string }> => {
  const child = await resident(harness, { institution: lotus });
  await harness.sql('update placements.episodes set recorded_by = $2 where child_id = $1', [child.id, worker.accountId]);
  const family = await approvedFamily(harness);
  const placementId = (await fact(worker, { childId: child.id, familyId: family.id, on })).result.id;
  return { childId: child.id, episodeId: (await timelineOf(child.id))[1]?.id ?? '', placementId, familyId: family.id };
};
const longAgo = (placed: ArrangedPlacement) => harness.sql(`update placements.episodes set recorded_at = '2026-05-09T00:00:00Z' where child_id = $1`, [placed.child.id]);

/** An approved run has paid this family for June. */
async function paid(childId: string, familyId: string): Promise<void> {
  await harness.sql(`alter table support.lines disable trigger lines_settled`);
  await harness.sql(
    `with run as (insert into support.runs (id, scheme_code, month, office_id, provinces, reason, fund, state, prepared_by, prepared_on, calculated_by, calculated_at, checked_by, checked_at, approved_by, approved_at)
       select gen_random_uuid(), 'after_residential', '2026-06-01', $3, '[2,3)', 'regular', 'national_budget', 'approved', $4, '2026-06-15', $4, now(), $4, now(), $5, now() returning id)
     insert into support.lines (id, run_id, office_id, scheme_code, child_id, child_number, family_id, family_number, month, kind, nights, riel, parts)
     select gen_random_uuid(), run.id, $3, 'after_residential', $1, 1, $2, 1, '2026-06-01', 'regular', 5, 1000, '[]' from run`,
    [childId, familyId, offices.battambang, worker.accountId, supervisor.accountId],
  );
  await harness.sql(`alter table support.lines enable trigger lines_settled`);
}

describe('one\'s own slip of the pen', () => {
  it('is corrected alone, with its neighbour, its stay and its place, once for a key', async () => {
    const { childId, episodeId, placementId } = await ownEntry();
    const input = { childId, episodeId, startsOn: '2026-06-01', requestKey: newKey() };
    expect((await correct(worker, input)).result).toEqual({ __typename: 'Episode', id: episodeId, kind: 'foster', from: '2026-06-01', to: null });
    expect((await correct(worker, input)).result.from).toBe('2026-06-01');
    expect(await harness.sql('select act, reason, changed from platform.acts where subject_id = $1', [episodeId])).toEqual([{ act: 'episode.correct', reason: 'typing_error', changed: ['moved'] }]);
    expect(await said(childId)).toEqual(['institution [2026-01-04,2026-06-01)', 'foster [2026-06-01,)']);
    expect(await placesOf(placementId)).toEqual(['[2026-06-01,)']);
    expect(await staysOf(childId)).toEqual(['active 2026-06-01']);
    expect(await ask(worker, childId, null)).toMatchObject([{ recordedBy: worker.accountId }, { recordedBy: worker.accountId }]);
    expect((await eventsOf(childId)).slice(-2)).toEqual(['placement.started', 'episode.changed']);
    expect((await correct(worker, { ...input, requestKey: newKey() })).result.code).toBe('NOTHING_TO_CORRECT');
  });

  it('is not corrected alone where it is another\'s, too old, no typing error, or used', async () => {
    const { childId, episodeId } = await ownEntry();
    const why = async (who: Client, input: object = {}): Promise<string[]> => {
      const { result } = await correct(who, { childId, episodeId, startsOn: '2026-06-01', ...input });
      expect(result.code).toBe('APPROVER_NEEDED');
      return result.details.find(({ name }: { name: string }) => name === 'why').values;
    };
    expect(await why(supervisor)).toEqual(['not_yours']);
    expect(await why(worker, { reason: 'told_later' })).toEqual(['not_a_typing_error']);
    await harness.sql(
      `insert into platform.acts (id, actor_id, act, subject_kind, subject_id, about_id, request_id) values (gen_random_uuid(), $1, 'placement.approve', 'placement', gen_random_uuid(), $2, 'test')`,
      [supervisor.accountId, childId],
    );
    expect(await why(worker)).toEqual(['decision']);
    await harness.sql(`update placements.episodes set recorded_at = '2026-06-07T00:00:00Z' where child_id = $1`, [childId]);
    expect(await why(worker)).toEqual(['decision', 'too_late'].reverse());
    const other = await ownEntry();
    await harness.sql(`insert into statistics.releases (id, quarter, reference_day, as_known_on, base, least, published_by) values (gen_random_uuid(), '2026-Q2', '2026-06-05', '2099-01-01', 5, 10, $1)`, [supervisor.accountId]);
    expect((await correct(worker, { childId: other.childId, episodeId: other.episodeId, startsOn: '2026-06-01' })).result.details).toEqual([{ name: 'why', values: ['publication'] }]);
    expect((await correct(worker, { childId: other.childId, episodeId: other.episodeId, startsOn: '2026-06-08' })).result.from).toBe('2026-06-08');
    await harness.sql('delete from statistics.releases');
    await paid(other.childId, other.familyId);
    expect((await correct(worker, { childId: other.childId, episodeId: other.episodeId, startsOn: '2026-06-09' })).result.details).toEqual([{ name: 'why', values: ['payment'] }]);
  });
});

describe('a proposed correction', () => {
  it('changes nothing until another supervisor approves it; then all follows, and what was known stays readable', async () => {
    const placed = await activePlacement(harness);
    const { id, child, episodeId } = placed;
    await longAgo(placed);
    const requestKey = newKey();
    const proposed = (await proposeCorrection(worker, { childId: child.id, episodeId, startsOn: '2026-04-20', requestKey })).result;
    expect(proposed).toMatchObject({ what: 'moved', startsOn: '2026-04-20', endsOn: null, reason: 'told_later', state: 'proposed', proposedBy: worker.accountId, decidedBy: null });
    expect((await proposeCorrection(worker, { childId: child.id, episodeId, startsOn: '2026-04-20', requestKey })).result.id).toBe(proposed.id);
    expect((await proposeCorrection(worker, { childId: child.id, episodeId, startsOn: '2026-04-21' })).result.code).toBe('CORRECTION_WAITING');
    expect(await said(child.id)).toEqual(['institution [2026-01-04,2026-05-08)', 'foster [2026-05-08,)']);
    expect(await harness.sql(`select kind, state, due_on::text from worklist.tasks where subject_id = $1`, [proposed.id])).toEqual([{ kind: 'placements.correction', state: 'open', due_on: '2026-06-22' }]);
    const approveKey = newKey();
    expect((await approveCorrection(supervisor, proposed.id, { requestKey: approveKey })).result).toMatchObject({ state: 'applied', decidedBy: supervisor.accountId });
    expect((await approveCorrection(supervisor, proposed.id, { requestKey: approveKey })).result.state).toBe('applied');
    expect(await harness.sql(`select count(*)::int as n from platform.acts where subject_id = $1`, [proposed.id])).toEqual([{ n: 2 }]);
    expect(await harness.sql(`select state from worklist.tasks where subject_id = $1`, [proposed.id])).toEqual([{ state: 'done' }]);
    expect(await said(child.id)).toEqual(['institution [2026-01-04,2026-04-20)', 'foster [2026-04-20,)']);
    expect([await placesOf(id), await staysOf(child.id), await careOf(child.id)]).toEqual([['[2026-04-20,)'], ['active 2026-04-20'], ['[2026-01-04,)']]);
    expect(await ask(worker, child.id, '2026-05-01')).toMatchObject([{ kind: 'foster' }]);
    expect(await ask(worker, child.id, '2026-05-01', '2026-05-31')).toMatchObject([{ kind: 'institution', from: '2026-01-04', to: '2026-05-08' }]);
    expect(await ask(worker, child.id, null, '2026-05-08')).toEqual([]);
    const { data } = await worker.send('query ($id: Id!) { child(id: $id) { corrections { id state } timelineBefore { kind from to recordedBy replacedAt } } }', { id: child.id });
    expect(data.child.corrections).toEqual([{ id: proposed.id, state: 'applied' }]);
    expect(data.child.timelineBefore.map(({ kind, from, to }: { kind: string; from: string; to: string | null }) => [kind, from, to])).toContainEqual(['institution', '2026-01-04', '2026-05-08']);
    expect((await worker.send('query ($id: Id!) { correction(id: $id) { state } }', { id: proposed.id })).data.correction.state).toBe('applied');
    expect((await approveCorrection(supervisor, proposed.id)).result.code).toBe('CORRECTION_STATE');
    expect((await declineCorrection(supervisor, proposed.id)).result.code).toBe('CORRECTION_STATE');
  });

  it('is approved by nobody who proposed it, and by nobody once the timeline has changed; it may be declined or taken back', async () => {
    const { child, episodeId, id } = await activePlacement(harness);
    const own = (await proposeCorrection(supervisor, { childId: child.id, episodeId, startsOn: '2026-04-20' })).result;
    expect((await approveCorrection(supervisor, own.id)).result.code).toBe('OWN_CORRECTION');
    const requestKey = newKey();
    expect((await declineCorrection(supervisor, own.id, { requestKey })).result.state).toBe('declined');
    expect((await declineCorrection(supervisor, own.id, { requestKey })).result.state).toBe('declined');
    const stale = (await proposeCorrection(worker, { childId: child.id, episodeId, startsOn: '2026-04-20' })).result;
    await end(worker, id, { on: '2026-06-14' });
    const answer = await approveCorrection(supervisor, stale.id);
    expect(errorOf(answer)).toBe('CONFLICT');
    expect(await said(child.id)).toEqual(['institution [2026-01-04,2026-05-08)', 'foster [2026-05-08,2026-06-14)', 'home [2026-06-14,)']);
    expect((await declineCorrection(supervisor, stale.id)).result.state).toBe('declined');
  });

  it('moves the end of a stretch, and what begins there with it', async () => {
    const { child, episodeId, id } = await activePlacement(harness);
    await end(worker, id, { on: '2026-06-10' });
    expect((await corrected(worker, supervisor, { childId: child.id, episodeId, endsOn: '2026-06-01' })).result.state).toBe('applied');
    expect(await said(child.id)).toEqual(['institution [2026-01-04,2026-05-08)', 'foster [2026-05-08,2026-06-01)', 'home [2026-06-01,)']);
    expect([await placesOf(id), await staysOf(child.id), await careOf(child.id)]).toEqual([['[2026-05-08,2026-06-01)'], ['ended 2026-05-08 2026-06-01'], ['[2026-01-04,2026-06-01)']]);
    expect((await corrected(worker, supervisor, { childId: child.id, episodeId, startsOn: '2026-05-01', endsOn: '2026-06-12' })).result.state).toBe('applied');
    expect([await placesOf(id), await staysOf(child.id), await careOf(child.id)]).toEqual([['[2026-05-01,2026-06-12)'], ['ended 2026-05-01 2026-06-12'], ['[2026-01-04,2026-06-12)']]);
  });

  it('puts in a missed stretch: days at home make two care periods of one, a family its own stay, a hospital nothing but nights away', async () => {
    const child = await resident(harness, { institution: lotus });
    expect((await corrected(worker, supervisor, { childId: child.id, what: 'missed', startsOn: '2026-02-01', endsOn: '2026-03-01', place: { kind: 'home' } })).result.state).toBe('applied');
    expect(await said(child.id)).toEqual(['institution [2026-01-04,2026-02-01)', 'home [2026-02-01,2026-03-01)', 'institution [2026-03-01,)']);
    expect(await careOf(child.id)).toEqual(['[2026-01-04,2026-02-01)', '[2026-03-01,)']);
    expect(await harness.sql('select count(*)::int as n from placements.care_periods where child_id = $1 and previous_id is not null', [child.id])).toEqual([{ n: 1 }]);
    const family = await approvedFamily(harness, { places: 1 });
    expect((await corrected(worker, supervisor, { childId: child.id, what: 'missed', startsOn: '2026-04-01', endsOn: '2026-05-01', place: { kind: 'foster', familyId: family.id } })).result).toMatchObject({ state: 'applied', kind: 'foster' });
    expect(await staysOf(child.id)).toEqual(['ended 2026-04-01 2026-05-01']);
    expect(await harness.sql('select during::text from carers.place_occupancies where family_id = $1', [family.id])).toEqual([{ during: '[2026-04-01,2026-05-01)' }]);
    expect(await eventsOf(child.id)).toContain('placement.started');
    const placed = await activePlacement(harness);
    expect((await corrected(worker, supervisor, { childId: placed.child.id, what: 'missed', startsOn: '2026-05-20', endsOn: '2026-05-25', place: { kind: 'hospital' } })).result.state).toBe('applied');
    expect(await harness.sql('select placement_id from placements.episodes where child_id = $1 and kind = $2', [placed.child.id, 'hospital'])).toEqual([{ placement_id: placed.id }]);
    expect([await staysOf(placed.child.id), await placesOf(placed.id)].flat()[0]).toBe('active 2026-05-08');
  });

  it('takes out a stretch that never was: the stay is called off, its place is free, and she lives where she did before', async () => {
    const child = await resident(harness, { institution: lotus });
    const { id, episodeId, family } = await activePlacement(harness, { child });
    expect((await corrected(worker, supervisor, { childId: child.id, what: 'never_was', episodeId })).result.state).toBe('applied');
    expect(await said(child.id)).toEqual(['institution [2026-01-04,)']);
    expect([await staysOf(child.id), await placesOf(id)]).toEqual([['cancelled 2026-05-08 written_in_error'], []]);
    expect(await livesAt(child.id)).toEqual({ institution_id: lotus, office_id: child.officeId });
    // She never went home: the stay that had ended goes on, and so do its place and the care period.
    const back = await activePlacement(harness, { family });
    await end(worker, back.id, { on: '2026-06-10' });
    const home = (await timelineOf(back.child.id))[2]?.id;
    expect((await corrected(worker, supervisor, { childId: back.child.id, what: 'never_was', episodeId: home })).result.state).toBe('applied');
    expect([await staysOf(back.child.id), await placesOf(back.id), await careOf(back.child.id)]).toEqual([['active 2026-05-08'], ['[2026-05-08,)'], ['[2026-01-04,)']]);
    // Two care periods become one where the days between were in care after all.
    const again = await resident(harness, { institution: lotus });
    await corrected(worker, supervisor, { childId: again.id, what: 'missed', startsOn: '2026-02-01', endsOn: '2026-03-01', place: { kind: 'home' } });
    const between = (await timelineOf(again.id))[1]?.id;
    expect((await corrected(worker, supervisor, { childId: again.id, what: 'never_was', episodeId: between, daysGoTo: 'after' })).result.state).toBe('applied');
    expect([await said(again.id), await careOf(again.id)]).toEqual([['institution [2026-01-04,)'], ['[2026-01-04,)']]);
  });

  it('says where a stretch was really lived', async () => {
    const { child, episodeId, id } = await activePlacement(harness);
    const family = await approvedFamily(harness);
    expect((await corrected(worker, supervisor, { childId: child.id, what: 'other_place', episodeId, place: { kind: 'kinship', familyId: family.id } })).result.state).toBe('applied');
    expect([await said(child.id), await staysOf(child.id), await placesOf(id)]).toEqual([['institution [2026-01-04,2026-05-08)', 'kinship [2026-05-08,)'], ['cancelled 2026-05-08 written_in_error', 'active 2026-05-08'], []]);
    expect(await harness.sql('select during::text from carers.place_occupancies where family_id = $1', [family.id])).toEqual([{ during: '[2026-05-08,)' }]);
    expect((await corrected(worker, supervisor, { childId: child.id, what: 'other_place', episodeId, place: { kind: 'institution', institutionId: lotus } })).result.state).toBe('applied');
    expect((await livesAt(child.id))?.institution_id).toBe(lotus);
  });

  it('is refused at once where it would contradict the timeline, and names the neighbour', async () => {
    const { child, episodeId, startsOn } = await activePlacement(harness);
    const told = async (input: object): Promise<string | undefined> => (await proposeCorrection(worker, { childId: child.id, ...input })).result?.code;
    const swallowed = (await proposeCorrection(worker, { childId: child.id, episodeId, startsOn: '2026-01-04' })).result;
    expect([swallowed.code, swallowed.details]).toEqual(['NEIGHBOUR_SWALLOWED', [{ name: 'from', values: ['2026-01-04'] }]]);
    expect(await told({ episodeId: newKey(), startsOn: '2026-02-04' })).toBe('EPISODE_UNKNOWN');
    expect(await told({ episodeId, startsOn })).toBe('NOTHING_TO_CORRECT');
    expect(await told({ episodeId, endsOn: '2026-06-14' })).toBe('STILL_THERE');
    expect(await told({ episodeId: await first(child.id), startsOn: '2014-02-10' })).toBe('BEFORE_BIRTH');
    expect(await told({ what: 'missed', startsOn: '2026-05-20', endsOn: '2026-05-25', place: { kind: 'home' } })).toBe('STAY_SPLIT');
    expect(await told({ what: 'missed', startsOn: '2025-01-01', endsOn: '2025-02-01', place: { kind: 'home' } })).toBe('GAP_LEFT');
    expect(await told({ what: 'never_was', episodeId, daysGoTo: 'after' })).toBe('GAP_LEFT');
    const only = await resident(harness);
    expect((await proposeCorrection(worker, { childId: only.id, what: 'never_was', episodeId: only.episodeId })).result.code).toBe('ONLY_STRETCH');
    expect((await proposeCorrection(worker, { childId: only.id, what: 'other_place', episodeId: only.episodeId, place: { kind: 'home' } })).result.code).toBe('NEVER_IN_CARE');
    await corrected(worker, supervisor, { childId: child.id, what: 'missed', startsOn: '2026-05-20', endsOn: '2026-05-25', place: { kind: 'hospital' } });
    expect(await told({ what: 'never_was', episodeId })).toBe('STAY_HAS_PARTS');
    const died = await activePlacement(harness);
    await end(worker, died.id, { on: '2026-06-10', reason: 'died', goesTo: undefined });
    expect((await proposeCorrection(worker, { childId: died.child.id, episodeId: died.episodeId, endsOn: '2026-06-05' })).result.code).toBe('AFTER_DEATH');
  });

  it('is bad input where a day lies ahead or something needed is not said, and not found where the child is another office\'s', async () => {
    const { child, episodeId } = await activePlacement(harness);
    const bad = [
      { episodeId, startsOn: '2026-06-16' }, { episodeId }, { startsOn: TODAY }, { what: 'missed', startsOn: TODAY, endsOn: TODAY, place: { kind: 'home' } }, { what: 'missed', endsOn: TODAY, place: { kind: 'home' } },
      { what: 'missed', startsOn: '2026-06-01', endsOn: TODAY }, { what: 'other_place', episodeId }, { what: 'other_place', episodeId, place: { kind: 'institution' } }, { what: 'other_place', episodeId, place: { kind: 'foster' } },
      { what: 'other_place', episodeId, place: { kind: 'home', institutionId: lotus } },
    ];
    for (const input of bad) expect([input, errorOf(await proposeCorrection(worker, { childId: child.id, ...input }))]).toEqual([input, 'BAD_USER_INPUT']);
    const stranger = await signedIn(harness, { role: 'supervisor', office: offices.siemReap });
    expect(errorOf(await correct(stranger, { childId: child.id, episodeId, startsOn: '2026-02-04' }))).toBe('NOT_FOUND');
    expect(errorOf(await proposeCorrection(stranger, { childId: child.id, episodeId, startsOn: '2026-02-04' }))).toBe('NOT_FOUND');
    const { result } = await proposeCorrection(worker, { childId: child.id, episodeId, startsOn: '2026-04-20' });
    expect(errorOf(await approveCorrection(stranger, result.id))).toBe('NOT_FOUND');
    expect(errorOf(await declineCorrection(stranger, result.id))).toBe('NOT_FOUND');
    expect(errorOf(await approveCorrection(supervisor, newKey()))).toBe('NOT_FOUND');
  });

  it('is proposed, decided and read by nobody without the posting', async () => {
    await expectDenied(harness, acts['episode.correct'], (who) => correct(who, { childId: newKey(), episodeId: newKey(), startsOn: TODAY }));
    await expectDenied(harness, acts['correction.propose'], (who) => proposeCorrection(who, { childId: newKey(), episodeId: newKey(), startsOn: TODAY }));
    await expectDenied(harness, acts['correction.approve'], (who) => approveCorrection(who, newKey()));
    await expectDenied(harness, acts['correction.decline'], (who) => declineCorrection(who, newKey()));
    await expectDenied(harness, acts['correction.read'], (who) => who.send('query ($id: Id!) { correction(id: $id) { id } }', { id: newKey() }));
  });
});

describe('one page of a child\'s history', () => {
  const PAGE = `query History($id: Id!) { child(id: $id) { id number nameKm nameLatin sex age
    timeline { id kind from to institutionId familyId placementId precision basis breaches recordedAt recordedBy }
    timelineBefore { id kind from to institutionId familyId recordedBy recordedAt replacedAt }
    recordings { id act at by on }
    placements { id familyId careKind state startsOn endedOn endReason approvedBy }
    visits { id ordinal dueOn state happenedOn record { worry seenAlone wellbeing } }
    payments { id runId state month kind familyId nights riel } } }`;

  it('comes in one operation with at most twelve statements beside begin and commit, however much there is of it', async () => {
    const { id, child, episodeId, family } = await activePlacement(harness);
    await corrected(worker, supervisor, { childId: child.id, episodeId, startsOn: '2026-05-01' });
    await corrected(worker, supervisor, { childId: child.id, what: 'missed', startsOn: '2026-03-01', endsOn: '2026-03-20', place: { kind: 'foster', familyId: family.id } });
    await end(worker, id, { on: '2026-06-10' });
    for (const on of ['2026-06-11', '2026-06-13']) await fact(worker, { childId: child.id, familyId: (await approvedFamily(harness)).id, on });
    await paid(child.id, family.id);
    await harness.sql(`insert into casework.visits (id, child_id, placement_id, office_id, ordinal, due_on) values (gen_random_uuid(), $1, $2, $3, 1, '2026-06-14')`, [child.id, id, child.officeId]);
    const sent: string[] = [];
    const query = pg.Client.prototype.query;
    // Counted where they leave the process: whatever the driver is given by the API's own login.
    pg.Client.prototype.query = function counted(this: pg.Client, ...given: unknown[]) {
      const [first] = given;
      if (this.user === 'register_api') sent.push(typeof first === 'string' ? first : String((first as { text?: string }).text));
      return Reflect.apply(query, this, given) as never;
    } as typeof query;
    const answer = await supervisor.send(PAGE, { id: child.id }).finally(() => (pg.Client.prototype.query = query));
    const page = answer.data.child;
    expect([page.timeline.length, page.placements.length]).toEqual([7, 4]);
    expect(page.timelineBefore.length).toBeGreaterThan(3);
    expect(page.recordings.map(({ act, by }: { act: string; by: string }) => `${act} ${by === worker.accountId ? 'worker' : 'supervisor'}`)).toEqual([
      'placement.recordFact worker', 'placement.recordFact worker', 'placement.end worker', 'correction.approve supervisor', 'correction.propose worker', 'correction.approve supervisor', 'correction.propose worker',
    ]);
    expect(page.payments).toMatchObject([{ kind: 'regular', state: 'approved', month: '2026-06-01', familyId: family.id, nights: 5, riel: '1000' }]);
    expect(page.visits).toMatchObject([{ state: 'due', dueOn: '2026-06-14' }]);
    const statements = sent.filter((sql) => !/^(begin|commit|rollback)/i.test(sql));
    expect(statements.length).toBeGreaterThan(5);
    expect([statements.length <= 12, statements]).toEqual([true, statements]);
  });
});
