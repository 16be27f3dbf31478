import { addMonths, maxDate } from '../../kernel/civil-date.js';
import type { CivilDate, DayRange } from '../../kernel/civil-date.js';
import type { Chronicle } from '../chronicle.js';
import { json } from '../copy.js';
import type { Sheet, Sheets } from '../copy.js';
import { stream } from '../random.js';
import type { Stream } from '../random.js';
import type { DemoAdult, DemoPosting } from '../world.js';
import type { Desk } from './desk.js';
import type { ApplicationPlan } from './plan.js';

/** The settings recruitment.checks and recruitment.signatures. */
const CHECKS = ['identity', 'criminal_record', 'health', 'no_violence'] as const;
const PARTIES = ['village_chief', 'commune', 'police'] as const;
const SECTIONS = ['home', 'relationships', 'parenting', 'health', 'money', 'own_children', 'community', 'motive'] as const;
/** For how many months a paper is good. */
const MONTHS = { identity: 120, criminal_record: 24, health: 24, no_violence: 24 } as const;
/** A paper that was given for half a year only. */
const SHORT = 6;

const APPLICATION = ['id', 'enquiry_id', 'family_id', 'office_id', 'received_on', 'state', 'ended_on', 'version'] as const;
const CHECK = ['id', 'family_id', 'adult_id', 'office_id', 'kind', 'outcome', 'done_on', 'valid_until'] as const;
const SIGNATURE = ['id', 'application_id', 'office_id', 'party', 'how', 'signed_on'] as const;
const STUDY = ['id', 'application_id', 'office_id', 'form', 'done_on', 'done_by', 'scores', 'recommended', 'motive_talk_needed', 'note'] as const;
const TALK = ['id', 'application_id', 'office_id', 'held_on', 'held_by', 'note'] as const;
const STEP = ['id', 'application_id', 'office_id', 'state', 'entered_on'] as const;
const PANEL = ['id', 'application_id', 'office_id', 'met_on', 'members', 'decided_on', 'decided_by', 'outcome', 'reason'] as const;

const STUDIED = ['ផ្ទះស្អាត និងសុវត្ថិភាព អ្នកជិតខាងនិយាយល្អ', 'A calm house; the neighbours speak well of them.', 'ត្រូវការគ្រែមួយបន្ថែម', null, null] as const;
const NOT_YET = ['ត្រូវពិភាក្សាអំពីគោលបំណង', 'The reason for applying is not clear yet; a second visit is agreed.', 'ផ្ទះកំពុងជួសជុល'] as const;
const APPROVED = ['គ្រួសារស្ងប់ស្ងាត់ មានកន្លែងគ្រប់គ្រាន់', 'A calm home with room enough.', 'Experienced parents whom the village knows.', 'ការសិក្សាល្អ គ្មានការព្រួយបារម្ភ'] as const;
const REFUSED = ['Debts make the allowance the reason for applying.', 'គ្រួសារមានបំណងចិញ្ចឹមកូនសុំ', 'ផ្ទះមិនទាន់មានសុវត្ថិភាព'] as const;

/** What an application is about. */
export interface Applicant {
  readonly familyId: string;
  readonly adults: readonly DemoAdult[];
  readonly enquiryId: string | null;
}

/** How a dossier is to be: which papers lack or are short. */
export interface DossierWish {
  /** Papers of another application that still hold are not gathered again. */
  readonly checks: 'all' | 'some' | 'none' | 'short';
  readonly signatures: number;
  readonly recommended: boolean;
  /** Where it stands; the last steps follow from the plan. */
  readonly state: string;
}

/** What is known after the dossier was written. */
export interface Dossier {
  readonly applicationId: string;
  readonly workerId: string | null;
  readonly checked: ReadonlyMap<string, DayRange>;
  /** The panel that decided, and everybody who had a hand in it. */
  readonly panel: { readonly id: string; readonly decidedOn: CivilDate; readonly hands: readonly string[] } | undefined;
}

