import type { BirthPrecision } from '../kernel/age.js';
import type { AgeBand } from '../kernel/age.js';
import { monthOf } from '../kernel/civil-date.js';
import type { CivilDate, DayRange } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';
import { numberSetting, setting } from '../platform/settings.js';
import type { CareKind, SchemeRules, StayKind } from './entitlement.domain.js';
import type { Rate } from './payment.domain.js';
import type { ChildFacts, FamilyFacts, RunRules, RunState } from './run.domain.js';

interface FactsRow {
  readonly child_id: string;
  readonly facts: {
    readonly number: number;
    readonly officeId: string;
    readonly birthDate: CivilDate;
    readonly birthPrecision: BirthPrecision;
    readonly diedOn: CivilDate | null;
    readonly communeType: string | null;
    readonly payeeId: string | null;
    readonly stays: readonly {
      readonly kind: StayKind;
      readonly from: CivilDate;
      readonly to: CivilDate | null;
      readonly placementId: string | null;
      readonly familyId: string | null;
      readonly careKind: CareKind | null;
    }[];
    readonly specialNeed: readonly DayRange[];
    readonly families: readonly FamilyFacts[];
    readonly settled: readonly {
      readonly lineId: string;
      readonly month: CivilDate;
      readonly familyId: string | null;
      readonly nights: number;
      readonly riel: string;
      readonly runId: string;
      readonly runState: RunState;
    }[];
  };
}

function toChildFacts({ child_id, facts }: FactsRow): ChildFacts {
  return {
    ...facts,
    childId: child_id,
    stays: facts.stays.map(({ kind, from, to, placementId, familyId, careKind }) => ({
      kind,
      during: { from, to },
      placed: placementId === null || familyId === null || careKind === null ? null : { placementId, familyId, careKind },
    })),
    settled: facts.settled.map((line) => ({ ...line, month: monthOf(line.month), riel: BigInt(line.riel) })),
  };
}

/** The facts of everybody whom a run of this office may pay, through the one function that gives them. */
export async function payableChildren(op: Op, officeId: string, scheme: string): Promise<ChildFacts[]> {
  const level = await numberSetting(op, 'support.special_need_level', op.today);
  const rows = await op.tx.rows<FactsRow>('select child_id, facts from support.payment_facts($1, $2, $3) order by child_id', [officeId, scheme, level]);
  return rows.map(toChildFacts);
}

/** The facts of one child, for a job of the register itself. */
export async function childFacts(op: Op, childId: string, scheme: string): Promise<ChildFacts | undefined> {
  const level = await numberSetting(op, 'support.special_need_level', op.today);
  const row = await op.tx.row<FactsRow>('select child_id, facts from support.facts_of(array[$1::uuid], $2, $3)', [childId, scheme, level]);
  return row && toChildFacts(row);
}

/** What the scheme asks, by the dated settings. */
export async function schemeRules(op: Op): Promise<SchemeRules> {
  const listed = await op.tx.rows<{ care_kind: CareKind; from_day: CivilDate; to_day: CivilDate | null }>(
    `select substr(name, length('support.opens_with.') + 1) as care_kind, lower(during) as from_day, upper(during) as to_day
     from platform.settings where starts_with(name, 'support.opens_with.') and value = 'true' order by name, during`,
  );
  return {
    leftFrom: await setting<CivilDate>(op, 'support.left_residential_from', op.today),
    listed: listed.map(({ care_kind, from_day, to_day }) => ({ careKind: care_kind, during: { from: from_day, to: to_day } })),
    ageLimit: await numberSetting(op, 'support.age_limit', op.today),
  };
}

/** What a calculation goes by: the scheme's rules, its rates, what counts as town, what counts as a short stay. */
export async function runRules(op: Op, scheme: string): Promise<RunRules> {
  const rates = await op.tx.rows<{ id: string; care_kind: CareKind; age_band: AgeBand; special_need: boolean; urban: boolean; riel: bigint; from_day: CivilDate; to_day: CivilDate | null }>(
    `select id, care_kind, age_band, special_need, urban, riel, lower(during) as from_day, upper(during) as to_day
     from support.rates where scheme_code = $1 order by care_kind, age_band, special_need, urban, during`,
    [scheme],
  );
  return {
    ...(await schemeRules(op)),
    rates: rates.map(
      (row): Rate => ({ id: row.id, careKind: row.care_kind, ageBand: row.age_band, specialNeed: row.special_need, urban: row.urban, riel: row.riel, during: { from: row.from_day, to: row.to_day } }),
    ),
    townCommunes: await setting<string[]>(op, 'support.town_communes', op.today),
    shortNights: await numberSetting(op, 'support.short_residential_nights', op.today),
  };
}
