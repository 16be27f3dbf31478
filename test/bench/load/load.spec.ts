import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Kind, buildSchema, getNamedType, isObjectType, parse, validate } from 'graphql';
import type { FieldNode } from 'graphql';
import fc from 'fast-check';
import { civil } from '../../../src/kernel/civil-date.js';
import { Asker } from './asking.js';
import { figuresOf, percentile, slopePerHour } from './figures.js';
import { compare, isWhole, verdictLine } from './journal.js';
import type { Found, Line, Trace } from './journal.js';
import { judge } from './judge.js';
import { LISTS } from './lists.js';
import { MIX, mixOf } from './mix.js';
import { SHARES, sharesOf } from './operations.js';
import type { Operation, Someone } from './operations.js';
import { heapOf } from './report.js';
import { schedule } from './schedule.js';
import { heapAfterCollections } from './watch.js';

describe('percentiles', () => {
  it('are the nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, at) => at + 1);
    expect([0.5, 0.95, 0.99, 1].map((share) => percentile(hundred, share))).toEqual([50, 95, 99, 100]);
    expect(percentile([7], 0.01)).toBe(7);
    expect(figuresOf([3, 1, 2])).toEqual({ n: 3, p50: 2, p95: 3, p99: 3, max: 3 });
    expect(figuresOf([]).p95).toBeNaN();
  });

  it('have at least their share at or below them, and less below', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1 }), fc.double({ min: 0.01, max: 1, noNaN: true }), (values, share) => {
      const at = percentile(values.toSorted((a, b) => a - b), share);
      expect(values.filter((value) => value <= at).length).toBeGreaterThanOrEqual(values.length * share);
      expect(values.filter((value) => value < at).length).toBeLessThan(values.length * share);
    }), { seed: 3, numRuns: 200 });
  });

  it('what V8 says of a full collection is read', () => {
    const log = '[7:0x1]     1200 ms: Scavenge 30.1 (40.0) -> 28.0 (41.0) MB, 1.0 ms\n[7:0x1]    65000 ms: Mark-Compact (reduce) 120.5 (150.0) -> 98.7 (140.0) MB, 10.2 / 0.0 ms\n';
    expect(heapAfterCollections(log)).toEqual([{ at: 65, value: 98.7 }]);
    expect(heapOf(heapAfterCollections(log))).toContain('1 full collections, MB: 99;');
  });

  it('a slope is that of the line', () => {
    expect(slopePerHour([0, 10, 20].map((at) => ({ at, value: 5 + at / 36 })))).toBeCloseTo(100);
    expect(slopePerHour([{ at: 0, value: 1 }])).toBe(0);
  });
});

describe('the schedule', () => {
  it('is the same for a seed, in order, at the rate, with the weights, as people come', () => {
    const slots = schedule(1, 150, 60, [55, 45]);
    expect(schedule(1, 150, 60, [55, 45])).toEqual(slots);
    expect(schedule(2, 150, 60, [55, 45])).not.toEqual(slots);
    expect(slots.every(({ due }, at) => due >= (slots[at - 1]?.due ?? 0) && due < 60_000)).toBe(true);
    expect(Math.abs(slots.length - 9000)).toBeLessThan(300);
    expect(Math.abs(slots.filter(({ what }) => what === 0).length / slots.length - 0.55)).toBeLessThan(0.02);
    const gaps = slots.slice(1).map(({ due }, at) => due - (slots[at]?.due ?? 0));
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    // Of exponential gaps 1 - 1/e are below the mean: neither all alike nor in two heaps.
    expect(Math.abs(gaps.filter((gap) => gap < mean).length / gaps.length - 0.632)).toBeLessThan(0.02);
  });

  it('is empty for nothing', () => {
    expect([schedule(1, 0, 10, [1]), schedule(1, 10, 10, [])]).toEqual([[], []]);
  });
});

const TRACES: Readonly<Record<string, Trace>> = { say: { act: 'child.say', event: true, row: true }, tick: { act: 'task.tick', event: false, row: false } };
const intent = (send: number, key: string, op = 'say'): Line => ({ is: 'intent', send, key, op, actor: 'she' });
const ack = (send: number, key: string, request = `r${send}`, id = `id-${key}`): Line => ({ is: 'ack', send, key, request, id });
const act = (request: string, name = 'child.say', events = 1) => ({ actor: 'she', act: name, request, events });
const key = (name: string, id = `id-${name}`) => ({ actor: 'she', key: name, id });
const verdict = (journal: readonly Line[], found: Partial<Found>): string => {
  const { lost, doubled, torn, unexplained } = compare(journal, { keys: [], acts: [], rows: [], ...found }, TRACES);
  return [['lost', lost], ['doubled', doubled], ['torn', torn], ['unexplained', unexplained]].flatMap(([name, n]) => (n === 0 ? [] : [`${name}=${n}`])).join(' ');
};

