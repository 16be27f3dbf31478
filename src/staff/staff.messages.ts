import { defineRefusals } from '../platform/graphql/refused.js';
import { defineMessages } from '../platform/messages/messages.js';

/** What this room refuses, and what to do then. */
export const staff = defineRefusals('Staff', {
  LOGIN_TAKEN: { en: 'Somebody has this sign-in name already. Choose another one.', km: 'ឈ្មោះចូលប្រើនេះមានគេប្រើរួចហើយ។ សូមជ្រើសរើសឈ្មោះផ្សេង។', reviewed: false },
  ACCOUNT_CLOSED: { en: 'This account is closed. Invite the person again under a new sign-in name.', km: 'គណនីនេះបានបិទហើយ។ សូមអញ្ជើញម្ដងទៀតដោយឈ្មោះចូលប្រើថ្មី។', reviewed: false },
  OWN_ACCOUNT: { en: 'Nobody changes her own account and postings. Ask another administrator.', km: 'គ្មានអ្នកណាអាចកែគណនី ឬតួនាទីរបស់ខ្លួនឯងបានទេ។ សូមសួរអ្នកគ្រប់គ្រងម្នាក់ទៀត។', reviewed: false },
  NO_ISSUER: { en: 'No external sign-in is configured here. Whoever runs the register sets OIDC_ISSUER and OIDC_AUDIENCE.', km: 'នៅទីនេះមិនទាន់មានការចូលប្រើពីខាងក្រៅទេ។ អ្នកដំណើរការប្រព័ន្ធត្រូវកំណត់ OIDC_ISSUER និង OIDC_AUDIENCE។', reviewed: false },
  SIGN_IN_TAKEN: { en: 'This person of the issuer is linked to another account. Unlink that one first.', km: 'បុគ្គលនេះបានភ្ជាប់ទៅគណនីផ្សេងរួចហើយ។ សូមផ្ដាច់គណនីនោះជាមុនសិន។', reviewed: false },
  SIGN_IN_LINKED: { en: 'This account is linked already. Unlink it first.', km: 'គណនីនេះបានភ្ជាប់រួចហើយ។ សូមផ្ដាច់វាជាមុនសិន។', reviewed: false },
  SIGN_IN_NOT_LINKED: { en: 'This account is not linked to an external sign-in.', km: 'គណនីនេះមិនបានភ្ជាប់ទៅការចូលប្រើពីខាងក្រៅទេ។', reviewed: false },
  SESSION_ELSEWHERE: { en: 'You signed in through your organisation: sign out there.', km: 'អ្នកបានចូលប្រើតាមរយៈអង្គភាពរបស់អ្នក។ សូមចាកចេញនៅទីនោះ។', reviewed: false },
  LAST_ADMINISTRATOR: { en: 'This is the last administrator. Post another one first.', km: 'នេះជាអ្នកគ្រប់គ្រងចុងក្រោយ។ សូមតែងតាំងម្នាក់ទៀតជាមុនសិន។', reviewed: false },
  PLACE_MISSING: { en: 'This role needs a place: {place}.', km: 'តួនាទីនេះត្រូវមានកន្លែង៖ {place}។', reviewed: false },
  PLACE_NOT_FOR_ROLE: { en: 'This role is not posted there; its place is: {place}.', km: 'តួនាទីនេះមិនត្រូវនឹងកន្លែងនេះទេ។ កន្លែងត្រឹមត្រូវ៖ {place}។', reviewed: false },
  POSTING_OVERLAPS: { en: 'She holds this role at this place already in these days. End that posting first, or choose a later day.', km: 'គាត់មានតួនាទីនេះនៅកន្លែងនេះរួចហើយ។ សូមបញ្ចប់តួនាទីចាស់ជាមុន ឬជ្រើសរើសថ្ងៃក្រោយ។', reviewed: false },
  POSTING_OVER: { en: 'This posting is over already.', km: 'តួនាទីនេះបានបញ្ចប់រួចហើយ។', reviewed: false },
  LINK_NOT_GOOD: { en: 'This link is not good any more. Ask your administrator for a new one.', km: 'តំណនេះលែងប្រើបានហើយ។ សូមសុំតំណថ្មីពីអ្នកគ្រប់គ្រង។', reviewed: false },
  PASSWORD_TOO_SHORT: { en: 'A password has at least {least} characters. Three or four words are easy to remember.', km: 'ពាក្យសម្ងាត់ត្រូវមានយ៉ាងតិច {least} តួ។', reviewed: false },
  PASSWORD_TOO_COMMON: { en: 'Too many people use this password. Choose another one.', km: 'ពាក្យសម្ងាត់នេះងាយទាយពេក។ សូមជ្រើសរើសពាក្យផ្សេង។', reviewed: false },
  PASSWORD_IS_LOGIN: { en: 'A password is not the sign-in name. Choose another one.', km: 'ពាក្យសម្ងាត់មិនត្រូវដូចឈ្មោះចូលប្រើទេ។', reviewed: false },
  PASSWORD_WRONG: { en: 'The present password is not right.', km: 'ពាក្យសម្ងាត់បច្ចុប្បន្នមិនត្រឹមត្រូវទេ។', reviewed: false },
  SIGN_IN_REFUSED: { en: 'The sign-in name, the password or the one-time code is not right. Who has set up one-time codes gives a new one at each sign-in.', km: 'ឈ្មោះចូលប្រើ ពាក្យសម្ងាត់ ឬលេខកូដប្រើម្ដងមិនត្រឹមត្រូវ។ អ្នកដែលបានរៀបចំលេខកូដប្រើម្ដង ត្រូវដាក់លេខកូដថ្មីរាល់ពេលចូល។', reviewed: false },
  SECOND_FACTOR_REFUSED: { en: 'The password or the one-time code is not right. Who has one-time codes already gives one, or a recovery code.', km: 'ពាក្យសម្ងាត់ ឬលេខកូដប្រើម្ដងមិនត្រឹមត្រូវ។ អ្នកដែលមានលេខកូដរួចហើយ ត្រូវដាក់លេខកូដមួយ ឬលេខកូដសង្គ្រោះ។', reviewed: false },
  SECOND_FACTOR_NOT_STARTED: { en: 'No authenticator waits for its first code: begin with startSecondFactor, and give the code within a quarter of an hour.', km: 'គ្មានកម្មវិធីផ្ទៀងផ្ទាត់កំពុងរង់ចាំលេខកូដទីមួយទេ។ សូមចាប់ផ្ដើមម្ដងទៀត ហើយដាក់លេខកូដក្នុងរយៈពេល ១៥ នាទី។', reviewed: false },
  SECOND_FACTOR_NOT_SET: { en: 'This account has no one-time codes.', km: 'គណនីនេះមិនមានលេខកូដប្រើម្ដងទេ។', reviewed: false },
  CODE_WRONG: { en: 'This code is not right. Look whether the clock of the telephone is, and give the code that it shows now.', km: 'លេខកូដនេះមិនត្រឹមត្រូវ។ សូមពិនិត្យនាឡិកាទូរសព្ទ ហើយដាក់លេខកូដដែលបង្ហាញឥឡូវនេះ។', reviewed: false },
  TRY_LATER: { en: 'Too many tries. Try again in {retryAfter} seconds.', km: 'ព្យាយាមច្រើនដងពេក។ សូមព្យាយាមម្ដងទៀតក្នុង {retryAfter} វិនាទី។', reviewed: false },
  SETTING_UNKNOWN: { en: 'There is no setting of this name. Look it up in the list.', km: 'គ្មានការកំណត់ឈ្មោះនេះទេ។ សូមមើលក្នុងបញ្ជី។', reviewed: false },
  SETTING_SHAPE: { en: 'This setting is written as {shape}. Write the new value in the same way.', km: 'ការកំណត់នេះត្រូវសរសេរជា {shape}។ សូមសរសេរតម្លៃថ្មីតាមរបៀបដូចគ្នា។', reviewed: false },
  SETTING_BELOW_FLOOR: { en: 'Below this a child could be found in a published figure. Choose a larger whole number.', km: 'តូចជាងនេះ អាចរកឃើញកុមារក្នុងតួលេខដែលផ្សព្វផ្សាយ។ សូមជ្រើសរើសចំនួនគត់ធំជាងនេះ។', reviewed: false },
  SETTING_PAST: { en: 'A setting changes today or later: what was decided before was decided by what was in force then.', km: 'ការកំណត់អាចផ្លាស់ប្ដូរចាប់ពីថ្ងៃនេះតទៅ។ អ្វីដែលបានសម្រេចមុននេះ បានសម្រេចតាមច្បាប់នៅពេលនោះ។', reviewed: false },
  SESSION_OVER: { en: 'This session is over. Sign in again.', km: 'វគ្គប្រើប្រាស់នេះបានបញ្ចប់ហើយ។ សូមចូលម្ដងទៀត។', reviewed: false },
});

