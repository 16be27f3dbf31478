import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import type { Op } from '../database/op.js';
import { Gauges } from '../metrics/gauges.js';
import { JobRegistry } from '../queue/jobs.js';

/** More rows than that are a number that nobody needs exactly. */
const COUNTED = 100_000;
/** So many receipts are looked up in a tenth of a second; more only where a great many rows were done in the last minute. */
const LOOKED_AT = 10_000;

/** What of the outbox has not arrived yet. Ages are by the database's clock, which dated the rows. */
@Injectable()
export class OutboxGauges implements OnApplicationBootstrap {
  constructor(
    @Inject(Gauges) private readonly gauges: Gauges,
    @Inject(JobRegistry) private readonly registry: JobRegistry,
  ) {}

  onApplicationBootstrap(): void {
    this.gauges.define({ name: 'register_outbox_waiting', help: 'Rows of the outbox that the relay has not carried to the queue yet, up to 100000.', read: waiting });
    this.gauges.define({ name: 'register_outbox_lag_seconds', help: 'Age of the oldest row of the outbox that waits for the relay.', read: lag });
    this.gauges.define({
      name: 'register_outbox_undelivered_seconds',
      help: 'Age of the oldest row of the outbox that a consumer has still to do. A job that failed for good stays in it.',
      read: (op) => this.undelivered(op),
    });
  }

  /**
   * Rows are read in their order and only until the first that lacks a receipt; the sweep takes away those that have all.
   * The receipts as an array are looked up row by row: as `not exists` the planner reads the whole table of them first.
   */
  private async undelivered(op: Op): Promise<number> {
    const pairs = this.registry.subscriptions();
    const row = await op.tx.row<{ age: number }>(
      `select extract(epoch from clock_timestamp() - o.created_at)::float8 as age
       from (select * from platform.outbox where relayed_at is not null and settled_at is null order by id limit ${LOOKED_AT}) o
       where exists (select from unnest($1::text[], $2::text[]) as l (event, consumer)
           where l.event = o.event and l.consumer <> all (array(select r.consumer from platform.receipts r where r.outbox_id = o.id)))
       order by o.id limit 1`,
      [pairs.map(({ event }) => event), pairs.map(({ consumer }) => consumer)],
    );
    return Math.max(row?.age ?? 0, await lag(op));
  }
}

async function waiting(op: Op): Promise<number> {
  const row = await op.tx.row<{ n: number }>(`select count(*)::int as n from (select from platform.outbox where relayed_at is null limit ${COUNTED}) as counted`);
  return row?.n ?? 0;
}

async function lag(op: Op): Promise<number> {
  const row = await op.tx.row<{ age: number }>(
    'select extract(epoch from clock_timestamp() - created_at)::float8 as age from platform.outbox where relayed_at is null order by id limit 1',
  );
  return row?.age ?? 0;
}
