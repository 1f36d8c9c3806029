import { figureOf, type PlotRun } from './plot-run.ts';

export interface GapPoint {
  readonly run: string;
  readonly number: number;
  readonly validation: number;
  readonly test: number;
  /** Validation minus test. */
  readonly gap: number;
}

export interface GapScatter {
  readonly points: readonly GapPoint[];
  /** Of both axes, so that the diagonal, where there is no gap, is one. */
  readonly range: readonly [number, number];
  /** Runs that have no figures, or none that are finite. */
  readonly omitted: number;
}

/** Validation against test accuracy of each run: how far a point is below the diagonal is its gap. */
export function gapScatter(runs: readonly PlotRun[]): GapScatter {
  const points = runs.flatMap((run) => {
    const validation = figureOf(run, 'val_accuracy');
    const test = figureOf(run, 'test_accuracy');
    if (validation === null || test === null) return [];
    return [{ run: run.id, number: run.number, validation, test, gap: validation - test }];
  });
  const values = points.flatMap(({ validation, test }) => [validation, test]);
  const [low, high] = values.length === 0 ? [0, 1] : [Math.min(...values), Math.max(...values)];
  const margin = Math.max(0.02, (high - low) * 0.05);
  return {
    points,
    range: [Math.max(-0.01, low - margin), Math.min(1.01, high + margin)],
    omitted: runs.length - points.length,
  };
}
