import type { ParameterValues, SearchSpace } from '@thaw/experiment';
import type { Sampler, SamplerOptions } from '../sampler.ts';
import type { Trial } from '../trial.ts';
import { UnitSpace } from '../unit/unit-space.ts';
import { CmaSampler } from './cma-sampler.ts';
import { GpSampler } from './gp-sampler.ts';
import { TpeSampler } from './tpe-sampler.ts';

/** After so many finished trials a Gaussian process costs more than it gives. */
const trialsOfProcess = 250;

/**
 * Chooses as AutoSampler of OptunaHub does (its `_sampler.py`, August 2026): `bayes` where a parameter is listed or depends on
 * others; else `gp` up to 250 finished trials, and after them `cmaes`, begun at the best of those.
 */
export class AutoSampler implements Sampler {
  readonly #process: Sampler;
  readonly #evolution: CmaSampler | null;

  constructor(space: SearchSpace, options: SamplerOptions) {
    const { axes, isAlwaysRead } = new UnitSpace(space);
    const isPlain = axes.every(({ isListed }, axis) => !isListed && isAlwaysRead[axis]);
    this.#process = isPlain ? new GpSampler(space, options) : new TpeSampler(space, options);
    this.#evolution = isPlain ? new CmaSampler(space, options) : null;
  }

  ask(trials: readonly Trial[]): ParameterValues | null {
    if (this.#evolution === null) return this.#process.ask(trials);
    const finished = trials.filter(({ state }) => state === 'finished').sort((a, b) => a.number - b.number);
    if (finished.length < trialsOfProcess) return this.#process.ask(trials);
    return this.#evolution.askAfter(trials, finished.slice(0, trialsOfProcess));
  }
}
