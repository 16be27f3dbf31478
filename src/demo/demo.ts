import { DataSource } from 'typeorm';
import { newId } from '../kernel/ids.js';
import { recordAct } from '../platform/audit/acts.js';
import { systemActor } from '../platform/auth/roles.js';
import { SystemClock } from '../platform/clock.js';
import type { Clock } from '../platform/clock.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Passwords } from '../staff/passwords.js';
import { ensureHolidays, loadSmallAreas } from '../territory/small-areas.js';
import { insertChildren } from './children.js';
import { insertFamilies } from './families.js';
import { insertInstitutions } from './institutions.js';
import { publishLastQuarter } from './quarter.js';
import { stream } from './random.js';
import { insertRates } from './rates.js';
import { PASSWORD, STAFF } from './staff.js';

/** A sign-in of the demonstration, for the start's last lines. */
export interface DemoSignIn {
  readonly who: string;
  readonly account: string;
  readonly password: string;
}

/** Who may sign in to the demonstration. */
export function demoSignIns(): readonly DemoSignIn[] {
  return STAFF.map(({ who, login }) => ({ who, account: login, password: PASSWORD }));
}

/**
 * Loads a small country of invented people, in one transaction, once: a register that has it already is left alone.
 * `ownerUrl` is the owner's address.
 */
export async function loadDemo(ownerUrl: string, clock: Clock = new SystemClock()): Promise<void> {
  const source = await new DataSource({ type: 'postgres', url: ownerUrl, applicationName: 'register-demo', installExtensions: false, extra: { max: 1 } }).initialize();
  try {
    const password = await new Passwords().hash(PASSWORD);
    await new UnitOfWork(source, clock).system(systemActor('demo'), 'demo', (op) => insertAll(op, password));
  } finally {
    await source.destroy();
  }
}

async function insertAll(op: Op, password: string): Promise<void> {
  await op.tx.run(`select pg_advisory_xact_lock(hashtextextended('register.demo', 0))`);
  if ((await op.tx.row(`select from platform.acts where subject_kind = 'demonstration' limit 1`)) !== undefined) return;
  const pick = stream(2026, 'small');
  await loadSmallAreas(op);
  await ensureHolidays(op);
  const institutions = await insertInstitutions(op);
  const accounts = await insertStaff(op, password, institutions[0]?.id ?? '');
  await insertRates(op);
  const families = await insertFamilies(op, pick);
  await insertChildren(op, pick, institutions, families, { worker: accounts.get('demo-worker') ?? '', supervisor: accounts.get('demo-supervisor') ?? '' });
  await recordAct(op, { subject: ['demonstration', newId()], on: op.today });
  await publishLastQuarter(op, accounts.get('demo-ministry') ?? '');
}

async function insertStaff(op: Op, password: string, institutionId: string): Promise<ReadonlyMap<string, string>> {
  const ids = new Map(STAFF.map(({ login }) => [login, newId()]));
  await op.tx.run(
    `insert into staff.accounts (id, login, name_km, name_latin, state, password_hash)
     select *, 'active', $5 from unnest($1::uuid[], $2::text[], $3::text[], $4::text[])`,
    [[...ids.values()], [...ids.keys()], STAFF.map(({ nameKm }) => nameKm), STAFF.map(({ nameLatin }) => nameLatin), password],
  );
  for (const person of STAFF) {
    await op.tx.run(
      `insert into staff.postings (id, account_id, role, office_id, institution_id, during)
       values ($1, $2, $3, case when $4::text is null then null else territory.office_for($4) end, $5, daterange('2024-01-01', null))`,
      [newId(), ids.get(person.login) ?? '', person.role, person.office, person.institution ? institutionId : null],
    );
  }
  return ids;
}
