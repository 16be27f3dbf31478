import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Policies that asked for the actor's ids once for each row: read as a list of two hundred offices, that alone was most of
 * what a ministry's list cost. Asked inside a select they are read once for each statement. What they let through is the same.
 */
const ASKED_BY_ROW: readonly (readonly [table: string, policy: string, setting: string])[] = [
  ['carers.families', 'families_of_the_office', 'family_offices'],
  ['carers.adults', 'adults_of_the_office', 'family_offices'],
  ['recruitment.enquiries', 'enquiries_of_the_office', 'family_offices'],
  ['recruitment.follow_ups', 'follow_ups_of_the_office', 'family_offices'],
  ['recruitment.applications', 'applications_of_the_office', 'family_offices'],
  ['recruitment.checks', 'checks_of_the_office', 'family_offices'],
  ['recruitment.signatures', 'signatures_of_the_office', 'family_offices'],
  ['recruitment.home_studies', 'home_studies_of_the_office', 'family_offices'],
  ['recruitment.panels', 'panels_of_the_office', 'family_offices'],
  ['support.runs', 'runs_of_the_actor', 'money_offices'],
  ['support.lines', 'lines_of_the_actor', 'money_offices'],
  ['support.payees', 'payees_of_the_actor', 'money_offices'],
];

/** What a country's load asked for: indexes, and row security that reads its scope once. */
export class Indexes1764001700000 implements MigrationInterface {
  name = 'Indexes1764001700000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [table, policy, setting] of ASKED_BY_ROW) {
      await runner.query(`alter policy ${policy} on ${table} using (office_id = any ((select platform.ids('app.${setting}'))::uuid[]))`);
    }
    await runner.query(`
      -- A child's file reads her legal bases; the exclusion's index leaves out "none known" and cannot be used.
      create index legal_bases_by_child on children.legal_bases (child_id);
      -- What was settled for one child.
      create index lines_by_child on support.lines (child_id);

      -- Until when a version was known: ordinary comparisons may go before row security, those of ranges may not, so that
      -- every count of today asked the policy about every version there ever was.
      alter table placements.episode_versions add column known_until timestamptz generated always as (upper(recorded)) stored;
      create index episode_versions_by_end on placements.episode_versions (known_until);

      -- The auditor reads by days, too.
      create index acts_by_time on platform.acts (at, seq);
      create index reads_by_time on platform.reads (at, id);
      create index denials_by_time on platform.denials (at, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index platform.denials_by_time;
      drop index platform.reads_by_time;
      drop index platform.acts_by_time;
      drop index placements.episode_versions_by_end;
      alter table placements.episode_versions drop column known_until;
      drop index support.lines_by_child;
      drop index children.legal_bases_by_child;
    `);
    for (const [table, policy, setting] of ASKED_BY_ROW) {
      await runner.query(`alter policy ${policy} on ${table} using (office_id = any (platform.ids('app.${setting}')))`);
    }
  }
}
