import { Module } from '@nestjs/common';
import { AreasResolver, DistanceResolver } from './areas.resolver.js';
import { OfficesResolver } from './offices.resolver.js';
import './area.policy.js';
import './territory.messages.js';

/**
 * Owns areas by their national codes, the offices that answer for them, and the days on which nobody works.
 *
 * Invariants: an area lies in the one that its code says; names stay as typed; one office per province and district,
 * one for the ministry. Areas come by the operator's command `areas load` alone.
 * Events: none.
 */
@Module({ providers: [AreasResolver, DistanceResolver, OfficesResolver] })
export class TerritoryModule {}
