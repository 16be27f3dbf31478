import { defineMessages } from '../platform/messages/messages.js';
import { defineTaskKind } from '../worklist/task-kinds.js';

/** Nobody knows by what a child is in care. */
export const legalBasisMissing = defineTaskKind({
  kind: 'children.legal_basis_missing',
  en: 'No legal basis is known for this child. Find it, or ask the authority for one.',
  km: 'កុមារនេះគ្មានមូលដ្ឋានច្បាប់ដែលគេដឹងទេ។ សូមស្វែងរកវា ឬស្នើសុំពីអាជ្ញាធរ។',
  byHand: false,
});

/** A parent or guardian has taken back the agreement to a child's care. */
export const agreementWithdrawn = defineTaskKind({
  kind: 'children.agreement_withdrawn',
  en: 'A parent or guardian has taken back the agreement to this child\'s care. Review it with the family.',
  km: 'ឪពុកម្ដាយ ឬអាណាព្យាបាលបានដកការព្រមព្រៀងចំពោះការថែទាំកុមារនេះ។ សូមពិនិត្យឡើងវិញជាមួយគ្រួសារ។',
  byHand: false,
});

/** Another file in the register may be of the same child. */
export const possibleDuplicate = defineTaskKind({
  kind: 'children.possible_duplicate',
  en: 'Another file may be of the same child. Compare them; say that they are two children, or ask the supervisor to merge.',
  km: 'សំណុំរឿងមួយទៀតអាចជារបស់កុមារតែមួយ។ សូមប្រៀបធៀប ហើយបញ្ជាក់ថាជាកុមារពីរនាក់ ឬស្នើប្រធានឲ្យភ្ជាប់។',
  byHand: false,
});

