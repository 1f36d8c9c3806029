import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '@thaw/base';
import { settingsSchema, type FilesDataset } from '@thaw/experiment';
import { expect, inject, it, vi } from 'vitest';
import { draftFolder } from '../src/draft/draft-folder.ts';

const measured: unknown[] = [];
vi.mock(import('../src/draft/advise-scenario.ts'), () => ({
  adviseScenario: (_: unknown, { weights }: { weights: string }) => {
    measured.push(weights);
    return Promise.resolve({ scenario: 'full_fine_tune', evidence: 'moderate', reasons: [] });
  },
}));

it('chooses weights for the images that are drafted, which may be smaller than those that are measured', async () => {
  const folder = mkdtempSync(join(inject('runFolder'), 'draft-'));
  vi.stubEnv('KERAS_HOME', join(folder, 'keras'));
  const [path, weights] = [join(folder, 'data'), join(folder, 'cache/weights')];
  for (const label of ['A', 'B']) {
    mkdirSync(join(path, label), { recursive: true });
    for (let i = 0; i < 12; i++) {
      const random = new Random(label, i);
      const pixels = Buffer.from(Uint8Array.from({ length: 40 * 40 * 3 }, () => random.int(256)));
      writeFileSync(join(path, label, `${i}.ppm`), Buffer.concat([Buffer.from('P6 40 40 255\n'), pixels]));
    }
  }
  mkdirSync(weights, { recursive: true });
  writeFileSync(join(weights, 'mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5'), '');
  const { model, dataset } = settingsSchema.parse({ dataset: { path, layout: 'class-folders' } });
  const { draft, weightsAtHand } = await draftFolder(dataset as FilesDataset, {
    ...{ model, look: () => true, cacheDir: join(folder, 'cache'), signal: new AbortController().signal },
    listener: { count: () => undefined, note: () => undefined },
  });
  expect(measured).toEqual(['imagenet']);
  expect(draft).toMatchObject({ imageSize: 128, weights: 'bundled' });
  expect(weightsAtHand).toBe(true);
});
