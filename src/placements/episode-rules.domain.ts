import type { CivilDate } from '../kernel/civil-date.js';
import { daysBetween } from '../kernel/civil-date.js';
import type { ForeignRow } from './episode-table.domain.js';

/**
 * The rules by which a foreign list of stays is judged, as rows of {@link EPISODE_RULES}. Those with a number are of England's
 * looked-after-children return, as `data-to-insight/csc-validator-be-903` (MIT) describes them; those with a name are of this
 * register's own timeline, which knows every night of a child. Both are asked: a number says which published rule is broken.
 */

/** What bounds the child's life, by all rows about her. */
export interface ForeignLife {
  readonly birth: CivilDate | null;
  readonly died: CivilDate | null;
}

/** A row among the stays of the same child, in the order of first day, last day and row. */
export interface Asked {
  readonly here: ForeignRow;
  readonly before?: ForeignRow | undefined;
  readonly twoBefore?: ForeignRow | undefined;
  readonly after?: ForeignRow | undefined;
  /** Of the stays before it, the one that lasts longest. */
  readonly reach?: ForeignRow | undefined;
  readonly life: ForeignLife;
}

interface Words {
  readonly en: string;
  readonly km: string;
}

export interface EpisodeRule {
  readonly code: string;
  readonly by: 'england' | 'register';
  readonly says: Words;
  /** What to do next. */
  readonly next: Words;
  readonly breaks: (asked: Asked) => boolean;
}

const NEXT = {
  days: { en: 'Look up the days of this row and correct the wrong one.', km: 'សូមពិនិត្យថ្ងៃក្នុងជួរនេះ រួចកែថ្ងៃដែលខុស។' },
  before: { en: 'Compare it with the row before it of the same child, and correct the one that is wrong.', km: 'សូមប្រៀបធៀបជាមួយជួរមុនរបស់កុមារដដែល រួចកែជួរដែលខុស។' },
  after: { en: 'Compare it with the row after it of the same child, and correct the one that is wrong.', km: 'សូមប្រៀបធៀបជាមួយជួរក្រោយរបស់កុមារដដែល រួចកែជួរដែលខុស។' },
  place: { en: 'Correct the kind of place, or the days of the stay.', km: 'សូមកែប្រភេទកន្លែង ឬថ្ងៃស្នាក់នៅ។' },
  fill: { en: 'Fill in what is missing, and check the list again.', km: 'សូមបំពេញអ្វីដែលខ្វះ រួចពិនិត្យបញ្ជីម្ដងទៀត។' },
} as const;

/** Kinds of place that are meant to be short. */
const TEMPORARY: ReadonlySet<string | null> = new Set(['T0', 'T1', 'T2', 'T3', 'T4']);
/** Reasons for a new episode that say she was looked after already. */
const CONTINUES: ReadonlySet<string | null> = new Set(['P', 'L', 'T', 'U', 'B']);
/** Reasons for which care ended. */
const CARE_ENDED: ReadonlySet<string | null> = new Set('E2 E3 E4A E4B E5 E6 E7 E8 E9 E11 E12 E13 E14 E15 E16 E17 E41 E45 E46 E47 E48'.split(' '));
const STARTS = 'S';
const GOES_ON = 'X1';
export const DIED = 'E2';
const GROWN_UP = 'E15';

/** Longer than so many days in a place of this kind? */
const tooLong = (place: string, days: number) => ({ here }: Asked): boolean => here.place === place && here.start !== null && here.end !== null && daysBetween(here.start, here.end) > days;

/** 388: "a new episode begins" and the next one belong together, on the same day. */
function goesOnWrongly({ here, after }: Asked): boolean {
  if (here.end === null) return false;
  if (after === undefined) return here.reasonCeased === GOES_ON;
  return here.reasonCeased === GOES_ON ? here.end !== after.start : here.reasonCeased !== null && here.end === after.start;
}

