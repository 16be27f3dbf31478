import { defineActs } from '../platform/auth/acts.js';
import { ROLES } from '../platform/auth/roles.js';

/** Everybody has a worklist and an inbox; another system has neither. Which rows are whose, row security says. */
const PEOPLE = ROLES.filter((role) => role !== 'system_client');

export const acts = defineActs('worklist', {
  'task.read': PEOPLE,
  'task.complete': PEOPLE,
  'inbox.read': PEOPLE,
  'inbox.markRead': PEOPLE,
});
