import { Inject, Injectable } from '@nestjs/common';
import { lockFamilyAnywhere } from '../carers/places.repo.js';
import type { LockedFamily } from '../carers/places.repo.js';
import { PlacesService } from '../carers/places.service.js';
import type { ChildFacts } from '../children/children.repo.js';
import { ChildrenService } from '../children/children.service.js';
import { addDays, todayIn } from '../kernel/civil-date.js';
import { newId } from '../kernel/ids.js';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';
import { recordAct } from '../platform/audit/acts.js';
import type { UserActor } from '../platform/auth/roles.js';
import { actorId } from '../platform/database/op.js';
import type { Op } from '../platform/database/op.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem, badInput, notFound } from '../platform/errors.js';
import { numberSetting } from '../platform/settings.js';
import { WorklistService } from '../worklist/worklist.service.js';
import type { ApproveCorrectionInput, CorrectEpisodeInput, CorrectionInput, DeclineCorrectionInput, ProposeCorrectionInput } from './correction.graphql.js';
import { FAMILY_KINDS, changedDays, edited, rewritten, stays } from './corrections.domain.js';
import type { Edit, EditRefusal, Edited } from './corrections.domain.js';
import { asRead, authorsOf, decideCorrection, familiesOf, findCorrection, insertCorrection, officeOf, placesOf, writeCare, writeStays, writeTimeline } from './corrections.repo.js';
import { usesOf } from './corrections.uses.js';
import { acts, needHerOffice } from './placements.policy.js';
import { insertPlacement } from './placements.repo.js';
import { tasks, workingDaysAfter } from './placements.tasks.js';
import { lifeOf } from './timeline.domain.js';
import type { Episode, Whereabouts } from './timeline.domain.js';
import { loadTimeline } from './timeline.repo.js';
import { takeAsFact } from './timeline.service.js';
import { keptDays } from './whereabouts.repo.js';

/** What is locked before a timeline is written otherwise. */
interface Locked {
  readonly child: ChildFacts;
  readonly timeline: readonly Episode[];
  readonly families: ReadonlyMap<string, LockedFamily>;
}

/** A timeline put right: what was written before stays readable, and everything that hangs on it follows in the same act. */
@Injectable()
export class CorrectionsService {
  constructor(
    @Inject(UnitOfWork) private readonly uow: UnitOfWork,
    @Inject(ChildrenService) private readonly children: ChildrenService,
    @Inject(PlacesService) private readonly places: PlacesService,
    @Inject(WorklistService) private readonly worklist: WorklistService,
  ) {}

  /** One's own slip of the pen, alone: refuses APPROVER_NEEDED with why, where it is anything else. */
  async correct(actor: UserActor, input: CorrectEpisodeInput, requestId: string): Promise<Result<string, EditRefusal | 'APPROVER_NEEDED'>> {
    return this.uow.command(actor, acts['episode.correct'], input, requestId, async (op): Promise<Result<string, EditRefusal | 'APPROVER_NEEDED'>> => {
      const edit = editOf(op, input);
      const locked = await this.#lock(op, input.childId, placeOf(edit));
      const after = edited(locked.timeline, lifeOf(locked.child), fresh(edit), newId);
      if (!after.ok) return after;
      const why = input.reason === 'typing_error' ? await this.#notAlone(op, locked, after.value) : ['not_a_typing_error'];
      if (why.length > 0) return refuse('APPROVER_NEEDED', { why });
      const events = await this.#write(op, locked, after.value);
      await recordAct(op, { subject: ['episode', after.value.about], about: locked.child.id, on: op.today, reason: input.reason, changed: [edit.what], events });
      return ok(after.value.about);
    });
  }

