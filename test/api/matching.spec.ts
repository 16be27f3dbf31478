import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acts } from '../../src/matching/matching.policy.js';
import { rank } from '../../src/matching/ranking.domain.js';
import type { AskedGroup, RankedFamily, Weights } from '../../src/matching/ranking.domain.js';
import { contactRisk, need, objection, siblings } from '../support/given-children.js';
import { activePlacement, resident } from '../support/given-placements.js';
import { approvedFamily, placeTaken, standing } from '../support/given.js';
import type { ArrangedFamily, FamilyWanted } from '../support/given.js';
import { Harness, newKey } from '../support/harness.js';
import { LIST, STARTS, ask, choiceOf, entryOf, propose } from '../support/match-calls.js';
import { arrangeOffices, expectDenied, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';

let harness: Harness;
let offices: Offices;
let worker: Person;
let supervisor: Person;
let elsewhere: Person;

beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  worker = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
  supervisor = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
  elsewhere = await signedIn(harness, { role: 'social_worker', office: offices.siemReapTown });
});
afterAll(() => harness.stop());

const family = (wanted: FamilyWanted = {}): Promise<ArrangedFamily> => approvedFamily(harness, { languages: ['khm'], ...wanted });
const actsOf = (subject: string) => harness.sql<{ act: string; reason: string | null }>('select act, reason from platform.acts where subject_id = $1 order by seq', [subject]);
const rulesOf = (list: { excluded: { nodes: { familyNumber: number; rules: { code: string }[] }[] } }, one: ArrangedFamily): string[] =>
  (list.excluded.nodes.find(({ familyNumber }) => familyNumber === one.number)?.rules ?? []).map(({ code }) => code);
const relative = (childId: string, areaCode: string): Promise<object[]> =>
  harness.sql(`insert into children.relatives (id, child_id, relation, name_latin, whereabouts, area_code, contact) values (uuidv7(), $1, 'grandparent', 'Chan Yeay', 'known', $2, 'wanted')`, [childId, areaCode]);
const read = (who: Person, id: string, language: 'km' | 'en' = 'en') => who.send(`query ($id: Id!) { matchList(id: $id) { ...All } } fragment All on ${LIST}`, { id }, language);

