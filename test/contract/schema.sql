extension btree_gist
extension pg_trgm

schema institutions register_api:USAGE register_reader:USAGE register_worker:USAGE

schema platform register_api:USAGE register_reader:USAGE register_worker:USAGE

schema public public:USAGE

schema staff register_api:USAGE register_worker:USAGE

schema territory register_api:USAGE register_reader:USAGE register_worker:USAGE

table institutions.institutions register_api:INSERT,SELECT register_reader:SELECT register_worker:SELECT
  id uuid not null
  kind text not null register_api:UPDATE
  name_km text not null register_api:UPDATE
  name_latin text not null register_api:UPDATE
  area_code text not null
  office_id uuid not null
  capacity integer not null register_api:UPDATE
  state text not null default 'open'::text register_api:UPDATE
  registered_on date not null
  version integer not null default 1 register_api:UPDATE
  constraint institutions_area CHECK (length(area_code) >= 4)
  constraint institutions_area_code_fkey FOREIGN KEY (area_code) REFERENCES territory.areas(code) ON DELETE RESTRICT
  constraint institutions_capacity CHECK (capacity >= 1 AND capacity <= 1000)
  constraint institutions_kind CHECK (kind = ANY (ARRAY['temporary_centre'::text, 'protection_centre'::text, 'pagoda'::text, 'boarding'::text, 'group_home'::text]))
  constraint institutions_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint institutions_pkey PRIMARY KEY (id)
  constraint institutions_state CHECK (state = ANY (ARRAY['open'::text, 'ordered'::text, 'emptied'::text, 'closed'::text]))
  index CREATE INDEX institutions_by_area ON institutions.institutions USING btree (area_code text_pattern_ops, id)

table platform.acts register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  seq bigint not null generated always as identity
  at timestamp with time zone not null default clock_timestamp()
  actor_id uuid
  system text
  posting_id uuid
  act text not null
  subject_kind text not null
  subject_id uuid not null
  about_id uuid
  on_day date
  reason text
  changed text[] not null default '{}'::text[]
  request_id text not null
  constraint acts_one_author CHECK ((actor_id IS NULL) <> (system IS NULL))
  constraint acts_pkey PRIMARY KEY (id)
  constraint acts_reason_is_a_code CHECK (reason IS NULL OR reason ~ '^[A-Za-z0-9_.:-]{1,80}$'::text)
  index CREATE INDEX acts_by_about ON platform.acts USING btree (about_id, at) WHERE (about_id IS NOT NULL)
  index CREATE INDEX acts_by_actor ON platform.acts USING btree (actor_id, at)
  index CREATE INDEX acts_by_seq ON platform.acts USING btree (seq)
  index CREATE INDEX acts_by_subject ON platform.acts USING btree (subject_id, at)
sequence platform.acts_seq_seq as bigint from 1 by 1

table platform.denials register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id bigint not null generated always as identity
  at timestamp with time zone not null default clock_timestamp()
  actor_id uuid
  act text not null
  code text not null
  request_id text not null
  constraint denials_pkey PRIMARY KEY (id)
  index CREATE INDEX denials_by_actor ON platform.denials USING btree (actor_id, at)
sequence platform.denials_id_seq as bigint from 1 by 1

table platform.outbox register_api:INSERT,SELECT register_worker:DELETE,INSERT,SELECT
  id bigint not null generated always as identity
  act_id uuid not null
  event text not null
  subject_id uuid not null
  created_at timestamp with time zone not null default clock_timestamp()
  relayed_at timestamp with time zone register_worker:UPDATE
  constraint outbox_act_id_fkey FOREIGN KEY (act_id) REFERENCES platform.acts(id) ON DELETE RESTRICT
  constraint outbox_pkey PRIMARY KEY (id)
  index CREATE INDEX outbox_relayed ON platform.outbox USING btree (relayed_at)
  index CREATE INDEX outbox_waiting ON platform.outbox USING btree (id) WHERE (relayed_at IS NULL)
sequence platform.outbox_id_seq as bigint from 1 by 1

table platform.reads register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id bigint not null generated always as identity
  at timestamp with time zone not null default clock_timestamp()
  actor_id uuid not null
  subject_kind text not null
  subject_id uuid not null
  operation text not null
  request_id text not null
  constraint reads_pkey PRIMARY KEY (id)
  index CREATE INDEX reads_by_actor ON platform.reads USING btree (actor_id, at)
  index CREATE INDEX reads_by_subject ON platform.reads USING btree (subject_id, at)
sequence platform.reads_id_seq as bigint from 1 by 1

table platform.receipts register_worker:INSERT,SELECT
  consumer text not null
  outbox_id bigint not null
  at timestamp with time zone not null default clock_timestamp()
  constraint receipts_outbox_id_fkey FOREIGN KEY (outbox_id) REFERENCES platform.outbox(id) ON DELETE CASCADE
  constraint receipts_pkey PRIMARY KEY (consumer, outbox_id)
  index CREATE INDEX receipts_by_outbox ON platform.receipts USING btree (outbox_id)

