import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import type { Op } from '../platform/database/op.js';
import { JobRegistry } from '../platform/queue/jobs.js';
import type { InTransaction } from '../platform/queue/jobs.js';
import { setting } from '../platform/settings.js';
import { WorklistService } from '../worklist/worklist.service.js';
import { BATCH, replacedBy, takeEnding, takeTomorrow } from './reminders.repo.js';
import type { Ending } from './reminders.repo.js';
import { certificateEnds, colleagueEnds, sessionTomorrow } from './training.messages.js';
import { forgetVerifications } from './verification.js';

/** Every morning: whose certificate ends soon, and whose session is tomorrow. */
@Injectable()
export class TrainingJobs implements OnModuleInit {
  constructor(
    @Inject(JobRegistry) private readonly registry: JobRegistry,
    @Inject(WorklistService) private readonly worklist: WorklistService,
  ) {}

  onModuleInit(): void {
    this.registry.schedule({ name: 'training.reminders', cron: '30 6 * * *', handler: (transaction) => this.remind(transaction) });
    this.registry.schedule({ name: 'training.verifications', every: 3_600_000, handler: (transaction) => transaction(forgetVerifications) });
    this.registry.consumer({ name: 'training.renewed', events: ['certificate.issued'], handler: (op, { subjectId }) => this.renewed(op, subjectId) });
  }

  /** Tells each step before a certificate's end once, and each list that its session is tomorrow once; a second run tells nothing. */
  async remind(transaction: InTransaction): Promise<void> {
    while ((await transaction((op) => this.#ending(op))) === BATCH);
    while ((await transaction((op) => this.#tomorrow(op))) === BATCH);
  }

  /** A new certificate ends the wish for it. */
  async renewed(op: Op, certificateId: string): Promise<void> {
    for (const id of await replacedBy(op, certificateId)) await this.worklist.done(op, { kind: certificateEnds, subjectId: id });
  }

  async #ending(op: Op): Promise<number> {
    const taken = await takeEnding(op, await setting<number[]>(op, 'training.reminder_days', op.today));
    for (const one of taken) await this.#tell(op, one);
    return taken.length;
  }

  /** The task is the worker's or the colleague's own; each step tells her again, and a colleague's supervisor too. */
  async #tell(op: Op, { certificateId, lastDay, familyId, accountId, officeId, step }: Ending): Promise<void> {
    const subject = ['certificate', certificateId] as const;
    const to = accountId === null ? ({ role: 'social_worker', office: officeId } as const) : { account: accountId, office: officeId };
    await this.worklist.due(op, { kind: certificateEnds, subject, about: familyId, detail: String(step), to, due: lastDay });
    await this.worklist.tell(op, { kind: certificateEnds, subject, detail: String(step), to });
    if (accountId !== null) await this.worklist.tell(op, { kind: colleagueEnds, subject, detail: String(step), to: { role: 'supervisor', office: officeId } });
  }

  async #tomorrow(op: Op): Promise<number> {
    const taken = await takeTomorrow(op);
    for (const { sessionId, accountId } of taken) await this.worklist.tell(op, { kind: sessionTomorrow, subject: ['training_session', sessionId], to: { account: accountId } });
    return taken.length;
  }
}
