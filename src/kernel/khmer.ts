/**
 * Khmer and Latin text for searching. The typed text is always stored as typed; what is computed here is
 * only a key beside it. Unicode's own forms (NFC, NFKC) leave Khmer spellings apart that look the same
 * on every screen, so the key has its own order; the categories follow the Khmer encoding structure
 * (Unicode L2/22-290). A key may join a little too much: it finds candidates, people decide.
 */

export type Script = 'khmer' | 'latin' | 'mixed' | 'other' | 'none';

const COENG = '\u17d2';
const ROBAT = '\u17cc';
const SIGN_U = '\u17bb';
const SIGN_AA = '\u17b6';
const NIKAHIT = '\u17c6';

/** Marks above the base that push a register shifter down, where it is drawn like the vowel sign u. */
const ABOVE = new Set(['\u17b7', '\u17b8', '\u17b9', '\u17ba', '\u17bf', '\u17d0', '\u17dd']);
const SHIFTERS = new Set(['\u17c9', '\u17ca']);

/** A letter or sign that has a twin drawn the same: deprecated codes, and vowels typed as their parts. */
const TWINS: Readonly<Record<string, string>> = {
  '\u17a3': '\u17a2', // deprecated independent a -> letter qa
  '\u17a4': '\u17a2\u17b6', // deprecated independent aa -> qa + sign aa
  '\u17a8': '\u17a7\u1780', // obsolete ligature uk
  '\u17a9': '\u17a7\u17ca', // uu, drawn as u with the second shifter
  '\u17b2': '\u17b1', // the second form of oo
  '\u17be': '\u17c1\u17b8', // sign oe = e + ii
  '\u17c4': '\u17c1\u17b6', // sign oo = e + aa
  '\u17d3': '\u17c6', // deprecated bathamasat, drawn as nikahit
};
const TWIN = /[\u17a3\u17a4\u17a8\u17a9\u17b2\u17be\u17c4\u17d3]/g;

/** Signs that are written around a base, or a subscript: coeng and the letter it lowers. */
const CLUSTER_TAIL = /(?:\u17d2[\u1780-\u17b3]?|[\u17b6-\u17d1\u17dd])+/g;
const PIECE = /\u17d2[\u1780-\u17b3]?|[\u17b6-\u17d1\u17dd]/g;

/** Latin letters that Unicode does not take apart into a letter and an accent. */
const LATIN_WHOLE: Readonly<Record<string, string>> = { đ: 'd', ð: 'd', ø: 'o', ł: 'l', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i' };

/** Khmer digits (U+17E0 to U+17E9) as 0-9; everything else stays. */
export function toAsciiDigits(s: string): string {
  return s.replace(/[\u17e0-\u17e9]/g, (c) => String(c.charCodeAt(0) - 0x17e0));
}

/**
 * The text without characters that leave no mark: zero-width spaces and joiners, direction marks,
 * soft hyphens, variation selectors, Khmer inherent vowels (U+17B4, U+17B5), control characters.
 * Spaces, tabs and line ends stay.
 */
export function stripInvisible(s: string): string {
  return s.replace(/(?![\t\n\r])[\p{Default_Ignorable_Code_Point}\p{Cc}]/gu, '');
}

/** Which writing a text is in, by its letters; 'mixed' is more than one, 'none' has no letters at all. */
export function script(s: string): Script {
  const found = new Set<Script>();
  for (const c of s.match(/\p{L}/gu) ?? []) {
    found.add(/\p{Script=Khmer}/u.test(c) ? 'khmer' : /\p{Script=Latin}/u.test(c) ? 'latin' : 'other');
  }
  const [only] = found;
  return found.size > 1 ? 'mixed' : (only ?? 'none');
}

/**
 * The place of a piece of a cluster: robat, subscripts, then signs by their code. Subscripts are sorted
 * too: ro is drawn in front wherever it is typed, and two others that trade places are a slip of the hand.
 */
function rank(piece: string): string {
  if (piece === ROBAT) return `0${piece}`;
  return piece.startsWith(COENG) ? `1${piece}` : `2${piece}`;
}

/** One spelling for all that is drawn around one base: sorted, without repetition. */
function canonicalTail(tail: string): string {
  // A coeng that lowers nothing draws nothing; a subscript da is drawn as a subscript ta.
  const pieces = (tail.match(PIECE) ?? []).filter((p) => p !== COENG).map((p) => (p === '\u17d2\u178a' ? '\u17d2\u178f' : p));
  const raised = pieces.some((p) => ABOVE.has(p)) || (pieces.includes(SIGN_AA) && pieces.includes(NIKAHIT));
  const drawn = raised ? pieces.map((p) => (SHIFTERS.has(p) ? SIGN_U : p)) : pieces;
  return [...new Set(drawn)].sort((a, b) => (rank(a) < rank(b) ? -1 : 1)).join('');
}

function foldCase(s: string): string {
  return stripInvisible(s)
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[đðøłßæœı]/g, (c) => LATIN_WHOLE[c] ?? c)
    .replace(/[\u0300-\u036f]/g, '');
}

/**
 * The key of a name or a place: equal for spellings that look alike. Khmer: one order of signs and
 * subscripts in each cluster, twins joined, repetitions dropped. Latin: small letters without accents.
 * Digits become 0-9; spaces, punctuation and invisible characters go. The key of a key is the key.
 */
export function searchKey(name: string): string {
  return toAsciiDigits(foldCase(name))
    .replace(/[^\p{L}\p{N}\u1780-\u17d3\u17dd]/gu, '')
    .replace(TWIN, (c) => TWINS[c] ?? c)
    .replace(CLUSTER_TAIL, canonicalTail);
}

/** Latin spellings of one Khmer sound brought together; Khmer text passes unchanged. */
function soundKey(key: string): string {
  return key
    .replace(/chh?/g, 'c')
    .replace(/([kptbdgn])h/g, '$1')
    .replace(/ck|q/g, 'k')
    .replace(/w/g, 'v')
    .replace(/z/g, 's')
    .replace(/ou|oo/g, 'u')
    .replace(/ee/g, 'i')
    .replace(/(?<=.)y/g, 'i')
    .replace(/r(?=[nt])/g, '')
    .replace(/([a-z])\1+/g, '$1')
    .replace(/(?<=[aeiou])h$/, '');
}

const MOST_TOKENS = 6;

function keysOf(name: string): string[] {
  const tokens = foldCase(name)
    .split(/[\s\-._,/]+/)
    .map(searchKey)
    .filter((t) => t !== '')
    .slice(0, MOST_TOKENS);
  const wholes = tokens.map((_, i) => `w:${soundKey([...tokens.slice(i), ...tokens.slice(0, i)].join(''))}`);
  const parts = tokens.filter((t) => t.length > 1 || tokens.length === 1).map((t) => `t:${soundKey(t)}`);
  return [...wholes, ...parts];
}

/**
 * The keys under which a person is stored and looked for, sorted, each once; two names are candidates
 * when they share a key. 'w:' is the whole name without spaces, once for each part it may begin with
 * (family name first or last, written together or apart); 't:' is one part alone, a weaker sign.
 * Latin parts are brought to one spelling of the sound (ph/p, kh/k, th/t, chh/ch, v/w, ou/oo/u, y/i,
 * double letters). Either name may be missing, and each may be in either script.
 */
export function nameKeys(khmer?: string | null, latin?: string | null): string[] {
  const keys = [khmer, latin].flatMap((name) => (name === undefined || name === null ? [] : keysOf(name)));
  return [...new Set(keys)].sort();
}
