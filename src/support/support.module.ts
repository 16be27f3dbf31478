import { Module } from '@nestjs/common';
import { checkLifecycle } from '../kernel/lifecycle.js';
import { EntitlementsResolver } from './entitlements.resolver.js';
import { EntitlementsService } from './entitlements.service.js';
import { PayeesResolver } from './payees.resolver.js';
import { PayeesService } from './payees.service.js';
import { runLifecycle } from './run.domain.js';
import { RunsResolver } from './runs.resolver.js';
import { RunsService } from './runs.service.js';
import { SupportJobs } from './support.jobs.js';
import './paid.js';
import './support.messages.js';

/**
 * Owns schemes and their dated rates, children's entitlements, payees, payment runs and their lines.
 *
 * Invariants: an entitlement follows the child's timeline, one stretch at a time; nights are paid once, to one family a
 * night; whoever prepared or calculated a run does not approve it; nothing in an approved run changes; one open run per
 * scheme, month and province; nothing is taken back by itself.
 * Looks again after: placement.started, placement.ended, episode.changed, child.described.
 * Events: entitlement.opened, entitlement.moved, entitlement.taken_back, paymentRun.prepared, paymentRun.calculated,
 * paymentRun.checked, paymentRun.approved, paymentRun.cancelled, payee.set.
 */
@Module({
  providers: [RunsService, RunsResolver, PayeesService, PayeesResolver, EntitlementsService, EntitlementsResolver, SupportJobs],
  exports: [EntitlementsService],
})
export class SupportModule {
  constructor() {
    const problems = checkLifecycle(runLifecycle, { initial: 'draft', final: ['approved', 'cancelled'] });
    if (problems.length > 0) throw new Error(problems.join('\n'));
  }
}
