import { addDays, addMonths, minDate } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import type { Role } from '../platform/auth/roles.js';
import type { Chronicle } from './chronicle.js';
import { days } from './copy.js';
import type { Sheet, Sheets } from './copy.js';
import { nameOf, phoneOf } from './names.js';
import { stream } from './random.js';
import type { Stream } from './random.js';
import { STAFF } from './staff.js';
import type { DemoInstitution, DemoPosting, Places } from './world.js';

/** How many hold a role at each place: some who stay, and with the country's size some who come and go. */
const SEATS: Readonly<Record<'ministry' | 'province' | 'district', readonly (readonly [role: Role, stay: number, more: number])[]>> = {
  ministry: [['supervisor', 1, 4], ['social_worker', 1, 3], ['policy_analyst', 0, 4], ['auditor', 0, 2], ['administrator', 0, 3]],
  province: [['supervisor', 1, 2], ['social_worker', 1, 2], ['trainer', 1, 1], ['finance_officer', 1, 1], ['finance_approver', 1, 1], ['agency_worker', 0, 2]],
  district: [['social_worker', 1, 1.6], ['community_worker', 0, 1]],
};

const ACCOUNT = ['id', 'login', 'name_km', 'name_latin', 'phone', 'language', 'state', 'password_hash', 'invited_at'] as const;
const POSTING = ['id', 'account_id', 'role', 'office_id', 'institution_id', 'during'] as const;

interface Place {
  readonly officeId: string | null;
  readonly institutionId: string | null;
}

interface Person {
  readonly id: string;
  readonly name: string;
}

/** What hiring knows. */
export interface Hiring {
  readonly seed: number;
  readonly scale: number;
  readonly today: CivilDate;
  /** The day on which the register began in the offices: nobody was posted in it before. */
  readonly rolledOut: CivilDate;
  readonly places: Places;
  readonly institutions: readonly DemoInstitution[];
  /** The one password of the demonstration, as staff.accounts keeps it. */
  readonly passwordHash: string;
}

/** Gives every office and institution its people over two years: those who stayed, who left, who followed, who are still missing. */
export class Personnel {
  readonly postings: DemoPosting[] = [];
  readonly #accounts: Sheet<(typeof ACCOUNT)[number]>;
  readonly #written: Sheet<(typeof POSTING)[number]>;
  readonly #logins = new Set<string>();
  #administrator: DemoPosting | undefined;

  constructor(
    private readonly hiring: Hiring,
    sheets: Sheets,
    private readonly chronicle: Chronicle,
  ) {
    this.#accounts = sheets.sheet('staff.accounts', ACCOUNT);
    this.#written = sheets.sheet('staff.postings', POSTING);
  }

  /** Hires everybody. Gives the accounts of the known people by their logins. */
  hire(): ReadonlyMap<string, string> {
    const known = this.#known();
    const { seed, scale, places, institutions } = this.hiring;
    for (const office of places.offices()) {
      const random = stream(seed, 'staff', office.areaCode);
      const isEmpty = office.areaCode !== '' && places.within(office.areaCode, 8).length === 0;
      for (const [role, stay, more] of isEmpty ? [] : SEATS[office.kind]) {
        const placeless = role === 'policy_analyst' || role === 'auditor' || role === 'administrator';
        const place = { officeId: placeless ? null : office.id, institutionId: null };
        for (let i = 0; i < stay; i++) this.#stays(random, role, place);
        for (let i = rounded(random, more * scale); i > 0; i--) this.#comesAndGoes(random, role, place);
      }
    }
    for (const { id } of institutions.slice(1)) this.#comesAndGoes(stream(seed, 'staff', id), 'para_social_worker', { officeId: null, institutionId: id });
    return known;
  }

