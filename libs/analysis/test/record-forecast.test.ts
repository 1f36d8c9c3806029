import { UserError } from '@thaw/base';
import type { PredictionRow } from '@thaw/experiment';
import { settingsSchema } from '@thaw/experiment';
import type { ForecastRecord, KeptGroups, RunRecord, SweepRecord } from '@thaw/tracking';
import { describe, expect, it } from 'vitest';
import { forecastSentences } from '../src/forecast/forecast-sentences.ts';
import { recordForecast } from '../src/forecast/record-forecast.ts';

const classes = ['a', 'b'];
const imagesPerGroup = 4;

/** Predictions for groups of one class each, of which the first images of each are right. */
function rowsOf(groups: number, rightOf: (group: number) => number): PredictionRow[] {
  return Array.from({ length: groups * imagesPerGroup }, (_, i) => {
    const group = Math.floor(i / imagesPerGroup);
    const label = classes[group % 2]!;
    const right = i % imagesPerGroup < rightOf(group);
    const predicted = right ? label : classes[1 - (group % 2)]!;
    const probabilities = classes.map((name) => (name === predicted ? 0.8 : 0.2));
    return { file: `g${group}/${i}.png`, label, predicted, probabilities };
  });
}

interface Made {
  readonly groups?: number;
  readonly twins?: number;
  readonly metric?: string;
  readonly folds?: number | undefined;
  readonly training?: object;
  /** Of the trial that is not chosen: what is asked for its predictions. */
  readonly rival?: () => Promise<PredictionRow[]>;
}

/** A store of a sweep of two trials, as far as a forecast reads it. */
function storeOf({ groups = 20, twins = 0, metric = 'val_accuracy', folds = 4, training = {}, rival }: Made) {
  const said = [rowsOf(groups, (g) => 2 + (g % 3)), rowsOf(groups, (g) => 1 + (g % 2))];
  const settings = settingsSchema.parse({ split: { strategy: 'grouped', folds }, training });
  const summary = (value: number) => ({ val_accuracy: value, [metric]: value, train_accuracy: 1 });
  const run = (i: number) =>
    ({
      id: `r${i}`,
      number: i,
      state: 'finished',
      classes,
      settings,
      summary: summary(0.7 - i / 5),
      sweep: 's',
    }) as unknown as RunRecord;
  const sweep = {
    ...{ id: 's', state: 'finished', metric: { name: metric, goal: 'maximize' } },
    trials: [0, 1].map((i) => ({
      number: i,
      run: `r${i}`,
      state: 'finished',
      summary: summary(0.7 - i / 5),
    })),
  } as unknown as SweepRecord;
  const kept = {
    origin: 'detected',
    twins,
    images: said[0]!.map(({ file, label }) => {
      return { path: file, split: 'validation', class: label, group: file.split('/')[0]! };
    }),
  } as KeptGroups;
  const forecasts: ForecastRecord[] = [];
  const store = {
    run: (id: string) => Promise.resolve(run(Number(id.slice(1)))),
    sweep: () => Promise.resolve(sweep),
    predictions: (id: string) =>
      rival && id === 'r1' ? rival() : Promise.resolve(said[Number(id.slice(1))]!),
    groups: () => Promise.resolve(kept),
    keepForecast: (_: string, forecast: ForecastRecord) => {
      forecasts.push(forecast);
      return Promise.resolve();
    },
  };
  return { store, forecasts };
}

async function forecastOf(made: Made) {
  const { store, forecasts } = storeOf(made);
  const options = { cacheDir: '', now: () => new Date('2026-11-28T00:00:00Z') };
  const forecast = await recordForecast(store, 's', options);
  expect(forecasts).toEqual(forecast ? [forecast] : []);
  return forecast;
}

