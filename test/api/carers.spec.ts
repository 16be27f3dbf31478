import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acts } from '../../src/carers/carers.policy.js';
import { approvedFamily, knownFamily, placeTaken, standing } from '../support/given.js';
import { Harness, newKey } from '../support/harness.js';
import type { Client, Outcome } from '../support/harness.js';
import { arrangeOffices, expectDenied, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';

const TODAY = '2026-06-15';
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
  elsewhere = await signedIn(harness, { role: 'supervisor', office: offices.siemReap });
});
afterAll(() => harness.stop());

const FIELDS = 'Family { id number phone areaCode languages version closedOn closedWhy adults { id nameLatin carer since leftOn } can { act allowed code } }';
const act = (client: Client, name: string, input: Readonly<Record<string, unknown>>): Promise<Outcome> => client.act(name, input, FIELDS, 'CarersRefused');
const anId = '00000000-0000-7000-8000-000000000000';
const nothing = { familyId: anId, on: TODAY };
const code = (answer: { errors?: readonly { extensions: { code: string } }[] }): string | undefined => answer.errors?.[0]?.extensions.code;
const written = async (subject: string, name: string): Promise<number> =>
  (await harness.sql('select from platform.acts where (subject_id = $1 or about_id = $1) and act = $2', [subject, name])).length;

/** The same request twice is one act; the same key for something else is a CONFLICT. */
async function expectReplay(client: Client, name: string, input: Readonly<Record<string, unknown>>, about: string, actName: string): Promise<Outcome> {
  const requestKey = newKey();
  const first = await act(client, name, { ...input, requestKey });
  const second = await act(client, name, { ...input, requestKey });
  expect(first.errors).toBeUndefined();
  expect(second.result.id).toBe(first.result.id);
  expect(await written(about, actName)).toBe(1);
  expect(code(await act(client, name, { ...input, on: '2026-06-14', version: 99, requestKey }))).toMatch(/CONFLICT|BAD_USER_INPUT/);
  return first;
}

describe('changing a family', () => {
  it('writes what differs and says so in the audit, by the names of the fields', async () => {
    const family = await approvedFamily(harness);
    const answer = await expectReplay(worker, 'changeFamily', { familyId: family.id, version: 1, phone: '០១១ ២២២ ៣៣៣', languages: ['km', 'kxm'] }, family.id, 'family.change');
    expect(answer.result).toMatchObject({ id: family.id, phone: '+85511222333', languages: ['km', 'kxm'], version: 2 });
    const [row] = await harness.sql(`select changed, reason from platform.acts where subject_id = $1`, [family.id]);
    expect(row).toEqual({ changed: ['phone', 'languages'], reason: null });
  });

  it('that somebody else changed meanwhile is a CONFLICT that names the fields', async () => {
    const family = await approvedFamily(harness);
    await act(worker, 'changeFamily', { familyId: family.id, version: 1, ownChildren: 2 });
    const late = await act(worker, 'changeFamily', { familyId: family.id, version: 1, religion: 'Buddhist' });
    expect(code(late)).toBe('CONFLICT');
    expect(late.errors?.[0]?.message).toContain('own_children');
  });

  it('moves within the province; another office needs its supervisor, another province approves anew', async () => {
    const family = await approvedFamily(harness);
    const move = (client: Client, areaCode: string, version = 1) => act(client, 'changeFamily', { familyId: family.id, version, areaCode });
    expect((await move(worker, '0203')).result.code).toBe('VILLAGE_NEEDED');
    expect((await move(worker, '02039999')).result.code).toBe('AREA_UNKNOWN');
    expect((await move(worker, '17100101')).result.code).toBe('OTHER_PROVINCE');
    expect((await move(worker, '02010101')).result.code).toBe('OTHER_OFFICE');
    expect((await move(supervisor, '02010101')).result).toMatchObject({ areaCode: '02010101', version: 2 });
    expect(await harness.sql('select distinct office_id from carers.adults where family_id = $1', [family.id])).toEqual([{ office_id: offices.banan }]);
    expect(code(await move(worker, '02030101', 2))).toBe('NOT_FOUND');
  });

  it('refuses what is no change, and a closed family', async () => {
    const family = await approvedFamily(harness);
    expect((await act(worker, 'changeFamily', { familyId: family.id, version: 1, nameLatin: 'Sok Dara' })).result.code).toBe('UNCHANGED');
    await act(supervisor, 'closeFamily', { familyId: family.id, on: TODAY, reason: 'resigned' });
    const answer = await act(worker, 'changeFamily', { familyId: family.id, version: 2, phone: null });
    expect(answer.result).toMatchObject({ code: 'FAMILY_CLOSED', details: [{ name: 'closedOn', values: [TODAY] }] });
  });

  it('takes no bad field and changes nothing then', async () => {
    const family = await approvedFamily(harness);
    for (const bad of [{ phone: 'call me' }, { ownChildren: 99 }, { languages: ['K'] }, { nameKm: null, nameLatin: null }, { version: 9, phone: '011222333' }]) {
      const answer = await act(worker, 'changeFamily', { familyId: family.id, version: 1, ...bad });
      expect({ bad, code: code(answer) }).toEqual({ bad, code: 'BAD_USER_INPUT' });
    }
    expect(await written(family.id, 'family.change')).toBe(0);
  });

  it('is for workers of its office only', async () => {
    const family = await approvedFamily(harness);
    expect(code(await act(elsewhere, 'changeFamily', { familyId: family.id, version: 1, ownChildren: 3 }))).toBe('NOT_FOUND');
    await expectDenied(harness, acts['family.change'], (client) => act(client, 'changeFamily', { familyId: family.id, version: 1, ownChildren: 3 }));
  });
});

