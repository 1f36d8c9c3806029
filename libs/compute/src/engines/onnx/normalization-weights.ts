import type { ConvStep } from '../steps.ts';
import type { StepContext } from './step-context.ts';

/** Declares the weights of the step's batch normalisation. */
export function declareNormalization(
  step: ConvStep,
  { weights, outputShape }: Pick<StepContext, 'weights' | 'outputShape'>,
) {
  const channels = { plain: step.outputShape.channels, stored: outputShape.channels };
  const declare = (weight: string) => weights.declare(step.normalization!.name, weight, channels);
  return {
    gamma: declare('gamma'),
    beta: declare('beta'),
    movingMean: declare('moving_mean'),
    movingVariance: declare('moving_variance'),
  };
}
