import { Global, Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { CONFIG } from '../config/config.module.js';
import type { Config } from '../config/config.js';
import { LOG } from '../logging/log.js';
import { Gauges } from './gauges.js';
import { Metrics, SilentMetrics } from './metrics.js';

/** What a process counts, served on a port of its own where one is set. */
@Global()
@Module({})
export class MetricsModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(@Inject(Metrics) private readonly metrics: Metrics) {}

  static with(process: 'api' | 'worker'): DynamicModule {
    return {
      module: MetricsModule,
      providers: [Gauges, { provide: Metrics, inject: [CONFIG, LOG], useFactory: (config: Config, log: Logger) => openMetrics(config, process, log) }],
      exports: [Gauges, Metrics],
    };
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.metrics.open();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.metrics.close();
  }
}

async function openMetrics(config: Config, process: 'api' | 'worker', log: Logger): Promise<Metrics> {
  if (config.metricsPort === undefined) return new SilentMetrics();
  const { PrometheusMetrics } = await import('./prometheus.js');
  return new PrometheusMetrics(process, { address: config.metricsAddress, port: config.metricsPort }, log);
}
