import { defineRefusals } from '../platform/graphql/refused.js';

const no = (en: string, km: string): { readonly en: string; readonly km: string; readonly reviewed: false } => ({ en, km, reviewed: false });

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
  INSTITUTION_STATE: no('This institution is {state}: this step does not follow. Read it again; somebody may have been first.', 'កន្លែងថែទាំនេះស្ថិតក្នុងស្ថានភាព {state}៖ ជំហាននេះមិនត្រូវលំដាប់ទេ។ សូមអានម្ដងទៀត។ អ្នកផ្សេងអាចបានធ្វើមុន។'),
  INSTITUTION_NOT_EMPTY: no('{children} children still live there, or have their place kept there. Record where each of them went first.', 'កុមារ {children} នាក់នៅរស់នៅទីនោះ ឬមានកន្លែងរក្សាទុកនៅទីនោះ។ សូមកត់ត្រាជាមុនថាម្នាក់ៗបានទៅណា។'),
  CLOSURE_STEP_BEFORE: no('This day lies before the step before it ({since}). Correct the day.', 'ថ្ងៃនេះនៅមុនជំហានមុន ({since})។ សូមកែថ្ងៃ។'),
  LICENCE_OVERLAPS: no('Another licence stands on these days, from {from} on. End that one first, or give other days.', 'មានអាជ្ញាបណ្ណមួយទៀតក្នុងថ្ងៃទាំងនេះ ចាប់ពី {from}។ សូមបញ្ចប់វាជាមុន ឬដាក់ថ្ងៃផ្សេង។'),
  LICENCE_ENDS_FIRST: no('A licence ends after its first day ({from}). Correct the days.', 'អាជ្ញាបណ្ណត្រូវបញ្ចប់ក្រោយថ្ងៃដំបូង ({from})។ សូមកែថ្ងៃ។'),
  NO_LICENCE: no('No licence stands on this day. Read the institution again.', 'គ្មានអាជ្ញាបណ្ណមានសុពលភាពនៅថ្ងៃនេះទេ។ សូមអានកន្លែងថែទាំម្ដងទៀត។'),
  INSPECTION_RECORDED: no('An inspection of this kind is recorded for this day already.', 'ការត្រួតពិនិត្យប្រភេទនេះបានកត់ត្រាសម្រាប់ថ្ងៃនេះរួចហើយ។'),
  INSPECTION_FINDINGS: no('Say what was found, and a day after the inspection for the next one.', 'សូមបញ្ជាក់អ្វីដែលបានរកឃើញ ហើយដាក់ថ្ងៃបន្ទាប់ក្រោយថ្ងៃត្រួតពិនិត្យ។'),
  NO_CLOSURE: no('No order to close this institution is recorded: a closing plan follows an order.', 'គ្មានបទបញ្ជាបិទកន្លែងថែទាំនេះបានកត់ត្រាទេ៖ ផែនការបិទធ្វើក្រោយបទបញ្ជា។'),
  GOAL_ON_DAY: no('The closing plan has a goal for this day already. Choose another day.', 'ផែនការបិទមានគោលដៅសម្រាប់ថ្ងៃនេះរួចហើយ។ សូមជ្រើសរើសថ្ងៃផ្សេង។'),
  GOAL_MET: no('This goal was met already.', 'គោលដៅនេះបានសម្រេចរួចហើយ។'),
  GOAL_CHILDREN_LEFT: no('{children} children still live there, more than the goal says. It is met when they have moved.', 'កុមារ {children} នាក់នៅរស់នៅទីនោះ លើសពីគោលដៅ។ គោលដៅសម្រេចនៅពេលពួកគេបានផ្លាស់។'),
  POSTS_TOLD_LATER: no('Numbers are told from {from} on already. Give a later day.', 'ចំនួនបានប្រាប់រួចហើយ ចាប់ពី {from}។ សូមដាក់ថ្ងៃក្រោយ។'),
});
