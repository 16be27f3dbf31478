import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { civil } from '../../src/kernel/civil-date.js';
import { newId } from '../../src/kernel/ids.js';
import { lockFamily } from '../../src/carers/places.repo.js';
import { PlacesService } from '../../src/carers/places.service.js';
import { systemActor } from '../../src/platform/auth/roles.js';
import { approvedFamily } from '../support/given.js';
import type { ArrangedFamily } from '../support/given.js';
import { Harness } from '../support/harness.js';
import { asWorker } from '../support/worker.js';
import type { WorkerDatabase } from '../support/worker.js';

const MANY = 20;
let harness: Harness;
let worker: WorkerDatabase;
const places = new PlacesService();
beforeAll(async () => {
  harness = await Harness.start();
  worker = await asWorker(harness, MANY);
});
afterAll(async () => {
  await worker.close();
  await harness.stop();
});

/** Twenty workers, each on a connection of her own, want the one place that is left at the same moment. */
async function rush(family: ArrangedFamily, locks: boolean): Promise<{ won: number; refused: number; failed: number; rows: number }> {
  let waiting = MANY;
  let open: () => void = () => undefined;
  const together = new Promise<void>((resolve) => (open = resolve));
  const attempts = Array.from({ length: MANY }, () =>
    worker.uow.system(systemActor('race'), 'race', async (op) => {
      await op.tx.run('select 1');
      waiting -= 1;
      if (waiting === 0) open();
      await together;
      if (locks) await lockFamily(op, family.id);
      const result = await places.takePlace(op, { familyId: family.id, occupantId: newId(), kind: 'placement', from: civil('2026-06-15'), to: null });
      if (!result.ok && result.code !== 'NO_PLACE') throw new Error(result.code);
      return result.ok;
    }),
  );
  const ended = await Promise.allSettled(attempts);
  const [row] = await harness.sql<{ n: number }>('select count(*)::int as n from carers.place_occupancies where family_id = $1', [family.id]);
  return {
    won: ended.filter((one) => one.status === 'fulfilled' && one.value).length,
    refused: ended.filter((one) => one.status === 'fulfilled' && !one.value).length,
    failed: ended.filter((one) => one.status === 'rejected').length,
    rows: row?.n ?? 0,
  };
}

describe(`${MANY} at once for the last place`, () => {
  it('one gets it, and every other is told by name that there is none', async () => {
    const family = await approvedFamily(harness, { places: 1 });
    expect(await rush(family, true)).toEqual({ won: 1, refused: MANY - 1, failed: 0, rows: 1 });
  });

  it('without the lock the tables still let one in, but the others meet an error (the lock is what the test above proves)', async () => {
    const family = await approvedFamily(harness, { places: 1 });
    const outcome = await rush(family, false);
    expect(outcome).toMatchObject({ won: 1, rows: 1 });
    expect(outcome.failed).toBeGreaterThan(0);
  });

  it('without lock and constraint the place is given away several times (so both are needed)', async () => {
    const family = await approvedFamily(harness, { places: 1 });
    await harness.sql('alter table carers.place_occupancies drop constraint place_occupancies_pkey');
    const outcome = await rush(family, false);
    expect(outcome.won).toBeGreaterThan(1);
  });
});
