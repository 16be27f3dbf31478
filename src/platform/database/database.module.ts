import { Global, Inject, Module } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CONFIG } from '../config/config.module.js';
import type { Config } from '../config/config.js';
import { dataSource } from './data-source.js';
import { UnitOfWork } from './unit-of-work.js';

/** One pool, one door to it. */
@Global()
@Module({
  providers: [
    {
      provide: DataSource,
      inject: [CONFIG],
      useFactory: async (config: Config) => refuseTooStrong(await dataSource(config, 'register').initialize()),
    },
    UnitOfWork,
  ],
  exports: [UnitOfWork],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(DataSource) private readonly source: DataSource) {}

  async onApplicationShutdown(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }
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
