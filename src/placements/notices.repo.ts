import type { BirthPrecision } from '../kernel/age.js';
import type { BirthBasis } from '../children/child.domain.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import type { Op } from '../platform/database/op.js';
import { actorId } from '../platform/database/op.js';
import { refuseWhenBroken } from '../platform/database/unit-of-work.js';
import { defineLoader, inOrder } from '../platform/graphql/context.js';
import type { NoticeState } from './notice.domain.js';

/** Who came, as the institution tells it. */
export interface TellsOf {
  readonly nameKm: string | null;
  readonly nameLatin: string | null;
  readonly sex: 'female' | 'male';
  readonly birth: { readonly date: CivilDate; readonly precision: BirthPrecision; readonly basis: BirthBasis };
}

export interface NoticeRow {
  readonly id: string;
  readonly institution_id: string;
  readonly office_id: string;
  readonly direction: 'arrival' | 'departure';
  readonly on_day: CivilDate;
  readonly child_id: string | null;
  readonly person: TellsOf | null;
  readonly child_number: number | null;
  readonly emergency: boolean;
  readonly circumstances: string | null;
  readonly goes_to: string | null;
  readonly notified_at: Date;
  readonly late: boolean;
  readonly state: NoticeState;
  readonly decided_on: CivilDate | null;
  readonly reason: string | null;
  readonly breaches: string[];
}

const COLUMNS = 'id, institution_id, office_id, direction, on_day, child_id, person, child_number, emergency, circumstances, goes_to, notified_at, late, state, decided_on, reason, breaches';

/** Notices by id, as far as row security lets the actor see them. */
export const noticeById = defineLoader<NoticeRow>('notice', async (op, ids) =>
  inOrder(ids, await op.tx.rows<NoticeRow>(`select ${COLUMNS} from placements.notices where id = any ($1::uuid[])`, [ids]), ({ id }) => id),
);

/** The latest notices of institutions, at most 50 of each. */
export const noticesOf = defineLoader<NoticeRow[]>('noticesOf', async (op, ids) => {
  const rows = await op.tx.rows<NoticeRow>(
    `select n.* from unnest($1::uuid[]) as i (id), lateral (select ${COLUMNS} from placements.notices where institution_id = i.id order by notified_at desc, id desc limit 50) as n`,
    [ids],
  );
  return ids.map((id) => rows.filter((row) => row.institution_id === id));
});

/** A notice before its roots are locked. */
export async function findNotice(op: Op, id: string): Promise<NoticeRow | undefined> {
  return op.tx.row<NoticeRow>(`select ${COLUMNS} from placements.notices where id = $1`, [id]);
}

/** Locks a notice and reads it again. Its child is locked before. */
export async function lockNotice(op: Op, id: string): Promise<NoticeRow | undefined> {
  return op.tx.row<NoticeRow>(`select ${COLUMNS} from placements.notices where id = $1 for no key update`, [id]);
}

export interface House {
  readonly id: string;
  readonly office_id: string;
  readonly kind: string;
  readonly state: string;
  readonly capacity: number;
}

/** An institution, which nobody closes until this transaction ends. */
export async function holdHouse(op: Op, id: string): Promise<House | undefined> {
  return op.tx.row<House>('select id, office_id, kind, state, capacity from institutions.institutions where id = $1 for share', [id]);
}

export type NewNotice = Pick<NoticeRow, 'institution_id' | 'office_id' | 'direction' | 'on_day' | 'child_id' | 'person' | 'child_number' | 'emergency' | 'circumstances' | 'goes_to' | 'late'>;

export async function insertNotice(op: Op, notice: NewNotice): Promise<string> {
  const id = newId();
  await refuseWhenBroken(
    op.tx.run(
      `insert into placements.notices (id, institution_id, office_id, direction, on_day, child_id, person, child_number, emergency, circumstances, goes_to, late, notified_at, notified_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        id, notice.institution_id, notice.office_id, notice.direction, notice.on_day, notice.child_id, notice.person && JSON.stringify(notice.person), notice.child_number, notice.emergency,
        notice.circumstances, notice.goes_to, notice.late, op.now, actorId(op),
      ],
    ),
    { notices_one_departure: 'DEPARTURE_NOTIFIED' },
  );
  return id;
}

export interface Decided {
  readonly state: NoticeState;
  readonly childId: string | null;
  readonly reason: string | null;
  readonly goesTo: string | null;
  readonly toInstitutionId: string | null;
  readonly breaches: readonly string[];
}

/** Writes what the office decided; who came is in her file now, and no longer here. */
export async function decideNotice(op: Op, id: string, { state, childId, reason, goesTo, toInstitutionId, breaches }: Decided): Promise<void> {
  await op.tx.run(
    `update placements.notices set state = $2, child_id = $3, person = case when $2 = 'accepted' then null else person end, reason = $4, goes_to = coalesce($5, goes_to), to_institution_id = $6,
       breaches = $7, decided_by = $8, decided_on = $9 where id = $1`,
    [id, state, childId, reason, goesTo, toInstitutionId, [...breaches], actorId(op), op.today],
  );
}

/** Writes the rules that a stay in an institution breaks, each once. Gives the ids of the new ones. */
export async function insertStayBreaches(op: Op, codes: readonly string[], stay: { readonly childId: string; readonly episodeId: string; readonly officeId: string; readonly on: CivilDate }): Promise<string[]> {
  const rows = await op.tx.rows<{ id: string }>(
    `insert into placements.breaches (id, code, child_id, episode_id, office_id, on_day, recorded_by)
     select uuidv7(), code, $2, $3, $4, $5, $6 from unnest($1::text[]) as code
     where not exists (select from placements.breaches b where b.episode_id = $3 and b.code = code) returning id`,
    [[...codes], stay.childId, stay.episodeId, stay.officeId, stay.on, actorId(op)],
  );
  return rows.map(({ id }) => id);
}

/** Is it being asked already why she is not at home? */
export async function hasOpenGatekeeping(op: Op, childId: string): Promise<boolean> {
  return (await op.tx.row(`select id from placements.gatekeepings where child_id = $1 and state = 'open'`, [childId])) !== undefined;
}
