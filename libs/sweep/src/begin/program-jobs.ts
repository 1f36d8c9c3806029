import { join, resolve } from 'node:path';
import { UserError } from '@thaw/base';
import type { ProgramExperiment } from '@thaw/experiment';
import type { Trial } from '@thaw/search';
import type { ProgramJob } from '../executors/executor.ts';

const usualPatienceSeconds = 900;
/** As W&B's agent has it. */
const graceMs = 10_000;

export interface ProgramJobsOptions {
  readonly experiment: Pick<ProgramExperiment, 'program' | 'metric'>;
  readonly sweep: string;
  readonly directory: string;
  readonly runsDir: string;
}

/** What the trials of a program are for an executor. */
export function programJobs({ experiment, sweep, directory, runsDir }: ProgramJobsOptions) {
  const { program, metric } = experiment;
  const patienceMs = 1000 * programPatienceSeconds();
  // The program may run elsewhere.
  const place = resolve(runsDir);
  return ({ number, parameters }: Pick<Trial, 'number' | 'parameters'>): ProgramJob => ({
    sweep,
    number,
    parameters,
    program,
    metric: metric.name,
    directory,
    patienceMs,
    graceMs,
    runsDir: place,
    cacheDir: join(place, 'cache'),
  });
}

/** Seconds without output or a report after which a program counts as hanging: `THAW_PROGRAM_PATIENCE_SECONDS`, or 900. */
export function programPatienceSeconds(text = process.env.THAW_PROGRAM_PATIENCE_SECONDS): number {
  if (text === undefined || text.trim() === '') return usualPatienceSeconds;
  const seconds = Number(text);
  if (seconds > 0) return seconds;
  throw new UserError(
    `THAW_PROGRAM_PATIENCE_SECONDS: found ${JSON.stringify(text)}; allowed: seconds that a program may write and report nothing, more than 0`,
  );
}
