import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import loadWabt from 'wabt';
import { decodeRgb, reasonOf } from '../src/images/decode.ts';
import { toEightBits, valueRange } from '../src/images/deep-image.ts';
import { readPixels } from '../src/images/read-pixels.ts';
import { resampleWasm } from '../src/images/resize/resample-wasm.ts';
import { resizeBicubic, resizeBilinear } from '../src/images/resize/resize-filtered.ts';
import { resizeNearest } from '../src/images/resize/resize-nearest.ts';
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
    cases: [number, number, number, number, string, string, string][];
  };
  it.each(cases)('%i x %i to %i x %i is as in Pillow', (w, h, toW, toH, nearest, bilinear, bicubic) => {
    const image = formulaImage(w, h);
    expect(digest(resizeNearest(image, toW, toH))).toBe(nearest);
    expect(digest(resizeBilinear(image, toW, toH))).toBe(bilinear);
    expect(digest(resizeBicubic(image, toW, toH))).toBe(bicubic);
  });

  it('computes what resample.wat says', async () => {
    const wabt = await loadWabt();
    const text = readFileSync(new URL('../src/images/resize/resample.wat', import.meta.url), 'utf8');
    const { buffer } = wabt.parseWat('resample.wat', text, { simd: true }).toBinary({});
    expect(Buffer.from(buffer).toString('base64')).toBe(resampleWasm);
  });
});

describe('more than eight bits', () => {
  it('are cut to the high byte of 16-bit grey', async () => {
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

  it('are scaled by a range where there is one', () => {
    const values = Float32Array.from([-5, 0, 0.25, 0.5, 1, 7, NaN, Infinity]);
    const image = { width: 8, height: 1, channels: 1, values } as const;
    expect(valueRange(image)).toEqual({ low: -5, high: 7 });
    const { data } = toEightBits(image, { low: 0, high: 1 });
    expect([...data].filter((_, i) => i % 3 === 0)).toEqual([0, 0, 64, 128, 255, 255, 0, 255]);
    expect(valueRange({ ...image, values: Float32Array.from([NaN]) })).toBe(null);
    const flat = toEightBits({ ...image, values: Uint16Array.from([9, 9]), width: 2 }, { low: 9, high: 9 });
    expect([...flat.data]).toEqual([0, 0, 0, 0, 0, 0]);
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
        const pixels = await readPixels(file, { size: 224, interpolation: 'nearest' });
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
  const file = (format: string, kind: string) => {
    const { cases } = golden(`image-kinds/${format}.json`) as { cases: { kind: string; file: string }[] };
    return Buffer.from(cases.find((one) => one.kind === kind)!.file, 'base64');
  };
  const problemOf = (bytes: Buffer) => decodeRgb(bytes).then(() => null, reasonOf);

  it.each([
    ['jpeg', 'JPEG of quality 100'],
    ['jpeg', 'JPEG 4:2:0, progressive'],
    ['png', 'PNG by Pillow, RGB'],
    ['png', 'PNG with pixels in many chunks'],
    ['tiff', 'TIFF, RGB, compression raw'],
    ['gif', 'GIF'],
    ['webp', 'WebP, lossless'],
    ['bmp', 'BMP of 24 bits'],
    ['bmp', 'BMP of 8 bits, run-length'],
    ['pnm', 'PPM, raw, up to 255'],
    ['pnm', 'PGM, plain, up to 4095'],
  ])('is found out when the last quarter of a file is missing: %s, %s', async (format, kind) => {
    const whole = file(format, kind);
    expect(await problemOf(whole)).toBe(null);
    const cut = whole.subarray(0, Math.trunc(whole.length * 0.75));
    expect(await problemOf(cut)).toMatch(/^cannot be decoded: (truncated|damaged)/);
  });

  it.each([
    ['an empty file', Buffer.alloc(0), 'the file is empty'],
    ['text', Buffer.from('hello'), 'cannot be decoded: not an image of a known format'],
    ['a PPM of 17 bits', Buffer.from('P6 1 1 131071\n      '), 'damaged: a PPM with values up to 131071'],
    ['a header cut short', Buffer.from('P6 12'), 'truncated'],
    [
      'a BMP of 3 bits',
      patched(file('bmp', 'BMP of 8 bits'), 28, 3),
      'BMP of 3 bits with compression 0 is not read',
    ],
    ['a BMP of too many pixels', patched(file('bmp', 'BMP of 8 bits'), 21, 9), 'million pixels are allowed'],
  ])('says what is wrong with %s', async (_, bytes, reason) => {
    expect(await problemOf(bytes)).toContain(reason);
  });
});

function patched(bytes: Buffer, at: number, value: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = value;
  return copy;
}
