import type { OptimizerState, Trainer, TrainerOptions } from '../../engine.ts';
import type { Network, Weights } from '../../network.ts';
import { tensor, type Tensor } from '../../tensor.ts';
import { decaysOf } from '../../update-options.ts';
import { stateCount } from '../../updates/update-rules.ts';
import { penaltyOf } from '../../updates/penalties.ts';
import { dropoutMask, dropoutsOf } from '../dropout-mask.ts';
import { planSteps, type DropoutStep } from '../steps.ts';
import { clipTensors } from './clip-tensors.ts';
import { tidy, type AnyTensor, type Image, type Matrix, type Vector } from './kernels.ts';
import type { Runtime } from './runtime.ts';
import { updateTensors } from './tensor-update.ts';
import { NetworkPass, type PassResult } from './network-pass.ts';

/** Trains with TensorFlow.js. The weights that train lie in one vector, so that an update is a handful of operations. */
export class TensorflowTrainer implements Trainer {
  readonly #runtime: Runtime;
  readonly #options: TrainerOptions;
  readonly #initial: Weights;
  readonly #momentum: ReadonlyMap<string, number>;
  /** The weights that train, in the order in which they lie in the vector. */
  readonly #trained: readonly string[];
  /** All weights as tensors; those that train are parts of the vector. */
  readonly #tensors = new Map<string, AnyTensor>();
  readonly #pass: NetworkPass;
  readonly #dropouts: readonly DropoutStep[];
  #weights: Vector;
  #state: readonly Vector[];
  /** Of every weight, or one of all. */
  readonly #decay: Vector | number;
  #iteration: number;

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
    this.#trained = [...weights.keys()].filter(
      (key) => options.trainable.has(layerOf(key)) && !key.includes('/moving_'),
    );
    for (const [key, { shape, data }] of weights) this.#tensors.set(key, tf.tensor(data, [...shape]));
    this.#weights = this.#join(this.#tensors);
    this.#iteration = options.state?.iteration ?? 0;
    this.#state = this.#vectors(options);
    this.#decay = this.#perWeight(decaysOf(this.#trained, options.update ?? {}));
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
    const iteration = ++this.#iteration;
    const result = tidy(tf, () => {
      const truth = tf.tensor(labels.data, [...labels.shape]) as AnyTensor as Matrix;
      const weights = sampleWeights && tf.tensor2d(sampleWeights, [sampleWeights.length, 1]);
      const masks = this.#masks(inputs.shape[0]!, iteration);
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

  async weights(): Promise<Weights> {
    const current = new Map(this.#initial);
    for (const [key, { shape }] of this.#initial) {
      const moves = this.#trained.includes(key) || this.#momentum.has(layerOf(key));
      if (!moves) continue;
      current.set(key, tensor(shape, ((await this.#tensors.get(key)!.data()) as Float32Array).slice()));
    }
    return current;
  }

  async optimizerState(): Promise<OptimizerState> {
    const vectors = await Promise.all(this.#state.map((vector) => vector.data() as Promise<Float32Array>));
    let end = 0;
    const slots = this.#trained.map((key) => {
      const start = end;
      end += this.#initial.get(key)!.data.length;
      return [key, vectors.map((vector) => vector.slice(start, end))] as const;
    });
    return { iteration: this.#iteration, slots: new Map(slots) };
  }

  async dispose(): Promise<void> {
    this.#pass.dispose();
    const { tf } = this.#runtime;
    tf.dispose([this.#weights, ...this.#state, ...this.#tensors.values()]);
    if (typeof this.#decay !== 'number') this.#decay.dispose();
    this.#tensors.clear();
  }

  /** The optimiser's vectors, each as long as that of the weights. */
  #vectors({ optimizer, state }: TrainerOptions): Vector[] {
    const { tf } = this.#runtime;
    const places = Array.from({ length: stateCount(optimizer) }, (_, i) => i);
    if (!state || state.iteration === 0) return places.map(() => tf.zerosLike(this.#weights));
    return places.map((place) => {
      const parts = this.#trained.map((key) => {
        const slot = state.slots.get(key)?.[place];
        if (!slot) throw new RangeError(`no optimiser state of ${key}`);
        return [key, tf.tensor(slot)] as const;
      });
      const joined = this.#join(new Map(parts));
      tf.dispose(parts.map(([, part]) => part));
      return joined;
    });
  }

  #update(gradients: PassResult['gradients'], learningRate: number): void {
    if (this.#trained.length === 0) return;
    const { tf } = this.#runtime;
    const gradient = tidy(tf, () => {
      const clipped = clipTensors(tf, this.#penalized(gradients), this.#options.update ?? {});
      return this.#join(new Map(Object.entries(clipped)));
    });
    tf.dispose(gradients);
    const { weights, state } = updateTensors(
      tf,
      this.#options.optimizer,
      { weights: this.#weights, state: this.#state, gradient },
      { learningRate, iteration: this.#iteration, decay: this.#decay },
    );
    tf.dispose([gradient, this.#weights, ...this.#state]);
    this.#weights = weights;
    this.#state = state;
    const shapes = this.#trained.map((key) => [...this.#initial.get(key)!.shape]);
    const sizes = this.#trained.map((key) => this.#initial.get(key)!.data.length);
    const parts = tidy(tf, () => tf.split(weights, sizes).map((part, i) => tf.reshape(part, shapes[i]!)));
    this.#trained.forEach((key, i) => this.#replace(key, parts[i]!));
  }

  /** With the slopes of the L2 penalties. */
  #penalized(gradients: PassResult['gradients']): PassResult['gradients'] {
    const { tf } = this.#runtime;
    const penalties = [...(this.#options.update?.penalties ?? [])].filter(([key]) => key in gradients);
    const slopes = penalties.map(([key, penalty]) => {
      const slope = tf.mul(this.#tensors.get(key)!, 2 * penalty);
      return [key, tf.add(gradients[key]!, slope)] as const;
    });
    return { ...gradients, ...Object.fromEntries(slopes) };
  }

  #masks(batch: number, iteration: number): ReadonlyMap<string, Matrix> {
    const { seed } = this.#options;
    const masks = this.#dropouts.map((step) => {
      const { shape, data } = dropoutMask(step, batch, { seed, iteration });
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

  /** One value for each weight that trains, as long as the vector of the weights; a number where all are equal. */
  #perWeight(values: readonly number[]): Vector | number {
    const { tf } = this.#runtime;
    if (new Set(values).size <= 1) return values[0] ?? 0;
    return tidy(tf, () =>
      tf.concat(
        values.map((value, i) => tf.fill([this.#initial.get(this.#trained[i]!)!.data.length], value)),
      ),
    ) as Vector;
  }

  #replace(key: string, value: AnyTensor): void {
    this.#tensors.get(key)!.dispose();
    this.#tensors.set(key, value);
  }

  /** The tensors of the weights that train, one behind the other. */
  #join(tensors: ReadonlyMap<string, AnyTensor>): Vector {
    const { tf } = this.#runtime;
    return tidy(tf, () => {
      const parts = this.#trained.map((key) => tf.reshape(tensors.get(key)!, [-1]) as Vector);
      return parts.length === 0 ? tf.tensor1d([]) : tf.concat(parts);
    });
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
