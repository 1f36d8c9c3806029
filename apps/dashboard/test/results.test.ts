import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PredictionRow } from '@thaw/experiment';
import { openStore, type FileStore } from '@thaw/tracking';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cellColor, differenceColor } from '../shape/cell-color.ts';
import { compareSettings } from '../shape/compare-settings.ts';
import { compareRuns } from '@thaw/analysis/recorded';
import { runImage } from '../store/run-image.ts';
import { runPredictions } from '../store/run-predictions.ts';
import { resultsOrReason } from '../store/run-results.ts';
import { runsInDetail } from '../store/runs-in-detail.ts';
import { domainOf } from '../store/sweep-importance.ts';
import { madeSettings, newRun, summaryOf } from './made-run.ts';

const classes = ['A', 'B'];
let folder: string;
let store: FileStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'thaw-dashboard-'));
  store = openStore(join(folder, 'runs'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Rows of images of A that are right where `right` has a 1. */
function rows(right: string, part = 'TEST'): PredictionRow[] {
  return [...right].map((digit, i) => ({
    file: `${part}/A/${i}.png`,
    label: 'A',
    predicted: digit === '1' ? 'A' : 'B',
    probabilities: digit === '1' ? [0.9 - i / 100, 0.1] : [0.2, 0.8 - i / 100],
  }));
}

async function made(test: string, validation = '11111111'): Promise<string> {
  const settings = madeSettings({ dataset: { path: join(folder, 'images') } });
  const run = await store.createRun(newRun({ settings }));
  await run.writePredictions('validation', rows(validation, 'TRAIN'));
  await run.writePredictions('test', rows(test));
  await run.finish(summaryOf(1, 0.5), classes);
  return run.id;
}

async function grouped(run: string, groups: Record<string, string>): Promise<void> {
  const images = Object.entries(groups).map(([path, group]) => {
    const split = path.startsWith('TEST') ? ('test' as const) : ('validation' as const);
    return { path, split, class: 'A', group };
  });
  await store.keepGroups(run, { origin: 'detected', images });
}

const compareOnTest = (from: FileStore, runs: readonly string[]) =>
  compareRuns(from, runs, { strict: false, cacheDir: join(folder, 'cache') });

describe('the results of a run', () => {
  it('take images for independent where nobody knows which belong together, and say so', async () => {
    const id = await made('11110000');
    const alone = (await resultsOrReason(store, id)).results!;
    expect([alone.groups, alone.grouping.origin]).toEqual(['images', 'unknown']);
    expect(alone.overall).toMatchObject({
      test: { accuracy: 0.5, images: 8, groups: 8 },
      gap: { value: 0.5 },
    });
    expect(alone.per_class[0]!.gap).toMatchObject({ recall: 0.5, precision: 0 });
    expect(alone.per_class[1]!.gap).toMatchObject({ recall: null, precision: null });
    expect(alone.confusion!.test).toEqual([
      [4, 4],
      [0, 0],
    ]);

    const files = [...rows('11111111', 'TRAIN'), ...rows('11110000')].map(({ file }) => file);
    await grouped(id, Object.fromEntries(files.map((file, i) => [file, `photograph ${Math.floor(i / 2)}`])));
    const together = (await resultsOrReason(store, id)).results!;
    expect([together.groups, together.grouping.origin]).toEqual(['photographs', 'detected']);
    expect(together.overall.test.groups).toBe(4);
    const width = ([low, high]: readonly [number, number]) => high - low;
    expect(width(together.overall.test.ci95!)).toBeGreaterThan(width(alone.overall.test.ci95!));
  });

  it('of figures alone have a gap per class and say that predictions are missing', async () => {
    const scores = { precision: 0.5, recall: 0.75, f1: 0.6, support: 40 };
    const report = (recall: number) => ({
      perClass: classes.map((name) => ({ class: name, ...scores, recall })),
      accuracy: recall,
      macro: { ...scores, support: 80 },
      weighted: { ...scores, support: 80 },
    });
    const nothing = {
      epochs: NaN,
      best_epoch: NaN,
      train_accuracy: NaN,
      train_loss: NaN,
      val_loss: NaN,
      test_loss: NaN,
    };
    const { id } = await store.importRun({
      name: 'notebook',
      file: 'report.txt',
      program: null,
      parameters: {},
      classes,
      summary: { ...nothing, val_accuracy: 0.75, test_accuracy: 0.5, gap: 0.25 },
      epochs: [],
      reports: { validation: report(0.75), test: report(0.5) },
      predictions: { validation: null, test: null },
    });
    const { confusion, calibration, per_class, overall } = (await resultsOrReason(store, id)).results!;
    expect([confusion, calibration]).toEqual([null, null]);
    expect(per_class[0]!.gap).toMatchObject({ recall: 0.25, f1: 0, f1_ci95: null });
    expect(per_class[0]!.gap.ci95![0]).toBeLessThan(0.25);
    expect(overall.gap.value).toBe(0.25);
    const other = await made('11110000');
    expect((await compareOnTest(store, [id, other])).notes[0]).toMatch(
      /imported from report\.txt as figures/,
    );
  });

  it('are refused, with the reason, for a run that has none', async () => {
    const run = await store.createRun(newRun());
    await run.fail('the loss is NaN');
    expect((await resultsOrReason(store, run.id)).missing).toContain('is failed; reports are written');
  });
});

describe('predictions', () => {
  it('are those of a cell, the surest first, and counted beyond the limit', async () => {
    const id = await made('11010000');
    const wrong = await runPredictions(store, id, { part: 'test', wrong: 'true', limit: 2 });
    expect(wrong.total).toBe(5);
    expect(wrong.images.map(({ file }) => file)).toEqual(['TEST/A/2.png', 'TEST/A/4.png']);
    const cell = await runPredictions(store, id, { part: 'test', label: 'A', predicted: 'A', limit: 60 });
    expect(cell.images.map(({ probability }) => probability)).toEqual([0.9, 0.89, 0.87]);
  });
});

describe('comparisons', () => {
  it('are of the runs that were tested on the same images, by photographs where one run knows them', async () => {
    const [a, b] = [await made('11111110'), await made('10000000')];
    const alone = await compareOnTest(store, [a, b]);
    expect(alone).toMatchObject({ images: 8, groups: null, grouping: { origin: 'unknown' } });
    expect(alone.notes).toEqual([
      expect.stringMatching(/^Which images belong together is not known, because/),
    ]);
    expect(alone.pairs[0]).toMatchObject({
      a,
      b,
      difference: 6 / 8,
      test: 'McNemar, exact',
      p_corrected: 2 / 2 ** 6,
      verdict: 'not known',
      real: false,
    });
    const files = [...rows('11111111'), ...rows('11111111', 'TRAIN')].map(({ file }) => file);
    await grouped(b, Object.fromEntries(files.map((file, i) => [file, String(i % 2)])));
    expect(await compareOnTest(store, [a, b])).toMatchObject({
      groups: 2,
      pairs: [{ verdict: 'may be chance', real: false }],
    });
    const named = await compareOnTest(store, [a, 'none', b, b.slice(0, -1)]);
    expect(named.pairs).toHaveLength(1);
    expect(named.notes).toEqual([expect.stringContaining('there is no run "none"')]);
    const other = await made('11');
    expect((await compareOnTest(store, [a, b, other])).notes[0]).toContain('were tested on different images');
  });
});

describe('runs beside each other', () => {
  it('come once each, though several queries name one, and the others when one cannot be read', async () => {
    const a = await made('11110000');
    const b = await made('11111111');
    await writeFile(join(folder, 'runs/runs', a, 'metrics.jsonl'), 'rubbish\n{}\n');
    const { runs, problems } = await runsInDetail(store, [b, 'latest', b.slice(0, -1), a, 'none']);
    expect(runs.map(({ run }) => run.id)).toEqual([b]);
    expect(problems).toEqual([
      expect.stringContaining('there is no run "none"'),
      expect.stringContaining('metrics.jsonl, line 1'),
    ]);
  });
});

describe('images', () => {
  it('come from the data set of the run that names them, and from nowhere else', async () => {
    const id = await made('111');
    await mkdir(join(folder, 'images/TEST/A'), { recursive: true });
    await writeFile(join(folder, 'images/TEST/A/0.png'), 'pixels');
    await writeFile(join(folder, 'images/TEST/A/unnamed.png'), 'pixels');
    await writeFile(join(folder, 'secret.png'), 'secret');
    await symlink(join(folder, 'secret.png'), join(folder, 'images/TEST/A/1.png'));
    const found = await runImage(store, id, 'TEST/A/0.png');
    expect([found.headers.get('content-type'), await found.text()]).toEqual(['image/png', 'pixels']);
    for (const file of [
      'TEST/A/unnamed.png',
      '../secret.png',
      'TEST/A/1.png',
      'TEST/A/2.png',
      '/etc/passwd',
      '',
    ]) {
      await expect(runImage(store, id, file)).rejects.toThrow('is no image that run');
    }
  });
});

describe('shapes', () => {
  it('put settings that differ first, and say where one is not set', () => {
    const compared = compareSettings([
      { settings: { model: { alpha: 1, head: 64 } }, parameters: { 'model.head': 64 } },
      { settings: {}, parameters: { 'model.alpha': 1 } },
    ]);
    expect(compared.map(({ path, differs }) => [path, differs])).toEqual([
      ['model.head', true],
      ['model.alpha', false],
    ]);
    expect(compared[0]!.values).toEqual(['64', 'not set']);
    const imported = compareSettings([
      { settings: { model: { alpha: 1 } }, parameters: {} },
      { settings: null, parameters: {} },
    ]);
    expect(imported).toEqual([{ path: 'model.alpha', values: ['1', 'not known'], differs: false }]);
  });

  it('write on cells in black or white, whichever is read better', () => {
    expect(cellColor(0)).toEqual({ background: 'rgb(255 255 255)', color: '#000' });
    expect(cellColor(1).color).toBe('#fff');
    expect(differenceColor(null).background).toBe('rgb(255 255 255)');
    expect(differenceColor(1).background).toBe('rgb(0 114 178)');
  });

  it('know what values a parameter may have', () => {
    expect(domainOf({ values: [1, 2] }, [1])).toEqual({ values: [1, 2] });
    expect(domainOf({ distribution: 'log_uniform_values' }, [0.01, 0.1, undefined])).toEqual({
      low: 0.01,
      high: 0.1,
      log: true,
      step: null,
    });
    expect(domainOf(undefined, [])).toEqual({ values: [] });
  });
});