describe('a list of families', () => {
  it('ranks who meets every hard rule, with each factor\'s value, weight and contribution, and is written down', async () => {
    const [near, far, loaded] = [await family(), await family({ area: '17100101' }), await family({ ownChildren: 5 })];
    const child = await resident(harness);
    await relative(child.id, '020301');
    const requestKey = newKey();
    const { result: list } = await ask(worker, { childId: child.id, requestKey });
    expect(list).toMatchObject({ childId: child.id, childIds: [child.id], askedOn: '2026-06-15', startsOn: STARTS, emergency: false, gatekeepingComplete: true, weightsVersion: 1, kinFirst: [] });
    expect(list.weights.reduce((sum: number, { weight }: { weight: number }) => sum + weight, 0)).toBe(100);
    expect(list.weights[0]).toEqual({ code: 'needs_and_behaviour', label: 'needs and behaviour', weight: 27 });
    const [first, second, third] = [entryOf(list, near.id), entryOf(list, loaded.id), entryOf(list, far.id)];
    expect([first.rank < second.rank, second.rank < third.rank]).toEqual([true, true]);
    for (const entry of list.families.nodes) {
      expect(entry.factors.reduce((sum: number, { contribution }: { contribution: number }) => sum + contribution, 0)).toBe(entry.score);
      for (const { value, weight, contribution } of entry.factors) expect(contribution).toBe(value * weight);
    }
    const factor = (entry: { factors: { code: string }[] }, code: string) => entry.factors.find((one) => one.code === code);
    expect(factor(first, 'nearness')).toEqual({ code: 'nearness', label: 'near the people she will see', value: 900, weight: 14, contribution: 12_600, band: 'High', missing: false });
    // 80.4 km from one commune's middle to the other's.
    expect(factor(third, 'nearness')).toMatchObject({ value: 220, band: 'Low', missing: false });
    expect(factor(second, 'household_load')).toMatchObject({ value: 250, band: 'Low' });
    expect(factor(first, 'same_school')).toMatchObject({ value: 500, band: 'Unknown', missing: true });
    expect(third.strategiesNeeded).toEqual(['nearness', 'continuity_of_worker']);
    expect(await actsOf(list.id)).toEqual([{ act: 'match.ask', reason: 'planned' }]);
    expect((await ask(worker, { childId: child.id, requestKey })).result).toEqual(list);
    expect(await actsOf(list.id)).toHaveLength(1);
    expect((await harness.sql(`select operation from platform.reads where subject_id = $1 and operation = 'matchList'`, [child.id])).length).toBeGreaterThan(0);
  });

  it('weighs needs against what the family is approved for and has experience with', async () => {
    const child = await resident(harness);
    await need(harness, child.id, 'daily_medicine', 2);
    await need(harness, child.id, 'learning_support', 1);
    const [approved, experienced, neither] = [await family({ needs: ['daily_medicine', 'learning_support'] }), await family({ experience: ['daily_medicine'] }), await family()];
    const { result: list } = await ask(worker, { childId: child.id });
    const value = (one: ArrangedFamily): number => entryOf(list, one.id).factors[0].value;
    expect([value(approved), value(experienced), value(neither)]).toEqual([1000, 600, 200]);
  });

  it('says of every other family every rule that stands against it, in both languages', async () => {
    const child = await resident(harness);
    const wrong = await family({ sexes: ['male'], oldest: 5, languages: ['jra'], certifiedUntil: '2026-01-01' });
    const full = await family({ places: 1 });
    await placeTaken(harness, full.id, 1, '2026-01-01');
    const { result: list } = await ask(worker, { childId: child.id });
    expect([entryOf(list, wrong.id), entryOf(list, full.id)]).toEqual([undefined, undefined]);
    expect(rulesOf(list, wrong)).toEqual(['CERTIFICATE_EXPIRED', 'TERMS', 'NO_SHARED_LANGUAGE']);
    expect(rulesOf(list, full)).toEqual(['NO_PLACE']);
    const told = list.excluded.nodes.find(({ familyNumber }: { familyNumber: number }) => familyNumber === full.number);
    expect(told.rules).toEqual([{ code: 'NO_PLACE', message: `The family has no free place from ${STARTS} on.`, toChange: 'Choose another family, another start day, or wait until a place is free.' }]);
    const khmer = (await read(worker, list.id, 'km')).data.matchList;
    expect(khmer.excluded.nodes.find(({ familyNumber }: { familyNumber: number }) => familyNumber === full.number).rules[0].message).toBe(`គ្រួសារគ្មានកន្លែងទំនេរចាប់ពីថ្ងៃ ${STARTS}។`);
    expect(list.failedRules.find(({ code }: { code: string }) => code === 'NO_PLACE')).toMatchObject({ message: 'no free place', count: expect.any(Number) });
    expect(list.searched).toBe(list.eligible + list.excluded.nodes.length);
  });

  it('masks what rests on a contact risk or a suspension for who may not know it', async () => {
    const child = await resident(harness);
    const [feared, suspended, unwanted] = [await family({ area: '02010101' }), await family(), await family()];
    await contactRisk(harness, child.id, { familyId: feared.id });
    await standing(harness, suspended.id, 'suspension', '2026-06-01');
    await objection(harness, child.id, unwanted.id);
    const { result: list } = await ask(worker, { childId: child.id });
    expect([rulesOf(list, feared), rulesOf(list, suspended), rulesOf(list, unwanted)]).toEqual([['ASK_SUPERVISOR'], ['ASK_SUPERVISOR'], ['CHILD_OBJECTED']]);
    expect(list.excluded.nodes.find(({ familyNumber }: { familyNumber: number }) => familyNumber === feared.number).rules[0].message).toBe('Not available. Ask the supervisor.');
    const codes = (from: { failedRules: { code: string }[] }): string[] => from.failedRules.map(({ code }) => code);
    expect(codes(list)).toContain('ASK_SUPERVISOR');
    expect(codes(list).filter((code) => ['CONTACT_RISK', 'SUSPENDED'].includes(code))).toEqual([]);
    const known = (await read(supervisor, list.id)).data.matchList;
    expect([rulesOf(known, feared), rulesOf(known, suspended)]).toEqual([['CONTACT_RISK'], ['SUSPENDED']]);
    // How many are suspended over the whole country is the ministry's to know.
    expect(codes(known)).toEqual(expect.arrayContaining(['CONTACT_RISK', 'ASK_SUPERVISOR']));
    expect(codes(known)).not.toContain('SUSPENDED');
    const far = await family({ area: '17100101' });
    await standing(harness, far.id, 'suspension', '2026-06-01');
    const { result: wide } = await ask(supervisor, { childId: child.id });
    expect([rulesOf(wide, suspended), rulesOf(wide, far)]).toEqual([['SUSPENDED'], ['ASK_SUPERVISOR']]);
  });

  it('gives the same numbers to the last digit after everything behind it has changed', async () => {
    const child = await resident(harness);
    await relative(child.id, '020301');
    const one = await family({ religion: 'buddhist' });
    const { result: list } = await ask(worker, { childId: child.id });
    await harness.sql(`update carers.families set languages = '{jra}', own_children = 9, religion = null where id = $1`, [one.id]);
    await harness.sql(`update children.children set languages = '{cjm}', religion = 'muslim' where id = $1`, [child.id]);
    await standing(harness, one.id, 'suspension', '2026-06-01');
    await harness.sql(`update platform.settings set during = '[1900-01-01,2026-06-15)' where name = 'matching.weights'`);
    await harness.sql(`insert into platform.settings (name, during, value, citation)
      select name, '[2026-06-15,)', '{"version": 2, "weights": {"needs_and_behaviour": 0, "siblings_together": 0, "nearness": 100, "language": 0, "same_school": 0, "already_known": 0, "age_preference": 0,
        "length_of_placement": 0, "religion_culture": 0, "household_load": 0, "continuity_of_worker": 0}}', 'a test' from platform.settings where name = 'matching.weights'`);
    const again = (await read(worker, list.id)).data.matchList;
    const newer = (await ask(worker, { childId: child.id })).result;
    await harness.sql(`delete from platform.settings where name = 'matching.weights' and not during @> '2000-01-01'::date`);
    await harness.sql(`update platform.settings set during = '[1900-01-01,)' where name = 'matching.weights'`);
    expect({ __typename: 'MatchList', ...again }).toEqual(list);
    expect(newer.weightsVersion).toBe(2);
    expect(entryOf(newer, one.id)).toBeUndefined();
    // And the ranking itself, made once more from what is stored.
    const [kept] = await harness.sql<{ asked: AskedGroup; weights: Weights }>('select asked, weights from matching.lists where id = $1', [list.id]);
    const entries = await harness.sql<{ facts: RankedFamily; score: number }>('select facts, score from matching.entries where list_id = $1 order by rank', [list.id]);
    if (kept === undefined) throw new Error('the list is not there');
    const made = rank(kept.asked, entries.map(({ facts }) => facts).reverse(), kept.weights);
    expect(made.map(({ family: { id }, score }) => [id, score])).toEqual(entries.map(({ facts, score }) => [facts.id, score]));
  });

  it('hides names until the file is opened, and opens only those of the own offices', async () => {
    const [own, other] = [await family({ nameLatin: 'Secret Household' }), await family({ area: '17100201', nameLatin: 'Distant Household' })];
    const child = await resident(harness);
    const list = await ask(worker, { childId: child.id });
    expect(list.text).not.toContain('Household');
    const reads = () => harness.sql<{ subject_id: string }>(`select subject_id from platform.reads where subject_kind = 'family' and subject_id = any ($1::uuid[])`, [[own.id, other.id]]);
    expect(await reads()).toEqual([]);
    const { data } = await worker.send('query ($id: Id!) { matchList(id: $id) { families(first: 100) { nodes { familyId family { nameLatin } } } } }', { id: list.result.id });
    expect(entryOf(data.matchList, own.id).family).toEqual({ nameLatin: 'Secret Household' });
    expect(entryOf(data.matchList, other.id).family).toBeNull();
    expect(await reads()).toEqual([{ subject_id: own.id }]);
  });

  it('is paged', async () => {
    const child = await resident(harness);
    const { result: list } = await ask(worker, { childId: child.id });
    const page = async (field: string, key: string, after?: string) => (await worker.send(`query ($id: Id!, $after: String) { matchList(id: $id) { page: ${field}(first: 2, after: $after) { nodes { ${key} } pageInfo { hasNextPage endCursor } } } }`, { id: list.id, after })).data.matchList.page;
    for (const [field, key] of [['families', 'rank'], ['excluded', 'familyNumber']] as const) {
      const seen: number[] = [];
      for (let next = await page(field, key); ; next = await page(field, key, next.pageInfo.endCursor)) {
        seen.push(...next.nodes.map((node: Record<string, number>) => node[key]));
        if (!next.pageInfo.hasNextPage) break;
      }
      expect(seen).toEqual(list[field].nodes.map((node: Record<string, number>) => node[key]));
    }
  });

  it('puts assessed kin and former carers first, apart and without a score', async () => {
    const child = await resident(harness);
    const former = await family();
    const past = await activePlacement(harness, { child, family: former, startsOn: '2026-03-01' });
    await harness.sql(`update placements.placements set state = 'ended', ended_on = '2026-05-01', end_reason = 'carer_illness' where id = $1`, [past.id]);
    await harness.sql('delete from carers.place_occupancies where family_id = $1', [former.id]);
    const [kin] = await harness.sql<{ id: string }>(`insert into children.relatives (id, child_id, relation, name_latin, whereabouts) values (uuidv7(), $1, 'aunt_uncle', 'Chan Ming', 'known') returning id`, [child.id]);
    await harness.sql(
      `insert into placements.options (id, gatekeeping_id, option, outcome, reason, relative_id, on_day, recorded_by) values (uuidv7(), $1, 'kin', 'chosen', 'She wants her.', $2, '2026-06-01', $3)`,
      [child.gatekeepingId, kin?.id, worker.accountId],
    );
    const { result: list } = await ask(worker, { childId: child.id });
    expect(list.kinFirst).toEqual([
      { kind: 'assessed_kin', relativeId: kin?.id, familyId: null, familyNumber: null, areaCode: null, freePlaces: null },
      { kind: 'former_carer', relativeId: null, familyId: former.id, familyNumber: former.number, areaCode: '020301', freePlaces: 2 },
    ]);
    expect(entryOf(list, former.id)).toBeUndefined();
    // The first stranger is not the first any more, and a former carer needs neither reason nor strategy.
    const [stranger] = list.families.nodes;
    const { reason: _reason, ...silent } = choiceOf(list, stranger.familyId);
    expect((await propose(worker, silent)).result).toMatchObject({ code: 'REASON_NEEDED' });
    expect((await propose(worker, { listId: list.id, familyId: former.id })).result).toMatchObject({ __typename: 'Proposal', rank: null, strategies: [] });
  });
});

