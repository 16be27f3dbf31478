import { newId } from '../../kernel/ids.js';
import type { Op } from '../database/op.js';
import { checkedPayload, eventOf } from '../queue/jobs.js';
import type { Job } from '../queue/jobs.js';

/** Asks for a job, in the operation's own transaction: it is done when the operation has committed, and never if it has not. Gives the job's id. */
export async function enqueue<P extends string>(op: Op, job: Job<P>, payload: Readonly<Record<P, string>>): Promise<string> {
  const id = newId();
  await op.tx.run('insert into platform.outbox (event, subject_id, payload, request_id, traceparent) values ($1, $2, $3, $4, $5)', [
    eventOf(job), id, JSON.stringify(checkedPayload(job, payload)), op.requestId, op.traceparent ?? null,
  ]);
  return id;
}
