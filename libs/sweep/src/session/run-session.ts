import type { Note } from '@thaw/base';
import { createPruner, createSampler } from '@thaw/search';
import type { FileStore, SweepWriter } from '@thaw/tracking';
import { createCrew } from '../crew.ts';
import { knownReports } from '../known-reports.ts';
import type { SweepListener } from '../sweep-listener.ts';
import type { SweepOptions } from '../sweep-options.ts';
import type { ReadySweep } from './ready-sweep.ts';
import type { Steering } from './steering.ts';

export interface SessionOptions extends Pick<
  SweepOptions,
  'runsDir' | 'maxTrials' | 'maxTime' | 'retry' | 'queue' | 'trackerHost' | 'trackerPort'
> {
  readonly steering: Steering;
  readonly listener: SweepListener;
  readonly note: Note;
  /** Given what trial processes write to their standard streams. */
  readonly log?: (text: string) => void;
  /** Milliseconds from any point in time. */
  readonly clock: () => number;
}

/** What a search draws by where a program trains, whose own seed is its own matter. */
const programSeed = 42;

/** Runs the trials of a sweep that has begun, until none is left or it was stopped, by its steering or by a request on disk. */
export async function runSession(
  store: FileStore,
  { sweep, prepared, workers, trials }: ReadySweep,
  writer: SweepWriter,
  { steering, listener, note, log = () => undefined, clock, ...options }: SessionOptions,
): Promise<void> {
  if (prepared === null || trials === 0) return;
  const { experiment, engine, device, directory, known } = sweep;
  const { runsDir, maxTrials, maxTime, retry } = options;
  const crew = await createCrew({
    ...options,
    ...{ experiment, engine, device, directory, known, store, note, log },
    ...{ datasets: prepared.datasets, weights: prepared.weights, groups: prepared.groups },
    ...{ sweep: writer.id, runsDir },
    workers: Math.min(workers, trials),
  });
  const forgetRequests = writer.onStopRequest(() => {
    steering.stop();
  });
  const begun = clock();
  try {
    steering.steer(crew);
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
      listener,
      signal: steering.signal,
    });
  } finally {
    await crew.close();
    forgetRequests();
  }
}
