import { axisOf, type Axis } from './axis.ts';
import { sharesOf } from './brushes.ts';
import { drawnRuns, figureOf, type FigureName, type PlotRun } from './plot-run.ts';

/** A part of the plane, all shares of the axes, 0 their beginning and 1 their end. */
export interface ContourCell {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly value: number;
}

export interface Contour {
  readonly x: Axis;
  readonly y: Axis;
  readonly points: readonly {
    readonly number: number;
    readonly x: number;
    readonly y: number;
    readonly value: number;
  }[];
  /** Where nothing is known there is none. */
  readonly cells: readonly ContourCell[];
  /** The lowest and the highest figure. */
  readonly range: readonly [number, number];
}

/** Steps of a numeric axis. */
const steps = 28;

/**
 * A figure over two parameters. Between trials it is their mean weighted by the inverse square of the distance (Shepard 1968) along
 * numeric axes; what an axis names stands by itself, so that of two named parameters a cell is the mean of its trials. Trials that have
 * not finished, or have no figure, are left out; those without a parameter stand at `not set`. Null where none is left.
 */
export function contour(
  all: readonly PlotRun[],
  figure: FigureName,
  [first, second]: readonly [string, string],
): Contour | null {
  const runs = drawnRuns(all, figure);
  if (runs.length === 0) return null;
  const axis = (name: string) => axisOf(runs.map(({ parameters }) => parameters[name]));
  const [x, y] = [axis(first), axis(second)];
  const [xs, ys] = [sharesOf(x), sharesOf(y)];
  const points = runs.map((run, i) => {
    return { number: run.number, x: xs[i]!, y: ys[i]!, value: figureOf(run, figure)! };
  });
  const values = points.map(({ value }) => value);
  const cells = bandsOf(x).flatMap((bandX) =>
    bandsOf(y).flatMap((bandY): ContourCell[] => {
      const value = meanNear(points, [x, bandX], [y, bandY]);
      return value === null ? [] : [{ x: bandX, y: bandY, value }];
    }),
  );
  return { x, y, points, cells, range: [least(values), greatest(values)] };
}

type Band = readonly [number, number];

function bandsOf({ numeric, ticks }: Axis): Band[] {
  const count = numeric ? steps : ticks!.places.length;
  return Array.from({ length: count }, (_, i) => [i / count, (i + 1) / count]);
}

/**
 * The mean of trials by the inverse of their squared distance from the middle of a cell; of those at no distance alone where there
 * are some. A trial counts along all of a numeric axis, and on its own band of a named one. Null where none counts.
 */
function meanNear(
  points: Contour['points'],
  [{ numeric: isNumericX }, [fromX, toX]]: readonly [Axis, Band],
  [{ numeric: isNumericY }, [fromY, toY]]: readonly [Axis, Band],
): number | null {
  const [middleX, middleY] = [(fromX + toX) / 2, (fromY + toY) / 2];
  let [weights, sum, here, sumHere] = [0, 0, 0, 0];
  // Of ten thousand trials eight million distances, for which nothing is allocated.
  for (const { x, y, value } of points) {
    if (!isNumericX && !(x >= fromX && x < toX)) continue;
    if (!isNumericY && !(y >= fromY && y < toY)) continue;
    const squared = (isNumericX ? (x - middleX) ** 2 : 0) + (isNumericY ? (y - middleY) ** 2 : 0);
    if (squared < 1e-12) {
      here++;
      sumHere += value;
    } else {
      weights += 1 / squared;
      sum += value / squared;
    }
  }
  if (here > 0) return sumHere / here;
  return weights > 0 ? sum / weights : null;
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b));
}

function greatest(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b));
}
