import { defineLoader } from '../platform/graphql/context.js';

export interface DuplicateRow {
  readonly of: string;
  readonly id: string;
  readonly agrees: string[];
}

/** At most so many possible duplicates, and linked ones, of one enquiry are told. */
export const MOST_DUPLICATES = 10;

/**
 * Enquiries of the caller's offices that may be of the same household: the same telephone, or the same whole name, in
 * either script and order, in the same commune. Those with more in common first, of equals the latest. What is linked
 * already is left out.
 */
export const possibleDuplicatesOf = defineLoader<DuplicateRow[]>('possibleDuplicates', async (op, ids) => {
  const rows = await op.tx.rows<DuplicateRow>(
    `with asked as (select id, phone, area_code, duplicate_of from recruitment.enquiries where id = any ($1::uuid[])),
     signs as (
       select a.id as of, e.id, 'phone' as sign from asked a join recruitment.enquiries e on e.phone = a.phone
       union select a.id, e.id, 'name' from asked a join recruitment.enquiry_keys k on k.enquiry_id = a.id and starts_with(k.key, 'w:')
         join recruitment.enquiry_keys o on o.key = k.key join recruitment.enquiries e on e.id = o.enquiry_id and left(e.area_code, 6) = left(a.area_code, 6))
     select s.of, s.id, array_agg(s.sign order by s.sign desc) || case when a.area_code = e.area_code and length(e.area_code) = 8 then array['village'] else '{}' end as agrees
     from signs s join asked a on a.id = s.of join recruitment.enquiries e on e.id = s.id
     where s.id <> s.of and e.duplicate_of is null and s.id is distinct from a.duplicate_of
     group by s.of, s.id, a.area_code, e.area_code, e.received_on order by s.of, count(*) desc, e.received_on desc, s.id desc`,
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.of === id).slice(0, MOST_DUPLICATES));
});

export interface KnownRow {
  readonly enquiry: string;
  /** Null where the caller may not see the family. */
  readonly family: string | null;
  readonly office: string;
  readonly agrees: string[];
  readonly open: boolean | null;
}

/**
 * Families of the country that may be the household of an enquiry, by the same signs: those that the caller sees first,
 * and of them those with most in common. Of others only the office, once for however many of its families.
 */
export const knownHouseholdsOf = defineLoader<KnownRow[]>('knownHouseholds', async (op, ids) => {
  const rows = await op.tx.rows<KnownRow>('select * from recruitment.known_households($1::uuid[]) order by enquiry, family is null, cardinality(agrees) desc, family, office', [ids]);
  return ids.map((id) => rows.filter((row) => row.enquiry === id).slice(0, MOST_DUPLICATES));
});

/** The enquiries that were linked to each, the latest first. */
export const linkedTo = defineLoader<{ readonly of: string; readonly id: string }[]>('linkedEnquiries', async (op, ids) => {
  const rows = await op.tx.rows<{ of: string; id: string }>(
    'select duplicate_of as of, id from recruitment.enquiries where duplicate_of = any ($1::uuid[]) order by received_on desc, id desc',
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.of === id).slice(0, MOST_DUPLICATES));
});
