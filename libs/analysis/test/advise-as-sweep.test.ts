import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '@thaw/base';
import { createEngine } from '@thaw/compute';
import { loadDataset, type FolderSettings } from '@thaw/data';
import { settingsSchema } from '@thaw/experiment';
import { extractFeatures } from '@thaw/training';
import { expect, inject, it } from 'vitest';
import { advise } from '../src/advise/advise.ts';
import { settingsOfShortTrials } from '../src/advise/trials/short-trials.ts';

const folder = mkdtempSync(join(inject('runFolder'), 'advise-'));
const cacheDir = join(folder, 'cache');

/** Floating-point maps from 0 to 100, no two alike, that are no squares. */
function writeMaps(): string {
  const root = join(folder, 'maps');
  for (const label of ['TRAIN/A', 'TRAIN/B', 'TEST/A', 'TEST/B']) {
    mkdirSync(join(root, label), { recursive: true });
    for (let i = 0; i < 5; i++) {
      const random = new Random(label, i);
      const values = Float32Array.from({ length: 40 * 30 }, () => 100 * random.uniform());
      const header = Buffer.from('Pf\n40 30\n-1.0\n');
      writeFileSync(join(root, label, `${i}.pfm`), Buffer.concat([header, Buffer.from(values.buffer)]));
    }
  }
  return root;
}

it('advice reads images as a sweep does, and finds what that has computed', async () => {
  const model = { alpha: 0.35, image_size: 32, weights: 'random' };
  const dataset = { path: writeMaps(), resize: 'pad', interpolation: 'bilinear', depth: 'auto' };
  const settings = settingsSchema.parse({ dataset, model });
  const { train, validation, depthRange } = await loadDataset(settings, { cacheDir });
  const engine = createEngine('onnx');
  await extractFeatures([...train, ...validation], settings, { engine, cacheDir, depthRange });
  const computed = () => readdirSync(join(cacheDir, 'activations'), { recursive: true }).sort();
  const before = computed();
  await advise({
    images: settings.dataset as FolderSettings,
    settings: settingsSchema.parse({ model }),
    trials: null,
    ...{ engine: 'onnx', cacheDir, clock: () => performance.now(), signal: new AbortController().signal },
    listener: { count: () => undefined, note: () => undefined },
    weights: { update: () => undefined, stop: () => undefined },
  });
  expect(computed()).toEqual(before);
});

it('short trials keep how an ONNX file takes its images', () => {
  const input = { mean: 0.5, std: 0.25 };
  const settings = settingsSchema.parse({ model: { backbone: 'net.onnx', input } });
  expect(settingsOfShortTrials(settings, [], '--set').model.input).toEqual(input);
});
