import { defineMessages } from './messages.js';

/** What the door itself says. */
defineMessages('problem', {
  UNAUTHENTICATED: { en: 'Sign in, then try again.', km: 'សូមចូលប្រើប្រព័ន្ធ រួចព្យាយាមម្ដងទៀត។', reviewed: false },
  FORBIDDEN: { en: 'Your posting does not allow this. Ask your supervisor.', km: 'តួនាទីរបស់អ្នកមិនអនុញ្ញាតការងារនេះទេ។ សូមសួរប្រធានរបស់អ្នក។', reviewed: false },
  ANALYST: { en: 'Policy analysts read published statistics only: no record of any person, by any route.', km: 'អ្នកវិភាគគោលនយោបាយអានបានតែស្ថិតិដែលបានផ្សព្វផ្សាយប៉ុណ្ណោះ មិនអាចមើលឯកសារបុគ្គលណាមួយតាមផ្លូវណាឡើយ។', reviewed: false },
  NOT_FOUND: { en: 'There is no such record, or it is not yours to see.', km: 'គ្មានឯកសារនេះ ឬអ្នកគ្មានសិទ្ធិមើលវាទេ។', reviewed: false },
  BAD_USER_INPUT: { en: 'Some fields cannot be taken as they are. Correct them and send again.', km: 'ទិន្នន័យខ្លះមិនត្រឹមត្រូវ។ សូមកែ រួចផ្ញើម្ដងទៀត។', reviewed: false },
  BAD_DOCUMENT: { en: 'The request cannot be read: {hint}', km: 'មិនអាចអានសំណើនេះបានទេ៖ {hint}', reviewed: false },
  CONFLICT: { en: 'Somebody changed this meanwhile. Read it again, then decide.', km: 'មានអ្នកផ្សេងបានកែប្រែរួចហើយ។ សូមអានម្ដងទៀត រួចសម្រេច។', reviewed: false },
  STALE: { en: 'Somebody changed this meanwhile: {changed}. Read it again, then decide.', km: 'មានអ្នកផ្សេងបានកែប្រែរួចហើយ៖ {changed}។ សូមអានម្ដងទៀត រួចសម្រេច។', reviewed: false },
  KEY_USED: { en: 'This request key was used for another request. Send again with a new key.', km: 'លេខសម្គាល់សំណើនេះបានប្រើរួចហើយ។ សូមផ្ញើម្ដងទៀតដោយលេខថ្មី។', reviewed: false },
  TOO_EXPENSIVE: { en: 'This asks for too much at once. Ask for fewer fields or a shorter page.', km: 'សំណើនេះធំពេក។ សូមសួរតិចជាងនេះ។', reviewed: false },
  INTERNAL: { en: 'Something went wrong on our side. Nothing was changed. Tell your administrator this number: {id}', km: 'មានបញ្ហានៅក្នុងប្រព័ន្ធ។ គ្មានអ្វីផ្លាស់ប្ដូរទេ។ សូមប្រាប់លេខនេះទៅអ្នកគ្រប់គ្រង៖ {id}', reviewed: false },
  NOT_A_DAY: { en: 'This is not a day of the calendar written YYYY-MM-DD, like 2026-02-28.', km: 'នេះមិនមែនជាថ្ងៃក្នុងប្រតិទិនដែលសរសេរ YYYY-MM-DD ដូចជា 2026-02-28 ទេ។', reviewed: false },
  NOT_AN_ID: { en: 'This is not the id of a record.', km: 'នេះមិនមែនជាលេខសម្គាល់ឯកសារទេ។', reviewed: false },
  NOT_RIEL: { en: 'An amount is whole riel, without points or commas.', km: 'ទឹកប្រាក់ត្រូវជារៀលគត់ គ្មានចំណុច ឬក្បៀស។', reviewed: false },
});

