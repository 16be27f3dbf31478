import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import { generateSync } from 'otplib';
import type { Act } from '../../src/platform/auth/acts.js';
import { rolesOf } from '../../src/platform/auth/acts.js';
import { ROLES } from '../../src/platform/auth/roles.js';
import type { Role } from '../../src/platform/auth/roles.js';
import { systemActor } from '../../src/platform/auth/roles.js';
import { Tokens } from '../../src/platform/auth/tokens.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { newId } from '../../src/kernel/ids.js';
import { newFactorSecret, newRecoveryCodes } from '../../src/staff/second-factor.domain.js';
import { SecondFactors } from '../../src/staff/second-factors.repo.js';
import { Client } from './harness.js';
import type { Answer, Harness } from './harness.js';

/** Areas of the national gazetteer: two provinces, three districts, some communes and villages. */
const AREAS: readonly (readonly [code: string, type: string, km: string, latin: string, lat?: number, lng?: number])[] = [
  ['02', 'Province', 'បាត់ដំបង', 'Battambang', 12.9256791, 103.2317136],
  ['17', 'Province', 'សៀមរាប', 'Siem Reap', 13.314962, 103.805433],
  ['0201', 'District', 'បាណន់', 'Banan', 12.9519264, 103.0760132],
  ['0203', 'Municipality', 'បាត់ដំបង', 'Battambang', 13.0937231, 103.1867343],
  ['1710', 'Municipality', 'សៀមរាប', 'Siem Reap', 13.3617562, 103.8590321],
  ['020101', 'Commune', 'កន្ទឺ ១', 'Kantueu Muoy', 12.899234, 103.1514477],
  ['020301', 'Quarter', 'ទួលតាឯក', 'Tuol Ta Ek', 13.0933619, 103.1868626],
  ['020302', 'Quarter', 'ព្រែកព្រះស្ដេច', 'Prek Preah Sdach', 13.0880979, 103.2088323],
  ['171001', 'Quarter', 'ស្លក្រាម', 'Sla Kram', 13.374553, 103.8718539],
  ['171002', 'Quarter', 'ស្វាយដង្គំ', 'Svay Dankum', 13.3416106, 103.8333977],
  ['02010101', 'Village', 'ថ្មី', 'Thmei'],
  ['02010102', 'Village', 'ទួលធ្នង់', 'Tuol Thnong'],
  ['02030101', 'Village', 'អូរតាគាំ ១', 'O Ta Kam I'],
  ['02030102', 'Village', 'អូរតាគាំ ២', 'O Ta Kam II'],
  ['02030201', 'Village', 'ព្រែកព្រះស្ដេច', 'Prek Preah Sdach'],
  ['17100101', 'Village', 'ស្លក្រាម', 'Sla Kram'],
  ['17100201', 'Village', 'ភ្ញាជ័យ', 'Phnhea Chey'],
];
const LEVELS = ['province', 'district', 'commune', 'village'];

/** The offices of a test's country, by the places they answer for. */
export interface Offices {
  readonly ministry: string;
  /** Province 02. */
  readonly battambang: string;
  /** Province 17. */
  readonly siemReap: string;
  /** District 0203, in Battambang. */
  readonly battambangTown: string;
  /** District 0201, in Battambang. */
  readonly banan: string;
  /** District 1710, in Siem Reap. */
  readonly siemReapTown: string;
}

const arranged = new WeakMap<Harness, Promise<Offices>>();

/** Two provinces, three districts, communes and villages, each province and district with its office. Once per harness. */
export function arrangeOffices(harness: Harness): Promise<Offices> {
  const known = arranged.get(harness);
  if (known !== undefined) return known;
  const made = makeOffices(harness);
  arranged.set(harness, made);
  return made;
}