  /** Anything else is proposed with a reason; what it would make of the timeline is asked at once. */
  async propose(actor: UserActor, input: ProposeCorrectionInput, requestId: string): Promise<Result<string, EditRefusal | 'CORRECTION_WAITING'>> {
    return this.uow.command(actor, acts['correction.propose'], input, requestId, async (op): Promise<Result<string, EditRefusal | 'CORRECTION_WAITING'>> => {
      const edit = editOf(op, input);
      const { child, timeline } = await this.#lock(op, input.childId, placeOf(edit));
      const after = edited(timeline, lifeOf(child), edit, newId);
      if (!after.ok) return after;
      const id = newId();
      await insertCorrection(op, { id, childId: child.id, officeId: child.officeId, edit, readTimeline: asRead(timeline), reason: input.reason, note: input.note });
      await this.worklist.due(op, { kind: tasks.correction, subject: ['correction', id], about: child.id, to: { role: 'supervisor', office: child.officeId }, due: await workingDaysAfter(op, op.today, 5) });
      await recordAct(op, { subject: ['correction', id], about: child.id, on: op.today, reason: input.reason, changed: [edit.what] });
      return ok(id);
    });
  }

  /** Another supervisor approves, on the very timeline that was proposed on; otherwise STALE, and it is proposed again. */
  async approve(actor: UserActor, input: ApproveCorrectionInput, requestId: string): Promise<Result<string, EditRefusal | 'CORRECTION_STATE' | 'OWN_CORRECTION'>> {
    return this.uow.command(actor, acts['correction.approve'], input, requestId, async (op): Promise<Result<string, EditRefusal | 'CORRECTION_STATE' | 'OWN_CORRECTION'>> => {
      const found = await findCorrection(op, input.correctionId);
      if (found === undefined) throw notFound();
      const locked = await this.#lock(op, found.child_id, placeOf(found.edit));
      const correction = await findCorrection(op, found.id, true);
      if (correction?.state !== 'proposed') return refuse('CORRECTION_STATE', { state: correction?.state ?? 'declined' });
      if (correction.proposed_by === actorId(op)) return refuse('OWN_CORRECTION');
      if (asRead(locked.timeline) !== correction.read_timeline) throw new Problem('CONFLICT', 'problem.STALE', { changed: ['timeline'] });
      const after = edited(locked.timeline, lifeOf(locked.child), fresh(correction.edit), newId);
      if (!after.ok) return after;
      const events = await this.#write(op, locked, after.value);
      await decideCorrection(op, correction.id, 'applied', null);
      await this.worklist.done(op, { kind: tasks.correction, subjectId: correction.id });
      await recordAct(op, { subject: ['correction', correction.id], about: locked.child.id, on: op.today, reason: correction.reason, changed: [correction.what], events });
      return ok(correction.id);
    });
  }

  /** It stays as it was written. Whoever proposed it may take it back this way. */
  async decline(actor: UserActor, input: DeclineCorrectionInput, requestId: string): Promise<Result<string, 'CORRECTION_STATE'>> {
    return this.uow.command(actor, acts['correction.decline'], input, requestId, async (op): Promise<Result<string, 'CORRECTION_STATE'>> => {
      const found = await findCorrection(op, input.correctionId);
      if (found === undefined) throw notFound();
      const [child] = await this.children.lockChildren(op, [found.child_id]);
      if (child === undefined) throw notFound();
      needHerOffice(op, child);
      const correction = await findCorrection(op, found.id, true);
      if (correction?.state !== 'proposed') return refuse('CORRECTION_STATE', { state: correction?.state ?? 'declined' });
      await decideCorrection(op, correction.id, 'declined', input.note);
      await this.worklist.done(op, { kind: tasks.correction, subjectId: correction.id });
      await recordAct(op, { subject: ['correction', correction.id], about: child.id, on: op.today, reason: 'declined', changed: ['state'] });
      return ok(correction.id);
    });
  }

