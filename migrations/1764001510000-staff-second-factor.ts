import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One-time codes of an authenticator beside the password (RFC 6238), and recovery codes for a lost telephone. */
export class StaffSecondFactor1764001510000 implements MigrationInterface {
  name = 'StaffSecondFactor1764001510000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- At most one that is asked for at sign-in, and one that waits for its first code. The secret is sealed.
      create table staff.second_factors (
        id uuid primary key,
        account_id uuid not null references staff.accounts on delete cascade,
        secret bytea not null,
        made_at timestamptz not null,
        confirmed_at timestamptz,
        last_step integer,
        constraint second_factors_secret_sealed check (length(secret) > 30),
        constraint second_factors_step check ((confirmed_at is null) = (last_step is null))
      );
      create unique index second_factors_one_confirmed on staff.second_factors (account_id) where confirmed_at is not null;
      create unique index second_factors_one_waiting on staff.second_factors (account_id) where confirmed_at is null;
      grant select, insert, delete on staff.second_factors to register_api;
      grant update (confirmed_at, last_step) on staff.second_factors to register_api;

      create table staff.recovery_codes (
        hash bytea primary key,
        factor_id uuid not null references staff.second_factors on delete cascade,
        used_at timestamptz,
        constraint recovery_codes_hash check (length(hash) = 32)
      );
      create index recovery_codes_by_factor on staff.recovery_codes (factor_id);
      grant select, insert on staff.recovery_codes to register_api;
      grant update (used_at) on staff.recovery_codes to register_api;

      alter table staff.sessions
        drop constraint sessions_why,
        add constraint sessions_why check (ended_why in ('signed_out', 'revoked', 'reuse', 'password', 'second_factor', 'closed', 'expired'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      update staff.sessions set ended_why = 'revoked' where ended_why = 'second_factor';
      alter table staff.sessions
        drop constraint sessions_why,
        add constraint sessions_why check (ended_why in ('signed_out', 'revoked', 'reuse', 'password', 'closed', 'expired'));
      drop table staff.recovery_codes, staff.second_factors;
    `);
  }
}
