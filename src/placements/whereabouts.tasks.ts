import { defineTaskKind } from '../worklist/task-kinds.js';

/** What the nights away from a kept place, a disappearance and a death ask of people. */
export const whereaboutsTasks = {
  keptReview: defineTaskKind({
    kind: 'placements.kept_review',
    en: 'A place is still kept for a child who sleeps elsewhere: is she coming back, and when?',
    km: 'កន្លែងនៅតែរក្សាទុកសម្រាប់កុមារដែលស្នាក់នៅកន្លែងផ្សេង៖ តើកុមារនឹងត្រឡប់មកវិញ ហើយនៅពេលណា?',
    byHand: true,
  }),
};
