import { defineTaskKind } from '../worklist/task-kinds.js';

/** What institutions ask of offices, and of whom they are asked. Each ends with the act or the day that it waits for. */
export const noticeTasks = {
  arrival: defineTaskKind({ kind: 'placements.arrival', en: 'An institution tells that a child came: decide within 72 hours.', km: 'មណ្ឌលជូនដំណឹងថាមានកុមារមកដល់៖ សូមសម្រេចក្នុងរយៈពេល ៧២ ម៉ោង។', byHand: false }),
  departure: defineTaskKind({ kind: 'placements.departure', en: 'An institution tells that a child left: decide, and record where she lives.', km: 'មណ្ឌលជូនដំណឹងថាកុមារចាកចេញ៖ សូមសម្រេច និងកត់ត្រាកន្លែងដែលកុមាររស់នៅ។', byHand: false }),
  residence: defineTaskKind({ kind: 'placements.residence_breach', en: 'A child lives in an institution beyond a rule: {detail}. See to her.', km: 'កុមាររស់នៅក្នុងមណ្ឌលលើសវិធាន៖ {detail}។ សូមពិនិត្យ។', byHand: true }),
  temporaryPlan: defineTaskKind({ kind: 'placements.temporary_plan', en: 'A child has been in a temporary centre for three months: her long-term plan is due.', km: 'កុមារនៅមណ្ឌលបណ្ដោះអាសន្នបីខែហើយ៖ ដល់ពេលធ្វើផែនការរយៈពេលវែង។', byHand: true }),
  temporaryDecision: defineTaskKind({ kind: 'placements.temporary_decision', en: 'A child\'s time in a temporary centre is over: decide where she goes, or extend it.', km: 'រយៈពេលរបស់កុមារនៅមណ្ឌលបណ្ដោះអាសន្នចប់ហើយ៖ សូមសម្រេចថាទៅណា ឬបន្ត។', byHand: false }),
  licence: defineTaskKind({ kind: 'placements.licence_ends', en: 'The licence of an institution ends: renew it, or plan what becomes of the children.', km: 'អាជ្ញាបណ្ណរបស់មណ្ឌលនឹងផុតកំណត់៖ សូមបន្ត ឬរៀបផែនការសម្រាប់កុមារ។', byHand: false }),
  inspection: defineTaskKind({ kind: 'placements.inspection_due', en: 'An institution is to be inspected.', km: 'ដល់ពេលត្រួតពិនិត្យមណ្ឌល។', byHand: false }),
  capacity: defineTaskKind({ kind: 'placements.over_capacity', en: 'More children live in an institution than it may house (children.places): {detail}.', km: 'កុមាររស់នៅក្នុងមណ្ឌលលើសចំណុះ (កុមារ.កន្លែង)៖ {detail}។', byHand: false }),
  closingGoal: defineTaskKind({ kind: 'placements.closing_goal', en: 'A goal of an institution\'s closing plan is due.', km: 'គោលដៅនៃផែនការបិទមណ្ឌលដល់កំណត់។', byHand: false }),
};
