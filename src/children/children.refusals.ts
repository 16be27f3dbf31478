import { defineRefusals } from '../platform/graphql/refused.js';

/** What this room refuses, and what to do next. */
export const children = defineRefusals('Children', {
  BIRTH_IN_FUTURE: {
    en: 'This birth date has not come yet. Correct it, or give the year only.',
    km: 'ថ្ងៃកំណើតនេះមិនទាន់មកដល់ទេ។ សូមកែវា ឬដាក់តែឆ្នាំ។',
    reviewed: false,
  },
  BORN_AFTER_SEEN: {
    en: 'She was seen on {firstSeenOn}, before this birth date. Correct the date or how exactly it is known.',
    km: 'មានគេបានឃើញកុមារនៅថ្ងៃ {firstSeenOn} មុនថ្ងៃកំណើតនេះ។ សូមកែថ្ងៃ ឬភាពច្បាស់របស់វា។',
    reviewed: false,
  },
  AREA_UNKNOWN: {
    en: 'There is no area with this code. Look it up by its name.',
    km: 'គ្មានតំបន់ដែលមានលេខកូដនេះទេ។ សូមស្វែងរកតាមឈ្មោះ។',
    reviewed: false,
  },
  DATES_REVERSED: {
    en: 'The end lies before the beginning. Give the days in order.',
    km: 'ថ្ងៃបញ្ចប់នៅមុនថ្ងៃចាប់ផ្ដើម។ សូមដាក់ថ្ងៃតាមលំដាប់។',
    reviewed: false,
  },
  AFTER_DEATH: {
    en: 'The child died on {diedOn}; nothing can have happened to her after that. Correct the day.',
    km: 'កុមារបានស្លាប់នៅថ្ងៃ {diedOn}។ សូមកែថ្ងៃ។',
    reviewed: false,
  },
  LEGAL_BASIS_STANDS: {
    en: 'Another legal basis ({kind}) stands on these days, from {from} on. Correct the days, or record the newer one.',
    km: 'មានមូលដ្ឋានច្បាប់មួយទៀត ({kind}) នៅថ្ងៃទាំងនេះ ចាប់ពី {from}។ សូមកែថ្ងៃ ឬកត់ត្រាមូលដ្ឋានថ្មីជាង។',
    reviewed: false,
  },
  NEEDS_RECORDED_LATER: {
    en: 'Her needs were already recorded from {from} on. Give that day or a later one.',
    km: 'តម្រូវការរបស់កុមារបានកត់ត្រារួចហើយចាប់ពី {from}។ សូមដាក់ថ្ងៃនោះ ឬក្រោយ។',
    reviewed: false,
  },
  ALREADY_SIBLINGS: {
    en: 'They are one sibling group already. There is nothing to do.',
    km: 'ពួកគេជាក្រុមបងប្អូនតែមួយរួចហើយ។ មិនចាំបាច់ធ្វើអ្វីទេ។',
    reviewed: false,
  },
  SIBLINGS_OF_TWO_GROUPS: {
    en: 'They belong to {groups} sibling groups. Look at each; if all of them are siblings, say so with mergeGroups.',
    km: 'ពួកគេស្ថិតក្នុងក្រុមបងប្អូន {groups}។ សូមពិនិត្យមើលក្រុមនីមួយៗ បើពួកគេជាបងប្អូនទាំងអស់ សូមជ្រើស mergeGroups។',
    reviewed: false,
  },
  SIBLINGS_ELSEWHERE: {
    en: 'Some of these siblings belong to another office. Ask your supervisor to bring the groups together.',
    km: 'បងប្អូនខ្លះស្ថិតក្រោមការិយាល័យផ្សេង។ សូមស្នើប្រធានរបស់អ្នកឲ្យបញ្ចូលក្រុម។',
    reviewed: false,
  },
  NO_SIBLINGS: {
    en: 'She belongs to no sibling group. There is nothing to do.',
    km: 'កុមារមិនស្ថិតក្នុងក្រុមបងប្អូនណាទេ។ មិនចាំបាច់ធ្វើអ្វីទេ។',
    reviewed: false,
  },
  ALREADY_OBJECTED: {
    en: 'Her objection to this family is recorded already. There is nothing to do.',
    km: 'ការជំទាស់របស់កុមារចំពោះគ្រួសារនេះបានកត់ត្រារួចហើយ។ មិនចាំបាច់ធ្វើអ្វីទេ។',
    reviewed: false,
  },
  ALREADY_DIFFERENT: {
    en: 'They are known to be two children already. There is nothing to do.',
    km: 'គេដឹងរួចហើយថាពួកគេជាកុមារពីរនាក់។ មិនចាំបាច់ធ្វើអ្វីទេ។',
    reviewed: false,
  },
  KNOWN_DIFFERENT: {
    en: 'Since {on} they are known to be two children. Speak with whoever said so; two children have two files.',
    km: 'ចាប់ពី {on} គេដឹងថាពួកគេជាកុមារពីរនាក់។ សូមពិភាក្សាជាមួយអ្នកដែលបានបញ្ជាក់ កុមារពីរនាក់មានសំណុំរឿងពីរ។',
    reviewed: false,
  },
  ALREADY_MERGED: {
    en: 'This file is one person with number {number} already. Undo that first, or merge with that number.',
    km: 'សំណុំរឿងនេះត្រូវបានភ្ជាប់ជាមនុស្សតែមួយជាមួយលេខ {number} រួចហើយ។ សូមលុបការភ្ជាប់នោះសិន ឬភ្ជាប់ជាមួយលេខនោះ។',
    reviewed: false,
  },
  OTHERS_MERGED: {
    en: 'Other files ({numbers}) are one person with this one. Keep this file, or undo those first.',
    km: 'សំណុំរឿងផ្សេង ({numbers}) ត្រូវបានភ្ជាប់ជាមួយសំណុំរឿងនេះ។ សូមរក្សាទុកសំណុំរឿងនេះ ឬលុបការភ្ជាប់ទាំងនោះសិន។',
    reviewed: false,
  },
  TWINS_POSSIBLE: {
    en: 'They may be twins or siblings: {signs}. See both, or ask their family; if they are one child all the same, say so with noTwins and write why.',
    km: 'ពួកគេអាចជាកូនភ្លោះ ឬបងប្អូន៖ {signs}។ សូមជួបទាំងពីរ ឬសួរគ្រួសារ បើពួកគេជាកុមារតែមួយ សូមជ្រើស noTwins ហើយសរសេរមូលហេតុ។',
    reviewed: false,
  },
  NOT_MERGED: {
    en: 'This file is merged with no other. There is nothing to undo.',
    km: 'សំណុំរឿងនេះមិនត្រូវបានភ្ជាប់ជាមួយសំណុំរឿងណាទេ។ គ្មានអ្វីត្រូវលុបទេ។',
    reviewed: false,
  },
  NO_AGREEMENT: {
    en: 'No agreement of parents or a guardian stands on {on}. Record the legal basis first, or correct the day.',
    km: 'គ្មានកិច្ចព្រមព្រៀងរបស់ឪពុកម្ដាយ ឬអាណាព្យាបាលនៅថ្ងៃ {on} ទេ។ សូមកត់ត្រាមូលដ្ឋានច្បាប់សិន ឬកែថ្ងៃ។',
    reviewed: false,
  },
  ALREADY_WITHDRAWN: {
    en: 'This agreement was taken back by the same person already, and waits for its review.',
    km: 'កិច្ចព្រមព្រៀងនេះត្រូវបានមនុស្សដដែលដករួចហើយ ហើយរង់ចាំការពិនិត្យឡើងវិញ។',
    reviewed: false,
  },
  ALREADY_REVIEWED: {
    en: 'This was reviewed on {on}. There is nothing to do.',
    km: 'រឿងនេះបានពិនិត្យឡើងវិញនៅថ្ងៃ {on} រួចហើយ។ មិនចាំបាច់ធ្វើអ្វីទេ។',
    reviewed: false,
  },
});
