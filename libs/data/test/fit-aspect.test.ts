import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitAspect, type AspectFit, type Fitted } from '../src/images/resize/fit-aspect.ts';
import { resizeImage, type ResizeOptions } from '../src/images/resize/resize-image.ts';
import { resizers } from '../src/images/resize/resizers.ts';
import type { RgbImage } from '../src/images/rgb-image.ts';

/** Made by golden/make_aspect.py. */
const { cases } = JSON.parse(readFileSync(new URL('golden/aspect.json', import.meta.url), 'utf8')) as {
  cases: ({ width: number; height: number; pixels: number[] } & ResizeOptions)[];
};

/** The image of the script. */
function formulaImage(width: number, height: number): RgbImage {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const at = Math.floor(i / 3);
    return ((at % width) * 5 + Math.floor(at / width) * 3 + (i % 3) * 40) % 256;
  });
  return { width, height, data };
}

describe('an image that becomes a square', () => {
  it.each(cases)(
    'is what Keras makes of $width x $height, $resize, $interpolation',
    ({ width, height, pixels, ...options }) => {
      const { data } = resizeImage(formulaImage(width, height), { width: 8, height: 8 }, options);
      // Bytes are rounded after each direction, and cut off at 0 and 255, as Pillow does it.
      const worst = [...data].map((value, i) => Math.abs(value - Math.min(Math.max(pixels[i]!, 0), 255)));
      // Keras puts as many lines on both sides, and stretches by the one that is missing where their number is odd.
      const odd = options.resize === 'pad' && (width - height) % 2 !== 0;
      if (odd) expect(Math.max(...worst)).toBeGreaterThan(3);
      else expect(Math.max(...worst)).toBeLessThan(1.6);
    },
  );
});

/** Pixels of three equal values. */
const grey = (width: number, height: number, values: readonly number[]): RgbImage => ({
  width,
  height,
  data: Uint8Array.from(values.flatMap((value) => [value, value, value])),
});
const valuesOf = ({ data }: RgbImage) => [...data].filter((_, i) => i % 3 === 0);

describe('the proportions of an image', () => {
  it.each<[string, AspectFit, RgbImage, number, number, number[]]>([
    ['its middle', 'crop', grey(3, 1, [1, 2, 3]), 1, 1, [2]],
    ['its middle, the odd line right', 'crop', grey(4, 1, [1, 2, 3, 4]), 5, 5, [2]],
    ['its middle of rows', 'crop', grey(2, 5, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), 1, 1, [3, 4, 5, 6]],
    ['black above and below', 'pad', grey(3, 1, [1, 2, 3]), 1, 1, [0, 0, 0, 1, 2, 3, 0, 0, 0]],
    ['the odd black line below', 'pad', grey(2, 1, [1, 2]), 1, 1, [1, 2, 0, 0]],
    ['the odd black line on the right', 'pad', grey(1, 2, [1, 2]), 1, 1, [1, 0, 2, 0]],
    [
      'a part that is as wide as what is wanted',
      'crop',
      grey(4, 2, [1, 2, 3, 4, 5, 6, 7, 8]),
      3,
      2,
      [1, 2, 3, 5, 6, 7],
    ],
    ['as it is', 'stretch', grey(3, 1, [1, 2, 3]), 1, 1, [1, 2, 3]],
    ['at least a pixel', 'crop', grey(1, 3, [1, 2, 3]), 100, 1, [2]],
  ])('%s', (_, fit, image, width, height, expected) => {
    expect(valuesOf(drawn(fitAspect(image, width, height, fit)))).toEqual(expected);
  });
});

/** The image on its ground, pixel by pixel. */
function drawn({ image, ground }: Fitted): RgbImage {
  const data = new Uint8Array(ground.width * ground.height * 3);
  for (let y = 0; y < image.height; y++) {
    const row = image.data.subarray(y * image.width * 3, (y + 1) * image.width * 3);
    data.set(row, ((y + ground.top) * ground.width + ground.left) * 3);
  }
  return { width: ground.width, height: ground.height, data };
}

describe('the black around an image', () => {
  const side = fc.integer({ min: 1, max: 90 });
  const interpolation = fc.constantFrom('nearest', 'bilinear', 'bicubic');

  it('is never drawn, and comes out as if it were', () => {
    fc.assert(
      fc.property(side, side, side, side, interpolation, (width, height, toWidth, toHeight, method) => {
        const image = formulaImage(width, height);
        const size = { width: toWidth, height: toHeight };
        // Memory that was used before.
        const data = new Uint8Array(toWidth * toHeight * 3).fill(9);
        const whole = drawn(fitAspect(image, toWidth, toHeight, 'pad'));
        resizeImage(image, size, { interpolation: method, resize: 'pad' }, data);
        expect(data).toEqual(resizers[method](whole, toWidth, toHeight).data);
      }),
    );
  });

  it.each(['nearest', 'bilinear', 'bicubic'] as const)('takes no memory, %s', (method) => {
    for (const [width, height] of [
      [100_000, 1],
      [1, 100_000],
    ] as const) {
      const image = { width, height, data: new Uint8Array(300_000).fill(200) };
      const { data } = resizeImage(image, { width: 9, height: 9 }, { interpolation: method, resize: 'pad' });
      expect(data).toEqual(new Uint8Array(9 * 9 * 3));
    }
  });
});
