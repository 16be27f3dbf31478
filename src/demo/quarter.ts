import { addMonths, civil } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import type { Op } from '../platform/database/op.js';
import { countForRelease } from '../statistics/counts.queries.js';
import { publishedTable } from '../statistics/disclosure.domain.js';
import { insertRelease } from '../statistics/releases.repo.js';
import { quarterDays } from '../statistics/statistics.service.js';

/** Publishes the last quarter that is over, so that a policy analyst has something to read. */
export async function publishLastQuarter(op: Op, by: string): Promise<void> {
  const inside = addMonths(civil(`${op.today.slice(0, 7)}-01`), -3);
  const quarter = `${inside.slice(0, 4)}-Q${Math.ceil(Number(inside.slice(5, 7)) / 3)}`;
  const [first, last] = quarterDays(quarter);
  const rule = { base: 5, least: 10 };
  const cells = await countForRelease(op, first, last, op.today);
  const table = publishedTable(cells.map(({ dimension, category, care_kind, count }) => ({ dimension, category, careKind: care_kind, count })), rule);
  await insertRelease(op, { id: newId(), quarter, reference_day: last, as_known_on: op.today, ...rule, by }, table);
}
