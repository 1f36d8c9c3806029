import { variedParameters } from '@thaw/analysis/browser';
import { median } from '@thaw/base/browser';
import { axisOf, type Axis } from './axis.ts';
import { drawnRuns, figureOf, shortName, type FigureName, type PlotRun } from './plot-run.ts';

export interface Slice {
  readonly parameter: string;
  readonly label: string;
  /** Of the trials, one a value. */
  readonly numbers: readonly number[];
  readonly axis: Axis;
  /** The figure of each run. */
  readonly values: readonly number[];
  /** The median figure at each tick of an axis that has them; null where no run stands. */
  readonly medians: readonly (number | null)[];
}

/** The parameters over which a figure can be shown: those that vary among the runs of which it is drawn. */
export function slicedParameters(all: readonly PlotRun[], figure: FigureName): string[] {
  return variedParameters(drawnRuns(all, figure));
}

/**
 * One figure over one of the parameters of `slicedParameters` by itself. Runs without the parameter stand at `not set`; those that have
 * not finished, or have no figure, are left out.
 */
export function sliceOf(
  all: readonly PlotRun[],
  figure: FigureName,
  parameter: string,
  names: readonly string[],
): Slice {
  const runs = drawnRuns(all, figure);
  const axis = axisOf(runs.map(({ parameters }) => parameters[parameter]));
  const values = runs.map((run) => figureOf(run, figure)!);
  return {
    parameter,
    label: shortName(parameter, names),
    numbers: runs.map(({ number }) => number),
    axis,
    values,
    medians: axis.numeric ? [] : mediansAt(axis, values),
  };
}

function mediansAt({ places, ticks }: Axis, values: readonly number[]): (number | null)[] {
  const at = new Map<number, number[]>();
  places.forEach((place, i) => {
    const there = at.get(place);
    if (there) there.push(values[i]!);
    else at.set(place, [values[i]!]);
  });
  return ticks!.places.map((place) => (at.has(place) ? median(at.get(place)!) : null));
}
