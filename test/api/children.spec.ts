import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acts } from '../../src/children/children.policy.js';
import { Harness, newKey } from '../support/harness.js';
import type { Client, Outcome } from '../support/harness.js';
import { arrangeInstitution, arrangeOffices, expectDenied, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';
import { contactRisk, registeredChild, sharedWith } from '../support/given-children.js';

let harness: Harness;
let offices: Offices;
let institution: string;
let worker: Person;
let para: Person;
let elsewhere: Person;
let otherPara: Person;

beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  institution = await arrangeInstitution(harness);
  worker = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
  para = await signedIn(harness, { role: 'para_social_worker', institution });
  elsewhere = await signedIn(harness, { role: 'social_worker', office: offices.siemReapTown });
  otherPara = await signedIn(harness, { role: 'para_social_worker' });
});
afterAll(() => harness.stop());

const FILE = `Child { id number nameKm nameLatin sex birthDate birthPrecision birthBasis age youngestAge ageBand languages religion homeAreaCode
  civilRegistration disability version entryReasons { main all parentalStatus } }`;
const describeChild = (who: Client, input: object, language: 'km' | 'en' = 'en'): Promise<Outcome> => who.act('describeChild', { version: 1, ...input }, FILE, 'ChildrenRefused', language);
const recordReasons = (who: Client, input: object): Promise<Outcome> => who.act('recordReasons', { version: 1, main: 'orphan', ...input }, FILE, 'ChildrenRefused');
const readChild = (who: Client, id: string, fields = 'id nameKm') => who.send(`query ($id: Id!) { child(id: $id) { ${fields} } }`, { id });
const search = async (who: Client, name: string, birthYear?: number): Promise<string[]> => {
  const answer = await who.send('query ($name: String!, $birthYear: Int) { searchChildren(name: $name, birthYear: $birthYear) { id } }', { name, birthYear });
  return answer.data.searchChildren.map(({ id }: { id: string }) => id);
};
const readsOf = (id: string, who: Person) =>
  harness.sql<{ subject_kind: string; operation: string }>('select subject_kind, operation from platform.reads where subject_id = $1 and actor_id = $2 order by id', [id, who.accountId]);
const codeOf = (answer: { errors?: Outcome['errors'] }) => answer.errors?.[0]?.extensions.code;

