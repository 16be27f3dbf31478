import { Inject, Injectable } from '@nestjs/common';
import { systemActor } from '../auth/roles.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { JobRegistry } from '../queue/jobs.js';
import type { Delivery, Progress } from '../queue/jobs.js';

/** Hands a row of the outbox to its consumer, once. */
@Injectable()
export class Deliveries {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(JobRegistry) private readonly registry: JobRegistry,
  ) {}

  /**
   * One transaction: first the receipt, then the consumer's work. Where the receipt is there already, or the row is
   * settled and gone, nothing is done. A second delivery at the same moment waits for the first one's end.
   */
  async deliver(consumer: string, outboxId: string, requestId: string, progress: Progress): Promise<void> {
    const work = this.registry.work(consumer);
    if (work === undefined) throw new Error(`Nobody does the job ${consumer}.`);
    await this.uow.system(systemActor(consumer), requestId, async (op) => {
      const row = await op.tx.row<Delivery>(
        `with receipt as (
           insert into platform.receipts (consumer, outbox_id) select $1, id from platform.outbox where id = $2
           on conflict do nothing returning outbox_id)
         select o.event, o.subject_id as "subjectId", o.act_id as "actId", o.payload
         from receipt join platform.outbox o on o.id = receipt.outbox_id`,
        [consumer, outboxId],
      );
      if (row !== undefined) await work(op, row, progress);
    });
  }
}
