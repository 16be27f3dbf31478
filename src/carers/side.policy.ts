import { defineActs } from '../platform/auth/acts.js';

/** What is done on the carers' side. A carer does not sign in: a worker writes it down for her. */
export const sideActs = defineActs('carers', {
  'respite.record': ['social_worker', 'supervisor'],
  'respite.exceed': ['supervisor'],
  'respite.cancel': ['social_worker', 'supervisor'],
  'group.found': ['social_worker', 'supervisor'],
  'group.join': ['social_worker', 'supervisor'],
  'group.leave': ['social_worker', 'supervisor'],
  'group.meet': ['social_worker', 'supervisor'],
  'group.read': ['social_worker', 'supervisor'],
  'complaint.record': ['social_worker', 'supervisor'],
  'complaint.answer': ['supervisor'],
  'complaint.appeal': ['social_worker', 'supervisor'],
  'complaint.read': ['social_worker', 'supervisor'],
  'exit.record': ['social_worker', 'supervisor'],
});
