import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../platform/queue/jobs.js';
import type { InTransaction } from '../platform/queue/jobs.js';
import { grownUp } from './family-life.repo.js';
import { FamilyLifeService } from './family-life.service.js';

/** How many children one look takes. */
const BATCH = 200;

/** Every night: own children who turned eighteen are adults of the home. */
@Injectable()
export class CarersJobs implements OnModuleInit {
  constructor(
    @Inject(JobRegistry) private readonly registry: JobRegistry,
    @Inject(FamilyLifeService) private readonly life: FamilyLifeService,
  ) {}

  onModuleInit(): void {
    this.registry.schedule({ name: 'carers.grown_up', cron: '5 0 * * *', handler: (transaction) => this.growUp(transaction) });
  }

  /** Each child in a transaction of its own; a second run, or one after days without any, changes nothing that is right already. */
  async growUp(transaction: InTransaction): Promise<void> {
    const tried = new Set<string>();
    for (;;) {
      const found = (await transaction((op) => grownUp(op, BATCH + tried.size))).filter(({ id }) => !tried.has(id));
      if (found.length === 0) return;
      for (const one of found) {
        tried.add(one.id);
        await transaction((op) => this.life.growUp(op, one));
      }
    }
  }
}
