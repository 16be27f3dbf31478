import type { FastifyInstance, FastifyRequest } from 'fastify';
import { summaryOf } from '../logging/request-log.js';
import type { Span, Tracing } from './tracing.js';

/**
 * One span a request, probes of health left out. A place in somebody's trace is believed from the proxies that we trust:
 * anybody else could hang her request into a trace of ours.
 */
export function traceRequests(instance: FastifyInstance, tracing: Tracing, trusts: (address: string) => boolean): void {
  if (!tracing.isOn) return;
  const spans = new WeakMap<FastifyRequest, Span>();
  instance.addHook('onRequest', (request, reply, next) => {
    if (request.routeOptions.url?.startsWith('/health/')) return next();
    const header = request.headers['traceparent'];
    const span = tracing.root('server', request.method, typeof header === 'string' && trusts(request.raw.socket.remoteAddress ?? '') ? header : undefined);
    spans.set(request, span);
    reply.raw.once('close', () => {
      const { operation, outcome } = summaryOf(request, reply);
      span.name(`${request.method} ${operation}`);
      span.say('http.request.method', request.method);
      span.say('http.route', request.routeOptions.url ?? 'none');
      span.say('http.response.status_code', reply.statusCode);
      span.say('register.operation', operation);
      span.say('register.outcome', outcome);
      span.say('register.request_id', request.id);
      span.end(outcome === 'INTERNAL' ? outcome : undefined);
    });
    tracing.within(span, next);
  });
  // The body arrives by calls that are the socket's: what follows is the request's again.
  instance.addHook('preHandler', (request, _reply, next) => {
    const span = spans.get(request);
    if (span === undefined) next();
    else tracing.within(span, next);
  });
}
