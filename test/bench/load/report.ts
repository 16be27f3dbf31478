import { columns, figuresOf, slopePerHour } from './figures.js';
import type { Figures } from './figures.js';
import { SHARES } from './operations.js';
import type { Outcome, Results } from './plan.js';
import type { Usage } from './watch.js';

/** What a country's load must stay within: `trust.md`. */
export const GOAL = { p95: 250, p99: 800 } as const;

const HEAD = ['', 'n', 'p50 ms', 'p95 ms', 'p99 ms', 'max ms', 'errors', 'refused', 'empty', 'kB'];
const CLASSES = [...Object.keys(SHARES), 'session'];

const ms = (value: number): string => (Number.isFinite(value) ? value.toFixed(value < 10 ? 1 : 0) : '-');

interface Row {
  readonly name: string;
  readonly figures: Figures;
  readonly errors: number;
  readonly refused: number;
  readonly empty: number;
  readonly bytes: number;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

function rowOf(name: string, outcomes: readonly Outcome[]): Row {
  return {
    name, figures: figuresOf(outcomes.flatMap(({ latencies }) => latencies)), errors: sum(outcomes.flatMap(({ errors }) => Object.values(errors))),
    refused: sum(outcomes.map(({ refused }) => refused)), empty: sum(outcomes.map(({ empty }) => empty)), bytes: sum(outcomes.map(({ bytes }) => bytes)),
  };
}

const cells = ({ name, figures: { n, p50, p95, p99, max }, errors, refused, empty, bytes }: Row): string[] => [
  name, String(n), ms(p50), ms(p95), ms(p99), ms(max), String(errors), String(refused), String(empty), ms(bytes / Math.max(1, n) / 1024),
];

/** Every operation, class by class, the slowest first, with the class's own line above and everything at the end. */
export function tableOf({ outcomes }: Results): string {
  const rows = CLASSES.flatMap((kind) => {
    const own = outcomes.filter((one) => one.class === kind && one.latencies.length > 0);
    if (own.length === 0) return [];
    const each = own.map((one) => rowOf(`  ${one.name}`, [one])).sort((a, b) => b.figures.p95 - a.figures.p95);
    return [rowOf(kind, own), ...each];
  });
  return columns(HEAD, [...rows, rowOf('all', outcomes)].map(cells));
}

/** What was wrong, by operation and code. */
export function errorsOf({ outcomes }: Results): string[] {
  return outcomes.flatMap(({ name, errors }) => Object.entries(errors).map(([code, times]) => `${name}: ${code}, ${times} times`));
}

/** Who used how much of the processors and of the memory. */
export function usageOf(usages: readonly Usage[], seconds: number, asked: number): string {
  return columns(
    ['', 'CPU s', 'of a core', 'ms a request', 'MB at start', 'at end', 'most', 'MB an hour'],
    usages.map(({ name, cpu, start, end, most, slope }) => [
      name, cpu.toFixed(1), (cpu / seconds).toFixed(2), ((cpu * 1000) / Math.max(1, asked)).toFixed(2), start.toFixed(0), end.toFixed(0), most.toFixed(0), slope.toFixed(0),
    ]),
  );
}

/** What the API held on to: its heap after each full collection, twenty of them shown, and how it grew over the second half. */
export function heapOf(points: readonly { readonly at: number; readonly value: number }[]): string {
  if (points.length === 0) return 'heap of the API: no full collection';
  const values = points.map(({ value }) => value);
  const shown = values.filter((_, at) => at % Math.ceil(values.length / 20) === 0 || at === values.length - 1).map((value) => value.toFixed(0));
  return `heap of the API after each of ${values.length} full collections, MB: ${shown.join(' ')}; ${slopePerHour(points.slice(Math.floor(points.length / 2))).toFixed(0)} MB an hour over the second half`;
}

/** Did everything, and every class and list by itself, stay within the goal? Gives what did not. */
export function beyond({ outcomes }: Results): string[] {
  const all = rowOf('all', outcomes);
  const rows = [all, ...outcomes.filter(({ latencies, class: kind }) => latencies.length >= 20 && (kind === 'list' || kind === 'read')).map((one) => rowOf(one.name, [one]))];
  return rows.flatMap(({ name, figures: { p95, p99 } }) => [
    ...(p95 > GOAL.p95 ? [`${name}: p95 ${ms(p95)} ms`] : []),
    ...(name === 'all' && p99 > GOAL.p99 ? [`${name}: p99 ${ms(p99)} ms`] : []),
  ]);
}
