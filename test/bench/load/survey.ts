import type pg from 'pg';
import type { CivilDate } from '../../../src/kernel/civil-date.js';
import { openLane, post } from '../wire.js';
import { Asker } from './asking.js';
import { columns, figuresOf } from './figures.js';
import { judge } from './judge.js';
import { mixOf } from './mix.js';
import type { Plan } from './plan.js';
import { counted, statementsOf } from './statements.js';

/**
 * Asks each operation by itself, one after the other, and says how long its answers take, how many statements it sends
 * and how long PostgreSQL is busy with them. Not a load: what is slow here is slow for itself.
 */
export async function survey(plan: Plan, owner: pg.Pool, times: number): Promise<boolean> {
  const asker = new Asker(plan.world, plan.people, plan.today as CivilDate, plan.run, plan.seed);
  const requests = new Map<number, Buffer>();
  const lane = await openLane(plan.port, (n) => requests.get(n) ?? Buffer.alloc(0));
  const rows: { readonly cells: string[]; readonly p95: number; readonly slowest: string }[] = [];
  let [n, well] = [0, true];
  try {
    for (const operation of mixOf(plan.only)) {
      const [took, wrong] = [[] as number[], new Set<string>()];
      let [bytes, empty] = [0, 0];
      for (let at = -2; at < times; at++) {
        const question = asker.question(operation);
        if (question === undefined) break;
        // Two before, for what is compiled and cached at first.
        if (at === 0) await owner.query('select bench.pg_stat_statements_reset()');
        requests.set(++n, post('/graphql', { authorization: `Bearer ${question.who.token}` }, { query: operation.document, variables: question.variables }));
        const from = performance.now();
        const { status, body } = await lane.send(n);
        if (at >= 0) took.push(performance.now() - from);
        requests.delete(n);
        const verdict = judge(operation, status, body);
        if (verdict.is === 'wrong') wrong.add(verdict.code);
        if (verdict.is === 'good') asker.pageEnd(operation, question, verdict.page?.after ?? null);
        if (verdict.is === 'good' && verdict.page?.rows === 0) empty += 1;
        bytes += body.length;
      }
      const { statements, ms } = await counted(owner, 'register_api');
      const { p50, p95, max } = figuresOf(took);
      const [slowest] = await statementsOf(owner, 'register_api');
      well &&= wrong.size === 0;
      const per = (value: number, digits: number): string => (took.length === 0 ? '-' : (value / took.length).toFixed(digits));
      rows.push({
        p95, slowest: slowest === undefined ? '' : `${slowest.mean.toFixed(1)} ms: ${slowest.query.slice(0, 110)}`,
        cells: [`${operation.class}: ${operation.name}`, String(took.length), p50.toFixed(1), p95.toFixed(1), max.toFixed(1), per(statements, 1), per(ms, 2), (bytes / Math.max(1, took.length + 2) / 1024).toFixed(1), String(empty), [...wrong].join(', ')],
      });
    }
  } finally {
    lane.close();
  }
  const sorted = rows.toSorted((a, b) => (b.p95 || 0) - (a.p95 || 0));
  console.log(columns(['', 'n', 'p50 ms', 'p95 ms', 'max ms', 'statements', 'database ms', 'kB', 'empty', 'wrong', 'its slowest statement'], sorted.map(({ cells, slowest }) => [...cells, slowest])));
  return well;
}
