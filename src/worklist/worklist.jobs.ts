import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { Op } from '../platform/database/op.js';
import { Gauges } from '../platform/metrics/gauges.js';
import { JobRegistry } from '../platform/queue/jobs.js';
import type { FailedJob, InTransaction } from '../platform/queue/jobs.js';
import { BATCH, escalate, oldestUnsent, sendReminders } from './reminders.repo.js';
import { taskKinds } from './task-kinds.js';
import { jobFailed, overdueDigest, secondFactorReset } from './worklist.messages.js';
import { WorklistService } from './worklist.service.js';

/** Reminders at every sweep, the supervisors' digest every morning, and failed jobs. */
@Injectable()
export class WorklistJobs implements OnModuleInit {
  constructor(
    @Inject(JobRegistry) private readonly registry: JobRegistry,
    @Inject(WorklistService) private readonly worklist: WorklistService,
    @Inject(Gauges) private readonly gauges: Gauges,
  ) {}

  onModuleInit(): void {
    this.registry.schedule({ name: 'worklist.reminders', handler: (transaction) => this.remind(transaction) });
    this.registry.schedule({ name: 'worklist.digest', cron: '0 7 * * *', handler: (transaction) => this.digest(transaction) });
    this.registry.consumer({
      name: 'worklist.second_factor',
      events: ['account.secondFactorReset'],
      handler: (op, { subjectId }) => this.worklist.tell(op, { kind: secondFactorReset, subject: ['account', subjectId], to: { account: subjectId } }),
    });
    this.gauges.define({ name: 'register_reminders_oldest_unsent_seconds', help: 'How long the oldest reminder that is due has waited to be sent.', read: oldestUnsent });
    this.registry.onFailure((op, failed) => this.failed(op, failed));
  }

  /** Sends every reminder that is due. */
  async remind(transaction: InTransaction): Promise<void> {
    while ((await transaction(sendReminders)) === BATCH);
  }

  /** Tells supervisors what is overdue. */
  async digest(transaction: InTransaction): Promise<void> {
    while ((await transaction((op) => escalate(op, taskKinds(), overdueDigest.kind))) === BATCH);
  }

  /** Opens an administrator's task for a job that failed for good; once, also after she has ticked it off. */
  private async failed(op: Op, failed: FailedJob): Promise<void> {
    const dedupe = `${jobFailed.kind}:${failed.key}`;
    if ((await op.tx.row('select 1 from worklist.tasks where dedupe = $1 limit 1', [dedupe])) !== undefined) return;
    await this.worklist.due(op, { kind: jobFailed, subject: ['job', failed.id], detail: failed.name, to: { role: 'administrator' }, due: op.today, dedupe });
  }
}
