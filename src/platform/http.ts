import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { NestLog } from './logging/log.js';

/** Bytes of a request's body; uploads have a route of their own. */
const BODY = 100_000;

/** Builds the API around the rooms, ready to listen. */
export async function openApi(rooms: DynamicModule, log: Logger): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ bodyLimit: BODY, requestTimeout: 30_000, connectionTimeout: 35_000, keepAliveTimeout: 10_000, forceCloseConnections: 'idle' });
  const app = await NestFactory.create<NestFastifyApplication>(rooms, adapter, { logger: new NestLog(log), abortOnError: false });
  app.getHttpServer().headersTimeout = 10_000;
  app.getHttpServer().maxConnections = 1_000;
  await app.init();
  return app;
}
