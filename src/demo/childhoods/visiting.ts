import { dueDay } from '../../casework/visit.domain.js';
import { addDays, maxDate, startOfDay } from '../../kernel/civil-date.js';
import type { CivilDate } from '../../kernel/civil-date.js';
import { json } from '../copy.js';
import type { Sheet } from '../copy.js';
import type { Stream } from '../random.js';
import type { DemoPosting } from '../world.js';
import { moment } from './pen.js';
import type { Pen } from './pen.js';
import { VISIT, WORRIES } from './texts.js';

const REMIND_DAYS = 2;
const RECORD_DAYS = 14;
const VISITS = [
  'id', 'child_id', 'placement_id', 'office_id', 'worker_id', 'ordinal', 'due_on', 'state', 'happened_on', 'tapped_by', 'tapped_at', 'recorded_by', 'recorded_at', 'seen_alone', 'worry', 'record',
  'version',
] as const;
/** A reminder stays in an inbox that is looked at; older ones were tidied away. */
const INBOX_DAYS = 21;

/** A placement as its visits need it. */
export interface Visited {
  readonly placementId: string;
  readonly childId: string;
  readonly officeId: string;
  readonly plannerId: string | null;
  readonly startsOn: CivilDate;
  readonly startedOn: CivilDate;
  readonly endedOn: CivilDate | null;
  /** The social worker who found the family does not supervise it. */
  readonly not: readonly string[];
}

interface Due {
  readonly id: string;
  readonly ordinal: number;
  readonly dueOn: CivilDate;
  readonly openedOn: CivilDate;
}

/** Writes the visits that follow children into families: done, late, not recorded yet, due, no longer needed; with their tasks and reminders. */
export class Visiting {
  readonly #visits: Sheet<(typeof VISITS)[number]>;
  readonly #reminders: Sheet<'task_id' | 'due_at' | 'sent_at' | 'dropped_at'>;
  readonly #inbox: Sheet<'id' | 'account_id' | 'kind' | 'reason' | 'subject_kind' | 'subject_ids' | 'items' | 'detail' | 'created_at' | 'read_at'>;

  constructor(
    private readonly pen: Pen,
    private readonly months: readonly number[],
  ) {
    const { sheets } = pen;
    this.#visits = sheets.sheet('casework.visits', VISITS);
    this.#reminders = sheets.sheet('worklist.reminders', ['task_id', 'due_at', 'sent_at', 'dropped_at']);
    this.#inbox = sheets.sheet('worklist.inbox', ['id', 'account_id', 'kind', 'reason', 'subject_kind', 'subject_ids', 'items', 'detail', 'created_at', 'read_at']);
  }

  /** One visit after the other, by rule, for as long as she lives there: the last one is due, or was called off. */
  write(visited: Visited): void {
    const random = this.pen.stream('visits', visited.placementId);
    let openedOn = visited.startedOn;
    let after = visited.startsOn;
    for (let ordinal = 1; ordinal <= 200; ordinal++) {
      const dueOn = dueDay(visited.startsOn, ordinal, this.months, this.pen.country.holidays);
      const due = { id: random.id(openedOn), ordinal, dueOn, openedOn };
      if (ordinal === 1) {
        this.pen.chronicle.act(random, { act: 'system:casework.visits', by: 'casework.visits', subject: ['visit', due.id], about: visited.childId, on: dueOn, recordedOn: openedOn });
      }
      const delay = random.weighted([[random.between(-3, 0), 46], [random.between(1, 5), 34], [random.between(6, 20), 14], [random.between(21, 55), 6]]);
      const on = maxDate(addDays(dueOn, delay), addDays(after, 1), openedOn);
      const gone = visited.endedOn !== null && on >= visited.endedOn;
      if (gone) return this.#cancelled(visited, due, visited.endedOn ?? on, random);
      if (on > this.pen.last) return this.#due(visited, due, random);
      openedOn = this.#happened(visited, due, on, random);
      after = on;
    }
  }

