import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A process learns by its own role whether the database has every migration of its program. */
export class Readiness1764000010000 implements MigrationInterface {
  name = 'Readiness1764000010000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`grant select on public.applied_migrations to register_api, register_worker`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`revoke select on public.applied_migrations from register_api, register_worker`);
  }
}
