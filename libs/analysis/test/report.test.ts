import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingsSchema, type PredictionRow, type Summary } from '@thaw/experiment';
import { openStore } from '@thaw/tracking';
import { provenance } from '@thaw/tracking/testing';
import type { TopLevelSpec } from 'vega-lite';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { comparisonReport, runReport, sweepReport } from '../src/report/index.ts';
import { validationResults } from '../src/results/validation-results.ts';
import { renderSvg } from '../src/gap/figures/render-svg.ts';
import { planeFigure, planeOf } from '../src/report/figures/plane-figure.ts';
import { historyFigure, sliceFigure } from '../src/report/figures/trial-figures.ts';

const classes = ['<b>a</b>', 'constructor'];

/** Six images a part, of which so many are recognised. */
function rows(part: string, right: number): PredictionRow[] {
  return Array.from({ length: 6 }, (_, i) => {
    const truth = i % 2;
    const predicted = i < right ? truth : 1 - truth;
    const probabilities = [0, 1].map((each) => (each === predicted ? 0.8 : 0.2));
    return {
      file: `${part}/${i}.png`,
      label: classes[truth]!,
      predicted: classes[predicted]!,
      probabilities,
    };
  });
}

function summary(val: number, testAccuracy: number): Summary {
  const figures = {
    train_accuracy: 1,
    train_loss: 0,
    val_loss: 0.1,
    test_loss: 0.2,
    epochs: 2,
    best_epoch: 2,
  };
  return { ...figures, val_accuracy: val, test_accuracy: testAccuracy, gap: val - testAccuracy };
}

/** A sweep of two trials that tie, and a third. */
async function madeSweep(sealed = false, metric = 'val_accuracy') {
  const runsDir = mkdtempSync(join(tmpdir(), 'thaw-report-'));
  onTestFinished(() => rmSync(runsDir, { recursive: true }));
  const store = openStore(runsDir);
  const sweep = await store.createSweep({
    name: 'made & <sold>',
    experimentText: 'name: made',
    experimentFile: 'made.yaml',
    method: 'grid',
    metric: { name: metric, goal: 'maximize' },
    parameters: { 'model.scenario': { values: ['feature_extraction', 'full_fine_tune'] } },
    engine: 'onnx',
    workers: 1,
  });
  const runs: string[] = [];
  for (const [number, right] of [5, 5, 3].entries()) {
    const scenario = number === 0 ? 'feature_extraction' : 'full_fine_tune';
    const parameters = { 'model.scenario': scenario };
    const run = await store.createRun({
      name: 'made',
      sweep: sweep.id,
      number,
      parameters,
      sealed,
      settings: settingsSchema.parse({ model: { scenario } }),
      provenance,
    });
    await sweep.addTrial({ number, run: run.id, parameters });
    for (const epoch of [1, 2]) {
      run.logEpoch({
        epoch,
        loss: 1 / epoch,
        accuracy: 0.5,
        val_loss: 1,
        val_accuracy: 0.5,
        seconds: 1,
        images_per_second: 9,
      });
    }
    await run.writePredictions('validation', rows('val', right));
    if (!sealed) await run.writePredictions('test', rows('test', 2));
    await run.finish(summary(right / 6, sealed ? Number.NaN : 2 / 6), classes);
    runs.push(run.id);
  }
  await sweep.finish('finished');
  return { store, runs, sweep: sweep.id, options: { cacheDir: join(runsDir, 'cache') } };
}

/** What of a page a browser would fetch, and scripts. */
const foreign = /<script|<link|<iframe|\b(?:src|href)="(?!data:)|url\((?!#)|@import|\bon\w+="/i;

test('reports are one file each: figures inside, nothing asked for, names as text', async () => {
  const { store, runs, sweep, options } = await madeSweep();
  const pages = {
    run: await runReport(store, runs[0]!, options),
    comparison: await comparisonReport(store, [runs[0]!, runs[2]!], options),
    sweep: await sweepReport(store, sweep),
  };
  for (const [name, page] of Object.entries(pages)) {
    expect([name, foreign.exec(page)?.[0]]).toEqual([name, undefined]);
    expect(page).toContain("default-src 'none'");
    expect(page.match(/<svg /g)!.length).toBeGreaterThanOrEqual(2);
    expect(page).not.toContain('<b>a</b>');
  }
  expect(pages.run).toContain('Trial 0, feature_extraction');
  expect(pages.run).toMatch(/Validation accuracy<\/dt><dd>83\.3 %/);
  expect(pages.run).toContain('+50.0');
  expect(pages.comparison).toContain('Trial 2, full_fine_tune');
  expect(pages.comparison).toMatch(/model\.scenario<\/th><td>feature_extraction<\/td><td>full_fine_tune/);
  expect(pages.sweep).toContain('Sweep made &amp; &lt;sold&gt;');
  expect(pages.sweep).toContain('As good by val_accuracy: 1 other trial');
  await expect(comparisonReport(store, [runs[0]!, runs[0]!], options)).rejects.toThrow('two different runs');
});

