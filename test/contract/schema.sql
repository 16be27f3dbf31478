extension btree_gist
extension pg_trgm

schema carers register_api:USAGE register_worker:USAGE

schema casework register_api:USAGE register_worker:USAGE

schema children register_api:USAGE register_worker:USAGE

schema documents register_api:USAGE register_worker:USAGE

schema institutions register_api:USAGE register_reader:USAGE register_worker:USAGE

schema matching register_api:USAGE register_worker:USAGE

schema placements register_api:USAGE register_worker:USAGE

schema platform register_api:USAGE register_reader:USAGE register_worker:USAGE

schema public public:USAGE

schema recruitment register_api:USAGE register_worker:USAGE

schema staff register_api:USAGE register_worker:USAGE

schema statistics register_api:USAGE register_reader:USAGE register_worker:USAGE

schema support register_api:USAGE register_worker:USAGE

schema territory register_api:USAGE register_reader:USAGE register_worker:USAGE

schema training register_api:USAGE register_worker:USAGE

schema worklist register_api:USAGE register_worker:USAGE

table carers.adults row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  family_id uuid not null
  office_id uuid not null register_api:UPDATE register_worker:UPDATE
  name_km text register_api:UPDATE register_worker:UPDATE
  name_latin text register_api:UPDATE register_worker:UPDATE
  sex text not null
  birth_date date not null
  birth_precision text not null
  carer boolean not null register_api:UPDATE register_worker:UPDATE
  account_id uuid register_api:UPDATE
  during daterange not null register_api:UPDATE register_worker:UPDATE
  check_due_on date register_api:UPDATE register_worker:UPDATE
  constraint adults_account_id_fkey FOREIGN KEY (account_id) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint adults_check_due CHECK (check_due_on >= lower(during))
  constraint adults_during CHECK (NOT isempty(during) AND NOT lower_inf(during) AND lower(during) >= birth_date)
  constraint adults_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint adults_named CHECK (name_km IS NOT NULL OR name_latin IS NOT NULL)
  constraint adults_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint adults_pkey PRIMARY KEY (id)
  constraint adults_precision CHECK (birth_precision = ANY (ARRAY['day'::text, 'month'::text, 'year'::text, 'estimated'::text]))
  constraint adults_sex CHECK (sex = ANY (ARRAY['female'::text, 'male'::text]))
  index CREATE INDEX adults_by_family ON carers.adults USING btree (family_id)
  policy adults_of_the_office permissive for all to register_api using (office_id = ANY ((( SELECT platform.ids('app.family_offices'::text) AS ids))::uuid[])) with check (office_id = ANY (platform.ids('app.family_offices'::text)))
  policy adults_of_the_worker permissive for all to register_worker using (true) with check (true)

table carers.approval_terms register_api:DELETE,INSERT,SELECT register_worker:DELETE,INSERT,SELECT
  id uuid not null
  family_id uuid not null
  during daterange not null register_api:UPDATE register_worker:UPDATE
  source_id uuid not null
  places integer not null
  youngest integer not null
  oldest integer not null
  sexes text[] not null
  needs text[] not null default '{}'::text[]
  care_kinds text[] not null
  constraint approval_terms_ages CHECK (0 <= youngest AND youngest <= oldest AND oldest <= 20)
  constraint approval_terms_care_kinds CHECK (care_kinds <@ ARRAY['foster'::text, 'kinship'::text, 'family_house'::text, 'emergency'::text, 'respite'::text] AND cardinality(care_kinds) > 0)
  constraint approval_terms_during CHECK (NOT isempty(during) AND NOT lower_inf(during))
  constraint approval_terms_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint approval_terms_id_key UNIQUE (id)
  constraint approval_terms_pkey PRIMARY KEY (family_id, during WITHOUT OVERLAPS)
  constraint approval_terms_places CHECK (places >= 1 AND places <= 12)
  constraint approval_terms_sexes CHECK (sexes <@ ARRAY['female'::text, 'male'::text] AND cardinality(sexes) > 0)
  index CREATE INDEX approval_terms_by_end ON carers.approval_terms USING btree (family_id, COALESCE(upper(during), 'infinity'::date))

table carers.complaints row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  family_id uuid not null
  received_on date not null
  recorded_by uuid not null
  topic text not null
  words text register_worker:UPDATE
  decision_id uuid
  about_accounts uuid[] not null
  level text not null register_worker:UPDATE
  office_id uuid not null register_worker:UPDATE
  due_on date not null register_worker:UPDATE
  appeal_of uuid
  escalated_on date register_worker:UPDATE
  answered_on date register_api:UPDATE
  answered_by uuid register_api:UPDATE
  outcome text register_api:UPDATE
  answer text register_api:UPDATE register_worker:UPDATE
  words_sealed bytea register_worker:UPDATE
  answer_sealed bytea register_api:UPDATE register_worker:UPDATE
  constraint complaints_answer_once CHECK (answer IS NULL OR answer_sealed IS NULL)
  constraint complaints_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint complaints_answered_whole CHECK ((answered_on IS NULL) = (answered_by IS NULL) AND (answered_on IS NULL) = (outcome IS NULL) AND (answered_on IS NULL) = (answer IS NULL AND answer_sealed IS NULL))
  constraint complaints_appeal_of_fkey FOREIGN KEY (appeal_of) REFERENCES carers.complaints(id) ON DELETE RESTRICT
  constraint complaints_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint complaints_level CHECK (level = ANY (ARRAY['province'::text, 'ministry'::text]))
  constraint complaints_not_answered_by_whom_it_is_about CHECK (answered_by <> ALL (about_accounts))
  constraint complaints_not_taken_down_by_whom_it_is_about CHECK (recorded_by <> ALL (about_accounts))
  constraint complaints_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint complaints_one_appeal UNIQUE (appeal_of)
  constraint complaints_outcome CHECK (outcome = ANY (ARRAY['upheld'::text, 'partly_upheld'::text, 'not_upheld'::text]))
  constraint complaints_pkey PRIMARY KEY (id)
  constraint complaints_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint complaints_topic CHECK (topic = ANY (ARRAY['decision'::text, 'worker'::text, 'money'::text, 'support'::text, 'placement'::text, 'other'::text]))
  constraint complaints_words_once CHECK ((words IS NULL) <> (words_sealed IS NULL))
  index CREATE INDEX complaints_by_family ON carers.complaints USING btree (family_id, id)
  index CREATE INDEX complaints_unsealed ON carers.complaints USING btree (id) WHERE ((words IS NOT NULL) OR (answer IS NOT NULL))
  index CREATE INDEX complaints_waiting ON carers.complaints USING btree (due_on) WHERE (answered_on IS NULL)
  policy complaints_of_the_desk permissive for all to register_api using ((worklist.me() <> ALL (about_accounts)) AND (recorded_by = worklist.me() OR (('supervisor@'::text || office_id) = ANY ((( SELECT worklist.my_posts() AS my_posts))::text[])))) with check (worklist.me() <> ALL (about_accounts))
  policy complaints_of_the_worker permissive for all to register_worker using (true) with check (true)

table carers.concerns row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  family_id uuid not null
  kind text not null
  on_day date not null
  suspension_id uuid
  constraint concerns_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint concerns_kind CHECK (kind = ANY (ARRAY['allegation'::text, 'worry'::text]))
  constraint concerns_pkey PRIMARY KEY (id)
  constraint concerns_suspension_id_fkey FOREIGN KEY (suspension_id) REFERENCES carers.suspensions(id) ON DELETE RESTRICT
  constraint concerns_worry CHECK (kind = 'allegation'::text OR suspension_id IS NULL)
  index CREATE INDEX concerns_by_family ON carers.concerns USING btree (family_id)
  policy concerns_of_the_office permissive for all to register_api using ((EXISTS ( SELECT
   FROM carers.families f
  WHERE f.id = concerns.family_id))) with check ((EXISTS ( SELECT
   FROM carers.families f
  WHERE f.id = concerns.family_id)))
  policy concerns_of_the_worker permissive for all to register_worker using (true) with check (true)

table carers.exemptions row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  family_id uuid not null
  during daterange not null
  reason text not null
  citation text not null
  granted_on date not null
  granted_by uuid
  ended_on date register_api:UPDATE register_worker:UPDATE
  constraint exemptions_during CHECK (NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during))
  constraint exemptions_ended CHECK (ended_on >= lower(during) AND ended_on < upper(during))
  constraint exemptions_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint exemptions_granted_by_fkey FOREIGN KEY (granted_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint exemptions_pkey PRIMARY KEY (id)
  constraint exemptions_reason CHECK (reason = ANY (ARRAY['siblings'::text, 'known_to_family'::text, 'emergency'::text, 'other'::text]))
  index CREATE INDEX exemptions_by_family ON carers.exemptions USING btree (family_id)
  policy exemptions_of_the_office permissive for all to register_api using ((EXISTS ( SELECT
   FROM carers.families f
  WHERE f.id = exemptions.family_id))) with check ((EXISTS ( SELECT
   FROM carers.families f
  WHERE f.id = exemptions.family_id)))
  policy exemptions_of_the_worker permissive for all to register_worker using (true) with check (true)

table carers.exit_interviews row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  family_id uuid not null
  held_on date not null
  held_by uuid not null
  reasons text[] not null
  words text
  would_return boolean
  constraint exit_interviews_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint exit_interviews_held_by_fkey FOREIGN KEY (held_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint exit_interviews_once UNIQUE (family_id)
  constraint exit_interviews_pkey PRIMARY KEY (id)
  constraint exit_interviews_reasons CHECK (cardinality(reasons) >= 1 AND cardinality(reasons) <= 12 AND reasons <@ ARRAY['money'::text, 'too_little_support'::text, 'behaviour_of_a_child'::text, 'own_health'::text, 'own_family'::text, 'moved'::text, 'work'::text, 'age'::text, 'allegation'::text, 'way_they_were_treated'::text, 'wish_fulfilled'::text, 'did_not_want_to_say'::text])
  policy exit_interviews_of_the_actor permissive for all to register_api using ((EXISTS ( SELECT
   FROM carers.families f
  WHERE f.id = exit_interviews.family_id))) with check ((EXISTS ( SELECT
   FROM carers.families f
  WHERE f.id = exit_interviews.family_id)))
  policy exit_interviews_of_the_worker permissive for all to register_worker using (true) with check (true)

table carers.families row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  number integer not null default nextval('carers.family_numbers'::regclass)
  kind text not null
  name_km text register_api:UPDATE register_worker:UPDATE
  name_latin text register_api:UPDATE register_worker:UPDATE
  phone text register_api:UPDATE register_worker:UPDATE
  area_code text not null register_api:UPDATE register_worker:UPDATE
  office_id uuid not null register_api:UPDATE register_worker:UPDATE
  languages text[] not null default '{}'::text[] register_api:UPDATE register_worker:UPDATE
  religion text register_api:UPDATE register_worker:UPDATE
  own_children integer not null default 0 register_api:UPDATE register_worker:UPDATE
  experience text[] not null default '{}'::text[] register_api:UPDATE register_worker:UPDATE
  school_area_code text register_api:UPDATE register_worker:UPDATE
  opened_on date not null
  closed_on date register_api:UPDATE register_worker:UPDATE
  closed_why text register_api:UPDATE register_worker:UPDATE
  version integer not null default 1 register_api:UPDATE register_worker:UPDATE
  sleeping_places integer register_api:UPDATE register_worker:UPDATE
  constraint families_area CHECK (length(area_code) >= 6)
  constraint families_area_code_fkey FOREIGN KEY (area_code) REFERENCES territory.areas(code) ON DELETE RESTRICT
  constraint families_closed CHECK ((closed_on IS NULL) = (closed_why IS NULL) AND closed_on >= opened_on)
  constraint families_kind CHECK (kind = ANY (ARRAY['foster'::text, 'kinship'::text, 'family_house'::text]))
  constraint families_named CHECK (name_km IS NOT NULL OR name_latin IS NOT NULL)
  constraint families_number UNIQUE (number)
  constraint families_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint families_own_children CHECK (own_children >= 0 AND own_children <= 20)
  constraint families_pkey PRIMARY KEY (id)
  constraint families_school_area_code_fkey FOREIGN KEY (school_area_code) REFERENCES territory.areas(code) ON DELETE RESTRICT
  constraint families_sleeping_places CHECK (sleeping_places >= 0 AND sleeping_places <= 40)
  index CREATE INDEX families_by_office ON carers.families USING btree (office_id, id)
  index CREATE INDEX families_by_phone ON carers.families USING btree (phone) WHERE (phone IS NOT NULL)
  index CREATE INDEX families_in_area ON carers.families USING btree (area_code text_pattern_ops, id) INCLUDE (office_id, closed_on)
  policy families_of_the_office permissive for all to register_api using (office_id = ANY ((( SELECT platform.ids('app.family_offices'::text) AS ids))::uuid[])) with check (office_id = ANY (platform.ids('app.family_offices'::text)))
  policy families_of_the_worker permissive for all to register_worker using (true) with check (true)
  CREATE TRIGGER families_first_addresses AFTER INSERT ON carers.families REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION carers.first_addresses()

table carers.family_addresses row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id bigint not null generated always as identity
  family_id uuid not null
  area_code text not null
  from_on date not null
  recorded_on date not null
  constraint family_addresses_area CHECK (length(area_code) >= 6)
  constraint family_addresses_area_code_fkey FOREIGN KEY (area_code) REFERENCES territory.areas(code) ON DELETE RESTRICT
  constraint family_addresses_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint family_addresses_pkey PRIMARY KEY (id)
  index CREATE INDEX family_addresses_by_area ON carers.family_addresses USING btree (area_code)
  index CREATE INDEX family_addresses_by_family ON carers.family_addresses USING btree (family_id, from_on DESC, id DESC)
  policy family_addresses_of_the_office permissive for all to register_api using ((EXISTS ( SELECT
   FROM carers.families f
  WHERE f.id = family_addresses.family_id))) with check ((EXISTS ( SELECT
   FROM carers.families f
  WHERE f.id = family_addresses.family_id)))
  policy family_addresses_of_the_worker permissive for all to register_worker using (true) with check (true)
sequence carers.family_addresses_id_seq as bigint from 1 by 1

table carers.family_keys row security register_api:DELETE,INSERT,SELECT register_worker:DELETE,INSERT,SELECT
  family_id uuid not null
  key text not null
  constraint family_keys_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint family_keys_pkey PRIMARY KEY (key, family_id)
  index CREATE INDEX family_keys_by_family ON carers.family_keys USING btree (family_id)
  policy family_keys_of_the_office permissive for all to register_api using ((EXISTS ( SELECT
   FROM carers.families f
  WHERE f.id = family_keys.family_id))) with check ((EXISTS ( SELECT
   FROM carers.families f
  WHERE f.id = family_keys.family_id)))
  policy family_keys_of_the_worker permissive for all to register_worker using (true) with check (true)

table carers.family_moves row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  family_id uuid not null
  on_day date not null
  from_office uuid not null
  to_office uuid not null
  suspended boolean not null
  constraint family_moves_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint family_moves_from_office_fkey FOREIGN KEY (from_office) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint family_moves_pkey PRIMARY KEY (id)
  constraint family_moves_to_office_fkey FOREIGN KEY (to_office) REFERENCES territory.offices(id) ON DELETE RESTRICT
  index CREATE INDEX family_moves_by_family ON carers.family_moves USING btree (family_id, on_day)
  index CREATE INDEX family_moves_by_office ON carers.family_moves USING btree (from_office)
  index CREATE INDEX family_moves_to_office ON carers.family_moves USING btree (to_office)
  policy family_moves_of_the_worker permissive for all to register_worker using (true) with check (true)
  policy family_moves_seen_by_both permissive for select to register_api using ((from_office = ANY ((( SELECT platform.ids('app.family_offices'::text) AS ids))::uuid[])) OR (to_office = ANY ((( SELECT platform.ids('app.family_offices'::text) AS ids))::uuid[])))
  policy family_moves_told_by_the_old permissive for insert to register_api with check (from_office = ANY ((( SELECT platform.ids('app.family_offices'::text) AS ids))::uuid[]))
sequence carers.family_numbers as bigint from 1 by 1 register_api:USAGE register_worker:USAGE

table carers.family_places register_api:DELETE,INSERT,SELECT,UPDATE register_worker:DELETE,INSERT,SELECT,UPDATE
  family_id uuid not null
  slot integer not null
  during daterange not null
  basis text not null
  source_id uuid not null
  constraint family_places_basis CHECK (basis = ANY (ARRAY['terms'::text, 'exemption'::text, 'breach'::text]))
  constraint family_places_during CHECK (NOT isempty(during) AND NOT lower_inf(during))
  constraint family_places_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint family_places_pkey PRIMARY KEY (family_id, slot, during WITHOUT OVERLAPS)
  constraint family_places_slot CHECK (slot >= 1 AND slot <= 40)
  index CREATE INDEX family_places_by_end ON carers.family_places USING btree (family_id, COALESCE(upper(during), 'infinity'::date))

table carers.family_ties row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  family_id uuid not null
  account_id uuid not null
  relation text not null
  declared_on date not null
  ended_on date register_api:UPDATE
  constraint family_ties_account_id_fkey FOREIGN KEY (account_id) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint family_ties_ended CHECK (ended_on >= declared_on)
  constraint family_ties_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint family_ties_pkey PRIMARY KEY (id)
  constraint family_ties_relation CHECK (relation = ANY (ARRAY['parent'::text, 'child'::text, 'sibling'::text, 'spouse'::text, 'grandparent'::text, 'aunt_or_uncle'::text, 'cousin'::text, 'in_law'::text, 'godparent'::text, 'other'::text]))
  index CREATE UNIQUE INDEX family_ties_once ON carers.family_ties USING btree (family_id, account_id) WHERE (ended_on IS NULL)
  policy family_ties_of_the_office permissive for all to register_api using ((EXISTS ( SELECT
   FROM carers.families f
  WHERE f.id = family_ties.family_id))) with check ((EXISTS ( SELECT
   FROM carers.families f
  WHERE f.id = family_ties.family_id)))
  policy family_ties_of_the_worker permissive for all to register_worker using (true) with check (true)

table carers.group_attendance row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  meeting_id uuid not null
  adult_id uuid not null
  constraint group_attendance_adult_id_fkey FOREIGN KEY (adult_id) REFERENCES carers.adults(id) ON DELETE RESTRICT
  constraint group_attendance_meeting_id_fkey FOREIGN KEY (meeting_id) REFERENCES carers.group_meetings(id) ON DELETE RESTRICT
  constraint group_attendance_pkey PRIMARY KEY (meeting_id, adult_id)
  index CREATE INDEX group_attendance_by_adult ON carers.group_attendance USING btree (adult_id)
  policy group_attendance_of_the_actor permissive for all to register_api using ((EXISTS ( SELECT
   FROM carers.group_meetings m
  WHERE m.id = group_attendance.meeting_id))) with check ((EXISTS ( SELECT
   FROM carers.group_meetings m
  WHERE m.id = group_attendance.meeting_id)))
  policy group_attendance_of_the_worker permissive for all to register_worker using (true) with check (true)

table carers.group_meetings row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  group_id uuid not null
  met_on date not null
  topics text[] not null
  recorded_by uuid not null
  constraint group_meetings_group_id_fkey FOREIGN KEY (group_id) REFERENCES carers.groups(id) ON DELETE RESTRICT
  constraint group_meetings_once UNIQUE (group_id, met_on)
  constraint group_meetings_pkey PRIMARY KEY (id)
  constraint group_meetings_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint group_meetings_topics CHECK (cardinality(topics) >= 1 AND cardinality(topics) <= 9 AND topics <@ ARRAY['behaviour'::text, 'school'::text, 'health'::text, 'money'::text, 'contact_with_parents'::text, 'own_children'::text, 'rest'::text, 'rights'::text, 'other'::text])
  policy group_meetings_of_the_actor permissive for all to register_api using ((EXISTS ( SELECT
   FROM carers.groups g
  WHERE g.id = group_meetings.group_id))) with check ((EXISTS ( SELECT
   FROM carers.groups g
  WHERE g.id = group_meetings.group_id)))
  policy group_meetings_of_the_worker permissive for all to register_worker using (true) with check (true)

table carers.group_members row security register_api:DELETE,INSERT,SELECT register_worker:INSERT,SELECT
  group_id uuid not null
  adult_id uuid not null
  during daterange not null register_api:UPDATE
  constraint group_members_adult_id_fkey FOREIGN KEY (adult_id) REFERENCES carers.adults(id) ON DELETE RESTRICT
  constraint group_members_during CHECK (NOT isempty(during) AND NOT lower_inf(during))
  constraint group_members_group_id_fkey FOREIGN KEY (group_id) REFERENCES carers.groups(id) ON DELETE RESTRICT
  constraint group_members_pkey PRIMARY KEY (group_id, adult_id, during WITHOUT OVERLAPS)
  index CREATE INDEX group_members_by_adult ON carers.group_members USING btree (adult_id)
  policy group_members_of_the_actor permissive for all to register_api using ((EXISTS ( SELECT
   FROM carers.groups g
  WHERE g.id = group_members.group_id))) with check ((EXISTS ( SELECT
   FROM carers.groups g
  WHERE g.id = group_members.group_id)))
  policy group_members_of_the_worker permissive for all to register_worker using (true) with check (true)

table carers.groups row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  name_km text not null
  name_latin text not null
  area_code text not null
  office_id uuid not null
  leader_id uuid register_api:UPDATE
  founded_on date not null
  constraint groups_area CHECK (length(area_code) >= 6)
  constraint groups_area_code_fkey FOREIGN KEY (area_code) REFERENCES territory.areas(code) ON DELETE RESTRICT
  constraint groups_leader_id_fkey FOREIGN KEY (leader_id) REFERENCES carers.adults(id) ON DELETE RESTRICT
  constraint groups_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint groups_once UNIQUE (area_code, name_latin)
  constraint groups_pkey PRIMARY KEY (id)
  index CREATE INDEX groups_by_area ON carers.groups USING btree (area_code text_pattern_ops, id)
  policy groups_of_the_actor permissive for all to register_api using (office_id = ANY ((( SELECT platform.ids('app.family_offices'::text) AS ids))::uuid[])) with check (office_id = ANY ((( SELECT platform.ids('app.family_offices'::text) AS ids))::uuid[]))
  policy groups_of_the_worker permissive for all to register_worker using (true) with check (true)

table carers.own_children row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  family_id uuid not null
  name_km text
  name_latin text
  sex text not null
  birth_date date not null
  birth_precision text not null
  during daterange not null register_api:UPDATE register_worker:UPDATE
  adult_id uuid register_api:UPDATE register_worker:UPDATE
  constraint own_children_adult_id_fkey FOREIGN KEY (adult_id) REFERENCES carers.adults(id) ON DELETE RESTRICT
  constraint own_children_during CHECK (NOT isempty(during) AND NOT lower_inf(during) AND lower(during) >= birth_date)
  constraint own_children_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint own_children_named CHECK (name_km IS NOT NULL OR name_latin IS NOT NULL)
  constraint own_children_pkey PRIMARY KEY (id)
  constraint own_children_precision CHECK (birth_precision = ANY (ARRAY['day'::text, 'month'::text, 'year'::text, 'estimated'::text]))
  constraint own_children_sex CHECK (sex = ANY (ARRAY['female'::text, 'male'::text]))
  index CREATE INDEX own_children_by_family ON carers.own_children USING btree (family_id)
  index CREATE INDEX own_children_growing_up ON carers.own_children USING btree (birth_date) WHERE (adult_id IS NULL)
  policy own_children_of_the_office permissive for all to register_api using ((EXISTS ( SELECT
   FROM carers.families f
  WHERE f.id = own_children.family_id))) with check ((EXISTS ( SELECT
   FROM carers.families f
  WHERE f.id = own_children.family_id)))
  policy own_children_of_the_worker permissive for all to register_worker using (true) with check (true)

table carers.place_occupancies register_api:DELETE,INSERT,SELECT,UPDATE register_worker:DELETE,INSERT,SELECT,UPDATE
  family_id uuid not null
  slot integer not null
  during daterange not null
  kind text not null
  occupant_id uuid not null
  expires_at timestamp with time zone
  constraint place_occupancies_during CHECK (NOT isempty(during) AND NOT lower_inf(during))
  constraint place_occupancies_expiry CHECK ((kind = 'hold'::text) = (expires_at IS NOT NULL))
  constraint place_occupancies_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint place_occupancies_kind CHECK (kind = ANY (ARRAY['hold'::text, 'placement'::text, 'kept'::text]))
  constraint place_occupancies_one_place_a_day UNIQUE (occupant_id, during WITHOUT OVERLAPS)
  constraint place_occupancies_pkey PRIMARY KEY (family_id, slot, during WITHOUT OVERLAPS)
  constraint place_occupancies_within_places FOREIGN KEY (family_id, slot, PERIOD during) REFERENCES carers.family_places(family_id, slot, PERIOD during) DEFERRABLE
  index CREATE INDEX place_occupancies_by_end ON carers.place_occupancies USING btree (family_id, COALESCE(upper(during), 'infinity'::date))
  index CREATE INDEX place_occupancies_lapsing ON carers.place_occupancies USING btree (expires_at) WHERE (kind = 'hold'::text)

table carers.respites row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  family_id uuid not null
  during daterange not null
  over_reason text
  recorded_by uuid not null
  cancelled_on date register_api:UPDATE register_worker:UPDATE
  constraint respites_during CHECK (NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during))
  constraint respites_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint respites_once EXCLUDE USING gist (family_id WITH =, during WITH &&) WHERE (cancelled_on IS NULL)
  constraint respites_pkey PRIMARY KEY (id)
  constraint respites_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  index CREATE INDEX respites_by_family ON carers.respites USING btree (family_id, id)
  policy respites_of_the_actor permissive for all to register_api using ((EXISTS ( SELECT
   FROM carers.families f
  WHERE f.id = respites.family_id))) with check ((EXISTS ( SELECT
   FROM carers.families f
  WHERE f.id = respites.family_id)))
  policy respites_of_the_worker permissive for all to register_worker using (true) with check (true)

table carers.standings register_api:DELETE,INSERT,SELECT register_worker:DELETE,INSERT,SELECT
  id uuid not null
  family_id uuid not null
  adult_id uuid
  code text not null
  during daterange not null register_api:UPDATE register_worker:UPDATE
  source_id uuid not null
  reason text
  confidential boolean not null default false
  constraint standings_adult CHECK ((code = ANY (ARRAY['certificate'::text, 'check'::text, 'concern'::text])) = (adult_id IS NOT NULL))
  constraint standings_adult_id_fkey FOREIGN KEY (adult_id) REFERENCES carers.adults(id) ON DELETE RESTRICT
  constraint standings_code CHECK (code = ANY (ARRAY['approval'::text, 'certificate'::text, 'check'::text, 'suspension'::text, 'declined'::text, 'concern'::text]))
  constraint standings_during CHECK (NOT isempty(during) AND NOT lower_inf(during))
  constraint standings_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint standings_once EXCLUDE USING gist (family_id WITH =, code WITH =, COALESCE(adult_id, '00000000-0000-0000-0000-000000000000'::uuid) WITH =, source_id WITH =, during WITH &&)
  constraint standings_pkey PRIMARY KEY (id)
  constraint standings_reason CHECK (reason ~ '^[a-z][a-z_]{1,39}$'::text)
  index CREATE INDEX standings_by_end ON carers.standings USING btree (family_id, code, COALESCE(upper(during), 'infinity'::date))

table carers.suspensions row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  family_id uuid not null
  reason text not null
  from_on date not null
  lifted_on date register_api:UPDATE register_worker:UPDATE
  constraint suspensions_days CHECK (lifted_on >= from_on)
  constraint suspensions_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint suspensions_pkey PRIMARY KEY (id)
  constraint suspensions_reason CHECK (reason ~ '^[a-z][a-z_]{1,39}$'::text)
  index CREATE INDEX suspensions_by_family ON carers.suspensions USING btree (family_id, from_on)
  policy suspensions_of_the_office permissive for all to register_api using ((EXISTS ( SELECT
   FROM carers.families f
  WHERE f.id = suspensions.family_id))) with check ((EXISTS ( SELECT
   FROM carers.families f
  WHERE f.id = suspensions.family_id)))
  policy suspensions_of_the_worker permissive for all to register_worker using (true) with check (true)

table casework.visits row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  child_id uuid not null
  placement_id uuid not null
  office_id uuid not null
  worker_id uuid register_api:UPDATE register_worker:UPDATE
  ordinal integer not null
  due_on date not null register_api:UPDATE register_worker:UPDATE
  state text not null default 'due'::text register_api:UPDATE register_worker:UPDATE
  happened_on date register_api:UPDATE register_worker:UPDATE
  tapped_by uuid register_api:UPDATE register_worker:UPDATE
  tapped_at timestamp with time zone register_api:UPDATE register_worker:UPDATE
  recorded_by uuid register_api:UPDATE register_worker:UPDATE
  recorded_at timestamp with time zone register_api:UPDATE register_worker:UPDATE
  seen_alone boolean register_api:UPDATE register_worker:UPDATE
  worry boolean register_api:UPDATE register_worker:UPDATE
  record jsonb register_api:UPDATE register_worker:UPDATE
  version integer not null default 1 register_api:UPDATE register_worker:UPDATE
  constraint visits_child_id_fkey FOREIGN KEY (child_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint visits_happened CHECK ((state = ANY (ARRAY['seen'::text, 'recorded'::text])) = (happened_on IS NOT NULL))
  constraint visits_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint visits_once UNIQUE (placement_id, ordinal)
  constraint visits_ordinal CHECK (ordinal >= 1 AND ordinal <= 200)
  constraint visits_pkey PRIMARY KEY (id)
  constraint visits_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES placements.placements(id) ON DELETE RESTRICT
  constraint visits_recorded CHECK ((state = 'recorded'::text) = (recorded_at IS NOT NULL) AND (recorded_at IS NULL) = (recorded_by IS NULL) AND (recorded_at IS NULL) = (record IS NULL) AND (recorded_at IS NULL) = (seen_alone IS NULL) AND (recorded_at IS NULL) = (worry IS NULL))
  constraint visits_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint visits_state CHECK (state = ANY (ARRAY['due'::text, 'seen'::text, 'recorded'::text, 'cancelled'::text]))
  constraint visits_tapped CHECK ((tapped_at IS NULL) = (tapped_by IS NULL) AND (state <> 'seen'::text OR tapped_at IS NOT NULL))
  constraint visits_tapped_by_fkey FOREIGN KEY (tapped_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint visits_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  index CREATE INDEX visits_by_child ON casework.visits USING btree (child_id, due_on DESC, id DESC)
  index CREATE INDEX visits_due ON casework.visits USING btree (office_id, due_on, id) WHERE (state = 'due'::text)
  policy visits_of_the_actor permissive for all to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = visits.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids)))))))) with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = visits.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))))
  policy visits_of_the_worker permissive for all to register_worker using (true) with check (true)
  CREATE TRIGGER visits_apart BEFORE INSERT OR UPDATE OF tapped_by, recorded_by ON casework.visits FOR EACH ROW WHEN (new.tapped_by IS NOT NULL OR new.recorded_by IS NOT NULL) EXECUTE FUNCTION casework.visit_apart()
