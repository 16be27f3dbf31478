import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acts } from '../../src/children/children.policy.js';
import { ChildrenService } from '../../src/children/children.service.js';
import { civil, todayIn } from '../../src/kernel/civil-date.js';
import { ok } from '../../src/kernel/result.js';
import type { Result } from '../../src/kernel/result.js';
import { recordAct } from '../../src/platform/audit/acts.js';
import { ActorSource } from '../../src/platform/auth/actor-source.js';
import type { Op } from '../../src/platform/database/op.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { knownFamily } from '../support/given.js';
import { contactRisk, need, objection, registeredChild, siblings } from '../support/given-children.js';
import { Harness, newKey } from '../support/harness.js';
import { arrangeInstitution, arrangeOffices, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';

let harness: Harness;
let offices: Offices;
let institution: string;
let worker: Person;
let para: Person;
let children: ChildrenService;

beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  institution = await arrangeInstitution(harness);
  worker = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
  para = await signedIn(harness, { role: 'para_social_worker', institution });
  children = harness.app.get(ChildrenService, { strict: false });
});
afterAll(() => harness.stop());

/** What a later room does: one command of a person, with an act that she may do. */
async function command<C extends string>(who: Person, work: (op: Op) => Promise<Result<string, C>>): Promise<Result<string, C>> {
  const actor = await harness.app.get(ActorSource, { strict: false }).load({ userId: who.accountId, sessionId: who.sessionId }, todayIn(harness.clock.now()));
  if (actor === undefined) throw new Error('Not signed in.');
  return harness.app.get(UnitOfWork, { strict: false }).command(actor, acts['child.describe'], { requestKey: newKey() }, newKey(), async (op) => {
    const result = await work(op);
    if (result.ok) await recordAct(op, { subject: ['child', result.value], on: op.today });
    return result;
  });
}

const fiveFacts = (home: string, officeId: string) =>
  ({ institutionId: home, officeId, nameKm: null, nameLatin: 'Chea Rith', sex: 'male', birth: { date: civil('2016-06-01'), precision: 'estimated', basis: 'estimated' }, seenOn: civil('2026-06-10') }) as const;
const seenBy = async (who: Person, id: string) => (await who.send('query ($id: Id!) { child(id: $id) { id } }', { id })).errors?.[0]?.extensions.code ?? 'seen';

