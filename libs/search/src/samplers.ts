import type { Method, SearchSpace } from '@thaw/experiment';
import type { Sampler, SamplerOptions } from './sampler.ts';
import { AutoSampler } from './samplers/auto-sampler.ts';
import { CmaSampler } from './samplers/cma-sampler.ts';
import { GpSampler } from './samplers/gp-sampler.ts';
import { GridSampler } from './samplers/grid-sampler.ts';
import { HaltonSampler } from './samplers/halton-sampler.ts';
import { RandomSampler } from './samplers/random-sampler.ts';
import { SobolSampler } from './samplers/sobol-sampler.ts';
import { TpeSampler } from './samplers/tpe-sampler.ts';

type SamplerConstructor = new (space: SearchSpace, options: SamplerOptions) => Sampler;

/** The samplers by the `method` of an experiment file. */
export const samplers = {
  grid: GridSampler,
  random: RandomSampler,
  bayes: TpeSampler,
  gp: GpSampler,
  cmaes: CmaSampler,
  sobol: SobolSampler,
  halton: HaltonSampler,
  auto: AutoSampler,
} as const satisfies Record<Method, SamplerConstructor>;

/** Whether a method goes by what trials have given: the more of them it knows when it is asked, the better its answer. */
export const learns: Readonly<Record<Method, boolean>> = {
  grid: false,
  random: false,
  bayes: true,
  gp: true,
  cmaes: true,
  sobol: false,
  halton: false,
  auto: true,
};

/** The sampler of a method over a space. Throws RangeError for a grid over continuous values and for parameters that depend on each other. */
export function createSampler(method: Method, space: SearchSpace, options: SamplerOptions): Sampler {
  const Chosen: SamplerConstructor = samplers[method];
  return new Chosen(space, options);
}
