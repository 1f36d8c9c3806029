import { readExperiment, type Settings } from '@thaw/experiment';

/**
 * Settings of short trials: the usual ones, but that moving statistics of batch normalisation follow faster, as trials this short have
 * few steps (see `batch_norm_momentum`), and what `set` changes (path=value), of which mistakes say that it is from `said`.
 */
export function settingsOfShortTrials(
  { model, training }: Settings,
  set: readonly string[],
  said: string,
): Settings {
  const { backbone, alpha, image_size, weights, input } = model;
  const text = JSON.stringify({
    model: { backbone, alpha, image_size, weights, input, batch_norm_momentum: 0.9 },
    training: { seed: training.seed },
  });
  return readExperiment(text, said, { set }).settings;
}
