import { Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import type { Op } from '../platform/database/op.js';
import type { AccountState } from './account.entity.js';
import { hashOfSecret } from './secrets.js';
import { REFRESH_DAYS } from './session.domain.js';

/** Why a session ended, as the database lists it. */
export type EndedWhy = 'signed_out' | 'revoked' | 'reuse' | 'password' | 'second_factor' | 'closed';

/** A refresh token with its session, its account and the token that followed it. */
export interface TokenFacts {
  readonly sessionId: string;
  readonly accountId: string;
  readonly usedAt: Date | null;
  readonly expiresAt: Date;
  readonly sessionEndedAt: Date | null;
  readonly accountState: AccountState;
  readonly successorUsedAt: Date | null;
  readonly hasSuccessor: boolean;
}

/** What somebody needs to sign in with. */
export interface SignInRow {
  readonly id: string;
  readonly state: AccountState;
  readonly passwordHash: string | null;
}

/** Writes sessions and their chains of refresh tokens. */
@Injectable()
export class SessionsRepo {
  async findByLogin(op: Op, login: string): Promise<SignInRow | undefined> {
    return op.tx.row<SignInRow>('select id, state, password_hash as "passwordHash" from staff.accounts where login = $1', [login]);
  }

  async begin(op: Op, accountId: string, client: string, addressHash: Uint8Array, refreshToken: string): Promise<string> {
    const id = newId();
    await op.tx.run('insert into staff.sessions (id, account_id, began_at, used_at, client, address_hash) values ($1, $2, $3, $3, $4, $5)', [id, accountId, op.now, client, addressHash]);
    await this.#insertToken(op, id, refreshToken);
    return id;
  }

  /** Two who show the same token come one after the other. */
  async lock(op: Op, sessionId: string): Promise<void> {
    await op.tx.run('select 1 from staff.sessions where id = $1 for no key update', [sessionId]);
  }

  async findToken(op: Op, token: string, successor: string): Promise<TokenFacts | undefined> {
    return op.tx.row<TokenFacts>(
      `select t.session_id as "sessionId", s.account_id as "accountId", t.used_at as "usedAt", t.expires_at as "expiresAt", s.ended_at as "sessionEndedAt",
         a.state as "accountState", n.used_at as "successorUsedAt", n.hash is not null as "hasSuccessor"
       from staff.refresh_tokens t join staff.sessions s on s.id = t.session_id join staff.accounts a on a.id = s.account_id
       left join staff.refresh_tokens n on n.hash = $2 where t.hash = $1`,
      [hashOfSecret(token), hashOfSecret(successor)],
    );
  }

  /** One token is used, the next one is made. */
  async rotate(op: Op, sessionId: string, token: string, successor: string): Promise<void> {
    await op.tx.run('update staff.refresh_tokens set used_at = $2 where hash = $1', [hashOfSecret(token), op.now]);
    await this.#insertToken(op, sessionId, successor);
    await op.tx.run('update staff.sessions set used_at = $2 where id = $1', [sessionId, op.now]);
  }

  /** Ends one session. False where it had ended already. */
  async end(op: Op, sessionId: string, why: EndedWhy): Promise<boolean> {
    return (await op.tx.run('update staff.sessions set ended_at = $2, ended_why = $3 where id = $1 and ended_at is null', [sessionId, op.now, why])) > 0;
  }

  /** Ends all sessions of an account, but one. */
  async endAll(op: Op, accountId: string, why: EndedWhy, but: string | null = null): Promise<void> {
    await op.tx.run('update staff.sessions set ended_at = $2, ended_why = $3 where account_id = $1 and ended_at is null and id is distinct from $4', [accountId, op.now, why, but]);
  }

  /** Whose session this is. */
  async ownerOf(op: Op, sessionId: string): Promise<string | undefined> {
    return (await op.tx.row<{ id: string }>('select account_id as id from staff.sessions where id = $1', [sessionId]))?.id;
  }

  async #insertToken(op: Op, sessionId: string, token: string): Promise<void> {
    await op.tx.run('insert into staff.refresh_tokens (hash, session_id, made_at, expires_at) values ($1, $2, $3, $3::timestamptz + make_interval(days => $4))', [
      hashOfSecret(token), sessionId, op.now, REFRESH_DAYS,
    ]);
  }
}