const newcomer = { nameLatin: 'Keo Mony', sex: 'male', birthDate: '1999-05-05', carer: false, on: TODAY };

describe('the adults of a home', () => {
  it('a new one has thirty days to be checked, and makes the family unavailable after them', async () => {
    const family = await approvedFamily(harness, { area: '02030201' });
    const answer = await expectReplay(worker, 'addAdult', { familyId: family.id, ...newcomer }, family.id, 'family.addAdult');
    expect(answer.result.adults.map((adult: { nameLatin: string }) => adult.nameLatin)).toContain('Keo Mony');
    const listed = await worker.send('{ standBy(areaCode: "020302", on: "2026-07-15", includeUnavailable: true) { nodes { available reasons { code adultId } } } }');
    expect((await worker.send('{ standBy(areaCode: "020302", on: "2026-07-14") { nodes { available } } }')).data.standBy.nodes).toEqual([{ available: true }]);
    const adult = answer.result.adults.find((one: { nameLatin: string }) => one.nameLatin === 'Keo Mony');
    expect(listed.data.standBy.nodes).toEqual([{ available: false, reasons: [{ code: 'CHECK_MISSING', adultId: adult.id }] }]);
  });

  it('refuses a child, a day before the family, a closed family', async () => {
    const family = await knownFamily(harness, { from: '2026-06-10' });
    const add = (change: object) => act(worker, 'addAdult', { familyId: family.id, ...newcomer, ...change });
    expect((await add({ birthDate: '2008-06-16' })).result.code).toBe('NOT_ADULT');
    expect((await add({ on: '2026-06-09' })).result.code).toBe('BEFORE_OPENING');
    expect(code(await add({ nameLatin: null }))).toBe('BAD_USER_INPUT');
    expect(code(await add({ on: '2026-06-16' }))).toBe('BAD_USER_INPUT');
    await act(supervisor, 'closeFamily', { familyId: family.id, on: TODAY, reason: 'resigned' });
    expect((await add({})).result.code).toBe('FAMILY_CLOSED');
    expect(await harness.sql('select id from carers.adults where family_id = $1', [family.id])).toHaveLength(2);
  });

  it('one may leave once, not before she came; the last carer too', async () => {
    const family = await approvedFamily(harness);
    const [first = '', second = ''] = family.carers;
    expect((await act(worker, 'adultLeft', { adultId: first, on: '2026-05-20', reason: 'moved' })).result.adults).toContainEqual(expect.objectContaining({ id: first, leftOn: '2026-05-20' }));
    expect((await act(worker, 'adultLeft', { adultId: first, on: TODAY, reason: 'moved' })).result).toMatchObject({ code: 'ALREADY_LEFT', details: [{ name: 'leftOn', values: ['2026-05-20'] }] });
    await expectReplay(worker, 'adultLeft', { adultId: second, on: TODAY, reason: 'died' }, second, 'family.adultLeft');
    const added = await act(worker, 'addAdult', { familyId: family.id, ...newcomer });
    const adult = added.result.adults.find((one: { nameLatin: string }) => one.nameLatin === 'Keo Mony');
    expect((await act(worker, 'adultLeft', { adultId: adult.id, on: TODAY, reason: 'other' })).result.code).toBe('BEFORE_ARRIVAL');
  });

  it('are written down by workers of the office only', async () => {
    const family = await approvedFamily(harness);
    expect(code(await act(elsewhere, 'addAdult', { familyId: family.id, ...newcomer }))).toBe('NOT_FOUND');
    expect(code(await act(elsewhere, 'adultLeft', { adultId: family.carers[0], on: TODAY, reason: 'moved' }))).toBe('NOT_FOUND');
    await expectDenied(harness, acts['family.addAdult'], (client) => act(client, 'addAdult', { familyId: family.id, ...newcomer }));
    await expectDenied(harness, acts['family.adultLeft'], (client) => act(client, 'adultLeft', { adultId: anId, on: TODAY, reason: 'moved' }));
  });
});

