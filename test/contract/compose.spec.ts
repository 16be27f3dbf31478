import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Service {
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck?: object;
  readonly ports?: readonly string[];
  readonly profiles?: readonly string[];
  readonly networks?: readonly string[];
}

const text = readFileSync('docker-compose.yml', 'utf8');
const { services, networks } = parse(text, { merge: true }) as { services: Record<string, Service>; networks: Record<string, object> };
const holding = (word: string): string[] => Object.entries(services).filter(([, service]) => JSON.stringify(service).includes(word)).map(([name]) => name).sort();

describe('docker-compose.yml', () => {
  it('gives the owner to the database, the migrator and the last step of a restore alone', () => {
    expect(holding('OWNER_DB_PASSWORD')).toEqual(['migrator', 'postgres', 'restored']);
    expect(holding('MIGRATE_DATABASE_URL')).toEqual(['migrator', 'restored']);
  });

  it('gives each process its own login', () => {
    expect(holding('${API_DB_PASSWORD')).toEqual(['api', 'migrator']);
    expect(holding('${WORKER_DB_PASSWORD')).toEqual(['migrator', 'worker']);
  });

  it('has no default for a secret', () => {
    const secrets = [...text.matchAll(/\$\{([A-Z_]*(?:PASSWORD|SECRET|KEYS)[A-Z_]*)([^}]*)\}/g)];
    expect(secrets.length).toBeGreaterThan(8);
    for (const [, name, rest] of secrets) expect({ name, rest }).toEqual({ name, rest: ':?' });
  });

  it('watches everything that stays', () => {
    expect(Object.keys(services).filter((name) => services[name]?.healthcheck === undefined && services[name]?.profiles === undefined)).toEqual(['migrator']);
  });

  it('starts what restores only when it is called, and lets it reach nobody', () => {
    expect(Object.keys(services).filter((name) => services[name]?.profiles !== undefined)).toEqual(['restore', 'restored']);
    expect(services['restore']).toMatchObject({ network_mode: 'none', user: 'postgres' });
  });

  it('opens a port of the API alone, and not that of its metrics, which listen toward the database only', () => {
    expect(Object.keys(services).filter((name) => services[name]?.ports !== undefined)).toEqual(['api']);
    expect(services['api']?.ports?.join()).not.toContain('9464');
    for (const name of ['api', 'worker']) expect(services[name]?.environment).toMatchObject({ METRICS_PORT: '9464', METRICS_ADDRESS: 'toward:postgres' });
    expect(services['postgres']?.networks).toEqual(['inside']);
    expect(networks['inside']).toEqual({ internal: true });
  });
});