describe('siblings', () => {
  it('are asked for together: places for all first, then who needs an exemption', async () => {
    const [one, two] = [await resident(harness), await resident(harness, { birthDate: '2016-05-01' })];
    await siblings(harness, [one.id, two.id]);
    const [both, single] = [await family({ ownChildren: 9 }), await family({ places: 1 })];
    const { result: list } = await ask(worker, { childId: one.id });
    expect([...list.childIds].sort()).toEqual([one.id, two.id].sort());
    expect(entryOf(list, both.id)).toMatchObject({ placesForAll: true });
    expect(entryOf(list, single.id)).toMatchObject({ placesForAll: false, freePlaces: 1 });
    expect(entryOf(list, both.id).rank).toBeLessThan(entryOf(list, single.id).rank);
    expect((await propose(worker, choiceOf(list, single.id))).result).toMatchObject({ code: 'PLACES_MISSING', details: [{ name: 'children', values: ['2'] }] });
    const { result: proposal } = await propose(worker, choiceOf(list, both.id));
    expect(proposal.placements.map(({ childId }: { childId: string }) => childId)).toEqual([one.id, two.id].sort());
    expect(await harness.sql(`select kind from carers.place_occupancies where family_id = $1`, [both.id])).toEqual([{ kind: 'hold' }, { kind: 'hold' }]);
  });

  it('are matched apart only by a supervisor, with her reason', async () => {
    const [one, two] = [await resident(harness), await resident(harness)];
    await siblings(harness, [one.id, two.id]);
    expect((await ask(worker, { childId: one.id, apartReason: 'He asks for it.' })).result).toMatchObject({ code: 'SPLIT_NEEDS_SUPERVISOR' });
    const { result: list } = await ask(supervisor, { childId: one.id, apartReason: 'He asks for it.' });
    expect(list).toMatchObject({ childIds: [one.id], apartReason: 'He asks for it.' });
    expect(list.families.nodes[0].factors[1]).toMatchObject({ code: 'siblings_together', value: 0, band: 'Low' });
  });

  it('draw the list to the family where one of them lives', async () => {
    const home = await family({ places: 3 });
    const [one, placed] = [await resident(harness), await resident(harness)];
    await siblings(harness, [one.id, placed.id]);
    await activePlacement(harness, { child: placed, family: home });
    const { result: list } = await ask(worker, { childId: one.id });
    const factors = Object.fromEntries(entryOf(list, home.id).factors.map(({ code, value }: { code: string; value: number }) => [code, value]));
    expect(factors).toMatchObject({ siblings_together: 1000, nearness: 900, already_known: 1000 });
    expect(list.families.nodes[0].familyId).toBe(home.id);
  });
});

