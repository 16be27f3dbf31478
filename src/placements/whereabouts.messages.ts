import { defineMessages } from '../platform/messages/messages.js';
import type { Message } from '../platform/messages/messages.js';

const text = (en: string, km: string): Message => ({ en, km, reviewed: false });

const KEPT = {
  respite: text('respite with others', 'ការថែទាំជំនួសរយៈពេលខ្លី'),
  family_visit: text('visit to her own family', 'ទៅលេងគ្រួសារបង្កើត'),
  trial_visit: text('trial visit', 'ការស្នាក់នៅសាកល្បង'),
  carer_holiday: text('carers on holiday', 'អ្នកថែទាំឈប់សម្រាក'),
};

/** The kinds of nights elsewhere while a place is kept, for the enum of all stretches too. */
export const KEPT_KINDS = KEPT;

defineMessages('enum.AbsenceKind', { hospital: text('hospital', 'មន្ទីរពេទ្យ'), ...KEPT });
defineMessages('enum.TellingParty', {
  police: text('the police', 'ប៉ូលិស'),
  parents: text('the parents', 'ឪពុកម្ដាយ'),
  worker: text('her worker', 'អ្នកកាន់ករណី'),
  supervisor: text('the supervisor', 'អ្នកគ្រប់គ្រង'),
  siblings: text('brothers and sisters', 'បងប្អូន'),
  carers: text('the carers', 'អ្នកថែទាំ'),
  authority: text('the authority', 'អាជ្ញាធរ'),
});
defineMessages('enum.MoveTo', {
  institution: text('institution', 'មណ្ឌលថែទាំ'),
  home: text('home', 'ផ្ទះ'),
  independent: text('independent living', 'រស់នៅដោយខ្លួនឯង'),
  hospital: text('hospital', 'មន្ទីរពេទ្យ'),
  unknown: text('whereabouts unknown', 'មិនដឹងទីកន្លែង'),
});
defineMessages('rule', {
  INSTITUTION_CLOSED: text('This institution takes nobody in any more.', 'មណ្ឌលនេះលែងទទួលកុមារទៀតហើយ។'),
  TOO_SMALL_FOR_RESIDENTIAL: text('Children under three do not go into residential care.', 'កុមារអាយុក្រោមបីឆ្នាំមិនត្រូវទៅមណ្ឌលថែទាំទេ។'),
});
defineMessages('rule_change', {
  INSTITUTION_CLOSED: text('Find her another place.', 'សូមរកកន្លែងផ្សេងឲ្យកុមារ។'),
  TOO_SMALL_FOR_RESIDENTIAL: text('Find a family at once.', 'សូមរកគ្រួសារភ្លាម។'),
});