test.each(['validation', 'test'] as const)(
  'the report of a run with results on %s images alone names them, and says nothing of a seal',
  async (part) => {
    const { store, options } = await madeSweep();
    const none = { validation: null, test: null };
    const { id } = await store.importRun({
      ...{ name: 'alone', file: 'alone.json', program: null, parameters: {}, classes, epochs: [] },
      summary: summary(5 / 6, 2 / 6),
      reports: none,
      predictions: { ...none, [part]: rows(part, 5) },
    });
    const page = await runReport(store, id, options);
    const [name, other] = part === 'test' ? ['Test', 'validation'] : ['Validation', 'test'];
    expect(page).toMatch(
      new RegExp(`${name} accuracy 83\\.3 % .* There are no results on ${other} images, so there is no gap`),
    );
    expect(page).not.toContain('sealed');
  },
);

describe('a run that was imported as a report', () => {
  const scores = { precision: 0.5, recall: 0.75, f1: 0.6, support: 40 };
  const report = {
    perClass: classes.map((name) => ({ class: name, ...scores })),
    accuracy: 0.75,
    macro: { ...scores, support: 80 },
    weighted: { ...scores, support: 80 },
  };
  const imported = async (testRows: PredictionRow[] | null) => {
    const { store, options } = await madeSweep();
    const run = await store.importRun({
      ...{ name: 'printed', file: 'report.txt', program: null, parameters: {}, classes, epochs: [] },
      summary: summary(0.75, Number.NaN),
      reports: { validation: report, test: null },
      predictions: { validation: null, test: testRows },
    });
    return {
      alone: await validationResults(store, run, options),
      page: await runReport(store, run.id, options),
    };
  };

  it('of validation images alone has the figures that the report has, with intervals', async () => {
    const { alone, page } = await imported(null);
    expect(alone).toMatchObject({
      ...{ part: 'validation', sealed: false, metrics: [], grouping: { origin: 'unknown' } },
      overall: { accuracy: 0.75, images: 80 },
      per_class: [{ class: '<b>a</b>', precision: 0.5, support: 40 }, { class: 'constructor' }],
    });
    expect(alone!.overall.ci95![0]).toBeGreaterThan(0.6);
    expect(page).toContain('Validation accuracy 75.0 %');
    expect(page).toMatch(/constructor<\/th><td>75\.0 %/);
  });

  it('has both parts where it has predictions of the other', async () => {
    const { alone, page } = await imported(rows('test', 3));
    expect(alone).toBeNull();
    expect(page).toMatch(/Generalisation gap<\/dt><dd>\+25\.0/);
  });
});

test('a pruned run whose test set is sealed has a report of its validation images', async () => {
  const { store, options } = await madeSweep();
  const settings = settingsSchema.parse({});
  const run = await store.createRun({
    ...{ name: 'cut', sweep: null, number: 0, parameters: {}, sealed: true, settings, provenance },
  });
  await run.writePredictions('validation', rows('val', 5));
  await run.prune(summary(5 / 6, Number.NaN), classes);
  expect(await runReport(store, run.id, options)).toMatch(/Validation accuracy 83\.3 % .* are sealed/);
});

test('the report of a sweep says that its trials finished without a value of its metric', async () => {
  const { store, sweep } = await madeSweep(true, 'test_accuracy');
  expect(await sweepReport(store, sweep)).toContain(
    'There is no best trial: test_accuracy is not a number for any finished trial.',
  );
});

test('p of sealed runs is said to be corrected for the pairs on validation images', async () => {
  const { store, runs, options } = await madeSweep(true);
  const page = await comparisonReport(store, runs, options);
  expect(page).toMatch(/On validation images .* after correction for 3 pairs\)/);
  expect(page).not.toContain('0 pairs');
});

