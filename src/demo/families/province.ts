import type { FieldKeys } from '../../platform/field-crypto.js';
import type { Chronicle } from '../chronicle.js';
import type { Sheets } from '../copy.js';
import type { Stream } from '../random.js';
import { stream } from '../random.js';
import type { DemoFamily, DemoLand } from '../world.js';
import { Campaigns } from './campaigns.js';
import type { Classroom } from './classroom.js';
import { Enquiries } from './enquiries.js';
import { Families } from './life.js';
import { writeGroups } from './meetings.js';
import type { Moves } from './moves.js';
import type { FamilyWish } from './life.js';
import { STAGES, drawStage } from './plan.js';

/** Families that are always there, in the offices of the known people. The second one is full. */
const PINNED: readonly FamilyWish[] = (
  [
    ['02030102', 2, 'standing'], ['02030103', 3, 'standing'], ['02030201', 1, 'standing'], ['02030301', 2, 'certificate_expired'], ['02010101', 3, 'standing'],
    ['02010201', 2, 'standing'], ['17100101', 2, 'standing'], ['17100102', 1, 'suspended'], ['17100201', 3, 'standing'], ['12010101', 2, 'check_expired'],
  ] as const
).map(([areaCode, places, stage]) => ({
  areaCode, places, stage, kind: 'foster', ...(stage === 'standing' ? { approvedAgo: [9, 4] as const } : {}), ...(areaCode === '02030103' ? { full: true as const } : {}),
}));

/** The tour looks at these villages: nobody else lives there. */
export const KEPT_FREE: ReadonlySet<string> = new Set(['02030103', '02030104']);
/** Every stage is met in the offices of the known people, however small the country is. */
const EVERYTHING = ['0203', '1710'] as const;
/** The known social worker of each of them. */
const KNOWN: Readonly<Record<string, string>> = { '0203': 'demo-worker', '1710': 'demo-elsewhere' };
/** Every kind of move is met there too. */
const MOVED = ['commune', 'district', 'province', 'reviewed'] as const;
const KINDS = [['foster', 74], ['kinship', 23], ['family_house', 3]] as const;
/** Of a hundred families that apply so many others only ask. */
const ONLY_ASKED = 0.87;

/** How many of the country's families each province has, by its villages; Battambang and Siem Reap have more, as they have more institutions. */
export function familiesOf(land: DemoLand, families: number): ReadonlyMap<string, number> {
  const weights = land.places.provinces().map(({ code }) => [code, land.places.within(code, 8).length ** 0.7 * ({ '02': 1.8, '17': 1.5 }[code] ?? 1)] as const);
  const sum = weights.reduce((all, [, weight]) => all + weight, 0);
  let before = 0;
  return new Map(weights.map(([code, weight]) => {
    const from = Math.round((families * before) / sum);
    before += weight;
    return [code, Math.round((families * before) / sum) - from];
  }));
}

/** What every province shares. */
export interface Shared {
  readonly classroom: Classroom;
  readonly moves: Moves;
  readonly fieldKeys?: FieldKeys;
}

/** Writes two years of recruitment of one province. Gives the families that were approved once. */
export function recruitProvince(land: DemoLand, sheets: Sheets, chronicle: Chronicle, { classroom, moves, fieldKeys }: Shared, province: string, count: number): DemoFamily[] {
  classroom.teachColleagues(sheets, province);
  const enquiries = new Enquiries(land, sheets, chronicle, new Campaigns(land, sheets, chronicle, province));
  const families = new Families(land, sheets, chronicle, classroom, moves, fieldKeys);
  const fixed = [...PINNED.filter(({ areaCode }) => areaCode.startsWith(province)), ...everyStage(land, province)];
  const villages = villagesOf(land, province);
  const approved: DemoFamily[] = [];
  for (let i = 0; i < Math.max(count, fixed.length); i++) {
    const random = stream(land.seed, 'families', province, i);
    const family = families.write(random, fixed[i] ?? { stage: drawStage(random), kind: random.weighted(KINDS), areaCode: villages(random) }, enquiries);
    if (family !== undefined) approved.push(family);
  }
  const asked = stream(land.seed, 'enquiries', province);
  for (let i = 0; i < Math.max(6, Math.round(count * ONLY_ASKED)); i++) enquiries.other(asked, villages(asked));
  for (const district of EVERYTHING.filter((code) => code.startsWith(province))) {
    const worker = land.known.get(KNOWN[district] ?? '');
    const open = stream(land.seed, 'enquiries', district);
    for (const state of ['new', 'new', 'followed_up', 'followed_up', 'new'] as const) enquiries.other(open, villagesOf(land, district)(open), { state, worker });
  }
  classroom.close(province);
  writeGroups(land, sheets, chronicle, approved);
  return approved;
}

function everyStage(land: DemoLand, province: string): FamilyWish[] {
  const districts = EVERYTHING.filter((code) => code.startsWith(province));
  return districts.flatMap((district) => {
    const random = stream(land.seed, 'families', district, 'every stage');
    const villages = land.places.within(district, 8).filter(({ code }) => !KEPT_FREE.has(code));
    const stages = STAGES.map((stage, i): FamilyWish => ({ stage, kind: i % 4 === 3 ? 'kinship' : 'foster', areaCode: random.pick(villages).code }));
    return [...stages, ...MOVED.map((moved): FamilyWish => ({ stage: 'standing', kind: 'foster', areaCode: random.pick(villages).code, approvedAgo: [11, 5], moved }))];
  });
}

/** A village of an area; the district of the known people comes up more often. */
function villagesOf(land: DemoLand, area: string): (random: Stream) => string {
  const codes = land.places.within(area, 8).map(({ code }) => code).filter((code) => !KEPT_FREE.has(code));
  const known = codes.filter((code) => EVERYTHING.some((district) => code.startsWith(district)));
  return (random) => random.pick(known.length > 0 && random.chance(0.15) ? known : codes);
}
