import { Inject, Injectable } from '@nestjs/common';
import { FamiliesService } from '../carers/families.service.js';
import { REASSESS } from '../carers/family.domain.js';
import { reassess } from '../carers/carers.messages.js';
import { loadLayout } from '../carers/places.repo.js';
import type { LockedFamily } from '../carers/places.repo.js';
import { PlacesService } from '../carers/places.service.js';
import { StandingsService } from '../carers/standings.service.js';
import { keptApart } from '../carers/ties.repo.js';
import { addMonths } from '../kernel/civil-date.js';
import { ok } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { happenedOn } from '../platform/graphql/inputs.js';
import { numberSetting } from '../platform/settings.js';
import { mayApproveByCertificate } from '../training/staff-certificates.js';
import { WorklistService } from '../worklist/worklist.service.js';
import { complete, termsStand } from './approval.domain.js';
import { checkEnds, reviewDue } from './recruitment.messages.js';
import { acts, needOffice } from './recruitment.policy.js';
import { approves, mayReview } from './review.domain.js';
import type { ReviewRefusal } from './review.domain.js';
import type { ReviewFamilyInput } from './review.graphql.js';
import { BATCH, insertReview, lackingOn, lastDecision, reviewsDue, takeEndingChecks } from './reviews.repo.js';
import type { LastTerms } from './reviews.repo.js';

type Refusals = ReviewRefusal | 'CONFLICT_OF_INTEREST' | 'STAFF_CERTIFICATE' | 'NOT_COMPLETE' | 'ABOVE_LIMIT' | 'AGES_REVERSED' | 'OTHER_CARE_KIND' | 'PLACES_BELOW_OCCUPANTS';

/** What becomes of an approval: reviewed every year, and whenever a family is not what it was approved as. */
@Injectable()
export class ReviewsService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(FamiliesService) private readonly families: FamiliesService,
    @Inject(PlacesService) private readonly places: PlacesService,
    @Inject(StandingsService) private readonly standings: StandingsService,
    @Inject(WorklistService) private readonly worklist: WorklistService,
  ) {}

  /** Decides a review: confirmed, with changed terms, suspended, or the approval removed. */
  async review(actor: UserActor, input: ReviewFamilyInput, requestId: string): Promise<Result<string, Refusals>> {
    return this.uow.command<Refusals>(actor, acts['family.review'], input, requestId, async (op): Promise<Result<string, Refusals>> => {
      const on = happenedOn(op, input.on);
      const family = await this.families.lock(op, input.familyId);
      needOffice(op, family.office_id);
      const { decidedOn, terms } = await lastDecision(op, family.id);
      const { occupancies } = await loadLayout(op, family.id);
      const children = new Set(occupancies.filter(({ kind, to }) => kind !== 'hold' && (to === null || to > on)).map(({ occupantId }) => occupantId)).size;
      const may = mayReview({ closedOn: family.closed_on, decidedOn: terms === undefined ? null : decidedOn, children, hasTerms: Boolean(input.terms) }, input.outcome, on);
      if (!may.ok) return may;
      const apart = await keptApart(op, family.id, on);
      if (!apart.ok) return apart;
      const id = await insertReview(op, { familyId: family.id, on, outcome: input.outcome, reason: input.reason });
      const wanted = input.terms ?? terms;
      const done = approves(input.outcome) && wanted !== undefined ? await this.#approve(op, family, id, wanted, input) : await this.#end(op, family, input);
      if (!done.ok) return done;
      await this.worklist.done(op, { kind: reviewDue, subjectId: family.id });
      await this.worklist.done(op, { kind: reassess, subjectId: family.id });
      await recordAct(op, { subject: ['family', family.id], on, reason: input.outcome, changed: ['review'], events: [['family.reviewed', family.id]] });
      return ok(family.id);
    });
  }

  /** Every morning: reviews that come near, and papers that run out. Each said once; a second run says nothing. */
  async remind(transaction: <T>(work: (op: Op) => Promise<T>) => Promise<T>): Promise<void> {
    while ((await transaction((op) => this.#reviews(op))) === BATCH);
    while ((await transaction((op) => this.#checks(op))) === BATCH);
  }

  async #approve(op: Op, family: LockedFamily, reviewId: string, terms: LastTerms, { on }: ReviewFamilyInput): Promise<Result<string, Refusals>> {
    const certified = await mayApproveByCertificate(op);
    if (!certified.ok) return certified;
    const whole = complete({ ...(await lackingOn(op, family.id, on)), signaturesMissing: [], neighboursMissing: 0, recommended: true });
    if (!whole.ok) return whole;
    const stands = termsStand(family.kind, terms, await numberSetting(op, `recruitment.places_limit.${family.kind}`, on));
    if (!stands.ok) return stands;
    const set = await this.places.setPlaces(op, { familyId: family.id, from: on, places: terms.places, sourceId: reviewId });
    if (!set.ok) return set;
    const standing = { familyId: family.id, from: on, to: addMonths(on, await numberSetting(op, 'recruitment.approval_months', on)), sourceId: reviewId };
    await this.standings.setTerms(op, { ...terms, ...standing });
    await this.standings.setStanding(op, { ...standing, code: 'approval' });
    await this.standings.endSuspensions(op, family.id, REASSESS, on);
    return ok(family.id);
  }

  async #end(op: Op, family: LockedFamily, { outcome, on }: ReviewFamilyInput): Promise<Result<string, Refusals>> {
    if (outcome === 'suspended') await this.standings.beginSuspension(op, family.id, 'standards', on);
    else await this.families.endApproval(op, family.id, on);
    return ok(family.id);
  }

  async #reviews(op: Op): Promise<number> {
    const due = await reviewsDue(op);
    for (const { familyId, officeId, lastDay } of due) {
      await this.worklist.due(op, { kind: reviewDue, subject: ['family', familyId], about: familyId, to: { role: 'supervisor', office: officeId }, due: lastDay });
    }
    return due.length;
  }

  async #checks(op: Op): Promise<number> {
    const taken = await takeEndingChecks(op);
    for (const { checkId, familyId, officeId, lastDay, step } of taken) {
      const to = { role: 'social_worker', office: officeId } as const;
      await this.worklist.due(op, { kind: checkEnds, subject: ['check', checkId], about: familyId, detail: String(step), to, due: lastDay });
      await this.worklist.tell(op, { kind: checkEnds, subject: ['check', checkId], detail: String(step), to });
    }
    return taken.length;
  }
}
