import type pg from 'pg';
import { columns } from '../load/figures.js';
import type { Watched } from '../load/watch.js';
import { median } from '../compare.js';
import type { BenchOptions } from '../options.js';
import { startStack } from '../stack.js';
import { Crowd, faultsOf } from './sending.js';
import type { Turn } from './sending.js';

/** One, two and three APIs on this machine, the same mix, as fast as answers come. */
export async function apis(options: BenchOptions): Promise<boolean> {
  const stack = await startStack({ data: options.data, scale: Number(options.other('scale') ?? 0.1), worker: true });
  try {
    console.log(`\nSeveral APIs on one machine: ${await stack.rows()}; ${options.connections} connections, ${options.rounds} rounds of ${options.seconds} s`);
    const crowd = await Crowd.of(stack, options.seed);
    const all = [{ pid: stack.apiPid, port: stack.port }, await stack.anotherApi(), await stack.anotherApi()];
    const turns = new Map<number, Turn[]>([[1, []], [2, []], [3, []]]);
    const held: string[] = [];
    for (let round = -1; round < options.rounds; round++) {
      for (const count of round % 2 === 0 ? [1, 2, 3] : [3, 2, 1]) {
        const used = all.slice(0, count);
        const watched: Watched[] = [
          ...used.map(({ pid }, at) => ({ name: `API ${at + 1}`, pid })), { name: 'worker', pid: stack.workerPid ?? 0 }, { name: 'PostgreSQL', pid: stack.postgresPid, cluster: true },
        ];
        const sending = crowd.turn(used.map(({ port }) => port), watched, { connections: options.connections, seconds: options.seconds });
        if (round === 0) setTimeout(() => void connectionsOf(stack.owner).then((said) => held.push(`  ${count} API: ${said}`), () => undefined), options.seconds * 600);
        const turn = await sending;
        // The first round warms them up.
        if (round >= 0) turns.get(count)?.push(turn);
      }
    }
    console.log(tableOf(turns));
    console.log(`\nConnections in the middle of a turn (each API's pool is at most POOL_SIZE, 10):\n${held.join('\n')}\n  ${await allowed(stack.owner)}`);
    const faults = faultsOf([...turns.values()].flat());
    console.log(faults === '' ? 'errors: 0' : `errors:\n${faults}`);
    await crowd.signOut();
    return faults === '';
  } finally {
    await stack.stop();
  }
}

function tableOf(turns: ReadonlyMap<number, readonly Turn[]>): string {
  const of = (list: readonly Turn[], what: (turn: Turn) => number): number => median(list.map(what));
  const api = ({ perOperation }: Turn): number => Object.entries(perOperation).filter(([name]) => name.startsWith('API')).reduce((sum, [, ms]) => sum + ms, 0);
  const rate = (turn: Turn): number => turn.asked / turn.seconds;
  const first = of(turns.get(1) ?? [], rate);
  return columns(
    ['', 'op/s', 'ratio', 'API ms CPU', 'worker', 'PostgreSQL', 'sender', 'op/s a core of API', 'of PostgreSQL', 'cores in use', 'p50 ms', 'p95 ms'],
    [...turns].map(([count, list]) => {
      const [ofApi, ofPostgres] = [of(list, api), of(list, ({ perOperation }) => perOperation['PostgreSQL'] ?? NaN)];
      const cores = of(list, (turn) => (Object.values(turn.perOperation).reduce((sum, ms) => sum + ms, 0) * rate(turn)) / 1000 + turn.cpu / turn.seconds);
      return [
        `${count} API`, of(list, rate).toFixed(0), (of(list, rate) / first).toFixed(2), ofApi.toFixed(2), of(list, ({ perOperation }) => perOperation['worker'] ?? NaN).toFixed(2), ofPostgres.toFixed(2),
        of(list, ({ cpu, asked }) => (cpu * 1000) / asked).toFixed(2), (1000 / ofApi).toFixed(0), (1000 / ofPostgres).toFixed(0), cores.toFixed(2), of(list, ({ p50 }) => p50).toFixed(0), of(list, ({ p95 }) => p95).toFixed(0),
      ];
    }),
  );
}

/** Who holds how many connections now. */
async function connectionsOf(owner: pg.Pool): Promise<string> {
  const { rows } = await owner.query<{ who: string; n: number; busy: number }>(
    `select usename || ' (' || application_name || ')' as who, count(*)::int as n, count(*) filter (where state <> 'idle')::int as busy
     from pg_stat_activity where usename like 'register%' group by 1 order by 1`,
  );
  return rows.map(({ who, n, busy }) => `${who} ${n}, ${busy} busy`).join('; ');
}

async function allowed(owner: pg.Pool): Promise<string> {
  const { rows: [row] } = await owner.query<{ most: number; kept: number }>(
    `select current_setting('max_connections')::int as most, current_setting('superuser_reserved_connections')::int + current_setting('reserved_connections')::int as kept`,
  );
  return `this server allows ${row?.most ?? 0}, ${row?.kept ?? 0} of them for its administrator; docker-compose.yml sets 200`;
}
