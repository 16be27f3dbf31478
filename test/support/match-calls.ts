import type { Client, Harness, Outcome } from './harness.js';

/** The acts of matching as a client calls them; what is left out is an everyday case on the day the clock stands on. */

export const STARTS = '2026-06-22';
export const REFUSED = 'MatchingRefused';
export const FACTORS = 'factors { code label value weight contribution band missing }';
export const LIST = `MatchList { id childId childIds askedOn startsOn emergency gatekeepingComplete apartReason weightsVersion weights { code label weight } searched eligible
  kinFirst { kind relativeId familyId familyNumber areaCode freePlaces } families(first: 100) { nodes { rank familyId familyNumber areaCode score freePlaces placesForAll strategiesNeeded ${FACTORS} } }
  excluded(first: 100) { nodes { familyNumber areaCode rules { code message toChange } } } failedRules { code message count } }`;
const PROPOSAL = `Proposal { id listId placementId placements { childId placementId } familyId state proposedOn reason emergency heldUntil answer answeredOn told answerReason
  strategies { factor text } strategiesMissing rank can { act allowed code } }`;

export const ask = (who: Client, input: object): Promise<Outcome> => who.act('askForFamilies', { startsOn: STARTS, ...input }, LIST, REFUSED);
export const propose = (who: Client, input: object): Promise<Outcome> => who.act('proposeFamily', input as Record<string, unknown>, PROPOSAL, REFUSED);
export const strategies = (who: Client, input: object): Promise<Outcome> => who.act('recordStrategies', input as Record<string, unknown>, PROPOSAL, REFUSED);
/** A family has heard what it must hear, written by the owner: no act. */
export const heard = (harness: Harness, proposalId: string): Promise<unknown> =>
  harness.sql(`insert into matching.told_items (id, proposal_id, topic, words, told_on) select uuidv7(), $1, topic, 'Told before.', '2026-06-01' from unnest('{needs,behaviour,contact,support}'::text[]) as topic`, [proposalId]);
/** Tells a family what it must hear before it answers. */
export const tell = (who: Client, proposalId: string, input: object = {}): Promise<Outcome> =>
  who.act('recordTold', { proposalId, on: '2026-06-01', items: ['needs', 'behaviour', 'contact', 'support'].map((topic) => ({ topic, words: 'Told at the kitchen table.' })), ...input }, 'Proposal { id toldItems { topic words on } }', REFUSED);
export const reply = (who: Client, input: object): Promise<Outcome> =>
  who.act('answerProposal', { answer: 'accepted', on: '2026-06-15', told: 'Her needs, her school, what helps her sleep.', ...input }, PROPOSAL, REFUSED);

/** What a list says of one family: its entry, undefined where it may not be chosen. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function entryOf(list: any, familyId: string): any {
  return list.families.nodes.find((one: { familyId: string }) => one.familyId === familyId);
}

/** Everything that a list asks for before this family can be proposed: a reason, and a strategy for every factor that needs one. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export function choiceOf(list: any, familyId: string): { listId: string; familyId: string; reason: string; strategies: { factor: string; text: string }[] } {
  const needed: string[] = entryOf(list, familyId)?.strategiesNeeded ?? [];
  return { listId: list.id, familyId, reason: 'She knows the village.', strategies: needed.map((factor) => ({ factor, text: 'The worker calls every week.' })) };
}

/** Who has places in a family, as the owner sees it. */
export const holdsIn = (harness: Harness, familyId: string) =>
  harness.sql<{ kind: string; occupant_id: string }>('select kind, occupant_id from carers.place_occupancies where family_id = $1 order by slot', [familyId]);
