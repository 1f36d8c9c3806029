import { checkClassIndices, checkSameLength } from '../check-labels.ts';
import { featureMatrix, gramMatrix, normalizeRows } from './feature-matrix.ts';

export interface ProbeScore {
  /** Class index of each sample. */
  readonly predictions: readonly number[];
  readonly accuracy: number;
  /** Mean recall over the classes that have samples, so that no class counts more for its size. */
  readonly balancedAccuracy: number;
}

export interface NeighbourProbe {
  /** Neighbours are sought in other groups alone. */
  readonly acrossGroups: ProbeScore;
  /** Neighbours may be copies: what a split that knows no groups measures. */
  readonly acrossSamples: ProbeScore;
  /** Balanced accuracy of guessing: 1 by the number of classes. */
  readonly chance: number;
}

/**
 * k-nearest-neighbour classification of every sample by the others, by cosine similarity: how much of the classes the features
 * tell without any training. Once with a sample's whole group left out and once with the sample alone left out. Each of
 * the k nearest has one vote; of classes with equally many the one with the nearest sample wins; of equally near samples
 * the first counts as nearer. With fewer than k others, all of them vote; a sample without any is predicted as -1.
 *
 * `features` one row a sample; `labels` class indices; `groups` null where every sample is its own group. Memory grows with the
 * square of the samples: 8 bytes a pair. Throws RangeError for lengths that differ, no samples, k below 1 and features
 * that are not finite.
 */
export function nearestNeighbourProbe(
  features: readonly ArrayLike<number>[],
  labels: ArrayLike<number>,
  groups: readonly string[] | null,
  { k = 5 }: { readonly k?: number } = {},
): NeighbourProbe {
  checkSameLength(labels, features, 'rows of features');
  if (groups) checkSameLength(labels, groups, 'groups');
  if (!Number.isInteger(k) || k < 1) throw new RangeError(`k is a whole number of 1 or more, not ${k}`);
  const classCount = Math.max(...Array.from(labels)) + 1;
  checkClassIndices('labels', labels, classCount);
  const samples = features.length;
  const similarity = gramMatrix(normalizeRows(featureMatrix(features)));
  const ownGroup = Array.from({ length: samples }, (_, i) => groups?.[i] ?? i);

  const probe = (isOther: (sample: number, other: number) => boolean): ProbeScore => {
    const predictions = Array.from({ length: samples }, (_, sample) => {
      const row = similarity.subarray(sample * samples, (sample + 1) * samples);
      const others = nearest(row, k, (other) => isOther(sample, other));
      return majority(others.map((other) => labels[other]!));
    });
    return { predictions, ...score(labels, predictions, classCount) };
  };
  return {
    acrossGroups: probe((sample, other) => ownGroup[sample] !== ownGroup[other]),
    acrossSamples: probe((sample, other) => sample !== other),
    chance: 1 / new Set(Array.from(labels)).size,
  };
}

/** Indices of the k largest values that are allowed, the largest first. */
function nearest(values: Float64Array, k: number, isAllowed: (index: number) => boolean): number[] {
  const found: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const isNearer = found.length < k || values[i]! > values[found.at(-1)!]!;
    if (!isNearer || !isAllowed(i)) continue;
    if (found.length === k) found.pop();
    let place = found.length;
    while (place > 0 && values[i]! > values[found[place - 1]!]!) place--;
    found.splice(place, 0, i);
  }
  return found;
}

/** The commonest label; of several, the one that comes first. -1 for none. */
function majority(labels: readonly number[]): number {
  const votes = new Map<number, number>();
  for (const label of labels) votes.set(label, (votes.get(label) ?? 0) + 1);
  let [best, most] = [-1, 0];
  for (const [label, count] of votes) if (count > most) [best, most] = [label, count];
  return best;
}

function score(labels: ArrayLike<number>, predictions: readonly number[], classCount: number) {
  const right = new Array<number>(classCount).fill(0);
  const support = new Array<number>(classCount).fill(0);
  predictions.forEach((prediction, i) => {
    support[labels[i]!]!++;
    if (prediction === labels[i]) right[labels[i]]!++;
  });
  const recalls = right
    .map((count, label) => count / support[label]!)
    .filter((recall) => !Number.isNaN(recall));
  return {
    accuracy: right.reduce((sum, count) => sum + count, 0) / labels.length,
    balancedAccuracy: recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length,
  };
}
