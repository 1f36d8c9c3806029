import {
  ExperimentError,
  readAnyExperiment,
  type Allowed,
  type AnyExperiment,
  type LocatedMistake,
} from '@thaw/experiment';
import { countTrials } from './count-trials.ts';
import { modelChecks } from './experiment-of.ts';

/** What the text of an experiment file would run, or what is wrong with it. */
export type CheckedExperiment =
  | { readonly mistakes: readonly LocatedMistake[] }
  | {
      readonly mistakes: null;
      readonly experiment: AnyExperiment;
      /** Infinity where values are drawn without end. */
      readonly trials: number;
    };

/** Reads and checks the text of an experiment file as the start of a sweep does, its images aside. Throws ExperimentError. */
export function readChecked(text: string, file: string, allowed: Allowed): AnyExperiment {
  return readAnyExperiment(text, file, { ...modelChecks, allowed });
}

/** The same, with its mistakes where there are any. */
export function checkExperiment(text: string, file: string, allowed: Allowed): CheckedExperiment {
  try {
    const experiment = readChecked(text, file, allowed);
    return { mistakes: null, experiment, trials: countTrials(experiment) };
  } catch (error) {
    if (!(error instanceof ExperimentError)) throw error;
    return { mistakes: error.mistakes };
  }
}
