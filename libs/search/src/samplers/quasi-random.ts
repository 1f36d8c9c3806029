import { Random } from '@thaw/base';
import type { ParameterValues, SearchSpace } from '@thaw/experiment';
import { nextNumber, type Trial } from '../trial.ts';
import { UnitSpace, type UnitPoint } from '../unit/unit-space.ts';
import { Untried } from '../untried.ts';
import { drawPoint } from './random-sampler.ts';

/** Points of the unit cube that fill it more evenly than chance does. */
interface Sequence {
  at(index: number): UnitPoint;
}

/**
 * The settings at a sequence's point for the next trial's number: like random draws they depend on nothing else, and fill the space
 * more evenly, each parameter by its own distribution. Where a trial has the settings of a point already, as is soon so
 * among few values, others are drawn at random.
 */
export class QuasiRandom {
  readonly #space: SearchSpace;
  readonly #seed: number;
  readonly #unit: UnitSpace;
  readonly #sequence: Sequence;

  constructor(space: SearchSpace, seed: number, sequenceOf: (dimensions: number) => Sequence) {
    this.#space = space;
    this.#seed = seed;
    this.#unit = new UnitSpace(space);
    this.#sequence = sequenceOf(this.#unit.axes.length);
  }

  ask(trials: readonly Trial[]): ParameterValues | null {
    const number = nextNumber(trials);
    return new Untried(this.#space, this.#seed, trials).next((attempt) =>
      attempt === 0
        ? this.#unit.values(this.#sequence.at(number))
        : drawPoint(this.#space, new Random(this.#seed, 'random', number, attempt)),
    );
  }
}
