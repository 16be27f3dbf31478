import { addDays, daysBetween, startOfDay } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import type { Role } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import type { Sheet, Sheets } from './copy.js';
import { stream } from './random.js';
import type { Stream } from './random.js';
import type { DemoLand, DemoPosting } from './world.js';

/** An act that somebody did, on a day of her posting. */
export interface DemoAct {
  readonly act: string;
  /** Her posting; a job's name where the register did it itself. */
  readonly by: DemoPosting | string;
  readonly subject: readonly [kind: string, id: string];
  readonly about?: string | null;
  /** The day it happened. */
  readonly on: CivilDate | null;
  /** The day it was written down; the same where none is given. */
  readonly recordedOn?: CivilDate;
  readonly reason?: string | null;
  readonly changed?: readonly string[];
}

/** A task of the worklist: open, or closed on a day by somebody. */
export interface DemoTask {
  readonly kind: string;
  readonly subject: readonly [kind: string, id: string];
  readonly about?: string | null;
  readonly detail?: string | null;
  readonly to: { readonly account: string; readonly office?: string | null } | { readonly role: Role; readonly office: string | null };
  readonly openedOn: CivilDate;
  /** A day: due until it ends; or a moment. */
  readonly due: CivilDate | Date;
  readonly closed?: { readonly on: CivilDate; readonly by: string | null; readonly state?: 'done' | 'cancelled' };
  readonly escalatedOn?: CivilDate;
  readonly dedupe?: string;
}

const ACTS = ['id', 'at', 'actor_id', 'system', 'posting_id', 'act', 'subject_kind', 'subject_id', 'about_id', 'on_day', 'reason', 'changed', 'request_id'] as const;
const TASKS = [
  'id', 'kind', 'subject_kind', 'subject_id', 'about_id', 'detail', 'account_id', 'role', 'office_id', 'due_at', 'due_on', 'state', 'opened_at', 'closed_at', 'closed_by',
  'escalated_at', 'dedupe',
] as const;
const INBOX = ['id', 'account_id', 'kind', 'reason', 'subject_kind', 'subject_ids', 'items', 'detail', 'created_at', 'read_at'] as const;
const HOUR = 3_600_000;
/** Messages older than this have long been thrown away. */
const KEPT_DAYS = 120;
const MOST_SUBJECTS = 100;

/** Writes what was done, by whom and when, and what was due to whom: never one without the other's care for order. */
export class Chronicle {
  readonly #acts: Sheet<(typeof ACTS)[number]>;
  readonly #tasks: Sheet<(typeof TASKS)[number]>;
  readonly #inbox: Sheet<(typeof INBOX)[number]>;
  readonly #late: { readonly id: string; readonly on: CivilDate; readonly officeId: string }[] = [];
  #last = { about: '', at: 0 };

  constructor(sheets: Sheets) {
    this.#acts = sheets.sheet('platform.acts', ACTS);
    this.#tasks = sheets.sheet('worklist.tasks', TASKS);
    this.#inbox = sheets.sheet('worklist.inbox', INBOX);
  }

  /** Makes room for the acts: they are numbered as they come, and come province by province. */
  async begin(op: Op): Promise<void> {
    await op.tx.run(`create temp table acts_to_be on commit drop as select ${ACTS.join(', ')} from platform.acts with no data`);
  }

  /** Moves the acts into the audit, the oldest first. */
  async end(op: Op): Promise<void> {
    await op.tx.run(`insert into platform.acts (${ACTS.join(', ')}) select ${ACTS.join(', ')} from acts_to_be order by at, id`);
  }

