import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemActor } from '../../src/platform/auth/roles.js';
import { dataSource } from '../../src/platform/database/data-source.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import type { Op } from '../../src/platform/database/op.js';
import { allMessages } from '../../src/platform/messages/messages.js';
import { ensureOffices } from '../../src/territory/offices.repo.js';
import { ensureHolidays, loadSmallAreas } from '../../src/territory/small-areas.js';
import { Harness, type Client } from '../support/harness.js';
import { signedIn } from '../support/people.js';

let harness: Harness;
let anybody: Client;

/** Runs work as the register itself, on the worker's login. */
async function asRegister<T>(work: (op: Op) => Promise<T>): Promise<T> {
  const source = await dataSource({ databaseUrl: harness.database.workerUrl, poolSize: 1 }, 'test').initialize();
  try {
    return await new UnitOfWork(source, harness.clock).system(systemActor('demonstration'), 'test', work);
  } finally {
    await source.destroy();
  }
}

beforeAll(async () => {
  harness = await Harness.start();
  await asRegister(loadSmallAreas);
  anybody = await signedIn(harness, { role: 'auditor' });
});
afterAll(() => harness.stop());

describe('the small area file', () => {
  it('has the 25 provinces with their centroids and names in both scripts, and goes in whole', async () => {
    expect(await harness.sql(`select level, count(*)::int as n, count(lat)::int as placed, count(*) filter (where name_km ~ '[ក-អ]' and name_latin ~ '[A-Z]')::int as named from territory.areas group by 1 order by min(length(code))`)).toEqual([
      { level: 'province', n: 25, placed: 25, named: 25 },
      { level: 'district', n: 12, placed: 12, named: 12 },
      { level: 'commune', n: 36, placed: 36, named: 36 },
      { level: 'village', n: 142, placed: 0, named: 142 },
    ]);
  });

  it('changes nothing the second time', async () => {
    const again = await asRegister(loadSmallAreas);
    expect(again).toMatchObject({ rows: 215, unchanged: 215, added: [], changed: [], refused: [], offices: 0 });
  });

  it('opened one office for the ministry, each province and each district', async () => {
    expect(await harness.sql('select kind, count(*)::int as n from territory.offices group by 1 order by 1')).toEqual([{ kind: 'district', n: 12 }, { kind: 'ministry', n: 1 }, { kind: 'province', n: 25 }]);
    expect(await asRegister(ensureOffices)).toBe(0);
  });

  it('comes with the holidays of three years, once, each saying where its day is from', async () => {
    expect([await asRegister(ensureHolidays), await asRegister(ensureHolidays)]).toEqual([63, 0]);
    const [row] = await harness.sql(`select count(*) filter (where citation like 'invented%')::int as invented, count(*) filter (where citation like 'fixed date%')::int as fixed from territory.holidays`);
    expect(row).toEqual({ invented: 33, fixed: 30 });
  });
});

describe('area', () => {
  it('shows the way from the province down to a village, in both scripts', async () => {
    const { data } = await anybody.send('{ area(code: "02030101") { code level typeEn nameKm nameLatin centroid { lat } parent { code centroid { lat lng } parent { code } } path { code level nameLatin nameKm } } }');
    expect(data.area).toMatchObject({ code: '02030101', level: 'village', typeEn: 'Village', centroid: null, parent: { code: '020301', centroid: { lat: expect.any(Number), lng: expect.any(Number) }, parent: { code: '0203' } } });
    expect(data.area.path.map((area: { nameLatin: string }) => area.nameLatin)).toEqual(['Battambang', 'Battambang', 'Tuol Ta Ek', 'O Ta Kam I']);
    expect(data.area.path[2]).toEqual({ code: '020301', level: 'commune', nameLatin: 'Tuol Ta Ek', nameKm: 'ទួលតាឯក' });
  });

  it.each(['0299', '2', 'x', '02030100', ''])('is not found by %j', async (code) => {
    const { data, errors } = await anybody.send('query ($code: String!) { area(code: $code) { code } }', { code });
    expect([data, errors?.[0]?.extensions.code]).toEqual([null, 'NOT_FOUND']);
  });
});

