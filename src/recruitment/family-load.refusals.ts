import { defineMessages } from '../platform/messages/messages.js';
import type { Message } from '../platform/messages/messages.js';

const no = (en: string, km: string): Message => ({ en, km, reviewed: false });

/** Why a whole table is not taken. */
export const tableRefusals = {
  TABLE_EMPTY: no('The table has no row under its header. Add the families and send it again.', 'តារាងគ្មានជួរទិន្នន័យក្រោមក្បាលតារាងទេ។ សូមបន្ថែមគ្រួសារ រួចផ្ញើម្ដងទៀត។'),
  TABLE_HEADER: no(
    'These columns are not known, stand there twice, or are missing: {columns}. Correct the first line and send the table again.',
    'ជួរឈរទាំងនេះមិនស្គាល់ មានពីរដង ឬបាត់៖ {columns}។ សូមកែជួរទីមួយ រួចផ្ញើតារាងម្ដងទៀត។',
  ),
  TABLE_QUOTE: no('A quotation mark is opened and never closed, so that the rows cannot be told apart. Close it and send the table again.', 'មានសញ្ញាសម្រង់បើកហើយមិនបិទ ដូច្នេះមិនអាចបែងចែកជួរបានទេ។ សូមបិទវា រួចផ្ញើម្ដងទៀត។'),
  TABLE_TOO_LONG: no('A table has at most {most} families. Send the rest as another table.', 'តារាងមួយមានយ៉ាងច្រើន {most} គ្រួសារ។ សូមផ្ញើនៅសល់ជាតារាងផ្សេង។'),
} as const;

/** What may come of one row, each with what to do next. */
export const rowTexts = defineMessages('familyRow', {
  ROW_CELLS: no('This row has {extra} cells more than the header. Look for a comma inside a cell and put the cell in quotation marks.', 'ជួរនេះមានក្រឡាលើសក្បាលតារាង {extra}។ សូមរកក្បៀសក្នុងក្រឡា ហើយដាក់ក្រឡានោះក្នុងសញ្ញាសម្រង់។'),
  ROW_UNREADABLE: no('These cells hold characters that cannot be read: {columns}. Write them again.', 'ក្រឡាទាំងនេះមានតួអក្សរមិនអាចអានបាន៖ {columns}។ សូមសរសេរម្ដងទៀត។'),
  ROW_KIND: no('The kind is foster, kinship or family_house.', 'ប្រភេទត្រូវជា foster, kinship ឬ family_house។'),
  ROW_VILLAGE: no('The area code has 6 digits for a commune or 8 for a village.', 'លេខកូដតំបន់មាន ៦ ខ្ទង់សម្រាប់ឃុំ ឬ ៨ ខ្ទង់សម្រាប់ភូមិ។'),
  ROW_PHONE: no('This is not a Cambodian telephone number. Correct it, or leave it empty.', 'នេះមិនមែនជាលេខទូរសព្ទកម្ពុជាទេ។ សូមកែ ឬទុកទទេ។'),
  ROW_LANGUAGE: no('Languages are codes of three letters (khm, cjm, jra), at most eight.', 'ភាសាត្រូវជាកូដបីអក្សរ (khm, cjm, jra) យ៉ាងច្រើនប្រាំបី។'),
  ROW_RELIGION: no('The religion has at most 60 characters.', 'សាសនាមានយ៉ាងច្រើន ៦០ តួអក្សរ។'),
  ROW_OWN_CHILDREN: no('Own children are a number from 0 to 20.', 'ចំនួនកូនបង្កើតត្រូវជាលេខពី ០ ដល់ ២០។'),
  ROW_PERSON: no('{who} needs a name, female or male, and a birth date that has come: 1985-04-02, 1985-04 or 1985.', '{who} ត្រូវមានឈ្មោះ ភេទ និងថ្ងៃកំណើតដែលបានមកដល់៖ 1985-04-02, 1985-04 ឬ 1985។'),
  CARER_NEEDED: no('Name at least one adult who will care for the child.', 'សូមដាក់មនុស្សពេញវ័យយ៉ាងតិចម្នាក់ ដែលនឹងថែទាំកុមារ។'),
  CARER_TOO_YOUNG: no('At first approval a carer is at least {minimum} years old; kin are exempt.', 'អ្នកថែទាំត្រូវមានអាយុយ៉ាងតិច {minimum} ឆ្នាំ លើកលែងតែសាច់ញាតិ។'),
  AREA_UNKNOWN: no('There is no area with the code {area}. Look it up by its name.', 'គ្មានតំបន់ដែលមានលេខកូដ {area} ទេ។ សូមស្វែងរកតាមឈ្មោះ។'),
  AREA_OUTSIDE: no('{area} does not belong to this office. Ask the office there to load the family.', '{area} មិនស្ថិតក្រោមការិយាល័យនេះទេ។ សូមឲ្យការិយាល័យនៅទីនោះបញ្ចូលគ្រួសារនេះ។'),
  POSSIBLE_DUPLICATE: no(
    'A family with this telephone, or this name in this commune, is known already, in the register or in row {row} of this table (0: in the register). Compare them; send the row again with duplicates accepted if it is another household.',
    'គ្រួសារដែលមានលេខទូរសព្ទនេះ ឬឈ្មោះនេះក្នុងឃុំនេះ មានរួចហើយក្នុងបញ្ជី ឬក្នុងជួរ {row} នៃតារាងនេះ (0៖ ក្នុងបញ្ជី)។ សូមប្រៀបធៀប។ បើជាគ្រួសារផ្សេង សូមផ្ញើជួរនេះម្ដងទៀតដោយទទួលយកការស្ទួន។',
  ),
  ROW_FAILED: no('This row could not be written, for a reason that is ours and not yours. Send it again; tell the administrator if it happens twice.', 'ជួរនេះមិនអាចកត់ត្រាបានទេ ដោយសារបញ្ហារបស់ប្រព័ន្ធ។ សូមផ្ញើម្ដងទៀត ហើយប្រាប់អ្នកគ្រប់គ្រងប្រព័ន្ធបើកើតពីរដង។'),
});
