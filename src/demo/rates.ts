import { civil } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';
import { stream } from './random.js';

const BANDS: readonly (readonly [band: string, riel: bigint])[] = [
  ['0-2', 440_000n], ['3-5', 400_000n], ['6-11', 400_000n], ['12-14', 420_000n], ['15-17', 440_000n],
];

/** Monthly rates of the demonstration. The amounts are invented: no official ones were found. */
export async function insertRates(op: Op, seed: number): Promise<void> {
  const random = stream(seed, 'rates');
  for (const careKind of ['foster', 'kinship', 'home']) {
    for (const [band, riel] of BANDS) {
      for (const special of [false, true]) {
        for (const urban of [false, true]) {
          await op.tx.run(
            `insert into support.rates (id, scheme_code, care_kind, age_band, special_need, urban, riel, during, citation)
             values ($1, 'after_residential', $2, $3, $4, $5, $6, daterange('2025-01-01', null), 'invented for the demonstration')`,
            [random.id(civil('2025-01-01')), careKind, band, special, urban, riel + (special ? 100_000n : 0n) + (urban ? 40_000n : 0n)],
          );
        }
      }
    }
  }
}
