import { attributeNumbers, fewNumbers } from './few-numbers.ts';
import { wireFields, wireIntegers, type WireField } from './wire-fields.ts';

/** A value's element type, by ONNX's number, and its shape of lengths above 0; names and null are lengths that the file leaves open. */
export interface OnnxValue {
  readonly name: string;
  readonly elementType: number;
  readonly shape: readonly (number | string | null)[] | null;
}

export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly elementType: number;
  /** `location`, `offset`, `length`, ... of values that lie in another file; null where they lie in this one. */
  readonly external: Readonly<Record<string, string>> | null;
  /** Of tensors of few values that lie in this file, these; for shapes and scales. */
  readonly numbers: readonly number[] | null;
  readonly message: Uint8Array;
}

export interface OnnxNode {
  readonly name: string;
  readonly type: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: readonly OnnxAttribute[];
}

export interface OnnxAttribute {
  readonly name: string;
  readonly hasGraph: boolean;
  readonly tensors: readonly OnnxTensor[];
  /** Of an attribute of integers, or of few floats, these. */
  readonly numbers: readonly number[];
  readonly raw: Uint8Array;
}

/** What a `.onnx` file holds, as slices of its bytes. */
export interface OnnxContents {
  readonly producer: string;
  /** Versions of operator sets by domain; ONNX's own is ''. */
  readonly opsets: ReadonlyMap<string, number>;
  readonly metadata: ReadonlyMap<string, string>;
  readonly functions: number;
  readonly sparse: number;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: ReadonlyMap<string, OnnxTensor>;
  /** Those that are no initializers. */
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  /** Of all values whose type the file states. */
  readonly values: ReadonlyMap<string, OnnxValue>;
}

/** Field numbers are those of ONNX's onnx.proto. Throws RangeError for bytes that are no ONNX model. */
export function parseOnnx(bytes: Uint8Array): OnnxContents {
  const model = grouped(bytes);
  const graphs = model.get(7) ?? [];
  if (graphs.length !== 1) throw new RangeError(`it holds ${graphs.length} graphs`);
  const graph = grouped(graphs[0]!.bytes);
  const initializers = new Map(all(graph, 5, parseTensor).map((tensor) => [tensor.name, tensor]));
  const [inputs, outputs, others] = [11, 12, 13].map((field) => all(graph, field, parseValue));
  return {
    producer: [2, 3]
      .map((field) => text(model, field))
      .join(' ')
      .trim(),
    opsets: new Map(all(model, 8, parseOpset)),
    metadata: new Map(all(model, 14, parseEntry)),
    functions: model.get(25)?.length ?? 0,
    sparse: graph.get(15)?.length ?? 0,
    nodes: all(graph, 1, parseNode),
    initializers,
    inputs: inputs!.filter(({ name }) => !initializers.has(name)),
    outputs: outputs!,
    values: new Map([...others!, ...inputs!, ...outputs!].map((value) => [value.name, value])),
  };
}

type Fields = ReadonlyMap<number, readonly WireField[]>;

function grouped(message: Uint8Array): Fields {
  const fields = new Map<number, WireField[]>();
  for (const each of wireFields(message)) {
    const known = fields.get(each.field);
    if (known) known.push(each);
    else fields.set(each.field, [each]);
  }
  return fields;
}

function all<T>(fields: Fields, field: number, parse: (message: Uint8Array) => T): T[] {
  return (fields.get(field) ?? []).map(({ bytes }) => parse(bytes));
}

function text(fields: Fields, field: number): string {
  return decoded(fields.get(field)?.at(-1)?.bytes ?? new Uint8Array());
}

function texts(fields: Fields, field: number): string[] {
  return all(fields, field, decoded);
}

function number(fields: Fields, field: number): number {
  return fields.get(field)?.at(-1)?.value ?? 0;
}

function integers(fields: Fields, field: number): number[] {
  return (fields.get(field) ?? []).flatMap(wireIntegers);
}

function decoded(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

function parseEntry(message: Uint8Array): [key: string, value: string] {
  const fields = grouped(message);
  return [text(fields, 1), text(fields, 2)];
}

function parseOpset(message: Uint8Array): [domain: string, version: number] {
  const fields = grouped(message);
  const domain = text(fields, 1);
  return [domain === 'ai.onnx' ? '' : domain, number(fields, 2)];
}

function parseNode(message: Uint8Array): OnnxNode {
  const fields = grouped(message);
  const domain = text(fields, 7);
  return {
    inputs: texts(fields, 1),
    outputs: texts(fields, 2),
    name: text(fields, 3),
    type: text(fields, 4),
    domain: domain === 'ai.onnx' ? '' : domain,
    attributes: (fields.get(5) ?? []).map(parseAttribute),
  };
}

function parseAttribute({ bytes, raw }: WireField): OnnxAttribute {
  const fields = grouped(bytes);
  return {
    name: text(fields, 1),
    hasGraph: fields.has(6) || fields.has(11),
    tensors: [...all(fields, 5, parseTensor), ...all(fields, 10, parseTensor)],
    numbers: attributeNumbers(fields),
    raw,
  };
}

function parseTensor(message: Uint8Array): OnnxTensor {
  const fields = grouped(message);
  const elementType = number(fields, 2);
  const isExternal = number(fields, 14) === 1 || fields.has(13);
  return {
    name: text(fields, 8),
    dims: integers(fields, 1),
    elementType,
    external: isExternal ? Object.fromEntries(all(fields, 13, parseEntry)) : null,
    numbers: fewNumbers(fields, elementType),
    message,
  };
}

function parseValue(message: Uint8Array): OnnxValue {
  const fields = grouped(message);
  const type = fields.get(2)?.at(-1);
  const tensorType = type && grouped(type.bytes).get(1)?.at(-1);
  const tensor: Fields = tensorType ? grouped(tensorType.bytes) : new Map();
  const shape = tensor.get(2)?.at(-1);
  return {
    name: text(fields, 1),
    elementType: number(tensor, 1),
    shape: shape ? all(grouped(shape.bytes), 1, parseDimension) : null,
  };
}

function parseDimension(message: Uint8Array): number | string | null {
  const fields = grouped(message);
  // Exporters write -1 and 0, too, for a length that is open.
  if (fields.has(1)) return number(fields, 1) > 0 ? number(fields, 1) : null;
  return fields.has(2) ? text(fields, 2) : null;
}
