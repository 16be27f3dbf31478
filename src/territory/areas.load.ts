import { newId } from '../kernel/ids.js';
import { recordAct } from '../platform/audit/acts.js';
import type { Op } from '../platform/database/op.js';
import { planAreaLoad } from './area-file.domain.js';
import type { AreaLoadPlan } from './area-file.domain.js';
import { acts } from './area.policy.js';
import { insertAreas, lockAreas, updateAreas } from './areas.repo.js';
import { ensureOffices } from './offices.repo.js';

/** How far a load has come: rows written of rows to write. */
export type TellProgress = (done: number, of: number) => void;

/** What a load did: the plan that was carried out, and the offices that were opened for new provinces and districts. */
export interface AreaLoadDone extends AreaLoadPlan {
  readonly offices: number;
}

/**
 * Loads the text of an area file: decides, writes, and records one act, in the transaction of `op`. Every province and
 * district of the register then has its office. Loading the same file again changes nothing and records nothing.
 */
export async function loadAreas(op: Op, text: string, tell: TellProgress = () => undefined, makeId: () => string = newId): Promise<AreaLoadDone> {
  const plan = planAreaLoad(text, await lockAreas(op));
  const all = plan.added.length + plan.changed.length;
  tell(0, all);
  await insertAreas(op, plan.added, (done) => tell(done, all));
  await updateAreas(op, plan.changed, (done) => tell(plan.added.length + done, all));
  const offices = await ensureOffices(op, makeId);
  const changed = [...(plan.added.length > 0 ? ['added'] : []), ...(plan.changed.length > 0 ? ['changed'] : []), ...(offices > 0 ? ['offices'] : [])];
  if (changed.length > 0) await recordAct({ ...op, act: acts['areas.load'] }, { subject: ['area_load', newId()], on: op.today, changed });
  return { ...plan, offices };
}
