import { metricWords } from '@thaw/base';
import { draw } from '../draw.ts';
import { curvesFigure, type CurveOfRun } from './curves-figure.ts';

/** What was chosen of curves; what is left out is as usual. */
export interface ChosenCurves {
  /** A metric, by the name that epochs have it under without their part; accuracy and loss where it is left out. */
  readonly curve?: string | undefined;
  readonly log?: boolean | undefined;
  /** The weight of what came before, inside [0, 1). */
  readonly smoothing?: number | undefined;
}

/** Curves of one run or several, as they were chosen; `of` says whose they are to those who do not see them. */
export function drawCurves(
  runs: readonly CurveOfRun[],
  of: string,
  { curve, log = false, smoothing = 0 }: ChosenCurves = {},
): Promise<string[]> {
  const kinds = curve === undefined ? ['accuracy', 'loss'] : [curve];
  const caption = `Training images are dashed.${smoothing > 0 ? ` Smoothed by ${smoothing}.` : ''}`;
  return Promise.all(
    kinds.map((kind) => {
      const name = metricWords(kind);
      const alt = `${name.charAt(0).toUpperCase()}${name.slice(1)} ${of} over epochs`;
      return draw(curvesFigure(runs, { kind, log, smoothing }), alt, caption);
    }),
  );
}
