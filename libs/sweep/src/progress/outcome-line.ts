import { counted, duration, fixed, parameterList, signed } from '@thaw/base';
import { metricValue, type Summary } from '@thaw/experiment';
import { isProgramJob, type Job, type TrialOutcome } from '../executors/executor.ts';

/** One line about a trial that has ended: what it was, how it ended and what came of it. */
export function outcomeLine(job: Job, outcome: TrialOutcome, seconds: number): string {
  const parameters = parameterList(job.parameters);
  const trial = `trial ${job.number}${parameters === '' ? '' : ` (${parameters})`}`;
  switch (outcome.state) {
    case 'finished':
    case 'pruned': {
      const ended =
        outcome.state === 'finished' ? 'finished in' : 'was stopped early, as others do better, after';
      return `${trial} ${ended} ${duration(seconds)}: ${scores(job, outcome.summary)}`;
    }
    case 'failed':
      return `${trial} failed after ${duration(seconds)}: ${outcome.error}`;
    case 'interrupted':
      return `${trial} was interrupted after ${duration(seconds)}`;
  }
}

function scores(job: Job, summary: Summary): string {
  const { epochs, val_accuracy, test_accuracy, gap } = summary;
  // A test set that was not looked at, or that a program has none of.
  const tested = Number.isNaN(gap) ? '' : `, test accuracy ${fixed(test_accuracy, 4)}, gap ${signed(gap, 4)}`;
  if (isProgramJob(job))
    return `${counted(epochs, 'step')}, ${job.metric} ${fixed(metricValue(job.metric, summary), 4)}${tested}`;
  return `${counted(epochs, 'epoch')}, val accuracy ${fixed(val_accuracy, 4)}${tested}`;
}