sequence children.child_numbers as bigint from 1 by 1 register_api:USAGE register_worker:USAGE

table children.children row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  number integer not null default nextval('children.child_numbers'::regclass)
  name_km text register_api:UPDATE register_worker:UPDATE
  name_latin text register_api:UPDATE register_worker:UPDATE
  sex text not null register_api:UPDATE register_worker:UPDATE
  birth_date date not null register_api:UPDATE register_worker:UPDATE
  birth_precision text not null register_api:UPDATE register_worker:UPDATE
  birth_basis text not null register_api:UPDATE register_worker:UPDATE
  office_id uuid not null register_api:UPDATE register_worker:UPDATE
  origin_office_id uuid register_api:UPDATE register_worker:UPDATE
  institution_id uuid register_api:UPDATE register_worker:UPDATE
  home_area_code text register_api:UPDATE register_worker:UPDATE
  religion text register_api:UPDATE register_worker:UPDATE
  languages text[] not null default '{}'::text[] register_api:UPDATE register_worker:UPDATE
  main_reason text register_api:UPDATE register_worker:UPDATE
  reasons text[] not null default '{}'::text[] register_api:UPDATE register_worker:UPDATE
  parental_status text not null default 'unknown'::text register_api:UPDATE register_worker:UPDATE
  civil_registration text not null default 'unknown'::text register_api:UPDATE register_worker:UPDATE
  disability boolean register_api:UPDATE register_worker:UPDATE
  died_on date register_api:UPDATE register_worker:UPDATE
  registered_on date not null
  first_seen_on date not null
  last_seen_on date not null register_api:UPDATE register_worker:UPDATE
  version integer not null default 1 register_api:UPDATE register_worker:UPDATE
  constraint children_birth_basis CHECK (birth_basis = ANY (ARRAY['birth_certificate'::text, 'family_book'::text, 'other_document'::text, 'told_by_family'::text, 'told_by_child'::text, 'told_by_others'::text, 'estimated'::text]))
  constraint children_birth_precision CHECK (birth_precision = ANY (ARRAY['day'::text, 'month'::text, 'year'::text, 'estimated'::text]))
  constraint children_born_before_seen CHECK (first_seen_on >=
CASE birth_precision
    WHEN 'day'::text THEN birth_date
    WHEN 'month'::text THEN date_trunc('month'::text, birth_date::timestamp without time zone)::date
    WHEN 'year'::text THEN date_trunc('year'::text, birth_date::timestamp without time zone)::date
    ELSE (birth_date::timestamp without time zone - '1 year'::interval)::date
END)
  constraint children_civil_registration CHECK (civil_registration = ANY (ARRAY['registered'::text, 'in_progress'::text, 'refused'::text, 'unknown'::text]))
  constraint children_died CHECK (died_on >= first_seen_on AND died_on >= last_seen_on)
  constraint children_home_area_code_fkey FOREIGN KEY (home_area_code) REFERENCES territory.areas(code) ON DELETE RESTRICT
  constraint children_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES institutions.institutions(id) ON DELETE RESTRICT
  constraint children_languages CHECK (cardinality(languages) <= 10)
  constraint children_main_reason CHECK (
CASE
    WHEN main_reason IS NULL THEN cardinality(reasons) = 0
    ELSE main_reason = ANY (reasons)
END)
  constraint children_number UNIQUE (number)
  constraint children_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint children_origin_office_id_fkey FOREIGN KEY (origin_office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint children_parental_status CHECK (parental_status = ANY (ARRAY['both'::text, 'mother'::text, 'father'::text, 'none'::text, 'unknown'::text]))
  constraint children_pkey PRIMARY KEY (id)
  constraint children_reasons CHECK (reasons <@ ARRAY['orphan'::text, 'disability'::text, 'abandoned'::text, 'street'::text, 'drugs'::text, 'basic_needs'::text, 'hiv_affected'::text, 'abuse'::text, 'exploitation'::text, 'conflict_with_law'::text, 'trafficking'::text, 'parents_migration'::text, 'schooling'::text, 'prison'::text, 'other'::text])
  constraint children_seen CHECK (last_seen_on >= first_seen_on AND registered_on >= first_seen_on)
  constraint children_sex CHECK (sex = ANY (ARRAY['female'::text, 'male'::text]))
  index CREATE INDEX children_by_home_area ON children.children USING btree (home_area_code text_pattern_ops, id)
  index CREATE INDEX children_by_institution ON children.children USING btree (institution_id, id)
  index CREATE INDEX children_by_office ON children.children USING btree (office_id, id)
  index CREATE INDEX children_by_origin_office ON children.children USING btree (origin_office_id, id)
  policy children_of_the_actor permissive for all to register_api using ((office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (institution_id = ANY ((( SELECT platform.ids('app.child_institutions'::text) AS ids))::uuid[])) OR (id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))) with check ((office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (institution_id = ANY ((( SELECT platform.ids('app.child_institutions'::text) AS ids))::uuid[])) OR (id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids)))))
  policy children_of_the_worker permissive for all to register_worker using (true) with check (true)
  CREATE TRIGGER children_key_facts AFTER UPDATE ON children.children FOR EACH ROW WHEN (old.office_id IS DISTINCT FROM new.office_id OR old.origin_office_id IS DISTINCT FROM new.origin_office_id OR old.institution_id IS DISTINCT FROM new.institution_id OR old.birth_date IS DISTINCT FROM new.birth_date OR old.birth_precision IS DISTINCT FROM new.birth_precision) EXECUTE FUNCTION children.key_facts_changed()

table children.contact_risks row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  child_id uuid not null
  family_id uuid
  adult_name text
  area_code text
  during daterange not null register_api:UPDATE register_worker:UPDATE
  reason text not null
  constraint contact_risks_area_code_fkey FOREIGN KEY (area_code) REFERENCES territory.areas(code) ON DELETE RESTRICT
  constraint contact_risks_child_id_fkey FOREIGN KEY (child_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint contact_risks_during CHECK (NOT isempty(during) AND NOT lower_inf(during))
  constraint contact_risks_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint contact_risks_pkey PRIMARY KEY (id)
  constraint contact_risks_whom CHECK (family_id IS NOT NULL OR adult_name IS NOT NULL OR area_code IS NOT NULL)
  index CREATE INDEX contact_risks_by_child ON children.contact_risks USING btree (child_id, id)
  index CREATE INDEX contact_risks_by_family ON children.contact_risks USING btree (family_id) WHERE (family_id IS NOT NULL)
  policy contact_risks_of_the_actor permissive for all to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = contact_risks.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids)))))))) with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = contact_risks.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))))
  policy contact_risks_of_the_worker permissive for all to register_worker using (true) with check (true)

table children.different row security register_api:INSERT,SELECT register_worker:SELECT
  low_id uuid not null
  high_id uuid not null
  on_day date not null
  said_by uuid not null
  constraint different_high_id_fkey FOREIGN KEY (high_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint different_low_id_fkey FOREIGN KEY (low_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint different_pair CHECK (low_id < high_id)
  constraint different_pkey PRIMARY KEY (low_id, high_id)
  constraint different_said_by_fkey FOREIGN KEY (said_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  index CREATE INDEX different_by_account ON children.different USING btree (said_by)
  index CREATE INDEX different_by_high ON children.different USING btree (high_id)
  policy different_of_the_actor permissive for all to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = different.low_id)) OR (EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = different.high_id))) with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = different.low_id)) OR (EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = different.high_id)))
  policy different_of_the_worker permissive for select to register_worker using (true)

table children.legal_bases row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  child_id uuid not null
  kind text not null
  number text
  decided_on date
  during daterange not null register_api:UPDATE register_worker:UPDATE
  constraint legal_bases_child_id_fkey FOREIGN KEY (child_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint legal_bases_decided CHECK ((kind = 'none_known'::text) = (decided_on IS NULL) AND (kind <> 'none_known'::text OR number IS NULL))
  constraint legal_bases_during CHECK (NOT isempty(during) AND NOT lower_inf(during))
  constraint legal_bases_kind CHECK (kind = ANY (ARRAY['parents_agreement'::text, 'authority_order'::text, 'court_decision'::text, 'none_known'::text]))
  constraint legal_bases_one_at_a_time EXCLUDE USING gist (child_id WITH =, during WITH &&) WHERE (kind <> 'none_known'::text)
  constraint legal_bases_pkey PRIMARY KEY (id)
  index CREATE INDEX legal_bases_by_child ON children.legal_bases USING btree (child_id)
  policy legal_bases_of_the_actor permissive for all to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = legal_bases.child_id))) with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = legal_bases.child_id)))
  policy legal_bases_of_the_worker permissive for all to register_worker using (true) with check (true)

table children.merges row security register_api:INSERT,SELECT register_worker:SELECT
  id uuid not null
  kept_id uuid not null
  other_id uuid not null
  kept_number integer not null
  other_number integer not null
  on_day date not null
  merged_by uuid not null
  merged_at timestamp with time zone not null
  reason text not null
  no_twins boolean not null
  undone_at timestamp with time zone register_api:UPDATE
  undone_on date register_api:UPDATE
  undone_by uuid register_api:UPDATE
  undone_reason text register_api:UPDATE
  constraint merges_kept_id_fkey FOREIGN KEY (kept_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint merges_merged_by_fkey FOREIGN KEY (merged_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint merges_other_id_fkey FOREIGN KEY (other_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint merges_pkey PRIMARY KEY (id)
  constraint merges_two CHECK (kept_id <> other_id)
  constraint merges_undone CHECK (num_nulls(undone_at, undone_on, undone_by, undone_reason) = ANY (ARRAY[0, 4]))
  constraint merges_undone_by_fkey FOREIGN KEY (undone_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  index CREATE INDEX merges_by_account ON children.merges USING btree (merged_by)
  index CREATE INDEX merges_by_kept ON children.merges USING btree (kept_id)
  index CREATE INDEX merges_by_other ON children.merges USING btree (other_id)
  index CREATE INDEX merges_by_undoer ON children.merges USING btree (undone_by) WHERE (undone_by IS NOT NULL)
  index CREATE UNIQUE INDEX merges_once ON children.merges USING btree (other_id) WHERE (undone_at IS NULL)
  policy merges_made_by_the_actor permissive for insert to register_api with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = merges.kept_id)) AND (EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = merges.other_id)))
  policy merges_of_the_actor permissive for select to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = merges.kept_id)) OR (EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = merges.other_id)))
  policy merges_of_the_worker permissive for select to register_worker using (true)
  policy merges_undone_by_the_actor permissive for update to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = merges.kept_id)) AND (EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = merges.other_id)))

table children.name_keys row security register_api:DELETE,INSERT,SELECT register_worker:DELETE,INSERT,SELECT
  key text not null
  child_id uuid not null
  number integer not null
  office_id uuid not null
  origin_office_id uuid
  institution_id uuid
  born_from date not null
  born_to date not null
  constraint name_keys_child_id_fkey FOREIGN KEY (child_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint name_keys_pkey PRIMARY KEY (key, number) INCLUDE (child_id, office_id, origin_office_id, institution_id, born_from, born_to)
  index CREATE INDEX name_keys_by_child ON children.name_keys USING btree (child_id)
  index CREATE INDEX name_keys_by_institution ON children.name_keys USING btree (key, institution_id) WHERE (institution_id IS NOT NULL)
  index CREATE INDEX name_keys_by_office ON children.name_keys USING btree (key, office_id) INCLUDE (number, child_id, born_from, born_to)
  index CREATE INDEX name_keys_by_origin_office ON children.name_keys USING btree (key, origin_office_id) WHERE (origin_office_id IS NOT NULL)
  policy name_keys_of_the_actor permissive for all to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = name_keys.child_id))) with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = name_keys.child_id)))
  policy name_keys_of_the_worker permissive for all to register_worker using (true) with check (true)
  CREATE TRIGGER name_keys_facts BEFORE INSERT ON children.name_keys FOR EACH ROW EXECUTE FUNCTION children.key_facts()

table children.needs row security register_api:DELETE,INSERT,SELECT register_worker:DELETE,INSERT,SELECT
  id uuid not null
  child_id uuid not null
  kind text not null
  level integer not null register_api:UPDATE register_worker:UPDATE
  during daterange not null register_api:UPDATE register_worker:UPDATE
  constraint needs_child_id_fkey FOREIGN KEY (child_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint needs_during CHECK (NOT isempty(during) AND NOT lower_inf(during))
  constraint needs_kind CHECK (kind = ANY (ARRAY['daily_medicine'::text, 'monthly_clinic'::text, 'wheelchair'::text, 'sign_language'::text, 'low_vision'::text, 'special_school'::text, 'learning_support'::text, 'behaviour_support'::text, 'therapy'::text, 'infant_care'::text, 'special_diet'::text, 'night_care'::text]))
  constraint needs_level CHECK (level >= 1 AND level <= 3)
  constraint needs_once UNIQUE (child_id, kind, during WITHOUT OVERLAPS)
  constraint needs_pkey PRIMARY KEY (id)
  policy needs_of_the_actor permissive for all to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = needs.child_id))) with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = needs.child_id)))
  policy needs_of_the_worker permissive for all to register_worker using (true) with check (true)

table children.objections row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  child_id uuid not null
  family_id uuid not null
  on_day date not null
  constraint objections_child_id_fkey FOREIGN KEY (child_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint objections_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint objections_pkey PRIMARY KEY (child_id, family_id)
  index CREATE INDEX objections_by_family ON children.objections USING btree (family_id)
  policy objections_of_the_actor permissive for all to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = objections.child_id))) with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = objections.child_id)))
  policy objections_of_the_worker permissive for all to register_worker using (true) with check (true)

table children.relatives row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  child_id uuid not null
  relation text not null
  name_km text register_api:UPDATE register_worker:UPDATE
  name_latin text register_api:UPDATE register_worker:UPDATE
  whereabouts text not null register_api:UPDATE register_worker:UPDATE
  area_code text register_api:UPDATE register_worker:UPDATE
  contact text register_api:UPDATE register_worker:UPDATE
  phone text register_api:UPDATE register_worker:UPDATE
  constraint relatives_area CHECK (area_code IS NULL OR whereabouts = 'known'::text)
  constraint relatives_area_code_fkey FOREIGN KEY (area_code) REFERENCES territory.areas(code) ON DELETE RESTRICT
  constraint relatives_child_id_fkey FOREIGN KEY (child_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint relatives_contact CHECK (contact = ANY (ARRAY['wanted'::text, 'unwanted'::text, 'forbidden'::text]))
  constraint relatives_pkey PRIMARY KEY (id)
  constraint relatives_relation CHECK (relation = ANY (ARRAY['mother'::text, 'father'::text, 'step_parent'::text, 'grandparent'::text, 'aunt_uncle'::text, 'brother_sister'::text, 'cousin'::text, 'guardian'::text, 'other'::text]))
  constraint relatives_whereabouts CHECK (whereabouts = ANY (ARRAY['known'::text, 'unknown'::text, 'dead'::text, 'abroad'::text]))
  index CREATE INDEX relatives_by_child ON children.relatives USING btree (child_id, id)
  policy relatives_of_the_actor permissive for all to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = relatives.child_id))) with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = relatives.child_id)))
  policy relatives_of_the_worker permissive for all to register_worker using (true) with check (true)

table children.shares row security register_api:INSERT register_worker:INSERT,SELECT
  id uuid not null
  child_id uuid not null register_api:SELECT
  office_id uuid not null register_api:SELECT
  during daterange not null register_api:SELECT,UPDATE register_worker:UPDATE
  why text not null register_api:SELECT
  constraint shares_child_id_fkey FOREIGN KEY (child_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint shares_during CHECK (NOT isempty(during) AND NOT lower_inf(during))
  constraint shares_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint shares_pkey PRIMARY KEY (id)
  constraint shares_why CHECK (why = ANY (ARRAY['transition'::text, 'handover'::text, 'placement'::text, 'siblings'::text, 'other'::text]))
  index CREATE INDEX shares_by_child ON children.shares USING btree (child_id)
  index CREATE INDEX shares_by_office ON children.shares USING btree (office_id, child_id)
  policy shares_by_the_actor permissive for insert to register_api with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = shares.child_id)))
  policy shares_ended_by_the_actor permissive for update to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = shares.child_id))) with check (true)
  policy shares_of_the_worker permissive for all to register_worker using (true) with check (true)
  policy shares_with_the_actor permissive for select to register_api using ((office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = shares.child_id)))

table children.sibling_groups row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  members integer not null default 0 register_api:UPDATE register_worker:UPDATE
  constraint sibling_groups_members CHECK (members >= 0)
  constraint sibling_groups_pkey PRIMARY KEY (id)
  policy sibling_groups_of_the_actor permissive for all to register_api using (true) with check (true)
  policy sibling_groups_of_the_worker permissive for all to register_worker using (true) with check (true)

table children.siblings row security register_api:DELETE,INSERT,SELECT register_worker:DELETE,INSERT,SELECT
  child_id uuid not null
  group_id uuid not null register_api:UPDATE register_worker:UPDATE
  wish_together boolean register_api:UPDATE register_worker:UPDATE
  constraint siblings_child_id_fkey FOREIGN KEY (child_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint siblings_group_id_fkey FOREIGN KEY (group_id) REFERENCES children.sibling_groups(id) ON DELETE RESTRICT
  constraint siblings_pkey PRIMARY KEY (child_id)
  index CREATE INDEX siblings_by_group ON children.siblings USING btree (group_id, child_id)
  policy siblings_of_the_actor permissive for all to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = siblings.child_id))) with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = siblings.child_id)))
  policy siblings_of_the_worker permissive for all to register_worker using (true) with check (true)

table children.views row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  child_id uuid not null
  heard_on date not null
  heard_by uuid not null
  alone boolean not null
  text text not null
  constraint views_child_id_fkey FOREIGN KEY (child_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint views_heard_by_fkey FOREIGN KEY (heard_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint views_pkey PRIMARY KEY (id)
  index CREATE INDEX views_by_child ON children.views USING btree (child_id, heard_on DESC, id DESC)
  policy views_of_the_actor permissive for all to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = views.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids)))))))) with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = views.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))))
  policy views_of_the_worker permissive for all to register_worker using (true) with check (true)

table children.withdrawals row security register_api:INSERT,SELECT register_worker:SELECT
  id uuid not null
  child_id uuid not null
  basis_id uuid not null
  relation text not null
  on_day date not null
  recorded_by uuid not null
  reviewed_on date register_api:UPDATE
  reviewed_by uuid register_api:UPDATE
  outcome text register_api:UPDATE
  outcome_reason text register_api:UPDATE
  constraint withdrawals_basis_id_fkey FOREIGN KEY (basis_id) REFERENCES children.legal_bases(id) ON DELETE RESTRICT
  constraint withdrawals_child_id_fkey FOREIGN KEY (child_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint withdrawals_outcome CHECK (outcome = ANY (ARRAY['agreed_again'::text, 'returns_home'::text, 'authority_asked'::text, 'other_care'::text]))
  constraint withdrawals_pkey PRIMARY KEY (id)
  constraint withdrawals_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint withdrawals_relation CHECK (relation = ANY (ARRAY['mother'::text, 'father'::text, 'guardian'::text, 'other'::text]))
  constraint withdrawals_reviewed CHECK ((num_nulls(reviewed_on, reviewed_by, outcome, outcome_reason) = ANY (ARRAY[0, 4])) AND reviewed_on >= on_day)
  constraint withdrawals_reviewed_by_fkey FOREIGN KEY (reviewed_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  index CREATE INDEX withdrawals_by_basis ON children.withdrawals USING btree (basis_id)
  index CREATE INDEX withdrawals_by_child ON children.withdrawals USING btree (child_id, on_day DESC, id DESC)
  index CREATE INDEX withdrawals_by_recorder ON children.withdrawals USING btree (recorded_by)
  index CREATE INDEX withdrawals_by_reviewer ON children.withdrawals USING btree (reviewed_by) WHERE (reviewed_by IS NOT NULL)
  index CREATE UNIQUE INDEX withdrawals_open ON children.withdrawals USING btree (basis_id, relation) WHERE (outcome IS NULL)
  policy withdrawals_of_the_actor permissive for all to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = withdrawals.child_id))) with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = withdrawals.child_id)))
  policy withdrawals_of_the_worker permissive for select to register_worker using (true)

table documents.attachments row security register_api:INSERT,SELECT register_worker:SELECT
  document_id uuid not null
  subject_kind text not null
  subject_id uuid not null
  child_id uuid
  family_id uuid
  office_id uuid not null
  confidential boolean not null default false
  attached_by uuid not null
  attached_at timestamp with time zone not null
  constraint attachments_about CHECK (num_nonnulls(child_id, family_id) = 1)
  constraint attachments_attached_by_fkey FOREIGN KEY (attached_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint attachments_document_id_fkey FOREIGN KEY (document_id) REFERENCES documents.documents(id) ON DELETE RESTRICT
  constraint attachments_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint attachments_pkey PRIMARY KEY (document_id)
  constraint attachments_subject_kind CHECK (subject_kind ~ '^[a-z][a-z_]{1,39}$'::text)
  index CREATE INDEX attachments_by_family ON documents.attachments USING btree (family_id) WHERE (family_id IS NOT NULL)
  index CREATE INDEX attachments_by_subject ON documents.attachments USING btree (subject_id, subject_kind)
  policy attachments_of_agreement_added permissive for insert to register_api with check (subject_kind = 'agreement'::text AND (EXISTS ( SELECT
   FROM placements.agreements s
  WHERE s.placement_id = attachments.subject_id)) AND attached_by = (( SELECT worklist.me() AS me)) AND documents.is_of(document_id, attached_by))
  policy attachments_of_agreement_seen permissive for select to register_api using (subject_kind = 'agreement'::text AND (EXISTS ( SELECT
   FROM placements.agreements s
  WHERE s.placement_id = attachments.subject_id)))
  policy attachments_of_certificate_added permissive for insert to register_api with check (subject_kind = 'certificate'::text AND (EXISTS ( SELECT
   FROM training.certificates s
  WHERE s.id = attachments.subject_id)) AND attached_by = (( SELECT worklist.me() AS me)) AND documents.is_of(document_id, attached_by))
  policy attachments_of_certificate_seen permissive for select to register_api using (subject_kind = 'certificate'::text AND (EXISTS ( SELECT
   FROM training.certificates s
  WHERE s.id = attachments.subject_id)))
  policy attachments_of_check_added permissive for insert to register_api with check (subject_kind = 'check'::text AND (EXISTS ( SELECT
   FROM recruitment.checks s
  WHERE s.id = attachments.subject_id)) AND attached_by = (( SELECT worklist.me() AS me)) AND documents.is_of(document_id, attached_by))
  policy attachments_of_check_seen permissive for select to register_api using (subject_kind = 'check'::text AND (EXISTS ( SELECT
   FROM recruitment.checks s
  WHERE s.id = attachments.subject_id)))
  policy attachments_of_signature_added permissive for insert to register_api with check (subject_kind = 'signature'::text AND (EXISTS ( SELECT
   FROM recruitment.signatures s
  WHERE s.id = attachments.subject_id)) AND attached_by = (( SELECT worklist.me() AS me)) AND documents.is_of(document_id, attached_by))
  policy attachments_of_signature_seen permissive for select to register_api using (subject_kind = 'signature'::text AND (EXISTS ( SELECT
   FROM recruitment.signatures s
  WHERE s.id = attachments.subject_id)))
  policy attachments_of_the_worker permissive for all to register_worker using (true)
  policy attachments_of_visit_added permissive for insert to register_api with check (subject_kind = 'visit'::text AND (EXISTS ( SELECT
   FROM casework.visits s
  WHERE s.id = attachments.subject_id)) AND attached_by = (( SELECT worklist.me() AS me)) AND documents.is_of(document_id, attached_by))
  policy attachments_of_visit_seen permissive for select to register_api using (subject_kind = 'visit'::text AND (EXISTS ( SELECT
   FROM casework.visits s
  WHERE s.id = attachments.subject_id)))

table documents.documents row security register_api:INSERT,SELECT register_worker:DELETE
  id uuid not null register_worker:SELECT
  uploaded_by uuid not null register_worker:SELECT
  uploaded_at timestamp with time zone not null register_worker:SELECT
  media_type text not null
  bytes integer not null
  sealed bytea not null
  constraint documents_bytes CHECK (bytes >= 1 AND bytes <= 10000000)
  constraint documents_media_type CHECK (media_type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text, 'image/webp'::text, 'application/pdf'::text]))
  constraint documents_pkey PRIMARY KEY (id)
  constraint documents_sealed CHECK (octet_length(sealed) = (bytes + 30))
  constraint documents_uploaded_by_fkey FOREIGN KEY (uploaded_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  index CREATE INDEX documents_by_age ON documents.documents USING btree (uploaded_at)
  index CREATE INDEX documents_by_uploader ON documents.documents USING btree (uploaded_by, uploaded_at)
  policy documents_of_the_uploader permissive for insert to register_api with check (uploaded_by = (( SELECT worklist.me() AS me)))
  policy documents_of_the_worker permissive for all to register_worker using (true)
  policy documents_seen_by_the_actor permissive for select to register_api using (uploaded_by = (( SELECT worklist.me() AS me)) AND NOT documents.is_attached(id) OR (EXISTS ( SELECT
   FROM documents.attachments a
  WHERE a.document_id = documents.id)))

table documents.withdrawals row security register_api:INSERT,SELECT register_worker:SELECT
  document_id uuid not null
  reason text not null
  withdrawn_by uuid not null
  withdrawn_on date not null
  constraint withdrawals_document_id_fkey FOREIGN KEY (document_id) REFERENCES documents.attachments(document_id) ON DELETE RESTRICT
  constraint withdrawals_pkey PRIMARY KEY (document_id)
  constraint withdrawals_reason CHECK (reason = ANY (ARRAY['wrong_person'::text, 'wrong_document'::text, 'unreadable'::text, 'no_consent'::text]))
  constraint withdrawals_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  policy withdrawals_of_the_actor permissive for insert to register_api with check (withdrawn_by = (( SELECT worklist.me() AS me)) AND (EXISTS ( SELECT
   FROM documents.attachments a
  WHERE a.document_id = withdrawals.document_id)))
  policy withdrawals_of_the_worker permissive for all to register_worker using (true)
  policy withdrawals_seen_by_the_actor permissive for select to register_api using ((EXISTS ( SELECT
   FROM documents.attachments a
  WHERE a.document_id = withdrawals.document_id)))

table institutions.closing_goals register_api:INSERT,SELECT register_worker:SELECT
  id uuid not null
  closure_id uuid not null
  due_on date not null
  goal text not null
  responsible text not null
  children_left integer not null
  met_on date register_api:UPDATE
  constraint closing_goals_children CHECK (children_left >= 0 AND children_left <= 1000)
  constraint closing_goals_closure_id_fkey FOREIGN KEY (closure_id) REFERENCES institutions.closures(id) ON DELETE RESTRICT
  constraint closing_goals_one_a_day UNIQUE (closure_id, due_on)
  constraint closing_goals_pkey PRIMARY KEY (id)

table institutions.closures register_api:INSERT,SELECT register_worker:SELECT
  id uuid not null
  institution_id uuid not null
  ordered_on date not null
  order_number text not null
  authority text not null
  reason text not null
  emptied_on date register_api:UPDATE
  closed_on date register_api:UPDATE
  constraint closures_closed CHECK (closed_on IS NULL OR emptied_on IS NOT NULL AND closed_on >= emptied_on)
  constraint closures_emptied CHECK (emptied_on >= ordered_on)
  constraint closures_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES institutions.institutions(id) ON DELETE RESTRICT
  constraint closures_once UNIQUE (institution_id)
  constraint closures_pkey PRIMARY KEY (id)
  constraint closures_reason CHECK (reason = ANY (ARRAY['standards'::text, 'harm'::text, 'reform'::text, 'no_licence'::text, 'own_wish'::text, 'other'::text]))

table institutions.inspections register_api:INSERT,SELECT register_worker:SELECT
  id uuid not null
  institution_id uuid not null
  on_day date not null
  kind text not null
  result text not null
  findings text
  next_due date
  constraint inspections_findings CHECK (result = 'in_order'::text OR findings IS NOT NULL)
  constraint inspections_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES institutions.institutions(id) ON DELETE RESTRICT
  constraint inspections_kind CHECK (kind = ANY (ARRAY['regular'::text, 'unannounced'::text, 'follow_up'::text, 'after_worry'::text]))
  constraint inspections_next CHECK (next_due > on_day)
  constraint inspections_once UNIQUE (institution_id, on_day, kind)
  constraint inspections_pkey PRIMARY KEY (id)
  constraint inspections_result CHECK (result = ANY (ARRAY['in_order'::text, 'shortcomings'::text, 'grave'::text]))

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
  constraint institutions_area CHECK (length(area_code) >= 6)
  constraint institutions_area_code_fkey FOREIGN KEY (area_code) REFERENCES territory.areas(code) ON DELETE RESTRICT
  constraint institutions_capacity CHECK (capacity >= 1 AND capacity <= 1000)
  constraint institutions_kind CHECK (kind = ANY (ARRAY['temporary_centre'::text, 'protection_centre'::text, 'pagoda'::text, 'boarding'::text, 'group_home'::text]))
  constraint institutions_named CHECK (name_km <> ''::text AND name_latin <> ''::text)
  constraint institutions_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint institutions_pkey PRIMARY KEY (id)
  constraint institutions_state CHECK (state = ANY (ARRAY['open'::text, 'ordered'::text, 'emptied'::text, 'closed'::text]))
  index CREATE INDEX institutions_by_area ON institutions.institutions USING btree (area_code text_pattern_ops, id)
  CREATE TRIGGER institutions_keep_version AFTER INSERT OR UPDATE ON institutions.institutions FOR EACH ROW EXECUTE FUNCTION institutions.keep_version()
  CREATE TRIGGER institutions_nobody_left BEFORE UPDATE OF state ON institutions.institutions FOR EACH ROW EXECUTE FUNCTION institutions.nobody_left()

table institutions.licences register_api:INSERT,SELECT register_worker:SELECT
  id uuid not null
  institution_id uuid not null
  during daterange not null register_api:UPDATE
  number text not null
  authority text not null
  end_reason text register_api:UPDATE
  constraint licences_during CHECK (NOT isempty(during) AND NOT lower_inf(during))
  constraint licences_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES institutions.institutions(id) ON DELETE RESTRICT
  constraint licences_one_at_a_time UNIQUE (institution_id, during WITHOUT OVERLAPS)
  constraint licences_pkey PRIMARY KEY (id)

table institutions.posts register_api:INSERT,SELECT register_worker:SELECT
  institution_id uuid not null
  kind text not null
  during daterange not null register_api:UPDATE
  posts integer not null
  filled integer not null
  constraint posts_during CHECK (NOT isempty(during) AND NOT lower_inf(during))
  constraint posts_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES institutions.institutions(id) ON DELETE RESTRICT
  constraint posts_kind CHECK (kind = ANY (ARRAY['director'::text, 'carer'::text, 'social_worker'::text, 'para_social_worker'::text, 'teacher'::text, 'health'::text, 'kitchen'::text, 'other'::text]))
  constraint posts_numbers CHECK (posts >= 0 AND posts <= 500 AND filled >= 0 AND filled <= 500)
  constraint posts_pkey PRIMARY KEY (institution_id, kind, during WITHOUT OVERLAPS)

table institutions.versions register_api:SELECT register_worker:SELECT
  seq bigint not null generated always as identity
  institution_id uuid not null
  kind text not null
  capacity integer not null
  state text not null
  since timestamp with time zone not null
  constraint versions_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES institutions.institutions(id) ON DELETE RESTRICT
  constraint versions_pkey PRIMARY KEY (seq)
  index CREATE INDEX versions_by_institution ON institutions.versions USING btree (institution_id, seq)
sequence institutions.versions_seq_seq as bigint from 1 by 1

table matching.entries row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  list_id uuid not null
  family_id uuid not null
  rank integer
  score integer
  places_for_all boolean not null
  facts jsonb not null
  factors jsonb not null
  constraint entries_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint entries_first_hundred CHECK (rank >= 1 AND rank <= 100)
  constraint entries_list_id_fkey FOREIGN KEY (list_id) REFERENCES matching.lists(id) ON DELETE RESTRICT
  constraint entries_pkey PRIMARY KEY (list_id, family_id)
  constraint entries_rank UNIQUE (list_id, rank)
  constraint entries_scored CHECK ((rank IS NULL) = (score IS NULL))
  policy entries_of_the_actor permissive for all to register_api using ((EXISTS ( SELECT
   FROM matching.lists l
  WHERE l.id = entries.list_id))) with check ((EXISTS ( SELECT
   FROM matching.lists l
  WHERE l.id = entries.list_id)))
  policy entries_of_the_worker permissive for all to register_worker using (true) with check (true)

table matching.exclusions row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  list_id uuid not null
  family_number integer not null
  area_code text not null
  failures jsonb not null
  constraint exclusions_list_id_fkey FOREIGN KEY (list_id) REFERENCES matching.lists(id) ON DELETE RESTRICT
  constraint exclusions_pkey PRIMARY KEY (list_id, family_number)
  policy exclusions_of_the_actor permissive for all to register_api using ((EXISTS ( SELECT
   FROM matching.lists l
  WHERE l.id = exclusions.list_id))) with check ((EXISTS ( SELECT
   FROM matching.lists l
  WHERE l.id = exclusions.list_id)))
  policy exclusions_of_the_worker permissive for all to register_worker using (true) with check (true)

table matching.lists row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  child_id uuid not null
  office_id uuid not null
  asked_by uuid
  asked_on date not null
  starts_on date not null
  care_kind text not null
  emergency boolean not null
  gatekeeping_complete boolean not null
  apart_reason text
  method integer not null
  weights_version integer not null
  weights jsonb not null
  asked jsonb not null
  kin_relative_ids uuid[] not null
  searched integer not null
  eligible integer not null
  failed_rules jsonb not null
  constraint lists_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint lists_care_kind CHECK (care_kind = ANY (ARRAY['foster'::text, 'kinship'::text, 'family_house'::text]))
  constraint lists_child_id_fkey FOREIGN KEY (child_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint lists_counts CHECK (eligible >= 0 AND eligible <= searched)
  constraint lists_gatekeeping CHECK (gatekeeping_complete OR emergency)
  constraint lists_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint lists_pkey PRIMARY KEY (id)
  index CREATE INDEX lists_by_child ON matching.lists USING btree (child_id, asked_on DESC, id DESC)
  policy lists_of_the_actor permissive for all to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = lists.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids)))))))) with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = lists.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))))
  policy lists_of_the_worker permissive for all to register_worker using (true) with check (true)

