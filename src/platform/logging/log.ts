import type { LoggerService } from '@nestjs/common';
import { pino } from 'pino';
import type { Logger } from 'pino';
import type { Config } from '../config/config.js';

export const LOG = Symbol('log');

/** The process's log: lines of JSON with ids, codes and durations. Nobody's name, words or token is ever handed to it. */
export function openLog(config: Config, process: string): Logger {
  return pino({ level: config.logLevel, base: { process }, timestamp: pino.stdTimeFunctions.isoTime, redact: ['authorization', 'token', 'password'] });
}

/** Nest's own lines, of which only warnings and errors are of use. */
export class NestLog implements LoggerService {
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  log(): void {}
  debug(): void {}
  verbose(): void {}
  warn(message: unknown): void {
    this.#log.warn({ nest: String(message).slice(0, 300) });
  }
  // An error of a request is logged by the door, without its text, which may quote a person's data.
  error(message: unknown, ...rest: unknown[]): void {
    if (rest.some((part) => typeof part === 'string' && part.endsWith('ExceptionsHandler'))) return;
    this.#log.error({ nest: String(message).slice(0, 300) });
  }
  fatal(message: unknown): void {
    this.#log.fatal({ nest: String(message).slice(0, 300) });
  }
}
