import { newId } from '../../src/kernel/ids.js';
import { approvedFamily } from './given.js';
import type { ArrangedFamily } from './given.js';
import { registeredChild } from './given-children.js';
import type { Given, GivenChild } from './given-children.js';
import type { Harness } from './harness.js';

/** A child living in an institution as a test wants her: since when, and whether it is decided why. */
export interface ResidentWanted extends GivenChild {
  /** The first day of her stay; 4 January 2026 where left out. */
  readonly from?: string;
  /** Gatekeeping is concluded unless said otherwise. */
  readonly gatekept?: boolean;
}

/** A resident as the tests know her. */
export interface Resident extends Given {
  readonly institutionId: string;
  readonly episodeId: string;
  readonly carePeriodId: string;
  readonly gatekeepingId: string;
}

/** A child with her care period, her stay in an institution and its gatekeeping, written by the owner: no act, no task. */
export async function resident(harness: Harness, wanted: ResidentWanted = {}): Promise<Resident> {
  const from = wanted.from ?? '2026-01-04';
  const child = await registeredChild(harness, { firstSeenOn: from, ...wanted });
  if (child.institutionId === null) throw new Error('a resident lives in an institution');
  const [episodeId, carePeriodId, gatekeepingId] = [newId(), newId(), newId()];
  await harness.sql(
    `insert into placements.episodes (id, child_id, during, kind, institution_id, basis, office_id) values ($1, $2, daterange($3, null), 'institution', $4, 'told_by_institution', $5)`,
    [episodeId, child.id, from, child.institutionId, child.officeId],
  );
  await harness.sql(`insert into placements.care_periods (id, child_id, during) values ($1, $2, daterange($3, null))`, [carePeriodId, child.id, from]);
  const done = wanted.gatekept ?? true;
  await harness.sql(
    `insert into placements.gatekeepings (id, child_id, care_period_id, opened_on, due_at, state, concluded_on, concluded_by, parents_traced, kin_traced)
     values ($1, $2, $3, $4, $4::date + interval '72 hours', $5, $6, $7, $8, $8)`,
    [gatekeepingId, child.id, carePeriodId, from, done ? 'complete' : 'open', done ? from : null, done ? await somebody(harness) : null, done ? true : null],
  );
  return { ...child, institutionId: child.institutionId, episodeId, carePeriodId, gatekeepingId };
}

/** A placement as the tests know it. */
export interface ArrangedPlacement {
  readonly id: string;
  readonly child: Given;
  readonly family: ArrangedFamily;
  readonly episodeId: string;
  readonly startsOn: string;
}

/** A child living with a family since a day, after a stay in an institution; child and family are arranged where none is given. */
export async function activePlacement(
  harness: Harness,
  wanted: { readonly child?: Resident; readonly family?: ArrangedFamily; readonly startsOn?: string; readonly careKind?: 'foster' | 'kinship' | 'family_house' } = {},
): Promise<ArrangedPlacement> {
  const startsOn = wanted.startsOn ?? '2026-05-08';
  const careKind = wanted.careKind ?? 'foster';
  const child = wanted.child ?? (await resident(harness));
  const family = wanted.family ?? (await approvedFamily(harness));
  const [id, episodeId] = [newId(), newId()];
  await harness.sql(
    `insert into placements.placements (id, child_id, family_id, care_kind, office_id, family_office_id, state, planned_on, approved_by, approved_on, starts_on)
     values ($1, $2, $3, $4, $5, $6, 'active', $7, $8, $7, $7)`,
    [id, child.id, family.id, careKind, child.officeId, family.officeId, startsOn, await somebody(harness)],
  );
  // Ended before its neighbour begins, in one transaction: a care period has no gap.
  await harness.sql(
    `with ended as (update placements.episodes set during = daterange(lower(during), $2) where id = $1 returning id)
     insert into placements.episodes (id, child_id, during, kind, family_id, placement_id, office_id)
     select $3, $4, daterange($2, null), $5, $6, $7, $8 from ended`,
    [child.episodeId, startsOn, episodeId, child.id, careKind, family.id, id, family.officeId],
  );
  const taken = await harness.sql(
    `insert into carers.place_occupancies (family_id, slot, during, kind, occupant_id)
     select $1, p.slot, daterange($2, null), 'placement', $3 from carers.family_places p
     where p.family_id = $1 and p.during @> daterange($2, null) and not exists (
       select from carers.place_occupancies o where o.family_id = $1 and o.slot = p.slot and o.during && daterange($2, null))
     order by p.slot limit 1 returning slot`,
    [family.id, startsOn, id],
  );
  if (taken.length === 0) throw new Error(`family ${family.number} has no free place from ${startsOn} on`);
  await harness.sql('update children.children set institution_id = null, origin_office_id = office_id, office_id = $2 where id = $1', [child.id, family.officeId]);
  return { id, child, family, episodeId, startsOn };
}

/** Somebody who did something long ago. */
async function somebody(harness: Harness): Promise<string> {
  const id = newId();
  await harness.sql(`insert into staff.accounts (id, login, name_latin, state) values ($1, $2, 'Somebody Earlier', 'closed')`, [id, `gone-${id}`]);
  return id;
}
