import { isDeepStrictEqual } from 'node:util';
import { UserError } from '@thaw/base';
import type { Device } from '@thaw/compute';
import {
  applyParameters,
  metricValue,
  type EpochRecord,
  type Experiment,
  type Metric,
} from '@thaw/experiment';
import { nextNumber, type Pruner, type Sampler, type Trial } from '@thaw/search';
import type { SweepWriter, TrialRecord } from '@thaw/tracking';
import type { Executor, TrialJob, TrialObserver, TrialOutcome } from '../executors/executor.ts';
import type { Progress } from '../progress/progress.ts';
import { fullDisk } from '../report-error.ts';
import { targetReachedBy } from './target-reached.ts';
import { TrialOrder, type AskedTrial } from './trial-order.ts';

/** How many trials may wait for what others compute. */
const lookAhead = 64;

export interface RunTrialsOptions {
  readonly experiment: Experiment;
  readonly sampler: Sampler;
  readonly executor: Executor;
  readonly writer: Pick<SweepWriter, 'id' | 'addTrial' | 'updateTrial'>;
  /** What earlier sessions of this sweep have done. */
  readonly known: readonly TrialRecord[];
  /** Ends running trials that do worse than others; null lets all train to their end. */
  readonly pruner: Pruner | null;
  /** The metric after each epoch of known trials, by number; needed where there is a pruner. */
  readonly knownReports: ReadonlyMap<number, readonly number[]>;
  /** How many trials this session runs at most. */
  readonly maxTrials: number;
  /** Asked before each trial; true ends the session. */
  readonly isOver: () => boolean;
  readonly engine: string;
  readonly device: Device;
  readonly runsDir: string;
  readonly progress: Progress;
  /** Once aborted, no further trial begins. */
  readonly signal: AbortSignal;
}

/**
 * Asks for trials, runs them on all workers and tells the sampler, until nothing is left to ask, `run_cap`, `maxTrials` or
 * the metric's target is reached, or it is over or stopped. An interrupted trial that is asked for again keeps its number. Throws UserError when the disk
 * is full, which would end every further trial too; the trial it stopped is interrupted and runs again when the sweep goes on.
 */
export async function runTrials(options: RunTrialsOptions): Promise<void> {
  const { experiment, sampler, executor, known, knownReports, maxTrials, isOver, signal } = options;
  const trials = known.map((record) => toTrial(record, experiment, knownReports.get(record.number)));
  let begun = 0;
  let broken: string | undefined;

  const ask = (): AskedTrial | null => {
    if (begun >= maxTrials) return null;
    const parameters = sampler.ask(trials);
    if (parameters === null) return null;
    const again = trials.findIndex(
      (trial) => trial.state === 'interrupted' && isDeepStrictEqual(trial.parameters, parameters),
    );
    const isNew = again === -1;
    if (isNew && trials.length >= (experiment.run_cap ?? Number.POSITIVE_INFINITY)) return null;
    const number = isNew ? nextNumber(trials) : trials[again]!.number;
    const reports = isNew ? [] : [...(trials[again]!.reports ?? [])];
    const trial = { number, parameters, state: 'running', value: null, reports } as const;
    trials[isNew ? trials.length : again] = trial;
    begun++;
    return { trial, isNew, settings: applyParameters(experiment, parameters) };
  };
  // An estimate should know as many results as it can; asking ahead takes them from it.
  const asksAhead = executor.workers > 1 && experiment.method !== 'bayes';
  const order = new TrialOrder(ask, asksAhead ? lookAhead : 0);
  const hasEnded = () =>
    signal.aborted || broken !== undefined || isOver() || targetReachedBy(trials, experiment.metric) !== null;

  const lane = async () => {
    while (!hasEnded()) {
      const next = order.next();
      if (next === null) return;
      const { trial } = next;
      const outcome = await runTrial(next, order, trials, options);
      order.ended(trial.number);
      const value = 'summary' in outcome ? metricValue(experiment.metric.name, outcome.summary) : null;
      trials[trials.indexOf(trial)] = { ...trial, state: outcome.state, value };
      if (outcome.state === 'interrupted' && outcome.error !== undefined) {
        broken = outcome.error;
        executor.stop();
      }
    }
  };
  await Promise.all(Array.from({ length: executor.workers }, lane));
  if (broken !== undefined) throw new UserError(`the sweep cannot go on: ${broken}\n${fullDisk}`);
}

async function runTrial(
  { trial, isNew, settings }: AskedTrial,
  order: TrialOrder,
  trials: readonly Trial[],
  { experiment, pruner, executor, writer, engine, device, runsDir, progress }: RunTrialsOptions,
): Promise<TrialOutcome> {
  const { number, parameters, reports } = trial;
  const sharedCores = executor.workers > 1;
  const job: TrialJob = {
    sweep: writer.id,
    number,
    parameters,
    settings,
    engine,
    device,
    sharedCores,
    runsDir,
  };
  if (isNew) await writer.addTrial({ number, run: null, parameters });
  let named: Promise<void> = Promise.resolve();
  const observe: TrialObserver = (event, worker) => {
    if (event.type === 'run') {
      named = writer.updateTrial(number, { run: event.run });
      // Waited for below; a failure before that must not end the process as unhandled.
      named.catch(() => undefined);
    }
    if (event.type === 'epoch') report(reports, event.record, experiment.metric.name);
    if (event.type === 'batch' || event.type === 'epoch') order.trains(number);
    progress.event(worker, job, event);
  };
  const outcome = await executor.run(
    job,
    observe,
    pruner === null ? undefined : () => pruner.shouldPrune(trial, trials),
  );
  await named;
  if (outcome.state === 'failed') await writer.updateTrial(number, { error: outcome.error });
  progress.ended(job, outcome);
  return outcome;
}

/** Notes the metric of an epoch. A trial that went on from a checkpoint may leave out epochs that nobody noted. */
function report(reports: number[], record: EpochRecord, metric: Metric['name']): void {
  while (reports.length < record.epoch - 1) reports.push(Number.NaN);
  reports[record.epoch - 1] = record[metric];
  reports.length = record.epoch;
}

function toTrial(
  { number, parameters, state, summary }: TrialRecord,
  { metric }: Experiment,
  reports: readonly number[] = [],
): Trial {
  return { number, parameters, state, value: metricValue(metric.name, summary), reports };
}
