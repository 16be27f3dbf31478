import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { getNamedType, isNonNullType, parse } from 'graphql';
import type { GraphQLSchema, OperationDefinitionNode } from 'graphql';
import pg from 'pg';
import { ROLES } from '../../src/platform/auth/roles.js';
import type { Role } from '../../src/platform/auth/roles.js';
import { StandBy } from '../../src/platform/database/stand-by.js';
import { mayBeOld } from '../../src/platform/graphql/answer-plugin.js';
import { freePort } from '../../src/platform/embedded/ports.js';
import { until } from '../../src/platform/embedded/processes.js';
import { chains } from '../support/chains.js';
import { Harness } from '../support/harness.js';
import type { Answer } from '../support/harness.js';
import { arrangeOffices, signedIn } from '../support/people.js';
import type { Person } from '../support/people.js';
import { arrangeWorld } from '../support/world.js';
import type { World } from '../support/world.js';
import { Register, Streaming, drillFolder } from './drill.js';

/** What a register may show some seconds old. A record that is asked for by its id is none of these. */
const OLD = [
  'acts', 'applications', 'areas', 'campaigns', 'careCounts', 'children', 'courses', 'denials', 'enquiries', 'families', 'inbox', 'institutions', 'offices', 'paymentRuns', 'placements',
  'publishedQuarter', 'publishedQuarters', 'reads', 'recruitmentFunnel', 'standBy', 'trainingSessions', 'worklist',
];
/** Who may read any person's record at all. */
const READERS = new Set<Role>(['social_worker', 'supervisor', 'para_social_worker', 'finance_officer']);
const ENQUIRIES = '{ enquiries(first: 100) { nodes { id } } }';

const root = drillFolder();
const folder = join(root, 'stand-by');
let register: Register;
let stream: Streaming;
let harness: Harness;
let standBy: StandBy;
let worker: Person;
let colleague: Person;
let mine: World;

const listed = async (who: Person, query = ENQUIRIES): Promise<string[]> => (await who.send(query)).data.enquiries.nodes.map(({ id }: { id: string }) => id);
const recordEnquiry = async (): Promise<string> => (await worker.act('recordEnquiry', { nameLatin: 'Sok Dara', phone: '012 345 678', areaCode: '02030101', on: '2026-06-14' }, 'Enquiry { id }', 'RecruitmentRefused')).result.id;
/** What this person did is long ago. */
const long = (who: Person): Promise<unknown> => harness.sql(`update platform.acts set at = at - interval '1 hour' where actor_id = $1`, [who.accountId]);
const served = async <T>(act: () => Promise<T>): Promise<[T, number]> => {
  const before = standBy.counts.served;
  return [await act(), standBy.counts.served - before];
};
const said = (words: string): boolean => harness.logLines.some((line) => line.includes(words));

beforeAll(async () => {
  register = await Register.start(join(root, 'primary'));
  stream = await Streaming.start(register, folder);
  harness = await Harness.on(register.harness.database, { TOKEN_SECRET: register.secrets.tokenSecret, FIELD_KEYS: register.secrets.fieldKeys, DATABASE_READ_URL: stream.apiUrl, READ_MAX_LAG_SECONDS: '600' });
  const offices = await arrangeOffices(harness);
  worker = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
  colleague = await signedIn(harness, { role: 'social_worker', office: offices.battambangTown });
  standBy = harness.app.get(StandBy);
  await stream.catchUp(register);
  await standBy.look();
}, 60_000);

afterAll(async () => {
  await harness?.stop();
  await stream?.stop(folder);
  await register?.stop();
  rmSync(root, { recursive: true, force: true });
}, 30_000);

