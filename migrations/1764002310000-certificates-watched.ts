import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who asks for certificate numbers how often, and which reminders of certificates and sessions were sent. */
export class CertificatesWatched1764002310000 implements MigrationInterface {
  name = 'CertificatesWatched1764002310000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One row a number that somebody asked for in the last minutes; the hash is of an address or an account.
      create table training.verifications (
        id bigint generated always as identity primary key,
        at timestamptz not null,
        asked_by bytea not null
      );
      create index verifications_by_moment on training.verifications (at);
      grant select, insert on training.verifications to register_api, register_worker;
      grant delete on training.verifications to register_worker;

      -- Which step before a certificate's end was told; a step is told once, and a later one stands for those that were missed.
      create table training.certificate_reminders (
        certificate_id uuid not null references training.certificates on delete restrict,
        days int not null,
        told_on date not null,
        primary key (certificate_id, days)
      );
      -- Who was told that a session is tomorrow.
      create table training.session_reminders (
        session_id uuid not null references training.sessions on delete restrict,
        account_id uuid not null references staff.accounts on delete restrict,
        told_on date not null,
        primary key (session_id, account_id)
      );
      grant select, insert on training.certificate_reminders, training.session_reminders to register_worker;
      create index sessions_by_first_day on training.sessions ((days[1])) where cancelled_on is null;

      insert into platform.settings (name, during, value, citation) values
        ('training.reminder_days', '[1900-01-01,)', '[90, 60, 30, 7]', 'default: no official number was found');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from platform.settings where name = 'training.reminder_days';
      drop index training.sessions_by_first_day;
      drop table training.session_reminders;
      drop table training.certificate_reminders;
      drop table training.verifications;
    `);
  }
}
