import type { Dataset, Folds } from '../dataset.ts';

/**
 * The data set of each training of a trial with folds, those of the first repeat first: all images of a fold validate, and those
 * of the other folds train. A RangeError for a data set without folds.
 */
export function foldDatasets(dataset: Dataset): Dataset[] {
  if (!dataset.folds) throw new RangeError('the data set has no folds');
  return dataset.folds.flatMap((foldOf) =>
    Array.from({ length: countFolds(foldOf) }, (_, fold) => ({
      ...dataset,
      train: dataset.validation.filter((_, i) => foldOf[i] !== fold),
      validation: dataset.validation.filter((_, i) => foldOf[i] === fold),
      folds: null,
    })),
  );
}

/** All images that any training of a trial learns from. */
export function trainingImagesOf({
  train,
  validation,
  folds,
}: Pick<Dataset, 'train' | 'validation' | 'folds'>) {
  return folds ? validation : train;
}

function countFolds(foldOf: Folds[number]): number {
  return foldOf.reduce((most, fold) => Math.max(most, fold + 1), 0);
}
