import { mkdtempSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Random } from '@thaw/base';
import { openStore } from '@thaw/tracking';
import { expect, inject, it } from 'vitest';
import { forecastSentences } from '../src/forecast/forecast-sentences.ts';
import { recordForecast } from '../src/forecast/record-forecast.ts';
import { recordGap } from '../src/gap/record-gap.ts';
import { silent } from '../src/listener.ts';
import { drawnRow, smallSettings, writeRun, writeSweep } from './support/gap-runs.ts';

it('the gap of a chosen run holds what was forecast of it, and takes as much off for the choice', async () => {
  const runsDir = mkdtempSync(join(inject('runFolder'), 'gap-forecast-'));
  const split = { strategy: 'grouped', folds: 4, groups: { pattern: 'p\\d+' } };
  const settings = smallSettings({ dataset: { path: join(runsDir, 'gone') }, split });
  const classes = ['cat', 'dog'];
  const sweep = await writeSweep(runsDir);
  const random = new Random('trials');
  const rows = (part: string, photographs: number) =>
    Array.from({ length: photographs * 5 }, (_, i) => {
      const photograph = Math.floor(i / 5);
      const image = { file: `${part}/p${photograph}_${i}.png`, label: classes[photograph % 2]! };
      return drawnRow(image, 0.6, classes, random);
    });
  for (let number = 0; number < 6; number++) {
    const predicted = { validation: rows('train', 30), test: rows('test', 12) };
    await writeRun(runsDir, settings, predicted, { classes, fingerprint: 'of then', sweep, number });
  }
  await sweep.finish('finished');
  const store = openStore(runsDir);
  const cacheDir = join(runsDir, 'cache');
  const forecast = (await recordForecast(store, sweep.id, { cacheDir }))!;
  const options = { retrain: 0, cacheDir, listener: silent };
  const document = await recordGap(store, { run: null, sweep: sweep.id, ...options });
  expect(document.forecast).toEqual(forecast);
  expect(document.selection!.optimism).toBeGreaterThan(0);
  expect(document.selection!.optimism).toBeCloseTo(forecast.uncorrected! - forecast.accuracy!, 12);
  const [sentence] = forecastSentences({ forecast, openings: [] }, document.overall.test.accuracy);
  expect(sentence).toMatch(/, test [\d.]+ %\.$/);
  expect(await readFile(join(document.figures, 'report.html'), 'utf8')).toContain(sentence);

  const other = (await store.sweep(sweep.id)).trials.find(({ run }) => run !== document.run)!;
  expect((await recordGap(store, { run: other.run, sweep: null, ...options })).forecast).toBeNull();
});
