import { Module } from '@nestjs/common';
import { FamiliesService } from './families.service.js';
import { PlacesService } from './places.service.js';
import { StandingsService } from './standings.service.js';

/**
 * Owns families, their adults, and the three narrow tables of the stand-by list: family_places (capacity by dates),
 * place_occupancies (who has a place), standings (approval, certificate, check, suspension). Later rooms write those
 * through its services, in their own transaction.
 */
@Module({ providers: [FamiliesService, PlacesService, StandingsService], exports: [FamiliesService, PlacesService, StandingsService] })
export class CarersModule {}
