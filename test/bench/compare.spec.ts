import { describe, expect, it } from '@jest/globals';
import { compare, median, table, wentWell } from './compare.js';
import type { Competitor } from './compare.js';
import { readOptions } from './options.js';
import { readAnswer } from './wire.js';

const RULES = { connections: 2, seconds: 0.004, rounds: 3, warmUp: 0.001 };

function answering(name: string, body: (n: number) => string, more: Partial<Competitor> = {}): Competitor {
  return {
    name,
    connect: async () => ({
      // A turn of the event loop, as an answer from outside takes one.
      send: (n) => new Promise((done) => setImmediate(() => done({ status: 200, head: '', body: body(n) }))),
      close: () => undefined,
    }),
    check: (_n, reply) => (reply.body === 'right' ? undefined : `not ${reply.body}`),
    ...more,
  };
}

describe('the comparison', () => {
  it('measures everybody who answers well, against the first one', async () => {
    const scores = await compare([answering('first', () => 'right'), answering('second', () => 'right')], RULES);
    expect(scores.map(({ name, failed }) => [name, failed])).toEqual([['first', undefined], ['second', undefined]]);
    expect(scores[0]).toMatchObject({ ratio: 1, least: 1, most: 1 });
    expect(scores[1]?.ratio).toBeGreaterThan(0);
    expect(wentWell(scores)).toBe(true);
  });

  it('notices one wrong body among the right ones', async () => {
    const scores = await compare([answering('first', () => 'right'), answering('wrong', (n) => (n === 3 ? 'wrong' : 'right'))], RULES);
    expect(scores[1]?.failed).toBe('not wrong');
    expect(wentWell(scores)).toBe(false);
    expect(table('title', scores)).toContain('wrong  failed: not wrong');
  });

  it('goes on without a competitor that cannot be reached, and says so', async () => {
    const gone = answering('gone', () => 'right', { connect: () => Promise.reject(new Error('nobody there')) });
    const scores = await compare([answering('first', () => 'right'), gone], RULES);
    expect(scores.map(({ failed }) => failed)).toEqual([undefined, 'nobody there']);
    expect(wentWell(scores)).toBe(false);
    expect(wentWell(scores.map((each) => ({ ...each, aside: true })))).toBe(true);
  });

  it('has no ratio where the first one failed', async () => {
    const scores = await compare([answering('first', () => 'wrong'), answering('second', () => 'right')], RULES);
    expect(scores[1]?.ratio).toBeNaN();
    expect(wentWell(scores)).toBe(false);
  });

  it('knows the middle of numbers', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, NaN]);
  });
});

describe('the wire', () => {
  it('reads an answer when it is whole, with a length or in chunks', () => {
    const plain = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcHTTP');
    expect(readAnswer(plain)).toMatchObject({ reply: { status: 200, body: 'abc' }, bytes: plain.length - 4 });
    expect(readAnswer(plain.subarray(0, plain.length - 5))).toBeUndefined();
    const chunked = Buffer.from('HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n');
    expect(readAnswer(chunked)).toMatchObject({ reply: { status: 500, body: 'abc' }, bytes: chunked.length });
    expect(readAnswer(chunked.subarray(0, chunked.length - 3))).toBeUndefined();
  });
});

describe('the command line', () => {
  it('has names and options', () => {
    const { names, options } = readOptions(['api', '--seed', '7', '--minutes=15', '--entry', 'list', '--quick']);
    expect([names, options.seed, options.rounds, options.other('minutes'), options.other('entry'), options.other('quick'), options.other('none')]).toEqual([['api'], 7, 6, '15', 'list', 'true', undefined]);
    expect(() => readOptions(['--seed', 'x'])).toThrow('--seed must be a number.');
  });
});
