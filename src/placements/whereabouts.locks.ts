import { lockFamilyAnywhere } from '../carers/places.repo.js';
import type { LockedFamily } from '../carers/places.repo.js';
import type { ChildFacts } from '../children/children.repo.js';
import type { ChildrenService } from '../children/children.service.js';
import { youngestAge } from '../kernel/age.js';
import type { CivilDate } from '../kernel/civil-date.js';
import type { Op } from '../platform/database/op.js';
import { Problem, notFound } from '../platform/errors.js';
import { officeFor } from '../territory/offices.queries.js';
import { activePlacement } from './placements.repo.js';
import type { LockedPlacement } from './placements.repo.js';
import { lifeOf } from './timeline.domain.js';
import type { Episode, Whereabouts } from './timeline.domain.js';
import { loadTimeline } from './timeline.repo.js';
import { openStretch } from './whereabouts.domain.js';

/** Everything that is locked before a child sleeps elsewhere, read again under the lock. */
export interface Here {
  readonly child: ChildFacts;
  /** Her stay with a family, where she has one; her place there may only be kept. */
  readonly placement: LockedPlacement | undefined;
  readonly timeline: readonly Episode[];
  /** The stretch that goes on. */
  readonly open: Episode | undefined;
  readonly families: ReadonlyMap<string, LockedFamily>;
}

/**
 * Locks the family of her placement, the one in which she is for respite, and these; then the child: in the order of
 * their ids. Somebody may move her between reading and locking: then nothing is decided on what was read.
 */
export async function lockHere(op: Op, children: ChildrenService, childId: string, also: readonly string[] = []): Promise<Here> {
  const wanted = new Set([...also, ...(await familiesOf(op, childId))]);
  const families = new Map<string, LockedFamily>();
  for (const id of [...wanted].sort()) {
    const family = await lockFamilyAnywhere(op, id);
    if (family === undefined) throw notFound();
    families.set(id, family);
  }
  const [child] = await children.lockChildren(op, [childId]);
  if (child === undefined) throw notFound();
  if ((await familiesOf(op, childId)).some((id) => !families.has(id))) throw new Problem('CONFLICT', 'problem.STALE', { changed: ['placement'] });
  const timeline = await loadTimeline(op, childId);
  return { child, placement: await activePlacement(op, childId), timeline, open: openStretch(timeline), families };
}

/** The families that give her a place today. */
async function familiesOf(op: Op, childId: string): Promise<string[]> {
  const rows = await op.tx.rows<{ family_id: string }>(
    `select family_id from placements.placements where child_id = $1 and state = 'active'
     union select family_id from placements.episodes where child_id = $1 and upper_inf(during) and kind = 'respite' and family_id is not null`,
    [childId],
  );
  return rows.map(({ family_id }) => family_id);
}

/** Under what she has a bed for respite: it is hers already where she comes to stay. */
export function bedOf({ open }: Here): string[] {
  return open?.kind === 'respite' ? [open.id] : [];
}

/** From here on a child is no longer too small for residential care. */
const SMALL_BELOW = 3;

/** Whose office answers for her there, and which rules her being there breaks: what has happened is never refused. */
export async function goesTo(op: Op, child: ChildFacts, to: Whereabouts, on: CivilDate): Promise<{ readonly officeId: string; readonly breaches: string[] }> {
  if (to.institutionId === null) {
    const home = to.kind === 'home' && child.homeAreaCode !== null ? await officeFor(op, child.homeAreaCode) : undefined;
    return { officeId: home ?? child.officeId, breaches: [] };
  }
  const institution = await op.tx.row<{ office_id: string; state: string }>('select office_id, state from institutions.institutions where id = $1', [to.institutionId]);
  if (institution === undefined) throw notFound();
  const small = youngestAge(lifeOf(child).birth, on) < SMALL_BELOW;
  return { officeId: institution.office_id, breaches: [...(institution.state === 'open' ? [] : ['INSTITUTION_CLOSED']), ...(small ? ['TOO_SMALL_FOR_RESIDENTIAL'] : [])] };
}
