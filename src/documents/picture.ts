import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { ok, refuse } from '../kernel/result.js';
import type { Result } from '../kernel/result.js';

/** Points of a picture: a telephone's largest, and 200 MB while one is turned. */
const MOST_POINTS = 50_000_000;
/** The longer side of what is kept: a page in hand still reads at 340 points an inch. */
const LONGEST = 4_000;
const SECONDS = 10;
const QUALITY = 88;

// One picture at a time, on one thread, with nothing kept between two: memory stays flat, and the other threads are others'.
sharp.concurrency(1);
sharp.cache(false);

export type PictureType = 'image/jpeg' | 'image/png' | 'image/webp';
export type PictureRefusal = 'ANIMATED' | 'DAMAGED' | 'TOO_MANY_PIXELS';

/**
 * The picture made anew from its points alone: turned as the camera held it, at most {@link LONGEST} long, in ordinary
 * colours. What else stood in the file (place, owner, camera, words, a smaller picture, anything after its end) has no
 * way into the new one.
 */
export async function cleanPicture(bytes: Buffer, type: PictureType): Promise<Result<Buffer, PictureRefusal>> {
  if (type === 'image/png' && isMoving(bytes)) return refuse('ANIMATED');
  const options = { failOn: 'error', limitInputPixels: MOST_POINTS, animated: false } as const;
  try {
    const head = await sharp(bytes, options).metadata();
    if ((head.pages ?? 1) > 1) return refuse('ANIMATED');
    const picture = sharp(bytes, options)
      .autoOrient()
      .resize({ width: LONGEST, height: LONGEST, fit: 'inside', withoutEnlargement: true })
      // A grey page stays grey: three times the same shade would be three times as much.
      .toColourspace(head.space === 'b-w' ? 'b-w' : 'srgb')
      .timeout({ seconds: SECONDS });
    return ok(await written(picture, type).toBuffer());
  } catch (error) {
    // The library's words name nothing of the picture, but they are not ours; only this one tells two cases apart.
    return error instanceof Error && error.message.includes('exceeds pixel limit') ? refuse('TOO_MANY_PIXELS', { most: MOST_POINTS / 1_000_000 }) : refuse('DAMAGED');
  }
}

function written(picture: Sharp, type: PictureType): Sharp {
  if (type === 'image/png') return picture.png();
  return type === 'image/webp' ? picture.webp({ quality: QUALITY }) : picture.jpeg({ quality: QUALITY });
}

/** A moving PNG says so before its first points; the library would take its first picture for all. */
function isMoving(bytes: Buffer): boolean {
  const points = bytes.indexOf('IDAT');
  return bytes.subarray(0, points < 0 ? bytes.length : points).includes('acTL');
}
