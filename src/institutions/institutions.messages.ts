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
