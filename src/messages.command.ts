import './app.module.js';
import './platform/messages/platform.messages.js';
import { allMessages } from './platform/messages/messages.js';

const field = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** `register messages`: the one table of texts as CSV, for translators. */
export async function printMessages(): Promise<number> {
  const rows = [...allMessages()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, { en, km, reviewed }]) => [key, en, km, reviewed ? 'yes' : 'no']);
  const text = [['key', 'en', 'km', 'reviewed'], ...rows].map((row) => row.map(field).join(',')).join('\n');
  await new Promise<void>((done, fail) => process.stdout.write(`${text}\n`, (error) => (error ? fail(error) : done())));
  return 0;
}
