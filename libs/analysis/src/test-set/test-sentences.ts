import { counted, fixed, percent, percentInterval } from '@thaw/base/browser';
import type { OpeningRecord, SweepRecord } from '@thaw/tracking';

type Looks = Pick<SweepRecord, 'test' | 'openings' | 'forecast'> & {
  readonly trials: readonly Pick<SweepRecord['trials'][number], 'summary'>[];
};

/**
 * How often the test set of a sweep was looked at, when, and what had been chosen before, and how often the same images had been looked
 * at for other sweeps, in sentences.
 */
export function testSetSentences({ test, openings, trials, forecast }: Looks): string[] {
  if (test === 'each') {
    // A program of the user's own may leave it alone.
    const looked = countTested(trials) + openings.length;
    if (looked < 2) return [];
    const refits = openings.length === 0 ? '' : `, and ${counted(openings.length, 'time')} for refits`;
    return [
      `The test set was looked at ${looked} times, once by each trial${refits}. A trial that is chosen by that looks better than it is; so trials are chosen by validation.`,
    ];
  }
  if (openings.length === 0) {
    return [
      'The test set is sealed: no trial of this sweep was evaluated on it, and none predicted anything of it.',
    ];
  }
  const looks = openings.map((opening) => lookWords(opening, forecast));
  const times = openings.length === 1 ? 'once' : `${openings.length} times`;
  return [`The test set was looked at ${times}: ${looks.join('; ')}.`];
}

/** How many trials of a sweep were evaluated on its test images. */
export function countTested(trials: Looks['trials']): number {
  return trials.filter(({ summary }) => summary !== null && !Number.isNaN(summary.test_accuracy)).length;
}

/** When a look was taken, for which trial, and what was known then; its forecast where the sweep has another one now. */
function lookWords(look: OpeningRecord, now: SweepRecord['forecast']): string {
  const { at, why, trial, metric, value, trials, forecast, looks_elsewhere: elsewhere } = look;
  const whose = `${why === 'asked' ? 'by a user, ' : ''}for ${why === 'refit' ? 'a refit of ' : ''}trial ${trial}`;
  const reached = value === null ? '' : ` ${fixed(value, 4)}`;
  const then =
    !forecast || forecast.accuracy === null || forecast.at === now?.at
      ? ''
      : `, with the forecast ${percent(forecast.accuracy)} (95 % interval ${percentInterval(forecast.ci95)})`;
  const before = elsewhere ? `, after ${counted(elsewhere, 'look')} at the same images for other sweeps` : '';
  return `on ${at.slice(0, 16).replace('T', ' ')} UTC ${whose}, which had been chosen by ${metric}${reached} among ${counted(trials, 'finished trial')}${then}${before}`;
}
