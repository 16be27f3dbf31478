import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import supertest from 'supertest';
import { encodeCursor } from '../../src/kernel/cursor.js';
import { mayEver, mayInArea } from '../../src/platform/auth/acts.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { acts as children } from '../../src/children/children.policy.js';
import { activePlacement, resident } from '../support/given-placements.js';
import { approvedFamily, standing } from '../support/given.js';
import { Harness } from '../support/harness.js';
import { arrangeOffices, oneOfEachRole, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';

let harness: Harness;
let offices: Offices;
let worker: Person;
let theirWorker: Person;
let supervisor: Person;
let theirSupervisor: Person;

beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  worker = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
  supervisor = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
  theirWorker = await signedIn(harness, { role: 'social_worker', office: offices.siemReapTown });
  theirSupervisor = await signedIn(harness, { role: 'supervisor', office: offices.siemReap });
}, 60_000);
afterAll(() => harness.stop());

const FILE = 'query ($id: Id!) { child(id: $id) { number } }';
const PLACEMENT = 'query ($id: Id!) { placement(id: $id) { state endReason breaches consultations { reason } agreements { signer } } }';
const codeOf = (answer: { errors?: readonly { extensions: { code: string } }[] }): string | undefined => answer.errors?.[0]?.extensions.code;

describe('a plan across provinces that was called off', () => {
  it('closes the child\'s file, and what was said before the plan, to the family\'s office again', async () => {
    const child = await resident(harness);
    const family = await approvedFamily(harness, { area: '17100101' });
    const plan = (await worker.act('planPlacement', { childId: child.id, familyId: family.id, careKind: 'foster', startsOn: '2026-06-25', reason: 'Near her aunt.' }, 'Placement { id }', 'PlacementsRefused')).result;
    await worker.act('recordConsultation', { placementId: plan.id, kind: 'family', on: '2026-06-15', outcome: 'does_not_agree', reason: 'Her mother fears Zqheard.' }, 'Placement { id }', 'PlacementsRefused');
    await worker.act('signAgreement', { placementId: plan.id, party: 'parent', signer: 'Zqsigner', how: 'signed', on: '2026-06-15' }, 'Placement { id }', 'PlacementsRefused');
    expect((await theirWorker.send(FILE, { id: child.id })).data.child).toEqual({ number: child.number });
    expect((await theirWorker.send(PLACEMENT, { id: plan.id })).text).toMatch(/Zqheard.*Zqsigner/);

    // Yesterday: what was opened today stays open until the day is over.
    await harness.sql(`update children.shares set during = daterange(lower(during) - 1, null) where child_id = $1`, [child.id]);
    const called = await worker.act('cancelPlacement', { placementId: plan.id, reason: 'not_suitable' }, 'Placement { state }', 'PlacementsRefused');
    expect(called.result).toEqual({ __typename: 'Placement', state: 'cancelled' });

    expect(codeOf(await theirWorker.send(FILE, { id: child.id }))).toBe('NOT_FOUND');
    const seen = await theirWorker.send(PLACEMENT, { id: plan.id });
    expect(seen.data.placement).toMatchObject({ state: 'cancelled', consultations: [], agreements: [] });
    expect((await worker.send(PLACEMENT, { id: plan.id })).text).toMatch(/Zqheard.*Zqsigner/);
  });
});

