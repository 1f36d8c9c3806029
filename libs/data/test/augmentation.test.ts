import { readFileSync } from 'node:fs';
import { Random } from '@thaw/base';
import type { Augmentation } from '@thaw/experiment';
import { describe, expect, it } from 'vitest';
import { augment } from '../src/augmentation/augment.ts';
import { drawAugmentation, type Draw } from '../src/augmentation/draw-augmentation.ts';

const still: Draw = {
  theta: 0,
  tx: 0,
  ty: 0,
  shear: 0,
  zx: 1,
  zy: 1,
  flipHorizontal: false,
  flipVertical: false,
  brightness: null,
  channelShift: null,
  operations: [],
  jitter: null,
  blur: null,
  erased: null,
};

const off: Augmentation = {
  rotation_range: 0,
  width_shift_range: 0,
  height_shift_range: 0,
  shear_range: 0,
  zoom_range: 0,
  horizontal_flip: false,
  vertical_flip: false,
  fill_mode: 'nearest',
};

/** The image of golden/make_augmentation.py. */
function formulaPixels(size: number): Uint8Array {
  return Uint8Array.from({ length: size * size * 3 }, (_, i) => {
    const [x, y, c] = [Math.trunc(i / 3) % size, Math.trunc(i / 3 / size), i % 3];
    return (x * 37 + y * 11 + c * 83 + x * y) % 256;
  });
}

/** Draws many times and gives the least and greatest of one value. */
function rangeOf(augmentation: Partial<Augmentation>, value: (draw: Draw) => number) {
  const random = new Random('range');
  const values = Array.from({ length: 2000 }, () =>
    value(drawAugmentation({ ...off, ...augmentation }, 224, random)),
  );
  return { min: Math.min(...values), max: Math.max(...values), values };
}

describe('augment', () => {
  const golden = JSON.parse(readFileSync(new URL('golden/augmentation.json', import.meta.url), 'utf8')) as {
    size: number;
    cases: {
      draw: Partial<
        Record<keyof Draw | 'flip_horizontal' | 'flip_vertical' | 'channel_shift_intensity', never>
      >;
      cval?: number;
      fill_mode: Augmentation['fill_mode'];
      pixels: number[];
    }[];
  };

  it.each(golden.cases.map((one) => ({ ...one, words: JSON.stringify(one.draw) })))(
    'equals Keras for $words, $fill_mode',
    ({
      draw: { flip_horizontal, flip_vertical, channel_shift_intensity, ...numbers },
      pixels,
      ...beyond
    }) => {
      const draw = {
        ...still,
        ...numbers,
        flipHorizontal: flip_horizontal ?? false,
        flipVertical: flip_vertical ?? false,
        channelShift: channel_shift_intensity ?? null,
      };
      const result = augment(formulaPixels(golden.size), golden.size, draw, beyond);
      const worst = result.reduce((worst, value, i) => Math.max(worst, Math.abs(value - pixels[i]!)), 0);
      expect(worst).toBeLessThan(1e-3);
    },
  );

  it('leaves pixels as they are when nothing is drawn', () => {
    const pixels = formulaPixels(8);
    expect([...augment(pixels, 8, still, off)]).toEqual([...pixels]);
  });

  it('leaves its input alone', () => {
    const pixels = formulaPixels(8);
    augment(
      pixels,
      8,
      { ...still, theta: 30, flipVertical: true, brightness: 0.5 },
      { fill_mode: 'reflect' },
    );
    expect(pixels).toEqual(formulaPixels(8));
  });

  it('a flip undoes itself', () => {
    const pixels = formulaPixels(9);
    for (const flip of [{ flipHorizontal: true }, { flipVertical: true }]) {
      const once = Uint8Array.from(augment(pixels, 9, { ...still, ...flip }, off));
      expect(once).not.toEqual(pixels);
      expect([...augment(once, 9, { ...still, ...flip }, off)]).toEqual([...pixels]);
    }
  });
});

