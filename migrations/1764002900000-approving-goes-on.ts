import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A register that people work in already goes on approving: its staff have 90 days (invented) to bring their certificates
 * before approving asks for them. A register that begins now asks from its first day.
 */
export class ApprovingGoesOn1764002900000 implements MigrationInterface {
  name = 'ApprovingGoesOn1764002900000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      update platform.settings set during = daterange((now() at time zone 'Asia/Phnom_Penh')::date + 90, upper(during)), citation = citation || '; 90 days (invented) for who worked before'
      where name = 'training.certificates_required' and lower(during) = '1900-01-01' and exists (select from staff.accounts)
        and not exists (select from training.certificates c join training.registrations r on r.id = c.registration_id where r.account_id is not null);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      update platform.settings s set during = daterange('1900-01-01', upper(during)), citation = replace(citation, '; 90 days (invented) for who worked before', '')
      where name = 'training.certificates_required' and citation like '%for who worked before'
        and not exists (select from platform.settings o where o.name = s.name and o.during << s.during);
    `);
  }
}
