import { addDays, contains, daysBetween, maxDate, minDate } from '../../kernel/civil-date.js';
import type { CivilDate } from '../../kernel/civil-date.js';
import { nameKeys } from '../../kernel/khmer.js';
import type { Chronicle } from '../chronicle.js';
import type { Sheet, Sheets } from '../copy.js';
import { asWritten, nameOf, phoneOf } from '../names.js';
import type { DemoName } from '../names.js';
import type { Stream } from '../random.js';
import type { DemoLand, DemoPosting } from '../world.js';
import type { Campaigns } from './campaigns.js';
import { Desk } from './desk.js';

const ENQUIRY = [
  'id', 'campaign_id', 'source', 'name_km', 'name_latin', 'phone', 'area_code', 'office_id', 'received_on', 'state', 'worker_id', 'next_on', 'version',
] as const;
const FOLLOW_UP = ['id', 'enquiry_id', 'office_id', 'on_day', 'outcome', 'note'] as const;
/** The setting recruitment.left_alone_days. */
const LEFT_ALONE = 14;
const NOTES = ['ចង់ពិភាក្សាជាមួយកូនៗសិន', 'សុំទូរសព្ទនៅពេលល្ងាច', 'ជួបនៅផ្ទះ ស្វាមីយល់ព្រម', 'រវល់ច្រូតស្រូវ', 'Wants to talk with the grandmother first', 'Works in the city until the end of the month'] as const;

type Outcome = 'interested' | 'no_answer' | 'not_interested' | 'unreachable';
type State = 'new' | 'followed_up' | 'applied' | 'not_interested' | 'unreachable';

/** Who asked, where and when. */
export interface Asked extends DemoName {
  readonly phone: string | null;
  readonly areaCode: string;
  readonly on: CivilDate;
}

/** Households that asked about caring for a child, and what came of it. */
export class Enquiries {
  readonly #enquiry: Sheet<(typeof ENQUIRY)[number]>;
  readonly #key: Sheet<'enquiry_id' | 'key'>;
  readonly #followUp: Sheet<(typeof FOLLOW_UP)[number]>;
  #earlier: Asked | undefined;

  constructor(
    private readonly land: DemoLand,
    sheets: Sheets,
    private readonly chronicle: Chronicle,
    private readonly campaigns: Campaigns,
  ) {
    this.#enquiry = sheets.sheet('recruitment.enquiries', ENQUIRY);
    this.#key = sheets.sheet('recruitment.enquiry_keys', ['enquiry_id', 'key']);
    this.#followUp = sheets.sheet('recruitment.follow_ups', FOLLOW_UP);
  }

  /** The enquiry that became an application on a day. Gives its id. */
  applied(random: Stream, desk: Desk, asked: Asked, appliedOn: CivilDate): string {
    const calls = this.#calls(random, asked.on, addDays(appliedOn, -1), random.between(0, 3)).map((on) => ({ on, outcome: random.weighted([['interested', 4], ['no_answer', 1]]) }));
    return this.#write(random, desk, asked, 'applied', calls, { on: appliedOn, by: desk.worker(appliedOn) });
  }

  /** One that became nothing, or not yet. */
  other(random: Stream, areaCode: string, fixed?: { readonly state: 'new' | 'followed_up'; readonly worker?: string }): void {
    const { began, today } = this.land;
    const state = fixed?.state ?? random.weighted<Exclude<State, 'applied'>>([['not_interested', 50], ['unreachable', 16], ['followed_up', 20], ['new', 14]]);
    const desk = new Desk(this.land, this.land.places.officeFor(areaCode).id, random, fixed?.worker);
    const recent = state === 'new' || state === 'followed_up';
    const on = recent ? random.day(addDays(today, state === 'new' ? -40 : -80), addDays(today, -2)) : random.day(began, addDays(today, -30));
    const asked = this.#asked(random, areaCode, on);
    if (state === 'new') return void this.#write(random, desk, asked, state, [], undefined);
    const last = minDate(addDays(today, -1), addDays(on, random.between(3, 35)));
    const calls = this.#calls(random, on, last, random.between(0, 2)).map((day) => ({ on: day, outcome: random.weighted<Outcome>([['interested', 1], ['no_answer', 2]]) }));
    const outcome = state === 'followed_up' ? random.weighted<Outcome>([['interested', 3], ['no_answer', 1]]) : state;
    this.#write(random, desk, asked, state, [...calls, { on: maxDate(last, addDays(calls.at(-1)?.on ?? on, 1)), outcome }], undefined);
  }

