import { audit, count, pay, visit } from './after.js';
import { approve } from './approving.js';
import { describe } from './child.js';
import type { Journey } from './journey.js';
import { match, night, place } from './placing.js';
import { loadAreas, recruit } from './recruiting.js';

/** The journey in its order. */
export const STEPS: readonly ((journey: Journey) => Promise<void>)[] = [loadAreas, recruit, approve, describe, match, place, pay, visit, count, night, audit];
