import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import type { BlockList, Socket } from 'node:net';
import type { Logger } from 'pino';
import { newId } from '../kernel/ids.js';
import { CONFIG } from './config/config.module.js';
import type { Config } from './config/config.js';
import { UnitOfWork } from './database/unit-of-work.js';
import { Problem } from './errors.js';
import { guardDoor } from './graphql/http-door.js';
import { LIMITS } from './graphql/limits.js';
import { servePage } from './graphql/page/page.js';
import { healthRoutes } from './health/health.js';
import { HttpAnswers, sendProblem } from './http-answers.js';
import { NestLog } from './logging/log.js';
import { logRequests, mayAnswerMore } from './logging/request-log.js';
import { Metrics } from './metrics/metrics.js';
import { plainRoutes } from './plain-routes.js';
import { traceRequests } from './tracing/request-spans.js';
import { Tracing } from './tracing/tracing.js';

/** Builds the API around the rooms, ready to listen. Only a test gives a request another time than the limits do. */
export async function openApi(rooms: DynamicModule, log: Logger, milliseconds: number = LIMITS.milliseconds): Promise<NestFastifyApplication> {
  // The settings are the rooms' own; no request comes before they are known.
  const known: { proxies?: BlockList } = {};
  const trusts = (address: string): boolean => isTrusted(known.proxies, address);
  const app = await NestFactory.create<NestFastifyApplication>(rooms, adapter(trusts), { logger: new NestLog(log), abortOnError: false, bodyParser: false });
  known.proxies = app.get<Config>(CONFIG).trustedProxies;
  const instance: FastifyInstance = app.getHttpAdapter().getInstance();
  app.useGlobalFilters(new HttpAnswers(log));
  protect(instance, app.get<Config>(CONFIG).production);
  hurry(instance, 3 * milliseconds);
  logRequests(instance, log, app.get(Metrics));
  traceRequests(instance, app.get(Tracing), trusts);
  await servePage(instance);
  guardDoor(instance, milliseconds, mayAnswerMore);
  healthRoutes(instance, app.get(UnitOfWork));
  app.getHttpServer().headersTimeout = 10_000;
  app.getHttpServer().maxConnections = 1_000;
  await app.init();
  return app;
}

/** Whoever connects may write any `X-Forwarded-For`: it is believed only where one of our own proxies wrote it. */
function isTrusted(proxies: BlockList | undefined, address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  return proxies?.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4') ?? false;
}

/** An id that a client may choose is text in our log and in the audit: a UUID or 32 hexadecimal digits hold nobody's name. */
function requestIdOf(header: string | string[] | undefined): string | undefined {
  if (typeof header !== 'string') return undefined;
  return /^([0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.test(header) ? header.toLowerCase() : undefined;
}

function adapter(trustProxy: (address: string) => boolean): FastifyAdapter {
  return new FastifyAdapter({
    trustProxy,
    bodyLimit: LIMITS.body,
    requestTimeout: LIMITS.uploadMilliseconds,
    connectionTimeout: 35_000,
    keepAliveTimeout: 10_000,
    forceCloseConnections: 'idle',
    genReqId: (request: IncomingMessage) => requestIdOf(request.headers['x-request-id']) ?? newId(),
    requestIdHeader: false,
    frameworkErrors: (_error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      void sendProblem(request, reply.header('x-request-id', request.id), new Problem('BAD_USER_INPUT', 'door.URL'), 400),
    clientErrorHandler: (_error: unknown, socket: Socket) => {
      if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
    },
  });
}

/** Who sends slowly holds a connection: half a minute is enough for everything but a document on a bad network. */
function hurry(instance: FastifyInstance, milliseconds: number): void {
  instance.addHook('onRequest', async ({ method, routeOptions, raw }) => {
    if (raw.complete || plainRoutes().get(`${method} ${routeOptions.url ?? ''}`)?.body !== undefined) return;
    const timer = setTimeout(() => raw.destroy(), milliseconds).unref();
    for (const event of ['end', 'close']) raw.once(event, () => clearTimeout(timer));
  });
}

/** Headers of every answer. The GraphiQL page brings a policy of its own. */
function protect(instance: FastifyInstance, production: boolean): void {
  instance.addHook('onRequest', async (request, reply) => {
    void reply.headers({
      'x-request-id': request.id,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=()',
      'content-security-policy': `default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'cache-control': 'no-store',
      ...(production && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }),
    });
  });
}
