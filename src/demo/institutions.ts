import type { CivilDate } from '../kernel/civil-date.js';
import { addDays } from '../kernel/civil-date.js';
import type { Chronicle } from './chronicle.js';
import type { Sheets } from './copy.js';
import { stream } from './random.js';
import type { Stream } from './random.js';
import type { Roster } from './roster.js';
import type { DemoInstitution, Places } from './world.js';

type Kind = DemoInstitution['kind'];
type Named = DemoInstitution & { readonly nameKm: string; readonly nameLatin: string };

/** The three that are always there, the first with the known para social worker. */
const PINNED: readonly (readonly [kind: Kind, km: string, latin: string, area: string, capacity: number, children: number])[] = [
  ['protection_centre', 'ផ្ទះផ្កាឈូក', 'House of the Lotus', '020301', 60, 34],
  ['temporary_centre', 'មណ្ឌលស្វាគមន៍', 'Welcome Centre', '171001', 30, 12],
  ['pagoda', 'វត្តស្វាយ', 'Wat Svay', '171002', 20, 7],
];

const KINDS: readonly (readonly [value: readonly [kind: Kind, km: string, latin: string, least: number, most: number], weight: number])[] = [
  [['protection_centre', 'មណ្ឌលកុមារ', 'Children\'s Centre', 25, 110], 40],
  [['boarding', 'អន្តេវាសិកដ្ឋាន', 'Boarding House', 20, 120], 20],
  [['pagoda', 'វត្ត', 'Wat', 8, 60], 18],
  [['group_home', 'ផ្ទះជាក្រុម', 'Group Home', 6, 20], 12],
  [['temporary_centre', 'មណ្ឌលបណ្ដោះអាសន្ន', 'Temporary Centre', 10, 60], 10],
];

const NAMES: readonly (readonly [km: string, latin: string])[] = [
  ['ផ្កាម្លិះ', 'of the Jasmine'], ['អនាគត', 'of the Future'], ['សុភមង្គល', 'of Happiness'], ['ដួងតារា', 'of the Star'], ['ព្រះអាទិត្យ', 'of the Sun'], ['សន្តិភាព', 'of Peace'],
  ['មិត្តភាព', 'of Friendship'], ['ពន្លឺ', 'of Light'], ['ដើមពោធិ៍', 'of the Bodhi Tree'], ['ទន្លេ', 'of the River'], ['ភ្នំ', 'of the Hill'], ['ស្ពាន', 'of the Bridge'],
];

/** Towns have more of them than their villages would say. */
const WEIGHT: Readonly<Record<string, number>> = { '12': 5, '17': 4, '02': 3 };

/** Residential institutions that do not exist, with how many of the country's children came into care in each. */
export function drawInstitutions(seed: number, count: number, children: number, places: Places, rolledOut: CivilDate): Named[] {
  const random = stream(seed, 'institutions');
  const pinned = PINNED.map(([kind, nameKm, nameLatin, areaCode, capacity, some]) => made(random, places, rolledOut, { kind, nameKm, nameLatin, areaCode, capacity, children: some }));
  const provinces = places.provinces().map(({ code }) => [code, (WEIGHT[code] ?? 1) * Math.min(1 + places.below(code).length, 10)] as const);
  const others = Array.from({ length: Math.max(0, count - pinned.length) }, (_, i) => {
    const [kind, km, latin, least, most] = random.weighted(KINDS);
    const [ofKm, ofLatin] = random.pick(NAMES);
    const areaCode = random.pick(places.within(random.weighted(provinces), 6)).code;
    const capacity = random.between(least, most);
    return { kind, nameKm: `${km}${ofKm} ${i + 1}`, nameLatin: `${latin} ${ofLatin} ${i + 1}`, areaCode, capacity, children: Math.round(capacity * (0.4 + random.below(60) / 100)) };
  });
  const left = Math.max(0, children - pinned.reduce((sum, one) => sum + one.children, 0));
  return [...pinned, ...shared(others, left).map((one) => made(random, places, rolledOut, one))];
}

/** The children are handed out as the houses are filled; one that has more than its beds has more beds. */
function shared<T extends { readonly children: number; readonly capacity: number }>(houses: readonly T[], children: number): T[] {
  const sum = houses.reduce((all, one) => all + one.children, 0);
  let given = 0;
  let before = 0;
  return houses.map((house) => {
    before += house.children;
    const upTo = Math.round((children * before) / sum);
    const own = upTo - given;
    given = upTo;
    return { ...house, children: own, capacity: Math.min(1_000, Math.max(house.capacity, own + 2)) };
  });
}

function made(random: Stream, places: Places, rolledOut: CivilDate, house: Omit<Named, 'id' | 'officeId' | 'registeredOn'>): Named {
  const registeredOn = addDays(rolledOut, random.below(28));
  return { id: random.id(registeredOn), officeId: places.officeFor(house.areaCode).id, registeredOn, ...house };
}

/** Writes them as their supervisors registered them. */
export function writeInstitutions(sheets: Sheets, chronicle: Chronicle, seed: number, institutions: readonly Named[], roster: Roster): void {
  const random = stream(seed, 'institutions', 'acts');
  const sheet = sheets.sheet('institutions.institutions', ['id', 'kind', 'name_km', 'name_latin', 'area_code', 'office_id', 'capacity', 'registered_on']);
  for (const { id, kind, nameKm, nameLatin, areaCode, officeId, capacity, registeredOn } of institutions) {
    sheet.add({ id, kind, name_km: nameKm, name_latin: nameLatin, area_code: areaCode, office_id: officeId, capacity, registered_on: registeredOn });
    chronicle.act(random, { act: 'institution.register', by: roster.one('supervisor', officeId, registeredOn, random), subject: ['institution', id], on: registeredOn });
  }
}
