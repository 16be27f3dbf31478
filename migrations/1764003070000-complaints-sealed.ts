import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a carer complains of, and what she is answered, is sealed before it reaches the database. The keys are the program's
 * alone: what was written before is sealed by a job of the worker, and read as it is until then.
 */
export class ComplaintsSealed1764003070000 implements MigrationInterface {
  name = 'ComplaintsSealed1764003070000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table carers.complaints
        alter column words drop not null,
        add column words_sealed bytea,
        add column answer_sealed bytea,
        drop constraint complaints_answered_whole,
        add constraint complaints_answered_whole check ((answered_on is null) = (answered_by is null) and (answered_on is null) = (outcome is null)
          and (answered_on is null) = (answer is null and answer_sealed is null)),
        add constraint complaints_words_once check ((words is null) <> (words_sealed is null)),
        add constraint complaints_answer_once check (answer is null or answer_sealed is null);
      create index complaints_unsealed on carers.complaints (id) where words is not null or answer is not null;
      grant update (answer_sealed) on carers.complaints to register_api;
      grant update (words, words_sealed, answer, answer_sealed) on carers.complaints to register_worker;
    `);
  }

  /** Without the program's keys sealed words cannot be opened again: there is no way back once there are some. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      do $$ begin
        if exists (select from carers.complaints where words_sealed is not null or answer_sealed is not null) then
          raise exception 'there are sealed complaints, which only the program can open';
        end if;
      end $$;
      revoke update (words, answer) on carers.complaints from register_worker;
      drop index carers.complaints_unsealed;
      alter table carers.complaints
        drop constraint complaints_answer_once, drop constraint complaints_words_once, drop constraint complaints_answered_whole,
        drop column answer_sealed, drop column words_sealed, alter column words set not null,
        add constraint complaints_answered_whole check ((answered_on is null) = (answered_by is null) and (answered_on is null) = (outcome is null) and (answered_on is null) = (answer is null));
    `);
  }
}
