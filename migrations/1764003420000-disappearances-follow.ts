import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The first night of a disappearance follows the timeline, which may have been corrected since it was written. */
export class DisappearancesFollow1764003420000 implements MigrationInterface {
  name = 'DisappearancesFollow1764003420000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('grant update (since) on placements.disappearances to register_api, register_worker');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('revoke update (since) on placements.disappearances from register_api, register_worker');
  }
}
