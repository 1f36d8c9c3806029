import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingsSchema } from '@thaw/experiment';
import type { RunRecord } from '@thaw/tracking';
import { expect, it, onTestFinished } from 'vitest';
import { keepLayout, keptLayout } from '../src/map/kept-layouts.ts';

it('trials whose ONNX backbone sees its images in another way share no map', async () => {
  const cacheDir = mkdtempSync(join(tmpdir(), 'thaw-layouts-'));
  onTestFinished(() => rmSync(cacheDir, { recursive: true }));
  const trial = (input: object) =>
    ({
      sealed: false,
      settings: settingsSchema.parse({ model: { backbone: 'made.onnx', input } }),
      provenance: { data: { fingerprint: 'f' } },
    }) as unknown as RunRecord;
  const layout = { files: ['a'], x: [0], y: [0], shares: null };
  await keepLayout(trial({ mean: 0, std: 1 }), 'umap', layout, cacheDir);
  expect(await keptLayout(trial({ mean: 0, std: 1 }), 'umap', cacheDir)).toEqual(layout);
  expect(await keptLayout(trial({ mean: 0.5, std: 0.5 }), 'umap', cacheDir)).toBeNull();
});
