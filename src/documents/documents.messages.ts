import { defineMessages } from '../platform/messages/messages.js';

defineMessages('enum.DocumentWithdrawalReason', {
  wrong_person: { en: 'shows somebody else', km: 'បង្ហាញអ្នកផ្សេង', reviewed: false },
  wrong_document: { en: 'is another document', km: 'ជាឯកសារផ្សេង', reviewed: false },
  unreadable: { en: 'cannot be read', km: 'មិនអាចអានបាន', reviewed: false },
  no_consent: { en: 'was taken without consent', km: 'ថតដោយគ្មានការយល់ព្រម', reviewed: false },
});
