import { duration, fixed, parameterList, signed } from '@thaw/base';
import type { TrialJob, TrialOutcome } from '@thaw/sweep';

/** One line about a trial that has ended: what it was, how it ended and what came of it. */
export function outcomeLine(job: TrialJob, outcome: TrialOutcome, seconds: number): string {
  const parameters = parameterList(job.parameters);
  const trial = `trial ${job.number}${parameters === '' ? '' : ` (${parameters})`}`;
  switch (outcome.state) {
    case 'finished':
    case 'pruned': {
      const { epochs, val_accuracy, test_accuracy, gap } = outcome.summary;
      const tested =
        job.test === false ? '' : `, test accuracy ${fixed(test_accuracy, 4)}, gap ${signed(gap, 4)}`;
      const scores = `val accuracy ${fixed(val_accuracy, 4)}${tested}`;
      const ended =
        outcome.state === 'finished' ? 'finished in' : 'was stopped early, as others do better, after';
      return `${trial} ${ended} ${duration(seconds)}: ${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}, ${scores}`;
    }
    case 'failed':
      return `${trial} failed after ${duration(seconds)}: ${outcome.error}`;
    case 'interrupted':
      return `${trial} was interrupted after ${duration(seconds)}`;
  }
}
