import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An account may be linked to a person of the external issuer, whose access tokens then count as hers. */
export class StaffExternalSignIn1764001500000 implements MigrationInterface {
  name = 'StaffExternalSignIn1764001500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Who she is there: never an e-mail address. The link has an id of its own, new each time: it stands for her session.
      alter table staff.accounts
        add column sign_in_id uuid,
        add column sign_in_issuer text,
        add column sign_in_subject text,
        add column sign_in_at timestamptz,
        add constraint accounts_sign_in unique (sign_in_issuer, sign_in_subject),
        add constraint accounts_sign_in_whole check (num_nonnulls(sign_in_id, sign_in_issuer, sign_in_subject, sign_in_at) in (0, 4)),
        add constraint accounts_sign_in_open check (sign_in_id is null or state = 'active'),
        drop constraint accounts_password,
        add constraint accounts_way_in check (state <> 'active' or password_hash is not null or sign_in_id is not null);
      grant update (sign_in_id, sign_in_issuer, sign_in_subject, sign_in_at) on staff.accounts to register_api;

      -- As staff.actor for a session of ours: live account, standing link, postings of the day with the offices below.
      create function staff.external_actor(p_issuer text, p_subject text, p_day date) returns jsonb
        language sql stable
        as $$
          select jsonb_build_object('userId', a.id, 'sessionId', a.sign_in_id, 'postings', coalesce(
            (select jsonb_agg(jsonb_build_object('id', p.id, 'role', p.role, 'officeId', p.office_id, 'institutionId', p.institution_id,
              'area', case when p.office_id is null then null else coalesce(o.area_code, '') end,
              'officeIds', case when p.office_id is null then '[]'::jsonb else to_jsonb(territory.offices_below(p.office_id)) end) order by p.id)
            from staff.postings p left join territory.offices o on o.id = p.office_id
            where p.account_id = a.id and p.during @> p_day and p.withdrawn_at is null), '[]'::jsonb))
          from staff.accounts a
          where a.sign_in_issuer = p_issuer and a.sign_in_subject = p_subject and a.state = 'active'
        $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function staff.external_actor(text, text, date);
      -- Who could come in by the issuer alone waits for an invitation again.
      update staff.accounts set state = 'invited' where state = 'active' and password_hash is null;
      alter table staff.accounts
        drop constraint accounts_way_in,
        add constraint accounts_password check (state <> 'active' or password_hash is not null),
        drop column sign_in_id,
        drop column sign_in_issuer,
        drop column sign_in_subject,
        drop column sign_in_at;
    `);
  }
}
