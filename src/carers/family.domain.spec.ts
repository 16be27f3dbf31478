import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, civil, contains } from '../kernel/civil-date.js';
import type { CivilDate } from '../kernel/civil-date.js';
import { availability } from './availability.domain.js';
import { REASSESS, isConfidential, mayClose, mayEndExemption, mayExempt, mayLeave, mayLift, mayMove, mayMoveIn, maySuspend, otherProvince, reassessWhenLeft, suspendedFrom } from './family.domain.js';
import type { Granted, ReassessReason, Suspension, SuspensionReasonCode } from './family.domain.js';
import { addPlace, dropPlaces, releasePlace, setPlaces, takePlace } from './places.domain.js';
import type { Layout } from './places.domain.js';

/** The last of these days stands for ever after. */
const DAYS = 40;
const YEAR = 20;
const OPENED = 3;
const day = (n: number): CivilDate => addDays(civil('2026-01-01'), n);
const AREAS = ['02030101', '02030102', '17100101'];
const LEAVE = ['moved', 'separated', 'died'];
const SUSPEND: readonly SuspensionReasonCode[] = ['allegation', 'standards', 'own_wish'];

type Range = { id: string; from: CivilDate; to: CivilDate | null };
type Told = string | undefined;

const cutAt = <T extends Range>(rows: readonly T[], d: CivilDate, which: (row: T) => boolean = () => true): T[] =>
  rows.flatMap((row) => (!which(row) || (row.to !== null && row.to <= d) ? [row] : row.from >= d ? [] : [{ ...row, to: d }]));

/** The family as the services keep it: every decision by the rules of this room, every row as their repositories write it. */
class Kept {
  closedOn: CivilDate | null = null;
  address = { areaCode: AREAS[0] ?? '', since: day(OPENED), recordedOn: day(OPENED) };
  adults: (Range & { carer: boolean })[] = [{ id: 'first', carer: true, from: day(OPENED), to: null }];
  suspensions: Suspension[] = [];
  approvals: Range[] = [];
  terms: Range[] = [];
  exemptions = new Map<string, Granted>();
  layout: Layout = { places: [], occupancies: [] };

  get family(): { openedOn: CivilDate; closedOn: CivilDate | null; address: Kept['address'] } {
    return { openedOn: day(OPENED), closedOn: this.closedOn, address: this.address };
  }

  begin(reason: SuspensionReasonCode | ReassessReason, id: string, from: CivilDate | undefined): void {
    if (from !== undefined) this.suspensions.push({ id, sourceId: id, reason, from, to: null });
  }

  do(act: Act, id: string): Told {
    const on = day(act.on);
    switch (act.kind) {
      case 'add': {
        const may = mayMoveIn(this.family, { date: civil('1980-01-01'), precision: 'day' }, on);
        if (may.ok) this.adults.push({ id, carer: act.n % 2 === 0, from: on, to: null });
        return may.ok ? undefined : may.code;
      }
      case 'leave': {
        const adult = this.adults[act.n % this.adults.length];
        if (adult === undefined) return undefined;
        const may = mayLeave(adult, on);
        if (!may.ok) return may.code;
        this.adults = this.adults.map((one) => (one === adult ? { ...one, to: on } : one));
        const reason = reassessWhenLeft(adult, LEAVE[act.n % 3] ?? '');
        const approved = this.closedOn === null && this.approvals.some((one) => contains(one, on));
        if (reason !== undefined && approved && !this.suspensions.some((one) => one.reason === reason && (one.to === null || one.to > on))) this.begin(reason, id, on);
        return undefined;
      }
      case 'approve':
        if (this.closedOn !== null) return 'FAMILY_CLOSED';
        return this.approve(on, id);
      case 'suspend': {
        const reason = SUSPEND[act.n % 3] ?? 'other';
        const may = maySuspend(this.family, this.suspensions, reason, on);
        if (may.ok) this.begin(reason, id, on);
        return may.ok ? undefined : may.code;
      }
      case 'lift': {
        const may = mayLift(this.suspensions[act.n % Math.max(1, this.suspensions.length)], on);
        if (may.ok) this.suspensions = cutAt(this.suspensions, on, (one) => one.id === may.value.id) as Suspension[];
        return may.ok ? undefined : may.code;
      }
      case 'move': {
        const to = AREAS[act.n % AREAS.length] ?? '';
        const may = mayMove(this.family, to, on);
        if (!may.ok) return may.code;
        if (otherProvince(this.address.areaCode, to) && this.approvals.some((one) => one.to === null || one.to > on)) this.begin('moved_province', id, suspendedFrom(this.suspensions, 'moved_province', on));
        this.address = { areaCode: to, since: on, recordedOn: on };
        return undefined;
      }
      default:
        return this.place(act, on, id);
    }
  }

