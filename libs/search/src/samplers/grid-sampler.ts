import type { ParameterValues } from '@thaw/experiment';
import type { Sampler, SearchSpace } from '../sampler.ts';
import { structuralKey } from '../structural-key.ts';
import type { Trial } from '../trial.ts';

/**
 * Every combination of the parameters' values, each once, in the order in which they are written: the first parameter
 * varies slowest. A value that is listed twice counts once. Points of interrupted trials are asked for again; those of
 * all other trials, failed ones included, are not. Without parameters there is one point, the experiment as it is.
 */
export class GridSampler implements Sampler {
  readonly #axes: readonly (readonly [path: string, values: readonly unknown[]])[];

  /** Keys that were worked out before: a long sweep asks for the same ones with every trial. */
  readonly #pointKeys: string[] = [];
  readonly #trialKeys = new WeakMap<ParameterValues, string>();

  constructor(space: SearchSpace) {
    this.#axes = Object.entries(space).map(([path, { values }]) => [path, values]);
  }

  ask(trials: readonly Trial[]): ParameterValues | null {
    const taken = new Set(
      trials
        .filter((trial) => trial.state !== 'interrupted')
        .map(({ parameters }) => this.#keyOf(parameters)),
    );
    // Points are made one by one, so that a huge grid with a small run_cap costs nothing.
    const size = this.#axes.reduce((product, [, values]) => product * values.length, 1);
    for (let index = 0; index < size; index++) {
      const key = (this.#pointKeys[index] ??= structuralKey(this.#point(index)));
      if (!taken.has(key)) return this.#point(index);
    }
    return null;
  }

  #keyOf(parameters: ParameterValues): string {
    const known = this.#trialKeys.get(parameters) ?? structuralKey(parameters);
    this.#trialKeys.set(parameters, known);
    return known;
  }

  /** The point at a place of the grid, read as a number whose digits are the values, the last parameter's first. */
  #point(index: number): ParameterValues {
    let rest = index;
    const digits = this.#axes.toReversed().map(([path, values]) => {
      const digit = rest % values.length;
      rest = Math.floor(rest / values.length);
      return [path, values[digit]] as const;
    });
    return Object.fromEntries(digits.reverse());
  }
}
