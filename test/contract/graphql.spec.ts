import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema, validateSchema } from 'graphql';
import { Harness } from '../support/harness.js';

const KEPT = resolve('test/contract/schema.graphql');

describe('the GraphQL schema', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(() => harness.stop());

  it('is the one in schema.graphql (UPDATE_CONTRACT=1 npm test writes it anew)', () => {
    const { schema } = harness.app.get(GraphQLSchemaHost, { strict: false });
    expect(validateSchema(schema)).toEqual([]);
    const now = `${printSchema(lexicographicSortSchema(schema))}\n`;
    if (process.env['UPDATE_CONTRACT'] === '1') writeFileSync(KEPT, now);
    expect(now).toBe(existsSync(KEPT) ? readFileSync(KEPT, 'utf8') : '');
  });
});
