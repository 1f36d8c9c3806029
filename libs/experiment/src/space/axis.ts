import type { Random } from '@thaw/base';
import type { Distribution } from './distributions.ts';
import { drawBeta } from './draw-beta.ts';

/**
 * A distribution as a line of positions: the logarithms of the values where the distribution is one of logarithms, else the
 * values themselves. Searching is done on positions; `value` says which setting a position stands for.
 */
export interface Axis {
  /** The ends of the line; infinite for normal distributions. */
  readonly low: number;
  readonly high: number;
  /** The distribution in two figures: the middle and the whole width of a uniform one, else mean and standard deviation. */
  readonly mean: number;
  readonly width: number;
  /** A position drawn from the distribution. */
  readonly draw: (random: Random) => number;
  readonly position: (value: number) => number;
  readonly value: (position: number) => number;
  /** The positions that stand for a value of a quantised distribution; null for continuous ones. */
  readonly cell: (value: number) => readonly [low: number, high: number] | null;
}

interface Line {
  readonly isLog: boolean;
  readonly low: number;
  readonly high: number;
  /** Distance of values, null when they are continuous. */
  readonly step: number | null;
}

/**
 * The axis of a distribution, with W&B's meaning: q_* give round(X / q) * q, here within the ends; log_uniform takes exponents
 * and log_uniform_values values; X is inv_log_uniform when log(1 / X) is uniform. Throws RangeError where no multiple of q lies
 * between the ends.
 */
export function axisOf(distribution: Distribution): Axis {
  const step = 'q' in distribution ? distribution.q : distribution.distribution === 'int_uniform' ? 1 : null;
  const isLog = distribution.distribution.includes('log');
  if ('mu' in distribution) {
    const { mu, sigma } = distribution;
    return {
      ...mapping({ isLog, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, step }),
      mean: mu,
      width: sigma,
      draw: (random) => mu + sigma * random.normal(),
    };
  }
  if ('a' in distribution) {
    const { a, b } = distribution;
    return {
      ...mapping({ isLog, low: 0, high: 1, step }),
      mean: a / (a + b),
      width: Math.sqrt((a * b) / (a + b + 1)) / (a + b),
      draw: (random) => drawBeta(a, b, random),
    };
  }
  const [low, high] = ends(distribution);
  return {
    ...mapping({ isLog, low, high, step }),
    mean: (low + high) / 2,
    width: high - low,
    draw: (random) => random.uniform(low, high),
  };
}

/** Values by their place, counted and not listed: a range of seeds has thousands of millions. A list is one as it is. */
export interface FiniteValues {
  readonly length: number;
  /** Undefined beyond the ends. */
  at(index: number): unknown;
  includes(value: unknown): boolean;
}

/** The values of a quantised distribution with ends, in order; null for all others. */
export function valuesOf(distribution: Distribution): FiniteValues | null {
  const { low, high, value, cell } = axisOf(distribution);
  if (cell(value(low)) === null || !Number.isFinite(high - low)) return null;
  const step = 'q' in distribution ? distribution.q : 1;
  const first = Math.round(value(low) / step);
  const length = Math.round(value(high) / step) - first + 1;
  const at = (index: number) => (index < length ? multiple(first + index, step) : undefined);
  const placeOf = (number: number) => Math.round(number / step) - first;
  return {
    length,
    at,
    includes: (each) => typeof each === 'number' && placeOf(each) >= 0 && at(placeOf(each)) === each,
  };
}

function ends(distribution: Extract<Distribution, { min: number }>): [low: number, high: number] {
  const { min, max } = distribution;
  switch (distribution.distribution) {
    case 'int_uniform':
      return [min - 0.5, max + 0.5];
    case 'log_uniform_values':
    case 'q_log_uniform_values':
    case 'inv_log_uniform_values':
      return [Math.log(min), Math.log(max)];
    case 'inv_log_uniform':
      return [-max, -min];
    default:
      return [min, max];
  }
}

function mapping({
  isLog,
  low,
  high,
  step,
}: Line): Pick<Axis, 'low' | 'high' | 'position' | 'value' | 'cell'> {
  const onLine = (position: number) => Math.min(high, Math.max(low, position));
  // The logarithm of 0, which rounding gives, lies nowhere; the middle of what rounds to 0 does.
  const least = step === null ? 0 : step / 4;
  const position = (value: number) => onLine(isLog ? Math.log(Math.max(least, value)) : value);
  const plain = (at: number) => (isLog ? Math.exp(at) : at);
  if (step === null) return { low, high, position, value: (at) => plain(onLine(at)), cell: () => null };
  // A multiple that rounding alone keeps outside the ends still counts as inside.
  const slack = 1e-9;
  const first = Math.ceil(plain(low) / step - slack);
  const last = Math.floor(plain(high) / step + slack);
  if (first > last) throw new RangeError(`no multiple of ${step} lies between the ends`);
  return {
    low,
    high,
    position,
    value: (at) => multiple(Math.min(last, Math.max(first, Math.round(plain(onLine(at)) / step))), step),
    cell: (value) => {
      const below = value - step / 2;
      return [isLog && below <= 0 ? low : position(below), position(value + step / 2)];
    },
  };
}

/** A multiple of a step, without what floating point adds to 3 * 0.1. */
function multiple(count: number, step: number): number {
  return Number((count * step).toPrecision(12)) + 0;
}
