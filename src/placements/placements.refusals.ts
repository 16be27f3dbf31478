import { conflictOfInterest } from '../carers/ties.refusals.js';
import { documentNotWaiting } from '../documents/documents.refusals.js';
import { defineRefusals } from '../platform/graphql/refused.js';
import { STAFF_CERTIFICATE_TEXT } from '../training/staff-certificates.js';

const no = (en: string, km: string): { readonly en: string; readonly km: string; readonly reviewed: false } => ({ en, km, reviewed: false });

/** What this room refuses, and what to do next. Decisions are refused; facts only where they contradict each other. */
export const placements = defineRefusals('Placements', {
  STAFF_CERTIFICATE: STAFF_CERTIFICATE_TEXT,
  CONFLICT_OF_INTEREST: conflictOfInterest,
  BIRTH_IN_FUTURE: no('The birth date lies ahead. Correct it, or give an estimate.', 'ថ្ងៃកំណើតនៅថ្ងៃអនាគត។ សូមកែ ឬដាក់ការប៉ាន់ស្មាន។'),
  BORN_AFTER_SEEN: no('She cannot have been seen on {firstSeenOn} with this birth date. Correct one of the two.', 'ជាមួយថ្ងៃកំណើតនេះ គេមិនអាចឃើញកុមារនៅថ្ងៃ {firstSeenOn} បានទេ។ សូមកែមួយក្នុងចំណោមពីរ។'),
  SEEN_BEFORE_ARRIVAL: no('She was seen here on {seenOn}, before the day on which she came. Correct one of the two.', 'គេបានឃើញកុមារនៅទីនេះថ្ងៃ {seenOn} មុនថ្ងៃមកដល់។ សូមកែមួយក្នុងចំណោមពីរ។'),
  INSTITUTION_CLOSED: no('This institution is closed. Record where she really lives.', 'មណ្ឌលនេះបានបិទហើយ។ សូមកត់ត្រាកន្លែងដែលកុមាររស់នៅពិតប្រាកដ។'),
  AREA_UNKNOWN: no('There is no area with the code {area}. Look it up by its name.', 'គ្មានតំបន់ដែលមានលេខកូដ {area} ទេ។ សូមស្វែងរកតាមឈ្មោះ។'),
  INSTITUTION_STAFF: no('You work for the institution where the child lives: a social worker who does not decides this.', 'អ្នកធ្វើការឲ្យមណ្ឌលដែលកុមាររស់នៅ។ បុគ្គលិកសង្គមកិច្ចដែលមិនមែនជាបុគ្គលិកមណ្ឌល ត្រូវសម្រេច។'),
  ALREADY_CONCLUDED: no('This gatekeeping is concluded already.', 'ការសម្រេចអំពីជម្រើសថែទាំនេះបានបញ្ចប់ហើយ។'),
  GATEKEEPING_OPTION_OUT_OF_ORDER: no('First record what became of: {missing}.', 'សូមកត់ត្រាជាមុនអំពី៖ {missing}។'),
  OPTION_CHOSEN: no('An option is chosen already: {option}.', 'ជម្រើសមួយត្រូវបានជ្រើសរើសរួចហើយ៖ {option}។'),
  OPTION_RECORDED: no('This option is recorded already. For another relative, name the relative.', 'ជម្រើសនេះបានកត់ត្រាហើយ។ សម្រាប់សាច់ញាតិផ្សេង សូមបញ្ជាក់ឈ្មោះ។'),
  OPTION_MISSING: no('No option is chosen. Go on with: {missing}.', 'មិនទាន់មានជម្រើសណាត្រូវបានជ្រើសរើសទេ។ សូមបន្តជាមួយ៖ {missing}។'),
  TRACING_MISSING: no('Say that they were traced, or why not: {missing}.', 'សូមបញ្ជាក់ថាបានស្វែងរក ឬមូលហេតុដែលមិនបាន៖ {missing}។'),
  UNSUITABLE: no('This family cannot be chosen for this child now: {rules}. Choose another, or change what stands against it.', 'ពេលនេះមិនអាចជ្រើសរើសគ្រួសារនេះសម្រាប់កុមារនេះបានទេ៖ {rules}។ សូមជ្រើសរើសគ្រួសារផ្សេង ឬដោះស្រាយបញ្ហានេះ។'),
  PLACE_TAKEN: no('Another worker has taken the last place in this family, from {day} on. Choose another family from the list.', 'បុគ្គលិកម្នាក់ទៀតបានយកកន្លែងចុងក្រោយក្នុងគ្រួសារនេះ ចាប់ពីថ្ងៃ {day}។ សូមជ្រើសរើសគ្រួសារផ្សេងពីបញ្ជី។'),
  PLAN_EXISTS: no('The child has a plan already. Cancel it first, or go on with it.', 'កុមារមានផែនការរួចហើយ។ សូមបោះបង់វាជាមុន ឬបន្តវា។'),
  PLACEMENT_STATE: no('This placement is {state} now; somebody may have been first. Read it again.', 'ការទុកដាក់នេះស្ថិតក្នុងស្ថានភាព {state}។ អ្នកផ្សេងអាចបានធ្វើមុន។ សូមអានម្ដងទៀត។'),
  CHILD_NOT_HEARD_ALONE: no('The view that counts is heard alone with the child. Hear her alone, or say why she is too young.', 'យោបល់ដែលរាប់បញ្ចូលត្រូវស្ដាប់ពីកុមារដោយឡែក។ សូមស្ដាប់ដោយឡែក ឬបញ្ជាក់ថាហេតុអ្វីកុមារក្មេងពេក។'),
  OUTCOME_NEEDED: no('Say what came of it: agrees, does not agree, or for the family: not found.', 'សូមបញ្ជាក់លទ្ធផល៖ យល់ព្រម មិនយល់ព្រម ឬសម្រាប់គ្រួសារ៖ រកមិនឃើញ។'),
  REASON_NEEDED: no('Somebody does not agree or was not found. Give the reason, or list the searches.', 'មានអ្នកមិនយល់ព្រម ឬរកមិនឃើញ។ សូមបញ្ជាក់មូលហេតុ ឬរាយការស្វែងរក។'),
  RELATIVE_UNKNOWN: no('This person is not among the child\'s relatives. Record the relative first.', 'បុគ្គលនេះមិនមានក្នុងបញ្ជីសាច់ញាតិរបស់កុមារទេ។ សូមកត់ត្រាសាច់ញាតិជាមុន។'),
  ALREADY_SIGNED: no('This signature is recorded already.', 'ហត្ថលេខានេះបានកត់ត្រាហើយ។'),
  NOT_SIGNED: no('No signature waits for a page: record first who signed.', 'គ្មានហត្ថលេខាណារង់ចាំទំព័រទេ៖ សូមកត់ត្រាជាមុនថានរណាបានចុះហត្ថលេខា។'),
  DOCUMENT_NOT_WAITING: documentNotWaiting,
  CONSULTATIONS_MISSING: no('Not heard yet: {missing}. Record what each of them said.', 'មិនទាន់បានស្ដាប់៖ {missing}។ សូមកត់ត្រាយោបល់របស់ម្នាក់ៗ។'),
  AGREEMENT_MISSING: no('Not signed yet by: {missing}.', 'មិនទាន់បានចុះហត្ថលេខា៖ {missing}។'),
  OWN_PLAN: no('You planned this yourself: another supervisor approves it.', 'អ្នកបានរៀបផែនការនេះដោយខ្លួនឯង។ អ្នកគ្រប់គ្រងម្នាក់ទៀតត្រូវអនុម័ត។'),
  APPROVED_BY_PROVINCE: no('Your province has approved this already; the other one answers next.', 'ខេត្តរបស់អ្នកបានអនុម័តហើយ។ រង់ចាំខេត្តម្ខាងទៀត។'),
  BEFORE_LAST_MOVE: no('The timeline says that she moved on {from}. Give a later day, or have the earlier move corrected.', 'កំណត់ត្រាបង្ហាញថាកុមារបានផ្លាស់នៅថ្ងៃ {from}។ សូមដាក់ថ្ងៃក្រោយ ឬកែការផ្លាស់មុន។'),
  BEFORE_BIRTH: no('This day lies before the child was born ({born}). Correct the day.', 'ថ្ងៃនេះនៅមុនថ្ងៃកំណើតកុមារ ({born})។ សូមកែថ្ងៃ។'),
  AFTER_DEATH: no('The child died on {diedOn}. Nothing is recorded after that day.', 'កុមារបានស្លាប់នៅថ្ងៃ {diedOn}។ មិនអាចកត់ត្រាអ្វីក្រោយថ្ងៃនោះទេ។'),
  ALREADY_THERE: no('She lives there already, since {from}.', 'កុមាររស់នៅទីនោះរួចហើយ តាំងពីថ្ងៃ {from}។'),
  WHERE_NEEDED: no('Say where the child goes, and for an institution which one.', 'សូមបញ្ជាក់ថាកុមារទៅណា ហើយបើជាមណ្ឌល សូមបញ្ជាក់មណ្ឌលណា។'),
  COURT_DECISION_NEEDED: no('An adoption ends a placement only with the court\'s decision. Record it as the legal basis first.', 'ការស្មុំកូនបញ្ចប់ការទុកដាក់បាន លុះត្រាមានសេចក្ដីសម្រេចតុលាការ។ សូមកត់ត្រាជាមូលដ្ឋានច្បាប់ជាមុន។'),
  EPISODE_UNKNOWN: no('There is no such stretch in this child\'s timeline any more. Read it again.', 'គ្មានរយៈពេលនេះក្នុងប្រវត្តិរបស់កុមារទៀតទេ។ សូមអានម្ដងទៀត។'),
  NO_PLACE_TO_KEEP: no('Neither a family of the register nor an institution keeps a place for her ({kind}): record where she is with recordMove.', 'គ្មានគ្រួសារក្នុងបញ្ជី ឬមណ្ឌលណារក្សាកន្លែងឲ្យកុមារទេ ({kind})៖ សូមកត់ត្រាកន្លែងដែលកុមារនៅដោយ recordMove។'),
  NOT_IN_A_FAMILY: no('She does not live with a family: respite and a carer\'s holiday are theirs. Choose another kind.', 'កុមារមិនរស់នៅជាមួយគ្រួសារទេ៖ ការសម្រាករបស់អ្នកថែទាំសម្រាប់តែគ្រួសារ។ សូមជ្រើសរើសប្រភេទផ្សេង។'),
  NOT_AWAY: no('She is not away from a place that is kept ({kind}). Record a move instead.', 'កុមារមិនមែននៅឆ្ងាយពីកន្លែងដែលបានរក្សាទុកទេ ({kind})។ សូមកត់ត្រាការផ្លាស់វិញ។'),
  PLACE_RELEASED: no('Her place is kept no more since {from}. Record where she lives now: recordPlacementFact for a family, recordMove for anywhere else.', 'កន្លែងរបស់កុមារមិនត្រូវបានរក្សាទុកទៀតទេ តាំងពីថ្ងៃ {from}។ សូមកត់ត្រាកន្លែងដែលកុមាររស់នៅឥឡូវ។'),
  NOTHING_TO_CORRECT: no('This is the day that is recorded already.', 'ថ្ងៃនេះត្រូវបានកត់ត្រារួចហើយ។'),
  NEIGHBOUR_SWALLOWED: no('Moved so far, the neighbouring stretch ({from}) would vanish. Correct that one first.', 'បើកែដល់ថ្ងៃនេះ រយៈពេលជាប់គ្នា ({from}) នឹងបាត់។ សូមកែរយៈពេលនោះជាមុន។'),
});