table platform.request_keys register_api:INSERT,SELECT register_worker:DELETE,SELECT
  actor_id uuid not null
  key text not null
  act text not null
  input_hash bytea not null
  result_id uuid not null
  at timestamp with time zone not null default clock_timestamp()
  constraint request_keys_pkey PRIMARY KEY (actor_id, key)
  index CREATE INDEX request_keys_by_age ON platform.request_keys USING btree (at)

table platform.settings register_api:INSERT,SELECT register_reader:SELECT register_worker:SELECT
  name text not null
  during daterange not null register_api:UPDATE
  value jsonb not null
  citation text not null
  constraint settings_begin CHECK (NOT lower_inf(during))
  constraint settings_pkey PRIMARY KEY (name, during WITHOUT OVERLAPS)

table public.applied_migrations
  id integer not null default nextval('public.applied_migrations_id_seq'::regclass)
  "timestamp" bigint not null
  name character varying not null
  constraint "PK_2b69f638458548a71845418c49f" PRIMARY KEY (id)
sequence public.applied_migrations_id_seq as integer from 1 by 1

table staff.accounts register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  login text not null
  name_km text register_api:UPDATE
  name_latin text not null register_api:UPDATE
  phone text register_api:UPDATE
  language text not null default 'km'::text register_api:UPDATE
  state text not null default 'invited'::text register_api:UPDATE
  password_hash text register_api:UPDATE
  constraint accounts_language CHECK (language = ANY (ARRAY['km'::text, 'en'::text]))
  constraint accounts_login UNIQUE (login)
  constraint accounts_login_written CHECK (login ~ '^[a-z0-9][a-z0-9._-]{2,59}$'::text)
  constraint accounts_password CHECK (state <> 'active'::text OR password_hash IS NOT NULL)
  constraint accounts_pkey PRIMARY KEY (id)
  constraint accounts_state CHECK (state = ANY (ARRAY['invited'::text, 'active'::text, 'closed'::text]))

table staff.postings register_api:INSERT,SELECT register_worker:SELECT
  id uuid not null
  account_id uuid not null
  role text not null
  office_id uuid
  institution_id uuid
  during daterange not null register_api:UPDATE
  constraint postings_account_id_fkey FOREIGN KEY (account_id) REFERENCES staff.accounts(id) ON DELETE CASCADE
  constraint postings_during CHECK (NOT isempty(during) AND NOT lower_inf(during))
  constraint postings_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES institutions.institutions(id) ON DELETE RESTRICT
  constraint postings_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint postings_once EXCLUDE USING gist (account_id WITH =, role WITH =, COALESCE(office_id, institution_id, '00000000-0000-0000-0000-000000000000'::uuid) WITH =, during WITH &&)
  constraint postings_pkey PRIMARY KEY (id)
  constraint postings_place CHECK (
CASE role
    WHEN 'para_social_worker'::text THEN institution_id IS NOT NULL AND office_id IS NULL
    WHEN 'policy_analyst'::text THEN institution_id IS NULL AND office_id IS NULL
    WHEN 'auditor'::text THEN institution_id IS NULL AND office_id IS NULL
    WHEN 'administrator'::text THEN institution_id IS NULL AND office_id IS NULL
    WHEN 'system_client'::text THEN institution_id IS NULL AND office_id IS NULL
    ELSE office_id IS NOT NULL AND institution_id IS NULL
END)
  constraint postings_role CHECK (role = ANY (ARRAY['social_worker'::text, 'supervisor'::text, 'para_social_worker'::text, 'community_worker'::text, 'agency_worker'::text, 'trainer'::text, 'finance_officer'::text, 'finance_approver'::text, 'policy_analyst'::text, 'auditor'::text, 'administrator'::text, 'system_client'::text]))
  index CREATE INDEX postings_by_account ON staff.postings USING btree (account_id)

table staff.sessions register_api:INSERT,SELECT
  id uuid not null
  account_id uuid not null
  began_at timestamp with time zone not null default clock_timestamp()
  used_at timestamp with time zone not null default clock_timestamp() register_api:UPDATE
  ended_at timestamp with time zone register_api:UPDATE
  ended_why text register_api:UPDATE
  client text not null default ''::text
  constraint sessions_account_id_fkey FOREIGN KEY (account_id) REFERENCES staff.accounts(id) ON DELETE CASCADE
  constraint sessions_end CHECK ((ended_at IS NULL) = (ended_why IS NULL))
  constraint sessions_pkey PRIMARY KEY (id)
  constraint sessions_why CHECK (ended_why = ANY (ARRAY['signed_out'::text, 'revoked'::text, 'reuse'::text, 'password'::text, 'closed'::text, 'expired'::text]))
  index CREATE INDEX sessions_by_account ON staff.sessions USING btree (account_id, began_at)

