import { Inject, Injectable } from '@nestjs/common';
import type { ChildFacts } from '../children/children.repo.js';
import { ChildrenService } from '../children/children.service.js';
import { officeFor } from '../territory/offices.queries.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import type { Op } from '../platform/database/op.js';
import { notFound } from '../platform/errors.js';
import { numberSetting } from '../platform/settings.js';
import { noteRecorded } from '../training/staff-certificates.js';
import { WorklistService } from '../worklist/worklist.service.js';
import { acceptArrival, brokenByArrival } from './notice.domain.js';
import { hasOpenGatekeeping, holdHouse, insertStayBreaches } from './notices.repo.js';
import type { House, NoticeRow } from './notices.repo.js';
import { noticeTasks } from './notices.tasks.js';
import type { DecideRefusal } from './notices.service.js';
import { RegistrationService } from './registration.service.js';
import { openCarePeriod } from './timeline.repo.js';
import { TimelineService } from './timeline.service.js';
import type { Here } from './whereabouts.locks.js';
import { WhereaboutsService } from './whereabouts.service.js';

/** What an accepted notice wrote: whose timeline, which rules it breaks, and its events. */
export interface Written {
  readonly childId: string | null;
  readonly breaches: readonly string[];
  readonly events: readonly (readonly [string, string])[];
}

/** What an accepted notice makes of a child's timeline: all in the decision's own transaction, under its locks. */
@Injectable()
export class ArrivalsService {
  constructor(
    @Inject(ChildrenService) private readonly children: ChildrenService,
    @Inject(TimelineService) private readonly timeline: TimelineService,
    @Inject(WhereaboutsService) private readonly whereabouts: WhereaboutsService,
    @Inject(RegistrationService) private readonly registration: RegistrationService,
    @Inject(WorklistService) private readonly worklist: WorklistService,
  ) {}

  /** She lives there: registered, or moved where the register knows her; why she is not at home is asked within 72 hours of the notice. */
  async accept(op: Op, notice: NoticeRow, house: House, here: Here | null, asFact: boolean): Promise<Result<Written, DecideRefusal>> {
    const birth = here === null ? notice.person?.birth : { date: here.child.birthDate, precision: here.child.birthPrecision };
    if (birth === undefined) throw new Error('An arrival tells of nobody.');
    const fromAge = await numberSetting(op, 'placements.residential_from_age', notice.on_day);
    const broken = brokenByArrival({ institutionState: house.state, birth, on: notice.on_day, fromAge, emergency: notice.emergency });
    const accepted = acceptArrival(broken, asFact);
    if (!accepted.ok) return accepted;
    const entered = here === null ? await this.#register(op, notice, house, broken) : await this.#move(op, notice, house, here, broken);
    if (!entered.ok) return entered;
    const { childId, events } = entered.value;
    if (childId !== null && broken.length > 0) {
      const episode = await op.tx.row<{ id: string }>('select id from placements.episodes where child_id = $1 and upper_inf(during)', [childId]);
      const ids = await insertStayBreaches(op, broken, { childId, episodeId: episode?.id ?? childId, officeId: house.office_id, on: notice.on_day });
      await this.worklist.due(op, { kind: noticeTasks.residence, subject: ['notice', notice.id], about: childId, detail: broken.join('.'), to: { role: 'supervisor', office: house.office_id }, due: op.today });
      return ok({ childId, breaches: broken, events: [...events, ...ids.map((id) => ['breach.recorded', id] as const)] });
    }
    return ok({ childId, breaches: broken, events });
  }

