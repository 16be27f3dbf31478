import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cluster, Redis } from 'ioredis';

/** Is there a Redis on this machine to test with? */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

/** A Redis of a test's own, on loopback, without a memory of its own. */
export class TestRedis {
  private constructor(
    private readonly folder: string,
    readonly port: number,
    private process: ChildProcess,
    /** Where the nodes of a cluster talk to one another. */
    readonly bus: number | undefined,
  ) {}

  get pid(): number {
    return this.process.pid ?? 0;
  }

  static async start(clustered = false): Promise<TestRedis> {
    const folder = mkdtempSync(join(tmpdir(), 'register-redis-'));
    const port = await freePort();
    const bus = clustered ? await freePort() : undefined;
    const redis = new TestRedis(folder, port, run(folder, port, bus), bus);
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
    this.process = run(this.folder, this.port, this.bus);
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

/** Three masters, which share the slots of the keys: a cluster as small as one can be. */
export class TestRedisCluster {
  private constructor(readonly nodes: readonly TestRedis[]) {}

  static async start(): Promise<TestRedisCluster> {
    const nodes = await Promise.all([1, 2, 3].map(() => TestRedis.start(true)));
    const last = 16_383;
    await Promise.all(nodes.map((node, at) => node.asked(async (client) => {
      const [from, to] = [Math.ceil((at * last) / nodes.length), Math.ceil(((at + 1) * last) / nodes.length) - (at + 1 < nodes.length ? 1 : 0)];
      await client.cluster('ADDSLOTSRANGE', from, to);
      // Each its own, or they take one another for the same node at another place.
      await client.call('CLUSTER', 'SET-CONFIG-EPOCH', String(at + 1));
    })));
    const [first] = nodes;
    await Promise.all(nodes.slice(1).map((node) => node.asked((client) => client.call('CLUSTER', 'MEET', '127.0.0.1', String(first?.port), String(first?.bus)))));
    const cluster = new TestRedisCluster(nodes);
    await cluster.whole();
    return cluster;
  }

  /** As `REDIS_URL` names it. */
  get url(): string {
    return this.nodes.map(({ url }) => url).join(',');
  }

  async asked<T>(ask: (client: Cluster) => Promise<T>): Promise<T> {
    const client = new Cluster(this.nodes.map(({ url }) => url));
    client.on('error', () => undefined);
    try {
      return await ask(client);
    } finally {
      client.disconnect();
    }
  }

  async flushAll(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.asked((client) => client.flushall())));
  }

  /** How many keys each node holds. */
  async sizes(): Promise<number[]> {
    return Promise.all(this.nodes.map((node) => node.asked((client) => client.dbsize())));
  }

  /** All three at once, as after a power cut; they know one another again from their own files. */
  async killAndReplace(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.killAndReplace()));
    await this.whole();
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.stop()));
  }

  private async whole(): Promise<void> {
    const knows = async (node: TestRedis): Promise<boolean> => /cluster_state:ok[^]*cluster_known_nodes:3/.test(String(await node.asked((client) => client.cluster('INFO'))));
    while ((await Promise.all(this.nodes.map(knows))).includes(false)) await new Promise((done) => setTimeout(done, 50));
  }
}

function run(folder: string, port: number, bus: number | undefined): ChildProcess {
  const more = bus === undefined ? [] : ['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000', '--cluster-port', String(bus)];
  return spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no', '--rdbcompression', 'no', '--maxmemory-policy', 'noeviction', ...more], { stdio: 'ignore' });
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
