import { Module } from '@nestjs/common';
import { assertLifecycle } from '../kernel/lifecycle.js';
import { institutionLifecycle } from './institution-life.domain.js';
import { InstitutionLifeResolver } from './institution-life.resolver.js';
import { InstitutionLifeService } from './institution-life.service.js';
import { InstitutionsResolver } from './institutions.resolver.js';
import { InstitutionsService } from './institutions.service.js';
import './institutions.messages.js';

/**
 * Owns residential institutions: what they are, where they stand, how many children they may house.
 *
 * Invariants: an institution stands in a commune or village; no two open ones of a commune bear names that look alike;
 * the office of its area answers for it; one licence a day; nobody lives in one that is emptied or closed when it becomes
 * so (also the database's); every change of kind, capacity and state is kept.
 * Events: institution.registered, institution.edited, institution.licensed, institution.inspected, institution.ordered,
 * institution.emptied, institution.closed, institution.goal, institution.posts.
 */
@Module({ providers: [InstitutionsService, InstitutionsResolver, InstitutionLifeService, InstitutionLifeResolver], exports: [InstitutionsService] })
export class InstitutionsModule {
  constructor() {
    assertLifecycle('an institution', institutionLifecycle, { initial: 'open', final: ['closed'] });
  }
}
