import type { InferenceSession } from 'onnxruntime-node';
import { sizeOf, tensor, type Tensor } from '../../tensor.ts';
import type { SessionOptions } from './session-options.ts';
import { createSession, fromOrt, runSession, toOrt } from './session.ts';

/** An ONNX graph with one input, loaded into ONNX Runtime. */
export class OnnxModel {
  readonly #session: InferenceSession;
  /** How many rows its input must have; null for any number. */
  readonly #batch: number | null;

  private constructor(session: InferenceSession) {
    this.#session = session;
    const [input] = session.inputMetadata;
    const length = input?.isTensor ? input.shape[0] : undefined;
    this.#batch = typeof length === 'number' && length > 0 ? length : null;
  }

  /** Rejects for bytes that are no ONNX graph which ONNX Runtime can run. */
  static async open(bytes: Uint8Array, options: SessionOptions): Promise<OnnxModel> {
    return new OnnxModel(await createSession(bytes, options));
  }

  /** The names of all that it gives. */
  get outputs(): readonly string[] {
    return this.#session.outputNames;
  }

  /**
   * The values of the outputs named, in their order, of any number of rows: a graph that takes a fixed number gets so many at a time,
   * the last ones filled up. Calls may overlap.
   */
  async run(input: Tensor, outputs: readonly string[]): Promise<Tensor[]> {
    const [rows = 0, ...shape] = input.shape;
    const batch = this.#batch ?? rows;
    if (batch === rows) return this.#run(input, outputs);
    const length = sizeOf(shape);
    const parts: Tensor[][] = [];
    for (let at = 0; at < rows; at += batch) {
      const filled = tensor([batch, ...shape]);
      filled.data.set(input.data.subarray(at * length, Math.min(at + batch, rows) * length));
      parts.push(await this.#run(filled, outputs));
    }
    return outputs.map((_, i) =>
      firstRows(
        parts.map((part) => part[i]!),
        rows,
      ),
    );
  }

  async #run(input: Tensor, outputs: readonly string[]): Promise<Tensor[]> {
    const values = await runSession(this.#session, { [this.#session.inputNames[0]!]: toOrt(input) }, outputs);
    return outputs.map((name) => fromOrt(values[name]!));
  }

  dispose(): Promise<void> {
    return this.#session.release();
  }
}

/** The first rows of what stands in several tensors, one behind the other. */
function firstRows(parts: readonly Tensor[], rows: number): Tensor {
  const shape = parts[0]!.shape.slice(1);
  const all = tensor([rows, ...shape]);
  let done = 0;
  for (const { data } of parts) {
    const fitting = data.subarray(0, all.data.length - done);
    all.data.set(fitting, done);
    done += fitting.length;
  }
  return all;
}
