import { Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { recordAct } from '../platform/audit/acts.js';
import type { Op } from '../platform/database/op.js';
import { entitledStretches } from './entitlement.domain.js';
import type { EntitledStretch } from './entitlement.domain.js';
import { changeEntitlement, deleteEntitlement, insertEntitlement, listEntitlements, lockChild } from './entitlements.repo.js';
import type { EntitlementRow } from './entitlements.repo.js';
import { childFacts, schemeRules } from './facts.queries.js';

const SCHEME = 'after_residential';

/** The right opens and stops by itself: rows follow the timeline, however often and in whatever order they are asked to. */
@Injectable()
export class EntitlementsService {
  /** Brings a child's entitlement rows in line with her timeline as it is now. Says how many rows changed. */
  async bringInLine(op: Op, childId: string): Promise<number> {
    if (!(await lockChild(op, childId))) return 0;
    const facts = await childFacts(op, childId, SCHEME);
    if (facts === undefined) return 0;
    const timeline = { birth: { date: facts.birthDate, precision: facts.birthPrecision }, diedOn: facts.diedOn, stays: facts.stays };
    const wanted = new Map(entitledStretches(timeline, await schemeRules(op)).map((stretch) => [stretch.during.from, stretch]));
    const there = await listEntitlements(op, childId, SCHEME);
    let changed = 0;
    // What no longer stands goes first, or the new rows would overlap it.
    for (const row of there.filter(({ from_day }) => !wanted.has(from_day))) {
      await deleteEntitlement(op, row.id);
      await this.#tell(op, 'taken_back', row.id, childId);
      changed += 1;
    }
    for (const row of there) {
      const stretch = wanted.get(row.from_day);
      if (stretch === undefined || isSame(row, stretch)) continue;
      await changeEntitlement(op, row.id, stretch);
      await this.#tell(op, 'moved', row.id, childId, stretch);
      changed += 1;
    }
    for (const stretch of wanted.values()) {
      if (there.some(({ from_day }) => from_day === stretch.during.from)) continue;
      const id = newId();
      await insertEntitlement(op, id, childId, SCHEME, stretch);
      await this.#tell(op, 'opened', id, childId, stretch);
      changed += 1;
    }
    return changed;
  }

  async #tell(op: Op, reason: 'opened' | 'moved' | 'taken_back', id: string, childId: string, stretch?: EntitledStretch): Promise<void> {
    await recordAct(op, { subject: ['entitlement', id], about: childId, on: stretch?.during.from ?? op.today, reason, events: [[`entitlement.${reason}`, id]] });
  }
}

function isSame(row: EntitlementRow, { during, stop }: EntitledStretch): boolean {
  return row.to_day === during.to && row.stop === stop;
}
