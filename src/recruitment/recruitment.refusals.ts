import { conflictOfInterest } from '../carers/ties.refusals.js';
import { documentNotWaiting } from '../documents/documents.refusals.js';
import { tableRefusals } from './family-load.refusals.js';
import { defineRefusals } from '../platform/graphql/refused.js';
import { STAFF_CERTIFICATE_TEXT } from '../training/staff-certificates.js';

/** What this room refuses, and what to do next. */
export const recruitment = defineRefusals('Recruitment', {
  STAFF_CERTIFICATE: STAFF_CERTIFICATE_TEXT,
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
  OUTSIDE_CAMPAIGN: {
    en: 'The campaign runs from {startsOn} to {endsOn}. Correct the day.',
    km: 'យុទ្ធនាការនេះចាប់ពីថ្ងៃ {startsOn} ដល់ {endsOn}។ សូមកែថ្ងៃ។',
    reviewed: false,
  },
  OUTSIDE_CAMPAIGN_AREA: {
    en: 'An event of this campaign is held within the area {area}. Choose a place there.',
    km: 'ព្រឹត្តិការណ៍នៃយុទ្ធនាការនេះត្រូវធ្វើក្នុងតំបន់ {area}។ សូមជ្រើសរើសទីកន្លែងនៅទីនោះ។',
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
  ENQUIRY_DUPLICATE: {
    en: 'This enquiry was linked to another one of the same household. Work on that one, or undo the link.',
    km: 'ការសាកសួរនេះត្រូវបានភ្ជាប់ទៅការសាកសួរមួយទៀតរបស់គ្រួសារតែមួយ។ សូមធ្វើការលើមួយនោះ ឬដកការភ្ជាប់។',
    reviewed: false,
  },
  LINK_TO_FIRST: {
    en: 'Enquiries of one household are all linked to the same first one. Choose that one; what others are linked to is not linked itself.',
    km: 'ការសាកសួររបស់គ្រួសារតែមួយត្រូវភ្ជាប់ទៅការសាកសួរដំបូងតែមួយ។ សូមជ្រើសរើសមួយនោះ។',
    reviewed: false,
  },
  NOT_LINKED: {
    en: 'This enquiry is not linked to another. There is nothing to undo.',
    km: 'ការសាកសួរនេះមិនបានភ្ជាប់ទៅការសាកសួរផ្សេងទេ។ គ្មានអ្វីត្រូវដកវិញទេ។',
    reviewed: false,
  },
  NEXT_DAY_NEEDED: {
    en: 'Say on which day you will ask again, so that nobody is forgotten.',
    km: 'សូមដាក់ថ្ងៃដែលនឹងទាក់ទងម្ដងទៀត កុំឲ្យភ្លេចនរណាម្នាក់។',
    reviewed: false,
  },
  WORKER_NOT_POSTED: {
    en: 'This person has no live posting as a social worker at the office of this enquiry. Choose somebody who has.',
    km: 'បុគ្គលនេះមិនកំពុងបម្រើការងារជាបុគ្គលិកសង្គមកិច្ចនៅការិយាល័យនៃការសាកសួរនេះទេ។ សូមជ្រើសរើសម្នាក់ផ្សេង។',
    reviewed: false,
  },
  HERS_ALREADY: {
    en: 'This enquiry is already with this worker. Choose another, or leave it with her.',
    km: 'ការសាកសួរនេះស្ថិតនៅជាមួយបុគ្គលិកនេះរួចហើយ។ សូមជ្រើសរើសម្នាក់ផ្សេង ឬទុកដដែល។',
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
  APPLICATION_STATE: {
    en: 'The application stands at "{state}"; this does not belong there. Look at what may be done with it now.',
    km: 'ពាក្យស្នើសុំស្ថិតនៅដំណាក់កាល "{state}" មិនអាចធ្វើដូច្នេះបានទេ។ សូមមើលអ្វីដែលអាចធ្វើបានឥឡូវ។',
    reviewed: false,
  },
  BEFORE_APPLICATION: {
    en: 'This day lies before the application came in on {receivedOn}. Correct the day.',
    km: 'ថ្ងៃនេះនៅមុនថ្ងៃទទួលពាក្យស្នើសុំ {receivedOn}។ សូមកែថ្ងៃ។',
    reviewed: false,
  },
  SIGNED_ALREADY: {
    en: 'This signature is already recorded for the application.',
    km: 'ហត្ថលេខានេះបានកត់ត្រារួចហើយ។',
    reviewed: false,
  },
  NOT_COMPLETE: {
    en: 'The dossier is not complete. Still missing: {missing}.',
    km: 'សំណុំឯកសារមិនទាន់គ្រប់គ្រាន់។ នៅខ្វះ៖ {missing}។',
    reviewed: false,
  },
  PANEL_OF_THREE: {
    en: 'A panel has three different members of staff with live postings. Choose again.',
    km: 'គណៈកម្មការត្រូវមានបុគ្គលិកបីនាក់ផ្សេងគ្នា ដែលកំពុងបម្រើការងារ។ សូមជ្រើសរើសម្ដងទៀត។',
    reviewed: false,
  },
  PANEL_ALL_INSIDE: {
    en: 'One member of the panel comes from outside the family\'s office. Choose one.',
    km: 'សមាជិកគណៈកម្មការម្នាក់ត្រូវមកពីក្រៅការិយាល័យរបស់គ្រួសារ។ សូមជ្រើសរើសម្នាក់។',
    reviewed: false,
  },
  CONFLICT_OF_INTEREST: conflictOfInterest,
  TIE_KNOWN: {
    en: 'This adult or this relation is declared already. Look at what is written, and take it back first where it is wrong.',
    km: 'មនុស្សពេញវ័យ ឬទំនាក់ទំនងនេះបានប្រកាសរួចហើយ។ សូមមើលអ្វីដែលបានកត់ត្រា ហើយដកចេញជាមុនបើខុស។',
    reviewed: false,
  },
  TIE_UNKNOWN: {
    en: 'Nothing ties this person to the family as far as is written. Look at what is declared.',
    km: 'គ្មានការកត់ត្រាថាបុគ្គលនេះមានទំនាក់ទំនងជាមួយគ្រួសារនេះទេ។ សូមមើលអ្វីដែលបានប្រកាស។',
    reviewed: false,
  },
  STUDY_NOT_WHOLE: {
    en: 'The form {form} asks for every section once. Missing: {missing}. Not of this form: {unknown}.',
    km: 'ទម្រង់ {form} តម្រូវឲ្យបំពេញគ្រប់ផ្នែកម្ដងមួយៗ។ ខ្វះ៖ {missing}។ មិនមែនរបស់ទម្រង់នេះ៖ {unknown}។',
    reviewed: false,
  },
  SCORE_OUT_OF_RANGE: {
    en: 'Scores of this form go from {lowest} to {highest}. Correct: {sections}.',
    km: 'ពិន្ទុនៃទម្រង់នេះចាប់ពី {lowest} ដល់ {highest}។ សូមកែ៖ {sections}។',
    reviewed: false,
  },
  MOTIVE_TALK_NEEDED: {
    en: 'The home study heard a motive that a supervisor talks about with the household first. Record that talk, then let the panel decide.',
    km: 'ការសិក្សាគ្រួសារបានឮពីគោលបំណងដែលប្រធានត្រូវពិភាក្សាជាមួយគ្រួសារជាមុន។ សូមកត់ត្រាការពិភាក្សា រួចទើបគណៈកម្មការសម្រេច។',
    reviewed: false,
  },
  APPEAL_TOO_LATE: {
    en: 'An appeal could be made until {until}. The household may apply again.',
    km: 'បណ្ដឹងតវ៉ាអាចធ្វើបានត្រឹមថ្ងៃ {until}។ គ្រួសារអាចដាក់ពាក្យម្ដងទៀត។',
    reviewed: false,
  },
  APPEAL_KNOWN: {
    en: 'The household appealed against this refusal already. Look at that appeal.',
    km: 'គ្រួសារបានតវ៉ាប្រឆាំងការបដិសេធនេះរួចហើយ។ សូមមើលបណ្ដឹងនោះ។',
    reviewed: false,
  },
  APPEAL_UNKNOWN: {
    en: 'No appeal of this household waits for a decision.',
    km: 'គ្មានបណ្ដឹងតវ៉ារបស់គ្រួសារនេះកំពុងរង់ចាំការសម្រេចទេ។',
    reviewed: false,
  },
  OWN_DECISION: {
    en: 'Who refused the household, sat on its panel or studied its home does not decide the appeal. Ask another supervisor.',
    km: 'អ្នកដែលបានបដិសេធ អង្គុយក្នុងគណៈកម្មការ ឬសិក្សាគ្រួសារ មិនអាចសម្រេចបណ្ដឹងតវ៉ាបានទេ។ សូមសុំប្រធានម្នាក់ផ្សេង។',
    reviewed: false,
  },
  BEFORE_DECISION: {
    en: 'This day lies before the decision of {decidedOn}. Correct the day.',
    km: 'ថ្ងៃនេះនៅមុនការសម្រេចថ្ងៃ {decidedOn}។ សូមកែថ្ងៃ។',
    reviewed: false,
  },
  BEFORE_APPEAL: {
    en: 'This day lies before the appeal of {filedOn}. Correct the day.',
    km: 'ថ្ងៃនេះនៅមុនបណ្ដឹងតវ៉ាថ្ងៃ {filedOn}។ សូមកែថ្ងៃ។',
    reviewed: false,
  },
  BEFORE_PANEL: {
    en: 'The panel had not met by that day. Decide on or after the day it met.',
    km: 'គណៈកម្មការមិនទាន់ប្រជុំនៅថ្ងៃនោះទេ។ សូមសម្រេចនៅថ្ងៃប្រជុំ ឬក្រោយថ្ងៃនោះ។',
    reviewed: false,
  },
  OWN_STUDY: {
    en: 'Who studied the home does not decide. Ask another supervisor or the ministry.',
    km: 'អ្នកដែលបានសិក្សាគ្រួសារមិនអាចសម្រេចបានទេ។ សូមសុំប្រធានផ្សេង ឬក្រសួង។',
    reviewed: false,
  },
  ABOVE_LIMIT: {
    en: 'A family of this kind has at most {limit} places. Give fewer; siblings are an exemption asked for later.',
    km: 'គ្រួសារប្រភេទនេះមានកន្លែងច្រើនបំផុត {limit}។ សូមដាក់តិចជាងនេះ។ បងប្អូនបង្កើតជាករណីលើកលែងដែលស្នើក្រោយ។',
    reviewed: false,
  },
  AGES_REVERSED: {
    en: 'The youngest age lies above the oldest. Give the ages in order.',
    km: 'អាយុតិចបំផុតធំជាងអាយុច្រើនបំផុត។ សូមដាក់អាយុតាមលំដាប់។',
    reviewed: false,
  },
  OTHER_CARE_KIND: {
    en: 'The household applied as {kind}; approve it for that.',
    km: 'គ្រួសារបានដាក់ពាក្យជា {kind}។ សូមអនុម័តសម្រាប់ប្រភេទនោះ។',
    reviewed: false,
  },
  PLACES_BELOW_OCCUPANTS: {
    en: 'More children live there or are expected than these places. Give at least as many places.',
    km: 'មានកុមាររស់នៅ ឬរង់ចាំច្រើនជាងចំនួនកន្លែងនេះ។ សូមដាក់កន្លែងឲ្យគ្រប់។',
    reviewed: false,
  },
  ...tableRefusals,
  DOCUMENT_NOT_WAITING: documentNotWaiting,
  FAMILY_CLOSED: {
    en: 'This family was closed on {closedOn}: it is not checked, approved or reviewed any more. If it comes back, record a new enquiry.',
    km: 'គ្រួសារនេះបានបិទនៅថ្ងៃ {closedOn}៖ មិនត្រូវពិនិត្យ ឬអនុម័តទៀតទេ។ បើត្រឡប់មកវិញ សូមកត់ត្រាការសាកសួរថ្មី។',
    reviewed: false,
  },
  NOT_APPROVED: {
    en: 'This family was never approved; there is nothing to review. Decide its application.',
    km: 'គ្រួសារនេះមិនធ្លាប់បានអនុម័តទេ។ សូមសម្រេចលើពាក្យសុំជាមុន។',
    reviewed: false,
  },
  BEFORE_LAST_DECISION: {
    en: 'The last decision about this family was on {decidedOn}. A review comes after it.',
    km: 'សេចក្ដីសម្រេចចុងក្រោយអំពីគ្រួសារនេះគឺថ្ងៃ {decidedOn}។ ការពិនិត្យត្រូវនៅក្រោយថ្ងៃនោះ។',
    reviewed: false,
  },
  TERMS_NEEDED: {
    en: 'Changed terms are given with the review, and only with that outcome.',
    km: 'លក្ខខណ្ឌថ្មីត្រូវដាក់តែពេលលទ្ធផលគឺ «ផ្លាស់ប្ដូរ»។',
    reviewed: false,
  },
  CHILDREN_THERE: {
    en: 'Children have {places} places in this family on or after that day. Suspend it, end or move their placements, then remove the approval.',
    km: 'កុមារមាន {places} កន្លែងក្នុងគ្រួសារនេះ។ សូមផ្អាកគ្រួសារ បញ្ចប់ ឬផ្លាស់ការទុកដាក់ រួចដកការអនុម័ត។',
    reviewed: false,
  },
});
