/** The two languages of the register, by `Accept-Language`; English where neither is asked for. */
export type Language = 'km' | 'en';

/** One text: English, Khmer, and whether a Khmer speaker of the trade has read the Khmer. `{name}` stands for a detail. */
export interface Message {
  readonly en: string;
  readonly km: string;
  readonly reviewed: boolean;
}

export type Details = Readonly<Record<string, string | number | readonly string[]>>;

const table = new Map<string, Message>();

/**
 * Adds a room's texts to the one table of messages. A key is `<section>.<CODE>`; a key that stands there already with
 * another text stops the program.
 */
export function defineMessages<const T extends Readonly<Record<string, Message>>>(section: string, messages: T): T {
  for (const [code, message] of Object.entries(messages)) {
    const key = `${section}.${code}`;
    const known = table.get(key);
    if (known !== undefined && known !== message) throw new Error(`The message ${key} is defined twice.`);
    table.set(key, message);
  }
  return messages;
}

/** The text of a key in the caller's language, with details filled in. A missing text stops the program in tests and reads as its key. */
export function say(language: Language, key: string, details: Details = {}): string {
  const message = table.get(key);
  if (message === undefined) return key;
  return message[language].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = details[name];
    return value === undefined ? whole : Array.isArray(value) ? value.join(', ') : String(value);
  });
}

/** Every text, for translators and for the test that no refusal is without one. */
export function allMessages(): ReadonlyMap<string, Message> {
  return table;
}

/** The better of Khmer and English for an `Accept-Language` header, by its weights. */
export function languageOf(header: string | undefined): Language {
  let best: Language = 'en';
  let weight = 0;
  for (const part of (header ?? '').slice(0, 200).split(',')) {
    const [tag, ...parameters] = part.trim().toLowerCase().split(';');
    const q = Number(parameters.map((text) => /^\s*q=([\d.]+)/.exec(text)?.[1]).find((value) => value !== undefined) ?? 1);
    const language = tag === 'km' || tag?.startsWith('km-') ? 'km' : tag === 'en' || tag?.startsWith('en-') ? 'en' : undefined;
    if (language !== undefined && q > weight) [best, weight] = [language, q];
  }
  return best;
}