table matching.proposal_children row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  proposal_id uuid not null
  child_id uuid not null
  placement_id uuid not null
  constraint proposal_children_child_id_fkey FOREIGN KEY (child_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint proposal_children_pkey PRIMARY KEY (proposal_id, child_id)
  constraint proposal_children_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES placements.placements(id) ON DELETE RESTRICT
  constraint proposal_children_placement_id_key UNIQUE (placement_id)
  constraint proposal_children_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES matching.proposals(id) ON DELETE RESTRICT
  policy proposal_children_of_the_actor permissive for all to register_api using ((EXISTS ( SELECT
   FROM matching.proposals p
  WHERE p.id = proposal_children.proposal_id))) with check ((EXISTS ( SELECT
   FROM matching.proposals p
  WHERE p.id = proposal_children.proposal_id)))
  policy proposal_children_of_the_worker permissive for all to register_worker using (true) with check (true)

table matching.proposals row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  list_id uuid not null
  child_id uuid not null
  family_id uuid not null
  office_id uuid not null
  proposed_by uuid
  proposed_on date not null
  reason text
  emergency boolean not null
  state text not null default 'waiting'::text register_api:UPDATE register_worker:UPDATE
  held_until timestamp with time zone register_api:UPDATE register_worker:UPDATE
  answered_on date register_api:UPDATE register_worker:UPDATE
  answered_by uuid register_api:UPDATE register_worker:UPDATE
  told text register_api:UPDATE register_worker:UPDATE
  answer_reason text register_api:UPDATE register_worker:UPDATE
  ended_on date register_api:UPDATE register_worker:UPDATE
  version integer not null default 1 register_api:UPDATE register_worker:UPDATE
  constraint proposals_answered CHECK ((answered_on IS NULL) = (answered_by IS NULL) AND (answered_on IS NULL) = (told IS NULL) AND ((state <> ALL (ARRAY['accepted'::text, 'declined'::text])) OR answered_on IS NOT NULL) AND (state <> 'waiting'::text OR answered_on IS NULL))
  constraint proposals_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint proposals_child_id_fkey FOREIGN KEY (child_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint proposals_ended CHECK ((state = ANY (ARRAY['declined'::text, 'lapsed'::text, 'withdrawn'::text])) = (ended_on IS NOT NULL))
  constraint proposals_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint proposals_list_id_fkey FOREIGN KEY (list_id) REFERENCES matching.lists(id) ON DELETE RESTRICT
  constraint proposals_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint proposals_pkey PRIMARY KEY (id)
  constraint proposals_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint proposals_state CHECK (state = ANY (ARRAY['waiting'::text, 'accepted'::text, 'declined'::text, 'lapsed'::text, 'withdrawn'::text]))
  index CREATE INDEX proposals_by_child ON matching.proposals USING btree (child_id, proposed_on DESC, id DESC)
  index CREATE INDEX proposals_by_family ON matching.proposals USING btree (family_id)
  index CREATE INDEX proposals_by_list ON matching.proposals USING btree (list_id)
  index CREATE INDEX proposals_held ON matching.proposals USING btree (held_until) WHERE ((state = ANY (ARRAY['waiting'::text, 'accepted'::text])) AND (held_until IS NOT NULL))
  index CREATE UNIQUE INDEX proposals_one_open ON matching.proposals USING btree (child_id) WHERE (state = ANY (ARRAY['waiting'::text, 'accepted'::text]))
  policy proposals_of_the_actor permissive for all to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = proposals.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids)))))))) with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = proposals.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))))
  policy proposals_of_the_worker permissive for all to register_worker using (true) with check (true)

table matching.strategies row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  proposal_id uuid not null
  factor text not null
  text text not null
  recorded_by uuid
  recorded_on date not null
  constraint strategies_factor CHECK (factor = ANY (ARRAY['needs_and_behaviour'::text, 'siblings_together'::text, 'nearness'::text, 'language'::text, 'same_school'::text, 'already_known'::text, 'age_preference'::text, 'length_of_placement'::text, 'religion_culture'::text, 'household_load'::text, 'continuity_of_worker'::text]))
  constraint strategies_pkey PRIMARY KEY (proposal_id, factor)
  constraint strategies_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES matching.proposals(id) ON DELETE RESTRICT
  constraint strategies_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  policy strategies_of_the_actor permissive for all to register_api using ((EXISTS ( SELECT
   FROM matching.proposals p
  WHERE p.id = strategies.proposal_id))) with check ((EXISTS ( SELECT
   FROM matching.proposals p
  WHERE p.id = strategies.proposal_id)))
  policy strategies_of_the_worker permissive for all to register_worker using (true) with check (true)

table matching.told_items row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  proposal_id uuid not null
  topic text not null
  words text not null
  told_on date not null
  told_by uuid
  constraint told_items_pkey PRIMARY KEY (id)
  constraint told_items_proposal_id_fkey FOREIGN KEY (proposal_id) REFERENCES matching.proposals(id) ON DELETE RESTRICT
  constraint told_items_told_by_fkey FOREIGN KEY (told_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint told_items_topic CHECK (topic = ANY (ARRAY['needs'::text, 'behaviour'::text, 'contact'::text, 'support'::text, 'school'::text, 'habits'::text, 'wishes'::text, 'legal'::text]))
  constraint told_items_words CHECK (length(words) >= 1 AND length(words) <= 2000)
  index CREATE INDEX told_items_by_proposal ON matching.told_items USING btree (proposal_id, told_on, id)
  policy told_items_of_the_actor permissive for all to register_api using ((EXISTS ( SELECT
   FROM matching.proposals p
  WHERE p.id = told_items.proposal_id))) with check ((EXISTS ( SELECT
   FROM matching.proposals p
  WHERE p.id = told_items.proposal_id)))
  policy told_items_of_the_worker permissive for all to register_worker using (true) with check (true)

table placements.agreements row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  placement_id uuid not null
  party text not null
  signed_on date not null
  signer text not null
  how text not null
  recorded_by uuid not null
  document_id uuid register_api:UPDATE
  constraint agreements_document_id_fkey FOREIGN KEY (document_id) REFERENCES documents.documents(id) ON DELETE RESTRICT
  constraint agreements_how CHECK (how = ANY (ARRAY['signed'::text, 'thumbprint'::text]))
  constraint agreements_once UNIQUE (placement_id, party, signer)
  constraint agreements_party CHECK (party = ANY (ARRAY['carer'::text, 'office'::text, 'commune'::text, 'parent'::text, 'child'::text]))
  constraint agreements_pkey PRIMARY KEY (id)
  constraint agreements_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES placements.placements(id) ON DELETE RESTRICT
  constraint agreements_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  index CREATE INDEX agreements_by_document ON placements.agreements USING btree (document_id) WHERE (document_id IS NOT NULL)
  policy agreements_added_by_the_actor permissive for insert to register_api with check ((EXISTS ( SELECT
   FROM placements.placements p
  WHERE p.id = agreements.placement_id AND (EXISTS ( SELECT
           FROM children.children c
          WHERE c.id = p.child_id)))))
  policy agreements_changed_by_the_actor permissive for update to register_api using ((EXISTS ( SELECT
   FROM placements.placements p
  WHERE p.id = agreements.placement_id AND (EXISTS ( SELECT
           FROM children.children c
          WHERE c.id = p.child_id))))) with check ((EXISTS ( SELECT
   FROM placements.placements p
  WHERE p.id = agreements.placement_id AND (EXISTS ( SELECT
           FROM children.children c
          WHERE c.id = p.child_id)))))
  policy agreements_of_the_worker permissive for all to register_worker using (true) with check (true)
  policy agreements_seen_by_the_actor permissive for select to register_api using ((EXISTS ( SELECT
   FROM placements.placements p
  WHERE p.id = agreements.placement_id AND (EXISTS ( SELECT
           FROM children.children c
          WHERE c.id = p.child_id)))))
  policy agreements_taken_back_by_the_actor permissive for delete to register_api using ((EXISTS ( SELECT
   FROM placements.placements p
  WHERE p.id = agreements.placement_id AND (EXISTS ( SELECT
           FROM children.children c
          WHERE c.id = p.child_id)))))

table placements.approvals row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  placement_id uuid not null
  province_code text not null
  approved_by uuid not null
  on_day date not null
  reason text
  constraint approvals_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint approvals_pkey PRIMARY KEY (placement_id, province_code)
  constraint approvals_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES placements.placements(id) ON DELETE RESTRICT
  constraint approvals_province CHECK (length(province_code) = 2)
  constraint approvals_province_code_fkey FOREIGN KEY (province_code) REFERENCES territory.areas(code) ON DELETE RESTRICT
  policy approvals_added_by_the_actor permissive for insert to register_api with check ((EXISTS ( SELECT
   FROM placements.placements p
  WHERE p.id = approvals.placement_id)))
  policy approvals_changed_by_the_actor permissive for update to register_api using ((EXISTS ( SELECT
   FROM placements.placements p
  WHERE p.id = approvals.placement_id))) with check ((EXISTS ( SELECT
   FROM placements.placements p
  WHERE p.id = approvals.placement_id)))
  policy approvals_of_the_worker permissive for all to register_worker using (true) with check (true)
  policy approvals_seen_by_the_actor permissive for select to register_api using ((EXISTS ( SELECT
   FROM placements.placements p
  WHERE p.id = approvals.placement_id)))
  policy approvals_taken_back_by_the_actor permissive for delete to register_api using ((EXISTS ( SELECT
   FROM placements.placements p
  WHERE p.id = approvals.placement_id)))
  CREATE TRIGGER approvals_apart BEFORE INSERT ON placements.approvals FOR EACH ROW EXECUTE FUNCTION placements.approval_apart()

table placements.breaches row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  code text not null
  child_id uuid not null
  family_id uuid
  placement_id uuid
  episode_id uuid
  office_id uuid not null
  on_day date not null
  recorded_by uuid
  recorded_at timestamp with time zone not null default clock_timestamp()
  seen_by uuid register_api:UPDATE register_worker:UPDATE
  seen_on date register_api:UPDATE register_worker:UPDATE
  constraint breaches_child_id_fkey FOREIGN KEY (child_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint breaches_code CHECK (code ~ '^[A-Z][A-Z_]{2,40}$'::text)
  constraint breaches_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint breaches_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint breaches_pkey PRIMARY KEY (id)
  constraint breaches_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES placements.placements(id) ON DELETE RESTRICT
  constraint breaches_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint breaches_seen CHECK ((seen_by IS NULL) = (seen_on IS NULL))
  constraint breaches_seen_by_fkey FOREIGN KEY (seen_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  index CREATE INDEX breaches_by_child ON placements.breaches USING btree (child_id, on_day DESC, id DESC)
  index CREATE INDEX breaches_unseen ON placements.breaches USING btree (office_id, on_day, id) WHERE (seen_on IS NULL)
  policy breaches_added_by_the_actor permissive for insert to register_api with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = breaches.child_id)))
  policy breaches_changed_by_the_actor permissive for update to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = breaches.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids)))))))) with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = breaches.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))))
  policy breaches_of_the_worker permissive for all to register_worker using (true) with check (true)
  policy breaches_seen_by_the_actor permissive for select to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = breaches.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))))
  policy breaches_taken_back_by_the_actor permissive for delete to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = breaches.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))))

table placements.care_periods row security register_api:DELETE,INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  child_id uuid not null
  during daterange not null register_api:UPDATE register_worker:UPDATE
  previous_id uuid register_api:UPDATE
  entry_reason text
  end_reason text register_api:UPDATE register_worker:UPDATE
  constraint care_periods_child_id_fkey FOREIGN KEY (child_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint care_periods_during CHECK (NOT isempty(during) AND NOT lower_inf(during))
  constraint care_periods_end CHECK (upper_inf(during) OR end_reason IS NOT NULL)
  constraint care_periods_end_reason CHECK (end_reason = ANY (ARRAY['returned_home'::text, 'adopted'::text, 'leaving_care'::text, 'died'::text, 'left'::text, 'correction'::text]))
  constraint care_periods_entry_reason CHECK (entry_reason = ANY (ARRAY['orphan'::text, 'disability'::text, 'abandoned'::text, 'street'::text, 'drugs'::text, 'basic_needs'::text, 'hiv_affected'::text, 'abuse'::text, 'exploitation'::text, 'conflict_with_law'::text, 'trafficking'::text, 'parents_migration'::text, 'schooling'::text, 'prison'::text, 'other'::text]))
  constraint care_periods_one_at_a_time UNIQUE (child_id, during WITHOUT OVERLAPS)
  constraint care_periods_pkey PRIMARY KEY (id)
  constraint care_periods_previous_id_fkey FOREIGN KEY (previous_id) REFERENCES placements.care_periods(id) ON DELETE RESTRICT
  constraint care_periods_without_gap FOREIGN KEY (child_id, PERIOD during) REFERENCES placements.episodes(child_id, PERIOD during) DEFERRABLE INITIALLY DEFERRED
  policy care_periods_added_by_the_actor permissive for insert to register_api with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = care_periods.child_id)))
  policy care_periods_changed_by_the_actor permissive for update to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = care_periods.child_id))) with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = care_periods.child_id)))
  policy care_periods_of_the_worker permissive for all to register_worker using (true) with check (true)
  policy care_periods_seen_by_the_actor permissive for select to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = care_periods.child_id)))
  policy care_periods_taken_back_by_the_actor permissive for delete to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = care_periods.child_id)))

table placements.consultations row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  placement_id uuid not null
  kind text not null
  on_day date not null
  heard_by uuid not null
  relative_id uuid
  alone boolean
  too_young_reason text
  outcome text
  reason text
  constraint consultations_child CHECK (
CASE
    WHEN kind = 'child'::text THEN (too_young_reason IS NOT NULL) <> (alone IS TRUE AND outcome IS NOT NULL)
    ELSE alone IS NULL AND too_young_reason IS NULL AND outcome IS NOT NULL
END)
  constraint consultations_heard_by_fkey FOREIGN KEY (heard_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint consultations_kind CHECK (kind = ANY (ARRAY['child'::text, 'family'::text, 'team'::text, 'province'::text]))
  constraint consultations_outcome CHECK ((outcome = ANY (ARRAY['agrees'::text, 'does_not_agree'::text, 'not_found'::text])) AND (outcome <> 'not_found'::text OR kind = 'family'::text))
  constraint consultations_pkey PRIMARY KEY (id)
  constraint consultations_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES placements.placements(id) ON DELETE RESTRICT
  constraint consultations_reason CHECK (outcome = 'agrees'::text OR outcome IS NULL OR reason IS NOT NULL)
  constraint consultations_relative CHECK (relative_id IS NULL OR kind = 'family'::text)
  constraint consultations_relative_id_fkey FOREIGN KEY (relative_id) REFERENCES children.relatives(id) ON DELETE RESTRICT
  index CREATE INDEX consultations_by_placement ON placements.consultations USING btree (placement_id, on_day, id)
  policy consultations_added_by_the_actor permissive for insert to register_api with check ((EXISTS ( SELECT
   FROM placements.placements p
  WHERE p.id = consultations.placement_id AND (EXISTS ( SELECT
           FROM children.children c
          WHERE c.id = p.child_id)))))
  policy consultations_changed_by_the_actor permissive for update to register_api using ((EXISTS ( SELECT
   FROM placements.placements p
  WHERE p.id = consultations.placement_id AND (EXISTS ( SELECT
           FROM children.children c
          WHERE c.id = p.child_id))))) with check ((EXISTS ( SELECT
   FROM placements.placements p
  WHERE p.id = consultations.placement_id AND (EXISTS ( SELECT
           FROM children.children c
          WHERE c.id = p.child_id)))))
  policy consultations_of_the_worker permissive for all to register_worker using (true) with check (true)
  policy consultations_seen_by_the_actor permissive for select to register_api using ((EXISTS ( SELECT
   FROM placements.placements p
  WHERE p.id = consultations.placement_id AND (EXISTS ( SELECT
           FROM children.children c
          WHERE c.id = p.child_id)))))
  policy consultations_taken_back_by_the_actor permissive for delete to register_api using ((EXISTS ( SELECT
   FROM placements.placements p
  WHERE p.id = consultations.placement_id AND (EXISTS ( SELECT
           FROM children.children c
          WHERE c.id = p.child_id)))))

table placements.corrections row security register_api:SELECT register_worker:SELECT
  id uuid not null register_api:INSERT
  child_id uuid not null register_api:INSERT
  office_id uuid not null register_api:INSERT
  what text not null register_api:INSERT
  edit jsonb not null register_api:INSERT
  read_timeline text not null register_api:INSERT
  reason text not null register_api:INSERT
  note text not null register_api:INSERT
  state text not null default 'proposed'::text register_api:UPDATE
  proposed_by uuid not null register_api:INSERT
  proposed_at timestamp with time zone not null default clock_timestamp()
  decided_by uuid register_api:UPDATE
  decided_at timestamp with time zone register_api:UPDATE
  decline_note text register_api:UPDATE
  constraint corrections_child_id_fkey FOREIGN KEY (child_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint corrections_decided CHECK ((state = 'proposed'::text) = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL))
  constraint corrections_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint corrections_declined CHECK ((state = 'declined'::text) = (decline_note IS NOT NULL))
  constraint corrections_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint corrections_pkey PRIMARY KEY (id)
  constraint corrections_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint corrections_reason CHECK (reason = ANY (ARRAY['typing_error'::text, 'document_found'::text, 'told_later'::text, 'notified_late'::text]))
  constraint corrections_state CHECK (state = ANY (ARRAY['proposed'::text, 'applied'::text, 'declined'::text]))
  constraint corrections_two_people CHECK (decided_by <> proposed_by OR state = 'declined'::text)
  constraint corrections_what CHECK (what = ANY (ARRAY['moved'::text, 'other_place'::text, 'missed'::text, 'never_was'::text]))
  index CREATE INDEX corrections_by_child ON placements.corrections USING btree (child_id, proposed_at DESC, id DESC)
  index CREATE UNIQUE INDEX corrections_one_waiting ON placements.corrections USING btree (child_id) WHERE (state = 'proposed'::text)
  policy corrections_of_the_actor permissive for all to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = corrections.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids)))))))) with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = corrections.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))))
  policy corrections_of_the_worker permissive for all to register_worker using (true) with check (true)

table placements.deaths row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  child_id uuid not null
  on_day date not null
  place text
  cause text
  recorded_by uuid
  recorded_at timestamp with time zone not null default clock_timestamp()
  constraint deaths_child_id_fkey FOREIGN KEY (child_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint deaths_of_the_child UNIQUE (id, child_id)
  constraint deaths_once UNIQUE (child_id)
  constraint deaths_pkey PRIMARY KEY (id)
  constraint deaths_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  policy deaths_added_by_the_actor permissive for insert to register_api with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = deaths.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))))
  policy deaths_of_the_worker permissive for all to register_worker using (true) with check (true)
  policy deaths_seen_by_the_actor permissive for select to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = deaths.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))))

table placements.disappearances row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  child_id uuid not null
  office_id uuid not null
  since date not null register_api:UPDATE register_worker:UPDATE
  kept_until date register_api:UPDATE register_worker:UPDATE
  trafficking_sign boolean not null default false register_api:UPDATE register_worker:UPDATE
  released_on date register_api:UPDATE register_worker:UPDATE
  returned_on date register_api:UPDATE register_worker:UPDATE
  talk_due_at timestamp with time zone register_api:UPDATE register_worker:UPDATE
  recorded_by uuid
  recorded_at timestamp with time zone not null default clock_timestamp()
  constraint disappearances_child_id_fkey FOREIGN KEY (child_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint disappearances_kept CHECK (kept_until > since)
  constraint disappearances_of_the_child UNIQUE (id, child_id)
  constraint disappearances_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint disappearances_pkey PRIMARY KEY (id)
  constraint disappearances_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint disappearances_released CHECK (released_on IS NULL OR kept_until IS NOT NULL)
  constraint disappearances_returned CHECK (returned_on > since AND (returned_on IS NULL) = (talk_due_at IS NULL))
  index CREATE INDEX disappearances_by_child ON placements.disappearances USING btree (child_id, since DESC, id DESC)
  index CREATE INDEX disappearances_by_office ON placements.disappearances USING btree (office_id)
  index CREATE INDEX disappearances_kept_until ON placements.disappearances USING btree (kept_until) WHERE ((released_on IS NULL) AND (returned_on IS NULL))
  index CREATE UNIQUE INDEX disappearances_one_open ON placements.disappearances USING btree (child_id) WHERE (returned_on IS NULL)
  policy disappearances_added_by_the_actor permissive for insert to register_api with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = disappearances.child_id)))
  policy disappearances_changed_by_the_actor permissive for update to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = disappearances.child_id))) with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = disappearances.child_id)))
  policy disappearances_of_the_worker permissive for all to register_worker using (true) with check (true)
  policy disappearances_seen_by_the_actor permissive for select to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = disappearances.child_id)))

table placements.emergencies row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  placement_id uuid not null
  reason text not null
  word_of uuid not null
  word_at timestamp with time zone not null
  adults_declared boolean not null
  home_seen_on date not null
  child_seen_on date not null
  confirm_due_at timestamp with time zone not null
  papers_due_on date not null
  confirmed_by uuid register_api:UPDATE register_worker:UPDATE
  confirmed_at timestamp with time zone register_api:UPDATE register_worker:UPDATE
  constraint emergencies_confirmed CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL))
  constraint emergencies_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint emergencies_pkey PRIMARY KEY (placement_id)
  constraint emergencies_placement_id_fkey FOREIGN KEY (placement_id) REFERENCES placements.placements(id) ON DELETE RESTRICT
  constraint emergencies_seen CHECK (home_seen_on = child_seen_on)
  constraint emergencies_word_of_fkey FOREIGN KEY (word_of) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  policy emergencies_added_by_the_actor permissive for insert to register_api with check ((EXISTS ( SELECT
   FROM placements.placements p
  WHERE p.id = emergencies.placement_id AND (EXISTS ( SELECT
           FROM children.children c
          WHERE c.id = p.child_id)))))
  policy emergencies_changed_by_the_actor permissive for update to register_api using ((EXISTS ( SELECT
   FROM placements.placements p
  WHERE p.id = emergencies.placement_id AND (EXISTS ( SELECT
           FROM children.children c
          WHERE c.id = p.child_id))))) with check ((EXISTS ( SELECT
   FROM placements.placements p
  WHERE p.id = emergencies.placement_id AND (EXISTS ( SELECT
           FROM children.children c
          WHERE c.id = p.child_id)))))
  policy emergencies_of_the_worker permissive for all to register_worker using (true) with check (true)
  policy emergencies_seen_by_the_actor permissive for select to register_api using ((EXISTS ( SELECT
   FROM placements.placements p
  WHERE p.id = emergencies.placement_id AND (EXISTS ( SELECT
           FROM children.children c
          WHERE c.id = p.child_id)))))
  policy emergencies_taken_back_by_the_actor permissive for delete to register_api using ((EXISTS ( SELECT
   FROM placements.placements p
  WHERE p.id = emergencies.placement_id AND (EXISTS ( SELECT
           FROM children.children c
          WHERE c.id = p.child_id)))))

