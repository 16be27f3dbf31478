import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { openBytes, sealedColumns, type FieldKeys } from '../field-crypto.js';

/** How the values that one key sealed in one column fare with the keys at hand. */
export interface KeyFinding {
  readonly column: string;
  readonly version: number;
  readonly values: number;
  readonly state: 'opens' | 'missing' | 'wrong';
}

/** Tells keys apart without telling them: of 256 random bits nothing is learnt from a part of their hash. */
export function fingerprints(keys: FieldKeys): Record<string, string> {
  const of = (key: Uint8Array): string => createHash('sha256').update('register field key').update(key).digest('hex').slice(0, 16);
  return Object.fromEntries([...keys].map(([version, key]) => [String(version), of(key)]));
}

/** Opens one value of each key in each sealed column. What it held is looked at by nobody. */
export async function tryKeys(client: pg.Client, keys: FieldKeys): Promise<readonly KeyFinding[]> {
  const findings: KeyFinding[] = [];
  for (const { table, column } of sealedColumns()) {
    // The first bytes only, then one whole value of each key: a column may hold documents.
    const { rows } = await client.query<{ version: number; values: number; id: string }>(
      `select get_byte(head, 0) * 256 + get_byte(head, 1) as version, count(*)::int as values, min(id::text) as id
       from (select id, substring(${column} from 1 for 2) as head from ${table} where ${column} is not null) s group by 1 order by 1`,
    );
    for (const { version, values, id } of rows) {
      const { rows: [row] } = await client.query<{ sealed: Buffer }>(`select ${column} as sealed from ${table} where id = $1`, [id]);
      const open = (): unknown => openBytes(keys, { table, field: column, rowId: id }, row?.sealed ?? Buffer.alloc(0));
      findings.push({ column: `${table}.${column}`, version, values, state: stateOf(keys, version, open) });
    }
  }
  return findings;
}

function stateOf(keys: FieldKeys, version: number, open: () => unknown): KeyFinding['state'] {
  if (!keys.has(version)) return 'missing';
  try {
    open();
    return 'opens';
  } catch {
    return 'wrong';
  }
}

/** The keys of a backup that are not among those at hand, by version. */
export function lackingKeys(wanted: Readonly<Record<string, string>>, keys: FieldKeys): readonly string[] {
  const held = fingerprints(keys);
  return Object.keys(wanted).filter((version) => held[version] !== wanted[version]);
}

/** What stands in for keys that are lost: those that are the backup's own, and a new one of a version that sealed nothing yet. */
export function keysWithout(wanted: Readonly<Record<string, string>>, keys: FieldKeys): string {
  const lacking = lackingKeys(wanted, keys);
  const kept = [...keys].filter(([version]) => !lacking.includes(String(version)));
  const next = Math.max(0, ...Object.keys(wanted).map(Number), ...keys.keys()) + 1;
  return [...kept, [next, randomBytes(32)] as const].map(([version, key]) => `${version}:${Buffer.from(key).toString('base64')}`).join(',');
}
