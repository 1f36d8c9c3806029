import { settingsSchema, type EpochRecord, type Summary } from '@thaw/experiment';
import type { NewRun, NewSweep, Provenance, RunStore, RunWriter, SweepWriter } from '../../src/index.ts';

export const provenance: Provenance = {
  git: null,
  node: '20.20.0',
  platform: 'linux',
  arch: 'x64',
  cpu: 'a processor',
  cores: 2,
  memory_bytes: 8e9,
  packages: { sharp: '1.0.0', nothing: null },
};

export const summary: Summary = {
  epochs: 3,
  best_epoch: 2,
  train_accuracy: 0.95,
  train_loss: 0.1,
  val_accuracy: 0.9,
  val_loss: 0.2,
  test_accuracy: 0.5,
  test_loss: 1.5,
  gap: 0.4,
};

export function newSweep(name = 'unfreeze'): NewSweep {
  return {
    name,
    experimentText: 'name: unfreeze # as written\n',
    experimentFile: 'experiments/unfreeze.yaml',
    method: 'grid',
    metric: { name: 'val_accuracy', goal: 'maximize' },
    parameters: { 'model.head_units': { values: [64, 128] } },
    engine: 'onnx',
    workers: 2,
  };
}

export function newRun(number: number, sweep: string | null = null): NewRun {
  return {
    sweep,
    number,
    parameters: { 'model.head_units': 64 },
    settings: settingsSchema.parse({}),
    provenance,
  };
}

export function epoch(number: number): EpochRecord {
  return {
    epoch: number,
    loss: 1 / number,
    accuracy: 1 - 1 / number,
    val_loss: 2 / number,
    val_accuracy: 0.5,
    seconds: 0.25,
    images_per_second: 400,
  };
}

/** A clock that moves on by a second with each look. */
export function tickingClock(start = '2026-11-23T06:15:30.000Z'): () => Date {
  let now = Date.parse(start) - 1000;
  return () => new Date((now += 1000));
}

/** Begins a trial as a sweep does: added first, with its run a little later. */
export async function beginTrial(store: RunStore, sweep: SweepWriter, number: number): Promise<RunWriter> {
  await sweep.addTrial({ number, run: null, parameters: newRun(number).parameters });
  const run = await store.createRun(newRun(number, sweep.id));
  await sweep.updateTrial(number, { run: run.id });
  return run;
}
