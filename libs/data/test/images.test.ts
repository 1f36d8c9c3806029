import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeRgb, decodingProblem } from '../src/images/decode.ts';
import { readPixels } from '../src/images/read-pixels.ts';
import { resizeBilinear } from '../src/images/resize-bilinear.ts';
import { resizeNearest } from '../src/images/resize-nearest.ts';
import type { RgbImage } from '../src/images/rgb-image.ts';

const golden = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8'));
const shared = new URL('../../../../shared/', import.meta.url);

/** The image of golden/make_resize.py. */
function formulaImage(width: number, height: number): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) {
        data[(y * width + x) * 3 + c] = (x * 37 + y * 11 + c * 83 + x * y + Math.trunc((x * x) / 7)) % 256;
      }
    }
  }
  return { width, height, data };
}

const digest = (image: RgbImage) => createHash('sha256').update(image.data).digest('hex').slice(0, 16);

describe('resizing', () => {
  const { cases } = golden('resize.json') as {
    cases: [number, number, number, number, string, string][];
  };
  it.each(cases)('%i x %i to %i x %i is as in Pillow', (w, h, toW, toH, nearest, bilinear) => {
    const image = formulaImage(w, h);
    expect(digest(resizeNearest(image, toW, toH))).toBe(nearest);
    expect(digest(resizeBilinear(image, toW, toH))).toBe(bilinear);
  });
});

describe('decoding to RGB', () => {
  const { cases } = golden('decode.json') as {
    cases: { kind: string; file: string; rgb: number[] }[];
  };
  it.each(cases)('reads $kind as Pillow does', async ({ file, rgb }) => {
    const { data } = await decodeRgb(Buffer.from(file, 'base64'));
    expect([...data]).toEqual(rgb);
  });

  it('takes the high byte of 16-bit grey', async () => {
    const values = Uint16Array.from([0, 255, 256, 4096, 32768, 65535]);
    const png = await sharp(values, { raw: { width: 3, height: 2, channels: 1 } })
      .toColourspace('grey16')
      .png()
      .toBuffer();
    expect((await sharp(png).metadata()).depth).toBe('ushort');
    const { data } = await decodeRgb(png);
    const bytes = [0, 0, 1, 16, 128, 255];
    expect([...data]).toEqual(bytes.flatMap((value) => [value, value, value]));
  });
});

describe('readPixels', () => {
  it.skipIf(!existsSync(shared)).each(['0.35', '1.0'])(
    'gives the pixels that Keras fed to alpha %s (needs ../shared)',
    async (alpha) => {
      const { images } = JSON.parse(
        readFileSync(new URL(`weights/mobilenetv2_${alpha}_224/golden-keras-features.json`, shared), 'utf8'),
      ) as {
        images: {
          image: string;
          pixels_sum_uint8: number;
          pixels_at_row_col: Record<string, number[]>;
        }[];
      };
      for (const { image, pixels_sum_uint8, pixels_at_row_col } of images) {
        const file = new URL(`data/blood-cells/images/${image}`, shared).pathname;
        const pixels = await readPixels(file, 224, 'nearest');
        // The file's sums were taken in single precision.
        expect(Math.fround(pixels.reduce((sum, value) => sum + value, 0))).toBe(pixels_sum_uint8);
        for (const [at, rgb] of Object.entries(pixels_at_row_col)) {
          const [row, column] = at.split(',').map(Number) as [number, number];
          const from = (row * 224 + column) * 3;
          expect([...pixels.subarray(from, from + 3)]).toEqual(rgb);
        }
      }
    },
  );
});

describe('what cannot be decoded', () => {
  const { cases } = golden('decode.json') as { cases: { kind: string; file: string }[] };
  const file = (kind: string) => Buffer.from(cases.find((one) => one.kind === kind)!.file, 'base64');

  it.each(cases)('finds $kind whole', async ({ file }) => {
    expect(await decodingProblem(Buffer.from(file, 'base64'))).toBe(null);
  });

  it.each([
    'RGB PNG',
    'RGB JPEG',
    'progressive JPEG',
    'RGB TIFF',
    'GIF',
    'lossless WebP',
    'BMP of 24 bits',
    'BMP of 8 bits',
    'colour PPM',
    'grey PGM',
  ])('finds out when the last quarter of a %s is missing', async (kind) => {
    const whole = file(kind);
    const cut = whole.subarray(0, Math.trunc(whole.length * 0.75));
    expect(await decodingProblem(cut)).toMatch(/truncated|not an image of a known format/);
  });

  it.each([
    ['an empty file', Buffer.alloc(0), 'the file is empty'],
    ['text', Buffer.from('hello'), 'cannot be decoded: not an image of a known format'],
    ['a PPM of 16 bits', Buffer.from('P6 1 1 65535\n      '), 'PPM with values up to 65535'],
    ['a header cut short', Buffer.from('P6 12'), 'the header cannot be read'],
    ['a BMP of 4 bits', patched(file('BMP of 8 bits'), 28, 4), 'BMP of 4 bits with compression 0'],
    ['a compressed BMP', patched(file('BMP of 8 bits'), 30, 1), 'BMP of 8 bits with compression 1'],
  ])('says what is wrong with %s', async (_, bytes, reason) => {
    expect(await decodingProblem(bytes)).toContain(reason);
  });
});

function patched(bytes: Buffer, at: number, value: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = value;
  return copy;
}
