import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../platform/queue/jobs.js';
import { InstitutionWatch } from './institution-watch.service.js';

/** What is looked at again when an institution or a child's timeline changed, and every morning. */
@Injectable()
export class NoticesJobs implements OnModuleInit {
  constructor(
    @Inject(JobRegistry) private readonly registry: JobRegistry,
    @Inject(InstitutionWatch) private readonly watch: InstitutionWatch,
  ) {}

  onModuleInit(): void {
    const events = ['registered', 'edited', 'licensed', 'inspected', 'ordered', 'emptied', 'closed', 'goal'].map((what) => `institution.${what}`);
    this.registry.consumer({ name: 'placements.institutions', events, handler: (op, { subjectId }) => this.watch.institution(op, subjectId) });
    this.registry.consumer({ name: 'placements.residents', events: ['episode.changed'], handler: (op, { subjectId }) => this.watch.child(op, subjectId) });
    this.registry.schedule({ name: 'placements.temporary_limits', cron: '15 6 * * *', handler: (transaction) => this.watch.limits(transaction) });
  }
}