table territory.areas register_api:SELECT register_reader:SELECT register_worker:SELECT
  code text not null
  parent_code text
  level text not null
  type_en text not null
  name_km text not null
  name_latin text not null
  lat double precision
  lng double precision
  valid_from date not null default '1900-01-01'::date
  valid_to date
  constraint areas_centroid CHECK ((lat IS NULL) = (lng IS NULL) AND lat >= 9::double precision AND lat <= 15.5::double precision AND lng >= 102::double precision AND lng <= 108.5::double precision)
  constraint areas_code CHECK (code ~ '^[0-9]{2}([0-9]{2}){0,3}$'::text)
  constraint areas_level CHECK (level = (ARRAY['province'::text, 'district'::text, 'commune'::text, 'village'::text])[length(code) / 2])
  constraint areas_parent CHECK (NOT parent_code IS DISTINCT FROM NULLIF("left"(code, length(code) - 2), ''::text))
  constraint areas_parent_code_fkey FOREIGN KEY (parent_code) REFERENCES territory.areas(code) ON DELETE RESTRICT
  constraint areas_pkey PRIMARY KEY (code)
  constraint areas_validity CHECK (valid_to > valid_from)
  index CREATE INDEX areas_by_parent ON territory.areas USING btree (parent_code, code)

table territory.holidays register_api:INSERT,SELECT register_worker:SELECT
  day date not null
  name_km text not null
  name_en text not null
  citation text not null
  constraint holidays_pkey PRIMARY KEY (day)

table territory.offices register_api:INSERT,SELECT register_reader:SELECT register_worker:SELECT
  id uuid not null
  kind text not null
  area_code text
  name_km text not null
  name_latin text not null
  constraint offices_area CHECK (
CASE kind
    WHEN 'ministry'::text THEN area_code IS NULL
    WHEN 'province'::text THEN length(area_code) = 2
    ELSE length(area_code) = 4
END)
  constraint offices_area_code_fkey FOREIGN KEY (area_code) REFERENCES territory.areas(code) ON DELETE RESTRICT
  constraint offices_kind CHECK (kind = ANY (ARRAY['ministry'::text, 'province'::text, 'district'::text]))
  constraint offices_pkey PRIMARY KEY (id)
  index CREATE UNIQUE INDEX offices_one_per_area ON territory.offices USING btree (COALESCE(area_code, ''::text))

function platform.age_on(birth date, on_day date) public:EXECUTE
CREATE OR REPLACE FUNCTION platform.age_on(birth date, on_day date)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select extract(year from age(on_day, birth))::int $function$

function platform.enter(p_actor text, p_act text, p_names text[], p_values text[], p_key text, p_hash bytea) public:EXECUTE
CREATE OR REPLACE FUNCTION platform.enter(p_actor text, p_act text, p_names text[], p_values text[], p_key text, p_hash bytea)
 RETURNS TABLE(result_id uuid, same_input boolean)
 LANGUAGE plpgsql
AS $function$
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
        end $function$

function platform.ids(p_setting text) public:EXECUTE
CREATE OR REPLACE FUNCTION platform.ids(p_setting text)
 RETURNS uuid[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(string_to_array(nullif(current_setting(p_setting, true), ''), ','), '{}')::uuid[] $function$

function platform.setting(p_name text, p_day date) public:EXECUTE
CREATE OR REPLACE FUNCTION platform.setting(p_name text, p_day date)
 RETURNS jsonb
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select value from platform.settings where name = p_name and during @> p_day $function$

function staff.actor(p_account uuid, p_session uuid, p_day date) public:EXECUTE
CREATE OR REPLACE FUNCTION staff.actor(p_account uuid, p_session uuid, p_day date)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
AS $function$
          select coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'role', p.role, 'officeId', p.office_id, 'institutionId', p.institution_id,
              'area', case when p.office_id is null then null else coalesce(o.area_code, '') end,
              'officeIds', case when p.office_id is null then '[]'::jsonb else to_jsonb(territory.offices_below(p.office_id)) end) order by p.id)
            from staff.postings p left join territory.offices o on o.id = p.office_id
            where p.account_id = a.id and p.during @> p_day), '[]'::jsonb)
          from staff.accounts a join staff.sessions s on s.account_id = a.id
          where a.id = p_account and a.state = 'active' and s.id = p_session and s.ended_at is null
        $function$

function territory.office_for(p_code text) public:EXECUTE
CREATE OR REPLACE FUNCTION territory.office_for(p_code text)
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select id from territory.offices where p_code like coalesce(area_code, '') || '%' order by length(coalesce(area_code, '')) desc limit 1 $function$

function territory.offices_below(p_office uuid) public:EXECUTE
CREATE OR REPLACE FUNCTION territory.offices_below(p_office uuid)
 RETURNS uuid[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select array_agg(below.id order by below.id) from territory.offices own join territory.offices below
              on coalesce(below.area_code, '') like coalesce(own.area_code, '') || '%' where own.id = p_office $function$
