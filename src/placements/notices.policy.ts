import { defineActs } from '../platform/auth/acts.js';
import type { Role } from '../platform/auth/roles.js';

const OFFICES: readonly Role[] = ['social_worker', 'supervisor'];

/** What institutions tell, and what offices decide about it. */
export const acts = defineActs('placements', {
  'arrival.notify': [...OFFICES, 'para_social_worker'],
  'departure.notify': [...OFFICES, 'para_social_worker'],
  'notice.decide': OFFICES,
  'notice.read': [...OFFICES, 'para_social_worker'],
  'temporaryStay.extend': ['supervisor'],
});