describe('drawAugmentation', () => {
  it('draws nothing when every option is off', () => {
    expect(drawAugmentation(off, 224, new Random(1))).toEqual(still);
  });

  it('depends on the random stream alone', () => {
    const all: Augmentation = {
      ...off,
      rotation_range: 20,
      width_shift_range: 0.1,
      horizontal_flip: true,
      brightness_range: [0.5, 1.5],
    };
    const draw = (...key: (string | number)[]) => drawAugmentation(all, 224, new Random(...key));
    expect(draw(42, 1, 'a')).toEqual(draw(42, 1, 'a'));
    expect(draw(42, 1, 'a')).not.toEqual(draw(42, 2, 'a'));
    expect(draw(42, 1, 'a')).not.toEqual(draw(42, 1, 'b'));
  });

  it.each([
    ['rotation in degrees', { rotation_range: 20 }, (d: Draw) => d.theta, -20, 20],
    ['shear in degrees', { shear_range: 10 }, (d: Draw) => d.shear, -10, 10],
    ['a width shift below 1 as a fraction', { width_shift_range: 0.1 }, (d: Draw) => d.tx, -22.4, 22.4],
    ['a height shift below 1 as a fraction', { height_shift_range: 0.5 }, (d: Draw) => d.ty, -112, 112],
    ['a shift from 1 on in pixels', { height_shift_range: 5.5 }, (d: Draw) => d.ty, -5.5, 5.5],
    ['zoom z as 1 - z to 1 + z', { zoom_range: 0.2 }, (d: Draw) => d.zx, 0.8, 1.2],
    ['a zoom pair', { zoom_range: [0.5, 2] as [number, number] }, (d: Draw) => d.zy, 0.5, 2],
    [
      'brightness',
      { brightness_range: [0.9, 1.3] as [number, number] },
      (d: Draw) => d.brightness!,
      0.9,
      1.3,
    ],
  ])('spreads %s over the whole range', (_, augmentation, value, low, high) => {
    const { min, max } = rangeOf(augmentation, value);
    const slack = (high - low) / 100;
    expect(min).toBeGreaterThanOrEqual(low);
    expect(min).toBeLessThan(low + slack);
    expect(max).toBeLessThanOrEqual(high);
    expect(max).toBeGreaterThan(high - slack);
  });

  it('erases by noise as that of Keras: normal of deviation 255, cut off at 0 and 255, others each time', () => {
    const noise = (key: string) => {
      const random_erasing = { factor: 1, scale: [0.02, 0.33] } as {
        factor: number;
        scale: [number, number];
      };
      const { erased } = drawAugmentation({ ...off, random_erasing }, 224, new Random('noise', key));
      return Array.from({ length: 20_000 }, erased!.fill);
    };
    const values = noise('a');
    const share = (wanted: (value: number) => boolean) => values.filter(wanted).length / values.length;
    // P(z < 0), P(z > 1) and P(z < 0.5) of a normal number.
    expect(Math.abs(share((value) => value === 0) - 0.5)).toBeLessThan(0.02);
    expect(Math.abs(share((value) => value === 255) - 0.159)).toBeLessThan(0.02);
    expect(Math.abs(share((value) => value < 127.5) - 0.691)).toBeLessThan(0.02);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    for (const lag of [1, 2, 3, 672]) {
      const pairs = values.slice(lag).map((value, i) => (value - mean) * (values[i]! - mean));
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      expect(Math.abs(pairs.reduce((sum, value) => sum + value, 0) / variance)).toBeLessThan(0.03);
    }
    expect(noise('b')).not.toEqual(values);
    expect(noise('a')).toEqual(values);
  });

  it('draws whole pixels inside a whole shift range, as Keras does', () => {
    const { values } = rangeOf({ width_shift_range: 3 }, (draw) => draw.tx);
    expect(new Set(values.map((value) => value + 0))).toEqual(new Set([-2, -1, 0, 1, 2]));
  });

  it('zooms the two sides independently and flips about half of the time', () => {
    const random = new Random('flips');
    const draws = Array.from({ length: 1000 }, () =>
      drawAugmentation({ ...off, zoom_range: 0.2, horizontal_flip: true }, 224, random),
    );
    expect(draws.every(({ zx, zy }) => zx !== zy)).toBe(true);
    const flips = draws.filter(({ flipHorizontal }) => flipHorizontal).length;
    expect(flips).toBeGreaterThan(430);
    expect(flips).toBeLessThan(570);
    expect(draws.some(({ flipVertical }) => flipVertical)).toBe(false);
  });
});
