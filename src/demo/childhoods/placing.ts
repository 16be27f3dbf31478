import { ageOn, latestBirth } from '../../kernel/age.js';
import { addDays, addWorkingDays, maxDate, minDate, startOfDay } from '../../kernel/civil-date.js';
import type { CivilDate } from '../../kernel/civil-date.js';
import { isConfidentialEnd } from '../../placements/placements.policy.js';
import { days } from '../copy.js';
import type { Sheet } from '../copy.js';
import type { Stream } from '../random.js';
import type { Decision } from './gatekeeping.js';
import { Hearing } from './hearing.js';
import type { Homes } from './homes.js';
import type { Life, Placement } from './life.js';
import type { Pen } from './pen.js';
import type { Relative } from './relations.js';
import { FACT_REASONS, PLAN_REASONS } from './texts.js';
import type { Visited } from './visiting.js';

const HOUR = 3_600_000;
const HANDOVER_DAYS = 90;
const PLACEMENTS = [
  'id', 'child_id', 'family_id', 'care_kind', 'office_id', 'family_office_id', 'state', 'planned_by', 'planned_on', 'plan_reason', 'approved_by', 'approved_on', 'starts_on', 'ended_on',
  'end_reason', 'cancelled_on', 'cancel_reason', 'emergency', 'address_rule', 'breaches', 'proposal_id', 'version',
] as const;
export type PlacementRow = Readonly<Record<(typeof PLACEMENTS)[number], Parameters<Sheet<(typeof PLACEMENTS)[number]>['add']>[0]['id']>>;

/** A plan that was made and approved, as those who hear of it need it. */
export interface Plan {
  readonly id: string;
  readonly familyId: string;
  readonly officeId: string;
  readonly familyOfficeId: string;
  readonly plannedOn: CivilDate;
  readonly approvedOn: CivilDate;
  readonly plannerId: string;
}

/** Writes the stays of children with families: plan, consultations, agreement, approval, move, end; or a fact as it was. */
export class Placing {
  readonly hearing: Hearing;
  readonly #placements: Sheet<(typeof PLACEMENTS)[number]>;
  readonly #occupancies: Sheet<'family_id' | 'slot' | 'during' | 'kind' | 'occupant_id' | 'expires_at'>;
  readonly #shares: Sheet<'id' | 'child_id' | 'office_id' | 'during' | 'why'>;
  readonly #emergencies: Sheet<'placement_id' | 'reason' | 'word_of' | 'word_at' | 'adults_declared' | 'home_seen_on' | 'child_seen_on' | 'confirm_due_at' | 'papers_due_on'>;
  readonly #breaches: Sheet<'id' | 'code' | 'child_id' | 'family_id' | 'placement_id' | 'episode_id' | 'office_id' | 'on_day' | 'recorded_by' | 'recorded_at' | 'seen_by' | 'seen_on'>;

  constructor(
    private readonly pen: Pen,
    private readonly homes: Homes,
  ) {
    const { sheets } = pen;
    this.hearing = new Hearing(pen);
    this.#placements = sheets.sheet('placements.placements', PLACEMENTS);
    this.#occupancies = sheets.sheet('carers.place_occupancies', ['family_id', 'slot', 'during', 'kind', 'occupant_id', 'expires_at']);
    this.#shares = sheets.sheet('children.shares', ['id', 'child_id', 'office_id', 'during', 'why']);
    this.#emergencies = sheets.sheet('placements.emergencies', ['placement_id', 'reason', 'word_of', 'word_at', 'adults_declared', 'home_seen_on', 'child_seen_on', 'confirm_due_at', 'papers_due_on']);
    this.#breaches = sheets.sheet('placements.breaches', ['id', 'code', 'child_id', 'family_id', 'placement_id', 'episode_id', 'office_id', 'on_day', 'recorded_by', 'recorded_at', 'seen_by', 'seen_on']);
  }

  /** Writes every placement of a life. Gives them as visits need them. */
  write(life: Life, offices: readonly string[], relatives: readonly Relative[], decision: Decision): Visited[] {
    return life.placements.map((placement): Visited => {
      const random = this.pen.stream('placement', placement.id);
      const at = life.stays.findIndex((stay) => stay.placement === placement);
      const before = offices[at - 1] ?? offices[0] ?? '';
      const startedOn = life.stays[at]?.recordedOn ?? placement.startsOn;
      const plannerId = placement.how === 'planned' ? this.#planned(life, placement, before, startedOn, relatives, random) : null;
      if (placement.how !== 'planned') this.#fact(life, placement, { officeId: before, episodeId: life.stays[at]?.id ?? '', recordedOn: startedOn, decision }, random);
      this.occupy(placement, 'placement', placement.startsOn, placement.endedOn, null);
      this.#handOver(life, before, placement.family.officeId, startedOn, random);
      this.#end(life, placement, random);
      return {
        placementId: placement.id, childId: life.child.id, officeId: before, plannerId, startsOn: placement.startsOn, startedOn, endedOn: placement.endedOn, not: [placement.family.workerId],
      };
    });
  }

