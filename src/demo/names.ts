import type { Stream } from './random.js';

/** A part of a name: Khmer, its usual Latin spelling, and other spellings that offices use. */
type Part = readonly [km: string, latin: string, ...others: string[]];

const FAMILY_NAMES: readonly Part[] = [
  ['សុខ', 'Sok', 'Sokh'], ['ជា', 'Chea', 'Chéa'], ['លី', 'Ly', 'Li'], ['ហេង', 'Heng', 'Haing'], ['គឹម', 'Kim', 'Kem'], ['ម៉ៅ', 'Mao', 'Mau'], ['នួន', 'Nuon', 'Noun'],
  ['អ៊ុក', 'Uk', 'Ouk'], ['ប៉ែន', 'Pen', 'Paen'], ['ទេព', 'Tep', 'Tepp'], ['យិន', 'Yin', 'Yinn'], ['សេង', 'Seng', 'Saeng'], ['ចាន់', 'Chan', 'Chann'], ['ឈឹម', 'Chhim', 'Chhoeum'],
  ['កែវ', 'Keo', 'Kev'], ['ប្រាក់', 'Prak', 'Brak'], ['ស៊ន', 'Son', 'Sorn'], ['ស៊ិន', 'Sin', 'Sinn'], ['ឡុង', 'Long'], ['វ៉ាន់', 'Van', 'Vann'], ['ទូច', 'Touch', 'Tuch'],
  ['ហុង', 'Hong'], ['ឃឹម', 'Khim', 'Khem'], ['មាស', 'Meas', 'Mias'], ['ឈុន', 'Chhun', 'Chhoun'], ['នេត', 'Neth', 'Net'], ['ពេជ្រ', 'Pich', 'Pech'], ['ផល', 'Phal', 'Phol'],
  ['រស់', 'Ros', 'Roh'], ['សំ', 'Sam', 'Som'], ['តាំង', 'Tang', 'Taing'], ['ភួង', 'Phuong', 'Phoung'], ['អ៊ុំ', 'Um', 'Oum'], ['ញ៉ែម', 'Nhem', 'Nhaem'], ['ឌី', 'Dy', 'Di'],
  ['ដួង', 'Duong', 'Doung'], ['ខៀវ', 'Khiev', 'Khieu'], ['ម៉ែន', 'Men', 'Maen'], ['រ៉េត', 'Ret', 'Reth'], ['លឹម', 'Lim', 'Lem'], ['ឈាង', 'Chheang', 'Chhiang'],
];

const GIVEN_NAMES: Readonly<Record<'female' | 'male', readonly Part[]>> = {
  female: [
    ['ស្រីមុំ', 'Sreymom', 'Srey Mom'], ['ចាន់ថា', 'Chantha', 'Chanthar'], ['កល្យាណ', 'Kalyan', 'Kalyann'], ['សុភាព', 'Sopheap', 'Sophiep'], ['មាលា', 'Mealea', 'Malea'],
    ['ពៅ', 'Pov', 'Pao'], ['នារី', 'Neary', 'Neari'], ['រចនា', 'Rachana', 'Rochana'], ['ស្រីនាង', 'Sreyneang', 'Srey Neang'], ['សុខា', 'Sokha', 'Sokkha'], ['ធីតា', 'Thida', 'Tida'],
    ['ចិន្តា', 'Chenda', 'Chinda'], ['បុប្ផា', 'Bopha', 'Bopphar'], ['លក្ខិណា', 'Leakhena', 'Leakena'], ['សុវណ្ណារី', 'Sovannary', 'Sovanary'], ['ស្រីពេជ្រ', 'Sreypich', 'Srey Pich'],
    ['កញ្ញា', 'Kagna', 'Kanha'], ['វណ្ណា', 'Vanna', 'Vana'], ['រដ្ឋា', 'Ratha', 'Rotha'], ['ដាលីន', 'Dalin', 'Daline'], ['សុខឡេង', 'Sokleng', 'Sok Leng'], ['ម៉ារី', 'Mary', 'Mari'],
    ['ចរិយា', 'Chakriya', 'Chariya'], ['គន្ធា', 'Kunthea', 'Kunthear'], ['សម្ផស្ស', 'Samphors', 'Sampos'], ['ស្រីល័ក្ខ', 'Sreyleak', 'Srey Leak'],
  ],
  male: [
    ['វិចិត្រ', 'Vichet', 'Vicheth'], ['សុភ័ក្ត្រ', 'Sopheak', 'Sopheaktra'], ['បូរ៉ា', 'Bora', 'Borah'], ['ពិសិដ្ឋ', 'Piseth', 'Piset'], ['រិទ្ធី', 'Rithy', 'Rithi'], ['មករា', 'Makara', 'Mokara'],
    ['តារា', 'Dara', 'Tara'], ['ឧត្តម', 'Oudom', 'Udom'], ['សុភាព', 'Sopheap', 'Sophiep'], ['វុទ្ធី', 'Vuthy', 'Wuthy'], ['សំណាង', 'Samnang', 'Somnang'], ['វាសនា', 'Veasna', 'Veasnar'],
    ['ចាន់ដារ៉ា', 'Chandara', 'Chan Dara'], ['សុខុម', 'Sokhom', 'Sokom'], ['ពន្លឺ', 'Ponleu', 'Ponlue'], ['រតនៈ', 'Rattanak', 'Ratanak'], ['សេរី', 'Serey', 'Serei'], ['វិសាល', 'Visal', 'Visall'],
    ['គឹមហុង', 'Kimhong', 'Kim Hong'], ['បញ្ញា', 'Panha', 'Pagna'], ['សុវណ្ណ', 'Sovann', 'Sovan'], ['ភារម្យ', 'Phearom', 'Phearum'], ['ណារិន', 'Narin', 'Narinn'], ['ធារ៉ា', 'Theara', 'Thera'],
    ['កុសល', 'Kosal', 'Kosol'], ['មុន្នី', 'Mony', 'Munny'],
  ],
};