describe('closing a family', () => {
  it('is refused while children are there, and ends approval, terms and places afterwards', async () => {
    const family = await approvedFamily(harness);
    await placeTaken(harness, family.id, 1, '2026-01-01', TODAY);
    const close = { familyId: family.id, reason: 'resigned' };
    expect((await act(supervisor, 'closeFamily', { ...close, on: '2026-06-14' })).result).toMatchObject({ code: 'CHILDREN_THERE', details: [{ name: 'places', values: ['1'] }] });
    const answer = await expectReplay(supervisor, 'closeFamily', { ...close, on: TODAY }, family.id, 'family.close');
    expect(answer.result).toMatchObject({ closedOn: TODAY, closedWhy: 'resigned', version: 2 });
    expect(answer.result.can).toContainEqual({ act: 'family.change', allowed: false, code: 'FAMILY_CLOSED' });
    expect(answer.result.can.filter(({ act }: { act: string }) => ['family.move', 'family.endExemption', 'family.ownChildLeft'].includes(act))).toEqual([
      { act: 'family.move', allowed: false, code: 'FAMILY_CLOSED' }, { act: 'family.endExemption', allowed: true, code: null }, { act: 'family.ownChildLeft', allowed: true, code: null },
    ]);
    const [left] = await harness.sql(
      `select (select count(*)::int from carers.family_places where family_id = $1 and upper_inf(during)) as places,
              (select count(*)::int from carers.approval_terms where family_id = $1 and upper_inf(during)) as terms,
              (select count(*)::int from carers.standings where family_id = $1 and code = 'approval' and upper_inf(during)) as approvals,
              (select count(*)::int from carers.place_occupancies where family_id = $1) as stays`,
      [family.id],
    );
    expect(left).toEqual({ places: 0, terms: 0, approvals: 0, stays: 1 });
    expect((await act(supervisor, 'closeFamily', { ...close, on: TODAY })).result.code).toBe('FAMILY_CLOSED');
  });

  it('frees a hold, and not before the register knew the family', async () => {
    const family = await approvedFamily(harness, { from: '2026-06-10' });
    await harness.sql(`insert into carers.place_occupancies (family_id, slot, during, kind, occupant_id, expires_at) values ($1, 1, '[2026-06-20,)', 'hold', $1, '2026-06-30')`, [family.id]);
    expect((await act(supervisor, 'closeFamily', { familyId: family.id, on: '2026-06-09', reason: 'other' })).result.code).toBe('BEFORE_OPENING');
    expect((await act(supervisor, 'closeFamily', { familyId: family.id, on: TODAY, reason: 'other' })).result.closedOn).toBe(TODAY);
    expect(await harness.sql('select from carers.place_occupancies where family_id = $1', [family.id])).toHaveLength(0);
  });

  it('is a supervisor\'s', async () => {
    const family = await approvedFamily(harness);
    expect(code(await act(elsewhere, 'closeFamily', { familyId: family.id, on: TODAY, reason: 'other' }))).toBe('NOT_FOUND');
    await expectDenied(harness, acts['family.close'], (client) => act(client, 'closeFamily', { ...nothing, reason: 'other' }));
  });
});

