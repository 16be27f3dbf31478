import type { PDFArray, PDFDict, PDFDocument, PDFPage, PDFRef, PDFStream } from '@cantoo/pdf-lib';

type Lib = typeof import('@cantoo/pdf-lib');

const HIDDEN = 2 | 32;
/** Nothing of these is to be seen, or only while somebody clicks. */
const UNSEEN = new Set(['Link', 'Popup', 'FileAttachment', 'Sound', 'Movie', 'Screen', '3D', 'RichMedia', 'Text', 'TrapNet']);
/** A viewer draws these by its own lights where they bring no drawing: they would be lost. */
const DRAWN = new Set(['FreeText', 'Line', 'Square', 'Circle', 'Polygon', 'PolyLine', 'Ink', 'Stamp', 'Caret', 'Redact']);

/**
 * Makes what was drawn over a page part of it: filled fields, stamps, handwriting. Says false where something is seen
 * that brings no drawing of its own.
 */
export function drawAnnotations(lib: Lib, document: PDFDocument, page: PDFPage): boolean {
  const { context } = document;
  const annotations = page.node.lookup(lib.PDFName.of('Annots'));
  if (!(annotations instanceof lib.PDFArray)) return true;
  for (let at = 0; at < annotations.size(); at += 1) {
    const annotation = annotations.lookup(at);
    if (!(annotation instanceof lib.PDFDict)) continue;
    const kind = nameIn(lib, annotation, 'Subtype');
    const flags = annotation.lookup(lib.PDFName.of('F'));
    if (UNSEEN.has(kind) || (flags instanceof lib.PDFNumber && (flags.asNumber() & HIDDEN) !== 0)) continue;
    const drawing = drawingOf(lib, annotation);
    if (drawing === undefined) {
      const isFilled = kind === 'Widget' && annotation.has(lib.PDFName.of('V'));
      if (isFilled || DRAWN.has(kind)) return false;
      continue;
    }
    const place = placeOf(lib, annotation, drawing.stream);
    if (place === undefined) continue;
    const { ref = context.register(drawing.stream) } = drawing;
    page.node.normalize();
    const name = page.node.newXObject('Drawn', ref);
    page.pushOperators(lib.pushGraphicsState(), lib.concatTransformationMatrix(...place), lib.drawObject(name), lib.popGraphicsState());
  }
  return true;
}

function nameIn(lib: Lib, dict: PDFDict, key: string): string {
  const value = dict.lookup(lib.PDFName.of(key));
  return value instanceof lib.PDFName ? value.decodeText() : '';
}

/** The drawing that is shown when nobody touches it; of several, the one of its state. */
function drawingOf(lib: Lib, annotation: PDFDict): { readonly stream: PDFStream; readonly ref?: PDFRef } | undefined {
  const appearances = annotation.lookup(lib.PDFName.of('AP'));
  if (!(appearances instanceof lib.PDFDict)) return undefined;
  const normal = appearances.lookup(lib.PDFName.of('N'));
  const [holder, key] = normal instanceof lib.PDFDict ? [normal, lib.PDFName.of(nameIn(lib, annotation, 'AS') || 'Off')] : [appearances, lib.PDFName.of('N')];
  const [stream, ref] = [holder.lookup(key), holder.get(key)];
  if (!(stream instanceof lib.PDFStream)) return undefined;
  return ref instanceof lib.PDFRef ? { stream, ref } : { stream };
}

type Matrix = readonly [number, number, number, number, number, number];

/** Where the drawing goes: its box, turned by its own matrix, fitted into the annotation's rectangle. */
function placeOf(lib: Lib, annotation: PDFDict, drawing: PDFStream): [number, number, number, number, number, number] | undefined {
  const rectangle = numbersIn(lib, annotation, 'Rect', 4);
  const box = numbersIn(lib, drawing.dict, 'BBox', 4);
  if (rectangle === undefined || box === undefined) return undefined;
  const [a, b, c, d, e, f] = (numbersIn(lib, drawing.dict, 'Matrix', 6) ?? [1, 0, 0, 1, 0, 0]) as unknown as Matrix;
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = box;
  const corners = [[x0, y0], [x0, y1], [x1, y0], [x1, y1]].map(([x = 0, y = 0]) => [a * x + c * y + e, b * x + d * y + f]);
  const [left, right] = span(corners.map(([x = 0]) => x));
  const [bottom, top] = span(corners.map(([, y = 0]) => y));
  const [fromX, toX] = span([rectangle[0] ?? 0, rectangle[2] ?? 0]);
  const [fromY, toY] = span([rectangle[1] ?? 0, rectangle[3] ?? 0]);
  if (right === left || top === bottom) return undefined;
  const [wide, high] = [(toX - fromX) / (right - left), (toY - fromY) / (top - bottom)];
  return [wide, 0, 0, high, fromX - left * wide, fromY - bottom * high];
}

const span = (values: readonly number[]): readonly [number, number] => [Math.min(...values), Math.max(...values)];

function numbersIn(lib: Lib, dict: PDFDict, key: string, count: number): number[] | undefined {
  const list: unknown = dict.lookup(lib.PDFName.of(key));
  if (!(list instanceof lib.PDFArray)) return undefined;
  const array: PDFArray = list;
  const values = array.asArray().map((_, at) => array.lookup(at)).flatMap((value) => (value instanceof lib.PDFNumber ? [value.asNumber()] : []));
  return values.length === count ? values : undefined;
}
