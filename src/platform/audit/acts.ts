import { newId } from '../../kernel/ids.js';
import type { CivilDate } from '../../kernel/civil-date.js';
import { postingsFor } from '../auth/acts.js';
import { noteActWritten } from '../database/unit-of-work.js';
import type { Op } from '../database/op.js';

/** What one act was about. Ids, codes and dates only: never a name, never free text. */
export interface ActRow {
  /** Kind and id of what was made or changed. */
  readonly subject: readonly [kind: string, id: string];
  /** The child or family the act is about, where that is another row. */
  readonly about?: string | null;
  /** The civil day on which it happened. */
  readonly on?: CivilDate | null;
  /** A code of the room's own list, never a person's words. */
  readonly reason?: string | null;
  /** Names of the fields that changed, without values. */
  readonly changed?: readonly string[];
  /** Events for later rooms, each "look again at this id": `['placement.started', placementId]`. */
  readonly events?: readonly (readonly [event: string, subjectId: string])[];
}

/** Writes the act of this operation and its events in the operation's own transaction, whose commit fails where they cannot be written. */
export async function recordAct(op: Op, row: ActRow): Promise<string> {
  const id = newId();
  const events = row.events ?? [];
  op.tx.keyed.later(
    `with act as (
       insert into platform.acts (id, actor_id, system, posting_id, act, subject_kind, subject_id, about_id, on_day, reason, changed, request_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id)
     insert into platform.outbox (act_id, event, subject_id, request_id, traceparent)
     select act.id, e.event, e.subject_id, $12, $15::text from act, unnest($13::text[], $14::uuid[]) as e (event, subject_id)`,
    [
      id,
      op.actor.kind === 'user' ? op.actor.userId : null,
      op.actor.kind === 'system' ? op.actor.job : null,
      postingsFor(op.actor, op.act)[0]?.id ?? null,
      op.act,
      row.subject[0],
      row.subject[1],
      row.about ?? null,
      row.on ?? null,
      row.reason ?? null,
      [...(row.changed ?? [])],
      op.requestId,
      events.map(([event]) => event),
      events.map(([, subject]) => subject),
      op.traceparent ?? null,
    ],
  );
  noteActWritten(op.tx);
  return id;
}

/** Writes that these files were opened, one statement a batch, in the transaction that reads them: without its commit there is no answer. */
export async function recordReads(op: Op, kind: string, ids: readonly string[], operation: string): Promise<void> {
  if (op.actor.kind !== 'user' || ids.length === 0) return;
  op.tx.note(
    `insert into platform.reads (actor_id, subject_kind, subject_id, operation, request_id)
     select $1, $2, id, $4, $5 from unnest($3::uuid[]) as id`,
    [op.actor.userId, kind, [...new Set(ids)], operation, op.requestId],
  );
}
