import { defineRefusals } from '../platform/graphql/refused.js';

/** What this room refuses, and what to do next. */
export const training = defineRefusals('Training', {
  COURSE_EXISTS: {
    en: 'There is a course of this name for this audience already. Open a session of it.',
    km: 'មានវគ្គសិក្សាឈ្មោះនេះសម្រាប់អ្នកចូលរួមនេះរួចហើយ។ សូមបើកសម័យសិក្សារបស់វា។',
    reviewed: false,
  },
  AREA_TOO_WIDE: {
    en: 'Choose the district, commune or village where the session takes place.',
    km: 'សូមជ្រើសរើសស្រុក ឃុំ ឬភូមិដែលវគ្គប្រព្រឹត្តទៅ។',
    reviewed: false,
  },
  AREA_UNKNOWN: {
    en: 'There is no area with the code {area}. Look it up by its name.',
    km: 'គ្មានតំបន់ដែលមានលេខកូដ {area} ទេ។ សូមស្វែងរកតាមឈ្មោះ។',
    reviewed: false,
  },
  NOT_A_TRAINER: {
    en: 'This person has no posting as a trainer today. Choose somebody who has.',
    km: 'មនុស្សនេះគ្មានតួនាទីជាគ្រូបង្គោលទេ។ សូមជ្រើសរើសអ្នកផ្សេង។',
    reviewed: false,
  },
  SESSION_FULL: {
    en: 'All {capacity} places of this session are taken. Choose another session.',
    km: 'កន្លែងទាំង {capacity} របស់វគ្គនេះពេញហើយ។ សូមជ្រើសរើសវគ្គផ្សេង។',
    reviewed: false,
  },
  SESSION_ENDED: {
    en: 'This session ended on {lastDay}. Choose another session.',
    km: 'វគ្គនេះបានបញ្ចប់នៅថ្ងៃ {lastDay}។ សូមជ្រើសរើសវគ្គផ្សេង។',
    reviewed: false,
  },
  OTHER_AUDIENCE: {
    en: 'This course is for {audience}. Choose a course for this person.',
    km: 'វគ្គនេះសម្រាប់ {audience}។ សូមជ្រើសរើសវគ្គសម្រាប់មនុស្សនេះ។',
    reviewed: false,
  },
  ALREADY_REGISTERED: {
    en: 'This person is on the list already.',
    km: 'មនុស្សនេះមានក្នុងបញ្ជីរួចហើយ។',
    reviewed: false,
  },
  NOT_A_SESSION_DAY: {
    en: 'The session takes place on {days}. Correct the day.',
    km: 'វគ្គប្រព្រឹត្តទៅនៅថ្ងៃ {days}។ សូមកែថ្ងៃ។',
    reviewed: false,
  },
  ALREADY_CERTIFIED: {
    en: 'Somebody on this list has her certificate already; her attendance can no longer be taken back.',
    km: 'មនុស្សម្នាក់ក្នុងបញ្ជីនេះបានទទួលវិញ្ញាបនបត្ររួចហើយ។ វត្តមានរបស់គាត់មិនអាចដកវិញបានទេ។',
    reviewed: false,
  },
  SESSION_NOT_ENDED: {
    en: 'The session ends on {lastDay}. Issue the certificate on that day or later.',
    km: 'វគ្គនឹងបញ្ចប់នៅថ្ងៃ {lastDay}។ សូមចេញវិញ្ញាបនបត្រនៅថ្ងៃនោះ ឬក្រោយមក។',
    reviewed: false,
  },
  NOT_ATTENDED: {
    en: 'This person was there on {present} of {days} days, and {needed} are needed. Record the attendance first, or register for another session.',
    km: 'មនុស្សនេះបានចូលរួម {present} ក្នុង {days} ថ្ងៃ ហើយត្រូវការ {needed} ថ្ងៃ។ សូមកត់ត្រាវត្តមានជាមុន ឬចុះឈ្មោះវគ្គផ្សេង។',
    reviewed: false,
  },
  ALREADY_ISSUED: {
    en: 'This person has the certificate of this session already.',
    km: 'មនុស្សនេះមានវិញ្ញាបនបត្ររបស់វគ្គនេះរួចហើយ។',
    reviewed: false,
  },
  OWN_CERTIFICATE: {
    en: 'Nobody certifies herself. Ask another trainer or the supervisor.',
    km: 'គ្មាននរណាចេញវិញ្ញាបនបត្រឲ្យខ្លួនឯងទេ។ សូមសុំគ្រូផ្សេង ឬប្រធាន។',
    reviewed: false,
  },
});
