import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../platform/queue/jobs.js';
import type { InTransaction } from '../platform/queue/jobs.js';
import { MissingService } from './missing.service.js';

/** How many children one look takes. */
const BATCH = 100;

/** Every night: places that were kept long enough for a missing child are free again. */
@Injectable()
export class MissingJobs implements OnModuleInit {
  constructor(
    @Inject(JobRegistry) private readonly registry: JobRegistry,
    @Inject(MissingService) private readonly missing: MissingService,
  ) {}

  onModuleInit(): void {
    this.registry.schedule({ name: 'placements.missing_released', cron: '15 0 * * *', handler: (transaction) => this.release(transaction) });
  }

  /** Each child in a transaction of her own; a second run, or one after days without any, changes nothing that is right already. */
  async release(transaction: InTransaction): Promise<void> {
    const tried = new Set<string>();
    for (;;) {
      const found = (await transaction((op) => this.missing.toRelease(op, BATCH + tried.size))).filter(({ id }) => !tried.has(id));
      if (found.length === 0) return;
      for (const one of found) {
        tried.add(one.id);
        await transaction((op) => this.missing.release(op, one));
      }
    }
  }
}
