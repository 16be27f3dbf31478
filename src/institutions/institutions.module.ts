import { Module } from '@nestjs/common';
import { InstitutionsResolver } from './institutions.resolver.js';
import { InstitutionsService } from './institutions.service.js';
import './institutions.messages.js';

/**
 * Owns residential institutions: what they are, where they stand, how many children they may house.
 *
 * Invariants: an institution stands in a commune or village; no two open ones of a commune bear names that look alike;
 * the office of its area answers for it.
 * Events: institution.registered, institution.edited.
 */
@Module({ providers: [InstitutionsService, InstitutionsResolver], exports: [InstitutionsService] })
export class InstitutionsModule {}
