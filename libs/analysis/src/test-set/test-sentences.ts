import { counted, fixed, percent, percentInterval } from '@thaw/base/browser';
import type { OpeningRecord, SweepRecord } from '@thaw/tracking';

type Looks = Pick<SweepRecord, 'test' | 'openings' | 'forecast'> & {
  readonly trials: readonly Pick<SweepRecord['trials'][number], 'summary'>[];
};

/** How often the test set of a sweep was looked at, when, and what had been chosen before, in sentences. */
export function testSetSentences({ test, openings, trials, forecast }: Looks): string[] {
  if (test === 'each') {
    // A program of the user's own may leave it alone.
    const looked = trials.filter(
      ({ summary }) => summary !== null && !Number.isNaN(summary.test_accuracy),
    ).length;
    if (looked < 2) return [];
    return [
      `The test set was looked at ${looked} times, once by each trial. A trial that is chosen by that looks better than it is; so trials are chosen by validation.`,
    ];
  }
  if (openings.length === 0) {
    return ['The test set is sealed: no trial was evaluated on it, and nothing of it was predicted.'];
  }
  const looks = openings.map(
    ({ at, why, trial, metric, value, trials: among, forecast: then }) =>
      `on ${at.slice(0, 16).replace('T', ' ')} UTC ${why === 'asked' ? 'by a user, ' : ''}for trial ${trial}, which had been chosen by ${metric}${value === null ? '' : ` ${fixed(value, 4)}`} among ${counted(among, 'finished trial')}${then?.at === forecast?.at ? '' : forecastWords(then)}`,
  );
  const times = openings.length === 1 ? 'once' : `${openings.length} times`;
  return [`The test set was looked at ${times}: ${looks.join('; ')}.`];
}

/** What was forecast before a look. */
function forecastWords(forecast: OpeningRecord['forecast']): string {
  if (!forecast || forecast.accuracy === null) return '';
  return `, with the forecast ${percent(forecast.accuracy)} (95 % interval ${percentInterval(forecast.ci95)})`;
}
