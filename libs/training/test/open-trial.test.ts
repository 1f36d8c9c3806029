import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { createEngine } from '@thaw/compute';
import { settingsSchema } from '@thaw/experiment';
import { cutNetwork, type LoadedWeights } from '@thaw/model';
import { afterAll, expect, inject, test } from 'vitest';
import { TrialMemory } from '../src/memory/trial-memory.ts';
import { openTrial } from '../src/open-trial.ts';

/** Says of the weights that their batch normalisation is folded in. */
class FoldedWeights extends TrialMemory {
  override async weights(key: string, load: () => Promise<LoadedWeights>): Promise<LoadedWeights> {
    return super.weights(key, async () => ({ ...(await load()), isFolded: true }));
  }
}

const settings = settingsSchema.parse({
  dataset: { train_sources_per_class: 2, test_sources_per_class: 1, images_per_source: 4 },
  model: {
    alpha: 0.35,
    image_size: 32,
    weights: 'random',
    scenario: 'partial_unfreeze',
    unfreeze_from: 'block_16_expand_BN',
  },
});
const cacheDir = mkdtempSync(join(inject('runFolder'), 'open-trial-'));
const observer = { phase: () => undefined, batch: () => undefined, epoch: () => undefined };
const memory = new FoldedWeights();
const open = (weightsSha256?: string) =>
  openTrial(memory, settings, { engine: createEngine('onnx'), cacheDir, observer, weightsSha256 });
afterAll(() => memory.clear());

test('a network is cut where its settings say, whatever its weights keep frozen: it is opened again without them', async () => {
  const { model, trainable, suffix } = await open();
  expect(trainable.has('block_16_expand_BN')).toBe(false);
  expect(trainable.has('block_16_depthwise')).toBe(true);
  const opened = cutNetwork(model.exported, model.trainable).suffix;
  expect(suffix.layers[0]!.name).toBe('block_16_expand_BN');
  expect(opened.layers[0]!.name).toBe('block_16_expand_BN');
});

test('a trial that is trained again begins with the weights that it began with, and with no others', async () => {
  const { backbone } = await open();
  expect((await open(backbone.sha256)).backbone.sha256).toBe(backbone.sha256);
  await expect(open('others')).rejects.toThrow(
    /^random \(seed 42\) is not what training started from before: its SHA-256 was others and is /,
  );
});
