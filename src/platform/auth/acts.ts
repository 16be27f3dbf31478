import type { Actor, Posting, Role } from './roles.js';
import { ROLES } from './roles.js';

/** A verb of the trade that somebody may or may not do: `campaign.open`. Only {@link defineActs} makes one. */
export type Act = string & { readonly __act: unique symbol };

interface Defined {
  readonly room: string;
  readonly roles: ReadonlySet<Role>;
  readonly withoutPosting: boolean;
}

/** Who may do an act that everybody may do about herself, even when no posting of hers is live: to sign out, for one. */
export const EVERYBODY = 'everybody';

const closedList = new Map<string, Defined>();

/** Adds a room's acts to the closed list, each with the roles that may do it at all. An act named twice stops the program. */
export function defineActs<const T extends Readonly<Record<string, readonly Role[] | typeof EVERYBODY>>>(room: string, acts: T): { readonly [K in keyof T]: Act } {
  for (const [name, roles] of Object.entries(acts)) {
    if (closedList.has(name)) throw new Error(`The act ${name} is defined twice.`);
    closedList.set(name, { room, roles: new Set(roles === EVERYBODY ? ROLES : roles), withoutPosting: roles === EVERYBODY });
  }
  return Object.freeze(Object.fromEntries(Object.keys(acts).map((name) => [name, name]))) as unknown as { readonly [K in keyof T]: Act };
}

/** The roles that may do an act at all; none for an act that nobody defined. */
export function rolesOf(act: Act): ReadonlySet<Role> {
  return closedList.get(act)?.roles ?? new Set();
}

/** Every act with its room and roles, for the tests that walk them. */
export function allActs(): readonly { readonly act: Act; readonly room: string; readonly roles: ReadonlySet<Role> }[] {
  return [...closedList].map(([act, { room, roles }]) => ({ act: act as Act, room, roles }));
}

/** The actor's live postings that allow an act; none means no. */
export function postingsFor(actor: Actor, act: Act): readonly Posting[] {
  if (actor.kind === 'system') return [];
  const roles = rolesOf(act);
  return actor.postings.filter((posting) => roles.has(posting.role));
}

/** May the actor do this act somewhere? The system may do what its job's code does. */
export function mayEver(actor: Actor, act: Act): boolean {
  return actor.kind === 'system' || postingsFor(actor, act).length > 0 || (closedList.get(act)?.withoutPosting ?? false);
}

/** May the actor do this act in this area? A posting serves its own area and everything inside it. */
export function mayInArea(actor: Actor, act: Act, areaCode: string): boolean {
  return actor.kind === 'system' || postingsFor(actor, act).some(({ area }) => area !== null && areaCode.startsWith(area));
}

/** May the actor do this act for this office? */
export function mayForOffice(actor: Actor, act: Act, officeId: string): boolean {
  return actor.kind === 'system' || postingsFor(actor, act).some((posting) => posting.officeIds.includes(officeId));
}

/** The areas in which the actor may do this act, for lists: '' is the country. */
export function areasFor(actor: Actor, act: Act): readonly string[] {
  return [...new Set(postingsFor(actor, act).flatMap(({ area }) => (area === null ? [] : [area])))];
}
