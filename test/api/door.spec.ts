import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { DataSource } from 'typeorm';
import type pg from 'pg';
import { freePort } from '../../src/platform/embedded/ports.js';
import { Harness } from '../support/harness.js';
import type { Answer } from '../support/harness.js';
import { signedIn } from '../support/people.js';
import { CANARY, ProbeModule } from '../support/probe-room.js';

let harness: Harness;
let metricsPort: number;
beforeAll(async () => {
  metricsPort = await freePort();
  harness = await Harness.start({ METRICS_PORT: String(metricsPort) }, [ProbeModule]);
});
afterAll(() => harness.stop());

const url = (path = '/graphql'): string => `http://127.0.0.1:${(harness.app.getHttpServer().address() as AddressInfo).port}${path}`;
const post = (body: string | Uint8Array, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url(), { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: body as string });
const errorsOf = (answer: Answer): unknown => answer.errors?.map(({ message, extensions }) => ({ message, extensions }));
const poolInUse = (): number => {
  const { master } = harness.app.get(DataSource).driver as unknown as { master: pg.Pool };
  return master.totalCount - master.idleCount;
};
/** Asks again and again until it holds, for ten seconds. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 10_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`This never held: ${String(holds)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('limits', () => {
  const tooMuch = (message: string): unknown => [{ message, extensions: { code: 'TOO_EXPENSIVE' } }];

  it('refuses a document deeper than 12 levels', async () => {
    const deep = (levels: number): string => `{ probe ${'{ self '.repeat(levels - 2)}{ name }${' }'.repeat(levels - 2)} }`;
    expect((await harness.send(deep(12))).errors).toBeUndefined();
    const refused = await harness.send(deep(13));
    expect(refused.status).toBe(400);
    expect(errorsOf(refused)).toEqual(tooMuch('This asks for more than 12 levels. Ask for the inner records by themselves.'));
  });

  it('says it in Khmer', async () => {
    const refused = await harness.send(`{ probe ${'{ self '.repeat(12)}{ name }${' }'.repeat(12)} }`, {}, { language: 'km' });
    expect(errorsOf(refused)).toEqual(tooMuch('សំណើនេះជ្រៅលើសពី 12 ជាន់។ សូមសួររកឯកសារខាងក្នុងដាច់ដោយឡែក។'));
  });

  it('refuses more than 15 aliases, also where fragments repeat them', async () => {
    const aliases = (count: number): string => `{ ${Array.from({ length: count }, (_, n) => `a${n}: probe { name }`).join(' ')} }`;
    expect((await harness.send(aliases(15))).errors).toBeUndefined();
    expect(errorsOf(await harness.send(aliases(16)))).toEqual(tooMuch('This renames more than 15 fields. Send several requests.'));
    const fragments = `{ probe { self { ...F } few { ...F } many { ...F } ...F } } fragment F on Probe { a: name b: name c: name d: name }`;
    expect(errorsOf(await harness.send(fragments))).toEqual(tooMuch('This renames more than 15 fields. Send several requests.'));
  });

  it('refuses more than 20 directives', async () => {
    const directives = (count: number): string => `{ ${Array.from({ length: count }, () => 'probe @include(if: true) { name }').join(' ')} }`;
    expect((await harness.send(directives(20))).errors).toBeUndefined();
    expect(errorsOf(await harness.send(directives(21)))).toEqual(tooMuch('This has more than 20 directives. Send several requests.'));
  });

  it('refuses more than 1,000 tokens with 400', async () => {
    const refused = await harness.send(`{ ${'probe { name } '.repeat(300)} }`);
    expect(refused.status).toBe(400);
    expect(errorsOf(refused)).toEqual(tooMuch('This document is too long. Send several requests.'));
  });

  it.each([
    ['two fields', 'mutation { clash greet(input: { requestKey: "12345678", name: "a" }) }'],
    ['one field under two aliases', 'mutation { a: clash b: clash }'],
    ['a second field in a fragment', 'mutation { clash ...M } fragment M on Mutation { again: clash }'],
    ['a second field in an inline fragment', 'mutation { clash ... on Mutation { ... { again: clash } } }'],
  ])('refuses a mutation of %s', async (_name, document) => {
    const refused = await harness.send(document);
    expect(errorsOf(refused)).toEqual([{ message: 'One act a request. Send the others by themselves.', extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('counts the objects that can come back: variables, defaults of the schema and of the operation', async () => {
    const tree = `query Q($n: Int! = 20) { probes(first: $n) { nodes { children(first: $n) { nodes { name } } } } }`;
    // n pages of n: 1 + n + n + n * n objects.
    expect((await harness.send(tree, { n: 69 })).errors).toBeUndefined();
    expect(errorsOf(await harness.send(tree, { n: 70 }))).toEqual(tooMuch('More than 5000 records could come back. Ask for a shorter page, or for fewer lists inside it.'));
    expect((await harness.send(tree)).errors).toBeUndefined();
    const defaults = `{ probes { nodes { children { nodes { children { nodes { name } } } } } } }`;
    expect(errorsOf(await harness.send(defaults))).toEqual(tooMuch('More than 5000 records could come back. Ask for a shorter page, or for fewer lists inside it.'));
    const hidden = `query Q($n: Int! = 100) { probes(first: $n) { ...C } } fragment C on ProbeConnection { nodes { ...P } } fragment P on Probe { children(first: $n) { nodes { name } } }`;
    expect(errorsOf(await harness.send(hidden))).toEqual(tooMuch('More than 5000 records could come back. Ask for a shorter page, or for fewer lists inside it.'));
  });

  it('counts a list as its declared maximum, or as 100', async () => {
    expect((await harness.send(`{ probe { few { few { few { few { few { few { few { name } } } } } } } } }`)).errors).toBeUndefined();
    expect(errorsOf(await harness.send(`{ probe { many { many { name } } } }`))).toEqual(
      tooMuch('More than 5000 records could come back. Ask for a shorter page, or for fewer lists inside it.'),
    );
  });

  it('measures a document that fans out 2 to the power of 60 at once, and refuses it', async () => {
    const fragments = Array.from({ length: 60 }, (_, n) => `fragment F${n} on Probe { ...F${n + 1} self { ...F${n + 1} } }`).join(' ');
    const began = performance.now();
    const refused = await harness.send(`{ probe { ...F0 } } ${fragments} fragment F60 on Probe { name }`);
    expect(errorsOf(refused)).toEqual(tooMuch('This asks for more than 12 levels. Ask for the inner records by themselves.'));
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('lets GraphiQL read the schema and refuses a walk of it', async () => {
    const whole = await harness.send(getIntrospectionQuery({ descriptions: true, inputValueDeprecation: true, schemaDescription: true, specifiedByUrl: true, directiveIsRepeatable: true }));
    expect(whole.errors).toBeUndefined();
    const bomb = `{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }`;
    const refused = await harness.send(bomb);
    expect(errorsOf(refused)).toEqual(tooMuch('This asks for too much of the schema at once.'));
    const wide = `{ __schema { types { ${Array.from({ length: 12 }, (_, n) => `f${n}: fields { name }`).join(' ')} } } }`;
    expect(errorsOf(await harness.send(wide))).toEqual(tooMuch('This asks for too much of the schema at once.'));
  });

  it('refuses an answer above 1 MB', async () => {
    expect((await harness.send('{ long(bytes: 999000) }')).errors).toBeUndefined();
    const refused = await harness.send('{ long(bytes: 1000001) }');
    expect(JSON.parse(refused.text)).toEqual({ errors: [{ message: 'The answer is too large. Ask for fewer fields or a shorter page.', extensions: { code: 'TOO_EXPENSIVE' } }], data: null });
  });

  it('refuses a page above 100 instead of clipping it', async () => {
    const refused = await harness.send('{ probes(first: 101) { nodes { name } } }');
    expect(errorsOf(refused)).toEqual([
      { message: 'Some fields cannot be taken as they are. Correct them and send again.', extensions: { code: 'BAD_USER_INPUT', fields: [{ path: 'first', rule: 'validation.max', message: 'This is too large.' }] } },
    ]);
  });
});

describe('what is not a request', () => {
  const refusedWith = async (response: Response, status: number, message: string, code = 'BAD_USER_INPUT'): Promise<void> => {
    expect(await response.json()).toEqual({ errors: [{ message, extensions: { code } }] });
    expect(response.status).toBe(status);
  };
  const SHAPE = 'A request is an object with "query", and may have "operationName", "variables" and "extensions".';

  it('is turned away before GraphQL', async () => {
    await refusedWith(await post('{'), 400, 'The body is not JSON.');
    await refusedWith(await post(''), 400, 'The body is not JSON.');
    await refusedWith(await post('{}'), 400, SHAPE);
    await refusedWith(await post('"{ me { id } }"'), 400, SHAPE);
    await refusedWith(await post('{"query":1}'), 400, SHAPE);
    await refusedWith(await post('{"query":"{ me { id } }","variables":[]}'), 400, SHAPE);
    await refusedWith(await post('{"query":"{ me { id } }","__proto__":{}}'), 400, 'The body is not JSON.');
    await refusedWith(await post('[{"query":"{ me { id } }"}]'), 400, 'One operation a request: a list of them is not taken.');
    await refusedWith(await post('query=1', { 'content-type': 'application/x-www-form-urlencoded' }), 415, 'Send the request as application/json.');
    await refusedWith(await post('{ me { id } }', { 'content-type': 'text/plain' }), 415, 'Send the request as application/json.');
    await refusedWith(await post(JSON.stringify({ query: `{ me { id } } #${'x'.repeat(100_000)}` })), 413, 'A request has at most 100 kB.', 'TOO_EXPENSIVE');
    await refusedWith(await post('{"query":"{ me { id } }"}', { accept: 'image/png' }), 400, 'The answer is JSON, and the request does not accept it.');
  });

  it('is broken UTF-8, or the sign that stands for it', async () => {
    const broken = Buffer.concat([Buffer.from('{"query":"{ probe { name } } # '), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]);
    const NOT_UTF8 = 'The request holds characters that cannot be read. Send it as UTF-8.';
    await refusedWith(await post(broken), 400, NOT_UTF8);
    await refusedWith(await post('{"query":"{ probe { name } } # \uFFFD"}'), 400, NOT_UTF8);
    await refusedWith(await post('{"query":"{ probe { name } }","variables":{"a":"\\ufffd"}}'), 400, NOT_UTF8);
    await refusedWith(await fetch(url(`/graphql?query=${encodeURIComponent('{ probe { name } }')}%23%FF`)), 400, NOT_UTF8);
  });

  it('is anything by GET but a query without variables', async () => {
    const ask = (query: string, more = ''): Promise<Response> => fetch(url(`/graphql?query=${encodeURIComponent(query)}${more}`));
    expect(await (await ask('{ probe { name } }')).json()).toEqual({ data: { probe: { name: 'one' } } });
    await refusedWith(await ask('query Q($n: Int) { probe { name } }', '&variables={}'), 400, 'By GET only a query without variables can be asked. Use POST.');
    await refusedWith(await fetch(url()), 400, 'By GET only a query without variables can be asked. Use POST.');
    const mutation = await ask('mutation { clash }');
    expect(mutation.status).toBe(405);
    expect(await mutation.json()).toEqual({ errors: [{ message: 'By GET only a query without variables can be asked. Use POST.', extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  it('is another method, or an address where nothing is', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const refused = await fetch(url(), { method });
      expect(refused.headers.get('allow')).toBe('GET, POST');
      await refusedWith(refused, 405, 'This address does not take this method.');
    }
    await refusedWith(await fetch(url('/nowhere?name=Sok')), 404, 'There is nothing at this address. The register is at /graphql.', 'NOT_FOUND');
    await refusedWith(await fetch(url('/%zz')), 400, 'This address cannot be read.');
  });
});

describe('values of the caller', () => {
  const bad = (fields: unknown): unknown => [{ message: 'Some fields cannot be taken as they are. Correct them and send again.', extensions: { code: 'BAD_USER_INPUT', fields } }];
  const greet = (input: unknown): Promise<Answer> => harness.send('mutation ($input: ProbeInput!) { greet(input: $input) }', { input });

  it('are taken when they are good', async () => {
    expect((await greet({ requestKey: '12345678', name: 'Sok' })).data).toEqual({ greet: 'hello Sok' });
  });

  it.each([
    ['a wrong-typed variable', CANARY, [{ path: 'input', rule: 'validation.kind', message: 'This is not of the kind that is asked for.' }]],
    ['a wrong-typed field', { requestKey: '12345678', name: { secret: CANARY } }, [{ path: 'name', rule: 'validation.isString', message: 'This must be text.' }]],
    ['a number that is none', { requestKey: '12345678', name: 'a', count: CANARY }, [{ path: 'count', rule: 'validation.isInt', message: 'This must be a whole number.' }]],
    ['a field that is not known', { requestKey: '12345678', name: 'a', phone: CANARY }, [{ path: 'phone', rule: 'validation.whitelistValidation', message: 'This field is not known.' }]],
    ['a day that is none', { requestKey: '12345678', name: 'a', on: CANARY }, [{ path: 'on', rule: 'problem.NOT_A_DAY', message: 'This is not a day of the calendar written YYYY-MM-DD, like 2026-02-28.' }]],
    ['a field that is missing', { requestKey: '12345678' }, [{ path: 'name', rule: 'validation.isNotEmpty', message: 'This must not be empty.' }]],
    ['a text that is too long', { requestKey: '12345678', name: `${CANARY}${CANARY}` }, [{ path: 'name', rule: 'validation.maxLength', message: 'This is too long.' }]],
    ['no variable at all', undefined, [{ path: 'input', rule: 'validation.isNotEmpty', message: 'This must not be empty.' }]],
  ])('are named by path and not echoed: %s', async (_name, input, fields) => {
    const refused = await greet(input);
    expect(errorsOf(refused)).toEqual(bad(fields));
    expect(refused.text).not.toContain(CANARY);
  });

  it.each([
    ['a syntax error', `{ probe(name "${CANARY}") { name } }`],
    ['a string at a wrong place', `{ "${CANARY}" }`],
    ['a wrong-typed literal', `{ probes(first: "${CANARY}") { nodes { name } } }`],
    ['a literal of a scalar', `mutation { greet(input: { requestKey: "12345678", name: "a", on: "${CANARY}" }) }`],
    ['a default value', `query Q($n: Int = "${CANARY}") { probes(first: $n) { nodes { name } } }`],
  ])('in a document are not echoed: %s', async (_name, document) => {
    const refused = await harness.send(document);
    expect(refused.status).toBe(400);
    expect(refused.errors?.every(({ extensions }) => extensions.code === 'BAD_USER_INPUT')).toBe(true);
    expect(refused.text).not.toContain(CANARY);
  });

  it('that are null where nothing may be, are bad input and no fault of ours', async () => {
    const refused = await harness.send('query Q($n: Int) { probes(first: $n) { nodes { name } } }', { n: null });
    expect(refused.errors?.[0]).toMatchObject({ message: 'The request cannot be read: Argument "first" of non-null type "Int!" must not be null', extensions: { code: 'BAD_USER_INPUT' } });
  });

  it('are helped by names of the schema', async () => {
    expect(errorsOf(await harness.send('{ probe { nam } }'))).toEqual([{ message: 'The request cannot be read: Cannot query field "nam" on type "Probe".', extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  it('may be an operation that is not there', async () => {
    const response = await post('{"query":"query A { probe { name } } query B { probe { name } }","operationName":"C"}');
    expect(await response.json()).toEqual({ errors: [{ message: 'The request cannot be read: Unknown operation named "C".', extensions: { code: 'BAD_USER_INPUT' } }] });
  });
});

describe('errors', () => {
  it('ask for a sign-in, in the caller\'s language', async () => {
    const answer = await harness.send('{ me { id } }', {}, { language: 'km' });
    expect(errorsOf(answer)).toEqual([{ message: 'សូមចូលប្រើប្រព័ន្ធ រួចព្យាយាមម្ដងទៀត។', extensions: { code: 'UNAUTHENTICATED' } }]);
  });

  it.each(['{ broken }', '{ brokenSql }'])('of ours reveal nothing but a number that the log knows: %s', async (document) => {
    const answer = await harness.send(document);
    const [error] = answer.errors ?? [];
    const id = error?.extensions.id ?? '';
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(error?.message).toBe(`Something went wrong on our side. Nothing was changed. Tell your administrator this number: ${id}`);
    expect(error?.extensions).toEqual({ code: 'INTERNAL', id });
    expect(answer.text).not.toContain(CANARY);
    const logged = harness.logLines.filter((line) => line.includes(id));
    expect(logged).toHaveLength(1);
    expect(harness.logLines.join('\n')).not.toContain(CANARY);
  });

  it('of a statement give no data at all: the read was rolled back', async () => {
    const answer = await harness.send('{ probe { name } swallowed }');
    expect(answer.data).toBeNull();
    expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['INTERNAL']);
    expect(answer.text).not.toContain(CANARY);
  });

  it('of a COMMIT give no data: what is not in the read-audit was not shown', async () => {
    await harness.sql(`create function platform.no() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`);
    await harness.sql(`create constraint trigger no after insert on platform.reads deferrable initially deferred for each row execute function platform.no()`);
    try {
      const answer = await harness.send('{ probe { name } audited }');
      expect(answer.data).toBeNull();
      expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(['INTERNAL']);
      expect(answer.text).not.toContain(CANARY);
    } finally {
      await harness.sql('drop trigger no on platform.reads');
    }
    expect((await harness.send('{ audited }')).data).toEqual({ audited: CANARY });
  });

  it('of a room are told in full', async () => {
    expect(errorsOf(await harness.send('mutation { clash }'))).toEqual([
      { message: 'Somebody changed this meanwhile: name. Read it again, then decide.', extensions: { code: 'CONFLICT' } },
    ]);
  });

  it('keep a root field shut that says nobody may', async () => {
    const person = await signedIn(harness, { role: 'administrator' });
    expect(errorsOf(await harness.send('{ undecided { name } }', {}, { token: person.token }))).toEqual([
      { message: 'Your posting does not allow this. Ask your supervisor.', extensions: { code: 'FORBIDDEN' } },
    ]);
  });
});

describe('connections', () => {
  it('come back when clients leave midway', async () => {
    await until(() => poolInUse() === 0);
    const { port } = harness.app.getHttpServer().address() as AddressInfo;
    const body = JSON.stringify({ query: '{ slow(seconds: 1) }' });
    const sockets = Array.from({ length: 5 }, () => {
      const socket = connect(port, '127.0.0.1');
      socket.write(`POST /graphql HTTP/1.1\r\nhost: door\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
      return socket;
    });
    await until(() => poolInUse() === 5);
    for (const socket of sockets) socket.destroy();
    await until(() => poolInUse() === 0);
    expect((await harness.send('{ slow(seconds: 0) }')).data).toEqual({ slow: 'done' });
    await until(() => harness.logLines.filter((line) => line.includes('"outcome":"gone"')).length === 5);
    const [open] = await harness.sql<{ n: string }>(`select count(*)::text as n from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'`);
    expect(open?.n).toBe('0');
  });

  it('carry one person each: two hundred requests of two people, side by side', async () => {
    const people = [await signedIn(harness, { role: 'social_worker' }), await signedIn(harness, { role: 'supervisor' })];
    const me = await Promise.all(people.map(async ({ token }) => (await harness.send('{ me { id } }', {}, { token })).data.me.id));
    expect(me[0]).not.toBe(me[1]);
    for (let round = 0; round < 20; round++) {
      const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => harness.send('{ whoAmI }', {}, { token: people[n % 2]?.token })));
      expect(answers.map(({ data }) => data.whoAmI)).toEqual(Array.from({ length: 10 }, (_, n) => me[n % 2]));
    }
  });
});

describe('a request that comes in slowly', () => {
  /** Sends a head and the beginning of a body, and says when the connection is closed. */
  function slowly(one: Harness, path: string, token: string): { closed: () => boolean; socket: ReturnType<typeof connect> } {
    let closed = false;
    const socket = connect((one.app.getHttpServer().address() as AddressInfo).port, '127.0.0.1');
    socket.on('error', () => undefined).on('close', () => (closed = true));
    socket.write(`POST ${path} HTTP/1.1\r\nhost: door\r\nauthorization: Bearer ${token}\r\nrequest-key: slow-network\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"query":`);
    return { closed: () => closed, socket };
  }

  it('is cut off, but a document has time', async () => {
    const short = await Harness.start({}, [ProbeModule], 100);
    try {
      const { token } = await signedIn(short, { role: 'social_worker' });
      const document = slowly(short, '/documents', token ?? '');
      const query = slowly(short, '/graphql', token ?? '');
      await until(query.closed);
      expect(document.closed()).toBe(false);
      document.socket.write('x'.repeat(491));
      let answer = '';
      document.socket.on('data', (part) => (answer += part.toString()));
      await until(() => answer.includes('NOT_TAKEN'));
      document.socket.destroy();
    } finally {
      await short.stop();
    }
  });
});