describe('children for later rooms', () => {
  it('are registered with five facts, and found by their name', async () => {
    const made = await command(para, (op) => children.register(op, fiveFacts(institution, offices.battambangTown)));
    const id = made.ok ? made.value : '';
    expect(await harness.sql('select number > 0 as numbered, sex, birth_precision, registered_on, first_seen_on, last_seen_on, parental_status from children.children where id = $1', [id])).toEqual([
      { numbered: true, sex: 'male', birth_precision: 'estimated', registered_on: '2026-06-15', first_seen_on: '2026-06-10', last_seen_on: '2026-06-10', parental_status: 'unknown' },
    ]);
    expect((await para.send('{ searchChildren(name: "rith chea") { id } }')).data.searchChildren).toEqual([{ id }]);
    const facts = fiveFacts(institution, offices.battambangTown);
    expect(await command(para, (op) => children.register(op, { ...facts, birth: { ...facts.birth, precision: 'day', date: civil('2026-06-11') } }))).toMatchObject({ code: 'BORN_AFTER_SEEN' });
    expect(await command(para, (op) => children.register(op, { ...facts, birth: { ...facts.birth, date: civil('2026-06-16') } }))).toMatchObject({ code: 'BIRTH_IN_FUTURE' });
  });

  it('are registered by an institution\'s staff in no other institution', async () => {
    const other = await arrangeInstitution(harness, '020302');
    await expect(command(para, (op) => children.register(op, fiveFacts(other, offices.battambangTown)))).rejects.toThrow(/row-level security/);
  });

  it('are locked in the order of their ids, all or none', async () => {
    const mine = [await registeredChild(harness, { institution }), await registeredChild(harness, { institution })].map(({ id }) => id);
    const far = await registeredChild(harness, { institution: await arrangeInstitution(harness, '171001') });
    await command(worker, async (op) => {
      const locked = await children.lockChildren(op, [...mine].reverse());
      expect(locked.map(({ id }) => id)).toEqual([...mine].sort());
      expect(locked[0]).toMatchObject({ officeId: offices.battambangTown, birthDate: '2014-02-11', diedOn: null, shared: false });
      return ok(mine[0] ?? '');
    });
    await expect(command(worker, async (op) => ok((await children.lockChildren(op, [...mine, far.id]))[0]?.id ?? ''))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('move to another office: the new one sees the file, the old one until it has handed over', async () => {
    const { id } = await registeredChild(harness, { institution });
    const receiver = await signedIn(harness, { role: 'social_worker', office: offices.siemReapTown });
    expect(await seenBy(receiver, id)).toBe('NOT_FOUND');
    await command(worker, async (op) => {
      await children.livesNow(op, id, { institutionId: null, officeId: offices.siemReapTown });
      return ok(id);
    });
    expect([await seenBy(receiver, id), await seenBy(worker, id), await seenBy(para, id)]).toEqual(['seen', 'seen', 'NOT_FOUND']);
    expect(await harness.sql('select office_id, why, lower(during)::text as "from", upper(during)::text as until from children.shares where child_id = $1', [id])).toEqual([
      { office_id: offices.battambangTown, why: 'handover', from: '2026-06-15', until: '2026-09-13' },
    ]);
  });

  it('are opened to the office they come from, and to one more by a dated share', async () => {
    const { id } = await registeredChild(harness, { institution });
    const origin = await signedIn(harness, { role: 'social_worker', office: offices.siemReapTown });
    const third = await signedIn(harness, { role: 'social_worker', office: offices.banan });
    await command(worker, async (op) => {
      await children.comesFrom(op, id, offices.siemReapTown);
      await children.shareWith(op, id, offices.banan, op.today, 'transition');
      return ok(id);
    });
    expect([await seenBy(origin, id), await seenBy(third, id)]).toEqual(['seen', 'seen']);
  });

  it('are seen again and die, but not before they were last seen, and once', async () => {
    const { id } = await registeredChild(harness, { institution });
    const about = (work: (op: Op, child: Awaited<ReturnType<ChildrenService['lockChildren']>>[number]) => Promise<Result<string, string>>) =>
      command(worker, async (op) => {
        const [child] = await children.lockChildren(op, [id]);
        if (child === undefined) throw new Error('There is no such child.');
        const result = await work(op, child);
        return result.ok ? ok(id) : result;
      });
    await about((op, child) => children.seen(op, child, civil('2026-06-12')));
    await about((op, child) => children.seen(op, child, civil('2026-06-01')));
    expect(await harness.sql('select last_seen_on from children.children where id = $1', [id])).toEqual([{ last_seen_on: '2026-06-12' }]);
    expect(await about((op, child) => children.recordDeath(op, child, civil('2026-06-11')))).toMatchObject({ code: 'SEEN_AFTER_DEATH' });
    expect(await about((op, child) => children.recordDeath(op, child, civil('2026-06-12')))).toMatchObject({ ok: true });
    expect(await about((op, child) => children.recordDeath(op, child, civil('2026-06-12')))).toMatchObject({ code: 'ALREADY_DEAD' });
    expect(await about((op, child) => children.seen(op, child, civil('2026-06-13')))).toMatchObject({ code: 'AFTER_DEATH' });
  });

  it('bring what matching compares', async () => {
    const child = await registeredChild(harness, { institution, homeArea: '17100101', languages: ['khm', 'cjm'] });
    const sister = await registeredChild(harness, { institution });
    const family = await knownFamily(harness);
    const groupId = await siblings(harness, [child.id, sister.id]);
    await need(harness, child.id, 'therapy', 3);
    await contactRisk(harness, child.id, { familyId: family.id, areaCode: '020301' });
    await objection(harness, child.id, family.id);
    await command(worker, async (op) => {
      const [facts] = await children.matchingFacts(op, [child.id]);
      expect(facts).toEqual({
        id: child.id, number: child.number, sex: 'female', birthDate: '2014-02-11', birthPrecision: 'day', officeId: offices.battambangTown, institutionId: institution, homeAreaCode: '17100101',
        languages: ['khm', 'cjm'], religion: null, diedOn: null, needs: [{ kind: 'therapy', level: 3 }], contactRisks: [{ familyId: family.id, adultName: null, areaCode: '020301' }],
        objections: [family.id], relatives: [],
        siblings: { groupId, members: 2, children: [child.id, sister.id].sort().map((childId) => ({ childId, wishTogether: true })) },
      });
      expect(await children.siblingGroupOf(op, sister.id)).toEqual(facts?.siblings);
      expect(await children.siblingGroupOf(op, (await registeredChild(harness, { institution })).id)).toBeUndefined();
      return ok(child.id);
    });
  });
});
