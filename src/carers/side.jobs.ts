import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../platform/queue/jobs.js';
import type { InTransaction } from '../platform/queue/jobs.js';
import { ComplaintsService } from './complaints.service.js';
import { ExitsService } from './exits.service.js';

/** Every morning: complaints that nobody has answered; every ten minutes: old ones whose words are not sealed yet. After a family was closed: its carers are asked why. */
@Injectable()
export class CarersSideJobs implements OnModuleInit {
  constructor(
    @Inject(JobRegistry) private readonly registry: JobRegistry,
    @Inject(ComplaintsService) private readonly complaints: ComplaintsService,
    @Inject(ExitsService) private readonly exits: ExitsService,
  ) {}

  onModuleInit(): void {
    this.registry.schedule({ name: 'carers.complaints', cron: '40 6 * * *', handler: (transaction) => this.escalate(transaction) });
    this.registry.schedule({ name: 'carers.complaints_sealed', cron: '*/10 * * * *', handler: (transaction) => this.sealOld(transaction) });
    this.registry.consumer({ name: 'carers.exits', events: ['family.closed'], handler: (op, { subjectId }) => this.exits.follow(op, subjectId) });
  }

  /** Seals what was written before words were sealed, until nothing is left. */
  async sealOld(transaction: InTransaction): Promise<void> {
    while ((await transaction((op) => this.complaints.sealOld(op))) > 0);
  }

  /** Moves up what is late, until nothing is. */
  async escalate(transaction: InTransaction): Promise<void> {
    while ((await transaction((op) => this.complaints.escalate(op))) > 0);
  }
}
