import { addDays, addWorkingDays, daysBetween, minDate } from '../../kernel/civil-date.js';
import type { CivilDate } from '../../kernel/civil-date.js';
import { sealField } from '../../platform/field-crypto.js';
import type { FieldKeys } from '../../platform/field-crypto.js';
import type { Chronicle } from '../chronicle.js';
import { days } from '../copy.js';
import type { Sheet, Sheets } from '../copy.js';
import { stream } from '../random.js';
import type { Stream } from '../random.js';
import type { DemoApproval, DemoLand, DemoPosting } from '../world.js';
import { Desk } from './desk.js';
import type { Household } from './household.js';
import type { FamilyPlan } from './plan.js';

const RESPITE = ['id', 'family_id', 'during', 'over_reason', 'recorded_by', 'cancelled_on'] as const;
const EXEMPTION = ['id', 'family_id', 'during', 'reason', 'citation', 'granted_on', 'granted_by', 'ended_on'] as const;
const OWN_CHILD = ['id', 'family_id', 'name_km', 'name_latin', 'sex', 'birth_date', 'birth_precision', 'during'] as const;
const COMPLAINT = [
  'id', 'family_id', 'received_on', 'recorded_by', 'topic', 'words', 'words_sealed', 'about_accounts', 'level', 'office_id', 'due_on', 'appeal_of', 'answered_on', 'answered_by', 'outcome', 'answer',
  'answer_sealed',
] as const;
const EXIT = ['id', 'family_id', 'held_on', 'held_by', 'reasons', 'words', 'would_return'] as const;
const PLACE = ['family_id', 'slot', 'during', 'basis', 'source_id'] as const;

/** The settings carers.complaint_working_days and carers.exit_interview_days. */
const ANSWER_DAYS = 10;
const EXIT_DAYS = 30;

const WORDS: Readonly<Record<string, readonly string[]>> = {
  money: ['The money for the last two months came late.', 'ប្រាក់ឧបត្ថម្ភមកយឺត'],
  support: ['Nobody came when we asked for help with school.', 'យើងស្នើសុំជំនួយ តែគ្មានអ្នកឆ្លើយ'],
  placement: ['We were told of the child on the day on which she came.', 'យើងមិនបានដឹងមុនពេលកុមារមកដល់ទេ'],
  worker: ['The worker did not greet us and spoke loudly in front of the children.', 'បុគ្គលិកនិយាយខ្លាំងនៅមុខកុមារ'],
  other: ['We would like to be told earlier of the course.', 'យើងចង់ដឹងអំពីវគ្គសិក្សាឲ្យបានមុន'],
};
const ANSWERS = ['We looked into it, said sorry, and agreed what is done from now on.', 'យើងបានពិនិត្យ និងសុំទោស', 'We heard everybody who was there and could not confirm it.'] as const;
const APPEALED = ['The answer did not say what happens next.', 'យើងមិនយល់ព្រមនឹងចម្លើយ'] as const;
const LEFT_FOR: Readonly<Record<string, readonly string[]>> = {
  resigned: ['own_family', 'work', 'too_little_support', 'money'], moved_away: ['moved'], carer_died: ['own_family', 'own_health'], no_longer_needed: ['wish_fulfilled'],
  approval_removed: ['way_they_were_treated', 'did_not_want_to_say'],
};

/** A family as its carers' side is written. */
export interface SideOf {
  readonly home: Household;
  readonly officeId: string;
  readonly plan: FamilyPlan;
  readonly approvals: readonly DemoApproval[];
}

interface Complaint {
  readonly familyId: string;
  readonly on: CivilDate;
  readonly by: DemoPosting;
  readonly topic: string;
  readonly words: string;
  readonly about: readonly string[];
  readonly level: 'province' | 'ministry';
  readonly officeId: string;
  readonly appealOf: string | null;
}

