import type { ParameterValues, SearchSpace } from '@thaw/experiment';
import { HaltonSequence } from '../quasi/halton-sequence.ts';
import type { Sampler, SamplerOptions } from '../sampler.ts';
import type { Trial } from '../trial.ts';
import { QuasiRandom } from './quasi-random.ts';

/** The points of a scrambled Halton sequence, even after any number of trials. */
export class HaltonSampler implements Sampler {
  readonly #points: QuasiRandom;

  constructor(space: SearchSpace, { seed }: Pick<SamplerOptions, 'seed'>) {
    this.#points = new QuasiRandom(space, seed, (dimensions) => new HaltonSequence(dimensions, seed));
  }

  ask(trials: readonly Trial[]): ParameterValues | null {
    return this.#points.ask(trials);
  }
}
