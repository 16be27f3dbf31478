import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Jest's settings for the whole suite. Each test file loads the program anew, which costs more than many files' tests: so
 * files are run several at a time in one, each as a block of its own, with its own hooks, application and database.
 * A file by itself runs with the settings of package.json.
 */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const DIST = `${ROOT}dist/`;
/** Files that end processes, take long, make many wait for one lock, or define rooms of their own, which others must not meet. */
const ALONE = /^test\/(faults|races|architecture|contract)\/|\/journeys\/|^test\/api\/(walker|door|worklist|register|graphql-over-http)\.spec/;
const GROUPS = { api: 6, db: 2, src: 2 };

const specs = readdirSync(DIST, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.spec.js') && !path.startsWith('test/whole/')).sort();
const groups = new Map();
for (const [at, path] of specs.filter((one) => !ALONE.test(one)).entries()) {
  const folder = path.startsWith('src/') ? 'src' : path.split('/')[1];
  const name = `${folder}-${(at % (GROUPS[folder] ?? 1)) + 1}`;
  groups.set(name, [...(groups.get(name) ?? []), path]);
}
rmSync(`${DIST}test/whole`, { recursive: true, force: true });
mkdirSync(`${DIST}test/whole`);
for (const [name, paths] of groups) {
  const body = paths.map((path) => `__block(${JSON.stringify(path)});\nawait import(${JSON.stringify(`../../${path}`)});\n__block();\n`).join('');
  writeFileSync(`${DIST}test/whole/${name}.spec.js`, body);
}

const { jest } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8'));

export default {
  ...jest,
  rootDir: DIST,
  testPathIgnorePatterns: [],
  testEnvironment: '<rootDir>/test/support/blocks.js',
  testMatch: ['<rootDir>/test/whole/*.spec.js', ...specs.filter((path) => ALONE.test(path)).map((path) => `<rootDir>/${path}`)],
};
