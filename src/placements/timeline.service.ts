import { Inject, Injectable } from '@nestjs/common';
import { PlacesService } from '../carers/places.service.js';
import { lockFamilyAnywhere } from '../carers/places.repo.js';
import type { ChildFacts } from '../children/children.repo.js';
import { ChildrenService } from '../children/children.service.js';
import type { CivilDate, DayRange } from '../kernel/civil-date.js';
import { ok } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { badInput, notFound } from '../platform/errors.js';
import type { CorrectEpisodeInput } from './episode.graphql.js';
import { acts, needHerOffice } from './placements.policy.js';
import { lifeOf, move, moveStart } from './timeline.domain.js';
import type { TimelineRefusal, Whereabouts } from './timeline.domain.js';
import { keptDays } from './whereabouts.repo.js';
import { followCare, loadTimeline, writeBoundary, writeMove } from './timeline.repo.js';

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

/** The timeline of a child: moved on by what happens, corrected by decision. */
@Injectable()
export class TimelineService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(ChildrenService) private readonly children: ChildrenService,
    @Inject(PlacesService) private readonly places: PlacesService,
  ) {}

  /** A locked child lives elsewhere from a day on. Gives the new episode's id. Refuses only contradictions. */
  async move(op: Op, child: ChildFacts, to: Whereabouts, on: CivilDate, details: MoveDetails): Promise<Result<string, TimelineRefusal>> {
    const moved = move(await loadTimeline(op, child.id), lifeOf(child), to, on);
    if (!moved.ok) return moved;
    const id = await writeMove(op, moved.value, { ...to, childId: child.id, from: on, ...details });
    await followCare(op, child.id, to.kind, on, { entry: details.entryReason ?? null, end: details.endReason ?? 'left' });
    return ok(id);
  }

  /** A stretch began on another day than was written; its neighbour follows. Refuses EPISODE_UNKNOWN, NOTHING_TO_CORRECT, NEIGHBOUR_SWALLOWED, BEFORE_BIRTH. */
  async correct(
    actor: UserActor,
    input: CorrectEpisodeInput,
    requestId: string,
  ): Promise<Result<string, 'EPISODE_UNKNOWN' | 'NOTHING_TO_CORRECT' | 'NEIGHBOUR_SWALLOWED' | 'BEFORE_BIRTH'>> {
    return this.uow.command(actor, acts['episode.correct'], input, requestId, async (op) => {
      // Not a late entry: a correction may reach back as far as the timeline does.
      if (input.startsOn > op.today) throw badInput('startsOn', 'validation.future');
      for (const { familyId } of await this.#stays(op, input.childId)) if ((await lockFamilyAnywhere(op, familyId)) === undefined) throw notFound();
      const [child] = await this.children.lockChildren(op, [input.childId]);
      if (child === undefined) throw notFound();
      needHerOffice(op, child);
      const moved = moveStart(await loadTimeline(op, child.id), lifeOf(child), input.episodeId, input.startsOn);
      if (!moved.ok) return moved;
      await writeBoundary(op, child.id, moved.value);
      await this.#placesFollow(op, child.id);
      await recordAct(op, {
        subject: ['episode', input.episodeId], about: child.id, on: input.startsOn, reason: input.reason, changed: ['during'], events: [['episode.changed', child.id]],
      });
      return ok(input.episodeId);
    });
  }

  /** The child's stays with families, by family: the order in which families are locked. */
  async #stays(op: Op, childId: string): Promise<(DayRange & { readonly id: string; readonly familyId: string })[]> {
    return op.tx.rows(
      `select id, family_id as "familyId", starts_on as "from", ended_on as "to" from placements.placements where child_id = $1 and state in ('active', 'ended')
       union all select id, family_id, lower(during), upper(during) from placements.episodes where child_id = $1 and kind = 'respite' and family_id is not null order by 2, 3`,
      [childId],
    );
  }

  /** The places she had in families follow the corrected days. It has happened, so a full family gets a place marked as breach. */
  async #placesFollow(op: Op, childId: string): Promise<void> {
    for (const { id, familyId, from, to } of await this.#stays(op, childId)) {
      const written = await op.tx.row<{ from: CivilDate; to: CivilDate | null }>(
        `select min(lower(during)) as "from", nullif(max(coalesce(upper(during), 'infinity')), 'infinity') as "to" from carers.place_occupancies where occupant_id = $1`,
        [id],
      );
      if (written === undefined || written.from === null) continue;
      if (written.from !== from || written.to !== to) {
        await this.places.releasePlace(op, { familyId, occupantId: id, from: written.from });
        if (to !== null && to <= from) continue;
        await takeAsFact(op, this.places, { familyId, occupantId: id, from, to });
      }
      await this.places.markKept(op, { familyId, occupantId: id, kept: await keptDays(op, id) });
    }
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
