import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../platform/config/config.module.js';
import type { Config } from '../platform/config/config.js';
import { systemActor } from '../platform/auth/roles.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { keyedHash } from './secrets.js';

const WINDOW_SECONDS = 60;
const PER_ACCOUNT = 6;
const PER_ADDRESS = 30;
/**
 * Failures an hour that strangers' addresses have with an account that gives one-time codes. Whoever has the password
 * and guesses would be right once in 300,000 tries: at six a minute that is one chance in forty a day, at thirty an
 * hour one in five hundred.
 */
const CODES_PER_HOUR = 30;
const HOUR_SECONDS = 3600;
/** Days an address counts as the account's own after a sign-in from it. */
const KNOWN_DAYS = 30;
const SLOWEST = 4_000;

/** A try that may go on, or how many seconds to wait. */
export type Admission = { readonly attempt: bigint; readonly failures: number } | { readonly retryAfter: number };

interface Counted {
  known: boolean;
  account_full: Date | null;
  address_full: Date | null;
  codes_full: Date | null;
  failures: number;
}

/**
 * Slows guessing down and locks nobody out: six tries a minute for an account, thirty for an address, counted in the
 * database, for all processes together. Refused tries are not counted, so that waiting helps; where
 * one-time codes are given, strangers' failures count for an hour. Tries from an address
 * where the account has signed in lately are counted apart from those of strangers: an outsider who guesses all day
 * uses up the strangers' six, not hers.
 */
@Injectable()
export class Throttle {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  /** The keyed hash under which an address is counted and remembered. */
  addressHash(address: string): Uint8Array {
    return keyedHash(`address:${address}`, this.config.tokenSecret);
  }

  /** Counts a try in a transaction of its own, which stays whatever becomes of the try. */
  async admit(login: string, address: string, requestId: string): Promise<Admission> {
    const loginHash = keyedHash(`login:${login}`, this.config.tokenSecret);
    const addressHash = this.addressHash(address);
    return this.uow.system(systemActor('throttle'), requestId, async (op) => {
      await op.tx.run(`select pg_advisory_xact_lock(k) from (select hashtextextended(encode(h, 'hex'), 7) as k from unnest($1::bytea[]) as h order by 1) as keys`, [
        [hex(loginHash), hex(addressHash)],
      ]);
      const counted = await count(op, login, loginHash, addressHash);
      const wait = Math.max(
        secondsUntil(op, counted.account_full, WINDOW_SECONDS), secondsUntil(op, counted.address_full, WINDOW_SECONDS), secondsUntil(op, counted.codes_full, HOUR_SECONDS),
      );
      if (wait > 0) this.metrics.signInThrottled(counted.codes_full !== null ? 'codes' : counted.account_full !== null ? 'account' : 'address');
      if (wait > 0) return { retryAfter: wait };
      const row = await op.tx.row<{ id: bigint }>(
        `with old as (delete from staff.sign_in_attempts where id in (select id from staff.sign_in_attempts where at < $1::timestamptz - interval '1 hour' order by at limit 50 for update skip locked))
         insert into staff.sign_in_attempts (at, login_hash, address_hash, known_address) values ($1, $2, $3, $4) returning id`,
        [op.now, loginHash, addressHash, counted.known],
      );
      return { attempt: row?.id ?? 0n, failures: counted.failures };
    });
  }

  /** The try was right: it slows nobody down. */
  async succeeded(op: Op, attempt: bigint): Promise<void> {
    await op.tx.run('update staff.sign_in_attempts set failed = false where id = $1', [attempt]);
  }

  /** Waits longer with each failure of the last minute: 0, 1/4, 1/2, 1, 2, 4 seconds. No connection is held meanwhile. */
  async pause(failures: number): Promise<void> {
    if (failures > 0) await sleep(Math.min(SLOWEST, 125 * 2 ** failures));
  }
}

function count(op: Op, login: string, loginHash: Uint8Array, addressHash: Uint8Array): Promise<Counted> {
  return op.tx
    .row<Counted>(
      `with who as (
         select exists (select 1 from staff.sessions s join staff.accounts a on a.id = s.account_id
           where a.login = $1 and s.address_hash = $3 and s.began_at > $4::timestamptz - make_interval(days => $5)) as known,
           exists (select 1 from staff.second_factors f join staff.accounts a on a.id = f.account_id where a.login = $1 and f.confirmed_at is not null) as coded),
       bucket as materialized (
         select at, failed from staff.sign_in_attempts t, who
         where t.login_hash = $2 and t.at > $4::timestamptz - make_interval(secs => $6)
           and t.known_address = who.known and (not who.known or t.address_hash = $3))
       select who.known,
         (select at from bucket order by at desc offset $7 limit 1) as account_full,
         (select at from staff.sign_in_attempts where address_hash = $3 and at > $4::timestamptz - make_interval(secs => $6) order by at desc offset $8 limit 1) as address_full,
         case when who.coded and not who.known then
           (select at from staff.sign_in_attempts t where t.login_hash = $2 and t.failed and not t.known_address and t.at > $4::timestamptz - make_interval(secs => $9) order by at desc offset $10 limit 1)
         end as codes_full,
         (select count(*)::int from bucket where failed) as failures
       from who`,
      [login, loginHash, addressHash, op.now, KNOWN_DAYS, WINDOW_SECONDS, PER_ACCOUNT - 1, PER_ADDRESS - 1, HOUR_SECONDS, CODES_PER_HOUR - 1],
    )
    .then((row) => row ?? { known: false, account_full: null, address_full: null, codes_full: null, failures: 0 });
}

/** Whole seconds until a window is past that is full since then; 0 where it is not. */
function secondsUntil(op: Op, full: Date | null, seconds: number): number {
  return full === null ? 0 : Math.max(1, Math.ceil((full.getTime() + seconds * 1000 - op.now.getTime()) / 1000));
}

const hex = (bytes: Uint8Array): string => `\\x${Buffer.from(bytes).toString('hex')}`;
