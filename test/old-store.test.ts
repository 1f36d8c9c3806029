import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { metricNames } from '@thaw/experiment';
import { checkColumn, filterRows, openStore } from '@thaw/tracking';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectOneComparison, expectOneResult } from './support/expect-one-answer.ts';
import { Surfaces } from './support/surfaces.ts';

const fixture = join(import.meta.dirname, 'fixtures/store-of-november-2026');
const sweep = '20261128-162720-tiny-9lds';
const [first, second, measured] = [
  '20261128-162724-tiny-000-maye',
  '20261128-162726-tiny-001-rbvw',
  '20261128-162727-tiny-002-bkw3',
];
const runs = [first, second, measured];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'thaw-old-store-'));
  cpSync(fixture, folder, { recursive: true });
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a store of before groups were kept with runs', () => {
  it('is read as it was written', async () => {
    const store = openStore(folder);
    expect((await store.runs()).damaged).toEqual([]);
    const { trials, state, leakage } = await store.sweep(sweep);
    expect([state, leakage![0]!.validation_images_with_a_twin_in_training]).toEqual(['finished', 16]);
    expect(trials.map(({ run, summary }) => [run, summary!.test_accuracy])).toEqual([
      [first, 10 / 48],
      [second, 7 / 48],
      [measured, 7 / 48],
    ]);
    expect(await store.metrics(second)).toHaveLength(6);
    expect(await store.predictions(first, 'test')).toHaveLength(48);
    expect((await store.gap(measured))!.overall.test).toMatchObject({ images: 48, groups: 12 });
    expect(await store.groups(measured)).toMatchObject({ origin: 'named', images: { length: 128 } });
    expect(await store.groups(first)).toBeNull();
  });

  it('has nothing for metrics that nobody measured then, and measures them from its predictions', async () => {
    const store = openStore(folder);
    const { summary } = await store.run(first);
    expect(summary).not.toHaveProperty('val_auc');
    expect((await store.metrics(first))[0]).not.toHaveProperty('val_auc');
    expect((await store.gap(measured))!.metrics).toEqual([]);
    const rows = await store.rows((await store.runs()).runs);
    checkColumn(rows, 'val_auc');
    expect(filterRows(rows, 'val_auc > 0')).toEqual([]);
    expect((await new Surfaces(folder).show(first)).text).toMatch(/^auc +- +- +-$/m);
    const { metrics } = await new Surfaces(folder).results(first);
    expect(metrics.map(({ metric }) => metric)).toEqual(metricNames.filter((name) => name !== 'accuracy'));
    for (const { test } of metrics) expect(test.value).not.toBeNull();
  });

  it('says what is not known, until somebody has read the images again, and then the same everywhere', async () => {
    const surfaces = new Surfaces(folder);
    expect((await surfaces.results(first)).grouping).toMatchObject({ origin: 'unknown', unit: 'image' });
    expect((await surfaces.comparison([first, second])).notes).toEqual([
      expect.stringMatching(/^Which images belong together is not known, because nobody has looked/),
    ]);
    // What `gap` has found of one run counts for all that were tested on its images.
    const withMeasured = await surfaces.comparison(runs);
    expect(withMeasured).toMatchObject({ groups: 12, grouping: { origin: 'named' } });
    // The command line draws the synthetic smear again.
    const { document } = await surfaces.compare([first, second]);
    expect(document).toMatchObject({ groups: 12, grouping: { origin: 'named' } });
    expect(await expectOneComparison(surfaces, runs)).toBe(3);
    expect((await surfaces.comparison(runs)).comparisons).toEqual(withMeasured.comparisons);
    await expectOneResult(surfaces, runs);
  });
});
