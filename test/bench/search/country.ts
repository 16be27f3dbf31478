import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { asWritten } from '../../../src/demo/names.js';
import { stream } from '../../../src/demo/random.js';
import type { Stream } from '../../../src/demo/random.js';
import { civil } from '../../../src/kernel/civil-date.js';
import { nameKeys } from '../../../src/kernel/khmer.js';
import { PLACES } from '../standby/history.js';

/** The country's commonest whole name; one child in fifty bears it. */
export const COMMONEST = { km: 'សុខ សុភាព', latin: 'Sok Sopheap' } as const;
const COMMONEST_SHARE = 0.02;

/** Syllables of names as they are written in both scripts. */
const SYLLABLES: readonly (readonly [km: string, latin: string])[] = [
  ['សុខ', 'Sok'], ['ចាន់', 'Chan'], ['ស្រី', 'Srey'], ['ជា', 'Chea'], ['គឹម', 'Kim'], ['លី', 'Ly'], ['ហេង', 'Heng'], ['ម៉ៅ', 'Mao'], ['នួន', 'Nuon'], ['អ៊ុក', 'Ouk'], ['ប៉ែន', 'Pen'], ['ទេព', 'Tep'],
  ['សេង', 'Seng'], ['កែវ', 'Keo'], ['ប្រាក់', 'Prak'], ['ស៊ន', 'Son'], ['ឡុង', 'Long'], ['វណ្ណ', 'Vann'], ['ទូច', 'Touch'], ['មាស', 'Meas'], ['ឈុន', 'Chhun'], ['ពេជ្រ', 'Pich'], ['ផល', 'Phal'], ['រស់', 'Ros'],
  ['តាំង', 'Tang'], ['ដារ៉ា', 'Dara'], ['រដ្ឋា', 'Ratha'], ['បូរ៉ា', 'Bora'], ['ធីតា', 'Thida'], ['មុំ', 'Mom'], ['នាង', 'Neang'], ['ល័ក្ខ', 'Leak'], ['ណារី', 'Nary'], ['ភាព', 'Pheap'], ['ថា', 'Tha'], ['សាល', 'Sal'],
  ['ឧត្តម', 'Oudom'], ['វិសិដ្ឋ', 'Viseth'], ['កុសល', 'Kosal'], ['មករា', 'Makara'],
];

/** The flatness of how common names are: with it the first of 200 family names is that of two in a hundred. */
const FLAT = 20;

/** Draws a place in a list of which the first are commoner: weight 1 / (place + {@link FLAT}). */
function common(random: Stream, size: number): number {
  const draw = random.below(1_000_000) / 1_000_000;
  return Math.min(size - 1, Math.floor(FLAT * ((size + FLAT) / FLAT) ** draw - FLAT));
}

function syllable(at: number): readonly [km: string, latin: string] {
  return SYLLABLES[at % SYLLABLES.length] ?? ['សុខ', 'Sok'];
}

/** One of 200 family names: a syllable, or two. */
function familyName(at: number): readonly [km: string, latin: string] {
  const first = syllable(at);
  if (at < SYLLABLES.length) return first;
  const second = syllable(at * 7 + Math.floor(at / SYLLABLES.length));
  return [first[0] + second[0], first[1] + second[1].toLowerCase()];
}

/** One of 1,600 given names of two syllables. */
function givenName(at: number): readonly [km: string, latin: string] {
  const [first, second] = [syllable(at), syllable(at * 3 + Math.floor(at / SYLLABLES.length) + 5)];
  return [first[0] + second[0], first[1] + second[1].toLowerCase()];
}

/** A whole name as often as such names are. */
export function someName(random: Stream): { readonly km: string; readonly latin: string } {
  if (random.chance(COMMONEST_SHARE)) return COMMONEST;
  const [family, given] = [familyName(common(random, 200)), givenName(common(random, 1_600))];
  return { km: `${family[0]} ${given[0]}`, latin: `${family[1]} ${given[1]}` };
}

/** How large a country to make. */
export interface Size {
  readonly children: number;
  readonly seed: number;
}

