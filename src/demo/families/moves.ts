import { addDays, daysBetween, maxDate } from '../../kernel/civil-date.js';
import type { CivilDate } from '../../kernel/civil-date.js';
import type { Op } from '../../platform/database/op.js';
import type { Chronicle } from '../chronicle.js';
import { days } from '../copy.js';
import type { Sheet, Sheets } from '../copy.js';
import { stream } from '../random.js';
import type { DemoLand } from '../world.js';
import { Desk } from './desk.js';
import type { Household } from './household.js';
import type { FamilyPlan } from './plan.js';

/** Where a family moved to: another village of its commune, another office of its province, another province, or one that has reviewed it. */
export type MoveKind = 'commune' | 'district' | 'province' | 'reviewed';

/** One family's move. */
export interface Move {
  readonly kind: MoveKind;
  readonly on: CivilDate;
  readonly fromOffice: string;
  readonly toOffice: string;
  readonly areaCode: string;
  /** The day on which the new province confirmed its approval, and the review's id. */
  readonly reviewed: { readonly on: CivilDate; readonly id: string } | null;
}

/** The setting carers.reassess_days. */
const REASSESS_DAYS = 14;
const PAPERS = ['application_steps', 'signatures', 'home_studies', 'panels', 'motive_talks', 'appeals'] as const;

/** Families that moved. Nobody lives in those that came to another office: their children's files would have had to follow. */
export class Moves {
  readonly #address: Sheet<'family_id' | 'area_code' | 'from_on' | 'recorded_on'>;
  readonly #move: Sheet<'id' | 'family_id' | 'on_day' | 'from_office' | 'to_office' | 'suspended'>;
  readonly #suspension: Sheet<'id' | 'family_id' | 'reason' | 'from_on' | 'lifted_on'>;
  readonly #standing: Sheet<'id' | 'family_id' | 'adult_id' | 'code' | 'during' | 'source_id' | 'reason' | 'confidential'>;
  readonly #review: Sheet<'id' | 'family_id' | 'on_day' | 'outcome' | 'reason' | 'decided_by'>;
  readonly #done: { readonly familyId: string; readonly move: Move }[] = [];

  /** Nobody moves to the villages that are kept free. */
  constructor(
    private readonly land: DemoLand,
    sheets: Sheets,
    private readonly chronicle: Chronicle,
    private readonly keptFree: ReadonlySet<string>,
  ) {
    this.#address = sheets.sheet('carers.family_addresses', ['family_id', 'area_code', 'from_on', 'recorded_on']);
    this.#move = sheets.sheet('carers.family_moves', ['id', 'family_id', 'on_day', 'from_office', 'to_office', 'suspended']);
    this.#suspension = sheets.sheet('carers.suspensions', ['id', 'family_id', 'reason', 'from_on', 'lifted_on']);
    this.#standing = sheets.sheet('carers.standings', ['id', 'family_id', 'adult_id', 'code', 'during', 'source_id', 'reason', 'confidential']);
    this.#review = sheets.sheet('recruitment.reviews', ['id', 'family_id', 'on_day', 'outcome', 'reason', 'decided_by']);
  }

  /** Does this family move, and how? `wished` decides it beforehand. */
  plan(home: Household, officeId: string, plan: FamilyPlan, wished?: MoveKind): Move | undefined {
    const random = stream(this.land.seed, 'moves', home.id);
    const kind = wished ?? random.weighted<MoveKind | undefined>([[undefined, 950], ['commune', 28], ['district', 10], ['province', 5], ['reviewed', 7]]);
    const last = plan.review?.endedOn ?? plan.first.endedOn;
    const { today } = this.land;
    if (kind === undefined || plan.stage !== 'standing' || last === null || plan.suspensions.length > 0 || daysBetween(last, today) < 60) return undefined;
    const areaCode = this.#village(random, home.areaCode, kind);
    if (areaCode === undefined) return undefined;
    // Who is not reviewed yet moved lately: its new office is still within its days.
    const on = kind === 'province' ? addDays(today, -random.between(3, 10)) : random.day(maxDate(addDays(last, 10), addDays(today, -120)), addDays(today, -35));
    const reviewedOn = kind === 'reviewed' ? addDays(on, random.between(8, 25)) : null;
    return { kind, on, fromOffice: officeId, toOffice: this.land.places.officeFor(areaCode).id, areaCode, reviewed: reviewedOn === null ? null : { on: reviewedOn, id: random.id(reviewedOn) } };
  }

