import type { CivilDate } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';
import type { Layout, Occupancy, OccupancyKind, Place, PlaceBasis } from './places.domain.js';

/** A family under lock, as much as a decision about its places needs. */
export interface LockedFamily {
  readonly id: string;
  readonly number: number;
  readonly kind: 'foster' | 'kinship' | 'family_house';
  /** At least the commune; the village too for the family's own office. */
  readonly area_code: string;
  readonly office_id: string;
  readonly opened_on: CivilDate;
  readonly closed_on: CivilDate | null;
}

/** Locks a family of the actor's offices. Every change of places, standings and terms happens under this lock. */
export async function lockFamily(op: Op, id: string): Promise<LockedFamily | undefined> {
  return op.tx.row<LockedFamily>(
    `select id, number, kind, area_code, office_id, opened_on, closed_on from carers.families where id = $1 for no key update`,
    [id],
  );
}

/** Locks a family of any office: a child of one province may go to a family of another. No name, no phone, no village. */
export async function lockFamilyAnywhere(op: Op, id: string): Promise<LockedFamily | undefined> {
  return op.tx.row<LockedFamily>(`select * from carers.lock_family($1)`, [id]);
}

interface PlaceRow {
  readonly slot: number;
  readonly starts: CivilDate;
  readonly ends: CivilDate | null;
  readonly basis: PlaceBasis;
  readonly source_id: string;
}

interface OccupancyRow {
  readonly slot: number;
  readonly starts: CivilDate;
  readonly ends: CivilDate | null;
  readonly kind: OccupancyKind;
  readonly occupant_id: string;
  readonly expires_at: Date | null;
}

/** Every place of a family and who has it, from the first day to the last. */
export async function loadLayout(op: Op, familyId: string): Promise<Layout> {
  const places = await op.tx.rows<PlaceRow>(
    `select slot, lower(during) as starts, upper(during) as ends, basis, source_id from carers.family_places where family_id = $1 order by slot, during`,
    [familyId],
  );
  const occupancies = await op.tx.rows<OccupancyRow>(
    `select slot, lower(during) as starts, upper(during) as ends, kind, occupant_id, expires_at from carers.place_occupancies where family_id = $1 order by slot, during`,
    [familyId],
  );
  return {
    places: places.map(({ slot, starts, ends, basis, source_id }) => ({ slot, from: starts, to: ends, basis, sourceId: source_id })),
    occupancies: occupancies.map(({ slot, starts, ends, kind, occupant_id, expires_at }) => ({
      slot, from: starts, to: ends, kind, occupantId: occupant_id, expiresAt: expires_at,
    })),
  };
}

/** Brings the tables from one layout to another: what is gone first, so that nothing overlaps on the way. */
export async function storeLayout(op: Op, familyId: string, old: Layout, fresh: Layout): Promise<void> {
  const places = difference(old.places, fresh.places, placeKey);
  const occupancies = difference(old.occupancies, fresh.occupancies, occupancyKey);
  const movesPlaces = places.gone.length > 0;
  if (movesPlaces) await op.tx.run('set constraints carers.place_occupancies_within_places deferred');
  if (occupancies.gone.length > 0) await op.tx.run(DELETE_OCCUPANCIES, [familyId, ...columns(occupancies.gone)]);
  if (movesPlaces) await op.tx.run(DELETE_PLACES, [familyId, ...columns(places.gone)]);
  if (places.added.length > 0) {
    await op.tx.run(
      `insert into carers.family_places (family_id, slot, during, basis, source_id)
       select $1, slot, daterange(starts, ends), basis, source_id
       from unnest($2::int[], $3::date[], $4::date[], $5::text[], $6::uuid[]) as r (slot, starts, ends, basis, source_id)`,
      [familyId, ...columns(places.added), places.added.map((row) => row.basis), places.added.map((row) => row.sourceId)],
    );
  }
  if (occupancies.added.length > 0) {
    await op.tx.run(
      `insert into carers.place_occupancies (family_id, slot, during, kind, occupant_id, expires_at)
       select $1, slot, daterange(starts, ends), kind, occupant_id, expires_at
       from unnest($2::int[], $3::date[], $4::date[], $5::text[], $6::uuid[], $7::timestamptz[]) as r (slot, starts, ends, kind, occupant_id, expires_at)`,
      [
        familyId, ...columns(occupancies.added), occupancies.added.map((row) => row.kind), occupancies.added.map((row) => row.occupantId),
        occupancies.added.map((row) => row.expiresAt?.toISOString() ?? null),
      ],
    );
  }
  // Checked here and not at the commit, where nobody could say any more what went wrong.
  if (movesPlaces) await op.tx.run('set constraints carers.place_occupancies_within_places immediate');
}

const DELETE_PLACES = `delete from carers.family_places t using unnest($2::int[], $3::date[], $4::date[]) as r (slot, starts, ends)
  where t.family_id = $1 and t.slot = r.slot and t.during = daterange(r.starts, r.ends)`;
const DELETE_OCCUPANCIES = `delete from carers.place_occupancies t using unnest($2::int[], $3::date[], $4::date[]) as r (slot, starts, ends)
  where t.family_id = $1 and t.slot = r.slot and t.during = daterange(r.starts, r.ends)`;

function columns(rows: readonly (Place | Occupancy)[]): [number[], string[], (string | null)[]] {
  return [rows.map((row) => row.slot), rows.map((row) => row.from), rows.map((row) => row.to)];
}

function difference<T>(old: readonly T[], fresh: readonly T[], keyOf: (row: T) => string): { gone: T[]; added: T[] } {
  const had = new Set(old.map(keyOf));
  const has = new Set(fresh.map(keyOf));
  return { gone: old.filter((row) => !has.has(keyOf(row))), added: fresh.filter((row) => !had.has(keyOf(row))) };
}

function placeKey(row: Place): string {
  return [row.slot, row.from, row.to, row.basis, row.sourceId].join(' ');
}

function occupancyKey(row: Occupancy): string {
  return [row.slot, row.from, row.to, row.kind, row.occupantId, row.expiresAt?.getTime()].join(' ');
}
