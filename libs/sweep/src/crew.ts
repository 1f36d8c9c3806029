import type { Device } from '@thaw/compute';
import type { Executor } from './executors/executor.ts';
import type { RunTrialsOptions } from './run-trials-options.ts';
import {
  createExecutor,
  createProgramExecutor,
  type CreateExecutorOptions,
} from './executors/create-executor.ts';
import type { AnyExperiment } from '@thaw/experiment';
import { programJobs } from './begin/program-jobs.ts';
import type { SweepWeights } from './begin/sweep-weights.ts';
import { trialJobs } from './begin/trial-jobs.ts';
import type { LookedAt } from './begin/check-leakage.ts';
import { Lanes } from './lanes.ts';
import { runTrials } from './run-trials.ts';

export interface CrewOptions extends CreateExecutorOptions {
  readonly experiment: AnyExperiment;
  readonly engine: string;
  readonly device: Device;
  /** What backbones start from, where that is not drawn. */
  readonly weights: readonly SweepWeights[];
  /** What each image that was looked at shows; see `checkLeakage`. */
  readonly groups: LookedAt;
}

/** Whoever runs the trials of an experiment, which they train or hand to a program of the user's own. */
export interface Crew extends Pick<Executor, 'resize' | 'stop' | 'kill' | 'close'> {
  runTrials(options: Omit<RunTrialsOptions, 'experiment' | 'executor' | 'jobOf' | 'lanes'>): Promise<void>;
  /** Lets a trial end as interrupted once its running epoch is over; the sweep goes on with others. */
  stopTrial(number: number): void;
}

export async function createCrew(options: CrewOptions): Promise<Crew> {
  const { experiment } = options;
  if ('program' in experiment) {
    const jobOf = programJobs({ ...options, experiment });
    const executor = createProgramExecutor(options);
    return crewOf(options.sweep, executor, (rest, lanes) =>
      runTrials({ ...rest, lanes, experiment, executor, jobOf }),
    );
  }
  const executor = await createExecutor(options);
  const jobOf = trialJobs({
    ...{ ...options, experiment },
    get workers() {
      return executor.workers;
    },
  });
  return crewOf(options.sweep, executor, (rest, lanes) =>
    runTrials({ ...rest, lanes, experiment, executor, jobOf }),
  );
}

function crewOf(
  sweep: string,
  executor: Omit<Executor, 'run'>,
  run: (options: Parameters<Crew['runTrials']>[0], lanes: Lanes) => Promise<void>,
): Crew {
  const lanes = new Lanes(executor.workers);
  return {
    runTrials: (options) => run(options, lanes),
    resize: (workers) => {
      executor.resize(workers);
      lanes.resize(workers);
    },
    stopTrial: (number) => {
      executor.stopTrial({ sweep, number });
    },
    stop: () => {
      executor.stop();
    },
    kill: () => {
      executor.kill();
    },
    close: () => executor.close(),
  };
}
