import { drawnTrials } from '@thaw/analysis/browser';

/** What plots need to know of a run; figures that are not known are null or NaN. */
export interface PlotRun {
  readonly id: string;
  readonly number: number;
  readonly state: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly summary: Readonly<Partial<Record<FigureName, number | null>>> | null;
}

export type FigureName =
  | 'val_accuracy'
  | 'test_accuracy'
  | 'gap'
  | 'val_loss'
  | 'test_loss'
  | 'train_accuracy'
  | 'train_loss'
  | 'epochs';

/** A figure of a run; null where it is not known or no finite number. */
export function figureOf(run: Pick<PlotRun, 'summary'>, name: FigureName): number | null {
  const value = run.summary?.[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Those of which a figure over parameters is drawn. */
export function drawnRuns(runs: readonly PlotRun[], figure: FigureName): PlotRun[] {
  return drawnTrials(runs, (run) => figureOf(run, figure));
}

/** The names of all parameters of some runs, in the order in which they are met. */
export function parameterNames(runs: readonly PlotRun[]): string[] {
  return [...new Set(runs.flatMap(({ parameters }) => Object.keys(parameters)))];
}

/** The last part of a dotted path, with as many before it as it takes to tell it from the others. */
export function shortName(path: string, paths: readonly string[]): string {
  const parts = path.split('.');
  for (let length = 1; length < parts.length; length++) {
    const ending = parts.slice(-length).join('.');
    if (!paths.some((other) => other !== path && `.${other}`.endsWith(`.${ending}`))) return ending;
  }
  return path;
}

/** A value as axes and headings show it: `valueText` with four digits of a number that is not whole. */
export function shortText(value: unknown): string {
  const isLong = typeof value === 'number' && Number.isFinite(value) && !Number.isInteger(value);
  return isLong ? String(Number(value.toPrecision(4))) : valueText(value);
}

/** A value as tables show it. */
export function valueText(value: unknown): string {
  if (value === undefined) return 'not set';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