describe('an execution that takes too long', () => {
  it('is answered, and gives its connection back', async () => {
    const short = await Harness.start({}, [ProbeModule], 200);
    try {
      const refused = await short.send('{ slow(seconds: 1) }');
      expect(JSON.parse(refused.text)).toEqual({
        errors: [{ message: 'This took more than 10 seconds and was stopped. An act may have been done all the same: send it again with the same request key to learn.', extensions: { code: 'TOO_EXPENSIVE' } }],
        data: null,
      });
      const { master } = short.app.get(DataSource).driver as unknown as { master: pg.Pool };
      await until(() => master.totalCount === master.idleCount);
      expect((await short.send('{ probe { name } }')).data).toEqual({ probe: { name: 'one' } });
      expect(short.logLines.filter((line) => line.includes('internal error'))).toEqual([]);
    } finally {
      await short.stop();
    }
  });
});

describe('every answer', () => {
  it('has an id of ours and headers that let a browser do nothing with it', async () => {
    const response = await post('{"query":"{ probe { name } }"}', { 'x-request-id': 'mine' });
    const headers = Object.fromEntries(response.headers);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'content-security-policy': `default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'cache-control': 'no-store',
    });
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers['strict-transport-security']).toBeUndefined();
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('takes an id of its caller that is nothing but an id, and makes one otherwise', async () => {
    const idOf = async (sent: string, path?: string): Promise<string | null> => (await fetch(url(path), { headers: { 'x-request-id': sent } })).headers.get('x-request-id');
    const id = '01932c07-20cb-7c46-9c5a-5a1a7c3b2f10';
    expect(await idOf(id)).toBe(id);
    expect(await idOf('9F86D081884C7D659A2FEAA0C55AD015')).toBe('9f86d081884c7d659a2feaa0c55ad015');
    expect(await idOf(id, '/%')).toBe(id);
    for (const sent of [CANARY, `${id}x`, `${id}${id}`, '9f86d081884c7d659a2feaa0c55ad01', 'x'.repeat(36)]) {
      const given = await idOf(sent);
      expect(given).toMatch(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/);
      expect(given).not.toBe(sent);
    }
  });

  it('has the id of its request in every line of the log, also where a fault is ours', async () => {
    const id = '01932c07-20cb-7c46-9c5a-5a1a7c3b2f11';
    await (await post('{"query":"{ broken }"}', { 'x-request-id': id })).text();
    const messages = (): unknown[] => harness.logLines.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ requestId }) => requestId === id).map(({ msg }) => msg);
    await until(() => messages().length > 1);
    expect(messages().sort()).toEqual(['internal error', 'request']);
    expect(harness.logLines.filter((line) => line.includes('"requestId":"door"'))).toEqual([]);
  });

  it('is counted by field of the schema and outcome, by no word of the client\'s', async () => {
    const counted = async (): Promise<Map<string, number>> => {
      const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
      expect(text).not.toContain(CANARY.replaceAll('-', ''));
      return new Map([...text.matchAll(/^register_requests_total\{operation="([^"]*)",outcome="([^"]*)"\} (\d+)$/gm)].map(([, operation, outcome, count]) => [`${operation} ${outcome}`, Number(count)]));
    };
    const before = await counted();
    const name = CANARY.replaceAll('-', '');
    await harness.send(`query ${name} { probes { nodes { name } } }`);
    await harness.send(`{ ${name} }`);
    await harness.send('{ broken }');
    await harness.send('mutation { clash }');
    await harness.send('{ long(bytes: 1000001) }');
    await post('{"query":');
    await fetch(url(`/${name}`));
    await fetch(url('/health/ready'));
    const more = async (): Promise<Record<string, number>> => Object.fromEntries([...(await counted())].map(([key, count]) => [key, count - (before.get(key) ?? 0)] as const).filter(([, count]) => count > 0));
    await until(async () => Object.values(await more()).reduce((sum, count) => sum + count, 0) === 8);
    expect(await more()).toEqual({
      'probes ok': 1, 'unnamed BAD_USER_INPUT': 1, 'broken INTERNAL': 1, 'clash CONFLICT': 1, 'long TOO_EXPENSIVE': 1, '/graphql BAD_USER_INPUT': 1, 'none NOT_FOUND': 1, '/health/ready ok': 1,
    });
  });

  it('leaves one line in the log, without anything of a person in it', async () => {
    const person = await signedIn(harness, { role: 'social_worker' });
    const response = await fetch(url('/graphql?x=1'), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${person.token}` },
      body: JSON.stringify({ query: `query Find($named: String) { probes(named: $named) { nodes { name } } } # ${CANARY}`, variables: { named: CANARY } }),
    });
    const id = response.headers.get('x-request-id') ?? '';
    await response.text();
    await until(() => harness.logLines.some((line) => line.includes(id)));
    const lines = harness.logLines.filter((line) => line.includes(id)).map((line) => JSON.parse(line) as Record<string, unknown>);
    const { data } = await harness.send('{ me { id } }', {}, { token: person.token });
    expect(lines).toEqual([
      {
        level: 30, time: expect.any(Number), pid: expect.any(Number), hostname: expect.any(String), msg: 'request',
        requestId: id, method: 'POST', route: '/graphql', status: 200, ms: expect.any(Number),
        operation: 'Find', field: 'probes', actor: data.me.id, outcome: 'ok',
      },
    ]);
    const all = harness.logLines.join('\n');
    expect(all).not.toContain(CANARY);
    expect(all).not.toContain((person.token ?? '').slice(-20));
    expect(all).not.toContain('?x=1');
  });
});

