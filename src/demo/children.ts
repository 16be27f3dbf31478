import { addDays, addMonths, maxDate } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import { nameKeys } from '../kernel/khmer.js';
import type { Op } from '../platform/database/op.js';
import type { DemoFamily, DemoInstitution } from './world.js';
import { nameOf } from './names.js';
import type { Stream } from './random.js';

interface Actors {
  readonly worker: string;
  readonly supervisor: string;
}

interface DemoChild {
  readonly id: string;
  readonly enteredOn: CivilDate;
}

const REASONS = ['basic_needs', 'schooling', 'orphan', 'parents_migration', 'abandoned', 'disability'] as const;
/** Which of the families have children already, by their place in the list: the second one is full. */
const PLACED_WITH = [1, 1, 1, 4, 8] as const;

/** Children of the demonstration: most live in the three institutions; five have moved to families. Every third pair are siblings. */
export async function insertChildren(op: Op, pick: Stream, institutions: readonly DemoInstitution[], families: readonly DemoFamily[], actors: Actors): Promise<void> {
  for (const institution of institutions) {
    const group: string[] = [];
    for (let i = 0; i < institution.children; i++) {
      const child = await insertChild(op, pick, institution);
      await insertEpisode(op, child, institution.areaCode, { kind: 'institution', institutionId: institution.id, from: child.enteredOn, to: null });
      const period = await insertPeriod(op, child);
      await insertGatekeeping(op, child, period, i % 3 === 0 ? actors.worker : null);
      group.push(child.id);
      if (i % 6 === 5) await insertSiblings(op, group.slice(-2));
    }
  }
  const home = institutions[0];
  if (home === undefined) return;
  for (const [i, index] of PLACED_WITH.entries()) {
    const family = families[index];
    if (family === undefined) continue;
    const child = await insertChild(op, pick, home);
    const slot = PLACED_WITH.slice(0, i).filter((earlier) => earlier === index).length + 1;
    await move(op, child, home, { ...family, slot }, actors);
  }
}

async function insertChild(op: Op, pick: Stream, institution: DemoInstitution): Promise<DemoChild> {
  const id = newId();
  const sex = pick.below(2) === 0 ? 'female' : 'male';
  const name = nameOf(pick, sex);
  const born = addDays(op.today, -(365 * (2 + pick.below(14)) + pick.below(365)));
  const enteredOn = maxDate(addDays(born, 200), addMonths(op.today, -(10 + pick.below(50))));
  const reason = REASONS[pick.below(REASONS.length)] ?? 'other';
  await op.tx.run(
    `insert into children.children (id, name_km, name_latin, sex, birth_date, birth_precision, birth_basis, office_id, institution_id, home_area_code, languages,
       main_reason, reasons, parental_status, civil_registration, registered_on, first_seen_on, last_seen_on)
     values ($1, $2, $3, $4, $5, $6, 'other_document', territory.office_for($7), $8, $9, array['khm'], $10, array[$10], $11, $12, $13, $13, $14)`,
    [
      id, name.km, name.latin, sex, born, pick.below(3) === 0 ? 'year' : 'day', institution.areaCode, institution.id, pick.below(2) === 0 ? '02010101' : '17100201', reason,
      pick.below(3) === 0 ? 'mother' : 'both', pick.below(4) === 0 ? 'in_progress' : 'registered', enteredOn, addDays(op.today, -pick.below(30)),
    ],
  );
  await op.tx.run('insert into children.name_keys (child_id, key) select $1, key from unnest($2::text[]) as key', [id, nameKeys(name.km, name.latin)]);
  return { id, enteredOn };
}

