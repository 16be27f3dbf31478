import type { CivilDate } from '../kernel/civil-date.js';
import { DIED, EPISODE_RULES, hasNights } from './episode-rules.domain.js';
import type { Asked, ForeignLife } from './episode-rules.domain.js';
import type { ForeignRow } from './episode-table.domain.js';

/** A rule that is broken, and by which rows. */
export interface Violation {
  readonly code: string;
  readonly by: 'england' | 'register';
  readonly rows: readonly number[];
}

export interface EpisodeReport {
  readonly rows: number;
  readonly children: number;
  /** In the order of the rules; the rows of each in their own order. */
  readonly violations: readonly Violation[];
}

/** After how many rows it is told how far the check is. */
const STEP = 5_000;

/**
 * Judges a foreign list of stays by every rule: child by child, each child's stays sorted once, so that it costs little more
 * than sorting. A row without child or first day stands alone. Pure: nothing is kept.
 */
export function checkEpisodes(rows: readonly ForeignRow[], tell: (done: number, of: number) => void = () => undefined): EpisodeReport {
  const broken = new Map<string, number[]>(EPISODE_RULES.map(({ code }) => [code, []]));
  const { named, nameless } = byChild(rows);
  let done = 0;
  let told = 0;
  for (const hers of [...named, ...nameless]) {
    const life = lifeIn(hers);
    for (const asked of inOrder(hers, life)) {
      for (const { code, breaks } of EPISODE_RULES) if (breaks(asked)) broken.get(code)?.push(asked.here.row);
    }
    done += hers.length;
    if (done - told >= STEP) tell((told = done), rows.length);
  }
  if (told < rows.length) tell(rows.length, rows.length);
  const violations = EPISODE_RULES.map(({ code, by }) => ({ code, by, rows: (broken.get(code) ?? []).sort((a, b) => a - b) })).filter((one) => one.rows.length > 0);
  return { rows: rows.length, children: named.length, violations };
}

function byChild(rows: readonly ForeignRow[]): { readonly named: ForeignRow[][]; readonly nameless: ForeignRow[][] } {
  const named = new Map<string, ForeignRow[]>();
  const nameless: ForeignRow[][] = [];
  for (const row of rows) {
    const hers = row.child === null ? undefined : named.get(row.child);
    if (row.child === null) nameless.push([row]);
    else if (hers === undefined) named.set(row.child, [row]);
    else hers.push(row);
  }
  return { named: [...named.values()], nameless };
}

/** Her birth as the first row that knows it says; her death by a day of its own, or by the stay that ended with it. */
function lifeIn(rows: readonly ForeignRow[]): ForeignLife {
  const deaths = rows.flatMap(({ died, end, reasonCeased }) => [died, reasonCeased === DIED ? end : null]).filter((day): day is CivilDate => day !== null);
  return { birth: rows.find(({ birth }) => birth !== null)?.birth ?? null, died: deaths.reduce<CivilDate | null>((first, day) => (first === null || day < first ? day : first), null) };
}

const key = ({ start, end }: ForeignRow): string => `${start ?? ''} ${end ?? '~'}`;

function inOrder(rows: readonly ForeignRow[], life: ForeignLife): Asked[] {
  const stays = rows.filter(({ start }) => start !== null).map((row) => ({ row, key: key(row) }));
  stays.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.row.row - b.row.row));
  const ordered = stays.map(({ row }) => row);
  let reach: ForeignRow | undefined;
  const placed = ordered.map((here, at): Asked => {
    const asked = { here, before: ordered[at - 1], twoBefore: ordered[at - 2], after: ordered[at + 1], reach, life };
    if (hasNights(here) && (reach === undefined || reaches(here, reach))) reach = here;
    return asked;
  });
  return [...placed, ...rows.filter(({ start }) => start === null).map((here): Asked => ({ here, life }))];
}

/** Does the one last at least as long as the other? An open one has no end. */
function reaches(one: ForeignRow, other: ForeignRow): boolean {
  return one.end === null || (other.end !== null && one.end >= other.end);
}
