/** A public holiday: what the office calendar counts as no working day. */
export interface Holiday {
  readonly day: string;
  readonly nameKm: string;
  readonly nameEn: string;
  readonly citation: string;
}

/** Holidays that fall on the same day of every year in the yearly sub-decrees on public holidays. */
const FIXED: readonly (readonly [monthDay: string, km: string, en: string])[] = [
  ['01-01', 'ទិវាចូលឆ្នាំសកល', 'International New Year'],
  ['01-07', 'ទិវាជ័យជម្នះលើរបបប្រល័យពូជសាសន៍', 'Victory over Genocide Day'],
  ['03-08', 'ទិវាអន្តរជាតិនារី', 'International Women\'s Day'],
  ['05-01', 'ទិវាពលកម្មអន្តរជាតិ', 'International Labour Day'],
  ['05-14', 'ព្រះរាជពិធីបុណ្យចម្រើនព្រះជន្ម ព្រះករុណា ព្រះបាទសម្ដេចព្រះបរមនាថ នរោត្តម សីហមុនី', 'Birthday of King Norodom Sihamoni'],
  ['06-18', 'ព្រះរាជពិធីបុណ្យចម្រើនព្រះជន្ម សម្ដេចព្រះមហាក្សត្រី នរោត្តម មុនិនាថ សីហនុ', 'Birthday of the Queen Mother'],
  ['09-24', 'ទិវាប្រកាសរដ្ឋធម្មនុញ្ញ', 'Constitution Day'],
  ['10-15', 'ទិវាប្រារព្ធពិធីគោរពព្រះវិញ្ញាណក្ខន្ធ ព្រះបរមរតនកោដ្ឋ', 'Commemoration of the late King Father'],
  ['10-29', 'ព្រះរាជពិធីគ្រងព្រះបរមរាជសម្បត្តិ', 'Coronation of King Norodom Sihamoni'],
  ['11-09', 'ពិធីបុណ្យឯករាជ្យជាតិ', 'Independence Day'],
];

/** Holidays that follow the moon: the days below stand in for the yearly sub-decree and were not taken from one. */
const MOVING: readonly (readonly [days: readonly string[], km: string, en: string])[] = [
  [['2025-04-14', '2025-04-15', '2025-04-16', '2026-04-14', '2026-04-15', '2026-04-16', '2027-04-14', '2027-04-15', '2027-04-16'], 'ពិធីបុណ្យចូលឆ្នាំថ្មី ប្រពៃណីជាតិ', 'Khmer New Year'],
  [['2025-05-11', '2026-05-31', '2027-05-20'], 'ពិធីបុណ្យវិសាខបូជា', 'Visak Bochea'],
  [['2025-05-15', '2026-06-04', '2027-05-24'], 'ព្រះរាជពិធីច្រត់ព្រះនង្គ័ល', 'Royal Ploughing'],
  [['2025-09-21', '2025-09-22', '2025-09-23', '2026-10-10', '2026-10-11', '2026-10-12', '2027-09-29', '2027-09-30', '2027-10-01'], 'ពិធីបុណ្យភ្ជុំបិណ្ឌ', 'Pchum Ben'],
  [['2025-11-04', '2025-11-05', '2025-11-06', '2026-11-23', '2026-11-24', '2026-11-25', '2027-11-12', '2027-11-13', '2027-11-14'], 'ព្រះរាជពិធីបុណ្យអុំទូក', 'Water Festival'],
];

const YEARS = [2025, 2026, 2027];

/** Cambodia's public holidays of 2025 to 2027: the fixed ones as they are, the moving ones invented for the demonstration. */
export const HOLIDAYS: readonly Holiday[] = [
  ...YEARS.flatMap((year) => FIXED.map(([monthDay, nameKm, nameEn]) => ({ day: `${year}-${monthDay}`, nameKm, nameEn, citation: 'fixed date of the yearly sub-decree on public holidays' }))),
  ...MOVING.flatMap(([days, nameKm, nameEn]) => days.map((day) => ({ day, nameKm, nameEn, citation: 'invented for the demonstration: take the days from the sub-decree of the year' }))),
].sort((a, b) => (a.day < b.day ? -1 : 1));
