import { Inject, Injectable } from '@nestjs/common';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { badInput, notFound } from '../platform/errors.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { acts, needChild } from './children.policy.js';
import type { ChildFacts } from './children.repo.js';
import { ChildrenService } from './children.service.js';
import { decideMerge } from './identity.domain.js';
import type { MergeChildrenInput, RecordKnownDifferentInput, UndoMergeInput } from './identity.graphql.js';
import { endMerge, insertDifferent, insertMerge, mergeFacts, standingMerge } from './identity.queries.js';

/** Whether two files are of one person: said by people, never by itself, and taken back where it was wrong. */
@Injectable()
export class IdentitiesService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(ChildrenService) private readonly children: ChildrenService,
  ) {}

  /** Says that two files are of two children; the hint that they may be one ends. Refuses ALREADY_DIFFERENT, ALREADY_MERGED. */
  async differ(actor: UserActor, input: RecordKnownDifferentInput, requestId: string): Promise<Result<string, 'ALREADY_DIFFERENT' | 'ALREADY_MERGED'>> {
    return this.uow.command(actor, acts['child.recordKnownDifferent'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const [child, other] = await this.#both(op, input.childId, input.otherId);
      const { kept, other: theirs } = await mergeFacts(op, child.id, other.id);
      const merged = [[kept, theirs], [theirs, kept]].find(([one, two]) => one?.mergedInto === two?.number)?.[0];
      if (merged !== undefined) return refuse('ALREADY_MERGED', { number: merged.mergedInto ?? 0 });
      await insertDifferent(op, child.id, other.id, on, actor.userId);
      await this.#said(op, child, other, on, 'different', 'child.known_different');
      return ok(child.id);
    });
  }

  /**
   * Says that two files are of one person: both stay with their timelines, the one that goes on names the other's number.
   * Who sees only one of them cannot. Refuses ALREADY_MERGED, OTHERS_MERGED, KNOWN_DIFFERENT, TWINS_POSSIBLE.
   */
  async merge(actor: UserActor, input: MergeChildrenInput, requestId: string): Promise<Result<string, 'ALREADY_MERGED' | 'OTHERS_MERGED' | 'KNOWN_DIFFERENT' | 'TWINS_POSSIBLE'>> {
    return this.uow.command(actor, acts['child.merge'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      const [kept, other] = await this.#both(op, input.keptId, input.otherId);
      const facts = await mergeFacts(op, kept.id, other.id);
      const decided = decideMerge(facts.kept, facts.other, facts.between, input.noTwins);
      if (!decided.ok) return decided;
      await insertMerge(op, { keptId: kept.id, otherId: other.id, keptNumber: kept.number, otherNumber: other.number, on, by: actor.userId, reason: input.reason, noTwins: input.noTwins });
      await this.#said(op, kept, other, on, 'merged', 'child.merged');
      return ok(kept.id);
    });
  }

  /** Takes two files apart again. Nothing of either is lost or moved; the merge stays readable. Refuses NOT_MERGED, DATES_REVERSED. */
  async undo(actor: UserActor, input: UndoMergeInput, requestId: string): Promise<Result<string, 'NOT_MERGED' | 'DATES_REVERSED'>> {
    return this.uow.command(actor, acts['child.undoMerge'], input, requestId, async (op) => {
      const on = happenedOn(op, input.on);
      // Which file it goes on under is read first, so that both are locked in one order, and once more under the lock.
      const before = await standingMerge(op, input.otherId);
      const [other, kept] = before === undefined ? [await this.#one(op, input.otherId), undefined] : await this.#both(op, input.otherId, before.keptId);
      const merge = await standingMerge(op, other.id);
      if (merge === undefined || kept === undefined || merge.keptId !== kept.id) return refuse('NOT_MERGED');
      if (on < merge.on) return refuse('DATES_REVERSED');
      await endMerge(op, merge.id, on, actor.userId, input.reason);
      await this.#said(op, kept, other, on, 'parted', 'child.unmerged');
      return ok(other.id);
    });
  }

  /** One act about both files; what they are taken for is looked at anew. */
  async #said(op: Op, child: ChildFacts, other: ChildFacts, on: ChildFacts['firstSeenOn'], reason: string, event: string): Promise<void> {
    for (const one of [child, other]) await this.children.lookForDuplicates(op, one.id, one.officeId);
    await recordAct(op, { subject: ['child', child.id], about: other.id, on, reason, changed: ['identity'], events: [[event, child.id], [event, other.id]] });
  }

  async #one(op: Op, id: string): Promise<ChildFacts> {
    const [child] = await this.children.lockChildren(op, [id]);
    if (child === undefined) throw notFound();
    needChild(op, child);
    return child;
  }

  /** Both files, locked in the order of their ids; NOT_FOUND where the actor does not see one of them. */
  async #both(op: Op, firstId: string, secondId: string): Promise<[ChildFacts, ChildFacts]> {
    if (firstId === secondId) throw badInput('otherId', 'validation.isIn');
    const locked = await this.children.lockChildren(op, [firstId, secondId]);
    for (const child of locked) needChild(op, child);
    const [first, second] = [firstId, secondId].map((id) => locked.find((child) => child.id === id));
    if (first === undefined || second === undefined) throw notFound();
    return [first, second];
  }
}
