import { defineMessages } from '../platform/messages/messages.js';
import { defineTaskKind } from '../worklist/task-kinds.js';

defineMessages('enum.FamilyKind', {
  foster: { en: 'foster family', km: 'គ្រួសារមិនជាប់សាច់ញាតិ (គ្រួសារធម៌)', reviewed: false },
  kinship: { en: 'kin', km: 'សាច់ញាតិ', reviewed: false },
  family_house: { en: 'family house', km: 'ផ្ទះគ្រួសារ', reviewed: false },
});
defineMessages('enum.StandingCode', {
  approval: { en: 'approved', km: 'បានអនុម័ត', reviewed: false },
  certificate: { en: 'certificate', km: 'វិញ្ញាបនបត្រ', reviewed: false },
  check: { en: 'checked', km: 'បានពិនិត្យ', reviewed: false },
  suspension: { en: 'suspended', km: 'បានផ្អាក', reviewed: false },
  declined: { en: 'declined', km: 'បានបដិសេធ', reviewed: false },
  concern: { en: 'a paper speaks against it', km: 'មានឯកសារបង្ហាញការព្រួយបារម្ភ', reviewed: false },
  ASK_SUPERVISOR: { en: 'not available - ask the supervisor', km: 'មិនអាចទទួលបាន - សូមសួរប្រធាន', reviewed: false },
});
defineMessages('enum.SuspensionReason', {
  allegation: { en: 'allegation of harm', km: 'ការចោទប្រកាន់ពីការធ្វើបាប', reviewed: false },
  contact_risk: { en: 'contact risk', km: 'ហានិភ័យនៃទំនាក់ទំនង', reviewed: false },
  conviction: { en: 'conviction', km: 'ការផ្ដន្ទាទោស', reviewed: false },
  health: { en: 'health', km: 'សុខភាព', reviewed: false },
  standards: { en: 'standards of care', km: 'ស្តង់ដារថែទាំ', reviewed: false },
  own_wish: { en: 'at its own wish', km: 'តាមសំណើរបស់គ្រួសារ', reviewed: false },
  other: { en: 'other', km: 'ផ្សេងទៀត', reviewed: false },
});
defineMessages('enum.PlaceBasis', {
  terms: { en: 'by the terms of the approval', km: 'តាមលក្ខខណ្ឌអនុម័ត', reviewed: false },
  exemption: { en: 'by an exemption', km: 'តាមការលើកលែង', reviewed: false },
  breach: { en: 'beyond the limit', km: 'លើសកម្រិត', reviewed: false },
});
defineMessages('enum.OccupancyKind', {
  hold: { en: 'held', km: 'កំពុងរក្សាទុក', reviewed: false },
  placement: { en: 'a child lives there', km: 'មានកុមាររស់នៅ', reviewed: false },
  kept: { en: 'kept for a child who is away', km: 'រក្សាទុកសម្រាប់កុមារដែលមិននៅបណ្ដោះអាសន្ន', reviewed: false },
});
defineMessages('enum.FamilyClosure', {
  resigned: { en: 'resigned', km: 'លាឈប់', reviewed: false },
  moved_away: { en: 'moved away', km: 'ផ្លាស់ទីលំនៅ', reviewed: false },
  carer_died: { en: 'a carer died', km: 'អ្នកថែទាំទទួលមរណភាព', reviewed: false },
  approval_removed: { en: 'approval removed', km: 'ការអនុម័តត្រូវបានដក', reviewed: false },
  no_longer_needed: { en: 'no longer needed', km: 'លែងត្រូវការ', reviewed: false },
  other: { en: 'other', km: 'ផ្សេងទៀត', reviewed: false },
});
defineMessages('enum.AdultLeftReason', {
  moved: { en: 'moved out', km: 'ផ្លាស់ចេញ', reviewed: false },
  separated: { en: 'the couple separated', km: 'ប្ដីប្រពន្ធបែកគ្នា', reviewed: false },
  died: { en: 'died', km: 'ទទួលមរណភាព', reviewed: false },
  other: { en: 'other', km: 'ផ្សេងទៀត', reviewed: false },
});
defineMessages('enum.UnavailableCode', {
  CLOSED: { en: 'The family is closed.', km: 'គ្រួសារនេះបានបិទ។', reviewed: false },
  NOT_APPROVED: { en: 'The family is not approved on this day.', km: 'គ្រួសារមិនទាន់មានការអនុម័តនៅថ្ងៃនេះទេ។', reviewed: false },
  SUSPENDED: { en: 'The family is suspended.', km: 'គ្រួសារត្រូវបានផ្អាក។', reviewed: false },
  NO_CARER: { en: 'No carer lives in the home.', km: 'គ្មានអ្នកថែទាំរស់នៅក្នុងផ្ទះទេ។', reviewed: false },
  CERTIFICATE_MISSING: { en: 'A carer has no valid certificate.', km: 'អ្នកថែទាំម្នាក់គ្មានវិញ្ញាបនបត្រមានសុពលភាពទេ។', reviewed: false },
  CHECK_MISSING: { en: 'An adult of the home is not checked, or the check has lapsed.', km: 'មនុស្សពេញវ័យម្នាក់ក្នុងផ្ទះមិនទាន់បានពិនិត្យ ឬការពិនិត្យផុតកំណត់។', reviewed: false },
  OUTSIDE_TERMS: { en: 'The family is not approved for such a child.', km: 'គ្រួសារមិនត្រូវបានអនុម័តសម្រាប់កុមារបែបនេះទេ។', reviewed: false },
  NO_PLACE: { en: 'There is no free place.', km: 'គ្មានកន្លែងទំនេរទេ។', reviewed: false },
  HELD: { en: 'The free place is held for another proposal.', km: 'កន្លែងទំនេរកំពុងរក្សាទុកសម្រាប់សំណើផ្សេង។', reviewed: false },
  ASK_SUPERVISOR: { en: 'Not available - ask the supervisor.', km: 'មិនអាចទទួលបាន - សូមសួរប្រធាន។', reviewed: false },
});
defineMessages('enum.TermsCareKind', {
  foster: { en: 'foster care', km: 'ការថែទាំក្នុងគ្រួសារមិនជាប់សាច់ញាតិ', reviewed: false },
  kinship: { en: 'care by kin', km: 'ការថែទាំដោយសាច់ញាតិ', reviewed: false },
  family_house: { en: 'family house', km: 'ផ្ទះគ្រួសារ', reviewed: false },
  emergency: { en: 'emergency care', km: 'ការថែទាំបន្ទាន់', reviewed: false },
  respite: { en: 'respite care', km: 'ការថែទាំជំនួសរយៈពេលខ្លី', reviewed: false },
});
defineMessages('enum.ConcernKind', {
  allegation: { en: 'allegation of harm', km: 'ការចោទប្រកាន់ពីការធ្វើបាប', reviewed: false },
  worry: { en: 'worry about the quality of care', km: 'ការព្រួយបារម្ភអំពីគុណភាពថែទាំ', reviewed: false },
});
defineMessages('enum.ExemptionReason', {
  siblings: { en: 'siblings together', km: 'បងប្អូនរស់នៅជាមួយគ្នា', reviewed: false },
  known_to_family: { en: 'the child knows the family', km: 'កុមារស្គាល់គ្រួសារ', reviewed: false },
  emergency: { en: 'emergency', km: 'ករណីបន្ទាន់', reviewed: false },
  other: { en: 'other', km: 'ផ្សេងទៀត', reviewed: false },
});

