import type { Claim } from './claim.ts';
import { augmentation } from './claims/augmentation.ts';
import { augmentedTraining } from './claims/augmented-training.ts';
import { commands } from './claims/commands.ts';
import { coordination } from './claims/coordination.ts';
import { defaultSweep } from './claims/default-sweep.ts';
import { featureExtraction } from './claims/feature-extraction.ts';
import { frozenSweep } from './claims/frozen-sweep.ts';
import { fullTraining } from './claims/full-training.ts';
import { machine } from './claims/machine.ts';
import { partialUnfreeze } from './claims/partial-unfreeze.ts';
import { predict } from './claims/predict.ts';

/** What `bench` measures, by the name that `--only` takes. */
export const claims: Readonly<Record<string, Claim>> = {
  machine,
  'feature-extraction': featureExtraction,
  'frozen-sweep': frozenSweep,
  'partial-unfreeze': partialUnfreeze,
  'full-training': fullTraining,
  augmentation,
  'augmented-training': augmentedTraining,
  'default-sweep': defaultSweep,
  predict,
  commands,
  coordination,
};