describe('a reason that rests on an allegation, a contact risk, a conviction or health', () => {
  it('is no word of a breach to who is no supervisor of the family\'s office', async () => {
    const child = await resident(harness);
    const family = await approvedFamily(harness, { area: '17100101' });
    await standing(harness, family.id, 'suspension', '2026-06-01', null, null, true);
    const fact = await worker.act('recordPlacementFact', { childId: child.id, familyId: family.id, careKind: 'foster', on: '2026-06-15', reason: 'Taken in at night.' }, 'Placement { id breaches }', 'PlacementsRefused');
    expect(fact.result.breaches).toContain('ASK_SUPERVISOR');
    const timeline = 'query ($id: Id!) { timeline(childId: $id) { episodes { breaches } } child(id: $id) { timeline { breaches } placements { breaches } } }';
    for (const who of [worker, supervisor, theirWorker]) expect((await who.send(timeline, { id: child.id })).text).not.toContain('SUSPENDED');
    expect((await theirSupervisor.send(PLACEMENT, { id: fact.result.id })).data.placement.breaches).toContain('SUSPENDED');
  });

  it('is not told to a supervisor of another province who plans with the family', async () => {
    const child = await resident(harness);
    const family = await approvedFamily(harness, { area: '17100101' });
    await standing(harness, family.id, 'suspension', '2026-06-01', null, null, true);
    const plan = { childId: child.id, familyId: family.id, careKind: 'foster', startsOn: '2026-06-25', reason: 'Near her aunt.' };
    const refused = await supervisor.act('planPlacement', plan, 'Placement { id }', 'PlacementsRefused');
    expect(refused.result).toMatchObject({ code: 'UNSUITABLE', details: [{ name: 'rules', values: ['ASK_SUPERVISOR'] }] });
  });

  it('is no reason of an end to who is no supervisor', async () => {
    for (const reason of ['allegation', 'carer_illness']) {
      const placement = await activePlacement(harness);
      await harness.sql(`update placements.placements set state = 'ended', ended_on = '2026-06-01', end_reason = $2 where id = $1`, [placement.id, reason]);
      expect((await worker.send(PLACEMENT, { id: placement.id })).data.placement).toMatchObject({ state: 'ended', endReason: null });
      expect((await supervisor.send(PLACEMENT, { id: placement.id })).data.placement.endReason).toBe(reason);
    }
  });
});

describe('rights that were never there', () => {
  it('a stranger\'s read may do nothing by itself', async () => {
    const query = await harness.app.get(UnitOfWork).query(undefined, 'stranger');
    expect([mayEver(query.op.actor, children['child.read']), mayInArea(query.op.actor, children['child.read'], '02')]).toEqual([false, false]);
    await query.commit();
  });

  it('a posting that was taken back hears of nobody', async () => {
    const mistaken = await signedIn(harness, { role: 'trainer', office: offices.banan });
    const holders = (): Promise<{ account: string }[]> => harness.sql(`select h as account from worklist.holders('trainer', $1, '2026-06-15') as h`, [offices.banan]);
    expect(await holders()).toEqual([{ account: mistaken.accountId }]);
    await harness.sql('update staff.postings set withdrawn_at = now() where id = $1', [mistaken.postingId]);
    expect(await holders()).toEqual([]);
  });
});

describe('a cursor of somebody\'s own making', () => {
  it('is BAD_USER_INPUT in every list, and never a fault of ours', async () => {
    const people = await oneOfEachRole(harness);
    const lists = Object.values(harness.app.get(GraphQLSchemaHost).schema.getQueryType()?.getFields() ?? {}).filter(({ args }) => args.some(({ name }) => name === 'after'));
    const faults: string[] = [];
    const asked = new Set<string>();
    for (const list of lists) {
      const needed = list.name === 'standBy' ? 'areaCode: "02", ' : '';
      for (const parts of [['x'], ['x', 'y'], [1], [1.5, 1e300], [null], [null, null], ['2026-01-01', 'x'], ['999999999999999999']]) {
        for (const who of [people.supervisor, people.administrator, people.auditor, people.finance_officer]) {
          const answer = await who.send(`query ($after: String) { ${list.name}(${needed}after: $after) { pageInfo { hasNextPage } } }`, { after: encodeCursor(parts) });
          if (codeOf(answer) === 'FORBIDDEN') continue;
          asked.add(list.name);
          if (codeOf(answer) === 'INTERNAL') faults.push(`${list.name} ${JSON.stringify(parts)}`);
        }
      }
    }
    expect(asked.size).toBe(lists.length);
    expect([...new Set(faults)]).toEqual([]);
  });
});

describe('the address by which sign-ins are counted', () => {
  /** How many addresses two sign-ins were counted under that claim to come from two places. */
  async function addresses(one: Harness): Promise<number> {
    for (const from of ['203.0.113.7', '203.0.113.8']) {
      const query = 'mutation { signIn(input: { login: "nobody-here", password: "a long enough password" }) { __typename } }';
      await supertest(one.app.getHttpServer()).post('/graphql').set('x-forwarded-for', from).send({ query });
    }
    return (await one.sql('select distinct address_hash from staff.sign_in_attempts')).length;
  }

  it('is what a client writes for itself only behind a proxy of ours', async () => {
    expect(await addresses(harness)).toBe(1);
    const behind = await Harness.start({ TRUSTED_PROXIES: '10.0.0.0/8, 127.0.0.1' });
    expect(await addresses(behind)).toBe(2);
    await behind.stop();
  }, 60_000);
});
