import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { readConfig } from '../../src/platform/config/config.js';
import { dataSource } from '../../src/platform/database/data-source.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import type { Harness } from './harness.js';

/** The worker's own way into a harness's database: real connections of its login role. */
export interface WorkerDatabase {
  readonly uow: UnitOfWork;
  close(): Promise<void>;
}

/** Opens as many connections as wanted as the worker's role, with the harness's clock. */
export async function asWorker(harness: Harness, connections = 3): Promise<WorkerDatabase> {
  const config = readConfig({
    DATABASE_URL: harness.database.workerUrl,
    TOKEN_SECRET: randomBytes(32).toString('base64url'),
    FIELD_KEYS: `1:${randomBytes(32).toString('base64')}`,
    POOL_SIZE: String(connections),
  });
  const source: DataSource = await dataSource(config, 'test').initialize();
  return { uow: new UnitOfWork(source, harness.clock), close: () => source.destroy() };
}
