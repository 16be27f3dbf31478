/** One piece of work in a trace. What is said of it are names of the program, codes and numbers: no id of a person, no value of a statement. */
export interface Span {
  /** Its place in the trace as W3C writes it, for what follows from it; undefined where traces are off. */
  readonly traceparent: string | undefined;
  name(name: string): void;
  say(fact: string, value: string | number): void;
  /** Ends it, once. With a fault it counts as failed. */
  end(fault?: string): void;
}

/** What a span is to others: it answers somebody, is handed on, is taken from the queue, or is inner work. */
export type SpanKind = 'server' | 'producer' | 'consumer' | 'internal';

/** Traces of a process. Spans are set by hand at the door, around each transaction and each job; nothing is patched. */
export abstract class Tracing {
  /** Are spans kept and sent? */
  abstract readonly isOn: boolean;

  /** Begins a span below a place in a trace that came from elsewhere, or a trace of its own. */
  abstract root(kind: SpanKind, name: string, traceparent?: string | null, since?: Date): Span;

  /** Begins a span below the one this code runs within; outside of any it is none: a relay that only looks would fill the store. */
  abstract child(name: string): Span;

  /** Runs work so that spans begun in it, also later, are children of this one. */
  abstract within<T>(span: Span, work: () => T): T;

  /** Sends what is left. */
  abstract close(): Promise<void>;
}

/** No span at all. */
export const NO_SPAN: Span = Object.freeze({ traceparent: undefined, name: () => undefined, say: () => undefined, end: () => undefined });

/** Where no address for traces is set: nothing is loaded, kept or sent. */
export class SilentTracing extends Tracing {
  readonly isOn = false;
  root(): Span {
    return NO_SPAN;
  }
  child(): Span {
    return NO_SPAN;
  }
  within<T>(_span: Span, work: () => T): T {
    return work();
  }
  async close(): Promise<void> {}
}

/** Is this a place in a trace, as W3C's header says it? An id of all zeros is none. */
export function isTraceparent(text: unknown): text is string {
  return typeof text === 'string' && /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/.test(text);
}
