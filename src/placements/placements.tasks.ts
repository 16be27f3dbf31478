import { addWorkingDays } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';
import { defineTaskKind } from '../worklist/task-kinds.js';
import { holidaysFrom } from './placements.repo.js';

/** What this room asks of people. Each ends with the act that it asks for, except what somebody must have read. */
export const tasks = {
  gatekeeping: defineTaskKind({
    kind: 'placements.gatekeeping',
    en: 'Decide about a child who came to an institution: gatekeeping is due.',
    km: 'សម្រេចអំពីកុមារដែលបានមកមណ្ឌល៖ ដល់ពេលសម្រេចអំពីជម្រើសថែទាំ។',
    byHand: false,
  }),
  approve: defineTaskKind({ kind: 'placements.approve', en: 'A planned placement waits for approval.', km: 'ផែនការទុកដាក់រង់ចាំការអនុម័ត។', byHand: false }),
  breach: defineTaskKind({
    kind: 'placements.breach',
    en: 'A fact beyond a rule was recorded today: {detail}. See to the child and the family.',
    km: 'ហេតុការណ៍លើសពីវិធានត្រូវបានកត់ត្រាថ្ងៃនេះ៖ {detail}។ សូមពិនិត្យកុមារ និងគ្រួសារ។',
    byHand: true,
  }),
  confirm: defineTaskKind({ kind: 'placements.confirm', en: 'Confirm an emergency placement.', km: 'បញ្ជាក់ការទុកដាក់បន្ទាន់។', byHand: true }),
  correction: defineTaskKind({
    kind: 'placements.correction', en: 'A correction of a child\'s timeline waits for a decision.', km: 'ការកែប្រវត្តិស្នាក់នៅរបស់កុមាររង់ចាំការសម្រេច។', byHand: false,
  }),
  page: defineTaskKind({
    kind: 'placements.agreement_page',
    en: 'Photograph the signed page of the agreement and attach it to the placement.',
    km: 'សូមថតរូបទំព័រកិច្ចព្រមព្រៀងដែលបានចុះហត្ថលេខា រួចភ្ជាប់ទៅការទុកដាក់។',
    byHand: false,
  }),
  planLost: defineTaskKind({
    kind: 'placements.plan_lost',
    en: 'A plan was called off: its family was closed, or its approval removed. Plan anew for the child.',
    km: 'ផែនការមួយត្រូវបានលុប៖ គ្រួសារបានបិទ ឬការអនុម័តត្រូវបានដក។ សូមរៀបចំផែនការថ្មីសម្រាប់កុមារ។',
    byHand: true,
  }),
  overlaps: defineTaskKind({
    kind: 'placements.overlaps',
    en: 'Two files of one person say different places for the same days ({detail} times). Correct the one that is wrong.',
    km: 'សំណុំរឿងពីររបស់មនុស្សតែមួយបញ្ជាក់ទីកន្លែងផ្សេងគ្នានៅថ្ងៃតែមួយ ({detail} ដង)។ សូមកែសំណុំរឿងដែលខុស។',
    byHand: false,
  }),
  papers: defineTaskKind({
    kind: 'placements.papers',
    en: 'Complete the papers of an emergency placement: consultations, agreement, checks.',
    km: 'បំពេញឯកសារនៃការទុកដាក់បន្ទាន់៖ ការពិគ្រោះ កិច្ចព្រមព្រៀង ការពិនិត្យ។',
    byHand: true,
  }),
};

/** So many working days after a day: holidays and weekends are not counted. */
export async function workingDaysAfter(op: Op, day: CivilDate, days: number): Promise<CivilDate> {
  return addWorkingDays(day, days, await holidaysFrom(op, day));
}
