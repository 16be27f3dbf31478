import { Injectable } from '@nestjs/common';
import type { CivilDate } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';
import { cutStandings, cutTerms, insertStanding, insertTerms } from './standings.repo.js';
import { endOne, insertSuspension, liftSuspension, suspensionsOf } from './families.repo.js';
import { isConfidential } from './family.domain.js';
import type { ReassessReason, SuspensionReasonCode } from './family.domain.js';
import type { NewStanding, NewTerms, StandingsEnd } from './standings.repo.js';

/**
 * What decides whether a family is available on a day, for later rooms, in their own transaction. The caller has locked
 * the family. The room that owns the fact writes it again from a day on; what other rooms said stays.
 */
@Injectable()
export class StandingsService {
  /** Sets what one source says from a day on, in place of what it said before. Gives the standing's id. */
  async setStanding(op: Op, standing: NewStanding): Promise<string> {
    const { familyId, adultId, code, sourceId, from } = standing;
    await cutStandings(op, { familyId, adultId, code, sourceId, from });
    return insertStanding(op, standing);
  }

  /** Ends standings on a day: of one source where it is named, else of all. Says whether there were any. */
  async endStanding(op: Op, end: StandingsEnd): Promise<boolean> {
    return (await cutStandings(op, end)) > 0;
  }

  /** Sets what a family is approved for from a day on. Places follow by `PlacesService.setPlaces`. Gives the terms' id. */
  async setTerms(op: Op, terms: NewTerms): Promise<string> {
    await cutTerms(op, terms.familyId, terms.from);
    return insertTerms(op, terms);
  }

  /** Ends a family's terms on a day: it is approved for nothing any more. */
  async endTerms(op: Op, familyId: string, from: CivilDate): Promise<void> {
    await cutTerms(op, familyId, from);
  }

  /** Suspends a locked family in the caller's operation, unless it is for that reason already. Gives the suspension, undefined where nothing was new. */
  async beginSuspension(op: Op, familyId: string, reason: SuspensionReasonCode | ReassessReason, on: CivilDate): Promise<string | undefined> {
    if ((await suspensionsOf(op, familyId)).some((one) => one.reason === reason && (one.to === null || one.to > on))) return undefined;
    const sourceId = await insertSuspension(op, familyId, reason, on);
    await this.setStanding(op, { familyId, code: 'suspension', from: on, to: null, sourceId, reason, confidential: isConfidential(reason) });
    return sourceId;
  }

  /** Ends a locked family's suspensions for these reasons in the caller's operation. Says how many there were. */
  async endSuspensions(op: Op, familyId: string, reasons: readonly string[], on: CivilDate): Promise<number> {
    const standing = (await suspensionsOf(op, familyId)).filter((one) => reasons.includes(one.reason ?? '') && one.from <= on && (one.to === null || one.to > on));
    for (const one of standing) {
      await liftSuspension(op, one.sourceId, on);
      await endOne(op, one.id, on);
    }
    return standing.length;
  }
}
