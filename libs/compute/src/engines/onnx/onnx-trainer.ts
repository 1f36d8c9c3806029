import type { Tensor as OrtTensor } from 'onnxruntime-node';
import type { OptimizerState, Trainer, TrainerOptions } from '../../engine.ts';
import type { Network, Weights } from '../../network.ts';
import { tensor, type Tensor } from '../../tensor.ts';
import { gathersIn, type UpdateOptions } from '../../update-options.ts';
import { createUpdater } from '../../updates/create-updater.ts';
import { penaltyOf } from '../../updates/penalties.ts';
import type { Updater } from '../../updates/updater.ts';
import { dropoutMask, dropoutsOf } from '../dropout-mask.ts';
import { planSteps } from '../plan-steps.ts';
import type { DropoutStep } from '../steps.ts';
import { maskName } from './feature-steps.ts';
import { GraphSessions, type GraphSessionsOptions } from './graph-sessions.ts';
import { fromOrt, runSession, toOrt } from './session.ts';
import { resizeStored } from './stored-weights.ts';
import { names } from './training-graph.ts';
import type { TrainingWeight } from './training-weights.ts';

/** A weight as the graph stores it. */
interface Variable extends TrainingWeight {
  readonly data: Float32Array;
  /** The same memory as ONNX Runtime takes it. */
  readonly feed: OrtTensor;
}

/** Trains on ONNX Runtime: a graph gives probabilities and gradients, the optimiser moves the weights in place. */
export class OnnxTrainer implements Trainer {
  readonly #network: Network;
  readonly #options: TrainerOptions;
  readonly #initial: Weights;
  readonly #sessions: GraphSessions;
  readonly #dropouts: readonly DropoutStep[];
  #variables: readonly Variable[] = [];
  #updater: Updater | null = null;
  #feeds: Readonly<Record<string, OrtTensor>> = {};
  /** Outputs, and for gradients where the optimiser reads them. */
  #outputs: Readonly<Record<string, OrtTensor | null>> = {};
  #iteration: number;

  constructor(network: Network, weights: Weights, options: TrainerOptions, sessions: GraphSessionsOptions) {
    this.#network = network;
    this.#dropouts = dropoutsOf(planSteps(network));
    this.#options = options;
    const { trainable, update } = options;
    this.#sessions = new GraphSessions(network, { trainable, gathers: gathersIn(update) }, sessions);
    this.#initial = weights;
    this.#iteration = options.state?.iteration ?? 0;
  }

