import { Module } from '@nestjs/common';
import { ChildrenModule } from '../children/children.module.js';
import { DocumentsModule } from '../documents/documents.module.js';
import { assertLifecycle } from '../kernel/lifecycle.js';
import { QueueModule } from '../platform/queue/queue.module.js';
import { WorklistModule } from '../worklist/worklist.module.js';
import './casework.messages.js';
import { visitLifecycle } from './visit.domain.js';
import { VisitsJobs } from './visits.jobs.js';
import { ChildVisitsResolver, VisitsResolver } from './visits.resolver.js';
import { VisitsService } from './visits.service.js';

/**
 * Owns visits to children in families.
 *
 * Invariants: while a placement is active one visit is due; a visit is tapped once and recorded once, on one day, not
 * before the move; a visit that happened brings the next one.
 * Listens to placement.started, placement.ended, placement.cancelled. Announces visit.happened.
 */
@Module({
  imports: [WorklistModule, QueueModule, ChildrenModule, DocumentsModule],
  providers: [VisitsService, VisitsJobs, VisitsResolver, ChildVisitsResolver],
})
export class CaseworkModule {
  constructor() {
    assertLifecycle('visit', visitLifecycle, { initial: 'due', final: ['recorded', 'cancelled'] });
  }
}
