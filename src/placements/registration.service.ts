import { Inject, Injectable } from '@nestjs/common';
import { ChildrenService } from '../children/children.service.js';
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

type Refused = 'BIRTH_IN_FUTURE' | 'BORN_AFTER_SEEN' | 'SEEN_BEFORE_ARRIVAL' | 'INSTITUTION_CLOSED' | 'AREA_UNKNOWN' | TimelineRefusal;

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
      const from = input.arrivedOn ?? input.seenOn;
      if (compareDates(from, input.seenOn) > 0) return refuse('SEEN_BEFORE_ARRIVAL', { seenOn: input.seenOn });
      const origin = input.originAreaCode ? await officeFor(op, input.originAreaCode) : undefined;
      if (input.originAreaCode && origin === undefined) return refuse('AREA_UNKNOWN', { area: input.originAreaCode });
      const registered = await this.children.register(op, {
        institutionId: institution.id, officeId: institution.office_id, nameKm: input.nameKm ?? null, nameLatin: input.nameLatin ?? null, sex: input.sex, birth: input.birth, seenOn: input.seenOn,
      });
      if (!registered.ok) return registered;
      const childId = registered.value;
      const began = await this.#begin(op, childId, institution, from, input);
      if (!began.ok) return began;
      if (origin !== undefined && origin !== institution.office_id) await this.children.comesFrom(op, childId, origin);
      noteRecorded(op, { subject: ['child', childId], officeId: institution.office_id });
      await recordAct(op, { subject: ['child', childId], on: from, events: [['child.registered', childId], ['episode.changed', childId]] });
      return ok(childId);
    });
  }

  async #begin(op: Op, childId: string, institution: { id: string; office_id: string }, from: CivilDate, input: RegisterResidentInput): Promise<Result<string, TimelineRefusal>> {
    const [child] = await this.children.lockChildren(op, [childId]);
    if (child === undefined) throw notFound();
    const moved = await this.timeline.move(op, child, { kind: 'institution', institutionId: institution.id, familyId: null, placementId: null }, from, {
      officeId: institution.office_id,
      precision: input.arrivedPrecision,
      basis: 'told_by_institution',
      entryReason: input.entryReason ?? null,
    });
    if (!moved.ok) return moved;
    const carePeriodId = await openCarePeriod(op, childId);
    if (carePeriodId === undefined) throw new Error('A stay in an institution opened no care period.');
    const hours = await numberSetting(op, 'placements.gatekeeping_hours', op.today);
    const dueAt = new Date(op.now.getTime() + hours * HOUR_MS);
    const gatekeepingId = await insertGatekeeping(op, { childId, carePeriodId, on: input.seenOn, dueAt });
    await this.worklist.due(op, { kind: tasks.gatekeeping, subject: ['gatekeeping', gatekeepingId], about: childId, to: { role: 'social_worker', office: institution.office_id }, due: dueAt });
    return ok(gatekeepingId);
  }
}
