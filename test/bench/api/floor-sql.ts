const CHILD_ROW = `select c.id, c.number, c.name_km as "nameKm", c.name_latin as "nameLatin", c.sex, c.birth_date as "birthDate", c.birth_precision as "birthPrecision",
  c.office_id as "officeId", c.institution_id as "institutionId", c.home_area_code as "homeAreaCode", c.languages, c.religion, c.civil_registration as "civilRegistration",
  c.died_on as "diedOn", c.registered_on as "registeredOn", c.last_seen_on as "lastSeenOn", c.version
  from children.children c where c.id = $1`;

/** A child's file by id; `audited` writes in the same statement that it was opened. */
export const CHILD = {
  one: CHILD_ROW,
  audited: `with found as materialized (${CHILD_ROW}),
    opened as (insert into platform.reads (actor_id, subject_kind, subject_id, operation, request_id) select $2, 'child', id, 'child', $3 from found)
  select * from found`,
};

/** A page of families with their adults and places, as JSON that the database writes. */
const families = (only: string, then: string): string => `with page as materialized (
    select * from carers.families f where ${only} ($1::uuid is null or f.id > $1) order by f.id limit 51),
  shown as materialized (select * from page order by id limit 50)${then}
  select (select count(*) > 50 from page) as more, (select max(id::text) from shown) as last, (
    select coalesce(json_agg(node order by node.id), '[]')::text from (
      select f.id, f.number, f.kind, f.name_km as "nameKm", f.name_latin as "nameLatin", f.phone, f.area_code as "areaCode", f.languages, f.own_children as "ownChildren",
        f.opened_on as "openedOn", f.closed_on as "closedOn", f.version,
        (select coalesce(json_agg(a), '[]') from (
          select id, name_km as "nameKm", name_latin as "nameLatin", sex, birth_date as "birthDate", carer, lower(during) as since, upper(during) as "leftOn"
          from carers.adults where family_id = f.id order by lower(during), id limit 30) a) as adults,
        (select coalesce(json_agg(p), '[]') from (
          select p.slot, p.basis, o.kind as "takenBy", upper(o.during) as until from carers.family_places p
          left join carers.place_occupancies o on o.family_id = p.family_id and o.slot = p.slot and o.during @> $2::date and (o.expires_at is null or o.expires_at > $3)
          where p.family_id = f.id and p.during @> $2::date order by p.slot) p) as places
      from shown f) node) as nodes`;

export const FAMILIES = {
  one: families('f.office_id = any ($4::uuid[]) and', ''),
  audited: families('', `,
  opened as (insert into platform.reads (actor_id, subject_kind, subject_id, operation, request_id) select $4, 'family', id, 'families', $5 from shown)`),
};

/** What an enquiry is decided from. */
export const ACT_READS = `select territory.office_for(code) as office, platform.setting('recruitment.left_alone_days', $2) as patience from territory.areas where code = $1`;

const RETURNED = `returning id, source, name_km as "nameKm", name_latin as "nameLatin", phone, area_code as "areaCode", received_on as "receivedOn", state, next_on as "nextOn"`;

/** By which an enquiry is found under its names: a statement of its own, for its row security looks at the enquiry. */
export const ACT_KEYS = 'insert into recruitment.enquiry_keys (enquiry_id, key) select $1, unnest($2::text[])';

/** An enquiry; `audited` with its task, act, outbox row and request key. */
export const ACT_WRITES = {
  one: `insert into recruitment.enquiries (id, source, name_km, name_latin, phone, area_code, office_id, received_on, worker_id)
    values ($1, $2, $3, $4, $5, $6, territory.office_for($6), $7, $8) ${RETURNED}`,
  audited: `with made as (
      insert into recruitment.enquiries (id, source, name_km, name_latin, phone, area_code, office_id, received_on, worker_id)
      values ($1, $2, $3, $4, $5, $6, $9, $7, $8) ${RETURNED}),
    task as materialized (select worklist.open_task($10, 'recruitment.enquiry_waits', 'enquiry', $1, null, null, $8, null, $9, $11, $12, $13, '{}', $14)),
    act as (insert into platform.acts (id, actor_id, posting_id, act, subject_kind, subject_id, on_day, changed, request_id)
      values ($15, $8, $16, 'enquiry.record', 'enquiry', $1, $7, '{}', $17) returning id),
    event as (insert into platform.outbox (act_id, event, subject_id) select id, 'enquiry.recorded', $1 from act),
    key as (insert into platform.request_keys (actor_id, key, act, input_hash, result_id) values ($8, $18, 'enquiry.record', $19, $1))
  select made.* from made, task`,
};
