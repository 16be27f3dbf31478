import { addDays, addMonths } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import { recordAct } from '../platform/audit/acts.js';
import type { Op } from '../platform/database/op.js';
import type { FieldKeys } from '../platform/field-crypto.js';
import { ensureHolidays } from '../territory/small-areas.js';
import { Chronicle } from './chronicle.js';
import { Sheets } from './copy.js';
import { raiseChildren } from './childhoods/raise.js';
import { Classroom } from './families/classroom.js';
import { Moves } from './families/moves.js';
import { KEPT_FREE, familiesOf, recruitProvince } from './families/province.js';
import { settle } from './geography.js';
import { Personnel } from './hiring.js';
import { drawInstitutions, writeInstitutions } from './institutions.js';
import { publishQuarters } from './quarter.js';
import { insertRates } from './rates.js';
import { Roster } from './roster.js';
import type { DemoCountry, DemoFamily, DemoLand } from './world.js';

/** What is wished for. */
export interface CountryWish {
  readonly seed: number;
  /** 1 is the size of Cambodia. */
  readonly scale: number;
  /** The one password of the demonstration, as staff.accounts keeps it. */
  readonly passwordHash: string;
  /** The register's own keys: account numbers of payees are sealed with them, and left out without them. */
  readonly fieldKeys?: FieldKeys;
  /** Hears how far the work has come. */
  readonly tell?: (done: number, of: number) => void;
}

/** What was made, by what people call it. */
export interface CountryMade {
  readonly rows: number;
  readonly provinces: number;
  readonly institutions: number;
  readonly families: number;
  readonly children: number;
}

/** The country at size 1. */
const INSTITUTIONS = 406;
const CHILDREN = 16_579;
const FAMILIES = 3_000;
const LEAST = { institutions: 3, children: 53, families: 30 } as const;

/**
 * Invents a country in the transaction of `op`: areas and offices, institutions, colleagues, families with two years of
 * recruitment, and their children. The same seed, size and day give the same rows.
 */
export async function invent(op: Op, wish: CountryWish): Promise<CountryMade> {
  const sheets = new Sheets();
  const chronicle = new Chronicle(sheets);
  await chronicle.begin(op);
  const land = await layOut(op, wish, sheets, chronicle);
  const share = familiesOf(land, Math.max(LEAST.families, Math.round(FAMILIES * wish.scale)));
  const moves = new Moves(land, sheets, chronicle, KEPT_FREE);
  const shared = { classroom: new Classroom(land, sheets, chronicle), moves, fieldKeys: wish.fieldKeys };
  const families: DemoFamily[] = [];
  const provinces = share.size;
  const steps = provinces * 2;
  let done = 0;
  const step = async (): Promise<void> => {
    await sheets.flush(op.tx);
    wish.tell?.(++done, steps);
  };
  for (const [province, count] of share) {
    families.push(...recruitProvince(land, sheets, chronicle, shared, province, count));
    await step();
  }
  const country: DemoCountry = { ...land, families };
  await raiseChildren(op, country, sheets, chronicle, (share) => wish.tell?.(Math.round((1 + share) * provinces), steps), wish.fieldKeys);
  await moves.settle(op);
  await finish(op, chronicle, sheets, country);
  const written = sheets.written();
  return {
    rows: [...written.values()].reduce((sum, rows) => sum + rows, 0), provinces, institutions: land.institutions.length,
    families: written.get('carers.families') ?? 0, children: written.get('children.children') ?? 0,
  };
}

/** The land before its families: what everybody needs who acts in it. */
async function layOut(op: Op, { seed, scale, passwordHash }: CountryWish, sheets: Sheets, chronicle: Chronicle): Promise<DemoLand> {
  const places = await settle(op, seed, scale);
  await ensureHolidays(op);
  const holidays = new Set((await op.tx.rows<{ day: string }>('select day from territory.holidays')).map(({ day }) => day));
  await insertRates(op, seed);
  const began = addMonths(op.today, -24);
  const rolledOut = addDays(began, -30);
  const count = Math.max(LEAST.institutions, Math.round(INSTITUTIONS * scale));
  const institutions = drawInstitutions(seed, count, Math.max(LEAST.children, Math.round(CHILDREN * scale)), places, rolledOut);
  const personnel = new Personnel({ seed, scale, today: op.today, rolledOut, places, institutions, passwordHash }, sheets, chronicle);
  const known = personnel.hire();
  const roster = new Roster(personnel.postings, places.offices());
  writeInstitutions(sheets, chronicle, seed, institutions, roster);
  await sheets.flush(op.tx);
  return { seed, scale, today: op.today, rolledOut, began, places, roster, holidays, institutions, known };
}

/** Puts the acts into their order, lets every deferred constraint speak, and publishes. */
async function finish(op: Op, chronicle: Chronicle, sheets: Sheets, country: DemoCountry): Promise<void> {
  await publishQuarters(op, country, sheets, chronicle);
  chronicle.digests(country);
  await sheets.flush(op.tx);
  await chronicle.end(op);
  await op.tx.run('set constraints all immediate');
  await recordAct(op, { subject: ['demonstration', newId()], on: op.today });
  for (const table of sheets.written().keys()) await op.tx.run(`analyze ${table}`);
}
