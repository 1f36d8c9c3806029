import type { EngineOptions } from './engine-options.ts';
import type { Network, Weights } from './network.ts';
import type { Optimizer } from './optimizer.ts';
import type { Tensor } from './tensor.ts';
import type { UpdateOptions } from './update-options.ts';

/** Runs a network in inference: batch normalisation uses its moving statistics. */
export interface Predictor {
  /** Input [batch, ...network.input.shape]; output [batch, ...] of the last layer. Any batch size. */
  predict(input: Tensor): Promise<Tensor>;
  dispose(): Promise<void>;
}

/** What an optimiser remembers from step to step. */
export interface OptimizerState {
  /** Steps so far, also those that only gathered gradients. */
  readonly iteration: number;
  /**
   * For each weight that trains, by its key, the arrays that the update rule keeps, the sum of gradients and the moving average,
   * in the weight's own memory order.
   */
  readonly slots: ReadonlyMap<string, readonly Float32Array[]>;
}

export interface TrainerOptions {
  /**
   * Names of the layers whose weights train. Every other layer stays exactly as it is: a BatchNormalization that is not
   * named runs in inference and keeps its moving statistics, as with Keras's `layer.trainable = False`.
   */
  readonly trainable: ReadonlySet<string>;
  readonly optimizer: Optimizer;
  readonly update?: UpdateOptions;
  /** Of what dropout draws. */
  readonly seed?: number;
  /** Steps of the same training that earlier optimisers made, 0 when left out: dropout goes on from there. */
  readonly stepsBefore?: number;
  /** Goes on from an earlier trainer's `optimizerState`; its steps are then, bit for bit, those that one would have made. */
  readonly state?: OptimizerState;
}

export interface PredictorOptions {
  /**
   * Whether other weights of the same network follow soon, as after an epoch of training: what is opened is then kept for them. Each call
   * takes a little longer.
   */
  readonly passing?: boolean;
  /**
   * How many images a call has, mostly, 1 when left out: what is fast for many is slow for one. Results of any two numbers differ by
   * rounding alone.
   */
  readonly imagesAtOnce?: number;
}

export interface StepMemoryOptions extends Pick<TrainerOptions, 'trainable'> {
  readonly batch: number;
}

/** Trains a network that ends in a softmax with categorical cross-entropy, averaged over the batch. */
export interface Trainer {
  /**
   * One optimiser step. Inputs [batch, ...network.input.shape], labels [batch, classes] whose rows sum to 1, any batch size;
   * `sampleWeights`, one an image and 1 when left out, multiply each image's loss before the mean over the batch is taken.
   * Returns the probabilities [batch, classes] that the network gave before the update. Throws OutOfMemory.
   */
  step(
    inputs: Tensor,
    labels: Tensor,
    learningRate: number,
    sampleWeights?: Float32Array | null,
  ): Promise<Tensor>;
  /** The L2 penalty of the weights as they are now, which a step adds to its loss: of each weight with one that times the sum of its squares. */
  penalty(): Promise<number>;
  /**
   * All the network's weights, frozen ones included: as they are now, or with their moving averages in the place of those that
   * train, where there are any and the weights have moved. Moving statistics of batch normalisation have no average but themselves.
   */
  weights(kind?: 'current' | 'averaged'): Promise<Weights>;
  /** A copy; with the weights, all that training goes on from. */
  optimizerState(): Promise<OptimizerState>;
  dispose(): Promise<void>;
}

/** Where tensors run. Every engine passes the engine contract suite. */
export interface Engine {
  readonly name: string;
  /**
   * What `createEngine` needs besides the name to make an engine that keeps to one core and gives the same bits in inference,
   * to run in several threads side by side. Absent where one predictor has the whole device for itself.
   */
  readonly singleCore?: EngineOptions;
  /** Library, versions and device, as a run says where it was computed. */
  describe(): Promise<string>;
  predictor(network: Network, weights: Weights, options?: PredictorOptions): Promise<Predictor>;
  trainer(network: Network, weights: Weights, options: TrainerOptions): Promise<Trainer>;
  /**
   * Bytes of this machine's memory that a training step with batches of this size will take at most, to within a third.
   * Absent where the engine cannot tell.
   */
  stepMemory?(network: Network, options: StepMemoryOptions): Promise<number>;
}
