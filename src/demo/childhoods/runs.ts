import { addDays, addMonths, addWorkingDays, firstOfMonth, monthOf } from '../../kernel/civil-date.js';
import type { CivilDate, CivilMonth } from '../../kernel/civil-date.js';
import type { Op } from '../../platform/database/op.js';
import type { RunState } from '../../support/run.domain.js';
import type { Sheet } from '../copy.js';
import type { Stream } from '../random.js';
import type { DemoPosting } from '../world.js';
import { moment } from './pen.js';
import type { Pen } from './pen.js';

export const SCHEME = 'after_residential';
const RUNS = [
  'id', 'scheme_code', 'month', 'office_id', 'provinces', 'reason', 'fund', 'state', 'prepared_by', 'prepared_on', 'calculated_by', 'calculated_at', 'checked_by', 'checked_at', 'cancelled_by',
  'cancelled_at', 'version',
] as const;
/** The known people of the demonstration have approved last month, so that whatever they pay next is new. */
const IN_TIME = '02';
/** Working days into the next month at which a run is calculated. */
const AFTER = 4;

/** The payment run of a province and month. */
export interface Run {
  readonly id: string;
  readonly month: CivilMonth;
  readonly officeId: string;
  readonly day: CivilDate;
  readonly state: RunState;
}

/** The payment runs of every province, month by month: made when the first line asks for one, approved when all lines are there. */
export class Runs {
  /** The last month that is over. */
  readonly lastMonth: CivilMonth;
  readonly #runs = new Map<string, Run | undefined>();
  readonly #approved: { readonly id: string; readonly by: string; readonly at: Date }[] = [];
  readonly #sheet: Sheet<(typeof RUNS)[number]>;

  constructor(private readonly pen: Pen) {
    this.lastMonth = monthOf(addMonths(firstOfMonth(pen.country.today), -1));
    this.#sheet = pen.sheets.sheet('support.runs', RUNS);
  }

  /** The run that paid this month in the province of an office; undefined where nobody has calculated one yet. */
  of(officeId: string, month: CivilMonth): Run | undefined {
    const province = this.pen.provinceOf(officeId);
    const key = `${province} ${month}`;
    if (!this.#runs.has(key)) this.#runs.set(key, this.#make(province, month));
    return this.#runs.get(key);
  }

  /** The day on which a month's run was calculated. */
  dayOf(month: CivilMonth): CivilDate {
    const day = addWorkingDays(addMonths(firstOfMonth(month), 1), AFTER, this.pen.country.holidays);
    return day <= this.pen.last ? day : this.pen.last;
  }

  /** Approves what was to be approved: a line goes into an open run only. */
  async approve(op: Op): Promise<void> {
    await op.tx.run(
      `update support.runs r set state = 'approved', approved_by = a.by, approved_at = a.at, version = version + 1
       from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) as a (id, by, at) where r.id = a.id`,
      [this.#approved.map(({ id }) => id), this.#approved.map(({ by }) => by), this.#approved.map(({ at }) => at.toISOString())],
    );
  }

  #make(province: string, month: CivilMonth): Run | undefined {
    const random = this.pen.stream('run', `${province} ${month}`);
    const state = this.#stateOf(province, month, random);
    if (state === undefined) return undefined;
    const officeId = this.pen.country.places.officeFor(province).id;
    const day = this.dayOf(month);
    const run = { id: random.id(addDays(day, -1)), month, officeId, day, state };
    const officer = this.pen.serving('finance_officer', officeId, day, run.id);
    this.#row(run, province, officer);
    this.#acts(run, officer, random);
    return run;
  }

  /** Every month before the last was paid; the last one is on its way, further in some provinces than in others. */
  #stateOf(province: string, month: CivilMonth, random: Stream): RunState | undefined {
    if (month < this.lastMonth || province === IN_TIME) return 'approved';
    const nominal = addWorkingDays(addMonths(firstOfMonth(month), 1), AFTER, this.pen.country.holidays);
    if (nominal > this.pen.last) return undefined;
    return random.weighted([['approved', 56], ['checked', 18], ['calculated', 16], [undefined, 10]]);
  }

  #row({ id, month, officeId, day, state }: Run, province: string, officer: DemoPosting): void {
    const checked = state === 'approved' || state === 'checked';
    this.#sheet.add({
      id, scheme_code: SCHEME, month: firstOfMonth(month), office_id: officeId, provinces: `[${Number(province)},${Number(province)}]`, reason: 'regular', fund: 'national_budget',
      state: checked ? 'checked' : state, prepared_by: officer.accountId, prepared_on: day, calculated_by: officer.accountId, calculated_at: moment(day, 30),
      checked_by: checked ? officer.accountId : null, checked_at: checked ? moment(day, 90) : null, cancelled_by: null, cancelled_at: null, version: checked ? 3 : 2,
    });
  }

  #acts({ id, officeId, day, state }: Run, officer: DemoPosting, random: Stream): void {
    const act = (name: string, by: DemoPosting, on: CivilDate, reason: string | null = null): void => {
      this.pen.chronicle.act(random, { act: name, by, subject: ['payment_run', id], on, reason, changed: reason === null ? ['state'] : [] });
    };
    act('paymentRun.prepare', officer, day, 'regular');
    act('paymentRun.calculate', officer, day);
    if (state === 'calculated') return;
    act('paymentRun.check', officer, day);
    if (state === 'checked') return;
    const approver = this.pen.serving('finance_approver', officeId, day, id, [officer.accountId]);
    this.#approved.push({ id, by: approver.accountId, at: moment(day, 200) });
    act('paymentRun.approve', approver, day);
  }
}
