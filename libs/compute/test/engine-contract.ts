import { Random } from '@thaw/base';
import { describe, expect, test } from 'vitest';
import type { Engine } from '../src/engine.ts';
import type { Network, Weights } from '../src/network.ts';
import { adam, lion, rmsprop, sgd, type Optimizer } from '../src/optimizer.ts';
import { tensor, type Tensor } from '../src/tensor.ts';
import type { UpdateOptions } from '../src/update-options.ts';
import {
  conv,
  dense,
  excitable,
  largestDifference,
  manySided,
  norm,
  randomBatch,
  randomWeights,
  residual,
} from './networks.ts';
import { portableEngine } from './support/portable-engine.ts';

/**
 * What engines may differ by. They add the same float32 numbers in different orders, which is 1e-6 after 20 steps at this
 * size (measured: at most 1.5e-6); a wrong gradient, a moving statistic by another rule or a batch norm that does not freeze is 1e-3
 * and more after fewer.
 */
const tolerance = 2e-5;

const steps = 12;
const everything = layersThat(() => true);
const withoutNorms = layersThat((name) => !name.endsWith('_bn'));
const headAlone = new Set(['hidden', 'predictions']);
/** Batch norm trains behind one that is frozen, and a frozen convolution has both neighbours training. */
const some = new Set(['depthwise', 'depthwise_bn', 'expand', 'strided_bn', 'hidden']);
/** Its tiny epsilon turns the rounding errors of gradients that batch norm makes zero into full steps. */
const calmAdam: Optimizer = { ...adam, epsilon: 1e-3 };

const cases: [
  name: string,
  trainable: ReadonlySet<string>,
  optimizer: Optimizer,
  rate: number,
  update?: UpdateOptions,
][] = [
  ['all layers, training batch norm, adam', everything, calmAdam, 1e-3],
  ['all layers, training batch norm, sgd with momentum', everything, { ...sgd, momentum: 0.9 }, 0.01],
  ['frozen batch norm, adam', withoutNorms, calmAdam, 1e-3],
  ['frozen batch norm, sgd with nesterov', withoutNorms, { ...sgd, momentum: 0.9, nesterov: true }, 0.01],
  ['frozen batch norm, rmsprop', withoutNorms, { ...rmsprop, epsilon: 1e-3 }, 1e-3],
  ['some layers, rmsprop with momentum', some, { ...rmsprop, momentum: 0.9, epsilon: 1e-3 }, 1e-3],
  [
    'all layers, adam with weight decay of kernels',
    everything,
    calmAdam,
    1e-3,
    { weightDecay: 5, weightDecayExclude: ['bias', 'gamma', 'beta'] },
  ],
  ['some layers, adam, each gradient clipped to a norm', some, calmAdam, 1e-3, { clipnorm: 0.1 }],
  ['frozen batch norm, sgd, gradients clipped together', withoutNorms, sgd, 0.05, { globalClipnorm: 0.5 }],
  ['frozen batch norm, sgd, values clipped', withoutNorms, sgd, 0.05, { clipvalue: 0.05 }],
  [
    'some layers, adam, moving averages of gradients that are gathered from three steps',
    some,
    calmAdam,
    1e-3,
    { accumulationSteps: 3, emaMomentum: 0.8, clipnorm: 0.5, weightDecay: 1 },
  ],
  [
    'some layers, adam, one at another rate, with weight decay',
    some,
    calmAdam,
    1e-2,
    { learningRateFactors: new Map([['expand', 0.1]]), weightDecay: 1 },
  ],
  ['frozen batch norm, sgd, moving averages', withoutNorms, sgd, 0.01, { emaMomentum: 0.8 }],
  ['the head alone, lion with weight decay', headAlone, lion, 1e-3, { weightDecay: 5 }],
  ['the head alone, sgd', headAlone, sgd, 0.05],
];

interface Trained {
  readonly losses: readonly number[];
  readonly probabilities: readonly Tensor[];
  readonly weights: Weights;
  readonly averaged: Weights;
  readonly predictions: Tensor;
}

/**
 * What every engine promises. The reference is portable ONNX, which keeps to what Keras computes (`test/training-steps.test.ts`);
 * `test/gradients.test.ts` holds each engine's gradients against float64.
 */
