import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Absences1764003400000 } from './1764003400000-absences.js';

/** Files that were merged into another, as known at the moment, and whose person is counted under that other one on the day. */
const AWAY = `away as materialized (
            select m.other_id from children.merges m where m.merged_at < p_known and (m.undone_at is null or m.undone_at >= p_known)
              and (exists (select from placements.episodes e where e.child_id = m.kept_id and e.during @> p_on and e.recorded_at < p_known)
                or exists (select from placements.episode_versions v where v.child_id = m.kept_id and v.during @> p_on and v.known_until > p_known and lower(v.recorded) < p_known))),
          living as (`;

/** Two files of one person are counted once a day: under the file that goes on, where it says where she was, else under the other. */
export class OnePersonOnce1764003900100 implements MigrationInterface {
  name = 'OnePersonOnce1764003900100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(counted(await before(), (sql) => sql
      .replace('living as (', AWAY)
      .replace('on k.child_id = hers.id where k.during @> p_on', 'on k.child_id = hers.id where k.during @> p_on and k.child_id not in (select other_id from away)')
      .replace('on k.child_id = inside.id where k.during @> p_on', 'on k.child_id = inside.id where k.during @> p_on and k.child_id not in (select other_id from away)')));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(counted(await before(), (sql) => sql));
  }
}

/** The function as the migration before it wrote it. */
async function before(): Promise<string> {
  const texts: string[] = [];
  await new Absences1764003400000().up({ query: (sql: string) => Promise.resolve(void texts.push(sql)) } as unknown as QueryRunner);
  return texts.join('\n');
}

function counted(text: string, change: (sql: string) => string): string {
  const [sql] = /create or replace function statistics\.counted[^]*?\$\$;/.exec(text) ?? [];
  if (sql === undefined) throw new Error('The migration before this one no longer writes statistics.counted.');
  return change(sql);
}
