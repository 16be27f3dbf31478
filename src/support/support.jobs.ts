import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '../platform/queue/jobs.js';
import { childOfEvent } from './entitlements.repo.js';
import { EntitlementsService } from './entitlements.service.js';

/** Whatever changes where a child lives, or when she was born, may open or stop her entitlement. */
const LOOK_AGAIN = ['placement.started', 'placement.ended', 'episode.changed', 'child.described'] as const;

@Injectable()
export class SupportJobs implements OnModuleInit {
  constructor(
    @Inject(JobRegistry) private readonly registry: JobRegistry,
    @Inject(EntitlementsService) private readonly entitlements: EntitlementsService,
  ) {}

  onModuleInit(): void {
    this.registry.consumer({
      name: 'support.entitlements',
      events: LOOK_AGAIN,
      handler: async (op, { subjectId }) => {
        const childId = await childOfEvent(op, subjectId);
        if (childId !== undefined) await this.entitlements.bringInLine(op, childId);
      },
    });
  }
}