  /** The people whose sign-ins everybody knows; the administrator first, because she posts the others. */
  #known(): ReadonlyMap<string, string> {
    const { seed, rolledOut, places, institutions } = this.hiring;
    const ids = new Map<string, string>();
    for (const person of [...STAFF].sort((a, b) => Number(b.role === 'administrator') - Number(a.role === 'administrator'))) {
      const random = stream(seed, 'staff', person.login);
      const who = this.#account(random, rolledOut, { login: person.login, km: person.nameKm, latin: person.nameLatin, phone: null, state: 'active' });
      ids.set(person.login, who.id);
      this.#post(random, who, person.role, {
        officeId: person.office === null ? null : places.officeFor(person.office).id,
        institutionId: person.institution ? (institutions[0]?.id ?? null) : null,
      }, rolledOut, null);
    }
    return ids;
  }

  #stays(random: Stream, role: Role, place: Place): void {
    this.#post(random, this.#somebody(random, this.hiring.rolledOut, 'active'), role, place, this.hiring.rolledOut, null);
  }

  /** One seat over the years: who left, how long it was empty, who came after. */
  #comesAndGoes(random: Stream, role: Role, place: Place): void {
    const { today, rolledOut } = this.hiring;
    let from = random.chance(0.8) ? rolledOut : random.day(rolledOut, addMonths(today, -2));
    while (random.chance(0.22)) {
      const to = random.day(addMonths(from, 3), addDays(today, -20));
      if (to <= addMonths(from, 3)) break;
      const leaves = random.chance(0.8);
      const who = this.#somebody(random, from, leaves ? 'closed' : 'active');
      this.#post(random, who, role, place, from, to);
      if (leaves) this.chronicle.act(random, { act: 'account.close', by: this.#administrator ?? 'demo', subject: ['account', who.id], on: null, recordedOn: to, changed: ['state'] });
      from = addDays(to, random.weighted([[0, 4], [random.between(5, 40), 3], [random.between(41, 150), 2]]));
      if (from >= today) return;
    }
    // Invited, and not there yet: nothing is done in her name.
    if (random.chance(0.02)) return this.#post(random, this.#somebody(random, addDays(today, -3), 'invited'), role, place, addDays(today, random.between(1, 20)), null);
    this.#post(random, this.#somebody(random, from, 'active'), role, place, from, null);
  }

  #somebody(random: Stream, from: CivilDate, state: 'active' | 'closed' | 'invited'): Person {
    const { km, latin } = nameOf(random, random.chance(0.6) ? 'female' : 'male');
    return this.#account(random, from, { login: this.#login(latin), km, latin, phone: random.chance(0.9) ? phoneOf(random) : null, state });
  }

  #login(latin: string): string {
    const plain = latin.normalize('NFKD').replace(/[^A-Za-z ]/g, '').toLowerCase().trim().replace(/ +/g, '.');
    for (let i = 1; ; i++) {
      const login = i === 1 ? plain : `${plain}${i}`;
      if (this.#logins.has(login)) continue;
      this.#logins.add(login);
      return login;
    }
  }

  #account(random: Stream, from: CivilDate, who: { login: string; km: string; latin: string; phone: string | null; state: 'active' | 'closed' | 'invited' }): Person {
    const invitedOn = from <= this.hiring.rolledOut ? addDays(this.hiring.rolledOut, -random.between(3, 20)) : addDays(from, -random.between(1, 9));
    const id = random.id(invitedOn);
    this.#accounts.add({
      id, login: who.login, name_km: who.km, name_latin: who.latin, phone: who.phone, language: random.chance(0.95) ? 'km' : 'en', state: who.state,
      password_hash: who.state === 'invited' ? null : this.hiring.passwordHash, invited_at: this.chronicle.moment(random, invitedOn, id),
    });
    // The first people were entered when the register began; the administrator invites those who come later.
    const by = invitedOn < this.hiring.rolledOut ? 'demo' : (this.#administrator ?? 'demo');
    this.chronicle.act(random, { act: 'account.invite', by, subject: ['account', id], on: null, recordedOn: invitedOn });
    return { id, name: who.latin };
  }

  #post(random: Stream, { id: accountId, name }: Person, role: Role, { officeId, institutionId }: Place, from: CivilDate, to: CivilDate | null): void {
    const { rolledOut, today } = this.hiring;
    const recordedOn = from <= rolledOut ? rolledOut : addDays(minDate(from, today), -1);
    const posting = { id: random.id(recordedOn), accountId, name, role, officeId, institutionId, from, to };
    this.postings.push(posting);
    this.#written.add({ id: posting.id, account_id: accountId, role, office_id: officeId, institution_id: institutionId, during: days(from, to) });
    if (role === 'administrator') this.#administrator ??= posting;
    const by = recordedOn <= rolledOut ? 'demo' : (this.#administrator ?? 'demo');
    this.chronicle.act(random, { act: 'posting.set', by, subject: ['posting', posting.id], about: accountId, on: from, recordedOn, reason: role });
    if (to !== null) this.chronicle.act(random, { act: 'posting.end', by: this.#administrator ?? 'demo', subject: ['posting', posting.id], about: accountId, on: to, reason: role, changed: ['to'] });
  }
}

/** A share of a person is a person with that chance. */
function rounded(random: Stream, count: number): number {
  return Math.floor(count) + (random.chance(count - Math.floor(count)) ? 1 : 0);
}
