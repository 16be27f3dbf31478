import { Global, Inject, Module } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG } from '../config/config.module.js';
import type { Config } from '../config/config.js';
import { Metrics } from '../metrics/metrics.js';
import type { PoolState } from '../metrics/metrics.js';
import { dataSource } from './data-source.js';
import { migrationStamps } from './migration-stamps.js';
import { StandBy } from './stand-by.js';
import { sqlState } from './tx.js';
import { UnitOfWork } from './unit-of-work.js';

/** One pool, one door to it. */
@Global()
@Module({
  providers: [
    {
      provide: DataSource,
      inject: [CONFIG],
      useFactory: async (config: Config) => refuseUnmigrated(await refuseTooStrong(await dataSource(config, 'register').initialize())),
    },
    StandBy,
    UnitOfWork,
  ],
  exports: [StandBy, UnitOfWork],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(
    @Inject(DataSource) private readonly source: DataSource,
    @Inject(Metrics) metrics: Metrics,
  ) {
    metrics.watchPool('main', () => poolOf(source));
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }
}

/** TypeORM hides the pool it has of `pg`. */
function poolOf(source: DataSource): PoolState {
  return (source.driver as unknown as { readonly master: PoolState }).master;
}

/** A login that may pass row security would make every policy a decoration: such a process does not start. */
async function refuseTooStrong(source: DataSource): Promise<DataSource> {
  const [row] = await source.query<{ strong: boolean; version: number }[]>(
    `select rolsuper or rolbypassrls or exists (
        select from pg_namespace n where n.nspname = 'platform' and pg_get_userbyid(n.nspowner) = current_user) as strong,
      current_setting('server_version_num')::int as version
     from pg_roles where rolname = current_user`,
  );
  const problem =
    row === undefined || row.version < 180_000
      ? 'The register needs PostgreSQL 18 or later.'
      : row.strong
        ? 'DATABASE_URL names a role that can pass row security. Give the register its own role (register_api or register_worker).'
        : undefined;
  if (problem !== undefined) {
    await source.destroy();
    throw new Error(problem);
  }
  return source;
}

/** A program on the schema of another version would fail here and there: it does not start before the migrator has been. */
async function refuseUnmigrated(source: DataSource): Promise<DataSource> {
  const stamps = migrationStamps();
  const applied = await source
    .query<{ n: number }[]>('select count(*)::int as n from public.applied_migrations where "timestamp" = any($1::bigint[])', [stamps])
    .then((rows) => rows[0]?.n ?? 0)
    .catch((error: unknown) => {
      // No such table, or no right to read it: nobody has migrated here.
      if (['42P01', '42501'].includes(sqlState(error) ?? '')) return 0;
      throw error;
    });
  if (applied === stamps.length) return source;
  await source.destroy();
  throw new Error('The database has not been brought to this program\'s schema yet: run "register migrate" first.');
}
