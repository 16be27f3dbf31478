import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

/** Is there a Redis on this machine to test with? */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

/** A Redis of a test's own, on loopback, without a memory of its own. */
export class TestRedis {
  private constructor(
    private readonly folder: string,
    readonly port: number,
    private process: ChildProcess,
  ) {}

  static async start(): Promise<TestRedis> {
    const folder = mkdtempSync(join(tmpdir(), 'register-redis-'));
    const port = await freePort();
    const redis = new TestRedis(folder, port, run(folder, port));
    await redis.asked((client) => client.ping());
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Asks it something over a connection of its own. */
  async asked<T>(ask: (client: Redis) => Promise<T>): Promise<T> {
    const client = new Redis(this.url, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
    client.on('error', () => undefined);
    try {
      return await ask(client);
    } finally {
      client.disconnect();
    }
  }

  /** Every byte it holds, uncompressed. */
  async bytes(): Promise<string> {
    await this.asked((client) => client.save());
    return readFileSync(join(this.folder, 'dump.rdb'), 'latin1');
  }

  /** Ends it as the kernel would, and starts an empty one in its place. */
  async killAndReplace(): Promise<void> {
    await this.end();
    rmSync(join(this.folder, 'dump.rdb'), { force: true });
    this.process = run(this.folder, this.port);
    await this.asked((client) => client.ping());
  }

  async stop(): Promise<void> {
    await this.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async end(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill('SIGKILL');
    await ended;
  }
}

function run(folder: string, port: number): ChildProcess {
  return spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no', '--rdbcompression', 'no', '--maxmemory-policy', 'noeviction'], { stdio: 'ignore' });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
