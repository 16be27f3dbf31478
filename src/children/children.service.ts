import { Inject, Injectable } from '@nestjs/common';
import type { BirthPrecision } from '../kernel/age.js';
import { addDays, addWorkingDays } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { ok } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import type { Op } from '../platform/database/op.js';
import { notFound } from '../platform/errors.js';
import { numberSetting } from '../platform/settings.js';
import { WorklistService } from '../worklist/worklist.service.js';
import { holidaysAfter } from './child-parts.repo.js';
import { checkBirth, decideDeath, notAfterDeath } from './child.domain.js';
import type { BirthBasis } from './child.domain.js';
import { endShare, insertChild, insertShare, lockChildRows, moveChild, setDeath, setOrigin, setSeen } from './children.repo.js';
import type { ChildFacts } from './children.repo.js';
import { possibleDuplicate } from './children.messages.js';
import { STRONG, ranked } from './identity.domain.js';
import { compared } from './identity.queries.js';
import { readMatchingFacts, readSiblingGroup } from './children.queries.js';
import type { MatchingFacts, SiblingGroupFacts } from './children.queries.js';

/** The five facts of a first registration, and the office that answers for her. */
export interface NewChild {
  /** The institution where she lives; null for a child in a family. */
  readonly institutionId: string | null;
  readonly officeId: string;
  /** Either may be missing: unknown. */
  readonly nameKm: string | null;
  readonly nameLatin: string | null;
  readonly sex: 'female' | 'male';
  readonly birth: { readonly date: CivilDate; readonly precision: BirthPrecision; readonly basis: BirthBasis };
  readonly seenOn: CivilDate;
}

/** Children as later rooms write them, each call in the caller's own transaction and under her act. */
@Injectable()
export class ChildrenService {
  constructor(@Inject(WorklistService) private readonly worklist: WorklistService) {}

  /** Registers a child with five facts. The caller writes the act. Refuses BIRTH_IN_FUTURE, BORN_AFTER_SEEN. */
  async register(op: Op, child: NewChild): Promise<Result<string, 'BIRTH_IN_FUTURE' | 'BORN_AFTER_SEEN'>> {
    const birth = checkBirth(child.birth, child.seenOn, op.today);
    if (!birth.ok) return birth;
    const id = await insertChild(op, {
      nameKm: child.nameKm,
      nameLatin: child.nameLatin,
      sex: child.sex,
      birthDate: child.birth.date,
      birthPrecision: child.birth.precision,
      birthBasis: child.birth.basis,
      officeId: child.officeId,
      originOfficeId: null,
      institutionId: child.institutionId,
      homeAreaCode: null,
      religion: null,
      languages: [],
      mainReason: null,
      reasons: [],
      parentalStatus: 'unknown',
      civilRegistration: 'unknown',
      disability: null,
      diedOn: null,
      registeredOn: op.today,
      firstSeenOn: child.seenOn,
      lastSeenOn: child.seenOn,
    });
    await this.lookForDuplicates(op, id, child.officeId);
    return ok(id);
  }

  /**
   * Compares a child with all others: where much speaks for a second file of hers, her office is asked to look, and where
   * nothing does any more it no longer is. Nothing else follows from it.
   */
  async lookForDuplicates(op: Op, childId: string, officeId: string): Promise<void> {
    const [likeliest] = ranked(await compared(op, [childId]), 1);
    if (likeliest === undefined || likeliest.score < STRONG) {
      await this.worklist.done(op, { kind: possibleDuplicate, subjectId: childId });
      return;
    }
    const days = await numberSetting(op, 'children.duplicate_working_days', op.today);
    const due = addWorkingDays(op.today, days, await holidaysAfter(op, op.today));
    await this.worklist.due(op, { kind: possibleDuplicate, subject: ['child', childId], about: childId, to: { role: 'social_worker', office: officeId }, due });
  }

  /** Locks children by id and gives their facts in that order; one that the actor does not see is NOT_FOUND for all. */
  async lockChildren(op: Op, ids: readonly string[]): Promise<ChildFacts[]> {
    const rows = await lockChildRows(op, ids);
    if (rows.length !== new Set(ids).size) throw notFound();
    return rows;
  }

  /** Says where a locked child lives from now on. The office that she leaves keeps the file for the days of handing over. */
  async livesNow(op: Op, childId: string, now: { readonly institutionId: string | null; readonly officeId: string }): Promise<void> {
    const [child] = await this.lockChildren(op, [childId]);
    if (child === undefined) throw notFound();
    // First the share: row security asks whether the actor still sees the row that she writes.
    if (child.officeId !== now.officeId) await this.shareWith(op, childId, child.officeId, op.today, 'handover', addDays(op.today, await numberSetting(op, 'children.handover_days', op.today)));
    await moveChild(op, childId, now.institutionId, now.officeId);
  }

  /** Names the office of the place she comes from: it sees the file from now on. */
  async comesFrom(op: Op, childId: string, officeId: string): Promise<void> {
    await setOrigin(op, childId, officeId);
  }

  /** Opens a child's file to one more office, from a day on and until another. */
  async shareWith(op: Op, childId: string, officeId: string, from: CivilDate, why: 'transition' | 'handover' | 'placement' | 'siblings' | 'other', until: CivilDate | null = null): Promise<void> {
    await insertShare(op, childId, officeId, from, until, why);
  }

  /** Closes a child's file to an office that it was opened to for this reason; a share of the same day ends with the day. */
  async endShare(op: Op, childId: string, officeId: string, why: 'transition'): Promise<void> {
    await endShare(op, childId, officeId, why);
  }

  /** Writes down that a child was seen on a day, if that is later than what is known. Refuses AFTER_DEATH. */
  async seen(op: Op, child: ChildFacts, on: CivilDate): Promise<Result<CivilDate, 'AFTER_DEATH'>> {
    const alive = notAfterDeath(child.diedOn, on);
    if (alive.ok) await setSeen(op, child.id, on);
    return alive;
  }

  /** Writes down that a locked child has died. Refuses ALREADY_DEAD, SEEN_AFTER_DEATH. */
  async recordDeath(op: Op, child: ChildFacts, on: CivilDate): Promise<Result<CivilDate, 'ALREADY_DEAD' | 'SEEN_AFTER_DEATH'>> {
    const death = decideDeath(child, on);
    if (death.ok) await setDeath(op, child.id, on);
    return death;
  }

  /** Her sibling group: how many belong to it, and those the actor sees. Undefined for a child without siblings. */
  async siblingGroupOf(op: Op, childId: string): Promise<SiblingGroupFacts | undefined> {
    return readSiblingGroup(op, childId);
  }

  /** What matching compares, of children the actor sees; as seen by an office, for an institution's staff see no contact risk. */
  async matchingFacts(op: Op, childIds: readonly string[]): Promise<MatchingFacts[]> {
    return readMatchingFacts(op, childIds);
  }
}
