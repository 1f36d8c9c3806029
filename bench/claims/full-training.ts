import { median } from '@thaw/base';
import type { Claim, Figure } from '../claim.ts';
import { inOwnProcess } from '../measure/in-own-process.ts';
import type { TrainStepCost } from '../measure/train-step-process.ts';

/** Thaw and Keras take turns, so that a slow minute of the machine meets both. */
const rounds = 3;
const steps = 4;
const scenarios = ['full_fine_tune', 'from_scratch'] as const;

export const fullTraining: Claim = {
  says: 'A step that trains every layer is faster than in Keras',
  async measure({ data, keras, note }) {
    const costs = { full_fine_tune: [] as TrainStepCost[], from_scratch: [] as TrainStepCost[] };
    const theirs: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      for (const scenario of scenarios) {
        note(`Thaw: ${scenario}, round ${round} of ${rounds}`);
        const options = { scenario, classes: data.classes, steps };
        costs[scenario].push(await inOwnProcess<TrainStepCost>('train-step-process.ts', options));
      }
      if (!keras) continue;
      note(`Keras: all layers, round ${round} of ${rounds}`);
      const options = { data: null, classes: data.classes, trainableFrom: 'all', steps, rounds: 1 };
      theirs.push(...(await keras.time(options)).map(({ train_ms }) => train_ms));
    }
    return scenarios.flatMap((scenario) => {
      const ours = costs[scenario].map(({ milliseconds }) => median(milliseconds));
      const figures: Figure[] = [
        { what: `train step, ${scenario}`, unit: 'ms an image', values: ours, limit: null },
        {
          what: `peak memory, ${scenario}, batch 32`,
          unit: 'GB',
          values: costs[scenario].map(({ peakMemoryBytes }) => peakMemoryBytes / 1e9),
          limit: { atMost: 4 },
        },
      ];
      if (theirs.length > 0) {
        figures.push({
          what: `train step, ${scenario}, Thaw / Keras`,
          unit: 'ratio',
          values: theirs.map((milliseconds, round) => ours[round]! / milliseconds),
          limit: { atMost: 0.85 },
        });
      }
      return figures;
    });
  },
};
