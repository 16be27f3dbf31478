import type { MigrationInterface, QueryRunner } from 'typeorm';

const VERIFY = 'name_km text, name_latin text, valid_from date, valid_until date';

const SEES = `subject_kind = 'certificate' and exists (select from training.certificates s where s.id = attachments.subject_id)`;

/**
 * Certificates from before the register: no session and no list stands behind them, but a paper with its number and who
 * gave it out. Nobody writes the same paper down twice, and whoever verifies one is told what it is.
 */
export class EarlierCertificates1764003090000 implements MigrationInterface {
  name = 'EarlierCertificates1764003090000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table training.certificates
        alter column registration_id drop not null,
        add column paper_number text,
        add column paper_issuer text,
        add constraint certificates_earlier check ((registration_id is null) = (paper_number is not null) and (registration_id is null) = (paper_issuer is not null));
      create unique index certificates_paper_once on training.certificates (lower(paper_issuer), lower(paper_number)) where paper_number is not null;

      drop policy certificates_of_those_concerned on training.certificates;
      create policy certificates_of_those_concerned on training.certificates to register_api
        using (exists (select from training.registrations r where r.id = registration_id)
          or (registration_id is null and (account_id::text = current_setting('app.actor', true) or issued_by::text = current_setting('app.actor', true)
            or exists (select from carers.families f where f.id = family_id))))
        with check (exists (select from training.registrations r where r.id = registration_id)
          or (registration_id is null and issued_by::text = current_setting('app.actor', true)));

      create policy attachments_of_certificate_seen on documents.attachments for select to register_api using (${SEES});
      create policy attachments_of_certificate_added on documents.attachments for insert to register_api with check (${SEES}
        and attached_by = (select worklist.me()) and documents.is_of(document_id, attached_by));

      -- Of somebody whose rows are her office's or nobody's: does a certificate of this course cover any of these days?
      create function training.certified_during(p_adult uuid, p_account uuid, p_course uuid, p_during daterange) returns date
        language sql stable security definer set search_path = ''
        as $$ select max(upper(t.during)) from training.certificates t where (t.adult_id = p_adult or t.account_id = p_account) and t.course_id = p_course and t.during && p_during $$;
      revoke execute on function training.certified_during from public;
      grant execute on function training.certified_during to register_api;

      drop function training.verify;
      create function training.verify(p_number text) returns table (${VERIFY}, earlier_issuer text)
        language sql stable security definer set search_path = ''
        as $$ select c.name_km, c.name_latin, lower(t.during), (upper(t.during) - 1), t.paper_issuer from training.certificates t join training.courses c on c.id = t.course_id where t.number = p_number $$;
      revoke execute on function training.verify from public;
      grant execute on function training.verify to register_api;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function training.verify;
      create function training.verify(p_number text) returns table (${VERIFY})
        language sql stable security definer set search_path = ''
        as $$ select c.name_km, c.name_latin, lower(t.during), (upper(t.during) - 1) from training.certificates t join training.courses c on c.id = t.course_id where t.number = p_number $$;
      revoke execute on function training.verify from public;
      grant execute on function training.verify to register_api;
      drop function training.certified_during;
      drop policy attachments_of_certificate_added on documents.attachments;
      drop policy attachments_of_certificate_seen on documents.attachments;
      drop policy certificates_of_those_concerned on training.certificates;
      create policy certificates_of_those_concerned on training.certificates to register_api
        using (exists (select from training.registrations r where r.id = registration_id))
        with check (exists (select from training.registrations r where r.id = registration_id));
      drop index training.certificates_paper_once;
      alter table training.certificates drop constraint certificates_earlier, drop column paper_issuer, drop column paper_number, alter column registration_id set not null;
    `);
  }
}
