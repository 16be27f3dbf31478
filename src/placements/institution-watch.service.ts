import { Inject, Injectable } from '@nestjs/common';
import { ChildrenService } from '../children/children.service.js';
import { addDays, addMonths, compareDates, startOfDay } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { actorId } from '../platform/database/op.js';
import { UnitOfWork, refuseWhenBroken } from '../platform/database/unit-of-work.js';
import { badInput, notFound } from '../platform/errors.js';
import type { InTransaction } from '../platform/queue/jobs.js';
import { numberSetting, setting } from '../platform/settings.js';
import { WorklistService } from '../worklist/worklist.service.js';
import type { TaskKind } from '../worklist/task-kinds.js';
import type { ExtendTemporaryStayInput } from './notice.graphql.js';
import { insertStayBreaches } from './notices.repo.js';
import { acts } from './notices.policy.js';
import { noticeTasks } from './notices.tasks.js';
import { needHerOffice } from './placements.policy.js';

interface Watched {
  readonly id: string;
  readonly office_id: string;
  readonly state: string;
  readonly capacity: number;
  readonly children: number;
  readonly licence_to: CivilDate | null;
  readonly inspection_due: CivilDate | null;
}

interface TemporaryStay {
  readonly id: string;
  readonly child_id: string;
  readonly office_id: string;
  readonly from: CivilDate;
  readonly extended_until: CivilDate | null;
}

