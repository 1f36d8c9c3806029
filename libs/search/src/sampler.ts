import type { Goal, ParameterValues } from '@thaw/experiment';
import type { GpOptions } from './samplers/gp/gp-options.ts';
import type { TpeOptions } from './samplers/tpe/tpe-options.ts';
import type { Trial } from './trial.ts';

/** Says what to try next. Every sampler passes the sampler contract suite. */
export interface Sampler {
  /**
   * The parameters of the next trial, or null when nothing is left to try. `trials` are all trials so far, running ones
   * included, in any order. The answer depends on them and on what the sampler was made with, never on earlier calls,
   * so that a sweep goes on after an interruption as if nothing had happened. Parameters that cannot matter beside the
   * others are left out.
   */
  ask(trials: readonly Trial[]): ParameterValues | null;
}

export interface SamplerOptions {
  readonly seed: number;
  readonly goal: Goal;
  /** For `bayes`; what is left out is as in Optuna. */
  readonly tpe?: Partial<TpeOptions>;
  /** For `gp`; what is left out is as in Optuna. */
  readonly gp?: Partial<GpOptions>;
}
