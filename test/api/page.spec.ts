import type { AddressInfo } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { get } from 'node:http';
import { runInNewContext } from 'node:vm';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { getVariableValues, parse, validate } from 'graphql';
import type { OperationDefinitionNode } from 'graphql';
import supertest from 'supertest';
import { measure, refuseTooMuch } from '../../src/platform/graphql/limits.js';
import { START_SCRIPT } from '../../src/platform/graphql/page/client.js';
import { allExamples } from '../../src/platform/graphql/page/examples.js';
import { Harness } from '../support/harness.js';

let harness: Harness;
beforeAll(async () => {
  harness = await Harness.start();
});
afterAll(() => harness.stop());

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** A request as a browser sends it: nothing is unpacked on the way. */
function browse(path: string, headers: Record<string, string> = {}): Promise<Got> {
  const { port } = harness.app.getHttpServer().address() as AddressInfo;
  return new Promise((give, fail) => {
    get({ host: '127.0.0.1', port, path, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => give({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }));
    }).on('error', fail);
  });
}
const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const addresses = (html: string): string[] => [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? '');

describe('the page at /graphql', () => {
  it('is where the register\'s own address leads a browser, and no program', async () => {
    const browser = await supertest(harness.app.getHttpServer()).get('/').set('accept', 'text/html');
    expect([browser.status, browser.headers['location']]).toEqual([302, '/graphql']);
    expect((await supertest(harness.app.getHttpServer()).get('/').set('accept', 'application/json')).status).toBe(404);
  });

  it('is for browsers, and names no other host, neither itself nor in its policy', async () => {
    const page = await browse('/graphql', HTML);
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    const html = page.body.toString();
    expect(html).not.toMatch(/https?:|\/\/[a-z]/i);
    expect(page.headers['content-security-policy']).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(addresses(html).filter((address) => address !== 'data:,').every((address) => address.startsWith('/graphql/assets/'))).toBe(true);
    expect(html).toContain('សូមបំពេញឈ្មោះ');
    expect(html).toContain('Fill in name and password');
  });

  it('has its files from this server, packed, to be kept for a year', async () => {
    const html = (await browse('/graphql', HTML)).body.toString();
    const files = addresses(html).filter((address) => address !== 'data:,');
    expect(files).toHaveLength(6);
    for (const file of files) {
      const plain = await browse(file);
      expect([file, plain.status, plain.headers['cache-control']]).toEqual([file, 200, 'public, max-age=31536000, immutable']);
      expect(plain.headers['content-type']).toBe(file.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8');
      expect(plain.body.toString()).not.toContain('sourceMappingURL');
      const brotli = await browse(file, { 'accept-encoding': 'gzip, deflate, br' });
      expect(brotli.headers['content-encoding']).toBe('br');
      expect(brotliDecompressSync(brotli.body).equals(plain.body)).toBe(true);
      const gzipped = await browse(file, { 'accept-encoding': 'gzip, br;q=0' });
      expect(gzipped.headers['content-encoding']).toBe('gzip');
      expect(gunzipSync(gzipped.body).equals(plain.body)).toBe(true);
    }
  });

  it('has no other files', async () => {
    for (const path of ['/graphql/assets/x/graphiql.js', '/graphql/assets/x/../../../package.json', '/graphql/assets/x/%2e%2e%2fpackage.json']) {
      expect((await browse(path)).status).toBe(404);
    }
  });

  it('sends a document in under one key however often it tries, and hands over an opened one', async () => {
    const asked: { url: string; headers: Record<string, string>; body?: unknown }[] = [];
    const clicks: { href: string; download: string }[] = [];
    const elements: Record<string, Record<string, unknown>> = { examples: { textContent: '[]' }, status: {}, graphiql: {}, sent: {}, document: { files: ['the file'], addEventListener: (_: string, then: () => void) => (elements['document'] = { ...elements['document'], change: then }) } };
    const json = (value: object) => Promise.resolve({ json: () => Promise.resolve(value), blob: () => Promise.resolve({ type: 'image/png' }) });
    let lost = 2;
    let graphql: (request: object) => Promise<unknown> = () => Promise.reject(new Error('not started'));
    runInNewContext(START_SCRIPT, {
      document: { getElementById: (id: string) => elements[id], createElement: () => { const anchor = { href: '', download: '', click: () => void clicks.push(anchor) }; return anchor; } },
      location: { hash: '' }, crypto, setTimeout: () => undefined, URL: { createObjectURL: () => 'blob:1', revokeObjectURL: () => undefined },
      ReactDOM: { createRoot: () => ({ render: () => undefined }) }, GraphiQL: 'GraphiQL', React: { createElement: (_: string, given: { fetcher: typeof graphql }) => (graphql = given.fetcher) },
      fetch: (url: string, options: { headers: Record<string, string>; body?: unknown }) => {
        asked.push({ url, headers: options.headers, body: options.body });
        if (url === '/documents') return (lost -= 1) >= 0 ? Promise.reject(new Error('the network')) : json({ document: { id: 'its id' } });
        return url === '/graphql' ? json({ data: asked.length === 1 ? { signIn: { accessToken: 'hers' } } : { openDocument: { path: '/documents/link' } } }) : json({});
      },
    });
    await graphql({ query: 'signIn' });
    (elements['document']?.['change'] as () => void)();
    while (elements['sent']?.['textContent'] !== 'its id') await new Promise((resolve) => setImmediate(resolve));
    const tries = asked.filter(({ url }) => url === '/documents');
    expect(tries.map(({ headers, body }) => [headers['authorization'], body])).toEqual(Array(3).fill(['Bearer hers', 'the file']));
    expect(new Set(tries.map(({ headers }) => headers['request-key'])).size).toBe(1);
    expect(tries[0]?.headers['request-key']).toMatch(/^[0-9a-f]{32}$/);
    await graphql({ query: 'openDocument' });
    while (clicks.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect([asked.at(-1)?.url, asked.at(-1)?.headers['authorization'], clicks[0]?.download]).toEqual(['/documents/link', 'Bearer hers', 'document.png']);
  });

  it('is not sent to a program', async () => {
    const answer = await browse('/graphql?query=%7B__typename%7D', { accept: 'application/json' });
    expect(JSON.parse(answer.body.toString())).toEqual({ data: { __typename: 'Query' } });
  });

  it('opens with examples that this schema takes, within the limits', () => {
    const { schema } = harness.app.get(GraphQLSchemaHost, { strict: false });
    expect(allExamples().length).toBeGreaterThan(3);
    for (const { title, document, variables } of allExamples()) {
      const parsed = parse(document);
      expect([title, validate(schema, parsed).map(({ message }) => message)]).toEqual([title, []]);
      const operation = parsed.definitions[0] as OperationDefinitionNode;
      const taken = getVariableValues(schema, operation.variableDefinitions ?? [], variables ?? {});
      expect([title, taken.errors]).toEqual([title, undefined]);
      refuseTooMuch(measure(schema, parsed, operation, variables ?? {}), operation);
    }
  });
});