table placements.episode_versions row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  seq bigint not null generated always as identity
  id uuid not null
  child_id uuid not null
  during daterange not null
  kind text not null
  institution_id uuid
  family_id uuid
  placement_id uuid
  "precision" text not null
  basis text not null
  breaches text[] not null
  office_id uuid not null
  recorded tstzrange not null
  known_until timestamp with time zone generated always as (upper(recorded)) stored
  recorded_by uuid
  constraint episode_versions_pkey PRIMARY KEY (seq)
  constraint episode_versions_recorded CHECK (NOT isempty(recorded) AND NOT lower_inf(recorded) AND NOT upper_inf(recorded))
  index CREATE INDEX episode_versions_by_child ON placements.episode_versions USING btree (child_id, seq)
  index CREATE INDEX episode_versions_by_end ON placements.episode_versions USING btree (known_until)
  index CREATE INDEX episode_versions_known ON placements.episode_versions USING btree (child_id, known_until)
  policy episode_versions_added_by_the_actor permissive for insert to register_api with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = episode_versions.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))) OR (institution_id = ANY ((( SELECT platform.ids('app.child_institutions'::text) AS ids))::uuid[])) AND (EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = episode_versions.child_id)))
  policy episode_versions_changed_by_the_actor permissive for update to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = episode_versions.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))) OR (institution_id = ANY ((( SELECT platform.ids('app.child_institutions'::text) AS ids))::uuid[])) AND (EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = episode_versions.child_id))) with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = episode_versions.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))) OR (institution_id = ANY ((( SELECT platform.ids('app.child_institutions'::text) AS ids))::uuid[])) AND (EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = episode_versions.child_id)))
  policy episode_versions_of_the_worker permissive for all to register_worker using (true) with check (true)
  policy episode_versions_seen_by_the_actor permissive for select to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = episode_versions.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))) OR (institution_id = ANY ((( SELECT platform.ids('app.child_institutions'::text) AS ids))::uuid[])) AND (EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = episode_versions.child_id)))
  policy episode_versions_taken_back_by_the_actor permissive for delete to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = episode_versions.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))) OR (institution_id = ANY ((( SELECT platform.ids('app.child_institutions'::text) AS ids))::uuid[])) AND (EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = episode_versions.child_id)))
sequence placements.episode_versions_seq_seq as bigint from 1 by 1

table placements.episodes row security register_api:DELETE,SELECT register_worker:DELETE,SELECT
  id uuid not null register_api:INSERT register_worker:INSERT
  child_id uuid not null register_api:INSERT register_worker:INSERT
  during daterange not null register_api:INSERT,UPDATE register_worker:INSERT,UPDATE
  kind text not null register_api:INSERT,UPDATE register_worker:INSERT,UPDATE
  institution_id uuid register_api:INSERT,UPDATE register_worker:INSERT,UPDATE
  family_id uuid register_api:INSERT,UPDATE register_worker:INSERT,UPDATE
  placement_id uuid register_api:INSERT,UPDATE register_worker:INSERT,UPDATE
  "precision" text not null default 'day'::text register_api:INSERT,UPDATE register_worker:INSERT,UPDATE
  basis text not null default 'recorded'::text register_api:INSERT,UPDATE register_worker:INSERT,UPDATE
  breaches text[] not null default '{}'::text[] register_api:INSERT,UPDATE register_worker:INSERT,UPDATE
  office_id uuid not null register_api:INSERT,UPDATE register_worker:INSERT,UPDATE
  recorded_at timestamp with time zone not null default placements.moment() register_api:UPDATE register_worker:UPDATE
  recorded_by uuid default placements.author()
  constraint episodes_basis CHECK (basis = ANY (ARRAY['recorded'::text, 'document'::text, 'told_by_institution'::text, 'told_by_family'::text, 'told_by_child'::text, 'estimated'::text, 'correction'::text]))
  constraint episodes_child_id_fkey FOREIGN KEY (child_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint episodes_during CHECK (NOT isempty(during) AND NOT lower_inf(during))
  constraint episodes_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint episodes_id UNIQUE (id)
  constraint episodes_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES institutions.institutions(id) ON DELETE RESTRICT
  constraint episodes_kind CHECK (kind = ANY (ARRAY['institution'::text, 'foster'::text, 'kinship'::text, 'family_house'::text, 'home'::text, 'hospital'::text, 'independent'::text, 'missing'::text, 'unknown'::text, 'respite'::text, 'family_visit'::text, 'trial_visit'::text, 'carer_holiday'::text]))
  constraint episodes_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint episodes_pkey PRIMARY KEY (child_id, during WITHOUT OVERLAPS)
  constraint episodes_placement FOREIGN KEY (placement_id, child_id) REFERENCES placements.placements(id, child_id) ON DELETE RESTRICT
  constraint episodes_precision CHECK ("precision" = ANY (ARRAY['day'::text, 'month'::text, 'year'::text, 'estimated'::text]))
  constraint episodes_where CHECK (
CASE
    WHEN kind = 'institution'::text THEN institution_id IS NOT NULL AND family_id IS NULL AND placement_id IS NULL
    WHEN kind = ANY (ARRAY['foster'::text, 'kinship'::text, 'family_house'::text]) THEN institution_id IS NULL AND family_id IS NOT NULL AND placement_id IS NOT NULL
    WHEN kind = 'respite'::text THEN institution_id IS NULL AND placement_id IS NOT NULL
    WHEN kind = 'carer_holiday'::text THEN institution_id IS NULL AND family_id IS NULL AND placement_id IS NOT NULL
    WHEN kind = ANY (ARRAY['family_visit'::text, 'trial_visit'::text]) THEN family_id IS NULL AND (institution_id IS NULL) <> (placement_id IS NULL)
    WHEN kind = ANY (ARRAY['hospital'::text, 'missing'::text]) THEN family_id IS NULL AND (institution_id IS NULL OR placement_id IS NULL)
    ELSE institution_id IS NULL AND family_id IS NULL
END)
  index CREATE INDEX episodes_by_child ON placements.episodes USING btree (child_id)
  index CREATE INDEX episodes_by_family ON placements.episodes USING btree (family_id, child_id) WHERE (family_id IS NOT NULL)
  index CREATE INDEX episodes_by_institution ON placements.episodes USING btree (institution_id, child_id) WHERE (institution_id IS NOT NULL)
  index CREATE INDEX episodes_by_placement ON placements.episodes USING btree (placement_id) WHERE (placement_id IS NOT NULL)
  index CREATE INDEX episodes_now ON placements.episodes USING btree (office_id, kind, child_id) WHERE upper_inf(during)
  policy episodes_added_by_the_actor permissive for insert to register_api with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = episodes.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))) OR (institution_id = ANY ((( SELECT platform.ids('app.child_institutions'::text) AS ids))::uuid[])) AND (EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = episodes.child_id)))
  policy episodes_changed_by_the_actor permissive for update to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = episodes.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))) OR (institution_id = ANY ((( SELECT platform.ids('app.child_institutions'::text) AS ids))::uuid[])) AND (EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = episodes.child_id))) with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = episodes.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))) OR (institution_id = ANY ((( SELECT platform.ids('app.child_institutions'::text) AS ids))::uuid[])) AND (EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = episodes.child_id)))
  policy episodes_of_the_worker permissive for all to register_worker using (true) with check (true)
  policy episodes_seen_by_the_actor permissive for select to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = episodes.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))) OR (institution_id = ANY ((( SELECT platform.ids('app.child_institutions'::text) AS ids))::uuid[])) AND (EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = episodes.child_id)))
  policy episodes_taken_back_by_the_actor permissive for delete to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = episodes.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))) OR (institution_id = ANY ((( SELECT platform.ids('app.child_institutions'::text) AS ids))::uuid[])) AND (EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = episodes.child_id)))
  CREATE TRIGGER episodes_hold_the_institution BEFORE INSERT ON placements.episodes FOR EACH ROW WHEN (new.institution_id IS NOT NULL AND upper_inf(new.during)) EXECUTE FUNCTION institutions.somebody_comes()
  CREATE TRIGGER episodes_keep_version BEFORE DELETE OR UPDATE ON placements.episodes FOR EACH ROW EXECUTE FUNCTION placements.keep_version()
  CREATE TRIGGER episodes_within_life BEFORE INSERT OR UPDATE OF during ON placements.episodes FOR EACH ROW EXECUTE FUNCTION placements.within_life()

table placements.gatekeepings row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  child_id uuid not null
  care_period_id uuid not null register_api:UPDATE
  opened_on date not null
  due_at timestamp with time zone not null
  concluded_on date register_api:UPDATE register_worker:UPDATE
  concluded_by uuid register_api:UPDATE register_worker:UPDATE
  parents_traced boolean register_api:UPDATE register_worker:UPDATE
  parents_reason text register_api:UPDATE register_worker:UPDATE
  kin_traced boolean register_api:UPDATE register_worker:UPDATE
  kin_reason text register_api:UPDATE register_worker:UPDATE
  state text not null default 'open'::text register_api:UPDATE register_worker:UPDATE
  version integer not null default 1 register_api:UPDATE register_worker:UPDATE
  constraint gatekeepings_care_period_id_fkey FOREIGN KEY (care_period_id) REFERENCES placements.care_periods(id) ON DELETE RESTRICT
  constraint gatekeepings_child_id_fkey FOREIGN KEY (child_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint gatekeepings_concluded CHECK ((state = 'complete'::text) = (concluded_on IS NOT NULL) AND (concluded_on IS NULL) = (concluded_by IS NULL) AND concluded_on >= opened_on)
  constraint gatekeepings_concluded_by_fkey FOREIGN KEY (concluded_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint gatekeepings_pkey PRIMARY KEY (id)
  constraint gatekeepings_state CHECK (state = ANY (ARRAY['open'::text, 'complete'::text]))
  constraint gatekeepings_traced CHECK (state <> 'complete'::text OR parents_traced IS NOT NULL AND kin_traced IS NOT NULL AND (parents_traced OR parents_reason IS NOT NULL) AND (kin_traced OR kin_reason IS NOT NULL))
  index CREATE INDEX gatekeepings_by_child ON placements.gatekeepings USING btree (child_id, opened_on DESC, id DESC)
  index CREATE UNIQUE INDEX gatekeepings_one_open ON placements.gatekeepings USING btree (child_id) WHERE (state = 'open'::text)
  index CREATE INDEX gatekeepings_waiting ON placements.gatekeepings USING btree (due_at) WHERE (state = 'open'::text)
  policy gatekeepings_added_by_the_actor permissive for insert to register_api with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = gatekeepings.child_id)))
  policy gatekeepings_changed_by_the_actor permissive for update to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = gatekeepings.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids)))))))) with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = gatekeepings.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))))
  policy gatekeepings_of_the_worker permissive for all to register_worker using (true) with check (true)
  policy gatekeepings_seen_by_the_actor permissive for select to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = gatekeepings.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))))
  policy gatekeepings_taken_back_by_the_actor permissive for delete to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = gatekeepings.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))))

table placements.notices row security register_api:INSERT,SELECT register_worker:SELECT
  id uuid not null
  institution_id uuid not null
  office_id uuid not null
  direction text not null
  on_day date not null
  child_id uuid register_api:UPDATE
  person jsonb register_api:UPDATE
  child_number integer
  emergency boolean not null default false
  circumstances text
  goes_to text register_api:UPDATE
  to_institution_id uuid register_api:UPDATE
  notified_at timestamp with time zone not null
  notified_by uuid not null
  late boolean not null
  state text not null default 'notified'::text register_api:UPDATE
  decided_by uuid register_api:UPDATE
  decided_on date register_api:UPDATE
  reason text register_api:UPDATE
  breaches text[] not null default '{}'::text[] register_api:UPDATE
  constraint notices_child_id_fkey FOREIGN KEY (child_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint notices_decided CHECK ((state = 'notified'::text) = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_on IS NULL))
  constraint notices_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint notices_direction CHECK (direction = ANY (ARRAY['arrival'::text, 'departure'::text]))
  constraint notices_goes_to CHECK (goes_to = ANY (ARRAY['home'::text, 'kin'::text, 'foster'::text, 'institution'::text, 'independent'::text, 'unknown'::text]))
  constraint notices_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES institutions.institutions(id) ON DELETE RESTRICT
  constraint notices_notified_by_fkey FOREIGN KEY (notified_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint notices_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint notices_pkey PRIMARY KEY (id)
  constraint notices_refused CHECK (state <> 'refused'::text OR reason IS NOT NULL)
  constraint notices_state CHECK (state = ANY (ARRAY['notified'::text, 'accepted'::text, 'refused'::text]))
  constraint notices_to CHECK (to_institution_id IS NULL OR goes_to = 'institution'::text)
  constraint notices_to_institution_id_fkey FOREIGN KEY (to_institution_id) REFERENCES institutions.institutions(id) ON DELETE RESTRICT
  constraint notices_who CHECK (
CASE
    WHEN direction = 'departure'::text OR state = 'accepted'::text THEN child_id IS NOT NULL AND person IS NULL
    ELSE person IS NOT NULL
END)
  index CREATE INDEX notices_by_child ON placements.notices USING btree (child_id) WHERE (child_id IS NOT NULL)
  index CREATE INDEX notices_by_institution ON placements.notices USING btree (institution_id, notified_at DESC, id DESC)
  index CREATE UNIQUE INDEX notices_one_departure ON placements.notices USING btree (child_id) WHERE ((direction = 'departure'::text) AND (state = 'notified'::text))
  index CREATE INDEX notices_to_institution ON placements.notices USING btree (to_institution_id) WHERE (to_institution_id IS NOT NULL)
  policy notices_decided permissive for update to register_api using (office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[]))
  policy notices_given permissive for insert to register_api with check ((office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (institution_id = ANY ((( SELECT platform.ids('app.child_institutions'::text) AS ids))::uuid[])))
  policy notices_of_the_worker permissive for all to register_worker using (true)
  policy notices_seen permissive for select to register_api using ((office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (institution_id = ANY ((( SELECT platform.ids('app.child_institutions'::text) AS ids))::uuid[])))

table placements.options row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  gatekeeping_id uuid not null
  option text not null
  outcome text not null
  reason text not null
  relative_id uuid
  on_day date not null
  recorded_by uuid not null
  constraint options_gatekeeping_id_fkey FOREIGN KEY (gatekeeping_id) REFERENCES placements.gatekeepings(id) ON DELETE RESTRICT
  constraint options_once UNIQUE NULLS NOT DISTINCT (gatekeeping_id, option, relative_id)
  constraint options_option CHECK (option = ANY (ARRAY['birth_family'::text, 'kin'::text, 'foster'::text, 'family_house'::text, 'faith_place'::text, 'residential'::text]))
  constraint options_outcome CHECK (outcome = ANY (ARRAY['passed_over'::text, 'absent'::text, 'chosen'::text, 'refused'::text]))
  constraint options_pkey PRIMARY KEY (id)
  constraint options_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint options_relative CHECK (relative_id IS NULL OR (option = ANY (ARRAY['birth_family'::text, 'kin'::text])))
  constraint options_relative_id_fkey FOREIGN KEY (relative_id) REFERENCES children.relatives(id) ON DELETE RESTRICT
  index CREATE UNIQUE INDEX options_one_chosen ON placements.options USING btree (gatekeeping_id) WHERE (outcome = 'chosen'::text)
  policy options_added_by_the_actor permissive for insert to register_api with check ((EXISTS ( SELECT
   FROM placements.gatekeepings g
  WHERE g.id = options.gatekeeping_id)))
  policy options_changed_by_the_actor permissive for update to register_api using ((EXISTS ( SELECT
   FROM placements.gatekeepings g
  WHERE g.id = options.gatekeeping_id))) with check ((EXISTS ( SELECT
   FROM placements.gatekeepings g
  WHERE g.id = options.gatekeeping_id)))
  policy options_of_the_worker permissive for all to register_worker using (true) with check (true)
  policy options_seen_by_the_actor permissive for select to register_api using ((EXISTS ( SELECT
   FROM placements.gatekeepings g
  WHERE g.id = options.gatekeeping_id)))
  policy options_taken_back_by_the_actor permissive for delete to register_api using ((EXISTS ( SELECT
   FROM placements.gatekeepings g
  WHERE g.id = options.gatekeeping_id)))

table placements.placements row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  child_id uuid not null
  family_id uuid not null
  care_kind text not null
  office_id uuid not null register_api:UPDATE register_worker:UPDATE
  family_office_id uuid not null register_api:UPDATE register_worker:UPDATE
  state text not null default 'planned'::text register_api:UPDATE register_worker:UPDATE
  planned_by uuid
  planned_on date not null
  plan_reason text
  approved_by uuid register_api:UPDATE register_worker:UPDATE
  approved_on date register_api:UPDATE register_worker:UPDATE
  starts_on date not null register_api:UPDATE register_worker:UPDATE
  ended_on date register_api:UPDATE register_worker:UPDATE
  end_reason text register_api:UPDATE register_worker:UPDATE
  cancelled_on date register_api:UPDATE register_worker:UPDATE
  cancel_reason text register_api:UPDATE register_worker:UPDATE
  emergency boolean not null default false register_api:UPDATE register_worker:UPDATE
  address_rule text not null default 'named'::text register_api:UPDATE register_worker:UPDATE
  breaches text[] not null default '{}'::text[] register_api:UPDATE register_worker:UPDATE
  proposal_id uuid
  version integer not null default 1 register_api:UPDATE register_worker:UPDATE
  constraint placements_address_rule CHECK (address_rule = ANY (ARRAY['open'::text, 'named'::text, 'confidential'::text]))
  constraint placements_approved CHECK ((approved_by IS NULL) = (approved_on IS NULL) AND (state <> 'approved'::text OR approved_on IS NOT NULL))
  constraint placements_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint placements_cancel_reason CHECK (cancel_reason = ANY (ARRAY['child_asked'::text, 'family_declined'::text, 'parents_disagree'::text, 'not_suitable'::text, 'other_plan'::text, 'written_in_error'::text, 'hold_lapsed'::text, 'family_gone'::text, 'died'::text]))
  constraint placements_cancelled CHECK ((state = 'cancelled'::text) = (cancelled_on IS NOT NULL) AND (cancelled_on IS NULL) = (cancel_reason IS NULL))
  constraint placements_care_kind CHECK (care_kind = ANY (ARRAY['foster'::text, 'kinship'::text, 'family_house'::text]))
  constraint placements_child_id_fkey FOREIGN KEY (child_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint placements_end CHECK ((state = 'ended'::text) = (ended_on IS NOT NULL) AND (ended_on IS NULL) = (end_reason IS NULL) AND ended_on >= starts_on)
  constraint placements_end_reason CHECK (end_reason = ANY (ARRAY['planned'::text, 'carer_behaviour'::text, 'carer_illness'::text, 'carer_migration'::text, 'carer_support'::text, 'carer_other'::text, 'allegation'::text, 'standards'::text, 'approval_removed'::text, 'child_asked'::text, 'returned_home'::text, 'adopted'::text, 'leaving_care'::text, 'died'::text, 'moved'::text, 'missing'::text]))
  constraint placements_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint placements_family_office_id_fkey FOREIGN KEY (family_office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint placements_of_the_child UNIQUE (id, child_id)
  constraint placements_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint placements_one_at_a_time EXCLUDE USING gist (child_id WITH =, daterange(starts_on, ended_on) WITH &&) WHERE (state = ANY (ARRAY['active'::text, 'ended'::text]))
  constraint placements_pkey PRIMARY KEY (id)
  constraint placements_planned_by_fkey FOREIGN KEY (planned_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint placements_state CHECK (state = ANY (ARRAY['planned'::text, 'approved'::text, 'active'::text, 'ended'::text, 'cancelled'::text]))
  index CREATE INDEX placements_by_child ON placements.placements USING btree (child_id, starts_on DESC, id DESC)
  index CREATE INDEX placements_by_family ON placements.placements USING btree (family_id, starts_on DESC, id DESC)
  index CREATE INDEX placements_by_family_office ON placements.placements USING btree (family_office_id, starts_on DESC, id DESC)
  index CREATE INDEX placements_by_office ON placements.placements USING btree (office_id, starts_on DESC, id DESC)
  index CREATE UNIQUE INDEX placements_one_active ON placements.placements USING btree (child_id) WHERE (state = 'active'::text)
  index CREATE UNIQUE INDEX placements_one_plan ON placements.placements USING btree (child_id) WHERE (state = ANY (ARRAY['planned'::text, 'approved'::text]))
  index CREATE INDEX placements_waiting ON placements.placements USING btree (office_id, planned_on, id) WHERE (state = 'planned'::text)
  policy placements_added_by_the_actor permissive for insert to register_api with check ((office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (family_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = placements.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))))
  policy placements_changed_by_the_actor permissive for update to register_api using ((office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (family_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = placements.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids)))))))) with check ((office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (family_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = placements.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))))
  policy placements_of_the_worker permissive for all to register_worker using (true) with check (true)
  policy placements_seen_by_the_actor permissive for select to register_api using ((office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (family_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = placements.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))))
  policy placements_taken_back_by_the_actor permissive for delete to register_api using ((office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (family_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = placements.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))))
  CREATE TRIGGER placements_apart BEFORE INSERT ON placements.placements FOR EACH ROW WHEN (new.planned_by IS NOT NULL) EXECUTE FUNCTION placements.plan_apart()

table placements.return_talks row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  disappearance_id uuid not null
  child_id uuid not null
  on_day date not null
  with_whom text not null
  refused boolean not null
  words text
  recorded_by uuid not null
  recorded_at timestamp with time zone not null default clock_timestamp()
  constraint return_talks_of_her_disappearance FOREIGN KEY (disappearance_id, child_id) REFERENCES placements.disappearances(id, child_id) ON DELETE RESTRICT
  constraint return_talks_pkey PRIMARY KEY (disappearance_id)
  constraint return_talks_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  policy return_talks_added_by_the_actor permissive for insert to register_api with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = return_talks.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))))
  policy return_talks_of_the_worker permissive for all to register_worker using (true) with check (true)
  policy return_talks_seen_by_the_actor permissive for select to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = return_talks.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))))

table placements.returns_home row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  child_id uuid not null
  on_day date not null
  reason text not null
  relative_id uuid
  with_whom text
  support text not null
  recorded_by uuid
  recorded_at timestamp with time zone not null default clock_timestamp()
  constraint returns_home_child_id_fkey FOREIGN KEY (child_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint returns_home_pkey PRIMARY KEY (id)
  constraint returns_home_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint returns_home_relative_id_fkey FOREIGN KEY (relative_id) REFERENCES children.relatives(id) ON DELETE RESTRICT
  constraint returns_home_with_somebody CHECK (relative_id IS NOT NULL OR with_whom IS NOT NULL)
  index CREATE INDEX returns_home_by_child ON placements.returns_home USING btree (child_id, on_day DESC, id DESC)
  index CREATE INDEX returns_home_by_relative ON placements.returns_home USING btree (relative_id) WHERE (relative_id IS NOT NULL)
  policy returns_home_added_by_the_actor permissive for insert to register_api with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = returns_home.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))))
  policy returns_home_of_the_worker permissive for all to register_worker using (true) with check (true)
  policy returns_home_seen_by_the_actor permissive for select to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = returns_home.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))))

table placements.tellings row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  child_id uuid not null
  disappearance_id uuid
  death_id uuid
  party text not null
  told_at timestamp with time zone
  whom text
  not_told_reason text
  recorded_by uuid not null
  recorded_at timestamp with time zone not null default clock_timestamp()
  constraint tellings_of_her_death FOREIGN KEY (death_id, child_id) REFERENCES placements.deaths(id, child_id) ON DELETE RESTRICT
  constraint tellings_of_her_disappearance FOREIGN KEY (disappearance_id, child_id) REFERENCES placements.disappearances(id, child_id) ON DELETE RESTRICT
  constraint tellings_of_one CHECK ((disappearance_id IS NULL) <> (death_id IS NULL))
  constraint tellings_party CHECK (party = ANY (ARRAY['police'::text, 'parents'::text, 'worker'::text, 'supervisor'::text, 'siblings'::text, 'carers'::text, 'authority'::text]))
  constraint tellings_pkey PRIMARY KEY (id)
  constraint tellings_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint tellings_told CHECK ((told_at IS NULL) = (not_told_reason IS NOT NULL))
  index CREATE INDEX tellings_by_death ON placements.tellings USING btree (death_id, child_id) WHERE (death_id IS NOT NULL)
  index CREATE INDEX tellings_by_disappearance ON placements.tellings USING btree (disappearance_id, child_id) WHERE (disappearance_id IS NOT NULL)
  policy tellings_added_by_the_actor permissive for insert to register_api with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = tellings.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))))
  policy tellings_of_the_worker permissive for all to register_worker using (true) with check (true)
  policy tellings_seen_by_the_actor permissive for select to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = tellings.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))))

table placements.temporary_alerts register_worker:INSERT,SELECT
  episode_id uuid not null
  due_on date not null
  kind text not null
  constraint temporary_alerts_kind CHECK (kind = ANY (ARRAY['plan'::text, 'decision'::text]))
  constraint temporary_alerts_pkey PRIMARY KEY (episode_id, kind, due_on)

table placements.temporary_extensions row security register_api:INSERT,SELECT register_worker:SELECT
  id uuid not null
  episode_id uuid not null
  child_id uuid not null
  until_day date not null
  reason text not null
  given_by uuid not null
  given_on date not null
  constraint temporary_extensions_ahead CHECK (until_day > given_on)
  constraint temporary_extensions_child_id_fkey FOREIGN KEY (child_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint temporary_extensions_given_by_fkey FOREIGN KEY (given_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint temporary_extensions_once UNIQUE (episode_id, until_day)
  constraint temporary_extensions_pkey PRIMARY KEY (id)
  index CREATE INDEX temporary_extensions_by_child ON placements.temporary_extensions USING btree (child_id)
  policy temporary_extensions_hers permissive for all to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = temporary_extensions.child_id))) with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = temporary_extensions.child_id)))
  policy temporary_extensions_of_the_worker permissive for all to register_worker using (true)

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
  index CREATE INDEX acts_by_time ON platform.acts USING btree (at, seq)
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
  index CREATE INDEX denials_by_time ON platform.denials USING btree (at, id)
sequence platform.denials_id_seq as bigint from 1 by 1

table platform.outbox register_api:INSERT,SELECT register_worker:DELETE,INSERT,SELECT
  id bigint not null generated always as identity
  act_id uuid
  event text not null
  subject_id uuid not null
  payload jsonb
  created_at timestamp with time zone not null default clock_timestamp()
  relayed_at timestamp with time zone register_worker:UPDATE
  settled_at timestamp with time zone register_worker:UPDATE
  request_id text
  traceparent text
  constraint outbox_act_id_fkey FOREIGN KEY (act_id) REFERENCES platform.acts(id) ON DELETE RESTRICT
  constraint outbox_event_or_job CHECK (
CASE
    WHEN event ~~ 'job.%'::text THEN payload IS NOT NULL
    ELSE act_id IS NOT NULL AND payload IS NULL
END)
  constraint outbox_payload_is_ids CHECK (jsonb_typeof(payload) = 'object'::text AND NOT jsonb_path_exists(payload, '$.*?(@.type() != "string" || !(@ like_regex "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"))'::jsonpath))
  constraint outbox_pkey PRIMARY KEY (id)
  constraint outbox_request_id_is_safe CHECK (request_id ~ '^[A-Za-z0-9._-]{1,80}$'::text)
  constraint outbox_settled_after_relay CHECK (settled_at IS NULL OR relayed_at IS NOT NULL)
  constraint outbox_traceparent_is_one CHECK (traceparent ~ '^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$'::text)
  index CREATE INDEX outbox_settled ON platform.outbox USING btree (settled_at) WHERE (settled_at IS NOT NULL)
  index CREATE INDEX outbox_unsettled ON platform.outbox USING btree (id) WHERE ((relayed_at IS NOT NULL) AND (settled_at IS NULL))
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
  index CREATE INDEX reads_by_time ON platform.reads USING btree (at, id)
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
  id uuid not null default uuidv7()
  name text not null
  during daterange not null register_api:UPDATE
  value jsonb not null
  citation text not null
  constraint settings_begin CHECK (NOT lower_inf(during))
  constraint settings_id_key UNIQUE (id)
  constraint settings_pkey PRIMARY KEY (name, during WITHOUT OVERLAPS)

table public.applied_migrations register_api:SELECT register_worker:SELECT
  id integer not null default nextval('public.applied_migrations_id_seq'::regclass)
  "timestamp" bigint not null
  name character varying not null
  constraint "PK_2b69f638458548a71845418c49f" PRIMARY KEY (id)
sequence public.applied_migrations_id_seq as integer from 1 by 1

table recruitment.appeals row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  application_id uuid not null
  panel_id uuid not null
  office_id uuid not null register_worker:UPDATE
  adult_id uuid
  filed_on date not null
  reason text not null
  decided_on date register_api:UPDATE
  decided_by uuid register_api:UPDATE
  outcome text register_api:UPDATE
  decision text register_api:UPDATE
  constraint appeals_adult_id_fkey FOREIGN KEY (adult_id) REFERENCES carers.adults(id) ON DELETE RESTRICT
  constraint appeals_application_id_fkey FOREIGN KEY (application_id) REFERENCES recruitment.applications(id) ON DELETE RESTRICT
  constraint appeals_decided CHECK ((outcome IS NULL) = (decided_on IS NULL) AND (outcome IS NULL) = (decided_by IS NULL) AND (outcome IS NULL) = (decision IS NULL) AND decided_on >= filed_on)
  constraint appeals_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint appeals_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint appeals_once UNIQUE (panel_id)
  constraint appeals_outcome CHECK (outcome = ANY (ARRAY['upheld'::text, 'dismissed'::text]))
  constraint appeals_panel_id_fkey FOREIGN KEY (panel_id) REFERENCES recruitment.panels(id) ON DELETE RESTRICT
  constraint appeals_pkey PRIMARY KEY (id)
  index CREATE INDEX appeals_by_application ON recruitment.appeals USING btree (application_id, filed_on, id)
  policy appeals_of_the_office permissive for all to register_api using (office_id = ANY ((( SELECT platform.ids('app.family_offices'::text) AS ids))::uuid[])) with check (office_id = ANY ((( SELECT platform.ids('app.family_offices'::text) AS ids))::uuid[]))
  policy appeals_of_the_worker permissive for all to register_worker using (true) with check (true)
  CREATE TRIGGER appeals_another BEFORE UPDATE OF decided_by ON recruitment.appeals FOR EACH ROW EXECUTE FUNCTION recruitment.appeal_by_another()