/** What is wrong with a field, by the rule it breaks. */
defineMessages('validation', {
  isNotEmpty: { en: 'This must not be empty.', km: 'ត្រូវបំពេញ។', reviewed: false },
  isString: { en: 'This must be text.', km: 'ត្រូវជាអក្សរ។', reviewed: false },
  isInt: { en: 'This must be a whole number.', km: 'ត្រូវជាចំនួនគត់។', reviewed: false },
  isNumber: { en: 'This must be a number.', km: 'ត្រូវជាលេខ។', reviewed: false },
  isBoolean: { en: 'This must be yes or no.', km: 'ត្រូវជា បាទ/ចាស ឬ ទេ។', reviewed: false },
  isEnum: { en: 'This is not one of the choices.', km: 'មិនមែនជាជម្រើសដែលមានទេ។', reviewed: false },
  isIn: { en: 'This is not one of the choices.', km: 'មិនមែនជាជម្រើសដែលមានទេ។', reviewed: false },
  isArray: { en: 'This must be a list.', km: 'ត្រូវជាបញ្ជី។', reviewed: false },
  arrayMaxSize: { en: 'This list is too long.', km: 'បញ្ជីនេះវែងពេក។', reviewed: false },
  arrayMinSize: { en: 'This list is too short.', km: 'បញ្ជីនេះខ្លីពេក។', reviewed: false },
  arrayUnique: { en: 'This list names something twice.', km: 'បញ្ជីនេះមានអ្វីមួយពីរដង។', reviewed: false },
  min: { en: 'This is too small.', km: 'តូចពេក។', reviewed: false },
  max: { en: 'This is too large.', km: 'ធំពេក។', reviewed: false },
  minLength: { en: 'This is too short.', km: 'ខ្លីពេក។', reviewed: false },
  maxLength: { en: 'This is too long.', km: 'វែងពេក។', reviewed: false },
  isLength: { en: 'This is too short or too long.', km: 'ខ្លីពេក ឬវែងពេក។', reviewed: false },
  matches: { en: 'This is not written as it should be.', km: 'សរសេរមិនត្រឹមត្រូវ។', reviewed: false },
  readable: { en: 'This holds characters that cannot be read.', km: 'មានតួអក្សរដែលមិនអាចអានបាន។', reviewed: false },
  phone: { en: 'This is not a Cambodian telephone number, like 012 345 678.', km: 'នេះមិនមែនជាលេខទូរសព្ទកម្ពុជា ដូចជា 012 345 678 ទេ។', reviewed: false },
  requestKey: { en: 'A request key has 8 to 100 letters, digits, "-" or "_", and is new for each request.', km: 'លេខសម្គាល់សំណើត្រូវមានអក្សរ ឬលេខ ៨ ដល់ ១០០ តួ។', reviewed: false },
  cursor: { en: 'This page does not belong to this list. Begin again at the first page.', km: 'ទំព័រនេះមិនមែនជារបស់បញ្ជីនេះទេ។ សូមចាប់ផ្ដើមពីទំព័រទីមួយ។', reviewed: false },
  future: { en: 'This day has not come yet. Give the day on which it happened.', km: 'ថ្ងៃនេះមិនទាន់មកដល់ទេ។ សូមដាក់ថ្ងៃដែលវាបានកើតឡើង។', reviewed: false },
  tooLate: { en: 'Late entries go back to {earliest}. Record an older fact as a correction.', km: 'ការកត់ត្រាយឺតអាចថយក្រោយត្រឹម {earliest}។ សូមកត់ត្រាហេតុការណ៍ចាស់ជាងនេះជាការកែតម្រូវ។', reviewed: false },
  json: { en: 'This is not written as JSON.', km: 'សរសេរមិនត្រូវតាមទម្រង់ JSON ទេ។', reviewed: false },
  isNestedValidator: { en: 'This part is not complete.', km: 'ផ្នែកនេះមិនគ្រប់គ្រាន់ទេ។', reviewed: false },
  whitelistValidation: { en: 'This field is not known.', km: 'មិនស្គាល់ចន្លោះនេះទេ។', reviewed: false },
});
