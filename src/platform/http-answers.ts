import { Catch, HttpException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Problem } from './errors.js';
import { noteProblem } from './logging/request-log.js';
import type { ProblemCode } from './errors.js';
import { internal, shown, statusOf } from './graphql/answer-plugin.js';
import { languageOf } from './messages/messages.js';

/** The closed set's answer to an HTTP request that no operation was found in. */
export function problemAnswer(request: FastifyRequest, problem: Problem, data?: null): string {
  noteProblem(request, problem.code);
  return JSON.stringify({ errors: [shown(problem, languageOf(request.headers['accept-language']))], ...(data === null && { data }) });
}

/** Sends a problem in the caller's language, with HTTP's status for it. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem, status: number = statusOf(problem.code)): FastifyReply {
  return reply.code(status).type('application/json; charset=utf-8').send(problemAnswer(request, problem));
}

const BY_STATUS: Readonly<Record<number, readonly [ProblemCode, string]>> = {
  404: ['NOT_FOUND', 'door.NO_PAGE'],
  405: ['BAD_USER_INPUT', 'door.METHOD'],
  413: ['TOO_EXPENSIVE', 'door.BODY_TOO_LARGE'],
  415: ['BAD_USER_INPUT', 'door.CONTENT_TYPE'],
};

/** Everything that goes wrong outside GraphQL, in GraphQL's form: no stack, no text of a library, no echo of what was sent. */
@Catch()
export class HttpAnswers implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): unknown {
    if (host.getType() !== 'http') throw error;
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (error instanceof Problem) return sendProblem(request, reply, error);
    const status = statusIn(error);
    if (status !== undefined) {
      const [code, key] = BY_STATUS[status] ?? ['BAD_USER_INPUT', 'door.SHAPE'];
      return sendProblem(request, reply, new Problem(code, key), status);
    }
    noteProblem(request, 'INTERNAL');
    const caller = { language: languageOf(request.headers['accept-language']), requestId: request.id };
    return reply.code(500).type('application/json; charset=utf-8').send(JSON.stringify({ errors: [internal(error, caller, this.log)] }));
  }
}

/** The 4xx that Nest or Fastify has in mind. */
function statusIn(error: unknown): number | undefined {
  const status = error instanceof HttpException ? error.getStatus() : typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status >= 400 && status < 500 ? status : undefined;
}
