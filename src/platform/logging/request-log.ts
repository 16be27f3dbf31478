import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Metrics } from '../metrics/metrics.js';

/** What a GraphQL request lets the log know: names of the schema, codes and ids. */
export interface RequestSummary {
  asksForSchema(): boolean;
  readonly user: { readonly userId: string } | undefined;
  readonly summary: { readonly operation: string; readonly operationName: string; readonly outcome: string };
}

const summaries = new WeakMap<object, RequestSummary>();
const problems = new WeakMap<object, string>();

/** Ties a request to what GraphQL learns about it, for the one line that the log gets. */
export function logWith(request: FastifyRequest, summary: RequestSummary): void {
  summaries.set(request, summary);
}

/** Says with which code of the closed set a request was answered outside GraphQL, or instead of it. */
export function noteProblem(request: FastifyRequest, code: string): void {
  problems.set(request, code);
}

/** Did this request ask for the schema, whose answer may be larger? */
export function mayAnswerMore(request: FastifyRequest): boolean {
  return summaries.get(request)?.asksForSchema() ?? false;
}

/**
 * What a request was and how it ended, in few words: the root field of the schema or the pattern of the route, never a
 * word of the client's; `ok`, `refused`, `gone`, a code of the closed set, or `unavailable`.
 */
export function summaryOf(request: FastifyRequest, reply: FastifyReply): { readonly operation: string; readonly outcome: string } {
  const found = summaries.get(request)?.summary;
  const code = problems.get(request) ?? found?.outcome ?? (reply.statusCode < 400 ? 'ok' : 'unavailable');
  // The pattern of the route, not what was asked: an unknown address may hold anything.
  return { operation: found?.operation ?? request.routeOptions.url ?? 'none', outcome: isGone(reply) ? 'gone' : code.startsWith('refused:') ? 'refused' : code };
}

/**
 * One line a request: method, route, status, milliseconds, request id, operation, actor and outcome. Never the document,
 * a variable, a token or the part of an address after `?`: they hold people's names.
 */
export function logRequests(instance: FastifyInstance, log: Logger, metrics: Metrics): void {
  instance.addHook('onRequest', async (request, reply) => {
    metrics.requestBegan();
    // Also a client that leaves closes it: she gets no response, and stands in the log all the same.
    reply.raw.once('close', () => {
      const { operation, outcome } = summaryOf(request, reply);
      metrics.requestEnded(operation, outcome, reply.elapsedTime / 1000);
      log.info(lineOf(request, reply), 'request');
    });
  });
}

const isGone = (reply: FastifyReply): boolean => !reply.raw.writableFinished;

function lineOf(request: FastifyRequest, reply: FastifyReply): object {
  const found = summaries.get(request);
  const outcome = isGone(reply) ? 'gone' : (problems.get(request) ?? found?.summary.outcome);
  return {
    requestId: request.id,
    method: request.method,
    route: request.routeOptions.url ?? 'none',
    ...(!isGone(reply) && { status: reply.statusCode, ms: Math.round(reply.elapsedTime) }),
    ...(found !== undefined && { operation: found.summary.operationName || undefined, field: found.summary.operation, actor: found.user?.userId }),
    ...(outcome !== undefined && { outcome }),
  };
}
