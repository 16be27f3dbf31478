import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';
import type { PDFContext, PDFDict, PDFDocument, PDFObject, PDFPage, PDFRawStream } from '@cantoo/pdf-lib';
import { bareJpeg } from './jpeg.domain.js';
import { drawAnnotations } from './pdf-annotations.js';

// The package's CommonJS half loads in a third of the time of its 400 modules; each document pays for it.
const lib = createRequire(import.meta.url)('@cantoo/pdf-lib') as typeof import('@cantoo/pdf-lib');

export type PdfRefusal = 'PDF_LOCKED' | 'PDF_NOT_CLEAN' | 'DAMAGED';
/** The clean document, or why there is none. */
export type CleanedPdf = { readonly clean: Uint8Array } | { readonly why: PdfRefusal };

const MOST_PAGES = 60;
/** Bytes to which one packed part may swell, and all together, where they are unpacked at all. */
const MOST_SWOLLEN = 32_000_000;
const MOST_SWOLLEN_TOGETHER = 64_000_000;
/** Bytes unpacked at a time. */
const PART = 65_536;

/** What of a page is its picture. Its actions, notes, links, thumbnail and private data are not. */
const OF_A_PAGE = new Set(['Type', 'Parent', 'MediaBox', 'CropBox', 'Rotate', 'UserUnit', 'Resources', 'Contents', 'Group']);

/** What tells of a part or makes it act, wherever it stands: words about it, files beside it, places, layers, scripts. */
const NOWHERE = new Set([
  'Metadata', 'PieceInfo', 'LastModified', 'AF', 'OPI', 'Ref', 'Alternates', 'Measure', 'PtData', 'StructParent', 'StructParents', 'OC', 'Properties', 'Thumb',
  'AA', 'OpenAction', 'JS', 'JavaScript', 'EF', 'EmbeddedFiles', 'AcroForm', 'XFA', 'Annots', 'Names', 'Outlines', 'StructTreeRoot',
]);

class NotClean extends Error {}

/**
 * A PDF made anew from what its pages show: a new document takes their contents, fonts and pictures and nothing else.
 * What was drawn over a page (a filled field, a stamp, a note written by hand) becomes part of it. What cannot be told
 * apart with certainty is refused.
 */
export async function cleanPdf(bytes: Uint8Array): Promise<CleanedPdf> {
  if (swells(bytes)) return { why: 'PDF_NOT_CLEAN' };
  let source: PDFDocument;
  try {
    source = await lib.PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: true });
    if (source.getPageCount() === 0) return { why: 'DAMAGED' };
  } catch (error) {
    // A locked one may stop the library before it comes to the lock.
    const isLocked = error instanceof lib.EncryptedPDFError || Buffer.from(bytes).includes('/Encrypt');
    return { why: isLocked ? 'PDF_LOCKED' : 'DAMAGED' };
  }
  try {
    return { clean: await madeAnew(source) };
  } catch {
    // Its own word for it, or an error of the library's about something that it cannot read.
    return { why: 'PDF_NOT_CLEAN' };
  }
}

async function madeAnew(source: PDFDocument): Promise<Uint8Array> {
  if (source.getPageCount() > MOST_PAGES || hidesLayers(source)) throw new NotClean();
  for (const page of source.getPages()) {
    if (!drawAnnotations(lib, source, page)) throw new NotClean();
    for (const name of page.node.keys()) if (!OF_A_PAGE.has(name.decodeText())) page.node.delete(name);
  }
  const made = await lib.PDFDocument.create({ updateMetadata: false });
  for (const page of await copied(source, made)) made.addPage(page);
  for (const [, object] of made.context.enumerateIndirectObjects()) strip(object, made.context);
  return made.save({ addDefaultPage: false, updateFieldAppearances: false });
}

/** Stripped before they are copied, so that what hangs on a forbidden name does not come along. */
async function copied(source: PDFDocument, made: PDFDocument): Promise<PDFPage[]> {
  const all = source.context.enumerateIndirectObjects().flatMap(([, object]) => [...dictsIn(object)]);
  const named = new Set(all.flatMap(ownNames));
  for (const dict of all) {
    if (named.has(dict) || dict === source.catalog) continue;
    for (const name of dict.keys()) if (NOWHERE.has(name.decodeText())) dict.delete(name);
  }
  return made.copyPages(source, source.getPageIndices());
}

/** Every dictionary written inside an object. */
function* dictsIn(object: PDFObject): Generator<PDFDict> {
  if (object instanceof lib.PDFStream) yield* dictsIn(object.dict);
  if (object instanceof lib.PDFArray) for (const inner of object.asArray()) yield* dictsIn(inner);
  if (!(object instanceof lib.PDFDict)) return;
  yield object;
  for (const inner of object.values()) yield* dictsIn(inner);
}

/** Dictionaries of this one whose names the author chose: a font called "AF" is no associated file. */
function ownNames(dict: PDFDict): PDFDict[] {
  const named = ['Font', 'XObject', 'ExtGState', 'ColorSpace', 'Pattern', 'Shading', 'CharProcs'].map((key) => dict.lookup(lib.PDFName.of(key)));
  return named.flatMap((one) => (one instanceof lib.PDFDict && !one.has(lib.PDFName.of('ShadingType')) ? [one] : []));
}

