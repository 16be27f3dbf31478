import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type pg from 'pg';
import { searchKey } from '../../src/kernel/khmer.js';
import { run } from '../../src/territory/areas.command.js';
import { writeCsvLine } from '../../src/territory/csv.js';
import { progressOn } from '../../src/territory/progress.js';
import { createDatabase, poolOf, type TestDatabase } from '../support/database.js';

const HEADER = 'code,parent_code,level,type_en,name_km,name_latin,lat,lng';

let database: TestDatabase;
let owner: pg.Pool;
let folder: string;
let said: string[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'areas-'));
  database = await createDatabase();
  owner = poolOf(database.ownerUrl, 3);
  const listen = (text: string | Uint8Array): boolean => said.push(String(text)) > 0;
  jest.spyOn(process.stdout, 'write').mockImplementation(listen);
  jest.spyOn(process.stderr, 'write').mockImplementation(listen);
});
afterAll(async () => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
  await owner.end();
  await database.drop();
});
beforeEach(() => {
  said = [];
});

async function load(rows: readonly string[], url = database.workerUrl): Promise<number> {
  const path = join(folder, 'areas.csv');
  writeFileSync(path, [HEADER, ...rows].join('\r\n'));
  return run([path], { DATABASE_URL: url });
}

async function row<T extends object>(sql: string): Promise<T | undefined> {
  return (await owner.query<T>(sql)).rows[0];
}

/** A country of the size of ours: 16,465 areas, villages first. */
function wholeCountry(): string[] {
  const two = (n: number): string => String(n).padStart(2, '0');
  const codes: string[] = [];
  for (let p = 1; p <= 25; p++) {
    codes.push(two(p));
    for (let d = 1; d <= 8; d++) {
      codes.push(`${two(p)}${two(d)}`);
      for (let c = 1; c <= 8; c++) {
        codes.push(`${two(p)}${two(d)}${two(c)}`);
        for (let v = 1; v <= 9; v++) codes.push(`${two(p)}${two(d)}${two(c)}${two(v)}`);
      }
    }
  }
  const levels = ['province', 'district', 'commune', 'village'];
  return codes.reverse().map((code) => writeCsvLine([code, code.slice(0, -2), levels[code.length / 2 - 1] ?? '', 'Area', `ឈ្មោះ ${code}`, `Name ${code}`, code.length < 8 ? '12.5' : '', code.length < 8 ? '104.25' : '']));
}