table recruitment.application_steps row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  application_id uuid not null
  office_id uuid not null register_worker:UPDATE
  state text not null
  entered_on date not null
  constraint application_steps_application_id_fkey FOREIGN KEY (application_id) REFERENCES recruitment.applications(id) ON DELETE RESTRICT
  constraint application_steps_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint application_steps_pkey PRIMARY KEY (id)
  constraint application_steps_state CHECK (state = ANY (ARRAY['received'::text, 'checking'::text, 'studying'::text, 'training'::text, 'panel'::text, 'approved'::text, 'refused'::text, 'withdrawn'::text]))
  index CREATE INDEX application_steps_by_application ON recruitment.application_steps USING btree (application_id, entered_on, id)
  policy application_steps_of_the_office permissive for all to register_api using (office_id = ANY ((( SELECT platform.ids('app.family_offices'::text) AS ids))::uuid[])) with check (office_id = ANY ((( SELECT platform.ids('app.family_offices'::text) AS ids))::uuid[]))
  policy application_steps_of_the_worker permissive for all to register_worker using (true) with check (true)

table recruitment.applications row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  enquiry_id uuid
  family_id uuid not null
  office_id uuid not null register_worker:UPDATE
  received_on date not null
  state text not null default 'received'::text register_api:UPDATE
  ended_on date register_api:UPDATE
  version integer not null default 1 register_api:UPDATE
  constraint applications_end CHECK ((ended_on IS NOT NULL) = (state = ANY (ARRAY['approved'::text, 'refused'::text, 'withdrawn'::text])) AND ended_on >= received_on)
  constraint applications_enquiry_id_fkey FOREIGN KEY (enquiry_id) REFERENCES recruitment.enquiries(id) ON DELETE RESTRICT
  constraint applications_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint applications_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint applications_pkey PRIMARY KEY (id)
  constraint applications_state CHECK (state = ANY (ARRAY['received'::text, 'checking'::text, 'studying'::text, 'training'::text, 'panel'::text, 'approved'::text, 'refused'::text, 'withdrawn'::text]))
  index CREATE INDEX applications_by_office ON recruitment.applications USING btree (office_id, received_on DESC, id DESC)
  index CREATE UNIQUE INDEX applications_one_open ON recruitment.applications USING btree (family_id) WHERE (state <> ALL (ARRAY['approved'::text, 'refused'::text, 'withdrawn'::text]))
  index CREATE UNIQUE INDEX applications_one_per_enquiry ON recruitment.applications USING btree (enquiry_id)
  policy applications_of_the_office permissive for all to register_api using (office_id = ANY ((( SELECT platform.ids('app.family_offices'::text) AS ids))::uuid[])) with check (office_id = ANY (platform.ids('app.family_offices'::text)))
  policy applications_of_the_worker permissive for all to register_worker using (true) with check (true)

table recruitment.campaign_events register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  campaign_id uuid not null
  held_on date not null
  area_code text not null
  channel text not null
  people_reached integer not null
  note text
  constraint campaign_events_area CHECK (length(area_code) >= 4)
  constraint campaign_events_area_code_fkey FOREIGN KEY (area_code) REFERENCES territory.areas(code) ON DELETE RESTRICT
  constraint campaign_events_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES recruitment.campaigns(id) ON DELETE RESTRICT
  constraint campaign_events_channel CHECK (channel = ANY (ARRAY['village_meeting'::text, 'radio'::text, 'loudspeaker'::text, 'pagoda'::text, 'social_media'::text, 'leaflet'::text]))
  constraint campaign_events_people_reached CHECK (people_reached >= 0)
  constraint campaign_events_pkey PRIMARY KEY (id)
  index CREATE INDEX campaign_events_by_campaign ON recruitment.campaign_events USING btree (campaign_id, held_on DESC, id DESC)

table recruitment.campaigns register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  name_km text not null
  name_latin text not null
  area_code text not null
  office_id uuid not null
  channels text[] not null
  during daterange not null
  people_reached integer register_api:UPDATE
  closed_on date register_api:UPDATE
  version integer not null default 1 register_api:UPDATE
  cost bigint register_api:UPDATE
  constraint campaigns_area CHECK (length(area_code) >= 4)
  constraint campaigns_area_code_fkey FOREIGN KEY (area_code) REFERENCES territory.areas(code) ON DELETE RESTRICT
  constraint campaigns_channels CHECK (cardinality(channels) > 0 AND channels <@ ARRAY['village_meeting'::text, 'radio'::text, 'loudspeaker'::text, 'pagoda'::text, 'social_media'::text, 'leaflet'::text])
  constraint campaigns_closed CHECK (closed_on >= lower(during))
  constraint campaigns_cost CHECK (cost >= 0)
  constraint campaigns_during CHECK (NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during))
  constraint campaigns_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint campaigns_people_reached CHECK (people_reached >= 0)
  constraint campaigns_pkey PRIMARY KEY (id)
  index CREATE INDEX campaigns_by_area ON recruitment.campaigns USING btree (area_code text_pattern_ops, id)

table recruitment.check_reminders register_worker:INSERT,SELECT
  check_id uuid not null
  days integer not null
  told_on date not null
  constraint check_reminders_check_id_fkey FOREIGN KEY (check_id) REFERENCES recruitment.checks(id) ON DELETE RESTRICT
  constraint check_reminders_pkey PRIMARY KEY (check_id, days)

table recruitment.checks row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  family_id uuid not null
  adult_id uuid not null
  office_id uuid not null register_worker:UPDATE
  kind text not null
  outcome text not null
  done_on date not null
  valid_until date not null
  constraint checks_adult_id_fkey FOREIGN KEY (adult_id) REFERENCES carers.adults(id) ON DELETE RESTRICT
  constraint checks_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint checks_kind CHECK (kind = ANY (ARRAY['identity'::text, 'criminal_record'::text, 'health'::text, 'no_violence'::text]))
  constraint checks_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint checks_outcome CHECK (outcome = ANY (ARRAY['clear'::text, 'concern'::text]))
  constraint checks_pkey PRIMARY KEY (id)
  constraint checks_validity CHECK (valid_until > done_on)
  index CREATE INDEX checks_by_adult ON recruitment.checks USING btree (adult_id, kind, done_on)
  index CREATE INDEX checks_by_family ON recruitment.checks USING btree (family_id, done_on DESC, id DESC)
  policy checks_of_the_office permissive for all to register_api using (office_id = ANY ((( SELECT platform.ids('app.family_offices'::text) AS ids))::uuid[])) with check (office_id = ANY (platform.ids('app.family_offices'::text)))
  policy checks_of_the_worker permissive for all to register_worker using (true) with check (true)

table recruitment.enquiries row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  campaign_id uuid
  source text not null
  name_km text
  name_latin text
  phone text
  area_code text not null
  office_id uuid not null
  received_on date not null
  state text not null default 'new'::text register_api:UPDATE
  worker_id uuid not null register_api:UPDATE
  next_on date register_api:UPDATE
  version integer not null default 1 register_api:UPDATE
  duplicate_of uuid register_api:UPDATE
  is_duplicate boolean not null generated always as ((duplicate_of IS NOT NULL)) stored
  of_duplicate boolean generated always as (
CASE
    WHEN (duplicate_of IS NOT NULL) THEN false
    ELSE NULL::boolean
END) stored
  constraint enquiries_area CHECK (length(area_code) >= 6)
  constraint enquiries_area_code_fkey FOREIGN KEY (area_code) REFERENCES territory.areas(code) ON DELETE RESTRICT
  constraint enquiries_campaign CHECK ((source = 'campaign'::text) = (campaign_id IS NOT NULL))
  constraint enquiries_campaign_id_fkey FOREIGN KEY (campaign_id) REFERENCES recruitment.campaigns(id) ON DELETE RESTRICT
  constraint enquiries_duplicate_of_first FOREIGN KEY (duplicate_of, of_duplicate) REFERENCES recruitment.enquiries(id, is_duplicate) ON DELETE RESTRICT
  constraint enquiries_duplicate_open CHECK (duplicate_of IS NULL OR state <> 'applied'::text)
  constraint enquiries_first UNIQUE (id, is_duplicate)
  constraint enquiries_named CHECK (name_km IS NOT NULL OR name_latin IS NOT NULL)
  constraint enquiries_next CHECK (next_on IS NULL OR (state = ANY (ARRAY['new'::text, 'followed_up'::text])) AND next_on >= received_on)
  constraint enquiries_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint enquiries_pkey PRIMARY KEY (id)
  constraint enquiries_source CHECK (source = ANY (ARRAY['campaign'::text, 'walk_in'::text, 'phone'::text]))
  constraint enquiries_state CHECK (state = ANY (ARRAY['new'::text, 'followed_up'::text, 'applied'::text, 'not_interested'::text, 'unreachable'::text]))
  constraint enquiries_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  index CREATE INDEX enquiries_by_campaign ON recruitment.enquiries USING btree (campaign_id, received_on DESC, id DESC)
  index CREATE INDEX enquiries_by_office ON recruitment.enquiries USING btree (office_id, received_on DESC, id DESC)
  index CREATE INDEX enquiries_by_original ON recruitment.enquiries USING btree (duplicate_of) WHERE (duplicate_of IS NOT NULL)
  index CREATE INDEX enquiries_by_phone ON recruitment.enquiries USING btree (phone) WHERE (phone IS NOT NULL)
  policy enquiries_of_the_office permissive for all to register_api using (office_id = ANY ((( SELECT platform.ids('app.family_offices'::text) AS ids))::uuid[])) with check (office_id = ANY (platform.ids('app.family_offices'::text)))
  policy enquiries_of_the_worker permissive for all to register_worker using (true) with check (true)

table recruitment.enquiry_keys row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  key text not null
  enquiry_id uuid not null
  constraint enquiry_keys_enquiry_id_fkey FOREIGN KEY (enquiry_id) REFERENCES recruitment.enquiries(id) ON DELETE RESTRICT
  constraint enquiry_keys_pkey PRIMARY KEY (key, enquiry_id)
  index CREATE INDEX enquiry_keys_by_enquiry ON recruitment.enquiry_keys USING btree (enquiry_id)
  policy enquiry_keys_of_the_office permissive for all to register_api using ((EXISTS ( SELECT
   FROM recruitment.enquiries e
  WHERE e.id = enquiry_keys.enquiry_id))) with check ((EXISTS ( SELECT
   FROM recruitment.enquiries e
  WHERE e.id = enquiry_keys.enquiry_id)))
  policy enquiry_keys_of_the_worker permissive for all to register_worker using (true) with check (true)

table recruitment.family_load_rows row security register_api:INSERT,SELECT register_worker:SELECT
  id uuid not null
  load_id uuid not null
  "row" integer not null
  job_id uuid not null
  office_id uuid not null
  cells jsonb register_worker:UPDATE
  same_as integer
  outcome text not null default 'waiting'::text register_worker:UPDATE
  code text register_worker:UPDATE
  details jsonb not null default '{}'::jsonb register_worker:UPDATE
  family_id uuid register_worker:UPDATE
  candidates uuid[] not null default '{}'::uuid[] register_worker:UPDATE
  constraint family_load_rows_created CHECK ((outcome = 'created'::text) = (family_id IS NOT NULL))
  constraint family_load_rows_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint family_load_rows_job UNIQUE (job_id)
  constraint family_load_rows_load_id_fkey FOREIGN KEY (load_id) REFERENCES recruitment.family_loads(id) ON DELETE RESTRICT
  constraint family_load_rows_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint family_load_rows_once UNIQUE (load_id, "row")
  constraint family_load_rows_outcome CHECK (outcome = ANY (ARRAY['waiting'::text, 'created'::text, 'would_create'::text, 'possible_duplicate'::text, 'refused'::text]))
  constraint family_load_rows_pkey PRIMARY KEY (id)
  constraint family_load_rows_refused CHECK (outcome <> 'refused'::text OR code IS NOT NULL)
  constraint family_load_rows_same_as CHECK (same_as < "row")
  constraint family_load_rows_waits CHECK ((outcome = 'waiting'::text) = (cells IS NOT NULL))
  policy family_load_rows_of_the_office permissive for all to register_api using (office_id = ANY ((( SELECT platform.ids('app.family_offices'::text) AS ids))::uuid[])) with check (office_id = ANY (platform.ids('app.family_offices'::text)))
  policy family_load_rows_of_the_worker permissive for all to register_worker using (true) with check (true)

