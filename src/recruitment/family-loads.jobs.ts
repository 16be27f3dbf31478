import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../platform/queue/jobs.js';
import { FamilyLoadsService, familyLoadJob } from './family-loads.service.js';

/** Writes tables of families, row by row. */
@Injectable()
export class FamilyLoadsJobs implements OnModuleInit {
  constructor(
    @Inject(JobRegistry) private readonly registry: JobRegistry,
    @Inject(FamilyLoadsService) private readonly loads: FamilyLoadsService,
  ) {}

  onModuleInit(): void {
    this.registry.handle(familyLoadJob, (op, { rowId }) => this.loads.proceed(op, rowId));
    this.registry.onFailure(async (op, failed) => {
      if (failed.name === familyLoadJob.name) await this.loads.giveUp(op, failed.id);
    });
  }
}