async function insertEpisode(
  op: Op,
  child: DemoChild,
  areaCode: string,
  stay: { kind: string; institutionId?: string; familyId?: string; placementId?: string; from: CivilDate; to: CivilDate | null },
): Promise<void> {
  await op.tx.run(
    `insert into placements.episodes (id, child_id, during, kind, institution_id, family_id, placement_id, office_id)
     values ($1, $2, daterange($3, $4), $5, $6, $7, $8, territory.office_for($9))`,
    [newId(), child.id, stay.from, stay.to, stay.kind, stay.institutionId ?? null, stay.familyId ?? null, stay.placementId ?? null, areaCode],
  );
}

async function insertPeriod(op: Op, child: DemoChild): Promise<string> {
  const id = newId();
  await op.tx.run(`insert into placements.care_periods (id, child_id, during) values ($1, $2, daterange($3, null))`, [id, child.id, child.enteredOn]);
  return id;
}

/** Every third child's way was looked into by now; the others wait, as most do. */
async function insertGatekeeping(op: Op, child: DemoChild, periodId: string, concludedBy: string | null): Promise<void> {
  const openedOn = maxDate(child.enteredOn, addMonths(op.today, -2));
  await op.tx.run(
    `insert into placements.gatekeepings (id, child_id, care_period_id, opened_on, due_at, state, concluded_on, concluded_by, parents_traced, kin_traced)
     values ($1, $2, $3, $4, $4::date + interval '72 hours', case when $5::uuid is null then 'open' else 'complete' end,
       case when $5::uuid is null then null else $4::date + 20 end, $5, $5::uuid is not null or null, $5::uuid is not null or null)`,
    [newId(), child.id, periodId, openedOn, concludedBy],
  );
}

async function insertSiblings(op: Op, ids: readonly string[]): Promise<void> {
  const group = newId();
  await op.tx.run('insert into children.sibling_groups (id, members) values ($1, $2)', [group, ids.length]);
  await op.tx.run('insert into children.siblings (child_id, group_id, wish_together) select id, $2, true from unnest($1::uuid[]) as id', [ids, group]);
}

/** A child who left the institution for a family some months ago: her entitlement and visits follow from the event. */
async function move(op: Op, child: DemoChild, home: DemoInstitution, family: DemoFamily & { readonly slot: number }, actors: Actors): Promise<void> {
  const movedOn = maxDate(addDays(family.approvals[0]?.from ?? op.today, 10), addDays(child.enteredOn, 30));
  const placement = newId();
  await op.tx.run(
    `insert into placements.placements (id, child_id, family_id, care_kind, office_id, family_office_id, state, planned_by, planned_on, approved_by, approved_on, starts_on)
     values ($1, $2, $3, 'foster', territory.office_for($4), territory.office_for($5), 'active', $6, $7, $8, $7, $9)`,
    [placement, child.id, family.id, home.areaCode, family.areaCode, actors.worker, addDays(movedOn, -3), actors.supervisor, movedOn],
  );
  await op.tx.run(
    `insert into carers.place_occupancies (family_id, slot, during, kind, occupant_id) values ($1, $4, daterange($2, null), 'placement', $3)`,
    [family.id, movedOn, placement, family.slot],
  );
  await insertEpisode(op, child, home.areaCode, { kind: 'institution', institutionId: home.id, from: child.enteredOn, to: movedOn });
  await insertEpisode(op, child, family.areaCode, { kind: 'foster', familyId: family.id, placementId: placement, from: movedOn, to: null });
  await insertPeriod(op, child);
  await op.tx.run(`update children.children set institution_id = null, office_id = territory.office_for($2), origin_office_id = territory.office_for($3) where id = $1`, [
    child.id, family.areaCode, home.areaCode,
  ]);
  await op.tx.run(
    `with act as (insert into platform.acts (id, system, act, subject_kind, subject_id, about_id, on_day, request_id)
       values ($1, 'demo', 'system:demo', 'placement', $2, $3, $4, 'demo') returning id)
     insert into platform.outbox (act_id, event, subject_id) select id, 'placement.started', $2 from act`,
    [newId(), placement, child.id, movedOn],
  );
}
