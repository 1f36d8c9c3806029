import type { SweepRecord, TrialRecord } from '@thaw/tracking';
import { describe, expect, it } from 'vitest';
import { sweepDocument } from '@thaw/analysis/recorded';
import { sweptPaths } from '@thaw/experiment';
import { summary, trial } from '@thaw/sweep/testing';

function sweep(trials: TrialRecord[], metric: SweepRecord['metric']): SweepRecord {
  return {
    format: 1,
    id: 'sweep-id',
    name: 'unfreeze',
    state: 'finished',
    experiment_file: 'unfreeze.yaml',
    directory: null,
    set: [],
    method: 'grid',
    metric,
    parameters: {},
    engine: 'onnx',
    device: 'cpu',
    workers: 1,
    planned: null,
    trials,
    leakage: null,
    test: 'each',
    test_sets: [],
    openings: [],
    forecast: null,
    created: '2026-01-01T00:00:00.000Z',
    finished: '2026-01-01T00:01:00.000Z',
    seconds: 60,
    owner: { host: 'host', pid: 1, started: null },
  };
}

describe('the document of a sweep', () => {
  it('has the keys that scripts rely on, and no others', () => {
    const document = sweepDocument(sweep([trial(0)], { name: 'val_accuracy', goal: 'maximize' }));
    expect(document).toEqual({
      sweep: 'sweep-id',
      name: 'unfreeze',
      state: 'finished',
      engine: 'onnx',
      seconds: 60,
      best: 0,
      forecast: null,
      test: 'each',
      openings: [],
      trials: [
        {
          number: 0,
          run: 'run-0',
          state: 'finished',
          parameters: {},
          seconds: 1.25,
          error: null,
          attempts: [],
          summary: summary(0.9, 0.5),
        },
      ],
      leakage: null,
    });
  });

  const trials = [
    trial(0, { summary: summary(0.8, 0.9, { val_loss: 0.3, train_loss: 0.2 }) }),
    trial(1, { summary: summary(0.9, 0.1, { val_loss: 0.5, train_loss: 0.3, train_accuracy: 0.99 }) }),
    trial(2, { summary: summary(0.9, 0.99, { val_loss: 0.4, train_loss: 0.1 }) }),
    trial(3, { state: 'failed', summary: null, error: 'no memory' }),
    trial(4, { summary: summary(Number.NaN, 1, { val_loss: Number.NaN }) }),
  ];
  it.each([
    ['val_accuracy', 'maximize', 1],
    ['val_loss', 'minimize', 0],
    ['accuracy', 'maximize', 1],
    ['loss', 'minimize', 2],
  ] as const)('chooses the best by %s (%s) and never by the test set', (name, goal, best) => {
    expect(sweepDocument(sweep(trials, { name, goal })).best).toBe(best);
  });

  it('has no best trial when none finished', () => {
    const failed = trial(0, { state: 'failed', summary: null, error: 'no memory' });
    expect(sweepDocument(sweep([failed], { name: 'val_loss', goal: 'minimize' })).best).toBeNull();
  });
});

it('shows the parameters that vary and leaves constants out', () => {
  const parameters = {
    'model.scenario': { values: ['a', 'b'] },
    'training.epochs': { values: [5] },
    augmentation: { values: [false, true] },
  };
  expect(sweptPaths(parameters)).toEqual(['model.scenario', 'augmentation']);
});
