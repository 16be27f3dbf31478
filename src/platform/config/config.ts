import { BlockList, isIP } from 'node:net';
import { readOidc } from './oidc.js';
import type { OidcConfig } from './oidc.js';

/**
 * Every setting of a process, read once from the environment and frozen. Secrets have no defaults in production,
 * where everything that is missing or wrong is reported at once.
 */
export interface Config {
  readonly production: boolean;
  /** TCP port of the API; 0 takes a free one. */
  readonly port: number;
  /** Address the API listens on: loopback unless a container says otherwise. */
  readonly bindAddress: string;
  /** This process's own login: it owns nothing and cannot pass row security. */
  readonly databaseUrl: string;
  /** A stand-by for reads that may be old, under the same login; undefined reads everything from the primary. */
  readonly readUrl: string | undefined;
  /** Seconds by which such reads may be old. */
  readonly readMaxLag: number;
  /** Connections this process may hold. */
  readonly poolSize: number;
  /** Redis for BullMQ; without it BullMQ keeps its jobs in PostgreSQL. */
  readonly redisUrl: string | undefined;
  /** Is that a Redis cluster? The address then names one of its nodes, or several divided by commas. */
  readonly redisCluster: boolean;
  /** Key of access tokens, at least 32 bytes in base64url. */
  readonly tokenSecret: Uint8Array;
  /** Keys of encrypted fields by version; the highest version writes. */
  readonly fieldKeys: ReadonlyMap<number, Uint8Array>;
  /** Where people reach the API; begins every one-time link. */
  readonly publicUrl: string;
  /** Proxies whose `X-Forwarded-For` is believed; without any, sign-ins are counted by the address that connects. */
  readonly trustedProxies: BlockList;
  /** Are one-time codes required of those who see or decide most, or offered to everybody? */
  readonly secondFactor: 'required' | 'offered';
  /** An external issuer of access tokens; undefined where people sign in here only. */
  readonly oidc: OidcConfig | undefined;
  /** Touched by the worker every few seconds while its queue answers. */
  readonly heartbeatFile: string | undefined;
  /** Port of the metrics, apart from the API's; undefined (unset or 0) serves none. */
  readonly metricsPort: number | undefined;
  /** Address the metrics are served on, or `toward:HOST`: that one of ours from which HOST is reached. */
  readonly metricsAddress: string;
  /** Where traces are sent by OTLP over HTTP; undefined keeps and sends none. The SDK reads its other standard variables itself. */
  readonly tracesUrl: string | undefined;
  readonly logLevel: 'silent' | 'fatal' | 'error' | 'warn' | 'info' | 'debug';
}

