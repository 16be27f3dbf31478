import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import sharp from 'sharp';
import { bareJpeg } from './jpeg.domain.js';

const TOLD = 'ZqTOLDzQ';

async function jpeg(how: { readonly progressive?: boolean } = {}): Promise<Buffer> {
  const stripes = Buffer.from(Array.from({ length: 64 * 48 * 3 }, (_, at) => (at * 7) % 256));
  return sharp(stripes, { raw: { width: 64, height: 48, channels: 3 } }).withExif({ IFD0: { Copyright: TOLD } }).withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/">${TOLD}</x:xmpmeta>`).jpeg({ progressive: how.progressive ?? false, quality: 90 }).toBuffer();
}

const points = async (bytes: Uint8Array): Promise<Buffer> => sharp(bytes).raw().toBuffer();

describe('a bare JPEG', () => {
  it.each([false, true])('has the same points and no word about them (progressive: %s)', async (progressive) => {
    const whole = Buffer.concat([await jpeg({ progressive }), Buffer.from(`<html>${TOLD}`)]);
    const bare = bareJpeg(whole) ?? new Uint8Array();
    expect(Buffer.from(bare).includes(TOLD)).toBe(false);
    expect((await points(bare)).equals(await points(whole))).toBe(true);
    const { isProgressive, exif, xmp } = await sharp(bare).metadata();
    expect({ isProgressive, exif, xmp }).toEqual({ isProgressive: progressive, exif: undefined, xmp: undefined });
    expect(Buffer.from(bareJpeg(bare) ?? []).equals(bare)).toBe(true);
  });

  it('loses the small picture inside JFIF, and keeps what Adobe says of the colours', async () => {
    const plain = await jpeg();
    const jfif = Buffer.concat([Buffer.from([0xff, 0xe0, 0, 19]), Buffer.from('JFIF\0'), Buffer.from([1, 2, 0, 0, 1, 0, 1, 1, 1]), Buffer.from('abc')]);
    const adobe = Buffer.concat([Buffer.from([0xff, 0xee, 0, 14]), Buffer.from('Adobe'), Buffer.from([0, 100, 0, 0, 0, 0, 1])]);
    const bare = Buffer.from(bareJpeg(Buffer.concat([plain.subarray(0, 2), jfif, adobe, plain.subarray(2)])) ?? []);
    expect(bare.includes('abc')).toBe(false);
    expect(bare.subarray(2, 20)).toEqual(Buffer.concat([Buffer.from([0xff, 0xe0, 0, 16]), Buffer.from('JFIF\0'), Buffer.from([1, 2, 0, 0, 1, 0, 1, 0, 0])]));
    expect(bare.includes(adobe)).toBe(true);
  });

  it('is none where the bytes are no whole JPEG, whatever they are', async () => {
    const whole = await jpeg();
    for (let end = 0; end < whole.length - 1; end += 13) expect(bareJpeg(whole.subarray(0, end))).toBeUndefined();
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const made = bareJpeg(Buffer.concat([Buffer.from([0xff, 0xd8]), bytes]));
      expect(made === undefined || made.length <= bytes.length + 2).toBe(true);
    }), { seed: 5, numRuns: 300 });
  });
});
