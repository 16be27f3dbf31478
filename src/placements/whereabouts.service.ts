import { Inject, Injectable } from '@nestjs/common';
import { PlacesService } from '../carers/places.service.js';
import type { ChildFacts } from '../children/children.repo.js';
import { addDays } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';
import { numberSetting } from '../platform/settings.js';
import { WorklistService } from '../worklist/worklist.service.js';
import { insertGatekeeping } from './gatekeepings.repo.js';
import type { EndReason } from './placement.domain.js';
import { endPlacement, insertBreaches } from './placements.repo.js';
import type { LockedPlacement } from './placements.repo.js';
import { tasks, workingDaysAfter } from './placements.tasks.js';
import { openCarePeriod } from './timeline.repo.js';
import { conference, hoursFrom, keptUntil, missingSince } from './whereabouts.domain.js';
import type { Here } from './whereabouts.locks.js';
import { beginDisappearance, endDisappearance, followTimeline, keptDays, openGatekeeping, residentialDecided, timesMissing } from './whereabouts.repo.js';
import { childMissing, whereaboutsTasks } from './whereabouts.tasks.js';

/** What comes after a stretch: whose office answers for her then, and whether anybody knows where she is. */
export interface Next {
  readonly officeId: string;
  readonly found: boolean;
  /** Then she slept there that night too: the day of death is the last day of the last stretch. */
  readonly died?: boolean;
}

const HOUR_MS = 3_600_000;

/** What follows for others when a child sleeps elsewhere, or sleeps there no more: in the act's own transaction, under its locks. */
@Injectable()
export class WhereaboutsService {
  constructor(
    @Inject(PlacesService) private readonly places: PlacesService,
    @Inject(WorklistService) private readonly worklist: WorklistService,
  ) {}

  /**
   * The stretch that was open ends on a day, whatever comes after it: a bed of respite is free, nobody asks about the
   * kept place any more, and where she was missing and is found, somebody from outside the home talks with her.
   */
  async over(op: Op, { child, open, timeline }: Here, on: CivilDate, next: Next): Promise<void> {
    // A day before it began contradicts the timeline: the move itself is refused, and nothing of this stays.
    if (open === undefined || (on <= open.from && next.died !== true)) return;
    if (open.kind === 'respite' && open.familyId !== null) await this.places.releasePlace(op, { familyId: open.familyId, occupantId: open.id, from: next.died === true ? addDays(on, 1) : on });
    await this.worklist.done(op, { kind: whereaboutsTasks.keptReview, subjectId: open.id });
    if (!next.found || (open.kind !== 'missing' && open.kind !== 'unknown')) return;
    const since = missingSince(timeline);
    if (since === undefined) return;
    await followTimeline(op, child.id, since);
    const talkDueAt = hoursFrom(on, op.now, await numberSetting(op, 'placements.return_talk_hours', on));
    const ended = await endDisappearance(op, child.id, on, talkDueAt);
    if (ended === undefined) return;
    await this.worklist.due(op, { kind: whereaboutsTasks.returnTalk, subject: ['disappearance', ended], about: child.id, to: { role: 'social_worker', office: next.officeId }, due: talkDueAt });
  }

  /** The stay in the family she leaves ends, wherever she slept, and its place is free that night. Gives the events. */
  async leave(op: Op, here: Here, on: CivilDate, reason: EndReason, next: Next): Promise<(readonly [string, string])[]> {
    await this.over(op, here, on, next);
    const { placement } = here;
    if (placement === undefined) return [];
    await endPlacement(op, placement.id, on, reason);
    await this.places.releasePlace(op, { familyId: placement.family_id, occupantId: placement.id, from: on });
    return [['placement.ended', placement.id]];
  }

  /** Brings the place of a placement in line with its nights: kept while she sleeps elsewhere. */
  async markKept(op: Op, placement: LockedPlacement | undefined): Promise<void> {
    if (placement === undefined) return;
    await this.places.markKept(op, { familyId: placement.family_id, occupantId: placement.id, kept: await keptDays(op, placement.id) });
  }

  /** Nobody knows where she is since a day: who must be told is a task that runs from then, the supervisor hears of it at once. Gives the disappearance. */
  async disappeared(op: Op, child: ChildFacts, since: CivilDate, gone: { readonly kept: boolean; readonly traffickingSign: boolean }): Promise<string> {
    const nights = await numberSetting(op, 'placements.missing_kept_nights', since);
    const id = await beginDisappearance(op, {
      childId: child.id, officeId: child.officeId, since, keptUntil: gone.kept ? keptUntil(since, nights) : null, traffickingSign: gone.traffickingSign,
    });
    const due = hoursFrom(since, op.now, await numberSetting(op, 'placements.missing_notice_hours', since));
    await this.worklist.due(op, { kind: whereaboutsTasks.tellMissing, subject: ['disappearance', id], about: child.id, to: { role: 'social_worker', office: child.officeId }, due });
    await this.worklist.tell(op, { kind: childMissing, subject: ['child', child.id], to: { role: 'supervisor', office: child.officeId } });
    await this.callConference(op, child, since, gone.traffickingSign);
    return id;
  }

  /** A conference is called where she was missing too often, or there is a sign of trafficking. */
  async callConference(op: Op, child: ChildFacts, on: CivilDate, traffickingSign: boolean): Promise<void> {
    const days = await numberSetting(op, 'placements.conference_days', on);
    const times = await timesMissing(op, child.id, addDays(on, -days), on);
    const why = conference({ traffickingSign, times }, await numberSetting(op, 'placements.conference_times', on));
    if (why === null) return;
    const due = await workingDaysAfter(op, op.today, await numberSetting(op, 'placements.conference_working_days', on));
    await this.worklist.due(op, { kind: whereaboutsTasks.conference, subject: ['child', child.id], about: child.id, detail: why, to: { role: 'supervisor', office: child.officeId }, due });
  }

  /** She came to an institution: where nobody had decided that since she began to live where she left, the question is due in 72 hours. */
  async arrived(op: Op, childId: string, officeId: string, on: CivilDate, leftSince: CivilDate | null): Promise<void> {
    if (await residentialDecided(op, childId, leftSince, on)) return;
    const carePeriodId = await openCarePeriod(op, childId);
    if (carePeriodId === undefined) throw new Error('A stay in an institution opened no care period.');
    const dueAt = new Date(op.now.getTime() + (await numberSetting(op, 'placements.gatekeeping_hours', op.today)) * HOUR_MS);
    const id = (await openGatekeeping(op, childId)) ?? (await insertGatekeeping(op, { childId, carePeriodId, on, dueAt }));
    await this.worklist.due(op, { kind: tasks.gatekeeping, subject: ['gatekeeping', id], about: childId, to: { role: 'social_worker', office: officeId }, due: dueAt });
  }

  /** Writes the broken rules and brings them to the supervisor the same day. Gives the events. */
  async breached(op: Op, child: ChildFacts, episodeId: string, codes: readonly string[], on: CivilDate): Promise<(readonly [string, string])[]> {
    if (codes.length === 0) return [];
    await this.worklist.due(op, { kind: tasks.breach, subject: ['episode', episodeId], about: child.id, detail: codes.join('.'), to: { role: 'supervisor', office: child.officeId }, due: op.today });
    const ids = await insertBreaches(op, codes, { childId: child.id, familyId: null, placementId: null, episodeId, officeId: child.officeId, on });
    return ids.map((id) => ['breach.recorded', id] as const);
  }
}
