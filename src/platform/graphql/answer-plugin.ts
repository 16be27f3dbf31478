import { randomUUID } from 'node:crypto';
import type { ApolloServerPlugin, GraphQLRequestContext, GraphQLRequestListener } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { Problem } from '../errors.js';
import type { ProblemCode } from '../errors.js';
import { say } from '../messages/messages.js';
import type { Language } from '../messages/messages.js';
import type { RequestContext } from './context.js';

const KNOWN: Readonly<Record<string, ProblemCode>> = {
  GRAPHQL_PARSE_FAILED: 'BAD_USER_INPUT',
  GRAPHQL_VALIDATION_FAILED: 'BAD_USER_INPUT',
  BAD_USER_INPUT: 'BAD_USER_INPUT',
  BAD_REQUEST: 'BAD_USER_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT',
  PERSISTED_QUERY_NOT_FOUND: 'BAD_USER_INPUT',
  PERSISTED_QUERY_NOT_SUPPORTED: 'BAD_USER_INPUT',
  TOO_EXPENSIVE: 'TOO_EXPENSIVE',
};

/**
 * Commits the request's read before the answer leaves, and turns every error into one of the closed set, in the
 * caller's language, without a value of hers or a word of ours in it.
 */
export function answerPlugin(log: Logger): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart(): Promise<GraphQLRequestListener<RequestContext>> {
      return {
        async didResolveOperation({ contextValue, operation }) {
          const field = operation?.selectionSet.selections[0];
          contextValue.name(field?.kind === 'Field' ? field.name.value : 'unnamed');
        },
        async willSendResponse(request) {
          await sendOnlyWhatWasCommitted(request, log);
        },
      };
    },
  };
}

async function sendOnlyWhatWasCommitted(request: GraphQLRequestContext<RequestContext>, log: Logger): Promise<void> {
  const { response, contextValue, errors } = request;
  if (response.body?.kind !== 'single') return;
  const { singleResult } = response.body;
  try {
    await contextValue.finish();
    if (errors !== undefined) singleResult.errors = errors.map((error) => publicError(error, contextValue.language, log, contextValue.requestId));
  } catch (error) {
    response.body.singleResult = { data: null, errors: [internal(error, contextValue.language, log, contextValue.requestId)] };
  }
  response.http.headers ??= new HeaderMap();
  response.http.headers.set('x-request-id', contextValue.requestId);
}

/** The error a caller sees. Everything that is not known becomes INTERNAL with an id that the log knows. */
export function publicError(error: GraphQLError, language: Language, log: Logger, requestId: string): GraphQLFormattedError {
  const at = { ...(error.locations && { locations: error.locations }), ...(error.path && { path: error.path }) };
  const cause: unknown = error.originalError ?? error;
  const problem = cause instanceof Problem ? cause : problemIn(error);
  if (problem !== undefined) {
    const fields = problem.fields.map(({ path, rule, details }) => ({ path, rule, message: say(language, rule, details) }));
    return { ...at, message: say(language, problem.key, problem.details), extensions: { code: problem.code, ...(fields.length > 0 && { fields }) } };
  }
  const code = KNOWN[String(error.extensions['code'])];
  if (code !== undefined) return { ...at, message: say(language, code === 'TOO_EXPENSIVE' ? 'problem.TOO_EXPENSIVE' : 'problem.BAD_DOCUMENT', withoutValues(error.message)), extensions: { code } };
  return { ...at, ...internal(cause, language, log, requestId) };
}

/** A wrong-typed variable echoes its value in GraphQL's own message: keep what names the place, drop what quotes it. */
function withoutValues(message: string): { hint: string } {
  const isSafe = /^(Syntax Error|Cannot query field|Unknown (type|argument|fragment|directive)|Field "[\w.]+"|Variable "\$\w+"|Must provide|Unknown operation)/.test(message) && !/got invalid value|value \{|"[^"]*[^\w$.!\[\]" ][^"]*"/.test(message);
  const name = /^Variable "\$(\w+)"/.exec(message)?.[1];
  return { hint: isSafe ? message.slice(0, 200) : name !== undefined ? `$${name}` : '' };
}

function problemIn(error: GraphQLError): Problem | undefined {
  let inner: unknown = error.originalError;
  for (let depth = 0; depth < 4 && inner instanceof Error; depth++) {
    if (inner instanceof Problem) return inner;
    inner = 'originalError' in inner ? inner.originalError : inner.cause;
  }
  return undefined;
}

function internal(error: unknown, language: Language, log: Logger, requestId: string): GraphQLFormattedError {
  const id = randomUUID();
  // A database error's text may quote a row; its code and constraint never do.
  const raw = typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : {};
  log.error({ errorId: id, requestId, kind: error instanceof Error ? error.name : typeof error, code: raw['code'], constraint: raw['constraint'], stack: stackOf(error) }, 'internal error');
  return { message: say(language, 'problem.INTERNAL', { id }), extensions: { code: 'INTERNAL', id } };
}

function stackOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return error.stack?.split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 12).join('\n');
}
