import { createRequire } from 'node:module';
import { randomBytes } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import type { PDFDocument } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import type { SharpInput } from 'sharp';
import supertest from 'supertest';
import type { Harness } from './harness.js';
import { newKey } from './harness.js';

// As the program loads it: a third of the time.
export const pdfLib = createRequire(import.meta.url)('@cantoo/pdf-lib') as typeof import('@cantoo/pdf-lib');

/** Stands in everything of a document that is not to be seen. */
export const HIDDEN = 'ZqHIDDENzQ';

const plain = (width = 300, height = 200) => sharp({ create: { width, height, channels: 3, background: '#a33' } });
const EXIF = { IFD0: { Copyright: HIDDEN, Orientation: '6' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '13/1 5/1 41/1', GPSLongitudeRef: 'E', GPSLongitude: '103/1 11/1 12/1', GPSAreaInformation: HIDDEN } };
const XMP = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="${HIDDEN}"/></rdf:RDF></x:xmpmeta>`;

/** A photo as a telephone takes it: held upright, with place and owner, a comment, IPTC, and something after its end. */
export async function photo(): Promise<Buffer> {
  const made = await plain().withMetadata({ orientation: 6 }).withExif(EXIF).withXmp(XMP).jpeg().toBuffer();
  const segment = (marker: number, text: string): Buffer => {
    const body = Buffer.from(text, 'latin1');
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(body.length + 2, 2);
    return Buffer.concat([head, body]);
  };
  return Buffer.concat([made.subarray(0, 2), segment(0xfe, HIDDEN), segment(0xed, `Photoshop 3.0\0${HIDDEN}`), made.subarray(2), Buffer.from(`PK\x03\x04<html><script>${HIDDEN}</script>`)]);
}

/** A small picture that differs from the others. */
export async function picture(shade = 40): Promise<Buffer> {
  return sharp({ create: { width: 40, height: 30, channels: 3, background: { r: shade, g: 90, b: 120 } } }).jpeg().toBuffer();
}

function chunk(name: string, body: Buffer): Buffer {
  const whole = Buffer.alloc(body.length + 12);
  whole.writeUInt32BE(body.length, 0);
  whole.write(name, 4, 'latin1');
  body.copy(whole, 8);
  whole.writeUInt32BE(crc32(whole.subarray(4, -4)), whole.length - 4);
  return whole;
}

/** A PNG with one more chunk after its head. */
async function pngWith(name: string, body: Buffer): Promise<Buffer> {
  const made = await plain().withMetadata({ orientation: 6 }).withExif(EXIF).png().toBuffer();
  return Buffer.concat([made.subarray(0, 33), chunk(name, body), made.subarray(33)]);
}

export const png = (): Promise<Buffer> => pngWith('tEXt', Buffer.from(`Comment\0${HIDDEN}`));
export const movingPng = (): Promise<Buffer> => pngWith('acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0]));
export const webp = (): Promise<Buffer> => plain().withMetadata({ orientation: 6 }).withExif(EXIF).withXmp(XMP).webp().toBuffer();
const twoShades = (background: string): SharpInput => ({ create: { width: 10, height: 10, channels: 3, background } }) as unknown as SharpInput;
export const movingWebp = (): Promise<Buffer> =>
  sharp([twoShades('#fff'), twoShades('#000')], { join: { animated: true } }).webp({ delay: [100, 100] }).toBuffer();
/** 100 million points in some bytes: what is said of it is enough to refuse it. */
export const bomb = (): Buffer => paletted(10_000, Buffer.alloc(100));
/** Below 10 MB as it comes, above when it is made anew. */
export function growing(): Buffer {
  const side = 2_700;
  const rows = randomBytes(side * (side + 1));
  for (let at = 0; at < rows.length; at += side + 1) rows[at] = 0;
  return paletted(side, rows);
}

/** A square PNG, eight bits a point, of a palette. */
function paletted(side: number, rows: Buffer): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('PLTE', randomBytes(768)), chunk('IDAT', deflateSync(rows, { level: 0 })), chunk('IEND', Buffer.alloc(0))]);
}
export const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), Buffer.alloc(4), Buffer.from('mif1heic'), Buffer.alloc(64)]);

type Change = (document: PDFDocument) => void | Promise<void>;

/** A PDF with something hidden in every place: who wrote it, a script, a file, a link, a filled field, a photo with its place. */
export async function pdf(change?: Change): Promise<Buffer> {
  const document = await pdfLib.PDFDocument.create();
  document.setTitle(HIDDEN);
  document.setAuthor(HIDDEN);
  document.addJavaScript(HIDDEN, `app.alert("${HIDDEN}")`);
  await document.attach(Buffer.from(HIDDEN), `${HIDDEN}.txt`, { mimeType: 'text/plain' });
  const { PDFName: name, PDFString: text } = pdfLib;
  document.catalog.set(name.of('Metadata'), document.context.register(document.context.stream(XMP, { Type: 'Metadata', Subtype: 'XML' })));
  document.catalog.set(name.of('OpenAction'), document.context.obj({ S: 'Launch', F: text.of(HIDDEN) }));
  const page = document.addPage([400, 400]);
  page.drawText('Seen by everybody', { x: 20, y: 360 });
  page.drawImage(await document.embedJpg(await plain().withExif(EXIF).withXmp(XMP).jpeg().toBuffer()), { x: 20, y: 20, width: 150, height: 100 });
  page.node.set(name.of('PieceInfo'), document.context.obj({ Private: text.of(HIDDEN) }));
  page.node.addAnnot(document.context.register(document.context.obj({ Type: 'Annot', Subtype: 'Link', Rect: [0, 0, 9, 9], A: { S: 'URI', URI: text.of(`https://${HIDDEN}.example`) } })));
  const field = document.getForm().createTextField(`${HIDDEN}.name`);
  field.setText('Filled by hand');
  field.addToPage(page, { x: 20, y: 200, width: 200, height: 30 });
  await change?.(document);
  return Buffer.from(await document.save());
}

