import { Module } from '@nestjs/common';
import { WorklistModule } from '../worklist/worklist.module.js';
import { CarersJobs } from './carers.jobs.js';
import './carers.messages.js';
import { ComplaintsService } from './complaints.service.js';
import { ExitsService } from './exits.service.js';
import { FamiliesResolver } from './families.resolver.js';
import { FamiliesService } from './families.service.js';
import { GroupsResolver } from './groups.resolver.js';
import { GroupsService } from './groups.service.js';
import { FamilyMovesResolver } from './family-moves.resolver.js';
import { FamilyMovesService } from './family-moves.service.js';
import { FamilyLifeResolver } from './family-life.resolver.js';
import { FamilyLifeService } from './family-life.service.js';
import { PlacesService } from './places.service.js';
import { RespiteService } from './respite.service.js';
import { CarersSideJobs } from './side.jobs.js';
import { ComplaintsResolver, FamilySideResolver } from './side.resolver.js';
import { StandByResolver } from './standby.resolver.js';
import { StandingsService } from './standings.service.js';
import { SuspensionsService } from './suspensions.service.js';

/**
 * Owns families, their adults, and the narrow tables of the stand-by list: family_places (capacity by dates),
 * place_occupancies (who has a place), standings (approval, certificate, check, suspension) and approval_terms. Later
 * rooms write those through its services, in their own transaction, under the family's lock.
 *
 * Invariants: nobody has a place above capacity or two on one day; a stay is refused only where some day has no place;
 * nobody sees, takes down or answers a complaint about herself; one set of terms at a time; a family in which a child has a place is not closed.
 * Events: family.changed, family.adult_added, family.adult_left, family.closed, family.moved, family.suspended, family.suspension_lifted.
 */
@Module({
  imports: [WorklistModule],
  providers: [
    RespiteService, GroupsService, ComplaintsService, ExitsService, CarersSideJobs, FamilySideResolver, ComplaintsResolver, GroupsResolver,
    FamiliesService, PlacesService, StandingsService, SuspensionsService, FamilyLifeService, FamilyLifeResolver, FamilyMovesService, FamilyMovesResolver, CarersJobs, FamiliesResolver, StandByResolver],
  exports: [FamilyLifeService, FamiliesService, PlacesService, StandingsService],
})
export class CarersModule {}
