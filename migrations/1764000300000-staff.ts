import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts, their sessions and their postings: how a token becomes an actor. */
export class Staff1764000300000 implements MigrationInterface {
  name = 'Staff1764000300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema staff;
      grant usage on schema staff to register_api, register_worker;

      create table staff.accounts (
        id uuid primary key,
        login text not null,
        name_km text,
        name_latin text not null,
        phone text,
        language text not null default 'km',
        state text not null default 'invited',
        password_hash text,
        invited_at timestamptz not null default clock_timestamp(),
        constraint accounts_login unique (login),
        constraint accounts_login_written check (login ~ '^[a-z0-9][a-z0-9._-]{2,59}$'),
        constraint accounts_language check (language in ('km', 'en')),
        constraint accounts_state check (state in ('invited', 'active', 'closed')),
        constraint accounts_password check (state <> 'active' or password_hash is not null)
      );
      grant select, insert on staff.accounts to register_api, register_worker;
      grant update (name_km, name_latin, phone, language, state, password_hash) on staff.accounts to register_api;

      create index accounts_by_name on staff.accounts (name_latin, id);

      -- A one-time link: an invitation or a reset. Only the hash of its secret is kept, and at most one counts.
      create table staff.links (
        id uuid primary key,
        account_id uuid not null references staff.accounts on delete cascade,
        purpose text not null,
        secret_hash bytea not null,
        made_at timestamptz not null,
        expires_at timestamptz not null,
        ended_at timestamptz,
        ended_why text,
        constraint links_purpose check (purpose in ('invitation', 'reset')),
        constraint links_secret unique (secret_hash),
        constraint links_hash check (length(secret_hash) = 32),
        constraint links_life check (expires_at > made_at),
        constraint links_end check ((ended_at is null) = (ended_why is null)),
        constraint links_why check (ended_why in ('used', 'replaced', 'closed'))
      );
      create unique index links_one_open on staff.links (account_id) where ended_at is null;
      grant select, insert on staff.links to register_api;
      grant update (ended_at, ended_why) on staff.links to register_api;

      insert into platform.settings (name, during, value, citation) values
        ('staff.link_days', daterange('1900-01-01', null), '7', 'default: no order fixes how long a one-time link is good');

      create table staff.sessions (
        id uuid primary key,
        account_id uuid not null references staff.accounts on delete cascade,
        began_at timestamptz not null default clock_timestamp(),
        used_at timestamptz not null default clock_timestamp(),
        ended_at timestamptz,
        ended_why text,
        client text not null default '',
        address_hash bytea,
        constraint sessions_end check ((ended_at is null) = (ended_why is null)),
        constraint sessions_why check (ended_why in ('signed_out', 'revoked', 'reuse', 'password', 'closed', 'expired'))
      );
      create index sessions_by_account on staff.sessions (account_id, began_at);
      grant select, insert on staff.sessions to register_api;
      grant update (used_at, ended_at, ended_why) on staff.sessions to register_api;

      -- The chain of refresh tokens of a session, by their hashes: one unused link at its end, used ones to know a theft by.
      create table staff.refresh_tokens (
        hash bytea primary key,
        session_id uuid not null references staff.sessions on delete cascade,
        made_at timestamptz not null,
        expires_at timestamptz not null,
        used_at timestamptz,
        constraint refresh_tokens_hash check (length(hash) = 32),
        constraint refresh_tokens_life check (expires_at > made_at)
      );
      create unique index refresh_tokens_one_unused on staff.refresh_tokens (session_id) where used_at is null;
      create index refresh_tokens_by_session on staff.refresh_tokens (session_id, made_at);
      grant select, insert on staff.refresh_tokens to register_api;
      grant update (used_at) on staff.refresh_tokens to register_api;

      -- Who tried to sign in within the hour, by keyed hashes: for slowing down, never for locking.
      create table staff.sign_in_attempts (
        id bigint generated always as identity primary key,
        at timestamptz not null,
        login_hash bytea not null,
        address_hash bytea not null,
        known_address boolean not null,
        failed boolean not null default true
      );
      create index sign_in_attempts_by_login on staff.sign_in_attempts (login_hash, at);
      create index sign_in_attempts_by_address on staff.sign_in_attempts (address_hash, at);
      create index sign_in_attempts_by_age on staff.sign_in_attempts (at);
      grant select, insert, delete on staff.sign_in_attempts to register_api;
      grant update (failed) on staff.sign_in_attempts to register_api;

      create table staff.postings (
        id uuid primary key,
        account_id uuid not null references staff.accounts on delete cascade,
        role text not null,
        office_id uuid references territory.offices on delete restrict,
        institution_id uuid references institutions.institutions on delete restrict,
        during daterange not null,
        withdrawn_at timestamptz,
        constraint postings_role check (role in ('social_worker', 'supervisor', 'para_social_worker', 'community_worker', 'agency_worker',
          'trainer', 'finance_officer', 'finance_approver', 'policy_analyst', 'auditor', 'administrator', 'system_client')),
        constraint postings_place check (case role
          when 'para_social_worker' then institution_id is not null and office_id is null
          when 'policy_analyst' then institution_id is null and office_id is null
          when 'auditor' then institution_id is null and office_id is null
          when 'administrator' then institution_id is null and office_id is null
          when 'system_client' then institution_id is null and office_id is null
          else office_id is not null and institution_id is null end),
        constraint postings_during check (not isempty(during) and not lower_inf(during)),
        constraint postings_once exclude using gist (account_id with =, role with =, (coalesce(office_id, institution_id, '00000000-0000-0000-0000-000000000000')) with =, during with &&) where (withdrawn_at is null)
      );
      create index postings_by_account on staff.postings (account_id);
      create index postings_by_office on staff.postings (office_id, role) where office_id is not null;
      create index postings_by_institution on staff.postings (institution_id) where institution_id is not null;
      create index postings_of_administrators on staff.postings (id) where role = 'administrator' and withdrawn_at is null;
      grant select, insert on staff.postings to register_api;
      grant select on staff.postings to register_worker;
      grant update (during, withdrawn_at) on staff.postings to register_api;

      -- What somebody is certified for, and when: written by training through this room's service, trusted at once.
      create table staff.qualifications (
        account_id uuid not null references staff.accounts on delete cascade,
        kind text not null,
        during daterange not null,
        certificate_id uuid not null,
        primary key (account_id, kind, during without overlaps),
        constraint qualifications_kind check (kind ~ '^[a-z][a-z_]{2,39}$'),
        constraint qualifications_during check (not isempty(during) and not lower_inf(during))
      );
      create index qualifications_by_certificate on staff.qualifications (certificate_id);
      grant select, insert, delete on staff.qualifications to register_api, register_worker;

      -- A token's claims become an actor: live account, standing session, postings of the day with the offices below.
      create function staff.actor(p_account uuid, p_session uuid, p_day date) returns jsonb
        language sql stable
        as $$
          select coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'role', p.role, 'officeId', p.office_id, 'institutionId', p.institution_id,
              'area', case when p.office_id is null then null else coalesce(o.area_code, '') end,
              'officeIds', case when p.office_id is null then '[]'::jsonb else to_jsonb(territory.offices_below(p.office_id)) end) order by p.id)
            from staff.postings p left join territory.offices o on o.id = p.office_id
            where p.account_id = a.id and p.during @> p_day and p.withdrawn_at is null), '[]'::jsonb)
          from staff.accounts a join staff.sessions s on s.account_id = a.id
          where a.id = p_account and a.state = 'active' and s.id = p_session and s.ended_at is null
        $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop schema staff cascade; delete from platform.settings where name = 'staff.link_days'`);
  }
}
