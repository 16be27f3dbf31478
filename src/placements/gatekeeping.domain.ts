import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';

/** Where a child may live, in the order of policy: each one is passed over with a reason before the next is chosen. */
export const OPTIONS = ['birth_family', 'kin', 'foster', 'family_house', 'faith_place', 'residential'] as const;
export type Option = (typeof OPTIONS)[number];
export type OptionOutcome = 'passed_over' | 'absent' | 'chosen' | 'refused';

export interface GatekeepingFacts {
  readonly state: 'open' | 'complete';
  readonly options: readonly { readonly option: Option; readonly outcome: OptionOutcome }[];
}

/** May this option be written now? Every one before it must have been looked at, and none chosen. */
export function mayRecord(facts: GatekeepingFacts, option: Option): Result<Option, 'ALREADY_CONCLUDED' | 'OPTION_CHOSEN' | 'GATEKEEPING_OPTION_OUT_OF_ORDER'> {
  if (facts.state !== 'open') return refuse('ALREADY_CONCLUDED');
  const chosen = facts.options.find(({ outcome }) => outcome === 'chosen');
  if (chosen !== undefined) return refuse('OPTION_CHOSEN', { option: chosen.option });
  const missing = OPTIONS.slice(0, OPTIONS.indexOf(option)).filter((earlier) => !facts.options.some((one) => one.option === earlier));
  return missing.length > 0 ? refuse('GATEKEEPING_OPTION_OUT_OF_ORDER', { missing }) : ok(option);
}

/** What came of looking for parents and kin. */
export interface Tracing {
  readonly parentsTraced: boolean;
  readonly parentsReason: string | null;
  readonly kinTraced: boolean;
  readonly kinReason: string | null;
}

/** May it be concluded? Parents and kin were looked for, or it says why not; one option was chosen. */
export function conclude(facts: GatekeepingFacts, tracing: Tracing): Result<Tracing, 'ALREADY_CONCLUDED' | 'TRACING_MISSING' | 'OPTION_MISSING'> {
  if (facts.state !== 'open') return refuse('ALREADY_CONCLUDED');
  const untold = [
    ...(tracing.parentsTraced || tracing.parentsReason !== null ? [] : ['parents']),
    ...(tracing.kinTraced || tracing.kinReason !== null ? [] : ['kin']),
  ];
  if (untold.length > 0) return refuse('TRACING_MISSING', { missing: untold });
  // The order guarantees that everything before the chosen one was passed over with a reason.
  if (!facts.options.some(({ outcome }) => outcome === 'chosen')) {
    return refuse('OPTION_MISSING', { missing: OPTIONS.filter((option) => !facts.options.some((one) => one.option === option)) });
  }
  return ok(tracing);
}
