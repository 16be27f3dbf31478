import { ConfigError } from '../config/config.js';
import { whyNot } from '../process.js';
import { migrate } from './migrate.js';

/** `register migrate`: brings the database to the program's schema. Says every missing setting at once. */
export async function migrateCommand(env: Readonly<Record<string, string | undefined>>): Promise<number> {
  const problems: string[] = [];
  const required = (name: string, why: string): string => {
    const value = env[name] ?? '';
    if (value === '') problems.push(`${name} is missing: ${why}.`);
    return value;
  };
  const ownerUrl = required('MIGRATE_DATABASE_URL', 'the address of the register\'s PostgreSQL as the owner of the database, postgres://role:password@host/name');
  const apiPassword = required('API_DB_PASSWORD', 'the password that the login register_api gets');
  const workerPassword = required('WORKER_DB_PASSWORD', 'the password that the login register_worker gets');
  if (problems.length > 0) throw new ConfigError(problems);
  try {
    await migrate({ ownerUrl, apiPassword, workerPassword, log: (line) => console.log(line) });
  } catch (error) {
    throw new Error(whyNot(error, 'MIGRATE_DATABASE_URL', env), { cause: error });
  }
  console.log('The schema is up to date.');
  return 0;
}
