import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import sharp from 'sharp';
import { acts as visitActs } from '../../src/casework/casework.policy.js';
import { DocumentsJobs } from '../../src/documents/documents.jobs.js';
import { acts } from '../../src/documents/documents.policy.js';
import { newId } from '../../src/kernel/ids.js';
import { Tokens } from '../../src/platform/auth/tokens.js';
import { systemActor } from '../../src/platform/auth/roles.js';
import { CONFIG } from '../../src/platform/config/config.module.js';
import type { Config } from '../../src/platform/config/config.js';
import type { Op } from '../../src/platform/database/op.js';
import { plainRoutes } from '../../src/platform/plain-routes.js';
import { AgreementsService } from '../../src/placements/agreements.service.js';
import { acts as placementActs } from '../../src/placements/placements.policy.js';
import { acts as recruitmentActs } from '../../src/recruitment/recruitment.policy.js';
import { HIDDEN, bomb, fetched, growing, heic, insideOf, lockedPdf, movingPng, movingWebp, oddPdf, pdf, photo, picture, png, send, waiting, webp } from '../support/documents.js';
import { sharedWith } from '../support/given-children.js';
import { activePlacement } from '../support/given-placements.js';
import { knownFamily } from '../support/given.js';
import { Harness, newKey } from '../support/harness.js';
import type { Client, Outcome } from '../support/harness.js';
import { arrangeOffices, deniedRoles, expectDenied, oneOfEachRole, signedIn } from '../support/people.js';
import type { Offices, Person } from '../support/people.js';
import { asWorker } from '../support/worker.js';
import type { WorkerDatabase } from '../support/worker.js';

let harness: Harness;
let offices: Offices;
let worker: Person;
let queue: WorkerDatabase;

beforeAll(async () => {
  harness = await Harness.start();
  offices = await arrangeOffices(harness);
  queue = await asWorker(harness);
});
afterAll(async () => {
  await queue.close();
  await harness.stop();
});
// Somebody else for every test, so that nobody is hasty.
beforeEach(async () => {
  harness.clock.set('2026-06-15T03:00:00Z');
  worker = await colleague();
});

const OPEN = 'query ($id: Id!) { openDocument(id: $id) { path until mediaType } }';
const linkTo = async (who: Client, id: string): Promise<string> => (await who.send(OPEN, { id })).data?.openDocument?.path ?? '';
const codeOf = (answer: { errors?: readonly { extensions: { code: string } }[] }): string | undefined => answer.errors?.[0]?.extensions.code;
const asQueue = <T>(work: (op: Op) => Promise<T>, job = 'placements.pages'): Promise<T> => queue.uow.system(systemActor(job), 'test', work);
const colleague = (): Promise<Person> => signedIn(harness, { role: 'social_worker', office: offices.battambangTown });

