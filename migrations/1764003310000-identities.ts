import type { MigrationInterface, QueryRunner } from 'typeorm';

const SEES = (id: string): string => `exists (select from children.children c where c.id = ${id})`;

/** Two files may be of one person: which they may be, that they are, and that they are not. */
export class Identities1764003310000 implements MigrationInterface {
  name = 'Identities1764003310000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Known to be two children: the hint that they may be one ends with it. Each pair once, whichever is named first.
      create table children.different (
        low_id uuid not null references children.children on delete restrict,
        high_id uuid not null references children.children on delete restrict,
        on_day date not null,
        said_by uuid not null references staff.accounts on delete restrict,
        primary key (low_id, high_id),
        constraint different_pair check (low_id < high_id)
      );
      create index different_by_high on children.different (high_id);
      create index different_by_account on children.different (said_by);
      grant select, insert on children.different to register_api;

      -- Two files of one person. Both stay, with all that hangs on them; numbers never change, so that each is known to who sees one of them.
      create table children.merges (
        id uuid primary key,
        kept_id uuid not null references children.children on delete restrict,
        other_id uuid not null references children.children on delete restrict,
        kept_number int not null,
        other_number int not null,
        on_day date not null,
        merged_by uuid not null references staff.accounts on delete restrict,
        merged_at timestamptz not null,
        reason text not null,
        -- Born on one day, or of one sibling group: somebody said that they are not twins, and why is in the reason.
        no_twins boolean not null,
        undone_at timestamptz,
        undone_on date,
        undone_by uuid references staff.accounts on delete restrict,
        undone_reason text,
        constraint merges_two check (kept_id <> other_id),
        constraint merges_undone check (num_nulls(undone_at, undone_on, undone_by, undone_reason) in (0, 4))
      );
      create unique index merges_once on children.merges (other_id) where undone_at is null;
      create index merges_by_other on children.merges (other_id);
      create index merges_by_kept on children.merges (kept_id);
      create index merges_by_account on children.merges (merged_by);
      create index merges_by_undoer on children.merges (undone_by) where undone_by is not null;
      grant select, insert, update (undone_at, undone_on, undone_by, undone_reason) on children.merges to register_api;
      grant select on children.merges, children.different to register_worker;

      alter table children.different enable row level security;
      create policy different_of_the_actor on children.different to register_api using (${SEES('low_id')} or ${SEES('high_id')}) with check (${SEES('low_id')} or ${SEES('high_id')});
      create policy different_of_the_worker on children.different for select to register_worker using (true);
      alter table children.merges enable row level security;
      -- Who sees one of the files learns the other's number; only who sees both links or parts them.
      create policy merges_of_the_actor on children.merges for select to register_api using (${SEES('kept_id')} or ${SEES('other_id')});
      create policy merges_made_by_the_actor on children.merges for insert to register_api with check (${SEES('kept_id')} and ${SEES('other_id')});
      create policy merges_undone_by_the_actor on children.merges for update to register_api using (${SEES('kept_id')} and ${SEES('other_id')});
      create policy merges_of_the_worker on children.merges for select to register_worker using (true);
      ${LIKE}
      insert into platform.settings (name, during, value, citation) values
        ('children.duplicate_working_days', '[1900-01-01,)', '10', 'default: no official number was found'),
        ('children.overlap_working_days', '[1900-01-01,)', '5', 'default: no official number was found');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function children.compared;
      drop table children.merges, children.different;
      delete from platform.settings where name in ('children.duplicate_working_days', 'children.overlap_working_days');
    `);
  }
}

/**
 * How a child compares with those of the whole country who share a name with her. Of a child whom the actor may not see it
 * gives no id and no fact but the office to be asked; in what two files agree comes out, never what stands in them.
 * Whole names come with any birth date, parts of a name only with the very same one: the nearest births first, at most 60.
 */
const SCOPE = (c: string): string => `(${c}.office_id = any (platform.ids('app.child_offices')) or ${c}.origin_office_id = any (platform.ids('app.child_offices'))
              or ${c}.institution_id = any (platform.ids('app.child_institutions')) or ${c}.id in (select children.shared_ids()))`;

const LIKE = `
      create function children.compared(p_child uuid)
        returns table (child_id uuid, office_id uuid, whole boolean, parts int, bearers int, same_sex boolean, same_day boolean, years_apart int, home int, relatives int, siblings boolean)
        language plpgsql stable security definer set search_path = pg_catalog, pg_temp rows 20
        as $$
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
          select c.* into her from children.children c where c.id = p_child and ${SCOPE('c')};
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
            select case when ${SCOPE('c')} then c.id end, c.office_id, n.whole,
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
        end $$;
      revoke execute on function children.compared from public;
      grant execute on function children.compared to register_api;
`;
