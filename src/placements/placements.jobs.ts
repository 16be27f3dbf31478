import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../platform/queue/jobs.js';
import { AgreementsService } from './agreements.service.js';

/** Looks again at an agreement when the photo of its page was withdrawn. */
@Injectable()
export class PlacementsJobs implements OnModuleInit {
  constructor(
    @Inject(JobRegistry) private readonly registry: JobRegistry,
    @Inject(AgreementsService) private readonly agreements: AgreementsService,
  ) {}

  onModuleInit(): void {
    this.registry.consumer({ name: 'placements.pages', events: ['document.withdrawn'], handler: (op, { subjectId }) => this.agreements.follow(op, subjectId) });
  }
}
