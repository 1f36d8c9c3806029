import { describe, expect, test } from 'vitest';
import { worthKeeping } from '../src/worth-keeping.ts';

describe('what is kept', () => {
  const whole = { imageLength: 224 * 224 * 3, images: 12_444, augmented: false };
  test.each([
    ['features', { ...whole, rowLength: 1280 }, true],
    ['the views of an epoch', { ...whole, rowLength: 1280, augmented: true }, true],
    ['activations before block 14', { ...whole, rowLength: 7 * 7 * 160 }, true],
    ['rows larger than their image', { ...whole, rowLength: 112 * 112 * 16 }, false],
    ['an epoch of large rows', { ...whole, rowLength: 56 * 56 * 24, augmented: true }, false],
  ])('keeps %s: %j', (_, rows, kept) => {
    expect(worthKeeping(rows, 20e9)).toBe(kept);
    expect(worthKeeping(rows, 0)).toBe(false);
  });
});