  approve(on: CivilDate, id: string): Told {
    const set = setPlaces(this.layout, on, 2, id);
    if (!set.ok) return set.code;
    const until = addDays(on, YEAR);
    this.layout = set.value;
    this.approvals.push({ id, from: on, to: until });
    this.terms = [...cutAt(this.terms, on), { id, from: on, to: until }];
    this.suspensions = cutAt(this.suspensions, on, (one) => (REASSESS as readonly (string | null)[]).includes(one.reason) && contains(one, on)) as Suspension[];
    return undefined;
  }

  place(act: Act, on: CivilDate, id: string): Told {
    const until = addDays(on, 1 + (act.n % 9));
    switch (act.kind) {
      case 'exempt': {
        const may = mayExempt(this.closedOn, on, until);
        if (!may.ok) return may.code;
        this.exemptions.set(id, { from: on, to: until, endedOn: null });
        this.layout = { ...this.layout, places: [...this.layout.places, addPlace(this.layout, { from: on, to: until }, 'exemption', id)] };
        return undefined;
      }
      case 'unexempt': {
        const [key, granted] = [...this.exemptions][act.n % Math.max(1, this.exemptions.size)] ?? [];
        if (key === undefined || granted === undefined) return undefined;
        const may = mayEndExemption(granted, on);
        if (!may.ok) return may.code;
        const left = dropPlaces(this.layout, key, may.value);
        if (!left.ok) return left.code;
        this.exemptions.set(key, { ...granted, endedOn: may.value });
        this.layout = left.value;
        return undefined;
      }
      case 'stay': {
        const taken = takePlace(this.layout, { occupantId: id, kind: 'placement', from: on, to: until, expiresAt: null });
        if (taken.ok) this.layout = { ...this.layout, occupancies: [...this.layout.occupancies, ...taken.value] };
        return taken.ok ? undefined : taken.code;
      }
      default: {
        const may = mayClose(this.family, this.layout.occupancies, on);
        if (!may.ok) return may.code;
        for (const { occupantId } of this.layout.occupancies.filter(({ kind }) => kind === 'hold')) this.layout = releasePlace(this.layout, occupantId, on);
        const none = setPlaces(this.layout, on, 0, id);
        if (!none.ok) return none.code;
        [this.layout, this.terms, this.approvals, this.closedOn] = [none.value, cutAt(this.terms, on), cutAt(this.approvals, on), on];
        return undefined;
      }
    }
  }

  reasonsOn(on: CivilDate): string[] {
    const always = { from: day(0), to: null, confidential: false } as const;
    const standings = [
      ...this.approvals.map((one) => ({ ...one, code: 'approval' as const, adultId: null, confidential: false })),
      ...this.suspensions.map((one) => ({ ...one, code: 'suspension' as const, adultId: null, confidential: isConfidential((one.reason ?? 'other') as SuspensionReasonCode) })),
      ...this.adults.flatMap(({ id }) => [{ ...always, code: 'check' as const, adultId: id }, { ...always, code: 'certificate' as const, adultId: id }]),
    ];
    const terms = this.terms.map((one) => ({ ...one, places: 2, youngest: 0, oldest: 17, sexes: [], needs: [], careKinds: [] }));
    const facts = { closedOn: this.closedOn, adults: this.adults, standings, terms, places: this.layout.places, occupancies: this.layout.occupancies };
    return availability(facts, on, { places: 1, age: null, sex: null, needs: [], careKind: null }, new Date('2026-01-01T00:00:00Z'), false).reasons.map(({ code }) => code).sort();
  }
}

/** The same rules once more, as somebody would keep them on squared paper: one column a day, nothing but crosses. */
class Paper {
  closed = DAYS;
  area = Array.from({ length: DAYS }, (_, d) => (d < OPENED ? '' : AREAS[0]));
  moved = OPENED;
  adults: { carer: boolean; days: boolean[] }[] = [{ carer: true, days: this.row((d) => d >= OPENED) }];
  suspended: { reason: string; days: boolean[] }[] = [];
  approved = this.row(() => false);
  terms = this.row(() => false);
  beds = Array.from({ length: DAYS }, () => 0);
  extra: { from: number; to: number; over: boolean; days: boolean[] }[] = [];
  stays: boolean[][] = [];