/** Writes the carers' side of families, and what happens in them between reviews. Each family draws from a stream of its own. */
export class Sides {
  readonly #respite: Sheet<(typeof RESPITE)[number]>;
  readonly #exemption: Sheet<(typeof EXEMPTION)[number]>;
  readonly #ownChild: Sheet<(typeof OWN_CHILD)[number]>;
  readonly #complaint: Sheet<(typeof COMPLAINT)[number]>;
  readonly #exit: Sheet<(typeof EXIT)[number]>;
  readonly #place: Sheet<(typeof PLACE)[number]>;

  constructor(
    private readonly land: DemoLand,
    sheets: Sheets,
    private readonly chronicle: Chronicle,
    private readonly fieldKeys?: FieldKeys,
  ) {
    this.#respite = sheets.sheet('carers.respites', RESPITE);
    this.#exemption = sheets.sheet('carers.exemptions', EXEMPTION);
    this.#ownChild = sheets.sheet('carers.own_children', OWN_CHILD);
    this.#complaint = sheets.sheet('carers.complaints', COMPLAINT);
    this.#exit = sheets.sheet('carers.exit_interviews', EXIT);
    this.#place = sheets.sheet('carers.family_places', PLACE);
  }

  /** Writes what happened beside the approval of one family. */
  write(one: SideOf): void {
    const { home, plan, approvals, officeId } = one;
    const random = stream(this.land.seed, 'side', home.id);
    const desk = new Desk(this.land, officeId, random);
    const from = approvals[0]?.from;
    if (from === undefined) return;
    // Everything was done by the day before yesterday, or before the family was closed.
    const until = addDays(minDate(plan.closedOn ?? this.land.today, this.land.today), -2);
    const known = daysBetween(from, until);
    if (home.ownChildren > 0 && known > 15 && random.chance(0.3)) this.#ownChildren(random, desk, home, from, until);
    if (known > 70 && random.chance(0.3)) this.#respites(random, desk, home.id, addDays(from, 30), until, plan.closedOn === null);
    if (known > 60 && plan.closedOn === null && random.chance(0.06)) this.#exempt(random, desk, one, addDays(from, 20));
    if (known > 40 && random.chance(0.09)) this.#complain(random, desk, home.id, random.day(addDays(from, 20), until));
    if (plan.closedOn !== null) this.#leave(random, desk, home.id, plan.closedOn, plan.closedWhy ?? '');
  }

