import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acts } from '../../src/children/children.policy.js';
import { newId } from '../../src/kernel/ids.js';
import { OverlapsWatch } from '../../src/placements/overlaps.js';
import { systemActor } from '../../src/platform/auth/roles.js';
import { registeredChild, siblings } from '../support/given-children.js';
import type { GivenChild } from '../support/given-children.js';
import { Harness, newKey } from '../support/harness.js';
import type { Client, Outcome } from '../support/harness.js';
import { arrangeInstitution, arrangeOffices, expectDenied, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';
import { asWorker } from '../support/worker.js';
import type { WorkerDatabase } from '../support/worker.js';

let harness: Harness;
let offices: Offices;
let institution: string;
let worker: Person;
let supervisor: Person;
let para: Person;
let elsewhere: Person;
let queue: WorkerDatabase;

beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  institution = await arrangeInstitution(harness);
  worker = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
  supervisor = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
  para = await signedIn(harness, { role: 'para_social_worker', institution });
  elsewhere = await signedIn(harness, { role: 'social_worker', office: offices.siemReapTown });
  queue = await asWorker(harness);
});
afterAll(async () => {
  await queue.close();
  await harness.stop();
});

const TODAY = '2026-06-15';
const HINT = 'possibleDuplicates { child { id } officeId score agrees contradicts }';
const FILE = `Child { id number mergedInto { number on reason child { id } } mergedFiles { number child { id } } ${HINT} }`;
const differ = (who: Client, input: object): Promise<Outcome> => who.act('recordKnownDifferent', { on: TODAY, ...input }, FILE, 'ChildrenRefused');
const merge = (who: Client, input: object): Promise<Outcome> => who.act('mergeChildren', { on: TODAY, reason: 'Canary: her aunt knows both papers.', ...input }, FILE, 'ChildrenRefused');
const undo = (who: Client, input: object): Promise<Outcome> => who.act('undoMerge', { on: TODAY, reason: 'Canary: two girls came.', ...input }, FILE, 'ChildrenRefused');
const hints = async (who: Client, id: string) => (await who.send(`query ($id: Id!) { child(id: $id) { ${HINT} } }`, { id })).data.child?.possibleDuplicates;
const codeOf = (answer: { errors?: Outcome['errors'] }) => answer.errors?.[0]?.extensions.code;
const tasksOf = async (id: string) => (await harness.sql<{ kind: string; state: string }>('select kind, state from worklist.tasks where subject_id = $1 order by opened_at, state', [id])).map(({ kind, state }) => `${kind} ${state}`);
const actsOf = (id: string) => harness.sql<{ act: string; reason: string | null }>('select act, reason from platform.acts where subject_id = $1 order by seq', [id]);

let made = 0;
/** Children of one name that nobody else bears, given by the owner. */
async function namesakes(...given: GivenChild[]): Promise<string[]> {
  const name = `Bearer ${['Oudom', 'Vicheka', 'Bopha', 'Kiri', 'Mealea', 'Rotha', 'Sovann', 'Tevy', 'Visal', 'Chanmony', 'Dalin', 'Evi'][(made += 1)] ?? `Number${made}`}`;
  const ids: string[] = [];
  for (const one of given) ids.push((await registeredChild(harness, { institution, nameKm: null, nameLatin: name, ...one })).id);
  return ids;
}

