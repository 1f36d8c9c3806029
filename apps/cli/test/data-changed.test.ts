import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '@thaw/base';
import { readExperiment } from '@thaw/experiment';
import { prepareSweep } from '@thaw/sweep';
import { openStore } from '@thaw/tracking';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { errorText } from '../src/error-text.ts';
import { preparationOnStderr } from '../src/sweep/preparation-on-stderr.ts';

const root = mkdtempSync(join(tmpdir(), 'thaw-data-changed-'));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});
afterEach(() => {
  vi.restoreAllMocks();
});

it('a sweep goes on with other images only as a new one, and says so', async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const smear = 'dataset: {train_sources_per_class: 2, test_sources_per_class: 1, images_per_source: 5}';
  const experiment = readExperiment(`${smear}\nmodel: {weights: random}`, 'e.yaml');
  const store = openStore(root);
  const writer = await store.createSweep({
    ...{ name: 'e', experimentText: '', experimentFile: 'e.yaml', method: 'grid', parameters: {} },
    ...{ metric: { name: 'val_accuracy', goal: 'maximize' }, engine: 'onnx', workers: 1 },
  });
  const image = { name: 'TRAIN/EOSINOPHIL/old.png', class: 'EOSINOPHIL', sha256: '0' };
  await writer.setImages([{ parameters: {}, fingerprint: 'another', images: [image] }]);
  await writer.finish('interrupted');
  const earlier = await store.sweep(writer.id);
  const prepare = (dataChanged: 'refuse' | 'new-sweep') =>
    prepareSweep(
      store,
      { experiment, directory: process.cwd(), earlier },
      { runsDir: root, leakageCheck: false, dataChanged },
      preparationOnStderr(),
    );
  const error: unknown = await prepare('refuse').catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(UserError);
  const text = errorText(error, false);
  expect(text).toContain(`sweep ${writer.id} cannot go on`);
  expect(text).toMatch(
    /EOSINOPHIL: \d+ images added \(.* and \d+ more\), 1 image gone \(TRAIN\/EOSINOPHIL\/old.png\)/,
  );
  expect(text).toMatch(/\(--data-changed new-sweep\)\.$/);
  expect((await prepare('new-sweep')).changes).toHaveLength(4);
});
