// A queue process with the tests' jobs in the place of the rooms, and the usual settings.
import { endWithParent, tellReady } from '../../../src/platform/process.js';
import { USUAL } from '../../../src/platform/queue/settings.js';
import { openRig } from '../../faults/queue-rig.js';
import { workerConfig } from '../../support/queue-config.js';

const app = await openRig(workerConfig(process.env['DATABASE_URL'] ?? '', process.env['REDIS_URL'] || undefined), [], USUAL);
endWithParent(() => app.close());
tellReady();
