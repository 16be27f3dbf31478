import { Module } from '@nestjs/common';
import { ActorSource } from '../platform/auth/actor-source.js';
import { Tokens } from '../platform/auth/tokens.js';
import { Actors } from './actors.js';
import { StaffResolver } from './staff.resolver.js';

/** Owns accounts, sessions and postings: a token becomes an actor. */
@Module({
  providers: [{ provide: ActorSource, useClass: Actors }, Tokens, StaffResolver],
  exports: [ActorSource, Tokens],
})
export class StaffModule {}
