import { counted, percent, percentInterval, printedName } from '@thaw/base/browser';
import { fewestGroups } from '@thaw/metrics';
import type { ForecastRecord, OpeningRecord, SweepRecord } from '@thaw/tracking';

type Forecast = Pick<SweepRecord, 'forecast'> & { readonly openings: readonly Pick<OpeningRecord, 'at'>[] };

/** Whether somebody had looked at the test set of a sweep when its forecast was written. */
export function isAfterLook({ forecast, openings }: Forecast): boolean {
  return forecast !== null && openings.some(({ at }) => at < forecast.at);
}

/** The forecast of a sweep where it is of this trial. */
export function forecastFor(
  sweep: Pick<SweepRecord, 'forecast'>,
  trial: number | null,
): ForecastRecord | null {
  return sweep.forecast?.trial === trial ? sweep.forecast : null;
}

/**
 * What a sweep's chosen trial is expected to reach, and what it reached where that is known, in sentences. `test` is NaN, as in
 * summaries, or null where the test set was not opened.
 */
export function forecastSentences({ forecast, openings }: Forecast, test: number | null): string[] {
  if (!forecast) return [];
  const { trial, trials, accuracy, ci95, groups, unit, uncorrected, missing } = forecast;
  const among = trials === 1 ? '' : `, the best of ${trials}`;
  const from = `of trial ${trial}${among}, from training images alone (${counted(groups, unit)})`;
  if (missing !== null) return [`Forecast ${from}: none, because ${missing}.`];
  const raw = trials === 1 ? '' : `; ${percent(uncorrected)} without correction for the choice`;
  const beside = test === null || !Number.isFinite(test) ? '' : `, test ${percent(test)}`;
  const alone =
    unit === 'image'
      ? ' Every image counts as independent, because it is not known which belong together.'
      : '';
  const late = isAfterLook({ forecast, openings })
    ? ' It was written after somebody had looked at the test set.'
    : '';
  const few = forecast.per_class.filter((each) => each.groups < fewestGroups);
  return [
    `Forecast ${from}: accuracy ${percent(accuracy)} (95 % interval ${percentInterval(ci95)}${raw})${beside}.${late}${alone}`,
    ...(forecast.early_stopping
      ? ['Each fold kept the epoch that was best on the images it is judged by, which flatters it a little.']
      : []),
    ...(few.length === 0
      ? []
      : [
          `Few ${unit}s: ${few.map((each) => `${printedName(each.class)} ${each.groups}`).join(', ')}; what is forecast of ${few.length === 1 ? 'this class' : 'these classes'} is unsure.`,
        ]),
  ];
}
