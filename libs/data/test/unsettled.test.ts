import { expect, test } from 'vitest';
import { unsettled } from '../src/duplicates/groups/unsettled.ts';
import type { Comparison } from '../src/duplicates/verify/comparison.ts';

function comparison(share: number, patches: number, confidence: number): Comparison {
  return {
    a: 0,
    b: 1,
    confidence,
    distance: 1 - share,
    affinity: [1, 0, 0, 0, 1, 0],
    isInverted: false,
    agreement: { share, correlation: share, patches, conflicts: 0 },
    isAmbiguous: false,
    isDrawing: false,
    isTurned: false,
    grain: null,
  };
}

const isAsked = (open: Comparison) =>
  unsettled(
    [open],
    () => false,
    (image) => [image],
  ).length === 1;

test('what only two images show is asked for where they differ in places, not where they agree and yet were kept apart', () => {
  expect(isAsked(comparison(0.7, 120, 0.1))).toBe(true);
  expect(isAsked(comparison(0.9, 120, 0.85))).toBe(true);
  expect(isAsked(comparison(0.4, 120, 0))).toBe(false);
  // Two photographs of one field: all but the same, but farther from each other than copies are.
  expect(isAsked(comparison(0.99, 120, 0.999))).toBe(false);
});
