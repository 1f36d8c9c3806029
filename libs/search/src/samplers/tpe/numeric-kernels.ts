import type { Random } from '@thaw/base';
import type { Axis } from '@thaw/experiment';
import type { Kernels } from './kernels.ts';
import { logNormalDensity, logNormalMass } from './normal.ts';

export interface NumericKernelOptions {
  readonly magicClip: boolean;
  readonly endpoints: boolean;
}

/**
 * Normal kernels on an axis, cut off at its ends. Each is as wide as the greater distance to its neighbours, within the limits
 * of `magicClip`; the prior's is the axis's own distribution as a normal one.
 */
export class NumericKernels implements Kernels {
  readonly #axis: Axis;
  readonly #means: readonly number[];
  readonly #widths: readonly number[];
  /** Log of what the ends leave of each kernel. */
  readonly #masses: readonly number[];

  /** `observed` are values. */
  constructor(axis: Axis, observed: readonly number[], options: NumericKernelOptions) {
    this.#axis = axis;
    const positions = observed.map((value) => axis.position(value));
    this.#means = [...positions, axis.mean];
    this.#widths = [...widths(axis, positions, options), axis.width];
    this.#masses = this.#means.map((_, kernel) => this.#logMass(kernel, axis.low, axis.high));
  }

  sample(kernel: number, random: Random): number {
    const { low, high, value } = this.#axis;
    for (;;) {
      // A mean lies between the ends, and no kernel is wider than their distance: one draw in three at least is inside.
      const position = this.#means[kernel]! + this.#widths[kernel]! * random.normal();
      if (position >= low && position <= high) return value(position);
    }
  }

  logDensity(kernel: number, inner: number): number {
    const { cell, position } = this.#axis;
    const ends = cell(inner);
    if (ends !== null) return this.#logMass(kernel, ...ends) - this.#masses[kernel]!;
    const [mean, width] = [this.#means[kernel]!, this.#widths[kernel]!];
    return logNormalDensity((position(inner) - mean) / width) - Math.log(width) - this.#masses[kernel]!;
  }

  #logMass(kernel: number, low: number, high: number): number {
    const [mean, width] = [this.#means[kernel]!, this.#widths[kernel]!];
    return logNormalMass((low - mean) / width, (high - mean) / width);
  }
}

function widths(
  axis: Axis,
  positions: readonly number[],
  { magicClip, endpoints }: NumericKernelOptions,
): number[] {
  const sorted = positions.map((_, index) => index).sort((a, b) => positions[a]! - positions[b]!);
  const at = (rank: number) => {
    if (rank < 0) return axis.low;
    return rank < sorted.length ? positions[sorted[rank]!]! : axis.high;
  };
  const range = Number.isFinite(axis.high - axis.low) ? axis.high - axis.low : axis.width;
  const least = magicClip ? range / Math.min(100, positions.length + 2) : 1e-12;
  const result = new Array<number>(positions.length);
  for (const [rank, index] of sorted.entries()) {
    const gaps = [at(rank) - at(rank - 1), at(rank + 1) - at(rank)];
    const inner =
      endpoints || sorted.length < 2
        ? gaps
        : [...(rank > 0 ? [gaps[0]!] : []), ...(rank < sorted.length - 1 ? [gaps[1]!] : [])];
    result[index] = Math.min(range, Math.max(least, ...inner));
  }
  return result;
}
