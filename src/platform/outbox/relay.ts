import { Inject, Injectable } from '@nestjs/common';
import { newId } from '../../kernel/ids.js';
import { systemActor } from '../auth/roles.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { JobRegistry } from '../queue/jobs.js';
import { jobOptions } from '../queue/backend.js';
import type { Backend } from '../queue/backend.js';
import { QUEUE_SETTINGS } from '../queue/settings.js';
import type { QueueSettings } from '../queue/settings.js';

const BATCH = 200;
const RELAY = systemActor('relay');

/** One row of the outbox and who of its listeners still has to hear of it. */
export interface Owed {
  readonly id: bigint;
  readonly consumers: readonly string[];
}

/** Carries the outbox to the queue. */
@Injectable()
export class Relay {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(JobRegistry) private readonly registry: JobRegistry,
    @Inject(QUEUE_SETTINGS) private readonly settings: QueueSettings,
  ) {}

  /**
   * Claims one batch in order, adds its jobs and marks it relayed. Several relays share the work: a claimed row is
   * skipped by the others. Ending between the adding and the commit adds the jobs again, which is harmless.
   * Says whether there may be more.
   */
  async once(backend: Backend): Promise<boolean> {
    return this.uow.system(RELAY, newId(), async (op) => {
      const rows = await op.tx.rows<{ id: bigint; event: string }>(
        `select id, event from platform.outbox where relayed_at is null and (event not like 'job.%' or event = any($1))
         order by id limit ${BATCH} for update skip locked`,
        [[...this.registry.jobEvents()]],
      );
      if (rows.length === 0) return false;
      const owed = rows.map(({ id, event }) => ({ id, consumers: this.registry.listeners(event) }));
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
      owed.flatMap(({ id, consumers }) => consumers.map((name) => backend.queue.add(name, { outboxId: String(id) }, { ...options, jobId: `${name}.${id}` }))),
    );
  }
}
