import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { loadDataset } from '@thaw/data';
import { settingsSchema } from '@thaw/experiment';
import { expect, inject, it } from 'vitest';
import { silent } from '../src/listener.ts';
import { promotedNetwork } from '../src/promote/promoted-network.ts';

const runsDir = mkdtempSync(join(inject('runFolder'), 'refit-'));

it('notes the look of a refit before any test image is predicted', async () => {
  const settings = settingsSchema.parse({
    dataset: { train_sources_per_class: 4, test_sources_per_class: 1, images_per_source: 2 },
    model: { alpha: 0.35, image_size: 32, weights: 'random', head_units: 4 },
    split: { strategy: 'grouped', folds: 2 },
  });
  const dataset = await loadDataset(settings, { cacheDir: join(runsDir, 'cache') });
  const events: string[] = [];
  const phase = (name: string) => void (name === 'evaluation' && events.push('predicted'));
  const summary = { folds: [{}, {}], best_epoch: 1, val_accuracy: 0.5 };
  const run = { id: 'r', number: 0, settings, summary, sealed: false, provenance: {} };
  const sweep = { id: 's', state: 'finished', metric: { name: 'val_accuracy' }, trials: [], test_sets: [] };
  const store = {
    noteOpening: (_: string, { why }: { why: string }) => Promise.resolve(void events.push(why)),
  };
  await promotedNetwork(store as never, { run, sweep } as never, {
    ...{ as: 'refit', runsDir, found: { dataset, settings } as never },
    listener: { ...silent, beginTrial: () => ({ phase, batch: () => undefined, epoch: () => undefined }) },
  });
  expect([events[0], new Set(events.slice(1))]).toEqual(['refit', new Set(['predicted'])]);
});
