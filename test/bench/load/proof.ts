import type pg from 'pg';
import { compare, isWhole } from './journal.js';
import type { Found, Line, Trace, Verdict } from './journal.js';
import { MIX } from './mix.js';
import { MARK } from './writes.js';

/** Everybody's sessions begin, are refreshed and end beside the acts of the trade. */
const NOT_COUNTED = ['session.begin', 'session.end'];

const TRACES: Readonly<Record<string, Trace>> = Object.fromEntries(MIX.flatMap(({ name, write }) => (write === undefined ? [] : [[name, write]])));

interface Queryable {
  query<R extends pg.QueryResultRow>(sql: string, parameters?: unknown[]): Promise<pg.QueryResult<R>>;
}

/** What the register holds of a run: its keys, the acts of its people since it began, and the rows in which a key stands. */
async function find(database: Queryable, run: string, people: readonly string[], since: Date): Promise<Found> {
  const keys = await database.query<Found['keys'][number]>('select actor_id as actor, key, result_id as id from platform.request_keys where key like $1', [`${run}-%`]);
  const acts = await database.query<Found['acts'][number]>(
    `select a.actor_id as actor, a.act, a.request_id as request, (select count(*)::int from platform.outbox o where o.act_id = a.id) as events
     from platform.acts a where a.at >= $1 and a.actor_id = any ($2::uuid[]) and a.act <> all ($3)`,
    [since, people, NOT_COUNTED],
  );
  const rows: string[] = [];
  for (const sql of new Set(MIX.flatMap(({ write }) => (write?.rows === undefined ? [] : [write.rows])))) {
    const found = await database.query<{ words: string }>(sql);
    for (const { words } of found.rows) if (words.startsWith(`${MARK}${run}-`)) rows.push(words.slice(MARK.length));
  }
  return { keys: keys.rows, acts: acts.rows, rows };
}

/** What was damaged on purpose, and what the comparison said of it. */
export interface Sabotage {
  readonly what: string;
  readonly seen: boolean;
}

type Statement = readonly [sql: string, parameters: unknown[]];

export interface Proof {
  readonly verdict: Verdict;
  readonly sabotaged: readonly Sabotage[];
}

/** Compares the journal with the register, and then with damaged copies of both, which must be noticed: otherwise the first comparison proves nothing. */
export async function prove(owner: pg.Pool, journal: readonly Line[], run: string, people: readonly string[], since: Date): Promise<Proof> {
  const verdict = compare(journal, await find(owner, run, people, since), TRACES);
  const acked = journal.find((line) => line.is === 'ack' && withRow(journal, line.key));
  if (acked === undefined || acked.is !== 'ack') return { verdict, sabotaged: [{ what: 'there is nothing to damage', seen: false }] };
  const { key } = acked;
  const requests = journal.flatMap((line) => (line.is === 'ack' && line.key === key ? [line.request] : []));
  const forgotten = compare(journal.filter((line) => line.key !== key), await find(owner, run, people, since), TRACES);
  const sabotaged: Sabotage[] = [{ what: 'a line dropped from the journal', seen: forgotten.unexplained > verdict.unexplained }];
  const damaged = async (what: string, of: keyof Omit<Verdict, 'examples' | 'n'>, statements: readonly Statement[]): Promise<void> => {
    const client = await owner.connect();
    try {
      await client.query('begin');
      // Constraints would keep the register from such damage: this is a copy that nobody will see.
      await client.query('set local session_replication_role = replica');
      for (const [sql, parameters] of statements) await client.query(sql, parameters);
      const now = compare(journal, await find(client, run, people, since), TRACES);
      sabotaged.push({ what, seen: now[of] > verdict[of] && !isWhole(now) });
    } finally {
      await client.query('rollback');
      client.release();
    }
  };
  const noAct: Statement = ['delete from platform.acts where request_id = any ($1)', [requests]];
  const noKey: Statement = ['delete from platform.request_keys where key = $1', [key]];
  const noRow: Statement = [`update ${tableOf(journal, key)}`, [`${MARK}${key}`, 'something else']];
  await damaged('an act deleted', 'torn', [noAct]);
  await damaged('everything of an act deleted', 'lost', [noAct, noKey, noRow]);
  await damaged('an act written twice', 'doubled', [[`insert into platform.acts (id, actor_id, system, posting_id, act, subject_kind, subject_id, about_id, on_day, reason, changed, request_id)
    select gen_random_uuid(), actor_id, system, posting_id, act, subject_kind, subject_id, about_id, on_day, reason, changed, request_id from platform.acts where request_id = any ($1)`, [requests]]]);
  return { verdict, sabotaged };
}

const rowsOf = (journal: readonly Line[], key: string): string | undefined => {
  const intent = journal.find((line) => line.is === 'intent' && line.key === key);
  return intent?.is === 'intent' ? MIX.find(({ name }) => name === intent.op)?.write?.rows : undefined;
};

/** Does its row keep the key in a plain column, which can be written over? */
const withRow = (journal: readonly Line[], key: string): boolean => /^select \w+ as words from [\w.]+ where/.test(rowsOf(journal, key) ?? '');

function tableOf(journal: readonly Line[], key: string): string {
  const [, column = '', table = ''] = /^select (\w+) as words from ([\w.]+) where/.exec(rowsOf(journal, key) ?? '') ?? [];
  return `${table} set ${column} = $2 where ${column} = $1`;
}