  /** Some ask twice, and are written differently the second time. */
  #asked(random: Stream, areaCode: string, on: CivilDate): Asked {
    const again = this.#earlier !== undefined && random.chance(0.03) ? this.#earlier : undefined;
    const { km, latin } = again ?? nameOf(random, random.chance(0.7) ? 'female' : 'male');
    const written = km !== null && latin !== null ? asWritten(random, { km, latin }) : { km, latin };
    const asked = { ...written, phone: again?.phone ?? (random.chance(0.9) ? phoneOf(random) : null), areaCode, on };
    this.#earlier = asked;
    return asked;
  }

  #calls(random: Stream, from: CivilDate, to: CivilDate, most: number): CivilDate[] {
    const span = daysBetween(from, to);
    if (span < 2) return [];
    return [...new Set(Array.from({ length: most }, () => addDays(from, random.between(1, span - 1))))].sort();
  }

  #write(random: Stream, desk: Desk, asked: Asked, state: State, calls: readonly { on: CivilDate; outcome: Outcome }[], applied: { on: CivilDate; by: DemoPosting } | undefined): string {
    const { on, areaCode } = asked;
    const id = random.id(on);
    const first = desk.worker(on);
    const campaign = this.campaigns.behind(random, desk.officeId, on);
    this.chronicle.act(random, { act: 'enquiry.record', by: first, subject: ['enquiry', id], on });
    let worker = first;
    let version = 1 + calls.length + (applied === undefined ? 0 : 1);
    for (const call of calls) {
      const by = desk.worker(call.on);
      // Whoever asks again has the enquiry from then on.
      const taken = by.accountId !== worker.accountId;
      worker = by;
      this.#followUp.add({ id: random.id(call.on), enquiry_id: id, office_id: desk.officeId, on_day: call.on, outcome: call.outcome, note: random.chance(0.4) ? random.pick(NOTES) : null });
      this.chronicle.act(random, {
        act: 'enquiry.followUp', by, subject: ['enquiry', id], on: call.on, reason: call.outcome, changed: ['state', 'next_on', ...(taken ? ['worker_id'] : [])],
      });
    }
    const ended = state === 'applied' || state === 'not_interested' || state === 'unreachable';
    const lastOn = calls.at(-1)?.on ?? on;
    const nextOn = state === 'followed_up' ? addDays(lastOn, random.between(2, 30)) : null;
    const left = ended ? worker : this.#handOver(random, desk, id, worker, lastOn);
    if (left !== worker) version += 1;
    worker = left;
    this.#enquiry.add({
      id, campaign_id: campaign, source: campaign !== null ? 'campaign' : random.weighted([['walk_in', 1], ['phone', 2]]), name_km: asked.km, name_latin: asked.latin, phone: asked.phone,
      area_code: areaCode, office_id: desk.officeId, received_on: on, state, worker_id: worker.accountId, next_on: nextOn, version,
    });
    for (const key of nameKeys(asked.km, asked.latin)) this.#key.add({ enquiry_id: id, key });
    const due = nextOn ?? addDays(lastOn, LEFT_ALONE);
    const endedBy = applied?.by ?? worker;
    this.chronicle.task(random, {
      kind: 'recruitment.enquiry_waits', subject: ['enquiry', id], to: { account: worker.accountId, office: desk.officeId }, openedOn: on,
      due: ended ? maxDate(due, applied?.on ?? lastOn) : due, closed: ended ? { on: applied?.on ?? lastOn, by: endedBy.accountId } : undefined,
      escalatedOn: !ended && daysBetween(due, this.land.today) > 4 ? addDays(due, 4) : undefined,
    });
    return id;
  }

  /** Who has left hands over what is open, most of the time. */
  #handOver(random: Stream, desk: Desk, id: string, worker: DemoPosting, lastOn: CivilDate): DemoPosting {
    const { today } = this.land;
    if (contains(worker, today) && random.chance(0.93)) return worker;
    if (!contains(worker, today) && random.chance(0.2)) return worker;
    const on = random.day(addDays(lastOn, 1), addDays(today, -1));
    if (on >= today) return worker;
    const next = this.land.roster.one('social_worker', desk.officeId, on, random, [worker.accountId]);
    if (next.accountId === worker.accountId || next.officeId !== desk.officeId) return worker;
    this.chronicle.act(random, { act: 'enquiry.assign', by: desk.supervisor(on), subject: ['enquiry', id], on, changed: ['worker_id'] });
    return next;
  }
}