describe('a child\'s file', () => {
  it('is opened by her office and by the staff of her institution, and that is written down', async () => {
    const child = await registeredChild(harness, { institution, birthDate: '2014-06-30', birthPrecision: 'month' });
    for (const who of [worker, para]) {
      const { data } = await readChild(who, child.id, 'id number nameKm nameLatin sex birthDate birthPrecision birthBasis age youngestAge ageBand officeId institutionId version entryReasons { main all parentalStatus }');
      expect(data.child).toEqual({
        id: child.id, number: child.number, nameKm: 'ចាន់ ស្រីនាង', nameLatin: 'Chan Sreyneang', sex: 'female', birthDate: '2014-06-30', birthPrecision: 'month', birthBasis: 'told_by_others',
        age: 11, youngestAge: 11, ageBand: '6-11', officeId: offices.battambangTown, institutionId: institution, version: 1, entryReasons: { main: null, all: [], parentalStatus: 'unknown' },
      });
      expect(await readsOf(child.id, who)).toEqual([{ subject_kind: 'child', operation: 'child' }, { subject_kind: 'child.reasons', operation: 'child' }]);
    }
  });

  it('of another office or institution is not there, and nothing is written', async () => {
    const child = await registeredChild(harness, { institution });
    for (const who of [elsewhere, otherPara]) {
      expect(codeOf(await readChild(who, child.id))).toBe('NOT_FOUND');
      expect(await readsOf(child.id, who)).toEqual([]);
    }
  });

  it('is open to the office she comes from, and to one it is shared with on those days', async () => {
    const coming = await registeredChild(harness, { institution, originOffice: offices.siemReapTown });
    const shared = await registeredChild(harness, { institution });
    await sharedWith(harness, shared.id, offices.siemReapTown, '2026-06-10', '2026-06-16');
    expect((await readChild(elsewhere, coming.id)).data.child.id).toBe(coming.id);
    const { data } = await readChild(elsewhere, shared.id, 'contactRisks { id } can { act allowed }');
    expect(data.child.contactRisks).toEqual([]);
    expect(data.child.can.every(({ act, allowed }: { act: string; allowed: boolean }) => allowed || ['child.unlinkSibling', 'child.merge', 'child.undoMerge', 'child.reviewWithdrawal'].includes(act))).toBe(true);
    const over = await registeredChild(harness, { institution });
    await sharedWith(harness, over.id, offices.siemReapTown, '2026-06-10', '2026-06-15');
    expect(codeOf(await readChild(elsewhere, over.id))).toBe('NOT_FOUND');
  });

  it('shows nothing when the line in the read-audit cannot be kept', async () => {
    const child = await registeredChild(harness, { institution, nameLatin: 'Never Shown' });
    await harness.sql(`create function public.no_reads() returns trigger language plpgsql as $$ begin raise exception 'disk full'; end $$`);
    await harness.sql('create constraint trigger no_reads after insert on platform.reads deferrable initially deferred for each row execute function public.no_reads()');
    const answer = await readChild(worker, child.id, 'id nameLatin');
    await harness.sql('drop function public.no_reads cascade');
    expect(codeOf(answer)).toBe('INTERNAL');
    expect(answer.data).toBeNull();
    expect(answer.text).not.toContain('Never Shown');
    expect(await readsOf(child.id, worker)).toEqual([]);
    expect((await readChild(worker, child.id, 'id nameLatin')).data.child.nameLatin).toBe('Never Shown');
  });

  it('gives the staff of her institution no contact risk and nothing she said, and writes down who asked', async () => {
    const child = await registeredChild(harness, { institution });
    await contactRisk(harness, child.id, { adultName: 'Canary Adult' });
    for (const [part, act] of [['contactRisks', 'child.readContactRisks'], ['views', 'child.readViews']] as const) {
      const answer = await readChild(para, child.id, `id relatives { id } needs { kind } legalBases { id } ${part} { id }`);
      expect(answer.data.child).toEqual({ id: child.id, relatives: [], needs: [], legalBases: [], [part]: null });
      expect(answer.errors).toMatchObject([{ path: ['child', part], extensions: { code: 'FORBIDDEN' } }]);
      expect(await harness.sql('select code from platform.denials where actor_id = $1 and act = $2', [para.accountId, act])).toEqual([{ code: 'FORBIDDEN' }]);
      expect((await readsOf(child.id, para)).some(({ subject_kind: kind }) => kind === 'child.contact_risks' || kind === 'child.views')).toBe(false);
    }
    const { data } = await readChild(worker, child.id, 'contactRisks { adultName reason }');
    expect(data.child.contactRisks).toEqual([{ adultName: 'Canary Adult', reason: 'Told in confidence.' }]);
    expect(await readsOf(child.id, worker)).toContainEqual({ subject_kind: 'child.contact_risks', operation: 'child' });
  });

  it('says what may be done with it', async () => {
    const child = await registeredChild(harness, { institution });
    const can = async (who: Client) => Object.fromEntries((await readChild(who, child.id, 'can { act allowed code }')).data.child.can.map(({ act, allowed, code }: { act: string; allowed: boolean; code: string }) => [act, allowed ? 'yes' : code]));
    expect(await can(worker)).toMatchObject({ 'child.describe': 'yes', 'child.recordView': 'yes', 'child.unlinkSibling': 'NO_SIBLINGS' });
    expect(await can(para)).toMatchObject({ 'child.describe': 'yes', 'child.recordNeeds': 'yes', 'child.recordView': 'FORBIDDEN', 'child.recordContactRisk': 'FORBIDDEN', 'child.unlinkSibling': 'FORBIDDEN' });
  });

  it('is opened, listed and searched by nobody without the posting', async () => {
    await expectDenied(harness, acts['child.read'], (who) => readChild(who, newKey()));
    await expectDenied(harness, acts['child.read'], (who) => who.send('{ children { nodes { id } } }'));
    await expectDenied(harness, acts['child.search'], (who) => who.send('{ searchChildren(name: "Sok") { id } }'));
  });
});

