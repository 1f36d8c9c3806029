import { Random, structuralKey } from '@thaw/base';
import type { Goal, ParameterValues, SearchSpace } from '@thaw/experiment';
import { drawIndex } from '../draw-value.ts';
import { SobolSequence } from '../quasi/sobol-sequence.ts';
import type { Sampler, SamplerOptions } from '../sampler.ts';
import { scoreTrials } from '../score-trials.ts';
import { nextNumber, type Trial } from '../trial.ts';
import { normalQuantile } from '../unit/normal-quantile.ts';
import { UnitSpace, type UnitPoint } from '../unit/unit-space.ts';
import { Untried } from '../untried.ts';
import { climb, type Promising } from './gp/climb.ts';
import { fitKernel } from './gp/fit-kernel.ts';
import { gpDefaults, type GpOptions } from './gp/gp-options.ts';
import { LogImprovement } from './gp/log-improvement.ts';
import { standardised } from './gp/standardised.ts';
import { drawPoint } from './random-sampler.ts';

/** The kernel takes the cube of their number in time: of more trials the best and the newest count. */
const mostTrials = 300;

/**
 * Bayesian optimisation with a Gaussian process, as Optuna 5's GPSampler does it: after some random trials, fits a process with
 * a Matérn 5/2 kernel, a length for each parameter, to the scores, and proposes the point whose logarithm of the expected
 * improvement is highest, found by looks at a Sobol sequence and climbs from the best of them and from the best trial. What
 * running trials may give is drawn from the process, so that workers keep apart. Listed values are the same or not. Unlike Optuna's
 * it also models parameters that matter beside some values of others alone: where they do not matter, all points are one
 * (Lévesque et al. 2017). Failed and interrupted trials, and values that are NaN, do not count.
 */
export class GpSampler implements Sampler {
  readonly #space: SearchSpace;
  readonly #unit: UnitSpace;
  readonly #seed: number;
  readonly #goal: Goal;
  readonly #options: GpOptions;

  constructor(space: SearchSpace, { seed, goal, gp }: SamplerOptions) {
    this.#space = space;
    this.#unit = new UnitSpace(space);
    this.#seed = seed;
    this.#goal = goal;
    this.#options = { ...gpDefaults, ...gp };
  }

  ask(trials: readonly Trial[]): ParameterValues | null {
    const number = nextNumber(trials);
    const known = scoreTrials(trials, this.#goal).flatMap(({ trial, score }) => {
      const point = this.#unit.point(trial.parameters);
      return point === null ? [] : [{ point, score }];
    });
    const isGuess = known.length >= this.#options.startupTrials && this.#unit.axes.length > 0;
    return new Untried(this.#space, this.#seed, trials).next((attempt) => {
      const guess = isGuess && attempt === 0 ? this.#propose(known, trials, number) : null;
      return guess ?? drawPoint(this.#space, new Random(this.#seed, 'random', number, attempt));
    });
  }

  /** The most promising settings that no trial has; null where all that was looked at are known. */
  #propose(
    known: readonly { readonly point: UnitPoint; readonly score: number }[],
    trials: readonly Trial[],
    number: number,
  ): ParameterValues | null {
    const counted = newestAndBest(known);
    const points = counted.map(({ point }) => point);
    const scores = standardised(counted.map(({ score }) => score));
    const isListed = this.#unit.axes.map((axis) => axis.isListed);
    const running = trials
      .filter(({ state }) => state === 'running')
      .sort((a, b) => a.number - b.number)
      .flatMap(({ parameters }) => this.#unit.point(parameters) ?? []);
    const kernel = fitKernel(points, scores, isListed);
    const draws = this.#drawsOf(running.length, number);
    const improvement = new LogImprovement(
      { points: [...points, ...running], scores, isListed, draws },
      kernel,
    );
    const lengths = kernel.inverseSquaredLengths.map((inverse) => 1 / Math.sqrt(inverse));
    const seen = this.#look(improvement, number);
    const best = points[scores.indexOf(Math.max(...scores))]!;
    const starts = [
      ...chosen(seen, this.#options.climbs - 1, new Random(this.#seed, 'climbs', number)),
      { point: best, value: improvement.at(best) },
    ];
    const tops = starts.map((start) => climb(start, this.#unit, improvement, lengths)).sort(byValue);
    const taken = new Set(
      trials
        .filter(({ state }) => state !== 'interrupted')
        .map(({ parameters }) => structuralKey(parameters)),
    );
    for (const { point } of [...tops, ...seen]) {
      const values = this.#unit.values(point);
      if (!taken.has(structuralKey(values))) return values;
    }
    return null;
  }

  /** What the points of a Sobol sequence promise, the best first. */
  #look(improvement: LogImprovement, number: number): Promising[] {
    const sequence = new SobolSequence(
      this.#unit.axes.length,
      new Random(this.#seed, 'looks', number).int(2 ** 31),
    );
    const seen = Array.from({ length: this.#options.looks }, (_, index): Promising => {
      const point = this.#unit.snapped(sequence.at(index));
      return { point, value: improvement.at(point) };
    });
    return seen.sort(byValue);
  }

  #drawsOf(count: number, number: number): number[][] {
    if (count === 0) return [[]];
    const sequence = new SobolSequence(count, new Random(this.#seed, 'running', number).int(2 ** 31));
    return Array.from({ length: this.#options.draws }, (_, index) =>
      [...sequence.at(index)].map((at) => normalQuantile(Math.max(at, 2 ** -33))),
    );
  }
}

function newestAndBest<T extends { readonly score: number }>(known: readonly T[]): readonly T[] {
  if (known.length <= mostTrials) return known;
  const older = known.slice(0, known.length - mostTrials / 2);
  const best = new Set([...older].sort((a, b) => b.score - a.score).slice(0, mostTrials / 2));
  return [...older.filter((each) => best.has(each)), ...known.slice(-mostTrials / 2)];
}

/** The first of those seen, and others drawn by how much they promise. */
function chosen(seen: readonly Promising[], count: number, random: Random): Promising[] {
  const [first, ...rest] = seen;
  const weights = rest.map(({ value }) => Math.exp(value - first!.value));
  const starts = [first!];
  while (starts.length < count && weights.some((weight) => weight > 0)) {
    const index = drawIndex(weights, random);
    starts.push(rest[index]!);
    weights[index] = 0;
  }
  return starts;
}

function byValue(a: Promising, b: Promising): number {
  return b.value - a.value;
}
