import { removeTestCluster } from './cluster.js';
import './global-setup.js';

/** Jest calls this once, after the last test. */
export default async function tearDown(): Promise<void> {
  const cluster = globalThis.registerTestCluster;
  if (cluster) await removeTestCluster(cluster);
}
