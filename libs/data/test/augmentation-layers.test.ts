import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { jitterColors, type ColorJitter } from '../src/augmentation/color-jitter.ts';
import { erase, type Erased } from '../src/augmentation/erase.ts';
import { gaussianBlur, type Blur } from '../src/augmentation/gaussian-blur.ts';

type Golden<T> = T & { readonly pixels: readonly number[] };

/** Made by golden/make_augmentation_layers.py. */
const { size, jitter, blur, erased } = JSON.parse(
  readFileSync(new URL('golden/augmentation-layers.json', import.meta.url), 'utf8'),
) as {
  size: number;
  jitter: Golden<Partial<ColorJitter>>[];
  blur: Golden<Blur>[];
  erased: Golden<Omit<Erased, 'fill'> & { fill: number }>;
};

const still: ColorJitter = { brightness: null, contrast: null, saturation: null, hue: null };

/** The image of the script. */
function formulaPixels(): Float32Array {
  return Float32Array.from({ length: size * size * 3 }, (_, i) => {
    const [x, y, c] = [Math.trunc(i / 3) % size, Math.trunc(i / 3 / size), i % 3];
    return (x * 37 + y * 11 + c * 83 + x * y) % 256;
  });
}

function worstOf(
  values: Float32Array,
  expected: readonly number[],
  counts: (i: number) => boolean = () => true,
): number {
  return values.reduce(
    (worst, value, i) => (counts(i) ? Math.max(worst, Math.abs(value - expected[i]!)) : worst),
    0,
  );
}

describe('colours', () => {
  it.each(jitter.map(({ pixels, ...words }) => ({ pixels, words, name: JSON.stringify(words) })))(
    'change as in Keras: $name',
    ({ pixels, words }) => {
      const values = formulaPixels();
      jitterColors(values, { ...still, ...words });
      expect(worstOf(values, pixels)).toBeLessThan(0.01);
    },
  );

  it('stay colours when the saturation grows beyond 1, where Keras leaves them', () => {
    // Saturation 0.75 and hue 20 degrees; at saturation 1: 200, 200 / 3, 0.
    const values = new Float32Array([200, 100, 50]);
    jitterColors(values, { ...still, saturation: 2 });
    expect(values[0]).toBeCloseTo(200, 3);
    expect(values[1]).toBeCloseTo(200 / 3, 3);
    expect(values[2]).toBeCloseTo(0, 3);
  });

  it('leave grey alone and come back after a whole turn', () => {
    const grey = new Float32Array([90, 90, 90]);
    jitterColors(grey, { ...still, saturation: 3, hue: 0.4 });
    expect([...grey]).toEqual([90, 90, 90]);
    const values = formulaPixels();
    jitterColors(values, { ...still, hue: 1 });
    expect(worstOf(values, [...formulaPixels()])).toBeLessThan(0.01);
  });
});

describe('blur', () => {
  it.each(blur)(
    'is as in Keras away from the border: $kernelSize, $sigmaX, $sigmaY',
    ({ pixels, ...words }) => {
      const values = formulaPixels();
      gaussianBlur(values, size, words);
      const half = (words.kernelSize - 1) / 2;
      const within = (at: number) => at >= half && at < size - half;
      const inside = (i: number) => within(Math.trunc(i / 3) % size) && within(Math.trunc(i / 3 / size));
      expect(worstOf(values, pixels, inside)).toBeLessThan(0.01);
    },
  );

  it('leaves an even image as it is up to its border, where Keras darkens it', () => {
    const values = new Float32Array(size * size * 3).fill(200);
    gaussianBlur(values, size, { kernelSize: 5, sigmaX: 1.5, sigmaY: 0.7 });
    expect(worstOf(values, Array<number>(values.length).fill(200))).toBeLessThan(0.001);
  });
});

describe('erasing', () => {
  it('fills the pixels that Keras fills', () => {
    const { pixels, fill, ...box } = erased;
    const values = formulaPixels();
    erase(values, size, { ...box, fill: () => fill });
    expect(worstOf(values, pixels)).toBe(0);
  });
});
