import { createEngine } from '@thaw/compute';
import type { Dataset, ImageFile } from '@thaw/data';
import { readExperiment } from '@thaw/experiment';
import { expect, it, vi } from 'vitest';
import { estimateCost } from '../src/estimate/estimate-cost.ts';

const images = (count: number): ImageFile[] =>
  Array.from({ length: count }, (_, i) => ({
    ...{ path: `/${i}`, name: String(i), label: i % 2, sha256: String(i), group: null },
  }));

function dataset(changes: Partial<Dataset> = {}): Dataset {
  return {
    ...{ classes: ['A', 'B'], train: images(80), validation: images(20), test: images(50), skipped: [] },
    ...{ strategy: 'random', groupConfidence: null, detected: null, groupUnit: null, folds: null },
    ...{ depthRange: null, warnings: [], notes: [], fingerprint: '' },
    ...changes,
  };
}

/** A head takes 10 ms an image and half a second an epoch, and 10 ms an image before; a whole network 100 ms an image, and nothing before. */
async function costOf(text: string, data: Dataset, { trials = 4, patience = 60 } = {}) {
  const experiment = readExperiment(`training: {epochs: 10}\n${text}`, 'test');
  let now = 0;
  const measured: string[] = [];
  const cost = await estimateCost(experiment, {
    ...{ datasets: [{ parameters: {}, settings: experiment.settings, dataset: data }], trials, patience },
    ...{ engine: createEngine('onnx', { sharedCores: false }), cacheDir: '/nowhere' },
    ...{ signal: new AbortController().signal, clock: () => now, onMeasured: () => undefined },
    measure: ({ model, augmentation }) => {
      now += 30_000;
      measured.push(model.scenario);
      const isHead = model.scenario === 'feature_extraction';
      const isMixed = (augmentation?.mixup_alpha ?? 0) > 0;
      return Promise.resolve({
        ...{ begin: 2, featuresOfImage: isHead ? 0.01 : 0 },
        viewOfImage: isHead && augmentation && !isMixed ? 0.02 : 0,
        ...{ epoch: 0.5, stepOfImage: isHead && !isMixed ? 0.01 : 0.1 },
      });
    },
  });
  return { ...cost, measured };
}

/** A trial of 10 epochs of the data set, and what validation and test images take at its end. */
const trial = (step: number, view = 0, views = 1) =>
  2 + 10 * (0.5 + (step + view) * 80 + (step * views * 20) / 3) + (step * views * 70) / 3;

const scenarios = 'parameters: {model.scenario: {values: [feature_extraction, full_fine_tune]}';

it('adds what each trial trains to what is computed once for all of a kind', async () => {
  // Four trials of 2 s and 10 epochs of 0.5 s and 80 images at 10 ms, with 20 to validate at a third of that; once 150 images at 10 ms.
  const heads = await costOf('parameters: {model.head_units: {values: [1, 2, 3, 4]}}', dataset());
  expect(heads).toMatchObject({ kinds: 1, measured: ['feature_extraction'], images: 3200 });
  expect(heads.seconds).toBeCloseTo(4 * trial(0.01) + 1.5);
});

it('counts each fold, and the epochs that are swept', async () => {
  const folds = { folds: [images(100).map((_, i) => i % 5)], train: [], validation: images(100) };
  const text = 'split: {strategy: random, folds: 5}';
  const { seconds, images: trained } = await costOf(text, dataset(folds), { trials: 1 });
  expect(trained).toBe(5 * 10 * 80);
  expect(seconds).toBeCloseTo(2 + 50 * (0.5 + 0.8 + 0.2 / 3) + (5 * 0.7) / 3 + 1.5);
  const swept = await costOf('parameters: {training.epochs: {values: [10, 30]}}', dataset(), { trials: 2 });
  expect(swept.images).toBe(80 * 40);
});

it('takes kinds that there was no time for by the multiply-adds of those that were measured, and says so', async () => {
  const both = await costOf(`${scenarios}}`, dataset(), { trials: 2 });
  expect(both).toMatchObject({ kinds: 2, measured: ['feature_extraction', 'full_fine_tune'] });
  expect(both.seconds).toBeCloseTo(trial(0.01) + trial(0.1) + 1.5);
  const one = await costOf(`${scenarios}}`, dataset(), { trials: 2, patience: 10 });
  expect(one).toMatchObject({ kinds: 2, measured: ['feature_extraction'] });
  // A step of all layers is three times forward, and nothing is computed once.
  expect(one.seconds / (trial(0.01) + trial(3 * 0.02) + 1.5)).toBeCloseTo(1, 1);
});

