import { defineMessages } from '../platform/messages/messages.js';
import { defineTaskKind } from '../worklist/task-kinds.js';

defineMessages('enum.VisitState', {
  due: { en: 'due', km: 'ត្រូវធ្វើ', reviewed: false },
  seen: { en: 'child seen, record to follow', km: 'បានជួបកុមារ រង់ចាំកំណត់ត្រា', reviewed: false },
  recorded: { en: 'recorded', km: 'បានកត់ត្រា', reviewed: false },
  cancelled: { en: 'no longer needed', km: 'លែងត្រូវការ', reviewed: false },
});

/** A worker's visit to a child in a family. */
export const visitDue = defineTaskKind({
  kind: 'casework.visit_due',
  en: 'Visit the child in the family (visit {detail}). One tap is enough once she was seen.',
  km: 'ចុះសួរសុខទុក្ខកុមារក្នុងគ្រួសារ (លើកទី {detail})។ បន្ទាប់ពីបានជួប គ្រាន់តែចុចម្ដង។',
  byHand: false,
  escalateAfterDays: 3,
});

/** The record of a visit that was tapped. */
export const visitRecord = defineTaskKind({
  kind: 'casework.visit_record',
  en: 'Write the record of visit {detail}.',
  km: 'សរសេរកំណត់ត្រានៃការចុះសួរសុខទុក្ខលើកទី {detail}។',
  byHand: false,
});

/** A worry that a visit brought. */
export const visitWorry = defineTaskKind({
  kind: 'casework.visit_worry',
  en: 'A visit brought a worry. Read its record and agree on a plan with the worker.',
  km: 'ការចុះសួរសុខទុក្ខមានក្ដីបារម្ភ។ សូមអានកំណត់ត្រា រួចធ្វើផែនការជាមួយបុគ្គលិក។',
  byHand: true,
});
