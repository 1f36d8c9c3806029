import type { FoldSummary } from './run.ts';

type Mean = 'train_accuracy' | 'train_loss' | 'val_accuracy' | 'val_loss';

/** What folds come to together: means in which every validated image counts alike. Needs one fold or more. */
export function meanOfFolds(folds: readonly FoldSummary[]): Pick<FoldSummary, Mean> {
  const images = folds.reduce((sum, fold) => sum + fold.images, 0);
  const mean = (key: Mean) => folds.reduce((sum, fold) => sum + fold.images * fold[key], 0) / images;
  return {
    train_accuracy: mean('train_accuracy'),
    train_loss: mean('train_loss'),
    val_accuracy: mean('val_accuracy'),
    val_loss: mean('val_loss'),
  };
}
