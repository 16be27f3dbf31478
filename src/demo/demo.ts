import { DataSource } from 'typeorm';
import { systemActor } from '../platform/auth/roles.js';
import { SystemClock } from '../platform/clock.js';
import type { Clock } from '../platform/clock.js';
import { fieldKeysOf } from '../platform/config/config.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Passwords } from '../staff/passwords.js';
import { invent } from './country.js';
import type { CountryMade, CountryWish } from './country.js';
import { PASSWORD, STAFF } from './staff.js';

/** A sign-in of the demonstration, for the start's last lines. */
export interface DemoSignIn {
  readonly who: string;
  readonly account: string;
  readonly password: string;
}

/** Who is invented where nobody says otherwise: a country so small that the first start does not wait for it. */
export const SMALL = { seed: 2026, scale: 0.02 } as const;

/** Who may sign in to the demonstration. */
export function demoSignIns(): readonly DemoSignIn[] {
  return STAFF.map(({ who, login }) => ({ who, account: login, password: PASSWORD }));
}

/**
 * Loads a small country of invented people, in one transaction, once: a register that holds people already is left alone.
 * `ownerUrl` is the owner's address, `fieldKeys` the setting FIELD_KEYS: account numbers are sealed with it, or left out.
 */
export async function loadDemo(ownerUrl: string, clock: Clock = new SystemClock(), fieldKeys = ''): Promise<void> {
  await inventInto(ownerUrl, { ...SMALL, fieldKeys: fieldKeys === '' ? undefined : fieldKeysOf(fieldKeys) }, clock);
}

/** Invents a country of this size in one transaction. Undefined where the register holds people already, and nothing is changed. */
export async function inventInto(ownerUrl: string, wish: Omit<CountryWish, 'passwordHash'>, clock: Clock = new SystemClock()): Promise<CountryMade | undefined> {
  const source = await new DataSource({ type: 'postgres', url: ownerUrl, applicationName: 'register-demo', installExtensions: false, extra: { max: 1 } }).initialize();
  try {
    const passwordHash = await new Passwords().hash(PASSWORD);
    return await new UnitOfWork(source, clock).system(systemActor('demo'), 'demo', async (op) => ((await holdsPeople(op)) ? undefined : invent(op, { ...wish, passwordHash })));
  } finally {
    await source.destroy();
  }
}

/** Asked under a lock, so that of two loads at once the second finds the first one's people. */
async function holdsPeople(op: Op): Promise<boolean> {
  await op.tx.run(`select pg_advisory_xact_lock(hashtextextended('register.demo', 0))`);
  const found = await op.tx.row<{ people: boolean }>(
    `select exists (select from carers.families) or exists (select from children.children) or exists (select from recruitment.enquiries)
       or exists (select from staff.accounts where login = any ($1::text[])) as people`,
    [STAFF.map(({ login }) => login)],
  );
  return found?.people ?? false;
}