  /** Own children who were written down; some have left home since, before they turned eighteen. */
  #ownChildren(random: Stream, desk: Desk, home: Household, from: CivilDate, until: CivilDate): void {
    for (let i = 0; i < Math.min(home.ownChildren, 3); i++) {
      const on = random.day(addDays(from, 1), addDays(from, 10));
      const leaves = i === 0 && daysBetween(on, until) > 20 && random.chance(0.4) ? random.day(addDays(on, 10), until) : null;
      const born = leaves === null ? addDays(this.land.today, -random.between(3 * 365, 17 * 365)) : addDays(leaves, -random.between(16 * 365, 17 * 365));
      const id = random.id(on);
      const sex = random.chance(0.5) ? 'female' : 'male';
      this.#ownChild.add({
        id, family_id: home.id, name_km: null, name_latin: sex === 'female' ? random.pick(['Sophea', 'Bopha', 'Srey Neang', 'Chanthy']) : random.pick(['Dara', 'Visal', 'Piseth', 'Rithy']), sex,
        birth_date: born < on ? born : addDays(on, -30), birth_precision: 'day', during: days(on, leaves),
      });
      this.chronicle.act(random, { act: 'family.recordOwnChild', by: desk.worker(on), subject: ['own_child', id], about: home.id, on });
      if (leaves !== null) this.chronicle.act(random, { act: 'family.ownChildLeft', by: desk.worker(leaves), subject: ['own_child', id], about: home.id, on: leaves, changed: ['during'] });
    }
  }

  /** Nights of rest: some taken, now and then some that were cancelled, and some ahead. Never more than ten of a year's fourteen. */
  #respites(random: Stream, desk: Desk, familyId: string, from: CivilDate, until: CivilDate, open: boolean): void {
    const first = random.day(from, addDays(until, -14));
    const spans = [{ first, recorded: addDays(first, -random.between(3, 9)) }];
    if (open && random.chance(0.3)) spans.push({ first: addDays(this.land.today, random.between(6, 40)), recorded: addDays(this.land.today, -random.between(1, 4)) });
    for (const span of spans) {
      const by = desk.worker(span.recorded);
      const id = random.id(span.recorded);
      const cancelled = span.first < until && random.chance(0.12) ? addDays(span.first, -1) : null;
      this.#respite.add({
        id, family_id: familyId, during: days(span.first, addDays(span.first, random.between(2, 5))), over_reason: null, recorded_by: by.accountId, cancelled_on: cancelled,
      });
      this.chronicle.act(random, { act: 'respite.record', by, subject: ['respite', id], about: familyId, on: span.recorded, reason: 'within' });
      if (cancelled !== null) this.chronicle.act(random, { act: 'respite.cancel', by: desk.worker(cancelled), subject: ['respite', id], about: familyId, on: cancelled, changed: ['cancelled_on'] });
    }
  }

  /** One place more for some weeks; ended early where the siblings went on together sooner. */
  #exempt(random: Stream, desk: Desk, { home, approvals }: SideOf, from: CivilDate): void {
    const { today } = this.land;
    const granted = random.day(from, addDays(today, -20));
    const to = addDays(granted, random.between(40, 180));
    const ended = random.chance(0.4) ? random.day(addDays(granted, 5), minDate(addDays(to, -5), addDays(today, -2))) : null;
    const by = desk.supervisor(granted);
    const id = random.id(granted);
    const slot = Math.max(...approvals.map(({ places }) => places)) + 1;
    this.#exemption.add({
      id, family_id: home.id, during: days(granted, to), reason: random.weighted([['siblings', 5], ['known_to_family', 2], ['emergency', 2]]),
      citation: `Decision ${random.between(3, 90)} of ${granted.slice(0, 4)}`, granted_on: granted, granted_by: by.accountId, ended_on: ended,
    });
    this.#place.add({ family_id: home.id, slot, during: days(granted, ended ?? to), basis: 'exemption', source_id: id });
    this.chronicle.act(random, { act: 'family.grantExemption', by, subject: ['exemption', id], about: home.id, on: granted });
    if (ended !== null) this.chronicle.act(random, { act: 'family.endExemption', by: desk.supervisor(ended), subject: ['exemption', id], about: home.id, on: ended, changed: ['ended_on'] });
  }

  /** A complaint, its answer by the province, and now and then an appeal to the ministry. */
  #complain(random: Stream, desk: Desk, familyId: string, on: CivilDate): void {
    const { roster, places } = this.land;
    const by = desk.worker(on);
    const topic = random.weighted([['money', 4], ['support', 3], ['placement', 2], ['worker', 2], ['other', 2]]);
    const colleague = topic === 'worker' ? roster.one('social_worker', desk.officeId, on, random, [by.accountId]) : by;
    const about = colleague.accountId === by.accountId ? [] : [colleague.accountId];
    const province = places.provinceOffice(desk.officeId);
    const words = random.pick(WORDS[topic] ?? APPEALED);
    const first = this.#file(random, { familyId, on, by, topic, words, about, level: 'province', officeId: province, appealOf: null });
    const { answered } = first;
    if (answered === undefined || first.outcome === 'upheld' || !random.chance(0.5)) return;
    const appealed = addDays(answered.on, random.between(2, 28));
    const taker = desk.worker(appealed);
    const above = [...about, answered.by];
    if (appealed > addDays(this.land.today, -2) || above.includes(taker.accountId)) return;
    this.#file(random, { familyId, on: appealed, by: taker, topic, words: random.pick(APPEALED), about: above, level: 'ministry', officeId: places.officeFor('').id, appealOf: first.id });
  }

  #file(random: Stream, one: Complaint): { readonly id: string; readonly outcome: string | null; readonly answered: { readonly on: CivilDate; readonly by: string } | undefined } {
    const { today, holidays, roster } = this.land;
    const id = random.id(one.on);
    const due = addWorkingDays(one.on, ANSWER_DAYS, holidays);
    const wished = addWorkingDays(one.on, random.between(3, ANSWER_DAYS), holidays);
    const heard = wished < today ? roster.serving('supervisor', one.officeId, wished).filter(({ accountId }) => !one.about.includes(accountId)) : [];
    const by = heard.length === 0 ? undefined : random.pick(heard);
    const outcome = by === undefined ? null : random.weighted([['upheld', 4], ['partly_upheld', 3], ['not_upheld', 3]]);
    const answer = by === undefined ? null : random.pick(ANSWERS);
    this.#complaint.add({
      id, family_id: one.familyId, received_on: one.on, recorded_by: one.by.accountId, topic: one.topic, ...this.#words('words', id, one.words), ...this.#words('answer', id, answer), about_accounts: one.about,
      level: one.level, office_id: one.officeId, due_on: due, appeal_of: one.appealOf, answered_on: by === undefined ? null : wished, answered_by: by?.accountId, outcome,
    });
    const subject = ['complaint', id] as const;
    this.chronicle.act(random, { act: one.appealOf === null ? 'complaint.record' : 'complaint.appeal', by: one.by, subject, about: one.familyId, on: one.on, reason: one.topic });
    this.chronicle.task(random, {
      kind: 'carers.complaint', subject, about: one.familyId, detail: one.topic, to: { role: 'supervisor', office: one.officeId }, openedOn: one.on, due,
      ...(by === undefined ? {} : { closed: { on: wished, by: by.accountId } }),
    });
    if (by === undefined) return { id, outcome, answered: undefined };
    this.chronicle.act(random, { act: 'complaint.answer', by, subject, about: one.familyId, on: wished, reason: outcome, changed: ['outcome', 'answer'] });
    return { id, outcome, answered: { on: wished, by: by.accountId } };
  }

  /** What was said is sealed where there are keys; without them the register's worker seals it once it has some. */
  #words<const Field extends 'words' | 'answer'>(field: Field, rowId: string, text: string | null): Record<Field | `${Field}_sealed`, string | Uint8Array | null> {
    const sealed = this.fieldKeys === undefined || text === null ? null : sealField(this.fieldKeys, { table: 'carers.complaints', field: `${field}_sealed`, rowId }, text);
    return { [field]: sealed === null ? text : null, [`${field}_sealed`]: sealed } as Record<Field | `${Field}_sealed`, string | Uint8Array | null>;
  }

  /** Carers who leave are asked why; of those who left just now some are still to be asked. */
  #leave(random: Stream, desk: Desk, familyId: string, closedOn: CivilDate, why: string): void {
    const on = addDays(closedOn, random.between(2, EXIT_DAYS - 5));
    const asked = on < addDays(this.land.today, -1);
    const by = asked ? desk.worker(on) : undefined;
    const subject = ['family', familyId] as const;
    this.chronicle.task(random, {
      kind: 'carers.exit_interview', subject, about: familyId, to: { role: 'social_worker', office: desk.officeId }, openedOn: closedOn, due: addDays(closedOn, EXIT_DAYS),
      ...(by === undefined ? {} : { closed: { on, by: by.accountId } }),
    });
    if (by === undefined) return;
    const reasons = random.some(LEFT_FOR[why] ?? ['did_not_want_to_say'], random.between(1, 2));
    this.#exit.add({
      id: random.id(on), family_id: familyId, held_on: on, held_by: by.accountId, reasons, words: random.pick([null, 'We would do it again when the house is finished.', 'អរគុណសម្រាប់ការគាំទ្រ']),
      would_return: random.pick([true, false, null]),
    });
    this.chronicle.act(random, { act: 'exit.record', by, subject, on, reason: 'exit_interview' });
  }
}
