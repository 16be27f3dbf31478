import { defineMessages } from '../platform/messages/messages.js';

defineMessages('enum.InstitutionKind', {
  temporary_centre: { en: 'temporary centre', km: 'មណ្ឌលថែទាំបណ្ដោះអាសន្ន', reviewed: false },
  protection_centre: { en: 'protection centre', km: 'មណ្ឌលគាំពារ', reviewed: false },
  pagoda: { en: 'pagoda or other place of faith', km: 'វត្ត ឬទីសក្ការៈ', reviewed: false },
  boarding: { en: 'boarding house', km: 'អន្តេវាសិកដ្ឋាន', reviewed: false },
  group_home: { en: 'group home', km: 'ផ្ទះក្រុម', reviewed: false },
});

defineMessages('enum.InstitutionState', {
  open: { en: 'open', km: 'កំពុងដំណើរការ', reviewed: false },
  ordered: { en: 'to be closed', km: 'បានបង្គាប់ឲ្យបិទ', reviewed: false },
  emptied: { en: 'without children', km: 'គ្មានកុមារទៀត', reviewed: false },
  closed: { en: 'closed', km: 'បានបិទ', reviewed: false },
});

defineMessages('enum.InspectionKind', {
  regular: { en: 'regular', km: 'ទៀងទាត់', reviewed: false },
  unannounced: { en: 'unannounced', km: 'មិនបានជូនដំណឹងជាមុន', reviewed: false },
  follow_up: { en: 'looked at again', km: 'តាមដានឡើងវិញ', reviewed: false },
  after_worry: { en: 'after a worry', km: 'ក្រោយមានការព្រួយបារម្ភ', reviewed: false },
});

defineMessages('enum.InspectionOutcome', {
  in_order: { en: 'in order', km: 'ត្រឹមត្រូវ', reviewed: false },
  shortcomings: { en: 'shortcomings', km: 'មានចំណុចខ្វះខាត', reviewed: false },
  grave: { en: 'grave', km: 'ធ្ងន់ធ្ងរ', reviewed: false },
});

defineMessages('enum.ClosureReason', {
  standards: { en: 'standards not met', km: 'មិនគោរពស្តង់ដារ', reviewed: false },
  harm: { en: 'harm to children', km: 'គ្រោះថ្នាក់ដល់កុមារ', reviewed: false },
  reform: { en: 'reform of care', km: 'កំណែទម្រង់ការថែទាំ', reviewed: false },
  no_licence: { en: 'no licence', km: 'គ្មានអាជ្ញាបណ្ណ', reviewed: false },
  own_wish: { en: 'its own wish', km: 'តាមសំណើរបស់ខ្លួន', reviewed: false },
  other: { en: 'other', km: 'ផ្សេងទៀត', reviewed: false },
});

defineMessages('enum.PostKind', {
  director: { en: 'director', km: 'នាយក', reviewed: false },
  carer: { en: 'carer of children', km: 'អ្នកថែទាំកុមារ', reviewed: false },
  social_worker: { en: 'social worker', km: 'បុគ្គលិកសង្គមកិច្ច', reviewed: false },
  para_social_worker: { en: 'para social worker', km: 'បុគ្គលិកជំនួយសង្គមកិច្ច', reviewed: false },
  teacher: { en: 'teacher', km: 'គ្រូ', reviewed: false },
  health: { en: 'health worker', km: 'បុគ្គលិកសុខាភិបាល', reviewed: false },
  kitchen: { en: 'kitchen', km: 'ផ្ទះបាយ', reviewed: false },
  other: { en: 'other', km: 'ផ្សេងទៀត', reviewed: false },
});
