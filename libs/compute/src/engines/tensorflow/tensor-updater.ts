import type { OptimizerState, TrainerOptions } from '../../engine.ts';
import { decaysOf, rateFactorsOf } from '../../update-options.ts';
import { ruleStateCount, stateCount } from '../../updates/update-rules.ts';
import { clipTensors } from './clip-tensors.ts';
import { tidy, type AnyTensor, type TensorFlow, type Vector } from './kernels.ts';
import { updateTensors } from './tensor-update.ts';
import type { WeightVector } from './weight-vector.ts';

type Tensors = Readonly<Record<string, AnyTensor>>;

/** What `updates/create-updater.ts` does, on tensors. */
export class TensorUpdater {
  readonly #tf: TensorFlow;
  readonly #layout: WeightVector;
  readonly #options: TrainerOptions;
  /** A weight moves once in so many steps. */
  readonly #steps: number;
  /** Of every weight, or one of all. */
  readonly #decay: Vector | number;
  readonly #rateFactor: Vector | number;
  #weights: Vector;
  #state: readonly Vector[];
  /** Of gradients since weights last moved, and their moving average, where there are any. */
  #sum: Vector | null;
  #average: Vector | null;
  #iteration: number;

  /** Starts from a state where the options have one; `weights` are the updater's from here on. */
  constructor(tf: TensorFlow, layout: WeightVector, weights: Vector, options: TrainerOptions) {
    this.#tf = tf;
    this.#layout = layout;
    this.#options = options;
    this.#weights = weights;
    this.#steps = options.update?.accumulationSteps ?? 1;
    this.#decay = layout.perWeight(decaysOf(layout.keys, options.update ?? {}));
    this.#rateFactor = layout.perWeight(rateFactorsOf(layout.keys, options.update ?? {}));
    this.#iteration = options.state?.iteration ?? 0;
    const own = ruleStateCount(options.optimizer);
    const remembered = this.#remembered();
    this.#state = remembered.slice(0, own);
    this.#sum = (this.#steps > 1 ? remembered[own] : null) ?? null;
    this.#average = (options.update?.emaMomentum === undefined ? null : remembered.at(-1)) ?? null;
  }

  get iteration(): number {
    return this.#iteration;
  }

  /** The moving averages, null where there are none or no weight has moved. */
  get average(): Vector | null {
    return this.#iteration < this.#steps ? null : this.#average;
  }

  /** Takes the gradients of a step at these weights; the weights that it makes of them, null where it waits for more gradients. */
  update(gradients: Tensors, weights: Tensors, learningRate: number): Tensors | null {
    const tf = this.#tf;
    this.#iteration++;
    const gradient = this.#gathered(gradients, weights);
    if (gradient === null) return null;
    const moves = this.#iteration / this.#steps;
    const factor = this.#rateFactor;
    const rate =
      typeof factor === 'number' ? learningRate * factor : (tf.mul(factor, learningRate) as Vector);
    const moved = updateTensors(
      tf,
      this.#options.optimizer,
      { weights: this.#weights, state: this.#state, gradient },
      { learningRate: rate, iteration: moves, decay: this.#decay },
    );
    tf.dispose([gradient, this.#weights, ...this.#state]);
    if (typeof rate !== 'number') rate.dispose();
    this.#weights = moved.weights;
    this.#state = moved.state;
    this.#renewAverage(moves);
    return this.#layout.split(this.#weights);
  }

  async state(): Promise<OptimizerState> {
    const parts = await Promise.all(this.#vectors.map((vector) => this.#layout.read(vector)));
    const slots = this.#layout.keys.map((key) => [key, parts.map((each) => each.get(key)!)] as const);
    return { iteration: this.#iteration, slots: new Map(slots) };
  }

  dispose(): void {
    this.#tf.dispose([this.#weights, ...this.#vectors]);
    for (const each of [this.#decay, this.#rateFactor]) if (typeof each !== 'number') each.dispose();
  }

  /** All that is remembered, in the order in which `OptimizerState` has it. */
  get #vectors(): Vector[] {
    return [...this.#state, ...[this.#sum, this.#average].filter((vector) => vector !== null)];
  }

  /** Vectors as long as that of the weights: zeros, or what a state has. */
  #remembered(): Vector[] {
    const tf = this.#tf;
    const { optimizer, update, state } = this.#options;
    const places = Array.from({ length: stateCount(optimizer, update) }, (_, i) => i);
    if (!state || state.iteration === 0) return places.map(() => tf.zerosLike(this.#weights));
    return places.map((place) =>
      tidy(tf, () => {
        const parts = this.#layout.keys.map((key) => {
          const slot = state.slots.get(key)?.[place];
          if (!slot) throw new RangeError(`no optimiser state of ${key}`);
          return [key, tf.tensor(slot)] as const;
        });
        return this.#layout.join(Object.fromEntries(parts));
      }),
    );
  }

  /** The gradient that the weights move by, null where more steps are to give theirs. */
  #gathered(gradients: Tensors, weights: Tensors): Vector | null {
    const tf = this.#tf;
    const before = this.#sum;
    if (!before) return tidy(tf, () => this.#changed(gradients, weights));
    const sum = tidy(tf, () => tf.add(before, this.#layout.join(gradients))) as Vector;
    before.dispose();
    const complete = this.#iteration % this.#steps === 0;
    this.#sum = complete ? tf.zerosLike(sum) : sum;
    if (!complete) return null;
    const mean = () => this.#layout.split(tf.div(sum, this.#steps) as Vector);
    const gradient = tidy(tf, () => this.#changed(mean(), weights));
    sum.dispose();
    return gradient;
  }

  /** Gradients with the slopes of the L2 penalties, clipped. */
  #changed(gradients: Tensors, weights: Tensors): Vector {
    const tf = this.#tf;
    const { update = {} } = this.#options;
    const slopes = [...(update.penalties ?? [])].flatMap(([key, penalty]) =>
      key in gradients ? [[key, tf.add(gradients[key]!, tf.mul(weights[key]!, 2 * penalty))] as const] : [],
    );
    return this.#layout.join(clipTensors(tf, { ...gradients, ...Object.fromEntries(slopes) }, update));
  }

  #renewAverage(moves: number): void {
    const tf = this.#tf;
    const before = this.#average;
    const momentum = this.#options.update?.emaMomentum;
    if (!before || momentum === undefined) return;
    const renewed = () => tf.add(tf.mul(before, momentum), tf.mul(this.#weights, 1 - momentum)) as Vector;
    this.#average = moves === 1 ? tf.clone(this.#weights) : tidy(tf, renewed);
    before.dispose();
  }
}
