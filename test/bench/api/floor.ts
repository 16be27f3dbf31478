import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jwtVerify } from 'jose';
import pg from 'pg';
import { ageBand, ageOn, youngestAge } from '../../../src/kernel/age.js';
import { addDays, startOfDay, todayIn } from '../../../src/kernel/civil-date.js';
import type { CivilDate } from '../../../src/kernel/civil-date.js';
import { decodeCursor, encodeCursor } from '../../../src/kernel/cursor.js';
import { newId } from '../../../src/kernel/ids.js';
import { nameKeys } from '../../../src/kernel/khmer.js';
import { normalisePhone } from '../../../src/kernel/phone.js';
import { ACT_KEYS, ACT_READS, ACT_WRITES, CHILD, FAMILIES } from './floor-sql.js';

/*
 * The floor: what a good engineer would write by hand for these three questions and nothing else, on node:http and pg.
 * It does the same work in the database as the register: who holds the token is read at each request, the transaction
 * has the same isolation and scope under row security, an act writes its request key, act and outbox rows, a file that
 * is opened is written down, and nothing is answered before the commit. It takes as few round trips as that allows:
 * one for the actor, one for a whole read, two for an act.
 * `FLOOR=one` is the floor below it: one statement, nobody asked who she is.
 */

pg.types.setTypeParser(pg.types.builtins.DATE, (text: string) => text);

const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10, pipeline: true, application_name: `floor-${process.env['FLOOR'] ?? ''}` });
const secret = Buffer.from(process.env['TOKEN_SECRET'] ?? '', 'base64url');
const plain = process.env['FLOOR'] === 'one';

interface Claims {
  readonly user: string;
  readonly session: string;
  readonly until: number;
}

interface Posting {
  readonly id: string;
  readonly role: string;
  readonly officeId: string | null;
  readonly institutionId: string | null;
  readonly officeIds: readonly string[];
}

interface Asked {
  readonly operationName: string;
  // The three questions and their variables are known here.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly variables: any;
}

const verified = new Map<string, Claims>();

async function whoIs(header: string): Promise<Claims> {
  const token = header.slice(7);
  const known = verified.get(token);
  if (known !== undefined && known.until > Date.now()) return known;
  const { payload } = await jwtVerify(token, secret, { algorithms: ['HS256'], issuer: 'register', audience: 'register', requiredClaims: ['exp', 'sub', 'sid'] });
  const claims = { user: String(payload.sub), session: String(payload['sid']), until: (payload.exp ?? 0) * 1000 };
  if (verified.size >= 10_000) verified.delete(verified.keys().next().value ?? '');
  verified.set(token, claims);
  return claims;
}

const SEES = [['child_offices', ['social_worker', 'supervisor']], ['family_offices', ['social_worker', 'supervisor']], ['money_offices', ['finance_officer', 'finance_approver', 'supervisor']]] as const;

function scopeOf(postings: readonly Posting[], today: CivilDate): Record<string, string> {
  const scope: Record<string, string> = { today };
  for (const [kind, roles] of SEES) scope[kind] = [...new Set(postings.filter(({ role }) => (roles as readonly string[]).includes(role)).flatMap(({ officeIds }) => officeIds))].join(',');
  scope['child_institutions'] = postings.flatMap(({ role, institutionId }) => (role === 'para_social_worker' && institutionId !== null ? [institutionId] : [])).join(',');
  scope['work_posts'] = [...new Set(postings.map(({ role, officeId }) => `${role}@${officeId ?? ''}`))].join(',');
  return scope;
}

interface Entered {
  readonly claims: Claims;
  readonly postings: readonly Posting[];
  readonly client: pg.PoolClient;
}

/** A connection, and who asks: read each time, so that a session that ended or a posting that changed counts at once. */
async function entered<T>(authorization: string, work: (at: Entered) => Promise<T>): Promise<T> {
  const claims = await whoIs(authorization);
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ postings: Posting[] | null }>({ name: 'actor', text: 'select staff.actor($1, $2, $3) as postings', values: [claims.user, claims.session, todayIn(new Date())] });
    const postings = rows[0]?.postings ?? undefined;
    if (postings?.some(({ role }) => role === 'social_worker' || role === 'supervisor') !== true) throw new Error('not allowed');
    return await work({ claims, postings, client });
  } finally {
    client.release();
  }
}

function enter({ claims, postings, client }: Entered, act: string, key: string | null, hash: Uint8Array | null): Promise<pg.QueryResult> {
  const scope = scopeOf(postings, todayIn(new Date()));
  return client.query({ name: 'enter', text: 'select * from platform.enter($1, $2, $3, $4, $5, $6)', values: [claims.user, act, Object.keys(scope), Object.values(scope), key, hash] });
}

/** Statements that leave in one write: the connection sends all before the first answer. */
function together<T extends readonly Promise<unknown>[]>(client: pg.PoolClient, send: () => readonly [...T]): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const { stream } = client.connection;
  stream.cork();
  try {
    return Promise.all(send());
  } finally {
    stream.uncork();
  }
}