export function engineContract(name: string, engine: Engine): void {
  const trained = remembering(engine);

  describe(`the engine contract: ${name}`, () => {
    test.each(cases)(
      'loses, predicts and exports after 12 steps what the reference does: %s',
      async (_, trainable, optimizer, rate, update) => {
        const options = { trainable, optimizer, update, rate, sizes: sizesOf(steps) };
        const [given, expected] = [await trained(options), await reference(options)];
        given.losses.forEach((loss, i) => {
          expect(Math.abs(loss - expected.losses[i]!), `loss of step ${i + 1}`).toBeLessThan(tolerance);
        });
        expect(largestDifference(given.predictions, expected.predictions)).toBeLessThan(tolerance);
        for (const [key, value] of expected.averaged) {
          expect(largestDifference(given.averaged.get(key)!, value), key).toBeLessThan(tolerance);
        }
        const before = randomWeights(manySided, new Random('weights'));
        expect([...given.weights.keys()]).toEqual([...before.keys()]);
        for (const [key, value] of expected.weights) {
          expect(largestDifference(given.weights.get(key)!, value), key).toBeLessThan(tolerance);
          // Kernels alone: batch norm in training cancels whatever shifts a channel in front of it.
          if (!trainable.has(layerOf(key)) || !key.endsWith('kernel')) continue;
          expect(largestDifference(given.weights.get(key)!, before.get(key)!), key).toBeGreaterThan(1e-3);
        }
      },
    );

    test.each([
      ['excites, activates and standardises: all layers', excitable, () => true],
      ['excites and activates: frozen batch norm', excitable, (name: string) => !name.endsWith('_bn')],
      [
        'excites and activates: some layers',
        excitable,
        (name: string) => /^(first_expand|second_reduce|strided|predictions)$/.test(name),
      ],
      ['pools, and joins a shortcut: all layers', residual, () => true],
      ['pools, and joins a shortcut: frozen batch norm', residual, (name: string) => !name.endsWith('_bn')],
      ['joins images, and pools their means: all layers', dense, () => true],
      [
        'joins images, and pools their means: some layers',
        dense,
        (name: string) => /^(second_(grow|reduce_bn)|third_begin_bn|predictions)$/.test(name),
      ],
    ] as const)('does as the reference does where it %s', async (_, network, isTrained) => {
      const names = network.layers.filter(({ type }) => type !== 'Normalization').map(({ name }) => name);
      const trainable = new Set(names.filter(isTrained));
      const options = { trainable, optimizer: calmAdam, rate: 1e-3, sizes: [8, 3, 8], network };
      const [given, expected] = [await train(engine, options), await reference(options)];
      const before = randomWeights(network, new Random('weights'));
      for (const [key, value] of expected.weights) {
        expect(largestDifference(given.weights.get(key)!, value), key).toBeLessThan(tolerance);
        const isStatistic = /\/moving_/.test(key);
        const trains = trainable.has(layerOf(key)) && !isStatistic;
        // Batch norm in training cancels a bias in front of it.
        if (trains && key.endsWith('kernel'))
          expect(largestDifference(given.weights.get(key)!, before.get(key)!), key).toBeGreaterThan(0);
        else if (!trains && !isStatistic) expect(given.weights.get(key), key).toEqual(before.get(key));
      }
      expect(largestDifference(given.predictions, expected.predictions)).toBeLessThan(tolerance);
    });

    test('leaves what does not train bit for bit, and moves the statistics of batch norm that does', async () => {
      const before = randomWeights(manySided, new Random('weights'));
      const { weights } = await train(engine, { trainable: some, optimizer: sgd, rate: 0.05, sizes: [4, 3] });
      for (const [key, { data }] of weights) {
        const same = Buffer.from(data.buffer).equals(Buffer.from(before.get(key)!.data.buffer));
        expect(same, key).toBe(!some.has(layerOf(key)));
      }
    });

    test('gives the same probabilities in training as in inference when batch norm is frozen', async () => {
      const weights = randomWeights(manySided, new Random('weights'));
      const { inputs } = randomBatch(manySided, 8, new Random('batch', 0));
      const options = { trainable: withoutNorms, optimizer: sgd, rate: 0.05, sizes: [8] };
      const { probabilities } = await train(engine, options);
      const predictor = await engine.predictor(manySided, weights);
      expect(largestDifference(await predictor.predict(inputs), probabilities[0]!)).toBeLessThan(1e-5);
      await predictor.dispose();
    });

    test('counts each image by its weight', async () => {
      const probability = async (sampleWeights: Float32Array | null, given: Engine) => {
        const weights = randomWeights(manySided, new Random('weights'));
        const trainer = await given.trainer(manySided, weights, { trainable: withoutNorms, optimizer: sgd });
        const { inputs, labels } = randomBatch(manySided, 4, new Random('batch'));
        await trainer.step(inputs, labels, 0.2, sampleWeights);
        const moved = await trainer.weights();
        await trainer.dispose();
        return moved.get('predictions/bias')!;
      };
      const weights = new Float32Array([2, 0, 1, 0.5]);
      const [given, expected] = [
        await probability(weights, engine),
        await probability(weights, portableEngine),
      ];
      expect(largestDifference(given, expected)).toBeLessThan(tolerance);
      expect(largestDifference(given, await probability(null, engine))).toBeGreaterThan(1e-3);
      const ones = await probability(new Float32Array(4).fill(1), engine);
      expect(ones).toEqual(await probability(null, engine));
    });

    test('predicts each image by itself, whatever the batch', async () => {
      const weights = randomWeights(manySided, new Random('weights'));
      const { inputs } = randomBatch(manySided, 5, new Random('batch', 0));
      const predictor = await engine.predictor(manySided, weights);
      const together = await predictor.predict(inputs);
      const size = inputs.data.length / 5;
      for (let i = 0; i < 5; i++) {
        const image = tensor([1, ...manySided.input.shape], inputs.data.slice(i * size, (i + 1) * size));
        const alone = await predictor.predict(image);
        const expected = tensor([1, 3], together.data.slice(i * 3, (i + 1) * 3));
        expect(largestDifference(alone, expected)).toBeLessThan(1e-6);
      }
      await predictor.dispose();
    });

    test.each([
      ['many-sided', manySided],
      ['excitable', excitable],
      ['residual', residual],
    ])('predicts by weights that pass what it does by those that stay: %s', async (_, network) => {
      for (const each of ['first', 'next']) {
        const weights = randomWeights(network, new Random(each));
        const predictors = [
          await engine.predictor(network, weights),
          await engine.predictor(network, weights, { passing: true }),
        ] as const;
        for (const size of [5, 2]) {
          const { inputs } = randomBatch(network, size, new Random('batch', size));
          const [stays, passes] = [await predictors[0].predict(inputs), await predictors[1].predict(inputs)];
          expect(largestDifference(passes, stays)).toBeLessThan(1e-5);
        }
        for (const predictor of predictors) await predictor.dispose();
      }
    });

    test.each(cases)(
      'goes on from its weights and optimiser state bit for bit as if it had not stopped: %s',
      async (_, trainable, optimizer, rate, update) => {
        const options = { trainable, optimizer, update, rate, sizes: sizesOf(steps) };
        const whole = await trained(options);
        const parted = await train(engine, { ...options, stops: [0, 5, 8] });
        expect(parted.probabilities).toEqual(whole.probabilities);
        expect(parted.weights).toEqual(whole.weights);
        expect(parted.averaged).toEqual(whole.averaged);
      },
    );

    test('has moving averages of the weights that train, from their first move on, also right after it has gone on', async () => {
      const options = { trainable: some, optimizer: sgd, update: { emaMomentum: 0.5 } };
      const weights = randomWeights(manySided, new Random('weights'));
      let trainer = await engine.trainer(manySided, weights, options);
      expect(await trainer.weights('averaged')).toEqual(weights);
      const seen: number[] = [];
      const key = 'hidden/bias';
      for (let step = 0; step < 3; step++) {
        const { inputs, labels } = randomBatch(manySided, 4, new Random('batch', step));
        await trainer.step(inputs, labels, 0.1);
        seen.push((await trainer.weights()).get(key)!.data[0]!);
      }
      const [first, second, third] = seen as [number, number, number];
      const averaged = await trainer.weights('averaged');
      expect(averaged.get(key)!.data[0]).toBeCloseTo(first / 4 + second / 4 + third / 2, 6);
      const current = await trainer.weights();
      for (const [name, value] of current) {
        const isAveraged = some.has(layerOf(name)) && !name.includes('/moving_');
        if (!isAveraged) expect(averaged.get(name), name).toEqual(value);
      }
      const state = await trainer.optimizerState();
      await trainer.dispose();
      trainer = await engine.trainer(manySided, current, { ...options, state });
      expect(await trainer.weights('averaged')).toEqual(averaged);
      await trainer.dispose();
    });

    test('has the weights it was given before the first step', async () => {
      const weights = randomWeights(manySided, new Random('weights'));
      const trainer = await engine.trainer(manySided, weights, { trainable: everything, optimizer: sgd });
      expect(await trainer.weights()).toEqual(randomWeights(manySided, new Random('weights')));
      await trainer.dispose();
    });

    test('takes inputs that are features, and images that another network has made', async () => {
      const suffix: Network = {
        input: { name: 'activations', shape: [4, 5, 12] },
        layers: [
          norm('first_bn', 'activations'),
          conv('last', 'first_bn', 9, { kernelSize: 5, strides: 2, useBias: true }),
          { type: 'ReLU', name: 'last_relu', inputs: ['last'], maxValue: 2 },
          { type: 'GlobalAveragePooling2D', name: 'pool', inputs: ['last_relu'] },
          { type: 'Dense', name: 'predictions', inputs: ['pool'], units: 3, activation: 'softmax' },
        ],
      };
      const head: Network = {
        input: { name: 'features', shape: [7] },
        layers: [
          { type: 'Dense', name: 'hidden', inputs: ['features'], units: 4, activation: 'linear' },
          { type: 'Dense', name: 'predictions', inputs: ['hidden'], units: 3, activation: 'softmax' },
        ],
      };
      for (const network of [suffix, head]) {
        for (const frozen of ['first_bn', 'last', 'none']) {
          const trainable = new Set(
            network.layers.map((layer) => layer.name).filter((each) => each !== frozen),
          );
          const options = { trainable, optimizer: sgd, rate: 0.1, sizes: [4, 2, 4], network };
          const [given, expected] = [await train(engine, options), await reference(options)];
          for (const [key, value] of expected.weights) {
            expect(largestDifference(given.weights.get(key)!, value), key).toBeLessThan(tolerance);
          }
        }
      }
    });

    const featureHead: Network = {
      input: { name: 'features', shape: [7] },
      layers: [
        norm('first', 'features'),
        { type: 'Dropout', name: 'drop', inputs: ['first'], rate: 0.25 },
        { type: 'Dense', name: 'hidden', inputs: ['drop'], units: 5, activation: 'relu' },
        norm('second', 'hidden'),
        { type: 'Dropout', name: 'drop_1', inputs: ['second'], rate: 0.5 },
        { type: 'Dense', name: 'predictions', inputs: ['drop_1'], units: 3, activation: 'softmax' },
      ],
    };

    test.each(['none', 'first', 'second'])(
      'normalises and drops features as the reference does, and goes on bit for bit, with %s frozen',
      async (frozen) => {
        const names = featureHead.layers.map((layer) => layer.name).filter((each) => each !== frozen);
        const options = {
          ...{ trainable: new Set(names), optimizer: sgd, rate: 0.1, network: featureHead, seed: 3 },
          update: { penalties: new Map([['hidden/kernel', 0.1]]) },
          sizes: [8, 5, 1, 8, 8, 5],
        };
        const [given, expected] = [await train(engine, options), await reference(options)];
        for (const [key, value] of expected.weights) {
          expect(largestDifference(given.weights.get(key)!, value), key).toBeLessThan(tolerance);
        }
        expect(largestDifference(given.predictions, expected.predictions)).toBeLessThan(tolerance);
        const parted = await train(engine, { ...options, stops: [1, 4] });
        expect(parted.weights).toEqual(given.weights);
        const other = await train(engine, { ...options, seed: 4 });
        expect(other.weights).not.toEqual(given.weights);
      },
    );

    test('drops features in training alone, another draw each step, and keeps their mean', async () => {
      const head: Network = {
        input: { name: 'features', shape: [400] },
        layers: [
          { type: 'Dropout', name: 'drop', inputs: ['features'], rate: 0.3 },
          { type: 'Dense', name: 'predictions', inputs: ['drop'], units: 2, activation: 'softmax' },
        ],
      };
      const kernel = tensor([400, 2]);
      for (let i = 0; i < 400; i++) kernel.data[2 * i] = 1 / 400;
      const weights = new Map([
        ['predictions/kernel', kernel],
        ['predictions/bias', tensor([2])],
      ]);
      const inputs = tensor([50, 400], new Float32Array(20_000).fill(1));
      const logits = ({ data }: Tensor) =>
        Array.from({ length: 50 }, (_, i) => Math.log(data[2 * i]! / data[2 * i + 1]!));
      for (const passing of [false, true]) {
        const predictor = await engine.predictor(head, weights, { passing });
        for (const logit of logits(await predictor.predict(inputs))) expect(logit).toBeCloseTo(1, 5);
        await predictor.dispose();
      }
      const drawn: number[][] = [];
      for (const stepsBefore of [0, 1]) {
        const trainable = new Set(['predictions']);
        const trainer = await engine.trainer(head, weights, { trainable, optimizer: sgd, stepsBefore });
        for (let step = stepsBefore; step < 2; step++)
          drawn.push(logits(await trainer.step(inputs, tensor([50, 2]), 0)));
        await trainer.dispose();
      }
      // An optimiser that takes over goes on where the one before would have.
      expect(drawn.pop()).toEqual(drawn[1]);
      expect(drawn[0]).not.toEqual(drawn[1]);
      const all = drawn.flat();
      const mean = all.reduce((sum, logit) => sum + logit, 0) / 100;
      const variance = all.reduce((sum, logit) => sum + (logit - mean) ** 2, 0) / 100;
      // Of 400 values that are 1 / 0.7 with probability 0.7: mean 1, variance 0.3 / 0.7 / 400, itself within 14 % at 100 draws.
      expect(Math.abs(mean - 1)).toBeLessThan(0.01);
      expect(variance / (0.3 / 0.7 / 400)).toBeGreaterThan(0.6);
      expect(variance / (0.3 / 0.7 / 400)).toBeLessThan(1.5);
    });

    test('refuses to train a network that does not end in a softmax', async () => {
      const layers = manySided.layers.slice(0, -1);
      const network = { input: manySided.input, layers };
      const weights = randomWeights(network, new Random('weights'));
      const { inputs, labels } = randomBatch(network, 2, new Random('batch'));
      await expect(async () => {
        const trainer = await engine.trainer(network, weights, { trainable: everything, optimizer: sgd });
        await trainer.step(inputs, labels, 0.1);
      }).rejects.toThrow(new RangeError('a network that trains must end in a Dense layer with softmax'));
    });
  });
}