describe('reads that may be old', () => {
  it('are those of the list, and only where everything asked for is', () => {
    const { schema } = harness.app.get(GraphQLSchemaHost);
    expect(Object.values(schema.getQueryType()?.getFields() ?? {}).filter(({ extensions }) => extensions['mayBeOld'] === true).map(({ name }) => name).sort()).toEqual(OLD);
    const may = (text: string): boolean => mayBeOld(schema, parse(text).definitions[0] as OperationDefinitionNode);
    expect(may('{ a: enquiries { nodes { id } } worklist { nodes { id } } }')).toBe(true);
    expect(may('{ enquiries { nodes { id } } me { id } }')).toBe(false);
    expect(may('{ ... { enquiries { nodes { id } } } }')).toBe(false);
    expect(may('mutation { enquiries }')).toBe(false);
  });

  it('come from the stand-by; a record by its id, and whoever has just written, read the primary', async () => {
    expect(said('reads that may be old go to the stand-by')).toBe(true);
    const before = await recordEnquiry();
    await stream.pause(register);
    const after = await recordEnquiry();
    // The stand-by stands still: what it does not have, and the colleague is not shown, was written after.
    expect(await served(() => listed(colleague))).toEqual([[before], 1]);
    expect((await colleague.send('query ($id: Id!) { enquiry(id: $id) { id } }', { id: after })).data.enquiry).toEqual({ id: after });
    expect(await served(() => listed(colleague, '{ enquiries(first: 100) { nodes { id } } me { id } }'))).toEqual([[after, before], 0]);
    expect(await served(() => listed(worker))).toEqual([[after, before], 0]);
    await long(worker);
    expect(await served(() => listed(worker))).toEqual([[before], 1]);
    await stream.resume(register);
    expect(await served(() => listed(colleague))).toEqual([[after, before], 1]);
  });

  it('are written down on the primary before the answer leaves, and are not answered where that fails', async () => {
    mine = await arrangeWorld(harness, 'mine');
    const { worker: reader } = mine.staff;
    await stream.pause(register);
    const [answer, count] = await served(() => reader.send('{ children(first: 50) { nodes { id } } }'));
    const ids = answer.data.children.nodes.map(({ id }: { id: string }) => id).sort();
    expect([ids.length > 2, count]).toEqual([true, 1]);
    const reads = `select subject_id as id from platform.reads where actor_id = '${reader.accountId}' and operation = 'children' order by 1`;
    expect((await harness.sql<{ id: string }>(reads)).map(({ id }) => id)).toEqual(ids);
    expect(await stream.sql(reads)).toEqual([]);
    await harness.sql('revoke insert on platform.reads from register_api');
    const refused = await reader.send('{ children(first: 50) { nodes { id } } }');
    expect({ data: refused.data, code: refused.errors?.[0]?.extensions.code }).toEqual({ data: null, code: 'INTERNAL' });
    await harness.sql('grant insert on platform.reads to register_api');
    await stream.resume(register);
  });

  it('are refused at once to whoever may no longer', async () => {
    await stream.pause(register);
    const [revoked, moved] = [await signedIn(harness, { role: 'social_worker' }), await signedIn(harness, { role: 'social_worker' })];
    await harness.sql(`update staff.sessions set ended_at = clock_timestamp(), ended_why = 'revoked' where id = $1`, [revoked.sessionId]);
    await harness.sql('update staff.postings set withdrawn_at = clock_timestamp() where id = $1', [moved.postingId]);
    expect((await revoked.send(ENQUIRIES)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect((await moved.send(ENQUIRIES)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    await stream.resume(register);
  });

  it('keep row security: no role of a province finds a word of another one\'s on the stand-by, and each finds its own', async () => {
    const theirs: World = await arrangeWorld(harness, 'theirs');
    await stream.catchUp(register);
    const { schema } = harness.app.get(GraphQLSchemaHost);
    const words: Record<string, string> = {};
    for (const role of ROLES) {
      const who = await signedIn(harness, { role, ...(role === 'para_social_worker' && { institution: mine.ids['institution'] ?? '' }) });
      await stream.catchUp(register);
      const answers: Answer[] = [];
      const [, count] = await served(async () => {
        for (const query of questions(schema, theirs, READERS.has(role))) answers.push(await who.send(query));
      });
      expect(answers.filter(({ errors }) => errors?.some(({ extensions }) => extensions.code === 'INTERNAL'))).toEqual([]);
      const texts = answers.filter(({ data }) => data !== undefined && data !== null).map(({ text }) => text);
      expect({ role, fromStandBy: count >= texts.length }).toEqual({ role, fromStandBy: true });
      words[role] = texts.join('\n');
      for (const secret of ['child', 'family', 'case', 'payee', 'roll'] as const) expect({ role, secret, found: words[role]?.includes(theirs.canary(secret)) }).toEqual({ role, secret, found: false });
    }
    // That the search would find something.
    for (const [role, secret] of [['social_worker', 'child'], ['social_worker', 'family'], ['supervisor', 'case'], ['para_social_worker', 'child'], ['finance_officer', 'payee']] as const) {
      expect({ role, secret, found: words[role]?.includes(mine.canary(secret)) }).toEqual({ role, secret, found: true });
    }
  }, 60_000);

  it('find nothing without a scope, and can write nothing, whatever the program does', async () => {
    const client = new pg.Client({ connectionString: stream.apiUrl });
    await client.connect();
    expect((await client.query('select id from children.children')).rows).toEqual([]);
    await expect(client.query(`insert into platform.denials (act, code, request_id) values ('a.b', 'FORBIDDEN', 'x')`)).rejects.toMatchObject({ code: '25006' });
    await client.end();
  });
});

/** Every list, down every way where it is asked deeply, and with the ids of another province where it takes any. */
function questions(schema: GraphQLSchema, theirs: World, deep: boolean): string[] {
  const needed: Readonly<Record<string, string>> = { on: 'on: "2026-06-12"', quarter: 'quarter: "2026-Q1"' };
  const kinds: Readonly<Record<string, string>> = { officeId: 'office', institutionId: 'institution', campaignId: 'campaign', courseId: 'course', subjectId: 'child', actorId: 'account' };
  return Object.values(schema.getQueryType()?.getFields() ?? {}).filter(({ extensions }) => extensions['mayBeOld'] === true).flatMap((field) => {
    const must = field.args.filter((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined).map(({ name }) => needed[name] ?? name);
    const id = field.args.filter((arg) => getNamedType(arg.type).name === 'Id' && kinds[arg.name] !== undefined).map(({ name }) => `${name}: "${theirs.ids[kinds[name] ?? ''] ?? ''}"`);
    const ask = (args: readonly string[], chain: string): string => `{ ${field.name}${args.length === 0 ? '' : `(${args.join(', ')})`} ${chain} }`;
    const ways = chains(field.type);
    return [...ways.slice(0, deep ? undefined : 1).map((chain) => ask(must, chain)), ...id.map((one) => ask([...must, one], ways[0] ?? ''))];
  });
}

describe('where the stand-by cannot serve', () => {
  it('the primary answers: it lags, is gone, comes back, or is promoted', async () => {
    const metricsPort = await freePort();
    const impatient = await Harness.on(harness.database, { METRICS_PORT: String(metricsPort), TOKEN_SECRET: register.secrets.tokenSecret, FIELD_KEYS: register.secrets.fieldKeys, DATABASE_READ_URL: stream.apiUrl, READ_MAX_LAG_SECONDS: '1' });
    try {
      const theirs = impatient.app.get(StandBy);
      await theirs.look();
      const ask = async (): Promise<[number, number]> => {
        const before = theirs.counts.served;
        const { data } = await impatient.send(ENQUIRIES, {}, { token: colleague.token });
        return [data.enquiries.nodes.length, theirs.counts.served - before];
      };
      const now = (await ask())[0];
      expect(await ask()).toEqual([now, 1]);
      await stream.pause(register);
      await recordEnquiry();
      expect(await until(async () => (await theirs.look(), (theirs.age ?? 0) > 1), 10_000)).toBe(true);
      expect(await ask()).toEqual([now + 1, 0]);
      expect(impatient.logLines.join('\n')).toMatch(/"standBy":"lags".*reads that may be old go to the primary/);
      await stream.resume(register);
      await theirs.look();
      expect(await ask()).toEqual([now + 1, 1]);

      stream.kill();
      // A session that has not noticed yet may still answer, and rightly so; nobody gets less for it.
      for (let i = 0; i < 5; i += 1) expect((await ask())[0]).toBe(now + 1);
      expect(await until(async () => (await ask())[1] === 0, 10_000)).toBe(true);
      // On a slow machine it may have been too old before it was gone: asked once more, it says which.
      await theirs.look();
      expect(impatient.logLines.join('\n')).toMatch(/"standBy":"does not answer"/);
      await stream.restart();
      await stream.catchUp(register);
      expect(await until(async () => (await theirs.look(), (await ask())[1] === 1), 10_000)).toBe(true);

      // Promoted, it is another register's past from now on.
      await stream.sql('select pg_promote()');
      await theirs.look();
      expect(await ask()).toEqual([now + 1, 0]);
      expect(impatient.logLines.join('\n')).toMatch(/"standBy":"is no stand-by"/);
      const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
      expect(metrics).toMatch(/^register_stand_by_used 0$/m);
      expect(metrics).toMatch(/^register_old_reads\{by="stand_by"\} [1-9]/m);
      expect(metrics).toMatch(/^register_old_reads\{by="primary"\} [1-9]/m);
    } finally {
      await impatient.app.close();
      await impatient.owner.end();
    }
  }, 60_000);
});