/** One whole read in one round trip. */
async function read(at: Entered, name: string, text: string, values: unknown[]): Promise<pg.QueryResult> {
  const { client } = at;
  const [, , found, end] = await together(client, () => [client.query('begin isolation level repeatable read'), enter(at, 'read', null, null), client.query({ name, text, values }), client.query('commit')]);
  if (end.command !== 'COMMIT') throw new Error('rolled back');
  return found;
}

async function child(authorization: string, { id }: { id: string }): Promise<string> {
  const { rows } = plain
    ? await pool.query({ name: 'child-one', text: CHILD.one, values: [id] })
    : await entered(authorization, (at) => read(at, 'child', CHILD.audited, [id, at.claims.user, newId()]));
  const { birthPrecision, ...row } = rows[0];
  const on = row.diedOn ?? todayIn(new Date());
  const youngest = youngestAge({ date: row.birthDate, precision: birthPrecision }, on);
  const { id: own, number, nameKm, nameLatin, sex, birthDate, ...rest } = row;
  return JSON.stringify({ data: { child: { id: own, number, nameKm, nameLatin, sex, birthDate, birthPrecision, age: ageOn(birthDate, on), youngestAge: youngest, ageBand: ageBand(youngest), ...rest } } });
}

async function families(authorization: string, variables: { after?: string | null }): Promise<string> {
  const after = variables.after ? (decodeCursor(variables.after)?.[0] ?? null) : null;
  const today = todayIn(new Date());
  const { rows } = plain
    ? await pool.query({ name: 'families-one', text: FAMILIES.one, values: [after, today, new Date(), process.env['OFFICES']?.split(',')] })
    : await entered(authorization, (at) => read(at, 'families', FAMILIES.audited, [after, today, new Date(), at.claims.user, newId()]));
  const { nodes, more, last } = rows[0];
  return `{"data":{"families":{"nodes":${nodes},"pageInfo":${JSON.stringify({ hasNextPage: more, endCursor: last === null ? null : encodeCursor([last]) })}}}}`;
}

async function act(authorization: string, { input }: Asked['variables']): Promise<string> {
  const id = newId();
  const phone = normalisePhone(input.phone) ?? null;
  const source = input.byPhone ? 'phone' : 'walk_in';
  if (plain) {
    const { rows } = await pool.query({ name: 'act-one', text: ACT_WRITES.one, values: [id, source, input.nameKm, input.nameLatin, phone, input.areaCode, input.on, process.env['ACCOUNT']] });
    return JSON.stringify({ data: { recordEnquiry: { __typename: 'Enquiry', ...rows[0] } } });
  }
  return entered(authorization, async (at) => {
    const { requestKey, ...rest } = input;
    const hash = createHash('sha256').update(JSON.stringify(rest)).digest();
    const now = new Date();
    try {
      const [, earlier, facts] = await together(at.client, () => [
        at.client.query('begin isolation level read committed'),
        enter(at, 'enquiry.record', requestKey, hash),
        at.client.query({ name: 'act-reads', text: ACT_READS, values: [input.areaCode, input.on] }),
      ]);
      const { office, patience } = facts.rows[0] ?? {};
      if (earlier.rows.length > 0 || office === undefined) throw new Error('no such village, or the key was used');
      const due: CivilDate = addDays(input.on, Number(patience));
      const [made, , end] = await together(at.client, () => [
        at.client.query({ name: 'act-writes', text: ACT_WRITES.audited, values: [
          id, source, input.nameKm, input.nameLatin, phone, input.areaCode, input.on, at.claims.user, office, newId(), startOfDay(addDays(due, 1)), due,
          `recruitment.enquiry_waits:${id}`, now, newId(), at.postings[0]?.id, newId(), requestKey, hash,
        ] }),
        at.client.query({ name: 'act-keys', text: ACT_KEYS, values: [id, nameKeys(input.nameKm ?? null, input.nameLatin ?? null)] }),
        at.client.query('commit'),
      ]);
      if (end.command !== 'COMMIT') throw new Error('rolled back');
      return JSON.stringify({ data: { recordEnquiry: { __typename: 'Enquiry', ...made.rows[0] } } });
    } catch (error) {
      await at.client.query('rollback');
      throw error;
    }
  });
}

const ANSWERS: Readonly<Record<string, (authorization: string, variables: Asked['variables']) => Promise<string>>> = { ById: child, List: families, Act: act };

const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const asked = JSON.parse(Buffer.concat(parts).toString('utf8')) as Asked;
    const answer = ANSWERS[asked.operationName] ?? (() => Promise.reject(new Error('nothing of that name')));
    answer(request.headers.authorization ?? '', asked.variables).then(
      (body) => response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) }).end(body),
      (error: unknown) => {
        const body = String(error);
        response.writeHead(500, { 'content-length': Buffer.byteLength(body) }).end(body);
      },
    );
  });
});
server.listen(0, '127.0.0.1', () => process.send?.({ ready: true, port: (server.address() as AddressInfo).port }));
process.once('disconnect', () => process.exit(0));
