import { isComplete, type EpochRecord } from '@thaw/experiment';
import type { Trial } from '@thaw/search';
import { openStore, type FailedAttempt } from '@thaw/tracking';
import { removeCheckpoint } from './executors/checkpoint-files.ts';
import type { Job, OnTrialEvent, TrialOutcome } from './executors/executor.ts';
import { failuresAllowed } from './retry.ts';
import type { RunTrialsOptions } from './run-trials-options.ts';
import type { AskedTrial, TrialOrder } from './trial-order.ts';

/**
 * Runs a trial, and again as long as it fails, might pass and has attempts left; the reason of each is kept. An interruption
 * costs no attempt.
 */
export async function attemptTrial<J extends Job>(
  { trial, earlier, job }: AskedTrial<J>,
  order: Pick<TrialOrder, 'trains'>,
  trials: readonly Trial[],
  options: RunTrialsOptions<J>,
): Promise<TrialOutcome> {
  const { number, parameters } = trial;
  const { writer, listener, retry, signal } = options;
  const attempts: FailedAttempt[] = [...(earlier?.attempts ?? [])];
  const goOn = async (attempt: FailedAttempt) => {
    attempts.push(attempt);
    await writer.updateTrial(number, { run: null, error: null, attempts: [...attempts] });
  };
  if (!earlier) await writer.addTrial({ number, run: null, parameters });
  else if (earlier.state === 'failed') {
    await goOn({ run: earlier.run, error: earlier.error ?? 'no reason was recorded' });
  }
  const most = failuresAllowed(retry, earlier);
  for (;;) {
    const { run, outcome } = await attemptOnce(job, trial, order, trials, options);
    const mayPass = outcome.state === 'failed' && outcome.permanent !== true;
    if (mayPass && attempts.length < most && !signal.aborted) {
      await goOn({ run, error: outcome.error });
      listener.note(`trial ${number}: attempt ${attempts.length} of ${most + 1} failed: ${outcome.error}`);
      continue;
    }
    if (outcome.state === 'failed') {
      await writer.updateTrial(number, { error: outcome.error });
      await removeCheckpoint(job);
    }
    listener.ended(job, outcome);
    return outcome;
  }
}

async function attemptOnce<J extends Job>(
  job: J,
  trial: AskedTrial<J>['trial'],
  order: Pick<TrialOrder, 'trains'>,
  trials: readonly Trial[],
  { experiment, pruner, executor, writer, listener }: RunTrialsOptions<J>,
): Promise<{ run: string | null; outcome: TrialOutcome }> {
  const metric = experiment.metric.name;
  let run: string | null = null;
  let named: Promise<void> = Promise.resolve();
  const observe: OnTrialEvent = (event, worker) => {
    if (event.type === 'run') {
      run = event.run;
      named = writer.updateTrial(job.number, { run });
      // Waited for below; a failure before that must not end the process as unhandled.
      named.catch(() => undefined);
    }
    if (event.type === 'batch' || event.type === 'epoch') order.trains(job.number);
    // Of a trial with folds the verdicts tell, fold by fold.
    if (event.type === 'epoch' && event.record.fold === undefined)
      report(trial.reports, event.record, metric);
    listener.event(worker, job, event);
  };
  const prune =
    pruner === null
      ? undefined
      : (record: EpochRecord) => {
          if (record.fold !== undefined) report(trial.reports, record, metric);
          return pruner.shouldPrune(trial, trials);
        };
  const outcome = await executor.run(job, observe, prune);
  await named;
  const recorded = outcome.state === 'failed' ? await recordedEnd(run, job.runsDir) : null;
  return { run, outcome: recorded ?? outcome };
}

/** How a run has ended by its own record, whose process may have died before it could tell. Null for one that did not come to its end. */
async function recordedEnd(run: string | null, runsDir: string): Promise<TrialOutcome | null> {
  const record =
    run === null
      ? null
      : await openStore(runsDir)
          .run(run)
          .catch(() => null);
  if (!record || !isComplete(record.state)) return null;
  return record.summary && { state: record.state, summary: record.summary };
}

type Figures = Readonly<Partial<Record<string, number>>>;

/** Notes the metric of an epoch, or of the folds so far. A trial that went on from a checkpoint may leave out epochs that nobody noted. */
function report(reports: number[], record: EpochRecord, metric: string): void {
  while (reports.length < record.epoch - 1) reports.push(Number.NaN);
  reports[record.epoch - 1] = (record as unknown as Figures)[metric] ?? Number.NaN;
  reports.length = record.epoch;
}
