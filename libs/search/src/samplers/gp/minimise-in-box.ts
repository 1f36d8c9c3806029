/** A function to be minimised: its value at a point, its slope written to `slope`. Infinite where it is not defined. */
export type Descended = (at: Float64Array, slope: Float64Array) => number;

export interface Descent {
  readonly at: Float64Array;
  readonly value: number;
}

export interface DescentOptions {
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Ends where no coordinate that can move has a steeper slope. */
  readonly tolerance: number;
  readonly mostSteps: number;
}

/** Share of the fall that the slope promises which a step must give (Armijo 1966). */
const enough = 1e-4;
const mostHalvings = 25;

/**
 * A local minimum between ends: the quasi-Newton method of Broyden, Fletcher, Goldfarb and Shanno, its steps cut off at the
 * ends (Bertsekas 1982), for few coordinates. `start` lies between the ends and has a finite value.
 */
export function minimiseInBox(descended: Descended, start: Float64Array, options: DescentOptions): Descent {
  const { low, high, tolerance, mostSteps } = options;
  const size = start.length;
  let at: Float64Array = Float64Array.from(start);
  let slope: Float64Array = new Float64Array(size);
  let value = descended(at, slope);
  const inverse = new InverseHessian(size);
  for (let step = 0; step < mostSteps; step++) {
    const isHeld = at.map((x, i) =>
      Number((x <= low[i]! && slope[i]! > 0) || (x >= high[i]! && slope[i]! < 0)),
    );
    const steepest = slope.reduce((most, each, i) => (isHeld[i] ? most : Math.max(most, Math.abs(each))), 0);
    if (!(steepest > tolerance)) break;
    let direction = inverse.descent(slope, isHeld);
    if (!(dot(direction, slope) < 0)) {
      inverse.forget();
      direction = inverse.descent(slope, isHeld);
    }
    // Before the first step nothing says how far to go.
    let length = inverse.isEmpty ? Math.min(1, 1 / steepest) : 1;
    let found: { at: Float64Array; slope: Float64Array; value: number } | null = null;
    for (let halving = 0; halving < mostHalvings && found === null; halving++) {
      const next = at.map((x, i) => Math.min(high[i]!, Math.max(low[i]!, x + length * direction[i]!)));
      const nextSlope = new Float64Array(size);
      const nextValue = descended(next, nextSlope);
      const promised = next.reduce((sum, x, i) => sum + (x - at[i]!) * slope[i]!, 0);
      if (nextValue <= value + enough * promised && promised < 0)
        found = { at: next, slope: nextSlope, value: nextValue };
      length /= 2;
    }
    if (found === null) {
      if (inverse.isEmpty) break;
      inverse.forget();
      continue;
    }
    inverse.learn(
      found.at.map((x, i) => x - at[i]!),
      found.slope.map((each, i) => each - slope[i]!),
    );
    const fall = value - found.value;
    ({ at, slope, value } = found);
    if (fall <= 1e-12 * Math.max(1, Math.abs(value))) break;
  }
  return { at, value };
}

/** An estimate of the inverse of the second derivatives, from the steps so far. */
class InverseHessian {
  readonly #size: number;
  #matrix: Float64Array | null = null;

  constructor(size: number) {
    this.#size = size;
  }

  get isEmpty(): boolean {
    return this.#matrix === null;
  }

  forget(): void {
    this.#matrix = null;
  }

  /** Downhill, with no part along coordinates that are held. */
  descent(slope: Float64Array, isHeld: Float64Array): Float64Array {
    const matrix = this.#matrix;
    return slope.map((own, i) => {
      if (isHeld[i]) return 0;
      if (matrix === null) return -own;
      return -slope.reduce((sum, each, j) => (isHeld[j] ? sum : sum + matrix[i * this.#size + j]! * each), 0);
    });
  }

  /** From a step and how the slope changed over it. Where it did not grow the estimate would no longer lead downhill. */
  learn(step: Float64Array, change: Float64Array): void {
    const size = this.#size;
    const curvature = dot(step, change);
    if (!(curvature > 1e-10 * dot(change, change)) || curvature === 0) return;
    if (this.#matrix === null) {
      this.#matrix = new Float64Array(size * size);
      for (let i = 0; i < size; i++) this.#matrix[i * size + i] = curvature / dot(change, change);
    }
    const matrix = this.#matrix;
    const turned = change.map((_, i) =>
      change.reduce((sum, each, j) => sum + matrix[i * size + j]! * each, 0),
    );
    const factor = (1 + dot(change, turned) / curvature) / curvature;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        matrix[i * size + j]! +=
          factor * step[i]! * step[j]! - (turned[i]! * step[j]! + step[i]! * turned[j]!) / curvature;
      }
    }
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, each, i) => sum + each * b[i]!, 0);
}
