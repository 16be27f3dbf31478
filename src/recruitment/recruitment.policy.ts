import { defineActs, mayForOffice, mayInArea } from '../platform/auth/acts.js';
import type { Op } from '../platform/database/op.js';
import { forbidden } from '../platform/errors.js';

/** What may be done in recruitment, and by whom at all; where is asked with the facts. */
export const acts = defineActs('recruitment', {
  'campaign.open': ['social_worker', 'supervisor'],
  'campaign.recordEvent': ['social_worker', 'supervisor'],
  'campaign.close': ['social_worker', 'supervisor'],
  'campaign.read': ['social_worker', 'supervisor', 'trainer'],
  'enquiry.record': ['social_worker', 'supervisor'],
  'enquiry.followUp': ['social_worker', 'supervisor'],
  'enquiry.assign': ['social_worker', 'supervisor'],
  'enquiry.linkDuplicate': ['social_worker', 'supervisor'],
  'enquiry.unlinkDuplicate': ['social_worker', 'supervisor'],
  'enquiry.read': ['social_worker', 'supervisor'],
  'application.receive': ['social_worker', 'supervisor'],
  'application.read': ['social_worker', 'supervisor'],
  'check.record': ['social_worker', 'supervisor'],
  'check.attachDocument': ['social_worker', 'supervisor'],
  'check.renew': ['social_worker', 'supervisor'],
  'family.review': ['supervisor'],
  'signature.record': ['social_worker', 'supervisor'],
  'home_study.record': ['social_worker', 'supervisor'],
  'application.present': ['social_worker', 'supervisor'],
  'application.approve': ['supervisor'],
  'application.refuse': ['supervisor'],
  'application.dissolvePanel': ['supervisor'],
  'application.appeal': ['social_worker', 'supervisor'],
  'application.decideAppeal': ['supervisor'],
  'motive_talk.record': ['supervisor'],
  'application.withdraw': ['social_worker', 'supervisor'],
  'funnel.read': ['social_worker', 'supervisor'],
  'tie.declare': ['social_worker', 'supervisor'],
  'tie.withdraw': ['supervisor'],
  'family.load': ['social_worker', 'supervisor'],
  'family_load.read': ['social_worker', 'supervisor'],
});

/** FORBIDDEN unless one of the actor's postings allows the act in this area. */
export function needArea(op: Op, areaCode: string): void {
  if (!mayInArea(op.actor, op.act, areaCode)) throw forbidden();
}

/** FORBIDDEN unless one of the actor's postings allows the act for this office. */
export function needOffice(op: Op, officeId: string): void {
  if (!mayForOffice(op.actor, op.act, officeId)) throw forbidden();
}
