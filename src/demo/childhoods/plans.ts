import { addDays, addWorkingDays, startOfDay } from '../../kernel/civil-date.js';
import type { CivilDate } from '../../kernel/civil-date.js';
import { strategiesNeeded } from '../../matching/ranking.domain.js';
import { days } from '../copy.js';
import type { Sheet } from '../copy.js';
import type { Stream } from '../random.js';
import type { DemoFamily, DemoPosting } from '../world.js';
import type { Described } from './files.js';
import type { Decision } from './gatekeeping.js';
import type { Homes } from './homes.js';
import type { Life } from './life.js';
import type { Listed, Matchmaking } from './matchmaking.js';
import { DECLINED_BEFORE, OPEN_PLANS } from './odds.js';
import { moment } from './pen.js';
import type { Pen } from './pen.js';
import type { Placing, Plan } from './placing.js';
import type { Relative } from './relations.js';
import { DECLINED, PLAN_REASONS, STRATEGIES, TOLD } from './texts.js';

const DAY_MS = 86_400_000;
const HOLD_DAYS = 7;
const STANDINGS = ['id', 'family_id', 'adult_id', 'code', 'during', 'source_id', 'reason', 'confidential'] as const;

/** A child who waits for a family, with what is known of her. */
export interface Waiting {
  readonly life: Life;
  readonly described: Described;
  readonly officeId: string;
  readonly relatives: readonly Relative[];
  readonly decision: Decision;
}

/** Plans that are being made these days for children who wait: proposals with their holds, approvals that are due; and families that have said no. */
export class Plans {
  readonly #told: Sheet<'id' | 'proposal_id' | 'topic' | 'words' | 'told_on' | 'told_by'>;
  readonly #proposals: Sheet<'id' | 'list_id' | 'child_id' | 'family_id' | 'office_id' | 'proposed_by' | 'proposed_on' | 'reason' | 'emergency' | 'state' | 'held_until' | 'answered_on' | 'answered_by' | 'told' | 'answer_reason' | 'ended_on' | 'version'>;
  readonly #proposed: Sheet<'proposal_id' | 'child_id' | 'placement_id'>;
  readonly #strategies: Sheet<'proposal_id' | 'factor' | 'text' | 'recorded_by' | 'recorded_on'>;
  readonly #standings: Sheet<(typeof STANDINGS)[number]>;
  #known = 0;

