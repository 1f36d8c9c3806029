import type { Random } from '@thaw/base';
import { logisticRegression } from '../logistic-regression.ts';
import { numberGroups } from './number-groups.ts';
import { pairsWon } from '../roc-auc.ts';
import { groupFolds } from './group-folds.ts';

export interface TwoSampleTest {
  readonly auc: number | null;
  readonly ci95: readonly [number, number] | null;
}

const mostFolds = 5;
const resamples = 1000;

/**
 * How well logistic regression tells the rows of side 1 from those of side 0 (Lopez-Paz and Oquab 2017), in at most five folds that
 * hold whole groups. Scores of two folds come from two classifiers and are not compared: the AUC counts pairs within a fold.
 * The interval is the percentile bootstrap's over groups, with the classifiers as they are, which leaves
 * it a little narrow: without a shift it misses 0.5 in 5 to 10 of 100 tries. Null with fewer than two groups on a side.
 *
 * `rows` are standardised; they are divided by the root of their width, so that the penalty weighs the same at every width.
 */
export function classifierTwoSampleTest(
  rows: readonly Float64Array[],
  sides: readonly number[],
  groupNames: readonly string[],
  random: Random,
): TwoSampleTest {
  const groups = numberGroups(groupNames);
  const counts = Array.from({ length: groups.count }, () => [0, 0]);
  rows.forEach((_, i) => counts[groups.of[i]!]![sides[i]!]!++);
  const groupsOn = [0, 1].map((side) => counts.filter((count) => count[side]! > 0).length);
  const folds = Math.min(mostFolds, ...groupsOn);
  if (folds < 2) return { auc: null, ci95: null };
  const foldOf = groupFolds(counts, folds, random);

  const scale = 1 / Math.sqrt(rows[0]!.length);
  const scaled = rows.map((row) => row.map((value) => value * scale));
  const scores = new Float64Array(rows.length);
  const orders: number[][] = [];
  for (let fold = 0; fold < folds; fold++) {
    const [inside, outside]: [number[], number[]] = [[], []];
    rows.forEach((_, i) => (foldOf[groups.of[i]!] === fold ? inside : outside).push(i));
    const classifier = logisticRegression(
      outside.map((i) => scaled[i]!),
      outside.map((i) => sides[i]!),
    );
    const decisions = classifier.decisions(inside.map((i) => scaled[i]!));
    inside.forEach((i, position) => (scores[i] = decisions[position]!));
    orders.push(inside.sort((a, b) => scores[a]! - scores[b]!));
  }

  const auc = (weights?: Float64Array) => {
    const folds = orders.map((order) => pairsWon(sides, scores, order, weights));
    const total = (key: 'won' | 'pairs') => folds.reduce((sum, fold) => sum + fold[key], 0);
    return total('won') / total('pairs');
  };
  const resampled = Array.from({ length: resamples }, () => {
    const drawn = resampleGroups(counts, random);
    return auc(Float64Array.from(groups.of, (group) => drawn[group]!));
  })
    .filter((value) => !Number.isNaN(value))
    .sort((a, b) => a - b);
  const at = (share: number) => resampled[Math.round(share * (resampled.length - 1))]!;
  return { auc: auc(), ci95: [at(0.025), at(0.975)] };
}

/** How often each group is drawn when as many as there are on each side are drawn again; a group on both sides goes with the first. */
function resampleGroups(counts: readonly (readonly number[])[], random: Random): Float64Array {
  const drawn = new Float64Array(counts.length);
  for (const side of [0, 1]) {
    const own = [...counts.keys()].filter((group) => (counts[group]![0]! > 0 ? 0 : 1) === side);
    own.forEach(() => drawn[own[random.int(own.length)]!]!++);
  }
  return drawn;
}
