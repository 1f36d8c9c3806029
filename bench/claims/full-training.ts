import type { Claim, Figure } from '../claim.ts';
import { inOwnProcess } from '../measure/in-own-process.ts';
import { median } from '../measure/statistics.ts';
import type { TrainStepCost } from '../measure/train-step-process.ts';

/** Thaw and Keras take turns, so that a slow minute of the machine meets both. */
const rounds = 3;
const steps = 5;

export const fullTraining: Claim = {
  says: 'A step that trains every layer is faster than in Keras',
  async measure({ data, keras, note }) {
    const ours: number[] = [];
    const ratios: number[] = [];
    const memory: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      note(`Thaw: all layers, round ${round} of ${rounds}`);
      const cost = await inOwnProcess<TrainStepCost>('train-step-process.ts', {
        scenario: 'full_fine_tune',
        classes: data.classes,
        steps,
      });
      const step = median(cost.milliseconds);
      ours.push(step);
      memory.push(cost.peakMemoryBytes / 1e9);
      if (!keras) continue;
      note(`Keras: all layers, round ${round} of ${rounds}`);
      const theirs = await keras.time({
        data: null,
        classes: data.classes,
        trainableFrom: 'all',
        steps,
        rounds: 3,
      });
      ratios.push(step / median(theirs.map(({ train_ms }) => train_ms)));
    }
    const figures: Figure[] = [
      { what: 'train step, all layers', unit: 'ms an image', values: ours, limit: null },
      { what: 'peak memory, all layers, batch 32', unit: 'GB', values: memory, limit: { atMost: 4 } },
    ];
    if (ratios.length > 0) {
      const what = 'train step, all layers, Thaw / Keras';
      figures.push({ what, unit: 'ratio', values: ratios, limit: { atMost: 0.85 } });
    }
    return figures;
  },
};
