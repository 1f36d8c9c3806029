import { median } from '@thaw/base/browser';
import { axisOf, type Axis } from './axis.ts';
import { figureOf, parameterNames, shortName, type FigureName, type PlotRun } from './plot-run.ts';

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

/** One figure over each parameter by itself. Runs without the parameter stand at `not set`; those without the figure are left out. */
export function slices(all: readonly PlotRun[], figure: FigureName): Slice[] {
  const runs = all.filter((run) => figureOf(run, figure) !== null);
  const names = parameterNames(runs);
  return names.map((parameter) => {
    const axis = axisOf(runs.map(({ parameters }) => parameters[parameter]));
    const values = runs.map((run) => figureOf(run, figure)!);
    const at = (place: number) => values.filter((_, i) => axis.places[i] === place);
    return {
      parameter,
      label: shortName(parameter, names),
      numbers: runs.map(({ number }) => number),
      axis,
      values,
      medians: axis.numeric ? [] : axis.ticks!.places.map((place) => medianOf(at(place))),
    };
  });
}

function medianOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : median(values);
}
