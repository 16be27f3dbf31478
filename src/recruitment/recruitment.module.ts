import { Module } from '@nestjs/common';
import { CarersModule } from '../carers/carers.module.js';
import { DocumentsModule } from '../documents/documents.module.js';
import { checkLifecycle } from '../kernel/lifecycle.js';
import { QueueModule } from '../platform/queue/queue.module.js';
import { StaffModule } from '../staff/staff.module.js';
import { WorklistModule } from '../worklist/worklist.module.js';
import { applicationLifecycle } from './application.domain.js';
import { AppealsResolver } from './appeals.resolver.js';
import { AppealsService } from './appeals.service.js';
import { ApplicationsResolver } from './applications.resolver.js';
import { ApplicationsService } from './applications.service.js';
import { ApprovalsResolver } from './approvals.resolver.js';
import { ApprovalsService } from './approvals.service.js';
import { CampaignsResolver } from './campaigns.resolver.js';
import { CampaignsService } from './campaigns.service.js';
import { ChecksService } from './checks.service.js';
import { CheckDocumentsResolver, DossiersResolver, SignatureDocumentsResolver } from './dossiers.resolver.js';
import { enquiryLifecycle } from './enquiry.domain.js';
import { DuplicatesResolver } from './duplicates.resolver.js';
import { DuplicatesService } from './duplicates.service.js';
import { EnquiriesResolver } from './enquiries.resolver.js';
import { EnquiriesService } from './enquiries.service.js';
import { FamilyLoadsJobs } from './family-loads.jobs.js';
import { FamilyLoadsResolver } from './family-loads.resolver.js';
import { FamilyLoadsService } from './family-loads.service.js';
import './recruitment.examples.js';
import './recruitment.messages.js';
import { ReviewsJobs } from './reviews.jobs.js';
import { ReviewsResolver } from './reviews.resolver.js';
import { ReviewsService } from './reviews.service.js';
import { FunnelResolver } from './funnel.resolver.js';
import { StagesService } from './stages.service.js';
import { TiesResolver } from './ties.resolver.js';
import { TiesService } from './ties.service.js';

/**
 * Owns campaigns, enquiries and how they were followed up, applications and everything up to their decision.
 *
 * Invariants: an open enquiry that was followed up has a next day; enquiries of one household are linked to one of them, one step far; one application per enquiry; one open application
 * per family; an application moves only along its lifecycle, and each stage it enters is a row; one undecided panel per application.
 * A table of families is written by jobs, row by row: what was written in a row is kept until it is done and no longer.
 * Events: campaign.opened, enquiry.recorded, enquiry.followed_up, enquiry.assigned, application.received, application.approved, application.refused, application.withdrawn, family.tie_declared, family.tie_withdrawn, family.reviewed, enquiry.linked, enquiry.unlinked, application.appealed, application.appeal_decided.
 */
@Module({
  imports: [CarersModule, DocumentsModule, QueueModule, StaffModule, WorklistModule],
  providers: [DossiersResolver, CheckDocumentsResolver, SignatureDocumentsResolver, CampaignsService, CampaignsResolver, EnquiriesService, EnquiriesResolver, ApplicationsService, ApplicationsResolver, ChecksService, ApprovalsService, ApprovalsResolver, TiesService, TiesResolver, ReviewsService, ReviewsResolver, ReviewsJobs, FamilyLoadsService, FamilyLoadsJobs, FamilyLoadsResolver, DuplicatesService, DuplicatesResolver, StagesService, AppealsService, AppealsResolver, FunnelResolver],
})
export class RecruitmentModule {
  constructor() {
    const problems = [
      ...checkLifecycle(enquiryLifecycle, { initial: 'new', final: ['applied', 'not_interested', 'unreachable'] }),
      ...checkLifecycle(applicationLifecycle, { initial: 'received', final: ['approved', 'refused', 'withdrawn'] }),
    ];
    if (problems.length > 0) throw new Error(problems.join('\n'));
  }
}
