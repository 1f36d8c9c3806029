import { adam, lion, rmsprop, sgd, type Optimizer, type TrainerOptions } from '@thaw/compute';
import type { TrainingSettings } from '@thaw/experiment';
import type { Model } from '@thaw/model';

/** Keras's. */
const weightDecayOfAdamw = 0.004;
const usualEmaMomentum = 0.99;

/** How the settings move weights, with Keras's defaults for what they leave out; `penalties` are the model's. */
export function optimizerOf(
  settings: TrainingSettings,
  { penalties }: Pick<Model, 'penalties'>,
): Pick<TrainerOptions, 'optimizer' | 'update' | 'seed'> {
  const usualDecay = settings.optimizer === 'adamw' ? weightDecayOfAdamw : 0;
  return {
    optimizer: ruleOf(settings),
    seed: settings.seed,
    update: {
      penalties,
      accumulationSteps: settings.gradient_accumulation_steps,
      weightDecay: settings.weight_decay ?? usualDecay,
      weightDecayExclude: settings.weight_decay_exclude,
      clipnorm: settings.clipnorm,
      globalClipnorm: settings.global_clipnorm,
      clipvalue: settings.clipvalue,
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
