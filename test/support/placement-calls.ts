import type { Client, Outcome } from './harness.js';
import type { Person } from './people.js';

/** The acts of the placements room as a client calls them: what is left out is an everyday case on the day the clock stands on. */

export const TODAY = '2026-06-15';
export const REFUSED = 'PlacementsRefused';
const PLACEMENT = 'Placement { id childId familyId state startsOn endedOn endReason approvedOn approvedBy breaches emergency can { act allowed code } consultations { kind outcome } agreements { party how } }';

export const plan = (who: Client, input: object): Promise<Outcome> =>
  who.act('planPlacement', { careKind: 'foster', startsOn: TODAY, reason: 'She knows them.', ...input }, PLACEMENT, REFUSED);
export const consult = (who: Client, placementId: string, input: object): Promise<Outcome> => who.act('recordConsultation', { placementId, on: TODAY, ...input }, PLACEMENT, REFUSED);
export const sign = (who: Client, placementId: string, input: object): Promise<Outcome> =>
  who.act('signAgreement', { placementId, on: TODAY, signer: 'Sok Dara', how: 'signed', ...input }, PLACEMENT, REFUSED);
export const approve = (who: Client, placementId: string, input: object = {}): Promise<Outcome> => who.act('approvePlacement', { placementId, on: TODAY, ...input }, PLACEMENT, REFUSED);
export const start = (who: Client, placementId: string, input: object = {}): Promise<Outcome> => who.act('startPlacement', { placementId, on: TODAY, ...input }, PLACEMENT, REFUSED);
export const end = (who: Client, placementId: string, input: object = {}): Promise<Outcome> =>
  who.act('endPlacement', { placementId, on: TODAY, reason: 'planned', goesTo: 'home', ...input }, PLACEMENT, REFUSED);
export const cancel = (who: Client, placementId: string, input: object = {}): Promise<Outcome> => who.act('cancelPlacement', { placementId, reason: 'other_plan', ...input }, PLACEMENT, REFUSED);
export const fact = (who: Client, input: object): Promise<Outcome> =>
  who.act('recordPlacementFact', { careKind: 'foster', on: TODAY, reason: 'Brought at night by the commune chief.', ...input }, PLACEMENT, REFUSED);
export const correct = (who: Client, input: object): Promise<Outcome> => who.act('correctEpisode', { reason: 'typing_error', ...input }, 'Episode { id kind from to }', REFUSED);
export const CORRECTION = 'Correction { id childId what episodeId startsOn endsOn kind reason note state proposedBy decidedBy }';
export const proposeCorrection = (who: Client, input: object): Promise<Outcome> =>
  who.act('proposeCorrection', { reason: 'told_later', note: 'The village chief remembers.', ...input }, CORRECTION, REFUSED);
export const approveCorrection = (who: Client, correctionId: string, input: object = {}): Promise<Outcome> => who.act('approveCorrection', { correctionId, ...input }, CORRECTION, REFUSED);
export const declineCorrection = (who: Client, correctionId: string, input: object = {}): Promise<Outcome> =>
  who.act('declineCorrection', { correctionId, note: 'The book says otherwise.', ...input }, CORRECTION, REFUSED);

/** Proposed by one and approved by another. Gives the first answer that is none. */
export async function corrected(worker: Client, supervisor: Client, input: object): Promise<Outcome> {
  const proposed = await proposeCorrection(worker, input);
  return proposed.result?.state === 'proposed' ? approveCorrection(supervisor, proposed.result.id) : proposed;
}

const EPISODE = 'Episode { id kind from to familyId institutionId placementId breaches }';
export const absence = (who: Client, childId: string, input: object = {}): Promise<Outcome> => who.act('recordAbsence', { childId, on: TODAY, kind: 'hospital', happened: true, ...input }, EPISODE, REFUSED);
export const back = (who: Client, childId: string, input: object = {}): Promise<Outcome> => who.act('recordReturn', { childId, on: TODAY, ...input }, EPISODE, REFUSED);

const GONE = 'Disappearance { id since keptUntil releasedOn returnedOn talkDueAt traffickingSign told { party whom notToldReason } talk { on withWhom refused words } }';
export const missing = (who: Client, childId: string, input: object = {}): Promise<Outcome> => who.act('recordMissing', { childId, on: TODAY, traffickingSign: false, ...input }, GONE, REFUSED);
export const tell = (who: Client, childId: string, input: object): Promise<Outcome> => who.act('recordTelling', { childId, ...input }, 'Telling { id party at whom notToldReason recordedBy }', REFUSED);
export const talk = (who: Client, childId: string, input: object = {}): Promise<Outcome> =>
  who.act('recordReturnTalk', { childId, on: TODAY, withWhom: 'The school\'s counsellor', alone: true, outsideHome: true, refused: false, traffickingSign: false, ...input }, GONE, REFUSED);
export const moveTo = (who: Client, childId: string, input: object): Promise<Outcome> => who.act('recordMove', { childId, on: TODAY, ...input }, EPISODE, REFUSED);
export const death = (who: Client, childId: string, input: object = {}): Promise<Outcome> =>
  who.act('recordDeath', { childId, on: TODAY, place: 'Provincial hospital', cause: 'Fever', ...input }, 'Death { id childId on place cause told { party whom notToldReason } }', REFUSED);

/** Everybody is heard and everybody signs. */
export async function heardAndSigned(worker: Person, placementId: string): Promise<void> {
  await consult(worker, placementId, { kind: 'child', alone: true, outcome: 'agrees' });
  for (const kind of ['family', 'team', 'province']) await consult(worker, placementId, { kind, outcome: 'agrees' });
  for (const party of ['carer', 'office', 'commune']) await sign(worker, placementId, { party });
}

/** A plan of the worker's that the supervisor has approved. Gives its id. */
export async function approvedPlan(worker: Person, supervisor: Person, input: { childId: string; familyId: string; startsOn?: string }): Promise<string> {
  const { result } = await plan(worker, { startsOn: TODAY, ...input });
  await heardAndSigned(worker, result.id);
  const approved = (await approve(supervisor, result.id)).result;
  if (approved?.state !== 'approved') throw new Error(`not approved: ${JSON.stringify(approved)}`);
  return result.id;
}
