import { refuse } from '../kernel/result.js';
import type { Refusal } from '../kernel/result.js';

/** Characters a password has at least; a person counts letters, not bytes. */
export const LEAST = 10;
/** More is refused at the door: a hash of a book is work for nothing. */
export const MOST_CHARACTERS = 200;

/** The commonest of those with ten characters or more; shorter ones are refused by their length. */
const COMMONEST = new Set([
  '1234567890', '0123456789', '12345678910', '123456789a', '123456789q', '1234512345', '1122334455', '0987654321', '9876543210', '1q2w3e4r5t',
  '1q2w3e4r5t6y', '1qaz2wsx3edc', 'q1w2e3r4t5', 'q1w2e3r4t5y6', 'qwertyuiop', 'qwerty12345', 'qwerty123456', 'qwerty1234', 'asdfghjkl1', 'asdfghjkl;',
  'zxcvbnm123', 'abcdefghij', 'abcd123456', 'abc1234567', 'abc123456789', 'a123456789', 'aa12345678', 'password12', 'password123', 'password1234',
  'passw0rd123', 'p@ssw0rd123', 'password01', 'passwordpassword', 'iloveyou123', 'iloveyou12', 'welcome123', 'welcome1234', 'welcome2024', 'welcome2025',
  'welcome2026', 'administrator', 'admin12345', 'admin123456', 'admin@1234', 'letmein123', 'changeme123', 'football123', 'sunshine123', 'princess123',
  'cambodia123', 'cambodia2024', 'cambodia2025', 'cambodia2026', 'phnompenh1', 'phnompenh123', 'angkorwat1', 'angkorwat123', 'khmer12345', 'kampuchea1',
  'register123', 'test123456', 'testtest12', 'temporary1', 'secret1234', 'mypassword', 'mypassword1', '12345qwert', '12345abcde', '1a2b3c4d5e',
]);

export type PasswordCode = 'PASSWORD_TOO_SHORT' | 'PASSWORD_TOO_COMMON' | 'PASSWORD_IS_LOGIN';

/** Why a password is not taken; undefined for one that is. No rule on kinds of characters: length is what counts. */
export function weakness(password: string, login: string): Refusal<PasswordCode> | undefined {
  const characters = [...password.normalize('NFKC')];
  if (characters.length < LEAST) return refuse('PASSWORD_TOO_SHORT', { least: LEAST });
  const folded = characters.join('').toLowerCase();
  if (folded === login.toLowerCase()) return refuse('PASSWORD_IS_LOGIN');
  const few = new Set(characters).size < 4;
  return few || COMMONEST.has(folded) ? refuse('PASSWORD_TOO_COMMON') : undefined;
}
