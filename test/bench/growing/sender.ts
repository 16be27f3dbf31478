// A process that asks as the country does, from so many connections, as fast as it is answered or at a pace.
import { readFileSync, writeFileSync } from 'node:fs';
import { stream } from '../../../src/demo/random.js';
import type { CivilDate } from '../../../src/kernel/civil-date.js';
import { Asker } from '../load/asking.js';
import { percentile } from '../load/figures.js';
import { judge } from '../load/judge.js';
import { MIX } from '../load/mix.js';
import { sharesOf } from '../load/operations.js';
import { openLane } from '../wire.js';
import type { Sending, Sent } from './sending.js';

const { ports, connections, seconds, rate, seed, today, run, people, world, results } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Sending;
const shares = sharesOf(MIX);
const total = shares.reduce((sum, each) => sum + each, 0);
const random = stream(seed, 'growing', run);
const asker = new Asker(world, people, today as CivilDate, run, seed);
const wrong: Record<string, number> = {};
const took: number[] = [];
let asked = 0;

function pick(): (typeof MIX)[number] | undefined {
  let left = (random.below(2 ** 30) / 2 ** 30) * total;
  return MIX.find((_each, at) => (left -= shares[at] ?? 0) < 0);
}

async function ask(lane: number, until: number): Promise<void> {
  const bodies = new Map<number, Buffer>();
  const port = ports[lane % ports.length] ?? 0;
  const wire = await openLane(port, (n) => bodies.get(n) ?? Buffer.alloc(0));
  for (let n = 0; ; n++) {
    if (rate !== undefined) await new Promise((done) => setTimeout(done, Math.max(0, began + ((n * connections + lane) * 1000) / rate - performance.now())));
    if (performance.now() >= until) break;
    const operation = pick();
    const question = operation === undefined ? undefined : asker.question(operation);
    if (operation === undefined || question === undefined) continue;
    const body = JSON.stringify({ query: operation.document, variables: question.variables });
    bodies.clear();
    bodies.set(n, Buffer.from(`POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\nauthorization: Bearer ${question.who.token}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`));
    const before = performance.now();
    const reply = await wire.send(n);
    took.push(performance.now() - before);
    asked += 1;
    const verdict = judge(operation, reply.status, reply.body);
    if (verdict.is === 'good') asker.pageEnd(operation, question, verdict.page?.after ?? null);
    // Two lanes may be given the same row: who comes second is refused, or finds it changed.
    else if (verdict.is === 'wrong' && !/^(refused|CONFLICT)/.test(verdict.code)) wrong[`${operation.name}: ${verdict.code}`] = (wrong[`${operation.name}: ${verdict.code}`] ?? 0) + 1;
  }
  wire.close();
}

const used = process.cpuUsage();
const began = performance.now();
await Promise.all(Array.from({ length: connections }, (_, lane) => ask(lane, began + seconds * 1000)));
const { user, system } = process.cpuUsage(used);
took.sort((a, b) => a - b);
writeFileSync(results, JSON.stringify({ asked, wrong, seconds: (performance.now() - began) / 1000, cpu: (user + system) / 1e6, p50: percentile(took, 0.5), p95: percentile(took, 0.95) } satisfies Sent));
