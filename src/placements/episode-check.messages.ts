import { defineMessages } from '../platform/messages/messages.js';
import type { Language } from '../platform/messages/messages.js';
import { say } from '../platform/messages/messages.js';
import { EPISODE_RULES } from './episode-rules.domain.js';
import { COLUMNS } from './episode-table.domain.js';

/** The rules of a foreign list: `episode_rule.<CODE>` says what is broken, `episode_rule_next.<CODE>` what to do. */
for (const { code, says, next } of EPISODE_RULES) {
  defineMessages('episode_rule', { [code]: { ...says, reviewed: false } });
  defineMessages('episode_rule_next', { [code]: { ...next, reviewed: false } });
}

defineMessages('episode_table', {
  EMPTY: { en: 'The table has no row under its header.', km: 'តារាងគ្មានជួរទិន្នន័យក្រោមក្បាលតារាងទេ។', reviewed: false },
  HEADER: {
    en: `The first line must name the columns, each once: the child, and the first day of a stay or of being missing. Columns: ${COLUMNS.join(', ')}.`,
    km: `ជួរទីមួយត្រូវដាក់ឈ្មោះជួរឈរ ម្ដងមួយៗ៖ កុមារ និងថ្ងៃចាប់ផ្ដើមស្នាក់នៅ ឬបាត់ខ្លួន។ ជួរឈរ៖ ${COLUMNS.join(', ')}។`,
    reviewed: false,
  },
  TOO_LONG: { en: 'At most {most} rows are checked at once. Check the rest as another table.', km: 'ពិនិត្យបានយ៉ាងច្រើន {most} ជួរក្នុងពេលតែមួយ។ សូមពិនិត្យនៅសល់ជាតារាងផ្សេង។', reviewed: false },
  ONE: { en: 'Give either a table or a list of stays.', km: 'សូមផ្ដល់តារាង ឬបញ្ជី តែមួយគត់។', reviewed: false },
});

defineMessages('enum.EpisodeRuleSource', {
  england: { en: 'England\'s looked-after-children return', km: 'របាយការណ៍កុមារក្នុងការថែទាំរបស់ប្រទេសអង់គ្លេស', reviewed: false },
  register: { en: 'this register\'s timeline', km: 'បន្ទាត់ពេលវេលារបស់បញ្ជីនេះ', reviewed: false },
});

/** What a broken rule says, and what to do next. */
export function ruleWords(language: Language, code: string): { readonly sentence: string; readonly next: string } {
  return { sentence: say(language, `episode_rule.${code}`), next: say(language, `episode_rule_next.${code}`) };
}
