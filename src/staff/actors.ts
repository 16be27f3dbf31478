import { Inject, Injectable } from '@nestjs/common';
import type { CivilDate } from '../kernel/civil-date.js';
import { ActorSource } from '../platform/auth/actor-source.js';
import type { ExternalClaims, TokenClaims } from '../platform/auth/actor-source.js';
import type { Posting, UserActor } from '../platform/auth/roles.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';

/** A token becomes an actor: read from the database at each request, so that a change of postings counts from the next one. */
@Injectable()
export class Actors extends ActorSource {
  constructor(@Inject(UnitOfWork) private readonly uow: UnitOfWork) {
    super();
  }

  async load(claims: TokenClaims | ExternalClaims, today: CivilDate): Promise<UserActor | undefined> {
    if ('issuer' in claims) return this.#external(claims, today);
    const row = await this.uow.look<{ postings: Posting[] | null }>('select staff.actor($1, $2, $3) as postings', [claims.userId, claims.sessionId, today]);
    if (row?.postings === null || row?.postings === undefined) return undefined;
    return Object.freeze({ kind: 'user', userId: claims.userId, sessionId: claims.sessionId, postings: row.postings });
  }

  /** Her link stands for a session: a new link is another one. */
  async #external({ issuer, subject }: ExternalClaims, today: CivilDate): Promise<UserActor | undefined> {
    const row = await this.uow.look<{ actor: Pick<UserActor, 'userId' | 'sessionId' | 'postings'> | null }>('select staff.external_actor($1, $2, $3) as actor', [issuer, subject, today]);
    return row?.actor === null || row === undefined ? undefined : Object.freeze({ kind: 'user', ...row.actor, external: true });
  }
}
