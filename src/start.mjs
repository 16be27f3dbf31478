// What `npm start` and `npm run register` run: plain JavaScript, because it builds the rest.
// It builds only when a source changed, then goes on in this same process, so that signals arrive.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const DIST = join(ROOT, 'dist');
const STAMP = join(DIST, '.built-from');
const BUILDING = join(DIST, '.building');
const COMPILED = ['src', 'migrations'];

function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** One hash of everything the build reads: contents, not times, since a checkout sets those anew. */
export function sourcesHash() {
  const hash = createHash('sha256').update(process.version);
  const sources = COMPILED.flatMap((folder) => filesIn(join(ROOT, folder))).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));
  const settings = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json'].map((name) => join(ROOT, name)).filter(existsSync);
  for (const file of [...sources.sort(), ...settings]) hash.update(`\0${relative(ROOT, file)}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

/** Removes compiled files whose source is gone: a deleted test must not run, nor a deleted migration. */
export function removeStaleOutputs(folders) {
  for (const folder of folders) {
    for (const file of filesIn(join(DIST, folder))) {
      const source = /^(.*)\.js(\.map)?$/.exec(relative(DIST, file))?.[1];
      if (source !== undefined && !existsSync(join(ROOT, `${source}.ts`))) rmSync(file, { force: true });
    }
  }
}

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Refusal(`This program needs Node 20.19 or newer, and this is ${process.version}.`);
}

class Refusal extends Error {}

function compile() {
  const compiler = join(ROOT, 'node_modules/@nestjs/cli/bin/nest.js');
  if (!existsSync(compiler)) throw new Refusal('The packages are not installed: run npm ci first.');
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [compiler, 'build'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } });
    const said = [];
    child.stdout.on('data', (chunk) => said.push(chunk));
    child.stderr.on('data', (chunk) => said.push(chunk));
    child.once('error', failed);
    child.once('close', (code) => {
      if (code === 0) done(undefined);
      else failed(new Refusal(`The program could not be built.\n${Buffer.concat(said).toString('utf8').trim()}`));
    });
  });
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** One build at a time: another starter must not load half a file. */
async function alone(act) {
  mkdirSync(DIST, { recursive: true });
  for (;;) {
    try {
      writeFileSync(BUILDING, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const other = existsSync(BUILDING) ? Number(readFileSync(BUILDING, 'utf8')) : 0;
      const abandoned = existsSync(BUILDING) && Date.now() - statSync(BUILDING).mtimeMs > 300_000;
      if (abandoned || (other > 0 && !isRunning(other))) rmSync(BUILDING, { force: true });
      else await new Promise((again) => setTimeout(again, 100));
    }
  }
  try {
    return await act();
  } finally {
    rmSync(BUILDING, { force: true });
  }
}

const stampOf = () => (existsSync(STAMP) ? readFileSync(STAMP, 'utf8') : '');

/** Builds when a source changed since the last build; otherwise returns at once. */
export async function buildWhenChanged(entry) {
  const current = () => stampOf() === sourcesHash() && existsSync(join(DIST, entry));
  if (current()) return;
  await alone(async () => {
    if (current()) return;
    const started = performance.now();
    process.stderr.write('Building the program, once after each change of its sources ... ');
    // Without a stamp nobody knows what is in dist, and the incremental compiler would trust its own notes.
    if (stampOf() === '' || !existsSync(join(DIST, entry))) rmSync(join(DIST, '.build.tsbuildinfo'), { force: true });
    rmSync(STAMP, { force: true });
    removeStaleOutputs(COMPILED);
    const hash = sourcesHash();
    try {
      await compile();
    } catch (error) {
      process.stderr.write('failed\n');
      throw error;
    }
    writeFileSync(STAMP, hash);
    process.stderr.write(`done in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  });
}

async function main([name, ...rest]) {
  refuseOldNode();
  const asTool = name === 'register';
  const entry = asTool ? 'src/register.js' : 'src/launcher.js';
  await buildWhenChanged(entry);
  const file = join(DIST, entry);
  if (asTool) process.argv = [process.argv[0], file, ...rest];
  const module = await import(pathToFileURL(file).href);
  if (!asTool) await module.launch();
}

if (process.argv[1] !== undefined && existsSync(process.argv[1]) && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Refusal ? error.message : error);
    process.exitCode = 1;
  }
}