/** So many people bear the commonest name of the country: whoever looks for it finds pages. */
const COMMONEST = { share: 0.012, family: ['សុខ', 'Sok'] as const, given: ['សុភាព', 'Sopheap'] as const };

/** Khmer that is typed otherwise and looks the same on every screen. */
const ALIKE: readonly (readonly [RegExp, string])[] = [
  [/([\u17c9\u17ca])([\u17b6\u17b8\u17bb\u17c2])/, '$2$1'],
  [/(\u17d2[\u1780-\u17b3])(\u17d2\u179a)/, '$2$1'],
  [/\u17d2\u178f/, '\u17d2\u178a'],
  [/\u17c4/, '\u17c1\u17b6'],
  [/\u17be/, '\u17c1\u17b8'],
  [/([\u17bb])(\u17c6)/, '$2$1'],
];

/** A name in both scripts, family name first; either may be missing. */
export interface DemoName {
  readonly km: string | null;
  readonly latin: string | null;
}

/** Somebody's name, whole, with its family part for brothers and sisters. */
export interface WholeName {
  readonly km: string;
  readonly latin: string;
  readonly family: FamilyName;
}

export type FamilyName = readonly [km: string, latin: string];

/** A family name. */
export function familyName(random: Stream): FamilyName {
  const [km, latin, ...others] = random.pick(FAMILY_NAMES);
  return [km, others.length > 0 && random.chance(0.25) ? random.pick(others) : latin];
}

/** A person's name, of a family where it is given. */
export function nameOf(random: Stream, sex: 'female' | 'male', family?: FamilyName): WholeName {
  const common = family === undefined && random.chance(COMMONEST.share);
  const [familyKm, familyLatin] = common ? COMMONEST.family : (family ?? familyName(random));
  const [km, latin, ...others] = common ? COMMONEST.given : random.pick(GIVEN_NAMES[sex]);
  const spelt = others.length > 0 && random.chance(0.25) ? random.pick(others) : latin;
  return { km: `${familyKm} ${km}`, latin: `${familyLatin} ${spelt}`, family: [familyKm, familyLatin] };
}

/** A name as one of many hands has written it: swapped, with a character nobody sees, in capitals, or in one script only. */
export function asWritten(random: Stream, { km, latin }: { readonly km: string; readonly latin: string }): DemoName {
  const missing = random.weighted([['none', 82], ['latin', 12], ['km', 6]]);
  return { km: missing === 'km' ? null : khmerAsWritten(random, km), latin: missing === 'latin' ? null : latinAsWritten(random, latin) };
}

function khmerAsWritten(random: Stream, name: string): string {
  switch (random.weighted([['plain', 78], ['alike', 9], ['invisible', 7], ['joined', 3], ['swapped', 3]])) {
    case 'alike': {
      const found = ALIKE.filter(([pattern]) => pattern.test(name));
      return found.length === 0 ? name : name.replace(...random.pick(found));
    }
    // A zero-width space, as telephones put it between words.
    case 'invisible': return name.replace(' ', '\u200b ');
    case 'joined': return name.replace(' ', '');
    case 'swapped': return swapped(name);
    default: return name;
  }
}

function latinAsWritten(random: Stream, name: string): string {
  switch (random.weighted([['plain', 82], ['capitals', 8], ['swapped', 6], ['small', 2], ['spaces', 2]])) {
    case 'capitals': return name.toUpperCase();
    case 'swapped': return swapped(name);
    case 'small': return name.toLowerCase();
    case 'spaces': return name.replace(' ', '  ');
    default: return name;
  }
}

function swapped(name: string): string {
  const [family, ...given] = name.split(' ');
  return [...given, family].join(' ');
}

/** A telephone number as the register keeps it. Nobody has one that goes on with 00. */
export function phoneOf(random: Stream): string {
  return `+855${random.pick(['12', '17', '77', '85', '92', '96', '97'])}00${String(random.below(10_000)).padStart(4, '0')}`;
}
