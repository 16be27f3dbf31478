import { defineMessages } from '../platform/messages/messages.js';
import { defineTaskKind } from '../worklist/task-kinds.js';

const text = (en: string, km: string): { readonly en: string; readonly km: string; readonly reviewed: false } => ({ en, km, reviewed: false });

/** What the carers' side refuses, among the refusals of its room. */
export const SIDE_REFUSALS = {
  RESPITE_REVERSED: text('The last night cannot lie before the first. Correct the days.', 'យប់ចុងក្រោយមិនអាចមុនយប់ដំបូងទេ។ សូមកែថ្ងៃ។'),
  RESPITE_OVERLAPS: text('Respite is written down from {from} until {to} already. Cancel that first, or choose other nights.', 'បានកត់ត្រាការសម្រាករួចហើយពី {from} ដល់ {to}។ សូមលុបវាជាមុន ឬជ្រើសរើសយប់ផ្សេង។'),
  RESPITE_EXCEEDED: text('Of {entitled} nights in {year} {left} are left. Choose fewer nights, or ask a supervisor, who may give more with a reason.', 'ក្នុងចំណោម {entitled} យប់ក្នុងឆ្នាំ {year} នៅសល់ {left}។ សូមជ្រើសរើសតិចជាងនេះ ឬស្នើប្រធានដែលអាចផ្ដល់បន្ថែមដោយមានមូលហេតុ។'),
  RESPITE_CANCELLED: text('These nights were cancelled on {on} already.', 'យប់ទាំងនេះត្រូវបានលុបចោលរួចហើយនៅថ្ងៃ {on}។'),
  GROUP_EXISTS: text('There is a group of this name in this place already. Let carers join it, or choose another name.', 'មានក្រុមឈ្មោះនេះនៅទីនេះរួចហើយ។ សូមឲ្យអ្នកថែទាំចូលរួម ឬជ្រើសរើសឈ្មោះផ្សេង។'),
  NOT_A_CARER: text('Only carers who live in a family on that day belong to a group. Look at the family\'s adults.', 'មានតែអ្នកថែទាំដែលរស់ក្នុងគ្រួសារនៅថ្ងៃនោះទេដែលអាចចូលក្រុម។ សូមមើលមនុស្សពេញវ័យក្នុងគ្រួសារ។'),
  ALREADY_MEMBER: text('She belongs to this group already.', 'គាត់ជាសមាជិកក្រុមនេះរួចហើយ។'),
  NOT_A_MEMBER: text('Somebody does not belong to this group on that day. Let her join first, or correct the day.', 'មានអ្នកមិនមែនជាសមាជិកក្រុមនៅថ្ងៃនោះទេ។ សូមឲ្យគាត់ចូលរួមជាមុន ឬកែថ្ងៃ។'),
  BEFORE_FOUNDING: text('The group was founded on {foundedOn}. Correct the day.', 'ក្រុមត្រូវបានបង្កើតនៅថ្ងៃ {foundedOn}។ សូមកែថ្ងៃ។'),
  MET_ALREADY: text('A meeting of that day is written down already.', 'ការប្រជុំនៅថ្ងៃនោះត្រូវបានកត់ត្រារួចហើយ។'),
  COMPLAINT_ABOUT_YOU: text('This is about something that you did or decided. A colleague takes it down; you will not see it.', 'នេះអំពីអ្វីដែលអ្នកបានធ្វើ ឬសម្រេច។ សហការីម្នាក់ទៀតត្រូវកត់ត្រា ហើយអ្នកនឹងមិនឃើញវាទេ។'),
  DECISION_UNKNOWN: text('The register knows no decision under this id. Copy it from the record, or name the person instead.', 'បញ្ជីមិនស្គាល់សេចក្ដីសម្រេចនេះទេ។ សូមចម្លងពីឯកសារ ឬបញ្ជាក់ឈ្មោះអ្នកពាក់ព័ន្ធជំនួស។'),
  COMPLAINT_ANSWERED: text('This was answered on {on}. Who does not agree may appeal.', 'នេះត្រូវបានឆ្លើយនៅថ្ងៃ {on}។ អ្នកដែលមិនយល់ព្រមអាចប្ដឹងជំទាស់។'),
  COMPLAINT_OPEN: text('This is not answered yet; it is due on {dueOn}. Wait for the answer, then appeal.', 'នេះមិនទាន់ឆ្លើយទេ។ ត្រូវឆ្លើយត្រឹមថ្ងៃ {dueOn}។ សូមរង់ចាំ រួចប្ដឹងជំទាស់។'),
  ALREADY_APPEALED: text('There is an appeal against this answer already, or this is the answer to one. Tell the carer what was answered.', 'មានការប្ដឹងជំទាស់រួចហើយ ឬនេះជាចម្លើយចុងក្រោយ។ សូមប្រាប់អ្នកថែទាំអំពីចម្លើយ។'),
  APPEAL_LATE: text('An appeal was possible until {until}. Record a new complaint, if something new has happened.', 'អាចប្ដឹងជំទាស់ត្រឹមថ្ងៃ {until}។ បើមានអ្វីថ្មី សូមកត់ត្រាបណ្ដឹងថ្មី។'),
  FAMILY_OPEN: text('The family is not closed. Carers are asked why when they leave.', 'គ្រួសារមិនទាន់បិទទេ។ អ្នកថែទាំត្រូវសួរពេលចាកចេញ។'),
  EXIT_RECORDED: text('They were asked on {on} already.', 'គេត្រូវបានសួររួចហើយនៅថ្ងៃ {on}។'),
} as const;

