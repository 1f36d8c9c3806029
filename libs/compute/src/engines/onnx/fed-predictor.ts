import type { Tensor as OrtTensor } from 'onnxruntime-node';
import type { Predictor } from '../../engine.ts';
import type { Network, Weights } from '../../network.ts';
import type { Tensor } from '../../tensor.ts';
import { GraphSessions, type GraphSessionsOptions } from './graph-sessions.ts';
import { fromOrt, runSession, toOrt } from './session.ts';
import type { OpenGraph } from './session-pool.ts';
import { resizeStored } from './stored-weights.ts';
import { names } from './training-graph.ts';

/**
 * Runs a network in inference with its weights as inputs of the graph: a session then serves any weights, where opening one with weights
 * inside takes as long as half a step of training.
 */
export class FedPredictor implements Predictor {
  readonly #network: Network;
  readonly #weights: Weights;
  readonly #sessions: GraphSessions;
  #feeds: Readonly<Record<string, OrtTensor>> | null = null;

  constructor(network: Network, weights: Weights, options: GraphSessionsOptions) {
    this.#network = network;
    this.#weights = weights;
    this.#sessions = new GraphSessions(network, null, options);
  }

  async predict(input: Tensor): Promise<Tensor> {
    const graph = await this.#sessions.for(input.shape[0]!);
    this.#feeds ??= this.#fed(graph);
    const feeds = { ...this.#feeds, [this.#network.input.name]: toOrt(input) };
    return fromOrt((await runSession(graph.session, feeds))[names.probabilities]!);
  }

  dispose(): Promise<void> {
    return this.#sessions.giveBack();
  }

  #fed({ weights }: OpenGraph): Readonly<Record<string, OrtTensor>> {
    return Object.fromEntries(
      weights.map(({ key, dimensions, graphShape }) => {
        const { data } = this.#weights.get(key)!;
        return [key, toOrt({ shape: graphShape, data: resizeStored(data, dimensions, 'stored') })];
      }),
    );
  }
}
