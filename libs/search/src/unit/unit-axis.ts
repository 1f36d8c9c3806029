import { structuralKey } from '@thaw/base';
import { axisOf, finiteValues, type Axis, type Distribution, type Parameter } from '@thaw/experiment';
import { probabilitiesOf } from '../draw-value.ts';
import { normalMass } from '../importance/normal-mass.ts';
import { betaMass, betaQuantile } from './beta-distribution.ts';
import { normalQuantile } from './normal-quantile.ts';

/** A range of more values than this is searched as a continuous one, and rounded. */
const mostLevels = 1024;
/** A normal distribution is followed no further out than where so little is left beyond. */
const outermost = 1e-9;

/** A parameter as the unit interval, on which its own distribution is uniform: equal parts of it are equally likely. */
export interface UnitAxis {
  /** Listed values have no order. */
  readonly isListed: boolean;
  /** Where its values lie, in order: the middles of their parts. Null where they are continuous, or too many to name. */
  readonly levels: readonly number[] | null;
  /** The value at a place from 0 to 1. */
  readonly value: (at: number) => unknown;
  /** The middle of the places that have a value; null for what is none of its values. */
  readonly place: (value: unknown) => number | null;
  /** The middle of the part that a place lies in; the place itself where `levels` is null. */
  readonly middle: (at: number) => number;
}

/** Listed values have parts as wide as they are likely; one that is listed twice is one, and one of probability 0 none. */
export function unitAxisOf(parameter: Parameter): UnitAxis {
  return 'values' in parameter ? listedAxis(parameter) : drawnAxis(parameter);
}

function listedAxis(parameter: Extract<Parameter, { values: readonly unknown[] }>): UnitAxis {
  const probabilities = probabilitiesOf(parameter);
  const shares = new Map<string, { value: unknown; share: number }>();
  for (const [index, value] of parameter.values.entries()) {
    const share = probabilities[index]!;
    if (share <= 0) continue;
    const known = shares.get(structuralKey(value));
    if (known === undefined) shares.set(structuralKey(value), { value, share });
    else known.share += share;
  }
  let end = 0;
  const parts = new Map<string, { value: unknown; middle: number; end: number }>();
  for (const [key, { value, share }] of shares) {
    parts.set(key, { value, middle: end + share / 2, end: end + share });
    end += share;
  }
  const inOrder = [...parts.values()];
  const partAt = (at: number) => inOrder.find((part) => at < part.end) ?? inOrder.at(-1)!;
  return {
    isListed: true,
    levels: inOrder.map(({ middle }) => middle),
    value: (at) => partAt(at).value,
    place: (value) => parts.get(structuralKey(value))?.middle ?? null,
    middle: (at) => partAt(at).middle,
  };
}

function drawnAxis(distribution: Distribution): UnitAxis {
  const axis = axisOf(distribution);
  const { mass, quantile } = shapeOf(distribution, axis);
  const place = (value: unknown) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return null;
    const cell = axis.cell(value);
    const at = cell === null ? mass(axis.position(value)) : (mass(cell[0]) + mass(cell[1])) / 2;
    return Number.isNaN(at) ? null : Math.min(1, Math.max(0, at));
  };
  const value = (at: number) => axis.value(quantile(at));
  const values = finiteValues(distribution);
  const levels =
    values === null || values.length > mostLevels
      ? null
      : Array.from({ length: values.length }, (_, index) => place(values.at(index))!);
  return {
    isListed: false,
    levels,
    value,
    place,
    middle: (at) => (levels === null ? at : place(value(at))!),
  };
}

/** The share of a distribution below a position of its axis, and the position below which a share lies. */
function shapeOf(
  distribution: Distribution,
  { low, high }: Axis,
): { mass: (position: number) => number; quantile: (share: number) => number } {
  if ('mu' in distribution) {
    const { mu, sigma } = distribution;
    return {
      mass: (position) => normalMass(Number.NEGATIVE_INFINITY, (position - mu) / sigma),
      quantile: (share) => mu + sigma * normalQuantile(Math.min(1 - outermost, Math.max(outermost, share))),
    };
  }
  if ('a' in distribution) {
    const { a, b } = distribution;
    return {
      mass: (position) => betaMass(position, a, b),
      quantile: (share) => betaQuantile(share, a, b),
    };
  }
  return {
    mass: (position) => (position - low) / (high - low),
    quantile: (share) => low + share * (high - low),
  };
}
