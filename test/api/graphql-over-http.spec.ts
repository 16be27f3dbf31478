import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { auditServer } from 'graphql-http';
import { Harness } from '../support/harness.js';

describe('GraphQL over HTTP', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(() => harness.stop());

  it('passes the audits of graphql-http: no error, warnings listed', async () => {
    const { port } = harness.app.getHttpServer().address() as AddressInfo;
    const results = await auditServer({ url: `http://127.0.0.1:${port}/graphql` });
    const told = (status: string): string[] => results.filter((result) => result.status === status).map(({ id, name }) => `${id} ${name}`);
    process.stdout.write(`graphql-http: ${results.length} audits, ${told('ok').length} ok, ${told('notice').length} notices, ${told('warn').length} warnings\n`);
    for (const line of [...told('warn').map((name) => `  warning ${name}`), ...told('notice').map((name) => `  notice ${name}`)]) process.stdout.write(`${line}\n`);
    expect(told('error')).toEqual([]);
    expect(results).toHaveLength(61);
  });
});
