import { settingsSchema, type EpochRecord, type Monitor } from '@thaw/experiment';
import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { learningRates } from '../src/learning-rates.ts';

interface Scheduled {
  readonly epochs: number;
  readonly learning_rate: number;
  readonly schedule: object;
  /** Of every batch. */
  readonly rates: readonly number[];
}

interface OnPlateau {
  readonly learning_rate: number;
  readonly schedule: { readonly monitor: Monitor };
  readonly history: readonly (number | 'Infinity')[];
  /** Of every epoch. */
  readonly rates: readonly number[];
}

const golden = JSON.parse(readFileSync(new URL('golden/schedules.json', import.meta.url), 'utf8')) as {
  batches: number;
  schedules: Record<string, Scheduled>;
  plateaus: Record<string, OnPlateau>;
};

const trainingOf = (learning_rate: number, schedule: object | string, epochs = 100) =>
  settingsSchema.parse({ training: { epochs, learning_rate, learning_rate_schedule: schedule } }).training;

/** Of every batch of training. */
function allRates(
  learning_rate: number,
  schedule: object | string,
  epochs: number,
  batches: number,
): number[] {
  const training = trainingOf(learning_rate, schedule, epochs);
  return Array.from({ length: epochs }, (_, i) => {
    const rateOf = learningRates(training, { epoch: i + 1, epochs, batches, records: [] });
    return Array.from({ length: batches }, (_, batch) => rateOf(batch));
  }).flat();
}

function ratesOnPlateau(
  learning_rate: number,
  schedule: OnPlateau['schedule'] & object,
  history: readonly number[],
): number[] {
  const training = trainingOf(learning_rate, schedule);
  const records = history.map((value) => ({ [schedule.monitor]: value }) as unknown as EpochRecord);
  return records.map((_, i) => {
    const place = { epoch: i + 1, epochs: 100, batches: 5, records: records.slice(0, i) };
    return learningRates(training, place)(3);
  });
}

function expectClose(given: readonly number[], expected: readonly number[]): void {
  expect(given).toHaveLength(expected.length);
  const largest = Math.max(...expected);
  given.forEach((rate, i) => {
    expect(Math.abs(rate - expected[i]!) / largest, `rate ${i}`).toBeLessThan(1e-6);
  });
}

test.each(Object.entries(golden.schedules))("every batch's rate is Keras's: %s", (_, golden_) => {
  const { learning_rate, schedule, epochs, rates } = golden_;
  expectClose(allRates(learning_rate, schedule, epochs, golden.batches), rates);
});

test.each(Object.entries(golden.plateaus))(
  "every epoch's rate is Keras's ReduceLROnPlateau's: %s",
  (_, each) => {
    expectClose(ratesOnPlateau(each.learning_rate, each.schedule, each.history.map(Number)), each.rates);
  },
);

describe('a schedule', () => {
  it('does nothing when it is constant or left out', () => {
    expect(allRates(0.1, 'constant', 2, 2)).toEqual([0.1, 0.1, 0.1, 0.1]);
    const { training } = settingsSchema.parse({});
    expect(training).not.toHaveProperty('learning_rate_schedule');
    expect(learningRates(training, { epoch: 1, epochs: 1, batches: 1, records: [] })(0)).toBe(0.001);
  });

  it('of a value that is not a number takes none for the best, where Keras takes it for ever', () => {
    const words = { type: 'reduce_on_plateau', monitor: 'val_loss', patience: 2, factor: 0.5 } as const;
    expect(ratesOnPlateau(1, words, [NaN, 0.5, 0.4, 0.3, 0.2, 0.1])).toEqual([1, 1, 1, 1, 1, 1]);
    expect(ratesOnPlateau(1, words, [0.5, NaN, NaN, 0.4, 0.3])).toEqual([1, 1, 1, 0.5, 0.5]);
    const auc = { ...words, monitor: 'val_auc' } as const;
    expect(ratesOnPlateau(1, auc, [NaN, 0.5, 0.6, 0.6, 0.6, 0.9])).toEqual([1, 1, 1, 1, 1, 0.5]);
  });

  /** Ten batches with the top behind the third: PyTorch's OneCycleLR(max_lr=1, total_steps=10), by its formula. */
  it('one_cycle rises to the rate by half a cosine and ends far below where it began', () => {
    const rates = allRates(1, 'one_cycle', 5, 2);
    const down = (done: number) => 4e-6 + ((1 - 4e-6) / 2) * (1 + Math.cos(Math.PI * done));
    expectClose(rates, [0.04, 0.52, 1, ...[1, 2, 3, 4, 5, 6, 7].map((step) => down(step / 7))]);
    expect(Math.max(...allRates(1, { type: 'one_cycle', pct_start: 0.5, div_factor: 10 }, 4, 5))).toBe(1);
    expect(allRates(1, { type: 'one_cycle', div_factor: 10, final_div_factor: 5 }, 3, 1)[2]).toBeCloseTo(
      0.02,
      12,
    );
  });

  it('is the same however training is cut into epochs', () => {
    for (const schedule of [
      'cosine',
      'one_cycle',
      { type: 'exponential', decay_epochs: 1, decay_rate: 0.5 },
    ]) {
      const training = trainingOf(0.1, schedule, 6);
      const whole = allRates(0.1, schedule, 6, 4);
      const second = learningRates(training, { epoch: 2, epochs: 6, batches: 4, records: [] });
      expect([0, 1, 2, 3].map(second)).toEqual(whole.slice(4, 8));
    }
  });
});