const STANDINGS = 'query ($id: Id!) { family(id: $id) { standings { id code reason to } } }';
interface Shown { id: string; code: string; reason: string | null; to: string | null }
const standingsFor = async (client: Client, id: string): Promise<Shown[]> => (await client.send(STANDINGS, { id })).data.family.standings;

describe('suspending a family', () => {
  it('for an allegation reads "ask the supervisor" to everybody but its supervisors, everywhere', async () => {
    const family = await approvedFamily(harness, { area: '02010102' });
    await expectReplay(supervisor, 'suspendFamily', { familyId: family.id, on: TODAY, reason: 'allegation' }, family.id, 'family.suspend');
    const local = await signedIn(harness, { role: 'social_worker', office: offices.banan });
    const list = '{ standBy(areaCode: "02010102", includeUnavailable: true) { nodes { available availableFrom reasons { code message until } } } }';
    const forWorker = await local.send(list);
    expect(forWorker.data.standBy.nodes).toEqual([{ available: false, availableFrom: null, reasons: [{ code: 'ASK_SUPERVISOR', message: 'Not available - ask the supervisor.', until: null }] }]);
    const forSupervisor = await supervisor.send(list, {}, 'km');
    expect(forSupervisor.data.standBy.nodes[0].reasons).toEqual([{ code: 'SUSPENDED', message: 'គ្រួសារត្រូវបានផ្អាក។', until: null }]);
    expect((await standingsFor(local, family.id)).filter((one) => one.code === 'suspension' || one.code === 'ASK_SUPERVISOR')).toEqual([expect.objectContaining({ code: 'ASK_SUPERVISOR', reason: null })]);
    expect(await standingsFor(supervisor, family.id)).toContainEqual(expect.objectContaining({ code: 'suspension', reason: 'allegation' }));
    const audit = await harness.sql<{ reason: string }>(`select reason from platform.acts where subject_id = $1`, [family.id]);
    expect(JSON.stringify([forWorker.text, audit])).not.toContain('allegation');
  });

  it('for standards reads as it is; lifted, the family is available again', async () => {
    const family = await approvedFamily(harness);
    await act(supervisor, 'suspendFamily', { familyId: family.id, on: '2026-06-01', reason: 'standards' });
    const [suspension] = (await standingsFor(worker, family.id)).filter((one) => one.code === 'suspension');
    expect(suspension).toMatchObject({ reason: 'standards', to: null });
    const lift = { familyId: family.id, standingId: suspension?.id, on: '2026-06-10' };
    expect((await act(supervisor, 'liftSuspension', { ...lift, on: '2026-05-31' })).result.code).toBe('NOT_SUSPENDED');
    await expectReplay(supervisor, 'liftSuspension', lift, family.id, 'family.liftSuspension');
    expect(await standingsFor(worker, family.id)).toContainEqual(expect.objectContaining({ id: suspension?.id, to: '2026-06-10' }));
    expect((await act(supervisor, 'liftSuspension', { ...lift, on: TODAY })).result.code).toBe('NOT_SUSPENDED');
  });

  it('twice for one reason, or of a closed family, is refused', async () => {
    const family = await approvedFamily(harness);
    const suspend = { familyId: family.id, on: TODAY, reason: 'own_wish' };
    await act(supervisor, 'suspendFamily', suspend);
    expect((await act(supervisor, 'suspendFamily', suspend)).result.code).toBe('ALREADY_SUSPENDED');
    await act(supervisor, 'closeFamily', { familyId: family.id, on: TODAY, reason: 'resigned' });
    expect((await act(supervisor, 'suspendFamily', { ...suspend, reason: 'other' })).result.code).toBe('FAMILY_CLOSED');
    expect(code(await act(supervisor, 'suspendFamily', { ...suspend, reason: 'gossip' }))).toBe('BAD_USER_INPUT');
    expect(code(await act(supervisor, 'suspendFamily', { ...suspend, on: '2026-04-30' }))).toBe('BAD_USER_INPUT');
  });

  it('is nobody\'s who is tied to it; neither is lifting, nor closing it', async () => {
    const family = await approvedFamily(harness);
    const suspension = await standing(harness, family.id, 'suspension', '2026-06-01');
    await harness.sql(`insert into carers.family_ties (id, family_id, account_id, relation, declared_on) values ($1, $1, $2, 'sibling', '2026-06-15')`, [family.id, supervisor.accountId]);
    const tries: [string, object][] = [['suspendFamily', { reason: 'other' }], ['liftSuspension', { standingId: suspension }], ['closeFamily', { reason: 'other' }]];
    for (const [name, input] of tries) {
      expect((await act(supervisor, name, { familyId: family.id, on: TODAY, ...input })).result).toMatchObject({ code: 'CONFLICT_OF_INTEREST', details: [{ name: 'how', values: ['relative'] }] });
    }
  });

  it('is a supervisor\'s of that province', async () => {
    const family = await approvedFamily(harness);
    const suspension = await standing(harness, family.id, 'suspension', '2026-06-01');
    expect(code(await act(elsewhere, 'suspendFamily', { familyId: family.id, on: TODAY, reason: 'other' }))).toBe('NOT_FOUND');
    expect(code(await act(elsewhere, 'liftSuspension', { familyId: family.id, standingId: suspension, on: TODAY }))).toBe('NOT_FOUND');
    await expectDenied(harness, acts['family.suspend'], (client) => act(client, 'suspendFamily', { ...nothing, reason: 'other' }));
    await expectDenied(harness, acts['family.liftSuspension'], (client) => act(client, 'liftSuspension', { ...nothing, standingId: anId }));
  });
});

