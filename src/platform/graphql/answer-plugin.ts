import { randomUUID } from 'node:crypto';
import type { ApolloServerPlugin, GraphQLRequestContext, GraphQLRequestListener } from '@apollo/server';
import type { GraphQLError, GraphQLFormattedError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Logger } from 'pino';
import { sqlState } from '../database/tx.js';
import { Problem } from '../errors.js';
import type { ProblemCode } from '../errors.js';
import { say } from '../messages/messages.js';
import type { Language } from '../messages/messages.js';
import type { RequestContext } from './context.js';

/** Whom an error is told to. */
export interface Caller {
  readonly language: Language;
  readonly requestId: string;
}

/** HTTP's word for a request that was answered without any data. During execution it is always 200. */
const STATUS: Readonly<Record<ProblemCode, number>> = {
  UNAUTHENTICATED: 401, FORBIDDEN: 403, NOT_FOUND: 404, BAD_USER_INPUT: 400, CONFLICT: 409, TOO_EXPENSIVE: 400, INTERNAL: 500,
};

/** At most so many errors in one answer: the first ones say enough. */
const ERRORS = 10;

const DOCUMENT_CODES = new Set([
  'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT', 'BAD_REQUEST', 'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/**
 * Commits the request's read before the answer leaves, and turns every error into one of the closed set, in the
 * caller's language, without a value of hers or a word of ours in it.
 */
export function answerPlugin(log: Logger): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart(): Promise<GraphQLRequestListener<RequestContext>> {
      return {
        async didResolveOperation({ contextValue, operation, schema }) {
          const field = operation?.selectionSet.selections[0];
          contextValue.name(field?.kind === 'Field' ? field.name.value : 'unnamed', operation?.name?.value);
          if (contextValue.trouble !== undefined) throw contextValue.trouble;
          if (operation !== undefined && mayBeOld(schema, operation)) contextValue.mayBeOld();
        },
        // Before Apollo shapes them without knowing whose they are: the log's line on a fault of ours names the request.
        async didEncounterErrors({ errors, contextValue }) {
          for (const error of errors) publicError(error, contextValue, log);
        },
        async willSendResponse(request) {
          await sendOnlyWhatWasCommitted(request, log);
        },
      };
    },
  };
}

/** May everything that a query asks for be some seconds old? Each of its root fields must say so: `@Extensions({ mayBeOld: true })`. */
export function mayBeOld(schema: GraphQLSchema, operation: OperationDefinitionNode): boolean {
  const fields = schema.getQueryType()?.getFields() ?? {};
  // A fragment among the root fields is rare: it is not looked into.
  return operation.operation === 'query' && operation.selectionSet.selections.every((each) => each.kind === 'Field' && fields[each.name.value]?.extensions['mayBeOld'] === true);
}

async function sendOnlyWhatWasCommitted(request: GraphQLRequestContext<RequestContext>, log: Logger): Promise<void> {
  const { response, contextValue, errors } = request;
  if (response.body?.kind !== 'single') return;
  const { singleResult } = response.body;
  const leaves = contextValue.isGone;
  try {
    await contextValue.finish();
    // A client that left hears nothing, and what broke because she left is no fault of ours.
    if (errors !== undefined) singleResult.errors = leaves ? [] : errors.slice(0, ERRORS).map((error) => publicError(error, contextValue, log));
  } catch (error) {
    response.body.singleResult = { data: null, errors: [internal(error, contextValue, log)] };
  }
  const code = response.body.singleResult.errors?.[0]?.extensions?.['code'] as ProblemCode | undefined;
  if (code !== undefined) contextValue.note(code);
  if (code !== undefined && !('data' in response.body.singleResult) && response.http.status !== 405) response.http.status = STATUS[code];
}

/** The error a caller sees. Everything that is not known becomes INTERNAL with an id that the log knows. */
export function publicError(error: GraphQLError, caller: Caller, log: Logger): GraphQLFormattedError {
  const at = { ...(error.locations && { locations: error.locations }), ...(error.path && { path: error.path }) };
  const problem = problemIn(error);
  if (problem !== undefined) return { ...at, ...shown(problem, caller.language) };
  if (isOfTheDocument(error)) return { ...at, ...shown(documentProblem(error.message), caller.language) };
  return { ...at, ...internal(error.originalError ?? error, caller, log) };
}

/** A problem as its caller reads it. */
export function shown(problem: Problem, language: Language): { message: string; extensions: Record<string, unknown> } {
  // A form knows its fields by their own names; the one argument of a mutation goes without saying.
  const fields = problem.fields.map(({ path, rule, details }) => ({ path: path.replace(/^input\./, ''), rule, message: say(language, rule, details) }));
  return { message: say(language, problem.key, problem.details), extensions: { code: problem.code, ...(fields.length > 0 && { fields }) } };
}

