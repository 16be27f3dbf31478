import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../platform/queue/jobs.js';
import { AgreementsService } from './agreements.service.js';
import { FamilyChangesService } from './family-changes.service.js';

/** Looks again at an agreement when the photo of its page was withdrawn, and at a family's placements when it moved, was closed or its approval removed. */
@Injectable()
export class PlacementsJobs implements OnModuleInit {
  constructor(
    @Inject(JobRegistry) private readonly registry: JobRegistry,
    @Inject(AgreementsService) private readonly agreements: AgreementsService,
    @Inject(FamilyChangesService) private readonly families: FamilyChangesService,
  ) {}

  onModuleInit(): void {
    this.registry.consumer({ name: 'placements.pages', events: ['document.withdrawn'], handler: (op, { subjectId }) => this.agreements.follow(op, subjectId) });
    this.registry.consumer({ name: 'placements.families', events: ['family.moved', 'family.closed', 'family.reviewed'], handler: (op, { subjectId }) => this.families.follow(op, subjectId) });
  }
}