  async step(
    inputs: Tensor,
    labels: Tensor,
    learningRate: number,
    sampleWeights: Float32Array | null = null,
  ): Promise<Tensor> {
    const batch = inputs.shape[0]!;
    const { session, weights } = await this.#sessions.for(batch);
    this.#updater ??= this.#start(weights);
    const shares = sampleWeights?.map((weight) => weight / batch) ?? new Float32Array(batch).fill(1 / batch);
    const iteration = ++this.#iteration;
    const maskOf = (step: DropoutStep) => toOrt(dropoutMask(step, batch, this.#options, iteration));
    const masks = this.#dropouts.map((step) => [maskName(step.layer.name), maskOf(step)] as const);
    const feeds = {
      ...this.#feeds,
      ...Object.fromEntries(masks),
      [this.#network.input.name]: toOrt(inputs),
      [names.labels]: toOrt(labels),
      [names.shares]: toOrt(tensor([batch, 1], shares)),
    };
    const outputs = await runSession(session, feeds, this.#outputs);
    this.#updater.update(learningRate, iteration);
    for (const { key, data, momentum } of this.#variables) {
      if (momentum !== null) follow(data, fromOrt(outputs[names.statistic(key)]!).data, momentum);
    }
    return fromOrt(outputs[names.probabilities]!);
  }

  async penalty(): Promise<number> {
    return penaltyOf(this.#update.penalties, this.#options.trainable, (key) => {
      const moved = this.#variables.find((each) => each.key === key);
      return moved?.data ?? this.#initial.get(key)!.data;
    });
  }

  async weights(kind: 'current' | 'averaged' = 'current'): Promise<Weights> {
    const current = new Map(this.#initial);
    const wanted = kind === 'averaged' && this.#update.emaMomentum !== undefined && this.#hasMoved;
    const averages = wanted ? this.#updater?.averages : undefined;
    // Before the first step a state alone has them.
    const remembered = wanted && !this.#updater ? this.#options.state!.slots : [];
    for (const [key, slots] of remembered)
      current.set(key, tensor(current.get(key)!.shape, slots.at(-1)!.slice()));
    for (const [i, { key, data, dimensions }] of this.#variables.entries()) {
      const value = resizeStored(averages?.[i] ?? data, dimensions, 'plain');
      current.set(key, tensor(this.#initial.get(key)!.shape, value));
    }
    return current;
  }

  get #hasMoved(): boolean {
    return this.#iteration >= (this.#update.accumulationSteps ?? 1);
  }

  get #update(): UpdateOptions {
    return this.#options.update ?? {};
  }

  async optimizerState(): Promise<OptimizerState> {
    const updater = this.#updater;
    // Before the first step there is none yet.
    if (!updater) return { iteration: this.#iteration, slots: new Map(this.#options.state?.slots) };
    const slots = updater.states.map((states, i) => {
      const { key, dimensions } = this.#variables[i]!;
      return [key, states.map((state) => resizeStored(state, dimensions, 'plain'))] as const;
    });
    return { iteration: this.#iteration, slots: new Map(slots) };
  }

  dispose(): Promise<void> {
    return this.#sessions.giveBack();
  }

  /** Only what trains is the optimiser's; its weights come first. */
  #start(weights: readonly TrainingWeight[]): Updater {
    const trained = weights.filter(({ fate }) => fate === 'trained');
    const ordered = [...trained, ...weights.filter(({ fate }) => fate !== 'trained')];
    const stored = ordered.map(({ key, dimensions }) => {
      const initial = this.#initial.get(key);
      if (!initial) throw new RangeError(`no weight ${key}`);
      return resizeStored(initial.data, dimensions, 'stored');
    });
    const initial = new Map(trained.map(({ key }, i) => [key, stored[i]!]));
    const updater = createUpdater(this.#options.optimizer, initial, this.#update);
    for (const [i, weight] of trained.entries()) this.#restore(weight, updater.states[i]!);
    this.#variables = ordered.map((weight, i) => {
      const data = updater.weights[i] ?? stored[i]!;
      return { ...weight, data, feed: toOrt({ shape: weight.graphShape, data }) };
    });
    const gradients = trained.map(
      ({ key, graphShape }, i) => [key, toOrt({ shape: graphShape, data: updater.gradients[i]! })] as const,
    );
    this.#feeds = Object.fromEntries([
      ...this.#variables.map(({ key, feed }) => [key, feed]),
      // Sums go in and come out in the same memory.
      ...(gathersIn(this.#update) ? gradients.map(([key, sum]) => [names.gathered(key), sum]) : []),
    ]);
    this.#outputs = Object.fromEntries([
      [names.probabilities, null],
      ...gradients.map(([key, gradient]) => [names.gradient(key), gradient]),
      ...ordered.filter(({ fate }) => fate === 'following').map(({ key }) => [names.statistic(key), null]),
    ]);
    return updater;
  }

  /** Brings back what the optimiser remembered of a weight. */
  #restore({ key, dimensions }: TrainingWeight, states: readonly Float32Array[]): void {
    const { state } = this.#options;
    if (!state || state.iteration === 0) return;
    const slots = state.slots.get(key);
    if (slots?.length !== states.length) throw new RangeError(`no optimiser state of ${key}`);
    slots.forEach((slot, i) => states[i]!.set(resizeStored(slot, dimensions, 'stored')));
  }
}

function follow(moving: Float32Array, statistic: Float32Array, momentum: number): void {
  for (let i = 0; i < moving.length; i++) moving[i] = momentum * moving[i]! + (1 - momentum) * statistic[i]!;
}
