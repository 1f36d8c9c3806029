import { adam, lion, rmsprop, sgd, type Optimizer, type TrainerOptions } from '@thaw/compute';
import { fineTuning, type Settings, type TrainingSettings } from '@thaw/experiment';
import type { Model } from '@thaw/model';

/** Keras's. */
const weightDecayOfAdamw = 0.004;
export const usualEmaMomentum = 0.99;

/** How the settings move the weights of a model, with Keras's defaults for what they leave out. */
export function optimizerOf(
  { training: settings, model: { scenario } }: Pick<Settings, 'training' | 'model'>,
  { penalties, trainable, depths }: Pick<Model, 'penalties' | 'trainable' | 'depths'>,
): Pick<TrainerOptions, 'optimizer' | 'update' | 'seed'> {
  const usualDecay = settings.optimizer === 'adamw' ? weightDecayOfAdamw : 0;
  const { backbone_learning_rate_factor = 1, layer_decay = 1 } = fineTuning.includes(scenario)
    ? settings
    : {};
  const factors = [...trainable]
    .filter((layer) => depths.has(layer))
    .map((layer) => [layer, backbone_learning_rate_factor * layer_decay ** depths.get(layer)!] as const)
    .filter(([, factor]) => factor !== 1);
  return {
    optimizer: ruleOf(settings),
    seed: settings.seed,
    update: {
      accumulationSteps: settings.gradient_accumulation_steps,
      penalties,
      clipnorm: settings.clipnorm,
      globalClipnorm: settings.global_clipnorm,
      clipvalue: settings.clipvalue,
      learningRateFactors: factors.length === 0 ? undefined : new Map(factors),
      weightDecay: settings.weight_decay ?? usualDecay,
      weightDecayExclude: settings.weight_decay_exclude,
      emaMomentum: settings.use_ema ? (settings.ema_momentum ?? usualEmaMomentum) : undefined,
    },
  };
}

function ruleOf({ optimizer, momentum, nesterov }: TrainingSettings): Optimizer {
  switch (optimizer) {
    case 'adam':
    case 'adamw':
      return adam;
    case 'lion':
      return lion;
    case 'sgd':
      return { ...sgd, momentum, nesterov };
    case 'rmsprop':
      return { ...rmsprop, momentum };
  }
}
