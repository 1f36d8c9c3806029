import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { calibration } from '../src/index.ts';

interface Case {
  name: string;
  labels: number[];
  probabilities: number[][];
  ece: number;
  brier: number;
  nll: number;
}

const { cases } = JSON.parse(readFileSync(new URL('golden/calibration.json', import.meta.url), 'utf8')) as {
  cases: Case[];
};

describe.each(cases)('$name: the reference says the same', ({ labels, probabilities, ...expected }) => {
  const actual = calibration({ labels, probabilities, groups: null });
  test.each(['ece', 'brier', 'nll'] as const)('%s', (name) => {
    expect(Math.abs(actual[name] - expected[name])).toBeLessThanOrEqual(1e-9);
  });
});

describe('reliability bins', () => {
  it('hold each image once, those on an edge below it', () => {
    const confidences = [0.6, 0.61, 0.8, 1, 2 / 3];
    const { reliability } = calibration({
      labels: [0, 1, 0, 0, 1],
      probabilities: confidences.map((confidence) => [confidence, 1 - confidence]),
      groups: null,
    });
    expect(reliability).toHaveLength(15);
    const filled = reliability.filter((bin) => bin.images > 0);
    expect(filled.map(({ images, accuracy }) => [images, accuracy])).toEqual([
      [1, 1],
      [2, 0],
      [1, 1],
      [1, 1],
    ]);
    expect(filled.map((bin) => bin.upper)).toEqual([0.6, 2 / 3, 0.8, 1]);
    expect(filled[1]!.confidence).toBeCloseTo((0.61 + 2 / 3) / 2, 12);
    expect(reliability[0]).toEqual({ lower: 0, upper: 1 / 15, images: 0, confidence: null, accuracy: null });
  });

  it('take a confidence that rounding lifted above 1 for 1, and refuse others', () => {
    const of = (confidence: number) =>
      calibration({ labels: [0], probabilities: [[confidence, 0]], groups: null });
    expect(of(1 + 2 ** -23).reliability.at(-1)).toMatchObject({ images: 1, accuracy: 1 });
    expect(() => of(1.01)).toThrow('not inside [0, 1]');
  });

  it('give the expected calibration error, which is at least the distance of the means', () => {
    const image = fc.record({
      label: fc.integer({ min: 0, max: 1 }),
      p: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(image, { minLength: 1 }), (images) => {
        const { ece, reliability } = calibration({
          labels: images.map(({ label }) => label),
          probabilities: images.map(({ p }) => [p, 1 - p]),
          groups: null,
        });
        let signed = 0;
        let absolute = 0;
        for (const bin of reliability) {
          if (bin.images === 0) continue;
          const off = (bin.accuracy! - bin.confidence!) * (bin.images / images.length);
          signed += off;
          absolute += Math.abs(off);
        }
        expect(ece).toBeCloseTo(absolute, 9);
        expect(ece).toBeGreaterThanOrEqual(Math.abs(signed) - 1e-9);
      }),
    );
  });
});

test.each([1.2, NaN])('a confidence of %d is refused', (confidence) => {
  expect(() => calibration({ labels: [0], probabilities: [[confidence, 0]], groups: null })).toThrow(
    /not inside \[0, 1\]/,
  );
});
