import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';

/** What a GraphQL request lets the log know: names of the schema, codes and ids. */
export interface RequestSummary {
  asksForSchema(): boolean;
  readonly user: { readonly userId: string } | undefined;
  readonly summary: { readonly operation: string; readonly operationName: string; readonly outcome: string };
}

const summaries = new WeakMap<object, RequestSummary>();

/** Ties a request to what GraphQL learns about it, for the one line that the log gets. */
export function logWith(request: FastifyRequest, summary: RequestSummary): void {
  summaries.set(request, summary);
}

/** Did this request ask for the schema, whose answer may be larger? */
export function mayAnswerMore(request: FastifyRequest): boolean {
  return summaries.get(request)?.asksForSchema() ?? false;
}

/**
 * One line a request: method, route, status, milliseconds, request id, operation, actor and outcome. Never the document,
 * a variable, a token or the part of an address after `?`: they hold people's names.
 */
export function logRequests(instance: FastifyInstance, log: Logger): void {
  instance.addHook('onResponse', async (request, reply) => {
    log.info(lineOf(request, reply), 'request');
  });
  // A client that leaves gets no response; it stands in the log all the same.
  instance.addHook('onRequest', async (request, reply) => {
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) log.info({ ...lineOf(request, undefined), outcome: 'gone' }, 'request');
    });
  });
}

function lineOf(request: FastifyRequest, reply: FastifyReply | undefined): object {
  const found = summaries.get(request);
  return {
    requestId: request.id,
    method: request.method,
    // The pattern of the route, not what was asked: an unknown address may hold anything.
    route: request.routeOptions.url ?? 'none',
    ...(reply !== undefined && { status: reply.statusCode, ms: Math.round(reply.elapsedTime) }),
    ...(found !== undefined && {
      operation: found.summary.operationName || undefined,
      field: found.summary.operation,
      actor: found.user?.userId,
      outcome: found.summary.outcome,
    }),
  };
}
