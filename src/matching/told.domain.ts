import { compareDates } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';

/** What a family hears about a child: her needs and what helps, never a diagnosis, never what was done to her. */
export const TOLD_TOPICS = ['needs', 'behaviour', 'contact', 'support', 'school', 'habits', 'wishes', 'legal'] as const;
export type ToldTopic = (typeof TOLD_TOPICS)[number];

/** Something that was told on a day. */
export interface ToldItem {
  readonly topic: ToldTopic;
  readonly words: string;
  readonly on: CivilDate;
}

/** Names of a diagnosis that is never told to anybody, in the scripts and spellings in which it is written here. */
const NEVER_SAID = /\b(hiv|aids|arv)\b|ហ៊ីវ|អេដស៍|អេដស/iu;

/** May these words be told? The need is: "daily medicine", "monthly clinic". */
export function mayBeTold(items: readonly { readonly topic: ToldTopic; readonly words: string }[]): Result<true, 'NOT_TO_BE_TOLD'> {
  const topics = items.filter(({ words }) => NEVER_SAID.test(words.normalize('NFC'))).map(({ topic }) => topic);
  return topics.length > 0 ? refuse('NOT_TO_BE_TOLD', { topics: [...new Set(topics)] }) : ok(true);
}

/** Has the family heard, by the day of its answer, everything that must be told before? */
export function toldEnough(items: readonly ToldItem[], required: readonly string[], answeredOn: CivilDate): Result<true, 'NOT_TOLD'> {
  const heard = new Set<string>(items.filter(({ on }) => compareDates(on, answeredOn) <= 0).map(({ topic }) => topic));
  const missing = required.filter((topic) => !heard.has(topic));
  return missing.length > 0 || heard.size === 0 ? refuse('NOT_TOLD', { topics: missing }) : ok(true);
}
