/**
 * Which segments of write-ahead log a recovery needs, and whether they are all there. PostgreSQL itself ends a recovery
 * where it finds no next segment, and says nothing: a lost one in the middle would silently bring back an older register.
 */

/** One line of time up to the place where the next one leaves it; the last has no end. */
export interface Branch {
  readonly timeline: number;
  /** The place, in bytes of log, where the next timeline begins. */
  readonly end: bigint | undefined;
}

/** What a recovery from a base backup finds: the last segment it can reach, and the ones that are missing before it. */
export interface Chain {
  readonly last: bigint;
  readonly missing: readonly string[];
}

const SEGMENT = /^[0-9A-F]{24}$/;
const HISTORY = /^([0-9A-F]{8})\.history$/;
const hex = (value: number | bigint): string => value.toString(16).toUpperCase().padStart(8, '0');

/** The place that PostgreSQL writes as `0/3000148`, in bytes of log. */
export function placeOf(lsn: string): bigint {
  const [high, low] = lsn.split('/');
  return (BigInt(`0x${high ?? ''}`) << 32n) + BigInt(`0x${low ?? ''}`);
}

/** The number of the segment that holds a place. */
export function segmentAt(place: bigint, segmentBytes: number): bigint {
  return place / BigInt(segmentBytes);
}

/** The file name of a segment on a timeline. */
export function segmentName(timeline: number, segment: bigint, segmentBytes: number): string {
  const each = 0x1_0000_0000n / BigInt(segmentBytes);
  return hex(timeline) + hex(segment / each) + hex(segment % each);
}

/** Timeline and number of a segment by its file name; undefined where the name is another file's. */
export function parseSegment(name: string, segmentBytes: number): { timeline: number; segment: bigint } | undefined {
  if (!SEGMENT.test(name)) return undefined;
  const part = (from: number): bigint => BigInt(`0x${name.slice(from, from + 8)}`);
  return { timeline: Number(part(0)), segment: part(8) * (0x1_0000_0000n / BigInt(segmentBytes)) + part(16) };
}

/**
 * The way from the first timeline to the newest one, as a recovery from a backup of `timeline` goes it. `historyOf` gives
 * the text of a history file that the archive holds: one line for each timeline left, and where.
 */
export function wayFrom(timeline: number, names: readonly string[], historyOf: (name: string) => string): readonly Branch[] {
  const known = new Set(names.flatMap((name) => HISTORY.exec(name)?.[1] ?? []));
  let newest = timeline;
  while (known.has(hex(newest + 1))) newest += 1;
  if (!known.has(hex(newest))) return [{ timeline: newest, end: undefined }];
  const left = historyOf(`${hex(newest)}.history`).split('\n').flatMap((line): Branch[] => {
    const [number, lsn] = line.trim().split(/\s+/);
    return number !== undefined && lsn !== undefined && /^\d+$/.test(number) ? [{ timeline: Number(number), end: placeOf(lsn) }] : [];
  });
  return [...left, { timeline: newest, end: undefined }];
}

/** Does a backup that ended at this place of this timeline lie on the way? */
export function liesOn(way: readonly Branch[], timeline: number, stop: bigint): boolean {
  const branch = way.find((each) => each.timeline === timeline);
  return branch !== undefined && (branch.end === undefined || stop <= branch.end);
}

/** Follows the segments from `first` on, along the way, as far as any of `names` lies on it. */
export function chainFrom(first: bigint, way: readonly Branch[], names: Iterable<string>, segmentBytes: number): Chain {
  const there = new Set<bigint>();
  for (const name of names) {
    const found = parseSegment(name, segmentBytes);
    if (found === undefined || found.segment < first) continue;
    const at = way.findIndex(({ timeline }) => timeline === found.timeline);
    const branch = way[at];
    if (branch === undefined) continue;
    const begins = at === 0 ? 0n : segmentAt(way[at - 1]?.end ?? 0n, segmentBytes);
    const isLeft = branch.end !== undefined && found.segment > segmentAt(branch.end, segmentBytes);
    if (found.segment >= begins && !isLeft) there.add(found.segment);
  }
  const last = [...there].reduce((most, each) => (each > most ? each : most), first);
  const missing: string[] = [];
  for (let segment = first; segment <= last; segment += 1n) {
    if (there.has(segment)) continue;
    const branch = way.find(({ end }) => end === undefined || segment < segmentAt(end, segmentBytes)) ?? way.at(-1);
    missing.push(segmentName(branch?.timeline ?? 1, segment, segmentBytes));
  }
  return { last, missing };
}