/** Looks again at an institution or at a child who lives in one, and keeps the tasks about them true. Again and again the same. */
@Injectable()
export class InstitutionWatch {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(ChildrenService) private readonly children: ChildrenService,
    @Inject(WorklistService) private readonly worklist: WorklistService,
  ) {}

  /** The tasks about an institution: its licence, its inspection, its capacity, its closing plan. */
  async institution(op: Op, id: string): Promise<void> {
    const one = await op.tx.row<Watched>(
      `select i.id, i.office_id, i.state, i.capacity, institutions.residents(i.id) as children,
         (select upper(l.during) from institutions.licences l where l.institution_id = i.id order by upper(l.during) desc nulls first limit 1) as licence_to,
         (select n.next_due from institutions.inspections n where n.institution_id = i.id order by n.on_day desc, n.id desc limit 1) as inspection_due
       from institutions.institutions i where i.id = $1`,
      [id],
    );
    if (one === undefined) return;
    const alive = one.state !== 'closed';
    await this.#follow(op, one, noticeTasks.licence, 'supervisor', alive && one.licence_to !== null ? addDays(one.licence_to, -1) : null);
    await this.#follow(op, one, noticeTasks.inspection, 'supervisor', alive ? one.inspection_due : null);
    if (one.children > one.capacity) {
      await this.worklist.due(op, { kind: noticeTasks.capacity, subject: ['institution', id], detail: `${one.children}.${one.capacity}`, to: { role: 'supervisor', office: one.office_id }, due: op.today });
    } else await this.worklist.cancel(op, { kind: noticeTasks.capacity, subjectId: id });
    const goals = await op.tx.rows<{ id: string; due_on: CivilDate; met_on: CivilDate | null }>(
      'select g.id, g.due_on, g.met_on from institutions.closing_goals g join institutions.closures c on c.id = g.closure_id where c.institution_id = $1 order by g.due_on limit 200', [id],
    );
    for (const goal of goals) {
      if (goal.met_on !== null) await this.worklist.done(op, { kind: noticeTasks.closingGoal, subjectId: goal.id });
      else await this.worklist.due(op, { kind: noticeTasks.closingGoal, subject: ['closing_goal', goal.id], to: { role: 'supervisor', office: one.office_id }, due: goal.due_on });
    }
  }

  /** The rules that a child's stay in an institution breaks, however it was written; tasks about stays that are over. */
  async child(op: Op, childId: string): Promise<void> {
    const stays = await op.tx.rows<{ id: string; institution_id: string; starts: CivilDate; open: boolean; ordered_on: CivilDate | null; office_id: string }>(
      `select e.id, e.institution_id, lower(e.during) as starts, upper_inf(e.during) as open, c.ordered_on, e.office_id
       from placements.episodes e left join institutions.closures c on c.institution_id = e.institution_id
       where e.child_id = $1 and e.kind = 'institution' order by e.during desc limit 20`,
      [childId],
    );
    for (const stay of stays) {
      if (!stay.open) for (const kind of [noticeTasks.temporaryPlan, noticeTasks.temporaryDecision]) await this.worklist.cancel(op, { kind, subjectId: stay.id });
    }
    const now = stays.find(({ open }) => open);
    if (now !== undefined && now.ordered_on !== null && compareDates(now.starts, now.ordered_on) > 0) {
      const written = await insertStayBreaches(op, ['INSTITUTION_CLOSING'], { childId, episodeId: now.id, officeId: now.office_id, on: now.starts });
      if (written.length > 0) {
        await this.worklist.due(op, { kind: noticeTasks.residence, subject: ['child', childId], about: childId, detail: 'INSTITUTION_CLOSING', to: { role: 'supervisor', office: now.office_id }, due: op.today });
      }
    }
    for (const id of new Set(stays.slice(0, 2).map(({ institution_id }) => institution_id))) await this.institution(op, id);
  }

  /** Every morning: stays in temporary centres that have reached a limit. Each is told once. */
  async limits(transaction: InTransaction): Promise<void> {
    for (;;) {
      const told = await transaction(async (op) => {
        const months = { plan: await numberSetting(op, 'placements.temporary_plan_months', op.today), decision: await numberSetting(op, 'placements.temporary_decision_months', op.today) };
        let count = 0;
        for (const kind of ['plan', 'decision'] as const) {
          for (const stay of await dueStays(op, kind, months[kind])) {
            await this.#alert(op, stay, kind, months[kind]);
            count += 1;
          }
        }
        return count;
      });
      if (told === 0) return;
    }
  }

  /** A supervisor lets a child stay longer. Gives the child's id. */
  async extend(actor: UserActor, input: ExtendTemporaryStayInput, requestId: string): Promise<Result<string, 'NOT_TEMPORARY' | 'EXTENDED_ALREADY'>> {
    return this.uow.command<'NOT_TEMPORARY' | 'EXTENDED_ALREADY'>(actor, acts['temporaryStay.extend'], input, requestId, async (op): Promise<Result<string, 'NOT_TEMPORARY' | 'EXTENDED_ALREADY'>> => {
      if (compareDates(input.until, op.today) <= 0) throw badInput('until', 'validation.endBeforeStart');
      const [child] = await this.children.lockChildren(op, [input.childId]);
      if (child === undefined) throw notFound();
      needHerOffice(op, child);
      const stay = await op.tx.row<{ id: string; until: CivilDate | null }>(
        `select e.id, (select max(x.until_day) from placements.temporary_extensions x where x.episode_id = e.id) as until from placements.episodes e join institutions.institutions i on i.id = e.institution_id
         where e.child_id = $1 and upper_inf(e.during) and e.kind = 'institution' and i.kind = 'temporary_centre'`,
        [child.id],
      );
      if (stay === undefined) return refuse('NOT_TEMPORARY');
      if (stay.until !== null && compareDates(input.until, stay.until) <= 0) return refuse('EXTENDED_ALREADY', { until: stay.until });
      await refuseWhenBroken(
        op.tx.run('insert into placements.temporary_extensions (id, episode_id, child_id, until_day, reason, given_by, given_on) values ($1, $2, $3, $4, $5, $6, $7)', [newId(), stay.id, child.id, input.until, input.reason, actorId(op), op.today]),
        { temporary_extensions_once: 'EXTENDED_ALREADY' },
      );
      await this.worklist.done(op, { kind: noticeTasks.temporaryDecision, subjectId: stay.id });
      await recordAct(op, { subject: ['episode', stay.id], about: child.id, on: op.today, reason: 'extended' });
      return ok(child.id);
    });
  }

  /** A task that is due on a day, with reminders before; none where there is no day. */
  async #follow(op: Op, one: Watched, kind: TaskKind, role: 'supervisor', due: CivilDate | null): Promise<void> {
    if (due === null) {
      await this.worklist.cancel(op, { kind, subjectId: one.id });
      return;
    }
    const days = await setting<number[]>(op, 'placements.licence_reminder_days', op.today);
    const remindAt = days.map((n) => startOfDay(addDays(due, -n))).filter((moment) => moment > op.now);
    await this.worklist.due(op, { kind, subject: ['institution', one.id], to: { role, office: one.office_id }, due, remindAt });
  }

  async #alert(op: Op, stay: TemporaryStay, kind: 'plan' | 'decision', months: number): Promise<void> {
    const due = kind === 'decision' && stay.extended_until !== null ? stay.extended_until : addMonths(stay.from, months);
    await op.tx.run('insert into placements.temporary_alerts (episode_id, due_on, kind) values ($1, $2, $3) on conflict do nothing', [stay.id, due, kind]);
    await this.worklist.due(op, {
      kind: kind === 'plan' ? noticeTasks.temporaryPlan : noticeTasks.temporaryDecision, subject: ['episode', stay.id], about: stay.child_id,
      to: { role: kind === 'plan' ? 'social_worker' : 'supervisor', office: stay.office_id }, due: op.today,
    });
  }
}

/** Open stays in temporary centres that have reached a limit and were not told, at most 200. */
async function dueStays(op: Op, kind: 'plan' | 'decision', months: number): Promise<TemporaryStay[]> {
  return op.tx.rows<TemporaryStay>(
    `select s.id, s.child_id, s.office_id, s."from", s.extended_until from (
       select e.id, e.child_id, e.office_id, lower(e.during) as "from", (select max(x.until_day) from placements.temporary_extensions x where x.episode_id = e.id) as extended_until
       from placements.episodes e join institutions.institutions i on i.id = e.institution_id
       where i.kind = 'temporary_centre' and i.state <> 'closed' and e.kind = 'institution' and upper_inf(e.during)
         and lower(e.during) <= ($1::date - make_interval(months => $2))::date) as s
     cross join lateral (select case when $3 = 'decision' and s.extended_until is not null then s.extended_until else (s."from" + make_interval(months => $2))::date end as due_on) as d
     where d.due_on <= $1::date and not exists (select from placements.temporary_alerts a where a.episode_id = s.id and a.kind = $3 and a.due_on = d.due_on)
     order by s.id limit 200`,
    [op.today, months, kind],
  );
}