describe('the forecast of a sweep', () => {
  it('is of the chosen trial, by groups, per class, and kept with the sweep', async () => {
    const forecast = await forecastOf({});
    expect(forecast).toMatchObject({ trial: 0, trials: 2, groups: 20, unit: 'photograph', missing: null });
    const { accuracy, ci95, uncorrected, per_class } = forecast!;
    expect(uncorrected).toBeCloseTo(0.7375, 4);
    expect(accuracy!).toBeLessThanOrEqual(uncorrected!);
    expect(ci95![0]).toBeLessThan(accuracy!);
    expect(ci95![1]).toBeGreaterThan(accuracy!);
    expect(per_class.map((each) => [each.class, each.groups])).toEqual([
      ['a', 10],
      ['b', 10],
    ]);
    const lookedAt = (at: string) => forecastSentences({ forecast, openings: [{ at }] }, 0.7);
    expect(lookedAt('2026-11-28T00:00:00.000Z')).toEqual([
      expect.stringMatching(
        /^Forecast of trial 0, the best of 2, from training images alone \(20 photographs\): accuracy [\d.]+ % \(95 % interval [\d.]+ to [\d.]+ %; 73\.8 % without correction for the choice\), test 70\.0 %\.$/,
      ),
      'Each fold kept the epoch that was best on the images it is judged by, which flatters it a little.',
    ]);
    expect(lookedAt('2026-11-27T23:59:59.999Z')[0]).toMatch(
      /test 70\.0 %\. It was written after somebody had looked at the test set\.$/,
    );
    const trained = await forecastOf({ training: { early_stopping: false } });
    expect(forecastSentences({ forecast: trained, openings: [] }, 0.7)).toHaveLength(1);
    for (const sealed of [NaN, null])
      expect(forecastSentences({ forecast, openings: [] }, sealed).join()).not.toContain('test');
  });

  it.each(['val_balanced_accuracy', 'val_macro_f1', 'val_loss'])(
    'is made of a choice by %s',
    async (metric) => {
      expect(await forecastOf({ metric })).toMatchObject({
        missing: null,
        accuracy: expect.any(Number) as number,
      });
    },
  );

  it.each<[string, Made, RegExp]>([
    ['groups are few', { groups: 8 }, /of 8 photographs, and fewer than 10 do not show/],
    [
      'folds share photographs',
      { twins: 60 },
      /60 of 80 \(75.0 %\) training images were validated by a network that had learned/,
    ],
    ['the sweep chose by training figures', { metric: 'accuracy' }, /the sweep chose by accuracy/],
    [
      'the sweep chose by what ranks all images',
      { metric: 'val_auc' },
      /^the sweep chose by val_auc, and the correction for the choice is for val_accuracy, val_loss, val_balanced_accuracy and val_macro_f1$/,
    ],
    [
      'another trial was validated on other images',
      { rival: () => Promise.resolve(rowsOf(10, () => 2)) },
      /^1 other trial was validated on other images$/,
    ],
    [
      'a record is damaged',
      { rival: () => Promise.reject(new UserError('line 3', { kind: 'damaged' })) },
      /^the predictions of 1 other trial cannot be read \(line 3\)$/,
    ],
  ])('says why there is none where %s', async (_, made, why) => {
    const forecast = await forecastOf(made);
    expect(forecast).toMatchObject({ accuracy: null, ci95: null, trials: 2 });
    expect(forecast!.missing).toMatch(why);
    expect(forecastSentences({ forecast: forecast!, openings: [] }, null)).toEqual([
      expect.stringMatching(/^Forecast of trial 0, the best of 2,.*: none, because /),
    ]);
  });

  it('stays as it is kept while the same trial is chosen among as many, and is written anew after that or where there was none', async () => {
    const { store, forecasts } = storeOf({});
    const kept = (await recordForecast(store, 's', { cacheDir: '' }))!;
    const sweep = await store.sweep();
    const again = async (forecast: ForecastRecord) => {
      const withKept = { ...store, sweep: () => Promise.resolve({ ...sweep, forecast }) };
      return recordForecast(withKept, 's', { cacheDir: '' });
    };
    expect(await again(kept)).toBe(kept);
    expect(forecasts).toHaveLength(1);
    await again({ ...kept, trial: 1 });
    await again({ ...kept, trials: 1 });
    await again({ ...kept, accuracy: null, ci95: null, missing: 'its predictions cannot be read' });
    expect(forecasts.map(({ trial, trials, missing }) => [trial, trials, missing])).toEqual(
      Array.from({ length: 4 }, () => [0, 2, null]),
    );
  });

  it('is none without folds', async () => {
    const { store } = storeOf({});
    const alone = {
      ...store,
      run: async (id: string) => ({ ...(await store.run(id)), settings: settingsSchema.parse({}) }),
    };
    expect(await recordForecast(alone, 's', { cacheDir: '' })).toBeNull();
    expect(forecastSentences({ forecast: null, openings: [] }, 0.5)).toEqual([]);
  });
});
