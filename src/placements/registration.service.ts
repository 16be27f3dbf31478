import { Inject, Injectable } from '@nestjs/common';
import type { NewChild } from '../children/children.service.js';
import { ChildrenService } from '../children/children.service.js';
import type { BirthPrecision } from '../kernel/age.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { compareDates } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { badInput, notFound } from '../platform/errors.js';
import { numberSetting } from '../platform/settings.js';
import { officeFor } from '../territory/offices.queries.js';
import { noteRecorded } from '../training/staff-certificates.js';
import { WorklistService } from '../worklist/worklist.service.js';
import { insertGatekeeping } from './gatekeepings.repo.js';
import type { RegisterResidentInput } from './gatekeeping.graphql.js';
import { acts, needInstitution } from './placements.policy.js';
import { tasks } from './placements.tasks.js';
import { TimelineService } from './timeline.service.js';
import type { TimelineRefusal } from './timeline.domain.js';
import { openCarePeriod } from './timeline.repo.js';

export type AdmitRefusal = 'BIRTH_IN_FUTURE' | 'BORN_AFTER_SEEN' | 'SEEN_BEFORE_ARRIVAL' | 'AREA_UNKNOWN' | TimelineRefusal;
type Refused = AdmitRefusal | 'INSTITUTION_CLOSED';

/** The five facts of a child who lives in an institution, and what else is known. */
export type ResidentFacts = Pick<RegisterResidentInput, 'nameKm' | 'nameLatin' | 'seenOn' | 'arrivedOn' | 'entryReason' | 'originAreaCode'> & Pick<NewChild, 'sex' | 'birth'> & {
  readonly arrivedPrecision: BirthPrecision;
  /** Rules that her stay breaks. */
  readonly breaches?: readonly string[];
  /** When it became known that she came: now, where left out. */
  readonly knownSince?: Date;
};

const HOUR_MS = 3_600_000;

/** A child living in an institution enters the register with five facts; everything else is a list of tasks. */
@Injectable()
export class RegistrationService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(ChildrenService) private readonly children: ChildrenService,
    @Inject(TimelineService) private readonly timeline: TimelineService,
    @Inject(WorklistService) private readonly worklist: WorklistService,
  ) {}

  /** Registers a child, opens her care period and the gatekeeping that is due in 72 hours. Gives the child's id. */
  async register(actor: UserActor, input: RegisterResidentInput, requestId: string): Promise<Result<string, Refused>> {
    return this.uow.command(actor, acts['resident.register'], input, requestId, async (op): Promise<Result<string, Refused>> => {
      // Most children have been there for years: the days may lie far back, never ahead.
      if (compareDates(input.seenOn, op.today) > 0) throw badInput('seenOn', 'validation.future');
      const institution = await op.tx.row<{ id: string; office_id: string; state: string }>('select id, office_id, state from institutions.institutions where id = $1', [input.institutionId]);
      if (institution === undefined) throw notFound();
      needInstitution(op, institution);
      if (institution.state === 'closed') return refuse('INSTITUTION_CLOSED');
      const admitted = await this.admit(op, institution, input);
      if (!admitted.ok) return admitted;
      noteRecorded(op, { subject: ['child', admitted.value], officeId: institution.office_id });
      await recordAct(op, { subject: ['child', admitted.value], on: input.arrivedOn ?? input.seenOn, events: [['child.registered', admitted.value], ['episode.changed', admitted.value]] });
      return admitted;
    });
  }

  /** Writes a child who lives in an institution, her stay and her gatekeeping, in the caller's transaction and under her act. Gives the child's id. */
  async admit(op: Op, institution: { readonly id: string; readonly office_id: string }, facts: ResidentFacts): Promise<Result<string, AdmitRefusal>> {
    const from = facts.arrivedOn ?? facts.seenOn;
    if (compareDates(from, facts.seenOn) > 0) return refuse('SEEN_BEFORE_ARRIVAL', { seenOn: facts.seenOn });
    const origin = facts.originAreaCode ? await officeFor(op, facts.originAreaCode) : undefined;
    if (facts.originAreaCode && origin === undefined) return refuse('AREA_UNKNOWN', { area: facts.originAreaCode });
    const registered = await this.children.register(op, {
      institutionId: institution.id, officeId: institution.office_id, nameKm: facts.nameKm ?? null, nameLatin: facts.nameLatin ?? null, sex: facts.sex, birth: facts.birth, seenOn: facts.seenOn,
    });
    if (!registered.ok) return registered;
    const childId = registered.value;
    const began = await this.#begin(op, childId, institution, from, facts);
    if (!began.ok) return began;
    if (origin !== undefined && origin !== institution.office_id) await this.children.comesFrom(op, childId, origin);
    return ok(childId);
  }

  async #begin(op: Op, childId: string, institution: { readonly id: string; readonly office_id: string }, from: CivilDate, facts: ResidentFacts): Promise<Result<string, TimelineRefusal>> {
    const [child] = await this.children.lockChildren(op, [childId]);
    if (child === undefined) throw notFound();
    const moved = await this.timeline.move(op, child, { kind: 'institution', institutionId: institution.id, familyId: null, placementId: null }, from, {
      officeId: institution.office_id,
      precision: facts.arrivedPrecision,
      basis: 'told_by_institution',
      entryReason: facts.entryReason ?? null,
      breaches: facts.breaches ?? [],
    });
    if (!moved.ok) return moved;
    const carePeriodId = await openCarePeriod(op, childId);
    if (carePeriodId === undefined) throw new Error('A stay in an institution opened no care period.');
    return ok(await this.openGatekeeping(op, { childId, carePeriodId, officeId: institution.office_id, on: facts.seenOn, since: facts.knownSince ?? op.now }));
  }

  /** Opens the question why she is not at home; it is due so many hours after it became known that she came. Gives its id. */
  async openGatekeeping(op: Op, { childId, carePeriodId, officeId, on, since }: { readonly childId: string; readonly carePeriodId: string; readonly officeId: string; readonly on: CivilDate; readonly since: Date }): Promise<string> {
    const hours = await numberSetting(op, 'placements.gatekeeping_hours', op.today);
    const dueAt = new Date(since.getTime() + hours * HOUR_MS);
    const gatekeepingId = await insertGatekeeping(op, { childId, carePeriodId, on, dueAt });
    await this.worklist.due(op, { kind: tasks.gatekeeping, subject: ['gatekeeping', gatekeepingId], about: childId, to: { role: 'social_worker', office: officeId }, due: dueAt });
    return gatekeepingId;
  }
}
