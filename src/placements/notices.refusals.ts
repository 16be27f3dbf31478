import { defineRefusals } from '../platform/graphql/refused.js';

const no = (en: string, km: string): { readonly en: string; readonly km: string; readonly reviewed: false } => ({ en, km, reviewed: false });

/** What is refused of arrivals, departures, head-counts and tables of residents, and what to do next. */
export const notices = defineRefusals('Notices', {
  NOTICE_DECIDED: no('This is {state} already. Read it again.', 'រឿងនេះ {state} រួចហើយ។ សូមអានម្ដងទៀត។'),
  NOTICE_REASON_NEEDED: no('Say why.', 'សូមបញ្ជាក់មូលហេតុ។'),
  NOTICE_WHERE_NEEDED: no('Say where the child goes, and for an institution which other one.', 'សូមបញ្ជាក់ថាកុមារទៅណា ហើយបើជាមណ្ឌល សូមបញ្ជាក់មណ្ឌលណា។'),
  EMERGENCY_REASON_NEEDED: no('Say what the emergency was.', 'សូមបញ្ជាក់ថាអ្វីជាការបន្ទាន់។'),
  ARRIVAL_BEYOND_RULES: no('This stay breaks rules: {rules}. Refuse it and say where she goes; if she stays there all the same, record it as a fact.', 'ការស្នាក់នៅនេះលើសវិធាន៖ {rules}។ សូមបដិសេធ ហើយបញ្ជាក់ថាកុមារទៅណា ឬបើនៅតែស្នាក់នៅ សូមកត់ត្រាជាហេតុការណ៍។'),
  RECORD_THE_FAMILY: no('She goes to a family: record that with recordPlacementFact first, then accept the departure.', 'កុមារទៅគ្រួសារ៖ សូមកត់ត្រាដោយ recordPlacementFact ជាមុន រួចទទួលយកការចាកចេញ។'),
  NOT_RESIDENT: no('She does not live in an institution now. Read her timeline again.', 'ពេលនេះកុមារមិនរស់នៅក្នុងមណ្ឌលទេ។ សូមអានប្រវត្តិឡើងវិញ។'),
  DEPARTURE_NOTIFIED: no('Her departure is told already and waits for the office.', 'ការចាកចេញរបស់កុមារបានជូនដំណឹងហើយ ហើយរង់ចាំការិយាល័យ។'),
  OWN_INSTITUTION: no('You work for this institution: a social worker who does not decides this.', 'អ្នកធ្វើការឲ្យមណ្ឌលនេះ។ បុគ្គលិកសង្គមកិច្ចដែលមិនមែនជាបុគ្គលិកមណ្ឌល ត្រូវសម្រេច។'),
  NOT_TEMPORARY: no('She does not live in a temporary centre: only there a stay has a limit.', 'កុមារមិនរស់នៅមណ្ឌលថែទាំបណ្ដោះអាសន្នទេ៖ មានតែទីនោះទេដែលមានកំណត់។'),
  EXTENDED_ALREADY: no('Her stay is extended until {until} already. Give a later day.', 'ការស្នាក់នៅរបស់កុមារបានបន្តដល់ {until} រួចហើយ។ សូមដាក់ថ្ងៃក្រោយ។'),
  NOTICE_BIRTH: no('She cannot have come on that day with this birth date. Correct one of the two.', 'ជាមួយថ្ងៃកំណើតនេះ កុមារមិនអាចមកនៅថ្ងៃនោះបានទេ។ សូមកែមួយក្នុងចំណោមពីរ។'),
  NOTICE_TIMELINE: no('Her timeline does not allow this day ({from}). Have the earlier move corrected, or ask the institution for the right day.', 'ប្រវត្តិរបស់កុមារមិនអនុញ្ញាតថ្ងៃនេះទេ ({from})។ សូមកែការផ្លាស់មុន ឬសួរមណ្ឌលអំពីថ្ងៃត្រឹមត្រូវ។'),
});
