import type { ParameterValues, SearchSpace } from '@thaw/experiment';
import { SobolSequence } from '../quasi/sobol-sequence.ts';
import type { Sampler, SamplerOptions } from '../sampler.ts';
import type { Trial } from '../trial.ts';
import { QuasiRandom } from './quasi-random.ts';

/** The points of a scrambled Sobol sequence, most even after 2, 4, 8, 16, ... trials. */
export class SobolSampler implements Sampler {
  readonly #points: QuasiRandom;

  constructor(space: SearchSpace, { seed }: Pick<SamplerOptions, 'seed'>) {
    this.#points = new QuasiRandom(space, seed, (dimensions) => new SobolSequence(dimensions, seed));
  }

  ask(trials: readonly Trial[]): ParameterValues | null {
    return this.#points.ask(trials);
  }
}
