import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runResults } from '@thaw/analysis/recorded';
import { openStore } from '@thaw/tracking';
import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { childrensProcessorSeconds } from './measure/processor-seconds.ts';
import { runSweep } from './measure/run-sweep.ts';

/**
 * What a sweep of twelve heads says of the test accuracy and what it costs, with five folds and with one split, seed by seed: processor
 * seconds of the whole command when all that is computed once is kept (other work on the machine hardly counts), the memory of the
 * largest process, and how far the forecast, and the best trial's accuracy as it looks, lie from its test accuracy.
 */
const { images, folder, weights, alpha, limit, seeds } = await yargs(hideBin(process.argv))
  .scriptName('npx tsx bench/folds.ts')
  .option('images', { type: 'string', demandOption: true, describe: 'A data set in TRAIN and TEST' })
  .option('folder', { type: 'string', demandOption: true, describe: 'Where runs are kept' })
  .option('weights', { type: 'string', default: 'bundled', describe: 'As in an experiment file' })
  .option('alpha', { type: 'number', default: 1 })
  .option('limit', { type: 'number', describe: 'Images of a class' })
  .option('seeds', { type: 'number', array: true, default: [1, 2, 3, 4, 5] })
  .strict()
  .parse();

const splits = { 'one split': { validation: 0.2 }, 'five folds': { folds: 5 } };

function experimentOf(split: object, seed: number, heads: readonly number[], rates: readonly number[]) {
  return {
    dataset: { path: images, ...(limit !== undefined && { limit_per_class: limit }) },
    split: { strategy: 'grouped', groups: 'detect', seed, ...split },
    model: { alpha, weights },
    training: { seed },
    parameters: { 'model.head_units': { values: heads }, 'training.learning_rate': { values: rates } },
  };
}

interface Said {
  readonly value: number;
  readonly ci95: readonly [number, number];
}

/** What a sweep says of its best trial before the test set is looked at, and what that reaches there. */
async function said(name: string): Promise<{ looks: Said; forecast: Said | null; test: number }> {
  const { best, trials, forecast } = JSON.parse(await readFile(join(folder, `${name}.json`), 'utf8')) as {
    best: number;
    trials: { number: number; run: string }[];
    forecast: { accuracy: number; ci95: [number, number] } | null;
  };
  const store = openStore(folder);
  const run = await store.run(trials.find(({ number }) => number === best)!.run);
  const { overall } = await runResults(store, run, { cacheDir: join(folder, 'cache') });
  const { validation, test } = overall;
  return {
    looks: { value: validation.accuracy, ci95: validation.ci95! },
    forecast: forecast && { value: forecast.accuracy, ci95: forecast.ci95 },
    test: test.accuracy,
  };
}

const points = (value: number) => (100 * value).toFixed(1);
const inWords = ({ value, ci95 }: Said, test: number) =>
  `${points(value)} (${ci95.map(points).join(' to ')}), off by ${points(Math.abs(value - test))}${ci95[0] <= test && test <= ci95[1] ? '' : ', misses it'}`;

await mkdir(folder, { recursive: true });
for (const seed of seeds) {
  const costs: Record<'processor' | 'memory' | 'epochs', number>[] = [];
  // Kept from here on: which images belong together, features, and each split.
  for (const split of Object.values(splits)) {
    await runSweep('warm', experimentOf(split, seed, [8], [0.01]), { runsDir: folder });
  }
  for (const [name, split] of Object.entries(splits)) {
    const before = childrensProcessorSeconds() ?? Number.NaN;
    const experiment = experimentOf(split, seed, [32, 64, 128, 256], [0.0003, 0.001, 0.003]);
    const { seconds, epochSeconds, peakMemoryBytes } = await runSweep(name, experiment, { runsDir: folder });
    const processor = (childrensProcessorSeconds() ?? Number.NaN) - before;
    costs.push({ processor, memory: peakMemoryBytes, epochs: epochSeconds.flat().length });
    const { looks, forecast, test } = await said(name);
    console.log(
      [
        `seed ${seed}, ${name}: test ${points(test)}; as it looks ${inWords(looks, test)}`,
        ...(forecast ? [`forecast ${inWords(forecast, test)}`] : []),
        `${processor.toFixed(0)} s of a processor, ${seconds.toFixed(0)} s, ${epochSeconds.flat().length} epochs, ${(peakMemoryBytes / 1e9).toFixed(2)} GB`,
      ].join('; '),
    );
  }
  const [one, five] = costs;
  const times = (of: 'processor' | 'memory' | 'epochs') => (five![of] / one![of]).toFixed(2);
  console.log(
    `seed ${seed}, five folds / one split: processor ${times('processor')}, memory ${times('memory')}, epochs ${times('epochs')}`,
  );
}
