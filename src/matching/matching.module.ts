import { Module } from '@nestjs/common';
import { CarersModule } from '../carers/carers.module.js';
import { ChildrenModule } from '../children/children.module.js';
import { assertLifecycle } from '../kernel/lifecycle.js';
import { PlacementsModule } from '../placements/placements.module.js';
import { QueueModule } from '../platform/queue/queue.module.js';
import { WorklistModule } from '../worklist/worklist.module.js';
import { ChildListsResolver, EntriesResolver, ListsResolver } from './lists.resolver.js';
import { ListsService } from './lists.service.js';
import { proposalLifecycle } from './matching.domain.js';
import { MatchingJobs } from './matching.jobs.js';
import './matching.messages.js';
import { ChildProposalsResolver, ProposalsResolver } from './proposals.resolver.js';
import { ProposalsService } from './proposals.service.js';
import { ToldService } from './told.service.js';

/**
 * Owns lists of families for a child or for siblings, as they were asked for, and the proposals that come of them.
 * Advice, never a decision: a worker chooses, and the one approval is a supervisor's, in placements.
 *
 * Invariants: a list is never changed, and gives the same numbers years later; a family that fails a hard rule is never
 * ranked; kin and former carers are never scored; one open proposal a child, whose places are kept by planned placements.
 * Events: proposal.made, proposal.accepted, proposal.declined, proposal.lapsed; placement.planned and
 * placement.cancelled for the placements it plans and calls off. Listens to placement.cancelled.
 */
@Module({
  imports: [CarersModule, ChildrenModule, PlacementsModule, WorklistModule, QueueModule],
  providers: [ListsService, ProposalsService, ToldService, MatchingJobs, ListsResolver, EntriesResolver, ChildListsResolver, ProposalsResolver, ChildProposalsResolver],
})
export class MatchingModule {
  constructor() {
    assertLifecycle('a proposal', proposalLifecycle, { initial: 'waiting', final: ['declined', 'lapsed', 'withdrawn'] });
  }
}
