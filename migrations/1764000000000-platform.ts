import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Acts, request keys, outbox, receipts, read-audit, denials, settings and the door to a transaction. */
export class Platform1764000000000 implements MigrationInterface {
  name = 'Platform1764000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create extension if not exists btree_gist;
      create extension if not exists pg_trgm;
      create schema platform;
      grant usage on schema platform to register_api, register_worker, register_reader;

      -- One act of the trade that was done: event and audit at once. Ids, codes and dates only, never names or text.
      create table platform.acts (
        id uuid primary key,
        seq bigint generated always as identity,
        at timestamptz not null default clock_timestamp(),
        actor_id uuid,
        system text,
        posting_id uuid,
        act text not null,
        subject_kind text not null,
        subject_id uuid not null,
        about_id uuid,
        on_day date,
        reason text,
        changed text[] not null default '{}',
        request_id text not null,
        constraint acts_one_author check ((actor_id is null) <> (system is null)),
        constraint acts_reason_is_a_code check (reason is null or reason ~ '^[A-Za-z0-9_.:-]{1,80}$')
      );
      create index acts_by_subject on platform.acts (subject_id, at);
      create index acts_by_about on platform.acts (about_id, at) where about_id is not null;
      create index acts_by_actor on platform.acts (actor_id, at);
      create index acts_by_seq on platform.acts (seq);
      grant select, insert on platform.acts to register_api, register_worker;

      -- An Ok of a mutation, for 90 days: the same key gives the same result again.
      create table platform.request_keys (
        actor_id uuid not null,
        key text not null,
        act text not null,
        input_hash bytea not null,
        result_id uuid not null,
        at timestamptz not null default clock_timestamp(),
        primary key (actor_id, key)
      );
      create index request_keys_by_age on platform.request_keys (at);
      grant select, insert on platform.request_keys to register_api;
      grant select, delete on platform.request_keys to register_worker;

      -- What later rooms must look at again, and jobs to be done. Written with the act, carried to the queue by the relay;
      -- settled when every consumer has its receipt. A job's payload is ids and nothing else.
      create table platform.outbox (
        id bigint generated always as identity primary key,
        act_id uuid references platform.acts on delete restrict,
        event text not null,
        subject_id uuid not null,
        payload jsonb,
        created_at timestamptz not null default clock_timestamp(),
        relayed_at timestamptz,
        settled_at timestamptz,
        constraint outbox_event_or_job check (case when event like 'job.%' then payload is not null else act_id is not null and payload is null end),
        constraint outbox_payload_is_ids check (jsonb_typeof(payload) = 'object'
          and not jsonb_path_exists(payload, '$.* ? (@.type() != "string" || !(@ like_regex "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"))')),
        constraint outbox_settled_after_relay check (settled_at is null or relayed_at is not null)
      );
      create index outbox_waiting on platform.outbox (id) where relayed_at is null;
      create index outbox_unsettled on platform.outbox (id) where relayed_at is not null and settled_at is null;
      create index outbox_settled on platform.outbox (settled_at) where settled_at is not null;
      grant select, insert on platform.outbox to register_api;
      grant select, insert, delete on platform.outbox to register_worker;
      grant update (relayed_at, settled_at) on platform.outbox to register_worker;

      -- A consumer's receipt for an event, written first in its transaction: the second time is boring.
      create table platform.receipts (
        consumer text not null,
        outbox_id bigint not null references platform.outbox on delete cascade,
        at timestamptz not null default clock_timestamp(),
        primary key (consumer, outbox_id)
      );
      create index receipts_by_outbox on platform.receipts (outbox_id);
      grant select, insert on platform.receipts to register_worker;

      -- Who opened whose file.
      create table platform.reads (
        id bigint generated always as identity primary key,
        at timestamptz not null default clock_timestamp(),
        actor_id uuid not null,
        subject_kind text not null,
        subject_id uuid not null,
        operation text not null,
        request_id text not null
      );
      create index reads_by_subject on platform.reads (subject_id, at);
      create index reads_by_actor on platform.reads (actor_id, at);
      grant select, insert on platform.reads to register_api, register_worker;

      -- What was asked and not allowed, written after the rollback.
      create table platform.denials (
        id bigint generated always as identity primary key,
        at timestamptz not null default clock_timestamp(),
        actor_id uuid,
        act text not null,
        code text not null,
        request_id text not null
      );
      create index denials_by_actor on platform.denials (actor_id, at);
      grant select, insert on platform.denials to register_api, register_worker;

      -- Numbers and conditions that an order fixes, read as of the day they apply to.
      create table platform.settings (
        id uuid not null default uuidv7() unique,
        name text not null,
        during daterange not null,
        value jsonb not null,
        citation text not null,
        primary key (name, during without overlaps),
        constraint settings_begin check (not lower_inf(during))
      );
      grant select on platform.settings to register_api, register_worker, register_reader;
      grant insert on platform.settings to register_api;
      grant update (during) on platform.settings to register_api;

      create function platform.setting(p_name text, p_day date) returns jsonb
        language sql stable parallel safe
        as $$ select value from platform.settings where name = p_name and during @> p_day $$;

      -- The ids that row security compares with. An unset or empty setting is no id at all.
      create function platform.ids(p_setting text) returns uuid[]
        language sql stable parallel safe
        as $$ select coalesce(string_to_array(nullif(current_setting(p_setting, true), ''), ','), '{}')::uuid[] $$;

      -- The door: says who acts and what rows they may see, for this transaction only, and looks up the request key.
      create function platform.enter(p_actor text, p_act text, p_names text[], p_values text[], p_key text, p_hash bytea)
        returns table (result_id uuid, same_input boolean)
        language plpgsql volatile
        as $$
        begin
          perform set_config('app.actor', p_actor, true), set_config('app.act', p_act, true);
          for i in 1 .. coalesce(array_length(p_names, 1), 0) loop
            perform set_config('app.' || p_names[i], p_values[i], true);
          end loop;
          if p_key is not null then
            perform pg_advisory_xact_lock(hashtextextended(p_actor || ':' || p_key, 0));
            return query select k.result_id, k.input_hash = p_hash and k.act = p_act from platform.request_keys k
              where k.actor_id = p_actor::uuid and k.key = p_key;
          end if;
        end $$;

      -- Whole years on a day, as age() counts them; a birth on 29 February turns a year older on 1 March in common years.
      create function platform.age_on(birth date, on_day date) returns int
        language sql immutable strict parallel safe
        return greatest(0, extract(year from age(on_day::timestamp, birth::timestamp))::int);

      create function platform.day_turning(birth date, years int) returns date
        language sql immutable strict parallel safe
        return (birth + make_interval(years => years))::date
          + case when extract(day from birth) = 29 and extract(month from birth) = 2
                  and extract(day from birth + make_interval(years => years)) = 28 then 1 else 0 end;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop schema platform cascade`);
  }
}
