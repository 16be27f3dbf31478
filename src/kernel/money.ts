/**
 * Money is whole riel as `bigint`; no fraction and no floating point ever holds an amount.
 * Rule: month amount = rate x nights / days in the month, half-up to 100 riel, rounded once.
 */

export type Riel = bigint;

/** Nights of one month paid at one monthly rate. */
export type RatePart = { readonly rate: Riel; readonly nights: number };

function checkDays(days: number): void {
  if (!Number.isInteger(days) || days < 28 || days > 31) throw new RangeError(`a month has 28 to 31 days, not ${days}`);
}

function checkPart(part: RatePart): void {
  if (part.rate < 0n) throw new RangeError('a rate is never negative');
  if (!Number.isInteger(part.nights) || part.nights < 0) throw new RangeError(`nights must be a whole number from 0, not ${part.nights}`);
}

/**
 * The amount of one line of a month: all its rate parts are added exactly and rounded once.
 * `rate` in riel a month, `nights` in nights of this month, `days` the days of the month.
 * Throws a RangeError when the nights together are more than the month has, or anything is negative.
 * A recovery is therefore a difference of two amounts, never negative nights.
 */
export function monthAmount(parts: readonly RatePart[], days: number): Riel {
  checkDays(days);
  let nights = 0;
  let shares = 0n;
  for (const part of parts) {
    checkPart(part);
    nights += part.nights;
    shares += part.rate * BigInt(part.nights);
  }
  if (nights > days) throw new RangeError(`${nights} nights in a month of ${days} days`);
  // floor(x / 100 + 1/2) x 100 with x = shares / days, in whole numbers.
  const month = BigInt(days);
  return ((shares + 50n * month) / (100n * month)) * 100n;
}

/** The amount for `nights` of a month at one monthly rate: 400,000 for 23 of 30 nights is 306,700. */
export function proRata(rate: Riel, nights: number, daysInMonth: number): Riel {
  return monthAmount([{ rate, nights }], daysInMonth);
}
