import type { BirthPrecision } from '../kernel/age.js';
import { firstOfMonth, monthOf } from '../kernel/civil-date.js';
import type { CivilDate, CivilMonth, DayRange } from '../kernel/civil-date.js';
import { lifecycle } from '../kernel/lifecycle.js';
import type { Riel } from '../kernel/money.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { payableNights, shortResidentialStays } from './entitlement.domain.js';
import type { SchemeRules, Stay } from './entitlement.domain.js';
import { linesOf, owed } from './payment.domain.js';
import type { Line, Rate, Settled } from './payment.domain.js';

/** `draft -> calculated -> checked -> approved`, or cancelled on the way. What a bank does with it comes after. */
export type RunState = 'draft' | 'calculated' | 'checked' | 'approved' | 'cancelled';

export type RunCommand = 'calculate' | 'check' | 'approve' | 'cancel';

export const runLifecycle = lifecycle<RunState, RunCommand>()({
  draft: { calculate: 'calculated', cancel: 'cancelled' },
  calculated: { calculate: 'calculated', check: 'checked', cancel: 'cancelled' },
  checked: { calculate: 'calculated', approve: 'approved', cancel: 'cancelled' },
  approved: {},
  cancelled: {},
} as const);

/** A run as a decision about it needs it. */
export interface Run {
  readonly state: RunState;
  readonly preparedBy: string;
  readonly calculatedBy: string | null;
}

/** May this person do this to the run now? Whoever prepared or calculated a run does not approve it. */
export function decideRun(run: Run, command: RunCommand, actorId: string | null): Result<RunState, 'RUN_STATE' | 'OWN_RUN'> {
  const state = runLifecycle.next(run.state, command);
  if (state === undefined) return refuse('RUN_STATE', { state: run.state });
  if (command === 'approve' && (actorId === run.preparedBy || actorId === run.calculatedBy)) return refuse('OWN_RUN');
  return ok(state);
}

/** A family that a child lives or lived with, as far as payment asks. */
export interface FamilyFacts {
  readonly id: string;
  readonly number: number;
  readonly officeId: string;
  readonly communeType: string | null;
  readonly payeeId: string | null;
}

/** Everything that the payment of one child depends on. */
export interface ChildFacts {
  readonly childId: string;
  readonly number: number;
  readonly officeId: string;
  readonly birthDate: CivilDate;
  readonly birthPrecision: BirthPrecision;
  readonly diedOn: CivilDate | null;
  readonly communeType: string | null;
  readonly payeeId: string | null;
  readonly stays: readonly Stay[];
  readonly specialNeed: readonly DayRange[];
  readonly families: readonly FamilyFacts[];
  readonly settled: readonly (Settled & { readonly runId: string; readonly runState: RunState })[];
}

/** What a calculation goes by beside the children. */
export interface RunRules extends SchemeRules {
  readonly rates: readonly Rate[];
  readonly townCommunes: readonly string[];
  readonly shortNights: number;
}

/** Which run is calculated: its month, its offices, and the day up to which nights have been slept. */
export interface RunScope {
  readonly runId: string;
  readonly month: CivilMonth;
  readonly officeIds: ReadonlySet<string>;
  readonly today: CivilDate;
}

export interface RunLine extends Line {
  readonly officeId: string;
  readonly childId: string;
  readonly childNumber: number;
  readonly familyNumber: number | null;
  readonly payeeId: string | null;
}

export interface RunWarning {
  readonly code: 'overpaid' | 'short_residential_stay';
  readonly officeId: string;
  readonly childNumber: number;
  readonly familyNumber: number | null;
  readonly onDay: CivilDate;
  readonly nights: number | null;
  readonly riel: Riel | null;
}

const OPEN: ReadonlySet<RunState> = new Set(['draft', 'calculated', 'checked']);