describe('asking for families', () => {
  it('is refused without gatekeeping, but not in an emergency, and says so', async () => {
    const child = await resident(harness, { gatekept: false });
    expect((await ask(worker, { childId: child.id })).result).toMatchObject({ code: 'GATEKEEPING_INCOMPLETE', details: [{ name: 'children', values: ['1'] }] });
    expect((await ask(worker, { childId: child.id, emergency: true })).result).toMatchObject({ emergency: true, gatekeepingComplete: false });
  });

  it('is refused for who is not born yet, has died, or has a plan', async () => {
    const unborn = await resident(harness, { birthDate: '2026-05-20', firstSeenOn: '2026-05-21', from: '2026-05-21' });
    expect((await ask(worker, { childId: unborn.id, startsOn: '2026-05-19' })).result).toMatchObject({ code: 'BEFORE_BIRTH' });
    const dead = await resident(harness);
    await harness.sql(`update children.children set died_on = '2026-06-10', last_seen_on = '2026-06-01' where id = $1`, [dead.id]);
    expect((await ask(worker, { childId: dead.id })).result).toMatchObject({ code: 'AFTER_DEATH', details: [{ name: 'diedOn', values: ['2026-06-10'] }] });
    const child = await resident(harness);
    const [top] = [await family()];
    const { result: list } = await ask(worker, { childId: child.id });
    await propose(worker, choiceOf(list, top.id));
    expect((await ask(worker, { childId: child.id })).result).toMatchObject({ code: 'ALREADY_PROPOSED' });
  });

  it('is refused in Khmer to who asks in Khmer', async () => {
    const child = await resident(harness, { gatekept: false });
    const { result } = await worker.act('askForFamilies', { childId: child.id, startsOn: STARTS }, 'MatchList { id }', 'MatchingRefused', 'km');
    expect(result.message).toContain('ការសម្រេចអំពីជម្រើសថែទាំមិនទាន់បញ្ចប់');
  });

  it('is not answered for another office\'s child, nor is her list', async () => {
    const child = await resident(harness);
    expect((await ask(elsewhere, { childId: child.id })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    const { result: list } = await ask(worker, { childId: child.id });
    expect((await read(elsewhere, list.id)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it.each([
    ['startsOn', { startsOn: '2026-04-30' }],
    ['apartReason', { apartReason: ' ' }],
    ['requestKey', { requestKey: 'x' }],
  ])('with bad input says which field and keeps nothing: %s', async (path, input) => {
    const child = await resident(harness);
    const answer = await ask(worker, { childId: child.id, ...input });
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path }] });
    expect(await harness.sql('select id from matching.lists where child_id = $1', [child.id])).toEqual([]);
  });

  it('is done and read by nobody without the posting', async () => {
    await expectDenied(harness, acts['match.ask'], (who) => ask(who as Person, { childId: newKey() }));
    await expectDenied(harness, acts['match.read'], (who) => read(who as Person, newKey()));
  });

  it('keeps the lists on the child', async () => {
    const child = await resident(harness);
    const { result: list } = await ask(worker, { childId: child.id });
    const { data } = await worker.send('query ($id: Id!) { child(id: $id) { matchLists { id } proposals { id } } }', { id: child.id });
    expect(data.child).toEqual({ matchLists: [{ id: list.id }], proposals: [] });
  });
});