describe('reading families', () => {
  it('opens a file with everything in it, and writes down who opened it', async () => {
    const family = await approvedFamily(harness, { places: 2, languages: ['km', 'cja'], othersBorn: ['1950-01-01'] });
    await placeTaken(harness, family.id, 1, '2026-01-01', '2026-09-01');
    const answer = await worker.send(
      'query ($id: Id!) { family(id: $id) { number kind nameKm nameLatin phone areaCode languages religion ownChildren adults { carer sex birthDate } terms { from to places youngest oldest sexes careKinds } places { slot basis takenBy until } standings { code } } }',
      { id: family.id },
    );
    expect(answer.data.family).toMatchObject({
      number: family.number, kind: 'foster', languages: ['km', 'cja'], terms: [{ from: '2024-01-01', to: null, places: 2, sexes: ['female', 'male'], careKinds: ['foster'] }],
      places: [{ slot: 1, basis: 'terms', takenBy: 'placement', until: '2026-09-01' }, { slot: 2, basis: 'terms', takenBy: null, until: null }],
    });
    expect(answer.data.family.adults).toHaveLength(3);
    const reads = await harness.sql(`select subject_kind, operation from platform.reads where subject_id = $1 and actor_id = $2`, [family.id, worker.accountId]);
    expect(reads).toEqual([{ subject_kind: 'family', operation: 'family' }]);
  });

  it('of other offices are not there', async () => {
    const family = await approvedFamily(harness);
    expect(code(await elsewhere.send(STANDINGS, { id: family.id }))).toBe('NOT_FOUND');
    expect(await harness.sql(`select from platform.reads where subject_id = $1`, [family.id])).toHaveLength(0);
    await expectDenied(harness, acts['family.read'], (client) => client.send(STANDINGS, { id: family.id }));
    await expectDenied(harness, acts['family.read'], (client) => client.send('{ families { nodes { id } } }'));
    await expectDenied(harness, acts['standby.read'], (client) => client.send('{ standBy(areaCode: "02") { nodes { available } } }'));
  });

  it('finds a family by a name in either script, by its number, by its place, page after page', async () => {
    const local = await signedIn(harness, { role: 'social_worker', office: offices.siemReapTown });
    const family = await approvedFamily(harness, { area: '17100201', nameLatin: 'Chhorn Sreymom', nameKm: 'ឈន ស្រីមុំ' });
    for (let i = 0; i < 3; i += 1) await approvedFamily(harness, { area: '17100101' });
    const found = async (args: string): Promise<string[]> => (await local.send(`{ families(${args}) { nodes { id } } }`)).data.families.nodes.map((node: { id: string }) => node.id);
    for (const search of ['Chhorn Sreymom', 'sreymom chhorn', 'ឈន ស្រីមុំ', String(family.number)]) expect(await found(`search: "${search}"`)).toEqual([family.id]);
    expect(await found('areaCode: "171002"')).toEqual([family.id]);
    expect(await found('search: "Nobody Atall"')).toEqual([]);
    const first = await local.send('{ families(first: 2) { nodes { id } pageInfo { hasNextPage endCursor } } }');
    const second = await local.send('query ($after: String) { families(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage } } }', { after: first.data.families.pageInfo.endCursor });
    expect(new Set([...first.data.families.nodes, ...second.data.families.nodes].map((node: { id: string }) => node.id)).size).toBe(4);
    expect(second.data.families.pageInfo.hasNextPage).toBe(false);
    expect(code(await local.send('{ families(first: 101) { nodes { id } } }'))).toBe('BAD_USER_INPUT');
  });
});

