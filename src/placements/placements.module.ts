import { Module } from '@nestjs/common';
import { CarersModule } from '../carers/carers.module.js';
import { ChildrenModule } from '../children/children.module.js';
import { DocumentsModule } from '../documents/documents.module.js';
import { assertLifecycle } from '../kernel/lifecycle.js';
import { WorklistModule } from '../worklist/worklist.module.js';
import { AgreementPageResolver, AgreementsResolver } from './agreements.resolver.js';
import { AgreementsService } from './agreements.service.js';
import { AbsencesService } from './absences.service.js';
import { ApprovalsService } from './approvals.service.js';
import { DeathsService } from './deaths.service.js';
import { EpisodeCheckResolver } from './episode-check.resolver.js';
import { FamilyChangesService } from './family-changes.service.js';
import { FactsService } from './facts.service.js';
import { FamilyPlacementsResolver } from './family-placements.resolver.js';
import { GatekeepingsResolver } from './gatekeepings.resolver.js';
import { GatekeepingsService } from './gatekeepings.service.js';
import { MissingJobs } from './missing.jobs.js';
import { MissingService } from './missing.service.js';
import { MovesService } from './moves.service.js';
import { OutsideService } from './outside.service.js';
import { OverlapsResolver, OverlapsWatch } from './overlaps.js';
import { placementLifecycle } from './placement.domain.js';
import './placements.messages.js';
import { PlacementsJobs } from './placements.jobs.js';
import { PlacementsResolver } from './placements.resolver.js';
import { PlansService } from './plans.service.js';
import { RegistrationService } from './registration.service.js';
import { CorrectionsResolver } from './corrections.resolver.js';
import { CorrectionsService } from './corrections.service.js';
import { TimelineResolver } from './timeline.resolver.js';
import { TimelineService } from './timeline.service.js';
import { DisappearanceResolver, WhereaboutsResolver } from './whereabouts.resolver.js';
import { WhereaboutsService } from './whereabouts.service.js';

/**
 * Owns where a child lives: her timeline of episodes with its history, care periods, gatekeeping, placements with what is
 * heard and signed before one, and the hard rules that bind decisions; nights elsewhere while a place is kept,
 * disappearances, returns home and deaths, with who was told of them.
 *
 * Invariants (each also the database's): one episode a day; no gap in a care period; nothing before birth or after death;
 * one family at a time and one plan; an active placement has its place in the family, kept while she sleeps elsewhere; what is recorded beyond a rule
 * names the rule.
 * Events: child.registered, episode.changed (both about the child), gatekeeping.concluded (about the child),
 * placement.planned, placement.approved, placement.started, placement.ended, placement.cancelled, placement.family_moved, breach.recorded.
 * Listens to document.withdrawn, child.merged, child.unmerged, family.moved, family.closed, family.reviewed.
 */
@Module({
  imports: [CarersModule, ChildrenModule, DocumentsModule, WorklistModule],
  providers: [
    TimelineService, RegistrationService, GatekeepingsService, PlansService, ApprovalsService, MovesService, FactsService, PlacementsResolver, GatekeepingsResolver, TimelineResolver,
    FamilyPlacementsResolver, AgreementsService, AgreementsResolver, AgreementPageResolver, EpisodeCheckResolver, FamilyChangesService, PlacementsJobs, WhereaboutsService, AbsencesService, MissingService, MissingJobs,
    OutsideService, DeathsService, WhereaboutsResolver, DisappearanceResolver,
    CorrectionsService, CorrectionsResolver, OverlapsResolver, OverlapsWatch,
  ],
  exports: [PlansService, TimelineService, RegistrationService, WhereaboutsService],
})
export class PlacementsModule {
  constructor() {
    assertLifecycle('a placement', placementLifecycle, { initial: ['planned', 'active'], final: ['ended', 'cancelled'] });
  }
}
