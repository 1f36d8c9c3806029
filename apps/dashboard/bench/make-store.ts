import { mapConcurrently, Random } from '@thaw/base';
import { scenarios, type PredictionRow } from '@thaw/experiment';
import { openStore } from '@thaw/tracking';
import { epochOf, madeSettings, newRun, newSweep, summaryOf } from '../test/made-run.ts';

const classes = ['EOSINOPHIL', 'LYMPHOCYTE', 'MONOCYTE', 'NEUTROPHIL'];
const epochs = 30;
const images = 400;

/**
 * Makes a sweep of `count` finished runs of 30 epochs below `runsDir` through the tracking library, with figures drawn from a
 * seed; the newest `predicted` of them have predictions for 400 validation and 400 test images. Their ids come back, the oldest first.
 */
export async function makeStore(runsDir: string, count: number, predicted: number): Promise<string[]> {
  const store = openStore(runsDir);
  const sweep = await store.createSweep(newSweep);
  const ids = await mapConcurrently([...Array(count).keys()], 8, async (number) => {
    const random = new Random(42, 'made', number);
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
    const run = await store.createRun(newRun({ sweep: sweep.id, number, parameters, settings }));
    await sweep.addTrial({ number, run: run.id, parameters });
    for (let epoch = 1; epoch <= epochs; epoch++) run.logEpoch(epochOf(epoch));
    const [validation, test] = [0.5 + 0.45 * random.uniform(), 0.4 + 0.3 * random.uniform()];
    if (number >= count - predicted) {
      await run.writePredictions('validation', drawn(random, 'TRAIN', validation));
      await run.writePredictions('test', drawn(random, 'TEST', test));
    }
    await run.finish(summaryOf(validation, test), classes);
    return run.id;
  });
  await sweep.finish('finished');
  return ids;
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