function strip(object: PDFObject, context: PDFContext): void {
  if (!(object instanceof lib.PDFRawStream)) return;
  const filters = filtersOf(object.dict);
  if (filters.includes('JPXDecode')) throw new NotClean();
  if (filters.some(isJpeg)) bare(object, filters, context);
  else if (object.dict.get(lib.PDFName.of('Subtype')) !== lib.PDFName.of('Image')) refuseInlineJpeg(object, filters);
}

const isJpeg = (filter: string): boolean => filter === 'DCTDecode' || filter === 'DCT';

function filtersOf(dict: PDFDict): string[] {
  const filter = dict.lookup(lib.PDFName.of('Filter'));
  if (filter instanceof lib.PDFName) return [filter.decodeText()];
  return filter instanceof lib.PDFArray ? filter.asArray().map((_, at) => filter.lookup(at, lib.PDFName).decodeText()) : [];
}

/** A picture taken by a camera keeps its points and loses its EXIF. */
function bare(stream: PDFRawStream, filters: readonly string[], context: PDFContext): void {
  if (!isJpeg(filters.at(-1) ?? '')) throw new NotClean();
  const around = filters.slice(0, -1);
  const parameters = stream.dict.lookup(lib.PDFName.of('DecodeParms'));
  const own = parameters instanceof lib.PDFArray ? parameters.lookup(filters.length - 1) : parameters;
  const packed = lib.PDFRawStream.of(context.obj({ Filter: around }) as PDFDict, stream.contents);
  const jpeg = bareJpeg(around.length === 0 ? stream.contents : unpacked(packed, around));
  if (jpeg === undefined) throw new NotClean();
  stream.dict.set(lib.PDFName.of('Filter'), lib.PDFName.of('DCTDecode'));
  stream.dict.delete(lib.PDFName.of('DecodeParms'));
  if (own instanceof lib.PDFDict) stream.dict.set(lib.PDFName.of('DecodeParms'), own);
  stream.updateContents(jpeg);
}

/** A small picture may stand inside a page's own instructions; one from a camera has no business there. */
function refuseInlineJpeg(stream: PDFRawStream, filters: readonly string[]): void {
  const text = Buffer.from(unpacked(stream, filters)).toString('latin1');
  if (/\bBI\b[^]{0,400}?\/(DCT|JPX)/.test(text) || /Exif\0\0|ns\.adobe\.com\/xap/.test(text)) throw new NotClean();
}

/** Unpacks no more than is allowed. */
function unpacked(stream: PDFRawStream, filters: readonly string[]): Uint8Array {
  if (filters.length === 0) return stream.contents;
  if (filters.filter((filter) => !filter.startsWith('ASCII')).length > 1) throw new NotClean();
  const reading = lib.decodePDFRawStream(stream);
  const parts: Uint8Array[] = [];
  for (let part = reading.getBytes(PART), length = 0; part.length > 0; part = reading.getBytes(PART)) {
    length += part.length;
    if (length > MOST_SWOLLEN) throw new NotClean();
    parts.push(Uint8Array.from(part));
  }
  return Buffer.concat(parts);
}

/** Something is switched off and would show without its layers. */
function hidesLayers(source: PDFDocument): boolean {
  const layers = source.catalog.lookup(lib.PDFName.of('OCProperties'));
  const usual = layers instanceof lib.PDFDict ? layers.lookup(lib.PDFName.of('D')) : undefined;
  if (!(usual instanceof lib.PDFDict)) return false;
  const off = usual.lookup(lib.PDFName.of('OFF'));
  return (off instanceof lib.PDFArray && off.size() > 0) || usual.lookup(lib.PDFName.of('BaseState')) === lib.PDFName.of('OFF');
}

/**
 * Would reading the document unpack more than it may? The library unpacks what may hold its objects before it can be
 * asked; so every packed part that is not plainly a picture is unpacked here first, with a limit.
 */
function swells(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let together = 0;
  for (let at = buffer.indexOf('stream'); at >= 0; at = buffer.indexOf('stream', at + 6)) {
    if (buffer.subarray(at - 3, at).toString('latin1') === 'end') continue;
    const before = buffer.subarray(Math.max(0, at - 2_000), at).toString('latin1');
    const dict = before.slice(before.lastIndexOf('obj') + 3);
    const types = dict.match(/\/Type(?![A-Za-z0-9])\s*\/?\w*/g) ?? [];
    const isPicture = types.length === 1 && /\/XObject$/.test(types[0]) && !dict.includes('#');
    if (isPicture) continue;
    const isOdd = /LZW|RunLength|Decode(?!Parms)[^]*Decode(?!Parms)/.test(dict) && /ObjStm|XRef|#|\/Type\s+\d/.test(dict);
    together += isOdd ? Infinity : swollen(buffer.subarray(at + 6 + (buffer[at + 6] === 13 ? 2 : 1)));
    if (together > MOST_SWOLLEN_TOGETHER) return true;
  }
  return false;
}

function swollen(packed: Buffer): number {
  // The first byte of what zlib has packed; anything else is not unpacked by it.
  if (((packed[0] ?? 0) & 0x0f) !== 8) return 0;
  try {
    return inflateSync(packed, { maxOutputLength: MOST_SWOLLEN }).length;
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE' ? Infinity : 0;
  }
}