it('measures one kind of each backbone first, with another scenario each, and takes the others by the same scenario', async () => {
  const sweep =
    'parameters: {model.backbone: {values: [mobilenet_v2, resnet50]}, model.scenario: {values: [feature_extraction, full_fine_tune]}}';
  const { kinds, measured, seconds } = await costOf(sweep, dataset(), { trials: 4, patience: 40 });
  expect({ kinds, measured }).toEqual({ kinds: 4, measured: ['feature_extraction', 'full_fine_tune'] });
  // ResNet50 takes 3.86e9 multiply-adds an image (keras.io says 4.1e9 with its classifier), MobileNetV2 0.3e9.
  const times = 3.86 / 0.3;
  const heads = trial(0.01) + trial((0.01 * 2048) / 1280) + 1.5 * (1 + times);
  expect(seconds / (heads + trial(0.1) + trial(0.1 / times))).toBeCloseTo(1, 1);
});

it('measures each way in which an ONNX file is taken', async () => {
  const outputs = 'model.input.output: {values: [features, pool]}';
  const text = `model: {backbone: net.onnx}\nparameters: {${outputs}}`;
  expect(await costOf(text, dataset(), { trials: 2 })).toMatchObject({ kinds: 2 });
});

it('says what one trial takes where nobody knows how many there will be', async () => {
  const endless = { trials: Number.POSITIVE_INFINITY };
  const text = 'method: random\nparameters: {training.learning_rate: {min: 0.1, max: 0.2}}';
  expect((await costOf(text, dataset(), endless)).seconds).toBeCloseTo(trial(0.01) + 1.5);
});

it('counts what augmentation makes anew in each epoch, and mixed images of which nothing is kept', async () => {
  const one = { trials: 1 };
  const views = await costOf('augmentation: true', dataset(), one);
  // Training images are never seen as they are.
  expect(views.seconds).toBeCloseTo(trial(0.01, 0.02) + 0.7);
  const text = 'augmentation: true\nparameters: {augmentation.mixup_alpha: {values: [0, 0.2]}}';
  const both = await costOf(text, dataset(), { trials: 2 });
  expect(both.kinds).toBe(2);
  expect(both.seconds).toBeCloseTo(trial(0.01, 0.02) + trial(0.1) + 2 * 0.7);
});

it('counts views once for all trials that share them, and for each augmentation and seed, and each trial where none are kept', async () => {
  // Ten epochs of 80 images at 20 ms, and 70 images to evaluate, whatever the batches.
  const each = 10 * 80 * 0.02;
  const ofHead = trial(0.01);
  const views = async (sweep: string, trials = 4) =>
    (await costOf(`augmentation: {rotation_range: 5}\nparameters: {${sweep}}`, dataset(), { trials }))
      .seconds;
  const heads = 'model.head_units: {values: [1, 2]}, training.batch_size: {values: [8, 16]}';
  expect(await views(heads)).toBeCloseTo(4 * ofHead + 0.7 + each);
  expect(await views('model.head_units: {values: [1, 2]}, training.seed: {values: [1, 2]}')).toBeCloseTo(
    4 * ofHead + 0.7 + 2 * each,
  );
  expect(await views('augmentation.rotation_range: {values: [5, 10, 20]}', 3)).toBeCloseTo(
    3 * ofHead + 0.7 + 3 * each,
  );
  vi.stubEnv('THAW_CACHE_LIMIT', '0');
  expect(await views(heads)).toBeCloseTo(4 * (ofHead + each) + 0.7);
  vi.unstubAllEnvs();
});

it('counts each view of an image that is evaluated, those of test images as often as they are opened', async () => {
  const dihedral = 'evaluation: {test_time_augmentation: dihedral}';
  const { seconds } = await costOf(dihedral, dataset(), { trials: 1 });
  expect(seconds).toBeCloseTo(trial(0.01, 0, 8) + 0.01 * (80 + 8 * 70));
  const swept = 'parameters: {evaluation.test_time_augmentation: {values: [none, flips]}}';
  const both = await costOf(swept, dataset(), { trials: 2 });
  expect(both).toMatchObject({ kinds: 1 });
  expect(both.seconds).toBeCloseTo(trial(0.01) + trial(0.01, 0, 4) + 0.01 * (80 + 4 * 70));
  const [best, sealed] = await Promise.all(
    ['best', 'sealed'].map((test) => costOf(`test: ${test}\n${swept}`, dataset(), { trials: 2 })),
  );
  const ofTest = (0.01 * 50) / 3;
  expect(both.seconds - best!.seconds).toBeCloseTo((ofTest * (1 + 4)) / 2);
  expect(both.seconds - sealed!.seconds).toBeCloseTo(ofTest * (1 + 4) + 0.01 * 4 * 50);
});
