import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Claim } from '../claim.ts';
import { runSweep } from '../measure/run-sweep.ts';

export const augmentation: Claim = {
  says: 'Trials that share an augmentation share its work',
  async measure({ data, scratch, note }) {
    const runsDir = join(scratch, 'augmentation');
    await mkdir(runsDir);
    note('Thaw: two frozen trials with the same augmentation');
    const { trialSeconds } = await runSweep(
      'augmentation',
      {
        dataset: { path: data.folder, limit_per_class: 100 },
        model: { weights: 'bundled' },
        augmentation: true,
        training: { epochs: 5, early_stopping: false },
        parameters: { 'model.head_units': { values: [64, 128] } },
      },
      { runsDir },
    );
    const [first, second] = trialSeconds as [number, number];
    return [
      { what: 'augmented frozen trial, the first', unit: 's', values: [first], limit: null },
      {
        what: 'first / second trial with one augmentation',
        unit: 'ratio',
        values: [first / second],
        limit: { atLeast: 5 },
      },
    ];
  },
};
