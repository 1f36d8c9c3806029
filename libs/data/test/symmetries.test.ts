import { describe, expect, it } from 'vitest';
import { symmetriesOf, viewBySymmetry } from '../src/augmentation/symmetries.ts';

/** An image of 2 x 2 or 3 x 3 pixels, each of three equal values. */
const image = (values: readonly number[]) =>
  Uint8Array.from(values.flatMap((value) => [value, value, value]));
const shown = (values: readonly number[], symmetry: number) => {
  const view = viewBySymmetry(image(values), Math.sqrt(values.length), symmetry);
  return [...view].filter((_, i) => i % 3 === 0);
};

describe('a view of an image', () => {
  it.each([
    ['as it is', 0, [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['mirrored', 1, [3, 2, 1, 6, 5, 4, 9, 8, 7]],
    ['upside down', 2, [7, 8, 9, 4, 5, 6, 1, 2, 3]],
    ['turned by half', 3, [9, 8, 7, 6, 5, 4, 3, 2, 1]],
    ['with rows and columns swapped', 4, [1, 4, 7, 2, 5, 8, 3, 6, 9]],
    ['turned by a quarter, clockwise', 5, [7, 4, 1, 8, 5, 2, 9, 6, 3]],
    ['turned by a quarter, anticlockwise', 6, [3, 6, 9, 2, 5, 8, 1, 4, 7]],
    ['swapped along the other diagonal', 7, [9, 6, 3, 8, 5, 2, 7, 4, 1]],
  ])('%s', (_, symmetry, expected) => {
    expect(shown([1, 2, 3, 4, 5, 6, 7, 8, 9], symmetry)).toEqual(expected);
  });

  it('leaves the image alone, and keeps each pixel whole', () => {
    const pixels = Uint8Array.from({ length: 12 }, (_, i) => i);
    expect([...viewBySymmetry(pixels, 2, 1)]).toEqual([3, 4, 5, 0, 1, 2, 9, 10, 11, 6, 7, 8]);
    expect([...pixels]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('differs from all other views of its kind, of which the first is the image', () => {
    for (const symmetries of Object.values(symmetriesOf)) {
      const views = symmetries.map((symmetry) => shown([1, 2, 3, 4], symmetry).join());
      expect(views[0]).toBe('1,2,3,4');
      expect(new Set(views).size).toBe(symmetries.length);
    }
  });
});
