import { settingsSchema, type EpochRecord, type Summary } from '@thaw/experiment';
import type { TrialRecord } from '@thaw/tracking';
import type { TrialJob } from '../../src/executors/executor.ts';

export function summary(valAccuracy: number, testAccuracy: number, changes: Partial<Summary> = {}): Summary {
  return {
    epochs: 12,
    best_epoch: 8,
    train_accuracy: 0.95,
    train_loss: 0.1,
    val_accuracy: valAccuracy,
    val_loss: 1 - valAccuracy,
    test_accuracy: testAccuracy,
    test_loss: 1 - testAccuracy,
    gap: valAccuracy - testAccuracy,
    ...changes,
  };
}

export function trial(number: number, changes: Partial<TrialRecord> = {}): TrialRecord {
  return {
    number,
    run: `run-${number}`,
    parameters: {},
    state: 'finished',
    error: null,
    attempts: [],
    seconds: 1.25,
    summary: summary(0.9, 0.5),
    ...changes,
  };
}

export function job(number: number, parameters: Record<string, unknown> = {}): TrialJob {
  return {
    sweep: 'sweep',
    number,
    parameters,
    settings: settingsSchema.parse({ training: { epochs: 10 } }),
    engine: 'onnx',
    device: 'cpu',
    sharedCores: false,
    runsDir: 'runs',
    cacheDir: 'runs/cache',
  };
}

export function epoch(number: number, seconds: number): EpochRecord {
  return {
    epoch: number,
    loss: 0.5,
    accuracy: 0.75,
    val_loss: 0.6,
    val_accuracy: 0.7,
    seconds,
    images_per_second: 100,
  };
}