test('figures are as they were chosen', async () => {
  const { store, runs, options } = await madeSweep();
  const usual = await runReport(store, runs[0]!, options);
  expect(usual).toMatch(/Accuracy on training .*Loss on training .*/s);
  expect(usual).toContain('Recall of each class');
  const chosen = { curve: 'loss', log: true, smoothing: 0.5, score: 'precision' } as const;
  const page = await runReport(store, runs[0]!, options, chosen);
  expect(page).toContain('Loss on training and validation images over epochs');
  expect(page).toContain('Smoothed by 0.5.');
  expect(page).toContain('Precision of each class');
  expect(page).not.toMatch(/Accuracy on training|Recall/);
  expect(await comparisonReport(store, runs, options, { curve: 'loss' })).not.toContain(
    'Accuracy of each run',
  );
});

test('a metric over two parameters: the mean of each pair of a few values, else a point a trial', () => {
  const trial = (number: number, head: number, rate: number) =>
    ({ number, state: 'finished', parameters: { head, rate }, summary: summary(0.5, 0.5) }) as never;
  const few = [trial(0, 1, 1), trial(1, 2, 1)];
  expect(planeFigure(few, 'val_accuracy', ['head', 'rate'])).toMatchObject({
    mark: { type: 'rect' },
    encoding: { x: { type: 'ordinal' }, color: { aggregate: 'mean' } },
  });
  const many = Array.from({ length: 9 }, (_, i) => trial(i, 1, i));
  expect(planeFigure(many, 'val_accuracy', ['head', 'rate'])).toMatchObject({
    mark: { type: 'circle' },
    encoding: { x: { type: 'ordinal' }, y: { type: 'quantitative' } },
  });
  expect(planeFigure(few, 'auc', ['head', 'rate'])).toBeNull();
});

test.each([
  [{}, ['a', 'b']],
  [{ along: 'c' }, ['c', 'a']],
  [{ up: 'c' }, ['a', 'c']],
  [{ up: 'a' }, ['a', 'b']],
  [{ along: 'c', up: 'b' }, ['c', 'b']],
  [{ along: 'gone', up: 'c' }, ['a', 'c']],
  [{ along: 'still', up: 'c' }, ['a', 'c']],
])('of two parameters that are drawn, %j leaves open what the page fills in so, too: %j', (chosen, plane) => {
  const trial = (state: string, value: number, still: number) => {
    return { state, parameters: { still, a: value, b: value, c: value }, summary: summary(0.5, 0.5) };
  };
  const trials = [trial('finished', 1, 0), trial('finished', 2, 0), trial('pruned', 2, 1)];
  expect(planeOf({ trials, metric: { name: 'val_accuracy' } } as never, chosen)).toEqual(plane);
});

test('figures of trials leave out what is not known, and a parameter that does not vary', () => {
  const trial = (number: number, val: number, rate: number) => ({
    number,
    run: null,
    parameters: { rate },
    error: null,
    attempts: [],
    state: 'finished' as const,
    seconds: 1,
    summary: summary(val, 0.5),
  });
  const metric = { name: 'val_accuracy', goal: 'maximize' as const };
  expect(historyFigure([trial(0, Number.NaN, 1)], metric)).toBeNull();
  expect(historyFigure([trial(0, 0.5, 1), trial(1, 0.4, 1)], metric)).toMatchObject({
    data: {
      values: [
        { number: 0, value: 0.5, best: 0.5 },
        { number: 1, value: 0.4, best: 0.5 },
      ],
    },
  });
  expect(sliceFigure([trial(0, 0.5, 1), trial(1, 0.4, 1)], 'val_accuracy', 'rate')).toBeNull();
});

test('values of a parameter stand in the order of their size, whatever order they were tried in', async () => {
  const trials = [256, 'auto', 16, undefined, 64].map(
    (head, number) =>
      ({ number, state: 'finished', parameters: { head, rate: head }, summary: summary(0.5, 0.5) }) as never,
  );
  const labels = async (figure: TopLevelSpec) =>
    [...(await renderSvg(figure)).matchAll(/>(256|auto|16|not set|64)</g)].map(([, label]) => label);
  const order = ['not set', '16', '64', '256', 'auto'];
  expect(await labels(sliceFigure(trials, 'val_accuracy', 'head')!)).toEqual(order);
  const plane = planeFigure(trials, 'val_accuracy', ['head', 'rate'])!;
  expect(await labels(plane)).toEqual([...order, ...order.toReversed()]);
});
