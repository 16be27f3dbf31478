import { AsyncLocalStorage } from 'node:async_hooks';
import { ROOT_CONTEXT, SpanKind as Kinds, SpanStatusCode, TraceFlags, diag, DiagLogLevel, isSpanContextValid, trace } from '@opentelemetry/api';
import type { Context, Span as OtelSpan, Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { Logger } from 'pino';
import { NO_SPAN, Tracing, isTraceparent } from './tracing.js';
import type { Span, SpanKind } from './tracing.js';

const KINDS: Readonly<Record<SpanKind, Kinds>> = { server: Kinds.SERVER, producer: Kinds.PRODUCER, consumer: Kinds.CONSUMER, internal: Kinds.INTERNAL };
/** How long an ending process waits for the receiver of its last spans. */
const LAST = 2_000;
/** A receiver that is away is told of once in so many milliseconds. */
const COMPLAINT = 60_000;

/**
 * Traces by OpenTelemetry over HTTP, loaded only where an address for them is set. The SDK itself reads the other
 * variables of its standard from the environment: headers, sampler, batches, resource.
 */
export class OtlpTracing extends Tracing {
  readonly isOn = true;
  readonly #here = new AsyncLocalStorage<Context>();
  readonly #provider: NodeTracerProvider;
  readonly #tracer: Tracer;

  constructor(url: string, process: string, log: Logger) {
    super();
    complainTo(log);
    // A name in OTEL_SERVICE_NAME or OTEL_RESOURCE_ATTRIBUTES goes before ours.
    const resource = defaultResource().merge(resourceFromAttributes({ 'service.name': `register-${process}` })).merge(detectResources({ detectors: [envDetector] }));
    this.#provider = new NodeTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url }))] });
    this.#tracer = this.#provider.getTracer('register');
  }

  root(kind: SpanKind, name: string, traceparent?: string | null, since?: Date): Span {
    return new Recorded(this.#tracer.startSpan(name, { kind: KINDS[kind], ...(since !== undefined && { startTime: since }) }, contextOf(traceparent)));
  }

  child(name: string): Span {
    const here = this.#here.getStore();
    return here === undefined ? NO_SPAN : new Recorded(this.#tracer.startSpan(name, { kind: KINDS.internal }, here));
  }

  within<T>(span: Span, work: () => T): T {
    return span instanceof Recorded ? this.#here.run(trace.setSpan(ROOT_CONTEXT, span.span), work) : work();
  }

  async close(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((settle) => {
      timer = setTimeout(settle, LAST);
    });
    await Promise.race([this.#provider.shutdown().catch(() => undefined), late]);
    clearTimeout(timer);
  }
}

class Recorded implements Span {
  constructor(readonly span: OtelSpan) {}

  get traceparent(): string | undefined {
    const { traceId, spanId, traceFlags } = this.span.spanContext();
    return `00-${traceId}-${spanId}-${(traceFlags & TraceFlags.SAMPLED).toString(16).padStart(2, '0')}`;
  }

  name(name: string): void {
    this.span.updateName(name);
  }

  say(fact: string, value: string | number): void {
    this.span.setAttribute(fact, value);
  }

  end(fault?: string): void {
    if (fault !== undefined) {
      this.span.setAttribute('error.type', fault);
      this.span.setStatus({ code: SpanStatusCode.ERROR });
    }
    this.span.end();
  }
}

function contextOf(traceparent: string | null | undefined): Context {
  if (!isTraceparent(traceparent)) return ROOT_CONTEXT;
  const [, traceId = '', spanId = '', flags = '00'] = traceparent.split('-');
  const spanContext = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(spanContext) ? trace.setSpanContext(ROOT_CONTEXT, spanContext) : ROOT_CONTEXT;
}

/** The SDK's complaints quote what the receiver answered: only that there is one is told. */
function complainTo(log: Logger): void {
  let last = -Infinity;
  const complain = (): void => {
    if (performance.now() - last < COMPLAINT) return;
    last = performance.now();
    log.warn('the receiver of traces does not take them');
  };
  const quiet = (): void => undefined;
  diag.setLogger({ error: complain, warn: quiet, info: quiet, debug: quiet, verbose: quiet }, { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true });
}
