import { addDays, addMonths } from '../../kernel/civil-date.js';
import type { CivilDate } from '../../kernel/civil-date.js';
import { asWritten, familyName, nameOf, phoneOf } from '../names.js';
import type { Stream } from '../random.js';
import type { DemoAdult, DemoFamily } from '../world.js';

/** Needs that a family may be ready for; the words of children.needs. */
export const NEEDS = [
  'daily_medicine', 'monthly_clinic', 'wheelchair', 'sign_language', 'low_vision', 'special_school', 'learning_support', 'behaviour_support', 'therapy', 'infant_care',
  'special_diet', 'night_care',
] as const;

/** Languages spoken beside Khmer, by province. */
const LANGUAGES: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  '03': [['cjm', 0.12]], '17': [['cjm', 0.05]], '12': [['cjm', 0.05], ['vie', 0.05]], '11': [['cmo', 0.4]], '16': [['jra', 0.3], ['tpu', 0.3], ['krr', 0.1]], '07': [['cjm', 0.08]],
};

/** A household as it was first known. */
export interface Household {
  readonly id: string;
  readonly kind: DemoFamily['kind'];
  readonly nameKm: string | null;
  readonly nameLatin: string | null;
  readonly phone: string | null;
  readonly areaCode: string;
  readonly languages: readonly string[];
  readonly religion: string | null;
  readonly ownChildren: number;
  readonly experience: readonly string[];
  readonly schoolAreaCode: string | null;
  readonly openedOn: CivilDate;
  readonly adults: readonly DemoAdult[];
}

/** Draws a household of one or two carers, with whoever else lives there. */
export function drawHousehold(random: Stream, kind: DemoFamily['kind'], areaCode: string, openedOn: CivilDate): Household {
  const family = familyName(random);
  const alone = random.chance(kind === 'kinship' ? 0.35 : 0.18);
  const first = drawAdult(random, openedOn, { sex: alone && random.chance(0.15) ? 'male' : 'female', ages: agesOf(kind), carer: true });
  const partner = alone ? [] : [drawAdult(random, openedOn, { sex: 'male', ages: agesOf(kind), carer: random.chance(0.8), family })];
  const others = random.chance(0.22) ? [drawAdult(random, openedOn, { sex: random.chance(0.5) ? 'female' : 'male', ages: random.chance(0.5) ? [19, 26] : [60, 82], carer: false, family })] : [];
  const spoken = (LANGUAGES[areaCode.slice(0, 2)] ?? []).filter(([, share]) => random.chance(share)).map(([language]) => language);
  return {
    id: random.id(openedOn), kind, nameKm: first.nameKm, nameLatin: first.nameLatin, phone: random.chance(0.93) ? phoneOf(random) : null, areaCode,
    languages: ['khm', ...spoken], religion: spoken.includes('cjm') ? 'Muslim' : random.weighted([['Buddhist', 90], ['Christian', 5], [null, 5]]),
    ownChildren: kind === 'family_house' ? random.between(0, 3) : random.weighted([[0, 25], [1, 25], [2, 28], [3, 15], [4, 7]]),
    experience: random.chance(0.35) ? random.some(NEEDS, random.between(1, 2)) : [], schoolAreaCode: random.chance(0.8) ? areaCode.slice(0, 6) : null, openedOn,
    adults: [first, ...partner, ...others],
  };
}

/** Somebody who comes to live in the home later on. */
export function drawNewcomer(random: Stream, from: CivilDate): DemoAdult {
  return drawAdult(random, from, { sex: random.chance(0.5) ? 'female' : 'male', ages: [19, 70], carer: false });
}

const agesOf = (kind: DemoFamily['kind']): readonly [number, number] => (kind === 'kinship' ? [30, 72] : [28, 60]);

function drawAdult(
  random: Stream,
  from: CivilDate,
  wanted: { readonly sex: 'female' | 'male'; readonly ages: readonly [number, number]; readonly carer: boolean; readonly family?: readonly [string, string] },
): DemoAdult {
  const written = asWritten(random, nameOf(random, wanted.sex, wanted.family));
  const birthPrecision = random.weighted([['day', 50], ['month', 8], ['year', 36], ['estimated', 6]]);
  const born = addDays(addMonths(from, -12 * random.between(...wanted.ages)), -random.below(365));
  const birthDate = (birthPrecision === 'day' ? born : birthPrecision === 'month' ? `${born.slice(0, 7)}-01` : `${born.slice(0, 4)}-01-01`) as CivilDate;
  return { id: random.id(from), nameKm: written.km, nameLatin: written.latin, sex: wanted.sex, birthDate, birthPrecision, carer: wanted.carer, from, to: null };
}
