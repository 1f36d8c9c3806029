import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { median } from '@thaw/base';
import type { Claim, Figure } from '../claim.ts';
import { runSweep } from '../measure/run-sweep.ts';
import { sourceOf, type Version } from '../measure/versions.ts';

const rounds = 5;
/** Batches of 32 of each of Keras's rounds. */
const steps = 10;
const augmentation = {
  rotation_range: 20,
  width_shift_range: 0.1,
  height_shift_range: 0.1,
  horizontal_flip: true,
  brightness_range: [0.9, 1.1],
};
const trials = {
  /** From the second epoch on: the first opens threads and sessions. */
  full_fine_tune: {
    alpha: 0.35,
    epochs: 4,
    secondsOf: (epochs: readonly number[]) => median(epochs.slice(1)),
  },
  /** The first epoch computes the views. */
  feature_extraction: { alpha: 0.35, epochs: 1, secondsOf: (epochs: readonly number[]) => epochs[0]! },
} as const;

export const augmentedTraining: Claim = {
  says: 'An epoch of augmented images keeps the processor at training',
  async measure({ data, keras, before, scratch, note }) {
    const folder = join(scratch, 'augmented-training');
    await mkdir(folder);
    let count = 0;
    const epoch = async (scenario: keyof typeof trials, version: Version) => {
      const { alpha, epochs, secondsOf } = trials[scenario];
      const runsDir = join(folder, String(++count));
      await mkdir(runsDir);
      const experiment = {
        dataset: { path: resolve(data.folder), limit_per_class: 100 },
        model: { scenario, alpha, weights: 'random' },
        augmentation,
        training: { epochs, early_stopping: false },
      };
      const { epochSeconds } = await runSweep('augmented', experiment, { runsDir, version });
      return secondsOf(epochSeconds[0]!);
    };
    const figures: Figure[] = [];
    const ours: number[] = [];
    for (const scenario of ['full_fine_tune', 'feature_extraction'] as const) {
      const [own, ratios]: [number[], number[]] = [[], []];
      for (let round = 1; round <= rounds; round++) {
        note(`Thaw: ${scenario}, augmented, round ${round} of ${rounds}`);
        own.push(await epoch(scenario, sourceOf()));
        if (before !== null) ratios.push(own.at(-1)! / (await epoch(scenario, sourceOf(before))));
      }
      if (scenario === 'full_fine_tune') ours.push(...own);
      const which = scenario === 'full_fine_tune' ? 'epoch' : 'first epoch';
      const what = `augmented ${which} of ${scenario}, alpha 0.35`;
      figures.push({ what, unit: 's', values: own, limit: null });
      if (ratios.length > 0)
        figures.push({ what: `${what}, / before`, unit: 'ratio', values: ratios, limit: { atMost: 0.5 } });
    }
    if (keras) {
      note('Keras: all layers, augmented by ImageDataGenerator');
      const options = { data: data.folder, classes: data.classes, trainableFrom: 'all', alpha: 0.35 };
      const timed = await keras.time({ ...options, augment: true, steps, rounds });
      const images = 0.8 * 100 * data.classes;
      const validated = 0.2 * 100 * data.classes;
      figures.push({
        what: 'augmented epoch of full_fine_tune, Thaw / Keras',
        unit: 'ratio',
        values: timed.map(
          ({ train_ms, validation_ms }, round) =>
            ours[round]! / ((images * train_ms + validated * validation_ms) / 1000),
        ),
        limit: { atMost: 0.35 },
      });
    }
    return figures;
  },
};
