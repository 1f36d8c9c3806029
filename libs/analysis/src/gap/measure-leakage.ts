import type { Engine } from '@thaw/compute';
import { asTrained, byScene, findCrossings, foldCrossings } from '@thaw/data';
import type { PredictionRow } from '@thaw/experiment';
import {
  accuracyInterval,
  asPredictions,
  choose,
  difference,
  inOrderOf,
  pairedComparisons,
  type Estimate,
  type GapEvidence,
  type HonestGap,
  type Predictions,
} from '@thaw/metrics';
import type { GapDocument, KeptGroups } from '@thaw/tracking';
import type { ChosenRun } from './choose-run.ts';
import type { RunData } from '../groups/data-of-run.ts';
import { knowsTraining } from '../groups/groups-of-run.ts';
import { foldsKept } from '../groups/kept-groups.ts';
import type { AnalysisListener } from '../listener.ts';
import { startedFrom } from '../results/started-from.ts';
import { retrainGrouped, type Retrained } from './grouped-retraining.ts';
import type { MeasuredTestLeakage } from './measure-test-leakage.ts';

type LeakageFigures = Omit<GapDocument['leakage'], 'honest_gap'>;

export interface MeasuredLeakage {
  readonly figures: LeakageFigures;
  /** The same trial where no group is on both sides: its gap, and what else its validation and test accuracy is. */
  readonly honest: HonestGap | null;
  /** What that trial said, of all splits together; null where it was not trained. */
  readonly sets: { readonly validation: Predictions; readonly test: Predictions } | null;
  readonly testLeakage: GapEvidence['testLeakage'];
  /** Why leakage was not measured; null where it was, or where there is none. */
  readonly missing: string | null;
}

export interface MeasureLeakageOptions {
  readonly run: ChosenRun['run'];
  readonly found: RunData | { readonly missing: string };
  /** The groups that are kept with the run, for where its images are gone. */
  readonly kept: KeptGroups | null;
  /** What the run said of its test images. */
  readonly rows: readonly PredictionRow[];
  readonly test: Predictions;
  readonly tested: MeasuredTestLeakage;
  /** Grouped splits to train on again; 0: none. */
  readonly retrain: number;
  readonly engine: Engine;
  readonly cacheDir: string;
  readonly listener: AnalysisListener;
  readonly signal?: AbortSignal;
}

/** Finds what is on both sides of a run's split and, where something is, trains the trial again without that. */
export async function measureLeakage(options: MeasureLeakageOptions): Promise<MeasuredLeakage> {
  const { found, kept, tested, retrain, engine, cacheDir, listener, signal } = options;
  const unmeasured = { honest: null, sets: null, testLeakage: tested.evidence };
  if ('missing' in found) {
    const figures = { ...(kept ? figuresOfKept(kept) : unknown), ...tested.figures };
    const missing = kept && options.run.imported ? 'an imported run cannot be trained again' : found.missing;
    return { ...unmeasured, figures, missing };
  }
  const { leakage, dataset } = found;
  const figures: LeakageFigures = {
    validation_images_with_a_twin_in_training: leakage.validationImagesWithATwinInTraining,
    fraction: leakage.fraction,
    origin: leakage.origin,
    groups: leakage.groups,
    crossings: leakage.crossings,
    scene_crossings: leakage.sceneCrossings,
    ...tested.figures,
    retrained: null,
  };
  if (leakage.validationImagesWithATwinInTraining === 0) return { ...unmeasured, figures, missing: null };
  if (retrain === 0) return { ...unmeasured, figures, missing: 'no training was asked for' };
  const retrained = await retrainGrouped(found.settings, {
    engine,
    cacheDir,
    fingerprint: dataset.fingerprint,
    weightsSha256: startedFrom(options.run),
    leakage,
    splits: retrain,
    onTrial: (number, settings) => listener.beginTrial(number, retrain, settings),
    onTrialEnd: (number, settings, summary) => listener.endTrial(number, settings, summary),
    signal,
  });
  if ('missing' in retrained) return { ...unmeasured, figures, missing: retrained.missing };
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
    ...honestGap(retrained, options, found),
    missing: null,
  };
}

