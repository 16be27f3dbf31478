import type { Op } from '../../src/platform/database/op.js';
import type { Parameter } from '../../src/platform/database/tx.js';

/** The same operation, whose reads are explained instead of made: their plans are added to `plans`, and no row is found. */
export function explaining(op: Op, plans: string[]): Op {
  const row = async (sql: string, parameters: readonly Parameter[] = []): Promise<undefined> => {
    const plan = await op.tx.rows<{ 'QUERY PLAN': string }>(`explain ${sql}`, parameters);
    plans.push(plan.map((line) => line['QUERY PLAN']).join('\n'));
  };
  const tx = { row, run: (sql: string, parameters: readonly Parameter[] = []) => op.tx.run(sql, parameters) };
  return { ...op, tx: tx as unknown as Op['tx'] };
}
