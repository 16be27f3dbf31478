import { defineActs } from '../platform/auth/acts.js';

/** Nobody with a posting loads areas: the operator does, at the command line, and the register notes it as its own act. */
export const acts = defineActs('territory', {
  'areas.load': [],
});
