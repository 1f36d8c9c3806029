import { settingsSchema, type EpochRecord, type Experiment, type Summary } from '@thaw/experiment';
import type { Provenance } from '@thaw/tracking';

export const summary: Summary = {
  epochs: 3,
  best_epoch: 3,
  train_accuracy: 1,
  train_loss: 0,
  val_accuracy: 0.9,
  val_loss: 0.1,
  test_accuracy: 0.5,
  test_loss: 1,
  gap: 0.4,
};

export const provenance: Provenance = {
  git: null,
  node: process.versions.node,
  platform: process.platform,
  arch: process.arch,
  cpu: 'any',
  cores: 1,
  memory_bytes: 1,
  packages: {},
};

export function epoch(number: number): EpochRecord {
  return {
    epoch: number,
    loss: 1 / number,
    accuracy: 0.5,
    val_loss: 1 / number,
    val_accuracy: 0.5,
    seconds: 0.01,
    images_per_second: 100,
  };
}

/** A grid of so many points. */
export function trivialExperiment(trials: number): Experiment {
  return {
    file: 'chaos.yaml',
    name: 'chaos',
    description: null,
    settings: settingsSchema.parse({}),
    method: 'grid',
    metric: { name: 'val_accuracy', goal: 'maximize', target: null },
    parameters: { 'model.head_units': { values: Array.from({ length: trials }, (_, i) => i + 1) } },
    run_cap: null,
    early_terminate: null,
    test: 'each',
    notes: [],
    text: '',
    set: [],
  };
}
