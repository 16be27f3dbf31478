import type { Role } from '../../../src/platform/auth/roles.js';
import type { Trace } from './journal.js';

/** The classes of a country's load, and their share of it in percent (of what is asked, not of the time it takes). */
export const SHARES = { read: 55, search: 15, list: 10, write: 12, statistics: 5, export: 3 } as const;
export type Class = keyof typeof SHARES;

/** One of the people who work: her account, her posting, and the places whose rows she sees. */
export interface Someone {
  readonly account: string;
  readonly role: Role;
  /** Offices, or her institution; '' stands for what everybody may read. */
  readonly places: readonly string[];
  /** Area she answers for: '' is the country; null is none. */
  readonly area: string | null;
  readonly token: string;
  readonly refreshToken: string;
}

/** A row that can be asked for: its id, and what else an act needs of it. */
export interface Thing {
  readonly id: string;
  readonly [more: string]: string | number | null;
}

/** What the register holds, by kind and by the place that sees it. */
export type World = Readonly<Record<string, Readonly<Record<string, readonly Thing[]>>>>;

/** What an operation may use to make up its question. Each gives undefined where there is nothing. */
export interface Asking {
  readonly who: Someone;
  readonly today: string;
  /** The key of the act, which also stands in the row that it writes. */
  readonly key: string;
  /** One of the rows she may see. */
  some(kind: string): Thing | undefined;
  /** One that nobody has been given before: for an act that can be done once. */
  once(kind: string): Thing | undefined;
  /** One of a list. */
  pick<T>(list: readonly T[]): T;
  /** A day so many days from today. */
  day(days: number): string;
}

export type Variables = Readonly<Record<string, unknown>>;

/** One kind of question or act that people send. */
export interface Operation {
  readonly name: string;
  readonly class: Class;
  /** Weight inside its class. */
  readonly weight: number;
  readonly roles: readonly Role[];
  readonly document: string;
  /** Nobody to ask, or nothing to ask for: undefined, and the next of her kind is tried. */
  readonly variables: (asking: Asking) => Variables | undefined;
  /** A page of a list: how it is gone through. The connection is the first one of the answer. */
  readonly pages?: { readonly how: 'first' | 'later' | 'all'; readonly sizes: readonly number[] };
  /** An act: what it leaves, and the refusals that may happen when two people want the same. */
  readonly write?: Trace & { readonly refusals: readonly string[]; readonly rows?: string };
}

export const WORKERS: readonly Role[] = ['social_worker', 'supervisor'];
export const SOCIAL: readonly Role[] = ['social_worker'];
export const EVERYBODY: readonly Role[] = [
  'social_worker', 'supervisor', 'para_social_worker', 'community_worker', 'agency_worker', 'trainer', 'finance_officer', 'finance_approver', 'policy_analyst', 'auditor',
  'administrator',
];

/** The weight of each operation in percent of all that is sent: its class's share, divided by the weights inside the class. */
export function sharesOf(operations: readonly Operation[]): number[] {
  const sums = new Map<Class, number>();
  for (const { class: kind, weight } of operations) sums.set(kind, (sums.get(kind) ?? 0) + weight);
  return operations.map(({ class: kind, weight }) => (SHARES[kind] * weight) / (sums.get(kind) ?? 1));
}