const unknown = {
  validation_images_with_a_twin_in_training: null,
  fraction: null,
  origin: null,
  groups: null,
  crossings: [],
  scene_crossings: [],
  retrained: null,
};

function figuresOfKept(kept: KeptGroups) {
  const { origin, twins: ofFolds, images } = kept;
  const groups = new Set(images.map(({ group }) => group)).size;
  if (!knowsTraining(kept)) return { ...unknown, origin, groups };
  const known = ofFolds === undefined ? images : asTrained(images);
  const validated = images.filter(({ split }) => split === 'validation');
  const folds = foldsKept(validated);
  const crossings = [...foldCrossings(validated, folds), ...findCrossings(known)];
  const crossing = crossings.find(({ from, to }) => from === 'train' && to === 'validation');
  const twins = ofFolds ?? crossing?.images_in_to ?? 0;
  const scenes = validated.map(({ scene }) => ({ group: scene ?? null }));
  return {
    ...unknown,
    validation_images_with_a_twin_in_training: twins,
    fraction: validated.length === 0 ? 0 : twins / validated.length,
    origin,
    groups,
    crossings,
    scene_crossings: [
      ...foldCrossings(scenes, folds),
      ...findCrossings(byScene(known.map((image) => ({ ...image, scene: image.scene ?? null })))),
    ],
  };
}

/** Over all splits together; an image that is in several is there several times, in its one group. */
function honestGap(
  retrained: readonly Retrained[],
  { rows, run, test, tested }: MeasureLeakageOptions,
  { groupOf }: RunData,
): Pick<MeasuredLeakage, 'honest' | 'sets' | 'testLeakage'> {
  const pooled = (parts: readonly (readonly PredictionRow[])[]) =>
    asPredictions(parts.flat(), run.classes, groupOf);
  const validation = pooled(retrained.map((each) => each.validation));
  const isClean = (i: number) => tested.files?.has(rows[i]!.file) ?? true;
  const ordered = retrained.map((each) => inOrderOf(rows, each.test));
  if (!ordered.every((each) => each !== null)) {
    // A test set that the split draws is another for every split, and without copies then.
    const sets = { validation, test: pooled(retrained.map((each) => each.test)) };
    return { ...ofOtherImages(sets, accuracyInterval(test), tested), sets };
  }
  const sets = { validation, test: pooled(ordered.map((each) => each.filter((_, i) => isClean(i)))) };
  const own = choose(test, isClean);
  const times = <T>(values: ArrayLike<T>) => retrained.flatMap(() => Array.from(values));
  const repeated: Predictions = {
    labels: times(own.labels),
    probabilities: times(own.probabilities),
    groups: own.groups && times(own.groups),
  };
  const [lost] = pairedComparisons([
    { id: 'run', predictions: repeated },
    { id: 'honest', predictions: sets.test },
  ]);
  const testLost = { value: lost!.difference, ci95: lost!.ci95 };
  return { honest: { ...accuracies(sets), testLost }, sets, testLeakage: tested.evidence };
}

function accuracies({ validation, test }: NonNullable<MeasuredLeakage['sets']>) {
  return { validation: accuracyInterval(validation), test: accuracyInterval(test) };
}

function ofOtherImages(
  sets: NonNullable<MeasuredLeakage['sets']>,
  test: Estimate,
  { evidence }: MeasuredTestLeakage,
): Pick<MeasuredLeakage, 'honest' | 'testLeakage'> {
  const both = accuracies(sets);
  if (evidence) {
    const testLost = difference(evidence.honest, both.test);
    return { honest: { ...both, testLost }, testLeakage: evidence };
  }
  // The run has no honest test accuracy of its own: that of the trial without copies stands for it.
  const testLost = { value: 0, ci95: [0, 0] as const };
  const testLeakage = { honest: both.test, effect: difference(both.test, test) };
  return { honest: { ...both, testLost }, testLeakage };
}