  constructor(
    private readonly pen: Pen,
    private readonly homes: Homes,
    private readonly matchmaking: Matchmaking,
    private readonly placing: Placing,
  ) {
    const { sheets } = pen;
    this.#proposals = sheets.sheet('matching.proposals', [
      'id', 'list_id', 'child_id', 'family_id', 'office_id', 'proposed_by', 'proposed_on', 'reason', 'emergency', 'state', 'held_until', 'answered_on', 'answered_by', 'told', 'answer_reason',
      'ended_on', 'version',
    ]);
    this.#proposed = sheets.sheet('matching.proposal_children', ['proposal_id', 'child_id', 'placement_id']);
    this.#told = sheets.sheet('matching.told_items', ['id', 'proposal_id', 'topic', 'words', 'told_on', 'told_by']);
    this.#strategies = sheets.sheet('matching.strategies', ['proposal_id', 'factor', 'text', 'recorded_by', 'recorded_on']);
    this.#standings = sheets.sheet('carers.standings', STANDINGS);
  }

  /** Looks whether somebody is planning for this child now, and writes it. */
  consider(waiting: Waiting): void {
    const { life, decision } = waiting;
    const last = life.stays.at(-1);
    if (decision.chosen !== 'foster' || decision.concludedOn === null || last?.kind !== 'institution' || life.diedOn !== null || decision.concludedOn > addDays(this.pen.last, -25)) return;
    const random = this.pen.stream('plans', life.child.id);
    if (random.chance(DECLINED_BEFORE)) this.#declined(waiting, random);
    // Where the known people work there is something of everything.
    const known = last.institution === this.pen.country.institutions[0] && this.#known < KNOWN.length;
    const how = known ? KNOWN[this.#known] : random.chance(OPEN_PLANS) ? random.weighted(HOW) : undefined;
    if (how !== undefined && this.#plan(waiting, how, random) && known) this.#known += 1;
  }

  /** A place is kept for her from a day on. Says whether a family was found. */
  #plan(waiting: Waiting, how: How, random: Stream): boolean {
    const { life, officeId } = waiting;
    const { child } = life;
    const plannedOn = addDays(this.pen.last, -random.between(how === 'waiting' ? 0 : 2, 4));
    const startsOn = addDays(this.pen.country.today, random.between(3, 14));
    const planner = this.pen.serving('social_worker', officeId, plannedOn, child.id);
    const { id: listId, listed } = this.matchmaking.ask({ ...waiting, by: planner, on: plannedOn, startsOn, careKind: 'foster' }, random);
    const placementId = random.id(plannedOn);
    const chosen = listed.slice(0, 5).find(({ family }) => family.full !== true && family.workerId !== planner.accountId && this.homes.take(family, { occupantId: placementId, child, from: startsOn, to: null }) !== undefined);
    if (chosen === undefined) return false;
    const { family } = chosen;
    const proposalId = how === 'direct' ? null : random.id(plannedOn);
    const until = holdUntil(plannedOn, startsOn);
    const plan: Plan = {
      id: placementId, familyId: family.id, officeId, familyOfficeId: family.officeId, plannedOn, approvedOn: this.pen.last, plannerId: planner.accountId,
    };
    if (proposalId !== null) this.#propose(waiting, { proposalId, listId, placementId, until, answered: how !== 'waiting' }, chosen, planner, plannedOn, random);
    else this.pen.chronicle.act(random, { act: 'placement.plan', by: planner, subject: ['placement', placementId], about: child.id, on: plannedOn, reason: 'direct' });
    const approver = this.#decide(waiting, plan, family, how, random);
    this.#placement(waiting, plan, family, { approver, startsOn, proposalId, until }, random);
    return true;
  }

  #placement(
    { life, officeId }: Waiting, plan: Plan, family: DemoFamily,
    { approver, startsOn, proposalId, until }: { readonly approver: string | null; readonly startsOn: CivilDate; readonly proposalId: string | null; readonly until: Date }, random: Stream,
  ): void {
    const approved = approver !== null;
    this.placing.row({
      id: plan.id, child_id: life.child.id, family_id: family.id, care_kind: 'foster', office_id: officeId, family_office_id: family.officeId, state: approved ? 'approved' : 'planned',
      planned_by: plan.plannerId, planned_on: plan.plannedOn, plan_reason: random.pick(PLAN_REASONS), approved_by: approver, approved_on: approved ? plan.approvedOn : null,
      starts_on: startsOn, proposal_id: proposalId, version: approved ? 2 : 1,
    });
    this.placing.occupy({ id: plan.id, family }, 'hold', startsOn, null, until);
    if (officeId !== family.officeId) this.placing.share(life.child.id, family.officeId, plan.plannedOn, null, 'transition', random);
  }

  /** How far it has come: nobody heard yet, everybody heard and signed, or approved. Gives who approved. */
  #decide({ life, relatives, officeId }: Waiting, plan: Plan, family: DemoFamily, how: How, random: Stream): string | null {
    const { hearing } = this.placing;
    if (how === 'approved') return hearing.write(life, plan, family, relatives, random);
    if (how === 'heard' || how === 'direct') {
      const heard = hearing.hear(life, plan, relatives, this.pen.last, random);
      hearing.sign(life, plan, family, [heard.on, this.pen.last], random);
    }
    this.pen.chronicle.task(random, {
      kind: 'placements.approve', subject: ['placement', plan.id], about: life.child.id, to: { role: 'supervisor', office: officeId }, openedOn: plan.plannedOn,
      due: addWorkingDays(plan.plannedOn, 3, this.pen.country.holidays),
    });
    return null;
  }

  #propose(
    { life: { child }, officeId }: Waiting,
    { proposalId, listId, placementId, until, answered }: { readonly proposalId: string; readonly listId: string; readonly placementId: string; readonly until: Date; readonly answered: boolean },
    chosen: Listed, planner: DemoPosting, on: CivilDate, random: Stream,
  ): void {
    const answeredOn = answered ? this.pen.late(on, random.between(0, 1)) : null;
    const answerer = answeredOn === null ? null : this.pen.serving('social_worker', officeId, answeredOn, child.id);
    this.#proposals.add({
      id: proposalId, list_id: listId, child_id: child.id, family_id: chosen.family.id, office_id: officeId, proposed_by: planner.accountId, proposed_on: on,
      reason: chosen.rank === 1 ? null : random.pick(PLAN_REASONS), emergency: false, state: answered ? 'accepted' : 'waiting', held_until: until, answered_on: answeredOn,
      answered_by: answerer?.accountId, told: answered ? random.pick(TOLD) : null, answer_reason: null, ended_on: null, version: answered ? 2 : 1,
    });
    this.#proposed.add({ proposal_id: proposalId, child_id: child.id, placement_id: placementId });
    for (const factor of strategiesNeeded(chosen.factors)) this.#strategies.add({ proposal_id: proposalId, factor, text: random.pick(STRATEGIES), recorded_by: planner.accountId, recorded_on: on });
    this.pen.chronicle.act(random, { act: 'match.propose', by: planner, subject: ['proposal', proposalId], about: child.id, on, reason: 'planned' });
    this.#tell(random, proposalId, answerer ?? planner, answeredOn ?? on);
    if (answerer !== null && answeredOn !== null) {
      this.pen.chronicle.act(random, { act: 'match.answer', by: answerer, subject: ['proposal', proposalId], about: child.id, on: answeredOn, reason: 'accepted', changed: ['state'] });
    }
  }

  /** Families hear before they answer; who has not answered yet has heard it too. */
  #tell(random: Stream, proposalId: string, by: DemoPosting, on: CivilDate): void {
    for (const topic of ['needs', 'behaviour', 'contact', 'support']) this.#told.add({ id: random.id(on), proposal_id: proposalId, topic, words: random.pick(TOLD), told_on: on, told_by: by.accountId });
  }

  /** A family that was asked before and said no: the plan was called off, and it is not asked for this child again. */
  #declined(waiting: Waiting, random: Stream): void {
    const { life: { child }, officeId, decision } = waiting;
    const on = this.pen.late(addDays(decision.concludedOn ?? this.pen.last, 3), random.between(0, 10));
    const planner = this.pen.serving('social_worker', officeId, on, child.id);
    const startsOn = addDays(on, random.between(8, 20));
    const { id: listId, listed } = this.matchmaking.ask({ ...waiting, by: planner, on, startsOn, careKind: 'foster' }, random);
    const chosen = listed.find(({ family }) => family.full !== true);
    if (chosen === undefined) return;
    const { family } = chosen;
    const [proposalId, placementId, saidOn] = [random.id(on), random.id(on), this.pen.late(on, random.between(1, 5))];
    const by = this.pen.serving('social_worker', officeId, saidOn, child.id);
    this.placing.row({
      id: placementId, child_id: child.id, family_id: family.id, care_kind: 'foster', office_id: officeId, family_office_id: family.officeId, state: 'cancelled', planned_by: planner.accountId,
      planned_on: on, plan_reason: random.pick(PLAN_REASONS), starts_on: startsOn, cancelled_on: saidOn, cancel_reason: 'family_declined', proposal_id: proposalId, version: 2,
    });
    this.#proposals.add({
      id: proposalId, list_id: listId, child_id: child.id, family_id: family.id, office_id: officeId, proposed_by: planner.accountId, proposed_on: on,
      reason: chosen.rank === 1 ? null : random.pick(PLAN_REASONS), emergency: false, state: 'declined', held_until: null, answered_on: saidOn, answered_by: by.accountId, told: random.pick(TOLD),
      answer_reason: random.pick(DECLINED), ended_on: saidOn, version: 2,
    });
    this.#proposed.add({ proposal_id: proposalId, child_id: child.id, placement_id: placementId });
    for (const factor of strategiesNeeded(chosen.factors)) this.#strategies.add({ proposal_id: proposalId, factor, text: random.pick(STRATEGIES), recorded_by: planner.accountId, recorded_on: on });
    this.#tell(random, proposalId, by, saidOn);
    this.#standings.add({ id: random.id(saidOn), family_id: family.id, adult_id: null, code: 'declined', during: days(saidOn, null), source_id: child.id, reason: null, confidential: false });
    this.pen.chronicle.act(random, { act: 'match.propose', by: planner, subject: ['proposal', proposalId], about: child.id, on, reason: 'planned' });
    this.pen.chronicle.act(random, { act: 'match.answer', by, subject: ['proposal', proposalId], about: child.id, on: saidOn, reason: 'declined', changed: ['state'] });
    this.pen.chronicle.task(random, {
      kind: 'placements.approve', subject: ['placement', placementId], about: child.id, to: { role: 'supervisor', office: officeId }, openedOn: on,
      due: addWorkingDays(on, 3, this.pen.country.holidays), closed: { on: saidOn, by: by.accountId, state: 'cancelled' },
    });
  }
}

/** How far a plan has come. */
type How = 'waiting' | 'accepted' | 'heard' | 'direct' | 'approved';
const HOW: readonly (readonly [How, number])[] = [['waiting', 30], ['accepted', 20], ['heard', 20], ['direct', 10], ['approved', 20]];
const KNOWN: readonly How[] = ['waiting', 'heard', 'approved', 'accepted'];

/** Seven days after the plan or after its start, whichever is later: the setting placements.hold_days. */
function holdUntil(plannedOn: CivilDate, startsOn: CivilDate): Date {
  return new Date(Math.max(moment(plannedOn, 0).getTime() + HOLD_DAYS * DAY_MS, startOfDay(addDays(startsOn, HOLD_DAYS)).getTime()));
}
