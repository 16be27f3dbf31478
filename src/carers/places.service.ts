import { Injectable } from '@nestjs/common';
import type { CivilDate, DayRange } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import type { Op } from '../platform/database/op.js';
import { addPlace, dropPlaces, lapsed, markKept, releasePlace, setPlaces, settled, takePlace } from './places.domain.js';
import type { Layout, OccupancyKind } from './places.domain.js';
import { loadLayout, storeLayout } from './places.repo.js';

/** A stay of an occupant whom only the calling room knows. */
export interface StayWanted {
  readonly familyId: string;
  /** The placement, hold or kept place of the calling room. */
  readonly occupantId: string;
  readonly kind: OccupancyKind;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
  /** The moment at which a hold lapses; needed for a hold, and for nothing else. */
  readonly expiresAt?: Date | null;
  /** Has it happened already? Then places added for a recorded breach count; a decision never uses them. */
  readonly fact?: boolean;
}

/**
 * Who has a place in a family, for later rooms, in their own transaction. The caller has locked the family
 * (`lockFamily` or `lockFamilyAnywhere`): the constraints of the tables refuse what a forgotten lock would let through,
 * but with an error, not with an answer.
 */
@Injectable()
export class PlacesService {
  /** Sets the places that the terms of an approval give from a day on. Refuses PLACES_BELOW_OCCUPANTS with the first such day. */
  async setPlaces(
    op: Op,
    wanted: { readonly familyId: string; readonly from: CivilDate; readonly to?: CivilDate | null; readonly places: number; readonly sourceId: string },
  ): Promise<Result<string, 'PLACES_BELOW_OCCUPANTS'>> {
    const layout = await this.current(op, wanted.familyId);
    const result = setPlaces(layout, wanted.from, wanted.places, wanted.sourceId, wanted.to ?? null);
    if (!result.ok) return result;
    await storeLayout(op, wanted.familyId, layout, result.value);
    return ok(wanted.familyId);
  }

  /** Adds one place for these days: a named exemption, or a fact beyond the limit that is being recorded. Gives its number. */
  async addPlace(
    op: Op,
    wanted: { readonly familyId: string; readonly from: CivilDate; readonly to: CivilDate | null; readonly basis: 'exemption' | 'breach'; readonly sourceId: string },
  ): Promise<number> {
    const layout = await loadLayout(op, wanted.familyId);
    const place = addPlace(layout, wanted, wanted.basis, wanted.sourceId);
    const fresh = { ...layout, places: [...layout.places, place] };
    // What a breach had added is not needed where an exemption gives a place now.
    await storeLayout(op, wanted.familyId, layout, wanted.basis === 'exemption' ? settled(fresh, wanted.from) : fresh);
    return place.slot;
  }

  /** Takes the places of an exemption away from a day on, after freeing lapsed holds. Refuses PLACE_NEEDED with the first day on which somebody has or holds it. */
  async dropPlaces(op: Op, drop: { readonly familyId: string; readonly sourceId: string; readonly from: CivilDate }): Promise<Result<string, 'PLACE_NEEDED'>> {
    const layout = await this.current(op, drop.familyId);
    const result = dropPlaces(layout, drop.sourceId, drop.from);
    if (!result.ok) return result;
    await storeLayout(op, drop.familyId, layout, result.value);
    return ok(drop.familyId);
  }

  /** Gives an occupant a place for every day of a stay, after freeing lapsed holds. Refuses NO_PLACE with the first day that has none. */
  async takePlace(op: Op, stay: StayWanted): Promise<Result<string, 'NO_PLACE'>> {
    return this.take(op, stay.familyId, await this.current(op, stay.familyId), stay);
  }

  /** Ends an occupant's stay on a day (that night is no longer hers) and deletes what lay after it. Says whether she had a place then. */
  async releasePlace(op: Op, release: { readonly familyId: string; readonly occupantId: string; readonly from: CivilDate }): Promise<boolean> {
    const layout = await loadLayout(op, release.familyId);
    if (!layout.occupancies.some(({ occupantId, to }) => occupantId === release.occupantId && (to === null || to > release.from))) return false;
    await storeLayout(op, release.familyId, layout, releasePlace(layout, release.occupantId, release.from));
    return true;
  }

