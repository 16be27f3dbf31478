import { randomBytes } from 'node:crypto';
import { readConfig } from '../../src/platform/config/config.js';
import type { Config } from '../../src/platform/config/config.js';
import type { QueueSettings } from '../../src/platform/queue/settings.js';

/** Short times, so that a test waits for what happens and not for a clock. */
export const QUICK: Partial<QueueSettings> = { pollMs: 20, sweepMs: 300, lockMs: 1_000, attempts: 2, backoffMs: 10 };

/** A configuration of a worker in a test. */
export function workerConfig(databaseUrl: string, redisUrl?: string, more: Readonly<Record<string, string>> = {}): Config {
  return readConfig({
    ...more,
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    REDIS_CLUSTER: String(redisUrl?.includes(',') === true),
    TOKEN_SECRET: randomBytes(32).toString('base64url'),
    FIELD_KEYS: `1:${randomBytes(32).toString('base64')}`,
    POOL_SIZE: '6',
  });
}