  /** Every family that she ever lived with, in the order of their ids, then the child: her places there may change. */
  async #lock(op: Op, childId: string, also: string | null): Promise<Locked> {
    const families = new Map<string, LockedFamily>();
    for (const id of await familiesOf(op, childId, also)) {
      const family = await lockFamilyAnywhere(op, id);
      if (family === undefined) throw notFound();
      families.set(id, family);
    }
    const [child] = await this.children.lockChildren(op, [childId]);
    if (child === undefined) throw notFound();
    needHerOffice(op, child);
    // Somebody moved her between reading and locking: nothing is decided on what was read.
    if ((await familiesOf(op, childId, also)).some((id) => !families.has(id))) throw new Problem('CONFLICT', 'problem.STALE', { changed: ['timeline'] });
    return { child, timeline: await loadTimeline(op, childId), families };
  }

  /** Why she may not correct this alone: it is another's, too long ago, or has been used. */
  async #notAlone(op: Op, { child, timeline }: Locked, after: Edited): Promise<string[]> {
    const days = changedDays(timeline, after.timeline);
    const written = await authorsOf(op, rewritten(timeline, after.timeline).map(({ id }) => id));
    const since = written.map(({ recorded_at }) => recorded_at).sort((a, b) => a.getTime() - b.getTime())[0];
    if (days === undefined || since === undefined) return ['not_yours'];
    const last = addDays(todayIn(since), await numberSetting(op, 'placements.own_correction_days', op.today));
    return [
      ...(written.every(({ recorded_by }) => recorded_by !== null && recorded_by === actorId(op)) ? [] : ['not_yours']),
      ...(op.today > last ? ['too_late'] : []),
      ...(await usesOf(op, { childId: child.id, days, since, sinceDay: todayIn(since) })),
    ];
  }

  /** Writes the timeline and all that hangs on it: stays, care periods, places, and where she lives now. Gives the events. */
  async #write(op: Op, { child, timeline, families }: Locked, after: Edited): Promise<(readonly [string, string])[]> {
    const offices = new Map<string, string>();
    const known = new Map(timeline.map((one) => [one.id, one]));
    for (const one of after.timeline) {
      const was = known.get(one.id);
      if (was !== undefined && was.institutionId === one.institutionId && was.familyId === one.familyId && was.kind === one.kind) continue;
      const office = await officeOf(op, one, child.officeId, families);
      if (office === undefined) throw notFound();
      offices.set(one.id, office);
    }
    const beds = bedsOf(timeline);
    const events = await writeStays(op, timeline, after.timeline, op.today, async (id, { from, to, first }) => {
      const family = families.get(first.familyId ?? '');
      if (family === undefined) throw notFound();
      await insertPlacement(op, {
        id, childId: child.id, familyId: family.id, careKind: first.kind as 'foster' | 'kinship' | 'family_house', officeId: child.officeId, familyOfficeId: family.office_id,
        state: to === null ? 'active' : 'ended', plannedOn: op.today, startsOn: from, endedOn: to, endReason: to === null ? null : 'moved',
      });
    });
    await writeTimeline(op, child.id, timeline, after.timeline, offices);
    await writeCare(op, child.id, timeline, after.timeline);
    await this.#placesFollow(op, beds, bedsOf(after.timeline));
    await this.#livesNow(op, child, timeline.at(-1), after.timeline.at(-1));
    return [...events, ['episode.changed', child.id]];
  }

  /** It has happened, so a full family gets a place marked as breach; what never was gives its place back. */
  async #placesFollow(op: Op, before: ReadonlyMap<string, Bed>, after: ReadonlyMap<string, Bed>): Promise<void> {
    const written = await placesOf(op, [...new Set([...before.keys(), ...after.keys()])]);
    const unchanged = (occupantId: string): boolean => JSON.stringify(before.get(occupantId)) === JSON.stringify(after.get(occupantId));
    for (const { familyId, occupantId, from } of written) if (!unchanged(occupantId)) await this.places.releasePlace(op, { familyId, occupantId, from });
    for (const [occupantId, { familyId, from, to }] of after) {
      // What was given up meanwhile is not taken again.
      if (unchanged(occupantId)) continue;
      await takeAsFact(op, this.places, { familyId, occupantId, from, to });
    }
    for (const [occupantId, { familyId }] of after) await this.places.markKept(op, { familyId, occupantId, kept: await keptDays(op, occupantId) });
  }

  /** Where she lives today may be elsewhere than was written. */
  async #livesNow(op: Op, child: ChildFacts, before: Episode | undefined, after: Episode | undefined): Promise<void> {
    if (after === undefined || after.to !== null) return;
    if (before !== undefined && before.kind === after.kind && before.institutionId === after.institutionId && before.familyId === after.familyId) return;
    const row = await op.tx.row<{ office_id: string }>('select office_id from placements.episodes where id = $1', [after.id]);
    await this.children.livesNow(op, child.id, { institutionId: after.institutionId, officeId: row?.office_id ?? child.officeId });
  }
}

