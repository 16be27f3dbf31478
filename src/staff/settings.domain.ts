import { compareDates } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';

/** A JSON value as PostgreSQL gives it. */
export type SettingValue = string | number | boolean | readonly SettingValue[] | { readonly [name: string]: SettingValue } | null;

/** The shape of a value: a new value has the shape of the one before, so that no rule meets something it cannot read. */
export function shapeOf(value: SettingValue): string {
  if (Array.isArray(value)) return `list of ${[...new Set(value.map((one) => shapeOf(one as SettingValue)))].sort().join(' or ')}`;
  if (value !== null && typeof value === 'object') return `{${Object.entries(value).map(([name, one]) => `${name}: ${shapeOf(one)}`).sort().join(', ')}}`;
  return value === null ? 'nothing' : typeof value;
}

/** What no order may go below: disclosure control that is undone cannot be done again. The published table refuses it too. */
const FLOORS: Readonly<Record<string, number>> = { 'statistics.round_to': 5, 'statistics.least_shown': 10 };

/** Is the value below what the setting may never fall to? */
export function belowFloor(name: string, value: SettingValue): boolean {
  const floor = FLOORS[name];
  return floor !== undefined && (typeof value !== 'number' || !Number.isInteger(value) || value < floor);
}

/** May the setting change to this value on that day? What was decided before stays decided by what was in force then. */
export function mayChange(
  current: { readonly value: SettingValue; readonly from: CivilDate },
  next: { readonly value: SettingValue; readonly from: CivilDate },
  today: CivilDate,
): Result<true, 'SETTING_SHAPE' | 'SETTING_PAST'> {
  const sameShape = shapeOf(current.value) === shapeOf(next.value) || (Array.isArray(current.value) && Array.isArray(next.value) && next.value.length > 0 && isPart(next.value, current.value));
  if (!sameShape) return refuse('SETTING_SHAPE', { shape: shapeOf(current.value) });
  if (compareDates(next.from, today) < 0 || compareDates(next.from, current.from) <= 0) return refuse('SETTING_PAST');
  return ok(true);
}

function isPart(next: readonly SettingValue[], current: readonly SettingValue[]): boolean {
  const known = new Set(current.map(shapeOf));
  return next.every((one) => known.has(shapeOf(one)));
}