  row(cross: (d: number) => boolean): boolean[] {
    return Array.from({ length: DAYS }, (_, d) => cross(d));
  }

  later(on: number): number[] {
    return Array.from({ length: DAYS - on }, (_, i) => on + i);
  }

  room(d: number): number {
    return (this.beds[d] ?? 0) + this.extra.filter(({ days }) => days[d]).length - this.stays.filter((days) => days[d]).length;
  }

  do({ kind, on, n }: Act): Told {
    const isClosed = this.closed < DAYS;
    const to = Math.min(DAYS - 1, on + 1 + (n % 9));
    switch (kind) {
      case 'add':
        if (isClosed) return 'FAMILY_CLOSED';
        if (on < OPENED) return 'BEFORE_OPENING';
        this.adults.push({ carer: n % 2 === 0, days: this.row((d) => d >= on) });
        return undefined;
      case 'leave': {
        const adult = this.adults[n % this.adults.length];
        if (adult === undefined) return undefined;
        if (!adult.days[DAYS - 1]) return 'ALREADY_LEFT';
        if (on <= adult.days.indexOf(true)) return 'BEFORE_ARRIVAL';
        adult.days = adult.days.map((there, d) => there && d < on);
        const reason = adult.carer ? [undefined, 'separated', 'carer_died'][n % 3] : undefined;
        if (reason !== undefined && !isClosed && this.approved[on] && !this.stillTo(reason, on)) this.suspended.push({ reason, days: this.row((d) => d >= on) });
        return undefined;
      }
      case 'approve': {
        if (isClosed) return 'FAMILY_CLOSED';
        if (this.later(on).some((d) => this.stays.filter((days) => days[d]).length > 2 + this.extra.filter(({ days }) => days[d]).length)) return 'PLACES_BELOW_OCCUPANTS';
        for (const d of this.later(on)) [this.approved[d], this.terms[d], this.beds[d]] = [this.approved[d] === true || d < on + YEAR, d < on + YEAR, 2];
        for (const one of this.suspended) if (['separated', 'carer_died', 'moved_province'].includes(one.reason) && one.days[on]) one.days = one.days.map((cross, d) => cross && d < on);
        return undefined;
      }
      case 'suspend': {
        const reason = SUSPEND[n % 3] ?? '';
        if (isClosed) return 'FAMILY_CLOSED';
        if (this.stillTo(reason, on)) return 'ALREADY_SUSPENDED';
        this.suspended.push({ reason, days: this.row((d) => d >= on) });
        return undefined;
      }
      case 'lift': {
        const left = this.suspended.filter(({ days }) => days.includes(true));
        const one = left[n % Math.max(1, left.length)];
        if (one?.days[on] !== true) return 'NOT_SUSPENDED';
        one.days = one.days.map((cross, d) => cross && d < on);
        return undefined;
      }
      case 'move': {
        const next = AREAS[n % 3] ?? '';
        const now = this.area[DAYS - 1] ?? '';
        if (isClosed) return 'FAMILY_CLOSED';
        if (next === now) return 'UNCHANGED';
        if (on < OPENED) return 'BEFORE_OPENING';
        if (on <= this.moved) return 'BEFORE_LAST_MOVE';
        const last = Math.max(-1, ...this.suspended.filter(({ reason }) => reason === 'moved_province').map(({ days }) => days.lastIndexOf(true)));
        if ((next < '03') !== (now < '03') && this.later(on).some((d) => this.approved[d]) && last < DAYS - 1) this.suspended.push({ reason: 'moved_province', days: this.row((d) => d >= on && d > last) });
        this.moved = on;
        for (const d of this.later(on)) this.area[d] = next;
        return undefined;
      }
      default:
        return this.doWithPlaces({ kind, on, n }, isClosed, to);
    }
  }

