import type { Weights } from '../../network.ts';
import { tidy, type AnyTensor, type TensorFlow, type Vector } from './kernels.ts';

/** How tensors of weights lie one behind the other in a vector, so that an update is a handful of operations. */
export class WeightVector {
  readonly keys: readonly string[];
  readonly #tf: TensorFlow;
  readonly #shapes: readonly (readonly number[])[];
  readonly #sizes: readonly number[];

  constructor(tf: TensorFlow, keys: readonly string[], weights: Weights) {
    this.keys = keys;
    this.#tf = tf;
    this.#shapes = keys.map((key) => weights.get(key)!.shape);
    this.#sizes = keys.map((key) => weights.get(key)!.data.length);
  }

  join(tensors: Readonly<Record<string, AnyTensor>>): Vector {
    const tf = this.#tf;
    return tidy(tf, () => {
      const parts = this.keys.map((key) => tf.reshape(tensors[key]!, [-1]) as Vector);
      return parts.length === 0 ? tf.tensor1d([]) : tf.concat(parts);
    });
  }

  split(vector: Vector): Record<string, AnyTensor> {
    const tf = this.#tf;
    const parts = tidy(tf, () =>
      tf.split(vector, [...this.#sizes]).map((part, i) => tf.reshape(part, [...this.#shapes[i]!])),
    );
    return Object.fromEntries(this.keys.map((key, i) => [key, parts[i]!]));
  }

  /** One value for each weight, as long as the vector; a number where all are equal. */
  perWeight(values: readonly number[]): Vector | number {
    const tf = this.#tf;
    if (new Set(values).size <= 1) return values[0] ?? 0;
    return tidy(tf, () => tf.concat(values.map((value, i) => tf.fill([this.#sizes[i]!], value)))) as Vector;
  }

  /** A vector's values by the weights that they are of. */
  async read(vector: Vector): Promise<Map<string, Float32Array>> {
    const values = (await vector.data()) as Float32Array;
    let end = 0;
    const parts = this.keys.map((key, i) => {
      const start = end;
      end += this.#sizes[i]!;
      return [key, values.slice(start, end)] as const;
    });
    return new Map(parts);
  }
}
