import { Injectable } from '@nestjs/common';
import type { PlacesService } from '../carers/places.service.js';
import type { ChildFacts } from '../children/children.repo.js';
import type { CivilDate, DayRange } from '../kernel/civil-date.js';
import { ok } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import type { Op } from '../platform/database/op.js';
import { lifeOf, move } from './timeline.domain.js';
import type { TimelineRefusal, Whereabouts } from './timeline.domain.js';
import { followCare, loadTimeline, writeMove } from './timeline.repo.js';

/** How a move is written beside where to and when. */
export interface MoveDetails {
  readonly officeId: string;
  readonly precision?: string;
  readonly basis?: string;
  readonly breaches?: readonly string[];
  /** Why she came into care, where a care period begins with it. */
  readonly entryReason?: string | null;
  /** Why she left care, where a care period ends with it. */
  readonly endReason?: string;
}

/** The timeline of a child, moved on by what happens. */
@Injectable()
export class TimelineService {
  /** A locked child lives elsewhere from a day on. Gives the new episode's id. Refuses only contradictions. */
  async move(op: Op, child: ChildFacts, to: Whereabouts, on: CivilDate, details: MoveDetails): Promise<Result<string, TimelineRefusal>> {
    const moved = move(await loadTimeline(op, child.id), lifeOf(child), to, on);
    if (!moved.ok) return moved;
    const id = await writeMove(op, moved.value, { ...to, childId: child.id, from: on, ...details });
    await followCare(op, child.id, to.kind, on, { entry: details.entryReason ?? null, end: details.endReason ?? 'left' });
    return ok(id);
  }
}

/** A place for what has happened: where the family is full, one more, marked as breach. Says whether it was. */
export async function takeAsFact(op: Op, places: PlacesService, stay: DayRange & { readonly familyId: string; readonly occupantId: string }): Promise<boolean> {
  const wanted = { ...stay, kind: 'placement' as const, fact: true };
  if ((await places.takePlace(op, wanted)).ok) return false;
  await places.addPlace(op, { familyId: stay.familyId, from: stay.from, to: stay.to, basis: 'breach', sourceId: stay.occupantId });
  const taken = await places.takePlace(op, wanted);
  if (!taken.ok) throw new Error('A place was added for a fact, and it has none.');
  return true;
}
