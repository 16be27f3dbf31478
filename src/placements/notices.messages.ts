import { defineMessages } from '../platform/messages/messages.js';

defineMessages('enum.NoticeDirection', { arrival: { en: 'came', km: 'មកដល់', reviewed: false }, departure: { en: 'left', km: 'ចាកចេញ', reviewed: false } });
defineMessages('enum.NoticeState', {
  notified: { en: 'waits for the office', km: 'រង់ចាំការិយាល័យ', reviewed: false },
  accepted: { en: 'accepted', km: 'បានទទួលយក', reviewed: false },
  refused: { en: 'refused', km: 'បានបដិសេធ', reviewed: false },
});
defineMessages('enum.NoticeGoesTo', {
  home: { en: 'home', km: 'ផ្ទះ', reviewed: false },
  kin: { en: 'kin', km: 'សាច់ញាតិ', reviewed: false },
  foster: { en: 'foster family', km: 'គ្រួសារធម៌', reviewed: false },
  institution: { en: 'another institution', km: 'មណ្ឌលផ្សេង', reviewed: false },
  independent: { en: 'lives on her own', km: 'រស់នៅដោយឯករាជ្យ', reviewed: false },
  unknown: { en: 'unknown', km: 'មិនដឹង', reviewed: false },
});