export const lockedPdf = (): Promise<Buffer> => pdf((document) => void document.encrypt({ userPassword: 'a', ownerPassword: 'b' }));
/** A page whose contents, or a picture of it, are told apart by nobody. */
export const oddPdf = (how: 'jpx' | 'inline' | 'stamp' | 'layers'): Promise<Buffer> =>
  pdf((document) => {
    const { context } = document;
    const page = document.getPage(0);
    if (how === 'jpx') page.node.newXObject('J', context.register(context.stream('x', { Type: 'XObject', Subtype: 'Image', Filter: 'JPXDecode', Width: 1, Height: 1 })));
    if (how === 'inline') page.node.addContentStream(context.register(context.stream(`BI /W 1 /H 1 /F /DCT ID ${HIDDEN} EI`)));
    if (how === 'stamp') page.node.addAnnot(context.register(context.obj({ Type: 'Annot', Subtype: 'Stamp', Rect: [0, 0, 9, 9] })));
    if (how === 'layers') document.catalog.set(pdfLib.PDFName.of('OCProperties'), context.obj({ D: { OFF: [context.register(context.obj({ Type: 'OCG' }))] } }));
  });

/** Everything written in a PDF, unpacked. */
export async function insideOf(bytes: Uint8Array): Promise<string> {
  const document = await pdfLib.PDFDocument.load(bytes, { updateMetadata: false });
  const parts = document.context.enumerateIndirectObjects().map(([, object]) => {
    if (!(object instanceof pdfLib.PDFRawStream)) return object.toString();
    const isJpeg = object.dict.toString().includes('DCTDecode');
    return object.dict.toString() + Buffer.from(isJpeg ? object.contents : pdfLib.decodePDFRawStream(object).decode()).toString('latin1');
  });
  return [Buffer.from(bytes).toString('latin1'), String(document.context.trailerInfo.Info), ...parts].join('\n');
}

/** What came of sending a document in. */
export interface Sent {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  // A test reads what it asked for.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
  readonly text: string;
}

/** Sends bytes in as somebody; `type` is what the client says that they are. */
export async function send(harness: Harness, token: string | undefined, bytes: Buffer, how: { key?: string; language?: 'km' | 'en'; type?: string } = {}): Promise<Sent> {
  const request = supertest(harness.app.getHttpServer()).post('/documents').set('accept-language', how.language ?? 'en').set('content-type', how.type ?? 'application/octet-stream');
  if (token !== undefined) void request.set('authorization', `Bearer ${token}`);
  const { status, headers, body, text } = await request.set('request-key', how.key ?? newKey()).send(bytes);
  return { status, headers, body, text };
}

let shade = 0;

/** A document of somebody's that waits. Gives its id. */
export async function waiting(harness: Harness, who: { readonly token: string | undefined }): Promise<string> {
  const sent = await send(harness, who.token, await picture((shade += 1) % 250));
  if (sent.status !== 201) throw new Error(`not taken: ${sent.text}`);
  return sent.body.document.id as string;
}

/** Asks for a document's bytes by its link. */
export async function fetched(harness: Harness, token: string | undefined, path: string): Promise<{ status: number; headers: Readonly<Record<string, string>>; bytes: Buffer }> {
  const request = supertest(harness.app.getHttpServer()).get(path).buffer(true).parse((response, done) => {
    const parts: Buffer[] = [];
    response.on('data', (part: Buffer) => parts.push(part));
    response.on('end', () => done(null, Buffer.concat(parts)));
  });
  if (token !== undefined) void request.set('authorization', `Bearer ${token}`);
  const { status, headers, body } = await request;
  return { status, headers, bytes: body as Buffer };
}