describe('the journal against the register', () => {
  const said = [intent(1, 'a'), ack(1, 'a')];
  const there = { keys: [key('a')], acts: [act('r1')], rows: ['a'] };

  it.each<readonly [string, readonly Line[], Partial<Found>, string]>([
    ['what was acknowledged is there', said, there, ''],
    ['an act without row and event', [intent(1, 'b', 'tick'), ack(1, 'b')], { keys: [key('b')], acts: [act('r1', 'task.tick', 0)] }, ''],
    ['refused, and nothing is there', [intent(1, 'a'), { is: 'refused', send: 1, key: 'a', code: 'NO' }], {}, ''],
    ['sent again, the same answer', [...said, intent(2, 'a'), ack(2, 'a')], there, ''],
    ['sent twice at once, the second did it', [intent(1, 'a'), intent(2, 'a'), ack(1, 'a'), ack(2, 'a')], { ...there, acts: [act('r2')] }, ''],
    ['no answer, and it is there', [intent(1, 'a'), { is: 'unknown', send: 1, key: 'a', why: 'cut' }], { keys: [key('a')], acts: [act('r9')], rows: ['a'] }, ''],
    ['no answer, and it is not', [intent(1, 'a')], {}, ''],
    ['no answer, then told again', [intent(1, 'a'), intent(2, 'a'), ack(2, 'a')], { ...there, acts: [act('r2')] }, ''],
    ['nothing of it', said, {}, 'lost=1'],
    ['no key', said, { ...there, keys: [] }, 'torn=1'],
    ['no act', said, { ...there, acts: [] }, 'torn=1'],
    ['no event', said, { ...there, acts: [act('r1', 'child.say', 0)] }, 'torn=1'],
    ['no row', said, { ...there, rows: [] }, 'torn=1'],
    ['kept under another id', said, { ...there, keys: [key('a', 'other')] }, 'torn=1'],
    ['two rows', said, { ...there, rows: ['a', 'a'] }, 'doubled=1'],
    ['two acts', said, { ...there, acts: [act('r1'), act('r1')] }, 'doubled=1'],
    ['sent again, done again', [...said, intent(2, 'a'), ack(2, 'a')], { ...there, acts: [act('r1'), act('r2')] }, 'doubled=1'],
    ['refused, and there', [intent(1, 'a'), { is: 'refused', send: 1, key: 'a', code: 'NO' }], { keys: [key('a')] }, 'unexplained=1'],
    ['of nobody: key, row and act', [], { keys: [key('x')], acts: [act('r7')], rows: ['x'] }, 'unexplained=3'],
    ['one unknown does not explain two acts', [intent(1, 'a'), { is: 'unknown', send: 1, key: 'a', why: 'cut' }], { keys: [key('a')], acts: [act('r8'), act('r9')], rows: ['a'] }, 'unexplained=1'],
  ])('%s', (_name, journal, found, wanted) => {
    expect(verdict(journal, found)).toBe(wanted);
  });

  it('says so in one line, and counts what it compared: nothing proves nothing', () => {
    const whole = compare(said, there, TRACES);
    expect([verdictLine(whole), isWhole(whole), isWhole(compare([], { keys: [], acts: [], rows: [] }, TRACES))]).toEqual(['lost=0 doubled=0 torn=0 unexplained=0 n=1', true, false]);
    expect(() => compare([ack(1, 'a')], there, TRACES)).toThrow(/never meant/);
    expect(() => compare([intent(1, 'a', 'unknown')], there, TRACES)).toThrow(/leaves behind/);
  });
});

describe('the mix', () => {
  const schema = buildSchema(readFileSync('test/contract/schema.graphql', 'utf8'), { assumeValid: true });

  it('asks only for what the schema has', () => {
    const broken = MIX.flatMap(({ name, document }) => validate(schema, parse(document)).map(({ message }) => `${name}: ${message}`));
    expect(broken).toEqual([]);
    expect(new Set(MIX.map(({ name }) => name)).size).toBe(MIX.length);
  });

  it('asks for every list of the schema: first pages of both sizes, and later ones', () => {
    const isList = (type: unknown): boolean => isObjectType(type) && type.name.endsWith('Connection');
    const lists = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type)).flatMap((type) => Object.values(type.getFields()).filter((field) => isList(getNamedType(field.type))).map(({ name }) => name));
    const asked = new Set(LISTS.flatMap(({ document }) => fieldsOf(document)));
    expect(lists.filter((name) => !asked.has(name))).toEqual([]);
  });

  it('is a country\'s', () => {
    const shares = sharesOf(MIX);
    for (const [kind, share] of Object.entries(SHARES)) {
      expect([kind, Math.round(shares.reduce((sum, each, at) => sum + (MIX[at]?.class === kind ? each : 0), 0))]).toEqual([kind, share]);
    }
    expect(mixOf('list: acts').every(({ name }) => name.startsWith('acts'))).toBe(true);
  });
});

function fieldsOf(document: string): string[] {
  const names: string[] = [];
  const walk = (field: FieldNode): void => {
    names.push(field.name.value);
    for (const part of field.selectionSet?.selections ?? []) if (part.kind === Kind.FIELD) walk(part);
  };
  for (const part of parse(document).definitions) if (part.kind === Kind.OPERATION_DEFINITION) for (const field of part.selectionSet.selections) if (field.kind === Kind.FIELD) walk(field);
  return names;
}

