import { readFileSync } from 'node:fs';
import { Random } from '@thaw/base';
import { expect, it } from 'vitest';
import { dealFolds } from '../src/splits/deal-folds.ts';
import { ofClasses } from './of-classes.ts';

const { cases } = JSON.parse(
  readFileSync(new URL('golden/stratified-group-folds.json', import.meta.url), 'utf8'),
) as { cases: { groups: number[][]; folds: number; worst_deviation: number }[] };

/** The largest |share of a class that a fold validates - 1 / folds|. */
function worstDeviation(groups: readonly number[][], foldOf: readonly number[], folds: number): number {
  const deviations = groups[0]!.flatMap((_, c) => {
    const held = new Array<number>(folds).fill(0);
    groups.forEach((counts, g) => (held[foldOf[g]!]! += counts[c]!));
    const all = held.reduce((a, b) => a + b, 0);
    return held.map((images) => Math.abs(images / all - 1 / folds));
  });
  return Math.max(...deviations);
}

it.each(cases)(
  "$groups.length groups in $folds folds are as even as scikit-learn's StratifiedGroupKFold makes them, or more",
  ({ groups, folds, worst_deviation }) => {
    const counts = groups.map(ofClasses);
    for (const seed of [0, 1, 2, 3, 4]) {
      const foldOf = dealFolds(counts, folds, new Random(seed));
      expect(worstDeviation(groups, foldOf, folds)).toBeLessThanOrEqual(worst_deviation + 1e-9);
    }
  },
);
