import type { UnitPoint, UnitSpace } from '../../unit/unit-space.ts';
import type { LogImprovement } from './log-improvement.ts';
import { minimiseInBox } from './minimise-in-box.ts';

/** A point and what it promises. */
export interface Promising {
  readonly point: UnitPoint;
  readonly value: number;
}

/** Of more values than this, which have an order, neighbours are looked at and not all. */
const mostLooked = 16;
const mostRounds = 100;
const steepest = 1e-2;

/**
 * The top of the hill on which a point stands: by turns up the slope along continuous coordinates together, and along each of
 * the others alone, until nothing changes. `lengths` are the kernel's, by which slopes are made comparable.
 */
export function climb(
  start: Promising,
  space: UnitSpace,
  improvement: LogImprovement,
  lengths: readonly number[],
): Promising {
  let best = start;
  const discrete = space.axes.flatMap(({ levels }, axis) => (levels === null ? [] : [axis]));
  for (let round = 0; round < mostRounds; round++) {
    const before = best;
    best = alongSlope(best, space, improvement, lengths);
    if (discrete.length === 0) return best;
    for (const axis of discrete) best = alongLevels(best, axis, space, improvement);
    if (best === before) return best;
  }
  return best;
}

function alongSlope(
  start: Promising,
  space: UnitSpace,
  improvement: LogImprovement,
  lengths: readonly number[],
): Promising {
  const read = space.read(start.point);
  const moving = space.axes.flatMap(({ levels }, axis) =>
    levels === null && (read === null || read[axis]) ? [axis] : [],
  );
  if (moving.length === 0) return start;
  const at = (scaled: Float64Array): UnitPoint => {
    const point = Float64Array.from(start.point);
    for (const [index, axis] of moving.entries())
      point[axis] = Math.min(1, Math.max(0, scaled[index]! * lengths[axis]!));
    return point;
  };
  const slopes = new Float64Array(space.axes.length);
  const { at: top, value } = minimiseInBox(
    (scaled, slope) => {
      const negative = -improvement.at(at(scaled), slopes);
      for (const [index, axis] of moving.entries()) slope[index] = -slopes[axis]! * lengths[axis]!;
      return negative;
    },
    Float64Array.from(moving, (axis) => start.point[axis]! / lengths[axis]!),
    {
      low: new Float64Array(moving.length),
      high: Float64Array.from(moving, (axis) => 1 / lengths[axis]!),
      tolerance: steepest,
      mostSteps: 200,
    },
  );
  return -value > start.value ? { point: at(top), value: -value } : start;
}

/** Along one coordinate to the best of few values, or of many to one from which no neighbour at a distance of 1, 2, 4, ... is better. */
function alongLevels(
  start: Promising,
  axis: number,
  space: UnitSpace,
  improvement: LogImprovement,
): Promising {
  const { isListed, levels } = space.axes[axis]!;
  const read = space.read(start.point);
  if (read !== null && !read[axis]) return start;
  const moved = (level: number): Promising => {
    const point = Float64Array.from(start.point);
    point[axis] = level;
    const snapped = space.snapped(point);
    return { point: snapped, value: improvement.at(snapped) };
  };
  const better = (one: Promising, other: Promising) => (other.value > one.value ? other : one);
  if (isListed || levels!.length <= mostLooked) return levels!.map(moved).reduce(better, start);
  let best = start;
  for (let round = 0; round < mostRounds; round++) {
    const place = levels!.indexOf(best.point[axis]!);
    const offsets: number[] = [];
    for (let offset = 1; offset < levels!.length; offset *= 2) offsets.push(place - offset, place + offset);
    const top = offsets
      .filter((index) => index >= 0 && index < levels!.length)
      .map((index) => moved(levels![index]!))
      .reduce(better, best);
    if (top === best) return best;
    best = top;
  }
  return best;
}
