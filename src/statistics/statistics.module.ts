import { Module } from '@nestjs/common';
import { StatisticsResolver } from './statistics.resolver.js';
import './published.js';
import { StatisticsService } from './statistics.service.js';

/**
 * Owns published quarters. Reads the episodes of placements; writes nothing of anybody.
 *
 * Invariants: a quarter is published once and never changed; a published cell is a multiple of the base or nothing;
 * published figures are read as a role that can read no person's row.
 */
@Module({ providers: [StatisticsService, StatisticsResolver] })
export class StatisticsModule {}
