import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { readConfig } from './platform/config/config.js';
import { NestLog, openLog } from './platform/logging/log.js';
import { beat, endWithParent, refuseToStart, tellReady } from './platform/process.js';
import { QueueRunner } from './platform/queue/runner.js';
import { AppModule } from './app.module.js';

/** The queue process: the same rooms, no HTTP. */
try {
  const config = readConfig(process.env);
  const log = openLog(config, 'worker');
  const app = await NestFactory.createApplicationContext(AppModule.worker(config, log), { logger: new NestLog(log), abortOnError: false });
  endWithParent(() => app.close());
  const runner = app.get(QueueRunner, { strict: false });
  if (config.heartbeatFile !== undefined) beat(config.heartbeatFile, () => runner.answers());
  log.info({ store: config.redisUrl === undefined ? 'postgres' : 'redis' }, 'the worker waits for jobs');
  tellReady();
} catch (error) {
  refuseToStart(error, process.env);
}
