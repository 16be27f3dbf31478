import { defineRefusals } from '../platform/graphql/refused.js';
import { SIDE_REFUSALS } from './side.messages.js';
import { conflictOfInterest } from './ties.refusals.js';

/** What this room refuses, and what to do next. */
export const carers = defineRefusals('Carers', {
  ...SIDE_REFUSALS,
  FAMILY_CLOSED: {
    en: 'This family was closed on {closedOn}. If it comes back, record a new enquiry.',
    km: 'គ្រួសារនេះបានបិទនៅថ្ងៃ {closedOn}។ បើត្រឡប់មកវិញ សូមកត់ត្រាការសាកសួរថ្មី។',
    reviewed: false,
  },
  UNCHANGED: {
    en: 'Nothing is different from what is written. Change a field, or leave it as it is.',
    km: 'គ្មានអ្វីផ្លាស់ប្ដូរទេ។ សូមកែចន្លោះណាមួយ ឬទុកដដែល។',
    reviewed: false,
  },
  VILLAGE_NEEDED: {
    en: 'Give the commune or village where the family lives.',
    km: 'សូមដាក់ឃុំ ឬភូមិដែលគ្រួសាររស់នៅ។',
    reviewed: false,
  },
  AREA_UNKNOWN: {
    en: 'There is no area with the code {area}. Look it up by its name.',
    km: 'គ្មានតំបន់ដែលមានលេខកូដ {area} ទេ។ សូមស្វែងរកតាមឈ្មោះ។',
    reviewed: false,
  },
  OTHER_PROVINCE: {
    en: 'The address lies in another province. Record it as a move of the family, with its day.',
    km: 'អាសយដ្ឋាននេះស្ថិតក្នុងខេត្តផ្សេង។ សូមកត់ត្រាជាការផ្លាស់ទីលំនៅរបស់គ្រួសារ ជាមួយថ្ងៃផ្លាស់។',
    reviewed: false,
  },
  OTHER_OFFICE: {
    en: 'The address belongs to another office. Record it as a move of the family, with its day.',
    km: 'អាសយដ្ឋាននេះស្ថិតក្រោមការិយាល័យផ្សេង។ សូមកត់ត្រាជាការផ្លាស់ទីលំនៅរបស់គ្រួសារ ជាមួយថ្ងៃផ្លាស់។',
    reviewed: false,
  },
  BEFORE_LAST_MOVE: {
    en: 'The family lives at its present address since {since}; it cannot have left that before the day after. Correct the day.',
    km: 'គ្រួសាររស់នៅអាសយដ្ឋានបច្ចុប្បន្នតាំងពី {since}។ សូមកែថ្ងៃផ្លាស់។',
    reviewed: false,
  },
  EXEMPTION_ENDED: {
    en: 'This exemption ended on {endedOn}. There is nothing to end.',
    km: 'ការលើកលែងនេះបានបញ្ចប់នៅថ្ងៃ {endedOn}។ គ្មានអ្វីត្រូវបញ្ចប់ទេ។',
    reviewed: false,
  },
  PLACE_NEEDED: {
    en: 'On {day} a child needs this place, or it is held for one: {occupants} children and {places} places would be left. End or move a placement, call off its plan, or end the exemption later.',
    km: 'នៅថ្ងៃ {day} មានកុមារត្រូវការ ឬកំពុងរក្សាទុកកន្លែងនេះ៖ នឹងនៅសល់កុមារ {occupants} នាក់ និងកន្លែង {places}។ សូមបញ្ចប់ ឬផ្លាស់ការទុកដាក់ លុបផែនការ ឬបញ្ចប់ការលើកលែងនៅពេលក្រោយ។',
    reviewed: false,
  },
  NOT_ADULT: {
    en: 'Nobody under 18 is an adult of the home; own children are counted in the family\'s file.',
    km: 'អ្នកអាយុក្រោម ១៨ ឆ្នាំមិនមែនជាមនុស្សពេញវ័យទេ។ កូនបង្កើតត្រូវរាប់ក្នុងឯកសារគ្រួសារ។',
    reviewed: false,
  },
  BEFORE_OPENING: {
    en: 'The register knows this family only since {openedOn}. Correct the day.',
    km: 'បញ្ជីស្គាល់គ្រួសារនេះតាំងពី {openedOn} ប៉ុណ្ណោះ។ សូមកែថ្ងៃ។',
    reviewed: false,
  },
  ALREADY_LEFT: {
    en: 'This person left the home on {leftOn}.',
    km: 'មនុស្សនេះបានចាកចេញពីផ្ទះនៅថ្ងៃ {leftOn}។',
    reviewed: false,
  },
  BEFORE_ARRIVAL: {
    en: 'This person lives in the home since {since}; she cannot have left before the day after. Correct the day.',
    km: 'មនុស្សនេះរស់នៅក្នុងផ្ទះតាំងពី {since}។ សូមកែថ្ងៃចាកចេញ។',
    reviewed: false,
  },
  DATES_REVERSED: {
    en: 'The end lies before the beginning, or on the same day. Give the days in order.',
    km: 'ថ្ងៃបញ្ចប់នៅមុន ឬដូចថ្ងៃចាប់ផ្ដើម។ សូមដាក់ថ្ងៃតាមលំដាប់។',
    reviewed: false,
  },
  CHILDREN_THERE: {
    en: 'Children have {places} places in this family on or after that day. Suspend it at its own wish meanwhile, so that no other child comes; end or move their placements, then close it.',
    km: 'កុមារមាន {places} កន្លែងក្នុងគ្រួសារនេះនៅថ្ងៃនោះ ឬក្រោយមក។ សូមបញ្ចប់ ឬផ្លាស់ការទុកដាក់ជាមុន។',
    reviewed: false,
  },
  ALREADY_SUSPENDED: {
    en: 'The family is suspended for this reason already. Lift that suspension first, or leave it as it is.',
    km: 'គ្រួសារត្រូវបានផ្អាកដោយហេតុផលនេះរួចហើយ។ សូមដកការផ្អាកនោះជាមុន ឬទុកដដែល។',
    reviewed: false,
  },
  NOT_SUSPENDED: {
    en: 'There is no suspension to lift from that day on. Read the family again.',
    km: 'គ្មានការផ្អាកដែលត្រូវដកចាប់ពីថ្ងៃនោះទេ។ សូមអានឯកសារគ្រួសារម្ដងទៀត។',
    reviewed: false,
  },
  CONFLICT_OF_INTEREST: conflictOfInterest,
});
