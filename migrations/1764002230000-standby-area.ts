import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which families live in a district is read from the index alone: their rows lie scattered over the whole table. */
export class StandbyArea1764002230000 implements MigrationInterface {
  name = 'StandbyArea1764002230000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index families_in_area on carers.families (area_code text_pattern_ops, id) include (office_id, closed_on);
      drop index carers.families_by_area;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index families_by_area on carers.families (area_code text_pattern_ops, id);
      drop index carers.families_in_area;
    `);
  }
}
