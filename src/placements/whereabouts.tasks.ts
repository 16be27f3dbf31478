import { defineMessageKind, defineTaskKind } from '../worklist/task-kinds.js';

/** What the nights away from a kept place, a disappearance and a death ask of people. */
export const whereaboutsTasks = {
  keptReview: defineTaskKind({
    kind: 'placements.kept_review',
    en: 'A place is still kept for a child who sleeps elsewhere: is she coming back, and when?',
    km: 'កន្លែងនៅតែរក្សាទុកសម្រាប់កុមារដែលស្នាក់នៅកន្លែងផ្សេង៖ តើកុមារនឹងត្រឡប់មកវិញ ហើយនៅពេលណា?',
    byHand: true,
  }),
  tellMissing: defineTaskKind({
    kind: 'placements.missing_notices',
    en: 'A child is missing: tell the police, the parents, her worker and the supervisor, and write down who was told and when.',
    km: 'កុមារបាត់ខ្លួន៖ សូមជូនដំណឹងដល់ប៉ូលិស ឪពុកម្ដាយ អ្នកកាន់ករណី និងអ្នកគ្រប់គ្រង ហើយកត់ត្រាថាបានប្រាប់នរណា និងពេលណា។',
    byHand: false,
    escalateAfterDays: 0,
  }),
  returnTalk: defineTaskKind({
    kind: 'placements.return_talk',
    en: 'A child who was missing is back: somebody from outside the home talks with her alone.',
    km: 'កុមារដែលបាត់ខ្លួនបានត្រឡប់មកវិញ៖ អ្នកនៅក្រៅផ្ទះត្រូវនិយាយជាមួយកុមារដោយឡែក។',
    byHand: false,
  }),
  conference: defineTaskKind({
    kind: 'placements.missing_conference',
    en: 'Call a case conference about a child who was missing: {detail}.',
    km: 'សូមកោះប្រជុំករណីអំពីកុមារដែលបានបាត់ខ្លួន៖ {detail}។',
    byHand: true,
  }),
  tellDeath: defineTaskKind({
    kind: 'placements.death_notices',
    en: 'A child has died: tell the parents, her brothers and sisters and the authority, and write down who was told and when.',
    km: 'កុមារបានស្លាប់៖ សូមជូនដំណឹងដល់ឪពុកម្ដាយ បងប្អូន និងអាជ្ញាធរ ហើយកត់ត្រាថាបានប្រាប់នរណា និងពេលណា។',
    byHand: false,
  }),
  deathReview: defineTaskKind({
    kind: 'placements.death_review',
    en: 'Review the death of a child, from outside the office that answered for her.',
    km: 'ពិនិត្យឡើងវិញអំពីការស្លាប់របស់កុមារ ដោយអ្នកក្រៅការិយាល័យទទួលខុសត្រូវ។',
    byHand: true,
  }),
};

/** Told to the supervisor at once. */
export const childMissing = defineMessageKind({ kind: 'placements.child_missing', en: 'A child of your offices is missing.', km: 'កុមារម្នាក់ក្នុងការិយាល័យរបស់អ្នកបានបាត់ខ្លួន។' });