  /** Says on which days an occupant's place is only kept for her: she sleeps elsewhere, and nobody else gets it. */
  async markKept(op: Op, marked: { readonly familyId: string; readonly occupantId: string; readonly kept: readonly DayRange[] }): Promise<void> {
    const layout = await loadLayout(op, marked.familyId);
    await storeLayout(op, marked.familyId, layout, markKept(layout, marked.occupantId, marked.kept));
  }

  /** Turns a hold into the stay it was held for. A hold that lapsed holds nothing: then the stay needs a free place. Refuses NO_PLACE. */
  async turnHold(op: Op, turn: { readonly holdId: string; readonly into: StayWanted }): Promise<Result<string, 'NO_PLACE'>> {
    const { familyId } = turn.into;
    const layout = await this.current(op, familyId);
    const held = layout.occupancies.filter(({ occupantId, kind }) => occupantId === turn.holdId && kind === 'hold');
    const without = { ...layout, occupancies: layout.occupancies.filter((occupancy) => !held.includes(occupancy)) };
    return this.take(op, familyId, without, turn.into, held[0]?.slot, layout);
  }

  /** Lets a hold last until another moment: a planned placement keeps it. Refuses NO_PLACE where it has lapsed and been freed. */
  async extendHold(op: Op, hold: { readonly familyId: string; readonly holdId: string; readonly expiresAt: Date }): Promise<Result<string, 'NO_PLACE'>> {
    const layout = await loadLayout(op, hold.familyId);
    const mine = layout.occupancies.filter(({ occupantId, kind }) => occupantId === hold.holdId && kind === 'hold');
    if (mine.length === 0) return refuse('NO_PLACE', { day: op.today });
    const occupancies = layout.occupancies.map((occupancy) => (mine.includes(occupancy) ? { ...occupancy, expiresAt: hold.expiresAt } : occupancy));
    await storeLayout(op, hold.familyId, layout, { ...layout, occupancies });
    return ok(hold.holdId);
  }

  /** Frees the places of holds whose moment has passed. Gives their ids, for the room that knows what they were. */
  async freeLapsedHolds(op: Op, familyId: string): Promise<string[]> {
    const layout = await loadLayout(op, familyId);
    const gone = lapsed(layout.occupancies, op.now);
    await storeLayout(op, familyId, layout, withoutRows(layout, gone));
    return [...new Set(gone.map(({ occupantId }) => occupantId))];
  }

  /** The layout as it counts now: without lapsed holds, which are freed in passing. */
  private async current(op: Op, familyId: string): Promise<Layout> {
    const layout = await loadLayout(op, familyId);
    const gone = lapsed(layout.occupancies, op.now);
    if (gone.length === 0) return layout;
    const left = withoutRows(layout, gone);
    await storeLayout(op, familyId, layout, left);
    return left;
  }

  private async take(op: Op, familyId: string, layout: Layout, stay: StayWanted, prefer?: number, stored: Layout = layout): Promise<Result<string, 'NO_PLACE'>> {
    const { occupantId, kind, from, to, fact } = stay;
    const result = takePlace(layout, { occupantId, kind, from, to, expiresAt: stay.expiresAt ?? null, prefer, fact });
    if (!result.ok) return result;
    const fresh = { ...layout, occupancies: [...layout.occupancies, ...result.value] };
    // A place was added for all days of a fact; on those on which another was free it goes again.
    await storeLayout(op, familyId, stored, fact === true ? settled(fresh, from) : fresh);
    return ok(occupantId);
  }
}

function withoutRows(layout: Layout, gone: Layout['occupancies']): Layout {
  return { ...layout, occupancies: layout.occupancies.filter((occupancy) => !gone.includes(occupancy)) };
}
