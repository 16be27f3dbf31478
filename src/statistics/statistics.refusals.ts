import { defineRefusals } from '../platform/graphql/refused.js';

/** What this room refuses, and what to do next. */
export const statistics = defineRefusals('Statistics', {
  QUARTERS_ONLY: {
    en: 'Counts of single days are for those who may see the records: the difference of two days can be one child. Read a published quarter instead.',
    km: 'ចំនួនប្រចាំថ្ងៃសម្រាប់តែអ្នកដែលមានសិទ្ធិមើលឯកសារ ព្រោះភាពខុសគ្នារវាងពីរថ្ងៃអាចជាកុមារម្នាក់។ សូមអានត្រីមាសដែលបានផ្សព្វផ្សាយ។',
    reviewed: false,
  },
  QUARTER_NOT_OVER: {
    en: 'This quarter ends on {lastDay}. Publish it after that day.',
    km: 'ត្រីមាសនេះបញ្ចប់នៅថ្ងៃ {lastDay}។ សូមផ្សព្វផ្សាយក្រោយថ្ងៃនោះ។',
    reviewed: false,
  },
  PUBLISHED_ALREADY: {
    en: 'This quarter was published on {on}. A published figure stays; later knowledge shows in the next quarter.',
    km: 'ត្រីមាសនេះបានផ្សព្វផ្សាយនៅថ្ងៃ {on}។ តួលេខដែលបានផ្សព្វផ្សាយមិនផ្លាស់ប្ដូរទេ។',
    reviewed: false,
  },
  DAY_NOT_COME: {
    en: 'This day has not come yet. Ask for today or an earlier day.',
    km: 'ថ្ងៃនេះមិនទាន់មកដល់ទេ។ សូមសួរអំពីថ្ងៃនេះ ឬថ្ងៃមុន។',
    reviewed: false,
  },
});
