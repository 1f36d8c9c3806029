import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { jpegComponents, withoutJpegMetadata } from '../src/browser.ts';
import { decodeRgb } from '../src/images/decode.ts';

const base = () => sharp({ create: { width: 9, height: 5, channels: 3, background: '#a04060' } });

describe('a JPEG', () => {
  it.each([
    ['grey', () => base().toColourspace('b-w').jpeg(), 1],
    ['in colour', () => base().jpeg(), 3],
    ['progressive', () => base().jpeg({ progressive: true }), 3],
    ['in inks', () => base().toColourspace('cmyk').jpeg(), 4],
    ['that is a PNG', () => base().png(), null],
  ])('%s has as many components as its header says', async (_, make, expected) => {
    expect(jpegComponents(await make().toBuffer())).toBe(expected);
  });

  it('without its metadata has the same pixels, and neither orientation nor profile', async () => {
    const full = await base().withMetadata({ orientation: 6 }).withIccProfile('p3').jpeg().toBuffer();
    const plain = Buffer.concat(withoutJpegMetadata(new Uint8Array(full)));
    const { orientation, icc } = await sharp(full).metadata();
    expect([orientation, icc !== undefined]).toEqual([6, true]);
    const after = await sharp(plain).metadata();
    expect([after.orientation, after.icc]).toEqual([undefined, undefined]);
    expect(await decodeRgb(plain)).toEqual(await decodeRgb(full));
  });

  it.each([[[]], [[0xff, 0xd8]], [[0xff, 0xd8, 0xff, 0xe1, 0xff]], [[1, 2, 3]]])(
    'that is cut off stays as it is: %j',
    (bytes) => {
      expect(Buffer.concat(withoutJpegMetadata(Uint8Array.from(bytes)))).toEqual(Buffer.from(bytes));
      expect(jpegComponents(Uint8Array.from(bytes))).toBeNull();
    },
  );
});
