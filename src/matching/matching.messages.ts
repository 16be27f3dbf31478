import { defineMessages } from '../platform/messages/messages.js';
import type { RuleCode } from '../placements/suitability.domain.js';
import { defineMessageKind, defineTaskKind } from '../worklist/task-kinds.js';

const text = (en: string, km: string): { readonly en: string; readonly km: string; readonly reviewed: false } => ({ en, km, reviewed: false });

defineMessages('enum.MatchFactor', {
  needs_and_behaviour: text('needs and behaviour', 'តម្រូវការ និងឥរិយាបថ'),
  siblings_together: text('siblings together', 'បងប្អូននៅជាមួយគ្នា'),
  nearness: text('near the people she will see', 'ជិតមនុស្សដែលកុមារនឹងជួប'),
  language: text('language', 'ភាសា'),
  same_school: text('same school', 'សាលារៀនដដែល'),
  already_known: text('already known to her', 'កុមារស្គាល់រួចហើយ'),
  age_preference: text('age the family has in mind', 'អាយុដែលគ្រួសារចង់បាន'),
  length_of_placement: text('length of the placement', 'រយៈពេលទុកដាក់'),
  religion_culture: text('religion and culture', 'សាសនា និងវប្បធម៌'),
  household_load: text('children already in the home', 'ចំនួនកុមារក្នុងផ្ទះ'),
  continuity_of_worker: text('the same worker', 'បុគ្គលិកដដែល'),
});
defineMessages('enum.MatchBand', { High: text('high', 'ខ្ពស់'), Medium: text('medium', 'មធ្យម'), Low: text('low', 'ទាប'), Unknown: text('unknown', 'មិនដឹង') });
defineMessages('enum.KinOptionKind', { assessed_kin: text('assessed kin', 'សាច់ញាតិដែលបានប៉ាន់ប្រមាណ'), former_carer: text('former carer', 'អ្នកថែទាំពីមុន') });
defineMessages('enum.ProposalState', {
  waiting: text('waiting for the family\'s answer', 'រង់ចាំចម្លើយគ្រួសារ'),
  accepted: text('accepted', 'បានយល់ព្រម'),
  declined: text('declined', 'បានបដិសេធ'),
  lapsed: text('the hold ran out', 'ផុតកំណត់រក្សាកន្លែង'),
  withdrawn: text('called off', 'បានបោះបង់'),
});
defineMessages('enum.ToldTopic', {
  needs: text('what she needs every day', 'តម្រូវការប្រចាំថ្ងៃ'),
  behaviour: text('behaviour that needs support', 'ឥរិយាបថដែលត្រូវការការគាំទ្រ'),
  contact: text('whom she sees, and whom she must not', 'អ្នកដែលកុមារជួប និងអ្នកដែលមិនត្រូវជួប'),
  support: text('help and money for the family', 'ជំនួយ និងប្រាក់សម្រាប់គ្រួសារ'),
  school: text('school', 'សាលារៀន'),
  habits: text('food, sleep and habits', 'អាហារ ការគេង និងទម្លាប់'),
  wishes: text('what she wishes', 'អ្វីដែលកុមារចង់បាន'),
  legal: text('papers and decisions', 'លិខិតស្នាម និងសេចក្ដីសម្រេច'),
});
defineMessages('enum.ProposalAnswer', { accepted: text('accepted', 'យល់ព្រម'), declined: text('declined', 'បដិសេធ') });

/** Strategies that an emergency let follow. */
export const strategiesDue = defineTaskKind({
  kind: 'matching.strategies',
  en: 'Write down the support strategies of an emergency proposal.',
  km: 'សរសេរយុទ្ធសាស្ត្រគាំទ្រសម្រាប់សំណើបន្ទាន់។',
  byHand: false,
});

/** The place is free again. */
export const holdLapsed = defineMessageKind({
  kind: 'matching.hold_lapsed',
  en: 'The place that was held for a proposal is free again: its time ran out. Ask for families again.',
  km: 'កន្លែងដែលបានរក្សាទុកសម្រាប់សំណើបានទំនេរវិញ ព្រោះផុតកំណត់។ សូមសួររកគ្រួសារម្ដងទៀត។',
});

/** A hard rule in a few words, for counts: which family, which day and which limit is said of each family. */
defineMessages('rule_name', {
  GATEKEEPING_INCOMPLETE: text('gatekeeping not complete', 'ការសម្រេចអំពីជម្រើសថែទាំមិនទាន់បញ្ចប់'),
  CONTACT_RISK: text('the child must not meet the family or its neighbours', 'កុមារមិនត្រូវជួបគ្រួសារ ឬអ្នកជិតខាង'),
  CHILD_OBJECTED: text('the child does not want to live there', 'កុមារមិនចង់រស់នៅទីនោះ'),
  FAMILY_DECLINED: text('the family cannot take this child', 'គ្រួសារមិនអាចទទួលកុមារនេះ'),
  NOT_APPROVED: text('not approved', 'មិនទាន់បានអនុម័ត'),
  SUSPENDED: text('suspended', 'ត្រូវបានផ្អាក'),
  CERTIFICATE_EXPIRED: text('no valid training certificate', 'គ្មានវិញ្ញាបនបត្រមានសុពលភាព'),
  CHECK_EXPIRED: text('a check has expired', 'ការពិនិត្យប្រវត្តិផុតកំណត់'),
  ADULT_UNCHECKED: text('an adult never checked', 'មនុស្សពេញវ័យមិនទាន់បានពិនិត្យ'),
  NO_PLACE: text('no free place', 'គ្មានកន្លែងទំនេរ'),
  LIMIT: text('too many children', 'កុមារច្រើនពេក'),
  TERMS: text('outside the terms of the approval', 'ក្រៅលក្ខខណ្ឌអនុម័ត'),
  AGE_GAP: text('a carer too close in age', 'អ្នកថែទាំអាយុជិតកុមារពេក'),
  NO_SHARED_LANGUAGE: text('no shared language', 'គ្មានភាសារួម'),
  ASK_SUPERVISOR: text('not available: ask the supervisor', 'មិនអាចផ្ដល់បាន៖ សូមសួរអ្នកគ្រប់គ្រង'),
} satisfies Record<RuleCode | 'ASK_SUPERVISOR', object>);
