import { conflictOfInterest } from '../carers/ties.refusals.js';
import { documentNotWaiting } from '../documents/documents.refusals.js';
import { defineRefusals } from '../platform/graphql/refused.js';
import { STAFF_CERTIFICATE_TEXT } from './staff-certificates.js';

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
  HOURS_DIFFER: {
    en: 'The parts take {modules} hours together, and the course {hours}. Correct one of them.',
    km: 'ផ្នែកទាំងអស់មាន {modules} ម៉ោង ហើយវគ្គមាន {hours} ម៉ោង។ សូមកែតម្រូវ។',
    reviewed: false,
  },
  LESSONS_INCOMPLETE: {
    en: 'Parts {modules} of the course are taught on no day. Give each a day, or leave the plan out: it is then made from the hours.',
    km: 'ផ្នែក {modules} នៃវគ្គមិនមានថ្ងៃបង្រៀនទេ។ សូមកំណត់ថ្ងៃ ឬទុកឲ្យប្រព័ន្ធរៀបចំតាមម៉ោង។',
    reviewed: false,
  },
  SESSION_CANCELLED: {
    en: 'This session was cancelled on {on}. Choose another session.',
    km: 'វគ្គនេះត្រូវបានលុបចោលនៅថ្ងៃ {on}។ សូមជ្រើសរើសវគ្គផ្សេង។',
    reviewed: false,
  },
  SESSION_HELD: {
    en: 'Attendance of this session was recorded: it took place and cannot be cancelled.',
    km: 'វត្តមាននៃវគ្គនេះត្រូវបានកត់ត្រាហើយ។ វគ្គបានប្រព្រឹត្តទៅ ហើយមិនអាចលុបចោលបានទេ។',
    reviewed: false,
  },
  BELOW_REGISTERED: {
    en: '{registered} people are on the list already. Choose at least as many places, or withdraw somebody first.',
    km: 'មានមនុស្ស {registered} នាក់ក្នុងបញ្ជីរួចហើយ។ សូមជ្រើសរើសចំនួនកន្លែងយ៉ាងតិចប៉ុណ្ណេះ ឬដកឈ្មោះអ្នកណាម្នាក់សិន។',
    reviewed: false,
  },
  NOT_REGISTERED: {
    en: 'This person is not on the list. Look at the list again.',
    km: 'មនុស្សនេះមិនមានក្នុងបញ្ជីទេ។ សូមមើលបញ្ជីម្ដងទៀត។',
    reviewed: false,
  },
  ALREADY_ATTENDED: {
    en: 'This person was there already: what happened stays. Correct the attendance first if it is wrong.',
    km: 'មនុស្សនេះបានចូលរួមរួចហើយ។ ប្រសិនបើវត្តមានខុស សូមកែវត្តមានសិន។',
    reviewed: false,
  },
  NOT_TAUGHT_THAT_DAY: {
    en: 'This part of the course is not taught on that day. Look at the plan of the session.',
    km: 'ផ្នែកនេះមិនបង្រៀននៅថ្ងៃនោះទេ។ សូមមើលកម្មវិធីនៃវគ្គ។',
    reviewed: false,
  },
  NO_ASSESSMENT: {
    en: 'This course has no assessment. Its certificate follows from attendance.',
    km: 'វគ្គនេះគ្មានការវាយតម្លៃទេ។ វិញ្ញាបនបត្រចេញតាមវត្តមាន។',
    reviewed: false,
  },
  OWN_ASSESSMENT: {
    en: 'Nobody assesses herself. Ask another trainer or the supervisor.',
    km: 'គ្មាននរណាវាយតម្លៃខ្លួនឯងទេ។ សូមសុំគ្រូផ្សេង ឬប្រធាន។',
    reviewed: false,
  },
  MODULES_MISSING: {
    en: 'Parts {modules} of the course were not attended. They may be made up in any other session of the course.',
    km: 'មិនទាន់បានចូលរួមផ្នែក {modules} នៃវគ្គទេ។ អាចរៀនបន្ថែមក្នុងវគ្គផ្សេងទៀតនៃមុខវិជ្ជានេះ។',
    reviewed: false,
  },
  NOT_PASSED: {
    en: 'The course asks for {passMark} of 100 in its assessment. Assess again when the person is ready.',
    km: 'វគ្គនេះទាមទារពិន្ទុ {passMark} លើ 100។ សូមវាយតម្លៃម្ដងទៀតពេលអ្នកចូលរួមរួចរាល់។',
    reviewed: false,
  },
  NOTHING_TO_RENEW: {
    en: 'This course renews a certificate, and the person has none that still holds or ended within {months} months. Register for the full course.',
    km: 'វគ្គនេះសម្រាប់បន្តវិញ្ញាបនបត្រ ប៉ុន្តែមនុស្សនេះគ្មានវិញ្ញាបនបត្រដែលមានសុពលភាព ឬទើបផុតកំណត់ក្នុង {months} ខែទេ។ សូមចុះឈ្មោះវគ្គពេញ។',
    reviewed: false,
  },
  OWN_CERTIFICATE: {
    en: 'Nobody certifies herself. Ask another trainer or the supervisor.',
    km: 'គ្មាននរណាចេញវិញ្ញាបនបត្រឲ្យខ្លួនឯងទេ។ សូមសុំគ្រូផ្សេង ឬប្រធាន។',
    reviewed: false,
  },
  STAFF_CERTIFICATE: STAFF_CERTIFICATE_TEXT,
  CONFLICT_OF_INTEREST: conflictOfInterest,
  DOCUMENT_NOT_WAITING: documentNotWaiting,
  DATES_REVERSED: {
    en: 'The certificate ends before it begins, or on the same day. Correct one of the days.',
    km: 'វិញ្ញាបនបត្រផុតកំណត់មុនថ្ងៃចាប់ផ្ដើម ឬនៅថ្ងៃដដែល។ សូមកែថ្ងៃណាមួយ។',
    reviewed: false,
  },
  PAPER_KNOWN: {
    en: 'A paper with this number of this issuer is recorded already. Compare the two.',
    km: 'ក្រដាសដែលមានលេខនេះពីអ្នកចេញនេះ ត្រូវបានកត់ត្រារួចហើយ។ សូមប្រៀបធៀបទាំងពីរ។',
    reviewed: false,
  },
  PAPER_NEEDED: {
    en: 'Send in a photo of the paper first, and name it here.',
    km: 'សូមផ្ញើរូបថតនៃក្រដាសជាមុន ហើយបញ្ជាក់វានៅទីនេះ។',
    reviewed: false,
  },
  VALIDITY_OVERLAPS: {
    en: 'She has a certificate of this course until {until}, and this one would not outlast it. Correct the day, or leave it at the one she has.',
    km: 'គាត់មានវិញ្ញាបនបត្រនៃវគ្គនេះរហូតដល់ {until} ហើយមួយនេះមិនយូរជាងវាទេ។ សូមកែថ្ងៃ ឬទុកតែវិញ្ញាបនបត្រដែលគាត់មាន។',
    reviewed: false,
  },
  COUNTERSIGNED: {
    en: 'This was countersigned on {on} already. There is nothing left to do.',
    km: 'នេះត្រូវបានចុះហត្ថលេខារួមរួចហើយនៅថ្ងៃ {on}។ គ្មានអ្វីត្រូវធ្វើទៀតទេ។',
    reviewed: false,
  },
  OWN_RECORD: {
    en: 'You recorded this yourself. Another supervisor countersigns it.',
    km: 'អ្នកបានកត់ត្រានេះដោយខ្លួនឯង។ ប្រធានផ្សេងត្រូវចុះហត្ថលេខារួម។',
    reviewed: false,
  },
});
