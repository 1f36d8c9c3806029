import { join } from 'node:path';
import type { Device } from '@thaw/compute';
import { pathsOf, type Experiment } from '@thaw/experiment';
import type { Trial } from '@thaw/search';
import type { TrialJob } from '../executors/executor.ts';
import type { LookedAt } from './check-leakage.ts';
import type { SweepDataset } from './preflight.ts';
import { weightsOf, type SweepWeights } from './sweep-weights.ts';
import { datasetOf, trialSettings } from './trial-settings.ts';

export interface TrialJobsOptions {
  readonly experiment: Pick<Experiment, 'settings' | 'test'>;
  readonly sweep: string;
  /** What trials train on, as far as it was read before; see `trialSettings`. */
  readonly datasets?: readonly SweepDataset[];
  /** What backbones start from, as far as it was read before. */
  readonly weights?: readonly SweepWeights[];
  /** What relative paths of the experiment are relative to. */
  readonly directory: string;
  readonly engine: string;
  readonly device: Device;
  /** How many trials run at once, when one begins. */
  readonly workers: number;
  /** What each image that was looked at shows; see `checkLeakage`. */
  readonly groups?: LookedAt;
  readonly runsDir: string;
}

/** What the trials of an experiment that Thaw trains are for an executor. */
export function trialJobs(options: TrialJobsOptions) {
  const { experiment, sweep, datasets = [], weights = [], directory, groups, runsDir } = options;
  const { engine, device } = options;
  return ({ number, parameters }: Pick<Trial, 'number' | 'parameters'>): TrialJob => {
    const settings = trialSettings(experiment, parameters, datasets);
    return {
      sweep,
      number,
      parameters,
      settings,
      paths: pathsOf(settings, directory),
      engine,
      device,
      sharedCores: options.workers > 1,
      groups,
      runsDir,
      cacheDir: join(runsDir, 'cache'),
      weightsSha256: weightsOf(settings, weights)?.sha256,
      fingerprint: datasetOf(settings, datasets)?.dataset.fingerprint,
      test: experiment.test === 'each',
    };
  };
}
