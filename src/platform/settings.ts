import type { CivilDate } from '../kernel/civil-date.js';
import type { Op } from './database/op.js';

/** A dated setting as of the day it applies to. A name that no migration or administrator has set is a fault of ours. */
export async function setting<T>(op: Op, name: string, on: CivilDate): Promise<T> {
  const row = await op.tx.row<{ value: T | null }>('select platform.setting($1, $2) as value', [name, on]);
  if (row?.value === null || row?.value === undefined) throw new Error(`The setting ${name} has no value on ${on}.`);
  return row.value;
}

/** A dated setting that is a number. */
export async function numberSetting(op: Op, name: string, on: CivilDate): Promise<number> {
  return Number(await setting<number>(op, name, on));
}
