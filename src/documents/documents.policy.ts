import { defineActs, mayForOffice } from '../platform/auth/acts.js';
import type { Actor } from '../platform/auth/roles.js';

/**
 * What may be done with documents, and by whom at all. Whose they are is decided by what they are attached to: the row
 * security of that row is theirs. Before, a document is its uploader's alone.
 */
export const acts = defineActs('documents', {
  'document.upload': ['social_worker', 'supervisor'],
  'document.open': ['social_worker', 'supervisor'],
  'document.readConfidential': ['supervisor'],
  'document.withdraw': ['supervisor'],
});

/** What decides who may open an attached document that she may see. */
export interface Openness {
  readonly office_id: string | null;
  readonly confidential: boolean | null;
  readonly withdrawn_on: string | null;
}

/** A confidential document, and one that was withdrawn, is opened by the supervisors of its office alone. */
export function mayOpen(actor: Actor, document: Openness): boolean {
  if (document.office_id === null || (document.confidential !== true && document.withdrawn_on === null)) return true;
  return mayForOffice(actor, acts['document.readConfidential'], document.office_id);
}
