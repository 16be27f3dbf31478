import { sqlState } from '../database/tx.js';

/** What the log may know of an error: its kind, its code and where it was thrown. Its text may quote a person's data. */
export function faultOf(error: unknown): { kind: string; code: string | undefined; at: string | undefined } {
  return {
    kind: error instanceof Error ? error.name : typeof error,
    code: sqlState(error),
    at: error instanceof Error ? error.stack?.split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 6).join('\n') : undefined,
  };
}

/** What the queue's store may know of an error: that there was one. */
export function withoutWords(error: unknown): Error {
  const told = new Error(sqlState(error) ?? 'FAILED');
  told.stack = '';
  return told;
}
