import type { InferenceSession } from 'onnxruntime-node';
import type { Predictor } from '../../engine.ts';
import type { Network, Weights } from '../../network.ts';
import type { Tensor } from '../../tensor.ts';
import { buildInferenceGraph, outputName } from './inference-graph.ts';
import { createSession, fromOrt, runSession, toOrt, type SessionOptions } from './session.ts';

/** Runs a network in inference on ONNX Runtime. */
export class OnnxPredictor implements Predictor {
  readonly #session: InferenceSession;
  readonly #inputName: string;

  private constructor(session: InferenceSession, inputName: string) {
    this.#session = session;
    this.#inputName = inputName;
  }

  static async create(network: Network, weights: Weights, options: SessionOptions): Promise<OnnxPredictor> {
    const session = await createSession(buildInferenceGraph(network, weights), options);
    return new OnnxPredictor(session, network.input.name);
  }

  async predict(input: Tensor): Promise<Tensor> {
    const outputs = await runSession(this.#session, { [this.#inputName]: toOrt(input) });
    return fromOrt(outputs[outputName]!);
  }

  dispose(): Promise<void> {
    return this.#session.release();
  }
}
