import type { Backend } from './backend.js';
import type { Reading } from '../metrics/metrics.js';

/** States of a job as Prometheus is told them, and as BullMQ calls them. */
const STATES: Readonly<Record<string, 'wait' | 'active' | 'delayed' | 'failed'>> = { waiting: 'wait', active: 'active', delayed: 'delayed', failed: 'failed' };
/** The tail of the queue: while it is asked for, workers may take from it. */
const TAIL = 8;

/** How deep the queue is, and how long its oldest waiting job has waited since it could have been taken. */
export async function queueReadings({ queue }: Backend, now: number = Date.now()): Promise<readonly Reading[]> {
  const counts = await queue.getJobCounts(...Object.values(STATES));
  const waiting = counts['wait'] ?? 0;
  // Not ascending: in one of the two stores that turns round the page only. Newest first, the last page holds the oldest.
  const tail = waiting === 0 ? [] : await queue.getJobs(['wait'], Math.max(0, waiting - TAIL), waiting - 1, false);
  // A page may hold a gap where a job has just been taken.
  const since = tail.filter((job) => job != null).map((job) => job.timestamp + (job.opts.delay ?? 0));
  const depth = Object.entries(STATES).map(([state, name]) => ({ name: 'register_queue_jobs', help: 'Jobs in the queue, by state.', labels: { state }, value: counts[name] ?? 0 }));
  return [...depth, { name: 'register_queue_lag_seconds', help: 'How long the oldest waiting job has waited.', value: since.length === 0 ? 0 : Math.max(0, now - Math.min(...since)) / 1000 }];
}
