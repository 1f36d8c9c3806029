import { counted } from '@thaw/base';
import type { Settings } from '@thaw/experiment';
import type { Model } from '@thaw/model';
import { phaseLengths } from './phases.ts';

/**
 * What is wrong with `training.gradient_accumulation_steps` where training on so many images, or a phase of it, has fewer batches
 * than gradients are gathered from, so that its weights would never move; null when all is well.
 */
export function accumulationProblem(
  settings: Settings,
  layers: Pick<Model, 'trainable' | 'headLayers' | 'depths'>,
  images: number,
): string | null {
  const { gradient_accumulation_steps: steps = 1, batch_size } = settings.training;
  if (steps === 1) return null;
  const shortest = Math.min(...phaseLengths(settings, layers));
  const batches = shortest * Math.ceil(images / batch_size);
  if (steps <= batches) return null;
  return `found ${steps}; allowed: up to ${batches}, the batches of ${counted(shortest, 'epoch')}`;
}
