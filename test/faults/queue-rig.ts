import 'reflect-metadata';
import { Inject, Injectable, Module } from '@nestjs/common';
import type { DynamicModule, INestApplicationContext, OnModuleInit } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { pino } from 'pino';
import { Clock, SystemClock } from '../../src/platform/clock.js';
import type { Config } from '../../src/platform/config/config.js';
import { ConfigModule } from '../../src/platform/config/config.module.js';
import { DatabaseModule } from '../../src/platform/database/database.module.js';
import { NestLog } from '../../src/platform/logging/log.js';
import { LoggingModule } from '../../src/platform/logging/logging.module.js';
import { MetricsModule } from '../../src/platform/metrics/metrics.module.js';
import { JobRegistry, defineJob } from '../../src/platform/queue/jobs.js';
import { QueueModule, QueueRunnerModule } from '../../src/platform/queue/queue.module.js';
import type { QueueSettings } from '../../src/platform/queue/settings.js';
import { TracingModule } from '../../src/platform/tracing/tracing.module.js';
import { QUICK } from '../support/queue-config.js';

/** What nobody's store, log or error may ever hold. */
export const CANARY = 'Sok-Chanthy-canary-7f3a';

export const writeEffect = defineJob({ name: 'test.write', payload: ['childId'] });
export const hangs = defineJob({ name: 'test.hangs', payload: [] });

/** Each of these leaves one row of `public.effects` a delivery. */
@Injectable()
class TestJobs implements OnModuleInit {
  constructor(@Inject(JobRegistry) private readonly registry: JobRegistry) {}

  onModuleInit(): void {
    const effect = (consumer: string) => async (op: { tx: { run(sql: string, values: string[]): Promise<number> } }, { subjectId }: { subjectId: string }) => {
      await op.tx.run('insert into public.effects (consumer, subject_id) values ($1, $2)', [consumer, subjectId]);
    };
    this.registry.consumer({ name: 'test.first', events: ['test.happened'], handler: effect('test.first') });
    this.registry.consumer({ name: 'test.second', events: ['test.happened'], handler: effect('test.second') });
    this.registry.consumer({ name: 'test.fails', events: ['test.bad'], handler: () => Promise.reject(new Error(`no such person: ${CANARY}`)) });
    this.registry.handle(writeEffect, async (op, { childId }, progress) => {
      await progress(50);
      await effect('test.write')(op, { subjectId: childId });
    });
    this.registry.handle(hangs, async (op) => {
      await op.tx.run('insert into public.effects (consumer, subject_id) values ($1, uuidv7())', ['test.hangs']);
      process.send?.({ inside: true });
      if (process.env['HANG'] === 'true') await new Promise(() => undefined);
    });
    this.registry.onFailure(async (op, failed) => {
      await op.tx.run('insert into public.effects (consumer, subject_id) select $1, $2 where not exists (select from public.effects where consumer = $1)', [`failed ${failed.key}`, failed.id]);
    });
  }
}

@Module({ providers: [TestJobs] })
class TestRoom {}

@Module({})
class Rig {
  static with(config: Config, log: pino.Logger, clock: Clock, settings: Partial<QueueSettings>): DynamicModule {
    return { module: Rig, imports: [ConfigModule.with(config, clock), LoggingModule.with(log), MetricsModule.with('worker'), TracingModule.with('worker'), DatabaseModule, QueueModule, TestRoom, QueueRunnerModule.with(settings)] };
  }
}

/** The queue process with the test's jobs in the place of the rooms. */
export async function openRig(config: Config, logLines: string[] = [], settings: Partial<QueueSettings> = QUICK, clock: Clock = new SystemClock()): Promise<INestApplicationContext> {
  const log = pino({ level: 'info' }, { write: (line: string) => void logLines.push(line) });
  return NestFactory.createApplicationContext(Rig.with(config, log, clock, settings), { logger: new NestLog(log), abortOnError: false });
}
