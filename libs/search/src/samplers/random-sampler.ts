import { Random } from '@thaw/base';
import { activeValues, dependencyOrder, type ParameterValues, type SearchSpace } from '@thaw/experiment';
import { drawValue } from '../draw-value.ts';
import type { Sampler, SamplerOptions } from '../sampler.ts';
import { Untried } from '../untried.ts';
import { nextNumber, type Trial } from '../trial.ts';

/**
 * Draws each trial from the parameters' distributions. A trial's draw depends on the seed and its number alone, so that
 * it does not matter when others end. A point that is running or done is not drawn again: where values are finite, the
 * search ends when all were tried. Points of interrupted trials are asked for first.
 */
export class RandomSampler implements Sampler {
  readonly #space: SearchSpace;
  readonly #seed: number;

  constructor(space: SearchSpace, { seed }: Pick<SamplerOptions, 'seed'>) {
    dependencyOrder(space);
    this.#space = space;
    this.#seed = seed;
  }

  ask(trials: readonly Trial[]): ParameterValues | null {
    return new Untried(this.#space, this.#seed, trials).next((attempt) =>
      drawPoint(this.#space, new Random(this.#seed, 'random', nextNumber(trials), attempt)),
    );
  }
}

/** A point drawn from the space's own distributions. */
export function drawPoint(space: SearchSpace, random: Random): ParameterValues {
  const values = Object.entries(space).map(([path, parameter]) => [path, drawValue(parameter, random)]);
  return activeValues(space, Object.fromEntries(values));
}