/** Reported by the start of every process: one sentence for each setting that is missing or wrong. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The settings are not complete:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads and checks the environment. Throws one {@link ConfigError} that names every problem. */
export function readConfig(env: Environment): Config {
  const problems: string[] = [];
  const required = (name: string, why: string): string => {
    const value = env[name] ?? '';
    if (value === '') problems.push(`${name} is missing: ${why}.`);
    return value;
  };
  const integer = (name: string, fallback: number, most: number): number => {
    const value = env[name] === undefined || env[name] === '' ? fallback : Number(env[name]);
    if (!Number.isInteger(value) || value < 0 || value > most) problems.push(`${name} must be a whole number from 0 to ${most}.`);
    return value;
  };
  const databaseUrl = required('DATABASE_URL', 'the address of the register\'s PostgreSQL, postgres://role:password@host/name');
  if (databaseUrl !== '' && !/^postgres(ql)?:\/\//.test(databaseUrl)) problems.push('DATABASE_URL must begin with postgres://.');
  const readUrl = env['DATABASE_READ_URL'] || undefined;
  if (readUrl !== undefined && !/^postgres(ql)?:\/\//.test(readUrl)) problems.push('DATABASE_READ_URL must begin with postgres://.');
  const port = integer('PORT', 3000, 65_535);
  const production = env['NODE_ENV'] === 'production';
  const config: Config = {
    production,
    port,
    bindAddress: env['BIND_ADDRESS'] || '127.0.0.1',
    databaseUrl,
    readUrl,
    readMaxLag: integer('READ_MAX_LAG_SECONDS', 10, 3_600),
    poolSize: integer('POOL_SIZE', 10, 500),
    ...readRedis(env, problems),
    tokenSecret: secret(required('TOKEN_SECRET', 'at least 32 random bytes in base64url sign the access tokens'), problems),
    fieldKeys: keys(required('FIELD_KEYS', '"1:" and 32 random bytes in base64 encrypt account and identity numbers'), problems),
    publicUrl: env['PUBLIC_URL'] || `http://127.0.0.1:${port}`,
    trustedProxies: proxies(env['TRUSTED_PROXIES'] ?? '', problems),
    secondFactor: secondFactor(env['SECOND_FACTOR'] || (production ? 'required' : 'offered'), problems),
    oidc: readOidc(env, production, problems),
    heartbeatFile: env['WORKER_HEARTBEAT_FILE'] || undefined,
    metricsPort: integer('METRICS_PORT', 0, 65_535) || undefined,
    metricsAddress: env['METRICS_ADDRESS'] || '127.0.0.1',
    tracesUrl: tracesUrl(env, problems),
    logLevel: level(env['LOG_LEVEL'], problems),
  };
  if (config.production && env['DEMO'] === 'true') problems.push('DEMO is refused with NODE_ENV=production: invented people do not belong in a real register.');
  if (config.production && !env['PUBLIC_URL']) problems.push('PUBLIC_URL is missing: one-time links begin with it.');
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(config);
}

function secret(value: string, problems: string[]): Uint8Array {
  const bytes = Buffer.from(value, 'base64url');
  if (value !== '' && bytes.length < 32) problems.push('TOKEN_SECRET must hold at least 32 bytes in base64url.');
  return bytes;
}

/** The keys of encrypted fields by version, of a text such as FIELD_KEYS holds. Throws where it holds something else. */
export function fieldKeysOf(value: string): ReadonlyMap<number, Uint8Array> {
  const problems: string[] = [];
  const found = keys(value, problems);
  if (problems.length > 0) throw new ConfigError(problems);
  return found;
}

function keys(value: string, problems: string[]): ReadonlyMap<number, Uint8Array> {
  const found = new Map<number, Uint8Array>();
  for (const part of value === '' ? [] : value.split(',')) {
    const [version, text] = part.trim().split(':');
    const bytes = Buffer.from(text ?? '', 'base64');
    if (!/^\d{1,4}$/.test(version ?? '') || bytes.length !== 32) problems.push('FIELD_KEYS must read "1:<32 bytes in base64>", several divided by commas.');
    else found.set(Number(version), bytes);
  }
  return found;
}

function proxies(value: string, problems: string[]): BlockList {
  const list = new BlockList();
  for (const part of value.split(',').map((text) => text.trim()).filter((text) => text !== '')) {
    const [address = '', bits] = part.split('/');
    const kind = isIP(address);
    const most = kind === 4 ? 32 : 128;
    const length = bits === undefined ? most : Number(bits);
    if (kind === 0 || !Number.isInteger(length) || length < 1 || length > most) problems.push('TRUSTED_PROXIES must read "10.0.0.1" or "172.16.0.0/12", several divided by commas.');
    else list.addSubnet(address, length, kind === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}

/** Where the queue's store is, of settings such as a process has. Throws where they hold something else. */
export function redisOf(env: Environment): Pick<Config, 'redisUrl' | 'redisCluster'> {
  const problems: string[] = [];
  const found = readRedis(env, problems);
  if (problems.length > 0) throw new ConfigError(problems);
  return found;
}

function readRedis(env: Environment, problems: string[]): Pick<Config, 'redisUrl' | 'redisCluster'> {
  const redisUrl = env['REDIS_URL'] || undefined;
  const cluster = env['REDIS_CLUSTER'] || 'false';
  const nodes = redisUrl?.split(',') ?? [];
  if (cluster !== 'true' && cluster !== 'false') problems.push('REDIS_CLUSTER must be "true" or "false".');
  if (!nodes.every((node) => /^rediss?:\/\//.test(node) && URL.canParse(node))) problems.push('REDIS_URL must begin with redis:// or rediss://.');
  if (cluster !== 'true' && nodes.length > 1) problems.push('REDIS_URL names several nodes: set REDIS_CLUSTER=true where they are a cluster.');
  return { redisUrl, redisCluster: cluster === 'true' };
}

function secondFactor(value: string, problems: string[]): Config['secondFactor'] {
  if (value !== 'required' && value !== 'offered') problems.push('SECOND_FACTOR must be "required" or "offered".');
  return value === 'offered' ? value : 'required';
}

/** OpenTelemetry's own names. The address for traces is taken as it is, the one for everything gets its path. */
function tracesUrl(env: Environment, problems: string[]): string | undefined {
  const [base, own] = [env['OTEL_EXPORTER_OTLP_ENDPOINT'], env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']];
  const url = own || (base ? `${base.replace(/\/$/, '')}/v1/traces` : undefined);
  if (url === undefined || env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true' || env['OTEL_TRACES_EXPORTER'] === 'none') return undefined;
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) problems.push(`${own ? 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT' : 'OTEL_EXPORTER_OTLP_ENDPOINT'} must begin with http:// or https://.`);
  return url;
}

const LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug'] as const;

function level(value: string | undefined, problems: string[]): Config['logLevel'] {
  if (value === undefined || value === '') return 'info';
  const found = LEVELS.find((known) => known === value);
  if (found === undefined) problems.push(`LOG_LEVEL must be one of ${LEVELS.join(', ')}.`);
  return found ?? 'info';
}
