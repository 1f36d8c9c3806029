import { createSampler } from '@thaw/search';
import { openStore, type RunStore, type TrialRecord } from '@thaw/tracking';
import type { Executor } from '../../src/executors/executor.ts';
import { trialJobs } from '../../src/begin/trial-jobs.ts';
import { runTrials } from '../../src/run-trials.ts';
import { waitForWorkers } from '../../src/begin/wait-for-workers.ts';
import { trivialExperiment } from './trivial-records.ts';

export interface TrivialSweepOptions {
  readonly runsDir: string;
  readonly trials: number;
  readonly workers: number;
  readonly retry: number;
  /** The sweep to go on with; null for a new one. */
  readonly earlier: string | null;
  /** How long the trials of a sweep that was killed may take to end. */
  readonly patienceMs?: number;
  readonly note?: (line: string) => void;
  readonly start: (sweep: {
    readonly store: RunStore;
    readonly sweep: string;
    readonly known: readonly TrialRecord[];
  }) => Executor | Promise<Executor>;
}

/** A sweep of trivial trials to its end; says its id on standard output, and then of each trial how it has ended. */
export async function runTrivialSweep({
  runsDir,
  trials,
  workers,
  retry,
  earlier,
  patienceMs,
  note = () => undefined,
  start,
}: TrivialSweepOptions): Promise<void> {
  const experiment = trivialExperiment(trials);
  const store = openStore(runsDir);
  const known = earlier === null ? [] : (await waitForWorkers(store, earlier, patienceMs)).trials;
  const writer = await (earlier === null
    ? store.createSweep({
        ...experiment,
        experimentText: '',
        experimentFile: experiment.file,
        engine: 'onnx',
        workers,
      })
    : store.resumeSweep(earlier));
  process.stdout.write(`${writer.id}\n`);
  const executor = await start({ store, sweep: writer.id, known });
  await runTrials({
    experiment,
    sampler: createSampler(experiment.method, experiment.parameters, { seed: 1, goal: 'maximize' }),
    executor,
    writer,
    known,
    pruner: null,
    knownReports: new Map(),
    isOver: () => false,
    maxTrials: Number.POSITIVE_INFINITY,
    retry,
    jobOf: trialJobs({
      experiment,
      sweep: writer.id,
      directory: process.cwd(),
      engine: 'onnx',
      device: 'cpu',
      workers,
      runsDir,
    }),
    listener: {
      event: () => undefined,
      ended: ({ number }, { state }) => process.stdout.write(`${number} ${state}\n`),
      note,
    },
    signal: new AbortController().signal,
  });
  await executor.close();
  await writer.finish('finished');
}