describe('register areas load', () => {
  it('loads a whole country in under 10 s, its last row first, with an office for each province and district', async () => {
    const rows = wholeCountry();
    const before = performance.now();
    expect(await load(rows)).toBe(0);
    expect(performance.now() - before).toBeLessThan(10_000);
    expect(said.join('')).toContain('16,225 rows: 16,225 added, 0 changed, 0 unchanged, 0 repeated, 0 refused.\n226 offices opened');
    expect(await row('select count(*)::int as n, count(lat)::int as placed from territory.areas')).toEqual({ n: 16_225, placed: 1_825 });
    expect(await row(`select search_key from territory.areas where code = '0101'`)).toEqual({ search_key: `${searchKey('ឈ្មោះ 0101')} name0101` });
    expect(await row(`select act, system, actor_id, subject_kind, changed from platform.acts`)).toEqual({ act: 'areas.load', system: 'register areas load', actor_id: null, subject_kind: 'area_load', changed: ['added', 'offices'] });
  });

  it('changes nothing the second time, and says so', async () => {
    const stamp = 'select md5(string_agg(a::text, chr(10) order by code)) as hash, max(a.xmin::text::bigint)::text as newest from territory.areas a';
    const before = await row(stamp);
    expect(await load(wholeCountry())).toBe(0);
    expect(said.join('')).toBe('16,225 rows: 0 added, 0 changed, 16,225 unchanged, 0 repeated, 0 refused.\nNothing was changed.\n');
    expect(await row(stamp)).toEqual(before);
    expect(await row('select count(*)::int as n from platform.acts')).toEqual({ n: 1 });
  });

  it('names the bad row and the repaired one by line, and lets the others in', async () => {
    const status = await load([
      '25,,province,Province,ត្បូងឃ្មុំ,Tboung Khmum,11.9,105.6',
      '98,,province,Province,ក,Swapped,104.9,11.5',
      '9801,98,district,District,ខ,Inside the swapped one,,',
      '109,1,district,District,គ,Without its zero,,',
      '99,,province,Province,ឃ,New,,',
    ]);
    expect(status).toBe(2);
    expect(said.join('').replace(/^\d+ of \d+ areas\n/gm, '')).toBe(
      'line 5 (109): repaired, the leading zero is back: 0109\n' +
        'line 3 (98): refused, lat and lng are swapped\n' +
        'line 4 (9801): refused, the area around it, 98, is neither in the register nor among the rows that could be taken\n' +
        '5 rows: 2 added, 1 changed, 0 unchanged, 0 repeated, 2 refused.\n' +
        '2 offices opened for the ministry, provinces and districts that had none.\n',
    );
    expect(await row(`select name_latin, lat, search_key from territory.areas where code = '25'`)).toEqual({ name_latin: 'Tboung Khmum', lat: 11.9, search_key: `${searchKey('ត្បូងឃ្មុំ')} tboungkhmum` });
    expect(await row(`select kind, name_latin from territory.offices where area_code = '0109'`)).toEqual({ kind: 'district', name_latin: 'Office of Social Affairs, Without its zero' });
  });

  it('keeps nothing of a load that fails half-way', async () => {
    await owner.query(`create function pg_temp_fail() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`);
    await owner.query('create trigger fail before insert on territory.offices for each row execute function pg_temp_fail()');
    await expect(load(['97,,province,Province,ក,K,,'])).rejects.toThrow();
    await owner.query('drop trigger fail on territory.offices; drop function pg_temp_fail()');
    expect(await row(`select count(*)::int as n from territory.areas where code = '97'`)).toEqual({ n: 0 });
  });

  it('lets two operators load the same file at once: one waits and finds nothing to do', async () => {
    expect(await Promise.all([load(['96,,province,Province,ក,K,,']), load(['96,,province,Province,ក,K,,'])])).toEqual([0, 0]);
    expect(said.join('').match(/(1 added|1 unchanged)/g)?.sort()).toEqual(['1 added', '1 unchanged']);
  });

  it('answers 1 with one sentence where nothing can be loaded', async () => {
    expect(await run([join(folder, 'none.csv')], { DATABASE_URL: database.workerUrl })).toBe(1);
    expect(await run([], { DATABASE_URL: database.workerUrl })).toBe(1);
    expect(await run(['x'], {})).toBe(1);
    expect(await load(['95,,province,Province,ក,K,,'], database.apiUrl)).toBe(1);
    expect(said.filter((line) => !/^\d+ of/.test(line))).toEqual([
      'There is no such file.\n',
      expect.stringContaining('register areas load FILE'),
      expect.stringContaining('DATABASE_URL is missing'),
      'This database login may not load areas: sign in as the owner or as register_worker.\n',
    ]);
  });

});

describe('progress', () => {
  const shown = (isTTY: boolean): string => {
    let text = '';
    const progress = progressOn({ isTTY, write: (more) => (text += more) }, 'areas');
    for (const done of [0, 1000, 2000, 3000, 4000]) progress.tell(done, 4000);
    progress.end();
    return text;
  };

  it('is a bar on a terminal and plain lines elsewhere', () => {
    expect(shown(true).split('\r').at(-1)).toBe('[##############################] 100 %  4000 of 4000 areas\n');
    expect(shown(true).split('\r')[3]).toBe('[###############...............] 50 %  2000 of 4000 areas');
    expect(shown(false)).toBe('0 of 4000 areas\n1000 of 4000 areas\n2000 of 4000 areas\n3000 of 4000 areas\n4000 of 4000 areas\n');
  });
});
