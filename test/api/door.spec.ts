import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Harness } from '../support/harness.js';

let harness: Harness;
beforeAll(async () => {
  harness = await Harness.start();
});
afterAll(() => harness.stop());

describe('the door', () => {
  it('asks for a sign-in, in the caller\'s language', async () => {
    const answer = await harness.send('{ me { id } }', {}, { language: 'km' });
    expect(answer.errors).toEqual([
      expect.objectContaining({ message: 'សូមចូលប្រើប្រព័ន្ធ រួចព្យាយាមម្ដងទៀត។', extensions: { code: 'UNAUTHENTICATED' } }),
    ]);
  });
});
