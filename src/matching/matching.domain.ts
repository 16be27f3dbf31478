import type { CivilDate } from '../kernel/civil-date.js';
import { addDays } from '../kernel/civil-date.js';
import { lifecycle } from '../kernel/lifecycle.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { unsuitable } from '../placements/suitability.domain.js';
import type { ChildFacts, Failure, FamilyFacts, Limits, Start } from '../placements/suitability.domain.js';
import type { Factor } from './ranking.domain.js';

/** How many families a list keeps and shows. */
export const LISTED = 100;

/** Families after the hard rules: who may be chosen, and who may not with every rule that stands against it. */
export interface Sifted {
  readonly eligible: readonly { readonly id: string; readonly placesForAll: boolean }[];
  readonly excluded: readonly { readonly id: string; readonly failures: readonly Failure[] }[];
}

/**
 * Asks every hard rule of every family, for all children of the group at once. A family that has only too few places for
 * all of them, and suits each, stays in: a supervisor may grant it an exemption before siblings are split.
 */
export function sift(children: readonly ChildFacts[], families: readonly FamilyFacts[], start: Pick<Start, 'on' | 'careKind' | 'emergency'>, limits: Limits): Sifted {
  const eligible: { id: string; placesForAll: boolean }[] = [];
  const excluded: { id: string; failures: readonly Failure[] }[] = [];
  const failuresOf = (family: FamilyFacts, together: number): Failure[] => {
    const all = children.flatMap((child) => unsuitable(child, family, { ...start, together, ownHolds: [] }, limits));
    return all.filter(({ code }, at) => all.findIndex((one) => one.code === code) === at);
  };
  for (const family of families) {
    const failures = failuresOf(family, children.length);
    const tooFewPlaces = children.length > 1 && failures.every(({ code }) => code === 'NO_PLACE' || code === 'LIMIT') && failuresOf(family, 1).length === 0;
    if (failures.length === 0) eligible.push({ id: family.id, placesForAll: true });
    else if (tooFewPlaces) eligible.push({ id: family.id, placesForAll: false });
    else excluded.push({ id: family.id, failures });
  }
  return { eligible, excluded };
}

/** How many families fail each rule. */
export function countsOf(excluded: Sifted['excluded']): { readonly code: string; readonly confidential: boolean; readonly count: number }[] {
  const counts = new Map<string, { code: string; confidential: boolean; count: number }>();
  for (const { code, confidential } of excluded.flatMap(({ failures }) => failures)) {
    const known = counts.get(code);
    if (known === undefined) counts.set(code, { code, confidential, count: 1 });
    else known.count += 1;
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}

/** How many families fail a rule that rests on what not everybody may know. */
export function confidentialCount(excluded: Sifted['excluded']): number {
  return excluded.filter(({ failures }) => failures.some(({ confidential }) => confidential)).length;
}

export type ProposalState = 'waiting' | 'accepted' | 'declined' | 'lapsed' | 'withdrawn';

/** A family is asked; it says yes or no, or the hold runs out, or the plan is called off. */
export const proposalLifecycle = lifecycle<ProposalState, 'accept' | 'decline' | 'lapse' | 'withdraw'>()({
  waiting: { accept: 'accepted', decline: 'declined', lapse: 'lapsed', withdraw: 'withdrawn' },
  accepted: { decline: 'declined', lapse: 'lapsed', withdraw: 'withdrawn' },
  declined: {},
  lapsed: {},
  withdrawn: {},
} as const);

/** Is a list still good enough to choose from, and nobody asked already? */
export function mayChoose(facts: {
  readonly askedOn: CivilDate;
  readonly today: CivilDate;
  /** Days after which a list is too old. */
  readonly listDays: number;
  /** Has the start day slipped further back than a late entry reaches? */
  readonly startTooLate: boolean;
  /** Has one of the children a plan or an open proposal already? */
  readonly planned: boolean;
}): Result<null, 'LIST_STALE' | 'ALREADY_PROPOSED'> {
  if (facts.startTooLate || addDays(facts.askedOn, facts.listDays) < facts.today) return refuse('LIST_STALE', { askedOn: facts.askedOn });
  return facts.planned ? refuse('ALREADY_PROPOSED') : ok(null);
}

/** May the children go to this family as things stand now? A full family alone reads PLACE_TAKEN: somebody else was first. */
export function stillEligible({ eligible, excluded }: Sifted, children: number, shown: (failures: readonly Failure[]) => string[]): Result<null, 'UNSUITABLE' | 'PLACE_TAKEN' | 'PLACES_MISSING'> {
  const failures = excluded[0]?.failures ?? [];
  const full = failures.find(({ code }) => code === 'NO_PLACE');
  if (full !== undefined && failures.every(({ code }) => code === 'NO_PLACE' || code === 'LIMIT')) return refuse('PLACE_TAKEN', full.details);
  if (failures.length > 0) return refuse('UNSUITABLE', { rules: shown(failures) });
  return eligible.every(({ placesForAll }) => placesForAll) ? ok(null) : refuse('PLACES_MISSING', { children });
}

/** A choice from a list, with what a worker says for it. */
export interface Choice {
  /** Undefined where the list does not show the family. */
  readonly entry: { readonly needed: readonly Factor[]; /** The first former carer where there is one, else the first by rank. */ readonly first: boolean } | undefined;
  readonly emergency: boolean;
  readonly reason: string | null;
  readonly given: readonly Factor[];
}

/** Is everything said that the choice of this family needs? */
export function wellChosen({ entry, emergency, reason, given }: Choice): Result<readonly Factor[], 'NOT_ON_LIST' | 'REASON_NEEDED' | 'STRATEGY_UNKNOWN' | 'STRATEGY_MISSING'> {
  if (entry === undefined) return refuse('NOT_ON_LIST');
  if (!entry.first && reason === null) return refuse('REASON_NEEDED');
  const strange = given.filter((factor) => !entry.needed.includes(factor));
  if (strange.length > 0) return refuse('STRATEGY_UNKNOWN', { factors: strange });
  const missing = missingStrategies(entry.needed, given);
  // In an emergency they follow.
  return missing.length > 0 && !emergency ? refuse('STRATEGY_MISSING', { factors: missing }) : ok(missing);
}

/** The factors that still need a support strategy. */
export function missingStrategies(needed: readonly Factor[], given: readonly Factor[]): Factor[] {
  return needed.filter((factor) => !given.includes(factor));
}

/** What the family's answer makes of a proposal, whatever day it was given. A no after a yes is still a no, until the child has moved. */
export function answered(proposal: { readonly state: ProposalState; readonly moved: boolean }, answer: 'accepted' | 'declined'): Result<ProposalState, 'PROPOSAL_STATE'> {
  const next = proposalLifecycle.next(proposal.state, answer === 'accepted' ? 'accept' : 'decline');
  return next === undefined || proposal.moved ? refuse('PROPOSAL_STATE', { state: proposal.moved ? 'moved' : proposal.state }) : ok(next);
}
