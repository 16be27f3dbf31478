import type { Journey } from './journey.js';

const FACTORS = 'factors { code label value weight contribution band missing }';

/** Step 5: families for the child, ranked with reasons; those who cannot, with every rule. */
export async function match(j: Journey): Promise<void> {
  j.step(5, 'She asks for families for that child: ranked, each factor shown; and why the others cannot');
  const worker = await j.as('worker');
  const fields = `MatchList { id families(first: 5) { nodes { rank familyId familyNumber score ${FACTORS} } } excluded(first: 3) { nodes { familyNumber rules { code message } } } failedRules { code count } }`;
  j.fails('families for a child whose gatekeeping is open', await worker.isRefused('askForFamilies', { childId: j.fact('nightChildId'), startsOn: j.day(8) }, 'MatchList { id }', 'MatchingRefused'), 'GATEKEEPING_INCOMPLETE');
  const list = await worker.does('askForFamilies', { childId: j.fact('childId'), startsOn: j.day(8) }, fields);
  j.facts.listId = list.id;
  const top = list.families.nodes[0];
  j.tell(`first of the list: F-${top.familyNumber}, score ${top.score}`);
  for (const factor of top.factors) j.tell(`  ${factor.label}: value ${factor.value}, weight ${factor.weight}, contribution ${factor.contribution}, ${factor.band}${factor.missing ? ' (not known)' : ''}`);
  for (const one of list.excluded.nodes) j.tell(`not F-${one.familyNumber}: ${one.rules.map((rule: { message: string }) => rule.message).join(' ')}`);
  const khmer = await worker.speaking('km').ask('query ($id: Id!) { matchList(id: $id) { excluded(first: 1) { nodes { rules { message } } } } }', { id: list.id });
  j.tell(`in Khmer: ${khmer.matchList.excluded.nodes[0].rules[0].message}`);
}

/** Step 6: a proposal holds the place; consultations, agreement, approval, the move. */
export async function place(j: Journey): Promise<void> {
  j.step(6, 'A proposal holds the place; four consultations, the agreement, the supervisor; the child moves in one act');
  const colleague = await j.as('colleague');
  j.facts.placementId = await propose(j);
  const second = await colleague.does('askForFamilies', { childId: j.fact('otherChildId'), startsOn: j.day(8) }, 'MatchList { id }');
  j.fails(
    'a second worker asks for the same last place',
    await colleague.isRefused('proposeFamily', { listId: second.id, familyId: j.fact('familyId'), reason: 'Near his school.', strategies: [] }, 'Proposal { id }', 'MatchingRefused'),
    'PLACE_TAKEN',
  );
  await decide(j);
}

/** Everybody is heard, the agreement is signed, the supervisor approves, the child moves. */
export async function decide(j: Journey): Promise<void> {
  const [worker, supervisor, placementId] = [await j.as('worker'), await j.as('supervisor'), j.fact('placementId')];
  const consult = (input: object) => worker.does('recordConsultation', { placementId, on: j.day(7), ...input }, 'Placement { state }');
  j.fails(
    'the child heard in front of others',
    await worker.isRefused('recordConsultation', { placementId, on: j.day(7), kind: 'child', alone: false, outcome: 'agrees' }, 'Placement { id }', 'PlacementsRefused'),
    'CHILD_NOT_HEARD_ALONE',
  );
  await consult({ kind: 'child', alone: true, outcome: 'agrees' });
  await consult({ kind: 'family', outcome: 'agrees' });
  await consult({ kind: 'team', outcome: 'agrees' });
  j.fails('approval before everybody was heard', await supervisor.isRefused('approvePlacement', { placementId, on: j.day(7) }, 'Placement { id }', 'PlacementsRefused'), 'CONSULTATIONS_MISSING');
  await consult({ kind: 'province', outcome: 'agrees' });
  for (const [party, signer] of [['carer', 'Nuon Sopheap'], ['office', 'Sokha'], ['commune', 'Commune chief']] as const) {
    await worker.does('signAgreement', { placementId, on: j.day(7), party, signer, how: party === 'carer' ? 'thumbprint' : 'signed' }, 'Placement { state }');
  }
  const before = await counts(j);
  const approved = await supervisor.does('approvePlacement', { placementId, on: j.day(7) }, 'Placement { state }');
  j.tell(`the placement is ${approved.state}`);
  const moved = await worker.does('startPlacement', { placementId, on: j.day(8) }, 'Placement { state startsOn }');
  const { child } = await worker.ask('query ($id: Id!) { child(id: $id) { timeline { kind from to } } }', { id: j.fact('childId') });
  j.tell(`moved on ${moved.startsOn}: ${child.timeline.map((stay: { kind: string; from: string; to: string | null }) => `${stay.kind} ${stay.from} to ${stay.to ?? 'today'}`).join(', then ')}`);
  j.before = before;
}

