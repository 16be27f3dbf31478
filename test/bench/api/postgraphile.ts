import { spawn } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startScript } from '../stack.js';
import type { Running } from '../stack.js';

const POSTGRAPHILE = '5.1.5';
/** It needs Node 22; where the bench runs on less, one comes from the npm registry too. */
const NODE = '22.23.3';

const SERVER = `
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
const pgl = postgraphile({
  extends: [PostGraphileAmberPreset],
  pgServices: [makePgService({ connectionString: process.env.DATABASE_URL, schemas: ['children', 'carers', 'recruitment'] })],
  grafserv: { graphqlPath: '/graphql', graphiql: false, watch: false },
});
const server = createServer();
await pgl.createServ(grafserv).addTo(server);
await pgl.getSchema();
server.listen(0, '127.0.0.1', () => process.send({ ready: true, port: server.address().port }));
process.once('disconnect', () => process.exit(0));
`;

/** What each question is called there. Ages, which are counted in the program, and who has a place, which no key leads to, are left out. */
export const ITS_QUESTIONS = {
  'by-id': {
    operationName: 'ById',
    document: `query ById($id: UUID!) { child: childByRowId(rowId: $id) { id: rowId number nameKm nameLatin sex birthDate birthPrecision officeId institutionId homeAreaCode languages religion civilRegistration diedOn registeredOn lastSeenOn version } }`,
    isGood: (body: string) => body.includes('"birthPrecision":'),
  },
  list: {
    operationName: 'List',
    document: `query List($offset: Int) { families: allCarersFamilies(first: 50, offset: $offset, orderBy: [ROW_ID_ASC]) { nodes { id: rowId number kind nameKm nameLatin phone areaCode languages ownChildren openedOn closedOn version adults: carersAdultsByFamilyId(first: 30) { nodes { id: rowId nameKm nameLatin sex birthDate carer during { start { value } end { value } } } } places: carersFamilyPlacesByFamilyId { nodes { slot basis } } } pageInfo { hasNextPage endCursor } } }`,
    isGood: (body: string) => body.split('"ownChildren":').length === 51 && body.split('"slot":').length > 51,
  },
  act: {
    operationName: 'Act',
    document: `mutation Act($input: RecruitmentEnquiryInput!) { made: createRecruitmentEnquiry(input: { recruitmentEnquiry: $input }) { enquiry: recruitmentEnquiry { id: rowId source nameKm nameLatin phone areaCode receivedOn state nextOn } } }`,
    isGood: (body: string) => body.includes('"state":"new"'),
  },
} as const;

/** Installs PostGraphile 5 outside the tree where it is not there yet, and starts it as the owner of the database. */
export async function startPostGraphile(databaseUrl: string, log: string): Promise<Running & { readonly port: number }> {
  const { folder, node } = await installed();
  const running = await startScript(join(folder, 'server.mjs'), { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', GRAPHILE_ENV: 'production', DATABASE_URL: databaseUrl, PGAPPNAME: 'postgraphile' }, log, [], node);
  return { ...running, port: Number(Reflect.get(Object(running.said), 'port')) };
}

async function installed(): Promise<{ readonly folder: string; readonly node: string }> {
  const mine = join(tmpdir(), `register-bench-${process.getuid?.() ?? 'me'}`);
  mkdirSync(mine, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(mine);
  if (process.getuid !== undefined && (uid !== process.getuid() || (mode & 0o022) !== 0)) throw new Error(`${mine} is somebody else's`);
  const folder = join(mine, `postgraphile-${POSTGRAPHILE}`);
  const isOld = Number(process.versions.node.split('.')[0]) < 22;
  const nodePackage = `node-${process.platform}-${process.arch}`;
  if (!existsSync(folder)) {
    console.log('Installing PostGraphile 5 for the comparison, outside the tree (480 MB; --no-postgraphile leaves it out) ...');
    const half = `${folder}.${process.pid}`;
    mkdirSync(half);
    writeFileSync(join(half, 'package.json'), '{ "private": true }');
    try {
      await npmInstall(half, [`postgraphile@${POSTGRAPHILE}`, ...(isOld ? [`${nodePackage}@${NODE}`] : [])]);
      renameSync(half, folder);
    } finally {
      rmSync(half, { recursive: true, force: true });
    }
  }
  writeFileSync(join(folder, 'server.mjs'), SERVER);
  return { folder, node: isOld ? join(folder, 'node_modules', nodePackage, 'bin/node') : process.execPath };
}

function npmInstall(folder: string, packages: readonly string[]): Promise<void> {
  return new Promise((done, failed) => {
    const npm = spawn('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', ...packages], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], timeout: 300_000 });
    let said = '';
    npm.stderr.on('data', (part: Buffer) => (said += part.toString('utf8')));
    npm.once('error', failed);
    npm.once('close', (code) => (code === 0 ? done() : failed(new Error(`npm install: ${said.trim().split('\n').at(-1) ?? code}`))));
  });
}