async function makeOffices(harness: Harness): Promise<Offices> {
  for (const [code, type, km, latin, lat, lng] of AREAS) {
    await harness.sql(
      `insert into territory.areas (code, parent_code, level, type_en, name_km, name_latin, lat, lng) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
      [code, code.slice(0, -2) || null, LEVELS[code.length / 2 - 1], type, km, latin, lat ?? null, lng ?? null],
    );
  }
  const office = async (kind: string, area: string | null, km: string, latin: string): Promise<string> => {
    const [there] = await harness.sql<{ id: string }>(`select id from territory.offices where area_code is not distinct from $1`, [area]);
    if (there !== undefined) return there.id;
    const id = newId();
    await harness.sql('insert into territory.offices (id, kind, area_code, name_km, name_latin) values ($1, $2, $3, $4, $5)', [id, kind, area, km, latin]);
    return id;
  };
  return {
    ministry: await office('ministry', null, 'ក្រសួង', 'Ministry'),
    battambang: await office('province', '02', 'មន្ទីរខេត្តបាត់ដំបង', 'Battambang department'),
    siemReap: await office('province', '17', 'មន្ទីរខេត្តសៀមរាប', 'Siem Reap department'),
    battambangTown: await office('district', '0203', 'ការិយាល័យក្រុងបាត់ដំបង', 'Battambang town office'),
    banan: await office('district', '0201', 'ការិយាល័យស្រុកបាណន់', 'Banan office'),
    siemReapTown: await office('district', '1710', 'ការិយាល័យក្រុងសៀមរាប', 'Siem Reap town office'),
  };
}

/** An open institution in a commune (Tuol Ta Ek of Battambang town where none is named). Gives its id. */
export async function arrangeInstitution(harness: Harness, areaCode = '020301', nameLatin = 'House of the Lotus'): Promise<string> {
  await arrangeOffices(harness);
  const id = newId();
  await harness.sql(
    `insert into institutions.institutions (id, kind, name_km, name_latin, area_code, office_id, capacity, registered_on)
     values ($1, 'protection_centre', 'ផ្ទះផ្កាឈូក', $2, $3, territory.office_for($3), 60, '2012-03-01')`,
    [id, nameLatin, areaCode],
  );
  return id;
}

/** Where somebody is posted: a role that needs a place and names none gets one in Battambang. */
export interface Post {
  readonly role: Role;
  /** Id of an office. */
  readonly office?: string;
  /** Id of an institution, for a para social worker. */
  readonly institution?: string;
  readonly nameLatin?: string;
  readonly nameKm?: string;
  /** Without a certificate of her own where false. */
  readonly certified?: false;
}

/** A signed-in person: a client that also knows who it is. */
export class Person extends Client {
  constructor(
    harness: Harness,
    token: string,
    readonly accountId: string,
    readonly sessionId: string,
    readonly postingId: string,
    readonly role: Role,
    readonly login: string,
  ) {
    super(harness, token);
  }
}

/** A real account, session, posting and access token, without the cost of a password. */
export async function signedIn(harness: Harness, post: Post): Promise<Person> {
  const place = await placeOf(harness, post);
  const account = newId();
  const session = newId();
  const posting = newId();
  const login = `t-${randomUUID().slice(0, 18)}`;
  await harness.sql(
    `insert into staff.accounts (id, login, name_km, name_latin, state, password_hash) values ($1, $2, $3, $4, 'active', 'none')`,
    [account, login, post.nameKm ?? 'អ្នកសាកល្បង', post.nameLatin ?? `Test ${post.role.replaceAll('_', ' ')}`],
  );
  await harness.sql('insert into staff.sessions (id, account_id) values ($1, $2)', [session, account]);
  await harness.sql(
    `insert into staff.postings (id, account_id, role, office_id, institution_id, during) values ($1, $2, $3, $4, $5, daterange('2020-01-01', null))`,
    [posting, account, post.role, place.office, place.institution],
  );
  // Certified for what her role asks for, as everybody is whose certificate is not the question.
  if (post.certified !== false) {
    await harness.sql(`insert into staff.qualifications (account_id, kind, during, certificate_id) values ($1, $2, daterange('2020-01-01', null), $3)`, [
      account, post.role === 'para_social_worker' ? post.role : 'government_social_worker', newId(),
    ]);
  }
  const token = await harness.app.get(Tokens, { strict: false }).issue({ userId: account, sessionId: session });
  return new Person(harness, token, account, session, posting, post.role, login);
}

/** One-time codes for somebody's account, without the way there; the code of this moment counts as used. */
export async function withSecondFactor(harness: Harness, accountId: string): Promise<{ secret: string; recovery: readonly string[] }> {
  const factors = harness.app.get(SecondFactors, { strict: false });
  const [secret, recovery] = [newFactorSecret(), newRecoveryCodes()];
  await harness.app.get(UnitOfWork, { strict: false }).system(systemActor('test'), 'test', async (op) => {
    await factors.confirm(op, accountId, await factors.start(op, accountId, secret), Math.floor(op.now.getTime() / 30_000), recovery);
  });
  return { secret, recovery };
}

/** What an authenticator with this secret shows, now or some steps of half a minute from now. */
export function codeOf(harness: Harness, secret: string, steps = 0): string {
  return generateSync({ secret, epoch: Math.floor(harness.clock.now().getTime() / 1000) + 30 * steps });
}

async function placeOf(harness: Harness, post: Post): Promise<{ office: string | null; institution: string | null }> {
  const offices = await arrangeOffices(harness);
  switch (post.role) {
    case 'para_social_worker':
      return { office: null, institution: post.institution ?? (await arrangeInstitution(harness)) };
    case 'policy_analyst':
    case 'auditor':
    case 'administrator':
    case 'system_client':
      return { office: null, institution: null };
    case 'supervisor':
    case 'finance_officer':
    case 'finance_approver':
    case 'trainer':
      return { office: post.office ?? offices.battambang, institution: null };
    default:
      return { office: post.office ?? offices.battambangTown, institution: null };
  }
}

/** One signed-in person per role of the register. */
export async function oneOfEachRole(harness: Harness): Promise<Readonly<Record<Role, Person>>> {
  const people: Partial<Record<Role, Person>> = {};
  for (const role of ROLES) people[role] = await signedIn(harness, { role });
  return people as Record<Role, Person>;
}

/** The roles that may not do an act at all. */
export function deniedRoles(act: Act): readonly Role[] {
  const allowed = rolesOf(act);
  return ROLES.filter((role) => !allowed.has(role));
}

const crowds = new WeakMap<Harness, Promise<Readonly<Record<Role, Person>>>>();

/**
 * Nobody without a role of the act gets through: FORBIDDEN for each such role, each written among the denials, and
 * UNAUTHENTICATED for a stranger; nothing is done. `ask` sends the document as whom it is given; the same person stands
 * for a role through a whole test file.
 */
export async function expectDenied(harness: Harness, act: Act, ask: (client: Client) => Promise<Answer>): Promise<void> {
  const roles = deniedRoles(act);
  if (roles.length === ROLES.length) throw new Error(`${act} is no act of the closed list, or nobody may do it.`);
  let crowd = crowds.get(harness);
  if (crowd === undefined) crowds.set(harness, (crowd = oneOfEachRole(harness)));
  const people = await crowd;
  const before = await acts(harness);
  for (const role of roles) {
    const person = people[role];
    const answer = await ask(person);
    expect({ role, code: answer.errors?.[0]?.extensions.code, data: answer.text.includes('__typename') }).toEqual({ role, code: 'FORBIDDEN', data: false });
    const written = await harness.sql(`select code from platform.denials where actor_id = $1 and act = $2`, [person.accountId, act]);
    expect({ role, written: written.length > 0 }).toEqual({ role, written: true });
  }
  const stranger = await ask(harness.client(undefined));
  expect(stranger.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  expect(await acts(harness)).toBe(before);
}

/** How many acts the audit holds. */
async function acts(harness: Harness): Promise<number> {
  const [row] = await harness.sql<{ n: number }>('select count(*)::int as n from platform.acts');
  return row?.n ?? 0;
}