/** HTTP's status for a code of the closed set, where nothing was executed. */
export function statusOf(code: ProblemCode): number {
  return STATUS[code];
}

/** GraphQL says these of a document, or of an argument of it; a resolver's own error never counts, whatever code it carries. */
function isOfTheDocument(error: GraphQLError): boolean {
  const isArgument = /^Argument "\w+" (of (required|non-null) type|has invalid value)/.test(error.message);
  return isArgument || (error.path === undefined && DOCUMENT_CODES.has(String(error.extensions['code'])));
}

/**
 * What may be said of GraphQL's own message: it names parts of the schema and of the document, but it also quotes what
 * the caller wrote (a wrong-typed literal, a string at a wrong place). Only sentences that are known to quote names pass.
 */
const SAFE: readonly RegExp[] = [
  /^Cannot query field "\w+" on type "\w+"\./,
  /^Unknown (type|fragment|directive) "@?\w+"\./,
  /^Unknown argument "\w+" on (field|directive) "@?[\w.]+"\./,
  /^Unknown operation named "\w+"\./,
  /^Must provide (operation name if query contains multiple operations|an operation)\./,
  /^Field "\w+" of type "[\w!\[\]]+" must have a selection of subfields\./,
  /^Field "\w+" must not have a selection since type "[\w!\[\]]+" has no subfields\./,
  /^Field "[\w.]+" argument "\w+" of type "[\w!\[\]]+" is required, but it was not provided\./,
  /^Field "[\w.]+" of required type "[\w!\[\]]+" was not provided\./,
  /^Field "\w+" is not defined by type "\w+"\./,
  /^Variable "\$\w+" of type "[\w!\[\]]+" used in position expecting type "[\w!\[\]]+"\./,
  /^Variable "\$\w+" is (never used|not defined)( (in|by) operation "\w+")?\./,
  /^Argument "\w+" of (required|non-null) type "[\w!\[\]]+" (was not provided|must not be null)/,
  /^Cannot spread fragment "\w+" within itself/,
  /^Fragment "\w+" is never used\./,
  /^Syntax Error: (Expected|Unexpected) (Name|<EOF>|"[{}()[\]:!=@|&$]"|"(query|mutation|fragment|on)")/,
];

/** GraphQL's own limits are ours, and said as ours. */
function documentProblem(message: string): Problem {
  if (/^Syntax Error: Document contains more tha[nt] \d+ tokens/.test(message)) return new Problem('TOO_EXPENSIVE', 'door.TOO_MANY_TOKENS');
  if (/^Maximum introspection depth exceeded/.test(message)) return new Problem('TOO_EXPENSIVE', 'door.TOO_MUCH_SCHEMA');
  if (/^GET requests only support query/.test(message)) return new Problem('BAD_USER_INPUT', 'door.GET');
  return new Problem('BAD_USER_INPUT', 'problem.BAD_DOCUMENT', { hint: hintOf(message) });
}

function hintOf(message: string): string {
  for (const pattern of SAFE) {
    const [found] = pattern.exec(message) ?? [];
    if (found !== undefined) return found.slice(0, 300);
  }
  return '';
}

function problemIn(error: GraphQLError): Problem | undefined {
  let inner: unknown = error.originalError;
  for (let depth = 0; depth < 4 && typeof inner === 'object' && inner !== null; depth++) {
    if (inner instanceof Problem) return inner;
    // PostgreSQL ended a statement that ran for more than 8 s.
    if (sqlState(inner) === '57014') return new Problem('TOO_EXPENSIVE', 'door.TOOK_TOO_LONG');
    inner = 'originalError' in inner ? inner.originalError : 'cause' in inner ? inner.cause : undefined;
  }
  return undefined;
}

const told = new WeakMap<object, string>();

/** An error of ours: the caller gets its number, the log where it happened. The same error is logged once. */
export function internal(error: unknown, caller: Caller, log: Logger): GraphQLFormattedError {
  const key = typeof error === 'object' && error !== null ? error : {};
  const id = told.get(key) ?? randomUUID();
  if (!told.has(key)) {
    told.set(key, id);
    // A database error's text may quote a row; its code and constraint never do.
    const raw = key as Record<string, unknown>;
    log.error({ errorId: id, requestId: caller.requestId, kind: error instanceof Error ? error.name : typeof error, code: raw['code'], constraint: raw['constraint'], stack: stackOf(error) }, 'internal error');
  }
  return { message: say(caller.language, 'problem.INTERNAL', { id }), extensions: { code: 'INTERNAL', id } };
}

function stackOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('stack' in error) || typeof error.stack !== 'string') return undefined;
  return error.stack.split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 12).join('\n');
}
