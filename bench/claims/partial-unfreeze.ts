import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { median } from '@thaw/base';
import type { Claim, Figure } from '../claim.ts';
import { inOwnProcess } from '../measure/in-own-process.ts';
import { runSweep } from '../measure/run-sweep.ts';
import type { TrainStepCost } from '../measure/train-step-process.ts';

/** Images of a class, so that an epoch is long enough to time and short enough to repeat. */
const imagesPerClass = 400;
const epochs = 3;
const batch = 32;

export const partialUnfreeze: Claim = {
  says: 'partial_unfreeze from block_14 trains several times faster than in Keras, the frozen part being cached',
  async measure({ data, keras, scratch, note }) {
    note('Thaw: train steps from block_14');
    const { milliseconds } = await inOwnProcess<TrainStepCost>('train-step-process.ts', {
      scenario: 'partial_unfreeze',
      classes: data.classes,
      steps: 20,
    });
    const runsDir = join(scratch, 'partial-unfreeze');
    await mkdir(runsDir);
    note('Thaw: epochs from block_14');
    const { epochSeconds } = await runSweep(
      'partial',
      {
        dataset: { path: data.folder, limit_per_class: imagesPerClass },
        model: { weights: 'bundled', scenario: 'partial_unfreeze', unfreeze_from: 'block_14' },
        training: { epochs, early_stopping: false },
      },
      { runsDir },
    );
    const perClass = Math.min(imagesPerClass, Math.floor(data.trainImages / data.classes));
    const images = { train: 0.8 * perClass * data.classes, validation: 0.2 * perClass * data.classes };
    const ours = epochSeconds[0]!.slice(1); // the first one also loads the sessions
    const figures: Figure[] = [
      {
        what: 'train step from block_14',
        unit: 'ms an image',
        values: milliseconds,
        limit: { atMost: 2.4, scales: true },
      },
    ];
    if (!keras) return figures;
    const options = { classes: data.classes, trainableFrom: 'block_14', steps: 8, rounds: 3 };
    note('Keras: the notebook from block_14');
    const rounds = await keras.time({ ...options, data: data.folder });
    const theirs = median(
      rounds.map(
        ({ train_ms, validation_ms }) => (train_ms * images.train + validation_ms * images.validation) / 1000,
      ),
    );
    return [
      ...figures,
      {
        what: `Keras epoch / Thaw epoch, from block_14, ${images.train / batch} batches`,
        unit: 'ratio',
        values: ours.map((seconds) => theirs / seconds),
        limit: { atLeast: 4 },
      },
    ];
  },
};
