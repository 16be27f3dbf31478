import pg from 'pg';
import { newSecrets } from '../../src/platform/embedded/secrets.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { addressAs } from '../../src/platform/database/roles.js';
import { startTestCluster, type TestCluster } from './cluster.js';
import { OWNER, TEMPLATE } from './database.js';

declare global {
  // A `var` is what puts a name on globalThis; the teardown runs in the same process.
  var registerTestCluster: TestCluster | undefined;
}

/** Jest calls this once a run: a cluster, and in it the migrated template that tests copy. */
export default async function setUp(): Promise<void> {
  const secrets = newSecrets();
  const cluster = await startTestCluster(secrets.superuserPassword);
  globalThis.registerTestCluster = cluster;
  const client = new pg.Client({ connectionString: cluster.server.url('postgres') });
  await client.connect();
  try {
    // As on a managed server: the owner is no superuser, makes the roles himself, and every function runs with no more than his rights.
    await client.query(`create role ${OWNER} login createrole password 'owner'`);
    await client.query(`create database ${TEMPLATE} owner ${OWNER}`);
    await migrate({ ownerUrl: addressAs(cluster.server.url(TEMPLATE), OWNER, 'owner'), apiPassword: secrets.apiPassword, workerPassword: secrets.workerPassword });
    await client.query(`alter database ${TEMPLATE} is_template true allow_connections false`);
  } finally {
    await client.end();
  }
  process.env['TEST_ADMIN_URL'] = cluster.server.url('postgres');
  process.env['TEST_API_PASSWORD'] = secrets.apiPassword;
  process.env['TEST_WORKER_PASSWORD'] = secrets.workerPassword;
}
