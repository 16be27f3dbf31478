import { Global, Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { CONFIG } from '../config/config.module.js';
import type { Config } from '../config/config.js';
import { LOG } from '../logging/log.js';
import { SilentTracing, Tracing } from './tracing.js';

/** The one {@link Tracing} of a process. OpenTelemetry is loaded only where traces are sent somewhere. */
@Global()
@Module({})
export class TracingModule implements OnApplicationShutdown {
  constructor(@Inject(Tracing) private readonly tracing: Tracing) {}

  static with(process: 'api' | 'worker'): DynamicModule {
    return {
      module: TracingModule,
      providers: [{ provide: Tracing, inject: [CONFIG, LOG], useFactory: (config: Config, log: Logger) => openTracing(config, process, log) }],
      exports: [Tracing],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.tracing.close();
  }
}

async function openTracing(config: Config, process: string, log: Logger): Promise<Tracing> {
  if (config.tracesUrl === undefined) return new SilentTracing();
  const { OtlpTracing } = await import('./otlp.js');
  return new OtlpTracing(config.tracesUrl, process, log);
}
