import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { HaltonSequence } from '../src/quasi/halton-sequence.ts';
import { SobolSequence } from '../src/quasi/sobol-sequence.ts';

const golden = new URL('./golden/scipy-quasi.json', import.meta.url);
const { indices, sobol, halton } = JSON.parse(readFileSync(golden, 'utf8')) as {
  indices: number[];
  sobol: number[][];
  halton: number[][];
};

test.each([
  ['Sobol', sobol, SobolSequence],
  ['Halton', halton, HaltonSequence],
] as const)("%s's sequence without a seed is SciPy's", (_, points, Sequence) => {
  const sequence = new Sequence(points[0]!.length, null);
  for (const [i, index] of indices.entries()) {
    for (const [j, coordinate] of sequence.at(index).entries())
      expect(coordinate).toBeCloseTo(points[i]![j]!, 12);
  }
});

/** In how many coordinates each of so many equal parts has one of the first as many points. */
function evenCoordinates(
  sequence: { at(index: number): Float64Array },
  parts: number,
  dimensions: number,
): number {
  const points = Array.from({ length: parts }, (_, index) => sequence.at(index));
  const isEven = (j: number) => new Set(points.map((point) => Math.floor(point[j]! * parts))).size === parts;
  return Array.from({ length: dimensions }, (_, j) => isEven(j)).filter(Boolean).length;
}

describe('scrambled', () => {
  it("Sobol's sequence stays even in each coordinate, beside others by another seed", () => {
    expect(evenCoordinates(new SobolSequence(40, 3), 64, 40)).toBe(40);
    expect([...new SobolSequence(3, 3).at(0)]).not.toEqual([...new SobolSequence(3, 4).at(0)]);
  });

  it("Halton's sequence stays even in a coordinate for a power of its base", () => {
    expect(evenCoordinates(new HaltonSequence(1, 3), 64, 1)).toBe(1);
    expect([...new HaltonSequence(3, 3).at(0)]).not.toEqual([...new HaltonSequence(3, 4).at(0)]);
  });

  it('is uniform beyond the published direction numbers, too, and the same for the same index', () => {
    const sequence = new SobolSequence(43, 1);
    const points = Array.from({ length: 256 }, (_, index) => sequence.at(index));
    for (const j of [0, 39, 42]) {
      const mean = points.reduce((sum, point) => sum + point[j]!, 0) / points.length;
      expect(Math.abs(mean - 0.5)).toBeLessThan(0.06);
    }
    expect(new SobolSequence(43, 1).at(77)).toEqual(points[77]);
    expect(() => new SobolSequence(43, null)).toThrow(RangeError);
  });
});
