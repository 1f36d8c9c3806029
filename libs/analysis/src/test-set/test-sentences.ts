import { counted, fixed } from '@thaw/base/browser';
import type { SweepRecord } from '@thaw/tracking';

type Looks = Pick<SweepRecord, 'test' | 'openings'> & {
  readonly trials: readonly Pick<SweepRecord['trials'][number], 'summary'>[];
};

/** How often the test set of a sweep was looked at, when, and what had been chosen before, in sentences. */
export function testSetSentences({ test, openings, trials }: Looks): string[] {
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
    ({ at, why, trial, metric, value, trials: among }) =>
      `on ${at.slice(0, 16).replace('T', ' ')} UTC ${why === 'asked' ? 'by a user, ' : ''}for trial ${trial}, which had been chosen by ${metric}${value === null ? '' : ` ${fixed(value, 4)}`} among ${counted(among, 'finished trial')}`,
  );
  const times = openings.length === 1 ? 'once' : `${openings.length} times`;
  return [`The test set was looked at ${times}: ${looks.join('; ')}.`];
}
