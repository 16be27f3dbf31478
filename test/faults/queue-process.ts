// A real queue process with the test's jobs, to be killed.
import { endWithParent, tellReady } from '../../src/platform/process.js';
import { workerConfig } from '../support/queue-config.js';
import { openRig } from './queue-rig.js';

const app = await openRig(workerConfig(process.env['DATABASE_URL'] ?? '', process.env['REDIS_URL'] || undefined));
endWithParent(() => app.close());
tellReady();
