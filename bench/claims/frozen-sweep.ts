import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Claim } from '../claim.ts';
import { notebookEpochs } from '../measure/notebook-epoch.ts';
import { runSweep } from '../measure/run-sweep.ts';

/** Four heads, three learning rates, Keras's early stopping with patience 4. */
const parameters = {
  'model.head_units': { values: [32, 64, 128, 256] },
  'training.learning_rate': { values: [0.0003, 0.001, 0.003] },
};

export const frozenSweep: Claim = {
  says: 'Twelve frozen trials, early stopping included, cost less than one epoch of the Keras notebook',
  async measure(context) {
    const { data, scratch, note } = context;
    const epochs = await notebookEpochs(context);
    const experiment = { dataset: { path: data.folder }, model: { weights: 'bundled' }, parameters };
    const runsDir = join(scratch, 'frozen-sweep');
    await mkdir(runsDir);
    note('Thaw: twelve frozen trials, cold');
    const cold = await runSweep('cold', experiment, { runsDir });
    note('Thaw: the same, warm');
    const warm = await runSweep('warm', experiment, { runsDir });
    const against = (what: string, seconds: number, atMost: number) =>
      epochs.length === 0
        ? []
        : [{ what, unit: 'ratio', values: epochs.map((epoch) => seconds / epoch), limit: { atMost } }];
    return [
      { what: 'twelve frozen trials, cold', unit: 's', values: [cold.seconds], limit: null },
      { what: 'twelve frozen trials, warm', unit: 's', values: [warm.seconds], limit: null },
      {
        what: 'epochs trained in twelve trials',
        unit: 'epochs',
        values: [cold.epochSeconds.flat().length],
        limit: null,
      },
      ...against('twelve trials, cold / one notebook epoch', cold.seconds, 0.85),
      ...against('twelve trials, warm / one notebook epoch', warm.seconds, 0.22),
      {
        what: 'peak memory of the frozen trials',
        unit: 'GB',
        values: [Math.max(cold.peakMemoryBytes, warm.peakMemoryBytes) / 1e9],
        limit: { atMost: 1.5 },
      },
    ];
  },
};
