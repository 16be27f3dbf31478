import { listeningTo, living, reviewing } from './families.js';
import { mischief } from './mischief.js';
import { advancing, appealing, asking, campaigning, following, loading } from './recruiting.js';
import { announcing, countersigning, courses, listing, teaching } from './training.js';
import type { Year } from './year.js';

const DEEDS = [
  [asking, 12], [following, 14], [advancing, 70], [campaigning, 3], [appealing, 3], [loading, 1], [announcing, 4], [listing, 6], [countersigning, 3], [living, 18], [reviewing, 5], [listeningTo, 4], [mischief, 16],
] as const;

/** Lives through so many days with so many deeds each, and looks at everything every `every` days. */
export async function live(year: Year, days: number, deeds: number, every: number, look: () => Promise<void>): Promise<void> {
  await courses(year);
  for (let day = 1; day <= days; day++) {
    await teaching(year);
    for (let i = 0; i < deeds; i++) await year.random.weighted(DEEDS)(year);
    await year.turn();
    if (day % every === 0 || day === days) await look();
  }
}
