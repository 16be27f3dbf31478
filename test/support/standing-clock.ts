import { Clock } from '../../src/platform/clock.js';

/** A clock that stands until a test moves it: 10:00 in Phnom Penh on a Monday. */
export class StandingClock extends Clock {
  constructor(private moment: Date = new Date('2026-06-15T03:00:00Z')) {
    super();
  }

  now(): Date {
    return this.moment;
  }

  set(iso: string): void {
    this.moment = new Date(iso);
  }

  addDays(days: number): void {
    this.moment = new Date(this.moment.getTime() + days * 86_400_000);
  }
}