/** Batches of eight, each fourth of them the smaller one that ends an epoch. */
function sizesOf(count: number): number[] {
  return Array.from({ length: count }, (_, i) => (i % 4 === 3 ? 3 : 8));
}

/** What portable ONNX comes to, whichever engines of a test file are held against it. */
const reference = remembering(portableEngine);

/** Trains on an engine, each case once however many tests look at it. */
function remembering(engine: Engine): (options: TrainOptions) => Promise<Trained> {
  const known = new Map<string, Promise<Trained>>();
  return (options) => {
    const { trainable, update, ...others } = options;
    const maps = [update?.learningRateFactors, update?.penalties].map((map) => [...(map ?? [])]);
    const key = JSON.stringify([others, [...trainable], update, maps]);
    const trained = known.get(key) ?? train(engine, options);
    known.set(key, trained);
    return trained;
  };
}

interface TrainOptions {
  trainable: ReadonlySet<string>;
  optimizer: Optimizer;
  update?: UpdateOptions;
  seed?: number;
  rate: number;
  sizes: readonly number[];
  network?: Network;
  /** Steps before which another trainer takes over. */
  stops?: readonly number[];
}

async function train(engine: Engine, options: TrainOptions): Promise<Trained> {
  const { trainable, optimizer, update, seed, rate, sizes, network = manySided, stops = [] } = options;
  let trainer = await engine.trainer(network, randomWeights(network, new Random('weights')), {
    trainable,
    optimizer,
    update,
    seed,
  });
  const losses: number[] = [];
  const probabilities: Tensor[] = [];
  for (const [i, size] of sizes.entries()) {
    if (stops.includes(i)) {
      const [weights, state] = [await trainer.weights(), await trainer.optimizerState()];
      await trainer.dispose();
      trainer = await engine.trainer(network, weights, { trainable, optimizer, update, seed, state });
    }
    const { inputs, labels } = randomBatch(network, size, new Random('batch', i));
    const given = await trainer.step(inputs, labels, rate);
    probabilities.push(given);
    losses.push(-labels.data.reduce((sum, label, j) => sum + (label && Math.log(given.data[j]!)), 0) / size);
  }
  const [weights, averaged] = [await trainer.weights(), await trainer.weights('averaged')];
  await trainer.dispose();
  const predictor = await engine.predictor(network, weights);
  const predictions = await predictor.predict(randomBatch(network, 6, new Random('unseen')).inputs);
  await predictor.dispose();
  return { losses, probabilities, weights, averaged, predictions };
}

function layersThat(train: (name: string) => boolean): ReadonlySet<string> {
  return new Set(manySided.layers.map((layer) => layer.name).filter(train));
}

function layerOf(key: string): string {
  return key.slice(0, key.lastIndexOf('/'));
}