describe('a document comes in', () => {
  it.each([
    ['a photo', photo, 'image/jpeg', 'document.jpg'],
    ['a PNG', png, 'image/png', 'document.png'],
    ['a WebP', webp, 'image/webp', 'document.webp'],
  ] as const)('as %s, and what was hidden in it is kept nowhere', async (_name, make, mediaType, fileName) => {
    const bytes = await make();
    expect(bytes.includes(HIDDEN)).toBe(true);
    const sent = await send(harness, worker.token, bytes, { type: 'text/html' });
    expect([sent.status, sent.body]).toEqual([201, { document: { id: expect.any(String), mediaType, bytes: expect.any(Number), uploadedAt: '2026-06-15T03:00:00.000Z' } }]);
    const { id } = sent.body.document;
    const got = await fetched(harness, worker.token, await linkTo(worker, id));
    expect([got.status, got.headers['content-type'], got.headers['content-disposition']]).toEqual([200, mediaType, `attachment; filename="${fileName}"`]);
    expect(got.bytes.length).toBe(sent.body.document.bytes);
    expect(got.bytes.includes(HIDDEN)).toBe(false);
    const { exif, xmp, iptc, icc, comments, width, height } = await sharp(got.bytes).metadata();
    // The camera was held upright: the picture is, without the word for it.
    expect({ exif, xmp, iptc, icc, comments, size: [width, height] }).toEqual({ size: [200, 300] });
    const [row] = await harness.sql<{ sealed: Buffer }>('select sealed from documents.documents where id = $1', [id]);
    for (const trace of [HIDDEN, 'JFIF', 'IHDR', 'WEBP', 'Exif']) expect(row?.sealed.includes(trace)).toBe(false);
    expect(row?.sealed.includes(got.bytes.subarray(100, 132))).toBe(false);
  });

  it('as a PDF, of which remains what its pages show', async () => {
    const bytes = await pdf();
    expect(await insideOf(bytes)).toContain(HIDDEN);
    const sent = await send(harness, worker.token, bytes);
    expect([sent.status, sent.body.document.mediaType]).toEqual([201, 'application/pdf']);
    const got = await fetched(harness, worker.token, await linkTo(worker, sent.body.document.id));
    const inside = await insideOf(got.bytes);
    for (const gone of [HIDDEN, 'Exif', 'adobe', '/JS', '/JavaScript', '/Launch', '/URI', '/EmbeddedFile', '/Metadata', '/AcroForm', '/Annots', '/PieceInfo', '/Author']) expect([gone, inside.includes(gone)]).toEqual([gone, false]);
    const shown = [...inside.matchAll(/<([0-9A-F]{4,})> Tj/g)].map(([, hex]) => Buffer.from(hex ?? '', 'hex').toString());
    expect(shown).toEqual(expect.arrayContaining(['Seen by everybody', 'Filled by hand']));
    expect(inside).toContain('/DCTDecode');
  });

  const files: readonly (readonly [string, string, () => Buffer | Promise<Buffer>])[] = [
    ['a drawing by instructions', 'NOT_TAKEN', () => Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['a page of the web', 'NOT_TAKEN', () => Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['nothing', 'NOT_TAKEN', () => Buffer.alloc(0)],
    ['a page that begins like a picture', 'DAMAGED', () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from('<html>')])],
    ['a HEIC picture', 'HEIC_NOT_TAKEN', () => heic],
    ['a moving WebP', 'ANIMATED', movingWebp],
    ['a moving PNG', 'ANIMATED', movingPng],
    ['half a photo', 'DAMAGED', async () => (await photo()).subarray(0, 1_200)],
    ['a hundred million points', 'TOO_MANY_PIXELS', bomb],
    ['half a PDF', 'DAMAGED', async () => (await pdf()).subarray(0, 2_000)],
    ['a locked PDF', 'PDF_LOCKED', lockedPdf],
    ['a PDF with a picture of another kind', 'PDF_NOT_CLEAN', () => oddPdf('jpx')],
    ['a PDF with a photo among its words', 'PDF_NOT_CLEAN', () => oddPdf('inline')],
    ['a PDF with a stamp that the reader draws', 'PDF_NOT_CLEAN', () => oddPdf('stamp')],
    ['a PDF with something switched off', 'PDF_NOT_CLEAN', () => oddPdf('layers')],
  ];

  it('or is refused with what to do, in English and Khmer', async () => {
    const person = await colleague();
    for (const [name, code, make] of files) {
      const sent = await send(harness, person.token, await make());
      expect([name, sent.status, sent.body]).toEqual([name, 422, { refused: { code, message: expect.any(String), details: expect.any(Array) } }]);
      expect(sent.text).not.toContain(HIDDEN);
    }
    const khmer = await send(harness, person.token, heic, { language: 'km' });
    expect(khmer.body.refused.message).toMatch(/^នេះជារូបភាព HEIC/);
    expect(await harness.sql('select id from documents.documents where uploaded_by = $1', [person.accountId])).toEqual([]);
  });

  it('never above 10 MB, whether it says so, does not, or grows when it is made anew', async () => {
    const tooLarge = { errors: [{ message: expect.stringMatching(/^A document has at most 10 MB/), extensions: { code: 'TOO_EXPENSIVE' } }] };
    const much = Buffer.alloc(10_000_001, 1);
    const said = await send(harness, worker.token, much);
    expect([said.status, said.body]).toEqual([413, tooLarge]);
    expect(await chunked(much)).toMatch(/^HTTP\/1.1 413 .*A document has at most 10 MB/s);
    const noise = growing();
    expect(noise.length).toBeLessThan(10_000_000);
    const grown = await send(harness, worker.token, noise);
    expect([grown.status, grown.body]).toEqual([413, tooLarge]);
    // GraphQL's own limit is what it was.
    const query = await harness.client(worker.token).send(`{ me { id } } # ${'x'.repeat(100_000)}`);
    expect([query.status, codeOf(query)]).toEqual([413, 'TOO_EXPENSIVE']);
  });

  /** Sends without saying how much, and stops when an answer comes. */
  function chunked(bytes: Buffer): Promise<string> {
    const { port } = harness.app.getHttpServer().address() as AddressInfo;
    return new Promise((give, fail) => {
      let answer = '';
      const socket = connect(port, '127.0.0.1');
      socket.on('data', (part) => {
        answer += part.toString();
        if (answer.includes('\r\n\r\n{')) socket.destroy();
      });
      socket.on('close', () => give(answer)).on('error', (error) => (answer === '' ? fail(error) : give(answer)));
      socket.write(`POST /documents HTTP/1.1\r\nhost: door\r\nauthorization: Bearer ${worker.token}\r\nrequest-key: ${newKey()}\r\ntransfer-encoding: chunked\r\n\r\n${bytes.length.toString(16)}\r\n`);
      socket.write(bytes);
    });
  }
});

