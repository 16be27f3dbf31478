import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadDemo } from '../../../src/demo/demo.js';
import { PASSWORD } from '../../../src/demo/staff.js';
import { todayIn } from '../../../src/kernel/civil-date.js';
import { Harness } from '../../support/harness.js';
import { startWorker } from '../../support/queue-worker.js';
import { Journey } from './journey.js';
import { loadAreasByCommand } from './place.js';
import { STEPS } from './steps.js';

let harness: Harness;
let worker: Awaited<ReturnType<typeof startWorker>>;
const told: string[] = [];

beforeAll(async () => {
  harness = await Harness.start();
  // The journey tells everything relative to its own day, whichever it is.
  harness.clock.set(new Date().toISOString());
  await loadDemo(harness.database.ownerUrl, harness.clock);
  await loadDemo(harness.database.ownerUrl, harness.clock);
  worker = await startWorker(harness);
}, 60_000);
afterAll(async () => {
  await worker.close();
  await harness.stop();
});

function journey(): Journey {
  const address = `http://127.0.0.1:${(harness.app.getHttpServer().address() as { port: number }).port}`;
  const env = { ...process.env, DATABASE_URL: harness.database.workerUrl, WORKER_DATABASE_URL: harness.database.workerUrl, MIGRATE_DATABASE_URL: harness.database.ownerUrl };
  return new Journey(
    { address, today: todayIn(harness.clock.now()), loadAreas: (csv) => loadAreasByCommand(csv, env, ['dist/src/register.js']), tell: (line) => void told.push(line) },
    PASSWORD,
  );
}

describe('a child goes from an institution to a family', () => {
  it('by the people who do it, over HTTP, twice in a row on one register', async () => {
    for (const one of [journey(), journey()]) for (const step of STEPS) await step(one);
    expect(told.filter((line) => line.includes('no: ')).length).toBeGreaterThan(30);
  }, 120_000);

  it('and the demonstration was loaded once', async () => {
    expect(await harness.sql(`select count(*)::int as n from staff.accounts where login like 'demo-%'`)).toEqual([{ n: 12 }]);
  });

  it('and every event was carried out, once', async () => {
    const waiting = await harness.sql(`select event from platform.outbox where relayed_at is null and created_at < clock_timestamp() - interval '5 seconds'`);
    expect(waiting).toEqual([]);
    const doubled = await harness.sql(`select consumer, outbox_id from platform.receipts group by 1, 2 having count(*) > 1`);
    expect(doubled).toEqual([]);
  });

  it('and nothing personal stands in the audit, the outbox, the queue, the tasks or the log', async () => {
    const rows = await harness.sql<{ text: string }>(
      `select to_jsonb(t)::text as text from platform.acts t union all select to_jsonb(t)::text from platform.outbox t union all select to_jsonb(t)::text from platform.reads t
       union all select to_jsonb(t)::text from platform.denials t union all select to_jsonb(t)::text from worklist.tasks t union all select to_jsonb(t)::text from worklist.inbox t
       union all select to_jsonb(t)::text from bullmq.job t`,
    );
    const written = [...rows.map(({ text }) => text), ...harness.logLines].join('\n');
    for (const secret of ['Chantha', 'ចាន់ថា', 'Sopheap', 'សុភាព', '987654', 'rice', 'dog', 'aunt', 'Thailand', 'lotus-and-river', 'demo-worker', 'Bearer']) expect(written).not.toContain(secret);
  });
});
