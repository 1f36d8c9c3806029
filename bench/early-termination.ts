/**
 * How many epochs early termination saves on a real sweep: 64 configurations of a head on a frozen MobileNetV2, all of them
 * trained to their end (with early stopping), then ended early by each rule. Prints epochs and the best validation accuracy.
 *
 *   npx tsx bench/early-termination.ts --data IMAGES --weights WEIGHTS.h5 [--limit 500]
 */
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runSweep } from './measure/run-sweep.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    weights: { type: 'string' },
    limit: { type: 'string', default: '500' },
  },
});
if (values.data === undefined || values.weights === undefined)
  throw new Error('--data and --weights are needed');

const experiment = {
  dataset: { path: values.data, limit_per_class: Number(values.limit) },
  model: { alpha: 0.35, image_size: 224, weights: values.weights, scenario: 'feature_extraction' },
  training: {
    epochs: 40,
    early_stopping: { monitor: 'val_loss', patience: 4, restore_best_weights: true },
  },
  metric: { name: 'val_accuracy', goal: 'maximize' },
  parameters: {
    'training.optimizer': { values: ['adam', 'rmsprop'] },
    'training.batch_size': { values: [32, 128] },
    'training.learning_rate': { values: [0.0001, 0.0003, 0.001, 0.003] },
    'model.head_units': { values: [32, 64, 128, 256] },
  },
};
const rules = {
  none: {},
  asha: { early_terminate: { type: 'asha', min_iter: 2, eta: 3 } },
  hyperband: { early_terminate: { type: 'hyperband', min_iter: 2, eta: 3 } },
  median: { early_terminate: { type: 'median', min_iter: 2 } },
};

const runsDir = await mkdtemp(join(tmpdir(), 'thaw-early-termination-'));
let all: { epochs: number; best: number } | null = null;
for (const [name, rule] of Object.entries(rules)) {
  // The order of a grid says what is bad before it says what is good; draws from the same points do not.
  await runSweep(
    name,
    { ...experiment, method: 'random', ...rule },
    { runsDir, args: ['--leakage-check', 'off'] },
  );
  const { trials } = JSON.parse(await readFile(join(runsDir, `${name}.json`), 'utf8')) as {
    trials: { state: string; summary: { epochs: number; val_accuracy: number } }[];
  };
  const epochs = trials.reduce((sum, { summary }) => sum + summary.epochs, 0);
  const best = Math.max(
    ...trials.filter(({ state }) => state === 'finished').map(({ summary }) => summary.val_accuracy),
  );
  all ??= { epochs, best };
  const pruned = trials.filter(({ state }) => state === 'pruned').length;
  console.log(
    `${name.padEnd(10)} ${trials.length} trials, ${String(pruned).padStart(2)} ended early, ${String(epochs).padStart(5)} epochs (${((100 * epochs) / all.epochs).toFixed(0)} %), best validation accuracy ${best.toFixed(4)} (${(best - all.best).toFixed(4)})`,
  );
}
console.log(`The runs are in ${runsDir}.`);