describe('in production', () => {
  it('the schema is for people who signed in, and browsers are told to use TLS', async () => {
    const production = await Harness.start({ NODE_ENV: 'production', PUBLIC_URL: 'https://register.example' });
    try {
      for (const query of ['{ __schema { queryType { name } } }', 'query { ...S } fragment S on Query { __type(name: "Me") { name } }']) {
        const refused = await production.send(query);
        expect(errorsOf(refused)).toEqual([{ message: 'Sign in, then try again.', extensions: { code: 'UNAUTHENTICATED' } }]);
        expect(refused.status).toBe(401);
      }
      const person = await signedIn(production, { role: 'supervisor' });
      expect((await production.send('{ __schema { queryType { name } } }', {}, { token: person.token })).data).toEqual({ __schema: { queryType: { name: 'Query' } } });
      const { port } = production.app.getHttpServer().address() as AddressInfo;
      const response = await fetch(`http://127.0.0.1:${port}/health/live`);
      expect(response.headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
    } finally {
      await production.stop();
    }
  });
});

describe('health', () => {
  it('says alive, and ready only with a database that has every migration', async () => {
    expect(await (await fetch(url('/health/live'))).json()).toEqual({ status: 'ok' });
    const ready = await fetch(url('/health/ready'));
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ok' }]);
    const [last] = await harness.sql<{ name: string; timestamp: string }>(`delete from public.applied_migrations where id = (select max(id) from public.applied_migrations) returning name, "timestamp"::text`);
    const behind = await fetch(url('/health/ready'));
    expect([behind.status, await behind.json()]).toEqual([503, { status: 'unavailable', code: 'MIGRATIONS' }]);
    await harness.sql('insert into public.applied_migrations (name, "timestamp") values ($1, $2)', [last?.name, last?.timestamp]);
    expect((await fetch(url('/health/ready'))).status).toBe(200);
  });

  it('says so when the database does not answer, and stays alive', async () => {
    await harness.sql(`revoke select on public.applied_migrations from register_api`);
    const unready = await fetch(url('/health/ready'));
    expect([unready.status, await unready.json()]).toEqual([503, { status: 'unavailable', code: 'DATABASE' }]);
    expect((await fetch(url('/health/live'))).status).toBe(200);
    await harness.sql(`grant select on public.applied_migrations to register_api`);
  });
});
