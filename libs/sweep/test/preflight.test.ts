import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { writeMeans } from '@thaw/compute/testing';
import { readExperiment } from '@thaw/experiment';
import { expect, inject, test } from 'vitest';
import { preflight } from '../src/begin/preflight.ts';

test('every way in which trials take an ONNX file is looked at before any of them', async () => {
  const folder = mkdtempSync(join(inject('runFolder'), 'preflight-'));
  writeMeans(join(folder, 'net.onnx'));
  const experiment = readExperiment(
    `dataset: {train_sources_per_class: 2, test_sources_per_class: 1, images_per_source: 3}
model: {backbone: net.onnx, image_size: 32, input: {mean: 0.5, std: 0.5}}
parameters: {model.input.output: {values: [pooled, features]}}`,
    'e.yaml',
  );
  const ignored = () => undefined;
  const options = { onImages: ignored, onWeights: ignored, onNote: ignored };
  await expect(
    preflight(experiment, { runsDir: join(folder, 'runs'), directory: folder, ...options }),
  ).rejects.toThrow(/model\.input\.output: found "pooled"/);
});