  /** A visit that is due is hers who is there now: whoever planned the stay may have left. */
  #due(visited: Visited, due: Due, random: Stream): void {
    const now = visited.plannerId === null ? visited : { ...visited, plannerId: this.pen.serving('social_worker', visited.officeId, this.pen.last, visited.childId, visited.not).accountId };
    this.#visit(now, due, { state: 'due' });
    this.#task(now, due, undefined, random);
  }

  #cancelled(visited: Visited, due: Due, endedOn: CivilDate, random: Stream): void {
    const on = maxDate(due.openedOn, this.pen.late(endedOn, 2));
    this.#visit(visited, due, { state: 'cancelled', version: 2 });
    this.#task(visited, due, { on, by: null, state: 'cancelled' }, random);
    this.pen.chronicle.act(random, {
      act: 'system:casework.visits', by: 'casework.visits', subject: ['visit', due.id], about: visited.childId, on: null, recordedOn: on, reason: 'placement_ended', changed: ['state'],
    });
  }

  /** Seen on a day, and recorded then or later, or not yet. Gives the day on which the next one came up. */
  #happened(visited: Visited, due: Due, on: CivilDate, random: Stream): CivilDate {
    const by = this.pen.serving('social_worker', visited.officeId, on, visited.childId, visited.not);
    const direct = random.chance(0.4);
    const later = addDays(on, direct ? random.between(0, 1) : random.between(0, 12));
    // Who leaves her post writes down before she goes.
    const recordedOn = by.to !== null && later >= by.to ? addDays(by.to, -1) : later;
    const never = !direct && random.chance(0.012);
    const isRecorded = recordedOn <= this.pen.last && !never;
    const tapped = direct && isRecorded ? null : on;
    const worry = isRecorded && random.chance(0.035);
    this.#visit(visited, due, {
      state: isRecorded ? 'recorded' : 'seen', happened_on: on, tapped_by: tapped === null ? null : by.accountId, tapped_at: tapped === null ? null : moment(tapped, due.ordinal),
      ...(isRecorded && { recorded_by: by.accountId, recorded_at: moment(recordedOn, 200), seen_alone: random.chance(0.92), worry, record: json(recordOf(random, worry)) }),
      version: isRecorded && tapped !== null ? 3 : 2,
    });
    const firstWord = tapped ?? recordedOn;
    this.#task(visited, due, { on: firstWord, by: by.accountId }, random);
    if (tapped !== null) this.#tap(visited, due, on, isRecorded ? recordedOn : null, by, random);
    if (isRecorded) this.#act('visit.record', visited, due, on, recordedOn, by, random);
    if (worry) this.#worry(visited, due, recordedOn, random);
    return firstWord;
  }

  #tap(visited: Visited, due: Due, on: CivilDate, recordedOn: CivilDate | null, by: DemoPosting, random: Stream): void {
    this.#act('visit.tap', visited, due, on, on, by, random);
    const recordDue = addDays(on, RECORD_DAYS);
    const writer = recordedOn === null ? this.pen.serving('social_worker', visited.officeId, this.pen.last, visited.childId, visited.not) : by;
    this.pen.chronicle.task(random, {
      kind: 'casework.visit_record', subject: ['visit', due.id], about: visited.childId, detail: String(due.ordinal), to: { account: writer.accountId, office: visited.officeId }, openedOn: on, due: recordDue,
      closed: recordedOn === null ? undefined : { on: recordedOn, by: by.accountId }, escalatedOn: recordedOn === null ? this.pen.escalation(recordDue) : undefined,
    });
  }

  #worry(visited: Visited, due: Due, on: CivilDate, random: Stream): void {
    const doneOn = addDays(on, random.weighted([[1, 40], [2, 25], [4, 25], [9, 10]]));
    const done = doneOn <= this.pen.last;
    const by = this.pen.serving('supervisor', visited.officeId, done ? doneOn : on, visited.childId);
    const task = this.pen.chronicle.task(random, {
      kind: 'casework.visit_worry', subject: ['visit', due.id], about: visited.childId, to: { role: 'supervisor', office: visited.officeId }, openedOn: on, due: on,
      closed: done ? { on: doneOn, by: by.accountId } : undefined, escalatedOn: doneOn > addDays(on, 4) ? this.pen.escalation(on) : undefined,
    });
    if (done) this.pen.chronicle.act(random, { act: 'task.complete', by, subject: ['task', task], about: visited.childId, on: doneOn, reason: 'casework.visit_worry', changed: ['state'] });
  }

  #act(act: string, { childId }: Visited, { id }: Due, on: CivilDate, recordedOn: CivilDate, by: DemoPosting, random: Stream): void {
    this.pen.chronicle.act(random, { act, by, subject: ['visit', id], about: childId, on, recordedOn, changed: ['state'] });
  }

  /** The task to visit, with the reminder two days before, which has been sent where its moment has passed. */
  #task(visited: Visited, due: Due, closed: { readonly on: CivilDate; readonly by: string | null; readonly state?: 'cancelled' } | undefined, random: Stream): void {
    const to = visited.plannerId === null ? { role: 'social_worker' as const, office: visited.officeId } : { account: visited.plannerId, office: visited.officeId };
    const late = addDays(due.dueOn, 4);
    const task = this.pen.chronicle.task(random, {
      kind: 'casework.visit_due', subject: ['visit', due.id], about: visited.childId, detail: String(due.ordinal), to, openedOn: due.openedOn, due: due.dueOn, closed,
      escalatedOn: closed === undefined || closed.on > late ? this.pen.escalation(due.dueOn) : undefined,
    });
    const remindOn = addDays(due.dueOn, -REMIND_DAYS);
    const passed = remindOn <= this.pen.country.today;
    const isClosed = closed !== undefined && closed.on <= remindOn;
    const at = maxDate(remindOn, due.openedOn);
    this.#reminders.add({ task_id: task, due_at: startOfDay(remindOn), sent_at: passed && !isClosed ? sentOn(at) : null, dropped_at: passed && isClosed ? sentOn(at) : null });
    if (!passed || isClosed || visited.plannerId === null || at < addDays(this.pen.last, -INBOX_DAYS)) return;
    this.#inbox.add({
      id: random.id(sentOn(at)), account_id: visited.plannerId, kind: 'casework.visit_due', reason: 'reminder', subject_kind: 'visit', subject_ids: [due.id], items: 1, detail: String(due.ordinal),
      created_at: sentOn(at), read_at: random.chance(0.6) && at < this.pen.last ? moment(addDays(at, 1), 1) : null,
    });
  }

  #visit(visited: Visited, { id, ordinal, dueOn }: Due, row: Partial<Record<(typeof VISITS)[number], Parameters<Sheet<'a'>['add']>[0]['a']>>): void {
    this.#visits.add({
      id, child_id: visited.childId, placement_id: visited.placementId, office_id: visited.officeId, worker_id: visited.plannerId, ordinal, due_on: dueOn, state: 'due', happened_on: null,
      tapped_by: null, tapped_at: null, recorded_by: null, recorded_at: null, seen_alone: null, worry: null, record: null, version: 1, ...row,
    });
  }
}

/** The sweep that sent it came soon after midnight. */
function sentOn(day: CivilDate): Date {
  return new Date(startOfDay(day).getTime() + 20_000);
}

function recordOf(random: Stream, worry: boolean): object {
  return {
    wellbeing: worry ? random.pick(WORRIES) : random.pick(VISIT.wellbeing), schoolAndWork: random.pick(VISIT.schoolAndWork), ...(random.chance(0.7) && { home: random.pick(VISIT.home) }),
    ...(random.chance(0.6) && { contact: random.pick(VISIT.contact) }), childSaid: random.pick(VISIT.childSaid), carerSaid: random.pick(VISIT.carerSaid),
    ...(random.chance(0.4) && { nextSteps: random.pick(VISIT.nextSteps) }),
  };
}
