import type { Journey } from './journey.js';
import { loadAreas, recruit } from './recruiting.js';

/** The journey in its order. */
export const STEPS: readonly ((journey: Journey) => Promise<void>)[] = [loadAreas, recruit];