  doWithPlaces({ kind, on, n }: Act, isClosed: boolean, to: number): Told {
    switch (kind) {
      case 'exempt':
        if (isClosed) return 'FAMILY_CLOSED';
        this.extra.push({ from: on, to, over: false, days: this.row((d) => d >= on && d < to) });
        return undefined;
      case 'unexempt': {
        const one = this.extra[n % Math.max(1, this.extra.length)];
        if (one === undefined) return undefined;
        if (one.over || on >= one.to) return 'EXEMPTION_ENDED';
        if (this.later(on).some((d) => one.days[d] && this.room(d) < 1)) return 'PLACE_NEEDED';
        [one.over, one.days] = [true, one.days.map((cross, d) => cross && d < on)];
        return undefined;
      }
      case 'stay':
        if (this.later(on).some((d) => d < to && this.room(d) < 1)) return 'NO_PLACE';
        this.stays.push(this.row((d) => d >= on && d < to));
        return undefined;
      case 'close':
        if (isClosed) return 'FAMILY_CLOSED';
        if (on < OPENED) return 'BEFORE_OPENING';
        if (this.stays.some((days) => days.lastIndexOf(true) >= on)) return 'CHILDREN_THERE';
        this.closed = on;
        for (const d of this.later(on)) [this.approved[d], this.terms[d], this.beds[d]] = [false, false, 0];
        return undefined;
      default:
        return undefined;
    }
  }

  /** Is there any cross for this reason on the day or later? */
  stillTo(reason: string, on: number): boolean {
    return this.suspended.some((one) => one.reason === reason && one.days.lastIndexOf(true) >= on);
  }

  reasonsOn(d: number): string[] {
    const why: string[] = [];
    const reasons = this.suspended.filter(({ days }) => days[d]).map(({ reason }) => reason);
    if (d >= this.closed) why.push('CLOSED');
    if (!this.approved[d] || !this.terms[d]) why.push('NOT_APPROVED');
    if (reasons.some((reason) => reason !== 'allegation')) why.push('SUSPENDED');
    if (reasons.includes('allegation')) why.push('ASK_SUPERVISOR');
    if (!this.adults.some(({ carer, days }) => carer && days[d])) why.push('NO_CARER');
    if (this.room(d) < 1) why.push('NO_PLACE');
    return why.sort();
  }
}

const KINDS = ['add', 'leave', 'approve', 'suspend', 'lift', 'move', 'exempt', 'unexempt', 'stay', 'close'] as const;
interface Act {
  readonly kind: (typeof KINDS)[number];
  /** The last ten days are nobody's first: whatever ends has ended by then. */
  readonly on: number;
  readonly n: number;
}
const kind = fc.oneof(...KINDS.map((one) => ({ weight: one === 'close' ? 1 : one === 'approve' || one === 'stay' ? 6 : 3, arbitrary: fc.constant(one) })));
const act = fc.record({ kind, on: fc.integer({ min: 0, max: DAYS - 11 }), n: fc.nat({ max: 17 }) });

describe('the life of a family over random acts', () => {
  it('is refused and available exactly as on paper', () => {
    const told = new Set<string>();
    fc.assert(
      fc.property(fc.array(act, { minLength: 5, maxLength: 30 }), (acts) => {
        const [kept, paper] = [new Kept(), new Paper()];
        acts.forEach((one, i) => {
          const answers = [kept.do(one, `s${i}`), paper.do(one)];
          if (answers[0] !== answers[1]) throw new Error(`${one.kind} on ${one.on}: ${String(answers[0])}, on paper ${String(answers[1])}`);
          told.add(`${one.kind} ${answers[0] ?? 'done'}`);
        });
        for (const d of new Set([0, DAYS - 2, ...acts.flatMap(({ on }) => [on, on + 1 + (on % 9)])])) {
          const [found, expected] = [kept.reasonsOn(day(d)).join(), paper.reasonsOn(d).join()];
          if (found !== expected) throw new Error(`day ${d}: ${found}, on paper ${expected}`);
        }
        if (kept.address.areaCode !== paper.area[DAYS - 1]) throw new Error('another address');
      }),
      { seed: 20260615, numRuns: 100 },
    );
    // A life of refusals alone, or without any, would prove nothing.
    expect([...told]).toEqual(expect.arrayContaining([
      ...KINDS.map((one) => `${one} done`), 'add FAMILY_CLOSED', 'add BEFORE_OPENING', 'leave ALREADY_LEFT', 'leave BEFORE_ARRIVAL', 'suspend ALREADY_SUSPENDED', 'lift NOT_SUSPENDED', 'move UNCHANGED', 'move BEFORE_OPENING',
      'move BEFORE_LAST_MOVE', 'move FAMILY_CLOSED', 'unexempt EXEMPTION_ENDED', 'stay NO_PLACE', 'close CHILDREN_THERE', 'close BEFORE_OPENING',
    ]));
  });
});
