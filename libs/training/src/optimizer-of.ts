import { adam, rmsprop, sgd, type Optimizer } from '@thaw/compute';
import type { TrainingSettings } from '@thaw/experiment';

/** The optimiser that the settings name, with Keras's defaults for what they leave out. */
export function optimizerOf({ optimizer, momentum, nesterov }: TrainingSettings): Optimizer {
  if (optimizer === 'adam') return adam;
  return optimizer === 'sgd' ? { ...sgd, momentum, nesterov } : { ...rmsprop, momentum };
}
