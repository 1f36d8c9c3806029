import { join } from 'node:path';
import { createEngine, type EngineName } from '@thaw/compute';
import type { Experiment } from '@thaw/experiment';
import { requireMemory } from '@thaw/training';
import type { OpenSweep } from '../begin/open-sweep.ts';
import { trialsOfAllSizes, type SweepDataset } from '../begin/preflight.ts';
import { estimateCost } from './estimate-cost.ts';

/** So long, in seconds, further kinds of trials are measured. */
const patience = 60;

export interface TryOutOptions {
  readonly runsDir: string;
  readonly workers: number;
  /** How many trials would run. */
  readonly trials: number;
  readonly signal: AbortSignal;
  readonly clock: () => number;
  readonly onMeasured: (done: number, total: number) => void;
}

/**
 * What a prepared sweep would take: its images and, from a few steps of each kind of trial, of which nothing is kept, its time in
 * seconds. Throws UserError where the memory would not suffice.
 */
export async function tryOut(
  { experiment, engine, device }: Pick<OpenSweep, 'engine' | 'device'> & { readonly experiment: Experiment },
  datasets: readonly SweepDataset[],
  { runsDir, workers, trials, signal, clock, onMeasured }: TryOutOptions,
) {
  const computing = createEngine(engine as EngineName, { sharedCores: workers > 1, device });
  const classes = Math.max(...datasets.map(({ dataset }) => dataset.classes.length));
  for (const settings of trialsOfAllSizes(experiment)) {
    await requireMemory({ settings, classes, engine: computing });
  }
  const cacheDir = join(runsDir, 'cache');
  const cost = await estimateCost(experiment, {
    ...{ engine: computing, cacheDir, datasets, trials, patience, signal, clock, onMeasured },
  });
  const { train, validation, test, folds } = datasets[0]!.dataset;
  const isFinite = Number.isFinite(trials);
  const atOnce = Math.min(workers, trials);
  return {
    ...{ name: experiment.name, method: experiment.method, engine, workers: atOnce },
    trials: isFinite ? trials : null,
    images: {
      train: folds ? validation.length : train.length,
      validation: validation.length,
      test: test.length,
    },
    /** At most, as early stopping ends trials before. */
    seconds: isFinite ? cost.seconds / atOnce : null,
    seconds_of_trial: cost.seconds / (isFinite ? trials : 1),
    images_trained: cost.images,
    kinds: cost.kinds,
    kinds_measured: cost.measured,
  };
}
