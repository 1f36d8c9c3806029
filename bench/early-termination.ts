/**
 * What early termination saves, and misses: each rule goes through the trials of a finished sweep in random orders, with one
 * worker and with four, whose epochs take equally long. A trial that ends early has the curve that it had, up to there, so that
 * nothing is trained again. A sweep's best trial is one that was not ended. Beside the rules: as many trials of the same order,
 * each to its end, as a third of the epochs is enough for.
 *
 *   npx nx run sweep --config experiments/blood-cells-grid.yaml
 *   npx tsx bench/early-termination.ts --sweep latest [--runs-dir runs] [--orders 100]
 */
import { parseArgs } from 'node:util';
import { Random } from '@thaw/base';
import { metricValue, type EarlyTermination, type Goal, type TrialState } from '@thaw/experiment';
import { createPruner, type Pruner, type Trial } from '@thaw/search';
import { openStore } from '@thaw/tracking';

const { values: options } = parseArgs({
  options: {
    sweep: { type: 'string', default: 'latest' },
    'runs-dir': { type: 'string', default: 'runs' },
    orders: { type: 'string', default: '100' },
  },
});

const rules: readonly EarlyTermination[] = [
  { type: 'asha', min_iter: 1, eta: 3 },
  { type: 'asha', min_iter: 2, eta: 3 },
  { type: 'asha', min_iter: 1, eta: 4 },
  { type: 'hyperband', min_iter: 1, eta: 3, strict: true },
  { type: 'hyperband', min_iter: 2, eta: 3, strict: true },
  { type: 'hyperband', min_iter: 3, eta: 3, strict: true },
  { type: 'hyperband', min_iter: 3, eta: 3, strict: false },
  { type: 'median', min_iter: 2, min_trials: 5 },
];

interface Known {
  readonly number: number;
  /** The metric after each epoch. */
  readonly curve: readonly number[];
  /** What the trial came to. */
  readonly value: number;
}

interface Replaying extends Trial {
  state: TrialState;
  readonly reports: number[];
}

interface Replayed {
  readonly epochs: number;
  /** The best value of a trial that was not ended; null without one. */
  readonly best: number | null;
}

const store = openStore(options['runs-dir']);
const sweep = await store.sweep(options.sweep);
const { goal, name: metric } = sweep.metric as { goal: Goal; name: 'val_accuracy' };
const known: Known[] = [];
for (const { number, run, summary, state } of sweep.trials) {
  if (state !== 'finished') throw new Error(`trial ${number} of ${sweep.id} is ${state}, not finished`);
  const curve = (await store.metrics(run!)).map((epoch) => epoch[metric]);
  known.push({ number, curve, value: metricValue(metric, summary)! });
}
const orders = Array.from({ length: Number(options.orders) }, (_, seed) =>
  new Random('order', seed).shuffle(known),
);
const epochs = known.reduce((sum, { curve }) => sum + curve.length, 0);
const best = bestOf(known.map(({ value }) => value))!;
console.log(
  `${sweep.id}: ${known.length} trials, ${epochs} epochs, best ${metric} ${best.toFixed(4)}; ${orders.length} orders`,
);
console.log(
  '| rule | workers | epochs of all: least, median, most | the best is found | below it: median, most |',
);
console.log('| --- | --- | --- | --- | --- |');
for (const rule of rules) {
  const pruner = createPruner(rule, goal);
  for (const workers of [1, 4]) {
    print(
      JSON.stringify(rule),
      workers,
      orders.map((order) => replay(order, pruner, workers)),
    );
  }
}
print('a third of the epochs, no rule', 1, orders.map(firstThird));

/** What becomes of the trials in one order. */
function replay(order: readonly Known[], pruner: Pruner, workers: number): Replayed {
  const waiting = [...order];
  const trials: Trial[] = [];
  let running: { readonly known: Known; readonly trial: Replaying }[] = [];
  const finished: number[] = [];
  while (waiting.length > 0 || running.length > 0) {
    for (const next of waiting.splice(0, workers - running.length)) {
      const { number } = next;
      const trial: Replaying = { number, parameters: {}, state: 'running', value: null, reports: [] };
      trials.push(trial);
      running.push({ known: next, trial });
    }
    running = running.filter(({ known: { curve, value }, trial }) => {
      trial.reports.push(curve[trial.reports.length]!);
      // As in a sweep, nothing is asked after the last epoch.
      if (trial.reports.length === curve.length) trial.state = 'finished';
      else if (pruner.shouldPrune(trial, trials)) trial.state = 'pruned';
      if (trial.state === 'finished') finished.push(value);
      return trial.state === 'running';
    });
  }
  return {
    epochs: trials.reduce((sum, { reports }) => sum + reports!.length, 0),
    best: bestOf(finished),
  };
}

function firstThird(order: readonly Known[]): Replayed {
  const used: Known[] = [];
  let trained = 0;
  for (const each of order) {
    if (trained + each.curve.length > epochs / 3) break;
    trained += each.curve.length;
    used.push(each);
  }
  return { epochs: trained, best: bestOf(used.map(({ value }) => value)) };
}

function bestOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return goal === 'maximize' ? Math.max(...values) : Math.min(...values);
}

function print(rule: string, workers: number, results: readonly Replayed[]): void {
  const sorted = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b);
  const shares = sorted(results.map((result) => (100 * result.epochs) / epochs));
  const short = sorted(
    results.map((each) => (each.best === null ? Number.POSITIVE_INFINITY : Math.abs(best - each.best))),
  );
  const middle = Math.floor((results.length - 1) / 2);
  const found = short.filter((difference) => difference === 0).length;
  console.log(
    `| ${rule} | ${workers} | ${[0, middle, results.length - 1].map((i) => `${shares[i]!.toFixed(0)} %`).join(', ')} | ${found} of ${results.length} | ${short[middle]!.toFixed(4)}, ${short.at(-1)!.toFixed(4)} |`,
  );
}
