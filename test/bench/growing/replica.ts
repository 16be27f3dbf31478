import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DATABASE } from '../../../src/platform/embedded/owner-database.js';
import { addressAs } from '../../../src/platform/database/roles.js';
import { freePort } from '../../../src/platform/embedded/ports.js';
import { standByOf } from '../../support/stand-by.js';
import type { BenchOptions } from '../options.js';
import { startStack } from '../stack.js';
import type { Stack } from '../stack.js';
import { Crowd, faultsOf } from './sending.js';
import type { Turn } from './sending.js';

/** The same mix at the country's pace and as fast as answers come, with and without a streaming stand-by. */
export async function replica(options: BenchOptions): Promise<boolean> {
  const stack = await startStack({ data: options.data, scale: Number(options.other('scale') ?? 0.1), worker: true });
  const folder = mkdtempSync(join(tmpdir(), 'register-replica-'));
  chmodSync(folder, 0o711);
  try {
    const follower = await startStandBy(stack, folder);
    try {
      const metrics = await freePort();
      const reading = await stack.anotherApi({ DATABASE_READ_URL: follower.url, METRICS_PORT: String(metrics) });
      const crowd = await Crowd.of(stack, options.seed);
      const turn = (port: number, rate?: number): Promise<Turn> => crowd.turn([port], [
        { name: 'primary', pid: stack.postgresPid, cluster: true }, { name: 'stand-by', pid: follower.pid, cluster: true }, { name: 'API', pid: port === stack.port ? stack.apiPid : reading.pid },
      ], { connections: options.connections, seconds: options.seconds * (rate === undefined ? 1 : 5), ...(rate !== undefined && { rate }) });
      console.log(`\nA stand-by for reads that may be old: ${await stack.rows()}`);
      const turns: Turn[] = [];
      for (const port of [stack.port, reading.port]) await turn(port);
      for (const rate of [30, undefined]) {
        const alone = await turn(stack.port, rate);
        const before = await oldReads(metrics);
        const shared = await turn(reading.port, rate);
        const after = await oldReads(metrics);
        turns.push(alone, shared);
        const of = (who: string): number => (after[who] ?? 0) - (before[who] ?? 0);
        const old = of('stand_by') + of('primary') + of('primary_own_writes');
        const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(0)} %`;
        console.log(`${rate === undefined ? 'As fast as answers come' : `${rate} operations a second, 150 people`}: of ${shared.asked} operations ${percent(old, shared.asked)} may be old; of these ${percent(of('stand_by'), old)} went to the stand-by, `
          + `${percent(of('primary_own_writes'), old)} stayed because their reader had just written, ${of('primary')} because it could not serve`);
        for (const [name, { perOperation }] of [['primary alone', alone], ['with the stand-by', shared]] as const) {
          console.log(`  ${name}: CPU ms an operation: ${Object.entries(perOperation).map(([who, ms]) => `${who} ${ms.toFixed(2)}`).join(', ')}`);
        }
        console.log(`  the primary's processor time: ${((shared.perOperation['primary'] ?? NaN) / (alone.perOperation['primary'] ?? NaN)).toFixed(2)} of what it was; both together ${(((shared.perOperation['primary'] ?? NaN) + (shared.perOperation['stand-by'] ?? NaN)) / ((alone.perOperation['primary'] ?? NaN) + (alone.perOperation['stand-by'] ?? NaN))).toFixed(2)}`);
      }
      const faults = faultsOf(turns);
      console.log(faults === '' ? 'errors: 0' : `errors:\n${faults}`);
      await crowd.signOut();
      return faults === '';
    } finally {
      await follower.stop();
    }
  } finally {
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startStandBy(stack: Stack, folder: string): Promise<{ readonly pid: number; readonly url: string; stop(): Promise<void> }> {
  const server = await (await standByOf({ primaryUrl: stack.ownerUrl, folder, password: stack.secrets.superuserPassword }))();
  return { pid: server.pid, url: addressAs(server.url(DATABASE), 'register_api', stack.secrets.apiPassword), stop: () => server.stop() };
}

/** Reads that may be old, by who answered them. */
async function oldReads(port: number): Promise<Record<string, number>> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Object.fromEntries([...text.matchAll(/^register_old_reads\{by="(\w+)"\} (\d+)/gm)].map(([, by, n]) => [by ?? '', Number(n)]));
}
