import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../platform/queue/jobs.js';
import type { InTransaction } from '../platform/queue/jobs.js';
import { ProposalsService } from './proposals.service.js';

/** Frees places whose hold has run out, and ends proposals whose plan was called off. */
@Injectable()
export class MatchingJobs implements OnModuleInit {
  constructor(
    @Inject(JobRegistry) private readonly registry: JobRegistry,
    @Inject(ProposalsService) private readonly proposals: ProposalsService,
  ) {}

  onModuleInit(): void {
    this.registry.schedule({ name: 'matching.lapsed_holds', handler: (transaction) => this.lapse(transaction) });
    this.registry.consumer({ name: 'matching.proposals', events: ['placement.cancelled'], handler: (op, { subjectId }) => this.proposals.follow(op, subjectId) });
  }

  /** Ends every proposal whose hold has run out, each in a transaction of its own. */
  async lapse(transaction: InTransaction): Promise<void> {
    for (const id of await transaction((op) => this.proposals.lapsed(op))) await transaction((op) => this.proposals.lapse(op, id));
  }
}
