import { Injectable } from '@nestjs/common';
import { isId } from '../../kernel/ids.js';
import type { Op } from '../database/op.js';

/** A job of the queue: a name, and the names of the ids that it is given. Only {@link defineJob} makes one. */
export interface Job<P extends string = string> {
  readonly name: string;
  readonly ids: readonly P[];
}

/** Tells how far a long job is, 0 to 100. */
export type Progress = (percent: number) => Promise<void>;

/** An event of the outbox: "look again at this id". */
export interface OutboxEvent {
  readonly event: string;
  readonly subjectId: string;
  /** The act that announced it. */
  readonly actId: string;
}

/** Who looks again when something happened. Runs in one transaction whose first row is its receipt: the second time is boring. */
export interface Consumer {
  readonly name: string;
  readonly events: readonly string[];
  readonly handler: (op: Op, event: OutboxEvent) => Promise<void>;
}

/** One transaction of a scheduled job as the register itself. */
export type InTransaction = <T>(work: (op: Op) => Promise<T>) => Promise<T>;

/** What is done again and again: every so many milliseconds, or by a cron pattern of Phnom Penh's clock; at every sweep where neither is named. */
export interface Scheduled {
  readonly name: string;
  readonly every?: number;
  readonly cron?: string;
  readonly handler: (transaction: InTransaction) => Promise<void>;
}

/** A job that was tried as often as it may be. `id` is the act behind it, or the job's own id: never a word of the error. */
export interface FailedJob {
  readonly name: string;
  /** The same for every report of one failure. */
  readonly key: string;
  readonly id: string;
}

/** A row of the outbox as the queue works on it. */
export interface Delivery {
  readonly event: string;
  readonly subjectId: string;
  readonly actId: string | null;
  readonly payload: Readonly<Record<string, string>> | null;
}

type Work = (op: Op, delivery: Delivery, progress: Progress) => Promise<void>;

const NAME = /^[a-z][a-z0-9_]*(\.[a-z0-9_]+){0,3}$/;
const defined = new Map<string, Job>();

/** Names a job and the ids of its payload: `defineJob({ name: 'support.calculate', payload: ['runId'] })`. A name defined twice stops the program. */
export function defineJob<const P extends string>(job: { readonly name: string; readonly payload: readonly P[] }): Job<P> {
  mustBeName(job.name);
  if (defined.has(job.name)) throw new Error(`The job ${job.name} is defined twice.`);
  const made = Object.freeze({ name: job.name, ids: Object.freeze([...job.payload]) });
  defined.set(job.name, made);
  return made;
}

/** Under which event a job waits in the outbox. */
export function eventOf(job: Job): string {
  return `job.${job.name}`;
}

/**
 * Who does what in the queue. Rooms register in `onModuleInit` of their `<room>.jobs.ts`; every process knows the
 * handlers, only the worker runs them.
 */
@Injectable()
export class JobRegistry {
  readonly #works = new Map<string, Work>();
  readonly #byEvent = new Map<string, string[]>();
  readonly #scheduled = new Map<string, Scheduled>();
  readonly #onFailure: ((op: Op, failed: FailedJob) => Promise<void>)[] = [];

  /** Says who does a job. A second one is refused. */
  handle<P extends string>(job: Job<P>, handler: (op: Op, payload: Readonly<Record<P, string>>, progress: Progress) => Promise<void>): void {
    this.#add(job.name, [eventOf(job)], (op, { payload }, progress) => handler(op, checkedPayload(job, payload), progress));
  }

  /** Says who looks again after these events. */
  consumer(consumer: Consumer): void {
    for (const event of consumer.events) if (event.startsWith('job.')) throw new Error(`The consumer ${consumer.name} listens to ${event}, which is a job.`);
    this.#add(consumer.name, consumer.events, (op, { event, subjectId, actId }) => consumer.handler(op, { event, subjectId, actId: actId ?? '' }));
  }

  /** Says what is done again and again. */
  schedule(scheduled: Scheduled): void {
    mustBeName(scheduled.name);
    if (this.#scheduled.has(scheduled.name)) throw new Error(`The schedule ${scheduled.name} is named twice.`);
    if (scheduled.every !== undefined && scheduled.cron !== undefined) throw new Error(`The schedule ${scheduled.name} has both every and cron.`);
    this.#scheduled.set(scheduled.name, scheduled);
  }

  /** Says who hears of a job that failed for good. */
  onFailure(tell: (op: Op, failed: FailedJob) => Promise<void>): void {
    this.#onFailure.push(tell);
  }

  /** Refuses to start with a job that nobody does. */
  check(): void {
    const orphans = [...defined.values()].filter(({ name }) => !this.#works.has(name)).map(({ name }) => name);
    if (orphans.length > 0) throw new Error(`These jobs have no handler: ${orphans.join(', ')}.`);
  }

  /** The consumers of an event, in the order of their registration. */
  listeners(event: string): readonly string[] {
    return this.#byEvent.get(event) ?? [];
  }

  /** Who listens to what, pair by pair. */
  subscriptions(): readonly { readonly event: string; readonly consumer: string }[] {
    return [...this.#byEvent].flatMap(([event, consumers]) => consumers.map((consumer) => ({ event, consumer })));
  }

  /** The events of the jobs that this program knows: another version's are left for that version. */
  jobEvents(): readonly string[] {
    return [...this.#byEvent.keys()].filter((event) => event.startsWith('job.'));
  }

  work(consumer: string): Work | undefined {
    return this.#works.get(consumer);
  }

  schedules(): readonly Scheduled[] {
    return [...this.#scheduled.values()];
  }

  failureListeners(): readonly ((op: Op, failed: FailedJob) => Promise<void>)[] {
    return this.#onFailure;
  }

  #add(name: string, events: readonly string[], work: Work): void {
    mustBeName(name);
    if (this.#works.has(name)) throw new Error(`The job or consumer ${name} has two handlers.`);
    this.#works.set(name, work);
    for (const event of events) this.#byEvent.set(event, [...this.listeners(event), name]);
  }
}

/** The payload with exactly the ids that the job names. */
export function checkedPayload<P extends string>(job: Job<P>, payload: Readonly<Record<string, unknown>> | null): Readonly<Record<P, string>> {
  const given = payload ?? {};
  const known = new Set<string>(job.ids);
  const wrong = [...Object.keys(given).filter((name) => !known.has(name)), ...job.ids.filter((name) => !isId(given[name]))];
  // The name of the place only: what stands there may be a person's.
  if (wrong.length > 0) throw new Error(`A payload of the job ${job.name} is not the ids it names: ${wrong.join(', ')}.`);
  return given as Readonly<Record<P, string>>;
}

function mustBeName(name: string): void {
  if (!NAME.test(name)) throw new Error(`"${name}" is no name for a job: lower-case letters, digits, "_" and ".".`);
}
