import { writeFileSync } from 'node:fs';
import protobuf from 'protobufjs';

/** Fields of a protobuf message by number: bytes or a text, an integer, or several of them. */
type Fields = Readonly<Record<number, FieldValue | readonly FieldValue[]>>;
type FieldValue = Uint8Array | string | number;

/** The bytes of a protobuf message. */
export function message(fields: Fields): Uint8Array {
  const writer = protobuf.Writer.create();
  for (const [number, given] of Object.entries(fields)) {
    const values = Array.isArray(given) ? (given as readonly FieldValue[]) : [given as FieldValue];
    for (const value of values) {
      if (typeof value === 'number') writer.uint32(Number(number) * 8).int64(value);
      else writer.uint32(Number(number) * 8 + 2).bytes(Buffer.from(value as Uint8Array));
    }
  }
  return writer.finish();
}

/** A node of ONNX's own operators. `attributes` are messages. */
export function node(
  type: string,
  inputs: readonly string[],
  outputs: readonly string[],
  { attributes = [], domain = '' }: { attributes?: readonly Uint8Array[]; domain?: string } = {},
): Uint8Array {
  return message({ 1: inputs, 2: outputs, 3: type.toLowerCase(), 4: type, 5: attributes, 7: domain });
}

export function integersAttribute(name: string, values: readonly number[]): Uint8Array {
  return message({ 1: name, 8: values, 20: 7 });
}

/** A float32 constant whose values are in the file. */
export function floats(name: string, dims: readonly number[], values: Float32Array): Uint8Array {
  return message({ 1: dims, 2: 1, 8: name, 9: new Uint8Array(values.buffer) });
}

/** One whose values are in another. */
export function externalFloats(
  name: string,
  dims: readonly number[],
  place: Readonly<Record<string, string>>,
): Uint8Array {
  const entries = Object.entries(place).map(([key, value]) => message({ 1: key, 2: value }));
  return message({ 1: dims, 2: 1, 8: name, 13: entries, 14: 1 });
}

export function integers(name: string, values: readonly number[]): Uint8Array {
  return message({ 1: [values.length], 2: 7, 7: values, 8: name });
}

export type Shape = readonly (number | string)[];

export function value(name: string, shape: Shape, elementType = 1): Uint8Array {
  const dims = shape.map((length) => message(typeof length === 'number' ? { 1: length } : { 2: length }));
  return message({ 1: name, 2: message({ 1: message({ 1: elementType, 2: message({ 1: dims }) }) }) });
}

export interface MadeModel {
  readonly nodes: readonly Uint8Array[];
  readonly inputs: readonly Uint8Array[];
  readonly outputs: readonly Uint8Array[];
  readonly values?: readonly Uint8Array[];
  readonly constants?: readonly Uint8Array[];
  readonly opset?: number;
  readonly metadata?: Readonly<Record<string, string>>;
  /** More fields of the model. */
  readonly more?: Fields;
}

/** The bytes of an ONNX file. */
export function onnxModel(model: MadeModel): Uint8Array {
  const { nodes, inputs, outputs, values = [], constants = [], opset = 17, metadata = {}, more = {} } = model;
  return message({
    1: 8,
    2: 'a test',
    7: message({ 1: nodes, 2: 'graph', 5: constants, 11: inputs, 12: outputs, 13: values }),
    8: [message({ 1: '', 2: opset })],
    14: Object.entries(metadata).map(([key, text]) => message({ 1: key, 2: text })),
    ...more,
  });
}

export interface MeansOptions {
  readonly layout?: 'NCHW' | 'NHWC';
  readonly batch?: number | string;
  /** Side of the images. */
  readonly side?: number | string;
  /** Gives the feature map in the place of its mean. */
  readonly map?: boolean;
  readonly opset?: number;
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * Writes a network whose six features are the mean of each channel, and of its negative, after a ReLU: so easy that what it says can be
 * worked out by hand. It states the shape of `conv`, what there is before the ReLU, which is channels first in every layout.
 */
export function writeMeans(
  file: string,
  { layout = 'NCHW', batch = 'N', side = 32, map = false, opset, metadata }: MeansOptions = {},
): void {
  const isLast = layout === 'NHWC';
  const kernel = Float32Array.from({ length: 18 }, (_, i) => {
    const [out, channel] = [Math.floor(i / 3), i % 3];
    return out % 3 === channel ? (out < 3 ? 1 : -1) : 0;
  });
  const order = (perm: readonly number[]) => ({ attributes: [integersAttribute('perm', perm)] });
  const channelsFirst = isLast ? [node('Transpose', ['image'], ['first'], order([0, 3, 1, 2]))] : [];
  const last = isLast ? [node('Transpose', ['relu'], ['features'], order([0, 2, 3, 1]))] : [];
  const mean = [node('GlobalAveragePool', ['relu'], ['pool']), node('Flatten', ['pool'], ['features'])];
  const end = map ? (isLast ? last : [node('Identity', ['relu'], ['features'])]) : mean;
  const shape = (channels: number) =>
    isLast ? [batch, side, side, channels] : [batch, channels, side, side];
  const bytes = onnxModel({
    nodes: [
      ...channelsFirst,
      node('Conv', [isLast ? 'first' : 'image', 'kernel'], ['conv']),
      node('Relu', ['conv'], ['relu']),
      ...end,
    ],
    inputs: [value('image', shape(3))],
    outputs: [value('features', map ? shape(6) : [batch, 6])],
    values: [value('conv', [batch, 6, side, side])],
    constants: [floats('kernel', [6, 3, 1, 1], kernel)],
    ...(opset !== undefined && { opset }),
    ...(metadata && { metadata }),
  });
  writeFileSync(file, bytes);
}
