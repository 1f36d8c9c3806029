import type { Method, SearchSpace } from '@thaw/experiment';
import type { Sampler, SamplerOptions } from './sampler.ts';
import { GridSampler } from './samplers/grid-sampler.ts';
import { RandomSampler } from './samplers/random-sampler.ts';
import { TpeSampler } from './samplers/tpe-sampler.ts';

type SamplerConstructor = new (space: SearchSpace, options: SamplerOptions) => Sampler;

/** The samplers by the `method` of an experiment file. */
export const samplers = {
  grid: GridSampler,
  random: RandomSampler,
  bayes: TpeSampler,
} as const satisfies Record<Method, SamplerConstructor>;

/** The sampler of a method over a space. Throws RangeError for a grid over continuous values and for parameters that depend on each other. */
export function createSampler(method: Method, space: SearchSpace, options: SamplerOptions): Sampler {
  const Chosen: SamplerConstructor = samplers[method];
  return new Chosen(space, options);
}
