import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MatchingJobs } from '../../src/matching/matching.jobs.js';
import { acts } from '../../src/matching/matching.policy.js';
import { ProposalsService } from '../../src/matching/proposals.service.js';
import { systemActor } from '../../src/platform/auth/roles.js';
import { need } from '../support/given-children.js';
import { resident } from '../support/given-placements.js';
import type { Resident, ResidentWanted } from '../support/given-placements.js';
import { approvedFamily, placeTaken, standing } from '../support/given.js';
import type { ArrangedFamily, FamilyWanted } from '../support/given.js';
import { Harness, newKey } from '../support/harness.js';
import { ask, choiceOf, entryOf, heard, holdsIn, propose, reply, strategies, tell } from '../support/match-calls.js';
import { arrangeOffices, expectDenied, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';
import { cancel, heardAndSigned, approve, start } from '../support/placement-calls.js';
import { asWorker } from '../support/worker.js';
import type { WorkerDatabase } from '../support/worker.js';

let harness: Harness;
let offices: Offices;
let worker: Person;
let supervisor: Person;
let elsewhere: Person;
let queue: WorkerDatabase;

beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  worker = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
  supervisor = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
  elsewhere = await signedIn(harness, { role: 'social_worker', office: offices.siemReapTown });
  queue = await asWorker(harness);
});
afterAll(async () => {
  await queue.close();
  await harness.stop();
});

const TODAY = '2026-06-15';
const actsOf = (subject: string) => harness.sql<{ act: string; reason: string | null }>('select act, reason from platform.acts where subject_id = $1 order by seq', [subject]);
const stateOf = async (placement: string) => (await harness.sql<{ state: string; cancel_reason: string | null }>('select state, cancel_reason from placements.placements where id = $1', [placement]))[0];

interface Case {
  readonly child: Resident;
  readonly family: ArrangedFamily;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly list: any;
}

/** A child, a family of her village, and the list that shows it. */
async function listed(wanted: FamilyWanted = {}, child: ResidentWanted = {}, emergency = false): Promise<Case> {
  const family = await approvedFamily(harness, { languages: ['khm'], places: 1, ...wanted });
  const made = await resident(harness, child);
  return { child: made, family, list: (await ask(worker, { childId: made.id, emergency })).result };
}

/** A proposal of that family. */
async function proposed(wanted: FamilyWanted = {}, emergency = false) {
  const made = await listed(wanted, {}, emergency);
  const { result: proposal } = await propose(worker, choiceOf(made.list, made.family.id));
  await heard(harness, proposal.id);
  return { ...made, proposal };
}

/** What the queue does at each sweep. */
const sweep = (): Promise<void> => harness.app.get(MatchingJobs, { strict: false }).lapse((work) => queue.uow.system(systemActor('matching.lapsed_holds'), 'test', work));

