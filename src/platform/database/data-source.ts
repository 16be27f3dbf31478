import { DataSource } from 'typeorm';
import type { Config } from '../config/config.js';
import { allEntities } from './entities.js';
import { ONE_PLAN } from './tx.js';

/** The pool of one process. Statements end after 8 s, a transaction that idles after 10 s. */
export function dataSource(config: Pick<Config, 'databaseUrl' | 'poolSize'>, name: string): DataSource {
  return new DataSource({
    type: 'postgres',
    url: config.databaseUrl,
    applicationName: name,
    entities: [...allEntities()],
    synchronize: false,
    migrationsRun: false,
    logging: false,
    installExtensions: false,
    extra: {
      max: config.poolSize,
      // What is known to follow is sent without waiting: beginning, scope and the first read are one round trip.
      pipeline: true,
      options: `-c ${ONE_PLAN}`,
      connectionTimeoutMillis: 5_000,
      statement_timeout: 8_000,
      idle_in_transaction_session_timeout: 10_000,
    },
  });
}
