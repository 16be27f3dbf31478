import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { mayEver } from './auth/acts.js';
import type { Act } from './auth/acts.js';
import type { UserActor } from './auth/roles.js';
import type { UnitOfWork } from './database/unit-of-work.js';
import { Problem, forbidden } from './errors.js';
import { statusOf } from './graphql/answer-plugin.js';
import { RequestContext } from './graphql/context.js';
import { sendProblem } from './http-answers.js';
import { logWith } from './logging/request-log.js';
import { languageOf } from './messages/messages.js';

/** What a plain route answers. */
export interface PlainAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** A route beside GraphQL, for what does not fit into it: bytes. */
export interface PlainRoute {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** What it is called in the log and the audit, as a root field would be. */
  readonly name: string;
  /** Nobody without a live posting for it gets through. */
  readonly act: Act;
  /** The body that it takes, whatever the client calls it, and what is said of a larger one. */
  readonly body?: { readonly most: number; readonly tooLarge: string };
  /** Asked before a byte of the body is read; `leaves` runs what it is given when the request has ended, however it ends. */
  readonly admit?: (actor: UserActor, http: FastifyRequest, leaves: (done: () => void) => void) => void;
  /** Its read, if there was one, is committed before the answer leaves. */
  readonly answer: (request: RequestContext, http: FastifyRequest) => Promise<PlainAnswer>;
}

/** What the door of plain routes needs to know. */
export interface PlainDoor {
  readonly uow: UnitOfWork;
  readonly whoIs: (authorization: string | undefined) => Promise<UserActor | undefined>;
}

const served = new Map<string, PlainRoute>();

/** Every plain route by method and address, for the test that no other stands open. */
export function plainRoutes(): ReadonlyMap<string, PlainRoute> {
  return served;
}

/** Serves a route behind the same door as GraphQL's: who asks is known before anything else, and a no is written down. */
export function servePlain(instance: FastifyInstance, door: PlainDoor, route: PlainRoute): void {
  served.set(`${route.method} ${route.url}`, route);
  const contexts = new WeakMap<FastifyRequest, RequestContext>();
  // A scope of its own: the rest of the API takes JSON only, and little of it.
  void instance.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    if (route.body !== undefined) scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.route({
      method: route.method,
      url: route.url,
      exposeHeadRoute: false,
      bodyLimit: route.body?.most ?? 1,
      onRequest: async (http, reply) => {
        const user = await door.whoIs(http.headers.authorization);
        const request = new RequestContext(door.uow, http.id, languageOf(http.headers['accept-language']), user, http.ip);
        request.name(route.name);
        contexts.set(http, request);
        logWith(http, request);
        reply.raw.once('close', () => void request.abandon());
        await enter(request, route);
        if (Number(http.headers['content-length'] ?? 0) > (route.body?.most ?? 0)) throw tooLarge(route);
        route.admit?.(request.actor, http, (done) => void reply.raw.once('close', done));
      },
      handler: async (http, reply) => {
        const request = contexts.get(http);
        if (request === undefined) throw new Error(`${route.name} was reached by another way than its door.`);
        const { status, headers, body } = await route.answer(request, http);
        await request.finish();
        return reply.code(status).headers(headers).send(body);
      },
      errorHandler: (error, http, reply) => tell(error, http, reply, route, contexts.get(http)),
    });
  });
}

async function enter(request: RequestContext, route: PlainRoute): Promise<void> {
  if (request.user === undefined) throw new Problem('UNAUTHENTICATED');
  if (mayEver(request.user, route.act)) return;
  await request.denied(route.act);
  throw forbidden();
}

function tell(error: unknown, http: FastifyRequest, reply: FastifyReply, route: PlainRoute, request: RequestContext | undefined): void {
  const isTooLarge = typeof error === 'object' && error !== null && 'statusCode' in error && error.statusCode === 413;
  const problem = error instanceof Problem ? error : isTooLarge ? tooLarge(route) : undefined;
  request?.note(problem?.code ?? 'INTERNAL');
  void request?.abandon();
  // Anything else is told as everywhere: see HttpAnswers.
  if (problem === undefined) throw error;
  const { retryAfter } = problem.details;
  if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
  void sendProblem(http, reply, problem, retryAfter !== undefined ? 429 : problem.code === 'TOO_EXPENSIVE' ? 413 : statusOf(problem.code));
}

function tooLarge(route: PlainRoute): Problem {
  return new Problem('TOO_EXPENSIVE', route.body?.tooLarge ?? 'door.BODY_TOO_LARGE');
}
