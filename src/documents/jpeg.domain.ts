const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const COM = 0xfe;
const APP0 = 0xe0;
const APP14 = 0xee;
const APP15 = 0xef;

/**
 * A JPEG without anything but its points: no EXIF, XMP, IPTC, comment, profile or thumbnail, nothing after its end. For
 * pictures inside a PDF, whose points must stay as they are, because the PDF says how to read them. Undefined where the
 * bytes are no whole JPEG.
 */
export function bareJpeg(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return undefined;
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  for (let at = 2; ; ) {
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at += 1;
    const marker = bytes[at + 1];
    if (bytes[at] !== 0xff || marker === undefined || marker === 0) return undefined;
    if (marker === EOI) return joined([...kept, bytes.subarray(at, at + 2)]);
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) return undefined;
    const segment = bytes.subarray(at, end);
    if (!isTold(marker)) kept.push(segment);
    else if (isAbout(segment, marker)) kept.push(withoutThumbnail(segment, marker));
    at = end;
    if (marker !== SOS) continue;
    const next = afterPoints(bytes, at);
    if (next === undefined) return undefined;
    kept.push(bytes.subarray(at, next));
    at = next;
  }
}

/** Segments that tell something about the picture instead of being it. */
function isTold(marker: number): boolean {
  return marker === COM || (marker >= APP0 && marker <= APP15);
}

/** Two of them say how the points are to be read: JFIF's and Adobe's. */
function isAbout(segment: Uint8Array, marker: number): boolean {
  const name = String.fromCharCode(...segment.subarray(4, 9));
  return (marker === APP0 && name === 'JFIF\0' && segment.length >= 18) || (marker === APP14 && name === 'Adobe' && segment.length >= 16);
}

/** JFIF's first 18 bytes with a thumbnail of 0 by 0; Adobe's first 16. */
function withoutThumbnail(segment: Uint8Array, marker: number): Uint8Array {
  const length = marker === APP0 ? 18 : 16;
  const short = Uint8Array.from(segment.subarray(0, length));
  short[2] = 0;
  short[3] = length - 2;
  if (marker === APP0) short.fill(0, 16, 18);
  return short;
}

/** Where the points of a scan end: at the next marker that is neither stuffing nor a restart. */
function afterPoints(bytes: Uint8Array, from: number): number | undefined {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1] ?? 0;
    if (marker !== 0 && marker !== 0xff && !(marker >= 0xd0 && marker <= 0xd7)) return at;
  }
  return undefined;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}
