import { defineRefusals } from '../platform/graphql/refused.js';

/** What this room refuses, and what to do next. */
export const recruitment = defineRefusals('Recruitment', {
  AREA_TOO_WIDE: {
    en: 'Choose a district, commune or village; a campaign for a whole province cannot be followed up.',
    km: 'សូមជ្រើសរើសស្រុក ឃុំ ឬភូមិ។ យុទ្ធនាការសម្រាប់ខេត្តទាំងមូលមិនអាចតាមដានបានទេ។',
    reviewed: false,
  },
  AREA_UNKNOWN: {
    en: 'There is no area with the code {area}. Look it up by its name.',
    km: 'គ្មានតំបន់ដែលមានលេខកូដ {area} ទេ។ សូមស្វែងរកតាមឈ្មោះ។',
    reviewed: false,
  },
  DATES_REVERSED: {
    en: 'The last day lies before the first. Give the days in order.',
    km: 'ថ្ងៃបញ្ចប់នៅមុនថ្ងៃចាប់ផ្ដើម។ សូមដាក់ថ្ងៃតាមលំដាប់។',
    reviewed: false,
  },
  CAMPAIGN_CLOSED: {
    en: 'This campaign was closed on {closedOn}. Record the enquiry as a walk-in or a call.',
    km: 'យុទ្ធនាការនេះបានបិទនៅថ្ងៃ {closedOn}។ សូមកត់ត្រាជាអ្នកមកដោយខ្លួនឯង ឬទូរសព្ទ។',
    reviewed: false,
  },
  VILLAGE_NEEDED: {
    en: 'Give the commune or village where the household lives.',
    km: 'សូមដាក់ឃុំ ឬភូមិដែលគ្រួសាររស់នៅ។',
    reviewed: false,
  },
  ENQUIRY_ENDED: {
    en: 'This enquiry has ended ({state}). If the household comes back, record a new enquiry.',
    km: 'ការសាកសួរនេះបានបញ្ចប់ ({state})។ បើគ្រួសារត្រឡប់មកវិញ សូមកត់ត្រាថ្មី។',
    reviewed: false,
  },
  BEFORE_ENQUIRY: {
    en: 'This day lies before the enquiry came in on {receivedOn}. Correct the day.',
    km: 'ថ្ងៃនេះនៅមុនថ្ងៃទទួលការសាកសួរ {receivedOn}។ សូមកែថ្ងៃ។',
    reviewed: false,
  },
  NEXT_DAY_NEEDED: {
    en: 'Say on which day you will ask again, so that nobody is forgotten.',
    km: 'សូមដាក់ថ្ងៃដែលនឹងទាក់ទងម្ដងទៀត កុំឲ្យភ្លេចនរណាម្នាក់។',
    reviewed: false,
  },
  CARER_NEEDED: {
    en: 'Name at least one adult who will care for the child.',
    km: 'សូមដាក់មនុស្សពេញវ័យយ៉ាងតិចម្នាក់ ដែលនឹងថែទាំកុមារ។',
    reviewed: false,
  },
  CARER_TOO_YOUNG: {
    en: 'At first approval a carer is at least {minimum} years old; kin are exempt. Record the enquiry as not interested, or name another carer.',
    km: 'អ្នកថែទាំត្រូវមានអាយុយ៉ាងតិច {minimum} ឆ្នាំ លើកលែងតែសាច់ញាតិ។ សូមដាក់អ្នកថែទាំផ្សេង។',
    reviewed: false,
  },
});
