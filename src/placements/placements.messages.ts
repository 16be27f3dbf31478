import { defineMessages } from '../platform/messages/messages.js';
import type { Message } from '../platform/messages/messages.js';
import { ASK_SUPERVISOR, RULES } from './suitability.domain.js';
import { KEPT_KINDS } from './whereabouts.messages.js';

const text = (en: string, km: string): Message => ({ en, km, reviewed: false });

/** The hard rules: `rule.<CODE>` says why, `rule_change.<CODE>` what would have to change. */
for (const rule of [...RULES, ASK_SUPERVISOR]) {
  defineMessages('rule', { [rule.code]: text(rule.why.en, rule.why.km) });
  defineMessages('rule_change', { [rule.code]: text(rule.change.en, rule.change.km) });
}

const CARE_KINDS = {
  foster: text('foster care', 'ការថែទាំដោយគ្រួសារមិនជាប់សាច់ញាតិ'),
  kinship: text('care by kin', 'ការថែទាំដោយសាច់ញាតិ'),
  family_house: text('family house', 'ផ្ទះគ្រួសារ'),
};
const ELSEWHERE = {
  institution: text('institution', 'មណ្ឌលថែទាំ'),
  home: text('home', 'ផ្ទះ'),
  hospital: text('hospital', 'មន្ទីរពេទ្យ'),
  independent: text('independent living', 'រស់នៅដោយខ្លួនឯង'),
  missing: text('missing', 'បាត់ខ្លួន'),
  unknown: text('whereabouts unknown', 'មិនដឹងទីកន្លែង'),
};
defineMessages('enum.CareKind', CARE_KINDS);
defineMessages('enum.EpisodeKind', { ...CARE_KINDS, ...ELSEWHERE, ...KEPT_KINDS });
defineMessages('enum.GoesTo', ELSEWHERE);
defineMessages('enum.CorrectionReason', {
  typing_error: text('typing error', 'វាយអក្សរខុស'),
  document_found: text('a document was found', 'រកឃើញឯកសារ'),
  told_later: text('told later', 'ប្រាប់ក្រោយ'),
  notified_late: text('notified late', 'ជូនដំណឹងយឺត'),
});
defineMessages('enum.CorrectionKind', {
  moved: text('other days', 'ថ្ងៃផ្សេង'),
  other_place: text('another place', 'កន្លែងផ្សេង'),
  missed: text('a stretch was missed', 'ខ្វះរយៈពេលមួយ'),
  never_was: text('a stretch never was', 'រយៈពេលដែលមិនធ្លាប់មាន'),
});
defineMessages('enum.CorrectionState', { proposed: text('proposed', 'បានស្នើ'), applied: text('applied', 'បានកែ'), declined: text('declined', 'បានបដិសេធ') });
defineMessages('enum.DaysGoTo', { before: text('to the one before', 'ទៅរយៈពេលមុន'), after: text('to the one after', 'ទៅរយៈពេលក្រោយ') });
defineMessages('enum.CareOption', {
  birth_family: text('birth family', 'គ្រួសារបង្កើត'),
  kin: text('kin', 'សាច់ញាតិ'),
  foster: text('foster family', 'គ្រួសារមិនជាប់សាច់ញាតិ (គ្រួសារធម៌)'),
  family_house: text('family house', 'ផ្ទះគ្រួសារ'),
  faith_place: text('pagoda or faith place', 'វត្ត ឬកន្លែងសាសនា'),
  residential: text('residential care', 'កន្លែងថែទាំកុមារ'),
});
defineMessages('enum.CareOptionOutcome', {
  passed_over: text('passed over', 'រំលង'),
  absent: text('not there', 'មិនមាន'),
  chosen: text('chosen', 'បានជ្រើសរើស'),
  refused: text('refused', 'បានបដិសេធ'),
});
defineMessages('enum.GatekeepingState', { open: text('open', 'កំពុងធ្វើ'), complete: text('complete', 'បានបញ្ចប់') });
defineMessages('enum.PlacementState', {
  planned: text('planned', 'បានរៀបផែនការ'),
  approved: text('approved', 'បានអនុម័ត'),
  active: text('active', 'កំពុងរស់នៅ'),
  ended: text('ended', 'បានបញ្ចប់'),
  cancelled: text('called off', 'បានបោះបង់'),
});
defineMessages('enum.PlacementEndReason', {
  planned: text('as planned', 'តាមផែនការ'),
  carer_behaviour: text('carer asked: behaviour', 'អ្នកថែទាំស្នើ៖ អាកប្បកិរិយា'),
  carer_illness: text('carer asked: illness', 'អ្នកថែទាំស្នើ៖ ជំងឺ'),
  carer_migration: text('carer asked: migration', 'អ្នកថែទាំស្នើ៖ ចំណាកស្រុក'),
  carer_support: text('carer asked: too little support or money', 'អ្នកថែទាំស្នើ៖ ខ្វះការគាំទ្រ ឬថវិកា'),
  carer_other: text('carer asked: other', 'អ្នកថែទាំស្នើ៖ ផ្សេងៗ'),
  allegation: text('allegation', 'ការចោទប្រកាន់'),
  standards: text('standards', 'បទដ្ឋាន'),
  approval_removed: text('approval removed', 'ដកការអនុម័ត'),
  child_asked: text('the child asked', 'កុមារស្នើ'),
  returned_home: text('returned home', 'ត្រឡប់ទៅផ្ទះវិញ'),
  adopted: text('adopted', 'បានស្មុំ'),
  leaving_care: text('leaving care', 'ចាកចេញពីការថែទាំ'),
  died: text('died', 'បានស្លាប់'),
  moved: text('moved to another family', 'ផ្លាស់ទៅគ្រួសារផ្សេង'),
  missing: text('missing for too long', 'បាត់ខ្លួនយូរពេក'),
});
defineMessages('enum.PlacementCancelReason', {
  child_asked: text('the child asked', 'កុមារស្នើ'),
  family_declined: text('the family declined', 'គ្រួសារបដិសេធ'),
  parents_disagree: text('parents do not agree', 'ឪពុកម្ដាយមិនយល់ព្រម'),
  not_suitable: text('not suitable', 'មិនសមស្រប'),
  other_plan: text('another plan', 'ផែនការផ្សេង'),
  written_in_error: text('written in error', 'សរសេរខុស'),
  hold_lapsed: text('the hold ran out', 'ផុតកំណត់រក្សាកន្លែង'),
  family_gone: text('the family was closed or its approval removed', 'គ្រួសារបានបិទ ឬការអនុម័តត្រូវបានដក'),
  died: text('the child died', 'កុមារបានស្លាប់'),
});
defineMessages('enum.ConsultationKind', {
  child: text('the child', 'កុមារ'),
  family: text('the family', 'គ្រួសារ'),
  team: text('the team', 'ក្រុមការងារ'),
  province: text('the provincial department', 'មន្ទីរខេត្ត'),
});
defineMessages('enum.ConsultationOutcome', {
  agrees: text('agrees', 'យល់ព្រម'),
  does_not_agree: text('does not agree', 'មិនយល់ព្រម'),
  not_found: text('not found', 'រកមិនឃើញ'),
});
defineMessages('enum.AgreementParty', {
  carer: text('carer', 'អ្នកថែទាំ'),
  office: text('social worker\'s office', 'ការិយាល័យ'),
  commune: text('commune or sangkat chief', 'មេឃុំ/ចៅសង្កាត់'),
  parent: text('parent', 'ឪពុកម្ដាយ'),
  child: text('child', 'កុមារ'),
});
defineMessages('enum.SignedHow', { signed: text('signed', 'ហត្ថលេខា'), thumbprint: text('thumbprint', 'ស្នាមមេដៃ') });
