import type { Engine } from '@thaw/compute';
import { findCrossings } from '@thaw/data';
import {
  accuracyInterval,
  asPredictions,
  pairedComparisons,
  type HonestGap,
  type Predictions,
} from '@thaw/metrics';
import type { GapDocument, KeptGroups } from '@thaw/tracking';
import type { ChosenRun } from './choose-run.ts';
import type { RunData } from '../groups/data-of-run.ts';
import type { AnalysisListener } from '../listener.ts';
import { retrainGrouped, type Retrained } from './grouped-retraining.ts';

type LeakageFigures = GapDocument['leakage'];

export interface MeasuredLeakage {
  readonly figures: LeakageFigures;
  /** The same trial where no group is on both sides: its gap, and what else its validation and test accuracy is. */
  readonly honest: HonestGap | null;
  /** Why leakage was not measured; null where it was, or where there is none. */
  readonly missing: string | null;
}

export interface MeasureLeakageOptions {
  readonly run: ChosenRun['run'];
  readonly found: RunData | { readonly missing: string };
  /** The groups that are kept with the run, for where its images are gone. */
  readonly kept: KeptGroups | null;
  /** What the run said of its test images. */
  readonly test: Predictions;
  /** Grouped splits to train on again; 0: none. */
  readonly retrain: number;
  readonly engine: Engine;
  readonly cacheDir: string;
  readonly listener: AnalysisListener;
  readonly signal?: AbortSignal;
}

/** Finds what is on both sides of a run's split and, where something is, trains the trial again without that. */
export async function measureLeakage(options: MeasureLeakageOptions): Promise<MeasuredLeakage> {
  const { run, found, kept, retrain, engine, cacheDir, listener, signal } = options;
  if ('missing' in found) {
    return { figures: kept ? figuresOfKept(kept) : unknown, honest: null, missing: found.missing };
  }
  const { leakage, dataset } = found;
  const figures: LeakageFigures = {
    validation_images_with_a_twin_in_training: leakage.validationImagesWithATwinInTraining,
    fraction: leakage.fraction,
    origin: leakage.origin,
    groups: leakage.groups,
    crossings: leakage.crossings,
    retrained: null,
  };
  if (leakage.validationImagesWithATwinInTraining === 0) return { figures, honest: null, missing: null };
  if (retrain === 0) {
    return { figures, honest: null, missing: 'no training was asked for' };
  }
  const retrained = await retrainGrouped(found.settings, {
    engine,
    cacheDir,
    fingerprint: dataset.fingerprint,
    leakage,
    splits: retrain,
    onTrial: (number, settings) => listener.beginTrial(number, retrain, settings),
    onTrialEnd: (number, settings, summary) => listener.endTrial(number, settings, summary),
    signal,
  });
  if ('missing' in retrained) return { figures, honest: null, missing: retrained.missing };
  return {
    figures: {
      ...figures,
      retrained: retrained.map(({ split_seed, summary }) => ({
        split_seed,
        val_accuracy: summary.val_accuracy,
        test_accuracy: summary.test_accuracy,
        gap: summary.gap,
      })),
    },
    honest: honestGap(retrained, options.test, run.classes, found),
    missing: null,
  };
}

const unknown: LeakageFigures = {
  validation_images_with_a_twin_in_training: null,
  fraction: null,
  origin: null,
  groups: null,
  crossings: [],
  retrained: null,
};

function figuresOfKept({ origin, images }: KeptGroups): LeakageFigures {
  const crossings = findCrossings(images);
  const twins = crossings.find(({ from, to }) => from === 'train' && to === 'validation')?.images_in_to ?? 0;
  const validation = images.filter(({ split }) => split === 'validation').length;
  return {
    validation_images_with_a_twin_in_training: twins,
    fraction: validation === 0 ? 0 : twins / validation,
    origin,
    groups: new Set(images.map(({ group }) => group)).size,
    crossings,
    retrained: null,
  };
}

/** Over all splits together; an image that is in several is there several times, in its one group. */
function honestGap(
  retrained: readonly Retrained[],
  test: Predictions,
  classes: readonly string[],
  { groupOf }: RunData,
): HonestGap {
  const pooled = (part: 'validation' | 'test') =>
    asPredictions(
      retrained.flatMap((each) => each[part]),
      classes,
      groupOf,
    );
  const honestTest = pooled('test');
  const times = <T>(values: ArrayLike<T>) => retrained.flatMap(() => Array.from(values));
  const repeated: Predictions = {
    labels: times(test.labels),
    probabilities: times(test.probabilities),
    groups: test.groups && times(test.groups),
  };
  const [lost] = pairedComparisons([
    { id: 'run', predictions: repeated },
    { id: 'honest', predictions: honestTest },
  ]);
  return {
    validation: accuracyInterval(pooled('validation')),
    test: accuracyInterval(honestTest),
    testLost: { value: lost!.difference, ci95: lost!.ci95 },
  };
}
