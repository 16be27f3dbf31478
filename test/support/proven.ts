import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '../../src/app.module.js';
import { allActs } from '../../src/platform/auth/acts.js';
import { ROLES } from '../../src/platform/auth/roles.js';
import { allRefusals } from '../../src/platform/graphql/refused.js';

/**
 * `npm run proven`: runs the specs of the first five rooms and compares what was really answered over HTTP with what the
 * rooms say: every refusal's code once, and every act denied to every role that is not on its list. `HTTP_JOURNAL` names a
 * journal of an earlier run instead. Ends with 1 where something was never seen.
 */
const ROOMS = new Set(['territory', 'staff', 'carers', 'training', 'recruitment']);
const SPECS = 'test/api/(approval|recruitment|carers|family-life|training|staff|territory|settings|second-factor|external-sign-in|documents|register)|test/races/(applications|staff)';

/** Asked only beside another act, or inside an answer: nobody is denied them by name. */
const BESIDE = new Set(['family.readConfidential', 'respite.exceed']);

const given = process.env['HTTP_JOURNAL'];
const journal = given ?? join(tmpdir(), `http-${process.pid}.txt`);
if (given === undefined) {
  const run = spawnSync(process.execPath, ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', '--ci', '--testTimeout', '120000', '--', SPECS], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, HTTP_JOURNAL: journal } });
  if (run.status !== 0) process.exit(2);
}
const seen = new Set(existsSync(journal) ? readFileSync(journal, 'utf8').split('\n') : []);
if (given === undefined) rmSync(journal, { force: true });

const codes = allRefusals().filter(({ room }) => ROOMS.has(room.toLowerCase())).flatMap(({ room, codes: all }) => all.map((code) => `refused ${room}.${code}`));
const denials = allActs().filter(({ act, room, roles }) => ROOMS.has(room) && roles.size > 0 && !BESIDE.has(act)).flatMap(({ act, roles }) => ROLES.filter((role) => !roles.has(role)).map((role) => `denied ${act} ${role}`));
const missing = [...codes, ...denials].filter((one) => !seen.has(one));
const count = (all: readonly string[]): string => `${all.filter((one) => seen.has(one)).length} of ${all.length}`;
console.log([...missing.map((one) => `never ${one}`), `refusals answered over HTTP: ${count(codes)}`, `denials answered over HTTP: ${count(denials)}`].join('\n'));
process.exit(missing.length === 0 ? 0 : 1);
