/**
 * A reason not to start that its reader can act on: shown as one sentence, without a stack.
 * Everything else that is thrown while starting is a defect and keeps its stack.
 */
export class RefusalToStart extends Error {
  override name = 'RefusalToStart';
}

/** The system's code of a failed call ('EACCES'), or an empty string when the value carries none. */
export function systemCode(error: unknown): string {
  // Not instanceof: the system's errors come from another realm where code runs in a vm context, as tests do.
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
