import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acts } from '../../src/recruitment/recruitment.policy.js';
import { knownFamily } from '../support/given.js';
import { Harness, newKey } from '../support/harness.js';
import type { Client, Outcome } from '../support/harness.js';
import { arrangeOffices, expectDenied, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';

let harness: Harness;
let offices: Offices;
let worker: Person;
let elsewhere: Person;

beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  worker = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
  elsewhere = await signedIn(harness, { role: 'social_worker', office: offices.siemReapTown });
});
afterAll(() => harness.stop());

const TODAY = '2026-06-15';
const campaignInput = { nameKm: 'គ្រួសារធម៌', nameLatin: 'A home for a child', areaCode: '0203', channels: ['radio', 'pagoda'], startsOn: '2026-06-01', endsOn: '2026-07-31' };
const enquiryInput = { nameKm: 'សុខ ដារ៉ា', nameLatin: 'Sok Dara', phone: '០១២ ៣៤៥ ៦៧៨', areaCode: '02030101', on: TODAY };
const household = {
  on: TODAY,
  kind: 'foster',
  languages: ['khm'],
  adults: [{ nameLatin: 'Sok Dara', sex: 'female', birthDate: '1988-04-02', carer: true }, { nameLatin: 'Sok Vanna', sex: 'male', birthDate: '1960-01-01', birthPrecision: 'year', carer: false }],
};

const openCampaign = (who: Client, input: object = {}): Promise<Outcome> =>
  who.act('openCampaign', { ...campaignInput, ...input }, 'Campaign { id nameKm areaCode channels startsOn endsOn closedOn }', 'RecruitmentRefused');
const closeCampaign = (who: Client, input: object): Promise<Outcome> =>
  who.act('closeCampaign', { on: TODAY, peopleReached: 240, ...input }, 'Campaign { id closedOn peopleReached cost }', 'RecruitmentRefused');
const recordEnquiry = (who: Client, input: object = {}): Promise<Outcome> =>
  who.act('recordEnquiry', { ...enquiryInput, ...input }, 'Enquiry { id source phone state nextOn campaign { id } can { act allowed code } }', 'RecruitmentRefused');
const followUpEnquiry = (who: Client, input: object): Promise<Outcome> =>
  who.act('followUpEnquiry', { on: TODAY, outcome: 'interested', nextOn: '2026-06-20', ...input }, 'Enquiry { id state nextOn followUps { on outcome note } can { act allowed code } }', 'RecruitmentRefused');
const assignEnquiry = (who: Client, input: object, language?: 'km'): Promise<Outcome> =>
  who.act('assignEnquiry', { on: TODAY, ...input }, 'Enquiry { id state nextOn can { act allowed code } }', 'RecruitmentRefused', language);
const receiveApplication = (who: Client, input: object): Promise<Outcome> =>
  who.act('receiveApplication', { ...household, ...input }, 'Application { id familyId state receivedOn enquiry { id state } }', 'RecruitmentRefused');

const newEnquiry = async (input: object = {}): Promise<string> => (await recordEnquiry(worker, input)).result.id;
const actsOf = (subject: string) => harness.sql<{ act: string; reason: string | null }>('select act, reason from platform.acts where subject_id = $1 order by seq', [subject]);

