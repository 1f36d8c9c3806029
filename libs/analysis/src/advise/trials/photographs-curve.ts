import { Random, sum } from '@thaw/base';
import type { PredictionRow } from '@thaw/experiment';
import { learningCurve, type LearningCurve } from '@thaw/metrics';
import { predictionsOf } from './compare-scenarios.ts';
import { foldOfTrial, photographsLearned, type TrialImages } from './trial-images.ts';
import type { FoldOutcome } from './train-fold.ts';

/** Of the photographs that a fold learns from. */
export const shares = [1 / 8, 1 / 4, 1 / 2];

export interface CurveOfPhotographs {
  /** Photographs that a network learned from, in the mean of the folds, rising; as many as `curve.accuracies`. */
  readonly photographs: readonly number[];
  /** All that there are to learn from. */
  readonly size: number;
  readonly curve: LearningCurve;
}

export interface CurveOptions {
  /** What the networks say that learned from all photographs of their folds. */
  readonly rows: readonly PredictionRow[];
  /** For how many epochs each of them was trained. */
  readonly epochs: readonly number[];
  readonly train: (share: number, fold: number, allowed: number) => Promise<FoldOutcome>;
  readonly secondsLeft: () => number;
}

/**
 * Accuracy against the photographs that are learned from: the folds train on shares of theirs, and validate the same images. Shares
 * that the time does not suffice for are left out, the small ones first, as they say least. Says in words why there is no curve.
 */
export async function curveOfPhotographs(
  images: TrialImages,
  { rows, epochs, train, secondsLeft }: CurveOptions,
): Promise<CurveOfPhotographs | { readonly missing: string }> {
  const all = photographsLearned(images);
  const found = [{ photographs: all, rows }];
  const wanted = shares.filter((share) => isPossible(images, share)).reverse();
  for (const [i, share] of wanted.entries()) {
    const own: PredictionRow[] = [];
    for (let fold = 0; fold < images.folds; fold++) {
      // A share takes so much of the time that is left.
      const left = (images.folds - fold) * share + images.folds * sum(wanted.slice(i + 1));
      const outcome = await train(share, fold, (secondsLeft() * share) / left);
      if (outcome && 'failed' in outcome) return { missing: outcome.failed };
      // One that had less time to learn would seem to have learned from less.
      if (!outcome || (outcome.cut && outcome.epochs < epochs[fold]!)) break;
      own.push(...outcome.rows);
    }
    if (own.length < rows.length) break;
    found.unshift({ photographs: photographsLearned(images, share), rows: own });
  }
  if (found.length < 3) {
    const why =
      wanted.length < 2
        ? 'the classes have too few photographs to learn from a part of them'
        : 'there was not enough time for networks that learn from a part of the photographs';
    return { missing: why };
  }
  const foldOfFile = new Map(images.images.map(({ name }, i) => [name, images.foldOf[i]!]));
  const inOrder = (of: readonly PredictionRow[]) => [...of].sort((a, b) => (a.file < b.file ? -1 : 1));
  return {
    photographs: found.map(({ photographs }) => photographs),
    size: images.photographs,
    curve: learningCurve(
      found.map((point) => ({
        groups: point.photographs,
        predictions: predictionsOf(inOrder(point.rows), images),
      })),
      {
        foldOf: inOrder(rows).map(({ file }) => foldOfFile.get(file)!),
        size: images.photographs,
        random: new Random('learning curve'),
      },
    ),
  };
}

/** Every class has twice as many photographs to learn from as that share leaves of one. */
function isPossible(images: TrialImages, share: number): boolean {
  return images.classes.every((_, label) =>
    Array.from({ length: images.folds }, (_, fold) => foldOfTrial(images, fold)).every(({ train }) => {
      const own = train.filter((image) => image.label === label);
      return share * new Set(own.map(({ group }) => group)).size >= 1;
    }),
  );
}
