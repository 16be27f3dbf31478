import { addDays } from '../../kernel/civil-date.js';
import type { CivilDate } from '../../kernel/civil-date.js';
import type { Chronicle } from '../chronicle.js';
import type { Sheet, Sheets } from '../copy.js';
import { stream } from '../random.js';
import type { DemoLand } from '../world.js';
import { Desk } from './desk.js';
import type { Household } from './household.js';

const APPEAL = ['id', 'application_id', 'panel_id', 'office_id', 'adult_id', 'filed_on', 'reason', 'decided_on', 'decided_by', 'outcome', 'decision'] as const;
const REASONS = ['The debts are paid; the bank says so in a letter.', 'យើងបានជួសជុលផ្ទះរួចហើយ', 'Nobody asked our neighbours.'] as const;
const DECISIONS = ['The panel heard what there was to hear. They may apply again in a year.', 'មូលហេតុរបស់គណៈកម្មការនៅតែត្រឹមត្រូវ'] as const;

/** Households that did not agree with their refusal. */
export class Appeals {
  readonly #appeal: Sheet<(typeof APPEAL)[number]>;

  constructor(
    private readonly land: DemoLand,
    sheets: Sheets,
    private readonly chronicle: Chronicle,
  ) {
    this.#appeal = sheets.sheet('recruitment.appeals', APPEAL);
  }

  /** Writes an appeal, for some of the refused; decided by somebody who had no hand in the refusal, where there is one. */
  write(home: Household, officeId: string, applicationId: string, panel: { readonly id: string; readonly decidedOn: CivilDate; readonly hands: readonly string[] }): void {
    const random = stream(this.land.seed, 'appeal', applicationId);
    const desk = new Desk(this.land, officeId, random);
    const filed = addDays(panel.decidedOn, random.between(3, 28));
    if (!random.chance(0.5) || filed > addDays(this.land.today, -2)) return;
    const on = addDays(filed, random.between(7, 30));
    const others = on < addDays(this.land.today, -1) ? this.#others(officeId, on, panel.hands) : [];
    const by = others.length === 0 ? undefined : random.pick(others);
    const act = { subject: ['application', applicationId], about: home.id } as const;
    this.chronicle.act(random, { ...act, act: 'application.appeal', by: desk.worker(filed), on: filed, changed: ['appeals'] });
    if (by !== undefined) this.chronicle.act(random, { ...act, act: 'application.decideAppeal', by, on, reason: 'dismissed', changed: ['appeals', 'state'] });
    this.#appeal.add({
      id: random.id(filed), application_id: applicationId, panel_id: panel.id, office_id: officeId, adult_id: home.adults[0]?.id, filed_on: filed, reason: random.pick(REASONS),
      decided_on: by === undefined ? null : on, decided_by: by?.accountId, outcome: by === undefined ? null : 'dismissed', decision: by === undefined ? null : random.pick(DECISIONS),
    });
  }

  #others(officeId: string, on: CivilDate, hands: readonly string[]): ReturnType<DemoLand['roster']['serving']> {
    const above = [officeId, this.land.places.provinceOffice(officeId), this.land.places.officeFor('').id];
    return above.map((id) => this.land.roster.serving('supervisor', id, on).filter(({ accountId }) => !hands.includes(accountId))).find((list) => list.length > 0) ?? [];
  }
}
