import { Cluster, Redis } from 'ioredis';
import type { RedisOptions } from 'ioredis';
import type { Config } from '../config/config.js';

/** Where the queue's store is, if that is Redis. */
export type RedisAddress = Pick<Config, 'redisUrl' | 'redisCluster'>;

/**
 * Begins every key of the queue. BullMQ's scripts touch several keys at once, which a cluster allows only where all of them
 * lie in one of its slots: those with the same text between braces do. A single server does not care.
 */
export const PREFIX = '{register}';

const retryStrategy = (times: number): number => Math.min(times * 200, 2_000);

/** For who adds jobs, and holds a transaction open meanwhile: it fails fast, and the caller tries again. */
export const IMPATIENT: RedisOptions = { maxRetriesPerRequest: 1, commandTimeout: 5_000, retryStrategy };
/** For who works: it waits for Redis as long as it takes. */
export const PATIENT: RedisOptions = { maxRetriesPerRequest: null, retryStrategy };

/** Connects to one Redis, or to a cluster by any of its nodes. */
export function connectRedis({ redisUrl = '', redisCluster }: RedisAddress, options: RedisOptions): Redis | Cluster {
  if (!redisCluster) return new Redis(redisUrl, options);
  const nodes = redisUrl.split(',');
  const { protocol, username, password } = new URL(nodes[0] ?? '');
  const secure = protocol === 'rediss:';
  return new Cluster(nodes, {
    clusterRetryStrategy: retryStrategy,
    // A command that no node can take waits in the cluster's own line, where no time-out counts.
    enableOfflineQueue: options.maxRetriesPerRequest === null,
    // The nodes name one another by the names in their certificates.
    ...(secure && { dnsLookup: (address, done) => done(null, address) }),
    redisOptions: {
      ...options,
      ...(username !== '' && { username: decodeURIComponent(username) }),
      ...(password !== '' && { password: decodeURIComponent(password) }),
      ...(secure && { tls: {} }),
    },
  });
}

/** Waits until it can be asked. A cluster that was only connected to refuses. */
export function whenReady(client: Redis | Cluster): Promise<void> {
  return client.status === 'ready' ? Promise.resolve() : new Promise((done) => client.once('ready', done));
}
