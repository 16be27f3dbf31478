import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { pino } from 'pino';
import { AppModule } from '../../src/app.module.js';
import { NestLog } from '../../src/platform/logging/log.js';
import type { Harness } from './harness.js';
import { QUICK, workerConfig } from './queue-config.js';

/** The rooms' own worker beside a harness, on its database and its clock. Close it before the harness. */
export async function startWorker(harness: Harness): Promise<INestApplicationContext> {
  const log = pino({ level: 'info' }, { write: (line: string) => void harness.logLines.push(line) });
  const rooms = AppModule.worker(workerConfig(harness.database.workerUrl), log, harness.clock, QUICK);
  return NestFactory.createApplicationContext(rooms, { logger: new NestLog(log), abortOnError: false });
}
