import { type InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import type { Trainer, TrainerOptions } from '../../engine.ts';
import type { Network, Weights } from '../../network.ts';
import { tensor, type Tensor } from '../../tensor.ts';
import { updateRule, type UpdateRule } from '../../update-rules.ts';
import type { LayoutFactory } from './layouts/layout.ts';
import { createSession, fromOrt, runSession, toOrt, type SessionOptions } from './session.ts';
import { estimateStepMemory } from './step-memory.ts';
import { resizeStored } from './stored-weights.ts';
import { buildTrainingGraph, names } from './training-graph.ts';
import type { TrainingWeight } from './training-weights.ts';

/** Bytes that sessions for several batch sizes may take together; making one anew takes up to a second. */
const sessionsLimit = 2 ** 30;

/** A weight as the graph stores it, and its optimiser state. */
interface Variable extends TrainingWeight {
  readonly data: Float32Array;
  /** The same memory as ONNX Runtime takes it. */
  readonly feed: OrtTensor;
  readonly state: readonly Float32Array[];
}

/** Trains on ONNX Runtime: a graph gives probabilities and gradients, the optimiser moves the weights in place. */
export class OnnxTrainer implements Trainer {
  readonly #network: Network;
  readonly #options: TrainerOptions & SessionOptions;
  readonly #layout: LayoutFactory;
  readonly #rule: UpdateRule;
  readonly #initial: Weights;
  /** A graph has its batch size built in; the last batch of an epoch is often a smaller one. */
  readonly #sessions = new Map<number, InferenceSession>();
  #variables: readonly Variable[] = [];
  #feeds: Readonly<Record<string, OrtTensor>> = {};
  #iteration = 0;

  constructor(
    network: Network,
    weights: Weights,
    options: TrainerOptions & SessionOptions,
    layout: LayoutFactory,
  ) {
    this.#network = network;
    this.#options = options;
    this.#layout = layout;
    this.#rule = updateRule(options.optimizer);
    this.#initial = weights;
  }

  async step(inputs: Tensor, labels: Tensor, learningRate: number): Promise<Tensor> {
    const session = await this.#sessionFor(inputs.shape[0]!);
    const outputs = await runSession(session, {
      ...this.#feeds,
      [this.#network.input.name]: toOrt(inputs),
      [names.labels]: toOrt(labels),
    });
    this.#iteration++;
    for (const { key, data, state, fate } of this.#variables) {
      if (fate === 'trained') {
        this.#rule.update(
          data,
          fromOrt(outputs[names.gradient(key)]!).data,
          state,
          learningRate,
          this.#iteration,
        );
      } else if (fate === 'replaced') {
        data.set(fromOrt(outputs[names.replacement(key)]!).data);
      }
    }
    return fromOrt(outputs[names.probabilities]!);
  }

  async weights(): Promise<Weights> {
    const current = new Map(this.#initial);
    for (const { key, data, dimensions } of this.#variables) {
      current.set(key, tensor(this.#initial.get(key)!.shape, resizeStored(data, dimensions, 'plain')));
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
    const { trainable } = this.#options;
    await this.#makeRoom(batch);
    const graph = buildTrainingGraph(this.#network, { batch, trainable, layout: this.#layout });
    if (this.#variables.length === 0) {
      this.#variables = graph.weights.map((weight) => this.#variable(weight));
      this.#feeds = Object.fromEntries(this.#variables.map(({ key, feed }) => [key, feed]));
    }
    const session = await createSession(graph.bytes, this.#options, 'disabled');
    this.#sessions.set(batch, session);
    return session;
  }

  /** A session keeps the memory of its largest step for good, so large ones take turns. */
  async #makeRoom(batch: number): Promise<void> {
    const { trainable } = this.#options;
    const sizes = [batch, ...this.#sessions.keys()].map((each) =>
      estimateStepMemory(this.#network, { batch: each, trainable, layout: this.#layout }),
    );
    if (sizes.reduce((sum, size) => sum + size, 0) > sessionsLimit) await this.dispose();
  }

  #variable(weight: TrainingWeight): Variable {
    const initial = this.#initial.get(weight.key);
    if (!initial) throw new RangeError(`no weight ${weight.key}`);
    const data = resizeStored(initial.data, weight.dimensions, 'stored');
    const states = weight.fate === 'trained' ? this.#rule.states : 0;
    const feed = new OrtTensor('float32', data, weight.graphShape);
    return {
      ...weight,
      data,
      feed,
      state: Array.from({ length: states }, () => new Float32Array(data.length)),
    };
  }
}
