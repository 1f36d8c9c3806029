import type { TrainingSettings } from '@thaw/experiment';

/**
 * Settings by which a few epochs of so many batches show what an epoch takes at most: all that the scenario trains does so from the
 * first on and on images of full size, and gradients are gathered from no more batches than there are.
 */
export function dearestPhase(training: TrainingSettings, batches: number): TrainingSettings {
  const { gradient_accumulation_steps: steps = 1 } = training;
  return {
    ...training,
    warm_head: false,
    gradual_unfreezing: false,
    progressive_size: false,
    gradient_accumulation_steps: Math.min(steps, batches),
  };
}
