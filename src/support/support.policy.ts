import { defineActs, mayForOffice } from '../platform/auth/acts.js';
import type { Op } from '../platform/database/op.js';
import { forbidden } from '../platform/errors.js';

/** What may be done with money, and by whom at all; where is asked with the facts. */
export const acts = defineActs('support', {
  'paymentRun.prepare': ['finance_officer'],
  'paymentRun.calculate': ['finance_officer'],
  'paymentRun.check': ['finance_officer', 'finance_approver'],
  'paymentRun.approve': ['finance_approver'],
  'paymentRun.cancel': ['finance_officer', 'finance_approver'],
  'paymentRun.read': ['finance_officer', 'finance_approver', 'supervisor'],
  'payee.set': ['finance_officer'],
});

/** FORBIDDEN unless one of the actor's postings allows the act for this office. */
export function needOffice(op: Op, officeId: string): void {
  if (!mayForOffice(op.actor, op.act, officeId)) throw forbidden();
}
