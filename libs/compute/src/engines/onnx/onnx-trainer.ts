import { type InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import type { Trainer, TrainerOptions } from '../../engine.ts';
import type { Network, Weights } from '../../network.ts';
import { sizeOf, tensor, type Tensor } from '../../tensor.ts';
import type { LayoutFactory } from './layouts/layout.ts';
import { updateRule, type UpdateRule } from './optimizers.ts';
import { createSession, fromOrt, toOrt } from './session.ts';
import { resizeStored } from './stored-weights.ts';
import { buildTrainingGraph, names } from './training-graph.ts';
import type { TrainingWeight } from './training-weights.ts';

/** Trains on ONNX Runtime: a training step is one run of one graph, with weights and optimiser state going in and out. */
export class OnnxTrainer implements Trainer {
  readonly #network: Network;
  readonly #options: TrainerOptions;
  readonly #layout: LayoutFactory;
  readonly #rule: UpdateRule;
  readonly #initial: Weights;
  /** A graph has its batch size built in; the last batch of an epoch is often a smaller one. */
  readonly #sessions = new Map<number, InferenceSession>();
  #weights: readonly TrainingWeight[] = [];
  /** Weights and optimiser state as the graph stores them. */
  readonly #variables = new Map<string, OrtTensor>();
  #iteration = 0;

  constructor(network: Network, weights: Weights, options: TrainerOptions, layout: LayoutFactory) {
    this.#network = network;
    this.#options = options;
    this.#layout = layout;
    this.#rule = updateRule(options.optimizer);
    this.#initial = weights;
  }

  async step(inputs: Tensor, labels: Tensor, learningRate: number): Promise<Tensor> {
    const session = await this.#sessionFor(inputs.shape[0]!);
    this.#iteration++;
    const stepSize = Float32Array.of(this.#rule.stepSize(learningRate, this.#iteration));
    const outputs = await session.run({
      ...Object.fromEntries(this.#variables),
      [this.#network.input.name]: toOrt(inputs),
      [names.labels]: toOrt(labels),
      [names.stepSize]: new OrtTensor('float32', stepSize, []),
    });
    for (const key of this.#variables.keys()) {
      const updated = outputs[names.updated(key)];
      if (updated) this.#variables.set(key, updated);
    }
    return fromOrt(outputs[names.probabilities]!);
  }

  async weights(): Promise<Weights> {
    const current = new Map(this.#initial);
    for (const { key, dimensions } of this.#weights) {
      const stored = this.#variables.get(key)!.data as Float32Array;
      const shape = this.#initial.get(key)!.shape;
      current.set(key, tensor(shape, resizeStored(stored, dimensions, 'plain')));
    }
    return current;
  }

  async dispose(): Promise<void> {
    await Promise.all(Array.from(this.#sessions.values(), (session) => session.release()));
    this.#sessions.clear();
  }

  async #sessionFor(batch: number): Promise<InferenceSession> {
    const known = this.#sessions.get(batch);
    if (known) return known;
    const graph = buildTrainingGraph(this.#network, { ...this.#options, batch, layout: this.#layout });
    if (this.#weights.length === 0) this.#initialize(graph.weights);
    const session = await createSession(graph.bytes);
    this.#sessions.set(batch, session);
    return session;
  }

  #initialize(weights: readonly TrainingWeight[]): void {
    this.#weights = weights;
    for (const { key, dimensions, graphShape, fate } of weights) {
      const initial = this.#initial.get(key);
      if (!initial) throw new RangeError(`no weight ${key}`);
      this.#variables.set(
        key,
        new OrtTensor('float32', resizeStored(initial.data, dimensions, 'stored'), graphShape),
      );
      if (fate !== 'trained') continue;
      for (const state of this.#rule.state) {
        this.#variables.set(
          names.state(state, key),
          new OrtTensor('float32', new Float32Array(sizeOf(graphShape)), graphShape),
        );
      }
    }
  }
}