describe('the stand-by list', () => {
  it('shows who is available on a day with free places and terms, and of the others why and from when', async () => {
    const local = await signedIn(harness, { role: 'social_worker', office: offices.siemReapTown });
    const ready = await approvedFamily(harness, { area: '171001', places: 3, youngest: 6 });
    await placeTaken(harness, ready.id, 2, '2026-01-01');
    const full = await approvedFamily(harness, { area: '171001', places: 1, youngest: 6 });
    await placeTaken(harness, full.id, 1, '2026-01-01', '2026-08-01');
    const lapsing = await approvedFamily(harness, { area: '171001', certifiedUntil: '2026-06-01' });
    const query = `query ($on: Day, $all: Boolean!) { standBy(areaCode: "171001", on: $on, age: 7, sex: female, includeUnavailable: $all) {
      nodes { family { id } available freePlaces availableFrom reasons { code adultId until } terms { places youngest } } } }`;
    const list = async (variables: object) => {
      const answer = await local.send(query, variables);
      return answer.data.standBy.nodes.filter((node: { family: { id: string } }) => [ready.id, full.id, lapsing.id].includes(node.family.id));
    };
    expect(await list({ all: false })).toEqual([{ family: { id: ready.id }, available: true, freePlaces: [1, 3], availableFrom: TODAY, reasons: [], terms: { places: 3, youngest: 6 } }]);
    const all = await list({ all: true });
    expect(all[1]).toEqual({ family: { id: full.id }, available: false, freePlaces: [], availableFrom: '2026-08-01', reasons: [{ code: 'NO_PLACE', adultId: null, until: '2026-08-01' }], terms: { places: 1, youngest: 6 } });
    expect(all[2].reasons).toEqual(lapsing.carers.map((adultId) => ({ code: 'CERTIFICATE_MISSING', adultId, until: null })));
    expect((await list({ all: false, on: '2026-08-01' })).map((node: { family: { id: string } }) => node.family.id)).toEqual([ready.id, full.id]);
  });

  it('reads on page after page, and another list\'s cursor is refused', async () => {
    const page = '{ standBy(areaCode: "02", first: 1, includeUnavailable: true) { nodes { available } pageInfo { endCursor hasNextPage } } }';
    const first = await supervisor.send(page);
    expect(first.data.standBy.pageInfo.hasNextPage).toBe(true);
    expect(code(await supervisor.send('{ standBy(areaCode: "02", after: "bm9uc2Vuc2U") { nodes { available } } }'))).toBe('BAD_USER_INPUT');
    expect(code(await supervisor.send('{ standBy(areaCode: "2") { nodes { available } } }'))).toBe('BAD_USER_INPUT');
  });
});

describe('candidates for matching', () => {
  it('are the country\'s families without a name, and only for whom families are shown at all', async () => {
    await approvedFamily(harness, { area: '17100101', nameLatin: 'Canary Household' });
    const asApi = async (offices_: string): Promise<object[]> => {
      const client = await harness.owner.connect();
      try {
        await client.query('begin');
        await client.query('set local role register_api');
        await client.query(`select set_config('app.family_offices', $1, true)`, [offices_]);
        return (await client.query('select * from carers.candidates($1)', [TODAY])).rows;
      } finally {
        await client.query('rollback');
        client.release();
      }
    };
    expect(await asApi('')).toEqual([]);
    const all = await asApi(offices.banan);
    expect(all.length).toBeGreaterThan(5);
    expect(JSON.stringify(all)).not.toMatch(/Canary|Sok|\+855|17100101|02030101|allegation/);
    expect(all.every((row) => (row as { area_code: string }).area_code.length === 6)).toBe(true);
  });
});