  /** Writes the place that somebody has. */
  occupy({ id, family }: Pick<Placement, 'id' | 'family'>, kind: 'hold' | 'placement', from: CivilDate, to: CivilDate | null, expiresAt: Date | null): void {
    this.#occupancies.add({ family_id: family.id, slot: this.homes.placeOf(family, id), during: days(from, to), kind, occupant_id: id, expires_at: expiresAt });
  }

  /** Writes a placement's row: what is not given stays empty. */
  row(row: Partial<PlacementRow> & Pick<PlacementRow, 'id' | 'child_id' | 'family_id' | 'care_kind' | 'office_id' | 'family_office_id' | 'state' | 'planned_on' | 'starts_on'>): void {
    const none = {
      planned_by: null, plan_reason: null, approved_by: null, approved_on: null, ended_on: null, end_reason: null, cancelled_on: null, cancel_reason: null, emergency: false,
      address_rule: 'named', breaches: [], proposal_id: null, version: 1,
    };
    this.#placements.add({ ...none, ...row });
  }

  /** Opens a child's file to one more office for some days. */
  share(childId: string, officeId: string, from: CivilDate, to: CivilDate | null, why: 'transition' | 'handover', random: Stream): void {
    this.#shares.add({ id: random.id(from), child_id: childId, office_id: officeId, during: days(from, to === null ? null : maxDate(addDays(from, 1), to)), why });
  }

