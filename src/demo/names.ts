/** Invented people get their names from here: common family and given names in both scripts. */
export const FAMILY_NAMES: readonly (readonly [km: string, latin: string])[] = [
  ['សុខ', 'Sok'], ['ជា', 'Chea'], ['លី', 'Ly'], ['ហេង', 'Heng'], ['គឹម', 'Kim'], ['ម៉ៅ', 'Mao'], ['នួន', 'Nuon'], ['អ៊ុក', 'Uk'], ['ប៉ែន', 'Pen'], ['ទេព', 'Tep'], ['យិន', 'Yin'], ['សេង', 'Seng'],
];
export const GIVEN_NAMES: Readonly<Record<'female' | 'male', readonly (readonly [km: string, latin: string])[]>> = {
  female: [['ស្រីមុំ', 'Sreymom'], ['ចាន់ថា', 'Chantha'], ['កល្យាណ', 'Kalyan'], ['សុភាព', 'Sopheap'], ['មាលា', 'Mealea'], ['ពៅ', 'Pov'], ['នារី', 'Neary'], ['រចនា', 'Rachana']],
  male: [['វិចិត្រ', 'Vichet'], ['សុភ័ក្ត្រ', 'Sopheak'], ['បូរ៉ា', 'Bora'], ['ពិសិដ្ឋ', 'Piseth'], ['រិទ្ធី', 'Rithy'], ['មករា', 'Makara'], ['តារា', 'Dara'], ['ឧត្តម', 'Oudom']],
};

/** Numbers that look random and are the same every time: a linear congruence, good enough for invented people. */
export function sequence(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

export interface DemoName {
  readonly km: string;
  readonly latin: string;
}

/** A name, family name first. */
export function nameOf(pick: (below: number) => number, sex: 'female' | 'male'): DemoName {
  const family = FAMILY_NAMES[pick(FAMILY_NAMES.length)] ?? ['សុខ', 'Sok'];
  const given = GIVEN_NAMES[sex][pick(GIVEN_NAMES[sex].length)] ?? ['ពៅ', 'Pov'];
  return { km: `${family[0]} ${given[0]}`, latin: `${family[1]} ${given[1]}` };
}
