import { migrate } from './migrate.js';

/** `register migrate`: brings the database to the program's schema. Says every missing setting at once. */
export async function migrateCommand(env: Readonly<Record<string, string | undefined>>): Promise<number> {
  const [ownerUrl, apiPassword, workerPassword] = ['MIGRATE_DATABASE_URL', 'API_DB_PASSWORD', 'WORKER_DB_PASSWORD'].map((name) => env[name] ?? '');
  if (!ownerUrl || !apiPassword || !workerPassword) {
    throw new Error('The settings are not complete: MIGRATE_DATABASE_URL (the owner\'s address), API_DB_PASSWORD and WORKER_DB_PASSWORD must all be set.');
  }
  await migrate({ ownerUrl, apiPassword, workerPassword, log: (line) => console.log(line) });
  console.log('The schema is up to date.');
  return 0;
}
