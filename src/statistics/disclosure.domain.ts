/** What may be shown of a count. */
export interface DisclosureRule {
  /** Every figure is rounded to the nearest multiple of this, totals by themselves and not as sums. */
  readonly base: number;
  /** Counts below this are not shown. */
  readonly least: number;
}

/**
 * The figure that is published for a true count: null below the least, else the nearest multiple of the base. Totals
 * are rounded from the true total, so that what is hidden cannot be had back by subtraction. Only the ends can: that a
 * hidden cell is empty, or one below the least, may follow from the figures around it.
 */
export function shown(count: number, rule: DisclosureRule): number | null {
  if (count < rule.least) return null;
  return Math.floor(count / rule.base + 0.5) * rule.base;
}

/** A cell of a table before anything is hidden. */
export interface TrueCell {
  readonly dimension: string;
  readonly category: string;
  readonly careKind: string;
  readonly count: number;
}

/** The table that is published: every row total and the country's total beside the cells, all by the same rule. */
export function publishedTable(cells: readonly TrueCell[], rule: DisclosureRule): { dimension: string; category: string; careKind: string; shown: number | null }[] {
  const totals = new Map<string, TrueCell>();
  for (const cell of cells) {
    const key = `${cell.dimension}\n${cell.category}`;
    totals.set(key, { ...cell, careKind: 'all', count: (totals.get(key)?.count ?? 0) + cell.count });
  }
  return [...cells, ...totals.values()].map(({ dimension, category, careKind, count }) => ({ dimension, category, careKind, shown: shown(count, rule) }));
}
