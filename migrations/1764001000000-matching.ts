import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A list and what follows from it is seen by the offices of the child, never through an institution. */
const HER_OFFICES_CHILD = `exists (select from children.children c where c.id = child_id and (
          c.office_id = any ((select platform.ids('app.child_offices'))::uuid[])
          or c.origin_office_id = any ((select platform.ids('app.child_offices'))::uuid[])
          or c.id = any (array(select children.shared_ids()))))`;

const OF_LIST = 'exists (select from matching.lists l where l.id = list_id)';
const OF_PROPOSAL = 'exists (select from matching.proposals p where p.id = proposal_id)';

function guarded(table: string, who: string): string {
  return `
      alter table matching.${table} enable row level security;
      create policy ${table}_of_the_actor on matching.${table} to register_api using (${who}) with check (${who});
      create policy ${table}_of_the_worker on matching.${table} to register_worker using (true) with check (true);`;
}

/** Lists of families for a child as they were asked for, and the proposals that came of them. */
export class Matching1764001000000 implements MigrationInterface {
  name = 'Matching1764001000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(LISTS);
    await runner.query(PROPOSALS);
    await runner.query(`
      -- A list is history: what was known, weighed and left out on a day is never changed.
      grant select, insert on matching.lists, matching.entries, matching.exclusions, matching.proposals, matching.proposal_children, matching.strategies to register_api, register_worker;
      grant update (state, held_until, answered_on, answered_by, told, answer_reason, ended_on, version) on matching.proposals to register_api, register_worker;
      ${guarded('lists', HER_OFFICES_CHILD)}
      ${guarded('entries', OF_LIST)}
      ${guarded('exclusions', OF_LIST)}
      ${guarded('proposals', HER_OFFICES_CHILD)}
      ${guarded('proposal_children', OF_PROPOSAL)}
      ${guarded('strategies', OF_PROPOSAL)}

      insert into platform.settings (name, during, value, citation) values
        ('matching.weights', '[1900-01-01,)', '{"version": 1, "weights": {"needs_and_behaviour": 27, "siblings_together": 18, "nearness": 14, "language": 9, "same_school": 9, "already_known": 8,
          "age_preference": 5, "length_of_placement": 4, "religion_culture": 3, "household_load": 2, "continuity_of_worker": 1}}', 'default: scaled from published correlations'),
        ('matching.list_days', '[1900-01-01,)', '14', 'default: no official number was found'),
        ('matching.strategies_working_days', '[1900-01-01,)', '10', 'default: no official number was found');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop schema matching cascade; delete from platform.settings where name like 'matching.%'`);
  }
}

const LISTS = `
      create schema matching;
      grant usage on schema matching to register_api, register_worker;

      -- One question - which families for this child, or for her and her siblings - with everything that its answer rests on.
      create table matching.lists (
        id uuid primary key,
        child_id uuid not null references children.children on delete restrict,
        office_id uuid not null references territory.offices on delete restrict,
        asked_by uuid references staff.accounts on delete restrict,
        asked_on date not null,
        starts_on date not null,
        care_kind text not null,
        emergency boolean not null,
        gatekeeping_complete boolean not null,
        -- Why a child is matched apart from her siblings: a supervisor's decision.
        apart_reason text,
        method int not null,
        weights_version int not null,
        weights jsonb not null,
        -- The children as ranking read them; no name, no sex, no reason for care.
        asked jsonb not null,
        -- Assessed kin, before any stranger and never scored.
        kin_relative_ids uuid[] not null,
        searched int not null,
        eligible int not null,
        failed_rules jsonb not null,
        constraint lists_care_kind check (care_kind in ('foster', 'kinship', 'family_house')),
        constraint lists_gatekeeping check (gatekeeping_complete or emergency),
        constraint lists_counts check (eligible between 0 and searched)
      );
      create index lists_by_child on matching.lists (child_id, asked_on desc, id desc);

      -- The families that met every hard rule: former carers apart and unscored, then the first hundred by rank.
      create table matching.entries (
        list_id uuid not null references matching.lists on delete restrict,
        family_id uuid not null references carers.families on delete restrict,
        rank int,
        score int,
        places_for_all boolean not null,
        facts jsonb not null,
        factors jsonb not null,
        primary key (list_id, family_id),
        constraint entries_rank unique (list_id, rank),
        constraint entries_scored check ((rank is null) = (score is null)),
        constraint entries_first_hundred check (rank between 1 and 100)
      );

      -- The families that did not, each with every rule that it failed.
      create table matching.exclusions (
        list_id uuid not null references matching.lists on delete restrict,
        family_number int not null,
        area_code text not null,
        failures jsonb not null,
        primary key (list_id, family_number)
      );
`;

const PROPOSALS = `
      -- A worker's choice: a family asked, with what it was told; the place is held by the planned placements.
      create table matching.proposals (
        id uuid primary key,
        list_id uuid not null references matching.lists on delete restrict,
        child_id uuid not null references children.children on delete restrict,
        family_id uuid not null references carers.families on delete restrict,
        office_id uuid not null references territory.offices on delete restrict,
        proposed_by uuid references staff.accounts on delete restrict,
        proposed_on date not null,
        reason text,
        emergency boolean not null,
        state text not null default 'waiting',
        held_until timestamptz,
        answered_on date,
        answered_by uuid references staff.accounts on delete restrict,
        told text,
        answer_reason text,
        ended_on date,
        version int not null default 1,
        constraint proposals_state check (state in ('waiting', 'accepted', 'declined', 'lapsed', 'withdrawn')),
        constraint proposals_answered check ((answered_on is null) = (answered_by is null) and (answered_on is null) = (told is null)
          and (state not in ('accepted', 'declined') or answered_on is not null) and (state <> 'waiting' or answered_on is null)),
        constraint proposals_ended check ((state in ('declined', 'lapsed', 'withdrawn')) = (ended_on is not null))
      );
      create unique index proposals_one_open on matching.proposals (child_id) where state in ('waiting', 'accepted');
      create index proposals_by_child on matching.proposals (child_id, proposed_on desc, id desc);
      create index proposals_by_family on matching.proposals (family_id);
      create index proposals_by_list on matching.proposals (list_id);
      create index proposals_held on matching.proposals (held_until) where state in ('waiting', 'accepted') and held_until is not null;

      create table matching.proposal_children (
        proposal_id uuid not null references matching.proposals on delete restrict,
        child_id uuid not null references children.children on delete restrict,
        placement_id uuid not null unique references placements.placements on delete restrict,
        primary key (proposal_id, child_id)
      );

      -- What will be done where the family fits less well.
      create table matching.strategies (
        proposal_id uuid not null references matching.proposals on delete restrict,
        factor text not null,
        text text not null,
        recorded_by uuid references staff.accounts on delete restrict,
        recorded_on date not null,
        primary key (proposal_id, factor),
        constraint strategies_factor check (factor in ('needs_and_behaviour', 'siblings_together', 'nearness', 'language', 'same_school', 'already_known', 'age_preference',
          'length_of_placement', 'religion_culture', 'household_load', 'continuity_of_worker'))
      );
`;
