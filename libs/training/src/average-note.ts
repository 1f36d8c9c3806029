import { foldDatasets, type Dataset } from '@thaw/data';
import { fineTuning, headEpochs, type Settings } from '@thaw/experiment';
import { usualEmaMomentum } from './optimizer-of.ts';

interface Trial {
  readonly settings: Settings;
  readonly dataset: Dataset;
}

/** Averages that are more than this of their first weights have not forgotten them: what three times their span leaves. */
const forgotten = Math.exp(-3);

/**
 * A sentence on `training.use_ema` where training is too short for its averages: they begin as what the first move makes of the
 * weights, as Keras's do, and validation and the exported model would be mostly that. Of several trials the shortest is named; null
 * where all are long enough.
 */
export function averageNote(trials: readonly Trial[]): string | null {
  const averaged = trials.filter(({ settings }) => settings.training.use_ema);
  const [worst] = averaged.map(averageOf).sort((a, b) => b.share - a.share);
  if (!worst || worst.share <= forgotten) return null;
  const { moves, momentum, share } = worst;
  const often = moves === 1 ? 'once' : `${moves} times`;
  const found = `the weights move ${often}, and averages of ema_momentum ${momentum} are then still ${Math.round(100 * share)} % what the first time made of them`;
  return `training.use_ema: ${found}; ema_momentum ${momentumFor(moves)} averages the last tenth of training`;
}

/** How often the weights of a trial move by one optimiser, and how much of the averages is from the first time then. */
function averageOf({ settings, dataset }: Trial) {
  const { epochs, batch_size, gradient_accumulation_steps: steps = 1, ...training } = settings.training;
  const { gradual_unfreezing: gradual } = training;
  const behindHead = epochs - headEpochs(settings);
  const stretch =
    gradual && fineTuning.includes(settings.model.scenario)
      ? Math.min(behindHead, gradual.epochs)
      : behindHead;
  const { train } = dataset.folds ? foldDatasets(dataset)[0]! : dataset;
  const moves = Math.max(1, Math.floor((stretch * Math.ceil(train.length / batch_size)) / steps));
  const { ema_momentum: momentum = usualEmaMomentum } = training;
  return { moves, momentum, share: momentum ** (moves - 1) };
}

/** Spans a tenth of the moves, in two digits. */
function momentumFor(moves: number): number {
  return Math.max(0, Math.floor(100 * (1 - 10 / moves)) / 100);
}
