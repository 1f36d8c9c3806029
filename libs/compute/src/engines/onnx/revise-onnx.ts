import { toHalf } from '@thaw/base';
import { decodeOnnx, type OwnGraph } from './decode-onnx.ts';
import { dataTypes, encodeOnnx, type Constant, type Node } from './onnx-format.ts';

export interface OnnxRevision {
  /** Images of every call; as many as a call brings where it is null. */
  readonly batch: number | null;
  /** Whether weights are kept, and everything is computed, in half precision. Inputs and outputs stay float32. */
  readonly float16: boolean;
  /** What the graph does to its RGB input first; nothing where it is null. */
  readonly scaling: InputScaling | null;
  /** Replaces the file's own, key by key. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Channels in the order named, then x / divisor + offset, with one number for all channels or one for each. */
interface InputScaling {
  readonly channels: 'RGB' | 'BGR';
  readonly divisor: number | readonly number[];
  readonly offset: number | readonly number[];
}

/**
 * An `.onnx` file of an inference graph that Thaw wrote, of whatever version, as the bytes of another one of opset 17 and IR version 8.
 * Throws RangeError for a weight that half precision cannot hold.
 */
export function reviseOnnx(
  bytes: Uint8Array,
  { batch, float16, scaling, metadata }: OnnxRevision,
): Uint8Array {
  let graph = decodeOnnx(bytes);
  if (scaling) graph = scaled(graph, scaling);
  if (float16) graph = inHalfPrecision(graph);
  if (batch !== null) graph = ofBatch(graph, batch);
  return encodeOnnx({ ...graph, metadata: { ...graph.metadata, ...metadata } });
}

function ofBatch(graph: OwnGraph, batch: number): OwnGraph {
  const fixed = (values: OwnGraph['inputs']) =>
    values.map(({ name, shape }) => ({
      name,
      shape: shape?.map((length) => (typeof length === 'string' ? batch : length)) ?? null,
    }));
  return { ...graph, inputs: fixed(graph.inputs), outputs: fixed(graph.outputs) };
}

/** Divides and adds as the preparation of images does, each step rounded to float32. */
function scaled(graph: OwnGraph, { channels, divisor, offset }: InputScaling): OwnGraph {
  const [input] = graph.inputs;
  const turned = channels === 'BGR';
  const steps = [
    ...(turned
      ? [node('Gather', [input!.name, 'pixel_channels'], 'pixels_turned', { axis: { int: 3 } })]
      : []),
    node('Div', [turned ? 'pixels_turned' : input!.name, 'pixel_divisor'], 'pixels_divided'),
    node('Add', ['pixels_divided', 'pixel_offset'], 'pixels_scaled'),
  ];
  return {
    ...graph,
    nodes: [...steps, ...readingInstead(graph.nodes, input!.name, 'pixels_scaled')],
    constants: new Map([
      ...graph.constants,
      ...(turned ? [['pixel_channels', indices([2, 1, 0])] as const] : []),
      ['pixel_divisor', floats(divisor)],
      ['pixel_offset', floats(offset)],
    ]),
  };
}

/** Constants in half precision, and casts behind the inputs and before the outputs. */
function inHalfPrecision(graph: OwnGraph): OwnGraph {
  let nodes: readonly Node[] = graph.nodes.map(castingToHalf);
  const casts: Node[] = [];
  for (const { name } of graph.inputs) {
    nodes = readingInstead(nodes, name, `${name}_half`);
    casts.push(cast(name, `${name}_half`, 'float16'));
  }
  const outputs = graph.outputs.map(({ name }) => name);
  const half = (name: string) => (outputs.includes(name) ? `${name}_half` : name);
  return {
    ...graph,
    nodes: [
      ...casts,
      ...nodes.map((each) => ({ ...each, inputs: each.inputs.map(half), outputs: each.outputs.map(half) })),
      ...outputs.map((name) => cast(`${name}_half`, name, 'float32')),
    ],
    constants: new Map(Array.from(graph.constants, ([name, constant]) => [name, halved(name, constant)])),
  };
}

function castingToHalf(each: Node): Node {
  const { to } = each.attributes;
  if (each.type !== 'Cast' || !to || !('int' in to) || to.int !== dataTypes.float32) return each;
  return { ...each, attributes: { ...each.attributes, to: { int: dataTypes.float16 } } };
}

function halved(name: string, { type, shape, bytes }: Constant): Constant {
  if (type !== 'float32') return { type, shape, bytes };
  // The bytes lie somewhere in those of the file, where float32 values need not be aligned.
  const values = new Float32Array(new Uint8Array(bytes).buffer);
  if (values.some((value) => Math.abs(value) >= 65520))
    throw new RangeError(`${name} has values beyond 65,504, the largest of half precision`);
  const halves = new Uint16Array(values.length);
  toHalf(values, halves, 0);
  return { type: 'float16', shape, bytes: new Uint8Array(halves.buffer) };
}

function readingInstead(nodes: readonly Node[], name: string, instead: string): Node[] {
  return nodes.map((each) => ({
    ...each,
    inputs: each.inputs.map((input) => (input === name ? instead : input)),
  }));
}

function cast(from: string, to: string, type: 'float16' | 'float32'): Node {
  return node('Cast', [from], to, { to: { int: dataTypes[type] } });
}

function node(type: string, inputs: string[], output: string, attributes: Node['attributes'] = {}): Node {
  return { type, domain: '', inputs, outputs: [output], attributes };
}

/** A scalar, or a list of one dimension. */
function floats(values: number | readonly number[]): Constant {
  const data = Float32Array.from(typeof values === 'number' ? [values] : values);
  const shape = typeof values === 'number' ? [] : [values.length];
  return { type: 'float32', shape, bytes: new Uint8Array(data.buffer) };
}

function indices(values: readonly number[]): Constant {
  const data = BigInt64Array.from(values, BigInt);
  return { type: 'int64', shape: [values.length], bytes: new Uint8Array(data.buffer) };
}
