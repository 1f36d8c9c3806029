import { isDeepStrictEqual } from 'node:util';
import { UserError } from '@thaw/base';
import type { Device } from '@thaw/compute';
import { applyParameters, metricValue, type Experiment } from '@thaw/experiment';
import type { Sampler, Trial } from '@thaw/search';
import type { SweepWriter, TrialRecord } from '@thaw/tracking';
import type { Executor, TrialJob, TrialOutcome } from '../executors/executor.ts';
import type { Progress } from '../progress/progress.ts';
import { fullDisk } from '../report-error.ts';
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
  /** How many trials this session runs at most. */
  readonly maxTrials: number;
  readonly engine: string;
  readonly device: Device;
  readonly runsDir: string;
  readonly progress: Progress;
  /** Once aborted, no further trial begins. */
  readonly signal: AbortSignal;
}

/**
 * Asks for trials, runs them on all workers and tells the sampler, until nothing is left to ask, `run_cap` or `maxTrials`
 * is reached, or it is stopped. An interrupted trial that is asked for again keeps its number. Throws UserError when the disk
 * is full, which would end every further trial too; the trial it stopped is interrupted and runs again when the sweep goes on.
 */
export async function runTrials(options: RunTrialsOptions): Promise<void> {
  const { experiment, sampler, executor, known, maxTrials, signal } = options;
  const trials = known.map((record) => toTrial(record, experiment));
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
    const trial: Trial = { number, parameters, state: 'running', value: null };
    trials[isNew ? trials.length : again] = trial;
    begun++;
    return { trial, isNew, settings: applyParameters(experiment, parameters) };
  };
  const order = new TrialOrder(ask, executor.workers > 1 ? lookAhead : 0);

  const lane = async () => {
    while (!signal.aborted && broken === undefined) {
      const next = order.next();
      if (next === null) return;
      const { trial } = next;
      const outcome = await runTrial(next, order, options);
      order.ended(trial.number);
      const value =
        outcome.state === 'finished' ? metricValue(experiment.metric.name, outcome.summary) : null;
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
  { trial: { number, parameters }, isNew, settings }: AskedTrial,
  order: TrialOrder,
  { executor, writer, engine, device, runsDir, progress }: RunTrialsOptions,
): Promise<TrialOutcome> {
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
  const outcome = await executor.run(job, (event, worker) => {
    if (event.type === 'run') {
      named = writer.updateTrial(number, { run: event.run });
      // Waited for below; a failure before that must not end the process as unhandled.
      named.catch(() => undefined);
    }
    if (event.type === 'batch' || event.type === 'epoch') order.trains(number);
    progress.event(worker, job, event);
  });
  await named;
  if (outcome.state === 'failed') await writer.updateTrial(number, { error: outcome.error });
  progress.ended(job, outcome);
  return outcome;
}

function toTrial({ number, parameters, state, summary }: TrialRecord, experiment: Experiment): Trial {
  return { number, parameters, state, value: metricValue(experiment.metric.name, summary) };
}

function nextNumber(trials: readonly Trial[]): number {
  return Math.max(-1, ...trials.map((trial) => trial.number)) + 1;
}
