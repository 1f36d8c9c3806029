import {
  activeValues,
  finiteValues,
  type FiniteValues,
  type ParameterValues,
  type SearchSpace,
} from '@thaw/experiment';

/** The combinations of a space's values, by their place in the grid: the first parameter varies slowest. */
export class GridPoints {
  /** Combinations; some are the same point where parameters do not matter beside others. */
  readonly size: number;
  readonly #space: SearchSpace;
  readonly #axes: readonly (readonly [path: string, values: FiniteValues])[];

  /** Throws RangeError where there is no end of values. */
  constructor(space: SearchSpace) {
    this.#space = space;
    this.#axes = Object.entries(space).map(([path, parameter]) => {
      const values = finiteValues(parameter);
      if (values === null)
        throw new RangeError(`${path} has endlessly many values, which a grid cannot try one by one`);
      return [path, values];
    });
    this.size = this.#axes.reduce((product, [, values]) => product * values.length, 1);
  }

  /** A place is read as a number whose digits are the values, the last parameter's first. */
  at(index: number): ParameterValues {
    let rest = index;
    const digits = this.#axes.toReversed().map(([path, values]) => {
      const digit = rest % values.length;
      rest = Math.floor(rest / values.length);
      return [path, values.at(digit)] as const;
    });
    return activeValues(this.#space, Object.fromEntries(digits.reverse()));
  }
}
