import { Random } from '@thaw/base';
import type { Goal, ParameterValues, SearchSpace } from '@thaw/experiment';
import type { Sampler, SamplerOptions } from '../sampler.ts';
import { scoreTrials } from '../score-trials.ts';
import { nextNumber, type Trial } from '../trial.ts';
import { UnitSpace, type UnitPoint } from '../unit/unit-space.ts';
import { Untried } from '../untried.ts';
import { cmaConstants, type CmaConstants } from './cma/cma-constants.ts';
import { axesOf, roundState, updatedState, warmState, type CmaState } from './cma/cma-state.ts';
import { drawPoint } from './random-sampler.ts';

/** As Optuna has it: a sixth of the range. */
const firstStep = 1 / 6;
/** A proposal that is outside is drawn again so often for each coordinate, then moved to the end. */
const redraws = 10;
/** Of the distance of two values, what the deviation along them is at least: one draw in twenty then leaves a value. */
const leastOfStep = 1 / 4;

/**
 * The evolution strategy with covariance matrix adaptation (Hansen 2016) over the parameters that have an order and always matter; the
 * others are drawn at random, as in Optuna. Trials are generations by their numbers, and the distribution that points are drawn
 * from changes when all trials of a generation have ended, so that workers never wait. Along values with steps it stays wide
 * enough to leave them (after Hamano et al. 2022). Pruned trials count as `gp` counts them, failed ones as the worst.
 */
export class CmaSampler implements Sampler {
  readonly #space: SearchSpace;
  readonly #unit: UnitSpace;
  readonly #seed: number;
  readonly #goal: Goal;
  readonly #modelled: readonly number[];
  readonly #constants: CmaConstants;

  constructor(space: SearchSpace, { seed, goal }: Pick<SamplerOptions, 'seed' | 'goal'>) {
    this.#space = space;
    this.#unit = new UnitSpace(space);
    this.#seed = seed;
    this.#goal = goal;
    this.#modelled = this.#unit.axes.flatMap(({ isListed }, axis) =>
      isListed || !this.#unit.isAlwaysRead[axis] ? [] : [axis],
    );
    this.#constants = cmaConstants(Math.max(1, this.#modelled.length));
  }

  ask(trials: readonly Trial[]): ParameterValues | null {
    return this.askAfter(trials, []);
  }

  /** The same, begun at the best of trials of another method, all of lower numbers than its own. */
  askAfter(trials: readonly Trial[], earlier: readonly Trial[]): ParameterValues | null {
    const number = nextNumber(trials);
    const state = this.#modelled.length === 0 ? null : this.#stateAfter(trials, earlier);
    return new Untried(this.#space, this.#seed, trials).next((attempt) => {
      if (state === null) return drawPoint(this.#space, new Random(this.#seed, 'random', number, attempt));
      return this.#unit.values(this.#draw(state, new Random(this.#seed, 'cma', number, attempt)));
    });
  }

  #stateAfter(trials: readonly Trial[], earlier: readonly Trial[]): CmaState {
    const { populationSize } = this.#constants;
    const first = earlier.reduce((next, { number }) => Math.max(next, number + 1), 0);
    const known = this.#bestFirst(earlier);
    let state =
      known.length > 0
        ? warmState(known)
        : roundState(new Float64Array(this.#modelled.length).fill(0.5), firstStep);
    const ended = new Map(
      trials.filter(({ state }) => state !== 'running').map((trial) => [trial.number, trial]),
    );
    for (let begin = first; ; begin += populationSize) {
      const generation = Array.from({ length: populationSize }, (_, index) => ended.get(begin + index));
      if (generation.includes(undefined)) return state;
      const points = this.#bestFirst(generation as Trial[]);
      if (points.length > 0) state = updatedState(state, points, this.#constants);
    }
  }

  #bestFirst(trials: readonly Trial[]): Float64Array[] {
    return scoreTrials(trials, this.#goal)
      .sort((a, b) => b.score - a.score || a.trial.number - b.trial.number)
      .flatMap(({ trial }) => {
        const point = this.#unit.point(trial.parameters);
        return point === null ? [] : [Float64Array.from(this.#modelled, (axis) => point[axis]!)];
      });
  }

  #draw(state: CmaState, random: Random): UnitPoint {
    const point = Float64Array.from(this.#unit.axes, () => random.uniform());
    const size = this.#modelled.length;
    const { values, vectors } = axesOf(state);
    const drawn = (): Float64Array => {
      const along = values.map((deviation) => deviation * random.normal());
      return state.mean.map((mean, i) => {
        let move = 0;
        for (let k = 0; k < size; k++) move += vectors[i * size + k]! * along[k]!;
        return mean + move * this.#wideStep(state, i);
      });
    };
    const isInside = (each: Float64Array) => each.every((at) => at >= 0 && at <= 1);
    let found = drawn();
    for (let redraw = 0; redraw < redraws * size && !isInside(found); redraw++) found = drawn();
    for (const [index, axis] of this.#modelled.entries())
      point[axis] = Math.min(1, Math.max(0, found[index]!));
    return point;
  }

  /** The step along a coordinate, at least so that neighbouring values can be drawn. */
  #wideStep({ step, covariance }: CmaState, index: number): number {
    const { levels } = this.#unit.axes[this.#modelled[index]!]!;
    if (levels === null) return step;
    const deviation = Math.sqrt(Math.max(1e-300, covariance[index * (this.#modelled.length + 1)]!));
    return Math.max(step, leastOfStep / levels.length / deviation);
  }
}