/** 383: out of a short stay she goes back to where she was before it. */
function returnsElsewhere({ here, before, twoBefore }: Asked): boolean {
  if (before === undefined || twoBefore === undefined || !TEMPORARY.has(before.place)) return false;
  return here.reasonNew !== 'P' || here.place === null || here.place !== twoBefore.place;
}

const england = (code: string, says: Words, next: Words, breaks: EpisodeRule['breaks']): EpisodeRule => ({ code, by: 'england', says, next, breaks });
const own = (code: string, says: Words, next: Words, breaks: EpisodeRule['breaks']): EpisodeRule => ({ code, by: 'register', says, next, breaks });

const PUBLISHED: readonly EpisodeRule[] = [
  england('142', { en: 'A new stay has begun, and this one before it has no last day or no reason for its end.', km: 'ការស្នាក់នៅថ្មីបានចាប់ផ្ដើម តែការស្នាក់នៅមុននេះគ្មានថ្ងៃបញ្ចប់ ឬគ្មានមូលហេតុបញ្ចប់ទេ។' }, NEXT.fill,
    ({ here, after }) => after !== undefined && (here.end === null || here.reasonCeased === null)),
  england('355', { en: 'The stay begins and ends on one day.', km: 'ការស្នាក់នៅចាប់ផ្ដើម និងបញ្ចប់ក្នុងថ្ងៃតែមួយ។' }, NEXT.days,
    ({ here }) => here.start !== null && here.start === here.end),
  england('356', { en: 'The stay ends before it begins.', km: 'ការស្នាក់នៅបញ្ចប់មុនថ្ងៃចាប់ផ្ដើម។' }, NEXT.days,
    ({ here }) => here.start !== null && here.end !== null && here.end < here.start),
  england('375', { en: 'A stay in hospital as a temporary place (T1) lasts longer than six weeks.', km: 'ការស្នាក់នៅមន្ទីរពេទ្យជាកន្លែងបណ្ដោះអាសន្ន (T1) លើសពីប្រាំមួយសប្ដាហ៍។' }, NEXT.place, tooLong('T1', 42)),
  england('376', { en: 'A temporary place while the carers are on holiday (T3) lasts longer than three weeks.', km: 'កន្លែងបណ្ដោះអាសន្នពេលអ្នកថែទាំឈប់សម្រាក (T3) លើសពីបីសប្ដាហ៍។' }, NEXT.place, tooLong('T3', 21)),
  england('379', { en: 'A temporary place without a reason (T4) lasts longer than seven days.', km: 'កន្លែងបណ្ដោះអាសន្នដែលគ្មានមូលហេតុ (T4) លើសពីប្រាំពីរថ្ងៃ។' }, NEXT.place, tooLong('T4', 7)),
  england('380', { en: 'A period of care begins with a temporary place.', km: 'រយៈពេលថែទាំចាប់ផ្ដើមដោយកន្លែងបណ្ដោះអាសន្ន។' }, NEXT.place,
    ({ here }) => TEMPORARY.has(here.place) && here.reasonNew !== 'P' && here.reasonNew !== 'B'),
  england('381', { en: 'A period of care ends with a temporary place.', km: 'រយៈពេលថែទាំបញ្ចប់ដោយកន្លែងបណ្ដោះអាសន្ន។' }, NEXT.place,
    ({ here }) => TEMPORARY.has(here.place) && here.reasonCeased !== null && here.reasonCeased !== GOES_ON),
  england('383', { en: 'After a temporary place the child does not return to the place she had before.', km: 'ក្រោយកន្លែងបណ្ដោះអាសន្ន កុមារមិនត្រឡប់ទៅកន្លែងមុនវិញទេ។' }, NEXT.before, returnsElsewhere),
  england('388', { en: 'The reason for the end and the next stay do not fit: "a new episode begins" (X1) and a stay that begins on the same day belong together.', km: 'មូលហេតុបញ្ចប់ និងការស្នាក់នៅបន្ទាប់មិនស៊ីគ្នាទេ៖ X1 និងការស្នាក់នៅដែលចាប់ផ្ដើមក្នុងថ្ងៃដដែលត្រូវនៅជាមួយគ្នា។' }, NEXT.after, goesOnWrongly),
  england('431', { en: 'She is said to begin to be looked after (S), and the stay before it had not ended on an earlier day.', km: 'សរសេរថាចាប់ផ្ដើមទទួលការថែទាំ (S) តែការស្នាក់នៅមុនមិនបានបញ្ចប់នៅថ្ងៃមុនទេ។' }, NEXT.before,
    ({ here, before }) => here.reasonNew === STARTS && here.start !== null && before !== undefined && before.end !== null && here.start <= before.end),
  england('432', { en: 'Care ended with the stay before it, and this one is not said to begin it anew (S).', km: 'ការថែទាំបានបញ្ចប់ជាមួយការស្នាក់នៅមុន តែជួរនេះមិនសរសេរថាចាប់ផ្ដើមថ្មី (S) ទេ។' }, NEXT.before,
    ({ here, before }) => before !== undefined && CARE_ENDED.has(before.reasonCeased) && here.reasonNew !== STARTS),
  england('433', { en: 'It is said to go on from the stay before it, and does not begin on the day on which that one ended.', km: 'សរសេរថាបន្តពីការស្នាក់នៅមុន តែមិនចាប់ផ្ដើមនៅថ្ងៃដែលការស្នាក់នៅនោះបញ្ចប់ទេ។' }, NEXT.before,
    ({ here, before }) => CONTINUES.has(here.reasonNew) && before !== undefined && before.end !== here.start),
  england('437', { en: 'The child is said to have died or to have come of age, and another stay follows.', km: 'សរសេរថាកុមារបានស្លាប់ ឬគ្រប់អាយុ តែមានការស្នាក់នៅបន្ទាប់ទៀត។' }, NEXT.after,
    ({ here, after }) => after !== undefined && (here.reasonCeased === DIED || here.reasonCeased === GROWN_UP)),
  england('501', { en: 'The stay begins before the one before it has ended.', km: 'ការស្នាក់នៅចាប់ផ្ដើមមុនការស្នាក់នៅមុនបញ្ចប់។' }, NEXT.before,
    ({ here, before }) => here.start !== null && before !== undefined && before.end !== null && here.start < before.end),
  england('567', { en: 'The time of being missing ends before it begins.', km: 'រយៈពេលបាត់ខ្លួនបញ្ចប់មុនថ្ងៃចាប់ផ្ដើម។' }, NEXT.days,
    ({ here }) => here.missingFrom !== null && here.missingTo !== null && here.missingTo < here.missingFrom),
];

