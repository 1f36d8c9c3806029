import type { Claim } from './claim.ts';
import { augmentation } from './claims/augmentation.ts';
import { coordination } from './claims/coordination.ts';
import { featureExtraction } from './claims/feature-extraction.ts';
import { frozenSweep } from './claims/frozen-sweep.ts';
import { fullTraining } from './claims/full-training.ts';
import { machine } from './claims/machine.ts';
import { partialUnfreeze } from './claims/partial-unfreeze.ts';

/** What `bench` measures, by the name that `--only` takes. */
export const claims: Readonly<Record<string, Claim>> = {
  machine,
  'feature-extraction': featureExtraction,
  'frozen-sweep': frozenSweep,
  'partial-unfreeze': partialUnfreeze,
  'full-training': fullTraining,
  augmentation,
  coordination,
};
