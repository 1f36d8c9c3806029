import type {
  Engine,
  Predictor,
  PredictorOptions,
  StepMemoryOptions,
  Trainer,
  TrainerOptions,
} from '../../engine.ts';
import type { Network, Weights } from '../../network.ts';
import { FedPredictor } from './fed-predictor.ts';
import { GraphBuilder } from './graph-builder.ts';
import type { GraphSessionsOptions } from './graph-sessions.ts';
import { chooseLayout, portableLayout } from './layouts/choose-layout.ts';
import type { LayoutFactory } from './layouts/layout.ts';
import { onnxRuntime } from './onnx-runtime.ts';
import { OnnxPredictor } from './onnx-predictor.ts';
import { OnnxTrainer } from './onnx-trainer.ts';
import type { SessionOptions } from './session-options.ts';
import { SessionPool } from './session-pool.ts';
import { estimateStepMemory } from './step-memory.ts';

/** ONNX Runtime on the processor or through WebGPU, from npm alone. */
export class OnnxEngine implements Engine {
  readonly name = 'onnx';
  readonly singleCore?: SessionOptions;
  readonly #options: SessionOptions;
  readonly #layout: LayoutFactory | undefined;
  readonly #pool = new SessionPool();

  /** `layout` of training graphs; the fastest that this processor has when left out. */
  constructor(options: SessionOptions, layout?: LayoutFactory) {
    this.#options = options;
    if (options.device !== 'webgpu') this.singleCore = { ...options, threads: 1 };
    this.#layout = layout;
  }

  async describe(): Promise<string> {
    const layout = (await this.#trainingLayout())(new GraphBuilder(), 1).name;
    return `onnxruntime-node ${onnxRuntime().env.versions.node}, ${layout} layout, ${this.#options.device ?? 'cpu'}`;
  }

  async predictor(
    network: Network,
    weights: Weights,
    { passing = false, imagesAtOnce = 1 }: PredictorOptions = {},
  ): Promise<Predictor> {
    return passing
      ? new FedPredictor(network, weights, await this.#sessionsFor(network))
      : OnnxPredictor.create(network, weights, { ...this.#optionsFor(network), imagesAtOnce });
  }

  async trainer(network: Network, weights: Weights, options: TrainerOptions): Promise<Trainer> {
    return new OnnxTrainer(network, weights, options, await this.#sessionsFor(network));
  }

  async stepMemory(network: Network, options: StepMemoryOptions): Promise<number> {
    return estimateStepMemory(network, { ...options, layout: await this.#trainingLayout() });
  }

  /** Layers on feature vectors alone are too small for threads: sharing out a step of a head of 32 units doubles its time. */
  #optionsFor({ input }: Network): SessionOptions {
    return input.shape.length === 1 ? { threads: 1, ...this.#options } : this.#options;
  }

  async #sessionsFor(network: Network): Promise<GraphSessionsOptions> {
    return { ...this.#optionsFor(network), layout: await this.#trainingLayout(), pool: this.#pool };
  }

  async #trainingLayout(): Promise<LayoutFactory> {
    if (this.#layout) return this.#layout;
    // The blocked layout's operators are for the processor.
    return this.#options.device === 'webgpu' ? portableLayout : chooseLayout();
  }
}
