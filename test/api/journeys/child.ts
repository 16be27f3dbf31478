import { addMonths } from '../../../src/kernel/civil-date.js';
import type { Journey } from './journey.js';

/** First registration with five facts. Gives the child's id. */
async function registered(j: Journey, name: { nameKm: string; nameLatin: string }, sex: string, birth: string): Promise<string> {
  const para = await j.as('para');
  const child = await para.does(
    'registerResident',
    {
      institutionId: j.fact('institutionId'), ...name, sex, birth: { date: birth, precision: 'year', basis: 'estimated' },
      seenOn: j.day(3), arrivedOn: addMonths(j.day(1), -14), arrivedPrecision: 'month', originAreaCode: '020101',
    },
    'Child { id number timeline { kind from } }',
  );
  j.tell(`child C-${child.number} registered with five facts; she has lived there since ${child.timeline[0].from}`);
  return child.id;
}

/** Step 4: a para social worker notifies a child; a social worker who is not the institution's completes gatekeeping. */
export async function describe(j: Journey): Promise<void> {
  j.step(4, 'A para social worker notifies a child and describes her; a social worker completes gatekeeping');
  const para = await j.as('para');
  const { institutions } = await para.ask('{ institutions(first: 1) { nodes { id nameLatin } } }');
  j.facts.institutionId = institutions.nodes[0].id;
  j.facts.childId = await registered(j, { nameKm: 'សុខ ចាន់ថា', nameLatin: 'Sok Chantha' }, 'female', '2016-01-01');
  j.facts.otherChildId = await registered(j, { nameKm: 'លី បូរ៉ា', nameLatin: 'Ly Bora' }, 'male', '2014-01-01');
  j.facts.nightChildId = await registered(j, { nameKm: 'ហេង តារា', nameLatin: 'Heng Dara' }, 'male', '2013-01-01');
  const childId = j.fact('childId');
  const version = async (): Promise<number> => (await para.ask('query ($id: Id!) { child(id: $id) { version } }', { id: childId })).child.version;
  await para.does(
    'describeChild',
    { childId, version: await version(), birth: { date: '2016-05-01', precision: 'month', basis: 'family_book' }, languages: ['khm'], civilRegistration: 'in_progress', homeAreaCode: '02010102' },
    'Child { id }',
  );
  await para.does('recordReasons', { childId, version: await version(), main: 'basic_needs', others: ['schooling'], parentalStatus: 'mother' }, 'Child { id }');
  await para.does('recordLegalBasis', { childId, kind: 'parents_agreement', from: addMonths(j.day(1), -14), number: 'BTB-17', decidedOn: addMonths(j.day(1), -14) }, 'Child { id }');
  await para.does('recordNeeds', { childId, on: j.day(4), needs: [{ kind: 'learning_support', level: 1 }] }, 'Child { id }');
  const brotherId = await registered(j, { nameKm: 'សុខ រិទ្ធី', nameLatin: 'Sok Rithy' }, 'male', '2009-01-01');
  await para.does('linkSiblings', { childIds: [childId, brotherId], wishTogether: false }, 'Child { id }');
  const { child } = await para.ask('query ($id: Id!) { child(id: $id) { number youngestAge ageBand birthPrecision needs { kind level } legalBases { kind } siblings { wishTogether others { number } } } }', { id: childId });
  j.tell(`she is at least ${child.youngestAge} (${child.ageBand}), needs ${child.needs[0].kind}, here by ${child.legalBases[0].kind}; her brother C-${child.siblings.others[0].number} stays to finish school`);
  j.fails('staff of the institution record the child\'s view', await para.isRefused('recordView', { childId, on: j.day(4), alone: true, text: 'x' }, 'Child { id }', 'ChildrenRefused'), 'FORBIDDEN');
  for (const id of [childId, j.fact('otherChildId')]) await gatekept(j, id);
}

async function gatekept(j: Journey, childId: string): Promise<void> {
  const colleague = await j.as('colleague');
  const { child } = await colleague.ask('query ($id: Id!) { child(id: $id) { number gatekeeping { id state } } }', { id: childId });
  const gatekeepingId = child.gatekeeping.id;
  const conclude = { gatekeepingId, on: j.day(6), parentsTraced: true, kinTraced: true };
  if (childId === j.fact('childId')) {
    j.fails('concluding before each option was looked at', await colleague.isRefused('concludeGatekeeping', conclude, 'Gatekeeping { id }', 'PlacementsRefused'), 'OPTION_MISSING');
  }
  await colleague.does('recordOption', { gatekeepingId, on: j.day(5), option: 'birth_family', outcome: 'passed_over', reason: 'Her mother works in Thailand and asks that she grow up in a family until she is back.' }, 'Gatekeeping { id }');
  await colleague.does('recordOption', { gatekeepingId, on: j.day(5), option: 'kin', outcome: 'absent', reason: 'An aunt was traced; she is ill and cannot take a child.' }, 'Gatekeeping { id }');
  await colleague.does('recordOption', { gatekeepingId, on: j.day(6), option: 'foster', outcome: 'chosen', reason: 'A family near her school and her mother\'s village.' }, 'Gatekeeping { id }');
  const done = await colleague.does('concludeGatekeeping', conclude, 'Gatekeeping { state concludedOn }');
  j.tell(`gatekeeping of C-${child.number}: ${done.state} on ${done.concludedOn}`);
}