/** What this room asks of people. */
export const adultCheckDue = defineTaskKind({
  kind: 'carers.adult_check_due',
  en: 'An adult came to an approved family, or became one there: have her checked before the day, or the family gets no other child.',
  km: 'មានមនុស្សពេញវ័យថ្មីក្នុងគ្រួសារដែលបានអនុម័ត៖ សូមពិនិត្យមុនថ្ងៃកំណត់ បើមិនដូច្នេះគ្រួសារមិនទទួលកុមារផ្សេងទៀតទេ។',
  byHand: false,
});
export const reassess = defineTaskKind({
  kind: 'carers.reassess',
  en: 'The family is not what it was approved as ({detail}). Review it before another child comes.',
  km: 'គ្រួសារនេះបានផ្លាស់ប្ដូរ ({detail})។ សូមពិនិត្យឡើងវិញមុនទទួលកុមារផ្សេងទៀត។',
  byHand: false,
});
export const movedHere = defineTaskKind({
  kind: 'carers.moved_here',
  en: 'A family has moved into your area. Read its file and get to know it.',
  km: 'គ្រួសារមួយបានផ្លាស់មករស់នៅក្នុងតំបន់របស់អ្នក។ សូមអានឯកសារ និងស្គាល់គ្រួសារនេះ។',
  byHand: true,
});
export const concernReported = defineTaskKind({
  kind: 'carers.concern_reported',
  en: 'Something was reported about a family. See to it that every child there is safe, and read it with your own rights.',
  km: 'មានរបាយការណ៍អំពីគ្រួសារមួយ។ សូមធានាថាកុមារគ្រប់រូបនៅទីនោះមានសុវត្ថិភាព។',
  byHand: true,
});
