import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A panel that may not decide, because a tie of one of its members came to light after it had met, gives way to another. */
export class PanelDissolved1764002140000 implements MigrationInterface {
  name = 'PanelDissolved1764002140000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table recruitment.panels drop constraint panels_outcome, add constraint panels_outcome check (outcome in ('approved', 'refused', 'dissolved'));
      drop trigger panels_apart on recruitment.panels;
      create trigger panels_apart before insert or update of members, decided_by, decided_on on recruitment.panels for each row
        when (new.outcome is distinct from 'dissolved') execute function recruitment.panel_apart();
      drop trigger panels_talked on recruitment.panels;
      create trigger panels_talked before update of outcome on recruitment.panels for each row
        when (new.outcome in ('approved', 'refused')) execute function recruitment.panel_talked();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from recruitment.panels where outcome = 'dissolved';
      drop trigger panels_talked on recruitment.panels;
      create trigger panels_talked before update of outcome on recruitment.panels for each row when (new.outcome is not null) execute function recruitment.panel_talked();
      drop trigger panels_apart on recruitment.panels;
      create trigger panels_apart before insert or update of members, decided_by, decided_on on recruitment.panels for each row execute function recruitment.panel_apart();
      alter table recruitment.panels drop constraint panels_outcome, add constraint panels_outcome check (outcome in ('approved', 'refused'));
    `);
  }
}