describe('a possible duplicate', () => {
  it('is named with what agrees and what contradicts, the likeliest first', async () => {
    const [her, same, boy, older] = await namesakes({}, {}, { sex: 'male' }, { birthDate: '2009-02-11' });
    await registeredChild(harness, { institution, nameKm: null, nameLatin: 'Nobody Alike', birthDate: '2014-02-11' });
    expect(await hints(worker, her ?? '')).toEqual([
      { child: { id: same }, officeId: offices.battambangTown, score: 85, agrees: ['whole_name', 'rare_name', 'birth_day'], contradicts: [] },
      { child: { id: boy }, officeId: offices.battambangTown, score: 60, agrees: ['whole_name', 'rare_name', 'birth_day'], contradicts: ['sex'] },
    ]);
    expect(older).toBeDefined();
    const reads = await harness.sql<{ subject_kind: string }>('select subject_kind from platform.reads where subject_id = $1 and actor_id = $2', [her, worker.accountId]);
    expect(reads.map(({ subject_kind: kind }) => kind)).toContain('child.duplicates');
    const denied = await para.send(`query ($id: Id!) { child(id: $id) { ${HINT} } }`, { id: her });
    expect([denied.data.child.possibleDuplicates, codeOf(denied)]).toEqual([null, 'FORBIDDEN']);
  });

  it('whose file the caller may not see is an office to be asked, and nothing more', async () => {
    const [mine] = await namesakes({});
    const [row] = await harness.sql<{ name: string }>('select name_latin as name from children.children where id = $1', [mine]);
    const other = await registeredChild(harness, { institution: null, office: offices.siemReapTown, nameKm: null, nameLatin: row?.name ?? '', birthDate: '2014-02-11' });
    const found = await worker.send(`query ($id: Id!) { child(id: $id) { ${HINT} } }`, { id: mine });
    expect(found.data.child.possibleDuplicates).toContainEqual({ child: null, officeId: offices.siemReapTown, score: null, agrees: [], contradicts: [] });
    expect(found.text).not.toContain(other.id);
    expect(codeOf(await merge(supervisor, { keptId: mine, otherId: other.id }))).toBe('NOT_FOUND');
    expect(codeOf(await differ(worker, { childId: mine, otherId: other.id }))).toBe('NOT_FOUND');
  });

  it('is a task for the office when a child is registered or described, until somebody says what is true', async () => {
    const [known, described] = await namesakes({}, { nameLatin: 'Someone Else' });
    const [row] = await harness.sql<{ name: string }>('select name_latin as name from children.children where id = $1', [known]);
    const input = { childId: described, version: 1, nameLatin: row?.name };
    expect((await worker.act('describeChild', input, 'Child { id }', 'ChildrenRefused')).result.id).toBe(described);
    expect(await tasksOf(described ?? '')).toEqual(['children.possible_duplicate open']);
    const registered = await para.act('registerResident', {
      institutionId: institution, nameLatin: row?.name, sex: 'female', birth: { date: '2014-02-11', precision: 'day', basis: 'told_by_others' }, seenOn: TODAY, arrivedPrecision: 'day',
    }, 'Child { id }', 'PlacementsRefused');
    const id: string = registered.result.id;
    expect(await tasksOf(id)).toContain('children.possible_duplicate open');
    expect((await differ(worker, { childId: id, otherId: known })).result.possibleDuplicates).toHaveLength(1);
    expect(await tasksOf(id)).toContain('children.possible_duplicate open');
    expect((await differ(worker, { childId: described, otherId: id })).result.possibleDuplicates).toHaveLength(1);
    expect(await tasksOf(id)).toContain('children.possible_duplicate done');
  });
});

describe('two children', () => {
  it('who are known to be two are no longer named to each other, from either side', async () => {
    const [one, two] = await namesakes({}, {});
    const input = { childId: two, otherId: one, requestKey: newKey() };
    expect((await differ(worker, input)).result).toMatchObject({ id: two, possibleDuplicates: [] });
    expect((await differ(worker, input)).result.id).toBe(two);
    expect(await hints(worker, one ?? '')).toEqual([]);
    expect(await actsOf(two ?? '')).toEqual([{ act: 'child.recordKnownDifferent', reason: 'different' }]);
    expect((await differ(worker, { childId: one, otherId: two })).result.code).toBe('ALREADY_DIFFERENT');
    expect((await merge(supervisor, { keptId: one, otherId: two })).result).toMatchObject({ code: 'KNOWN_DIFFERENT', details: [{ name: 'on', values: [TODAY] }] });
    expect(codeOf(await differ(worker, { childId: one, otherId: one }))).toBe('BAD_USER_INPUT');
    expect(codeOf(await differ(worker, { childId: one, otherId: two, on: '2026-06-16' }))).toBe('BAD_USER_INPUT');
    expect(codeOf(await differ(elsewhere, { childId: one, otherId: two }))).toBe('NOT_FOUND');
  });
});