describe('children', () => {
  it('are listed page by page, the latest first, to who may see them only, and that is written down', async () => {
    const home = await arrangeInstitution(harness, '020302', 'House of the Palm');
    const made: string[] = [];
    for (let n = 0; n < 5; n += 1) made.unshift((await registeredChild(harness, { institution: home, birthDate: `20${10 + n}-01-01` })).id);
    const read = (who: Client, after?: string) =>
      who.send('query ($home: Id, $after: String) { children(first: 2, after: $after, institutionId: $home) { nodes { id ageBand institutionId nameKm } pageInfo { hasNextPage endCursor } } }', { home, after });
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const { data } = await read(worker, after);
      seen.push(...data.children.nodes.map(({ id }: { id: string }) => id));
      after = data.children.pageInfo.hasNextPage ? data.children.pageInfo.endCursor : undefined;
    } while (after !== undefined);
    expect(seen).toEqual(made);
    expect((await readsOf(made[0] ?? '', worker))).toEqual([{ subject_kind: 'child_list', operation: 'children' }]);
    expect((await read(elsewhere)).data.children.nodes).toEqual([]);
    expect((await read(para)).data.children.nodes).toEqual([]);
    const mine = await para.send('{ children(first: 100) { nodes { institutionId } } }');
    expect(new Set(mine.data.children.nodes.map((node: { institutionId: string }) => node.institutionId))).toEqual(new Set([institution]));
    expect(codeOf(await read(worker, 'bm9uc2Vuc2U'))).toBe('BAD_USER_INPUT');
    expect(codeOf(await worker.send('{ children(first: 101) { nodes { id } } }'))).toBe('BAD_USER_INPUT');
  });

  it('are found by either script, either order, and spellings that look or sound alike', async () => {
    const child = await registeredChild(harness, { institution, nameKm: 'ស្រេង ពិសិដ្ឋ', nameLatin: 'Sreng Piseth', birthDate: '2012-01-01', birthPrecision: 'estimated' });
    const exact = await registeredChild(harness, { institution, nameKm: null, nameLatin: 'Sreng Vanna', birthDate: '2012-01-01' });
    for (const name of ['ស្រេង ពិសិដ្ឋ', 'ពិសិដ្ឋ ស្រេង', 'ស្រេង\u200bពិសិដ្ឋ', 'ស្រេងពិសិដ្ឋ', 'Sreng Piseth', 'piseth sreng', 'SRENG  Phiseth', 'Piseth']) {
      expect([name, (await search(worker, name))[0]]).toEqual([name, child.id]);
    }
    // One cluster typed in another order: the vowel before the subscript, drawn the same.
    expect(await search(worker, 'ស\u17c1\u17d2រង')).toContain(child.id);
    expect(await search(worker, 'Sreng Vanna')).toEqual([exact.id, child.id]);
    expect(await search(worker, 'Sreng', 2013)).toEqual([child.id]);
    expect(await search(worker, 'Sreng', 2014)).toEqual([]);
    expect(await search(worker, 'Nobody')).toEqual([]);
    expect(await search(para, 'Sreng Piseth')).toContain(child.id);
    expect(await search(elsewhere, 'Sreng Piseth')).toEqual([]);
    expect(await search(otherPara, 'Sreng Piseth')).toEqual([]);
    expect(await readsOf(exact.id, worker)).toContainEqual({ subject_kind: 'child_list', operation: 'searchChildren' });
  });

  it('are found by number, a month of birth, and about a year, page by page', async () => {
    const names = ['Keomony Rith', 'Rith Keomony', 'Keomony Sovan', 'Keomony Borey'];
    const made = await Promise.all(names.map((nameLatin, n) => registeredChild(harness, { institution, nameKm: null, nameLatin, birthDate: `2011-0${n + 1}-20`, birthPrecision: n === 3 ? 'year' : 'day' })));
    const numbered = made.map(({ number, id }) => ({ number, id })).sort((a, b) => a.number - b.number);
    const ids = async (who: Client, args: string): Promise<string[]> => {
      const answer = await who.send(`{ searchChildren(${args}) { id } }`);
      return answer.data.searchChildren.map(({ id }: { id: string }) => id);
    };
    const [first, second, third, fourth] = made.map(({ id }) => id);
    const khmer = String(made[2]?.number).replace(/\d/g, (digit) => String.fromCharCode(0x17e0 + Number(digit)));
    expect(await ids(worker, `name: "${khmer}"`)).toEqual([third]);
    expect(await ids(worker, `name: "${khmer}", birthYear: 2012`)).toEqual([]);
    expect(await ids(elsewhere, `name: "${khmer}"`)).toEqual([]);
    expect(await ids(worker, 'name: "Keomony", birthYear: 2011, birthMonth: 3')).toEqual([third, fourth].sort((a, b) => numbered.findIndex(({ id }) => id === a) - numbered.findIndex(({ id }) => id === b)));
    expect(await ids(worker, 'name: "Keomony", birthYear: 2012')).toEqual([]);
    expect((await ids(worker, 'name: "Keomony", birthYear: 2012, birthAbout: true')).sort()).toEqual([first, second, third, fourth].sort());
    // The same answer page by page as at once: two whole names, then those who share a part of it.
    const whole = await ids(worker, 'name: "Keomony Rith"');
    expect(whole.slice(0, 2).sort()).toEqual([first, second].sort());
    const paged: string[] = [];
    for (let page = await ids(worker, 'name: "Keomony Rith", first: 1'); page.length > 0; page = await ids(worker, `name: "Keomony Rith", first: 1, after: "${page[0] ?? ''}"`)) paged.push(...page);
    expect(paged).toEqual(whole);
    expect(codeOf(await worker.send('{ searchChildren(name: "Keomony", birthMonth: 3) { id } }'))).toBe('BAD_USER_INPUT');
    expect(codeOf(await worker.send(`{ searchChildren(name: "Keomony", after: "${newKey()}") { id } }`))).toBe('NOT_FOUND');
  });

  it('are found where they live now, whoever moved them', async () => {
    const child = await registeredChild(harness, { institution, nameKm: null, nameLatin: 'Moving Slowly' });
    await harness.sql('update children.children set office_id = $2, institution_id = null where id = $1', [child.id, offices.siemReapTown]);
    expect(await search(worker, 'Moving Slowly')).toEqual([]);
    expect(await search(para, 'Moving Slowly')).toEqual([]);
    expect(await search(elsewhere, 'Slowly Moving')).toEqual([child.id]);
  });

  it('are not searched by nothing', async () => {
    expect(codeOf(await worker.send('{ searchChildren(name: "...") { id } }'))).toBe('BAD_USER_INPUT');
    expect(codeOf(await worker.send('{ searchChildren(name: "Sok", first: 51) { id } }'))).toBe('BAD_USER_INPUT');
  });
});