describe('a proposal', () => {
  it('plans the placement that holds the place, once however often it is sent', async () => {
    const { child, family, list } = await listed();
    const requestKey = newKey();
    const choice = { ...choiceOf(list, family.id), requestKey };
    const { result: proposal } = await propose(worker, choice);
    expect(proposal).toEqual({
      __typename: 'Proposal', id: expect.any(String), listId: list.id, placementId: expect.any(String), placements: [{ childId: child.id, placementId: proposal.placementId }], familyId: family.id,
      state: 'waiting', proposedOn: TODAY, reason: 'She knows the village.', emergency: false, heldUntil: '2026-06-28T17:00:00.000Z', answer: null, answeredOn: null, told: null, answerReason: null,
      strategies: choice.strategies, strategiesMissing: [], rank: entryOf(list, family.id).rank,
      can: [{ act: 'match.answer', allowed: true, code: null }, { act: 'match.recordStrategies', allowed: true, code: null }],
    });
    expect((await propose(worker, choice)).result).toEqual(proposal);
    expect(await actsOf(proposal.id)).toEqual([{ act: 'match.propose', reason: 'planned' }]);
    expect(await holdsIn(harness, family.id)).toEqual([{ kind: 'hold', occupant_id: proposal.placementId }]);
    expect(await harness.sql('select child_id, family_id, state, proposal_id from placements.placements where id = $1', [proposal.placementId])).toEqual([
      { child_id: child.id, family_id: family.id, state: 'planned', proposal_id: proposal.id },
    ]);
    expect(await harness.sql('select event from platform.outbox where subject_id = any ($1::uuid[]) order by event', [[proposal.id, proposal.placementId]])).toEqual([{ event: 'placement.planned' }, { event: 'proposal.made' }]);
  });

  it('goes on to consultations, approval and the move, and then it is too late for a no', async () => {
    const { family, proposal } = await proposed();
    expect((await reply(worker, { proposalId: proposal.id })).result).toMatchObject({ state: 'accepted', answer: 'accepted', answeredOn: TODAY });
    await heardAndSigned(worker, proposal.placementId);
    expect((await approve(supervisor, proposal.placementId)).result.state).toBe('approved');
    await harness.sql(`update placements.placements set starts_on = '2026-06-15' where id = $1`, [proposal.placementId]);
    expect((await start(worker, proposal.placementId)).result.state).toBe('active');
    expect(await holdsIn(harness, family.id)).toMatchObject([{ kind: 'placement' }]);
    expect((await reply(worker, { proposalId: proposal.id, answer: 'declined' })).result).toMatchObject({ code: 'PROPOSAL_STATE', details: [{ name: 'state', values: ['moved'] }] });
  });

  it('of another than the first needs a reason', async () => {
    await approvedFamily(harness, { languages: ['khm'] });
    const { family, list } = await listed({ ownChildren: 12 });
    expect(entryOf(list, family.id).rank).toBeGreaterThan(1);
    const { reason: _reason, ...silent } = choiceOf(list, family.id);
    expect((await propose(worker, silent)).result).toMatchObject({ code: 'REASON_NEEDED' });
  });

  it('needs a strategy for every Medium and Low, and for nothing else', async () => {
    const { family, list } = await listed({ ownChildren: 12 });
    const choice = choiceOf(list, family.id);
    expect(choice.strategies.map(({ factor }) => factor)).toEqual(['household_load']);
    expect((await propose(worker, { ...choice, strategies: [] })).result).toMatchObject({ code: 'STRATEGY_MISSING', details: [{ name: 'factors', values: ['household_load'] }] });
    const more = [...choice.strategies, { factor: 'language', text: 'Khmer lessons.' }];
    expect((await propose(worker, { ...choice, strategies: more })).result).toMatchObject({ code: 'STRATEGY_UNKNOWN', details: [{ name: 'factors', values: ['language'] }] });
    expect(await holdsIn(harness, family.id)).toEqual([]);
  });

  it('is refused where the family became unsuitable, is full, or stands on no list', async () => {
    const suspended = await listed();
    await standing(harness, suspended.family.id, 'suspension', '2026-06-01');
    expect((await propose(worker, choiceOf(suspended.list, suspended.family.id))).result).toMatchObject({ code: 'UNSUITABLE', details: [{ name: 'rules', values: ['ASK_SUPERVISOR'] }] });
    expect((await propose(supervisor, choiceOf(suspended.list, suspended.family.id))).result).toMatchObject({ code: 'UNSUITABLE', details: [{ name: 'rules', values: ['SUSPENDED'] }] });
    const full = await listed();
    await placeTaken(harness, full.family.id, 1, '2026-06-20');
    expect((await propose(worker, choiceOf(full.list, full.family.id))).result).toMatchObject({ code: 'PLACE_TAKEN', details: [{ name: 'day', values: ['2026-06-22'] }] });
    const later = await approvedFamily(harness, { languages: ['khm'] });
    expect((await propose(worker, { listId: full.list.id, familyId: later.id, reason: 'New.' })).result).toMatchObject({ code: 'NOT_ON_LIST' });
    expect((await propose(worker, { listId: full.list.id, familyId: newKey(), reason: 'New.' })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('is made and answered by nobody who is related to the family', async () => {
    const tie = (familyId: string) => harness.sql(`insert into carers.family_ties (id, family_id, account_id, relation, declared_on) values ($1, $2, $3, 'sibling', '2026-06-15')`, [newKey(), familyId, worker.accountId]);
    const conflict = { code: 'CONFLICT_OF_INTEREST', details: [{ name: 'how', values: ['relative'] }] };
    const chosen = await listed();
    await tie(chosen.family.id);
    expect((await propose(worker, choiceOf(chosen.list, chosen.family.id))).result).toMatchObject(conflict);
    expect(await holdsIn(harness, chosen.family.id)).toEqual([]);
    expect((await propose(supervisor, choiceOf(chosen.list, chosen.family.id))).result.state).toBe('waiting');
    const { family, proposal } = await proposed();
    await tie(family.id);
    expect((await reply(worker, { proposalId: proposal.id })).result).toMatchObject(conflict);
    const can = async (who: Person) => (await who.send('query ($id: Id!) { proposal(id: $id) { can { act code } } }', { id: proposal.id })).data.proposal.can;
    expect(await can(worker)).toContainEqual({ act: 'match.answer', code: 'CONFLICT_OF_INTEREST' });
    expect(await can(supervisor)).toContainEqual({ act: 'match.answer', code: null });
    expect((await reply(supervisor, { proposalId: proposal.id })).result.state).toBe('accepted');
  });

  it('is refused while another is open, and from a list that is too old', async () => {
    const first = await proposed();
    const other = await approvedFamily(harness, { languages: ['khm'] });
    expect((await propose(worker, { listId: first.list.id, familyId: other.id, reason: 'Nearer.' })).result).toMatchObject({ code: 'ALREADY_PROPOSED' });
    const old = await listed();
    await harness.sql(`update matching.lists set asked_on = '2026-05-31' where id = $1`, [old.list.id]);
    expect((await propose(worker, choiceOf(old.list, old.family.id))).result).toMatchObject({ code: 'LIST_STALE', details: [{ name: 'askedOn', values: ['2026-05-31'] }] });
    await harness.sql(`update matching.lists set asked_on = '2026-06-01', starts_on = '2026-04-30' where id = $1`, [old.list.id]);
    expect((await propose(worker, choiceOf(old.list, old.family.id))).result).toMatchObject({ code: 'LIST_STALE' });
  });

  it('is refused for a child who has died or could not be born yet', async () => {
    const dead = await listed();
    await harness.sql(`update children.children set died_on = '2026-06-14' where id = $1`, [dead.child.id]);
    expect((await propose(worker, choiceOf(dead.list, dead.family.id))).result).toMatchObject({ code: 'AFTER_DEATH' });
    const unborn = await listed();
    await harness.sql(`update matching.lists set starts_on = '2026-05-02' where id = $1`, [unborn.list.id]);
    await harness.sql('delete from placements.gatekeepings where child_id = $1', [unborn.child.id]);
    await harness.sql('delete from placements.care_periods where child_id = $1', [unborn.child.id]);
    await harness.sql('delete from placements.episodes where child_id = $1', [unborn.child.id]);
    await harness.sql(`update children.children set birth_date = '2026-05-10', first_seen_on = '2026-05-11', last_seen_on = '2026-05-11', registered_on = '2026-05-11' where id = $1`, [unborn.child.id]);
    await harness.sql(`update matching.lists set emergency = true where id = $1`, [unborn.list.id]);
    expect((await propose(worker, choiceOf(unborn.list, unborn.family.id))).result).toMatchObject({ code: 'BEFORE_BIRTH' });
  });

  it('is not made of another office\'s list', async () => {
    const { family, list } = await listed();
    expect((await propose(elsewhere, choiceOf(list, family.id))).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it.each([
    ['listId', { listId: null }],
    ['reason', { reason: ' ' }],
    ['strategies', { strategies: [{ factor: 'language', text: 'a' }, { factor: 'language', text: 'b' }] }],
    ['strategies.0.text', { strategies: [{ factor: 'language', text: '' }] }],
  ])('with bad input says which field and holds nothing: %s', async (path, input) => {
    const { family, list } = await listed();
    const answer = await propose(worker, { ...choiceOf(list, family.id), ...input });
    expect(answer.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    if (path !== 'listId') expect(answer.errors?.[0]?.extensions.fields).toMatchObject([{ path }]);
    expect(await holdsIn(harness, family.id)).toEqual([]);
  });

  it('reaches a family of another province, whose file stays closed while the child\'s opens to its office', async () => {
    const { child, proposal } = await proposed({ area: '17100101' });
    expect(proposal.state).toBe('waiting');
    const { data } = await elsewhere.send('query ($id: Id!) { proposal(id: $id) { state placementId } child(id: $child) { id } }'.replace('$id: Id!', '$id: Id!, $child: Id!'), { id: proposal.id, child: child.id });
    expect(data).toEqual({ proposal: { state: 'waiting', placementId: proposal.placementId }, child: { id: child.id } });
  });

  it('is made and read by nobody without the posting', async () => {
    await expectDenied(harness, acts['match.propose'], (who) => propose(who, { listId: newKey(), familyId: newKey() }));
    await expectDenied(harness, acts['match.read'], (who) => who.send('query ($id: Id!) { proposal(id: $id) { id __typename } }', { id: newKey() }));
  });
});

describe('the family\'s answer', () => {
  it('no frees the place, calls the plan off, and the family is not asked for this child again', async () => {
    const { child, family, proposal } = await proposed();
    const requestKey = newKey();
    const answer = { proposalId: proposal.id, answer: 'declined', reason: 'The mother is ill.', requestKey };
    const declined = (await reply(worker, answer)).result;
    expect(declined).toMatchObject({ state: 'declined', answer: 'declined', answeredOn: TODAY, told: 'Her needs, her school, what helps her sleep.', answerReason: 'The mother is ill.' });
    expect((await reply(worker, answer)).result).toEqual(declined);
    expect(await actsOf(proposal.id)).toEqual([{ act: 'match.propose', reason: 'planned' }, { act: 'match.answer', reason: 'declined' }]);
    expect(await holdsIn(harness, family.id)).toEqual([]);
    expect(await stateOf(proposal.placementId)).toEqual({ state: 'cancelled', cancel_reason: 'family_declined' });
    const { result: next } = await ask(worker, { childId: child.id });
    expect(next.excluded.nodes.find(({ familyNumber }: { familyNumber: number }) => familyNumber === family.number).rules.map(({ code }: { code: string }) => code)).toEqual(['FAMILY_DECLINED']);
    const another = await resident(harness);
    expect(entryOf((await ask(worker, { childId: another.id })).result, family.id)).toBeDefined();
    expect((await reply(worker, { proposalId: proposal.id })).result).toMatchObject({ code: 'PROPOSAL_STATE', details: [{ name: 'state', values: ['declined'] }] });
    expect(declined.can).toEqual([{ act: 'match.answer', allowed: false, code: 'PROPOSAL_STATE' }, { act: 'match.recordStrategies', allowed: false, code: 'PROPOSAL_STATE' }]);
  });

  it('is refused before the family has heard everything, and after: needs, behaviour, contact and support, each on its day', async () => {
    const family = await approvedFamily(harness, { languages: ['khm'], places: 1 });
    const child = await resident(harness);
    const { result: list } = await ask(worker, { childId: child.id });
    const { result: proposal } = await propose(worker, choiceOf(list, family.id));
    const refused = (topics: readonly string[]) => ({ code: 'NOT_TOLD', details: [{ name: 'topics', values: topics }] });
    for (const answer of ['accepted', 'declined']) expect((await reply(worker, { proposalId: proposal.id, answer })).result).toMatchObject(refused(['needs', 'behaviour', 'contact', 'support']));
    const words = 'Daily medicine; a monthly clinic.';
    const requestKey = newKey();
    const first = { requestKey, on: '2026-06-12', items: [{ topic: 'needs', words }, { topic: 'behaviour', words: 'Nothing.' }, { topic: 'contact', words: 'Her aunt on Sundays.' }] };
    expect((await tell(worker, proposal.id, first)).result.toldItems).toMatchObject([{ topic: 'needs', words, on: '2026-06-12' }, { topic: 'behaviour' }, { topic: 'contact' }]);
    expect((await tell(worker, proposal.id, first)).result.toldItems).toHaveLength(3);
    expect((await reply(worker, { proposalId: proposal.id })).result).toMatchObject(refused(['support']));
    await tell(worker, proposal.id, { on: TODAY, items: [{ topic: 'support', words: 'The allowance, and a call every week.' }] });
    // What was told today was not told before yesterday's answer.
    expect((await reply(worker, { proposalId: proposal.id, on: '2026-06-14' })).result).toMatchObject(refused(['support']));
    expect((await reply(worker, { proposalId: proposal.id, told: null })).result).toMatchObject({ state: 'accepted', told: 'needs, behaviour, contact, support' });
    expect((await tell(worker, proposal.id, { items: [{ topic: 'needs', words: 'She is HIV positive.' }] })).result).toMatchObject({ code: 'NOT_TO_BE_TOLD', details: [{ name: 'topics', values: ['needs'] }] });
    expect(await harness.sql('select from matching.told_items where proposal_id = $1', [proposal.id])).toHaveLength(4);
    await reply(worker, { proposalId: proposal.id, answer: 'declined' });
    expect((await tell(worker, proposal.id)).result).toMatchObject({ code: 'PROPOSAL_STATE' });
  });

  it('is told by nobody without the posting, of another office, ahead of the day or without words', async () => {
    const { proposal } = await proposed();
    await expectDenied(harness, acts['match.recordTold'], (who) => tell(who, proposal.id));
    expect((await tell(elsewhere, proposal.id)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    for (const [path, input] of [['on', { on: '2026-06-16' }], ['items', { items: [] }], ['items.0.words', { items: [{ topic: 'needs', words: ' ' }] }]] as const) {
      expect((await tell(worker, proposal.id, input)).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path }] });
    }
  });

  it('no is never held against the family: every other child\'s list stays the same, number for number', async () => {
    const others = await Promise.all([1, 2].map(() => approvedFamily(harness, { languages: ['khm'], places: 2, ownChildren: 2 })));
    const { family, proposal } = await proposed({ places: 2, languages: ['khm'] });
    const another = await resident(harness);
    const seen = async () => {
      const list = (await ask(worker, { childId: another.id })).result;
      const { id: _id, searched: _s, ...rest } = list;
      return JSON.stringify({ ...rest, families: list.families.nodes.map((one: object) => ({ ...one, freePlaces: undefined })) });
    };
    // Freed places alone may show: everything a child is ranked by is compared, before it was asked and after its no.
    const withHold = await seen();
    expect((await reply(worker, { proposalId: proposal.id, answer: 'declined', reason: 'Too far from the clinic.' })).result.state).toBe('declined');
    const after = await seen();
    expect(after).toBe(withHold);
    expect(after).toContain(family.id);
    for (const other of others) expect(after).toContain(other.id);
    expect(await harness.sql(`select source_id from carers.standings where family_id = $1 and code = 'declined'`, [family.id])).toEqual([{ source_id: proposal.placements[0].childId }]);
  });

  it.each([
    ['told', { told: '' }],
    ['on', { on: '2026-06-16' }],
    ['on', { on: '2026-04-30' }],
  ])('with bad input says which field and changes nothing: %s', async (path, input) => {
    const { proposal } = await proposed();
    expect((await reply(worker, { proposalId: proposal.id, ...input })).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path }] });
    expect(await harness.sql('select state from matching.proposals where id = $1', [proposal.id])).toEqual([{ state: 'waiting' }]);
  });

  it('is not written by another office, nor by anybody without the posting', async () => {
    const { proposal } = await proposed();
    expect((await reply(elsewhere, { proposalId: proposal.id })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    await expectDenied(harness, acts['match.answer'], (who) => reply(who, { proposalId: newKey() }));
  });
});

describe('an emergency', () => {
  it('holds for a day, and its strategies follow within ten working days', async () => {
    const family = await approvedFamily(harness, { languages: ['khm'], ownChildren: 12 });
    const child = await resident(harness, { gatekept: false });
    await need(harness, child.id, 'wheelchair');
    const { result: list } = await ask(worker, { childId: child.id, emergency: true, startsOn: TODAY });
    const { result: proposal } = await propose(worker, { listId: list.id, familyId: family.id, reason: 'She opened the door at night.' });
    expect(proposal).toMatchObject({ emergency: true, heldUntil: '2026-06-16T03:00:00.000Z', strategies: [], strategiesMissing: ['needs_and_behaviour', 'household_load'] });
    const task = () => harness.sql(`select state, due_on from worklist.tasks where kind = 'matching.strategies' and subject_id = $1`, [proposal.id]);
    expect(await task()).toEqual([{ state: 'open', due_on: '2026-06-29' }]);
    expect((await strategies(worker, { proposalId: proposal.id, strategies: [{ factor: 'language', text: 'x' }] })).result).toMatchObject({ code: 'STRATEGY_UNKNOWN' });
    const requestKey = newKey();
    const first = { proposalId: proposal.id, requestKey, strategies: [{ factor: 'household_load', text: 'A neighbour helps.' }] };
    expect((await strategies(worker, first)).result).toMatchObject({ strategiesMissing: ['needs_and_behaviour'] });
    expect((await strategies(worker, first)).result).toMatchObject({ strategiesMissing: ['needs_and_behaviour'] });
    expect(await task()).toMatchObject([{ state: 'open' }]);
    await strategies(worker, { proposalId: proposal.id, strategies: [{ factor: 'needs_and_behaviour', text: 'A ramp.' }] });
    expect(await task()).toMatchObject([{ state: 'done' }]);
    expect(await actsOf(proposal.id)).toHaveLength(3);
    await tell(worker, proposal.id, { items: [{ topic: 'needs', words: 'A ramp.' }] });
    await reply(worker, { proposalId: proposal.id, answer: 'declined' });
    expect((await strategies(worker, first.strategies === undefined ? {} : { ...first, requestKey: newKey() })).result).toMatchObject({ code: 'PROPOSAL_STATE' });
  });

  it('strategies are written by nobody without the posting, and not without words', async () => {
    await expectDenied(harness, acts['match.recordStrategies'], (who) => strategies(who, { proposalId: newKey(), strategies: [{ factor: 'language', text: 'x' }] }));
    expect((await strategies(worker, { proposalId: newKey(), strategies: [] })).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'strategies' }] });
    expect((await strategies(worker, { proposalId: newKey(), strategies: [{ factor: 'language', text: 'x' }] })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });
});

describe('a hold that runs out', () => {
  it('frees the place, calls the plan off and tells the worker, once', async () => {
    const { family, proposal } = await proposed();
    const kept = await proposed();
    await sweep();
    expect((await stateOf(proposal.placementId))?.state).toBe('planned');
    await harness.sql(`update carers.place_occupancies set expires_at = '2026-06-15T02:00:00Z' where occupant_id = $1`, [proposal.placementId]);
    await harness.sql(`update matching.proposals set held_until = '2026-06-15T02:00:00Z' where id = any ($1::uuid[])`, [[proposal.id, kept.proposal.id]]);
    await sweep();
    await sweep();
    expect(await harness.sql('select state, ended_on from matching.proposals where id = $1', [proposal.id])).toEqual([{ state: 'lapsed', ended_on: TODAY }]);
    expect(await stateOf(proposal.placementId)).toEqual({ state: 'cancelled', cancel_reason: 'hold_lapsed' });
    expect(await holdsIn(harness, family.id)).toEqual([]);
    expect(await harness.sql(`select account_id, reason from worklist.inbox where kind = 'matching.hold_lapsed'`)).toEqual([{ account_id: worker.accountId, reason: 'told' }]);
    expect((await actsOf(proposal.id)).map(({ act }) => act)).toEqual(['match.propose', 'system:matching.lapsed_holds']);
    // The other place is held longer than the proposal knew: it stays.
    expect(await harness.sql('select state, held_until from matching.proposals where id = $1', [kept.proposal.id])).toEqual([{ state: 'waiting', held_until: new Date('2026-06-28T17:00:00Z') }]);
  });

  it('leaves alone what a supervisor has approved', async () => {
    const { proposal } = await proposed();
    await heardAndSigned(worker, proposal.placementId);
    await approve(supervisor, proposal.placementId);
    await harness.sql(`update matching.proposals set held_until = '2026-06-15T02:00:00Z' where id = $1`, [proposal.id]);
    await sweep();
    expect(await harness.sql('select state, held_until from matching.proposals where id = $1', [proposal.id])).toEqual([{ state: 'waiting', held_until: null }]);
    expect((await stateOf(proposal.placementId))?.state).toBe('approved');
  });
});

describe('a plan that is called off', () => {
  it('ends its proposal, however often the register looks', async () => {
    const { proposal, family } = await proposed();
    const follow = () => queue.uow.system(systemActor('matching.proposals'), 'test', (op) => harness.app.get(ProposalsService, { strict: false }).follow(op, proposal.placementId));
    await follow();
    expect(await harness.sql('select state from matching.proposals where id = $1', [proposal.id])).toEqual([{ state: 'waiting' }]);
    await cancel(worker, proposal.placementId, { reason: 'child_asked' });
    await follow();
    await follow();
    expect(await harness.sql('select state, ended_on from matching.proposals where id = $1', [proposal.id])).toEqual([{ state: 'withdrawn', ended_on: TODAY }]);
    expect((await actsOf(proposal.id)).map(({ reason }) => reason)).toEqual(['planned', 'withdrawn']);
    expect(await holdsIn(harness, family.id)).toEqual([]);
    expect((await reply(worker, { proposalId: proposal.id })).result).toMatchObject({ code: 'PROPOSAL_STATE' });
  });
});
