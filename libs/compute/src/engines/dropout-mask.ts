import { Random } from '@thaw/base';
import { tensor, type Tensor } from '../tensor.ts';
import type { DropoutStep, Step } from './steps.ts';

/** The dropout steps of a plan. */
export function dropoutsOf(steps: readonly Step[]): DropoutStep[] {
  return steps.filter((step) => step.type === 'dropout');
}

/**
 * What a dropout layer multiplies its features [batch, units] by in one step of training: 0 with probability `rate`, else
 * 1 / (1 - rate), so that their mean stays. Drawn anew for each step from its number, so that training goes on as it would have.
 */
export function dropoutMask(
  { layer: { name, rate }, units }: DropoutStep,
  batch: number,
  { seed = 0, iteration }: { readonly seed?: number; readonly iteration: number },
): Tensor {
  const random = new Random('dropout', seed, name, iteration);
  const kept = 1 / (1 - rate);
  const mask = tensor([batch, units]);
  for (let i = 0; i < mask.data.length; i++) mask.data[i] = random.uniform() < rate ? 0 : kept;
  return mask;
}
