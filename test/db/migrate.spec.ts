import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createDatabase, type TestDatabase } from '../support/database.js';

describe('a migrated database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(() => database.drop());

  it('lets the API role sign in', async () => {
    const client = new pg.Client({ connectionString: database.apiUrl });
    await client.connect();
    const { rows } = await client.query('select current_user as me');
    await client.end();
    expect(rows).toEqual([{ me: 'register_api' }]);
  });
});
