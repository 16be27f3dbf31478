import { defineActs } from '../platform/auth/acts.js';

/** What may be done in casework, and by whom at all; whose children is the database's word. */
export const acts = defineActs('casework', {
  'visit.tap': ['social_worker', 'supervisor'],
  'visit.record': ['social_worker', 'supervisor'],
  'visit.attachDocument': ['social_worker', 'supervisor'],
  'visit.read': ['social_worker', 'supervisor'],
});
