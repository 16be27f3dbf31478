import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acts } from '../../src/staff/staff.policy.js';
import { Harness, newKey } from '../support/harness.js';
import type { Client } from '../support/harness.js';
import { expectDenied, signedIn } from '../support/people.js';
import type { Person } from '../support/people.js';

let harness: Harness;
let administrator: Person;
let auditor: Person;

beforeAll(async () => {
  harness = await Harness.start();
  administrator = await signedIn(harness, { role: 'administrator' });
  auditor = await signedIn(harness, { role: 'auditor' });
});
afterAll(() => harness.stop());

const input = { name: 'recruitment.minimum_age', value: '27', from: '2026-07-01', citation: 'Prakas 000 of 1 June 2026 (invented)' };
const change = (who: Client, more: object = {}) => who.act('changeSetting', { ...input, ...more }, 'Setting { id name value from to citation }', 'StaffRefused');
const LIST = 'query ($after: String) { settings(first: 100, after: $after) { nodes { name value from to citation } pageInfo { hasNextPage endCursor } } }';

describe('a setting', () => {
  it('changes from a day on, with its order, and keeps what was in force before', async () => {
    const requestKey = newKey();
    const first = await change(administrator, { requestKey });
    expect(first.result).toEqual({ __typename: 'Setting', id: expect.any(String), ...input, to: null });
    expect((await change(administrator, { requestKey })).result).toEqual(first.result);
    const { data } = await auditor.send(LIST);
    const values = data.settings.nodes.filter(({ name }: { name: string }) => name === input.name);
    expect(values).toMatchObject([{ value: '27', from: '2026-07-01', to: null }, { value: '25', to: '2026-07-01' }]);
    const [before, after] = await Promise.all(['2026-06-30', '2026-07-01'].map((day) => harness.sql(`select platform.setting($1, $2) as value`, [input.name, day])));
    expect([before, after]).toEqual([[{ value: 25 }], [{ value: 27 }]]);
  });

  it.each([
    ['SETTING_UNKNOWN', { name: 'recruitment.nothing' }],
    ['SETTING_SHAPE', { name: 'placements.foster_limit', value: '"three"' }],
    ['SETTING_BELOW_FLOOR', { name: 'statistics.least_shown', value: '1' }],
    ['SETTING_BELOW_FLOOR', { name: 'statistics.round_to', value: '4.5' }],
    ['SETTING_PAST', { name: 'placements.foster_limit', value: '4', from: '2026-06-14' }],
  ])('is refused: %s', async (code, more) => {
    expect((await change(administrator, more)).result).toMatchObject({ code });
    expect(await harness.sql(`select value from platform.settings where name = 'placements.foster_limit'`)).toEqual([{ value: 3 }]);
  });

  it('is written as JSON, with a citation', async () => {
    expect((await change(administrator, { value: 'three' })).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'value', rule: 'validation.json' }] });
    expect((await change(administrator, { citation: ' ' })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('changes once when two change it at the same moment', async () => {
    const both = await Promise.all([4, 5].map((value) => change(administrator, { name: 'placements.foster_limit', value: String(value) })));
    expect(both.map(({ result }) => result.code ?? 'changed').sort()).toEqual(['SETTING_PAST', 'changed']);
  });

  it('is changed and read by nobody without the posting', async () => {
    await expectDenied(harness, acts['setting.change'], (who) => change(who));
    await expectDenied(harness, acts['setting.read'], (who) => who.send(LIST));
  });
});

describe('labels', () => {
  it('are the words of an enum in the caller\'s language, for everybody', async () => {
    const ask = 'query ($type: String!) { labels(type: $type) { value text reviewed } }';
    expect((await harness.send(ask, { type: 'EnquirySource' }, { language: 'km' })).data.labels).toContainEqual({ value: 'phone', text: 'តាមទូរសព្ទ', reviewed: false });
    expect((await harness.send(ask, { type: 'EnquirySource' })).data.labels).toHaveLength(3);
    expect((await harness.send(ask, { type: '__proto__' })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});