  #village(random: ReturnType<typeof stream>, from: string, kind: MoveKind): string | undefined {
    const { places } = this.land;
    const elsewhere = (area: string): string[] => places.within(area, 8).map(({ code }) => code).filter((code) => code !== from && !this.keptFree.has(code));
    if (kind === 'commune') return pickOf(random, elsewhere(from.slice(0, 6)));
    if (kind === 'district') return pickOf(random, elsewhere(from.slice(0, 2)).filter((code) => places.officeFor(code).id !== places.officeFor(from).id));
    const province = pickOf(random, places.provinces().map(({ code }) => code).filter((code) => code !== from.slice(0, 2)));
    return province === undefined ? undefined : pickOf(random, elsewhere(province));
  }

  /** Writes a move: the new address, who was told, the suspension and what the other province decided. */
  write(home: Household, move: Move): void {
    const { on, reviewed } = move;
    const random = stream(this.land.seed, 'moved', home.id);
    const subject = ['family', home.id] as const;
    const [before, after] = [new Desk(this.land, move.fromOffice, random), new Desk(this.land, move.toOffice, random)];
    const [suspended, other] = [move.kind === 'province' || move.kind === 'reviewed', move.fromOffice !== move.toOffice];
    this.#done.push({ familyId: home.id, move });
    this.#address.add({ family_id: home.id, area_code: move.areaCode, from_on: on, recorded_on: on });
    this.#move.add({ id: random.id(on), family_id: home.id, on_day: on, from_office: move.fromOffice, to_office: move.toOffice, suspended });
    this.chronicle.act(random, {
      act: 'family.move', by: before.worker(on), subject, on, reason: suspended ? 'moved_province' : 'moved', changed: other ? ['area_code', 'office_id'] : ['area_code'],
    });
    const known = addDays(on, random.between(2, REASSESS_DAYS));
    if (suspended) this.#suspend(random, home.id, move);
    if (reviewed !== null) {
      const by = after.supervisor(reviewed.on);
      this.#review.add({ id: reviewed.id, family_id: home.id, on_day: reviewed.on, outcome: 'confirmed', reason: 'The house is good, and they know their new neighbours.', decided_by: by.accountId });
      this.chronicle.act(random, { act: 'family.review', by, subject, on: reviewed.on, reason: 'confirmed', changed: ['review'] });
    }
    if (!other) return;
    const closed = suspended ? (reviewed === null ? undefined : { on: reviewed.on, by: after.supervisor(reviewed.on).accountId }) : { on: known, by: after.worker(known).accountId };
    const to = { role: suspended ? 'supervisor' : 'social_worker', office: move.toOffice } as const;
    this.chronicle.task(random, {
      kind: suspended ? 'carers.reassess' : 'carers.moved_here', subject, about: home.id, detail: suspended ? 'moved_province' : null, to, openedOn: on, due: addDays(on, REASSESS_DAYS),
      ...(closed === undefined ? {} : { closed }),
    });
  }

  #suspend(random: ReturnType<typeof stream>, familyId: string, { on, reviewed }: Move): void {
    const [id, until] = [random.id(on), reviewed?.on ?? null];
    this.#suspension.add({ id, family_id: familyId, reason: 'moved_province', from_on: on, lifted_on: until });
    this.#standing.add({ id: random.id(on), family_id: familyId, adult_id: null, code: 'suspension', during: days(on, until), source_id: id, reason: 'moved_province', confidential: false });
  }

  /** Once everything is written: families, their adults and their papers belong to the office of the new address. */
  async settle(op: Op): Promise<void> {
    const values = [this.#done.map(({ familyId }) => familyId), this.#done.map(({ move }) => move.areaCode), this.#done.map(({ move }) => move.toOffice)];
    const moved = 'from unnest($1::uuid[], $2::text[], $3::uuid[]) as m (id, area, office)';
    await op.tx.run(`update carers.families f set area_code = m.area, office_id = m.office, version = version + 1 ${moved} where f.id = m.id`, values);
    for (const table of ['carers.adults', 'recruitment.applications', 'recruitment.checks']) {
      await op.tx.run(`update ${table} t set office_id = m.office ${moved} where t.family_id = m.id and t.office_id <> m.office and m.area is not null`, values);
    }
    for (const table of PAPERS) {
      await op.tx.run(
        `update recruitment.${table} t set office_id = m.office ${moved} join recruitment.applications a on a.family_id = m.id where t.application_id = a.id and t.office_id <> m.office and m.area is not null`, values,
      );
    }
  }
}

function pickOf(random: ReturnType<typeof stream>, list: readonly string[]): string | undefined {
  return list.length === 0 ? undefined : random.pick(list);
}
