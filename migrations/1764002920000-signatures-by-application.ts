import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Since neighbours may sign more than once, the one index by application left theirs out: a page of dossiers read every signature of the country for each. */
export class SignaturesByApplication1764002920000 implements MigrationInterface {
  name = 'SignaturesByApplication1764002920000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index signatures_by_application on recruitment.signatures (application_id, party)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index recruitment.signatures_by_application');
  }
}
