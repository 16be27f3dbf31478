import { AGE_BANDS } from '../kernel/age.js';
import type { AgeBand } from '../kernel/age.js';
import { newId } from '../kernel/ids.js';
import type { CareKind } from './entitlement.domain.js';

/** A row of support.rates as the demonstration and the tests write it. */
export interface DemoRate {
  readonly id: string;
  readonly scheme_code: string;
  readonly care_kind: CareKind;
  readonly age_band: AgeBand;
  readonly special_need: boolean;
  readonly urban: boolean;
  readonly riel: number;
  readonly during: string;
  readonly citation: string;
}

const BASE: readonly (readonly [CareKind, number])[] = [
  ['foster', 400_000],
  ['kinship', 320_000],
  ['home', 240_000],
];
const FOR_BAND: Readonly<Record<AgeBand, number>> = { '0-2': 60_000, '3-5': 0, '6-11': 0, '12-14': 40_000, '15-17': 60_000, '18+': 60_000 };

/**
 * Rates for the demonstration. The amounts are invented: no official ones were found, and a real register starts
 * without any. Written with {@link INSERT_RATES} and the rows as one JSON parameter.
 */
export function demoRates(from = '2025-01-01'): DemoRate[] {
  return BASE.flatMap(([careKind, base]) =>
    AGE_BANDS.flatMap((band) =>
      [false, true].flatMap((specialNeed) =>
        [false, true].map((urban) => ({
          id: newId(),
          scheme_code: 'after_residential',
          care_kind: careKind,
          age_band: band,
          special_need: specialNeed,
          urban,
          riel: base + FOR_BAND[band] + (specialNeed ? 150_000 : 0) + (urban ? 50_000 : 0),
          during: `[${from},)`,
          citation: 'invented for the demonstration: no official amount was found',
        })),
      ),
    ),
  );
}

/** Inserts rates given as one JSON array. */
export const INSERT_RATES = `insert into support.rates (id, scheme_code, care_kind, age_band, special_need, urban, riel, during, citation)
  select id, scheme_code, care_kind, age_band, special_need, urban, riel, during, citation from jsonb_to_recordset($1::jsonb)
    as r (id uuid, scheme_code text, care_kind text, age_band text, special_need boolean, urban boolean, riel bigint, during daterange, citation text)`;
