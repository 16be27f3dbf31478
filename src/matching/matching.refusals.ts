import { conflictOfInterest } from '../carers/ties.refusals.js';
import { defineRefusals } from '../platform/graphql/refused.js';

const no = (en: string, km: string): { readonly en: string; readonly km: string; readonly reviewed: false } => ({ en, km, reviewed: false });

/** What this room refuses, and what to do next. */
export const matching = defineRefusals('Matching', {
  CONFLICT_OF_INTEREST: conflictOfInterest,
  GATEKEEPING_INCOMPLETE: no(
    'Gatekeeping is not complete for {children} of the children asked for. Conclude it, or ask in an emergency.',
    'ការសម្រេចអំពីជម្រើសថែទាំមិនទាន់បញ្ចប់សម្រាប់កុមារ {children} នាក់។ សូមបញ្ចប់ ឬសួរជាករណីបន្ទាន់។',
  ),
  SPLIT_NEEDS_SUPERVISOR: no('Siblings are matched together. To match this child apart is a supervisor\'s decision.', 'បងប្អូនត្រូវផ្គូផ្គងជាមួយគ្នា។ ការផ្គូផ្គងដាច់ដោយឡែកជាសេចក្ដីសម្រេចរបស់អ្នកគ្រប់គ្រង។'),
  ALREADY_PROPOSED: no('A family is asked for this child already, or a placement is planned. Wait for the answer, or call it off first.', 'បានសួរគ្រួសារមួយរួចហើយ ឬមានផែនការទុកដាក់ហើយ។ សូមរង់ចាំចម្លើយ ឬបោះបង់ជាមុន។'),
  BEFORE_BIRTH: no('This day lies before the child was born ({born}). Correct the day.', 'ថ្ងៃនេះនៅមុនថ្ងៃកំណើតកុមារ ({born})។ សូមកែថ្ងៃ។'),
  AFTER_DEATH: no('The child died on {diedOn}. Nobody is asked any more.', 'កុមារបានស្លាប់នៅថ្ងៃ {diedOn}។ មិនត្រូវសួរគ្រួសារណាទៀតទេ។'),
  LIST_STALE: no('This list is of {askedOn} and may not be true any more. Ask for families again.', 'បញ្ជីនេះធ្វើនៅថ្ងៃ {askedOn} ហើយអាចលែងត្រឹមត្រូវ។ សូមសួររកគ្រួសារម្ដងទៀត។'),
  NOT_ON_LIST: no('This family is not among the first of the list. Ask for families again, or choose one of those shown.', 'គ្រួសារនេះមិននៅក្នុងចំណោមគ្រួសារដំបូងៗនៃបញ្ជីទេ។ សូមសួរម្ដងទៀត ឬជ្រើសរើសពីបញ្ជី។'),
  REASON_NEEDED: no('Another family stands first. Say why you choose this one.', 'គ្រួសារផ្សេងនៅលំដាប់ទីមួយ។ សូមបញ្ជាក់ហេតុអ្វីបានជាជ្រើសរើសគ្រួសារនេះ។'),
  STRATEGY_MISSING: no('Say what will be done where the family fits less well: {factors}.', 'សូមបញ្ជាក់អ្វីដែលនឹងធ្វើ ត្រង់ណាដែលគ្រួសារមិនសូវសម៖ {factors}។'),
  STRATEGY_UNKNOWN: no('No strategy is asked for here: {factors}. Leave it out.', 'មិនត្រូវការយុទ្ធសាស្ត្រសម្រាប់៖ {factors}។ សូមដកចេញ។'),
  UNSUITABLE: no('The family may not be chosen now: {rules}. Choose another one, or ask for families again.', 'មិនអាចជ្រើសរើសគ្រួសារនេះឥឡូវបានទេ៖ {rules}។ សូមជ្រើសរើសគ្រួសារផ្សេង ឬសួរម្ដងទៀត។'),
  PLACES_MISSING: no('The family has too few places for {children} siblings. A supervisor grants an exemption first, or decides to split them.', 'គ្រួសារមានកន្លែងមិនគ្រប់សម្រាប់បងប្អូន {children} នាក់។ អ្នកគ្រប់គ្រងត្រូវអនុញ្ញាតលើកលែងជាមុន ឬសម្រេចបំបែក។'),
  PLACE_TAKEN: no('Another worker has just taken the last place in this family, from {day} on. Choose another family from the list.', 'បុគ្គលិកម្នាក់ទៀតទើបតែយកកន្លែងចុងក្រោយក្នុងគ្រួសារនេះ ចាប់ពីថ្ងៃ {day}។ សូមជ្រើសរើសគ្រួសារផ្សេងពីបញ្ជី។'),
  NOT_TOLD: no('The family answers after it has heard everything needed to care safely. Record what it was told first: {topics}.', 'គ្រួសារឆ្លើយក្រោយពេលបានដឹងអ្វីៗដែលចាំបាច់សម្រាប់ការថែទាំដោយសុវត្ថិភាព។ សូមកត់ត្រាអ្វីដែលបានប្រាប់ជាមុន៖ {topics}។'),
  NOT_TO_BE_TOLD: no('A diagnosis is never told nor written here. Tell the need instead: daily medicine, a monthly clinic.', 'រោគវិនិច្ឆ័យមិនត្រូវប្រាប់ ឬសរសេរនៅទីនេះទេ។ សូមប្រាប់តម្រូវការជំនួស៖ ថ្នាំរាល់ថ្ងៃ ការពិនិត្យប្រចាំខែ។'),
  PROPOSAL_STATE: no('This proposal stands at "{state}" now. Read it again.', 'សំណើនេះស្ថិតនៅ "{state}"។ សូមអានម្ដងទៀត។'),
});
