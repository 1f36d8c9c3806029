import type { InferenceSession } from 'onnxruntime-node';
import type { Tensor } from '../../tensor.ts';
import type { SessionOptions } from './session-options.ts';
import { createSession, fromOrt, runSession, toOrt } from './session.ts';

/** An ONNX graph with one input, loaded into ONNX Runtime. */
export class OnnxModel {
  readonly #session: InferenceSession;

  private constructor(session: InferenceSession) {
    this.#session = session;
  }

  /** Rejects for bytes that are no ONNX graph which ONNX Runtime can run. */
  static async open(bytes: Uint8Array, options: SessionOptions): Promise<OnnxModel> {
    return new OnnxModel(await createSession(bytes, options));
  }

  /** The values of the outputs named, in their order. Calls may overlap. */
  async run(input: Tensor, outputs: readonly string[]): Promise<Tensor[]> {
    const values = await runSession(this.#session, { [this.#session.inputNames[0]!]: toOrt(input) }, outputs);
    return outputs.map((name) => fromOrt(values[name]!));
  }

  dispose(): Promise<void> {
    return this.#session.release();
  }
}
