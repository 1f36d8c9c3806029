import { Random, mapConcurrently } from '@thaw/base';
import { settingsSchema, scenarios } from '@thaw/experiment';
import { openStore } from '@thaw/tracking';

/**
 * Makes a sweep of `count` finished runs below `runsDir` through the tracking library, with figures drawn from a seed; the
 * first names of classes, notes and so on are as given. The ids of its runs come back, in the order of their numbers.
 */
export async function makeStore(runsDir: string, count: number): Promise<string[]> {
  const store = openStore(runsDir);
  const sweep = await store.createSweep({
    name: 'made',
    experimentText: 'name: made\n',
    experimentFile: 'made.yaml',
    method: 'random',
    metric: { name: 'val_accuracy', goal: 'maximize' },
    parameters: {},
    engine: 'onnx',
    workers: 1,
  });
  const ids = await mapConcurrently([...Array(count).keys()], 8, async (number) => {
    const random = new Random(42, 'made', number);
    const parameters = {
      'model.scenario': scenarios[number % scenarios.length]!,
      'model.head_units': [64, 128, 256][number % 3]!,
      'training.learning_rate': 10 ** (-4 + 2 * random.uniform()),
      augmentation: number % 2 === 0,
    };
    const run = await store.createRun({
      sweep: sweep.id,
      number,
      parameters,
      settings: settingsSchema.parse({
        model: { scenario: parameters['model.scenario'], head_units: parameters['model.head_units'] },
        augmentation: parameters.augmentation,
        training: { learning_rate: parameters['training.learning_rate'] },
      }),
      provenance: {
        git: null,
        node: '20',
        platform: 'linux',
        arch: 'x64',
        cpu: 'made',
        cores: 1,
        memory_bytes: 1,
        packages: {},
      },
    });
    await sweep.addTrial({ number, run: run.id, parameters });
    const [val, test] = [0.5 + 0.45 * random.uniform(), 0.4 + 0.3 * random.uniform()];
    for (let epoch = 1; epoch <= 3; epoch++) {
      run.logEpoch({
        epoch,
        loss: 1 / epoch,
        accuracy: (val * epoch) / 3,
        val_loss: 1.1 / epoch,
        val_accuracy: (val * epoch) / 3,
        seconds: 1,
        images_per_second: 100,
      });
    }
    await run.finish(
      {
        epochs: 3,
        best_epoch: 3,
        train_accuracy: val,
        train_loss: 0.3,
        val_accuracy: val,
        val_loss: 0.4,
        test_accuracy: test,
        test_loss: 1,
        gap: val - test,
      },
      ['EOSINOPHIL', 'LYMPHOCYTE'],
    );
    return run.id;
  });
  await sweep.finish('finished');
  return ids;
}
