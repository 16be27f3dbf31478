import { defineMessages } from '../platform/messages/messages.js';
import { defineTaskKind } from '../worklist/task-kinds.js';

/** An enquiry that waits to be followed up. */
export const enquiryWaits = defineTaskKind({
  kind: 'recruitment.enquiry_waits',
  en: 'A household that asked about caring for a child waits. Call or visit, and record what came of it.',
  km: 'គ្រួសារដែលបានសាកសួរអំពីការថែទាំកុមារកំពុងរង់ចាំ។ សូមទូរសព្ទ ឬចុះជួប រួចកត់ត្រាលទ្ធផល។',
  byHand: false,
});

/** An application that stands in one stage for too long. */
export const applicationWaits = defineTaskKind({
  kind: 'recruitment.application_waits',
  en: 'An application stands where it stood ({detail}). Bring it to its next step, or record why it ended.',
  km: 'ពាក្យសុំមួយនៅដដែល ({detail})។ សូមនាំទៅជំហានបន្ទាប់ ឬកត់ត្រាមូលហេតុដែលបញ្ចប់។',
  byHand: false,
});

defineMessages('enum.CampaignChannel', {
  village_meeting: { en: 'village meeting', km: 'ការប្រជុំភូមិ', reviewed: false },
  radio: { en: 'radio', km: 'វិទ្យុ', reviewed: false },
  loudspeaker: { en: 'loudspeaker', km: 'ឧគ្ឃោសនសព្ទ', reviewed: false },
  pagoda: { en: 'pagoda', km: 'វត្ត', reviewed: false },
  social_media: { en: 'social media', km: 'បណ្ដាញសង្គម', reviewed: false },
  leaflet: { en: 'leaflet', km: 'ខិត្តប័ណ្ណ', reviewed: false },
});
defineMessages('enum.EnquirySource', {
  campaign: { en: 'from a campaign', km: 'ពីយុទ្ធនាការ', reviewed: false },
  walk_in: { en: 'came to the office', km: 'មកការិយាល័យដោយខ្លួនឯង', reviewed: false },
  phone: { en: 'by telephone', km: 'តាមទូរសព្ទ', reviewed: false },
});
defineMessages('enum.EnquiryState', {
  new: { en: 'new', km: 'ថ្មី', reviewed: false },
  followed_up: { en: 'followed up', km: 'បានតាមដាន', reviewed: false },
  applied: { en: 'applied', km: 'បានដាក់ពាក្យ', reviewed: false },
  not_interested: { en: 'not interested', km: 'មិនចាប់អារម្មណ៍', reviewed: false },
  unreachable: { en: 'could not be reached', km: 'ទាក់ទងមិនបាន', reviewed: false },
});
defineMessages('enum.FollowUpOutcome', {
  interested: { en: 'interested', km: 'ចាប់អារម្មណ៍', reviewed: false },
  no_answer: { en: 'no answer', km: 'គ្មានចម្លើយ', reviewed: false },
  not_interested: { en: 'not interested', km: 'មិនចាប់អារម្មណ៍', reviewed: false },
  unreachable: { en: 'could not be reached', km: 'ទាក់ទងមិនបាន', reviewed: false },
});
defineMessages('enum.Motive', {
  wish_to_adopt: { en: 'wish to adopt', km: 'ចង់យកធ្វើកូនចិញ្ចឹម', reviewed: false },
  need_of_labour: { en: 'need of labour', km: 'ត្រូវការកម្លាំងពលកម្ម', reviewed: false },
  debt: { en: 'debt', km: 'បំណុល', reviewed: false },
});
defineMessages('enum.AppealOutcome', {
  upheld: { en: 'upheld', km: 'ទទួលយក', reviewed: false },
  dismissed: { en: 'dismissed', km: 'ច្រានចោល', reviewed: false },
});
defineMessages('enum.DuplicateSign', {
  phone: { en: 'telephone', km: 'លេខទូរសព្ទ', reviewed: false },
  name: { en: 'name', km: 'ឈ្មោះ', reviewed: false },
  village: { en: 'village', km: 'ភូមិ', reviewed: false },
});
defineMessages('enum.ApplicationState', {
  received: { en: 'received', km: 'បានទទួល', reviewed: false },
  checking: { en: 'being checked', km: 'កំពុងពិនិត្យ', reviewed: false },
  studying: { en: 'home study', km: 'កំពុងសិក្សាគ្រួសារ', reviewed: false },
  training: { en: 'in training', km: 'កំពុងបណ្ដុះបណ្ដាល', reviewed: false },
  panel: { en: 'before the panel', km: 'រង់ចាំគណៈកម្មការ', reviewed: false },
  approved: { en: 'approved', km: 'បានអនុម័ត', reviewed: false },
  refused: { en: 'refused', km: 'បានបដិសេធ', reviewed: false },
  withdrawn: { en: 'withdrawn', km: 'បានដកពាក្យ', reviewed: false },
});
defineMessages('enum.FunnelBy', {
  CAMPAIGN: { en: 'By campaign', km: 'តាមយុទ្ធនាការ', reviewed: false },
  DISTRICT: { en: 'By district', km: 'តាមស្រុក/ខណ្ឌ', reviewed: false },
  WORKER: { en: 'By worker', km: 'តាមបុគ្គលិក', reviewed: false },
});

