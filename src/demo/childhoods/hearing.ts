import { addDays, addWorkingDays, minDate } from '../../kernel/civil-date.js';
import type { CivilDate } from '../../kernel/civil-date.js';
import { ageOn, latestBirth } from '../../kernel/age.js';
import type { Sheet } from '../copy.js';
import type { Stream } from '../random.js';
import type { DemoFamily, DemoPosting } from '../world.js';
import type { Life } from './life.js';
import type { Pen } from './pen.js';
import type { Plan } from './placing.js';
import type { Relative } from './relations.js';
import { FAMILY_SAYS, TOO_YOUNG } from './texts.js';

type Kind = 'child' | 'family' | 'team' | 'province';

/** Who is heard, who signs and who approves before a child moves. */
export class Hearing {
  readonly #consultations: Sheet<'id' | 'placement_id' | 'kind' | 'on_day' | 'heard_by' | 'relative_id' | 'alone' | 'too_young_reason' | 'outcome' | 'reason'>;
  readonly #agreements: Sheet<'id' | 'placement_id' | 'party' | 'signed_on' | 'signer' | 'how' | 'recorded_by'>;
  readonly #approvals: Sheet<'placement_id' | 'province_code' | 'approved_by' | 'on_day' | 'reason'>;

  constructor(private readonly pen: Pen) {
    const { sheets } = pen;
    this.#consultations = sheets.sheet('placements.consultations', ['id', 'placement_id', 'kind', 'on_day', 'heard_by', 'relative_id', 'alone', 'too_young_reason', 'outcome', 'reason']);
    this.#agreements = sheets.sheet('placements.agreements', ['id', 'placement_id', 'party', 'signed_on', 'signer', 'how', 'recorded_by']);
    this.#approvals = sheets.sheet('placements.approvals', ['placement_id', 'province_code', 'approved_by', 'on_day', 'reason']);
  }

  /** Everything before an approval, and the approval. Gives who approved last. */
  write(life: Life, plan: Plan, family: DemoFamily, relatives: readonly Relative[], random: Stream): string {
    const heard = this.hear(life, plan, relatives, plan.approvedOn, random);
    this.sign(life, plan, family, [heard.on, plan.approvedOn], random);
    return this.#approve(life, plan, heard.disagreed, random);
  }

  /** Child, family, team and province are heard until a day, one after the other. Says whether somebody did not agree, and the last day. */
  hear(life: Life, plan: Plan, relatives: readonly Relative[], until: CivilDate, random: Stream): { readonly disagreed: boolean; readonly on: CivilDate } {
    let disagreed = false;
    let on = plan.plannedOn;
    const say = (kind: Kind, row: { readonly relative?: string; readonly outcome: string | null; readonly reason?: string | null; readonly tooYoung?: string | null }): void => {
      on = minDate(until, addDays(on, random.weighted([[0, 60], [1, 30], [2, 10]])));
      const by = this.#worker(life, plan, on);
      this.#consultations.add({
        id: random.id(on), placement_id: plan.id, kind, on_day: on, heard_by: by.accountId, relative_id: row.relative, alone: kind === 'child' && row.tooYoung == null ? true : null,
        too_young_reason: row.tooYoung, outcome: row.outcome, reason: row.reason,
      });
      this.#act('placement.consult', by, life, plan, on, kind, random);
      disagreed ||= row.outcome === 'does_not_agree';
    };
    const age = ageOn(latestBirth(life.child.birth), plan.plannedOn);
    if (age < 4) say('child', { outcome: null, tooYoung: random.pick(TOO_YOUNG) });
    else say('child', random.chance(0.97) ? { outcome: 'agrees' } : { outcome: 'does_not_agree', reason: 'Wants to stay with her friends.' });
    const parents = relatives.filter(({ relation, whereabouts }) => (relation === 'mother' || relation === 'father') && whereabouts !== 'dead');
    for (const { id, whereabouts } of parents) {
      if (whereabouts === 'unknown') say('family', { relative: id, outcome: 'not_found', reason: FAMILY_SAYS[0] });
      else say('family', random.chance(0.95) ? { relative: id, outcome: 'agrees' } : { relative: id, outcome: 'does_not_agree', reason: FAMILY_SAYS[1] });
    }
    if (parents.length === 0) say('family', { outcome: 'not_found', reason: FAMILY_SAYS[0] });
    say('team', { outcome: 'agrees' });
    say('province', { outcome: 'agrees' });
    return { disagreed, on };
  }

  /** Carer, office and commune sign; sometimes a parent and the child too. */
  sign(life: Life, plan: Plan, family: DemoFamily, [from, until]: readonly [CivilDate, CivilDate], random: Stream): void {
    let on = from;
    const parties = [
      ['carer', family.nameLatin ?? family.nameKm ?? 'Carer'], ['office', 'Office of social affairs'], ['commune', 'Commune chief'],
      ...(random.chance(0.35) ? [['parent', 'Parent'] as const] : []), ...(random.chance(0.2) ? [['child', life.child.nameLatin ?? life.child.nameKm ?? 'Child'] as const] : []),
    ] as const;
    for (const [party, signer] of parties) {
      on = minDate(until, addDays(on, random.weighted([[0, 70], [1, 30]])));
      const by = this.#worker(life, plan, on);
      const how = party === 'office' || party === 'commune' || random.chance(0.6) ? 'signed' : 'thumbprint';
      this.#agreements.add({ id: random.id(on), placement_id: plan.id, party, signed_on: on, signer, how, recorded_by: by.accountId });
      this.#act('placement.sign', by, life, plan, on, party, random);
    }
  }

  /** The child's province approves, and the family's where it is another. */
  #approve(life: Life, plan: Plan, disagreed: boolean, random: Stream): string {
    const { holidays } = this.pen.country;
    const offices = [plan.officeId, plan.familyOfficeId].map((id) => ({ id, province: this.pen.provinceOf(id) }));
    const needed = offices.filter(({ province }, at) => offices.findIndex((other) => other.province === province) === at);
    let last = plan.plannerId;
    for (const [i, { id, province }] of needed.entries()) {
      const by = this.pen.serving('supervisor', id, plan.approvedOn, plan.id, [plan.plannerId]);
      last = by.accountId;
      this.#approvals.add({ placement_id: plan.id, province_code: province, approved_by: last, on_day: plan.approvedOn, reason: disagreed ? 'Heard again; the family is near.' : null });
      const whole = i === needed.length - 1;
      this.#act('placement.approve', by, life, plan, plan.approvedOn, whole ? 'approved' : 'waits_for_other_province', random, whole ? ['state'] : []);
    }
    this.pen.chronicle.task(random, {
      kind: 'placements.approve', subject: ['placement', plan.id], about: life.child.id, to: { role: 'supervisor', office: plan.officeId }, openedOn: plan.plannedOn,
      due: addWorkingDays(plan.plannedOn, 3, holidays), closed: { on: plan.approvedOn, by: last },
    });
    return last;
  }

  #worker({ child }: Life, { officeId }: Plan, on: CivilDate): DemoPosting {
    return this.pen.serving('social_worker', officeId, on, child.id);
  }

  #act(act: string, by: DemoPosting, { child }: Life, { id }: Plan, on: CivilDate, reason: string, random: Stream, changed: readonly string[] = []): void {
    this.pen.chronicle.act(random, { act, by, subject: ['placement', id], about: child.id, on, reason, changed });
  }
}
