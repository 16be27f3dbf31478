import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import pg from 'pg';
import { migrate, migrationClasses, migrationSource } from '../../src/platform/database/migrate.js';
import { schemaDump } from '../../src/platform/database/schema-dump.js';
import { createDatabase, type TestDatabase } from '../support/database.js';

const KEPT = resolve('test/contract/schema.sql');

async function dumpOf(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await schemaDump(client);
  } finally {
    await client.end();
  }
}

describe('the schema', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(() => database.drop());

  it('is the one in schema.sql (UPDATE_CONTRACT=1 npm test writes it anew)', async () => {
    const now = await dumpOf(database.ownerUrl);
    if (process.env['UPDATE_CONTRACT'] === '1') writeFileSync(KEPT, now);
    expect(now).toBe(existsSync(KEPT) ? readFileSync(KEPT, 'utf8') : '');
  });

  it('is the same after every migration went down and up again', async () => {
    const before = await dumpOf(database.ownerUrl);
    const classes = await migrationClasses();
    const source = migrationSource(database.ownerUrl, classes);
    await source.initialize();
    try {
      for (let left = classes.length; left > 0; left -= 1) await source.undoLastMigration({ transaction: 'each' });
    } finally {
      await source.destroy();
    }
    expect(await dumpOf(database.ownerUrl)).not.toMatch(/^table (?!public\.applied_migrations)/m);
    await migrate({ ownerUrl: database.ownerUrl, apiPassword: process.env['TEST_API_PASSWORD'] ?? '', workerPassword: process.env['TEST_WORKER_PASSWORD'] ?? '' });
    expect(await dumpOf(database.ownerUrl)).toBe(before);
  });
});
