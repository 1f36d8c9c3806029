import { Random } from '@thaw/base';
import {
  dependencyOrder,
  finiteValues,
  type Goal,
  isActive,
  type ParameterValues,
  type SearchSpace,
} from '@thaw/experiment';
import type { Sampler, SamplerOptions } from '../sampler.ts';
import { nextNumber, type Trial } from '../trial.ts';
import { Untried } from '../untried.ts';
import { drawPoint } from './random-sampler.ts';
import { ParzenEstimator } from './tpe/parzen-estimator.ts';
import { informative, splitTrials } from './tpe/split-trials.ts';
import { optunaDefaults, type TpeOptions } from './tpe/tpe-options.ts';

/** An estimate that proposes what is known so often in a row leaves the word to chance. */
const attemptsOfEstimate = 20;

/**
 * The tree-structured Parzen estimator (Bergstra et al. 2011) as Optuna 5 defines it: after some random trials, draws
 * candidates from a density of the good trials and proposes the one whose density among good trials is highest against
 * that among bad ones. Failed and interrupted trials, and values that are NaN, do not count; pruned ones as Optuna counts
 * them; running ones as bad, so that workers keep apart. A point that is running or done is not proposed again.
 */
export class TpeSampler implements Sampler {
  readonly #space: SearchSpace;
  readonly #groups: readonly SearchSpace[];
  readonly #seed: number;
  readonly #goal: Goal;
  readonly #options: TpeOptions;

  constructor(space: SearchSpace, { seed, goal, tpe }: SamplerOptions) {
    this.#space = space;
    this.#options = { ...optunaDefaults, ...tpe };
    this.#groups = groupsOf(space, this.#options);
    this.#seed = seed;
    this.#goal = goal;
  }

  ask(trials: readonly Trial[]): ParameterValues | null {
    const number = nextNumber(trials);
    const known = informative(trials);
    const byNumber = (list: readonly Trial[]) =>
      list.toSorted((a, b) => a.number - b.number).map(({ parameters }) => parameters);
    const { good, bad } = splitTrials(known, this.#options.gamma(known.length), this.#goal);
    const running = this.#options.constantLiar ? trials.filter(({ state }) => state === 'running') : [];
    const observed = { good: byNumber(good), bad: byNumber([...bad, ...running]) };
    return new Untried(this.#space, this.#seed, trials).next((attempt) =>
      known.length < this.#options.startupTrials || attempt >= attemptsOfEstimate
        ? drawPoint(this.#space, new Random(this.#seed, 'random', number, attempt))
        : this.#propose(observed, new Random(this.#seed, 'tpe', number, attempt)),
    );
  }

  #propose(
    observed: { readonly good: readonly ParameterValues[]; readonly bad: readonly ParameterValues[] },
    random: Random,
  ): ParameterValues {
    let point: ParameterValues = {};
    for (const group of this.#groups) {
      // The parameters of a group depend on the same others.
      if (!isActive(Object.keys(group)[0]!, this.#space, point)) continue;
      const good = new ParzenEstimator(group, observed.good, this.#options);
      const bad = new ParzenEstimator(group, observed.bad, this.#options);
      let best: { values: ParameterValues; promise: number } | null = null;
      for (let i = 0; i < this.#options.candidates; i++) {
        const values = good.sample(random);
        const promise = good.logDensity(values) - bad.logDensity(values);
        if (best === null || promise > best.promise) best = { values, promise };
      }
      point = { ...point, ...best!.values };
    }
    const paths = Object.keys(this.#space).filter((path) => Object.hasOwn(point, path));
    return Object.fromEntries(paths.map((path) => [path, point[path]]));
  }
}

/** The parameters that are estimated together, those that others depend on first. Constants form groups of their own. */
function groupsOf(space: SearchSpace, { multivariate, group }: TpeOptions): SearchSpace[] {
  const groups = new Map<string, Record<string, SearchSpace[string]>>();
  for (const path of dependencyOrder(space)) {
    const parameter = space[path]!;
    const when = Object.entries(parameter.when ?? {});
    const isVaried = finiteValues(parameter)?.length !== 1;
    const isJoint = multivariate && isVaried && (when.length === 0 || group);
    const key = isJoint ? JSON.stringify(when.sort(([a], [b]) => (a < b ? -1 : 1))) : path;
    groups.set(key, { ...groups.get(key), [path]: parameter });
  }
  return [...groups.values()];
}
