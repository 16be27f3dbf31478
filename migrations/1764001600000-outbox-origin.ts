import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A row of the outbox knows which request it came from, and its place in that request's trace where traces are on. */
export class OutboxOrigin1764001600000 implements MigrationInterface {
  name = 'OutboxOrigin1764001600000';

  async up(runner: QueryRunner): Promise<void> {
    // Both may be missing: rows of before, and of a program of before that still runs.
    await runner.query(`
      alter table platform.outbox
        add column request_id text,
        add column traceparent text,
        add constraint outbox_request_id_is_safe check (request_id ~ '^[A-Za-z0-9._-]{1,80}$'),
        add constraint outbox_traceparent_is_one check (traceparent ~ '^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table platform.outbox drop column request_id, drop column traceparent');
  }
}
