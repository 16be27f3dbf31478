import { Global, Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { Deliveries } from '../outbox/delivery.js';
import { ArchiveGauges } from '../backup/archive.gauges.js';
import { OutboxGauges } from '../outbox/outbox.gauges.js';
import { Relay } from '../outbox/relay.js';
import { Sweep } from '../outbox/sweep.js';
import { JobRegistry } from './jobs.js';
import { QueueParts, QueueRunner, Sight } from './runner.js';
import { QUEUE_SETTINGS, USUAL } from './settings.js';
import type { QueueSettings } from './settings.js';

/** Where rooms say who does which job. Both processes have it; it runs nothing. */
@Global()
@Module({ providers: [JobRegistry], exports: [JobRegistry] })
export class QueueModule {}

/** The queue at work: in the worker only. */
@Module({})
export class QueueRunnerModule {
  static with(settings: Partial<QueueSettings> = {}): DynamicModule {
    return {
      module: QueueRunnerModule,
      providers: [{ provide: QUEUE_SETTINGS, useValue: { ...USUAL, ...settings } }, Relay, Sweep, Deliveries, OutboxGauges, ArchiveGauges, Sight, QueueParts, QueueRunner],
      exports: [QueueRunner, Relay, Sweep],
    };
  }
}
