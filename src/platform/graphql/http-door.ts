import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../errors.js';
import { problemAnswer, sendProblem } from '../http-answers.js';
import { LIMITS } from './limits.js';

/** Where GraphQL is served. */
export const DOOR = '/graphql';

/**
 * What is checked of a request to GraphQL before Apollo sees it, so that its answer is of the closed set and in the
 * caller's language; and what bounds the answer: time and size.
 */
export function guardDoor(instance: FastifyInstance, milliseconds: number, mayAnswerMore: (request: FastifyRequest) => boolean): void {
  readJsonOnly(instance);
  const timers = new WeakMap<FastifyRequest, NodeJS.Timeout>();

  instance.addHook('onRequest', async (request, reply) => {
    if (!isDoor(request) || request.method === 'GET' || request.method === 'POST') return;
    return sendProblem(request, reply.header('allow', 'GET, POST'), new Problem('BAD_USER_INPUT', 'door.METHOD'), 405);
  });

  instance.addHook('preHandler', async (request, reply) => {
    if (!isDoor(request)) return;
    refuseUnacceptable(request);
    if (request.method === 'GET') refuseGet(request);
    else refuseShape(request.body);
    timers.set(request, setTimeout(() => stop(request, reply), milliseconds).unref());
  });

  instance.addHook('onSend', async (request, _reply, payload) => {
    clearTimeout(timers.get(request));
    if (!isDoor(request) || request.routeOptions.url !== DOOR || typeof payload !== 'string') return payload;
    const most = mayAnswerMore(request) ? LIMITS.schema.answer : LIMITS.answer;
    return Buffer.byteLength(payload) <= most ? payload : problemAnswer(request, new Problem('TOO_EXPENSIVE', 'door.ANSWER_TOO_LARGE'), null);
  });
}

/** The client gets its answer now; closing the response gives the read's connection back. */
function stop(request: FastifyRequest, reply: FastifyReply): void {
  if (reply.sent) return;
  void reply.code(200).type('application/json; charset=utf-8').send(problemAnswer(request, new Problem('TOO_EXPENSIVE', 'door.TOOK_TOO_LONG'), null));
}

/** Is this request for GraphQL itself? */
export function isDoor(request: FastifyRequest): boolean {
  return request.url === DOOR || request.url.startsWith(`${DOOR}?`);
}

/** JSON in good UTF-8 and nothing else: broken bytes would otherwise arrive as U+FFFD inside somebody's name. */
function readJsonOnly(instance: FastifyInstance): void {
  instance.removeAllContentTypeParsers();
  const parse = instance.getDefaultJsonParser('error', 'error');
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  instance.addContentTypeParser(['application/json', 'application/graphql-response+json'], { parseAs: 'buffer' }, (request, body, done) => {
    let text: string;
    try {
      text = utf8.decode(body as Buffer);
    } catch {
      return done(new Problem('BAD_USER_INPUT', 'door.NOT_UTF8'), undefined);
    }
    if (/\uFFFD|\\ufffd/i.test(text)) return done(new Problem('BAD_USER_INPUT', 'door.NOT_UTF8'), undefined);
    void parse(request, text, (error, value: unknown) => done(error === null || error === undefined ? null : new Problem('BAD_USER_INPUT', 'door.NOT_JSON'), value));
  });
}

const ACCEPTED = new Set(['*/*', 'application/*', 'application/json', 'application/graphql-response+json']);

function refuseUnacceptable(request: FastifyRequest): void {
  const accept = request.headers.accept;
  if (accept === undefined || accept === '') return;
  const kinds = accept.toLowerCase().split(',').map((part) => part.split(';')[0]?.trim() ?? '');
  if (!kinds.some((kind) => ACCEPTED.has(kind))) throw Object.assign(new Problem('BAD_USER_INPUT', 'door.ACCEPT'), { statusCode: 406 });
}

/** A query by GET may be kept by proxies and in histories: no variables, where people's data would stand. */
function refuseGet(request: FastifyRequest): void {
  const parameters = new URL(request.url, 'http://door').searchParams;
  const names = [...parameters.keys()];
  const isPlain = names.every((name) => name === 'query' || name === 'operationName') && new Set(names).size === names.length;
  const query = parameters.get('query') ?? '';
  if (!isPlain || query.trim() === '') throw new Problem('BAD_USER_INPUT', 'door.GET');
  if (query.includes('\uFFFD')) throw new Problem('BAD_USER_INPUT', 'door.NOT_UTF8');
}

function refuseShape(body: unknown): void {
  if (Array.isArray(body)) throw new Problem('BAD_USER_INPUT', 'door.BATCH');
  if (typeof body !== 'object' || body === null) throw new Problem('BAD_USER_INPUT', 'door.SHAPE');
  const { query, operationName, variables, extensions } = body as Record<string, unknown>;
  const isRecord = (value: unknown): boolean => value === undefined || value === null || (typeof value === 'object' && !Array.isArray(value));
  const isName = operationName === undefined || operationName === null || typeof operationName === 'string';
  if (typeof query !== 'string' || query.trim() === '' || !isName || !isRecord(variables) || !isRecord(extensions)) throw new Problem('BAD_USER_INPUT', 'door.SHAPE');
}
