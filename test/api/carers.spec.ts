import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Harness } from '../support/harness.js';
import { approvedFamily } from '../support/given.js';

let harness: Harness;
beforeAll(async () => {
  harness = await Harness.start();
});
afterAll(() => harness.stop());

describe('families of the tests', () => {
  it('are arranged with terms, places and standings', async () => {
    const family = await approvedFamily(harness, { places: 3, othersBorn: ['1950-01-01'] });
    const [counts] = await harness.sql(
      `select (select count(*)::int from carers.family_places where family_id = $1) as places, (select count(*)::int from carers.standings where family_id = $1) as standings`,
      [family.id],
    );
    expect(counts).toEqual({ places: 3, standings: 6 });
  });
});
