import type { ParameterValues } from '@thaw/experiment';
import type { ProgramJob } from '../executor.ts';
import { nested } from './command-line.ts';

export interface ProgramPlaces {
  readonly run: string;
  /** Where it reports over HTTP. */
  readonly logUrl: string;
  /** Where it may leave predictions. */
  readonly outputFolder: string;
  /** The same for each attempt at a trial, until it has ended. */
  readonly checkpointFolder: string;
}

/** The environment of a trial's program: that of the sweep, and what it may want to know of its trial. */
export function programEnvironment(
  { sweep, number, parameters, program }: ProgramJob,
  { run, logUrl, outputFolder, checkpointFolder }: ProgramPlaces,
  environment: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  return {
    // Python keeps back what it writes to a pipe; a report is to come when it is made.
    PYTHONUNBUFFERED: '1',
    ...environment,
    THAW_SWEEP_ID: sweep,
    THAW_TRIAL: String(number),
    THAW_RUN_ID: run,
    THAW_PARAMETERS: JSON.stringify(nested(parameters as ParameterValues, program.paths)),
    THAW_LOG_URL: logUrl,
    THAW_OUTPUT_DIR: outputFolder,
    THAW_CHECKPOINT_DIR: checkpointFolder,
  };
}
