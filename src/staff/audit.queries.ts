import type { CivilDate } from '../kernel/civil-date.js';
import { addDays, startOfDay } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';

/** What narrows the audit: a subject, an actor, days in Phnom Penh (the last one included). */
export interface AuditFilter {
  readonly subjectId: string | null;
  readonly actorId: string | null;
  readonly from: CivilDate | null;
  readonly to: CivilDate | null;
}

export interface ActAuditRow {
  readonly id: string;
  readonly seq: bigint;
  readonly at: Date;
  readonly actorId: string | null;
  readonly system: string | null;
  readonly postingId: string | null;
  readonly act: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly aboutId: string | null;
  readonly on: string | null;
  readonly reason: string | null;
  readonly changed: string[];
}

export interface ReadAuditRow {
  readonly id: bigint;
  readonly at: Date;
  readonly actorId: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly operation: string;
}

export interface DenialAuditRow {
  readonly id: bigint;
  readonly at: Date;
  readonly actorId: string | null;
  readonly act: string;
  readonly code: string;
}

const window = ({ from, to }: AuditFilter): readonly [Date | null, Date | null] => [from === null ? null : startOfDay(from), to === null ? null : startOfDay(addDays(to, 1))];

/** Acts, the latest first. A subject's acts are those done to it and those about it. */
export async function listActs(op: Op, filter: AuditFilter, first: number, after: string | null): Promise<ActAuditRow[]> {
  const [from, to] = window(filter);
  return op.tx.rows<ActAuditRow>(
    `select id, seq, at, actor_id as "actorId", system, posting_id as "postingId", act, subject_kind as "subjectKind", subject_id as "subjectId", about_id as "aboutId",
       on_day as "on", reason, changed
     from platform.acts
     where ($2::bigint is null or (at, seq) < ((select last.at from platform.acts last where last.seq = $2), $2)) and ($3::uuid is null or subject_id = $3 or about_id = $3) and ($4::uuid is null or actor_id = $4)
       and ($5::timestamptz is null or at >= $5) and ($6::timestamptz is null or at < $6)
     order by at desc, seq desc limit $1`,
    [first + 1, after, filter.subjectId, filter.actorId, from, to],
  );
}

/** Who opened whose file, the latest first. */
export async function listReads(op: Op, filter: AuditFilter, first: number, after: string | null): Promise<ReadAuditRow[]> {
  const [from, to] = window(filter);
  return op.tx.rows<ReadAuditRow>(
    `select id, at, actor_id as "actorId", subject_kind as "subjectKind", subject_id as "subjectId", operation
     from platform.reads
     where ($2::bigint is null or (at, id) < ((select last.at from platform.reads last where last.id = $2), $2)) and ($3::uuid is null or subject_id = $3) and ($4::uuid is null or actor_id = $4)
       and ($5::timestamptz is null or at >= $5) and ($6::timestamptz is null or at < $6)
     order by at desc, id desc limit $1`,
    [first + 1, after, filter.subjectId, filter.actorId, from, to],
  );
}

/** What was asked and not allowed, the latest first. */
export async function listDenials(op: Op, filter: Omit<AuditFilter, 'subjectId'>, first: number, after: string | null): Promise<DenialAuditRow[]> {
  const [from, to] = window({ ...filter, subjectId: null });
  return op.tx.rows<DenialAuditRow>(
    `select id, at, actor_id as "actorId", act, code from platform.denials
     where ($2::bigint is null or (at, id) < ((select last.at from platform.denials last where last.id = $2), $2)) and ($3::uuid is null or actor_id = $3) and ($4::timestamptz is null or at >= $4) and ($5::timestamptz is null or at < $5)
     order by at desc, id desc limit $1`,
    [first + 1, after, filter.actorId, from, to],
  );
}