describe('a merge', () => {
  it('links two files to one person, leaves both, and is undone', async () => {
    const [kept, other] = await namesakes({}, { nameLatin: 'Written Otherwise' });
    const numbers = await harness.sql<{ id: string; number: number }>('select id, number from children.children where id = any ($1)', [[kept, other]]);
    const numberOf = (id: string | undefined): number => numbers.find((row) => row.id === id)?.number ?? 0;
    const input = { keptId: kept, otherId: other, requestKey: newKey() };
    for (const answer of [await merge(supervisor, input), await merge(supervisor, input)]) {
      expect(answer.result).toMatchObject({ id: kept, mergedInto: null, mergedFiles: [{ number: numberOf(other), child: { id: other } }], possibleDuplicates: [] });
    }
    expect(await actsOf(kept ?? '')).toEqual([{ act: 'child.merge', reason: 'merged' }]);
    const found = await worker.send('{ searchChildren(name: "Written Otherwise") { id mergedIntoNumber } }');
    expect(found.data.searchChildren).toEqual([{ id: other, mergedIntoNumber: numberOf(kept) }]);
    const file = await worker.send('query ($id: Id!) { child(id: $id) { nameLatin mergedInto { number on reason child { id } } } }', { id: other });
    expect(file.data.child).toEqual({ nameLatin: 'Written Otherwise', mergedInto: { number: numberOf(kept), on: TODAY, reason: 'Canary: her aunt knows both papers.', child: { id: kept } } });
    expect((await differ(worker, { childId: other, otherId: kept })).result.code).toBe('ALREADY_MERGED');
    expect((await undo(supervisor, { otherId: other, on: '2026-06-14' })).result.code).toBe('DATES_REVERSED');
    const parted = { otherId: other, requestKey: newKey() };
    expect((await undo(supervisor, parted)).result).toMatchObject({ id: other, mergedInto: null });
    expect((await undo(supervisor, parted)).result.id).toBe(other);
    expect((await undo(supervisor, { otherId: other })).result.code).toBe('NOT_MERGED');
    expect(await harness.sql('select undone_on, undone_by from children.merges where other_id = $1', [other])).toEqual([{ undone_on: TODAY, undone_by: supervisor.accountId }]);
    expect((await actsOf(kept ?? '')).map(({ reason }) => reason)).toEqual(['merged', 'parted']);
    expect((await merge(supervisor, { keptId: other, otherId: kept })).result.id).toBe(other);
  });

  it('is one step long', async () => {
    const [first, second, third] = await namesakes({}, {}, {});
    expect((await merge(supervisor, { keptId: first, otherId: second })).result.id).toBe(first);
    expect((await merge(supervisor, { keptId: third, otherId: second })).result.code).toBe('ALREADY_MERGED');
    expect((await merge(supervisor, { keptId: second, otherId: third })).result.code).toBe('ALREADY_MERGED');
    expect((await merge(supervisor, { keptId: third, otherId: first })).result.code).toBe('OTHERS_MERGED');
    expect((await merge(supervisor, { keptId: first, otherId: third })).result.mergedFiles).toHaveLength(2);
  });

  it('of possible twins needs a word about it', async () => {
    const [one, two] = await namesakes({}, {});
    await siblings(harness, [one ?? '', two ?? '']);
    expect((await merge(supervisor, { keptId: one, otherId: two })).result).toMatchObject({ code: 'TWINS_POSSIBLE', details: [{ name: 'signs', values: ['siblings'] }] });
    expect((await merge(supervisor, { keptId: one, otherId: two, noTwins: true })).result.id).toBe(one);
    const [three, four] = await namesakes({}, { birthPrecision: 'year' });
    for (const id of [three, four]) {
      await harness.sql(`insert into children.relatives (id, child_id, relation, name_latin, whereabouts) values ($1, $2, 'mother', $3, 'unknown')`, [newId(), id, id === three ? 'Chea Sokha' : 'chea sokha']);
    }
    expect((await merge(supervisor, { keptId: three, otherId: four })).result).toMatchObject({ code: 'TWINS_POSSIBLE', details: [{ name: 'signs', values: ['mother_and_birth'] }] });
  });

  it('asks a supervisor about days on which the two files contradict each other, until they no longer do', async () => {
    const [kept = '', other = ''] = await namesakes({}, {});
    const stay = (child: string, from: string, to: string | null, kind: string, house: string | null): Promise<unknown[]> =>
      harness.sql(`insert into placements.episodes (id, child_id, during, kind, institution_id, office_id, recorded_at) values ($1, $2, daterange($3, $4), $5, $6, $7, '2026-06-01')`, [newId(), child, from, to, kind, house, offices.battambangTown]);
    await stay(kept, '2026-05-04', null, 'institution', institution);
    await stay(other, '2026-05-10', '2026-05-20', 'home', null);
    await stay(other, '2026-05-20', null, 'institution', institution);
    const looks = (id: string): Promise<void> => queue.uow.system(systemActor('placements.overlaps'), newKey(), (op) => harness.app.get(OverlapsWatch, { strict: false }).look(op, id));
    const overlapTasks = async (): Promise<object[]> => harness.sql(`select state, role, office_id, about_id, detail, due_on::text from worklist.tasks where subject_id = $1 and kind = 'placements.overlaps' order by opened_at`, [other]);
    await looks(other);
    expect(await overlapTasks()).toEqual([]);
    await merge(supervisor, { keptId: kept, otherId: other });
    for (const id of [kept, other, other]) await looks(id);
    const open = { role: 'supervisor', office_id: offices.battambangTown, about_id: kept, detail: '1', due_on: '2026-06-22' };
    expect(await overlapTasks()).toEqual([{ ...open, state: 'open' }]);
    const read = (who: Client) => who.send('query ($id: Id!) { child(id: $id) { mergedFiles { overlaps { from to keptKind otherKind samePlace } } } }', { id: kept });
    expect((await read(worker)).data.child.mergedFiles).toEqual([{ overlaps: [
      { from: '2026-05-10', to: '2026-05-20', keptKind: 'institution', otherKind: 'home', samePlace: false }, { from: '2026-05-20', to: null, keptKind: 'institution', otherKind: 'institution', samePlace: true },
    ] }]);
    await harness.sql(`update placements.episodes set during = daterange('2026-04-01', '2026-05-04') where child_id = $1 and kind = 'home'`, [other]);
    await looks(other);
    expect(await overlapTasks()).toEqual([{ ...open, state: 'done' }]);
    await harness.sql(`update placements.episodes set during = daterange('2026-05-01', '2026-05-20') where child_id = $1 and kind = 'home'`, [other]);
    await looks(kept);
    await undo(supervisor, { otherId: other });
    for (const id of [kept, other]) await looks(id);
    expect((await overlapTasks()).map((task) => (task as { state: string }).state)).toEqual(['done', 'cancelled']);
  });

  it('is done and undone by nobody without the posting, nor with somebody else\'s file', async () => {
    const [one, two] = await namesakes({}, {});
    await expectDenied(harness, acts['child.merge'], (who) => merge(who, { keptId: one, otherId: two }));
    await expectDenied(harness, acts['child.undoMerge'], (who) => undo(who, { otherId: two }));
    await expectDenied(harness, acts['child.recordKnownDifferent'], (who) => differ(who, { childId: one, otherId: two }));
    expect(codeOf(await merge(supervisor, { keptId: one, otherId: newKey() }))).toBe('NOT_FOUND');
    expect(codeOf(await undo(supervisor, { otherId: newKey() }))).toBe('NOT_FOUND');
    expect(codeOf(await merge(supervisor, { keptId: one, otherId: two, reason: '' }))).toBe('BAD_USER_INPUT');
    expect(await harness.sql('select id from children.merges where other_id = $1', [two])).toEqual([]);
  });

  it('leaves no word of its reason in acts, events or reads', async () => {
    const rows = await harness.sql<{ text: string }>('select a::text as text from platform.acts a union all select o::text from platform.outbox o union all select r::text from platform.reads r');
    expect(rows.filter(({ text }) => text.includes('Canary'))).toEqual([]);
  });
});
