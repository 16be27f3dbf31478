import type { MigrationInterface, QueryRunner } from 'typeorm';

const HER_CHILD = 'exists (select from children.children c where c.id = child_id)';

/** Parents may take back their agreement to a child's care at any time: what they said is kept, and a supervisor reviews it. */
export class Withdrawals1764003320000 implements MigrationInterface {
  name = 'Withdrawals1764003320000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table children.withdrawals (
        id uuid primary key,
        child_id uuid not null references children.children on delete restrict,
        basis_id uuid not null references children.legal_bases on delete restrict,
        relation text not null,
        on_day date not null,
        recorded_by uuid not null references staff.accounts on delete restrict,
        reviewed_on date,
        reviewed_by uuid references staff.accounts on delete restrict,
        outcome text,
        outcome_reason text,
        constraint withdrawals_relation check (relation in ('mother', 'father', 'guardian', 'other')),
        constraint withdrawals_outcome check (outcome in ('agreed_again', 'returns_home', 'authority_asked', 'other_care')),
        constraint withdrawals_reviewed check (num_nulls(reviewed_on, reviewed_by, outcome, outcome_reason) in (0, 4) and reviewed_on >= on_day)
      );
      create unique index withdrawals_open on children.withdrawals (basis_id, relation) where outcome is null;
      create index withdrawals_by_child on children.withdrawals (child_id, on_day desc, id desc);
      create index withdrawals_by_basis on children.withdrawals (basis_id);
      create index withdrawals_by_recorder on children.withdrawals (recorded_by);
      create index withdrawals_by_reviewer on children.withdrawals (reviewed_by) where reviewed_by is not null;
      grant select, insert, update (reviewed_on, reviewed_by, outcome, outcome_reason) on children.withdrawals to register_api;
      grant select on children.withdrawals to register_worker;
      alter table children.withdrawals enable row level security;
      create policy withdrawals_of_the_actor on children.withdrawals to register_api using (${HER_CHILD}) with check (${HER_CHILD});
      create policy withdrawals_of_the_worker on children.withdrawals for select to register_worker using (true);
      insert into platform.settings (name, during, value, citation) values
        ('children.withdrawal_working_days', '[1900-01-01,)', '5', 'default: no official number was found');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table children.withdrawals; delete from platform.settings where name = 'children.withdrawal_working_days'`);
  }
}