/** Writes applications and what was gathered about them, each paper with its act. */
export class Dossiers {
  readonly #application: Sheet<(typeof APPLICATION)[number]>;
  readonly #check: Sheet<(typeof CHECK)[number]>;
  readonly #signature: Sheet<(typeof SIGNATURE)[number]>;
  readonly #study: Sheet<(typeof STUDY)[number]>;
  readonly #talk: Sheet<(typeof TALK)[number]>;
  readonly #step: Sheet<(typeof STEP)[number]>;
  readonly #panel: Sheet<(typeof PANEL)[number]>;

  constructor(
    sheets: Sheets,
    private readonly chronicle: Chronicle,
  ) {
    this.#application = sheets.sheet('recruitment.applications', APPLICATION);
    this.#check = sheets.sheet('recruitment.checks', CHECK);
    this.#signature = sheets.sheet('recruitment.signatures', SIGNATURE);
    this.#study = sheets.sheet('recruitment.home_studies', STUDY);
    this.#talk = sheets.sheet('recruitment.motive_talks', TALK);
    this.#step = sheets.sheet('recruitment.application_steps', STEP);
    this.#panel = sheets.sheet('recruitment.panels', PANEL);
  }

  /** Writes one application from its first day to its last. */
  write(random: Stream, desk: Desk, who: Applicant, plan: ApplicationPlan, wish: DossierWish): Dossier {
    const id = random.id(plan.receivedOn);
    const act = (name: string, by: DemoPosting, on: CivilDate, reason: string | null = null): void =>
      void this.chronicle.act(random, { act: name, by, subject: ['application', id], about: who.familyId, on, reason, changed: name === 'application.receive' ? [] : ['state'] });
    act('application.receive', desk.worker(plan.receivedOn), plan.receivedOn);
    const steps: [on: CivilDate, step: () => void][] = [];
    const checked = this.#checks(random, desk, who, plan, wish, (on, write) => steps.push([on, () => { write(); act('check.record', desk.worker(on), on); }]));
    for (const party of random.some(PARTIES, wish.signatures)) {
      const on = random.day(...plan.gathered);
      steps.push([on, () => {
        this.#signature.add({ id: random.id(on), application_id: id, office_id: desk.officeId, party, how: random.chance(0.6) ? 'signed' : 'thumbprint', signed_on: on });
        act('signature.record', desk.worker(on), on);
      }]);
    }
    let workerId: string | null = null;
    if (plan.studiedOn !== null) {
      const on = plan.studiedOn;
      steps.push([on, () => {
        workerId = this.#studied(random, desk, id, on, wish.recommended).accountId;
        act('home_study.record', desk.worker(on), on);
      }]);
    }
    this.#stages(stream(0, 'stages', id), desk, id, plan, wish, steps.map(([on]) => on));
    for (const [, step] of steps.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) step();
    const { more, panel } = this.#decide(random, desk, id, plan, act);
    this.#application.add({
      id, enquiry_id: who.enquiryId, family_id: who.familyId, office_id: desk.officeId, received_on: plan.receivedOn, state: wish.state, ended_on: plan.endedOn,
      version: 1 + steps.length + more,
    });
    return { applicationId: id, workerId, checked, panel: panel === undefined ? undefined : { ...panel, hands: [...panel.hands, ...(workerId === null ? [] : [workerId])] } };
  }

  /** The stages it went through, as far as it came. */
  #stages(random: Stream, desk: Desk, id: string, plan: ApplicationPlan, wish: DossierWish, gathered: readonly CivilDate[]): void {
    const first = [...gathered].sort()[0];
    const entered: [state: string, on: CivilDate | null | undefined][] = [
      ['received', plan.receivedOn], ['checking', first === plan.studiedOn ? null : first], [wish.recommended ? 'training' : 'studying', plan.studiedOn], ['panel', plan.panelOn], [wish.state, plan.endedOn],
    ];
    let state = '';
    let last = plan.receivedOn;
    const write = (next: string, on: CivilDate): void => {
      if (next === state) return;
      [state, last] = [next, maxDate(last, on)];
      this.#step.add({ id: random.id(last), application_id: id, office_id: desk.officeId, state, entered_on: last });
    };
    for (const [next, on] of entered) if (on) write(next, on);
    write(wish.state, last);
  }

  /** The papers of every adult. Gives the days on which each stands as checked: from the last paper until the first lapses. */
  #checks(random: Stream, desk: Desk, who: Applicant, plan: ApplicationPlan, wish: DossierWish, step: (on: CivilDate, write: () => void) => void): ReadonlyMap<string, DayRange> {
    const checked = new Map<string, DayRange>();
    if (wish.checks === 'none') return checked;
    for (const [i, adult] of who.adults.entries()) {
      const kinds = wish.checks === 'some' ? random.some(CHECKS, i === 0 ? random.between(1, 3) : random.between(0, 3)) : CHECKS;
      let from: CivilDate | undefined;
      let to: CivilDate | undefined;
      for (const kind of kinds) {
        const on = random.day(...plan.gathered);
        const until = addMonths(on, wish.checks === 'short' && i === 0 && kind === 'criminal_record' ? SHORT : MONTHS[kind]);
        from = from === undefined ? on : maxDate(from, on);
        to = to === undefined || until < to ? until : to;
        step(on, () => this.#check.add({
          id: random.id(on), family_id: who.familyId, adult_id: adult.id, office_id: desk.officeId, kind, outcome: 'clear', done_on: on, valid_until: until,
        }));
      }
      if (kinds.length === CHECKS.length && from !== undefined && to !== undefined) checked.set(adult.id, { from, to });
    }
    return checked;
  }

  #studied(random: Stream, desk: Desk, id: string, on: CivilDate, recommended: boolean): DemoPosting {
    const by = desk.worker(on);
    const scores = Object.fromEntries(SECTIONS.map((section) => [section, recommended ? random.weighted([[2, 1], [3, 6], [4, 4]]) : random.between(1, 3)]));
    const studyId = random.id(on);
    const talk = !recommended || random.chance(0.04);
    this.#study.add({
      id: studyId, application_id: id, office_id: desk.officeId, form: 'HS-1', done_on: on, done_by: by.accountId, scores: json(scores), recommended,
      motive_talk_needed: talk, note: random.pick(recommended ? STUDIED : NOT_YET),
    });
    if (talk) this.#talk.add({ id: stream(0, 'talk', id).id(on), application_id: id, office_id: desk.officeId, held_on: on, held_by: desk.talker(on, stream(0, 'talker', id)).accountId, note: null });
    return by;
  }

  /** The panel, the supervisor's decision, or the household's second thoughts. Says how many steps that were, and by which panel. */
  #decide(
    random: Stream, desk: Desk, id: string, plan: ApplicationPlan, act: (name: string, by: DemoPosting, on: CivilDate, reason?: string | null) => void,
  ): { readonly more: number; readonly panel?: Dossier['panel'] } {
    const { panelOn, endedOn, outcome } = plan;
    if (outcome === 'withdrawn' && endedOn !== null) {
      act('application.withdraw', desk.worker(endedOn), endedOn);
      return { more: 1 };
    }
    if (panelOn === null) return { more: 0 };
    const members = desk.panel(panelOn);
    act('application.present', members[0], panelOn);
    const decided = endedOn !== null;
    const by = decided ? desk.supervisor(endedOn) : undefined;
    const panelId = random.id(panelOn);
    this.#panel.add({
      id: panelId, application_id: id, office_id: desk.officeId, met_on: panelOn, members: members.map(({ accountId }) => accountId),
      decided_on: endedOn, decided_by: by?.accountId, outcome: decided ? outcome : null, reason: decided ? random.pick(outcome === 'refused' ? REFUSED : APPROVED) : null,
    });
    if (by !== undefined && endedOn !== null) act(outcome === 'refused' ? 'application.refuse' : 'application.approve', by, endedOn, outcome);
    if (by === undefined || endedOn === null) return { more: 1 };
    return { more: 2, panel: { id: panelId, decidedOn: endedOn, hands: [...members.map(({ accountId }) => accountId), by.accountId] } };
  }
}
