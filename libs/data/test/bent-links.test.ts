import { expect, test } from 'vitest';
import { linksByBending, toBend } from '../src/duplicates/groups/bent-links.ts';
import type { Agreement } from '../src/duplicates/verify/agreement.ts';
import type { Comparison } from '../src/duplicates/verify/comparison.ts';

const agreementOf = (share: number): Agreement => ({ share, correlation: share, patches: 150, conflicts: 0 });

function comparison(b: number, share: number, isDrawing = false, isInPlace = true): Comparison {
  return {
    a: 0,
    b,
    confidence: 0,
    distance: 1 - share,
    affinity: [1, 0, 0, 0, 1, 0],
    isInverted: false,
    agreement: agreementOf(share),
    isAmbiguous: false,
    isDrawing,
    isTurned: false,
    grain: { patches: 0, same: 0, isInPlace },
  };
}

const areApart = (a: number, b: number) => a === b;
const alone = (image: number) => [image];
const linked = (open: readonly Comparison[], bent: readonly number[]) => {
  const some = toBend(open, alone);
  return linksByBending(some, bent.map(agreementOf), open, areApart, alone).map(({ b }) => b);
};

test('images that agree when the one is bent onto the other are copies, where no other image comes near that', () => {
  expect(linked([comparison(1, 0.5)], [0.93])).toEqual([1]);
  expect(linked([comparison(1, 0.5), comparison(2, 0.4)], [0.93, 0.6])).toEqual([1]);
  // Two forms that were filled in otherwise, and photographs that only look alike.
  expect(linked([comparison(1, 0.5), comparison(2, 0.5)], [0.93, 0.91])).toEqual([]);
  expect(linked([comparison(1, 0.5)], [0.8])).toEqual([]);
  expect(linked([comparison(1, 0.5, false, false)], [0.9])).toEqual([]);
  expect(linked([comparison(1, 0.5, false, false)], [0.95])).toEqual([1]);
  // What is left over is not for want of bending.
  expect(linked([comparison(1, 0.87)], [0.9])).toEqual([]);
  // Drawings of a family differ by less.
  const drawings = [comparison(1, 0.5, true), comparison(2, 0.4, true)];
  expect(linked(drawings, [0.93, 0.6])).toEqual([]);
  expect(linked(drawings, [0.99, 0.6])).toEqual([1]);
});

test('what has little in common is not bent, nor are images of two large groups, which would have been found alike', () => {
  expect(toBend([comparison(1, 0.2)], (image) => [image])).toEqual([]);
  expect(toBend([comparison(1, 0.5)], () => [1, 2, 3])).toEqual([]);
  expect(toBend([comparison(1, 0.5)], (image) => [image])).toHaveLength(1);
});
