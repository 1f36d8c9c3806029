import { constants } from 'node:os';
import type { Note } from '@thaw/base';
import type { AnyExperiment } from '@thaw/experiment';
import { createPruner, createSampler } from '@thaw/search';
import type { RunStore, SweepWriter } from '@thaw/tracking';
import { inWords } from '../remedy-text.ts';
import { onStopSignals } from '../stop-signals.ts';
import type { Prepared } from './prepare-sweep.ts';
import { createProgress } from '../progress/create-progress.ts';
import { createCrew, knownReports, type OpenSweep } from '@thaw/sweep';
import type { SweepCommandOptions } from './sweep-command-options.ts';

const clock = () => performance.now();

export interface Session extends SweepCommandOptions {
  readonly workers: number;
  /** How many trials this session is about. */
  readonly trials: number;
}

/** Runs this session's trials. Returns null, or the exit code when a signal has ended it. */
export async function runSession(
  store: RunStore,
  { experiment, engine, device, directory, known }: OpenSweep,
  writer: SweepWriter,
  { datasets, groups }: Pick<Prepared, 'datasets' | 'groups'>,
  { runsDir, workers, debug, trials, maxTrials, maxTime, retry, ...where }: Session,
): Promise<number | null> {
  const progress = createProgress({
    stream: process.stderr,
    trials,
    workers: Math.min(workers, trials),
    clock,
  });
  const log = (text: string) => {
    if (debug) progress.note(text.trimEnd());
  };
  const note: Note = (message, remedy) => {
    progress.note(inWords({ message, remedy }));
  };
  const at = {
    ...where,
    experiment,
    engine,
    device,
    groups,
    directory,
    workers: Math.min(workers, trials),
    runsDir,
    retry,
    store,
    sweep: writer.id,
    known,
    datasets,
    note,
    log,
  };
  const crew = await createCrew(at);
  const abort = new AbortController();
  let stopped: number | null = null;
  const onStop = (exitCode: number) => {
    stopped ??= exitCode;
    abort.abort();
    crew.stop();
    progress.note(`${stopping(experiment)}; press Ctrl-C again to stop at once.`);
  };
  const forgetRequests = writer.onStopRequest(() => {
    // As Ctrl-C, which a user could not press here.
    onStop(128 + constants.signals.SIGINT);
  });
  const forget = onStopSignals({
    clock,
    onStop,
    onStopNow: () => {
      crew.kill();
    },
  });
  progress.note(
    `Sweep ${writer.id}: ${trialsToRun(trials)}, ${whatRuns(experiment, engine)}${device === 'cpu' ? '' : ` on ${device}`}` +
      (known.length > 0 ? `, ${known.length} known from before` : ''),
  );
  const begun = clock();
  try {
    await crew.runTrials({
      sampler: createSampler(experiment.method, experiment.parameters, {
        seed: 'program' in experiment ? programSeed : experiment.settings.training.seed,
        goal: experiment.metric.goal,
      }),
      writer,
      pruner: experiment.early_terminate && createPruner(experiment.early_terminate, experiment.metric.goal),
      known,
      knownReports: await knownReports(store, experiment, known),
      isOver: () => maxTime !== null && clock() - begun >= maxTime,
      maxTrials: maxTrials ?? Number.POSITIVE_INFINITY,
      retry,
      listener: progress,
      signal: abort.signal,
    });
  } finally {
    await crew.close();
    progress.close();
    forgetRequests();
    forget();
  }
  return stopped;
}

/** What a search draws by where a program trains, whose own seed is its own matter. */
const programSeed = 42;

function whatRuns(experiment: AnyExperiment, engine: string): string {
  if (!('program' in experiment)) return `engine ${engine}`;
  return `program ${experiment.program.file ?? experiment.program.command.join(' ')}`;
}

function stopping(experiment: AnyExperiment): string {
  if ('program' in experiment) return 'Stopping: each program is asked to end, and has 10 s to do so';
  return 'Stopping after the running epoch of each trial';
}

function trialsToRun(trials: number): string {
  if (trials === Number.POSITIVE_INFINITY) {
    return 'trials to run until Ctrl-C, as nothing (run_cap, --max-trials) says how many';
  }
  return `${trials} ${trials === 1 ? 'trial' : 'trials'} to run`;
}
