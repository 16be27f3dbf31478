import type { Role } from '../platform/auth/roles.js';

/** Every account of the demonstration has this password: it opens nothing real, and production refuses to load it. */
export const PASSWORD = 'lotus-and-river';

/** A sign-in of the demonstration. All people here are invented. */
export interface DemoPerson {
  readonly login: string;
  readonly who: string;
  readonly role: Role;
  readonly nameKm: string;
  readonly nameLatin: string;
  /** Area whose office she is posted to: '' is the ministry; null for a role without an office. */
  readonly office: string | null;
  /** She works in the demonstration's first institution. */
  readonly institution?: true;
}

export const STAFF: readonly DemoPerson[] = [
  { login: 'demo-worker', who: 'social worker, Battambang town', role: 'social_worker', nameKm: 'សុខា', nameLatin: 'Sokha', office: '0203' },
  { login: 'demo-colleague', who: 'another social worker, Battambang town', role: 'social_worker', nameKm: 'បុប្ផា', nameLatin: 'Bopha', office: '0203' },
  { login: 'demo-elsewhere', who: 'social worker, Siem Reap', role: 'social_worker', nameKm: 'វិសាល', nameLatin: 'Visal', office: '1710' },
  { login: 'demo-supervisor', who: 'supervisor, Battambang province', role: 'supervisor', nameKm: 'ចន្ធី', nameLatin: 'Chanthy', office: '02' },
  { login: 'demo-ministry', who: 'supervisor, ministry', role: 'supervisor', nameKm: 'មុនី', nameLatin: 'Mony', office: '' },
  { login: 'demo-para', who: 'para social worker, House of the Lotus', role: 'para_social_worker', nameKm: 'ដារ៉ា', nameLatin: 'Dara', office: null, institution: true },
  { login: 'demo-trainer', who: 'trainer, Battambang province', role: 'trainer', nameKm: 'រតនា', nameLatin: 'Ratana', office: '02' },
  { login: 'demo-finance', who: 'finance officer, Battambang province', role: 'finance_officer', nameKm: 'ពិសី', nameLatin: 'Pisey', office: '02' },
  { login: 'demo-approver', who: 'finance approver, Battambang province', role: 'finance_approver', nameKm: 'សំណាង', nameLatin: 'Samnang', office: '02' },
  { login: 'demo-analyst', who: 'policy analyst', role: 'policy_analyst', nameKm: 'លីដា', nameLatin: 'Lida', office: null },
  { login: 'demo-auditor', who: 'auditor', role: 'auditor', nameKm: 'វណ្ណា', nameLatin: 'Vanna', office: null },
  { login: 'demo-admin', who: 'administrator', role: 'administrator', nameKm: 'ធីតា', nameLatin: 'Thida', office: null },
];