  #planned(life: Life, placement: Placement, officeId: string, startedOn: CivilDate, relatives: readonly Relative[], random: Stream): string {
    const { child } = life;
    const { family, startsOn } = placement;
    const hurried = life.placements[0] !== placement;
    const plannedOn = maxDate(child.registeredOn, addDays(startsOn, -(hurried ? random.between(3, 9) : random.between(9, 26))));
    const approvedOn = minDate(addDays(startsOn, -1), addDays(plannedOn, random.between(2, 8)));
    const planner = this.pen.serving('social_worker', officeId, plannedOn, child.id, [family.workerId]);
    const plan: Plan = { id: placement.id, familyId: family.id, officeId, familyOfficeId: family.officeId, plannedOn, approvedOn, plannerId: planner.accountId };
    const ended = placement.endedOn !== null;
    const act = (name: string, by: typeof planner, on: CivilDate, reason: string | null, changed: readonly string[], recordedOn = on): string =>
      this.pen.chronicle.act(random, { act: name, by, subject: ['placement', placement.id], about: child.id, on, recordedOn, reason, changed });
    act('placement.plan', planner, plannedOn, 'direct', []);
    const approver = this.hearing.write(life, plan, family, relatives, random);
    this.row({
      id: placement.id, child_id: child.id, family_id: family.id, care_kind: placement.careKind, office_id: officeId, family_office_id: family.officeId, state: ended ? 'ended' : 'active',
      planned_by: planner.accountId, planned_on: plannedOn, plan_reason: random.pick(PLAN_REASONS), approved_by: approver, approved_on: approvedOn, starts_on: startsOn,
      ended_on: placement.endedOn, end_reason: placement.endReason, address_rule: addressRule(life, random), version: ended ? 4 : 3,
    });
    if (officeId !== family.officeId) this.share(child.id, family.officeId, plannedOn, startsOn, 'transition', random);
    act('placement.start', this.pen.serving('social_worker', officeId, startedOn, child.id), startsOn, null, ['state'], startedOn);
    return planner.accountId;
  }

  #fact(life: Life, placement: Placement, { officeId, episodeId, recordedOn, decision }: { readonly officeId: string; readonly episodeId: string; readonly recordedOn: CivilDate; readonly decision: Decision }, random: Stream): void {
    const { child } = life;
    const { family, startsOn } = placement;
    const emergency = placement.how === 'emergency';
    const late = !emergency && (decision.concludedOn === null || decision.concludedOn > startsOn);
    const breaches = late ? ['GATEKEEPING_INCOMPLETE'] : [];
    const by = this.pen.serving('social_worker', officeId, recordedOn, child.id);
    const ended = placement.endedOn !== null;
    this.row({
      id: placement.id, child_id: child.id, family_id: family.id, care_kind: placement.careKind, office_id: officeId, family_office_id: family.officeId, state: ended ? 'ended' : 'active',
      planned_on: recordedOn, plan_reason: random.pick(FACT_REASONS), starts_on: startsOn, ended_on: placement.endedOn, end_reason: placement.endReason, emergency,
      address_rule: addressRule(life, random), breaches, version: ended ? 2 : 1,
    });
    this.pen.chronicle.act(random, {
      act: 'placement.recordFact', by, subject: ['placement', placement.id], about: child.id, on: startsOn, recordedOn, reason: breaches.length > 0 ? 'breach' : 'fact',
    });
    if (emergency) this.#emergency(life, placement, officeId, recordedOn, random);
    if (late) this.#breach(life, placement, { officeId, episodeId, recordedOn, by: by.accountId }, random);
  }

  #emergency({ child }: Life, { id, startsOn }: Placement, officeId: string, recordedOn: CivilDate, random: Stream): void {
    const supervisor = this.pen.serving('supervisor', officeId, startsOn, id);
    const wordAt = new Date(startOfDay(startsOn).getTime() + random.between(1, 22) * HOUR);
    const confirm = new Date(startOfDay(recordedOn).getTime() + 88 * HOUR);
    const papersDueOn = addWorkingDays(startsOn, 10, this.pen.country.holidays);
    this.#emergencies.add({
      placement_id: id, reason: random.pick(FACT_REASONS), word_of: supervisor.accountId, word_at: wordAt, adults_declared: true, home_seen_on: startsOn, child_seen_on: startsOn,
      confirm_due_at: confirm, papers_due_on: papersDueOn,
    });
    const worker = this.pen.serving('social_worker', officeId, recordedOn, child.id);
    this.#byHand('placements.confirm', id, child.id, { role: 'supervisor', office: officeId, by: supervisor }, recordedOn, confirm, addDays(recordedOn, 2), random);
    this.#byHand('placements.papers', id, child.id, { role: 'social_worker', office: officeId, by: worker }, recordedOn, papersDueOn, addDays(recordedOn, random.between(4, 20)), random);
  }

  /** A fact beyond a rule: a supervisor sees to it, most of the time soon. */
  #breach({ child }: Life, placement: Placement, { officeId, episodeId, recordedOn, by }: { readonly officeId: string; readonly episodeId: string; readonly recordedOn: CivilDate; readonly by: string }, random: Stream): void {
    const id = random.id(recordedOn);
    this.#breaches.add({
      id, code: 'GATEKEEPING_INCOMPLETE', child_id: child.id, family_id: placement.family.id, placement_id: placement.id, episode_id: episodeId, office_id: officeId, on_day: placement.startsOn,
      recorded_by: by, recorded_at: startOfDay(addDays(recordedOn, 1)), seen_by: null, seen_on: null,
    });
    const supervisor = this.pen.serving('supervisor', officeId, recordedOn, placement.id);
    this.#byHand('placements.breach', placement.id, child.id, { role: 'supervisor', office: officeId, by: supervisor, detail: 'GATEKEEPING_INCOMPLETE' }, recordedOn, recordedOn, addDays(recordedOn, random.between(1, 9)), random);
  }

  /** A task that a person ticks off; what was due long ago has been, what is due now mostly not yet. */
  #byHand(
    kind: string, subjectId: string, about: string,
    { role, office, by, detail }: { readonly role: 'supervisor' | 'social_worker'; readonly office: string; readonly by: ReturnType<Pen['serving']>; readonly detail?: string },
    openedOn: CivilDate, due: CivilDate | Date, doneOn: CivilDate, random: Stream,
  ): void {
    const done = doneOn <= this.pen.last;
    const id = this.pen.chronicle.task(random, {
      kind, subject: ['placement', subjectId], about, detail, to: { role, office }, openedOn, due, closed: done ? { on: doneOn, by: by.accountId } : undefined,
    });
    if (done) this.pen.chronicle.act(random, { act: 'task.complete', by, subject: ['task', id], about, on: doneOn, reason: kind, changed: ['state'] });
  }

  /** The office that she leaves keeps the file for the days of handing over. */
  #handOver({ child }: Life, from: string, to: string, on: CivilDate, random: Stream): void {
    if (from !== to) this.share(child.id, from, on, addDays(on, HANDOVER_DAYS), 'handover', random);
  }

  #end(life: Life, placement: Placement, random: Stream): void {
    const { endedOn, endReason, family } = placement;
    if (endedOn === null || endReason === null) return;
    const next = life.stays.find(({ from, placement: other }) => from === endedOn && other !== placement);
    // Who moves on to another family moves by one act.
    if (next?.placement?.how === 'planned' || next?.placement?.how === 'fact' || next?.placement?.how === 'emergency') return;
    const recordedOn = next?.recordedOn ?? this.pen.late(endedOn, 1);
    const by = this.pen.serving('social_worker', family.officeId, recordedOn, life.child.id);
    this.pen.chronicle.act(random, {
      act: 'placement.end', by, subject: ['placement', placement.id], about: life.child.id, on: endedOn, recordedOn, reason: isConfidentialEnd(endReason) ? 'confidential' : endReason, changed: ['state'],
    });
  }
}

/** Confidential after abuse or trafficking. */
function addressRule({ household }: Life, random: Stream): string {
  if (['abuse', 'trafficking'].includes(household.mainReason)) return 'confidential';
  return random.chance(0.1) ? 'open' : 'named';
}

/** How old a child is on a day, by her latest possible birth. */
export function ageAt({ child }: Life, on: CivilDate): number {
  return ageOn(latestBirth(child.birth), on);
}
