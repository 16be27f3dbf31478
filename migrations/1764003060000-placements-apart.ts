import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who lives in a household, is related to it or works with one of its adults neither plans nor approves a child's stay with
 * it: the tables of plans and approvals refuse by themselves what a forgotten question would let through. What has happened
 * is written without a planner and is never refused.
 */
export class PlacementsApart1764003060000 implements MigrationInterface {
  name = 'PlacementsApart1764003060000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function placements.plan_apart() returns trigger language plpgsql security definer set search_path = ''
        as $$
        begin
          perform carers.keep_apart(new.family_id, array[new.planned_by], new.planned_on, 'placements_apart');
          return new;
        end $$;
      create trigger placements_apart before insert on placements.placements for each row
        when (new.planned_by is not null) execute function placements.plan_apart();

      create function placements.approval_apart() returns trigger language plpgsql security definer set search_path = ''
        as $$
        begin
          perform carers.keep_apart((select p.family_id from placements.placements p where p.id = new.placement_id), array[new.approved_by], new.on_day, 'approvals_apart');
          return new;
        end $$;
      create trigger approvals_apart before insert on placements.approvals for each row execute function placements.approval_apart();
      revoke execute on function placements.plan_apart, placements.approval_apart from public;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger approvals_apart on placements.approvals;
      drop trigger placements_apart on placements.placements;
      drop function placements.approval_apart, placements.plan_apart;
    `);
  }
}
