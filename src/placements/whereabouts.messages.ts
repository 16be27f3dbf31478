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
