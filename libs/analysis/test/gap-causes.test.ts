import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random, sha256File } from '@thaw/base';
import { createEngine } from '@thaw/compute';
import { openStore, type GapDocument } from '@thaw/tracking';
import { runTrial } from '@thaw/training';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silent } from '../src/listener.ts';
import { drawMap } from '../src/map/draw-map.ts';
import { dataOf, drawnPredictions, gapOf, smallSettings, writeRun, writeSweep } from './support/gap-runs.ts';

let runsDir: string;
beforeAll(() => {
  runsDir = mkdtempSync(join(tmpdir(), 'thaw-gap-'));
});
afterAll(() => {
  rmSync(runsDir, { recursive: true, force: true });
});

function part(document: GapDocument, name: string) {
  return document.parts.find((each) => each.part === name)?.value ?? null;
}

async function sweepRuns(id: string): Promise<(string | null)[]> {
  return (await openStore(runsDir).sweep(id)).trials.map(({ run }) => run);
}

function expectSum({ parts, overall }: GapDocument) {
  expect(parts.reduce((sum, { value }) => sum + (value ?? 0), 0)).toBeCloseTo(overall.gap.value, 12);
}

describe('what a gap is made of, where only one thing is wrong', () => {
  it('copies of one photograph on both sides of the split: leakage', async () => {
    const settings = smallSettings({
      dataset: { train_sources_per_class: 6, test_sources_per_class: 6, images_per_source: 16 },
      split: { strategy: 'keras' },
      training: { epochs: 30, learning_rate: 0.003 },
    });
    const engine = createEngine('onnx');
    const observer = { phase: () => undefined, batch: () => undefined, epoch: () => undefined };
    const result = await runTrial(settings, { engine, cacheDir: join(runsDir, 'cache'), observer });
    const { classes, predictions, data } = result;
    const run = await writeRun(runsDir, settings, predictions, { classes, fingerprint: data.fingerprint });

    const { document } = await gapOf(runsDir, { run }, 3);
    expect(document.cause).toBe('leakage');
    expect(document.leakage.fraction).toBeGreaterThan(0.9);
    expect(document.leakage.retrained).toHaveLength(3);
    expect(part(document, 'leakage')).toBeGreaterThan(0.6 * document.overall.gap.value);
    expect(part(document, 'selection')).toBe(0);
    expect(document.shift!.ci95![0]).toBeLessThan(0.5);
    expectSum(document);
    expect(document.explanation.join(' ')).toMatch(/Leakage: \+\d+\.\d points/);

    // Kept: the second time nothing is trained, and the figures are the same.
    const kept = await readdir(join(runsDir, 'cache', 'retrained'));
    expect(kept).toHaveLength(3);
    const hashes = await Promise.all(
      kept.map((file) => sha256File(join(runsDir, 'cache', 'retrained', file))),
    );
    expect((await gapOf(runsDir, { run }, 3)).document).toEqual(document);
    const again = await Promise.all(
      kept.map((file) => sha256File(join(runsDir, 'cache', 'retrained', file))),
    );
    expect(again).toEqual(hashes);

    // Other weights under the same name are not those of the run.
    const record = join(runsDir, 'runs', run, 'run.json');
    const text = await readFile(record, 'utf8');
    await writeFile(record, text.replace('"data": {', '"weights": {"sha256": "others"}, "data": {'));
    const others = /is not what training started from before: its SHA-256 was others and is /;
    const changed = (await gapOf(runsDir, { run }, 1)).document;
    expect(changed.parts[0]).toMatchObject({ part: 'leakage', value: null });
    expect(changed.parts[0]!.missing).toMatch(others);
    expect(changed.shift).toBeNull();
    const map = drawMap(openStore(runsDir), { run, cacheDir: join(runsDir, 'cache'), listener: silent });
    await expect(map).rejects.toThrow(others);

    const skipped = (await gapOf(runsDir, { run }, 0)).document;
    expect(skipped.parts[0]).toMatchObject({ part: 'leakage', value: null });
    expect(skipped.leakage.validation_images_with_a_twin_in_training).toBeGreaterThan(0);
    expect(skipped.cause).toBe(null);
    expectSum(skipped);
  }, 180_000);

  it('test images of another stain and light: shift', async () => {
    const dataset = { train_sources_per_class: 14, test_sources_per_class: 6, images_per_source: 1 };
    const split = { strategy: 'grouped', validation: 0.4 };
    const drawn = smallSettings({ dataset, split });
    const first = await dataOf(runsDir, drawn);
    for (const { path } of first.test) {
      const other = await sharp(path).modulate({ brightness: 0.7, hue: 35 }).jpeg().toBuffer();
      await writeFile(path, other);
    }
    const data = await dataOf(runsDir, drawn);
    expect(data.fingerprint).not.toBe(first.fingerprint);
    const accuracy = { validation: 0.9, test: 0.45 };
    const predicted = drawnPredictions(data, accuracy, new Random('shift'));
    const run = await writeRun(runsDir, drawn, predicted, data);

    const { document } = await gapOf(runsDir, { run }, 3);
    expect(document.cause).toBe('shift');
    expect(document.shift!.auc).toBeGreaterThan(0.85);
    expect(document.leakage.validation_images_with_a_twin_in_training).toBe(0);
    expect(part(document, 'leakage')).toBe(0);
    expect(part(document, 'selection')).toBe(0);
    expect(part(document, 'shift')).toBeCloseTo(document.overall.gap.value, 12);
    expectSum(document);
  }, 120_000);

  it('the luckiest of many trials on few validation images: selection', async () => {
    const dataset = { train_sources_per_class: 20, test_sources_per_class: 20, images_per_source: 1 };
    const settings = smallSettings({ dataset, split: { strategy: 'grouped', validation: 0.8 } });
    const data = await dataOf(runsDir, settings);
    const sweep = await writeSweep(runsDir);
    const random = new Random('selection');
    for (let number = 0; number < 40; number++) {
      const predicted = drawnPredictions(data, { validation: 0.6, test: 0.6 }, random);
      await writeRun(runsDir, settings, predicted, { ...data, sweep, number });
    }
    await sweep.finish('finished');

    const { document } = await gapOf(runsDir, { sweep: sweep.id }, 3);
    expect(document.cause).toBe('selection');
    expect(document.selection!.trials).toBe(40);
    expect(part(document, 'selection')).toBeGreaterThan(0.05);
    expect(part(document, 'leakage')).toBe(0);
    expectSum(document);

    const other = (await sweepRuns(sweep.id)).find((id) => id !== document.run)!;
    expect((await gapOf(runsDir, { run: other }, 3)).document.selection).toBe(null);

    // As after a sweep over split.seed.
    const said = join(runsDir, 'runs', other, 'predictions-validation.jsonl');
    await writeFile(said, (await readFile(said, 'utf8')).split('\n').slice(1).join('\n'));
    const unlike = (await gapOf(runsDir, { sweep: sweep.id })).document;
    expect(unlike.parts.find((each) => each.part === 'selection')).toEqual({
      ...{ part: 'selection', value: null, ci95: null },
      missing: '1 other trial was validated on other images',
    });
    expect(unlike.leakage.honest_gap).toBeNull();
  }, 120_000);
});
