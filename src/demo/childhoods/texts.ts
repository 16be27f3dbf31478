/** Sentences that nobody said of anybody: what stands where the register keeps people's words. */

export const OPTION_REASONS: Readonly<Record<string, readonly string[]>> = {
  birth_family: ['ម្ដាយធ្វើការនៅថៃ មិនទាន់អាចទទួលកូនបាន។', 'The house burnt down; the family builds a new one.', 'The mother is ill and is cared for herself.', 'ឪពុកម្ដាយគ្មានផ្ទះស្នាក់នៅជាប់លាប់។', 'Visited twice; not safe yet.'],
  kin: ['ជីដូនចាស់ជរា មិនអាចថែទាំបាន។', 'An aunt was found; she has six children of her own.', 'សាច់ញាតិនៅឆ្ងាយ មិនទាន់បានសម្រេចចិត្ត។', 'Nobody of the family lives nearby.', 'An uncle asks for time until after the harvest.'],
  foster: ['A family near her school.', 'គ្រួសារមួយក្នុងស្រុកដែលអាចទទួលបងប្អូនជាមួយគ្នា។', 'No family with places for all of them yet.', 'She wants to wait until the school year is over.'],
  family_house: ['The house is full.', 'ផ្ទះគ្រួសារនៅឆ្ងាយពីសាលារៀន។', 'A small house with carers who know her.'],
  faith_place: ['No pagoda nearby takes girls.', 'វត្តមិនមានកន្លែងស្នាក់នៅ។', 'He does not wish to live in a pagoda.'],
  residential: ['Stays until the family is ready; looked at again in three months.', 'ស្នាក់នៅបន្តរហូតដល់ប្រឡងរួច។', 'Needs nursing that no family here can give yet.'],
};
export const TRACING_REASONS = ['The name given to the register is not known in that village.', 'ភូមិដែលបានប្រាប់ គ្មាននរណាស្គាល់ឈ្មោះនេះទេ។', 'Nobody knows where she was found; the police file is closed.'];
export const VIEWS = [
  'I want to live with my little brother.', 'ខ្ញុំចង់ទៅលេងផ្ទះនៅពេលបុណ្យភ្ជុំ។', 'I like the school here and my friends.', 'ខ្ញុំចង់រៀនដល់ថ្នាក់ទី១២។', 'I do not want to move before the exam.',
  'ខ្ញុំនឹកម៉ាក់។', 'A house with a garden, and somebody who is there when I come from school.', 'I want to be asked before you decide.',
];
export const RISK_REASONS = ['Hit her, and has been told to keep away.', 'បានគំរាមកំហែងកុមារ។', 'Brought her to the border before.'];
export const PLAN_REASONS = ['Near her school and her mother\'s village.', 'គ្រួសារនេះអាចទទួលបងប្អូនទាំងអស់។', 'The carer has looked after a child with the same needs.', 'They know each other from the pagoda school.'];
export const FACT_REASONS = ['Brought to the family by the commune police in the night.', 'ឃុំបានយកកុមារទៅផ្ញើគ្រួសារនេះ។', 'Was there already when the worker came.'];
export const TOO_YOUNG = ['Too young to say.', 'នៅតូច មិនទាន់ចេះនិយាយ។'];
export const FAMILY_SAYS = ['Not found at the address; two neighbours were asked.', 'មិនយល់ព្រម ព្រោះចង់ឱ្យរង់ចាំដល់ឆ្នាំក្រោយ។'];
export const TOLD = ['Her needs, her school, whom she sees, what helps her sleep.', 'បានប្រាប់អំពីសុខភាព ការសិក្សា និងអ្វីដែលកុមារចូលចិត្ត។'];
export const STRATEGIES = ['The worker calls every week in the first month.', 'អ្នកថែទាំចូលរៀនវគ្គបន្ថែម។', 'Respite with a second family once a month.'];
export const DECLINED = ['Their own child is ill.', 'ផ្ទះកំពុងជួសជុល។'];

/** What a visit found, part by part. */
export const VISIT = {
  wellbeing: ['Eats and sleeps well.', 'មានសុខភាពល្អ ឡើងទម្ងន់។', 'A cough since last week; was at the health centre.', 'Sleeps badly when there is thunder.'],
  schoolAndWork: ['Goes to school every day.', 'រៀនបានពូកែ គ្រូសរសើរ។', 'Missed four days of school for the floods.', 'Helps at home after school, an hour or so.'],
  home: ['A bed of her own, beside the carers\' daughter.', 'មានគ្រែ សម្ភារៈសិក្សា និងអាហារដូចកូនក្នុងផ្ទះ។', 'The roof leaks; the commune will help.'],
  contact: ['Called her mother.', 'បានជួបបងប្អូននៅបុណ្យចូលឆ្នាំ។', 'No contact since the last visit.'],
  childSaid: ['I have a friend in the next house.', 'ខ្ញុំចូលចិត្តនៅទីនេះ។', 'I want to see my brother more often.', 'The soup is good.'],
  carerSaid: ['She has become one of us.', 'ត្រូវការជំនួយថ្លៃសាលាបន្ថែម។', 'The evenings are hard, the days are easy.'],
  nextSteps: ['Speak with the teacher.', 'ណាត់ជួបនៅខែក្រោយ។', 'Ask about the birth certificate.'],
} as const;
export const WORRIES = ['Has lost weight; the worker and the carer agree on a plan.', 'កុមារមិនបានទៅសាលាពីរសប្ដាហ៍។', 'The carer is tired and says so.'];