describe('a question', () => {
  const who = (account: string, ...places: string[]): Someone => ({ account, role: 'social_worker', places, area: '02', token: account, refreshToken: '' });
  const operation = (more: Partial<Operation>): Operation => ({
    name: 'x', class: 'read', weight: 1, roles: ['social_worker'], document: 'query X { x }', variables: ({ some }) => some('children') && { id: some('children')?.id }, ...more,
  });
  const asker = (...people: Someone[]): Asker => new Asker({ children: { a: [{ id: '1' }, { id: '2' }] } }, people, civil('2026-11-23'), 'L', 1);

  it('is asked by somebody who may see what it asks for; nobody asks for nothing', () => {
    const asked = asker(who('hers', 'a'), who('not hers', 'b')).question(operation({}));
    expect([asked?.who.account, ['1', '2'].includes(String(asked?.variables['id']))]).toEqual(['hers', true]);
    expect(asker(who('not hers', 'b')).question(operation({}))).toBeUndefined();
    expect(asker(who('hers', 'a')).question(operation({ roles: ['auditor'] }))).toBeUndefined();
  });

  it('gives a row for an act that can be done once to nobody twice', () => {
    const one = asker(who('hers', 'a'));
    const act = operation({ variables: ({ once }) => ((thing) => thing && { id: thing.id })(once('children')) });
    expect([one.question(act), one.question(act)].map((asked) => asked?.variables['id']).sort()).toEqual(['1', '2']);
    expect(one.question(act)).toBeUndefined();
  });

  it('reads on where somebody has read to, and goes through a whole list to its end', () => {
    const one = asker(who('hers', 'a'));
    const [first, later, all] = (['first', 'later', 'all'] as const).map((how) => operation({ name: how, variables: () => ({}), pages: { how, sizes: [20] } }));
    if (first === undefined || later === undefined || all === undefined) throw new Error('three of them');
    expect(one.question(later)?.variables).toEqual({ first: 20 });
    const page = one.question(first);
    if (page !== undefined) one.pageEnd(first, page, 'c1');
    expect(one.question(later)?.variables).toEqual({ first: 20, after: 'c1' });
    for (const [end, next] of [['d1', { first: 20, after: 'd1' }], ['d2', { first: 20, after: 'd2' }], [null, { first: 20 }]] as const) {
      const walked = one.question(all);
      if (walked !== undefined) one.pageEnd(all, walked, end);
      expect(one.question(all)?.variables).toEqual(next);
    }
  });
});

describe('an answer', () => {
  const read: Operation = { name: 'x', class: 'read', weight: 1, roles: [], document: '', variables: () => undefined };
  const list: Operation = { ...read, class: 'list', pages: { how: 'first', sizes: [20] } };
  const write: Operation = { ...read, class: 'write', write: { act: 'a', event: false, row: false, refusals: ['TAKEN'] } };
  const page = (nodes: unknown[], hasNextPage: boolean, endCursor: string | null) => ({ nodes, pageInfo: { hasNextPage, endCursor } });

  it.each<readonly [string, Operation, number, unknown, string]>([
    ['a record', read, 200, { data: { child: { id: '1' } } }, 'good 1'],
    ['a page', list, 200, { data: { children: page([{}], true, 'c') } }, 'good 1 rows c'],
    ['a page inside a record', list, 200, { data: { run: { lines: page([], false, null) } } }, 'good 0 rows null'],
    ['an act', write, 200, { data: { say: { __typename: 'Child', id: '7' } } }, 'good 7'],
    ['a refusal that may happen', write, 200, { data: { say: { __typename: 'ChildrenRefused', code: 'TAKEN' } } }, 'refused TAKEN'],
    ['another refusal', write, 200, { data: { say: { __typename: 'ChildrenRefused', code: 'NO' } } }, 'wrong refused NO'],
    ['another was first', write, 200, { data: null, errors: [{ extensions: { code: 'TAKEN' } }] }, 'refused TAKEN'],
    ['an error', read, 200, { data: { child: null }, errors: [{ extensions: { code: 'NOT_FOUND' }, path: ['child', 0, 'x'] }] }, 'wrong NOT_FOUND at child.x'],
    ['nothing', read, 200, {}, 'wrong empty'],
    ['an empty object', read, 200, { data: { child: {} } }, 'wrong empty'],
    ['a page without a cursor', list, 200, { data: { children: page([], true, null) } }, 'wrong no cursor'],
    ['no page', list, 200, { data: { children: { nodes: [] } } }, 'wrong no page'],
    ['a fault', read, 502, { data: { child: { id: '1' } } }, 'wrong HTTP 502'],
  ])('%s', (_name, operation, status, body, wanted) => {
    const said = judge(operation, status, JSON.stringify(body));
    const told = said.is !== 'good' ? said.code : said.page === undefined ? said.id : `${said.page.rows} rows ${said.page.after}`;
    expect(`${said.is} ${told}`).toBe(wanted);
  });

  it('is JSON', () => {
    expect(judge(read, 502, '<html>').is).toBe('wrong');
  });
});
