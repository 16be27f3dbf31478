import { defineRefusals } from '../platform/graphql/refused.js';

/** What this room refuses, and what to do next. */
export const institutions = defineRefusals('Institutions', {
  INSTITUTION_AREA_TOO_COARSE: {
    en: 'Give the commune or village where the institution stands, not only {area}.',
    km: 'សូមដាក់ឃុំ ឬភូមិដែលកន្លែងថែទាំស្ថិតនៅ មិនមែនត្រឹម {area} ទេ។',
    reviewed: false,
  },
  INSTITUTION_AREA_UNKNOWN: {
    en: 'There is no area with the code {area}. Look it up by its name.',
    km: 'គ្មានតំបន់ដែលមានលេខកូដ {area} ទេ។ សូមស្វែងរកតាមឈ្មោះ។',
    reviewed: false,
  },
  INSTITUTION_ALREADY_REGISTERED: {
    en: 'An institution of this name is registered in this commune already ({institution}). Use that one, or give this one the name that tells them apart.',
    km: 'កន្លែងថែទាំដែលមានឈ្មោះនេះបានចុះបញ្ជីក្នុងឃុំនេះរួចហើយ ({institution})។ សូមប្រើកន្លែងនោះ ឬដាក់ឈ្មោះដែលខុសគ្នា។',
    reviewed: false,
  },
  INSTITUTION_UNCHANGED: {
    en: 'Nothing differs from what is written already. Change a field, or leave it as it is.',
    km: 'គ្មានអ្វីខុសពីអ្វីដែលបានកត់ត្រាទេ។ សូមកែចន្លោះណាមួយ ឬទុកដូចដើម។',
    reviewed: false,
  },
  INSTITUTION_CLOSED: {
    en: 'This institution is closed; what is written of it stays as it was.',
    km: 'កន្លែងថែទាំនេះបានបិទហើយ។ អ្វីដែលបានកត់ត្រានៅដដែល។',
    reviewed: false,
  },
});
