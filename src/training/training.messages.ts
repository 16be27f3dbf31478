import { defineMessages } from '../platform/messages/messages.js';
import { defineMessageKind, defineTaskKind } from '../worklist/task-kinds.js';

/** A session that its trainer is to hold. */
export const sessionComes = defineTaskKind({
  kind: 'training.session_comes',
  en: 'A training session of yours begins. Hold it, and record who was there.',
  km: 'វគ្គបណ្ដុះបណ្ដាលរបស់អ្នកនឹងចាប់ផ្ដើម។ សូមបង្រៀន ហើយកត់ត្រាអ្នកចូលរួម។',
  byHand: false,
});

/** Somebody who waited has a place in a session now. */
export const placeCameFree = defineMessageKind({
  kind: 'training.place_came_free',
  en: 'Somebody whom you registered for a training session, or you yourself, waited and has a place now. Tell her when it begins.',
  km: 'អ្នកដែលអ្នកបានចុះឈ្មោះសម្រាប់វគ្គបណ្ដុះបណ្ដាល ឬអ្នកផ្ទាល់ បានរង់ចាំ ហើយឥឡូវមានកន្លែង។ សូមប្រាប់ថ្ងៃចាប់ផ្ដើម។',
});

/** A session for which one is registered, or has registered somebody, does not take place. */
export const sessionCancelled = defineMessageKind({
  kind: 'training.session_cancelled',
  en: 'A training session for which you, or somebody whom you registered, was expected does not take place ({detail}). Choose another session.',
  km: 'វគ្គបណ្ដុះបណ្ដាលដែលអ្នក ឬអ្នកដែលអ្នកបានចុះឈ្មោះ ត្រូវចូលរួម ត្រូវបានលុបចោល ({detail})។ សូមជ្រើសរើសវគ្គផ្សេង។',
});

defineMessages('training', {
  oneHolder: { en: 'Name either the adult of a family or the colleague.', km: 'សូមដាក់មនុស្សពេញវ័យក្នុងគ្រួសារ ឬសហការី តែមួយប៉ុណ្ណោះ។', reviewed: false },
  noFile: { en: 'A colleague has no file in which a paper could be kept. Leave it out.', km: 'សហការីគ្មានសំណុំឯកសារសម្រាប់រក្សាទុកក្រដាសទេ។ សូមដកចេញ។', reviewed: false },
});

defineMessages('enum.CancelReason', {
  too_few: { en: 'too few people', km: 'អ្នកចូលរួមតិចពេក', reviewed: false },
  trainer_absent: { en: 'the trainer cannot come', km: 'គ្រូបង្គោលមិនអាចមកបាន', reviewed: false },
  weather: { en: 'weather', km: 'អាកាសធាតុ', reviewed: false },
  place: { en: 'the place cannot be used', km: 'ទីកន្លែងមិនអាចប្រើបាន', reviewed: false },
  other: { en: 'another reason', km: 'មូលហេតុផ្សេង', reviewed: false },
});
defineMessages('enum.RegistrationState', {
  listed: { en: 'on the list', km: 'ក្នុងបញ្ជី', reviewed: false },
  waiting: { en: 'waits for a place', km: 'រង់ចាំកន្លែង', reviewed: false },
  withdrawn: { en: 'withdrawn', km: 'បានដកឈ្មោះ', reviewed: false },
});

defineMessages('enum.TrainingAudience', {
  foster_carer: { en: 'foster carers', km: 'អ្នកថែទាំក្នុងគ្រួសារធម៌', reviewed: false },
  kinship_carer: { en: 'kinship carers', km: 'អ្នកថែទាំជាសាច់ញាតិ', reviewed: false },
  para_social_worker: { en: 'para social workers', km: 'ជំនួយការសង្គមកិច្ច', reviewed: false },
  government_social_worker: { en: 'government social workers', km: 'មន្ត្រីសង្គមកិច្ចរដ្ឋ', reviewed: false },
  senior_official: { en: 'senior officials', km: 'មន្ត្រីជាន់ខ្ពស់', reviewed: false },
  community: { en: 'the community', km: 'សហគមន៍', reviewed: false },
});
defineMessages('enum.CertificateStatus', {
  valid: { en: 'valid', km: 'មានសុពលភាព', reviewed: false },
  expired: { en: 'expired', km: 'ផុតកំណត់', reviewed: false },
  unknown: { en: 'no such certificate', km: 'គ្មានវិញ្ញាបនបត្រនេះទេ', reviewed: false },
  try_later: { en: 'too many questions, ask again later', km: 'សំណួរច្រើនពេក សូមសួរម្ដងទៀតពេលក្រោយ', reviewed: false },
});

/** Something was recorded by somebody without the certificate that it asks for. */
export const countersignDue = defineTaskKind({
  kind: 'training.countersign',
  en: 'A colleague recorded this without the certificate that it asks for. Read it, talk with her, and countersign.',
  km: 'សហការីបានកត់ត្រានេះដោយគ្មានវិញ្ញាបនបត្រដែលត្រូវមាន។ សូមអាន ពិភាក្សាជាមួយគាត់ រួចចុះហត្ថលេខារួម។',
  byHand: false,
});

/** A certificate that ends soon, of a carer of the office's families or one's own. */
export const certificateEnds = defineTaskKind({
  kind: 'training.certificate_ends',
  en: 'A certificate ends within {detail} days. Register its holder for a refresher: without it a family gets no new child, and a colleague approves nothing.',
  km: 'វិញ្ញាបនបត្រមួយនឹងផុតកំណត់ក្នុង {detail} ថ្ងៃ។ សូមចុះឈ្មោះម្ចាស់វាចូលវគ្គរំលឹក។ បើគ្មានទេ គ្រួសារមិនទទួលកុមារថ្មី ហើយសហការីមិនអាចអនុម័តបាន។',
  byHand: false,
});

/** The same, for the supervisor of a colleague. */
export const colleagueEnds = defineMessageKind({
  kind: 'training.colleague_certificate_ends',
  en: 'The certificate of a colleague of your office ends within {detail} days. See that she gets to a refresher.',
  km: 'វិញ្ញាបនបត្ររបស់សហការីក្នុងការិយាល័យអ្នកនឹងផុតកំណត់ក្នុង {detail} ថ្ងៃ។ សូមជួយឲ្យគាត់បានចូលវគ្គរំលឹក។',
});

/** A session tomorrow for which one is on the list, or has put somebody on it. */
export const sessionTomorrow = defineMessageKind({
  kind: 'training.session_tomorrow',
  en: 'A training session for which you are registered, or have registered somebody, begins tomorrow or today. Make sure that everybody knows when and where.',
  km: 'វគ្គបណ្ដុះបណ្ដាលដែលអ្នក ឬអ្នកដែលអ្នកបានចុះឈ្មោះត្រូវចូលរួម ចាប់ផ្ដើមថ្ងៃស្អែក ឬថ្ងៃនេះ។ សូមប្រាកដថាគ្រប់គ្នាដឹងពេលវេលា និងទីកន្លែង។',
});