describe('the door of documents', () => {
  it('is shut to strangers and to every role that attaches none, and writes it down', async () => {
    expect(acts['document.upload']).toBe('document.upload');
    const people = await oneOfEachRole(harness);
    const stranger = await send(harness, undefined, await picture());
    expect([stranger.status, stranger.body.errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    expect((await fetched(harness, undefined, '/documents/x')).status).toBe(401);
    for (const [act, ask] of [
      [acts['document.upload'], async (who: Person) => (await send(harness, who.token, await picture())).status],
      [acts['document.open'], async (who: Person) => (await fetched(harness, who.token, '/documents/x')).status],
    ] as const) {
      for (const role of deniedRoles(act)) {
        expect([role, await ask(people[role])]).toEqual([role, 403]);
        expect(await harness.sql('select code from platform.denials where actor_id = $1 and act = $2', [people[role].accountId, act])).toEqual([{ code: 'FORBIDDEN' }]);
      }
    }
    expect(await harness.sql('select id from documents.documents where uploaded_by = any ($1)', [deniedRoles(acts['document.upload']).map((role) => people[role].accountId)])).toEqual([]);
  });

  it('is the only way: no route answers that does not say who may', async () => {
    const instance: FastifyInstance = harness.app.getHttpAdapter().getInstance();
    // A line a route: an address below another one is told with its end alone.
    const found = instance.printRoutes({ commonPrefix: false }).split('\n').flatMap((line) => /─ (\S+) \([A-Z, ]+\)$/.exec(line)?.[1] ?? []);
    expect([...plainRoutes().values()].map(({ method, url, act }) => [method, url, act])).toEqual([['POST', '/documents', 'document.upload'], ['GET', '/documents/:link', 'document.open']]);
    expect(found).toEqual(['/', 'graphql', '/assets/:version/:name', 'health/live', 'health/ready', 'documents', '/:link']);
  });

  it('takes a key of 8 to 100 signs', async () => {
    const sent = await send(harness, worker.token, await picture(), { key: 'short' });
    expect([sent.status, sent.body.errors[0].extensions]).toEqual([400, { code: 'BAD_USER_INPUT', fields: [{ path: 'request-key', rule: 'validation.requestKey', message: expect.any(String) }] }]);
  });

  it('knows a document again that is sent twice, also at once, and no other under its key', async () => {
    const person = await colleague();
    const [key, bytes] = [newKey(), await photo()];
    const both = await Promise.all([send(harness, person.token, bytes, { key }), send(harness, person.token, bytes, { key })]);
    const again = await send(harness, person.token, bytes, { key });
    expect(both.map(({ status, body }) => [status, body])).toEqual([[201, again.body], [201, again.body]]);
    expect(await harness.sql('select subject_id from platform.acts where actor_id = $1', [person.accountId])).toEqual([{ subject_id: again.body.document.id }]);
    const other = await send(harness, person.token, await picture(), { key });
    expect([other.status, other.body.errors[0].extensions.code]).toEqual([409, 'CONFLICT']);
    expect(await harness.sql('select id from documents.documents where uploaded_by = $1', [person.accountId])).toHaveLength(1);
  });

  it('lets twenty wait and no more, and thirty be tried in a minute', async () => {
    const person = await colleague();
    await harness.sql(
      `insert into documents.documents (id, uploaded_by, uploaded_at, media_type, bytes, sealed) select gen_random_uuid(), $1, '2026-06-15T02:00:00Z', 'image/png', 1, decode(repeat('00', 31), 'hex') from generate_series(1, 20)`,
      [person.accountId],
    );
    const full = await send(harness, person.token, await picture());
    expect([full.status, full.body.refused.code, full.body.refused.details]).toEqual([422, 'TOO_MANY_WAITING', [{ name: 'most', values: ['20'] }, { name: 'hours', values: ['24'] }]]);
    expect((await person.send('{ waitingDocuments { id kind mediaType } }')).data.waitingDocuments).toHaveLength(20);
    const tries = await Promise.all(Array.from({ length: 30 }, () => send(harness, person.token, Buffer.from('x'))));
    expect(tries.filter(({ status }) => status === 422)).toHaveLength(29 - tries.filter(({ status, headers }) => status === 429 && headers['retry-after'] === '10').length);
    const late = tries.find(({ headers }) => headers['retry-after'] === '60');
    expect([late?.status, late?.body.errors]).toEqual([429, [{ message: 'Too many documents arrive at once. Send it again in 60 seconds.', extensions: { code: 'TOO_EXPENSIVE' } }]]);
  });
});

describe('a link to a document', () => {
  it('opens it for a minute, for its session, with headers that let a browser do nothing with it', async () => {
    const id = await waiting(harness, worker);
    const opened = await worker.send(OPEN, { id });
    expect(opened.data.openDocument).toEqual({ path: expect.stringMatching(/^\/documents\/[\w-]{72}$/), until: '2026-06-15T03:01:00.000Z', mediaType: 'image/jpeg' });
    expect(await harness.sql('select subject_kind, subject_id, operation from platform.reads where actor_id = $1 and subject_id = $2', [worker.accountId, id])).toEqual([
      { subject_kind: 'document', subject_id: id, operation: 'openDocument' },
    ]);
    const { path } = opened.data.openDocument;
    const got = await fetched(harness, worker.token, path);
    expect(got.headers).toMatchObject({
      'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'content-security-policy': `sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'cross-origin-resource-policy': 'same-origin', 'referrer-policy': 'no-referrer',
    });
    // Herself in another session, somebody else, nobody, and another letter.
    const session = newId();
    await harness.sql('insert into staff.sessions (id, account_id) values ($1, $2)', [session, worker.accountId]);
    const elsewhere = await harness.app.get(Tokens, { strict: false }).issue({ userId: worker.accountId, sessionId: session });
    expect((await fetched(harness, elsewhere, path)).status).toBe(404);
    expect((await fetched(harness, (await colleague()).token, path)).status).toBe(404);
    expect((await fetched(harness, undefined, path)).status).toBe(401);
    const changed = (at: number): string => `${path.slice(0, at)}${path[at] === 'A' ? 'B' : 'A'}${path.slice(at + 1)}`;
    for (const other of [changed(path.length - 1), changed(20), `${path}A`, '/documents/A']) expect((await fetched(harness, worker.token, other)).status).toBe(404);
    expect((await fetched(harness, worker.token, path)).bytes.equals(got.bytes)).toBe(true);

    harness.clock.set('2026-06-15T03:00:59.999Z');
    expect((await fetched(harness, worker.token, path)).status).toBe(200);
    harness.clock.set('2026-06-15T03:01:00Z');
    const over = await fetched(harness, worker.token, path);
    expect([over.status, JSON.parse(over.bytes.toString())]).toEqual([404, { errors: [{ message: 'This link is over. Open the document again.', extensions: { code: 'NOT_FOUND' } }] }]);
  });

  it('dies with its session, and with the right to read', async () => {
    const person = await colleague();
    const path = await linkTo(person, await waiting(harness, person));
    expect((await fetched(harness, person.token, path)).status).toBe(200);
    await harness.sql(`update staff.postings set withdrawn_at = now() where id = $1`, [person.postingId]);
    expect((await fetched(harness, person.token, path)).status).toBe(403);
    await harness.sql(`update staff.postings set withdrawn_at = null where id = $1`, [person.postingId]);
    await harness.sql(`update staff.sessions set ended_at = now(), ended_why = 'revoked' where id = $1`, [person.sessionId]);
    expect((await fetched(harness, person.token, path)).status).toBe(401);
  });

  it('is given to nobody else while the document waits', async () => {
    const id = await waiting(harness, worker);
    const supervisor = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
    for (const who of [await colleague(), supervisor]) expect(codeOf(await who.send(OPEN, { id }))).toBe('NOT_FOUND');
    expect(codeOf(await worker.send(OPEN, { id: newId() }))).toBe('NOT_FOUND');
  });

  it('opens what an older key has sealed', async () => {
    const keys = harness.app.get<Config>(CONFIG, { strict: false }).fieldKeys as Map<number, Uint8Array>;
    const old = await waiting(harness, worker);
    keys.set(2, randomBytes(32));
    const young = await waiting(harness, worker);
    const versions = await harness.sql<{ version: string }>(`select encode(substring(sealed for 2), 'hex') as version from documents.documents where id = any ($1) order by id`, [[old, young]]);
    expect(versions.map(({ version }) => version)).toEqual(['0001', '0002']);
    for (const id of [old, young]) expect((await fetched(harness, worker.token, await linkTo(worker, id))).status).toBe(200);
  });
});

describe('a document that nobody attaches', () => {
  it('is removed after a day, with a word in the audit, and the attached ones stay', async () => {
    const [young, old, kept] = [newId(), newId(), newId()];
    for (const [id, at] of [[young, '2026-06-14T03:05:00Z'], [old, '2026-06-14T02:55:00Z'], [kept, '2026-06-10T02:55:00Z']]) {
      await harness.sql(`insert into documents.documents (id, uploaded_by, uploaded_at, media_type, bytes, sealed) values ($1, $2, $3, 'image/png', 1, decode(repeat('00', 31), 'hex'))`, [id, worker.accountId, at]);
    }
    await harness.sql(
      `insert into documents.attachments (document_id, subject_kind, subject_id, child_id, office_id, attached_by, attached_at) values ($1, 'visit', $2, $2, $3, $4, '2026-06-10T03:00:00Z')`,
      [kept, newId(), offices.battambangTown, worker.accountId],
    );
    harness.clock.set('2026-06-15T03:01:00Z');
    await harness.app.get(DocumentsJobs, { strict: false }).remove((work) => asQueue(work, 'documents.waiting'));
    expect((await harness.sql<{ id: string }>('select id from documents.documents where id = any ($1)', [[young, old, kept]])).map(({ id }) => id).sort()).toEqual([young, kept].sort());
    expect(await harness.sql('select system, reason from platform.acts where subject_id = $1', [old])).toEqual([{ system: 'documents.waiting', reason: 'never_attached' }]);
    // The worker has no use for what is in a document.
    await expect(asQueue((op) => op.tx.rows('select sealed from documents.documents'))).rejects.toThrow('permission denied');
  });
});

describe('a signed page', () => {
  const PLACEMENT = 'Placement { id agreements { party document { id kind mediaType bytes withdrawnOn withdrawnWhy can { act allowed code } } } }';
  const sign = (who: Client, placementId: string, input: object): Promise<Outcome> =>
    who.act('signAgreement', { placementId, on: '2026-06-12', signer: 'Sok Dara', how: 'thumbprint', ...input }, PLACEMENT, 'PlacementsRefused');
  const attachPage = (who: Client, placementId: string, documentId: string, key = newKey()): Promise<Outcome> =>
    who.act('attachAgreementPage', { placementId, documentId, requestKey: key }, PLACEMENT, 'PlacementsRefused');
  const withdraw = (who: Client, documentId: string, key = newKey()): Promise<Outcome> =>
    who.act('withdrawDocument', { documentId, reason: 'unreadable', requestKey: key }, 'Document { id withdrawnOn withdrawnWhy }', 'DocumentsRefused');
  const tasks = (placement: string) => harness.sql(`select state, due_on::text from worklist.tasks where kind = 'placements.agreement_page' and subject_id = $1 order by opened_at`, [placement]);

  it('shows several signatures; while one is on no page a task waits, 14 days from the day it was given', async () => {
    const { id: placement, child } = await activePlacement(harness);
    const page = await waiting(harness, worker);
    expect((await attachPage(worker, placement, page)).result.code).toBe('NOT_SIGNED');
    const first = await sign(worker, placement, { party: 'carer', documentId: page });
    expect(first.result.agreements).toEqual([{ party: 'carer', document: {
      id: page, kind: 'agreement', mediaType: 'image/jpeg', bytes: expect.any(Number), withdrawnOn: null, withdrawnWhy: null,
      can: [{ act: 'document.open', allowed: true, code: null }, { act: 'document.withdraw', allowed: false, code: 'FORBIDDEN' }],
    } }]);
    expect((await sign(worker, placement, { party: 'commune', documentId: page })).result.agreements).toHaveLength(2);
    expect(await tasks(placement)).toEqual([]);
    await sign(worker, placement, { party: 'office' });
    await sign(worker, placement, { party: 'parent', on: '2026-06-14' });
    expect(await tasks(placement)).toEqual([{ state: 'open', due_on: '2026-06-26' }]);
    const [second, key] = [await waiting(harness, worker), newKey()];
    for (let time = 0; time < 2; time += 1) {
      const attached = await attachPage(worker, placement, second, key);
      expect(attached.result.agreements.map((one: { party: string; document: { id: string } }) => [one.party, one.document.id])).toEqual([['carer', page], ['commune', page], ['office', second], ['parent', second]]);
    }
    expect(await tasks(placement)).toEqual([{ state: 'done', due_on: '2026-06-26' }]);
    expect(await harness.sql(`select act, reason from platform.acts where subject_id = $1 and about_id = $2`, [second, child.id])).toEqual([{ act: 'placement.attachPage', reason: 'agreement' }]);
  });

  it('is one of the signer\'s own that waits: anything else is refused alike, and nothing is signed', async () => {
    const { id: placement } = await activePlacement(harness);
    const other = await activePlacement(harness);
    const attached = await waiting(harness, worker);
    await sign(worker, other.id, { party: 'carer', documentId: attached });
    for (const documentId of [attached, await waiting(harness, await colleague()), newId()]) {
      const refused = await sign(worker, placement, { party: 'carer', documentId });
      expect(refused.result).toEqual({ __typename: 'PlacementsRefused', code: 'DOCUMENT_NOT_WAITING', message: expect.stringContaining('Send it in again'), details: [] });
    }
    await sign(worker, placement, { party: 'carer' });
    expect((await attachPage(worker, placement, attached)).result.code).toBe('DOCUMENT_NOT_WAITING');
    expect((await harness.sql('select document_id from placements.agreements where placement_id = $1', [placement]))).toEqual([{ document_id: null }]);
    await expectDenied(harness, placementActs['placement.attachPage'], (who) => attachPage(who, placement, attached));
    const there = await signedIn(harness, { role: 'social_worker', office: offices.siemReapTown });
    expect(codeOf(await attachPage(there, placement, await waiting(harness, there)))).toBe('NOT_FOUND');
  });

  it('is opened by who may read the child\'s file, with a word in the audit, and by nobody when that ends', async () => {
    const { id: placement, child } = await activePlacement(harness);
    const page = await waiting(harness, worker);
    await sign(worker, placement, { party: 'carer', documentId: page });
    const there = await signedIn(harness, { role: 'social_worker', office: offices.siemReapTown });
    const inside = await signedIn(harness, { role: 'para_social_worker', institution: child.institutionId ?? '' });
    expect(codeOf(await there.send(OPEN, { id: page }))).toBe('NOT_FOUND');
    expect(codeOf(await inside.send(OPEN, { id: page }))).toBe('FORBIDDEN');
    await sharedWith(harness, child.id, offices.siemReapTown);
    const path = await linkTo(there, page);
    expect((await fetched(harness, there.token, path)).status).toBe(200);
    expect(await harness.sql('select subject_kind, subject_id from platform.reads where actor_id = $1 order by subject_kind', [there.accountId])).toEqual([{ subject_kind: 'child', subject_id: child.id }, { subject_kind: 'document', subject_id: page }]);
    await harness.sql(`update children.shares set during = daterange(lower(during), '2026-06-15') where child_id = $1`, [child.id]);
    expect((await fetched(harness, there.token, path)).status).toBe(404);
    // Who sent it in and may no longer read the file has no document that waits either.
    await harness.sql('update children.children set office_id = $2, origin_office_id = $2 where id = $1', [child.id, offices.siemReapTown]);
    expect(codeOf(await worker.send(OPEN, { id: page }))).toBe('NOT_FOUND');
    expect((await worker.send('{ waitingDocuments { id } }')).text).not.toContain(page);
  });

  it('that is wrong is marked by a supervisor and stays; another one is asked for', async () => {
    const { id: placement } = await activePlacement(harness);
    const [page, supervisor] = [await waiting(harness, worker), await signedIn(harness, { role: 'supervisor', office: offices.battambang })];
    await sign(worker, placement, { party: 'carer', documentId: page });
    await expectDenied(harness, acts['document.withdraw'], (who) => withdraw(who, page));
    const key = newKey();
    for (let time = 0; time < 2; time += 1) expect((await withdraw(supervisor, page, key)).result).toEqual({ __typename: 'Document', id: page, withdrawnOn: '2026-06-15', withdrawnWhy: 'unreadable' });
    expect((await withdraw(supervisor, page)).result.code).toBe('WITHDRAWN_ALREADY');
    for (const id of [await waiting(harness, supervisor), newId()]) expect(codeOf(await withdraw(supervisor, id))).toBe('NOT_FOUND');
    expect(codeOf(await withdraw(await signedIn(harness, { role: 'supervisor', office: offices.siemReap }), page))).toBe('NOT_FOUND');
    const [event] = await harness.sql<{ event: string }>('select event from platform.outbox where subject_id = $1', [page]);
    expect(event).toEqual({ event: 'document.withdrawn' });
    await asQueue((op) => harness.app.get(AgreementsService, { strict: false }).follow(op, page));
    expect(await tasks(placement)).toEqual([{ state: 'open', due_on: '2026-06-26' }]);
    expect(codeOf(await worker.send(OPEN, { id: page }))).toBe('NOT_FOUND');
    expect((await fetched(harness, supervisor.token, await linkTo(supervisor, page))).status).toBe(200);
    const again = await attachPage(worker, placement, await waiting(harness, worker));
    expect(again.result.agreements[0].document.withdrawnOn).toBeNull();
    expect(await tasks(placement)).toEqual([{ state: 'done', due_on: '2026-06-26' }]);
  });
});

describe('a visit\'s photo', () => {
  const VISIT = 'Visit { id documents { id kind } }';
  const attach = (who: Client, visitId: string, documentId: string, key = newKey()): Promise<Outcome> => who.act('attachVisitDocument', { visitId, documentId, requestKey: key }, VISIT, 'CaseworkRefused');
  async function visit(state: 'due' | 'seen' = 'seen'): Promise<string> {
    const { id: placement, child } = await activePlacement(harness);
    const id = newId();
    await harness.sql(
      `insert into casework.visits (id, child_id, placement_id, office_id, ordinal, due_on, state, happened_on, tapped_by, tapped_at) values ($1, $2, $3, $4, 1, '2026-06-15', $5, $6, $7, $8)`,
      [id, child.id, placement, offices.battambangTown, state, ...(state === 'seen' ? ['2026-06-15', worker.accountId, '2026-06-15T02:00:00Z'] : [null, null, null])],
    );
    return id;
  }

  it('comes with its record, or after it', async () => {
    const [one, two, late] = [await waiting(harness, worker), await waiting(harness, worker), newKey()];
    const visitId = await visit();
    const record = { visitId, on: '2026-06-15', seenAlone: true, worry: false, wellbeing: 'Well.', childSaid: 'I sleep here.', carerSaid: 'She laughs.' };
    expect((await worker.act('recordVisit', { ...record, documentId: newId() }, VISIT, 'CaseworkRefused')).result.code).toBe('DOCUMENT_NOT_WAITING');
    expect(await harness.sql('select state from casework.visits where id = $1', [visitId])).toEqual([{ state: 'seen' }]);
    expect((await worker.act('recordVisit', { ...record, documentId: one }, VISIT, 'CaseworkRefused')).result.documents).toEqual([{ id: one, kind: 'visit' }]);
    for (let time = 0; time < 2; time += 1) expect((await attach(worker, visitId, two, late)).result.documents).toEqual([{ id: one, kind: 'visit' }, { id: two, kind: 'visit' }]);
    expect((await harness.sql<{ record: object }>('select record from casework.visits where id = $1', [visitId]))[0]?.record).not.toHaveProperty('documentId');
    expect((await attach(worker, visitId, two)).result.code).toBe('DOCUMENT_NOT_WAITING');
    expect((await attach(worker, await visit('due'), await waiting(harness, worker))).result).toMatchObject({ code: 'VISIT_STATE', details: [{ values: ['due'] }] });
    await expectDenied(harness, visitActs['visit.attachDocument'], (who) => attach(who, visitId, one));
    const there = await signedIn(harness, { role: 'social_worker', office: offices.siemReapTown });
    expect(codeOf(await attach(there, visitId, await waiting(harness, there)))).toBe('NOT_FOUND');
  });

  /** The same document into two visits at once, each held back until both have seen it wait. */
  async function race(): Promise<{ codes: (string | undefined)[]; rows: number }> {
    const [document, visits] = [await waiting(harness, worker), [await visit(), await visit()]];
    const holder = await harness.owner.connect();
    await holder.query('begin');
    await holder.query('lock table documents.attachments in share row exclusive mode');
    const racing = visits.map((id) => attach(worker, id, document));
    for (let waits = 0; waits < 2; ) waits = (await harness.sql(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).length;
    await holder.query('commit');
    holder.release();
    const answers = await Promise.all(racing);
    return { codes: answers.map(({ result }) => result.code ?? result.__typename).sort(), rows: (await harness.sql('select 1 from documents.attachments where document_id = $1', [document])).length };
  }

  it('goes into one visit when two take it at once', async () => {
    expect(await race()).toEqual({ codes: ['DOCUMENT_NOT_WAITING', 'Visit'], rows: 1 });
  });

  it('SABOTAGED: without the key it goes into both', async () => {
    await harness.sql('alter table documents.withdrawals drop constraint withdrawals_document_id_fkey');
    await harness.sql('alter table documents.attachments drop constraint attachments_pkey');
    try {
      expect(await race()).toEqual({ codes: ['Visit', 'Visit'], rows: 2 });
    } finally {
      await harness.sql('delete from documents.attachments a using documents.attachments b where a.document_id = b.document_id and a.ctid > b.ctid');
      await harness.sql('alter table documents.attachments add constraint attachments_pkey primary key (document_id)');
    }
  });
});

describe('a paper of a household', () => {
  it('comes with a check or a signature; of health, or of concern, it is the supervisors\' to open', async () => {
    const supervisor = await signedIn(harness, { role: 'supervisor', office: offices.battambang });
    const family = await knownFamily(harness);
    const [applicationId, adultId] = [newId(), family.carers[0] ?? ''];
    await harness.sql(`insert into recruitment.applications (id, family_id, office_id, received_on, state) values ($1, $2, $3, '2026-06-01', 'checking')`, [applicationId, family.id, family.officeId]);
    const DOSSIER = 'Application { checks { id kind outcome documents { id kind can { act allowed code } } } signatures { party documents { id kind } } }';
    const check = (input: object): Promise<Outcome> => worker.act('recordCheck', { applicationId, adultId, outcome: 'clear', on: '2026-06-12', validUntil: '2028-06-12', ...input }, DOSSIER, 'RecruitmentRefused');
    const [identity, health, police, page] = [await waiting(harness, worker), await waiting(harness, worker), await waiting(harness, worker), await waiting(harness, worker)];
    await check({ kind: 'identity', documentId: identity });
    await check({ kind: 'health', documentId: health });
    expect((await check({ kind: 'identity', documentId: identity })).result.code).toBe('DOCUMENT_NOT_WAITING');
    const concern = (await check({ kind: 'criminal_record', outcome: 'concern' })).result.checks.find(({ kind }: { kind: string }) => kind === 'criminal_record');
    expect(concern).toMatchObject({ outcome: null, documents: [] });
    const attach = (who: Client, documentId: string, key = newKey()): Promise<Outcome> =>
      who.act('attachCheckDocument', { checkId: concern.id, documentId, requestKey: key }, 'HouseholdCheck { documents { id } }', 'RecruitmentRefused');
    const key = newKey();
    for (let time = 0; time < 2; time += 1) expect((await attach(worker, police, key)).result.documents).toEqual([{ id: police }]);
    expect((await attach(worker, police)).result.code).toBe('DOCUMENT_NOT_WAITING');
    await expectDenied(harness, recruitmentActs['check.attachDocument'], (who) => attach(who, police));
    const there = await signedIn(harness, { role: 'supervisor', office: offices.siemReap });
    expect(codeOf(await attach(there, await waiting(harness, there)))).toBe('NOT_FOUND');
    expect((await worker.act('recordSignature', { applicationId, party: 'police', how: 'signed', on: '2026-06-12', documentId: police }, DOSSIER, 'RecruitmentRefused')).result.code).toBe('DOCUMENT_NOT_WAITING');
    const signed = await worker.act('recordSignature', { applicationId, party: 'police', how: 'signed', on: '2026-06-12', documentId: page }, DOSSIER, 'RecruitmentRefused');
    expect(signed.result.signatures).toEqual([{ party: 'police', documents: [{ id: page, kind: 'signature' }] }]);

    const may = Object.fromEntries(signed.result.checks.map(({ kind, documents }: { kind: string; documents: { can: object[] }[] }) => [kind, documents[0]?.can[0]]));
    const shut = { act: 'document.open', allowed: false, code: 'CONFIDENTIAL' };
    expect(may).toEqual({ identity: { act: 'document.open', allowed: true, code: null }, health: shut, criminal_record: shut });
    for (const [id, codes] of [[identity, [undefined, undefined]], [page, [undefined, undefined]], [health, ['NOT_FOUND', undefined]], [police, ['NOT_FOUND', undefined]]] as const) {
      expect([codeOf(await worker.send(OPEN, { id })), codeOf(await supervisor.send(OPEN, { id }))]).toEqual(codes);
      expect(codeOf(await there.send(OPEN, { id }))).toBe('NOT_FOUND');
    }
    expect(await harness.sql(`select 1 from platform.reads where actor_id = $1 and subject_kind = 'family' and subject_id = $2 and operation = 'openDocument'`, [supervisor.accountId, family.id])).toHaveLength(4);
    const dossier = `query ($id: Id!) { application(id: $id) { checks { kind outcome } } }`;
    expect((await supervisor.send(dossier, { id: applicationId })).data.application.checks).toContainEqual({ kind: 'criminal_record', outcome: 'concern' });
  });
});

describe('what was in a document', () => {
  it('is in no log, audit, outbox or key', async () => {
    const kept = await harness.sql<{ text: string }>(['platform.acts', 'platform.reads', 'platform.outbox', 'platform.request_keys', 'platform.denials'].map((table) => `select t::text as text from ${table} t`).join(' union all '));
    expect([...kept.map(({ text }) => text), ...harness.logLines].filter((text) => text.includes(HIDDEN))).toEqual([]);
    expect(harness.logLines.some((line) => line.includes('"route":"/documents"') && line.includes('"field":"uploadDocument"') && line.includes('"outcome":"refused:HEIC_NOT_TAKEN"'))).toBe(true);
    expect(harness.logLines.filter((line) => line.includes('internal error'))).toEqual([]);
  });
});