const CHILDREN = '(id, number, name_km, name_latin, sex, birth_date, birth_precision, birth_basis, office_id, origin_office_id, institution_id, registered_on, first_seen_on, last_seen_on)';
const KEYS = '(key, child_id, number, office_id, origin_office_id, institution_id, born_from, born_to)';
/** Rules and indexes that are written once, after the rows. */
const AFTER: readonly (readonly [off: string, on: string])[] = [
  ['alter table children.name_keys drop constraint name_keys_pkey', 'alter table children.name_keys add primary key (key, number) include (child_id, office_id, origin_office_id, institution_id, born_from, born_to)'],
  ['drop index children.name_keys_by_child', 'create index name_keys_by_child on children.name_keys (child_id)'],
  ['drop index children.name_keys_by_office', 'create index name_keys_by_office on children.name_keys (key, office_id) include (number, child_id, born_from, born_to)'],
];

/** A country of children under names as common as here, one in thirty in an institution, one in ten from another district. All or nothing. */
export async function fillCountry(client: pg.Client, { children, seed }: Size, tell: (what: string) => void): Promise<void> {
  await client.query('begin');
  // Each row would be asked for by itself; what the triggers write is written here.
  await client.query('set local session_replication_role = replica');
  await client.query(PLACES, [25, 8, 8]);
  await client.query(`insert into territory.offices (id, kind, name_km, name_latin) select uuidv7(), 'ministry', 'MoSVY', 'MoSVY' where not exists (select from territory.offices where kind = 'ministry')`);
  await client.query(`insert into institutions.institutions (id, kind, name_km, name_latin, area_code, office_id, capacity, registered_on)
    select uuidv7(), 'protection_centre', n::text, n::text, o.area_code || '01', o.id, 100, '2015-01-01' from territory.offices o cross join generate_series(1, 3) n where length(o.area_code) = 4`);
  const houses = (await client.query<{ id: string; office: string }>('select id, office_id as office from institutions.institutions order by area_code, name_km')).rows;
  const offices = (await client.query<{ id: string }>('select id from territory.offices where length(area_code) = 4 order by area_code')).rows.map(({ id }) => id);
  for (const [off] of AFTER) await client.query(off);
  tell('children');
  await pipeline(Readable.from(childRows(stream(seed, 'search', 'children'), children, houses, offices), { objectMode: false }), client.query(copyFrom(`copy children.children ${CHILDREN} from stdin`)));
  tell('the keys of their names');
  const named = (await client.query<{ id: string; km: string | null; latin: string | null }>('select id, name_km as km, name_latin as latin from children.children order by number')).rows;
  await client.query('create temp table made (child_id uuid, key text) on commit drop');
  await pipeline(Readable.from(keyRows(named), { objectMode: false }), client.query(copyFrom('copy made from stdin')));
  await client.query(`insert into children.name_keys ${KEYS} select m.key, c.id, c.number, c.office_id, c.origin_office_id, c.institution_id,
    children.born_from(c.birth_date, c.birth_precision), children.born_to(c.birth_date, c.birth_precision) from made m join children.children c on c.id = m.child_id`);
  await client.query(`insert into children.shares (id, child_id, office_id, during, why) select uuidv7(), id, ($1::uuid[])[1 + number % $2], '[2020-01-01,)', 'transition' from children.children where number % 200 = 0`, [offices, offices.length]);
  tell('indexes and rules');
  for (const [, on] of AFTER) await client.query(on);
  await client.query('commit');
  await client.query('vacuum (analyze) children.children, children.name_keys, children.shares');
}

function* childRows(random: Stream, count: number, houses: readonly { readonly id: string; readonly office: string }[], offices: readonly string[]): Generator<string> {
  for (let number = 1; number <= count; number += 1) {
    const { km, latin } = asWritten(random, someName(random));
    const house = random.chance(0.03) ? random.pick(houses) : undefined;
    const office = house?.office ?? random.pick(offices);
    const origin = random.chance(0.1) ? random.pick(offices) : undefined;
    const birth = random.day(civil('2005-01-01'), civil('2025-12-31'));
    const precision = random.weighted([['day', 55], ['month', 5], ['year', 15], ['estimated', 25]]);
    yield `${[random.id(civil('2026-01-01')), number, km, latin, random.pick(['female', 'male']), birth, precision, 'told_by_others', office, origin, house?.id, '2026-02-01', '2026-01-31', '2026-02-01'].map((value) => (value === null || value === undefined ? '\\N' : value)).join('\t')}\n`;
  }
}

function* keyRows(named: readonly { readonly id: string; readonly km: string | null; readonly latin: string | null }[]): Generator<string> {
  for (const { id, km, latin } of named) {
    const rows = nameKeys(km, latin).map((key) => `${id}\t${key}\n`).join('');
    if (rows !== '') yield rows;
  }
}
