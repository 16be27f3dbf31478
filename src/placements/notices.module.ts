import { Module } from '@nestjs/common';
import { ChildrenModule } from '../children/children.module.js';
import { WorklistModule } from '../worklist/worklist.module.js';
import { InstitutionWatch } from './institution-watch.service.js';
import { ArrivalsService } from './notices-arrivals.service.js';
import { NoticesJobs } from './notices.jobs.js';
import './notices.messages.js';
import { NoticesResolver } from './notices.resolver.js';
import { NoticesService } from './notices.service.js';
import { PlacementsModule } from './placements.module.js';

/**
 * The part of the room that institutions have a hand in: who came and who left as they tell it, and what the office decided.
 *
 * Invariants: a notice is decided once; who came is kept in it only until she has a file; what is accepted beyond a rule
 * names the rule and is a supervisor's task that day.
 * Events: notice.given, notice.decided. Listens to institution.*, episode.changed.
 */
@Module({ imports: [ChildrenModule, WorklistModule, PlacementsModule], providers: [NoticesService, ArrivalsService, NoticesResolver, InstitutionWatch, NoticesJobs] })
export class NoticesModule {}
