import { Random, sum } from '@thaw/base';
import { foldFiles, type Dataset } from '@thaw/data';
import { sampleAcrossGroups } from '@thaw/metrics';
import type { TrainingImages } from '../training-images.ts';

type Image = TrainingImages['images'][number];

/** The images that short trials train on, and who validates them. */
export interface TrialImages {
  readonly classes: readonly string[];
  /** Ordered by class. */
  readonly images: readonly Image[];
  /** The fold (from 0) of each image; photographs are never torn. */
  readonly foldOf: readonly number[];
  readonly folds: number;
  readonly photographs: number;
  readonly depthRange: TrainingImages['depthRange'];
}

/**
 * About `most` images, of each class its share, spread over as many photographs as there are, in as many folds as every class has
 * photographs for, `mostFolds` at most.
 */
export function trialImages(
  { images, classes, depthRange }: Pick<TrainingImages, 'images' | 'classes' | 'depthRange'>,
  { most, mostFolds, seed }: { readonly most: number; readonly mostFolds: number; readonly seed: number },
): TrialImages {
  const folds = Math.min(mostFolds, ...classes.map(({ photographs }) => photographs));
  const random = new Random('trial images', seed);
  const chosen = classes.flatMap(({ images: all }, label) => {
    const own = images.filter((image) => image.label === label);
    const limit = Math.max(2 * folds, Math.round((most * all) / images.length));
    const groups = own.map(({ group }) => group);
    return sampleAcrossGroups(groups, limit, random).map((i) => own[i]!);
  });
  const names = classes.map((each) => each.class);
  const [foldOf] = foldFiles(chosen, names, { strategy: 'grouped', folds, validation: 0.2, test: 0.2, seed });
  const photographs = new Set(chosen.map(({ group }) => group)).size;
  return { classes: names, images: chosen, foldOf: foldOf!, folds, photographs, depthRange };
}

/** Of all images the photographs that networks learn from in the mean of the folds, when they learn from a `share` of theirs. */
export function photographsLearned(trial: TrialImages, share = 1): number {
  const counts = Array.from({ length: trial.folds }, (_, fold) => {
    const { train } = foldOfTrial(trial, fold, share);
    return new Set(train.map(({ group }) => group)).size;
  });
  return sum(counts) / trial.folds;
}

/**
 * The data set of one fold's training: its images validate, the others train, or of these the images of a `share` of each class's
 * photographs. Smaller shares are part of larger ones; folds draw theirs apart.
 */
export function foldOfTrial(
  { classes, images, foldOf, folds, depthRange }: TrialImages,
  fold: number,
  share = 1,
): Dataset {
  const others = images.filter((_, i) => foldOf[i] !== fold);
  const kept = share === 1 ? others : photographsOf(others, classes.length, share, new Random('share', fold));
  return {
    classes,
    train: kept,
    validation: images.filter((_, i) => foldOf[i] === fold),
    test: [],
    folds: null,
    skipped: [],
    groupConfidence: null,
    detected: null,
    groupUnit: 'photograph',
    depthRange,
    warnings: [],
    strategy: 'grouped',
    notes: [],
    // Of all folds, so that they share one source of inputs.
    fingerprint: `${folds} folds of ${images.length} images`,
  };
}

function photographsOf(images: readonly Image[], classes: number, share: number, random: Random): Image[] {
  return Array.from({ length: classes }, (_, label) => {
    const own = images.filter((image) => image.label === label);
    const groups = random.shuffle([...new Set(own.map(({ group }) => group))]);
    const kept = new Set(groups.slice(0, Math.max(1, Math.round(share * groups.length))));
    return own.filter(({ group }) => kept.has(group));
  }).flat();
}
