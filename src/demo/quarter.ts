import { addDays, addMonths, civil, maxDate, minDate } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';
import { countForRelease } from '../statistics/counts.queries.js';
import type { CellCount } from '../statistics/counts.queries.js';
import { publishedTable } from '../statistics/disclosure.domain.js';
import { quarterDays } from '../statistics/statistics.service.js';
import type { Chronicle } from './chronicle.js';
import type { Sheets } from './copy.js';
import { stream } from './random.js';
import type { DemoLand } from './world.js';

/** The settings statistics.round_to and statistics.least_shown. */
const RULE = { base: 5, least: 10 } as const;
/** Quarters further back are before the first counts. */
const QUARTERS = 7;

/** Publishes the quarters that are over, each as it was known some weeks after its end, so that a policy analyst has something to read. */
export async function publishQuarters(op: Op, land: DemoLand, sheets: Sheets, chronicle: Chronicle): Promise<void> {
  const releases = sheets.sheet('statistics.releases', ['id', 'quarter', 'reference_day', 'as_known_on', 'base', 'least', 'published_by', 'published_at']);
  const cells = sheets.sheet('statistics.cells', ['release_id', 'dimension', 'category', 'care_kind', 'shown']);
  const ministry = land.places.officeFor('').id;
  for (const quarter of quartersBefore(op.today)) {
    const [first, last] = quarterDays(quarter);
    if (first < land.began) continue;
    const random = stream(land.seed, 'quarters', quarter);
    const on = maxDate(last, minDate(addDays(last, random.between(8, 30)), addDays(op.today, -1)));
    const counts = (await countForRelease(op, first, last, on)).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    const by = land.roster.one('supervisor', ministry, on, random);
    const id = random.id(on);
    releases.add({ id, quarter, reference_day: last, as_known_on: on, ...RULE, published_by: by.accountId, published_at: chronicle.moment(random, on, id) });
    for (const cell of publishedTable(counts.map(({ dimension, category, care_kind, count }) => ({ dimension, category, careKind: care_kind, count })), RULE)) {
      cells.add({ release_id: id, dimension: cell.dimension, category: cell.category, care_kind: cell.careKind, shown: cell.shown });
    }
    chronicle.act(random, { act: 'statistics.publish', by, subject: ['release', id], on });
  }
}

const keyOf = ({ dimension, category, care_kind }: CellCount): string => `${dimension} ${category} ${care_kind}`;

/** The last quarters that were over before a day, the oldest first. */
function quartersBefore(today: CivilDate): string[] {
  const month = civil(`${today.slice(0, 7)}-01`);
  return Array.from({ length: QUARTERS }, (_, i) => addMonths(month, -3 * (QUARTERS - i))).map((day) => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`);
}
