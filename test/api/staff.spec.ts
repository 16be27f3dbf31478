import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROLES } from '../../src/platform/auth/roles.js';
import { Harness } from '../support/harness.js';
import { arrangeOffices, oneOfEachRole } from '../support/people.js';

let harness: Harness;
beforeAll(async () => {
  harness = await Harness.start();
});
afterAll(() => harness.stop());

describe('people of the tests', () => {
  it('signs in one of each role with a real token', async () => {
    await arrangeOffices(harness);
    const people = await oneOfEachRole(harness);
    for (const role of ROLES) {
      const answer = await people[role].send('{ me { id } }');
      expect(answer.data).toEqual({ me: { id: people[role].accountId } });
    }
  });
});
