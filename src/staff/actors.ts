import { Inject, Injectable } from '@nestjs/common';
import type { CivilDate } from '../kernel/civil-date.js';
import { ActorSource } from '../platform/auth/actor-source.js';
import type { TokenClaims } from '../platform/auth/actor-source.js';
import type { Posting, UserActor } from '../platform/auth/roles.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';

/** A token becomes an actor: read from the database at each request, so that a change of postings counts from the next one. */
@Injectable()
export class Actors extends ActorSource {
  constructor(@Inject(UnitOfWork) private readonly uow: UnitOfWork) {
    super();
  }

  async load(claims: TokenClaims, today: CivilDate): Promise<UserActor | undefined> {
    const row = await this.uow.look<{ postings: Posting[] | null }>('select staff.actor($1, $2, $3) as postings', [claims.userId, claims.sessionId, today]);
    if (row?.postings === null || row?.postings === undefined) return undefined;
    return Object.freeze({ kind: 'user', userId: claims.userId, sessionId: claims.sessionId, postings: row.postings });
  }
}
