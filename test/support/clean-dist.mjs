import { removeStaleOutputs } from '../../src/start.mjs';

removeStaleOutputs(['src', 'migrations', 'test']);