describe('a campaign', () => {
  it('is opened in a district of the worker\'s territory', async () => {
    const { result } = await openCampaign(worker);
    expect(result).toEqual({
      __typename: 'Campaign', id: expect.any(String), nameKm: 'គ្រួសារធម៌', areaCode: '0203', channels: ['radio', 'pagoda'],
      startsOn: '2026-06-01', endsOn: '2026-07-31', closedOn: null,
    });
    expect(await actsOf(result.id)).toEqual([{ act: 'campaign.open', reason: null }]);
    expect(await harness.sql(`select event from platform.outbox where subject_id = $1`, [result.id])).toEqual([{ event: 'campaign.opened' }]);
  });

  it('answers the same to the same request key, and does nothing twice', async () => {
    const requestKey = newKey();
    const first = await openCampaign(worker, { requestKey });
    const again = await openCampaign(worker, { requestKey });
    expect(again.result).toEqual(first.result);
    expect(await actsOf(first.result.id)).toHaveLength(1);
    const other = await openCampaign(worker, { requestKey, nameLatin: 'Another' });
    expect(other.errors?.[0]?.extensions.code).toBe('CONFLICT');
  });

  it.each([
    ['AREA_TOO_WIDE', { areaCode: '02' }],
    ['AREA_UNKNOWN', { areaCode: '020399' }],
    ['DATES_REVERSED', { startsOn: '2026-06-02', endsOn: '2026-06-01' }],
  ])('is refused: %s', async (code, input) => {
    const provincial = await signedIn(harness, { role: 'social_worker', office: offices.battambang });
    const before = await harness.sql('select id from recruitment.campaigns');
    const { result } = await openCampaign(provincial, input);
    expect(result).toMatchObject({ __typename: 'RecruitmentRefused', code });
    expect(await harness.sql('select id from recruitment.campaigns')).toHaveLength(before.length);
  });

  it('is refused in Khmer to who asks in Khmer', async () => {
    const { result } = await worker.act('openCampaign', { ...campaignInput, endsOn: '2026-01-01' }, 'Campaign { id }', 'RecruitmentRefused', 'km');
    expect(result.message).toBe('ថ្ងៃបញ្ចប់នៅមុនថ្ងៃចាប់ផ្ដើម។ សូមដាក់ថ្ងៃតាមលំដាប់។');
  });

  it('outside the territory is forbidden', async () => {
    expect((await openCampaign(elsewhere)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it.each([
    ['nameKm', { nameKm: '  ' }],
    ['areaCode', { areaCode: '203' }],
    ['channels', { channels: [] }],
    ['requestKey', { requestKey: 'x' }],
  ])('with bad input says which field: %s', async (path, input) => {
    const answer = await openCampaign(worker, input);
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path }] });
  });

  it('is opened by nobody without the posting', () => expectDenied(harness, acts['campaign.open'], (who) => openCampaign(who)));

  it('has events within its days and its area, and what it cost', async () => {
    const event = (who: Client, input: object): Promise<Outcome> =>
      who.act('recordCampaignEvent', { on: TODAY, areaCode: '02030101', channel: 'village_meeting', peopleReached: 45, ...input }, 'Campaign { id events { on areaCode channel peopleReached note } }', 'RecruitmentRefused');
    const campaignId = (await openCampaign(worker, { startsOn: '2026-06-10', endsOn: '2026-06-14' })).result.id;
    const requestKey = newKey();
    const first = await event(worker, { campaignId, on: '2026-06-12', requestKey, note: 'Under the big tree.' });
    expect(first.result.events).toEqual([{ on: '2026-06-12', areaCode: '02030101', channel: 'village_meeting', peopleReached: 45, note: 'Under the big tree.' }]);
    expect((await event(worker, { campaignId, on: '2026-06-12', requestKey, note: 'Under the big tree.' })).result).toEqual(first.result);
    expect((await event(worker, { campaignId, on: '2026-06-14', channel: 'radio' })).result.events.map(({ on }: { on: string }) => on)).toEqual(['2026-06-14', '2026-06-12']);
    for (const on of ['2026-06-09', TODAY]) expect((await event(worker, { campaignId, on })).result).toMatchObject({ code: 'OUTSIDE_CAMPAIGN' });
    for (const areaCode of ['0202', '02039901']) expect((await event(worker, { campaignId, on: '2026-06-12', areaCode })).result).toMatchObject({ code: 'OUTSIDE_CAMPAIGN_AREA', details: [{ name: 'area', values: ['0203'] }] });
    expect((await event(worker, { campaignId, on: '2026-06-12', peopleReached: -1 })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect((await event(elsewhere, { campaignId, on: '2026-06-12' })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await event(worker, { campaignId: newKey() })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await closeCampaign(worker, { campaignId, on: '2026-06-13', cost: '1250000' })).result).toMatchObject({ closedOn: '2026-06-13', cost: '1250000' });
    expect((await event(worker, { campaignId, on: '2026-06-14' })).result.code).toBe('CAMPAIGN_CLOSED');
    await expectDenied(harness, acts['campaign.recordEvent'], (who) => event(who, { campaignId }));
  });

  it('is closed once, with the people it reached', async () => {
    const campaignId = (await openCampaign(worker)).result.id;
    const requestKey = newKey();
    expect((await closeCampaign(worker, { campaignId, requestKey })).result).toEqual({ __typename: 'Campaign', id: campaignId, closedOn: TODAY, peopleReached: 240, cost: null });
    expect((await closeCampaign(worker, { campaignId, requestKey })).result.id).toBe(campaignId);
    expect((await closeCampaign(worker, { campaignId })).result).toMatchObject({ code: 'CAMPAIGN_CLOSED', details: [{ name: 'closedOn', values: [TODAY] }] });
    expect(await actsOf(campaignId)).toHaveLength(2);
  });

  it('is not closed before it began, tomorrow, long ago, or by another office', async () => {
    const campaignId = (await openCampaign(worker, { startsOn: '2026-06-10' })).result.id;
    expect((await closeCampaign(worker, { campaignId, on: '2026-06-09' })).result.code).toBe('DATES_REVERSED');
    expect((await closeCampaign(worker, { campaignId, on: '2026-06-16' })).errors?.[0]?.extensions.fields?.[0]?.rule).toBe('validation.future');
    expect((await closeCampaign(worker, { campaignId, on: '2026-04-30' })).errors?.[0]?.extensions.fields?.[0]?.rule).toBe('validation.tooLate');
    expect((await closeCampaign(elsewhere, { campaignId })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await closeCampaign(worker, { campaignId: newKey() })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('is closed by nobody without the posting', () => expectDenied(harness, acts['campaign.close'], (who) => closeCampaign(who, { campaignId: newKey() })));

  it('is listed page by page to its territory only', async () => {
    const read = (who: Client, after?: string) =>
      who.send('query ($after: String) { campaigns(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }', { after });
    const all = (await harness.sql<{ id: string }>(`select id from recruitment.campaigns order by lower(during) desc, id desc`)).map(({ id }) => id);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const { data } = await read(worker, after);
      seen.push(...data.campaigns.nodes.map(({ id }: { id: string }) => id));
      after = data.campaigns.pageInfo.hasNextPage ? data.campaigns.pageInfo.endCursor : undefined;
    } while (after !== undefined);
    expect(seen).toEqual(all);
    expect((await read(elsewhere)).data.campaigns.nodes).toEqual([]);
    expect((await read(worker, 'bm9uc2Vuc2U')).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect((await elsewhere.send('query ($id: Id!) { campaign(id: $id) { id } }', { id: all[0] })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('is read by nobody without the posting', () => expectDenied(harness, acts['campaign.read'], (who) => who.send('{ campaigns { nodes { id } } }')));
});

describe('an enquiry', () => {
  it('is recorded with the telephone as the register writes it', async () => {
    const campaignId = (await openCampaign(worker)).result.id;
    const { result } = await recordEnquiry(worker, { campaignId });
    expect(result).toEqual({
      __typename: 'Enquiry', id: expect.any(String), source: 'campaign', phone: '+85512345678', state: 'new', nextOn: null, campaign: { id: campaignId },
      can: ['enquiry.followUp', 'enquiry.assign', 'application.receive'].map((act) => ({ act, allowed: true, code: null })),
    });
    expect((await recordEnquiry(worker, { byPhone: true })).result.source).toBe('phone');
    expect((await recordEnquiry(worker)).result.source).toBe('walk_in');
  });

  it('answers the same to the same request key', async () => {
    const requestKey = newKey();
    const first = await recordEnquiry(worker, { requestKey });
    expect((await recordEnquiry(worker, { requestKey })).result.id).toBe(first.result.id);
    expect(await actsOf(first.result.id)).toHaveLength(1);
  });

  it('is refused without a village, in no area, and of a closed campaign', async () => {
    const provincial = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
    expect((await recordEnquiry(provincial, { areaCode: '0203' })).result.code).toBe('VILLAGE_NEEDED');
    expect((await recordEnquiry(provincial, { areaCode: '02039901' })).result.code).toBe('AREA_UNKNOWN');
    const campaignId = (await openCampaign(worker)).result.id;
    await closeCampaign(worker, { campaignId, on: '2026-06-14' });
    expect((await recordEnquiry(worker, { campaignId })).result.code).toBe('CAMPAIGN_CLOSED');
    expect((await recordEnquiry(worker, { campaignId, on: '2026-06-14' })).result.__typename).toBe('Enquiry');
  });

  it('needs a name, a real telephone, a day that has come, and one\'s own territory', async () => {
    expect((await recordEnquiry(worker, { nameKm: null, nameLatin: null })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect((await recordEnquiry(worker, { phone: '12' })).errors?.[0]?.extensions.fields?.[0]).toMatchObject({ path: 'phone', rule: 'validation.phone' });
    expect((await recordEnquiry(worker, { on: '2026-06-16' })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect((await recordEnquiry(elsewhere)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await recordEnquiry(worker, { campaignId: newKey() })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('is recorded by nobody without the posting', () => expectDenied(harness, acts['enquiry.record'], (who) => recordEnquiry(who)));

  it('is followed up until it ends', async () => {
    const enquiryId = await newEnquiry({ on: '2026-06-10' });
    const requestKey = newKey();
    const once = await followUpEnquiry(worker, { enquiryId, outcome: 'no_answer', note: 'Nobody at home.', requestKey });
    expect(once.result).toMatchObject({ state: 'followed_up', nextOn: '2026-06-20', followUps: [{ on: TODAY, outcome: 'no_answer', note: 'Nobody at home.' }] });
    expect((await followUpEnquiry(worker, { enquiryId, outcome: 'no_answer', note: 'Nobody at home.', requestKey })).result.followUps).toHaveLength(1);
    expect((await followUpEnquiry(worker, { enquiryId, nextOn: null })).result.code).toBe('NEXT_DAY_NEEDED');
    expect((await followUpEnquiry(worker, { enquiryId, on: '2026-06-09' })).result.code).toBe('BEFORE_ENQUIRY');
    const ended = await followUpEnquiry(worker, { enquiryId, outcome: 'not_interested', nextOn: null });
    expect(ended.result).toMatchObject({ state: 'not_interested', nextOn: null, can: [{ allowed: false, code: 'ENQUIRY_ENDED' }, { allowed: false, code: 'ENQUIRY_ENDED' }, { allowed: false, code: 'ENQUIRY_ENDED' }] });
    expect((await followUpEnquiry(worker, { enquiryId })).result.code).toBe('ENQUIRY_ENDED');
    expect(await actsOf(enquiryId)).toEqual([
      { act: 'enquiry.record', reason: null }, { act: 'enquiry.followUp', reason: 'no_answer' }, { act: 'enquiry.followUp', reason: 'not_interested' },
    ]);
  });

  it('comes back to the worker who took it until it ends', async () => {
    const waiting = async (id: string) => harness.sql(`select state, due_on, account_id = $2 as hers from worklist.tasks where subject_id = $1 order by opened_at`, [id, worker.accountId]);
    const enquiryId = await newEnquiry({ on: '2026-06-10' });
    expect(await waiting(enquiryId)).toEqual([{ state: 'open', due_on: '2026-06-24', hers: true }]);
    await followUpEnquiry(worker, { enquiryId });
    expect(await waiting(enquiryId)).toEqual([{ state: 'open', due_on: '2026-06-20', hers: true }]);
    await receiveApplication(worker, { enquiryId });
    expect((await waiting(enquiryId))[0]).toMatchObject({ state: 'done' });
    const other = await newEnquiry();
    await followUpEnquiry(worker, { enquiryId: other, outcome: 'unreachable', nextOn: null });
    expect((await waiting(other))[0]).toMatchObject({ state: 'done' });
  });

  it('left alone comes back after as many days as the setting of its day says, or on the day that was agreed', async () => {
    await harness.sql(`update platform.settings set during = daterange('1900-01-01', '2026-06-12') where name = 'recruitment.left_alone_days'`);
    await harness.sql(`insert into platform.settings (name, during, value, citation) values ('recruitment.left_alone_days', '[2026-06-12,)', '3', 'a test')`);
    const [before, after] = [await newEnquiry({ on: '2026-06-11' }), await newEnquiry({ on: '2026-06-12' })];
    const due = async (id: string) => (await harness.sql<{ due_on: string }>('select due_on from worklist.tasks where subject_id = $1', [id]))[0]?.due_on;
    expect([await due(before), await due(after)]).toEqual(['2026-06-25', '2026-06-15']);
    const told = 'select r.due_at::text as at from worklist.reminders r join worklist.tasks t on t.id = r.task_id where t.subject_id = $1 and r.dropped_at is null';
    expect(await harness.sql(told, [after])).toEqual([{ at: '2026-06-14 17:00:00+00' }]);
    await followUpEnquiry(worker, { enquiryId: after, nextOn: '2026-06-18' });
    expect(await harness.sql(told, [after])).toEqual([{ at: '2026-06-17 17:00:00+00' }]);
    // Who gets it from a colleague after its morning is told at once.
    const late = await newEnquiry({ on: '2026-06-12' });
    await harness.sql('update worklist.reminders r set sent_at = r.due_at from worklist.tasks t where t.id = r.task_id and t.subject_id = $1', [late]);
    const colleague = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
    await assignEnquiry(worker, { enquiryId: late, accountId: colleague.accountId });
    expect(await harness.sql(`${told} and r.sent_at is null`, [late])).toEqual([{ at: '2026-06-15 03:00:00+00' }]);
    await harness.sql(`delete from platform.settings where name = 'recruitment.left_alone_days' and citation = 'a test'`);
    await harness.sql(`update platform.settings set during = '[1900-01-01,)' where name = 'recruitment.left_alone_days'`);
  });

  it('of another office is not there', async () => {
    const enquiryId = await newEnquiry();
    expect((await followUpEnquiry(elsewhere, { enquiryId })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await elsewhere.send('query ($id: Id!) { enquiry(id: $id) { id } }', { id: enquiryId })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await elsewhere.send('{ enquiries { nodes { id } } }')).data.enquiries.nodes).toEqual([]);
    expect((await worker.send('{ enquiries(state: new) { nodes { id state } } }')).data.enquiries.nodes[0]).toEqual({ id: enquiryId, state: 'new' });
  });

  it('is followed up and read by nobody without the posting', async () => {
    await expectDenied(harness, acts['enquiry.followUp'], (who) => followUpEnquiry(who, { enquiryId: newKey() }));
    await expectDenied(harness, acts['enquiry.read'], (who) => who.send('{ enquiries { nodes { id } } }'));
  });
});

describe('a household that asks twice', () => {
  const FOUND = 'Enquiry { id state duplicateOf { id } duplicates { id } possibleDuplicates { agrees enquiry { id } } can { act allowed code } }';
  const record = (who: Client, input: object): Promise<Outcome> => who.act('recordEnquiry', { on: TODAY, areaCode: '02030102', ...input }, FOUND, 'RecruitmentRefused');
  const linkEnquiry = (who: Client, input: object): Promise<Outcome> => who.act('linkDuplicateEnquiry', { on: TODAY, ...input }, FOUND, 'RecruitmentRefused');
  const unlinkEnquiry = (who: Client, input: object): Promise<Outcome> => who.act('unlinkDuplicateEnquiry', { on: TODAY, ...input }, FOUND, 'RecruitmentRefused');
  const signs = ({ result }: Outcome) => result.possibleDuplicates.map(({ agrees, enquiry }: { agrees: string[]; enquiry: { id: string } }) => [enquiry.id, ...agrees]);
  const open = async (id: string) => (await harness.sql<{ state: string; due_on: string }>(`select state, due_on from worklist.tasks where subject_id = $1 and state = 'open'`, [id])).map(({ due_on: due }) => due);

  it('is recognised by telephone, by name in either script and order, and by village, and recorded all the same', async () => {
    const first = (await record(worker, { nameKm: 'ចាន់ ស្រីមុំ', nameLatin: 'Chan Sreymom', phone: '០៩៧ ៦៥៤ ៣២១០', on: '2026-06-10' })).result.id;
    expect(signs(await record(worker, { nameLatin: 'Prak Vuthy', phone: '+855 97 654 3210', areaCode: '02030101' }))).toEqual([[first, 'phone']]);
    const khmer = await record(worker, { nameKm: 'ស្រីមុំ\u200bចាន់' });
    expect(signs(khmer)).toEqual([[first, 'name', 'village']]);
    const latin = await record(worker, { nameLatin: 'SREYMOM CHAN', areaCode: '02030101', phone: '097 654 3210' });
    expect(signs(latin)[0]).toEqual([first, 'phone', 'name']);
    const area = async (pattern: string) => (await harness.sql<{ code: string }>(`select code from territory.areas where code ~ $1 order by code limit 1`, [pattern]))[0]?.code;
    // The same name in another commune is another woman's, and so is half a name here.
    expect(signs(await record(worker, { nameLatin: 'Chan Sreymom', areaCode: await area('^0203(0[2-9]|[1-9]\\d)$') }))).toEqual([]);
    expect(signs(await record(worker, { nameLatin: 'Chan Bopha' }))).toEqual([]);
    expect(signs(await record(elsewhere, { nameLatin: 'Chan Sreymom', phone: '097 654 3210', areaCode: await area('^1710\\d{4}$') }))).toEqual([]);
  });

  it('is compared with the families of the whole country: of one that the caller may not see it is told only whom to ask', async () => {
    const KNOWN = 'Enquiry { id knownHouseholds { familyId officeId agrees openApplication } }';
    const asks = async (who: Client, input: object) => (await who.act('recordEnquiry', { on: TODAY, areaCode: '02030102', ...input }, KNOWN, 'RecruitmentRefused')).result.knownHouseholds;
    const here = await knownFamily(harness, { area: '02030102', phone: '+85597111222', nameKm: 'ប៊ុន សុផល', nameLatin: 'Bun Sophal' });
    const far = await knownFamily(harness, { area: '17100101', phone: '+85597333444', nameKm: null, nameLatin: 'Bun Sophal' });
    const mine = { familyId: here.id, officeId: offices.battambangTown, openApplication: false };
    const hidden = { familyId: null, officeId: offices.siemReapTown, agrees: [], openApplication: null };
    expect(await asks(worker, { nameLatin: 'SOPHAL BUN' })).toEqual([{ ...mine, agrees: ['name', 'village'] }]);
    expect(await asks(worker, { nameKm: 'ប៊ុន\u200bសុផល', phone: '097 111 222', areaCode: '02030101' })).toEqual([{ ...mine, agrees: ['phone', 'name'] }]);
    await harness.sql(`insert into recruitment.applications (id, family_id, office_id, received_on, state) values ($1, $2, $3, '2026-06-01', 'checking')`, [newKey(), here.id, here.officeId]);
    expect(await asks(worker, { nameLatin: 'Prak Vuthy', phone: '097 111 222' })).toEqual([{ ...mine, agrees: ['phone', 'village'], openApplication: true }]);
    // Two families there with this telephone are one answer: not even how many there are is told.
    await knownFamily(harness, { area: '17100101', phone: '+85597333444' });
    expect(await asks(worker, { nameLatin: 'Prak Vuthy', phone: '097 333 444' })).toEqual([hidden]);
    expect(await asks(elsewhere, { nameLatin: 'Prak Vuthy', phone: '097 333 444', areaCode: '17100101' })).toContainEqual({ familyId: far.id, officeId: offices.siemReapTown, agrees: ['phone', 'village'], openApplication: false });
    const own = (await worker.act('recordEnquiry', { on: TODAY, areaCode: '02030102', nameLatin: 'Keo Bopharath' }, 'Enquiry { id }', 'RecruitmentRefused')).result.id;
    await receiveApplication(worker, { enquiryId: own });
    expect((await worker.send('query ($id: Id!) { enquiry(id: $id) { knownHouseholds { familyId } } }', { id: own })).data.enquiry.knownHouseholds).toEqual([]);
  });

  it('is followed up under one enquiry; the other waits no more, until the link is undone', async () => {
    const [first, second, third] = await Promise.all([newEnquiry({ on: '2026-06-10' }), newEnquiry({ on: '2026-06-11' }), newEnquiry()]);
    const requestKey = newKey();
    const linked = await linkEnquiry(worker, { enquiryId: second, originalId: first, requestKey });
    expect(linked.result).toMatchObject({ id: second, state: 'new', duplicateOf: { id: first }, can: Array.from({ length: 3 }, () => ({ allowed: false, code: 'ENQUIRY_DUPLICATE' })) });
    expect((await linkEnquiry(worker, { enquiryId: second, originalId: first, requestKey })).result).toEqual(linked.result);
    expect(await open(second)).toEqual([]);
    for (const refused of [await followUpEnquiry(worker, { enquiryId: second }), await receiveApplication(worker, { enquiryId: second }), await assignEnquiry(worker, { enquiryId: second, accountId: worker.accountId }), await linkEnquiry(worker, { enquiryId: second, originalId: third })]) {
      expect(refused.result.code).toBe('ENQUIRY_DUPLICATE');
    }
    for (const input of [{ enquiryId: third, originalId: second }, { enquiryId: third, originalId: third }, { enquiryId: first, originalId: third }]) expect((await linkEnquiry(worker, input)).result.code).toBe('LINK_TO_FIRST');
    expect((await linkEnquiry(worker, { enquiryId: third, originalId: first, on: '2026-06-14' })).result).toMatchObject({ code: 'BEFORE_ENQUIRY' });
    await receiveApplication(worker, { enquiryId: third });
    expect((await linkEnquiry(worker, { enquiryId: third, originalId: first })).result.code).toBe('ENQUIRY_ENDED');
    expect((await unlinkEnquiry(worker, { enquiryId: second, on: '2026-06-10' })).result.code).toBe('BEFORE_ENQUIRY');
    expect((await unlinkEnquiry(worker, { enquiryId: second })).result).toMatchObject({ duplicateOf: null, can: Array.from({ length: 3 }, () => ({ allowed: true })) });
    expect((await unlinkEnquiry(worker, { enquiryId: second })).result.code).toBe('NOT_LINKED');
    expect(await open(second)).toEqual(['2026-06-25']);
    expect((await actsOf(second)).map(({ act }) => act)).toEqual(['enquiry.record', 'enquiry.linkDuplicate', 'enquiry.unlinkDuplicate']);
  });

  it('is linked by no two at once into a chain, and the database refuses one too', async () => {
    const [first, second, third] = await Promise.all([newEnquiry(), newEnquiry(), newEnquiry()]);
    const both = await Promise.all([linkEnquiry(worker, { enquiryId: first, originalId: second }), linkEnquiry(worker, { enquiryId: second, originalId: first })]);
    expect(both.map(({ result }) => result.code ?? 'linked').sort()).toEqual(['LINK_TO_FIRST', 'linked']);
    const [row] = await harness.sql<{ id: string }>('select id from recruitment.enquiries where id = any ($1::uuid[]) and duplicate_of is not null', [[first, second]]);
    await expect(harness.sql('update recruitment.enquiries set duplicate_of = $2 where id = $1', [third, row?.id])).rejects.toMatchObject({ constraint: 'enquiries_duplicate_of_first' });
  });

  it('is linked in one\'s own offices, by who has the posting', async () => {
    const [first, second] = await Promise.all([newEnquiry(), newEnquiry()]);
    expect((await linkEnquiry(elsewhere, { enquiryId: first, originalId: second })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await linkEnquiry(worker, { enquiryId: first, originalId: newKey() })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await unlinkEnquiry(elsewhere, { enquiryId: first })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    await expectDenied(harness, acts['enquiry.linkDuplicate'], (who) => linkEnquiry(who, { enquiryId: first, originalId: second }));
    await expectDenied(harness, acts['enquiry.unlinkDuplicate'], (who) => unlinkEnquiry(who, { enquiryId: first }));
  });
});

describe('an enquiry that changes hands', () => {
  let colleague: Person;
  let supervisor: Person;
  const waiting = (id: string) => harness.sql('select account_id, office_id, state, due_on from worklist.tasks where subject_id = $1', [id]);
  const workerOf = async (id: string) => (await harness.sql<{ worker_id: string }>('select worker_id from recruitment.enquiries where id = $1', [id]))[0]?.worker_id;
  const unchanged = async (id: string, acts: number) => {
    expect(await workerOf(id)).toBe(worker.accountId);
    expect(await actsOf(id)).toHaveLength(acts);
  };

  beforeAll(async () => {
    colleague = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
    supervisor = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
  });

  it('goes to the other worker with its task, due when it was', async () => {
    const enquiryId = await newEnquiry({ on: '2026-06-10' });
    const { result } = await assignEnquiry(worker, { enquiryId, accountId: colleague.accountId });
    expect(result).toEqual({
      __typename: 'Enquiry', id: enquiryId, state: 'new', nextOn: null,
      can: ['enquiry.followUp', 'enquiry.assign', 'application.receive'].map((act) => ({ act, allowed: true, code: null })),
    });
    expect(await workerOf(enquiryId)).toBe(colleague.accountId);
    expect(await waiting(enquiryId)).toEqual([{ account_id: colleague.accountId, office_id: offices.battambangTown, state: 'open', due_on: '2026-06-24' }]);
    expect(await harness.sql('select actor_id, act, on_day, reason, changed from platform.acts where subject_id = $1 order by seq desc limit 1', [enquiryId])).toEqual([
      { actor_id: worker.accountId, act: 'enquiry.assign', on_day: TODAY, reason: null, changed: ['worker_id'] },
    ]);
    expect(await harness.sql('select event from platform.outbox where subject_id = $1 order by 1', [enquiryId])).toEqual([{ event: 'enquiry.assigned' }, { event: 'enquiry.recorded' }]);
  });

  it('keeps the day on which to ask again, and is whose who asked last', async () => {
    const enquiryId = await newEnquiry();
    await followUpEnquiry(colleague, { enquiryId });
    expect(await workerOf(enquiryId)).toBe(colleague.accountId);
    expect((await assignEnquiry(supervisor, { enquiryId, accountId: colleague.accountId })).result.code).toBe('HERS_ALREADY');
    expect((await assignEnquiry(supervisor, { enquiryId, accountId: worker.accountId })).result).toMatchObject({ state: 'followed_up', nextOn: '2026-06-20' });
    expect(await waiting(enquiryId)).toEqual([{ account_id: worker.accountId, office_id: offices.battambangTown, state: 'open', due_on: '2026-06-20' }]);
  });

  it('answers the same to the same request key, and does nothing twice', async () => {
    const enquiryId = await newEnquiry();
    const input = { enquiryId, accountId: colleague.accountId, requestKey: newKey() };
    const first = await assignEnquiry(worker, input);
    expect((await assignEnquiry(worker, input)).result).toEqual(first.result);
    expect(await actsOf(enquiryId)).toHaveLength(2);
    expect(await waiting(enquiryId)).toHaveLength(1);
    expect((await assignEnquiry(worker, { ...input, accountId: worker.accountId })).errors?.[0]?.extensions.code).toBe('CONFLICT');
  });

  it.each([['not_interested'], ['unreachable']])('is refused once it has ended: %s', async (outcome) => {
    const enquiryId = await newEnquiry();
    await followUpEnquiry(worker, { enquiryId, outcome, nextOn: null });
    expect((await assignEnquiry(worker, { enquiryId, accountId: colleague.accountId })).result).toMatchObject({ code: 'ENQUIRY_ENDED', details: [{ name: 'state', values: [outcome] }] });
    await unchanged(enquiryId, 2);
  });

  it('is refused to who is no social worker of its office today', async () => {
    const enquiryId = await newEnquiry();
    const here = { role: 'social_worker', office: offices.battambangTown } as const;
    const [left, withdrawn, closed] = [await signedIn(harness, here), await signedIn(harness, here), await signedIn(harness, here)];
    await harness.sql(`update staff.postings set during = daterange('2020-01-01', $2) where id = $1`, [left.postingId, TODAY]);
    await harness.sql('update staff.postings set withdrawn_at = now() where id = $1', [withdrawn.postingId]);
    await harness.sql(`update staff.accounts set state = 'closed' where id = $1`, [closed.accountId]);
    const above = await signedIn(harness, { role: 'social_worker', office: offices.battambang });
    const chief = await signedIn(harness, { role: 'supervisor', office: offices.battambangTown });
    for (const accountId of [left, withdrawn, closed, above, chief, elsewhere].map((person) => person.accountId).concat(newKey())) {
      expect((await assignEnquiry(worker, { enquiryId, accountId })).result).toMatchObject({ code: 'WORKER_NOT_POSTED', details: [] });
    }
    expect((await assignEnquiry(worker, { enquiryId, accountId: above.accountId }, 'km')).result.message).toBe(
      'បុគ្គលនេះមិនកំពុងបម្រើការងារជាបុគ្គលិកសង្គមកិច្ចនៅការិយាល័យនៃការសាកសួរនេះទេ។ សូមជ្រើសរើសម្នាក់ផ្សេង។',
    );
    await unchanged(enquiryId, 1);
  });

  it('is refused to the worker who has it', async () => {
    const enquiryId = await newEnquiry();
    expect((await assignEnquiry(supervisor, { enquiryId, accountId: worker.accountId })).result.code).toBe('HERS_ALREADY');
    expect((await assignEnquiry(supervisor, { enquiryId, accountId: worker.accountId }, 'km')).result.message).toMatch(/^ការសាកសួរនេះស្ថិតនៅជាមួយបុគ្គលិកនេះរួចហើយ/);
    await unchanged(enquiryId, 1);
  });

  it('goes once when two give it to the same worker at the same moment', async () => {
    const enquiryId = await newEnquiry();
    const both = await Promise.all([worker, supervisor].map((who) => assignEnquiry(who, { enquiryId, accountId: colleague.accountId })));
    expect(both.map(({ result }) => result.code ?? result.__typename).sort()).toEqual(['Enquiry', 'HERS_ALREADY']);
  });

  it('needs a day that has come and not before it came in, ids, and one\'s own territory', async () => {
    const enquiryId = await newEnquiry();
    const input = { enquiryId, accountId: colleague.accountId };
    expect((await assignEnquiry(worker, { ...input, on: '2026-06-14' })).result).toMatchObject({ code: 'BEFORE_ENQUIRY', details: [{ name: 'receivedOn', values: [TODAY] }] });
    expect((await assignEnquiry(worker, { ...input, on: '2026-06-16' })).errors?.[0]?.extensions.fields?.[0]?.rule).toBe('validation.future');
    expect((await assignEnquiry(worker, { ...input, enquiryId: newKey() })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await assignEnquiry(elsewhere, input)).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await assignEnquiry(elsewhere, { enquiryId, accountId: elsewhere.accountId })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    await unchanged(enquiryId, 1);
  });

  it('is given by nobody without the posting', () =>
    expectDenied(harness, acts['enquiry.assign'], (who) => assignEnquiry(who, { enquiryId: newKey(), accountId: newKey() })));
});

describe('an application', () => {
  it('comes of an enquiry, once, with a family and every adult of the home', async () => {
    const enquiryId = await newEnquiry();
    const requestKey = newKey();
    const { result } = await receiveApplication(worker, { enquiryId, requestKey });
    expect(result).toEqual({ __typename: 'Application', id: expect.any(String), familyId: expect.any(String), state: 'received', receivedOn: TODAY, enquiry: { id: enquiryId, state: 'applied' } });
    expect(await harness.sql('select phone, area_code, languages from carers.families where id = $1', [result.familyId])).toEqual([{ phone: '+85512345678', area_code: '02030101', languages: ['khm'] }]);
    expect(await harness.sql('select carer from carers.adults where family_id = $1 order by carer desc', [result.familyId])).toEqual([{ carer: true }, { carer: false }]);
    expect((await receiveApplication(worker, { enquiryId, requestKey })).result).toEqual(result);
    expect((await receiveApplication(worker, { enquiryId })).result.code).toBe('ENQUIRY_ENDED');
    expect(await harness.sql('select id from recruitment.applications where enquiry_id = $1', [enquiryId])).toHaveLength(1);
  });

  it('is received once when two workers send at the same moment', async () => {
    const enquiryId = await newEnquiry();
    const colleague = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
    const both = await Promise.all([receiveApplication(worker, { enquiryId }), receiveApplication(colleague, { enquiryId })]);
    expect(both.map(({ result }) => result.code ?? result.__typename).sort()).toEqual(['Application', 'ENQUIRY_ENDED']);
  });

  it.each([
    ['CARER_NEEDED', { adults: [{ ...household.adults[0], carer: false }] }],
    ['CARER_TOO_YOUNG', { adults: [{ ...household.adults[0], birthDate: '2001-06-16' }] }],
    ['BEFORE_ENQUIRY', { on: '2026-06-14' }],
  ])('is refused: %s', async (code, input) => {
    const enquiryId = await newEnquiry();
    const before = await harness.sql('select id from carers.families');
    expect((await receiveApplication(worker, { enquiryId, ...input })).result).toMatchObject({ code });
    expect(await harness.sql('select id from carers.families')).toHaveLength(before.length);
  });

  it('takes kin of any age, and a carer on the day she turns 25', async () => {
    const young = { adults: [{ ...household.adults[0], birthDate: '2001-06-16' }] };
    expect((await receiveApplication(worker, { enquiryId: await newEnquiry(), kind: 'kinship', ...young })).result.__typename).toBe('Application');
    expect((await receiveApplication(worker, { enquiryId: await newEnquiry(), adults: [{ ...household.adults[0], birthDate: '2001-06-15' }] })).result.__typename).toBe('Application');
  });

  it('needs names, days that have come and one\'s own territory', async () => {
    const enquiryId = await newEnquiry();
    expect((await receiveApplication(worker, { enquiryId, adults: [{ ...household.adults[0], nameLatin: null }] })).errors?.[0]?.extensions.fields?.[0]?.path).toBe('adults.0.nameKm');
    expect((await receiveApplication(worker, { enquiryId, adults: [{ ...household.adults[0], birthDate: '2026-06-16' }] })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect((await receiveApplication(worker, { enquiryId, languages: ['Khmer'] })).errors?.[0]?.extensions.fields?.[0]?.path).toBe('languages');
    expect((await receiveApplication(elsewhere, { enquiryId })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
    expect((await worker.send('{ applications { nodes { id enquiry { id } } } }')).data.applications.nodes.length).toBeGreaterThan(0);
    expect((await elsewhere.send('{ applications { nodes { id } } }')).data.applications.nodes).toEqual([]);
  });

  it('is received and read by nobody without the posting', async () => {
    await expectDenied(harness, acts['application.receive'], (who) => receiveApplication(who, { enquiryId: newKey() }));
    await expectDenied(harness, acts['application.read'], (who) => who.send('{ applications { nodes { id } } }'));
  });
});

describe('the funnel', () => {
  const STAGES = ['enquiry', 'received', 'checking', 'studying', 'training', 'panel'];
  const ask = async (who: Client, args: object) => (await who.send(
    `query ($from: Day!, $until: Day!, $campaignId: Id, $areaCode: String, $workerId: Id) { recruitmentFunnel(from: $from, until: $until, campaignId: $campaignId, areaCode: $areaCode, workerId: $workerId) {
       enquiries followedUp applied presented approved refused withdrawn stages { stage finished waiting medianDays p90Days } } }`, { from: '2026-01-01', until: '2026-06-15', ...args }));

  /** Sixty households, each somewhere on its way, by a sum of small numbers. */
  async function households(): Promise<string> {
    const campaignId = (await openCampaign(worker)).result.id;
    const day = (n: number): string => `'2026-01-01'::date + ${n}`;
    for (let i = 0; i < 60; i++) {
      const [id, family, application] = [newKey(), newKey(), newKey()];
      const [asked, came] = [(i * 37) % 90, (i * 7) % 9];
      const way = ['received', 'checking', 'studying', 'training', 'panel', ['approved', 'refused', 'withdrawn'][i % 3]].filter((_, step) => step <= came && (step !== 2 || i % 4 > 0));
      const state = way.at(-1) ?? 'received';
      const has = came > 1;
      await harness.sql(
        `insert into recruitment.enquiries (id, campaign_id, source, name_latin, area_code, office_id, received_on, state, worker_id)
         values ($1, $2::uuid, case when $2::uuid is null then 'phone' else 'campaign' end, 'Zq', $3, $4, ${day(asked)}, $5, $6)`,
        [id, i % 2 === 0 ? campaignId : null, i % 3 === 0 ? '02030101' : '02030102', offices.battambangTown, has ? 'applied' : i % 5 === 0 ? 'not_interested' : 'followed_up', (i % 4 === 0 ? elsewhere : worker).accountId],
      );
      if (i % 3 > 0) await harness.sql(`insert into recruitment.follow_ups (id, enquiry_id, office_id, on_day, outcome) values ($1, $2, $3, ${day(asked)}, 'interested')`, [newKey(), id, offices.battambangTown]);
      if (!has) continue;
      await harness.sql(`insert into carers.families (id, kind, name_latin, area_code, office_id, opened_on) values ($1, 'foster', 'Zq', '02030101', $2, ${day(asked)})`, [family, offices.battambangTown]);
      const ended = ['approved', 'refused', 'withdrawn'].includes(state) ? day(asked + 60) : 'null';
      await harness.sql(`insert into recruitment.applications (id, enquiry_id, family_id, office_id, received_on, state, ended_on) values ($1, $2, $3, $4, ${day(asked + (i % 11))}, $5, ${ended})`, [application, id, family, offices.battambangTown, state]);
      for (const [step, stage] of way.entries()) {
        await harness.sql(`insert into recruitment.application_steps (id, application_id, office_id, state, entered_on) values (uuidv7(), $1, $2, $3, ${day(asked + (i % 11) + step * (i % 7))})`, [application, offices.battambangTown, stage]);
      }
    }
    return campaignId;
  }

  /** The same counts, by hand, from every row there is. */
  async function naive(only: { campaignId?: string; areaCode?: string; workerId?: string; from?: string; until?: string }) {
    const rows = await harness.sql<Record<string, string | null>>('select e.*, a.id as application, a.state as stands, a.received_on as applied_on from recruitment.enquiries e left join recruitment.applications a on a.enquiry_id = e.id');
    const steps = await harness.sql<{ application_id: string; state: string; entered_on: string }>('select application_id, state, entered_on from recruitment.application_steps order by entered_on, id');
    const followed = new Set((await harness.sql<{ enquiry_id: string }>('select enquiry_id from recruitment.follow_ups')).map(({ enquiry_id: id }) => id));
    const town = rows.filter((row) => row['office_id'] === offices.battambangTown && row['duplicate_of'] === null && String(row['received_on']) >= (only.from ?? '2026-01-01') && String(row['received_on']) <= (only.until ?? TODAY)
      && (!only.campaignId || row['campaign_id'] === only.campaignId) && (!only.areaCode || String(row['area_code']).startsWith(only.areaCode)) && (!only.workerId || row['worker_id'] === only.workerId));
    const days = (a: string, b: string): number => (Date.parse(b) - Date.parse(a)) / 86_400_000;
    const times = new Map<string, { done: number[]; waiting: number }>();
    const at = (stage: string) => times.get(stage) ?? times.set(stage, { done: [], waiting: 0 }).get(stage) ?? { done: [], waiting: 0 };
    for (const row of town) {
      if (row['application'] !== null) at('enquiry').done.push(days(String(row['received_on']), String(row['applied_on'])));
      else if (['new', 'followed_up'].includes(String(row['state']))) at('enquiry').waiting += 1;
      const own = steps.filter((step) => step.application_id === row['application']);
      own.forEach((step, i) => {
        if (['approved', 'refused', 'withdrawn'].includes(step.state)) return;
        const next = own[i + 1];
        if (next === undefined) at(step.state).waiting += 1;
        else at(step.state).done.push(days(step.entered_on, next.entered_on));
      });
    }
    const share = (done: number[], of: number): number | null => done.sort((a, b) => a - b)[Math.ceil(of * done.length) - 1] ?? null;
    const stands = (state: string): number => town.filter((row) => row['stands'] === state).length;
    return {
      enquiries: town.length, followedUp: town.filter(({ id }) => followed.has(String(id))).length, applied: town.filter(({ application }) => application !== null).length,
      presented: town.filter(({ application }) => steps.some((step) => step.application_id === application && step.state === 'panel')).length,
      approved: stands('approved'), refused: stands('refused'), withdrawn: stands('withdrawn'),
      stages: STAGES.flatMap((stage) => {
        const time = times.get(stage);
        return time === undefined ? [] : [{ stage, finished: time.done.length, waiting: time.waiting, medianDays: share(time.done, 0.5), p90Days: share(time.done, 0.9) }];
      }),
    };
  }

  it('counts how far households came and how long they stood, as by hand, of a campaign, an area, a worker and a period', async () => {
    const campaignId = await households();
    const filters = [{}, { campaignId }, { areaCode: '02030102' }, { areaCode: '0203' }, { workerId: worker.accountId }, { workerId: elsewhere.accountId, campaignId }, { from: '2026-02-01', until: '2026-03-01' }, { campaignId, areaCode: '02030101', from: '2026-01-20' }, { from: '2026-05-01', until: '2026-05-01' }];
    for (const only of filters) expect((await ask(worker, only)).data.recruitmentFunnel).toEqual(await naive(only));
    const counts = 'enquiries followedUp applied presented approved refused withdrawn stages { stage finished waiting medianDays p90Days }';
    const parts = async (by: string) => (await worker.send(`{ recruitmentFunnel(from: "2026-01-01", until: "2026-03-31") { parts(by: ${by}) { of ${counts} } } }`)).data.recruitmentFunnel.parts;
    const [first, ...others] = [{ of: campaignId, ...(await naive({ campaignId, until: '2026-03-31' })) }, ...(await parts('CAMPAIGN')).filter(({ of }: { of: string }) => of !== campaignId)];
    expect(await parts('CAMPAIGN')).toContainEqual(first);
    expect(others.reduce((sum, { enquiries }) => sum + Number(enquiries), first.enquiries)).toBe((await naive({ until: '2026-03-31' })).enquiries);
    expect(others).toContainEqual(expect.objectContaining({ of: null }));
    expect(await parts('DISTRICT')).toEqual([{ of: '0203', ...(await naive({ areaCode: '0203', until: '2026-03-31' })) }]);
    for (const { accountId } of [worker, elsewhere]) expect(await parts('WORKER')).toContainEqual({ of: accountId, ...(await naive({ workerId: accountId, until: '2026-03-31' })) });
    const { data } = await ask(worker, { campaignId });
    expect(data.recruitmentFunnel.applied).toBeGreaterThan(10);
    expect(data.recruitmentFunnel.stages.map(({ stage }: { stage: string }) => stage)).toEqual(STAGES);
  });

  it('is of one\'s own offices, with days in order, for who has the posting', async () => {
    expect((await ask(elsewhere, {})).data.recruitmentFunnel.applied).toBe(0);
    expect((await ask(worker, { until: '2025-12-31' })).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'until' }] });
    await expectDenied(harness, acts['funnel.read'], (who) => ask(who, {}));
  });
});

describe('what recruitment writes down', () => {
  it('holds no name, telephone or note outside its own rows', async () => {
    const rows = await harness.sql<{ text: string }>(
      `select to_jsonb(a)::text as text from platform.acts a union all select to_jsonb(o)::text from platform.outbox o union all select to_jsonb(d)::text from platform.denials d`,
    );
    const written = [...rows.map(({ text }) => text), ...harness.logLines].join('\n');
    for (const secret of ['Dara', 'ដារ៉ា', '12345678', 'Nobody at home']) expect(written).not.toContain(secret);
  });
});
