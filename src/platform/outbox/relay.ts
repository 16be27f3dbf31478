import { Inject, Injectable } from '@nestjs/common';
import { newId } from '../../kernel/ids.js';
import { systemActor } from '../auth/roles.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { JobRegistry } from '../queue/jobs.js';
import { jobOptions } from '../queue/backend.js';
import type { Backend } from '../queue/backend.js';
import { Tracing } from '../tracing/tracing.js';
import { QUEUE_SETTINGS } from '../queue/settings.js';
import type { QueueSettings } from '../queue/settings.js';

const BATCH = 200;
const RELAY = systemActor('relay');

/** One row of the outbox and who of its listeners still has to hear of it. */
export interface Owed {
  readonly id: bigint;
  readonly requestId: string | null;
  readonly traceparent: string | null;
  readonly consumers: readonly string[];
}

interface Waiting {
  readonly id: bigint;
  readonly event: string;
  readonly requestId: string | null;
  readonly traceparent: string | null;
  readonly createdAt: Date;
}

/** Carries the outbox to the queue. */
@Injectable()
export class Relay {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(JobRegistry) private readonly registry: JobRegistry,
    @Inject(QUEUE_SETTINGS) private readonly settings: QueueSettings,
    @Inject(Tracing) private readonly tracing: Tracing,
  ) {}

  /**
   * Claims one batch in order, adds its jobs and marks it relayed. Several relays share the work: a claimed row is
   * skipped by the others. Ending between the adding and the commit adds the jobs again, which is harmless.
   * Says whether there may be more.
   */
  async once(backend: Backend): Promise<boolean> {
    return this.uow.system(RELAY, newId(), async (op) => {
      const rows = await op.tx.rows<Waiting>(
        `select id, event, request_id as "requestId", traceparent, created_at as "createdAt" from platform.outbox where relayed_at is null and (event not like 'job.%' or event = any($1))
         order by id limit ${BATCH} for update skip locked`,
        [[...this.registry.jobEvents()]],
      );
      if (rows.length === 0) return false;
      const owed = rows.map((row) => ({ ...row, traceparent: this.traced(row), consumers: this.registry.listeners(row.event) }));
      await this.add(backend, owed);
      await op.tx.run(`update platform.outbox set relayed_at = $2, settled_at = case when id = any($3::bigint[]) then $2::timestamptz end where id = any($1::bigint[])`, [
        rows.map(({ id }) => String(id)), op.now, owed.filter(({ consumers }) => consumers.length === 0).map(({ id }) => String(id)),
      ]);
      return rows.length === BATCH;
    });
  }

  /** Adds the jobs of these rows. A job that still waits, runs or has failed for good keeps its id, and a second one is ignored. */
  async add(backend: Backend, owed: readonly Owed[]): Promise<void> {
    const options = jobOptions(this.settings);
    // Not `addBulk`: on PostgreSQL it makes temporary tables, which our roles may not.
    await Promise.all(
      owed.flatMap(({ id, requestId, traceparent, consumers }) => {
        const data = { outboxId: String(id), ...(requestId !== null && { requestId }), ...(traceparent !== null && { traceparent }) };
        return consumers.map((name) => backend.queue.add(name, data, { ...options, jobId: `${name}.${id}` }));
      }),
    );
  }

  /** Shows in the trace of its transaction how long a row waited here. What follows hangs on that. */
  private traced({ event, traceparent, createdAt }: Waiting): string | null {
    if (traceparent === null) return null;
    const span = this.tracing.root('producer', `outbox ${event}`, traceparent, createdAt);
    span.end();
    return span.traceparent ?? traceparent;
  }
}
