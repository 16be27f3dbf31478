import { Inject, Injectable } from '@nestjs/common';
import { newId } from '../../kernel/ids.js';
import { systemActor } from '../auth/roles.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { JobRegistry } from '../queue/jobs.js';
import type { Backend } from '../queue/backend.js';
import { QUEUE_SETTINGS } from '../queue/settings.js';
import type { QueueSettings } from '../queue/settings.js';
import { Relay } from './relay.js';

const BATCH = 500;
const KEPT = 90 * 86_400_000;
const SWEEP = systemActor('sweep');

interface Unsettled {
  readonly id: bigint;
  readonly event: string;
  readonly requestId: string | null;
  readonly traceparent: string | null;
  readonly received: string[];
}

/** Puts right what the queue lost or nobody will ask for again. */
@Injectable()
export class Sweep {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(JobRegistry) private readonly registry: JobRegistry,
    @Inject(Relay) private readonly relay: Relay,
    @Inject(QUEUE_SETTINGS) private readonly settings: QueueSettings,
  ) {}

  /** One whole sweep. Two at once are harmless. */
  async once(backend: Backend): Promise<void> {
    await this.settle(backend);
    await this.reportFailures(backend);
    await this.forget();
  }

  /** Adds again what was relayed a while ago and has no receipt; marks as settled what has them all. */
  private async settle(backend: Backend): Promise<void> {
    for (let after: bigint | undefined = 0n; after !== undefined; ) {
      const rows: readonly Unsettled[] = await this.unsettled(after);
      const owed = rows.map(({ received, ...row }) => ({ ...row, consumers: this.registry.listeners(row.event).filter((name) => !received.includes(name)) }));
      await this.relay.add(backend, owed);
      const done = owed.filter(({ consumers }) => consumers.length === 0).map(({ id }) => String(id));
      if (done.length > 0) {
        await this.uow.system(SWEEP, newId(), (op) => op.tx.run('update platform.outbox set settled_at = $2 where id = any($1::bigint[]) and settled_at is null', [done, op.now]));
      }
      after = rows.length === BATCH ? rows.at(-1)?.id : undefined;
    }
  }

  private unsettled(after: bigint): Promise<readonly Unsettled[]> {
    return this.uow.system(SWEEP, newId(), (op) =>
      op.tx.rows<Unsettled>(
        `select o.id, o.event, o.request_id as "requestId", o.traceparent, array(select r.consumer from platform.receipts r where r.outbox_id = o.id) as received
         from platform.outbox o where o.settled_at is null and o.relayed_at < $1 and o.id > $2 and (o.event not like 'job.%' or o.event = any($3))
         order by o.id limit ${BATCH}`,
        [new Date(op.now.getTime() - this.settings.sweepMs), after, [...this.registry.jobEvents()]],
      ),
    );
  }

  /** Tells who listens of every job that failed for good; whoever listens says it once. */
  private async reportFailures(backend: Backend): Promise<void> {
    for (const { name, id, data } of await backend.queue.getFailed(0, 999)) {
      const key = data.outboxId === undefined ? name : (id ?? name);
      await this.uow.system(SWEEP, newId(), async (op) => {
        const row = await op.tx.row<{ id: string }>(
          'select coalesce((select coalesce(act_id, subject_id) from platform.outbox where id = $1), md5($2)::uuid) as id', [data.outboxId ?? null, key],
        );
        for (const tell of this.registry.failureListeners()) await tell(op, { name, key, id: row?.id ?? '' });
      });
    }
  }

  /** Ninety days after, nobody repeats a request, and what is settled is told by the acts alone. */
  private async forget(): Promise<void> {
    for (const old of [
      'delete from platform.request_keys where (actor_id, key) in (select actor_id, key from platform.request_keys where at < $1 order by at limit 5000)',
      'delete from platform.outbox where id in (select id from platform.outbox where settled_at < $1 order by settled_at limit 5000)',
    ]) {
      for (let gone = 5000; gone === 5000; ) {
        gone = await this.uow.system(SWEEP, newId(), (op) => op.tx.run(old, [new Date(op.now.getTime() - KEPT)]));
      }
    }
  }
}