table recruitment.family_loads row security register_api:INSERT,SELECT register_worker:SELECT
  id uuid not null
  office_id uuid not null
  dry_run boolean not null
  accept_duplicates boolean not null
  on_day date not null
  loaded_by uuid not null
  loaded_at timestamp with time zone not null
  rows integer not null
  done integer not null default 0 register_worker:UPDATE
  constraint family_loads_done CHECK (done >= 0 AND done <= rows)
  constraint family_loads_loaded_by_fkey FOREIGN KEY (loaded_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint family_loads_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint family_loads_pkey PRIMARY KEY (id)
  index CREATE INDEX family_loads_by_office ON recruitment.family_loads USING btree (office_id, id)
  policy family_loads_of_the_office permissive for all to register_api using (office_id = ANY ((( SELECT platform.ids('app.family_offices'::text) AS ids))::uuid[])) with check (office_id = ANY (platform.ids('app.family_offices'::text)))
  policy family_loads_of_the_worker permissive for all to register_worker using (true) with check (true)

table recruitment.follow_ups row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  enquiry_id uuid not null
  office_id uuid not null
  on_day date not null
  outcome text not null
  note text
  constraint follow_ups_enquiry_id_fkey FOREIGN KEY (enquiry_id) REFERENCES recruitment.enquiries(id) ON DELETE RESTRICT
  constraint follow_ups_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint follow_ups_outcome CHECK (outcome = ANY (ARRAY['interested'::text, 'no_answer'::text, 'not_interested'::text, 'unreachable'::text]))
  constraint follow_ups_pkey PRIMARY KEY (id)
  index CREATE INDEX follow_ups_by_enquiry ON recruitment.follow_ups USING btree (enquiry_id, on_day, id)
  policy follow_ups_of_the_office permissive for all to register_api using (office_id = ANY ((( SELECT platform.ids('app.family_offices'::text) AS ids))::uuid[])) with check (office_id = ANY (platform.ids('app.family_offices'::text)))
  policy follow_ups_of_the_worker permissive for all to register_worker using (true) with check (true)

table recruitment.home_studies row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  application_id uuid not null
  office_id uuid not null register_worker:UPDATE
  form text not null
  done_on date not null
  done_by uuid not null
  scores jsonb not null
  recommended boolean not null
  motive_talk_needed boolean not null
  note text
  motives text[] not null default '{}'::text[]
  constraint home_studies_application_id_fkey FOREIGN KEY (application_id) REFERENCES recruitment.applications(id) ON DELETE RESTRICT
  constraint home_studies_done_by_fkey FOREIGN KEY (done_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint home_studies_motives CHECK (motives <@ ARRAY['wish_to_adopt'::text, 'need_of_labour'::text, 'debt'::text] AND (cardinality(motives) = 0 OR motive_talk_needed))
  constraint home_studies_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint home_studies_pkey PRIMARY KEY (id)
  index CREATE INDEX home_studies_by_application ON recruitment.home_studies USING btree (application_id, done_on, id)
  policy home_studies_of_the_office permissive for all to register_api using (office_id = ANY ((( SELECT platform.ids('app.family_offices'::text) AS ids))::uuid[])) with check (office_id = ANY (platform.ids('app.family_offices'::text)))
  policy home_studies_of_the_worker permissive for all to register_worker using (true) with check (true)
  CREATE TRIGGER home_studies_apart BEFORE INSERT ON recruitment.home_studies FOR EACH ROW EXECUTE FUNCTION recruitment.study_apart()

table recruitment.motive_talks row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  application_id uuid not null
  office_id uuid not null register_worker:UPDATE
  held_on date not null
  held_by uuid not null
  note text
  constraint motive_talks_application_id_fkey FOREIGN KEY (application_id) REFERENCES recruitment.applications(id) ON DELETE RESTRICT
  constraint motive_talks_held_by_fkey FOREIGN KEY (held_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint motive_talks_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint motive_talks_pkey PRIMARY KEY (id)
  index CREATE INDEX motive_talks_by_application ON recruitment.motive_talks USING btree (application_id, held_on)
  policy motive_talks_of_the_office permissive for all to register_api using (office_id = ANY ((( SELECT platform.ids('app.family_offices'::text) AS ids))::uuid[])) with check (office_id = ANY ((( SELECT platform.ids('app.family_offices'::text) AS ids))::uuid[]))
  policy motive_talks_of_the_worker permissive for all to register_worker using (true) with check (true)

table recruitment.panels row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  application_id uuid not null
  office_id uuid not null register_worker:UPDATE
  met_on date not null
  members uuid[] not null
  decided_on date register_api:UPDATE
  decided_by uuid register_api:UPDATE
  outcome text register_api:UPDATE
  reason text register_api:UPDATE
  constraint panels_application_id_fkey FOREIGN KEY (application_id) REFERENCES recruitment.applications(id) ON DELETE RESTRICT
  constraint panels_decided CHECK ((outcome IS NULL) = (decided_on IS NULL) AND (outcome IS NULL) = (decided_by IS NULL) AND decided_on >= met_on)
  constraint panels_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint panels_members CHECK (cardinality(members) = 3)
  constraint panels_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint panels_outcome CHECK (outcome = ANY (ARRAY['approved'::text, 'refused'::text, 'dissolved'::text]))
  constraint panels_pkey PRIMARY KEY (id)
  index CREATE INDEX panels_by_application ON recruitment.panels USING btree (application_id, met_on, id)
  index CREATE UNIQUE INDEX panels_one_open ON recruitment.panels USING btree (application_id) WHERE (outcome IS NULL)
  policy panels_of_the_office permissive for all to register_api using (office_id = ANY ((( SELECT platform.ids('app.family_offices'::text) AS ids))::uuid[])) with check (office_id = ANY (platform.ids('app.family_offices'::text)))
  policy panels_of_the_worker permissive for all to register_worker using (true) with check (true)
  CREATE TRIGGER panels_apart BEFORE INSERT OR UPDATE OF members, decided_by, decided_on ON recruitment.panels FOR EACH ROW WHEN (new.outcome IS DISTINCT FROM 'dissolved'::text) EXECUTE FUNCTION recruitment.panel_apart()
  CREATE TRIGGER panels_talked BEFORE UPDATE OF outcome ON recruitment.panels FOR EACH ROW WHEN (new.outcome = ANY (ARRAY['approved'::text, 'refused'::text])) EXECUTE FUNCTION recruitment.panel_talked()

table recruitment.reviews row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  family_id uuid not null
  on_day date not null
  outcome text not null
  reason text not null
  decided_by uuid
  constraint reviews_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint reviews_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint reviews_once_a_day UNIQUE (family_id, on_day)
  constraint reviews_outcome CHECK (outcome = ANY (ARRAY['confirmed'::text, 'changed'::text, 'suspended'::text, 'removed'::text]))
  constraint reviews_pkey PRIMARY KEY (id)
  policy reviews_of_the_office permissive for all to register_api using ((EXISTS ( SELECT
   FROM carers.families f
  WHERE f.id = reviews.family_id))) with check ((EXISTS ( SELECT
   FROM carers.families f
  WHERE f.id = reviews.family_id)))
  policy reviews_of_the_worker permissive for all to register_worker using (true) with check (true)

table recruitment.signatures row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  application_id uuid not null
  office_id uuid not null register_worker:UPDATE
  party text not null
  how text not null
  signed_on date not null
  note text
  constraint signatures_application_id_fkey FOREIGN KEY (application_id) REFERENCES recruitment.applications(id) ON DELETE RESTRICT
  constraint signatures_how CHECK (how = ANY (ARRAY['signed'::text, 'thumbprint'::text]))
  constraint signatures_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint signatures_party CHECK (party = ANY (ARRAY['village_chief'::text, 'commune'::text, 'police'::text, 'neighbour'::text]))
  constraint signatures_pkey PRIMARY KEY (id)
  index CREATE INDEX signatures_by_application ON recruitment.signatures USING btree (application_id, party)
  index CREATE UNIQUE INDEX signatures_once ON recruitment.signatures USING btree (application_id, party) WHERE (party <> 'neighbour'::text)
  policy signatures_of_the_office permissive for all to register_api using (office_id = ANY ((( SELECT platform.ids('app.family_offices'::text) AS ids))::uuid[])) with check (office_id = ANY (platform.ids('app.family_offices'::text)))
  policy signatures_of_the_worker permissive for all to register_worker using (true) with check (true)

table staff.accounts register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  login text not null
  name_km text register_api:UPDATE
  name_latin text not null register_api:UPDATE
  phone text register_api:UPDATE
  language text not null default 'km'::text register_api:UPDATE
  state text not null default 'invited'::text register_api:UPDATE
  password_hash text register_api:UPDATE
  invited_at timestamp with time zone not null default clock_timestamp()
  sign_in_id uuid register_api:UPDATE
  sign_in_issuer text register_api:UPDATE
  sign_in_subject text register_api:UPDATE
  sign_in_at timestamp with time zone register_api:UPDATE
  constraint accounts_language CHECK (language = ANY (ARRAY['km'::text, 'en'::text]))
  constraint accounts_login UNIQUE (login)
  constraint accounts_login_written CHECK (login ~ '^[a-z0-9][a-z0-9._-]{2,59}$'::text)
  constraint accounts_pkey PRIMARY KEY (id)
  constraint accounts_sign_in UNIQUE (sign_in_issuer, sign_in_subject)
  constraint accounts_sign_in_open CHECK (sign_in_id IS NULL OR state = 'active'::text)
  constraint accounts_sign_in_whole CHECK (num_nonnulls(sign_in_id, sign_in_issuer, sign_in_subject, sign_in_at) = ANY (ARRAY[0, 4]))
  constraint accounts_state CHECK (state = ANY (ARRAY['invited'::text, 'active'::text, 'closed'::text]))
  constraint accounts_way_in CHECK (state <> 'active'::text OR password_hash IS NOT NULL OR sign_in_id IS NOT NULL)
  index CREATE INDEX accounts_by_name ON staff.accounts USING btree (name_latin, id)

table staff.links register_api:INSERT,SELECT
  id uuid not null
  account_id uuid not null
  purpose text not null
  secret_hash bytea not null
  made_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  ended_at timestamp with time zone register_api:UPDATE
  ended_why text register_api:UPDATE
  constraint links_account_id_fkey FOREIGN KEY (account_id) REFERENCES staff.accounts(id) ON DELETE CASCADE
  constraint links_end CHECK ((ended_at IS NULL) = (ended_why IS NULL))
  constraint links_hash CHECK (length(secret_hash) = 32)
  constraint links_life CHECK (expires_at > made_at)
  constraint links_pkey PRIMARY KEY (id)
  constraint links_purpose CHECK (purpose = ANY (ARRAY['invitation'::text, 'reset'::text]))
  constraint links_secret UNIQUE (secret_hash)
  constraint links_why CHECK (ended_why = ANY (ARRAY['used'::text, 'replaced'::text, 'closed'::text]))
  index CREATE UNIQUE INDEX links_one_open ON staff.links USING btree (account_id) WHERE (ended_at IS NULL)

table staff.postings register_api:INSERT,SELECT register_worker:SELECT
  id uuid not null
  account_id uuid not null
  role text not null
  office_id uuid
  institution_id uuid
  during daterange not null register_api:UPDATE
  withdrawn_at timestamp with time zone register_api:UPDATE
  constraint postings_account_id_fkey FOREIGN KEY (account_id) REFERENCES staff.accounts(id) ON DELETE CASCADE
  constraint postings_during CHECK (NOT isempty(during) AND NOT lower_inf(during))
  constraint postings_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES institutions.institutions(id) ON DELETE RESTRICT
  constraint postings_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint postings_once EXCLUDE USING gist (account_id WITH =, role WITH =, COALESCE(office_id, institution_id, '00000000-0000-0000-0000-000000000000'::uuid) WITH =, during WITH &&) WHERE (withdrawn_at IS NULL)
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
  index CREATE INDEX postings_by_institution ON staff.postings USING btree (institution_id) WHERE (institution_id IS NOT NULL)
  index CREATE INDEX postings_by_office ON staff.postings USING btree (office_id, role) WHERE (office_id IS NOT NULL)
  index CREATE INDEX postings_of_administrators ON staff.postings USING btree (id) WHERE ((role = 'administrator'::text) AND (withdrawn_at IS NULL))

table staff.qualifications register_api:DELETE,INSERT,SELECT register_worker:DELETE,INSERT,SELECT
  account_id uuid not null
  kind text not null
  during daterange not null
  certificate_id uuid not null
  constraint qualifications_account_id_fkey FOREIGN KEY (account_id) REFERENCES staff.accounts(id) ON DELETE CASCADE
  constraint qualifications_during CHECK (NOT isempty(during) AND NOT lower_inf(during))
  constraint qualifications_kind CHECK (kind ~ '^[a-z][a-z_]{2,39}$'::text)
  constraint qualifications_pkey PRIMARY KEY (account_id, kind, during WITHOUT OVERLAPS)
  index CREATE INDEX qualifications_by_certificate ON staff.qualifications USING btree (certificate_id)

table staff.recovery_codes register_api:INSERT,SELECT
  hash bytea not null
  factor_id uuid not null
  used_at timestamp with time zone register_api:UPDATE
  constraint recovery_codes_factor_id_fkey FOREIGN KEY (factor_id) REFERENCES staff.second_factors(id) ON DELETE CASCADE
  constraint recovery_codes_hash CHECK (length(hash) = 32)
  constraint recovery_codes_pkey PRIMARY KEY (hash)
  index CREATE INDEX recovery_codes_by_factor ON staff.recovery_codes USING btree (factor_id)

table staff.refresh_tokens register_api:INSERT,SELECT
  hash bytea not null
  session_id uuid not null
  made_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  used_at timestamp with time zone register_api:UPDATE
  constraint refresh_tokens_hash CHECK (length(hash) = 32)
  constraint refresh_tokens_life CHECK (expires_at > made_at)
  constraint refresh_tokens_pkey PRIMARY KEY (hash)
  constraint refresh_tokens_session_id_fkey FOREIGN KEY (session_id) REFERENCES staff.sessions(id) ON DELETE CASCADE
  index CREATE INDEX refresh_tokens_by_session ON staff.refresh_tokens USING btree (session_id, made_at)
  index CREATE UNIQUE INDEX refresh_tokens_one_unused ON staff.refresh_tokens USING btree (session_id) WHERE (used_at IS NULL)

table staff.second_factors register_api:DELETE,INSERT,SELECT
  id uuid not null
  account_id uuid not null
  secret bytea not null
  made_at timestamp with time zone not null
  confirmed_at timestamp with time zone register_api:UPDATE
  last_step integer register_api:UPDATE
  constraint second_factors_account_id_fkey FOREIGN KEY (account_id) REFERENCES staff.accounts(id) ON DELETE CASCADE
  constraint second_factors_pkey PRIMARY KEY (id)
  constraint second_factors_secret_sealed CHECK (length(secret) > 30)
  constraint second_factors_step CHECK ((confirmed_at IS NULL) = (last_step IS NULL))
  index CREATE UNIQUE INDEX second_factors_one_confirmed ON staff.second_factors USING btree (account_id) WHERE (confirmed_at IS NOT NULL)
  index CREATE UNIQUE INDEX second_factors_one_waiting ON staff.second_factors USING btree (account_id) WHERE (confirmed_at IS NULL)

table staff.sessions register_api:INSERT,SELECT
  id uuid not null
  account_id uuid not null
  began_at timestamp with time zone not null default clock_timestamp()
  used_at timestamp with time zone not null default clock_timestamp() register_api:UPDATE
  ended_at timestamp with time zone register_api:UPDATE
  ended_why text register_api:UPDATE
  client text not null default ''::text
  address_hash bytea
  constraint sessions_account_id_fkey FOREIGN KEY (account_id) REFERENCES staff.accounts(id) ON DELETE CASCADE
  constraint sessions_end CHECK ((ended_at IS NULL) = (ended_why IS NULL))
  constraint sessions_pkey PRIMARY KEY (id)
  constraint sessions_why CHECK (ended_why = ANY (ARRAY['signed_out'::text, 'revoked'::text, 'reuse'::text, 'password'::text, 'second_factor'::text, 'closed'::text, 'expired'::text]))
  index CREATE INDEX sessions_by_account ON staff.sessions USING btree (account_id, began_at)

table staff.sign_in_attempts register_api:DELETE,INSERT,SELECT
  id bigint not null generated always as identity
  at timestamp with time zone not null
  login_hash bytea not null
  address_hash bytea not null
  known_address boolean not null
  failed boolean not null default true register_api:UPDATE
  constraint sign_in_attempts_pkey PRIMARY KEY (id)
  index CREATE INDEX sign_in_attempts_by_address ON staff.sign_in_attempts USING btree (address_hash, at)
  index CREATE INDEX sign_in_attempts_by_age ON staff.sign_in_attempts USING btree (at)
  index CREATE INDEX sign_in_attempts_by_login ON staff.sign_in_attempts USING btree (login_hash, at)
sequence staff.sign_in_attempts_id_seq as bigint from 1 by 1

table statistics.cells register_api:INSERT,SELECT register_reader:SELECT
  release_id uuid not null
  dimension text not null
  category text not null
  care_kind text not null
  shown integer
  constraint cells_care_kind CHECK (care_kind = ANY (ARRAY['residential'::text, 'foster'::text, 'kinship'::text, 'family_house'::text, 'home'::text, 'other'::text, 'all'::text]))
  constraint cells_dimension CHECK (dimension = ANY (ARRAY['country'::text, 'province'::text, 'sex'::text, 'age_band'::text, 'left_residential_for'::text]))
  constraint cells_pkey PRIMARY KEY (release_id, dimension, category, care_kind)
  constraint cells_release_id_fkey FOREIGN KEY (release_id) REFERENCES statistics.releases(id) ON DELETE RESTRICT
  constraint cells_shown CHECK (shown >= 0)

table statistics.releases register_api:INSERT,SELECT
  id uuid not null register_reader:SELECT
  quarter text not null register_reader:SELECT
  reference_day date not null register_reader:SELECT
  as_known_on date not null register_reader:SELECT
  base integer not null register_reader:SELECT
  "least" integer not null register_reader:SELECT
  published_by uuid not null
  published_at timestamp with time zone not null default clock_timestamp() register_reader:SELECT
  constraint releases_known CHECK (as_known_on >= reference_day)
  constraint releases_once UNIQUE (quarter)
  constraint releases_pkey PRIMARY KEY (id)
  constraint releases_published_by_fkey FOREIGN KEY (published_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint releases_quarter CHECK (quarter ~ '^20[0-9]{2}-Q[1-4]$'::text)
  constraint releases_rule CHECK (base >= 5 AND "least" >= 10 AND "least" >= base)

table support.entitlements row security register_api:SELECT register_worker:DELETE,INSERT,SELECT
  id uuid not null
  child_id uuid not null
  scheme_code text not null
  during daterange not null register_worker:UPDATE
  opened_on date not null generated always as (lower(during)) stored
  stop text not null register_worker:UPDATE
  constraint entitlements_child_id_fkey FOREIGN KEY (child_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint entitlements_during CHECK (NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during))
  constraint entitlements_one_at_a_time UNIQUE (child_id, scheme_code, during WITHOUT OVERLAPS)
  constraint entitlements_pkey PRIMARY KEY (id)
  constraint entitlements_scheme_code_fkey FOREIGN KEY (scheme_code) REFERENCES support.schemes(code) ON DELETE RESTRICT
  constraint entitlements_stop CHECK (stop = ANY (ARRAY['residential'::text, 'exit'::text, 'age'::text, 'died'::text]))
  policy entitlements_of_the_actor permissive for all to register_api using ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = entitlements.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids)))))))) with check ((EXISTS ( SELECT
   FROM children.children c
  WHERE c.id = entitlements.child_id AND ((c.office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.origin_office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (c.id = ANY ((ARRAY( SELECT children.shared_ids() AS shared_ids))))))))
  policy entitlements_of_the_worker permissive for all to register_worker using (true) with check (true)

table support.lines row security register_api:DELETE,INSERT,SELECT register_worker:DELETE,INSERT,SELECT
  id uuid not null
  run_id uuid not null
  office_id uuid not null
  scheme_code text not null
  child_id uuid not null
  child_number integer not null
  family_id uuid
  family_number integer
  payee_id uuid
  month date not null
  kind text not null
  nights integer not null
  riel bigint not null
  parts jsonb not null
  adjusts uuid
  constraint lines_adjusts CHECK ((kind = 'adjustment'::text) = (adjusts IS NOT NULL))
  constraint lines_adjusts_fkey FOREIGN KEY (adjusts) REFERENCES support.lines(id) ON DELETE RESTRICT
  constraint lines_child_id_fkey FOREIGN KEY (child_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint lines_family CHECK ((family_id IS NULL) = (family_number IS NULL))
  constraint lines_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint lines_kind CHECK (kind = ANY (ARRAY['regular'::text, 'arrears'::text, 'adjustment'::text]))
  constraint lines_month CHECK (EXTRACT(day FROM month) = 1::numeric)
  constraint lines_nights CHECK (
CASE
    WHEN kind = 'adjustment'::text THEN nights >= '-31'::integer AND nights <= 31
    ELSE nights >= 1 AND nights <= 31
END)
  constraint lines_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint lines_once_a_run UNIQUE NULLS NOT DISTINCT (run_id, child_id, scheme_code, month, family_id, kind)
  constraint lines_parts CHECK (jsonb_typeof(parts) = 'array'::text)
  constraint lines_payee_id_fkey FOREIGN KEY (payee_id) REFERENCES support.payees(id) ON DELETE RESTRICT
  constraint lines_pkey PRIMARY KEY (id)
  constraint lines_riel CHECK (riel >= 0 AND (riel % 100::bigint) = 0)
  constraint lines_run_id_fkey FOREIGN KEY (run_id) REFERENCES support.runs(id) ON DELETE RESTRICT
  constraint lines_scheme_code_fkey FOREIGN KEY (scheme_code) REFERENCES support.schemes(code) ON DELETE RESTRICT
  index CREATE INDEX lines_adjusting ON support.lines USING btree (adjusts) WHERE (adjusts IS NOT NULL)
  index CREATE INDEX lines_by_child ON support.lines USING btree (child_id)
  index CREATE INDEX lines_by_run ON support.lines USING btree (run_id, id)
  index CREATE UNIQUE INDEX lines_first_once ON support.lines USING btree (child_id, scheme_code, month, family_id) NULLS NOT DISTINCT WHERE (kind <> 'adjustment'::text)
  policy lines_of_the_actor permissive for all to register_api using (office_id = ANY ((( SELECT platform.ids('app.money_offices'::text) AS ids))::uuid[])) with check (office_id = ANY (platform.ids('app.money_offices'::text)))
  policy lines_of_the_worker permissive for all to register_worker using (true) with check (true)
  CREATE TRIGGER lines_settled BEFORE INSERT OR DELETE OR UPDATE ON support.lines FOR EACH ROW EXECUTE FUNCTION support.line_is_open()

table support.payees row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  family_id uuid
  child_id uuid
  office_id uuid not null
  name text not null
  method text not null
  account bytea
  set_on date not null
  set_at timestamp with time zone not null default clock_timestamp()
  constraint payees_account CHECK ((method = 'bank'::text) = (account IS NOT NULL))
  constraint payees_child_id_fkey FOREIGN KEY (child_id) REFERENCES children.children(id) ON DELETE RESTRICT
  constraint payees_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint payees_method CHECK (method = ANY (ARRAY['bank'::text, 'cash'::text]))
  constraint payees_of_one CHECK (num_nonnulls(family_id, child_id) = 1)
  constraint payees_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint payees_pkey PRIMARY KEY (id)
  index CREATE INDEX payees_by_child ON support.payees USING btree (child_id, set_at DESC, id DESC) WHERE (child_id IS NOT NULL)
  index CREATE INDEX payees_by_family ON support.payees USING btree (family_id, set_at DESC, id DESC) WHERE (family_id IS NOT NULL)
  index CREATE INDEX payees_by_office ON support.payees USING btree (office_id, id)
  policy payees_of_the_actor permissive for all to register_api using (office_id = ANY ((( SELECT platform.ids('app.money_offices'::text) AS ids))::uuid[])) with check (office_id = ANY (platform.ids('app.money_offices'::text)))
  policy payees_of_the_worker permissive for all to register_worker using (true) with check (true)

table support.rates register_api:SELECT register_worker:INSERT,SELECT
  id uuid not null
  scheme_code text not null
  care_kind text not null
  age_band text not null
  special_need boolean not null
  urban boolean not null
  riel bigint not null
  during daterange not null
  citation text not null
  constraint rates_age_band CHECK (age_band = ANY (ARRAY['0-2'::text, '3-5'::text, '6-11'::text, '12-14'::text, '15-17'::text, '18+'::text]))
  constraint rates_care_kind CHECK (care_kind = ANY (ARRAY['foster'::text, 'kinship'::text, 'home'::text, 'family_house'::text]))
  constraint rates_during CHECK (NOT isempty(during) AND NOT lower_inf(during))
  constraint rates_one_at_a_time UNIQUE (scheme_code, care_kind, age_band, special_need, urban, during WITHOUT OVERLAPS)
  constraint rates_pkey PRIMARY KEY (id)
  constraint rates_riel CHECK (riel >= 0 AND riel <= 100000000)
  constraint rates_scheme_code_fkey FOREIGN KEY (scheme_code) REFERENCES support.schemes(code) ON DELETE RESTRICT

table support.runs row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  scheme_code text not null
  month date not null
  office_id uuid not null
  provinces int4range not null
  reason text not null
  fund text not null
  state text not null default 'draft'::text register_api:UPDATE register_worker:UPDATE
  prepared_by uuid not null
  prepared_on date not null
  calculated_by uuid register_api:UPDATE register_worker:UPDATE
  calculated_at timestamp with time zone register_api:UPDATE register_worker:UPDATE
  checked_by uuid register_api:UPDATE register_worker:UPDATE
  checked_at timestamp with time zone register_api:UPDATE register_worker:UPDATE
  approved_by uuid register_api:UPDATE register_worker:UPDATE
  approved_at timestamp with time zone register_api:UPDATE register_worker:UPDATE
  cancelled_by uuid register_api:UPDATE register_worker:UPDATE
  cancelled_at timestamp with time zone register_api:UPDATE register_worker:UPDATE
  version integer not null default 1 register_api:UPDATE register_worker:UPDATE
  constraint runs_approved CHECK ((approved_by IS NULL) = (approved_at IS NULL) AND (state = 'approved'::text) = (approved_by IS NOT NULL))
  constraint runs_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint runs_calculated CHECK ((calculated_by IS NULL) = (calculated_at IS NULL) AND ((state <> ALL (ARRAY['calculated'::text, 'checked'::text, 'approved'::text])) OR calculated_by IS NOT NULL))
  constraint runs_calculated_by_fkey FOREIGN KEY (calculated_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint runs_cancelled CHECK ((cancelled_by IS NULL) = (cancelled_at IS NULL) AND (state = 'cancelled'::text) = (cancelled_by IS NOT NULL))
  constraint runs_cancelled_by_fkey FOREIGN KEY (cancelled_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint runs_checked CHECK ((checked_by IS NULL) = (checked_at IS NULL) AND ((state <> ALL (ARRAY['checked'::text, 'approved'::text])) OR checked_by IS NOT NULL))
  constraint runs_checked_by_fkey FOREIGN KEY (checked_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint runs_fund CHECK (fund ~ '^[a-z][a-z_]{2,39}$'::text)
  constraint runs_maker_is_not_approver CHECK (approved_by <> prepared_by AND approved_by <> calculated_by)
  constraint runs_month CHECK (EXTRACT(day FROM month) = 1::numeric)
  constraint runs_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint runs_one_open EXCLUDE USING gist (scheme_code WITH =, month WITH =, provinces WITH &&) WHERE (state = ANY (ARRAY['draft'::text, 'calculated'::text, 'checked'::text]))
  constraint runs_pkey PRIMARY KEY (id)
  constraint runs_prepared_by_fkey FOREIGN KEY (prepared_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint runs_provinces CHECK (NOT isempty(provinces))
  constraint runs_reason CHECK (reason = ANY (ARRAY['regular'::text, 'extra'::text]))
  constraint runs_scheme_code_fkey FOREIGN KEY (scheme_code) REFERENCES support.schemes(code) ON DELETE RESTRICT
  constraint runs_state CHECK (state = ANY (ARRAY['draft'::text, 'calculated'::text, 'checked'::text, 'approved'::text, 'cancelled'::text]))
  index CREATE INDEX runs_by_office ON support.runs USING btree (office_id, month DESC, id DESC)
  policy runs_of_the_actor permissive for all to register_api using (office_id = ANY ((( SELECT platform.ids('app.money_offices'::text) AS ids))::uuid[])) with check (office_id = ANY (platform.ids('app.money_offices'::text)))
  policy runs_of_the_worker permissive for all to register_worker using (true) with check (true)
  CREATE TRIGGER runs_settled BEFORE DELETE OR UPDATE ON support.runs FOR EACH ROW EXECUTE FUNCTION support.run_is_settled()

table support.schemes register_api:SELECT register_worker:SELECT
  code text not null
  name_km text not null
  name_en text not null
  calculations integer not null default 0 register_api:UPDATE register_worker:UPDATE
  constraint schemes_code CHECK (code ~ '^[a-z][a-z_]{2,39}$'::text)
  constraint schemes_pkey PRIMARY KEY (code)

table support.warnings row security register_api:DELETE,INSERT,SELECT register_worker:DELETE,INSERT,SELECT
  id uuid not null
  run_id uuid not null
  office_id uuid not null
  code text not null
  child_number integer not null
  family_number integer
  on_day date not null
  nights integer
  riel bigint
  constraint warnings_amount CHECK ((code = 'overpaid'::text) = (riel IS NOT NULL) AND (riel IS NULL) = (nights IS NULL))
  constraint warnings_code CHECK (code = ANY (ARRAY['overpaid'::text, 'short_residential_stay'::text]))
  constraint warnings_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint warnings_pkey PRIMARY KEY (id)
  constraint warnings_run_id_fkey FOREIGN KEY (run_id) REFERENCES support.runs(id) ON DELETE RESTRICT
  index CREATE INDEX warnings_by_run ON support.warnings USING btree (run_id, id)
  policy warnings_of_the_actor permissive for all to register_api using (office_id = ANY ((( SELECT platform.ids('app.money_offices'::text) AS ids))::uuid[])) with check (office_id = ANY (platform.ids('app.money_offices'::text)))
  policy warnings_of_the_worker permissive for all to register_worker using (true) with check (true)

table territory.areas register_api:SELECT register_reader:SELECT register_worker:INSERT,SELECT
  code text not null
  parent_code text
  level text not null
  type_en text not null register_worker:UPDATE
  name_km text not null register_worker:UPDATE
  name_latin text not null register_worker:UPDATE
  lat double precision register_worker:UPDATE
  lng double precision register_worker:UPDATE
  search_key text not null default ''::text register_worker:UPDATE
  valid_from date not null default '1900-01-01'::date
  valid_to date
  constraint areas_centroid CHECK ((lat IS NULL) = (lng IS NULL) AND lat >= 9::double precision AND lat <= 15.5::double precision AND lng >= 102::double precision AND lng <= 108.5::double precision)
  constraint areas_code CHECK (code ~ '^[0-9]{2}([0-9]{2}){0,3}$'::text)
  constraint areas_level CHECK (level = (ARRAY['province'::text, 'district'::text, 'commune'::text, 'village'::text])[length(code) / 2])
  constraint areas_named CHECK (name_km <> ''::text OR name_latin <> ''::text)
  constraint areas_parent CHECK (NOT parent_code IS DISTINCT FROM NULLIF("left"(code, length(code) - 2), ''::text))
  constraint areas_parent_code_fkey FOREIGN KEY (parent_code) REFERENCES territory.areas(code) ON DELETE RESTRICT
  constraint areas_pkey PRIMARY KEY (code)
  constraint areas_validity CHECK (valid_to > valid_from)
  index CREATE INDEX areas_by_parent ON territory.areas USING btree (parent_code, code)

table territory.holidays register_api:SELECT register_worker:INSERT,SELECT
  day date not null
  name_km text not null
  name_en text not null
  citation text not null
  constraint holidays_pkey PRIMARY KEY (day)

table territory.offices register_api:SELECT register_reader:SELECT register_worker:INSERT,SELECT
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

table training.assessments row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  registration_id uuid not null
  assessed_on date not null
  score integer not null
  assessed_by uuid not null
  constraint assessments_assessed_by_fkey FOREIGN KEY (assessed_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint assessments_pkey PRIMARY KEY (id)
  constraint assessments_registration_id_fkey FOREIGN KEY (registration_id) REFERENCES training.registrations(id) ON DELETE RESTRICT
  constraint assessments_score CHECK (score >= 0 AND score <= 100)
  index CREATE INDEX assessments_by_registration ON training.assessments USING btree (registration_id, assessed_on, id)
  policy assessments_of_the_worker permissive for all to register_worker using (true) with check (true)
  policy assessments_of_those_concerned permissive for all to register_api using ((EXISTS ( SELECT
   FROM training.registrations r
  WHERE r.id = assessments.registration_id))) with check ((EXISTS ( SELECT
   FROM training.registrations r
  WHERE r.id = assessments.registration_id)))

table training.attendance row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  registration_id uuid not null
  day date not null
  present boolean not null register_api:UPDATE register_worker:UPDATE
  id uuid not null default uuidv7()
  module_id uuid
  constraint attendance_module_id_fkey FOREIGN KEY (module_id) REFERENCES training.modules(id) ON DELETE RESTRICT
  constraint attendance_once UNIQUE NULLS NOT DISTINCT (registration_id, day, module_id)
  constraint attendance_pkey PRIMARY KEY (id)
  constraint attendance_registration_id_fkey FOREIGN KEY (registration_id) REFERENCES training.registrations(id) ON DELETE RESTRICT
  policy attendance_of_the_worker permissive for all to register_worker using (true) with check (true)
  policy attendance_of_those_concerned permissive for all to register_api using ((EXISTS ( SELECT
   FROM training.registrations r
  WHERE r.id = attendance.registration_id))) with check ((EXISTS ( SELECT
   FROM training.registrations r
  WHERE r.id = attendance.registration_id)))

table training.certificate_reminders register_worker:INSERT,SELECT
  certificate_id uuid not null
  days integer not null
  told_on date not null
  constraint certificate_reminders_certificate_id_fkey FOREIGN KEY (certificate_id) REFERENCES training.certificates(id) ON DELETE RESTRICT
  constraint certificate_reminders_pkey PRIMARY KEY (certificate_id, days)

table training.certificates row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  number text not null
  registration_id uuid
  course_id uuid not null
  adult_id uuid
  family_id uuid
  account_id uuid
  during daterange not null
  issued_by uuid not null
  paper_number text
  paper_issuer text
  constraint certificates_account_id_fkey FOREIGN KEY (account_id) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint certificates_adult_id_fkey FOREIGN KEY (adult_id) REFERENCES carers.adults(id) ON DELETE RESTRICT
  constraint certificates_course_id_fkey FOREIGN KEY (course_id) REFERENCES training.courses(id) ON DELETE RESTRICT
  constraint certificates_during CHECK (NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during))
  constraint certificates_earlier CHECK ((registration_id IS NULL) = (paper_number IS NOT NULL) AND (registration_id IS NULL) = (paper_issuer IS NOT NULL))
  constraint certificates_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint certificates_issued_by_fkey FOREIGN KEY (issued_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint certificates_number UNIQUE (number)
  constraint certificates_number_written CHECK (number ~ '^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]$'::text)
  constraint certificates_once UNIQUE (registration_id)
  constraint certificates_one_holder CHECK ((adult_id IS NULL) <> (account_id IS NULL) AND (adult_id IS NULL) = (family_id IS NULL))
  constraint certificates_pkey PRIMARY KEY (id)
  constraint certificates_registration_id_fkey FOREIGN KEY (registration_id) REFERENCES training.registrations(id) ON DELETE RESTRICT
  index CREATE INDEX certificates_by_account ON training.certificates USING btree (account_id)
  index CREATE INDEX certificates_by_adult ON training.certificates USING btree (adult_id)
  index CREATE INDEX certificates_by_family ON training.certificates USING btree (family_id)
  index CREATE INDEX certificates_ending ON training.certificates USING btree (upper(during))
  index CREATE UNIQUE INDEX certificates_paper_once ON training.certificates USING btree (lower(paper_issuer), lower(paper_number)) WHERE (paper_number IS NOT NULL)
  policy certificates_of_the_worker permissive for all to register_worker using (true) with check (true)
  policy certificates_of_those_concerned permissive for all to register_api using ((EXISTS ( SELECT
   FROM training.registrations r
  WHERE r.id = certificates.registration_id)) OR registration_id IS NULL AND (account_id::text = current_setting('app.actor'::text, true) OR issued_by::text = current_setting('app.actor'::text, true) OR (EXISTS ( SELECT
   FROM carers.families f
  WHERE f.id = certificates.family_id)))) with check ((EXISTS ( SELECT
   FROM training.registrations r
  WHERE r.id = certificates.registration_id)) OR registration_id IS NULL AND issued_by::text = current_setting('app.actor'::text, true))

table training.countersignatures row security register_api:SELECT register_worker:SELECT
  id uuid not null
  act text not null
  subject_kind text not null
  subject_id uuid not null
  about_id uuid
  office_id uuid not null
  recorded_by uuid not null
  recorded_on date not null
  lacked text[] not null
  countersigned_by uuid register_api:UPDATE
  countersigned_on date register_api:UPDATE
  constraint countersignatures_by_another CHECK (countersigned_by <> recorded_by)
  constraint countersignatures_countersigned_by_fkey FOREIGN KEY (countersigned_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint countersignatures_in_order CHECK (countersigned_on >= recorded_on)
  constraint countersignatures_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint countersignatures_pkey PRIMARY KEY (id)
  constraint countersignatures_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint countersignatures_whole CHECK ((countersigned_by IS NULL) = (countersigned_on IS NULL))
  index CREATE INDEX countersignatures_by_recorder ON training.countersignatures USING btree (recorded_by, id)
  index CREATE INDEX countersignatures_by_subject ON training.countersignatures USING btree (subject_id, id)
  index CREATE UNIQUE INDEX countersignatures_one_waiting ON training.countersignatures USING btree (subject_id, act, recorded_by) WHERE (countersigned_on IS NULL)
  index CREATE INDEX countersignatures_waiting ON training.countersignatures USING btree (office_id, id) WHERE (countersigned_on IS NULL)
  policy countersignatures_of_the_worker permissive for all to register_worker using (true)
  policy countersignatures_of_those_concerned permissive for all to register_api using (recorded_by::text = current_setting('app.actor'::text, true) OR (office_id = ANY ((( SELECT platform.ids('app.child_offices'::text) AS ids))::uuid[])) OR (office_id = ANY ((( SELECT platform.ids('app.family_offices'::text) AS ids))::uuid[])))

table training.courses register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  audience text not null
  name_km text not null
  name_latin text not null
  hours integer not null
  validity_months integer not null
  pass_mark integer
  renews_id uuid
  constraint courses_audience CHECK (audience = ANY (ARRAY['foster_carer'::text, 'kinship_carer'::text, 'para_social_worker'::text, 'government_social_worker'::text, 'senior_official'::text, 'community'::text]))
  constraint courses_hours CHECK (hours >= 1 AND hours <= 400)
  constraint courses_once UNIQUE (audience, name_latin)
  constraint courses_pass_mark CHECK (pass_mark >= 1 AND pass_mark <= 100)
  constraint courses_pkey PRIMARY KEY (id)
  constraint courses_renews_another CHECK (renews_id <> id)
  constraint courses_renews_id_fkey FOREIGN KEY (renews_id) REFERENCES training.courses(id) ON DELETE RESTRICT
  constraint courses_validity CHECK (validity_months >= 1 AND validity_months <= 120)

table training.lessons register_api:INSERT,SELECT register_worker:INSERT,SELECT
  session_id uuid not null
  module_id uuid not null
  day date not null
  constraint lessons_module_id_fkey FOREIGN KEY (module_id) REFERENCES training.modules(id) ON DELETE RESTRICT
  constraint lessons_pkey PRIMARY KEY (session_id, day, module_id)
  constraint lessons_session_id_fkey FOREIGN KEY (session_id) REFERENCES training.sessions(id) ON DELETE RESTRICT

table training.modules register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  course_id uuid not null
  "position" integer not null
  name_km text not null
  name_latin text not null
  hours integer not null
  constraint modules_course_id_fkey FOREIGN KEY (course_id) REFERENCES training.courses(id) ON DELETE RESTRICT
  constraint modules_hours CHECK (hours >= 1 AND hours <= 400)
  constraint modules_pkey PRIMARY KEY (id)
  constraint modules_position CHECK ("position" >= 1 AND "position" <= 20)
  constraint modules_position_once UNIQUE (course_id, "position")

table training.registrations row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  session_id uuid not null
  adult_id uuid
  family_id uuid
  account_id uuid
  name_km text
  name_latin text
  registered_on date not null
  state text not null default 'listed'::text register_api:UPDATE register_worker:UPDATE
  registered_by uuid
  constraint registrations_account_id_fkey FOREIGN KEY (account_id) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint registrations_adult_id_fkey FOREIGN KEY (adult_id) REFERENCES carers.adults(id) ON DELETE RESTRICT
  constraint registrations_family_id_fkey FOREIGN KEY (family_id) REFERENCES carers.families(id) ON DELETE RESTRICT
  constraint registrations_named CHECK (name_km IS NOT NULL OR name_latin IS NOT NULL)
  constraint registrations_one_person CHECK ((adult_id IS NULL) <> (account_id IS NULL) AND (adult_id IS NULL) = (family_id IS NULL))
  constraint registrations_pkey PRIMARY KEY (id)
  constraint registrations_registered_by_fkey FOREIGN KEY (registered_by) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint registrations_session_id_fkey FOREIGN KEY (session_id) REFERENCES training.sessions(id) ON DELETE RESTRICT
  constraint registrations_state CHECK (state = ANY (ARRAY['listed'::text, 'waiting'::text, 'withdrawn'::text]))
  index CREATE UNIQUE INDEX registrations_account_once ON training.registrations USING btree (session_id, account_id) WHERE (state <> 'withdrawn'::text)
  index CREATE UNIQUE INDEX registrations_adult_once ON training.registrations USING btree (session_id, adult_id) WHERE (state <> 'withdrawn'::text)
  index CREATE INDEX registrations_by_account ON training.registrations USING btree (account_id)
  index CREATE INDEX registrations_by_adult ON training.registrations USING btree (adult_id)
  index CREATE INDEX registrations_by_family ON training.registrations USING btree (family_id)
  index CREATE INDEX registrations_by_session ON training.registrations USING btree (session_id, id)
  policy registrations_of_the_worker permissive for all to register_worker using (true) with check (true)
  policy registrations_of_those_concerned permissive for all to register_api using (account_id::text = current_setting('app.actor'::text, true) OR (EXISTS ( SELECT
   FROM training.sessions s
  WHERE s.id = registrations.session_id AND (s.trainer_id::text = current_setting('app.actor'::text, true) OR (s.office_id = ANY ((( SELECT platform.ids('app.family_offices'::text) AS ids))::uuid[]))))) OR (EXISTS ( SELECT
   FROM carers.families f
  WHERE f.id = registrations.family_id))) with check (true)

table training.session_reminders register_worker:INSERT,SELECT
  session_id uuid not null
  account_id uuid not null
  told_on date not null
  constraint session_reminders_account_id_fkey FOREIGN KEY (account_id) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint session_reminders_pkey PRIMARY KEY (session_id, account_id)
  constraint session_reminders_session_id_fkey FOREIGN KEY (session_id) REFERENCES training.sessions(id) ON DELETE RESTRICT

table training.sessions register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  course_id uuid not null
  trainer_id uuid not null
  area_code text not null
  office_id uuid not null
  place text
  days date[] not null
  capacity integer not null register_api:UPDATE register_worker:UPDATE
  cancelled_on date register_api:UPDATE register_worker:UPDATE
  cancel_reason text register_api:UPDATE register_worker:UPDATE
  constraint sessions_area CHECK (length(area_code) >= 4)
  constraint sessions_area_code_fkey FOREIGN KEY (area_code) REFERENCES territory.areas(code) ON DELETE RESTRICT
  constraint sessions_cancel_reason CHECK (cancel_reason = ANY (ARRAY['too_few'::text, 'trainer_absent'::text, 'weather'::text, 'place'::text, 'other'::text]))
  constraint sessions_cancelled CHECK ((cancelled_on IS NULL) = (cancel_reason IS NULL))
  constraint sessions_capacity CHECK (capacity >= 1 AND capacity <= 200)
  constraint sessions_course_id_fkey FOREIGN KEY (course_id) REFERENCES training.courses(id) ON DELETE RESTRICT
  constraint sessions_days CHECK (cardinality(days) >= 1 AND cardinality(days) <= 30)
  constraint sessions_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint sessions_pkey PRIMARY KEY (id)
  constraint sessions_trainer_id_fkey FOREIGN KEY (trainer_id) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  index CREATE INDEX sessions_by_area ON training.sessions USING btree (area_code text_pattern_ops, id)
  index CREATE INDEX sessions_by_first_day ON training.sessions USING btree ((days[1])) WHERE (cancelled_on IS NULL)
  index CREATE INDEX sessions_by_trainer ON training.sessions USING btree (trainer_id, id)

table training.verifications register_api:INSERT,SELECT register_worker:DELETE,INSERT,SELECT
  id bigint not null generated always as identity
  at timestamp with time zone not null
  asked_by bytea not null
  constraint verifications_pkey PRIMARY KEY (id)
  index CREATE INDEX verifications_by_moment ON training.verifications USING btree (at)
sequence training.verifications_id_seq as bigint from 1 by 1

table worklist.inbox row security register_api:INSERT,SELECT register_worker:INSERT,SELECT
  id uuid not null
  account_id uuid not null
  kind text not null
  reason text not null
  subject_kind text not null
  subject_ids uuid[] not null
  items integer not null default 1
  detail text
  created_at timestamp with time zone not null
  read_at timestamp with time zone register_api:UPDATE
  constraint inbox_account_id_fkey FOREIGN KEY (account_id) REFERENCES staff.accounts(id) ON DELETE CASCADE
  constraint inbox_detail_is_a_code CHECK (detail ~ '^[A-Za-z0-9_.:-]{1,80}$'::text)
  constraint inbox_pkey PRIMARY KEY (id)
  constraint inbox_reason CHECK (reason = ANY (ARRAY['told'::text, 'reminder'::text, 'overdue'::text]))
  constraint inbox_subjects CHECK (cardinality(subject_ids) >= 1 AND cardinality(subject_ids) <= 100)
  index CREATE INDEX inbox_by_account ON worklist.inbox USING btree (account_id, id)
  index CREATE INDEX inbox_unread ON worklist.inbox USING btree (account_id, id) WHERE (read_at IS NULL)
  policy inbox_marked permissive for update to register_api using (account_id = (( SELECT worklist.me() AS me)))
  policy inbox_mine permissive for select to register_api using (account_id = (( SELECT worklist.me() AS me)))
  policy inbox_told permissive for insert to register_api with check (true)
  policy inbox_worker permissive for all to register_worker using (true)

table worklist.reminders row security register_worker:SELECT
  task_id uuid not null
  due_at timestamp with time zone not null
  sent_at timestamp with time zone register_worker:UPDATE
  dropped_at timestamp with time zone register_worker:UPDATE
  constraint reminders_one_end CHECK (sent_at IS NULL OR dropped_at IS NULL)
  constraint reminders_pkey PRIMARY KEY (task_id, due_at)
  constraint reminders_task_id_fkey FOREIGN KEY (task_id) REFERENCES worklist.tasks(id) ON DELETE CASCADE
  index CREATE INDEX reminders_waiting ON worklist.reminders USING btree (due_at) WHERE ((sent_at IS NULL) AND (dropped_at IS NULL))
  policy reminders_worker permissive for all to register_worker using (true)

table worklist.tasks row security register_api:SELECT register_worker:INSERT,SELECT
  id uuid not null
  kind text not null
  subject_kind text not null
  subject_id uuid not null
  about_id uuid
  detail text
  account_id uuid
  role text
  office_id uuid
  post text generated always as (((role || '@'::text) || COALESCE((office_id)::text, ''::text))) stored
  due_at timestamp with time zone not null
  due_on date not null
  state text not null default 'open'::text register_api:UPDATE
  opened_at timestamp with time zone not null
  closed_at timestamp with time zone register_api:UPDATE
  closed_by uuid register_api:UPDATE
  escalated_at timestamp with time zone register_worker:UPDATE
  dedupe text not null
  constraint tasks_account_id_fkey FOREIGN KEY (account_id) REFERENCES staff.accounts(id) ON DELETE RESTRICT
  constraint tasks_assignee CHECK ((account_id IS NULL) <> (role IS NULL))
  constraint tasks_closed CHECK ((state = 'open'::text) = (closed_at IS NULL))
  constraint tasks_detail_is_a_code CHECK (detail ~ '^[A-Za-z0-9_.:-]{1,80}$'::text)
  constraint tasks_office_id_fkey FOREIGN KEY (office_id) REFERENCES territory.offices(id) ON DELETE RESTRICT
  constraint tasks_pkey PRIMARY KEY (id)
  constraint tasks_state CHECK (state = ANY (ARRAY['open'::text, 'done'::text, 'cancelled'::text]))
  index CREATE INDEX tasks_about ON worklist.tasks USING btree (about_id) WHERE ((state = 'open'::text) AND (about_id IS NOT NULL))
  index CREATE INDEX tasks_by_account ON worklist.tasks USING btree (account_id, due_at, id) WHERE (state = 'open'::text)
  index CREATE INDEX tasks_by_dedupe ON worklist.tasks USING btree (dedupe)
  index CREATE INDEX tasks_by_post ON worklist.tasks USING btree (post, due_at, id) WHERE (state = 'open'::text)
  index CREATE INDEX tasks_by_subject ON worklist.tasks USING btree (subject_id, kind) WHERE (state = 'open'::text)
  index CREATE UNIQUE INDEX tasks_one_open ON worklist.tasks USING btree (dedupe) WHERE (state = 'open'::text)
  index CREATE INDEX tasks_to_escalate ON worklist.tasks USING btree (due_at) WHERE ((state = 'open'::text) AND (escalated_at IS NULL))
  policy tasks_completed permissive for update to register_api using (account_id = (( SELECT worklist.me() AS me)) OR (post = ANY ((( SELECT worklist.my_posts() AS my_posts))::text[])))
  policy tasks_mine permissive for select to register_api using (account_id = (( SELECT worklist.me() AS me)) OR (post = ANY ((( SELECT worklist.my_posts() AS my_posts))::text[])))
  policy tasks_worker permissive for all to register_worker using (true)

function carers.candidates(p_on date, p_area text, p_now timestamp with time zone) register_api:EXECUTE register_worker:EXECUTE
CREATE OR REPLACE FUNCTION carers.candidates(p_on date, p_area text DEFAULT ''::text, p_now timestamp with time zone DEFAULT now())
 RETURNS TABLE(id uuid, number integer, area_code text, office_id uuid, kind text, languages text[], religion text, own_children integer, experience text[], school_area_code text, waiting_since date, terms_id uuid, places integer, youngest integer, oldest integer, sexes text[], needs text[], care_kinds text[], free_places integer, children integer, failed text[], youngest_carer_born date, oldest_carer_born date)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
          with asked as materialized (
            select f.* from carers.families f
            where (cardinality(platform.ids('app.family_offices')) > 0 or session_user = 'register_worker')
              and starts_with(f.area_code, p_area) and (f.closed_on is null or f.closed_on > p_on)),
          standing as (
            select s.family_id, coalesce(min(lower(s.during)) filter (where s.code = 'approval' and s.during @> p_on), min(lower(s.during)) filter (where s.code = 'approval')) as since,
              bool_or(s.code = 'approval' and s.during @> p_on) as approved, bool_or(s.code = 'suspension' and not s.confidential and s.during @> p_on) as suspended,
              bool_or(s.code = 'suspension' and s.confidential and s.during @> p_on) as hidden
            from carers.standings s where s.code in ('approval', 'suspension') group by s.family_id),
          holds as (
            select s.adult_id, bool_or(s.code = 'certificate') as certified, bool_or(s.code = 'check') as checked
            from carers.standings s where s.code in ('certificate', 'check') and s.during @> p_on group by s.adult_id),
          home as (
            select a.family_id, bool_or(a.carer) as carer, bool_or(a.carer and h.certified is not true) as uncertified, bool_or(h.checked is not true) as unchecked,
              max(case a.birth_precision when 'day' then a.birth_date when 'month' then (date_trunc('month', a.birth_date::timestamp) + interval '1 month - 1 day')::date
                when 'year' then make_date(extract(year from a.birth_date)::int, 12, 31) else (a.birth_date + interval '1 year')::date end) filter (where a.carer) as youngest,
              min(case a.birth_precision when 'day' then a.birth_date when 'month' then date_trunc('month', a.birth_date::timestamp)::date
                when 'year' then make_date(extract(year from a.birth_date)::int, 1, 1) else (a.birth_date - interval '1 year')::date end) filter (where a.carer) as oldest
            from carers.adults a left join holds h on h.adult_id = a.id where a.during @> p_on group by a.family_id),
          firm as (select p.family_id, count(*)::int as places from carers.family_places p where p.during @> p_on and p.basis <> 'breach' group by p.family_id),
          taken as (
            select o.family_id, count(*)::int as places, (count(*) filter (where o.kind = 'hold'))::int as held
            from carers.place_occupancies o where o.during @> p_on and (o.expires_at is null or o.expires_at > p_now) group by o.family_id)
          select f.id, f.number, left(f.area_code, 6), f.office_id, f.kind, f.languages, f.religion, f.own_children, f.experience,
            left(f.school_area_code, 6), s.since, t.id, t.places, t.youngest, t.oldest, t.sexes, t.needs, t.care_kinds,
            greatest(0, coalesce(firm.places, 0) - coalesce(taken.places, 0)), coalesce(taken.places - taken.held, 0),
            array_remove(array[
              case when f.closed_on <= p_on then 'CLOSED' end,
              case when s.approved is not true or t.id is null then 'NOT_APPROVED' end,
              case when s.suspended then 'SUSPENDED' end,
              case when s.hidden then 'ASK_SUPERVISOR' end,
              case when h.carer is not true then 'NO_CARER' end,
              case when h.uncertified then 'CERTIFICATE_MISSING' end,
              case when h.unchecked then 'CHECK_MISSING' end
            ], null), h.youngest, h.oldest
          from asked f join standing s on s.family_id = f.id and s.since is not null
          left join carers.approval_terms t on t.family_id = f.id and t.during @> p_on
          left join home h on h.family_id = f.id left join firm on firm.family_id = f.id left join taken on taken.family_id = f.id
        $function$

function carers.complaint_desk(p_office uuid, p_about uuid[], p_up boolean, p_day date) register_api:EXECUTE register_worker:EXECUTE
CREATE OR REPLACE FUNCTION carers.complaint_desk(p_office uuid, p_about uuid[], p_up boolean, p_day date)
 RETURNS TABLE(level text, office_id uuid, handler_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
          with up as (select p_up or exists (select from staff.postings p where p.account_id = any (p_about) and p.role = 'supervisor' and p.during @> p_day and p.withdrawn_at is null) as yes),
          desk as (
            select case when up.yes then 'ministry' else 'province' end as level, o.id as office_id from up join territory.offices o on
              case when up.yes then o.kind = 'ministry' else o.kind = 'province' and o.area_code = (select left(own.area_code, 2) from territory.offices own where own.id = p_office) end)
          select d.level, d.office_id,
            case when exists (select from worklist.holders('supervisor', d.office_id, p_day) as h where h = any (p_about))
              then (select h from worklist.holders('supervisor', d.office_id, p_day) as h where h <> all (p_about) order by h limit 1) end
          from desk d
        $function$

function carers.conflicts(p_family uuid, p_accounts uuid[], p_on date) register_api:EXECUTE register_worker:EXECUTE
CREATE OR REPLACE FUNCTION carers.conflicts(p_family uuid, p_accounts uuid[], p_on date)
 RETURNS TABLE(account uuid, how text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
          select t.account, t.how from carers.tied(p_family, p_accounts, p_on) t
          where t.account::text = current_setting('app.actor', true) or cardinality(platform.ids('app.family_offices')) > 0 or session_user = 'register_worker'
        $function$

function carers.deciders(p_decision uuid) register_api:EXECUTE register_worker:EXECUTE
CREATE OR REPLACE FUNCTION carers.deciders(p_decision uuid)
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select coalesce(array_agg(distinct a.actor_id), '{}') from platform.acts a where a.subject_id = p_decision and a.actor_id is not null
              and split_part(a.act, '.', 2) in ('approve', 'refuse', 'suspend', 'liftSuspension', 'close', 'end', 'cancel', 'correct', 'conclude', 'answer') $function$

function carers.first_addresses()
CREATE OR REPLACE FUNCTION carers.first_addresses()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
        begin
          insert into carers.family_addresses (family_id, area_code, from_on, recorded_on) select id, area_code, opened_on, opened_on from fresh;
          return null;
        end $function$

function carers.hand_over(p_family uuid, p_area text) register_api:EXECUTE
CREATE OR REPLACE FUNCTION carers.hand_over(p_family uuid, p_area text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
        declare
          v_from uuid;
          v_to uuid := territory.office_for(p_area);
        begin
          select f.office_id into v_from from carers.families f
          where f.id = p_family and f.office_id = any (platform.ids('app.family_offices')) and current_setting('app.act', true) in ('family.move', 'family.change');
          if v_from is null or v_to is null then
            raise exception 'not a family of the actor that moves' using errcode = 'insufficient_privilege';
          end if;
          update carers.families set area_code = p_area, office_id = v_to where id = p_family;
          update carers.adults set office_id = v_to where family_id = p_family and office_id <> v_to;
          update worklist.tasks set office_id = v_to where about_id = p_family and state = 'open' and office_id = v_from and v_from <> v_to;
          update documents.attachments set office_id = v_to where family_id = p_family and office_id <> v_to;
        end $function$

function carers.keep_apart(p_family uuid, p_accounts uuid[], p_on date, p_constraint text)
CREATE OR REPLACE FUNCTION carers.keep_apart(p_family uuid, p_accounts uuid[], p_on date, p_constraint text)
 RETURNS void
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
        begin
          if not exists (select from carers.adults a where a.family_id = p_family and a.account_id is not null)
            and not exists (select from carers.family_ties t where t.family_id = p_family) then
            return;
          end if;
          if exists (select from carers.tied(p_family, p_accounts, p_on)) then
            raise exception 'somebody of the household, a relative or a direct colleague' using errcode = '23514', constraint = p_constraint;
          end if;
        end $function$

function carers.lock_family(p_family uuid) register_api:EXECUTE register_worker:EXECUTE
CREATE OR REPLACE FUNCTION carers.lock_family(p_family uuid)
 RETURNS TABLE(id uuid, number integer, kind text, area_code text, office_id uuid, opened_on date, closed_on date)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$ select f.id, f.number, f.kind, left(f.area_code, 6), f.office_id, f.opened_on, f.closed_on from carers.families f
              where f.id = p_family and (cardinality(platform.ids('app.family_offices')) > 0 or current_setting('app.act', true) = 'certificate.issue'
                or session_user = 'register_worker') for no key update $function$

function carers.state_on(p_family uuid, p_closed date, p_on date, p_now timestamp with time zone) public:EXECUTE
CREATE OR REPLACE FUNCTION carers.state_on(p_family uuid, p_closed date, p_on date, p_now timestamp with time zone)
 RETURNS TABLE(failed text[], firm integer, taken integer, held integer)
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
          select array_remove(array[
              case when p_closed <= p_on then 'CLOSED' end,
              case when not exists (select from carers.standings s where s.family_id = p_family and s.code = 'approval' and s.during @> p_on)
                or not exists (select from carers.approval_terms t where t.family_id = p_family and t.during @> p_on) then 'NOT_APPROVED' end,
              case when exists (select from carers.standings s where s.family_id = p_family and s.code = 'suspension' and not s.confidential and s.during @> p_on) then 'SUSPENDED' end,
              case when exists (select from carers.standings s where s.family_id = p_family and s.code = 'suspension' and s.confidential and s.during @> p_on)
                or exists (select from carers.adults a join carers.standings c on c.family_id = a.family_id and c.adult_id = a.id and c.code = 'concern' and c.during @> p_on
                  where a.family_id = p_family and a.during @> p_on and not exists
                  (select from carers.standings s where s.family_id = p_family and s.code = 'check' and s.adult_id = a.id and s.during @> p_on)) then 'ASK_SUPERVISOR' end,
              case when not exists (select from carers.adults a where a.family_id = p_family and a.carer and a.during @> p_on) then 'NO_CARER' end,
              case when exists (select from carers.adults a where a.family_id = p_family and a.carer and a.during @> p_on and not exists
                (select from carers.standings s where s.family_id = p_family and s.code = 'certificate' and s.adult_id = a.id and s.during @> p_on)) then 'CERTIFICATE_MISSING' end,
              case when exists (select from carers.adults a where a.family_id = p_family and a.during @> p_on and not exists
                (select from carers.standings s where s.family_id = p_family and s.code in ('check', 'concern') and s.adult_id = a.id and s.during @> p_on)) then 'CHECK_MISSING' end
            ], null),
            (select count(*)::int from carers.family_places p where p.family_id = p_family and p.during @> p_on and p.basis <> 'breach'),
            (select count(*)::int from carers.place_occupancies o where o.family_id = p_family and o.during @> p_on and (o.expires_at is null or o.expires_at > p_now)),
            (select count(*)::int from carers.place_occupancies o where o.family_id = p_family and o.during @> p_on and o.kind = 'hold' and o.expires_at > p_now)
        $function$

function carers.tied(p_family uuid, p_accounts uuid[], p_on date)
CREATE OR REPLACE FUNCTION carers.tied(p_family uuid, p_accounts uuid[], p_on date)
 RETURNS TABLE(account uuid, how text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
          select t.account, t.how from (
            select w.account, case
              when exists (select from carers.adults a where a.family_id = p_family and a.account_id = w.account) then 'household'
              when exists (select from carers.family_ties t where t.family_id = p_family and t.account_id = w.account and (t.ended_on is null or t.ended_on > p_on)) then 'relative'
              when exists (select from carers.adults a
                join staff.postings hers on hers.account_id = a.account_id and hers.during @> p_on and hers.withdrawn_at is null
                join staff.postings his on his.account_id = w.account and his.during @> p_on and his.withdrawn_at is null
                  and (his.office_id = hers.office_id or his.institution_id = hers.institution_id)
                where a.family_id = p_family and a.account_id is not null and a.during @> p_on) then 'colleague' end as how
            from unnest(p_accounts) as w (account)) t
          where t.how is not null
        $function$

function casework.visit_apart()
CREATE OR REPLACE FUNCTION casework.visit_apart()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
        begin
          perform carers.keep_apart((select p.family_id from placements.placements p where p.id = new.placement_id),
            array_remove(array[new.tapped_by, new.recorded_by], null), new.happened_on, 'visits_apart');
          return new;
        end $function$

function children.born_from(birth date, known text) public:EXECUTE
CREATE OR REPLACE FUNCTION children.born_from(birth date, known text)
 RETURNS date
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN CASE known WHEN 'day'::text THEN birth WHEN 'month'::text THEN (date_trunc('month'::text, (birth)::timestamp without time zone))::date WHEN 'year'::text THEN (date_trunc('year'::text, (birth)::timestamp without time zone))::date ELSE CASE WHEN (birth < '1901-01-01'::date) THEN '1900-01-01'::date ELSE (((birth)::timestamp without time zone - '1 year'::interval))::date END END

function children.born_to(birth date, known text) public:EXECUTE
CREATE OR REPLACE FUNCTION children.born_to(birth date, known text)
 RETURNS date
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN CASE known WHEN 'day'::text THEN birth WHEN 'month'::text THEN ((date_trunc('month'::text, (birth)::timestamp without time zone) + '1 mon -1 days'::interval))::date WHEN 'year'::text THEN ((date_trunc('year'::text, (birth)::timestamp without time zone) + '1 year -1 days'::interval))::date ELSE CASE WHEN (birth > '2199-12-31'::date) THEN '2200-12-31'::date ELSE platform.day_turning(birth, 1) END END

function children.compared(p_child uuid) register_api:EXECUTE
CREATE OR REPLACE FUNCTION children.compared(p_child uuid)
 RETURNS TABLE(child_id uuid, office_id uuid, whole boolean, parts integer, bearers integer, same_sex boolean, same_day boolean, years_apart integer, home integer, relatives integer, siblings boolean)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER ROWS 20
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
        #variable_conflict use_column
        declare
          her children.children;
          v_from date;
          v_to date;
          v_wholes text[];
          v_parts text[];
          v_bearers int;
        begin
          -- Nobody compares a child she does not see.
          select c.* into her from children.children c where c.id = p_child and (c.office_id = any (platform.ids('app.child_offices')) or c.origin_office_id = any (platform.ids('app.child_offices'))
              or c.institution_id = any (platform.ids('app.child_institutions')) or c.id in (select children.shared_ids()));
          if not found then return; end if;
          v_from := children.born_from(her.birth_date, her.birth_precision);
          v_to := children.born_to(her.birth_date, her.birth_precision);
          select array_agg(k.key) filter (where starts_with(k.key, 'w:')), array_agg(k.key) filter (where starts_with(k.key, 't:')) into v_wholes, v_parts from children.name_keys k where k.child_id = p_child;
          v_bearers := (select count(*) from (select distinct k.number from children.name_keys k where k.key = any (v_wholes) limit 100) b);
          return query
            with alike as (
              select k.number, k.child_id, true as whole, greatest(0, k.born_from - v_to, v_from - k.born_to) as apart from children.name_keys k where k.key = any (v_wholes)
              union all
              select k.number, k.child_id, false, 0 from children.name_keys k where k.key = any (v_parts) and k.born_from = v_from and k.born_to = v_to),
            nearest as (select a.number, a.child_id, bool_or(a.whole) as whole, min(a.apart) as apart from alike a where a.child_id <> p_child group by a.number, a.child_id order by min(a.apart), bool_or(a.whole) desc, a.number limit 60)
            select case when (c.office_id = any (platform.ids('app.child_offices')) or c.origin_office_id = any (platform.ids('app.child_offices'))
              or c.institution_id = any (platform.ids('app.child_institutions')) or c.id in (select children.shared_ids())) then c.id end, c.office_id, n.whole,
              (select count(*)::int from children.name_keys k where k.child_id = c.id and k.key = any (v_parts)), v_bearers, c.sex = her.sex,
              c.birth_precision = 'day' and her.birth_precision = 'day' and c.birth_date = her.birth_date,
              case when n.apart = 0 then 0 else 1 + n.apart / 366 end,
              case when c.home_area_code is null or her.home_area_code is null then null
                when length(c.home_area_code) >= 6 and left(c.home_area_code, 6) = left(her.home_area_code, 6) then 3
                when length(c.home_area_code) >= 4 and left(c.home_area_code, 4) = left(her.home_area_code, 4) then 2
                when left(c.home_area_code, 2) = left(her.home_area_code, 2) then 1 else 0 end,
              (select count(*)::int from children.relatives r join children.relatives o on o.child_id = c.id and o.relation = r.relation
                and (o.name_km = r.name_km or lower(o.name_latin) = lower(r.name_latin)) where r.child_id = p_child),
              exists (select from children.siblings s join children.siblings o on o.group_id = s.group_id and o.child_id = c.id where s.child_id = p_child)
            from nearest n join children.children c on c.id = n.child_id
            where not exists (select from children.different d where d.low_id = least(c.id, p_child) and d.high_id = greatest(c.id, p_child))
              -- Of two files of one person the one that was kept is compared; and never with the other one.
              and not exists (select from children.merges m where m.undone_at is null and (m.other_id = c.id or (m.kept_id = c.id and m.other_id = p_child)))
            order by n.apart, c.number;
        end $function$

function children.found(p_wholes text[], p_parts text[], p_born_from date, p_born_to date, p_after_rank integer, p_after_number integer, most integer) register_api:EXECUTE
CREATE OR REPLACE FUNCTION children.found(p_wholes text[], p_parts text[], p_born_from date, p_born_to date, p_after_rank integer, p_after_number integer, most integer)
 RETURNS TABLE(child_id uuid, rank integer, number integer)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER ROWS 20
 SET search_path TO 'pg_catalog', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
        #variable_conflict use_column
        declare
          offices uuid[] := platform.ids('app.child_offices');
          houses uuid[] := platform.ids('app.child_institutions');
          shared uuid[];
          born_after date := coalesce(p_born_from, '-infinity');
          born_before date := coalesce(p_born_to, 'infinity');
          whole int := cardinality(p_parts) + 1;
          after_rank int := coalesce(p_after_rank, whole);
          after_number int := coalesce(p_after_number, 0);
          had int := 0;
        begin
          if cardinality(offices) <= 60 then
            shared := array(select children.shared_ids());
            return query
              with rows as (
                select f.* from unnest(p_wholes || p_parts) w (key) cross join unnest(offices) at (id) cross join lateral (
                  select k.key, k.number, k.child_id from children.name_keys k where k.key = w.key and k.office_id = at.id and k.born_to >= born_after and k.born_from <= born_before offset 0) f
                union select f.* from unnest(p_wholes || p_parts) w (key) cross join unnest(offices) at (id) cross join lateral (
                  select k.key, k.number, k.child_id from children.name_keys k where k.key = w.key and k.origin_office_id = at.id and k.born_to >= born_after and k.born_from <= born_before offset 0) f
                union select f.* from unnest(p_wholes || p_parts) w (key) cross join unnest(houses) at (id) cross join lateral (
                  select k.key, k.number, k.child_id from children.name_keys k where k.key = w.key and k.institution_id = at.id and k.born_to >= born_after and k.born_from <= born_before offset 0) f
                union select f.* from unnest(shared) at (id) cross join lateral (
                  select k.key, k.number, k.child_id from children.name_keys k where k.child_id = at.id and k.key = any (p_wholes || p_parts) and k.born_to >= born_after and k.born_from <= born_before offset 0) f),
              ranked as (select r.child_id, r.number, case when bool_or(starts_with(r.key, 'w:')) then whole else count(*)::int end as rank from rows r group by r.child_id, r.number)
              select r.child_id, r.rank, r.number from ranked r where r.rank < after_rank or (r.rank = after_rank and r.number > after_number) order by r.rank desc, r.number limit most;
            return;
          end if;
          if after_rank = whole then
            return query select w.child_id, whole, w.number from (select distinct f.child_id, f.number from unnest(p_wholes) w (key) cross join lateral (
              select k.child_id, k.number from children.name_keys k
              where k.key = w.key and k.number > after_number and k.born_to >= born_after and k.born_from <= born_before and (k.office_id in (select unnest(offices)) or k.origin_office_id in (select unnest(offices)) or k.institution_id in (select unnest(houses)) or k.child_id in (select children.shared_ids()))
              order by k.number limit most) f
            order by f.number limit most) w order by w.number;
            get diagnostics had = row_count;
            most := most - had;
            if most <= 0 then return; end if;
            after_rank := whole - 1;
            after_number := 0;
          end if;
          if after_rank > 1 then
            -- Counted by number alone, from the index; who she is and who may see her is asked of those only who come to be shown.
            return query
              select f.child_id, c.parts, c.number from (
                select k.number, count(*)::int as parts from children.name_keys k where k.key = any (p_parts) group by k.number
                having count(*) > 1 and (count(*) < after_rank or (count(*) = after_rank and k.number > after_number)) and k.number not in (select n.number from children.name_keys n where n.key = any (p_wholes))
                order by count(*) desc, k.number) c
              cross join lateral (select k.child_id from children.name_keys k where k.key = any (p_parts) and k.number = c.number and k.born_to >= born_after and k.born_from <= born_before and (k.office_id in (select unnest(offices)) or k.origin_office_id in (select unnest(offices)) or k.institution_id in (select unnest(houses)) or k.child_id in (select children.shared_ids())) limit 1) f
              limit most;
            get diagnostics had = row_count;
            most := most - had;
            if most <= 0 then return; end if;
            after_number := 0;
          end if;
          return query select p.child_id, 1, p.number from (select distinct f.child_id, f.number from unnest(p_parts) w (key) cross join lateral (
              select k.child_id, k.number from children.name_keys k
              where k.key = w.key and k.number > after_number and k.born_to >= born_after and k.born_from <= born_before and (k.office_id in (select unnest(offices)) or k.origin_office_id in (select unnest(offices)) or k.institution_id in (select unnest(houses)) or k.child_id in (select children.shared_ids())) and k.number not in (select n.number from children.name_keys n where n.key = any (p_wholes)) and (select count(*) from children.name_keys p where p.key = any (p_parts) and p.number = k.number) = 1
              order by k.number limit most) f
            order by f.number limit most) p order by p.number;
        end $function$

function children.key_facts()
CREATE OR REPLACE FUNCTION children.key_facts()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
        begin
          select c.number, c.office_id, c.origin_office_id, c.institution_id, children.born_from(c.birth_date, c.birth_precision), children.born_to(c.birth_date, c.birth_precision)
            into new.number, new.office_id, new.origin_office_id, new.institution_id, new.born_from, new.born_to
            from children.children c where c.id = new.child_id;
          return new;
        end $function$

function children.key_facts_changed()
CREATE OR REPLACE FUNCTION children.key_facts_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
        begin
          update children.name_keys set office_id = new.office_id, origin_office_id = new.origin_office_id, institution_id = new.institution_id,
            born_from = children.born_from(new.birth_date, new.birth_precision), born_to = children.born_to(new.birth_date, new.birth_precision)
            where child_id = new.id;
          return null;
        end $function$

function children.shared_ids() register_api:EXECUTE register_worker:EXECUTE
CREATE OR REPLACE FUNCTION children.shared_ids()
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER ROWS 20
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
          select s.child_id from children.shares s
          where s.office_id = any (platform.ids('app.child_offices'))
            and s.during @> coalesce(nullif(current_setting('app.today', true), '')::date, (now() at time zone 'Asia/Phnom_Penh')::date)
        $function$

function documents.is_attached(p_document uuid) register_api:EXECUTE register_worker:EXECUTE
CREATE OR REPLACE FUNCTION documents.is_attached(p_document uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select exists (select from documents.attachments a where a.document_id = p_document) $function$

function documents.is_of(p_document uuid, p_account uuid) register_api:EXECUTE register_worker:EXECUTE
CREATE OR REPLACE FUNCTION documents.is_of(p_document uuid, p_account uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select exists (select from documents.documents d where d.id = p_document and d.uploaded_by = p_account) $function$

function institutions.keep_version()
CREATE OR REPLACE FUNCTION institutions.keep_version()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
        begin
          if tg_op = 'INSERT' or (new.kind, new.capacity, new.state) is distinct from (old.kind, old.capacity, old.state) then
            insert into institutions.versions (institution_id, kind, capacity, state, since) values (new.id, new.kind, new.capacity, new.state, clock_timestamp());
          end if;
          return new;
        end $function$

function institutions.nobody_left()
CREATE OR REPLACE FUNCTION institutions.nobody_left()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
        begin
          if new.state <> old.state and new.state in ('emptied', 'closed') and institutions.residents(new.id) > 0 then
            raise exception 'children live there' using errcode = 'check_violation', constraint = 'institutions_emptied';
          end if;
          return new;
        end $function$

function institutions.residents(p_institution uuid) register_api:EXECUTE register_worker:EXECUTE
CREATE OR REPLACE FUNCTION institutions.residents(p_institution uuid)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select count(*)::int from placements.episodes e where e.institution_id = p_institution and upper_inf(e.during) $function$

function institutions.somebody_comes()
CREATE OR REPLACE FUNCTION institutions.somebody_comes()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
        begin
          perform from institutions.institutions i where i.id = new.institution_id for share;
          return new;
        end $function$

function placements.approval_apart()
CREATE OR REPLACE FUNCTION placements.approval_apart()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
        begin
          perform carers.keep_apart((select p.family_id from placements.placements p where p.id = new.placement_id), array[new.approved_by], new.on_day, 'approvals_apart');
          return new;
        end $function$

function placements.author() public:EXECUTE
CREATE OR REPLACE FUNCTION placements.author()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select case when current_setting('app.actor', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.actor', true)::uuid end $function$

function placements.family_facts(p_families uuid[], p_from date, p_children uuid[]) register_api:EXECUTE register_worker:EXECUTE
CREATE OR REPLACE FUNCTION placements.family_facts(p_families uuid[], p_from date, p_children uuid[])
 RETURNS TABLE(facts json)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
          with asked as materialized (
            select f.id, f.kind, f.office_id, f.area_code, f.languages, f.closed_on from carers.families f
            where f.id = any (p_families) and (cardinality(platform.ids('app.family_offices')) > 0 or session_user = 'register_worker')),
          adults as (
            select a.family_id, json_agg(json_build_object('id', a.id, 'carer', a.carer, 'birth', json_build_object('date', a.birth_date, 'precision', a.birth_precision)) order by a.id) as facts
            from asked f join carers.adults a on a.family_id = f.id where a.during @> p_from group by a.family_id),
          standings as (
            select s.family_id, json_agg(json_build_object('code', s.code, 'adultId', s.adult_id, 'sourceId', s.source_id, 'confidential', s.confidential,
                'from', lower(s.during), 'to', upper(s.during)) order by s.id) as facts
            from asked f join carers.standings s on s.family_id = f.id group by s.family_id),
          places as (
            select p.family_id, json_agg(json_build_object('from', lower(p.during), 'to', upper(p.during), 'exempt', p.basis = 'exemption') order by p.slot, p.during) as facts
            from asked f join carers.family_places p on p.family_id = f.id where p.basis <> 'breach' and coalesce(upper(p.during), 'infinity') > p_from group by p.family_id),
          occupants as (
            select o.family_id, json_agg(json_build_object('from', lower(o.during), 'to', upper(o.during), 'occupantId', o.occupant_id, 'childId', case when p.child_id = any (p_children) then p.child_id end,
                'groupId', b.group_id, 'underThree', coalesce(extract(year from age(p_from, c.birth_date)) < 3, false), 'expiresAt', o.expires_at) order by o.slot, o.during) as facts
            from asked f join carers.place_occupancies o on o.family_id = f.id left join placements.placements p on p.id = o.occupant_id
              left join children.siblings b on b.child_id = p.child_id left join children.children c on c.id = p.child_id
            where coalesce(upper(o.during), 'infinity') > p_from group by o.family_id)
          select json_build_object('id', f.id, 'kind', f.kind, 'officeId', f.office_id, 'communeCode', left(f.area_code, 6), 'languages', f.languages, 'closedOn', f.closed_on,
            'adults', coalesce(a.facts, '[]'), 'standings', coalesce(s.facts, '[]'),
            'terms', case when t.id is not null then json_build_object('youngest', t.youngest, 'oldest', t.oldest, 'sexes', t.sexes, 'needs', t.needs, 'careKinds', t.care_kinds) end,
            'places', coalesce(p.facts, '[]'), 'occupants', coalesce(o.facts, '[]'))
          from asked f left join adults a on a.family_id = f.id left join standings s on s.family_id = f.id
            left join carers.approval_terms t on t.family_id = f.id and t.during @> p_from
            left join places p on p.family_id = f.id left join occupants o on o.family_id = f.id
        $function$

function placements.keep_version() public:EXECUTE
CREATE OR REPLACE FUNCTION placements.keep_version()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        declare
          at timestamptz := greatest(placements.moment(), old.recorded_at);
        begin
          if tg_op = 'UPDATE' and (new.during, new.kind, new.institution_id, new.family_id, new.placement_id, new.precision, new.basis, new.breaches)
              is not distinct from (old.during, old.kind, old.institution_id, old.family_id, old.placement_id, old.precision, old.basis, old.breaches) then
            return new;
          end if;
          -- What came and went in one transaction was never known.
          if at > old.recorded_at then
            insert into placements.episode_versions (id, child_id, during, kind, institution_id, family_id, placement_id, precision, basis, breaches, office_id, recorded_by, recorded)
            values (old.id, old.child_id, old.during, old.kind, old.institution_id, old.family_id, old.placement_id, old.precision, old.basis, old.breaches, old.office_id,
              old.recorded_by, tstzrange(old.recorded_at, at));
          end if;
          if tg_op = 'DELETE' then
            return old;
          end if;
          new.recorded_at := at;
          new.recorded_by := placements.author();
          return new;
        end $function$

function placements.moment() public:EXECUTE
CREATE OR REPLACE FUNCTION placements.moment()
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
AS $function$
        begin
          if coalesce(current_setting('placements.moment', true), '') = '' then
            perform set_config('placements.moment', clock_timestamp()::text, true);
          end if;
          return current_setting('placements.moment')::timestamptz;
        end $function$

function placements.plan_apart()
CREATE OR REPLACE FUNCTION placements.plan_apart()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
        begin
          perform carers.keep_apart(new.family_id, array[new.planned_by], new.planned_on, 'placements_apart');
          return new;
        end $function$

function placements.within_life() public:EXECUTE
CREATE OR REPLACE FUNCTION placements.within_life()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        declare
          born date;
          died date;
        begin
          select case c.birth_precision
              when 'day' then c.birth_date
              when 'month' then date_trunc('month', c.birth_date::timestamp)::date
              when 'year' then date_trunc('year', c.birth_date::timestamp)::date
              else (c.birth_date::timestamp - interval '12 months')::date end, c.died_on
            into born, died from children.children c where c.id = new.child_id;
          if lower(new.during) < born then
            raise exception 'an episode before birth' using errcode = 'check_violation', constraint = 'episodes_after_birth';
          end if;
          -- The day of death is the last day of the last episode.
          if died is not null and (upper_inf(new.during) or upper(new.during) > died + 1) then
            raise exception 'an episode after death' using errcode = 'check_violation', constraint = 'episodes_before_death';
          end if;
          return new;
        end $function$

function platform.age_on(birth date, on_day date) public:EXECUTE
CREATE OR REPLACE FUNCTION platform.age_on(birth date, on_day date)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN GREATEST(0, (EXTRACT(year FROM age((on_day)::timestamp without time zone, (birth)::timestamp without time zone)))::integer)

function platform.day_turning(birth date, years integer) public:EXECUTE
CREATE OR REPLACE FUNCTION platform.day_turning(birth date, years integer)
 RETURNS date
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN (((birth + make_interval(years => years)))::date + CASE WHEN ((EXTRACT(day FROM birth) = (29)::numeric) AND (EXTRACT(month FROM birth) = (2)::numeric) AND (EXTRACT(day FROM (birth + make_interval(years => years))) = (28)::numeric)) THEN 1 ELSE 0 END)

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

function recruitment.appeal_by_another()
CREATE OR REPLACE FUNCTION recruitment.appeal_by_another()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
        begin
          if exists (select from recruitment.panels p where p.id = new.panel_id and (p.decided_by = new.decided_by or new.decided_by = any (p.members))) then
            raise exception 'decided by who decided before' using errcode = '23514', constraint = 'appeals_another';
          end if;
          return new;
        end $function$

function recruitment.known_households(p_enquiries uuid[]) register_api:EXECUTE
CREATE OR REPLACE FUNCTION recruitment.known_households(p_enquiries uuid[])
 RETURNS TABLE(enquiry uuid, family uuid, office uuid, agrees text[], open boolean)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
          with asked as (
            select e.id, e.phone, e.area_code, e.duplicate_of from recruitment.enquiries e
            where e.id = any (p_enquiries) and e.office_id = any ((select platform.ids('app.family_offices'))::uuid[])),
          signs as (
            select a.id as of, f.id as family, 'phone' as sign from asked a join carers.families f on f.phone = a.phone
            union select a.id, f.id, 'name' from asked a
              join recruitment.enquiry_keys k on k.enquiry_id = a.id and starts_with(k.key, 'w:')
              join carers.family_keys o on o.key = k.key
              join carers.families f on f.id = o.family_id and left(f.area_code, 6) = left(a.area_code, 6)),
          found as (
            select s.of, f.id, f.office_id, f.office_id = any ((select platform.ids('app.family_offices'))::uuid[]) as seen,
              array_agg(s.sign order by s.sign desc) || case when a.area_code = f.area_code and length(f.area_code) = 8 then array['village'] else '{}' end as agrees,
              exists (select from recruitment.applications p where p.family_id = f.id and p.ended_on is null) as open
            from signs s join asked a on a.id = s.of join carers.families f on f.id = s.family
            where not exists (select from recruitment.applications p where p.family_id = f.id and p.enquiry_id in (a.id, a.duplicate_of))
            group by s.of, f.id, f.office_id, a.area_code, f.area_code)
          select distinct of, case when seen then id end, office_id, case when seen then agrees else '{}' end, case when seen then open end from found
        $function$

function recruitment.panel_apart()
CREATE OR REPLACE FUNCTION recruitment.panel_apart()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
        begin
          perform carers.keep_apart((select a.family_id from recruitment.applications a where a.id = new.application_id),
            new.members || array_remove(array[new.decided_by], null), coalesce(new.decided_on, new.met_on), 'panels_apart');
          return new;
        end $function$

function recruitment.panel_talked()
CREATE OR REPLACE FUNCTION recruitment.panel_talked()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
        begin
          if exists (select from recruitment.home_studies h where h.application_id = new.application_id and h.motive_talk_needed and not exists (
            select from recruitment.motive_talks t where t.application_id = h.application_id and t.held_on >= h.done_on and t.held_on <= new.decided_on)) then
            raise exception 'the talk about the motive is missing' using errcode = '23514', constraint = 'panels_talked';
          end if;
          return new;
        end $function$

function recruitment.study_apart()
CREATE OR REPLACE FUNCTION recruitment.study_apart()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
        begin
          perform carers.keep_apart((select a.family_id from recruitment.applications a where a.id = new.application_id), array[new.done_by], new.done_on, 'home_studies_apart');
          return new;
        end $function$

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
            where p.account_id = a.id and p.during @> p_day and p.withdrawn_at is null), '[]'::jsonb)
          from staff.accounts a join staff.sessions s on s.account_id = a.id
          where a.id = p_account and a.state = 'active' and s.id = p_session and s.ended_at is null
        $function$

function staff.external_actor(p_issuer text, p_subject text, p_day date) public:EXECUTE
CREATE OR REPLACE FUNCTION staff.external_actor(p_issuer text, p_subject text, p_day date)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
AS $function$
          select jsonb_build_object('userId', a.id, 'sessionId', a.sign_in_id, 'postings', coalesce(
            (select jsonb_agg(jsonb_build_object('id', p.id, 'role', p.role, 'officeId', p.office_id, 'institutionId', p.institution_id,
              'area', case when p.office_id is null then null else coalesce(o.area_code, '') end,
              'officeIds', case when p.office_id is null then '[]'::jsonb else to_jsonb(territory.offices_below(p.office_id)) end) order by p.id)
            from staff.postings p left join territory.offices o on o.id = p.office_id
            where p.account_id = a.id and p.during @> p_day and p.withdrawn_at is null), '[]'::jsonb))
          from staff.accounts a
          where a.sign_in_issuer = p_issuer and a.sign_in_subject = p_subject and a.state = 'active'
        $function$

function statistics.counted(p_on date, p_known timestamp with time zone) register_api:EXECUTE
CREATE OR REPLACE FUNCTION statistics.counted(p_on date, p_known timestamp with time zone)
 RETURNS TABLE(office_id uuid, kind text, children bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
          with office as materialized (select unnest(platform.ids('app.child_offices')) as id),
          house as materialized (select unnest(platform.ids('app.child_institutions')) as id),
          hers as materialized (
            select c.id from children.children c where c.office_id in (select id from office)
            union select c.id from children.children c where c.origin_office_id in (select id from office)
            union select * from children.shared_ids()),
          -- An institution's staff see the stays in their own house, of the children who live there now.
          inside as materialized (select c.id from children.children c where c.institution_id in (select id from house) and c.id not in (select id from hers)),
          known as (
            select e.child_id, e.during, e.kind, e.office_id, e.institution_id, e.placement_id from placements.episodes e where e.recorded_at < p_known
            union all
            select v.child_id, v.during, v.kind, v.office_id, v.institution_id, v.placement_id from placements.episode_versions v where v.known_until > p_known and lower(v.recorded) < p_known),
          away as materialized (
            select m.other_id from children.merges m where m.merged_at < p_known and (m.undone_at is null or m.undone_at >= p_known)
              and (exists (select from placements.episodes e where e.child_id = m.kept_id and e.during @> p_on and e.recorded_at < p_known)
                or exists (select from placements.episode_versions v where v.child_id = m.kept_id and v.during @> p_on and v.known_until > p_known and lower(v.recorded) < p_known))),
          living as (
            select k.* from hers join known k on k.child_id = hers.id where k.during @> p_on and k.child_id not in (select other_id from away)
            union all
            select k.* from inside join known k on k.child_id = inside.id where k.during @> p_on and k.child_id not in (select other_id from away) and k.institution_id in (select id from house))
          select k.office_id, k.kind, count(*) from (select k.office_id, case when k.kind not in ('hospital', 'missing', 'respite', 'family_visit', 'trial_visit', 'carer_holiday') then k.kind
            when k.institution_id is not null then 'institution'
            when k.placement_id is not null then (select p.care_kind from placements.placements p where p.id = k.placement_id)
            else k.kind end as kind from living k) k
          group by k.office_id, k.kind
        $function$

function support.facts_of(p_children uuid[], p_scheme text, p_special_level integer) register_worker:EXECUTE
CREATE OR REPLACE FUNCTION support.facts_of(p_children uuid[], p_scheme text, p_special_level integer)
 RETURNS TABLE(child_id uuid, facts jsonb)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
          select c.id, jsonb_build_object(
            'number', c.number, 'officeId', c.office_id, 'birthDate', c.birth_date, 'birthPrecision', c.birth_precision, 'diedOn', c.died_on,
            'communeType', (select a.type_en from territory.areas a where a.code = left(c.home_area_code, 6)),
            'payeeId', (select y.id from support.payees y where y.child_id = c.id order by y.set_at desc, y.id desc limit 1),
            'stays', coalesce((select jsonb_agg(jsonb_build_object('kind', e.kind, 'from', lower(e.during), 'to', upper(e.during),
                'placementId', p.id, 'familyId', p.family_id, 'careKind', p.care_kind) order by lower(e.during))
              from placements.episodes e left join placements.placements p on p.id = e.placement_id where e.child_id = c.id), '[]'),
            'specialNeed', coalesce((select jsonb_agg(jsonb_build_object('from', lower(n.during), 'to', upper(n.during))) from children.needs n
              where n.child_id = c.id and n.level >= p_special_level), '[]'),
            'settled', coalesce((select jsonb_agg(jsonb_build_object('lineId', l.id, 'month', l.month, 'familyId', l.family_id, 'nights', l.nights, 'riel', l.riel::text,
                'runId', l.run_id, 'runState', r.state) order by l.id)
              from support.lines l join support.runs r on r.id = l.run_id where l.child_id = c.id and l.scheme_code = p_scheme), '[]'),
            'families', coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'number', f.number, 'officeId', f.office_id,
                'communeType', (select a.type_en from territory.areas a where a.code = left(f.area_code, 6)),
                'payeeId', (select y.id from support.payees y where y.family_id = f.id order by y.set_at desc, y.id desc limit 1)))
              from carers.families f where f.id in (select p.family_id from placements.placements p where p.child_id = c.id
                union select l.family_id from support.lines l where l.child_id = c.id)), '[]'))
          from children.children c where c.id = any (p_children)
        $function$

function support.line_is_open() public:EXECUTE
CREATE OR REPLACE FUNCTION support.line_is_open()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        begin
          if not exists (select from support.runs where id = case when tg_op = 'INSERT' then new.run_id else old.run_id end and state in ('draft', 'calculated', 'checked'))
              or tg_op = 'UPDATE' then
            raise exception 'a line of a settled run is not changed, and no line ever is' using errcode = 'check_violation', constraint = 'lines_settled';
          end if;
          return case when tg_op = 'DELETE' then old else new end;
        end $function$

function support.paid_for(p_child uuid, p_from date, p_to date) register_api:EXECUTE
CREATE OR REPLACE FUNCTION support.paid_for(p_child uuid, p_from date, p_to date)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
          select exists (select from support.lines l join support.runs r on r.id = l.run_id
            where l.child_id = p_child and r.state = 'approved' and daterange(l.month, (l.month + interval '1 month')::date) && daterange(p_from, p_to)
              and exists (select from children.children c where c.id = p_child and (c.office_id = any ((select platform.ids('app.child_offices'))::uuid[])
                or c.origin_office_id = any ((select platform.ids('app.child_offices'))::uuid[]))))
        $function$

function support.paying_office(p_family uuid, p_child_number integer) register_api:EXECUTE
CREATE OR REPLACE FUNCTION support.paying_office(p_family uuid, p_child_number integer)
 RETURNS TABLE(office_id uuid, child_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
          select f.office_id, null::uuid from carers.families f where f.id = p_family and f.office_id = any (platform.ids('app.money_offices'))
          union all
          select c.office_id, c.id from children.children c where c.number = p_child_number and c.office_id = any (platform.ids('app.money_offices'))
        $function$

function support.payment_facts(p_office uuid, p_scheme text, p_special_level integer) register_api:EXECUTE
CREATE OR REPLACE FUNCTION support.payment_facts(p_office uuid, p_scheme text, p_special_level integer)
 RETURNS TABLE(child_id uuid, facts jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
          select f.child_id, f.facts from support.facts_of(array(
            with below as materialized (select territory.offices_below(p_office) as ids)
            select c.id from children.children c
            where p_office = any (platform.ids('app.money_offices'))
              and (exists (select from placements.episodes e where e.child_id = c.id and e.kind = 'institution')
                  and (c.office_id = any ((select ids from below)::uuid[])
                    or exists (select from placements.placements p join carers.families f on f.id = p.family_id
                      where p.child_id = c.id and p.state in ('active', 'ended') and f.office_id = any ((select ids from below)::uuid[])))
                or exists (select from support.lines l where l.child_id = c.id and l.office_id = any ((select ids from below)::uuid[])))
          ), p_scheme, p_special_level) f
        $function$

function support.run_is_settled() public:EXECUTE
CREATE OR REPLACE FUNCTION support.run_is_settled()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
        begin
          if old.state in ('approved', 'cancelled') then
            raise exception 'a settled run is not changed' using errcode = 'check_violation', constraint = 'runs_settled';
          end if;
          return case when tg_op = 'DELETE' then old else new end;
        end $function$

function territory.centroid_of(p_code text) public:EXECUTE
CREATE OR REPLACE FUNCTION territory.centroid_of(p_code text)
 RETURNS TABLE(code text, lat double precision, lng double precision)
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select a.code, a.lat, a.lng from territory.areas a
              where a.code in (left(p_code, 2), left(p_code, 4), left(p_code, 6), p_code) and a.lat is not null
              order by length(a.code) desc limit 1 $function$

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

function training.certified_during(p_adult uuid, p_account uuid, p_course uuid, p_during daterange) register_api:EXECUTE
CREATE OR REPLACE FUNCTION training.certified_during(p_adult uuid, p_account uuid, p_course uuid, p_during daterange)
 RETURNS date
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select max(upper(t.during)) from training.certificates t where (t.adult_id = p_adult or t.account_id = p_account) and t.course_id = p_course and t.during && p_during $function$

function training.certified_to(p_registration uuid, p_course uuid) register_api:EXECUTE register_worker:EXECUTE
CREATE OR REPLACE FUNCTION training.certified_to(p_registration uuid, p_course uuid)
 RETURNS date
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
          select max(upper(t.during)) from training.registrations r join training.certificates t on t.adult_id = r.adult_id or t.account_id = r.account_id
          where r.id = p_registration and t.course_id = p_course
        $function$

function training.concerned(p_session uuid) register_api:EXECUTE register_worker:EXECUTE
CREATE OR REPLACE FUNCTION training.concerned(p_session uuid)
 RETURNS TABLE(account_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select distinct coalesce(r.account_id, r.registered_by) from training.registrations r
              where r.session_id = p_session and r.state <> 'withdrawn' and coalesce(r.account_id, r.registered_by) is not null $function$

function training.lacking(p_account uuid, p_act text, p_day date) public:EXECUTE
CREATE OR REPLACE FUNCTION training.lacking(p_account uuid, p_act text, p_day date)
 RETURNS text[]
 LANGUAGE sql
 STABLE
AS $function$
          select case when exists (select from staff.qualifications q where q.account_id = p_account and q.kind = any (wanted.kinds) and q.during @> p_day) then '{}' else wanted.kinds end
          from (select coalesce(array_agg(split_part(entry, ':', 2) order by entry), '{}') as kinds
            from jsonb_array_elements_text(platform.setting('training.certificates_required', p_day)) as entry where split_part(entry, ':', 1) = p_act) as wanted
        $function$

function training.modules_attended(p_registration uuid, p_until date) register_api:EXECUTE register_worker:EXECUTE
CREATE OR REPLACE FUNCTION training.modules_attended(p_registration uuid, p_until date)
 RETURNS TABLE(module_position integer, percent integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
          with her as (select r.adult_id, r.account_id, s.course_id from training.registrations r join training.sessions s on s.id = r.session_id where r.id = p_registration),
          shares as (
            select l.module_id, r.id,
              count(*) filter (where exists (select from training.attendance a
                where a.registration_id = r.id and a.module_id = l.module_id and a.day = l.day and a.present and a.day <= p_until)) * 100 / count(*) as percent
            from her join training.sessions s on s.course_id = her.course_id
            join training.registrations r on r.session_id = s.id and (r.adult_id = her.adult_id or r.account_id = her.account_id)
            join training.lessons l on l.session_id = s.id
            group by l.module_id, r.id)
          select m.position, coalesce(max(shares.percent), 0)::int
          from her join training.modules m on m.course_id = her.course_id left join shares on shares.module_id = m.id
          group by m.position order by m.position
        $function$

function training.move_up(p_session uuid) register_api:EXECUTE register_worker:EXECUTE
CREATE OR REPLACE FUNCTION training.move_up(p_session uuid)
 RETURNS TABLE(registration_id uuid, family_id uuid, account_id uuid, registered_by uuid)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
          update training.registrations r set state = 'listed'
          where r.id in (
            select w.id from training.registrations w where w.session_id = p_session and w.state = 'waiting' order by w.id
            limit greatest(0, (select s.capacity from training.sessions s where s.id = p_session) - training.registered(p_session)))
          returning r.id, r.family_id, r.account_id, r.registered_by
        $function$

function training.note_recorded(p_id uuid, p_account uuid, p_act text, p_subject_kind text, p_subject uuid, p_about uuid, p_office uuid, p_upwards boolean, p_day date, p_now timestamp with time zone, p_task uuid, p_task_kind text) register_api:EXECUTE register_worker:EXECUTE
CREATE OR REPLACE FUNCTION training.note_recorded(p_id uuid, p_account uuid, p_act text, p_subject_kind text, p_subject uuid, p_about uuid, p_office uuid, p_upwards boolean, p_day date, p_now timestamp with time zone, p_task uuid, p_task_kind text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'training', 'pg_temp'
AS $function$
        declare
          v_lacked text[] := training.lacking(p_account, p_act, p_day);
          v_due date;
        begin
          if cardinality(v_lacked) = 0 then return; end if;
          insert into training.countersignatures (id, act, subject_kind, subject_id, about_id, office_id, recorded_by, recorded_on, lacked)
          values (p_id, p_act, p_subject_kind, p_subject, p_about, p_office, p_account, p_day, v_lacked)
          on conflict (subject_id, act, recorded_by) where countersigned_on is null do nothing;
          if not found then return; end if;
          v_due := p_day + (platform.setting('training.countersign_days', p_day) #>> '{}')::int;
          perform worklist.open_task(p_task, p_task_kind, 'countersignature', p_id, p_about, null, null, 'supervisor',
            case when p_upwards then coalesce((select o.id from territory.offices o where o.kind = 'ministry'), p_office) else p_office end,
            (v_due + 1)::timestamp at time zone 'Asia/Phnom_Penh', v_due, p_task_kind || ':' || p_id, '{}', p_now);
        end $function$

function training.registered(p_session uuid) register_api:EXECUTE register_worker:EXECUTE
CREATE OR REPLACE FUNCTION training.registered(p_session uuid)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select count(*)::int from training.registrations where session_id = p_session and state = 'listed' $function$

function training.verify(p_number text) register_api:EXECUTE
CREATE OR REPLACE FUNCTION training.verify(p_number text)
 RETURNS TABLE(name_km text, name_latin text, valid_from date, valid_until date, earlier_issuer text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select c.name_km, c.name_latin, lower(t.during), (upper(t.during) - 1), t.paper_issuer from training.certificates t join training.courses c on c.id = t.course_id where t.number = p_number $function$

function training.waiting(p_session uuid) register_api:EXECUTE register_worker:EXECUTE
CREATE OR REPLACE FUNCTION training.waiting(p_session uuid)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select count(*)::int from training.registrations where session_id = p_session and state = 'waiting' $function$

function worklist.close_about(p_about uuid, p_by uuid, p_now timestamp with time zone) register_api:EXECUTE register_worker:EXECUTE
CREATE OR REPLACE FUNCTION worklist.close_about(p_about uuid, p_by uuid, p_now timestamp with time zone)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'worklist', 'pg_temp'
AS $function$
        declare
          v_closed int;
        begin
          update worklist.tasks set state = 'cancelled', closed_at = p_now, closed_by = p_by where about_id = p_about and state = 'open';
          get diagnostics v_closed = row_count;
          return v_closed;
        end $function$

function worklist.close_tasks(p_kind text, p_subject_id uuid, p_state text, p_by uuid, p_now timestamp with time zone) register_api:EXECUTE register_worker:EXECUTE
CREATE OR REPLACE FUNCTION worklist.close_tasks(p_kind text, p_subject_id uuid, p_state text, p_by uuid, p_now timestamp with time zone)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'worklist', 'pg_temp'
AS $function$
        declare
          v_closed int;
        begin
          update worklist.tasks set state = p_state, closed_at = p_now, closed_by = p_by where subject_id = p_subject_id and kind = p_kind and state = 'open';
          get diagnostics v_closed = row_count;
          return v_closed;
        end $function$

function worklist.holders(p_role text, p_office uuid, p_day date) public:EXECUTE
CREATE OR REPLACE FUNCTION worklist.holders(p_role text, p_office uuid, p_day date)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE
AS $function$
          with held as (
            select p.account_id, length(coalesce(own.area_code, '')) as nearness
            from staff.postings p join staff.accounts a on a.id = p.account_id and a.state = 'active'
            left join territory.offices own on own.id = p.office_id
            where p.role = p_role and p.during @> p_day and p.withdrawn_at is null
              and (p.office_id is null or exists (select from territory.offices o where o.id = p_office and starts_with(coalesce(o.area_code, ''), coalesce(own.area_code, '')))))
          select distinct account_id from held where nearness = (select max(nearness) from held)
        $function$

function worklist.me() public:EXECUTE
CREATE OR REPLACE FUNCTION worklist.me()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select case when current_setting('app.actor', true) ~ '^[0-9a-f-]{36}$' then current_setting('app.actor', true)::uuid end $function$

function worklist.my_posts() public:EXECUTE
CREATE OR REPLACE FUNCTION worklist.my_posts()
 RETURNS text[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
          select coalesce(array_agg(distinct split_part(own.post, '@', 1) || '@' || coalesce(below.id::text, '')), '{}')
          from unnest(string_to_array(nullif(current_setting('app.work_posts', true), ''), ',')) as own (post)
          left join lateral unnest(territory.offices_below(nullif(split_part(own.post, '@', 2), '')::uuid)) as below (id) on true
        $function$

function worklist.open_task(p_id uuid, p_kind text, p_subject_kind text, p_subject_id uuid, p_about uuid, p_detail text, p_account uuid, p_role text, p_office uuid, p_due_at timestamp with time zone, p_due_on date, p_dedupe text, p_remind timestamp with time zone[], p_now timestamp with time zone) register_api:EXECUTE register_worker:EXECUTE
CREATE OR REPLACE FUNCTION worklist.open_task(p_id uuid, p_kind text, p_subject_kind text, p_subject_id uuid, p_about uuid, p_detail text, p_account uuid, p_role text, p_office uuid, p_due_at timestamp with time zone, p_due_on date, p_dedupe text, p_remind timestamp with time zone[], p_now timestamp with time zone)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'worklist', 'pg_temp'
AS $function$
        declare
          v_id uuid;
        begin
          insert into worklist.tasks as t (id, kind, subject_kind, subject_id, about_id, detail, account_id, role, office_id, due_at, due_on, dedupe, opened_at)
          values (p_id, p_kind, p_subject_kind, p_subject_id, p_about, p_detail, p_account, p_role, p_office, p_due_at, p_due_on, p_dedupe, p_now)
          on conflict (dedupe) where state = 'open' do update set detail = excluded.detail, account_id = excluded.account_id, role = excluded.role,
            office_id = excluded.office_id, due_at = excluded.due_at, due_on = excluded.due_on,
            escalated_at = case when excluded.due_at > t.due_at then null else t.escalated_at end
          returning t.id into v_id;
          delete from worklist.reminders r where r.task_id = v_id and r.sent_at is null and r.dropped_at is null and r.due_at <> all (p_remind);
          insert into worklist.reminders (task_id, due_at) select v_id, moment from unnest(p_remind) as asked (moment) on conflict do nothing;
          return v_id;
        end $function$
