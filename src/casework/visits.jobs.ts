import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../platform/queue/jobs.js';
import { VisitsService } from './visits.service.js';

/** Looks again at a placement when it starts or ends, or its family moves: its visits follow. */
@Injectable()
export class VisitsJobs implements OnModuleInit {
  constructor(
    @Inject(JobRegistry) private readonly registry: JobRegistry,
    @Inject(VisitsService) private readonly visits: VisitsService,
  ) {}

  onModuleInit(): void {
    this.registry.consumer({
      name: 'casework.visits',
      events: ['placement.started', 'placement.ended', 'placement.cancelled', 'placement.family_moved'],
      handler: (op, { subjectId }) => this.visits.follow(op, subjectId),
    });
  }
}
