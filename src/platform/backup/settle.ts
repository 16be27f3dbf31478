import type pg from 'pg';
import { newId } from '../../kernel/ids.js';
import { migrationStamps } from '../database/migration-stamps.js';
import type { FieldKeys } from '../field-crypto.js';
import { tryKeys, type KeyFinding } from './keys.js';

/** What a database that was put back holds. */
export interface Findings {
  /** Migrations of this program that it has, that it lacks, and that this program does not know. */
  readonly schema: { readonly applied: number; readonly lacking: number; readonly unknown: number };
  /** Rows by room. */
  readonly rows: readonly { readonly room: string; readonly rows: number }[];
  readonly acts: number;
  readonly lastActAt: Date | undefined;
  readonly keys: readonly KeyFinding[];
}

/** Reads a whole database once: every row is counted, so that every page of it is read and its checksum proven. */
export async function inspect(client: pg.Client, keys: FieldKeys): Promise<Findings> {
  const { rows: stamps } = await client.query<{ stamp: string }>('select "timestamp"::text as stamp from public.applied_migrations');
  const ours = new Set(migrationStamps());
  const applied = stamps.filter(({ stamp }) => ours.has(stamp)).length;
  const { rows: tables } = await client.query<{ room: string; name: string }>(
    `select n.nspname as room, format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema$|public$)' order by 1, 2`,
  );
  const byRoom = new Map<string, number>();
  for (const { room, name } of tables) {
    const { rows: [counted] } = await client.query<{ n: string }>(`select count(*)::text as n from ${name}`);
    byRoom.set(room, (byRoom.get(room) ?? 0) + Number(counted?.n));
  }
  const { rows: [acts] } = await client.query<{ n: number; last: Date | null }>('select count(*)::int as n, max(at) as last from platform.acts');
  return {
    schema: { applied, lacking: ours.size - applied, unknown: stamps.length - applied },
    rows: [...byRoom].map(([room, rows]) => ({ room, rows })),
    acts: acts?.n ?? 0,
    lastActAt: acts?.last ?? undefined,
    keys: await tryKeys(client, keys),
  };
}

/** Writes into the audit that the register was put back, and how far: whoever reads it must know why the acts after that are gone. */
export async function recordRestore(client: pg.Client, until: Date | undefined): Promise<void> {
  const id = newId();
  await client.query(`insert into platform.acts (id, system, act, subject_kind, subject_id, reason, request_id) values ($1, 'register-restored', 'system:register-restored', 'register', $1, $2, $3)`, [
    id, until === undefined ? null : `until:${until.toISOString()}`, `register.restored.${id}`,
  ]);
}
