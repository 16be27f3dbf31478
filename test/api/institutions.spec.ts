import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/ids.js';
import { allMessages } from '../../src/platform/messages/messages.js';
import { INSTITUTION_KINDS, INSTITUTION_STATES } from '../../src/institutions/institution.domain.js';
import { acts } from '../../src/institutions/institution.policy.js';
import { Harness, newKey, type Answer, type Client } from '../support/harness.js';
import { arrangeInstitution, arrangeOffices, expectDenied, signedIn, type Offices, type Person } from '../support/people.js';

let harness: Harness;
let offices: Offices;
let supervisor: Person;
let siemReap: Person;
beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  supervisor = await signedIn(harness, { role: 'supervisor' });
  siemReap = await signedIn(harness, { role: 'supervisor', office: offices.siemReap });
});
afterAll(() => harness.stop());

const FIELDS = 'Institution { id kind nameKm nameLatin capacity state registeredOn version area { code } office { id } }';
const REFUSED = 'InstitutionsRefused';
let count = 0;
const numbered = (): object => ({ nameKm: `កន្លែង ${++count}`, nameLatin: `Place ${count}` });
const register = (who: Client, input: object = {}, language?: 'km' | 'en'): Promise<Answer> =>
  who.act('registerInstitution', { kind: 'boarding', ...numbered(), areaCode: '020301', capacity: 40, on: '2026-06-10', ...input }, FIELDS, REFUSED, language);
const edit = (who: Client, institutionId: string, version: number, input: object = {}): Promise<Answer> => who.act('editInstitution', { institutionId, version, ...input }, FIELDS, REFUSED);
const registered = async (input: object = {}): Promise<string> => (await register(supervisor, input)).data.registerInstitution.id;
const everything = async (): Promise<string> => {
  const [row] = await harness.sql<{ all: string }>(`select coalesce((select string_agg(i::text, chr(10) order by id) from institutions.institutions i), '') || (select count(*) from platform.acts) as all`);
  return row?.all ?? '';
};