interface Bed {
  readonly familyId: string;
  readonly from: Episode['from'];
  readonly to: Episode['to'];
}

/** Where she has had a place: with the family of each stay, and wherever else she slept in a family of the register. */
function bedsOf(timeline: readonly Episode[]): Map<string, Bed> {
  const beds = new Map<string, Bed>();
  for (const [id, { from, to, first }] of stays(timeline)) {
    const home = timeline.find((one) => one.placementId === id && FAMILY_KINDS.includes(one.kind)) ?? first;
    if (home.familyId !== null) beds.set(id, { familyId: home.familyId, from, to });
  }
  for (const one of timeline) if (one.familyId !== null && !FAMILY_KINDS.includes(one.kind)) beds.set(one.id, { familyId: one.familyId, from: one.from, to: one.to });
  return beds;
}

/** The change that an input asks for. It lies behind us: what is ahead is no correction. */
function editOf(op: Op, input: CorrectionInput): Edit {
  const [from, to, episodeId] = [input.startsOn ?? null, input.endsOn ?? null, input.episodeId ?? null];
  for (const [path, day] of [['startsOn', from], ['endsOn', to]] as const) if (day !== null && day > op.today) throw badInput(path, 'validation.future');
  const place = input.place ?? null;
  if (input.what === 'missed') {
    if (from === null) throw badInput('startsOn', 'validation.isNotEmpty');
    if (to === null || to <= from) throw badInput('endsOn', 'validation.isNotEmpty');
    if (place === null) throw badInput('place', 'validation.isNotEmpty');
    return { what: 'missed', from, to, place: whereabouts(place) };
  }
  if (episodeId === null) throw badInput('episodeId', 'validation.isNotEmpty');
  if (input.what === 'never_was') return { what: 'never_was', episodeId, daysGoTo: input.daysGoTo ?? 'before' };
  if (input.what === 'other_place') {
    if (place === null) throw badInput('place', 'validation.isNotEmpty');
    return { what: 'other_place', episodeId, place: whereabouts(place) };
  }
  if (from === null && to === null) throw badInput('startsOn', 'validation.isNotEmpty');
  return { what: 'moved', episodeId, from, to };
}

/** A place as the timeline writes it; an institution and a family are named where she lived in one, and only there. */
function whereabouts(place: NonNullable<CorrectionInput['place']>): Whereabouts {
  const [institutionId, familyId] = [place.institutionId ?? null, place.familyId ?? null];
  if ((place.kind === 'institution') !== (institutionId !== null)) throw badInput('place.institutionId', 'validation.isNotEmpty');
  if (FAMILY_KINDS.includes(place.kind) !== (familyId !== null)) throw badInput('place.familyId', 'validation.isNotEmpty');
  return { kind: place.kind, institutionId, familyId, placementId: null };
}

function placeOf(edit: Edit): string | null {
  return 'place' in edit ? edit.place.familyId : null;
}

/** A stay with a family is a placement of its own: it gets its id when it is written. */
function fresh(edit: Edit): Edit {
  return 'place' in edit && edit.place.familyId !== null ? { ...edit, place: { ...edit.place, placementId: newId() } } : edit;
}
