import { defineMessages } from '../platform/messages/messages.js';

defineMessages('support', {
  onePayee: { en: 'Name either the family or the number of a child at home.', km: 'សូមដាក់គ្រួសារ ឬលេខកុមារដែលរស់នៅផ្ទះ តែមួយប៉ុណ្ណោះ។', reviewed: false },
  accountWithBank: { en: 'A bank account needs its number; cash has none.', km: 'គណនីធនាគារត្រូវមានលេខគណនី។ សាច់ប្រាក់មិនត្រូវការលេខទេ។', reviewed: false },
});
defineMessages('enum.SupportScheme', {
  after_residential: { en: 'support after residential care', km: 'ប្រាក់ឧបត្ថម្ភក្រោយចាកចេញពីការថែទាំក្នុងមណ្ឌល', reviewed: false },
});
defineMessages('enum.PaymentRunReason', {
  regular: { en: 'the month\'s run', km: 'បញ្ជីប្រចាំខែ', reviewed: false },
  extra: { en: 'an extra run', km: 'បញ្ជីបន្ថែម', reviewed: false },
});
defineMessages('enum.PaymentRunState', {
  draft: { en: 'prepared', km: 'បានរៀបចំ', reviewed: false },
  calculated: { en: 'calculated', km: 'បានគណនា', reviewed: false },
  checked: { en: 'checked', km: 'បានពិនិត្យ', reviewed: false },
  approved: { en: 'approved', km: 'បានអនុម័ត', reviewed: false },
  cancelled: { en: 'cancelled', km: 'បានលុបចោល', reviewed: false },
});
defineMessages('enum.PaymentLineKind', {
  regular: { en: 'the month', km: 'ប្រចាំខែ', reviewed: false },
  arrears: { en: 'arrears', km: 'ប្រាក់ជំពាក់', reviewed: false },
  adjustment: { en: 'adjustment', km: 'ការកែតម្រូវ', reviewed: false },
});
defineMessages('enum.PaymentWarningCode', {
  overpaid: { en: 'More was paid than was owed. Hear the family before anything is taken back.', km: 'បានបើកប្រាក់លើស។ សូមស្ដាប់គ្រួសារ មុននឹងសម្រេចដកវិញ។', reviewed: false },
  short_residential_stay: { en: 'The child was in residential care only a short time before this family. Somebody should look.', km: 'កុមារស្នាក់នៅក្នុងមណ្ឌលតែរយៈពេលខ្លី មុនមកគ្រួសារនេះ។ សូមពិនិត្យ។', reviewed: false },
});
defineMessages('enum.PayeeMethod', {
  bank: { en: 'bank account', km: 'គណនីធនាគារ', reviewed: false },
  cash: { en: 'cash at the commune', km: 'សាច់ប្រាក់នៅឃុំ', reviewed: false },
});
defineMessages('enum.EntitlementStop', {
  residential: { en: 'returned to residential care', km: 'ត្រឡប់ទៅការថែទាំក្នុងមណ្ឌល', reviewed: false },
  exit: { en: 'left care', km: 'ចាកចេញពីការថែទាំ', reviewed: false },
  age: { en: 'comes of age', km: 'ពេញវ័យ', reviewed: false },
  died: { en: 'died', km: 'ស្លាប់', reviewed: false },
});
