import type pg from 'pg';
import { columns } from './figures.js';

/** Begins to count what PostgreSQL is asked; its library must have been loaded at its start. */
export async function startCounting(owner: pg.Pool): Promise<void> {
  await owner.query('create schema if not exists bench');
  await owner.query('create extension if not exists pg_stat_statements schema bench');
  await owner.query('select bench.pg_stat_statements_reset()');
}

/** How many statements a login has sent at the top level since the count began, and how long they took. */
export async function counted(owner: pg.Pool, login: string): Promise<{ readonly statements: number; readonly ms: number }> {
  const { rows } = await owner.query<{ statements: number; ms: number }>(
    `select coalesce(sum(calls), 0)::int as statements, coalesce(sum(total_exec_time + total_plan_time), 0)::float as ms from bench.pg_stat_statements s join pg_roles r on r.oid = s.userid where r.rolname = $1 and s.toplevel`,
    [login],
  );
  return rows[0] ?? { statements: 0, ms: 0 };
}

/** The statements that took the most time in all, of every login but the bench's own. */
export async function slowStatements(owner: pg.Pool, most = 40): Promise<string> {
  const { rows } = await owner.query<{ login: string; calls: number; total: number; plan: number; mean: number; most: number; rows: number; query: string }>(
    `select r.rolname as login, s.calls::int as calls, s.total_exec_time as total, s.total_plan_time as plan, s.mean_exec_time as mean, s.max_exec_time as most, (s.rows / greatest(s.calls, 1))::int as rows,
       regexp_replace(s.query, '\\s+', ' ', 'g') as query
     from bench.pg_stat_statements s join pg_roles r on r.oid = s.userid where r.rolname like 'register%' and s.toplevel order by s.total_exec_time + s.total_plan_time desc limit $1`,
    [most],
  );
  return `\n${columns(
    ['statement', 'login', 'calls', 'total ms', 'of it planning', 'mean ms', 'max ms', 'rows'],
    rows.map((row) => [row.query.slice(0, 150), row.login, String(row.calls), (row.total + row.plan).toFixed(0), row.plan.toFixed(0), row.mean.toFixed(2), row.most.toFixed(0), String(row.rows)]),
  )}`;
}

/** What a login has asked since the count began, the slowest first. */
export async function statementsOf(owner: pg.Pool, login: string): Promise<readonly { readonly calls: number; readonly mean: number; readonly query: string }[]> {
  const { rows } = await owner.query<{ calls: number; mean: number; query: string }>(
    `select s.calls::int as calls, s.mean_exec_time as mean, regexp_replace(s.query, '\\s+', ' ', 'g') as query
     from bench.pg_stat_statements s join pg_roles r on r.oid = s.userid where r.rolname = $1 and s.toplevel order by s.total_exec_time desc`,
    [login],
  );
  return rows;
}
