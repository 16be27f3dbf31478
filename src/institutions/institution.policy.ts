import { defineActs, mayInArea, postingsFor } from '../platform/auth/acts.js';
import type { Act } from '../platform/auth/acts.js';
import type { Actor } from '../platform/auth/roles.js';

/** What may be done with institutions, and by whom at all; where is asked with the facts. */
export const acts = defineActs('institutions', {
  'institution.register': ['supervisor'],
  'institution.edit': ['supervisor'],
  'institution.read': ['social_worker', 'supervisor', 'para_social_worker'],
  'institution.license': ['supervisor'],
  'institution.endLicence': ['supervisor'],
  'institution.inspect': ['social_worker', 'supervisor'],
  // What is found against an institution is not for its own staff.
  'institution.readInspections': ['social_worker', 'supervisor'],
  'institution.orderClosure': ['supervisor'],
  'institution.empty': ['supervisor'],
  'institution.close': ['supervisor'],
  'institution.planClosing': ['social_worker', 'supervisor'],
  'institution.recordPosts': ['social_worker', 'supervisor', 'para_social_worker'],
});

/** The institutions in which the actor herself is posted. */
export function ownInstitutions(actor: Actor): readonly string[] {
  return postingsFor(actor, acts['institution.read']).flatMap(({ institutionId }) => (institutionId === null ? [] : [institutionId]));
}

/** May the actor see this institution: in her territory, or her own? */
export function mayRead(actor: Actor, institution: { readonly id: string; readonly area_code: string }): boolean {
  return mayInArea(actor, acts['institution.read'], institution.area_code) || ownInstitutions(actor).includes(institution.id);
}

/** May the actor do this act with an institution: in her territory, or in the one where she works? */
export function mayDo(actor: Actor, act: Act, institution: { readonly id: string; readonly area_code: string }): boolean {
  return mayInArea(actor, act, institution.area_code) || postingsFor(actor, act).some(({ institutionId }) => institutionId === institution.id);
}

/** May the actor correct what is written of an institution in this area? */
export function mayEdit(actor: Actor, areaCode: string): boolean {
  return mayInArea(actor, acts['institution.edit'], areaCode);
}
