import type { MigrationInterface, QueryRunner } from 'typeorm';

const POLICIES: readonly (readonly [table: string, policy: string, using: (ids: (setting: string) => string) => string])[] = [
  ['support.warnings', 'warnings_of_the_actor', (ids) => `office_id = any (${ids('money_offices')})`],
  ['children.shares', 'shares_with_the_actor', (ids) => `office_id = any (${ids('child_offices')}) or exists (select from children.children c where c.id = child_id)`],
  ['training.registrations', 'registrations_of_those_concerned', (ids) => `account_id::text = current_setting('app.actor', true)
    or exists (select from training.sessions s where s.id = session_id
      and (s.trainer_id::text = current_setting('app.actor', true) or s.office_id = any (${ids('family_offices')})))
    or exists (select from carers.families f where f.id = family_id)`],
];

/** The last policies that read the actor's list of offices once for each row: what they let through stays the same. */
export class ScopeReadOnce1764002020000 implements MigrationInterface {
  name = 'ScopeReadOnce1764002020000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, policy, using] of POLICIES) await runner.query(`alter policy ${policy} on ${table} using (${using((setting) => `(select platform.ids('app.${setting}'))::uuid[]`)})`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, policy, using] of POLICIES) await runner.query(`alter policy ${policy} on ${table} using (${using((setting) => `platform.ids('app.${setting}')`)})`);
  }
}
