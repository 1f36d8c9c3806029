import type { EmbeddedGraph } from './file/embed-onnx.ts';
import { sizeOf } from '../../tensor.ts';
import { encodeOnnx, type Attribute, type Constant, type Node, type ValueInfo } from './onnx-format.ts';
import { namedOutputs } from './named-outputs.ts';

/** The name of a value in a graph that is being built. */
export type Value = string;

/**
 * Writes an ONNX graph node by node; values are known by name. What has been computed already is not written again: opening a
 * graph takes 50 microseconds a node.
 */
export class GraphBuilder {
  readonly #nodes: (Node | EmbeddedGraph)[] = [];
  /** Values by what computes them. */
  readonly #values = new Map<string, Value>();
  readonly #constants = new Map<string, Constant>();
  readonly #constantNames = new Map<string, Value>();
  readonly #inputs: ValueInfo[] = [];
  readonly #outputs = new Map<string, { readonly value: Value; readonly shape: ValueInfo['shape'] }>();

  /** The one output of an operator. An empty input name stands for an optional input left out. */
  op(type: string, inputs: readonly Value[], attributes: Record<string, Attribute> = {}, domain = ''): Value {
    const key = JSON.stringify([type, domain, inputs, attributes]);
    const known = this.#values.get(key);
    if (known) return known;
    const output = `${type}_${this.#nodes.length}`;
    this.#nodes.push({ type, domain, inputs: withoutTrailingBlanks(inputs), outputs: [output], attributes });
    this.#values.set(key, output);
    return output;
  }

  /** The largest of each window [batch, channels, height, width], and where in the whole image it is, counted in values. */
  maxPool(image: Value, attributes: Record<string, Attribute>): [largest: Value, places: Value] {
    const name = `MaxPool_${this.#nodes.length}`;
    const outputs: [Value, Value] = [name, `${name}_places`];
    this.#nodes.push({ type: 'MaxPool', domain: '', inputs: [image], outputs, attributes });
    return outputs;
  }

  input(name: string, shape: readonly (number | string)[]): Value {
    this.#inputs.push({ name, shape });
    return name;
  }

  /** Without a shape, whoever reads the graph has to work it out. */
  output(name: string, value: Value, shape: ValueInfo['shape'] = null): void {
    this.#outputs.set(name, { value, shape });
  }

  /** Adds another file's graph, whose values have names of their own, with `value` under the name of its input. */
  embed(graph: EmbeddedGraph, input: string, value: Value): void {
    this.#nodes.push({ type: 'Identity', domain: '', inputs: [value], outputs: [input], attributes: {} });
    this.#nodes.push(graph);
  }

  /**
   * A float32 constant; a number alone is a scalar. Equal small constants are stored once. A Float32Array must stay as it is until
   * the graph is encoded: copies of a network's weights cost more time than anything else here.
   */
  floats(data: number | readonly number[] | Float32Array, shape?: readonly number[]): Value {
    const values =
      data instanceof Float32Array ? data : Float32Array.from(typeof data === 'number' ? [data] : data);
    return this.#constant('float32', values, shape ?? (typeof data === 'number' ? [] : [values.length]));
  }

  /** An int64 constant of one dimension: a shape, axes or indices. */
  ints(data: readonly number[]): Value {
    return this.#constant('int64', BigInt64Array.from(data, BigInt), [data.length]);
  }

  reshape(value: Value, ...shape: number[]): Value {
    return this.op('Reshape', [value, this.ints(shape)]);
  }

  transpose(value: Value, ...perm: number[]): Value {
    return this.op('Transpose', [value], { perm: { ints: perm } });
  }

  add(a: Value, b: Value): Value {
    return this.op('Add', [a, b]);
  }

  sub(a: Value, b: Value): Value {
    return this.op('Sub', [a, b]);
  }

  mul(a: Value, b: Value): Value {
    return this.op('Mul', [a, b]);
  }

  div(a: Value, b: Value): Value {
    return this.op('Div', [a, b]);
  }

  /** 1 where the condition holds, 0 elsewhere, as float32. */
  indicator(condition: Value): Value {
    return this.op('Cast', [condition], { to: { int: 1 } });
  }

  /**
   * The graph as the bytes of an `.onnx` file. Nodes that only outputs read come last, in the order of the outputs: that is the
   * order in which ONNX Runtime starts from them, the last one first.
   */
  encode(metadata: Readonly<Record<string, string>> = {}): Uint8Array {
    return encodeOnnx({
      nodes: namedOutputs(this.#nodes, this.#outputs),
      constants: this.#constants,
      inputs: this.#inputs,
      outputs: Array.from(this.#outputs, ([name, { shape }]) => ({ name, shape })),
      metadata,
    });
  }

  #constant(type: Constant['type'], data: Float32Array | BigInt64Array, shape: readonly number[]): Value {
    if (sizeOf(shape) !== data.length)
      throw new RangeError(`${data.length} values do not fill [${shape.join(', ')}]`);
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const key =
      bytes.length <= 256 ? `${type} ${shape.join('x')} ${Buffer.from(bytes).toString('base64')}` : null;
    const known = key && this.#constantNames.get(key);
    if (known) return known;
    const name = `constant_${this.#constants.size}`;
    this.#constants.set(name, { type, shape, bytes });
    if (key) this.#constantNames.set(key, name);
    return name;
  }
}

function withoutTrailingBlanks(inputs: readonly Value[]): readonly Value[] {
  const last = inputs.findLastIndex((input) => input !== '');
  return inputs.slice(0, last + 1);
}
