import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Job as QueuedJob } from 'bullmq';
import type { Logger } from 'pino';
import { newId } from '../../kernel/ids.js';
import { systemActor } from '../auth/roles.js';
import { CONFIG } from '../config/config.module.js';
import type { Config } from '../config/config.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { LOG } from '../logging/log.js';
import { Metrics } from '../metrics/metrics.js';
import { Deliveries } from '../outbox/delivery.js';
import { Relay } from '../outbox/relay.js';
import { Sweep } from '../outbox/sweep.js';
import { Tracing } from '../tracing/tracing.js';
import { Gauges } from '../metrics/gauges.js';
import { jobOptions, openBackend } from './backend.js';
import type { Backend, JobData } from './backend.js';
import { faultOf, withoutWords } from './fault.js';
import { queueReadings } from './queue.readings.js';
import { JobRegistry } from './jobs.js';
import type { Scheduled } from './jobs.js';
import { QUEUE_SETTINGS } from './settings.js';
import type { QueueSettings } from './settings.js';

const TICK = 'tick.';
const METRICS = systemActor('metrics');
const ZONE = 'Asia/Phnom_Penh';

/** What can be seen of the runner from outside. */
@Injectable()
export class Sight {
  constructor(
    @Inject(Metrics) readonly metrics: Metrics,
    @Inject(Gauges) readonly gauges: Gauges,
    @Inject(Tracing) readonly tracing: Tracing,
  ) {}
}

/** What the runner works with, so that its constructor stays short. */
@Injectable()
export class QueueParts {
  constructor(
    @Inject(UnitOfWork) readonly uow: UnitOfWork,
    @Inject(JobRegistry) readonly registry: JobRegistry,
    @Inject(Relay) readonly relay: Relay,
    @Inject(Sweep) readonly sweep: Sweep,
    @Inject(Deliveries) readonly deliveries: Deliveries,
    @Inject(Sight) readonly sight: Sight,
  ) {}
}

/** The queue process at work: relay, jobs, schedules and the sweep. Only the worker has one. */
@Injectable()
export class QueueRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  #backend: Backend | undefined;
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<void> = Promise.resolve();
  #schedulesSeen = 0;
  #stopping = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOG) private readonly log: Logger,
    @Inject(QUEUE_SETTINGS) private readonly settings: QueueSettings,
    @Inject(QueueParts) private readonly parts: QueueParts,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { registry, sweep } = this.parts;
    registry.schedule({ name: 'sweep', handler: () => sweep.once(this.backend) });
    registry.check();
    this.#backend = await openBackend(this.config, this.settings, this.log);
    await this.#keepSchedules();
    await this.#backend.work((job) => this.#process(job));
    const { metrics, gauges } = this.parts.sight;
    metrics.readFrom('queue', () => queueReadings(this.backend));
    metrics.readFrom('database', () => this.parts.uow.system(METRICS, newId(), (op) => gauges.read(op)));
    this.#next(0);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    await this.#turn;
    await this.#backend?.close();
  }

  /** The open store. */
  get backend(): Backend {
    if (this.#backend === undefined) throw new Error('The queue is not open.');
    return this.#backend;
  }

  /** Settles when the queue's store answers. */
  async answers(): Promise<void> {
    await this.backend.queue.getJobCountByTypes('active');
  }

  /** Carries over all that waits now. */
  async relayAll(): Promise<void> {
    while (await this.parts.relay.once(this.backend));
  }

  #next(milliseconds: number): void {
    if (this.#stopping) return;
    this.#timer = setTimeout(() => {
      this.#turn = this.#look();
    }, milliseconds);
  }

  async #look(): Promise<void> {
    try {
      const more = await this.parts.relay.once(this.backend);
      if (Date.now() - this.#schedulesSeen > this.settings.sweepMs) await this.#keepSchedules();
      this.#next(more ? 0 : this.settings.pollMs);
    } catch (error) {
      // The database or the store is away for a moment: the rows wait.
      this.log.warn(faultOf(error), 'the relay tries again');
      this.#next(Math.max(this.settings.pollMs, 500));
    }
  }

  /** A wiped store has forgotten the schedules too, the sweep's own among them: they are put back from here. */
  async #keepSchedules(): Promise<void> {
    for (const each of this.parts.registry.schedules()) {
      const times = timesOf(each, this.settings.sweepMs);
      const known = await this.backend.queue.getJobScheduler(TICK + each.name);
      if (known !== undefined && known !== null && known.every === times.every && known.pattern === times.pattern) continue;
      await this.backend.queue.upsertJobScheduler(TICK + each.name, times, {
        name: TICK + each.name, data: {}, opts: { ...jobOptions(this.settings), ...(times.every !== undefined && { attempts: 1 }) },
      });
    }
    this.#schedulesSeen = Date.now();
  }

  /** One run of a job: one line in the log, one span, one count. */
  async #process(job: QueuedJob<JobData>): Promise<void> {
    const { registry, sight } = this.parts;
    const { outboxId } = job.data;
    const scheduled = outboxId === undefined ? registry.schedules().find(({ name }) => TICK + name === job.name) : undefined;
    // Another version's name is text from the queue's store.
    const name = scheduled?.name ?? (registry.work(job.name) === undefined ? 'unknown' : job.name);
    const requestId = job.data.requestId ?? (outboxId === undefined ? newId() : `queue.${name}.${outboxId}`);
    const line = { job: name, requestId, outboxId, attempt: job.attemptsMade + 1 };
    const span = sight.tracing.root('consumer', `job ${name}`, job.data.traceparent);
    span.say('register.request_id', requestId);
    const began = performance.now();
    const ended = (outcome: 'done' | 'failed'): { ms: number } => {
      const ms = performance.now() - began;
      sight.metrics.jobEnded(name, outcome, ms / 1000);
      return { ms: Math.round(ms) };
    };
    try {
      await sight.tracing.within(span, () => this.#do(job, scheduled, requestId));
      span.end();
      // What comes at every sweep would be most of the log.
      this.log[scheduled === undefined ? 'info' : 'debug']({ ...line, ...ended('done') }, 'job');
    } catch (error) {
      const fault = faultOf(error);
      span.end(fault.code ?? fault.kind);
      this.log.error({ ...line, ...ended('failed'), ...fault }, 'a job failed');
      throw withoutWords(error);
    }
  }

  async #do(job: QueuedJob<JobData>, scheduled: Scheduled | undefined, requestId: string): Promise<void> {
    const { deliveries, uow } = this.parts;
    const { outboxId } = job.data;
    if (outboxId !== undefined) return deliveries.deliver(job.name, outboxId, requestId, (percent) => job.updateProgress(percent));
    await scheduled?.handler((work) => uow.system(systemActor(scheduled.name), requestId, work));
  }
}

function timesOf({ every, cron }: Scheduled, sweepMs: number): { every?: number; pattern?: string; tz?: string } {
  return cron !== undefined ? { pattern: cron, tz: ZONE } : { every: every ?? sweepMs };
}
