import { Random } from '@thaw/base';
import type { TrainerOptions } from '../engine.ts';
import { tensor, type Tensor } from '../tensor.ts';
import type { DropoutStep, Step } from './steps.ts';

/** The dropout steps of a plan. */
export function dropoutsOf(steps: readonly Step[]): DropoutStep[] {
  return steps.filter((step) => step.type === 'dropout');
}

/**
 * What a dropout layer multiplies its features [batch, units] by in one step of training: 0 with probability `rate`, else
 * 1 / (1 - rate), so that their mean stays. Drawn anew for each step, `iteration` of its optimiser (from 1), from its number in all
 * of training, so that training goes on as it would have and no optimiser draws what one before it has drawn.
 */
export function dropoutMask(
  { layer: { name, rate }, units }: DropoutStep,
  batch: number,
  { seed = 0, stepsBefore = 0 }: Pick<TrainerOptions, 'seed' | 'stepsBefore'>,
  iteration: number,
): Tensor {
  const random = new Random('dropout', seed, name, stepsBefore + iteration);
  const kept = 1 / (1 - rate);
  const mask = tensor([batch, units]);
  for (let i = 0; i < mask.data.length; i++) mask.data[i] = random.uniform() < rate ? 0 : kept;
  return mask;
}