  /** Writes an act into the audit; gives its id. Acts about one subject are written in their order: those of a day follow one another. */
  act(random: Stream, done: DemoAct): string {
    const recordedOn = done.recordedOn ?? done.on;
    if (recordedOn === null) throw new Error('an act is written down on some day');
    const at = this.moment(random, recordedOn, done.about ?? done.subject[1]);
    const id = random.id(at);
    const posting = typeof done.by === 'string' ? undefined : done.by;
    this.#acts.add({
      id, at, actor_id: posting?.accountId, system: typeof done.by === 'string' ? done.by : null, posting_id: posting?.id,
      act: done.act, subject_kind: done.subject[0], subject_id: done.subject[1], about_id: done.about, on_day: done.on, reason: done.reason, changed: done.changed ?? [],
      request_id: 'demo',
    });
    return id;
  }

  /** Writes a task; gives its id. */
  task(random: Stream, task: DemoTask): string {
    const id = random.id(task.openedOn);
    const { due, closed } = task;
    const byDay = typeof due === 'string';
    this.#tasks.add({
      id, kind: task.kind, subject_kind: task.subject[0], subject_id: task.subject[1], about_id: task.about, detail: task.detail,
      account_id: 'account' in task.to ? task.to.account : null, role: 'role' in task.to ? task.to.role : null, office_id: task.to.office,
      due_at: byDay ? startOfDay(addDays(due, 1)) : due, due_on: byDay ? due : new Date(due.getTime() + 7 * HOUR).toISOString().slice(0, 10),
      state: closed === undefined ? 'open' : (closed.state ?? 'done'), opened_at: workingHour(random, task.openedOn),
      closed_at: closed === undefined ? null : workingHour(random, closed.on), closed_by: closed?.by,
      escalated_at: task.escalatedOn === undefined ? null : new Date(startOfDay(task.escalatedOn).getTime() + 7 * HOUR),
      dedupe: task.dedupe ?? `${task.kind}:${task.subject[1]}`,
    });
    const officeId = task.to.office ?? undefined;
    if (task.escalatedOn !== undefined && officeId !== undefined) this.#late.push({ id, on: task.escalatedOn, officeId });
    return id;
  }

  /** Writes what supervisors were told of overdue tasks: one message a morning, the latest weeks of them. */
  digests({ seed, today, roster }: DemoLand): void {
    const told = new Map<string, { readonly account: string; readonly on: CivilDate; readonly ids: string[] }>();
    for (const { id, on, officeId } of this.#late.filter((one) => daysBetween(one.on, today) < KEPT_DAYS)) {
      for (const { accountId } of roster.serving('supervisor', officeId, on)) {
        const message = told.get(`${accountId} ${on}`) ?? { account: accountId, on, ids: [] };
        message.ids.push(id);
        told.set(`${accountId} ${on}`, message);
      }
    }
    for (const { account, on, ids } of told.values()) {
      const random = stream(seed, 'digests', account, on);
      const at = new Date(startOfDay(on).getTime() + 7 * HOUR);
      this.#inbox.add({
        id: random.id(at), account_id: account, kind: 'worklist.overdue', reason: 'overdue', subject_kind: 'task', subject_ids: ids.sort().slice(0, MOST_SUBJECTS), items: ids.length,
        detail: null, created_at: at, read_at: random.chance(0.7) ? this.moment(random, on, account) : null,
      });
    }
  }

  /** A moment of a day in an office, after what was done about the same that day. */
  moment(random: Stream, day: CivilDate, about: string): Date {
    const [from, to] = [startOfDay(day).getTime() + 8 * HOUR, startOfDay(day).getTime() + 17 * HOUR];
    const follows = this.#last.about === about && this.#last.at >= from && this.#last.at < to;
    const at = follows ? this.#last.at + 1 + random.below(Math.min(HOUR / 2, (to - this.#last.at) / 2)) : workingHour(random, day).getTime();
    this.#last = { about, at };
    return new Date(at);
  }
}

/** A moment of a working day: from eight to five. */
function workingHour(random: Stream, day: CivilDate): Date {
  return new Date(startOfDay(day).getTime() + 8 * HOUR + random.below(9 * HOUR));
}
