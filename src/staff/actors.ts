import { Inject, Injectable } from '@nestjs/common';
import type { CivilDate } from '../kernel/civil-date.js';
import { ActorSource } from '../platform/auth/actor-source.js';
import type { ExternalClaims, TokenClaims } from '../platform/auth/actor-source.js';
import type { Posting, UserActor } from '../platform/auth/roles.js';
import { CONFIG } from '../platform/config/config.module.js';
import type { Config } from '../platform/config/config.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { needsSecondFactor } from './second-factor.domain.js';

const OWN = `select staff.actor($1, $2, $3) as postings,
  $4::boolean and not exists (select from staff.second_factors where account_id = $1 and confirmed_at is not null) as "lacksFactor"`;

/** A token becomes an actor: read from the database at each request, so that a change of postings counts from the next one. */
@Injectable()
export class Actors extends ActorSource {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super();
  }

  async load(claims: TokenClaims | ExternalClaims, today: CivilDate): Promise<UserActor | undefined> {
    if ('issuer' in claims) return this.#external(claims, today);
    const { userId, sessionId } = claims;
    const row = await this.uow.look<{ postings: Posting[] | null; lacksFactor: boolean }>(OWN, [userId, sessionId, today, this.config.secondFactor === 'required']);
    if (row?.postings === null || row?.postings === undefined) return undefined;
    const mustSetUp = row.lacksFactor && needsSecondFactor(row.postings.map(({ role }) => role));
    return Object.freeze({ kind: 'user', userId, sessionId, ...(mustSetUp ? { postings: [], needsSecondFactor: true } : { postings: row.postings }) });
  }

  /** Her link stands for a session: a new link is another one. */
  async #external({ issuer, subject }: ExternalClaims, today: CivilDate): Promise<UserActor | undefined> {
    const row = await this.uow.look<{ actor: Pick<UserActor, 'userId' | 'sessionId' | 'postings'> | null }>('select staff.external_actor($1, $2, $3) as actor', [issuer, subject, today]);
    return row?.actor === null || row === undefined ? undefined : Object.freeze({ kind: 'user', ...row.actor, external: true });
  }
}