describe('registerInstitution', () => {
  it('registers a place in its commune; the office of the district answers for it; one act and one event, without names', async () => {
    const { data } = await register(supervisor, { nameKm: 'ផ្ទះ ១', nameLatin: 'House One' });
    expect(data.registerInstitution).toEqual({
      __typename: 'Institution', id: expect.any(String), kind: 'boarding', nameKm: 'ផ្ទះ ១', nameLatin: 'House One', capacity: 40, state: 'open',
      registeredOn: '2026-06-10', version: 1, area: { code: '020301' }, office: { id: offices.battambangTown },
    });
    const written = await harness.sql(
      `select a.act, a.actor_id, a.posting_id, a.subject_kind, a.on_day, o.event from platform.acts a join platform.outbox o on o.act_id = a.id and o.subject_id = a.subject_id where a.subject_id = $1`,
      [data.registerInstitution.id],
    );
    expect(written).toEqual([{ act: 'institution.register', actor_id: supervisor.accountId, posting_id: supervisor.postingId, subject_kind: 'institution', on_day: '2026-06-10', event: 'institution.registered' }]);
  });

  it('gives the same institution for the same request key, and writes one act', async () => {
    const input = { requestKey: newKey(), kind: 'pagoda', nameKm: 'វត្ត ១', nameLatin: 'Wat One', areaCode: '020302', capacity: 12, on: '2026-06-15' };
    const [first, again] = [await register(supervisor, input), await register(supervisor, input)];
    expect(again.data).toEqual(first.data);
    expect(await harness.sql('select 1 from platform.acts where subject_id = $1', [first.data.registerInstitution.id])).toHaveLength(1);
    const other = await register(supervisor, { ...input, capacity: 13 });
    expect(other.errors?.[0]?.extensions.code).toBe('CONFLICT');
  });

  it('refuses a place that is only a district', async () => {
    const before = await everything();
    const { data } = await register(supervisor, { areaCode: '0203' });
    expect(data.registerInstitution).toMatchObject({ __typename: 'InstitutionsRefused', code: 'INSTITUTION_AREA_TOO_COARSE', message: expect.stringContaining('0203') });
    expect(await everything()).toBe(before);
  });

  it('refuses a commune that nobody knows', async () => {
    const { data } = await register(supervisor, { areaCode: '020399' });
    expect(data.registerInstitution).toMatchObject({ code: 'INSTITUTION_AREA_UNKNOWN', details: [{ name: 'area', values: ['020399'] }] });
  });

  it.each([{ nameKm: 'ផ្ទះក្រហម' }, { nameLatin: 'RED house' }])('refuses a name that the commune has already, in a spelling that looks alike: %j', async (names) => {
    const [there] = await harness.sql<{ id: string }>(`select id from institutions.institutions where name_latin = 'Red House'`);
    const id = there?.id ?? (await registered({ nameKm: 'ផ្ទះ ក្រហម', nameLatin: 'Red House' }));
    const { data } = await register(supervisor, { areaCode: '02030101', ...names }, 'km');
    expect(data.registerInstitution).toMatchObject({ code: 'INSTITUTION_ALREADY_REGISTERED', message: expect.stringMatching(/ឈ្មោះ/), details: [{ name: 'institution', values: [id] }] });
    expect((await register(supervisor, { areaCode: '020302', ...names })).data.registerInstitution.__typename).toBe('Institution');
  });

  it('lets one of two through who register the same name at the same moment', async () => {
    // Nobody can insert until all three are under way: each has then looked at the commune, or waits to look.
    const gate = await harness.owner.connect();
    await gate.query('begin; lock table institutions.institutions in share mode');
    const sent = [1, 2, 3].map(() => register(supervisor, { nameKm: 'ផ្ទះពណ៌ខៀវ', nameLatin: 'Blue House' }));
    const waiting = `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    for (let n = 0; n < 3; ) n = (await harness.sql<{ n: number }>(waiting))[0]?.n ?? 0;
    await gate.query('commit');
    gate.release();
    const answers = await Promise.all(sent);
    expect(answers.map(({ data }) => data.registerInstitution.__typename).sort()).toEqual(['Institution', 'InstitutionsRefused', 'InstitutionsRefused']);
  });

  it.each([
    [{ nameKm: ' ' }, 'nameKm'],
    [{ nameLatin: 'x'.repeat(201) }, 'nameLatin'],
    [{ areaCode: '20301' }, 'areaCode'],
    [{ capacity: 0 }, 'capacity'],
    [{ capacity: 1001 }, 'capacity'],
    [{ on: '2026-06-16' }, 'on'],
    [{ on: '2026-04-30' }, 'on'],
    [{ requestKey: 'short' }, 'requestKey'],
  ])('takes no bad input: %j', async (input, path) => {
    const before = await everything();
    const { errors } = await register(supervisor, input);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: expect.stringMatching(new RegExp(`${path}$`)) }] });
    expect(await everything()).toBe(before);
  });

  it('is for the supervisor of the province', async () => {
    await expectDenied(harness, acts['institution.register'], (client) => register(client));
    const elsewhere = await register(siemReap);
    expect(elsewhere.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(await harness.sql(`select code from platform.denials where actor_id = $1`, [siemReap.accountId])).toEqual([{ code: 'FORBIDDEN' }]);
  });
});

describe('editInstitution', () => {
  it('changes what is given, keeps the rest, and writes which fields', async () => {
    const id = await registered({ nameLatin: 'Green House' });
    const { data } = await edit(supervisor, id, 1, { capacity: 55, kind: 'group_home' });
    expect(data.editInstitution).toMatchObject({ id, kind: 'group_home', nameLatin: 'Green House', capacity: 55, version: 2 });
    expect(await harness.sql(`select changed, on_day from platform.acts where subject_id = $1 and act = 'institution.edit'`, [id])).toEqual([{ changed: ['kind', 'capacity'], on_day: '2026-06-15' }]);
  });

  it('gives the same answer for the same request key', async () => {
    const id = await registered();
    const requestKey = newKey();
    const [first, again] = [await edit(supervisor, id, 1, { capacity: 9, requestKey }), await edit(supervisor, id, 1, { capacity: 9, requestKey })];
    expect(again.data).toEqual(first.data);
    expect(await harness.sql(`select version from institutions.institutions where id = $1`, [id])).toEqual([{ version: 2 }]);
  });

  it('of a stale version is a conflict that names what changed', async () => {
    const id = await registered();
    await edit(supervisor, id, 1, { capacity: 8 });
    await edit(supervisor, id, 2, { nameKm: 'ឈ្មោះថ្មី' });
    const behindTwo = await edit(supervisor, id, 1, { kind: 'pagoda' });
    expect(behindTwo.errors?.[0]).toMatchObject({ message: expect.stringContaining('capacity, name_km'), extensions: { code: 'CONFLICT' } });
    const behindOne = await edit(supervisor, id, 2, { kind: 'pagoda' });
    expect(behindOne.errors?.[0]?.message).toMatch(/meanwhile: name_km\./);
    expect((await edit(supervisor, id, 9, { kind: 'pagoda' })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('lets one of two through who edit the same version', async () => {
    const id = await registered();
    const answers = await Promise.all([11, 12, 13].map((capacity) => edit(supervisor, id, 1, { capacity })));
    expect(answers.filter(({ errors }) => errors === undefined)).toHaveLength(1);
    expect(answers.flatMap(({ errors }) => errors ?? []).map(({ extensions }) => extensions.code)).toEqual(['CONFLICT', 'CONFLICT']);
  });

  it('refuses a neighbour\'s name, an edit without a change, and a closed institution', async () => {
    const neighbour = await registered({ nameLatin: 'White House' });
    const id = await registered();
    expect((await edit(supervisor, id, 1, { nameLatin: 'white-house' })).data.editInstitution).toMatchObject({ code: 'INSTITUTION_ALREADY_REGISTERED', details: [{ name: 'institution', values: [neighbour] }] });
    expect((await edit(supervisor, id, 1, { capacity: 40 })).data.editInstitution.code).toBe('INSTITUTION_UNCHANGED');
    await harness.sql(`update institutions.institutions set state = 'closed' where id = $1`, [id]);
    expect((await edit(supervisor, id, 1, { capacity: 41 })).data.editInstitution.code).toBe('INSTITUTION_CLOSED');
    expect(await harness.sql(`select 1 from platform.acts where subject_id = $1`, [id])).toHaveLength(1);
  });

  it('takes no bad input', async () => {
    const id = await registered();
    const before = await everything();
    for (const input of [{ capacity: 0 }, { nameKm: '' }, { version: 0 }, { nameLatin: '\u0000' }]) {
      expect((await edit(supervisor, id, 1, input)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
    expect(await everything()).toBe(before);
  });

  it('is for the supervisor of the province; for another it is not there', async () => {
    const id = await registered();
    await expectDenied(harness, acts['institution.edit'], (client) => edit(client, id, 1, { capacity: 7 }));
    expect((await edit(siemReap, id, 1, { capacity: 7 })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await edit(supervisor, newId(), 1, { capacity: 7 })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });
});

describe('reading institutions', () => {
  const one = (who: Client, id: string): Promise<Answer> => who.send('query ($id: Id!) { institution(id: $id) { __typename id can { act allowed code reason } } }', { id });
  const list = async (who: Client, args = 'first: 100'): Promise<string[]> => (await who.send(`{ institutions(${args}) { nodes { id } } }`)).data.institutions.nodes.map((node: { id: string }) => node.id);

  it('is for the workers of the territory and the para social worker of the institution herself', async () => {
    const [here, there] = [await arrangeInstitution(harness, '020301', 'Read here'), await arrangeInstitution(harness, '171001', 'Read there')];
    const worker = await signedIn(harness, { role: 'social_worker' });
    const para = await signedIn(harness, { role: 'para_social_worker', institution: here });
    const ministry = await signedIn(harness, { role: 'supervisor', office: offices.ministry });
    for (const [who, sees] of [[supervisor, [true, false]], [siemReap, [false, true]], [worker, [true, false]], [para, [true, false]], [ministry, [true, true]]] as const) {
      const listed = await list(who);
      const read = await Promise.all([here, there].map(async (id) => (await one(who, id)).data?.institution?.id === id));
      expect({ role: who.role, read, listed: [here, there].map((id) => listed.includes(id)) }).toEqual({ role: who.role, read: sees, listed: sees });
    }
    expect(await list(para)).toEqual([here]);
    expect((await one(worker, there)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('is not for the others', async () => {
    const id = await registered();
    await expectDenied(harness, acts['institution.read'], (client) => one(client, id));
    await expectDenied(harness, acts['institution.read'], (client) => client.send('{ institutions { __typename } }'));
  });

  it('finds by area and kind, and pages without losing or repeating one', async () => {
    const wanted = [await registered({ kind: 'temporary_centre' }), await registered({ kind: 'temporary_centre' }), await registered({ kind: 'temporary_centre', areaCode: '020302' })];
    expect((await list(supervisor, 'kind: temporary_centre')).sort()).toEqual([...wanted].sort());
    expect(await list(supervisor, 'kind: temporary_centre, areaCode: "020302"')).toEqual([wanted[2]]);
    const paged: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { data } = await supervisor.send('query ($after: String) { institutions(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }', { after });
      paged.push(...data.institutions.nodes.map((node: { id: string }) => node.id));
      [after, more] = [data.institutions.pageInfo.endCursor, data.institutions.pageInfo.hasNextPage];
    }
    expect(paged).toEqual(await list(supervisor));
    expect((await supervisor.send('{ institutions(after: "WzFd") { nodes { id } } }')).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('says what the caller may do, with the reason for each no', async () => {
    const id = await registered();
    const worker = await signedIn(harness, { role: 'social_worker' });
    expect((await one(supervisor, id)).data.institution.can).toEqual([{ act: 'institution.edit', allowed: true, code: null, reason: null }]);
    expect((await one(worker, id)).data.institution.can).toEqual([{ act: 'institution.edit', allowed: false, code: 'FORBIDDEN', reason: expect.stringContaining('Ask your supervisor') }]);
    await harness.sql(`update institutions.institutions set state = 'closed' where id = $1`, [id]);
    expect((await one(supervisor, id)).data.institution.can).toEqual([{ act: 'institution.edit', allowed: false, code: 'INSTITUTION_CLOSED', reason: expect.stringContaining('closed') }]);
  });
});

it('lists the same kinds and states in the domain, the labels and the database', async () => {
  const checks = await harness.sql<{ name: string; text: string }>(
    `select conname as name, pg_get_constraintdef(oid) as text from pg_constraint where conname in ('institutions_kind', 'institutions_state') order by 1`,
  );
  const inDatabase = checks.map(({ text }) => [...text.matchAll(/'(\w+)'::text/g)].map(([, value]) => value));
  expect(inDatabase).toEqual([[...INSTITUTION_KINDS], [...INSTITUTION_STATES]]);
  const labels = [...allMessages().keys()].flatMap((key) => /^enum\.Institution(?:Kind|State)\.(\w+)$/.exec(key)?.[1] ?? []);
  expect(labels).toEqual([...INSTITUTION_KINDS, ...INSTITUTION_STATES]);
});