async function propose(j: Journey): Promise<string> {
  const worker = await j.as('worker');
  const { matchList } = await worker.ask(`query ($id: Id!) { matchList(id: $id) { families(first: 100) { nodes { rank familyId familyNumber ${FACTORS} } } } }`, { id: j.fact('listId') });
  const chosen = matchList.families.nodes.find((one: { familyId: string }) => one.familyId === j.fact('familyId'));
  j.expect(chosen !== undefined, 'the new family is on the list');
  const weak = chosen.factors.filter((factor: { band: string }) => factor.band === 'Medium' || factor.band === 'Low');
  const strategies = weak.map((factor: { code: string }) => ({ factor: factor.code, text: 'The worker calls every week in the first month.' }));
  if (strategies.length > 0) {
    j.fails(
      'a proposal without a strategy for each weak factor',
      await worker.isRefused('proposeFamily', { listId: j.fact('listId'), familyId: j.fact('familyId'), reason: 'Her school is next door.', strategies: [] }, 'Proposal { id }', 'MatchingRefused'),
      'STRATEGY_MISSING',
    );
  }
  const proposal = await worker.does('proposeFamily', { listId: j.fact('listId'), familyId: j.fact('familyId'), reason: 'Her school is next door.', strategies }, 'Proposal { id placementId heldUntil }');
  j.tell(`F-${chosen.familyNumber} (rank ${chosen.rank}) proposed; its place is held until ${proposal.heldUntil}`);
  const told = ['needs', 'behaviour', 'contact', 'support'].map((topic) => ({ topic, words: 'Told at her kitchen table.' }));
  await worker.does('recordTold', { proposalId: proposal.id, on: j.day(7), items: told }, 'Proposal { id }');
  await worker.does('answerProposal', { proposalId: proposal.id, on: j.day(7), answer: 'accepted', told: 'Her needs, her school, her mother, what helps her sleep.' }, 'Proposal { answer }');
  return proposal.placementId;
}

/** Exact counts of the day of the move, by care kind. */
export async function counts(j: Journey): Promise<Readonly<Record<string, number>>> {
  const supervisor = await j.as('supervisor');
  const { careCounts } = await supervisor.ask('query ($on: Day!) { careCounts(on: $on) { ... on CareCounts { counts { careKind count } } } }', { on: j.day(8) });
  return Object.fromEntries(careCounts.counts.map((one: { careKind: string; count: number }) => [one.careKind, one.count]));
}

/** A fact that breaks a rule is recorded, marked and brought to the supervisor: decisions are refused, facts never. */
export async function night(j: Journey): Promise<void> {
  j.tell('And a fact that breaks a rule: a family that is full takes in a fourth child at night');
  const [worker, supervisor] = [await j.as('worker'), await j.as('supervisor')];
  const { standBy } = await worker.ask('{ standBy(areaCode: "02030103", includeUnavailable: true, first: 50) { nodes { available freePlaces reasons { code } family { id number } } } }');
  const full = standBy.nodes.find((node: { freePlaces: number[] }) => node.freePlaces.length === 0);
  j.expect(full !== undefined, 'a family of that village is full');
  j.fails(
    'planning it',
    await worker.isRefused('planPlacement', { childId: j.fact('otherChildId'), familyId: full.family.id, careKind: 'foster', startsOn: j.day(9), reason: 'x' }, 'Placement { id }', 'PlacementsRefused'),
    'PLACE_TAKEN',
  );
  const fact = await worker.does('recordPlacementFact', { childId: j.fact('nightChildId'), familyId: full.family.id, careKind: 'foster', on: j.day(9), reason: 'Found at the market at night; the carers took him in.' }, 'Placement { state breaches }');
  j.tell(`recorded as it was: ${fact.state}, breaches ${fact.breaches.join(', ')}`);
  const { worklist } = await supervisor.ask('{ worklist(first: 100) { nodes { kind label aboutId } } }');
  const task = worklist.nodes.find((one: { aboutId: string | null; kind: string }) => one.aboutId === j.fact('nightChildId') && one.kind.includes('breach'));
  j.expect(task !== undefined, 'the supervisor has a task about it');
  j.tell(`on the supervisor's list: ${task.label}`);
}