defineMessages('enum.AgreementHolder', {
  mother: { en: 'mother', km: 'ម្ដាយ', reviewed: false },
  father: { en: 'father', km: 'ឪពុក', reviewed: false },
  guardian: { en: 'guardian', km: 'អាណាព្យាបាល', reviewed: false },
  other: { en: 'another holder of parental power', km: 'អ្នកកាន់អំណាចមេបាផ្សេង', reviewed: false },
});
defineMessages('enum.WithdrawalOutcome', {
  agreed_again: { en: 'agreed again', km: 'ព្រមព្រៀងឡើងវិញ', reviewed: false },
  returns_home: { en: 'she returns home', km: 'កុមារត្រឡប់ទៅផ្ទះវិញ', reviewed: false },
  authority_asked: { en: 'the competent authority was asked to decide', km: 'បានស្នើអាជ្ញាធរមានសមត្ថកិច្ចឲ្យសម្រេច', reviewed: false },
  other_care: { en: 'other care was agreed', km: 'បានព្រមព្រៀងលើការថែទាំផ្សេង', reviewed: false },
});
defineMessages('enum.MatchSign', {
  whole_name: { en: 'the whole name', km: 'ឈ្មោះទាំងមូល', reviewed: false },
  part_of_name: { en: 'a part of the name', km: 'ផ្នែកនៃឈ្មោះ', reviewed: false },
  rare_name: { en: 'few bear this name', km: 'មានមនុស្សតិចមានឈ្មោះនេះ', reviewed: false },
  birth_day: { en: 'the very birth date', km: 'ថ្ងៃកំណើតតែមួយ', reviewed: false },
  birth_time: { en: 'birth dates that may be the same', km: 'ថ្ងៃកំណើតដែលអាចដូចគ្នា', reviewed: false },
  sex: { en: 'sex', km: 'ភេទ', reviewed: false },
  home: { en: 'where she comes from', km: 'ទីកន្លែងដែលកុមារមកពី', reviewed: false },
  relatives: { en: 'relatives', km: 'សាច់ញាតិ', reviewed: false },
  siblings: { en: 'of one sibling group', km: 'ក្នុងក្រុមបងប្អូនតែមួយ', reviewed: false },
});
defineMessages('validation', {
  isEmpty: { en: 'This does not belong here. Leave it out.', km: 'ទិន្នន័យនេះមិនត្រូវដាក់នៅទីនេះទេ។', reviewed: false },
});
defineMessages('enum.BirthBasis', {
  birth_certificate: { en: 'birth certificate', km: 'សំបុត្រកំណើត', reviewed: false },
  family_book: { en: 'family book', km: 'សៀវភៅគ្រួសារ', reviewed: false },
  other_document: { en: 'another document', km: 'ឯកសារផ្សេង', reviewed: false },
  told_by_family: { en: 'told by the family', km: 'គ្រួសារប្រាប់', reviewed: false },
  told_by_child: { en: 'told by the child', km: 'កុមារប្រាប់', reviewed: false },
  told_by_others: { en: 'told by others', km: 'អ្នកដទៃប្រាប់', reviewed: false },
  estimated: { en: 'estimated', km: 'ប៉ាន់ស្មាន', reviewed: false },
});
defineMessages('enum.ParentalStatus', {
  both: { en: 'both parents live', km: 'មានឪពុកម្ដាយទាំងពីរ', reviewed: false },
  mother: { en: 'the mother lives', km: 'មានម្ដាយ', reviewed: false },
  father: { en: 'the father lives', km: 'មានឪពុក', reviewed: false },
  none: { en: 'no parent lives', km: 'គ្មានឪពុកម្ដាយ', reviewed: false },
  unknown: { en: 'unknown', km: 'មិនដឹង', reviewed: false },
});
defineMessages('enum.CivilRegistration', {
  registered: { en: 'registered', km: 'បានចុះបញ្ជី', reviewed: false },
  in_progress: { en: 'in progress', km: 'កំពុងដំណើរការ', reviewed: false },
  refused: { en: 'refused', km: 'ត្រូវបានបដិសេធ', reviewed: false },
  unknown: { en: 'unknown', km: 'មិនដឹង', reviewed: false },
});
defineMessages('enum.EntryReason', {
  orphan: { en: 'orphan', km: 'កុមារកំព្រា', reviewed: false },
  disability: { en: 'disability', km: 'ពិការភាព', reviewed: false },
  abandoned: { en: 'abandoned', km: 'ត្រូវគេបោះបង់ចោល', reviewed: false },
  street: { en: 'living on the street', km: 'រស់នៅតាមចិញ្ចើមថ្នល់', reviewed: false },
  drugs: { en: 'drugs', km: 'គ្រឿងញៀន', reviewed: false },
  basic_needs: { en: 'basic needs unmet', km: 'ខ្វះតម្រូវការមូលដ្ឋាន', reviewed: false },
  hiv_affected: { en: 'affected by HIV', km: 'រងផលប៉ះពាល់ដោយមេរោគអេដស៍', reviewed: false },
  abuse: { en: 'abuse', km: 'ការរំលោភបំពាន', reviewed: false },
  exploitation: { en: 'exploitation or hazardous work', km: 'ការកេងប្រវ័ញ្ច ឬការងារគ្រោះថ្នាក់', reviewed: false },
  conflict_with_law: { en: 'conflict with the law', km: 'ទំនាស់នឹងច្បាប់', reviewed: false },
  trafficking: { en: 'trafficking', km: 'ការជួញដូរមនុស្ស', reviewed: false },
  parents_migration: { en: 'parents\' migration', km: 'ឪពុកម្ដាយធ្វើចំណាកស្រុក', reviewed: false },
  schooling: { en: 'schooling', km: 'ការសិក្សា', reviewed: false },
  prison: { en: 'parent in prison', km: 'ឪពុកម្ដាយជាប់ពន្ធនាគារ', reviewed: false },
  other: { en: 'other', km: 'ផ្សេងៗ', reviewed: false },
});
defineMessages('enum.LegalBasisKind', {
  parents_agreement: { en: 'agreement of the parents or the guardian', km: 'កិច្ចព្រមព្រៀងរបស់ឪពុកម្ដាយ ឬអាណាព្យាបាល', reviewed: false },
  authority_order: { en: 'order of the competent authority', km: 'បទបញ្ជារបស់អាជ្ញាធរមានសមត្ថកិច្ច', reviewed: false },
  court_decision: { en: 'decision of a court', km: 'សេចក្ដីសម្រេចរបស់តុលាការ', reviewed: false },
  none_known: { en: 'none known', km: 'មិនដឹង', reviewed: false },
});
defineMessages('enum.NeedKind', {
  daily_medicine: { en: 'daily medicine', km: 'ថ្នាំប្រចាំថ្ងៃ', reviewed: false },
  monthly_clinic: { en: 'monthly clinic', km: 'ទៅគ្លីនិករាល់ខែ', reviewed: false },
  wheelchair: { en: 'wheelchair', km: 'រទេះរុញ', reviewed: false },
  sign_language: { en: 'sign language', km: 'ភាសាសញ្ញា', reviewed: false },
  low_vision: { en: 'help with seeing', km: 'ជំនួយផ្នែកគំហើញ', reviewed: false },
  special_school: { en: 'special school', km: 'សាលាពិសេស', reviewed: false },
  learning_support: { en: 'help with learning', km: 'ជំនួយក្នុងការរៀន', reviewed: false },
  behaviour_support: { en: 'behaviour needing support', km: 'អាកប្បកិរិយាដែលត្រូវការការគាំទ្រ', reviewed: false },
  therapy: { en: 'therapy', km: 'ការព្យាបាល', reviewed: false },
  infant_care: { en: 'care of an infant', km: 'ការថែទាំទារក', reviewed: false },
  special_diet: { en: 'special diet', km: 'របបអាហារពិសេស', reviewed: false },
  night_care: { en: 'care at night', km: 'ការថែទាំពេលយប់', reviewed: false },
});
defineMessages('enum.Relation', {
  mother: { en: 'mother', km: 'ម្ដាយ', reviewed: false },
  father: { en: 'father', km: 'ឪពុក', reviewed: false },
  step_parent: { en: 'step-parent', km: 'ឪពុកចុង ឬម្ដាយចុង', reviewed: false },
  grandparent: { en: 'grandparent', km: 'ជីដូនជីតា', reviewed: false },
  aunt_uncle: { en: 'aunt or uncle', km: 'មីង ឬមា', reviewed: false },
  brother_sister: { en: 'brother or sister', km: 'បងប្អូន', reviewed: false },
  cousin: { en: 'cousin', km: 'បងប្អូនជីដូនមួយ', reviewed: false },
  guardian: { en: 'guardian', km: 'អាណាព្យាបាល', reviewed: false },
  other: { en: 'other', km: 'ផ្សេងៗ', reviewed: false },
});
defineMessages('enum.Whereabouts', {
  known: { en: 'known', km: 'ដឹងកន្លែង', reviewed: false },
  unknown: { en: 'unknown', km: 'មិនដឹង', reviewed: false },
  dead: { en: 'dead', km: 'ស្លាប់', reviewed: false },
  abroad: { en: 'abroad', km: 'នៅក្រៅប្រទេស', reviewed: false },
});
defineMessages('enum.ContactWish', {
  wanted: { en: 'contact is wanted', km: 'ចង់ទាក់ទង', reviewed: false },
  unwanted: { en: 'contact is not wanted', km: 'មិនចង់ទាក់ទង', reviewed: false },
  forbidden: { en: 'contact is forbidden', km: 'ហាមទាក់ទង', reviewed: false },
});