/** What a run pays and what a person must look at, from the facts as they are now. Refuses RATE_MISSING, NOTHING_TO_PAY. */
export function calculateRun(scope: RunScope, children: readonly ChildFacts[], rules: RunRules): Result<{ lines: RunLine[]; warnings: RunWarning[] }, 'RATE_MISSING' | 'NOTHING_TO_PAY'> {
  const lines: RunLine[] = [];
  const warnings: RunWarning[] = [];
  for (const child of children) {
    const found = childLines(scope, child, rules);
    if (!found.ok) return found;
    lines.push(...found.value.lines);
    warnings.push(...found.value.warnings);
  }
  if (lines.length === 0) return refuse('NOTHING_TO_PAY', { month: scope.month });
  // Families together, each child's months in order: how an officer goes through them on paper.
  lines.sort((a, b) => (a.familyNumber ?? 0) - (b.familyNumber ?? 0) || a.childNumber - b.childNumber || (a.month < b.month ? -1 : 1));
  return ok({ lines, warnings });
}

function childLines(scope: RunScope, child: ChildFacts, rules: RunRules): Result<{ lines: RunLine[]; warnings: RunWarning[] }, 'RATE_MISSING'> {
  const families = new Map(child.families.map((family) => [family.id, family]));
  const whose = (familyId: string | null): { readonly officeId: string; readonly communeType: string | null; readonly payeeId: string | null } | undefined => (familyId === null ? child : families.get(familyId));
  const isMine = (each: { readonly familyId: string | null }): boolean => scope.officeIds.has(whose(each.familyId)?.officeId ?? '');
  const isTown = (familyId: string | null): boolean => rules.townCommunes.includes(whose(familyId)?.communeType ?? '');
  const about = (familyId: string | null) => ({
    officeId: whose(familyId)?.officeId ?? child.officeId,
    childNumber: child.number,
    familyNumber: familyId === null ? null : (families.get(familyId)?.number ?? null),
  });

  const timeline = { birth: { date: child.birthDate, precision: child.birthPrecision }, diedOn: child.diedOn, stays: child.stays };
  const nights = payableNights(timeline, rules, scope.today).filter(isMine);
  const due = owed(nights, { birth: timeline.birth, specialNeed: child.specialNeed }, rules.rates, isTown, scope.month);
  if (!due.ok) return due;

  // What another open run is about to pay is that run's to put right.
  const claimed = new Set(child.settled.filter((line) => line.runId !== scope.runId && OPEN.has(line.runState)).map(({ month, familyId }) => `${month} ${familyId ?? ''}`));
  const isFree = ({ month, familyId }: { readonly month: CivilMonth; readonly familyId: string | null }): boolean => !claimed.has(`${month} ${familyId ?? ''}`);
  const settled = addedUp(child.settled.filter((line) => !OPEN.has(line.runState) && isMine(line) && isFree(line) && line.month <= scope.month));
  const found = linesOf(scope.month, due.value.filter(isFree), settled);

  const lines = found.lines.map((line) => ({ ...line, ...about(line.familyId), childId: child.childId, payeeId: whose(line.familyId)?.payeeId ?? null }));
  const overpaid = found.overpaid.map(({ month, familyId, nights: count, riel }) => ({ code: 'overpaid' as const, ...about(familyId), onDay: firstOfMonth(month), nights: count, riel }));
  const short = shortResidentialStays(timeline, rules, rules.shortNights).flatMap((onDay) => {
    const first = nights.find(({ during }) => during.from === onDay);
    if (first === undefined || !lines.some(({ month }) => month === monthOf(onDay))) return [];
    return [{ code: 'short_residential_stay' as const, ...about(first.familyId), onDay, nights: null, riel: null }];
  });
  return ok({ lines, warnings: [...overpaid, ...short] });
}

/** Several lines of one month and family as one sum, which the latest of them stands for. */
function addedUp(lines: readonly Settled[]): Settled[] {
  const sums = new Map<string, Settled>();
  for (const line of lines) {
    const key = `${line.month} ${line.familyId ?? ''}`;
    const sum = sums.get(key);
    sums.set(key, { month: line.month, familyId: line.familyId, lineId: line.lineId, nights: (sum?.nights ?? 0) + line.nights, riel: (sum?.riel ?? 0n) + line.riel });
  }
  return [...sums.values()];
}
