import { parseArgs } from 'node:util';
import { newId } from '../kernel/ids.js';
import { SystemClock } from '../platform/clock.js';
import { dataSource } from '../platform/database/data-source.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { RefusalThrown } from '../platform/errors.js';
import { say } from '../platform/messages/messages.js';
import { AccountsService } from './accounts.service.js';
import { SessionsRepo } from './sessions.repo.js';
import './staff.messages.js';

/** `register admin create --login X --name Y`: the first administrator, or one more when nobody can get in. */
export async function createAdministrator(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Promise<number> {
  const { login, name } = options(args);
  const databaseUrl = env['DATABASE_URL'] || env['MIGRATE_DATABASE_URL'];
  if (!databaseUrl) throw new Error('DATABASE_URL is missing: the address of the register, as its owner or as register_api.');
  const source = await dataSource({ databaseUrl, poolSize: 1 }, 'register-admin').initialize();
  try {
    const accounts = new AccountsService(new UnitOfWork(source, new SystemClock()), new SessionsRepo(), { publicUrl: env['PUBLIC_URL'] || `http://127.0.0.1:${env['PORT'] || 3000}`, oidc: undefined });
    const link = await accounts.createAdministrator({ login, nameLatin: name }, newId());
    console.log(`Administrator ${login} is made. This link sets the password; it is good once and shown only now:\n${link}`);
    return 0;
  } catch (error) {
    if (error instanceof RefusalThrown) throw new Error(say('en', `staff.${error.refusal.code}`), { cause: error });
    throw error;
  } finally {
    await source.destroy();
  }
}

function options(args: readonly string[]): { login: string; name: string } {
  const { values } = parseArgs({ args: [...args], options: { login: { type: 'string' }, name: { type: 'string' } }, strict: false });
  const { login, name } = values;
  if (typeof login !== 'string' || !/^[a-z0-9][a-z0-9._-]{2,59}$/.test(login)) throw usage(say('en', 'validation.login'));
  if (typeof name !== 'string' || name.trim() === '' || name.length > 100) throw usage('--name is the person\'s name, at most 100 characters.');
  return { login, name: name.trim() };
}

/** Told apart by its name: the frame imports this file, not the other way round. */
function usage(message: string): Error {
  const error = new Error(message);
  error.name = 'UsageError';
  return error;
}