describe('areas', () => {
  const codes = async (args: string): Promise<string[]> => (await anybody.send(`{ areas(${args}) { nodes { code } } }`)).data.areas.nodes.map((area: { code: string }) => area.code);

  it('lists what lies directly inside an area, or everything of a level inside it', async () => {
    expect(await codes('parent: "02"')).toEqual(['0201', '0203', '0204']);
    expect(await codes('parent: "02", level: commune')).toEqual(['020101', '020102', '020103', '020301', '020302', '020303', '020401', '020402', '020403']);
    expect(await codes('parent: "020301", level: province')).toEqual([]);
  });

  it.each(['search: "tuol ta-EK"', 'search: "ទួលតាឯក"', 'search: "ទួល\u200bតាឯក", level: commune', 'search: "Ta Ek", parent: "02"'])('finds a commune by %s', async (args) => {
    expect(await codes(args)).toContain('020301');
  });

  it('takes what people type as text, not as a pattern', async () => {
    expect(await codes('search: "100% _uol"')).toEqual([]);
    const { errors } = await anybody.send('{ areas(search: "%_") { nodes { code } } }');
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'search' }] });
  });

  it('pages through every area once', async () => {
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { data } = await anybody.send('query ($after: String) { areas(first: 100, after: $after) { nodes { code } pageInfo { hasNextPage endCursor } } }', { after });
      seen.push(...data.areas.nodes.map((area: { code: string }) => area.code));
      [after, more] = [data.areas.pageInfo.endCursor, data.areas.pageInfo.hasNextPage];
    }
    expect([seen.length, new Set(seen).size]).toEqual([215, 215]);
  });

  it.each(['first: 101', 'first: 0', 'parent: "2"', 'after: "x"', 'after: "WzFd"', 'search: ""'])('refuses %s as bad input', async (args) => {
    const { data, errors } = await anybody.send(`{ areas(${args}) { nodes { code } } }`);
    expect([data, errors?.[0]?.extensions.code]).toEqual([null, 'BAD_USER_INPUT']);
  });
});

describe('distance', () => {
  const distance = async (from: string, to: string) => (await anybody.send(`{ distance(from: "${from}", to: "${to}") { km exact nearness from { code level } to { code level } } }`)).data?.distance;

  it('measures between centroids, and says when the nearest area around stood for one', async () => {
    expect(await distance('020301', '171001')).toEqual({ km: 80.5, exact: true, nearness: 'further', from: { code: '020301', level: 'commune' }, to: { code: '171001', level: 'commune' } });
    expect(await distance('02030101', '17100201')).toMatchObject({ exact: false, from: { code: '020301', level: 'commune' }, to: { code: '171002', level: 'commune' } });
    expect(await distance('02030101', '02030102')).toMatchObject({ km: 0, exact: false, nearness: 'same_commune' });
  });

  it('goes up as far as it must, and answers nothing where there is no centroid at all', async () => {
    await harness.sql(`insert into territory.areas (code, parent_code, level, type_en, name_km, name_latin) values ('0298', '02', 'district', 'District', 'ក', 'K'), ('029801', '0298', 'commune', 'Commune', 'ក', 'K'), ('90', null, 'province', 'Province', 'ក', 'Nowhere')`);
    expect(await distance('029801', '02')).toMatchObject({ km: 0, exact: false, nearness: 'same_province', from: { code: '02', level: 'province' } });
    expect(await distance('90', '02')).toBeNull();
    const { errors } = await anybody.send('{ distance(from: "02", to: "0297") { km } }');
    expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });
});

describe('offices', () => {
  it('are listed by kind and area, with the area they answer for', async () => {
    const { data } = await anybody.send('{ ministry: offices(kind: ministry) { nodes { kind nameKm area { code } } } inside: offices(areaCode: "02") { nodes { kind nameLatin area { code } } } }');
    expect(data.ministry.nodes).toEqual([{ kind: 'ministry', nameKm: 'ក្រសួងសង្គមកិច្ច អតីតយុទ្ធជន និងយុវនីតិសម្បទា', area: null }]);
    expect(data.inside.nodes[0]).toEqual({ kind: 'province', nameLatin: 'Department of Social Affairs, Battambang', area: { code: '02' } });
    expect(data.inside.nodes.map((office: { area: { code: string } }) => office.area.code)).toEqual(['02', '0201', '0203', '0204']);
  });

  it('are read one by one, and paged', async () => {
    const page = await anybody.send('{ offices(first: 1) { nodes { id kind } pageInfo { endCursor hasNextPage } } }');
    const { id } = page.data.offices.nodes[0];
    const { data } = await anybody.send('query ($id: Id!, $after: String) { office(id: $id) { kind } offices(first: 1, after: $after) { nodes { area { code } } } }', { id, after: page.data.offices.pageInfo.endCursor });
    expect(data).toEqual({ office: { kind: 'ministry' }, offices: { nodes: [{ area: { code: '01' } }] } });
    const missing = await anybody.send('{ office(id: "01890000-0000-7000-8000-000000000000") { kind } }');
    expect(missing.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });
});

describe('the door of the territory', () => {
  it.each(['area(code: "02") { code }', 'areas { nodes { code } }', 'distance(from: "02", to: "17") { km }', 'offices { nodes { id } }', 'office(id: "01890000-0000-7000-8000-000000000000") { id }'])('asks who it is: %s', async (field) => {
    const { errors } = await harness.client(undefined).send(`{ ${field} }`);
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('has every enum value in both languages', () => {
    const labels = [...allMessages()].filter(([key]) => /^enum\.(AreaLevel|OfficeKind|Nearness)\./.test(key));
    expect(labels).toHaveLength(12);
    expect(labels.every(([, { en, km }]) => en !== '' && km !== '')).toBe(true);
  });
});
