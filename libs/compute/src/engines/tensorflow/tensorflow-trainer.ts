import type { OptimizerState, Trainer, TrainerOptions } from '../../engine.ts';
import type { Network, Weights } from '../../network.ts';
import { tensor, type Tensor } from '../../tensor.ts';
import { penaltyOf } from '../../updates/penalties.ts';
import { dropoutMask, dropoutsOf } from '../dropout-mask.ts';
import { planSteps } from '../plan-steps.ts';
import type { DropoutStep } from '../steps.ts';
import { tidy, type AnyTensor, type Image, type Matrix, type Vector } from './kernels.ts';
import { NetworkPass, type PassResult } from './network-pass.ts';
import type { Runtime } from './runtime.ts';
import { TensorUpdater } from './tensor-updater.ts';
import { WeightVector } from './weight-vector.ts';

/** Trains with TensorFlow.js. */
export class TensorflowTrainer implements Trainer {
  readonly #runtime: Runtime;
  readonly #options: TrainerOptions;
  readonly #initial: Weights;
  readonly #momentum: ReadonlyMap<string, number>;
  /** The weights that train. */
  readonly #layout: WeightVector;
  readonly #updater: TensorUpdater;
  /** All weights as tensors. */
  readonly #tensors = new Map<string, AnyTensor>();
  readonly #pass: NetworkPass;
  readonly #dropouts: readonly DropoutStep[];

  constructor(runtime: Runtime, network: Network, weights: Weights, options: TrainerOptions) {
    const { tf } = runtime;
    this.#runtime = runtime;
    this.#options = options;
    this.#initial = weights;
    const norms = network.layers.filter((layer) => layer.type === 'BatchNormalization');
    this.#momentum = new Map(
      norms
        .filter(({ name }) => options.trainable.has(name))
        .map(({ name, momentum }) => [name, momentum] as const),
    );
    const trained = [...weights.keys()].filter(
      (key) => options.trainable.has(layerOf(key)) && !key.includes('/moving_'),
    );
    for (const [key, { shape, data }] of weights) this.#tensors.set(key, tf.tensor(data, [...shape]));
    this.#layout = new WeightVector(tf, trained, weights);
    const joined = this.#layout.join(Object.fromEntries(this.#tensors));
    this.#updater = new TensorUpdater(tf, this.#layout, joined, options);
    const weight = (layer: string, name: string) => {
      const found = this.#tensors.get(`${layer}/${name}`);
      if (!found) throw new RangeError(`no weight ${layer}/${name}`);
      return found as Image | Vector;
    };
    this.#pass = new NetworkPass(runtime, network, options.trainable, weight);
    this.#dropouts = dropoutsOf(planSteps(network));
    requireSoftmax(network);
  }

  async step(
    inputs: Tensor,
    labels: Tensor,
    learningRate: number,
    sampleWeights: Float32Array | null = null,
  ): Promise<Tensor> {
    const { tf } = this.#runtime;
    const result = tidy(tf, () => {
      const truth = tf.tensor(labels.data, [...labels.shape]) as AnyTensor as Matrix;
      const weights = sampleWeights && tf.tensor2d(sampleWeights, [sampleWeights.length, 1]);
      const masks = this.#masks(inputs.shape[0]!, this.#updater.iteration + 1);
      return this.#pass.run(tf.tensor(inputs.data, [...inputs.shape]), truth, { weights, masks });
    });
    this.#update(result.gradients, learningRate);
    this.#moveStatistics(result.statistics);
    const { probabilities } = result;
    const data = (await probabilities.data()) as Float32Array;
    probabilities.dispose();
    return tensor(labels.shape, data.slice());
  }

  async penalty(): Promise<number> {
    const { trainable, update } = this.#options;
    const keys = [...(update?.penalties?.keys() ?? [])];
    const values = await Promise.all(keys.map((key) => this.#tensors.get(key)!.data()));
    return penaltyOf(update?.penalties, trainable, (key) => values[keys.indexOf(key)] as Float32Array);
  }

  async weights(kind: 'current' | 'averaged' = 'current'): Promise<Weights> {
    const current = new Map(this.#initial);
    const { average } = this.#updater;
    const averages = kind === 'averaged' && average !== null ? await this.#layout.read(average) : null;
    for (const [key, { shape }] of this.#initial) {
      const moves = this.#layout.keys.includes(key) || this.#momentum.has(layerOf(key));
      if (!moves) continue;
      const value = averages?.get(key) ?? ((await this.#tensors.get(key)!.data()) as Float32Array).slice();
      current.set(key, tensor(shape, value));
    }
    return current;
  }

  optimizerState(): Promise<OptimizerState> {
    return this.#updater.state();
  }

  async dispose(): Promise<void> {
    this.#pass.dispose();
    this.#updater.dispose();
    this.#runtime.tf.dispose([...this.#tensors.values()]);
    this.#tensors.clear();
  }

  #update(gradients: PassResult['gradients'], learningRate: number): void {
    if (this.#layout.keys.length === 0) return;
    const moved = this.#updater.update(gradients, Object.fromEntries(this.#tensors), learningRate);
    this.#runtime.tf.dispose(gradients);
    for (const [key, part] of Object.entries(moved ?? {})) this.#replace(key, part);
  }

  #masks(batch: number, iteration: number): ReadonlyMap<string, Matrix> {
    const masks = this.#dropouts.map((step) => {
      const { shape, data } = dropoutMask(step, batch, this.#options, iteration);
      return [step.layer.name, this.#runtime.tf.tensor(data, [...shape]) as AnyTensor as Matrix] as const;
    });
    return new Map(masks);
  }

  #moveStatistics(statistics: PassResult['statistics']): void {
    const { tf } = this.#runtime;
    for (const [layer, { mean, variance }] of Object.entries(statistics)) {
      const momentum = this.#momentum.get(layer)!;
      const moved = (name: string, value: Vector) => {
        const key = `${layer}/${name}`;
        const old = this.#tensors.get(key)!;
        this.#replace(
          key,
          tidy(tf, () => tf.add(tf.mul(old, momentum), tf.mul(value, 1 - momentum))),
        );
      };
      moved('moving_mean', mean);
      moved('moving_variance', variance);
      tf.dispose([mean, variance]);
    }
  }

  #replace(key: string, value: AnyTensor): void {
    this.#tensors.get(key)!.dispose();
    this.#tensors.set(key, value);
  }
}

function layerOf(key: string): string {
  return key.slice(0, key.lastIndexOf('/'));
}

function requireSoftmax({ layers }: Network): void {
  const last = layers.at(-1);
  if (last?.type !== 'Dense' || last.activation !== 'softmax') {
    throw new RangeError('a network that trains must end in a Dense layer with softmax');
  }
}
