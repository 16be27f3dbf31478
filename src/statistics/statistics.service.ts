import { Inject, Injectable } from '@nestjs/common';
import { addDays, addMonths, civil, compareDates } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import { mayInArea } from '../platform/auth/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { forbidden } from '../platform/errors.js';
import { numberSetting } from '../platform/settings.js';
import { CARE_KINDS, countByCareKind, countForRelease } from './counts.queries.js';
import { publishedTable } from './disclosure.domain.js';
import { insertRelease, publishedOn } from './releases.repo.js';
import type { PublishQuarterInput } from './statistics.graphql.js';
import { acts, seesRecords } from './statistics.policy.js';

/** Exact counts of a day, by care kind. */
export interface DayCounts {
  readonly on: CivilDate;
  readonly asKnownOn: CivilDate;
  readonly counts: readonly { careKind: string; count: number }[];
}

/** Counts that are true: exact ones for who may see the records, published quarters for everybody else. */
@Injectable()
export class StatisticsService {
  constructor(@Inject(UnitOfWork) private readonly uow: UnitOfWork) {}

  /** Children by care kind on a day, as known on another. Refuses QUARTERS_ONLY to a policy analyst, and DAY_NOT_COME. */
  async count(op: Op, actor: UserActor, on: CivilDate, asKnownOn: CivilDate, area: string): Promise<Result<DayCounts, 'QUARTERS_ONLY' | 'DAY_NOT_COME'>> {
    if (!seesRecords(actor)) return refuse('QUARTERS_ONLY');
    // Zero where the truth is "not yours" would be copied into a report as a fact.
    if (area !== '' && !mayInArea(actor, acts['statistics.count'], area)) throw forbidden();
    if (compareDates(on, op.today) > 0 || compareDates(asKnownOn, op.today) > 0) return refuse('DAY_NOT_COME');
    const rows = await countByCareKind(op, on, asKnownOn, area);
    return ok({ on, asKnownOn, counts: CARE_KINDS.map((careKind) => ({ careKind, count: rows.find((row) => row.care_kind === careKind)?.count ?? 0 })) });
  }

  /** Publishes a quarter that is over, once, as it is known today. For the ministry's supervisor, who sees the whole country. */
  async publish(actor: UserActor, input: PublishQuarterInput, requestId: string): Promise<Result<string, 'QUARTER_NOT_OVER' | 'PUBLISHED_ALREADY'>> {
    return this.uow.command(actor, acts['statistics.publish'], input, requestId, async (op) => {
      if (!mayInArea(op.actor, op.act, '')) throw forbidden();
      const [first, last] = quarterDays(input.quarter);
      if (compareDates(last, op.today) >= 0) return refuse('QUARTER_NOT_OVER', { lastDay: last });
      const earlier = await publishedOn(op, input.quarter);
      if (earlier !== undefined) return refuse('PUBLISHED_ALREADY', { on: earlier });
      const rule = { base: await numberSetting(op, 'statistics.round_to', last), least: await numberSetting(op, 'statistics.least_shown', last) };
      const cells = await countForRelease(op, first, last, op.today);
      const table = publishedTable(cells.map(({ dimension, category, care_kind, count }) => ({ dimension, category, careKind: care_kind, count })), rule);
      const id = newId();
      await insertRelease(op, { id, quarter: input.quarter, reference_day: last, as_known_on: op.today, ...rule, by: actor.userId }, table);
      await recordAct(op, { subject: ['release', id], on: op.today });
      return ok(id);
    });
  }
}

/** First and last day of a quarter written `2026-Q3`. */
export function quarterDays(quarter: string): readonly [first: CivilDate, last: CivilDate] {
  const [year, number] = quarter.split('-Q');
  const first = civil(`${year}-${String((Number(number) - 1) * 3 + 1).padStart(2, '0')}-01`);
  return [first, addDays(addMonths(first, 3), -1)];
}
