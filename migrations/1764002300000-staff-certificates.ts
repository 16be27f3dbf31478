import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which act asks for which certificate of a colleague, and what was recorded without one until a supervisor has countersigned it. */
export class StaffCertificates1764002300000 implements MigrationInterface {
  name = 'StaffCertificates1764002300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What an act asks for that somebody has not on a day: any one of these certificates would do. Empty where she has
      -- one, or where the setting does not name the act. "act:certificate" each, so that an order may add or drop any of them.
      create function training.lacking(p_account uuid, p_act text, p_day date) returns text[]
        language sql stable
        as $$
          select case when exists (select from staff.qualifications q where q.account_id = p_account and q.kind = any (wanted.kinds) and q.during @> p_day) then '{}' else wanted.kinds end
          from (select coalesce(array_agg(split_part(entry, ':', 2) order by entry), '{}') as kinds
            from jsonb_array_elements_text(platform.setting('training.certificates_required', p_day)) as entry where split_part(entry, ':', 1) = p_act) as wanted
        $$;

      create table training.countersignatures (
        id uuid primary key,
        act text not null,
        subject_kind text not null,
        subject_id uuid not null,
        about_id uuid,
        office_id uuid not null references territory.offices on delete restrict,
        recorded_by uuid not null references staff.accounts on delete restrict,
        recorded_on date not null,
        lacked text[] not null,
        countersigned_by uuid references staff.accounts on delete restrict,
        countersigned_on date,
        constraint countersignatures_whole check ((countersigned_by is null) = (countersigned_on is null)),
        constraint countersignatures_by_another check (countersigned_by <> recorded_by),
        constraint countersignatures_in_order check (countersigned_on >= recorded_on)
      );
      -- One waits for all that somebody wrote of one kind on one record.
      create unique index countersignatures_one_waiting on training.countersignatures (subject_id, act, recorded_by) where countersigned_on is null;
      create index countersignatures_by_subject on training.countersignatures (subject_id, id);
      create index countersignatures_waiting on training.countersignatures (office_id, id) where countersigned_on is null;
      create index countersignatures_by_recorder on training.countersignatures (recorded_by, id);
      grant select on training.countersignatures to register_api, register_worker;
      grant update (countersigned_by, countersigned_on) on training.countersignatures to register_api;
      alter table training.countersignatures enable row level security;
      create policy countersignatures_of_those_concerned on training.countersignatures to register_api
        using (recorded_by::text = current_setting('app.actor', true) or office_id = any ((select platform.ids('app.child_offices'))::uuid[]) or office_id = any ((select platform.ids('app.family_offices'))::uuid[]));
      create policy countersignatures_of_the_worker on training.countersignatures to register_worker using (true);

      -- Called after every recording that may ask for a certificate, in its transaction: nothing for most, one row and one
      -- task for whom it may concern. With the owner's rights, because who records for an institution sees no office's rows.
      -- What a supervisor has recorded is countersigned one level up.
      create function training.note_recorded(p_id uuid, p_account uuid, p_act text, p_subject_kind text, p_subject uuid, p_about uuid, p_office uuid, p_upwards boolean,
          p_day date, p_now timestamptz, p_task uuid, p_task_kind text) returns void
        language plpgsql volatile security definer set search_path = training, pg_temp
        as $$
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
        end $$;
      revoke execute on function training.note_recorded from public;
      grant execute on function training.note_recorded to register_api, register_worker;

      insert into platform.settings (name, during, value, citation) values
        ('training.certificates_required', '[1900-01-01,)', '[
          "application.approve:government_social_worker", "application.approve:senior_official",
          "placement.approve:government_social_worker", "placement.approve:senior_official",
          "record.countersign:government_social_worker", "record.countersign:senior_official",
          "visit.record:government_social_worker", "home_study.record:government_social_worker",
          "placement.start:government_social_worker", "placement.recordFact:government_social_worker",
          "resident.register:government_social_worker", "resident.register:para_social_worker"]',
          'invented: no order was found that names the certificate of an act'),
        ('training.countersign_days', '[1900-01-01,)', '10', 'default: no official number was found');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from platform.settings where name in ('training.certificates_required', 'training.countersign_days');
      drop function training.note_recorded;
      drop table training.countersignatures;
      drop function training.lacking;
    `);
  }
}
