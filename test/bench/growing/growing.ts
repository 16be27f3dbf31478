import type { Bench } from '../options.js';
import { apis } from './apis.js';
import { partitions } from './partitions.js';
import { pooler } from './pooler.js';
import { queue } from './queue.js';
import { replica } from './replica.js';

const PARTS = { apis, replica, pooler, queue, partitions };

/** What more of everything is worth. Figures are processor time an operation and ratios of one run. */
export const growing: Bench = {
  name: 'growing',
  what: 'what more APIs, workers, a stand-by, a pooler, Redis and partitions are worth: --only PART --scale 1 --rows 1000000',
  run: async (options) => {
    const only = options.other('only')?.split(',');
    let well = true;
    for (const [name, part] of Object.entries(PARTS)) if (only === undefined || only.includes(name)) well = (await part(options)) && well;
    return well;
  },
};
