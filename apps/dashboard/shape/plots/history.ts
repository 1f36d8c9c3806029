import { figureOf, type FigureName, type PlotRun } from './plot-run.ts';

export interface History {
  readonly points: readonly { readonly run: string; readonly number: number; readonly value: number }[];
  /** The best finished one up to each point; null before the first. */
  readonly bestSoFar: readonly (number | null)[];
  /** Numbers of trials that have no figure: failed, interrupted, still running, or not finite. */
  readonly without: readonly number[];
}

/** A figure of each trial in the order of their numbers, with the best so far; only finished trials can be the best. */
export function history(
  runs: readonly PlotRun[],
  figure: FigureName,
  goal: 'maximize' | 'minimize',
): History {
  const ordered = runs.toSorted((a, b) => a.number - b.number);
  const measured = ordered.filter((run) => figureOf(run, figure) !== null);
  let best: number | null = null;
  const bestSoFar = measured.map((run) => {
    const value = figureOf(run, figure)!;
    const better = best === null || (goal === 'maximize' ? value > best : value < best);
    if (run.state === 'finished' && better) best = value;
    return best;
  });
  return {
    points: measured.map((run) => ({ run: run.id, number: run.number, value: figureOf(run, figure)! })),
    bestSoFar,
    without: ordered.filter((run) => figureOf(run, figure) === null).map(({ number }) => number),
  };
}
