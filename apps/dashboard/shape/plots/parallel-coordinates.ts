import { formatValue } from '../format-value.ts';
import { axisOf, type Axis } from './axis.ts';
import { figureOf, parameterNames, shortName, type FigureName, type PlotRun } from './plot-run.ts';

export interface ParallelAxis extends Axis {
  /** The path of its parameter, or its figure. */
  readonly name: string;
  readonly label: string;
}

export interface ParallelCoordinates {
  /** The runs that are drawn, in the order of the axes' places. */
  readonly runs: readonly PlotRun[];
  readonly axes: readonly ParallelAxis[];
  /** The figure that colours the lines, one a run. */
  readonly colors: readonly number[];
  readonly omitted: number;
}

const figures: readonly (readonly [FigureName, string])[] = [
  ['val_accuracy', 'validation'],
  ['test_accuracy', 'test'],
  ['gap', 'gap'],
];

/**
 * A line for every run that has the figure `colorBy`, over an axis for each parameter that any of them has, and for accuracies and gap. A
 * run without a parameter passes its axis at `not set` and is not dropped (Optuna issue 2599).
 */
export function parallelCoordinates(all: readonly PlotRun[], colorBy: FigureName): ParallelCoordinates {
  const runs = all.filter((run) => figureOf(run, colorBy) !== null);
  const names = parameterNames(runs);
  return {
    runs,
    axes: [
      ...names.map((name) => ({
        name,
        label: shortName(name, names),
        ...axisOf(runs.map(({ parameters }) => parameters[name])),
      })),
      ...figures.map(([name, label]) => ({
        name,
        label,
        ...axisOf(
          runs.map((run) => figureOf(run, name)),
          { continuous: true, format: (value) => formatValue(name, value) },
        ),
      })),
    ],
    colors: runs.map((run) => figureOf(run, colorBy)!),
    omitted: all.length - runs.length,
  };
}
