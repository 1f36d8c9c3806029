import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '@thaw/base';
import { scenarios, type PredictionRow } from '@thaw/experiment';
import { openStore, type RunRecord } from '@thaw/tracking';
import { epochOf, madeSettings, newRun, newSweep, summaryOf } from '../test/made-run.ts';

const classes = ['EOSINOPHIL', 'LYMPHOCYTE', 'MONOCYTE', 'NEUTROPHIL'];
const space = {
  'model.scenario': { values: [...scenarios] },
  'model.head_units': { values: [64, 128, 256] },
  'training.learning_rate': { distribution: 'log_uniform_values', min: 0.0001, max: 0.01 },
  augmentation: { values: [true, false] },
};
const epochs = 30;
const images = 400;

/**
 * Makes a sweep of `count` finished runs of 30 epochs below `runsDir`, with figures drawn from a seed. The newest `predicted` (one at
 * least) are made through the tracking library, with predictions for 400 validation and 400 test images, the others as files like
 * theirs: of thousands each would wait for the disk. Their ids come back, the oldest first.
 */
export async function makeStore(runsDir: string, count: number, predicted: number): Promise<string[]> {
  const store = openStore(runsDir);
  const sweep = await store.createSweep({ ...newSweep, parameters: space });
  const first = count - Math.max(1, predicted);
  const made: string[] = [];
  for (let number = first; number < count; number++) {
    const random = new Random(42, 'made', number);
    const { parameters, validation, test, settings } = drawnTrial(random, number);
    const run = await store.createRun(newRun({ sweep: sweep.id, number, parameters, settings }));
    await sweep.addTrial({ number, run: run.id, parameters });
    for (let epoch = 1; epoch <= epochs; epoch++) run.logEpoch(epochOf(epoch));
    await run.writePredictions('validation', drawn(random, 'TRAIN', validation));
    await run.writePredictions('test', drawn(random, 'TEST', test));
    await run.finish(summaryOf(validation, test), classes);
    made.push(run.id);
  }
  await sweep.finish('finished');
  const copies = copyRuns(runsDir, made[0]!, first);
  const file = join(runsDir, 'sweeps', sweep.id, 'sweep.json');
  const record = JSON.parse(readFileSync(file, 'utf8')) as StoredSweep;
  const trials = copies.map(({ id, number, parameters }) => {
    return { number, run: id, parameters, error: null, attempts: [], interrupted: false };
  });
  writeFileSync(file, JSON.stringify({ ...record, trials: [...trials, ...record.trials] }, null, 2));
  return [...copies.map(({ id }) => id), ...made];
}

interface StoredSweep {
  readonly trials: readonly unknown[];
}

/** Runs before the `first`, a second apart, that differ from one in number, parameters, settings and figures. */
function copyRuns(runsDir: string, of: string, first: number): RunRecord[] {
  const folder = join(runsDir, 'runs', of);
  const record = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as RunRecord;
  const metrics = readFileSync(join(folder, 'metrics.jsonl'));
  return Array.from({ length: first }, (_, number) => {
    const { parameters, validation, test, settings } = drawnTrial(new Random(42, 'made', number), number);
    const created = new Date(Date.parse(record.created) - 1000 * (first - number)).toISOString();
    const time = created.replace(/[-:]|\.\d+Z/g, '').replace('T', '-');
    const id = `${time}-made-${String(number).padStart(3, '0')}-aaaa`;
    const copy = { ...record, id, number, parameters, settings, created, finished: created };
    const own = join(runsDir, 'runs', id);
    mkdirSync(own);
    writeFileSync(
      join(own, 'run.json'),
      JSON.stringify({ ...copy, summary: summaryOf(validation, test) }, null, 2),
    );
    writeFileSync(join(own, 'metrics.jsonl'), metrics);
    return copy;
  });
}

/** What a trial tries, and what comes of it. */
function drawnTrial(random: Random, number: number) {
  const parameters = {
    'model.scenario': scenarios[number % scenarios.length]!,
    'model.head_units': [64, 128, 256][number % 3]!,
    'training.learning_rate': 10 ** (-4 + 2 * random.uniform()),
    augmentation: number % 2 === 0,
  };
  const settings = madeSettings({
    model: { scenario: parameters['model.scenario'], head_units: parameters['model.head_units'] },
    augmentation: parameters.augmentation,
    training: { learning_rate: parameters['training.learning_rate'] },
  });
  const [validation, test] = [0.5 + 0.45 * random.uniform(), 0.4 + 0.3 * random.uniform()];
  return { parameters, settings, validation, test };
}

/** Predictions of which about the share `accuracy` is right. */
function drawn(random: Random, part: string, accuracy: number): PredictionRow[] {
  return Array.from({ length: images }, (_, i) => {
    const label = i % classes.length;
    const other = (label + 1 + Math.floor(random.uniform() * (classes.length - 1))) % classes.length;
    const predicted = random.uniform() < accuracy ? label : other;
    return {
      file: `${part}/${classes[label]!}/${i}.jpeg`,
      label: classes[label]!,
      predicted: classes[predicted]!,
      probabilities: classes.map((_name, k) => (k === predicted ? 0.7 : 0.1)),
    };
  });
}
