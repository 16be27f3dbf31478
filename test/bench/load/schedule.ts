import { stream } from '../../../src/demo/random.js';

/** What is to be sent, and when: fixed before the first request, so that a slow answer delays nobody's question. */
export interface Slot {
  /** Milliseconds from the start at which it is due. Its latency counts from here, however late it was sent. */
  readonly due: number;
  /** Which of the weighted things. */
  readonly what: number;
}

/**
 * Arrivals of a Poisson stream, as people come who do not know of one another: gaps are exponential, so that there are
 * moments of twice the rate. The weights decide what each asks; the same seed gives the same day.
 */
export function schedule(seed: number, rate: number, seconds: number, weights: readonly number[]): Slot[] {
  const random = stream(seed, 'load', 'schedule');
  const sums: number[] = [];
  for (const weight of weights) sums.push((sums.at(-1) ?? 0) + weight);
  const total = sums.at(-1) ?? 0;
  if (total <= 0 || rate <= 0) return [];
  const slots: Slot[] = [];
  for (let due = gap(random, rate); due < seconds * 1000; due += gap(random, rate)) {
    const drawn = unit(random) * total;
    slots.push({ due, what: sums.findIndex((sum) => drawn < sum) });
  }
  return slots;
}

/** A number from 0, below 1. */
const unit = (random: { below(limit: number): number }): number => random.below(2 ** 30) / 2 ** 30;

const gap = (random: { below(limit: number): number }, rate: number): number => (-Math.log(1 - unit(random)) * 1000) / rate;
