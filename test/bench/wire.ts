import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** An answer as it came over the wire. */
export interface Reply {
  readonly status: number;
  /** The lines above the body. */
  readonly head: string;
  readonly body: string;
}

/** One connection that sends a request and waits for its answer. */
export interface Lane {
  send(n: number): Promise<Reply>;
  close(): void;
}

const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * A kept connection of HTTP/1.1 without a library: whoever measures shares the processor with whoever is measured, so
 * that each microsecond spent here flatters the slower one. Knows bodies with a length, and chunked ones.
 */
export async function openLane(port: number, requestOf: (n: number) => Buffer): Promise<Lane> {
  const socket = await new Promise<Socket>((done, failed) => {
    const made = connect({ port, host: '127.0.0.1', noDelay: true }, () => done(made));
    made.once('error', failed);
  });
  let heard: Buffer = Buffer.alloc(0);
  let waiting: { done: (reply: Reply) => void; failed: (why: Error) => void } | undefined;
  const fail = (why: Error): void => {
    waiting?.failed(why);
    waiting = undefined;
  };
  socket.on('data', (part: Buffer) => {
    heard = heard.length === 0 ? part : Buffer.concat([heard, part]);
    const found = readAnswer(heard);
    if (found === undefined) return;
    heard = heard.subarray(found.bytes);
    const { done } = waiting ?? {};
    waiting = undefined;
    done?.(found.reply);
  });
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the connection was closed')));
  return {
    send: (n) => new Promise((done, failed) => {
      waiting = { done, failed };
      if (socket.destroyed) fail(new Error('the connection is closed'));
      else socket.write(requestOf(n));
    }),
    close: () => socket.destroy(),
  };
}

/** The first whole answer in what was heard; undefined while it is not whole. */
export function readAnswer(heard: Buffer): { readonly reply: Reply; readonly bytes: number } | undefined {
  const end = heard.indexOf(HEAD_END);
  if (end < 0) return undefined;
  const head = heard.toString('latin1', 0, end);
  const status = Number(head.slice(9, 12));
  const start = end + 4;
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) {
    const bytes = start + Number(length);
    return heard.length < bytes ? undefined : { reply: { status, head, body: heard.toString('utf8', start, bytes) }, bytes };
  }
  if (!/\r\ntransfer-encoding: *chunked/i.test(head)) return { reply: { status, head, body: '' }, bytes: start };
  return readChunks(heard, start, status, head);
}

function readChunks(heard: Buffer, start: number, status: number, head: string): { readonly reply: Reply; readonly bytes: number } | undefined {
  const parts: Buffer[] = [];
  for (let at = start; ;) {
    const line = heard.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const size = Number.parseInt(heard.toString('latin1', at, line), 16);
    const next = line + 2 + size + 2;
    if (heard.length < next) return undefined;
    if (size === 0) return { reply: { status, head, body: Buffer.concat(parts).toString('utf8') }, bytes: next };
    parts.push(heard.subarray(line + 2, line + 2 + size));
    at = next;
  }
}

/** The bytes of a POST of JSON. */
export function post(path: string, headers: Readonly<Record<string, string>>, body: unknown): Buffer {
  const text = JSON.stringify(body);
  const lines = Object.entries({ host: '127.0.0.1', 'content-type': 'application/json', ...headers, 'content-length': String(Buffer.byteLength(text)) });
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${text}`);
}