/** A stay of at least one night whose days are known: what a timeline is made of. */
export function hasNights({ isStay, start, end, unreadable }: ForeignRow): boolean {
  return isStay && start !== null && (end === null ? !unreadable.includes('end') : end > start);
}

/** Nothing says that care ended between the two, or one of them says that it went on. */
function isOneCare(earlier: ForeignRow, later: ForeignRow): boolean {
  const goesOn = earlier.reasonCeased === GOES_ON || CONTINUES.has(later.reasonNew);
  return goesOn || (earlier.reasonCeased === null && later.reasonNew !== STARTS);
}

const isLater = (day: CivilDate | null, than: CivilDate): boolean => day !== null && day > than;

function outlives({ here, life: { died } }: Asked): boolean {
  if (died === null) return false;
  const isOpen = here.start !== null && here.end === null && !here.unreadable.includes('end');
  return isOpen || [here.start, here.end, here.missingFrom, here.missingTo].some((day) => isLater(day, died));
}

function beginsUnborn({ here, life }: Asked): boolean {
  const born = here.birth ?? life.birth;
  return born !== null && [here.start, here.end, here.missingFrom, here.missingTo].some((day) => day !== null && day < born);
}

const OWN: readonly EpisodeRule[] = [
  own('ROW_UNREADABLE', { en: 'The cells of this line cannot be told apart: a quotation mark is not closed, or there are more cells than columns.', km: 'មិនអាចបែងចែកក្រឡាក្នុងជួរនេះបានទេ៖ សញ្ញាសម្រង់មិនបានបិទ ឬមានក្រឡាច្រើនជាងជួរឈរ។' }, NEXT.fill,
    ({ here }) => here.isBroken),
  own('CHILD_MISSING', { en: 'The row does not say which child it is about, so that it cannot be compared with others.', km: 'ជួរនេះមិនប្រាប់ថាជាកុមារណាទេ ដូច្នេះមិនអាចប្រៀបធៀបបានទេ។' }, NEXT.fill,
    ({ here }) => !here.isBroken && here.child === null),
  own('START_MISSING', { en: 'The stay has no first day, so that it has no place in a timeline.', km: 'ការស្នាក់នៅគ្មានថ្ងៃចាប់ផ្ដើម ដូច្នេះមិនអាចដាក់ក្នុងបន្ទាត់ពេលវេលាបានទេ។' }, NEXT.fill,
    ({ here }) => here.isStay && here.start === null && !here.unreadable.includes('start')),
  own('DAY_UNREADABLE', { en: 'A day is no day of the calendar (2026-02-28 or 28/02/2026). Until it is, the row counts as if it had none.', km: 'មានថ្ងៃមួយមិនមែនជាថ្ងៃក្នុងប្រតិទិនទេ (2026-02-28 ឬ 28/02/2026)។ មុនពេលកែ ជួរនេះទុកដូចជាគ្មានថ្ងៃនោះ។' }, NEXT.days,
    ({ here }) => here.unreadable.length > 0),
  own('NO_NIGHT', { en: 'The stay holds no night: it ends on its first day or before.', km: 'ការស្នាក់នៅគ្មានសូម្បីមួយយប់៖ វាបញ្ចប់នៅថ្ងៃដំបូង ឬមុននោះ។' }, NEXT.days,
    ({ here }) => here.start !== null && here.end !== null && here.end <= here.start),
  own('OVERLAP', { en: 'On its first day an earlier stay of the same child goes on: she would sleep in two places.', km: 'នៅថ្ងៃដំបូង ការស្នាក់នៅមុនរបស់កុមារដដែលនៅតែបន្ត៖ កុមារនឹងគេងនៅពីរកន្លែង។' }, NEXT.before,
    ({ here, reach }) => hasNights(here) && here.start !== null && reach !== undefined && (reach.end === null || reach.end > here.start)),
  own('GAP', { en: 'Nobody knows where the child slept before its first day, and nothing says that care had ended.', km: 'មិនដឹងថាកុមារគេងនៅទីណាមុនថ្ងៃដំបូង ហើយគ្មានអ្វីបញ្ជាក់ថាការថែទាំបានបញ្ចប់ទេ។' }, NEXT.before,
    ({ here, reach }) => hasNights(here) && here.start !== null && reach !== undefined && reach.end !== null && reach.end < here.start && isOneCare(reach, here)),
  own('BIRTH_DIFFERS', { en: 'Rows of one child name different days of birth.', km: 'ជួររបស់កុមារតែមួយមានថ្ងៃកំណើតខុសគ្នា។' }, NEXT.days,
    ({ here, life }) => here.birth !== null && life.birth !== null && here.birth !== life.birth),
  own('BEFORE_BIRTH', { en: 'A day lies before the child was born.', km: 'មានថ្ងៃមួយនៅមុនកុមារកើត។' }, NEXT.days, beginsUnborn),
  own('AFTER_DEATH', { en: 'The row goes on after the child died.', km: 'ជួរនេះបន្តក្រោយកុមារបានស្លាប់។' }, NEXT.days, outlives),
];

/** Every rule, the published ones first. */
export const EPISODE_RULES: readonly EpisodeRule[] = [...PUBLISHED, ...OWN];
