import type { Network, Weights } from '@thaw/compute';
import { fineTuning, type ModelSettings } from '@thaw/experiment';

/**
 * Whether the batch normalisation of these weights is folded into the convolutions: every gamma 1, every moving mean 0 and every
 * moving variance one number, as in Keras's published files of MobileNetV2 with alpha 1.0. Such statistics are not
 * those of images: trained further in training mode, the network falls to chance within an epoch.
 */
export function hasFoldedBatchNorm({ layers }: Network, weights: Weights): boolean {
  const normalizations = layers.filter(
    ({ type, name }) => type === 'BatchNormalization' && weights.has(`${name}/gamma`),
  );
  const values = (weight: string) => normalizations.map(({ name }) => weights.get(`${name}/${weight}`)!.data);
  const [variance] = values('moving_variance')[0] ?? [];
  const all = (weight: string, value: number) =>
    values(weight).every((data) => data.every((each) => each === value));
  return (
    variance !== undefined &&
    // Fresh ones are 1 throughout, of a network that has not been trained.
    variance !== 1 &&
    all('gamma', 1) &&
    all('moving_mean', 0) &&
    all('moving_variance', variance)
  );
}

/** Where `batch_norm` is left out it is `frozen` for weights that have it folded in, else `trainable`, as Keras's fit has it. */
export function withBatchNorm(settings: ModelSettings, isFolded: boolean): ModelSettings {
  return settings.batch_norm === undefined
    ? { ...settings, batch_norm: isFolded ? 'frozen' : 'trainable' }
    : settings;
}

/** What to know of fine-tuning from such weights, in a sentence; null where there is nothing. */
export function batchNormNote(
  { scenario, batch_norm, batch_norm_momentum, weights }: ModelSettings,
  isFolded: boolean,
): string | null {
  if (!isFolded || batch_norm === 'frozen' || !fineTuning.includes(scenario)) return null;
  const have = `${weights} has its batch normalisation folded in`;
  const unread = batch_norm_momentum === undefined ? '' : ', and nothing reads model.batch_norm_momentum';
  return batch_norm === undefined
    ? `${have}: it stays frozen (model.batch_norm)${unread}`
    : `${have}, and model.batch_norm is trainable: its statistics are not those of images, and training will fall to chance; frozen, or left out, it stays as it is`;
}
