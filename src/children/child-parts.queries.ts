import type { CivilDate } from '../kernel/civil-date.js';
import type { Act } from '../platform/auth/acts.js';
import { actorId } from '../platform/database/op.js';
import type { Op } from '../platform/database/op.js';

interface OfChild {
  readonly child_id: string;
}

export interface ReasonsRow extends OfChild {
  readonly main_reason: string | null;
  readonly reasons: string[];
  readonly parental_status: string;
}

export interface LegalBasisRow extends OfChild {
  readonly id: string;
  readonly kind: string;
  readonly number: string | null;
  readonly decided_on: CivilDate | null;
  readonly from: CivilDate;
  readonly until: CivilDate | null;
}

export interface NeedRow extends OfChild {
  readonly kind: string;
  readonly level: number;
  readonly from: CivilDate;
}

export interface RelativeRow extends OfChild {
  readonly id: string;
  readonly relation: string;
  readonly name_km: string | null;
  readonly name_latin: string | null;
  readonly whereabouts: string;
  readonly area_code: string | null;
  readonly contact: string | null;
  readonly phone: string | null;
}

export interface ContactRiskRow extends OfChild {
  readonly id: string;
  readonly family_id: string | null;
  readonly adult_name: string | null;
  readonly area_code: string | null;
  readonly from: CivilDate;
  readonly until: CivilDate | null;
  readonly reason: string;
}

export interface ViewRow extends OfChild {
  readonly id: string;
  readonly heard_on: CivilDate;
  readonly heard_by: string;
  readonly alone: boolean;
  readonly text: string;
}

/** The rows of one part of these children's files, at most 50 of each child, in the order in which the file shows them. */
function partOf<R extends OfChild>(table: string, columns: string, order: string, only = 'true') {
  return async (op: Op, ids: readonly string[]): Promise<R[][]> => {
    const rows = await op.tx.rows<R>(
      `select p.* from unnest($1::uuid[]) as c (id)
       cross join lateral (select child_id, ${columns} from children.${table} where child_id = c.id and ${only.replaceAll('TODAY', '$2::date')} order by ${order} limit 50) p
       where $2::date is not null`,
      [ids, op.today],
    );
    return ids.map((id) => rows.filter((row) => row.child_id === id));
  };
}

/** Why each child came into care. */
export async function readReasons(op: Op, ids: readonly string[]): Promise<ReasonsRow[][]> {
  const rows = await op.tx.rows<ReasonsRow>('select id as child_id, main_reason, reasons, parental_status from children.children where id = any ($1::uuid[])', [ids]);
  return ids.map((id) => rows.filter((row) => row.child_id === id));
}

/** Legal bases, the latest first. */
export const readLegalBases = partOf<LegalBasisRow>('legal_bases', 'id, kind, number, decided_on, lower(during) as "from", upper(during) as until', 'lower(during) desc, id desc');

/** The needs of today, the heaviest first. */
export const readNeeds = partOf<NeedRow>('needs', 'kind, level, lower(during) as "from"', 'level desc, kind', 'during @> TODAY');

/** Relatives, in the order in which they were recorded. */
export const readRelatives = partOf<RelativeRow>('relatives', 'id, relation, name_km, name_latin, whereabouts, area_code, contact, phone', 'id');

/** Contact risks that hold today or later. */
export const readContactRisks = partOf<ContactRiskRow>(
  'contact_risks',
  'id, family_id, adult_name, area_code, lower(during) as "from", upper(during) as until, reason',
  'id',
  '(upper_inf(during) or upper(during) > TODAY)',
);

/** What the child said, the latest first. */
export const readViews = partOf<ViewRow>('views', 'id, heard_on, heard_by, alone, text', 'heard_on desc, id desc');

/** Writes down that a part of a file was asked for and not given; with the read, for a request holds one connection. */
export async function recordDenied(op: Op, act: Act): Promise<void> {
  op.tx.note(`insert into platform.denials (actor_id, act, code, request_id) values ($1, $2, 'FORBIDDEN', $3)`, [actorId(op), act, op.requestId]);
}
