import { defineMessages } from '../platform/messages/messages.js';

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
});
