/**
 * How many epochs early termination saves on a real sweep: 64 configurations of a head on a frozen MobileNetV2 are trained to
 * their end (with early stopping); then each rule goes through them in 20 random orders, as one worker would. A trial that is
 * ended early has the curve that it had, up to there, so nothing is trained twice. Prints the share of epochs and how often
 * the best validation accuracy of all was still found.
 *
 *   npx tsx bench/early-termination.ts --data IMAGES --weights WEIGHTS.h5 [--limit 500]
 */
import { parseArgs } from 'node:util';
import { createEngine } from '@thaw/compute';
import { settingsSchema, type EarlyTermination } from '@thaw/experiment';
import { Study } from '@thaw/search';
import { runTrial, TrialMemory } from '@thaw/training';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    weights: { type: 'string' },
    limit: { type: 'string', default: '500' },
    cache: { type: 'string', default: 'runs/cache' },
  },
});
if (values.data === undefined || values.weights === undefined)
  throw new Error('--data and --weights are needed');

const space = {
  optimizer: { values: ['adam', 'rmsprop'] },
  batch_size: { values: [32, 128] },
  learning_rate: { values: [0.0001, 0.0003, 0.001, 0.003] },
  head_units: { values: [32, 64, 128, 256] },
};
const rules: Record<string, EarlyTermination> = {
  asha: { type: 'asha', min_iter: 2, eta: 3 },
  hyperband: { type: 'hyperband', min_iter: 2, eta: 3, strict: true },
  median: { type: 'median', min_iter: 2, min_trials: 5 },
};
const orders = 20;

const engine = createEngine('onnx', { sharedCores: false, device: 'cpu' });
const memory = new TrialMemory();
/** Validation accuracy after each epoch, by configuration. */
const curves = new Map<string, number[]>();
const grid = new Study({ space, goal: 'maximize', method: 'grid' });
for (let trial = grid.ask(); trial !== null; trial = grid.ask()) {
  const { head_units, ...training } = trial.parameters;
  const settings = settingsSchema.parse({
    dataset: { path: values.data, limit_per_class: Number(values.limit) },
    model: { alpha: 0.35, weights: values.weights, head_units },
    training: {
      epochs: 40,
      early_stopping: { monitor: 'val_loss', patience: 4, restore_best_weights: true },
      ...training,
    },
  });
  const curve: number[] = [];
  const observer = {
    phase: () => undefined,
    batch: () => undefined,
    epoch: ({ val_accuracy }: { val_accuracy: number }) => void curve.push(val_accuracy),
  };
  await runTrial(settings, { engine, cacheDir: values.cache, memory, observer });
  curves.set(JSON.stringify(trial.parameters), curve);
  grid.tell(trial.number, Math.max(...curve));
  process.stderr.write(
    `${curves.size} of 64 configurations: ${curve.length} epochs, best ${Math.max(...curve)}\n`,
  );
}
await memory.clear();

const all = [...curves.values()];
const epochs = all.reduce((sum, curve) => sum + curve.length, 0);
const best = Math.max(...all.flat());
console.log(`no rule    ${epochs} epochs, best validation accuracy ${best.toFixed(4)}`);
for (const [name, earlyTerminate] of Object.entries(rules)) {
  const results = Array.from({ length: orders }, (_, seed) => replay(earlyTerminate, seed));
  const shares = results.map((result) => result.epochs / epochs).sort((a, b) => a - b);
  const found = results.filter((result) => result.best >= best).length;
  const short = Math.max(...results.map((result) => best - result.best));
  console.log(
    `${name.padEnd(10)} ${[0, orders / 2, orders - 1].map((i) => `${(100 * shares[i]!).toFixed(0)} %`).join(', ')} of the epochs (least, median, most), best found in ${found} of ${orders} orders, at worst ${short.toFixed(4)} below`,
  );
}

/** What a rule makes of the curves in one order. */
function replay(earlyTerminate: EarlyTermination, seed: number): { epochs: number; best: number } {
  const study = new Study({ space, goal: 'maximize', method: 'random', seed, earlyTerminate });
  let trained = 0;
  let best = 0;
  for (let trial = study.ask(); trial !== null; trial = study.ask()) {
    const curve = curves.get(JSON.stringify(trial.parameters))!;
    let length = 0;
    let ends = false;
    while (!ends && length < curve.length) {
      const report = study.report(trial.number, curve[length++]!);
      // The last epoch ends a trial anyhow.
      ends = report && length < curve.length;
    }
    trained += length;
    const value = Math.max(...curve.slice(0, length));
    if (!ends) best = Math.max(best, value);
    study.tell(trial.number, value, ends ? 'pruned' : 'finished');
  }
  return { epochs: trained, best };
}