/** A complaint or an appeal of a carer. Its text says nothing of whom it is about. */
export const complaintDue = defineTaskKind({
  kind: 'carers.complaint',
  en: 'A carer has complained ({detail}). Hear her, look into it, and answer within ten working days.',
  km: 'អ្នកថែទាំម្នាក់បានតវ៉ា ({detail})។ សូមស្ដាប់ ស៊ើបអង្កេត ហើយឆ្លើយក្នុងរយៈពេលដប់ថ្ងៃធ្វើការ។',
  byHand: false,
});

/** Carers who leave are asked why. */
export const exitInterviewDue = defineTaskKind({
  kind: 'carers.exit_interview',
  en: 'A family was closed. Ask the carers why they leave, and thank them.',
  km: 'គ្រួសារមួយត្រូវបានបិទ។ សូមសួរអ្នកថែទាំពីមូលហេតុដែលចាកចេញ ហើយអរគុណពួកគាត់។',
  byHand: false,
});

defineMessages('enum.GroupTopic', {
  behaviour: text('behaviour', 'ឥរិយាបថ'), school: text('school', 'សាលារៀន'), health: text('health', 'សុខភាព'), money: text('money', 'ប្រាក់'), contact_with_parents: text('contact with parents', 'ទំនាក់ទំនងជាមួយឪពុកម្ដាយ'),
  own_children: text('own children', 'កូនបង្កើត'), rest: text('rest', 'ការសម្រាក'), rights: text('rights', 'សិទ្ធិ'), other: text('something else', 'ផ្សេងៗ'),
});
defineMessages('enum.ComplaintTopic', {
  decision: text('a decision', 'សេចក្ដីសម្រេច'), worker: text('how somebody behaved', 'ឥរិយាបថរបស់បុគ្គលិក'), money: text('money', 'ប្រាក់'), support: text('support', 'ការគាំទ្រ'), placement: text('a placement', 'ការទុកដាក់'), other: text('something else', 'ផ្សេងៗ'),
});
defineMessages('enum.ComplaintLevel', { province: text('the province', 'ខេត្ត'), ministry: text('the ministry', 'ក្រសួង') });
defineMessages('enum.ComplaintOutcome', { upheld: text('upheld', 'ត្រឹមត្រូវ'), partly_upheld: text('upheld in part', 'ត្រឹមត្រូវខ្លះ'), not_upheld: text('not upheld', 'មិនត្រឹមត្រូវ') });
defineMessages('enum.ExitReason', {
  money: text('money', 'ប្រាក់'), too_little_support: text('too little support', 'ការគាំទ្រតិចពេក'), behaviour_of_a_child: text('behaviour of a child', 'ឥរិយាបថកុមារ'), own_health: text('health', 'សុខភាពខ្លួន'),
  own_family: text('their own family', 'គ្រួសារខ្លួន'), moved: text('they moved', 'ផ្លាស់ទីលំនៅ'), work: text('work', 'ការងារ'), age: text('age', 'វ័យ'), allegation: text('an allegation', 'ការចោទប្រកាន់'),
  way_they_were_treated: text('the way they were treated', 'របៀបដែលគេប្រព្រឹត្តចំពោះពួកគាត់'), wish_fulfilled: text('what they wished is done', 'បំណងបានសម្រេច'), did_not_want_to_say: text('they did not want to say', 'មិនចង់និយាយ'),
});