describe('describing a child', () => {
  it('changes what is given, leaves the rest, and moves the keys of her name with it', async () => {
    const child = await registeredChild(harness, { institution, nameKm: null, nameLatin: 'Before Name', birthPrecision: 'estimated' });
    const { result } = await describeChild(para, {
      childId: child.id, nameKm: 'កែវ ចិន្តា', nameLatin: 'Keo Chenda', birth: { date: '2013-11-20', precision: 'day', basis: 'birth_certificate' }, languages: ['khm', 'cjm'],
      homeAreaCode: '17100101', civilRegistration: 'registered', disability: false, religion: 'Buddhist',
    });
    expect(result).toMatchObject({
      __typename: 'Child', nameKm: 'កែវ ចិន្តា', nameLatin: 'Keo Chenda', birthDate: '2013-11-20', birthPrecision: 'day', birthBasis: 'birth_certificate', age: 12,
      languages: ['khm', 'cjm'], homeAreaCode: '17100101', civilRegistration: 'registered', disability: false, religion: 'Buddhist', sex: 'female', version: 2,
    });
    expect(await search(worker, 'Chenda Keo')).toEqual([child.id]);
    expect(await search(worker, 'Before')).toEqual([]);
    expect(await harness.sql('select act, changed from platform.acts where subject_id = $1', [child.id])).toEqual([
      { act: 'child.describe', changed: ['name_km', 'name_latin', 'birth_date', 'birth_precision', 'birth_basis', 'home_area_code', 'religion', 'languages', 'civil_registration', 'disability'] },
    ]);
    expect((await describeChild(worker, { childId: child.id, version: 2, nameKm: null, disability: null })).result).toMatchObject({ nameKm: null, nameLatin: 'Keo Chenda', disability: null, version: 3 });
    expect(await search(worker, 'កែវ ចិន្តា')).toEqual([]);
    expect((await describeChild(worker, { childId: child.id, version: 3, nameLatin: 'Keo Chenda' })).result.version).toBe(3);
  });

  it('answers the same to the same request key', async () => {
    const child = await registeredChild(harness, { institution });
    const input = { childId: child.id, religion: 'Muslim', requestKey: newKey() };
    const first = await describeChild(worker, input);
    expect((await describeChild(worker, input)).result).toEqual(first.result);
    expect(await harness.sql('select act from platform.acts where subject_id = $1', [child.id])).toHaveLength(1);
  });

  it('from an old reading is a conflict that names what changed since', async () => {
    const child = await registeredChild(harness, { institution });
    await describeChild(worker, { childId: child.id, religion: 'Muslim' });
    await recordReasons(para, { childId: child.id, version: 2 });
    const stale = await describeChild(worker, { childId: child.id, version: 2, nameLatin: 'Too Late' });
    expect(stale.errors?.[0]).toMatchObject({ message: expect.stringContaining('main_reason, reasons.'), extensions: { code: 'CONFLICT' } });
    const older = await describeChild(worker, { childId: child.id, version: 1, nameLatin: 'Too Late' });
    expect(older.errors?.[0]?.message).toContain('main_reason, reasons, religion');
    expect((await readChild(worker, child.id, 'nameLatin version')).data.child).toEqual({ nameLatin: 'Chan Sreyneang', version: 3 });
  });

  it.each([
    ['BIRTH_IN_FUTURE', { birth: { date: '2026-06-16', precision: 'day', basis: 'told_by_family' } }],
    ['BIRTH_IN_FUTURE', { birth: { date: '2027-01-01', precision: 'year', basis: 'told_by_family' } }],
    ['BORN_AFTER_SEEN', { birth: { date: '2026-05-05', precision: 'day', basis: 'told_by_family' } }],
    ['AREA_UNKNOWN', { homeAreaCode: '020399' }],
  ])('is refused: %s %j', async (code, input) => {
    const child = await registeredChild(harness, { institution, firstSeenOn: '2026-05-04' });
    expect((await describeChild(worker, { childId: child.id, ...input })).result).toMatchObject({ __typename: 'ChildrenRefused', code });
    expect((await describeChild(worker, { childId: child.id, ...input }, 'km')).result.message).toMatch(/\p{Script=Khmer}/u);
    expect((await readChild(worker, child.id, 'birthDate version')).data.child).toEqual({ birthDate: '2014-02-11', version: 1 });
  });

  it.each([
    ['nameLatin', { nameLatin: 'Bell \u0007' }],
    ['languages', { languages: ['Khmer'] }],
    ['homeAreaCode', { homeAreaCode: '2' }],
    ['version', { version: 0 }],
  ])('with bad input says which field: %s', async (path, input) => {
    const child = await registeredChild(harness, { institution });
    expect((await describeChild(worker, { childId: child.id, ...input })).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path }] });
    expect((await describeChild(worker, { childId: child.id, birth: { date: '2026-02-30', precision: 'day', basis: 'estimated' } })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('of another office or institution finds nothing', async () => {
    const child = await registeredChild(harness, { institution });
    for (const who of [elsewhere, otherPara]) {
      expect(codeOf(await describeChild(who, { childId: child.id }))).toBe('NOT_FOUND');
      expect(codeOf(await recordReasons(who, { childId: child.id }))).toBe('NOT_FOUND');
    }
  });

  it('is done by nobody without the posting', async () => {
    await expectDenied(harness, acts['child.describe'], (who) => describeChild(who, { childId: newKey() }));
    await expectDenied(harness, acts['child.recordReasons'], (who) => recordReasons(who, { childId: newKey() }));
  });
});

describe('reasons for entry', () => {
  it('are one main one, others, and which parents live', async () => {
    const child = await registeredChild(harness, { institution });
    const requestKey = newKey();
    const input = { childId: child.id, main: 'schooling', others: ['basic_needs', 'schooling'], parentalStatus: 'mother', requestKey };
    expect((await recordReasons(para, input)).result.entryReasons).toEqual({ main: 'schooling', all: ['basic_needs', 'schooling'], parentalStatus: 'mother' });
    expect((await recordReasons(para, input)).result.version).toBe(2);
    expect((await recordReasons(worker, { childId: child.id, version: 2 })).result.entryReasons).toEqual({ main: 'orphan', all: ['orphan'], parentalStatus: 'mother' });
    expect(codeOf(await recordReasons(worker, { childId: child.id, version: 3, main: 'poverty' }))).toBe('BAD_USER_INPUT');
    expect(await harness.sql('select changed from platform.acts where subject_id = $1 order by seq', [child.id])).toEqual([{ changed: ['main_reason', 'reasons', 'parental_status'] }, { changed: ['main_reason', 'reasons'] }]);
  });
});

describe('a name', () => {
  it('is in no act, denial, event or log line, whatever was done and refused', async () => {
    const child = await registeredChild(harness, { institution, nameLatin: 'Canaryname Zqxj', nameKm: null });
    await describeChild(worker, { childId: child.id, nameLatin: 'Canaryname Wvkq', religion: 'Canarybelief' });
    await describeChild(elsewhere, { childId: child.id, nameLatin: 'Canaryname Third' });
    await describeChild(worker, { childId: child.id, version: 9, nameLatin: 'Canaryname Third' });
    await search(worker, 'Canaryname Wvkq');
    await readChild(worker, child.id, 'id nameLatin');
    const [kept] = await harness.sql<{ text: string }>(
      `select concat((select json_agg(a) from platform.acts a), (select json_agg(d) from platform.denials d), (select json_agg(o) from platform.outbox o), (select json_agg(r) from platform.reads r)) as text`,
    );
    expect(kept?.text).toContain(child.id);
    expect(kept?.text.toLowerCase()).not.toContain('canary');
    expect(harness.logLines.join('\n').toLowerCase()).not.toContain('canary');
  });
});