  /** She left: from that day on she lives where the office says. Where the register knows it already, nothing moves. */
  async leave(op: Op, notice: NoticeRow, here: Here | null, goesTo: string, toInstitutionId: string | null): Promise<Result<Written, DecideRefusal>> {
    if (here === null) throw notFound();
    const { child, open } = here;
    if (open?.institutionId !== notice.institution_id) return ok({ childId: child.id, breaches: [], events: [] });
    if (goesTo === 'foster' || goesTo === 'kin') return refuse('RECORD_THE_FAMILY');
    if ((goesTo === 'institution') !== (toInstitutionId !== null) || toInstitutionId === notice.institution_id) return refuse('NOTICE_WHERE_NEEDED');
    const other = toInstitutionId === null ? undefined : await holdHouse(op, toInstitutionId);
    if (toInstitutionId !== null && other === undefined) throw notFound();
    const home = goesTo === 'home' && child.homeAreaCode !== null ? await officeFor(op, child.homeAreaCode) : undefined;
    const officeId = other?.office_id ?? home ?? child.officeId;
    const kind = goesTo === 'home' || goesTo === 'independent' || goesTo === 'institution' ? goesTo : 'unknown';
    const moved = await this.timeline.move(op, child, { kind, institutionId: toInstitutionId, familyId: null, placementId: null }, notice.on_day, {
      officeId, basis: 'told_by_institution', endReason: goesTo === 'home' ? 'returned_home' : 'left',
    });
    if (!moved.ok) return timelineSays(moved.details);
    const left = await this.whereabouts.leave(op, here, notice.on_day, 'moved', { officeId, found: kind !== 'unknown' });
    await this.children.livesNow(op, child.id, { institutionId: toInstitutionId, officeId });
    return ok({ childId: child.id, breaches: [], events: [...left, ['episode.changed', child.id]] });
  }

  async #register(op: Op, notice: NoticeRow, house: House, breaches: readonly string[]): Promise<Result<Written, DecideRefusal>> {
    if (notice.person === null) throw new Error('An arrival tells of nobody.');
    const admitted = await this.registration.admit(op, house, { ...notice.person, seenOn: notice.on_day, arrivedOn: notice.on_day, arrivedPrecision: 'day', breaches, knownSince: notice.notified_at });
    if (!admitted.ok) return admitted.code === 'BIRTH_IN_FUTURE' || admitted.code === 'BORN_AFTER_SEEN' ? refuse('NOTICE_BIRTH') : timelineSays(admitted.details);
    noteRecorded(op, { subject: ['child', admitted.value], officeId: house.office_id });
    return ok({ childId: admitted.value, breaches, events: [['child.registered', admitted.value], ['episode.changed', admitted.value]] });
  }

  async #move(op: Op, notice: NoticeRow, house: House, here: Here, breaches: readonly string[]): Promise<Result<Written, DecideRefusal>> {
    const child: ChildFacts = here.child;
    const { placement } = here;
    if (placement !== undefined && notice.on_day < placement.starts_on) return timelineSays({ from: placement.starts_on });
    const moved = await this.timeline.move(op, child, { kind: 'institution', institutionId: house.id, familyId: null, placementId: null }, notice.on_day, {
      officeId: house.office_id, basis: 'told_by_institution', breaches,
    });
    if (!moved.ok) return timelineSays(moved.details);
    const left = await this.whereabouts.leave(op, here, notice.on_day, 'moved', { officeId: house.office_id, found: true });
    await this.children.livesNow(op, child.id, { institutionId: house.id, officeId: house.office_id });
    const carePeriodId = await openCarePeriod(op, child.id);
    if (carePeriodId !== undefined && !(await hasOpenGatekeeping(op, child.id))) {
      await this.registration.openGatekeeping(op, { childId: child.id, carePeriodId, officeId: house.office_id, on: notice.on_day, since: notice.notified_at });
    }
    return ok({ childId: child.id, breaches, events: [...left, ['episode.changed', child.id]] });
  }
}

function timelineSays(details: Readonly<Record<string, string | number | readonly string[]>>): Result<never, 'NOTICE_TIMELINE'> {
  return refuse('NOTICE_TIMELINE', { from: Object.values(details)[0] ?? '' });
}
