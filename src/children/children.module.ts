import { Module } from '@nestjs/common';
import { WorklistModule } from '../worklist/worklist.module.js';
import { ChildFilesService } from './child-files.service.js';
import { ChildPartsResolver } from './child-parts.resolver.js';
import { ChildPartsService } from './child-parts.service.js';
import './children.examples.js';
import './children.messages.js';
import { ChildrenResolver } from './children.resolver.js';
import { ChildrenService } from './children.service.js';
import { IdentitiesResolver, MergedSummaryResolver } from './identities.resolver.js';
import { IdentitiesService } from './identities.service.js';
import { SiblingsService } from './siblings.service.js';
import { WithdrawalsResolver } from './withdrawals.resolver.js';
import { WithdrawalsService } from './withdrawals.service.js';

/**
 * Owns children: who they are, their siblings, relatives, legal bases, needs, views, objections and contact risks, and
 * the keys they are found by. Where a child has lived belongs to a later room; this one knows only where she lives now.
 *
 * Invariants: nobody is born after she was seen; one known legal basis a day; one level a need and day; one sibling
 * group a child, and two groups become one only when that is asked for; the keys of a name are written with it.
 * Events: child.described, child.legal_basis_recorded, child.legal_basis_none, child.needs_recorded,
 * child.siblings_changed, child.relatives_recorded, child.contact_risk_recorded, child.view_recorded,
 * child.objection_recorded, child.known_different, child.merged, child.unmerged,
 * child.agreement_withdrawn, child.withdrawal_reviewed.
 */
@Module({
  imports: [WorklistModule],
  providers: [ChildrenService, ChildFilesService, ChildPartsService, SiblingsService, IdentitiesService, WithdrawalsService, ChildrenResolver, ChildPartsResolver, IdentitiesResolver, MergedSummaryResolver, WithdrawalsResolver],
  exports: [ChildrenService],
})
export class ChildrenModule {}
