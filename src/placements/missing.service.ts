import { Inject, Injectable } from '@nestjs/common';
import { ChildrenService } from '../children/children.service.js';
import { startOfDay } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { badInput, notFound } from '../platform/errors.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { noteRecorded } from '../training/staff-certificates.js';
import { WorklistService } from '../worklist/worklist.service.js';
import { acts, needHerOffice } from './placements.policy.js';
import { lifeOf } from './timeline.domain.js';
import type { TimelineRefusal } from './timeline.domain.js';
import { TimelineService } from './timeline.service.js';
import { TELL_DEATH, TELL_MISSING, goMissing, isKept, missingSince } from './whereabouts.domain.js';
import type { RecordMissingInput, RecordReturnTalkInput, RecordTellingInput } from './whereabouts.inputs.js';
import { lockHere } from './whereabouts.locks.js';
import { deathOf, followTimeline, insertTalk, insertTelling, lastDisappearance, partiesTold, placesToRelease, releaseDisappearance, signOfTrafficking } from './whereabouts.repo.js';
import { WhereaboutsService } from './whereabouts.service.js';
import { whereaboutsTasks } from './whereabouts.tasks.js';

export type MissingRefusal = TimelineRefusal | 'ALREADY_MISSING';

/** A child nobody can find: her place is kept for a while, people are told, and when she is back somebody talks with her. */
@Injectable()
export class MissingService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(ChildrenService) private readonly children: ChildrenService,
    @Inject(TimelineService) private readonly timeline: TimelineService,
    @Inject(WorklistService) private readonly worklist: WorklistService,
    @Inject(WhereaboutsService) private readonly whereabouts: WhereaboutsService,
  ) {}

  /** She is missing since a day, from wherever she lived. Gives the disappearance. */
  async record(actor: UserActor, input: RecordMissingInput, requestId: string): Promise<Result<string, MissingRefusal>> {
    return this.uow.command(actor, acts['missing.record'], input, requestId, async (op): Promise<Result<string, MissingRefusal>> => {
      const on = happenedOn(op, input.on);
      const here = await lockHere(op, this.children, input.childId);
      const { child } = here;
      needHerOffice(op, child);
      const going = goMissing(here.timeline, lifeOf(child), on);
      if (!going.ok) return going;
      const moved = await this.timeline.move(op, child, going.value.to, on, { officeId: child.officeId });
      if (!moved.ok) return moved;
      await this.whereabouts.over(op, here, on, { officeId: child.officeId, found: false });
      await this.whereabouts.markKept(op, here.placement);
      const id = await this.whereabouts.disappeared(op, child, on, { kept: isKept(going.value.to), traffickingSign: input.traffickingSign });
      noteRecorded(op, { subject: ['disappearance', id], about: child.id, officeId: child.officeId });
      await recordAct(op, { subject: ['disappearance', id], about: child.id, on, events: [['episode.changed', child.id]] });
      return ok(id);
    });
  }

  /** Somebody was told that she is missing or has died, or could not be. When all who must hear of it have, the task ends. */
  async told(actor: UserActor, input: RecordTellingInput, requestId: string): Promise<Result<string, 'NOTHING_TO_TELL' | 'TOLD_OR_WHY_NOT'>> {
    return this.uow.command(actor, acts['telling.record'], input, requestId, async (op): Promise<Result<string, 'NOTHING_TO_TELL' | 'TOLD_OR_WHY_NOT'>> => {
      const at = momentOf(input.on ?? null, input.at ?? null);
      const notToldReason = input.notToldReason ?? null;
      const whom = input.whom ?? null;
      if (at !== null && at.getTime() > op.now.getTime()) throw badInput('at', 'validation.future');
      const [child] = await this.children.lockChildren(op, [input.childId]);
      if (child === undefined) throw notFound();
      needHerOffice(op, child);
      const death = await deathOf(op, child.id);
      const disappearance = death === undefined ? await lastDisappearance(op, child.id) : undefined;
      const event = death ?? disappearance;
      if (event === undefined) return refuse('NOTHING_TO_TELL');
      if ((input.on ?? null) !== null && at === null) return refuse('TOLD_OR_WHY_NOT');
      if ((at === null) === (notToldReason === null) || (at === null) !== (whom === null)) return refuse('TOLD_OR_WHY_NOT');
      const id = await insertTelling(op, { childId: child.id, disappearanceId: disappearance?.id ?? null, deathId: death?.id ?? null, party: input.party, at, whom, notToldReason });
      const told = new Set(await partiesTold(op, event.id));
      const needed: readonly string[] = death === undefined ? TELL_MISSING : TELL_DEATH;
      if (needed.every((party) => told.has(party))) await this.worklist.done(op, { kind: death === undefined ? whereaboutsTasks.tellMissing : whereaboutsTasks.tellDeath, subjectId: event.id });
      await recordAct(op, { subject: ['telling', id], about: child.id, on: op.today, reason: input.party });
      return ok(id);
    });
  }

  /** The talk after her return: alone, with somebody from outside the home; a child may not want one. */
  async talk(actor: UserActor, input: RecordReturnTalkInput, requestId: string): Promise<Result<string, 'NO_TALK_DUE' | 'TALK_NOT_ALONE' | 'BEFORE_LAST_MOVE'>> {
    return this.uow.command(actor, acts['missing.recordTalk'], input, requestId, async (op): Promise<Result<string, 'NO_TALK_DUE' | 'TALK_NOT_ALONE' | 'BEFORE_LAST_MOVE'>> => {
      const on = happenedOn(op, input.on);
      const [child] = await this.children.lockChildren(op, [input.childId]);
      if (child === undefined) throw notFound();
      needHerOffice(op, child);
      const last = await lastDisappearance(op, child.id);
      if (last === undefined || last.returned_on === null || last.talked) return refuse('NO_TALK_DUE');
      if (on < last.returned_on) return refuse('BEFORE_LAST_MOVE', { from: last.returned_on });
      if (!input.alone || !input.outsideHome) return refuse('TALK_NOT_ALONE');
      await insertTalk(op, { disappearanceId: last.id, childId: child.id, on, withWhom: input.withWhom, refused: input.refused, words: input.words ?? null });
      await this.worklist.done(op, { kind: whereaboutsTasks.returnTalk, subjectId: last.id });
      if (input.traffickingSign) {
        await signOfTrafficking(op, last.id);
        await this.whereabouts.callConference(op, child, last.since, true);
      }
      await recordAct(op, { subject: ['disappearance', last.id], about: child.id, on, reason: input.refused ? 'refused' : null });
      return ok(last.id);
    });
  }

  /** Disappearances whose place has been kept long enough. */
  async toRelease(op: Op, limit: number): Promise<{ id: string; child_id: string }[]> {
    return placesToRelease(op, limit);
  }

  /** The place is kept no more from the day it was promised to: with a family her placement ends, she is missing all the same. A second time changes nothing. */
  async release(op: Op, found: { readonly id: string; readonly child_id: string }): Promise<void> {
    const here = await lockHere(op, this.children, found.child_id);
    const { child, open } = here;
    const since = missingSince(here.timeline);
    if (since === undefined) return;
    await followTimeline(op, child.id, since);
    const last = await lastDisappearance(op, child.id);
    if (last?.id !== found.id || last.kept_until === null || last.kept_until > op.today || last.returned_on !== null || last.released_on !== null) return;
    if (open?.kind !== 'missing' || !isKept(open)) return;
    const on = last.kept_until;
    const moved = await this.timeline.move(op, child, { kind: 'missing', institutionId: null, familyId: null, placementId: null }, on, { officeId: child.officeId });
    if (!moved.ok) throw new Error(`The place of a missing child could not be released: ${moved.code}.`);
    const left = await this.whereabouts.leave(op, here, on, 'missing', { officeId: child.officeId, found: false });
    if (child.institutionId !== null) await this.children.livesNow(op, child.id, { institutionId: null, officeId: child.officeId });
    await releaseDisappearance(op, found.id, on);
    await recordAct(op, { subject: ['disappearance', found.id], about: child.id, on, reason: 'released', events: [...left, ['episode.changed', child.id]] });
  }
}

/** The moment at which a clock in Cambodia showed this on that day. */
function momentOf(on: CivilDate | null, at: string | null): Date | null {
  if (on === null || at === null) return null;
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  return new Date(startOfDay(on).getTime() + (hour * 60 + minute) * 60_000);
}
