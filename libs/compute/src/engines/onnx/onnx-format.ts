import protobuf from 'protobufjs';

const repeated = 'repeated';

/** The part of ONNX's onnx.proto (IR version 9) that Thaw writes; field numbers are the format's. */
const root = protobuf.Root.fromJSON({
  nested: {
    Model: {
      fields: {
        irVersion: { type: 'int64', id: 1 },
        producerName: { type: 'string', id: 2 },
        graph: { type: 'Graph', id: 7 },
        opsetImport: { rule: repeated, type: 'OperatorSet', id: 8 },
        metadataProps: { rule: repeated, type: 'StringEntry', id: 14 },
      },
    },
    StringEntry: { fields: { key: { type: 'string', id: 1 }, value: { type: 'string', id: 2 } } },
    OperatorSet: { fields: { domain: { type: 'string', id: 1 }, version: { type: 'int64', id: 2 } } },
    Graph: {
      fields: {
        node: { rule: repeated, type: 'Node', id: 1 },
        name: { type: 'string', id: 2 },
        initializer: { rule: repeated, type: 'Tensor', id: 5 },
        input: { rule: repeated, type: 'ValueInfo', id: 11 },
        output: { rule: repeated, type: 'ValueInfo', id: 12 },
      },
    },
    Node: {
      fields: {
        input: { rule: repeated, type: 'string', id: 1 },
        output: { rule: repeated, type: 'string', id: 2 },
        name: { type: 'string', id: 3 },
        opType: { type: 'string', id: 4 },
        attribute: { rule: repeated, type: 'Attribute', id: 5 },
        domain: { type: 'string', id: 7 },
      },
    },
    Attribute: {
      fields: {
        name: { type: 'string', id: 1 },
        f: { type: 'float', id: 2 },
        i: { type: 'int64', id: 3 },
        s: { type: 'bytes', id: 4 },
        floats: { rule: repeated, type: 'float', id: 7, options: { packed: false } },
        ints: { rule: repeated, type: 'int64', id: 8, options: { packed: false } },
        type: { type: 'int32', id: 20 },
      },
    },
    Tensor: {
      fields: {
        dims: { rule: repeated, type: 'int64', id: 1, options: { packed: false } },
        dataType: { type: 'int32', id: 2 },
        name: { type: 'string', id: 8 },
        rawData: { type: 'bytes', id: 9 },
      },
    },
    ValueInfo: { fields: { name: { type: 'string', id: 1 }, type: { type: 'Type', id: 2 } } },
    Type: { fields: { tensorType: { type: 'TensorType', id: 1 } } },
    TensorType: { fields: { elemType: { type: 'int32', id: 1 }, shape: { type: 'Shape', id: 2 } } },
    Shape: { fields: { dim: { rule: repeated, type: 'Dimension', id: 1 } } },
    Dimension: {
      oneofs: { value: { oneof: ['dimValue', 'dimParam'] } },
      fields: { dimValue: { type: 'int64', id: 1 }, dimParam: { type: 'string', id: 2 } },
    },
  },
});

const modelType = root.lookupType('Model');
const dataTypes = { float32: 1, int64: 7 } as const;

/** A node attribute: a number is a float or an int by `kind`, arrays likewise. */
export type Attribute =
  | { readonly float: number }
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly floats: readonly number[] }
  | { readonly string: string };

export interface Node {
  readonly type: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

export interface Constant {
  readonly type: keyof typeof dataTypes;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** A graph input or output; a string in the shape is a dimension known only when the graph runs. */
export interface ValueInfo {
  readonly name: string;
  readonly shape: readonly (number | string)[] | null;
}

export interface OnnxGraph {
  readonly nodes: readonly Node[];
  readonly constants: ReadonlyMap<string, Constant>;
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  /** What tools show beside the graph: by convention, plain text or JSON. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * The bytes of an `.onnx` file: opset 17, IR version 9, and ONNX Runtime's own operator domains only where nodes use them, since
 * other runtimes refuse a file that names a domain they do not know.
 */
export function encodeOnnx(graph: OnnxGraph): Uint8Array {
  const domains = new Set(graph.nodes.map(({ domain }) => domain).filter((domain) => domain !== ''));
  return modelType
    .encode({
      irVersion: 9,
      producerName: 'thaw',
      opsetImport: [{ domain: '', version: 17 }, ...[...domains].map((domain) => ({ domain, version: 1 }))],
      metadataProps: Object.entries(graph.metadata).map(([key, value]) => ({ key, value })),
      graph: {
        name: 'network',
        node: graph.nodes.map(encodeNode),
        initializer: Array.from(graph.constants, ([name, constant]) => ({
          name,
          dims: constant.shape,
          dataType: dataTypes[constant.type],
          rawData: constant.bytes,
        })),
        input: graph.inputs.map(encodeValueInfo),
        output: graph.outputs.map(encodeValueInfo),
      },
    })
    .finish();
}

function encodeNode(node: Node, index: number): object {
  return {
    name: `${node.type}_${index}`,
    opType: node.type,
    domain: node.domain,
    input: node.inputs,
    output: node.outputs,
    attribute: Object.entries(node.attributes).map(([name, value]) => ({ name, ...encodeAttribute(value) })),
  };
}

function encodeAttribute(value: Attribute): object {
  if ('float' in value) return { f: value.float, type: 1 };
  if ('int' in value) return { i: value.int, type: 2 };
  if ('string' in value) return { s: Buffer.from(value.string), type: 3 };
  if ('floats' in value) return { floats: value.floats, type: 6 };
  return { ints: value.ints, type: 7 };
}

function encodeValueInfo({ name, shape }: ValueInfo): object {
  const dim = shape?.map((length) =>
    typeof length === 'string' ? { dimParam: length } : { dimValue: length },
  );
  return { name, type: { tensorType: { elemType: dataTypes.float32, ...(dim && { shape: { dim } }) } } };
}
