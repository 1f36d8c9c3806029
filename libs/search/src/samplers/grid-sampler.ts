import { structuralKey } from '@thaw/base';
import { dependencyOrder, type ParameterValues, type SearchSpace } from '@thaw/experiment';
import { GridPoints } from '../grid-points.ts';
import type { Sampler } from '../sampler.ts';
import type { Trial } from '../trial.ts';

/**
 * Every combination of the parameters' values, each once, in the order in which they are written: the first parameter
 * varies slowest. Parameters that cannot matter beside the others are left out, and points that are the same without them
 * count once, as does a value that is listed twice. Points of interrupted trials are asked for again; those of all other
 * trials, failed ones included, are not. Without parameters there is one point, the experiment as it is.
 */
export class GridSampler implements Sampler {
  readonly #points: GridPoints;

  /** Keys that were worked out before: a long sweep asks for the same ones with every trial. */
  readonly #pointKeys: string[] = [];
  readonly #trialKeys = new WeakMap<ParameterValues, string>();

  constructor(space: SearchSpace) {
    dependencyOrder(space);
    this.#points = new GridPoints(space);
  }

  ask(trials: readonly Trial[]): ParameterValues | null {
    const taken = new Set<string>();
    for (const { state, parameters } of trials) {
      if (state !== 'interrupted') taken.add(this.#keyOf(parameters));
    }
    // Points are made one by one, so that a huge grid with a small run_cap costs nothing.
    for (let index = 0; index < this.#points.size; index++) {
      const key = (this.#pointKeys[index] ??= structuralKey(this.#points.at(index)));
      if (!taken.has(key)) return this.#points.at(index);
    }
    return null;
  }

  #keyOf(parameters: ParameterValues): string {
    let key = this.#trialKeys.get(parameters);
    if (key === undefined) {
      key = structuralKey(parameters);
      this.#trialKeys.set(parameters, key);
    }
    return key;
  }
}