export type StaffCode = (typeof staff.codes)[number];

defineMessages('validation', {
  login: { en: 'A sign-in name has 3 to 60 small letters, digits, ".", "-" or "_", and begins with a letter or a digit.', km: 'ឈ្មោះចូលប្រើមាន ៣ ដល់ ៦០ តួ៖ អក្សរឡាតាំងតូច លេខ "." "-" ឬ "_"។', reviewed: false },
  notPast: { en: 'This day is over. Give today or a later day.', km: 'ថ្ងៃនេះបានកន្លងហួសហើយ។ សូមដាក់ថ្ងៃនេះ ឬថ្ងៃក្រោយ។', reviewed: false },
  tooFar: { en: 'This is more than a year away.', km: 'ថ្ងៃនេះឆ្ងាយជាងមួយឆ្នាំ។', reviewed: false },
  endBeforeStart: { en: 'The end comes before the beginning.', km: 'ថ្ងៃបញ្ចប់មកមុនថ្ងៃចាប់ផ្ដើម។', reviewed: false },
});

defineMessages('enum.Role', {
  SOCIAL_WORKER: { en: 'Social worker', km: 'បុគ្គលិកសង្គមកិច្ច', reviewed: false },
  SUPERVISOR: { en: 'Supervisor', km: 'អ្នកត្រួតពិនិត្យ', reviewed: false },
  PARA_SOCIAL_WORKER: { en: 'Para social worker', km: 'ជំនួយការសង្គមកិច្ច', reviewed: false },
  COMMUNITY_WORKER: { en: 'Community worker', km: 'អ្នកធ្វើការសហគមន៍', reviewed: false },
  AGENCY_WORKER: { en: 'Agency worker', km: 'បុគ្គលិកអង្គការដៃគូ', reviewed: false },
  TRAINER: { en: 'Trainer', km: 'គ្រូបណ្ដុះបណ្ដាល', reviewed: false },
  FINANCE_OFFICER: { en: 'Finance officer', km: 'មន្ត្រីហិរញ្ញវត្ថុ', reviewed: false },
  FINANCE_APPROVER: { en: 'Finance approver', km: 'អ្នកអនុម័តហិរញ្ញវត្ថុ', reviewed: false },
  POLICY_ANALYST: { en: 'Policy analyst', km: 'អ្នកវិភាគគោលនយោបាយ', reviewed: false },
  AUDITOR: { en: 'Auditor', km: 'សវនករ', reviewed: false },
  ADMINISTRATOR: { en: 'Administrator', km: 'អ្នកគ្រប់គ្រងប្រព័ន្ធ', reviewed: false },
  SYSTEM_CLIENT: { en: 'System client', km: 'ប្រព័ន្ធភ្ជាប់', reviewed: false },
});

defineMessages('enum.SecondFactorState', {
  NONE: { en: 'No one-time codes', km: 'គ្មានលេខកូដប្រើម្ដង', reviewed: false },
  REQUIRED: { en: 'One-time codes must be set up first', km: 'ត្រូវរៀបចំលេខកូដប្រើម្ដងជាមុនសិន', reviewed: false },
  SET: { en: 'One-time codes are set up', km: 'បានរៀបចំលេខកូដប្រើម្ដងហើយ', reviewed: false },
});

defineMessages('enum.StaffLanguage', {
  KM: { en: 'Khmer', km: 'ខ្មែរ', reviewed: false },
  EN: { en: 'English', km: 'អង់គ្លេស', reviewed: false },
});

defineMessages('enum.StaffAccountState', {
  INVITED: { en: 'Invited, not yet there', km: 'បានអញ្ជើញ មិនទាន់ចូល', reviewed: false },
  ACTIVE: { en: 'Active', km: 'កំពុងប្រើ', reviewed: false },
  CLOSED: { en: 'Closed', km: 'បានបិទ', reviewed: false },
});
