import { defineRefusals } from '../platform/graphql/refused.js';
import { STAFF_CERTIFICATE_TEXT } from '../training/staff-certificates.js';

/** What this room refuses, and what to do next. */
export const support = defineRefusals('Support', {
  STAFF_CERTIFICATE: STAFF_CERTIFICATE_TEXT,
  RUN_OPEN: {
    en: 'A run for {month} that pays the same province is open already. Finish or cancel it, then prepare the next.',
    km: 'មានបញ្ជីបើកប្រាក់សម្រាប់ {month} ក្នុងខេត្តនេះកំពុងបើករួចហើយ។ សូមបញ្ចប់ ឬលុបចោលវាសិន។',
    reviewed: false,
  },
  RUN_STATE: {
    en: 'The run is {state}: this act does not follow. Look at what the run allows now.',
    km: 'បញ្ជីបើកប្រាក់ស្ថិតក្នុងដំណាក់កាល {state}។ មិនអាចធ្វើបែបនេះទេ។ សូមមើលអ្វីដែលអាចធ្វើបានឥឡូវ។',
    reviewed: false,
  },
  OWN_RUN: {
    en: 'You prepared or calculated this run yourself: another finance approver approves it.',
    km: 'អ្នកបានរៀបចំ ឬគណនាបញ្ជីនេះដោយខ្លួនឯង។ ត្រូវឲ្យអ្នកអនុម័តផ្សេងអនុម័ត។',
    reviewed: false,
  },
  MONTH_NOT_BEGUN: {
    en: 'The month {month} has not begun. Nights are paid once they have been slept.',
    km: 'ខែ {month} មិនទាន់ចាប់ផ្ដើមទេ។ យប់ត្រូវបើកប្រាក់បន្ទាប់ពីបានស្នាក់នៅ។',
    reviewed: false,
  },
  PROVINCE_NEEDED: {
    en: 'A run pays a province or the country. Choose the provincial department or the ministry.',
    km: 'បញ្ជីបើកប្រាក់សម្រាប់ខេត្ត ឬទូទាំងប្រទេស។ សូមជ្រើសរើសមន្ទីរខេត្ត ឬក្រសួង។',
    reviewed: false,
  },
  NOTHING_TO_PAY: {
    en: 'Nothing is owed here up to {month} that is not paid or about to be paid. Cancel the run, or look at the entitlements.',
    km: 'គ្មានប្រាក់ត្រូវបើកដល់ខែ {month} ទេ។ សូមលុបបញ្ជីចោល ឬពិនិត្យសិទ្ធិទទួលប្រាក់។',
    reviewed: false,
  },
  RATE_MISSING: {
    en: 'There is no rate for {careKind} in {month}. Ask the administrator to enter the rates of the order, then calculate again.',
    km: 'គ្មានអត្រាប្រាក់សម្រាប់ {careKind} ក្នុងខែ {month} ទេ។ សូមស្នើអ្នកគ្រប់គ្រងបញ្ចូលអត្រា រួចគណនាម្ដងទៀត។',
    reviewed: false,
  },
});
