import { AGE_BANDS } from '../../src/kernel/age.js';
import type { AgeBand } from '../../src/kernel/age.js';
import { newId } from '../../src/kernel/ids.js';
import type { CareKind } from '../../src/support/entitlement.domain.js';
import { approvedFamily } from './given.js';
import type { ArrangedFamily, FamilyWanted } from './given.js';
import { registeredChild } from './given-children.js';
import type { Given, GivenChild } from './given-children.js';
import type { Harness } from './harness.js';

const BASE: readonly (readonly [CareKind, number])[] = [
  ['foster', 400_000],
  ['kinship', 320_000],
  ['home', 240_000],
];
const FOR_BAND: Readonly<Record<AgeBand, number>> = { '0-2': 60_000, '3-5': 0, '6-11': 0, '12-14': 40_000, '15-17': 60_000, '18+': 60_000 };

/** Invented rates: no official ones were found, and a real register starts without any. */
function rates(from: string): object[] {
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
          citation: 'invented for the tests',
        })),
      ),
    ),
  );
}

const INSERT_RATES = `insert into support.rates (id, scheme_code, care_kind, age_band, special_need, urban, riel, during, citation)
  select id, scheme_code, care_kind, age_band, special_need, urban, riel, during, citation from jsonb_to_recordset($1::jsonb)
    as r (id uuid, scheme_code text, care_kind text, age_band text, special_need boolean, urban boolean, riel bigint, during daterange, citation text)`;

/** Writes invented rates: 400,000 riel for a child of three to eleven in a foster family of a village. */
export async function ratesAreKnown(harness: Harness, from = '2025-01-01'): Promise<void> {
  await harness.sql(INSERT_RATES, [JSON.stringify(rates(from))]);
}

/** One stretch of a timeline: in an institution (null), or with a family. */
export interface StayGiven {
  readonly from: string;
  readonly to: string | null;
  readonly family?: ArrangedFamily;
  /** With a family: where she sleeps instead, while her place is kept. */
  readonly kind?: 'hospital' | 'missing' | 'home' | 'independent';
  /** Goes on inside the placement of the stay before. */
  readonly kept?: boolean;
}

/** A child with a timeline, written by the owner. */
export async function childWithStays(harness: Harness, stays: readonly StayGiven[], given: GivenChild = {}): Promise<Given> {
  const child = await registeredChild(harness, { firstSeenOn: stays[0]?.from ?? '2024-05-01', birthDate: '2016-02-11', ...given });
  await writeStays(harness, child, stays);
  return child;
}

/** Writes a child's whole timeline anew, as a correction does. */
export async function writeStays(harness: Harness, child: Given, stays: readonly StayGiven[]): Promise<void> {
  await harness.sql('delete from placements.episodes where child_id = $1', [child.id]);
  await harness.sql('delete from placements.placements where child_id = $1', [child.id]);
  let placement: string | null = null;
  for (const stay of stays) {
    if (stay.kept !== true) placement = stay.family === undefined ? null : await place(harness, child, stay.family, stay.from, endOfPlacement(stays, stay));
    const inFamily = stay.family !== undefined && stay.kind === undefined;
    const kind = stay.kind ?? (stay.family === undefined ? 'institution' : 'foster');
    await harness.sql(
      `insert into placements.episodes (id, child_id, during, kind, institution_id, family_id, placement_id, office_id)
       values ($1, $2, daterange($3, $4), $5, $6, $7, $8, $9)`,
      [newId(), child.id, stay.from, stay.to, kind, kind === 'institution' ? child.institutionId : null, inFamily ? (stay.family?.id ?? null) : null, placement, child.officeId],
    );
  }
}

function endOfPlacement(stays: readonly StayGiven[], stay: StayGiven): string | null {
  let end = stay.to;
  for (const next of stays.slice(stays.indexOf(stay) + 1)) {
    if (next.kept !== true) break;
    end = next.to;
  }
  return end;
}

async function place(harness: Harness, child: Given, family: ArrangedFamily, from: string, to: string | null): Promise<string> {
  const id = newId();
  await harness.sql(
    `insert into placements.placements (id, child_id, family_id, care_kind, office_id, family_office_id, state, planned_on, starts_on, ended_on, end_reason)
     values ($1, $2, $3, 'foster', $4, $5, $6, $7, $7, $8, $9)`,
    [id, child.id, family.id, child.officeId, family.officeId, to === null ? 'active' : 'ended', from, to, to === null ? null : 'planned'],
  );
  return id;
}

/** A girl of ten who left an institution of Battambang for a foster family there. */
export async function movedChild(harness: Harness, movedOn: string, family: FamilyWanted = {}): Promise<{ child: Given; family: ArrangedFamily }> {
  const home = await approvedFamily(harness, family);
  const child = await childWithStays(harness, [{ from: '2024-05-01', to: movedOn }, { from: movedOn, to: null, family: home }]);
  return { child, family: home };
}

/** Somebody who takes a family's money in cash, written by the owner. */
export async function cashPayee(harness: Harness, family: ArrangedFamily, name = 'Sok Dara'): Promise<string> {
  const id = newId();
  await harness.sql(`insert into support.payees (id, family_id, office_id, name, method, set_on) values ($1, $2, $3, $4, 'cash', '2025-01-01')`, [id, family.id, family.officeId, name]);
  return id;
}
