import { readFileSync } from 'node:fs';
import type { EarlyStopping, EpochRecord } from '@thaw/experiment';
import { describe, expect, test } from 'vitest';
import { EarlyStopper } from '../src/early-stopping.ts';

interface Outcome {
  /** Epochs that were trained. */
  readonly epochs: number;
  /** The epoch whose weights are left. */
  readonly kept: number;
}

const file = new URL('../../../test/golden/early-stopping.json', import.meta.url);
const golden = JSON.parse(readFileSync(file, 'utf8')) as Record<
  string,
  {
    values: (number | null)[];
    outcomes: [EarlyStopping['monitor'], number, number, boolean, epochs: number, kept: number][];
  }
>;

/** Every value but the monitored one improves with each epoch, so that looking at a wrong one shows. */
function record(epoch: number, monitored: Partial<EpochRecord>): EpochRecord {
  const better = { loss: 1 / epoch, val_loss: 1 / epoch, accuracy: epoch, val_accuracy: epoch };
  return { epoch, ...better, ...monitored, seconds: 1, images_per_second: 1 };
}

function run(options: EarlyStopping | false, monitor: EarlyStopping['monitor'], values: number[]): Outcome {
  const stopper = new EarlyStopper(options);
  let weights = 0;
  for (const [i, value] of values.entries()) {
    const decision = stopper.update(record(i + 1, { [monitor]: value }));
    if (decision.keep) weights = i + 1;
    expect(stopper.kept?.epoch).toBe(weights);
    if (decision.stop) return { epochs: i + 1, kept: weights };
  }
  return { epochs: values.length, kept: weights };
}

test('epochs before early stopping begins are neither the best nor waited for, and are kept until one is', () => {
  const options = { monitor: 'val_loss', patience: 1, min_delta: 0, restore_best_weights: true } as const;
  const decisions = (values: number[]) => {
    const stopper = new EarlyStopper(options, undefined, 3);
    const made = values.map((val_loss, i) => stopper.update(record(i + 1, { val_loss })));
    return { kept: stopper.kept?.epoch, stops: made.findIndex(({ stop }) => stop) + 1 };
  };
  expect(decisions([0.1, 0.5, 0.9, 0.8, 0.9])).toEqual({ kept: 4, stops: 5 });
  expect(decisions([0.1, 0.5, 0.9])).toEqual({ kept: 3, stops: 0 });
  expect(decisions([0.1, 0.5, 0.9, NaN])).toEqual({ kept: 3, stops: 4 });
});

describe('early stopping as Keras does it', () => {
  test.each(Object.entries(golden))('when the monitored value %s', (_, { values, outcomes }) => {
    expect(outcomes.length).toBe(96);
    for (const [monitor, patience, min_delta, restore_best_weights, epochs, kept] of outcomes) {
      const options = { monitor, patience, min_delta, restore_best_weights };
      const numbers = values.map((value) => value ?? NaN);
      expect(run(options, monitor, numbers), JSON.stringify(options)).toEqual({ epochs, kept });
    }
  });
});

const usual: EarlyStopping = { monitor: 'val_loss', patience: 0, min_delta: 0, restore_best_weights: true };

const cases: [name: string, options: Partial<EarlyStopping>, values: number[], outcome: Outcome][] = [
  ['ends at the first epoch that is not better without patience', {}, [3, 2, 2, 1], { epochs: 3, kept: 2 }],
  ['never ends after the first epoch', {}, [3], { epochs: 1, kept: 1 }],
  ['ends alike with a patience of 1', { patience: 1 }, [3, 2, 2, 1], { epochs: 3, kept: 2 }],
  ['counts epochs in a row', { patience: 2 }, [5, 6, 4, 6, 3, 6, 6, 1], { epochs: 7, kept: 5 }],
  ['keeps the first epoch when it was best', { patience: 4 }, [1, 2, 3, 4, 5, 6], { epochs: 5, kept: 1 }],
  [
    'keeps the last epoch when asked not to restore',
    { patience: 4, restore_best_weights: false },
    [1, 2, 3, 4, 5, 6],
    { epochs: 5, kept: 5 },
  ],
  ['wants more than min_delta', { min_delta: 0.5 }, [3, 2.5, 1], { epochs: 2, kept: 1 }],
  [
    'measures min_delta from the best, not from the last',
    { min_delta: 0.5, patience: 2 },
    [3, 2.75, 2.25, 2, 1.625, 1.5],
    { epochs: 6, kept: 5 },
  ],
  ['takes more accuracy for better', { monitor: 'accuracy' }, [0.5, 0.75, 0.5, 1], { epochs: 3, kept: 2 }],
  [
    'takes less calibration error for better',
    { monitor: 'val_calibration_error' },
    [0.2, 0.1, 0.3],
    { epochs: 3, kept: 2 },
  ],
  [
    'goes on from an AUC that is no number',
    { monitor: 'val_auc', patience: 2 },
    [NaN, 0.6, NaN, 0.5],
    { epochs: 4, kept: 2 },
  ],
  ['takes NaN for not better', { patience: 1 }, [3, NaN, 1], { epochs: 2, kept: 1 }],
  // Keras takes a first NaN for the best there is, which nothing beats any more.
  ['goes on from a first NaN', { patience: 4 }, [NaN, 3, 2, 3], { epochs: 4, kept: 3 }],
  ['ends when all is NaN', { patience: 2 }, [NaN, NaN, NaN, NaN], { epochs: 2, kept: 1 }],
];

describe('an early stopper', () => {
  test.each(cases)('%s', (_, options, values, outcome) => {
    const all = { ...usual, ...options };
    expect(run(all, all.monitor, values)).toEqual(outcome);
  });

  test('that is switched off trains all epochs and keeps the last', () => {
    expect(run(false, 'val_loss', [1, 2, 3, NaN, 5])).toEqual({ epochs: 5, kept: 5 });
  });

  test('has kept nothing before the first epoch', () => {
    expect(new EarlyStopper(usual).kept).toBeNull();
  });
});