defineMessages('enum.CheckKind', {
  identity: { en: 'identity', km: 'អត្តសញ្ញាណ', reviewed: false },
  criminal_record: { en: 'criminal-record extract', km: 'ប្រវត្តិព្រហ្មទណ្ឌ', reviewed: false },
  health: { en: 'health', km: 'សុខភាព', reviewed: false },
  no_violence: { en: 'no warning of violence or abuse', km: 'គ្មានការព្រមានអំពីហិង្សា ឬការរំលោភ', reviewed: false },
});
defineMessages('enum.CheckOutcome', {
  clear: { en: 'clear', km: 'គ្មានបញ្ហា', reviewed: false },
  concern: { en: 'of concern', km: 'មានការព្រួយបារម្ភ', reviewed: false },
});
defineMessages('enum.SignatureParty', {
  village_chief: { en: 'village chief', km: 'មេភូមិ', reviewed: false },
  commune: { en: 'commune / sangkat chief', km: 'មេឃុំ/ចៅសង្កាត់', reviewed: false },
  police: { en: 'police', km: 'នគរបាល', reviewed: false },
  neighbour: { en: 'neighbour', km: 'អ្នកជិតខាង', reviewed: false },
});
defineMessages('enum.SignatureHow', {
  signed: { en: 'signed', km: 'ហត្ថលេខា', reviewed: false },
  thumbprint: { en: 'thumbprint', km: 'ស្នាមមេដៃ', reviewed: false },
});
defineMessages('enum.KinRelation', {
  parent: { en: 'parent', km: 'ឪពុក ឬម្ដាយ', reviewed: false },
  child: { en: 'child', km: 'កូន', reviewed: false },
  sibling: { en: 'brother or sister', km: 'បងប្អូន', reviewed: false },
  spouse: { en: 'husband or wife', km: 'ប្ដី ឬប្រពន្ធ', reviewed: false },
  grandparent: { en: 'grandparent', km: 'ជីដូន ឬជីតា', reviewed: false },
  aunt_or_uncle: { en: 'aunt or uncle', km: 'មីង ឬពូ', reviewed: false },
  cousin: { en: 'cousin', km: 'បងប្អូនជីដូនមួយ', reviewed: false },
  in_law: { en: 'relative by marriage', km: 'សាច់ថ្លៃ', reviewed: false },
  godparent: { en: 'godparent', km: 'ឪពុកម្ដាយធម៌', reviewed: false },
  other: { en: 'another relative', km: 'សាច់ញាតិផ្សេង', reviewed: false },
});
defineMessages('enum.FamilyRowOutcome', {
  waiting: { en: 'waits', km: 'រង់ចាំ', reviewed: false },
  created: { en: 'created', km: 'បានបង្កើត', reviewed: false },
  would_create: { en: 'would be created', km: 'នឹងបង្កើត', reviewed: false },
  possible_duplicate: { en: 'may be known already', km: 'អាចមានរួចហើយ', reviewed: false },
  refused: { en: 'refused', km: 'បានបដិសេធ', reviewed: false },
});

defineMessages('enum.ReviewOutcome', {
  confirmed: { en: 'confirmed', km: 'បានបញ្ជាក់', reviewed: false },
  changed: { en: 'terms changed', km: 'បានផ្លាស់ប្ដូរលក្ខខណ្ឌ', reviewed: false },
  suspended: { en: 'suspended', km: 'បានផ្អាក', reviewed: false },
  removed: { en: 'approval removed', km: 'ការអនុម័តត្រូវបានដក', reviewed: false },
});
export const reviewDue = defineTaskKind({ kind: 'recruitment.review_due', en: 'The yearly review of a family is due.', km: 'ដល់ពេលពិនិត្យគ្រួសារប្រចាំឆ្នាំ។', byHand: false });
export const checkEnds = defineTaskKind({
  kind: 'recruitment.check_ends',
  en: 'A paper of an adult in a family runs out: {detail} days at most. Have it renewed.',
  km: 'ឯកសារពិនិត្យរបស់មនុស្សពេញវ័យម្នាក់ជិតផុតកំណត់៖ នៅសល់យ៉ាងច្រើន {detail} ថ្ងៃ។ សូមធ្វើឡើងវិញ។',
  byHand: false,
});
