import { percent, percentInterval } from '@thaw/base/browser';
import type { RunResultsAnswer } from '../../api/operations/results.ts';
import type { SweepSummary } from '../../api/operations/sweeps.ts';

type Forecast = NonNullable<SweepSummary['test']['forecast_of']>;

export interface ForecastPoint {
  readonly name: 'forecast' | 'validation' | 'test';
  readonly value: number;
  readonly ci95: readonly [number, number] | null;
}

/** What was forecast of a run, what it reached on validation images and, unless the test set is sealed, what on test images. */
export function forecastPoints(
  { accuracy, ci95 }: Pick<Forecast, 'accuracy' | 'ci95'>,
  { results, validation }: Pick<RunResultsAnswer, 'results' | 'validation'>,
): ForecastPoint[] {
  const sides = results
    ? { validation: results.overall.validation, test: results.overall.test }
    : { validation: validation?.overall ?? null, test: null };
  return [
    { name: 'forecast', value: accuracy, ci95 },
    ...(['validation', 'test'] as const).flatMap((name) => {
      const side = sides[name];
      return side ? [{ name, value: side.accuracy, ci95: side.ci95 }] : [];
    }),
  ];
}

/** The same in a sentence, for those who do not see the points. */
export function forecastText(points: readonly ForecastPoint[]): string {
  const known = points.map(({ name, value, ci95 }) => {
    return `${name} ${percent(value)} (95 % interval ${percentInterval(ci95)})`;
  });
  const sealed = points.some(({ name }) => name === 'test') ? '' : '; the test set is sealed';
  return `Accuracy: ${known.join(', ')}${sealed}.`;
}
