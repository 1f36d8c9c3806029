import { settingsSchema, type EpochRecord, type Settings, type Summary } from '@thaw/experiment';
import type { NewRun, NewSweep } from '@thaw/tracking';

const provenance = {
  git: null,
  node: '20',
  platform: 'linux',
  arch: 'x64',
  cpu: 'made',
  cores: 1,
  memory_bytes: 1,
  packages: {},
};

/** What `createRun` takes for a run without a sweep, but for `changes`. */
export function newRun(changes: Partial<NewRun> = {}): NewRun {
  return {
    name: 'made',
    sweep: null,
    number: 0,
    parameters: {},
    settings: madeSettings(),
    provenance,
    ...changes,
  };
}

/** What `createSweep` takes. */
export const newSweep: NewSweep = {
  name: 'made',
  experimentText: 'name: made\n',
  experimentFile: 'made.yaml',
  method: 'random',
  metric: { name: 'val_accuracy', goal: 'maximize' },
  parameters: {},
  engine: 'onnx',
  workers: 1,
};

/** The usual settings with some sections changed. */
export function madeSettings(sections: Record<string, unknown> = {}): Settings {
  return settingsSchema.parse(sections);
}

export function epochOf(epoch: number): EpochRecord {
  return {
    epoch,
    loss: 1 / epoch,
    accuracy: 1 - 1 / (epoch + 1),
    val_loss: 1.1 / epoch,
    val_accuracy: 1 - 1.1 / (epoch + 1),
    seconds: 1,
    images_per_second: 100,
  };
}

export function summaryOf(validation: number, test: number): Summary {
  return {
    epochs: 3,
    best_epoch: 3,
    train_accuracy: validation,
    train_loss: 0.3,
    val_accuracy: validation,
    val_loss: 0.4,
    test_accuracy: test,
    test_loss: 1,
    gap: validation - test,
  };
}
