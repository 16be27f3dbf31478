import { defineMessages } from '../platform/messages/messages.js';

defineMessages('enum.AreaLevel', {
  province: { en: 'province', km: 'ខេត្ត', reviewed: false },
  district: { en: 'district', km: 'ស្រុក', reviewed: false },
  commune: { en: 'commune', km: 'ឃុំ', reviewed: false },
  village: { en: 'village', km: 'ភូមិ', reviewed: false },
});

defineMessages('enum.OfficeKind', {
  ministry: { en: 'ministry', km: 'ក្រសួង', reviewed: false },
  province: { en: 'provincial department', km: 'មន្ទីរខេត្ត', reviewed: false },
  district: { en: 'district office', km: 'ការិយាល័យស្រុក', reviewed: false },
});

defineMessages('enum.Nearness', {
  same_village: { en: 'the same village', km: 'ភូមិតែមួយ', reviewed: false },
  same_commune: { en: 'the same commune', km: 'ឃុំតែមួយ', reviewed: false },
  same_district: { en: 'the same district', km: 'ស្រុកតែមួយ', reviewed: false },
  same_province: { en: 'the same province', km: 'ខេត្តតែមួយ', reviewed: false },
  further: { en: 'another province', km: 'ខេត្តផ្សេង', reviewed: false },
});
