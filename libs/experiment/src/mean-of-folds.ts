import { metricNamesOf, type Figures } from './metrics.ts';
import type { FoldSummary } from './run.ts';

type Means = Figures<'train_' | 'val_'> &
  Pick<FoldSummary, 'train_accuracy' | 'train_loss' | 'val_accuracy' | 'val_loss'>;

/**
 * What folds come to together: means in which every validated image counts alike, of the metrics that all of them have. Needs one
 * fold or more.
 */
export function meanOfFolds(folds: readonly FoldSummary[]): Means {
  const images = folds.reduce((sum, fold) => sum + fold.images, 0);
  const means = [...metricNamesOf('train_'), ...metricNamesOf('val_')]
    .filter((name) => folds.every((fold) => fold[name] !== undefined))
    .map((name) => [name, folds.reduce((sum, fold) => sum + fold.images * fold[name]!, 0) / images]);
  return Object.fromEntries(means) as Means;
}
