import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '@thaw/compute';
import { settingsSchema } from '@thaw/experiment';
import { cutNetwork, type LoadedWeights } from '@thaw/model';
import { expect, test } from 'vitest';
import { TrialMemory } from '../src/memory/trial-memory.ts';
import { openTrial } from '../src/open-trial.ts';

/** Says of the weights that their batch normalisation is folded in. */
class FoldedWeights extends TrialMemory {
  override async weights(key: string, load: () => Promise<LoadedWeights>): Promise<LoadedWeights> {
    return super.weights(key, async () => ({ ...(await load()), isFolded: true }));
  }
}

test('a network is cut where its settings say, whatever its weights keep frozen: it is opened again without them', async () => {
  const cacheDir = mkdtempSync(join(tmpdir(), 'thaw-open-trial-'));
  const memory = new FoldedWeights();
  try {
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
    const observer = { phase: () => undefined, batch: () => undefined, epoch: () => undefined };
    const options = { engine: createEngine('onnx'), cacheDir, observer };
    const { model, trainable, suffix } = await openTrial(memory, settings, options);
    expect(trainable.has('block_16_expand_BN')).toBe(false);
    expect(trainable.has('block_16_depthwise')).toBe(true);
    const opened = cutNetwork(model.exported, model.trainable).suffix;
    expect(suffix.layers[0]!.name).toBe('block_16_expand_BN');
    expect(opened.layers[0]!.name).toBe('block_16_expand_BN');
  } finally {
    await memory.clear();
    rmSync(cacheDir, { recursive: true, force: true });
  }
});
