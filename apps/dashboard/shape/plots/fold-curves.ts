import { monitors } from '@thaw/experiment';
import type { CurveEpoch } from '@thaw/analysis/browser';

/** Figures that folds have a mean of. */
const figures = [...monitors, 'learning_rate'] as const;

export interface NamedEpochs {
  readonly name: string;
  readonly epochs: readonly CurveEpoch[];
}

/**
 * Runs as curves are drawn of them: one with folds alone as each of its folds and their mean, beside other runs as the mean. The
 * mean goes as far as all folds have trained.
 */
export function withFolds(runs: readonly NamedEpochs[]): NamedEpochs[] {
  return runs.flatMap((run) => {
    const folds = foldsOf(run.epochs);
    if (folds.length === 0) return [run];
    const mean = meanOf(folds);
    if (runs.length > 1) return [{ name: run.name, epochs: mean }];
    return [
      { name: 'mean of the folds', epochs: mean },
      ...folds.map((epochs, i) => ({ name: `fold ${i + 1}`, epochs })),
    ];
  });
}

/** The epochs of each fold, numbered within it; none for a run without folds. */
function foldsOf(epochs: readonly CurveEpoch[]): CurveEpoch[][] {
  const folds: CurveEpoch[][] = [];
  for (const epoch of epochs) {
    if (epoch.fold === undefined) continue;
    (folds[epoch.fold - 1] ??= []).push({ ...epoch, epoch: epoch.fold_epoch ?? epoch.epoch });
  }
  return folds.filter((fold) => fold.length > 0);
}

function meanOf(folds: readonly (readonly CurveEpoch[])[]): CurveEpoch[] {
  const epochs = Math.min(...folds.map(({ length }) => length));
  return Array.from({ length: epochs }, (_, i) => {
    const mean = (key: string) =>
      folds.reduce((sum, fold) => sum + ((fold[i]![key] as number | null | undefined) ?? Number.NaN), 0) /
      folds.length;
    return { epoch: i + 1, ...Object.fromEntries(figures.map((name) => [name, mean(name)])) };
  });
}
