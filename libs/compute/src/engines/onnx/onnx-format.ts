import protobuf from 'protobufjs';
import type { EmbeddedGraph } from './file/embed-onnx.ts';

const repeated = 'repeated';

/**
 * The part of ONNX's onnx.proto (IR version 8) that Thaw writes; field numbers are the format's. Nodes and constants are bytes to the
 * graph: those of other files go in as they are.
 */
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
        node: { rule: repeated, type: 'bytes', id: 1 },
        name: { type: 'string', id: 2 },
        initializer: { rule: repeated, type: 'bytes', id: 5 },
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

export const modelType = root.lookupType('Model');
const graphType = root.lookupType('Graph');
export const nodeType = root.lookupType('Node');
export const tensorType = root.lookupType('Tensor');
export const dataTypes = { float32: 1, int64: 7, float16: 10 } as const;

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
  /** A graph of another file stands where its nodes come. */
  readonly nodes: readonly (Node | EmbeddedGraph)[];
  readonly constants: ReadonlyMap<string, Constant>;
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  /** What tools show beside the graph: by convention, plain text or JSON. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * The bytes of an `.onnx` file: opset 17 or that of the graph within, with the IR version of the release that brought it (8 is ONNX
 * 1.12's, whose checker refuses newer ones), and ONNX Runtime's own operator domains only where nodes use them, since other runtimes
 * refuse a file that names a domain they do not know.
 */
export function encodeOnnx({ nodes, constants, inputs, outputs, metadata }: OnnxGraph): Uint8Array {
  const own = nodes.filter((node) => 'type' in node);
  const embedded = nodes.filter((node) => 'opsets' in node);
  const opsets = new Map([['', 17], ...own.map(({ domain }) => [domain, domain === '' ? 17 : 1] as const)]);
  for (const [domain, version] of embedded.flatMap((graph) => [...graph.opsets])) opsets.set(domain, version);
  const model = modelType.encode({
    irVersion: irVersionOf(opsets.get('')!),
    producerName: 'thaw',
    opsetImport: Array.from(opsets, ([domain, version]) => ({ domain, version })),
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  });
  const graphHead = graphType.encode({
    name: 'network',
    node: nodes.flatMap((node, i) => ('type' in node ? [encodeNode(node, i)] : node.nodes)),
    input: inputs.map(encodeValueInfo),
    output: outputs.map(encodeValueInfo),
  });
  // Put together by hand: protobufjs moves what it has written at every level to make room for its length, weights and all.
  const ownConstants = Array.from(constants, ([name, { shape, type, bytes }]) => {
    const head = tensorType.encode({ dims: shape, dataType: dataTypes[type], name });
    return [head.finish(), ...delimited(fieldOf(tensorType, 'rawData'), [bytes])];
  });
  const otherConstants = embedded.flatMap(({ initializers }) => initializers.map((message) => [message]));
  const initializers = [...ownConstants, ...otherConstants].flatMap((parts) =>
    delimited(fieldOf(graphType, 'initializer'), parts),
  );
  const body = delimited(fieldOf(modelType, 'graph'), [graphHead.finish(), ...initializers]);
  return Buffer.concat([model.finish(), ...body]);
}

function fieldOf(type: protobuf.Type, name: string): number {
  return type.fields[name]!.id;
}

/** A field of bytes or of a message, in parts: its tag and length, and the parts of its content. */
function delimited(field: number, content: readonly Uint8Array[]): Uint8Array[] {
  const length = content.reduce((sum, part) => sum + part.length, 0);
  const head = protobuf.Writer.create()
    .uint32((field << 3) | 2)
    .uint32(length);
  return [head.finish(), ...content];
}

/** Of the first release of ONNX that has the operator set. */
function irVersionOf(opset: number): number {
  if (opset > 20) return 10;
  return opset > 18 ? 9 : 8;
}

function encodeNode(node: Node, index: number): Uint8Array {
  return nodeType
    .encode({
      name: `${node.type}_${index}`,
      opType: node.type,
      domain: node.domain,
      input: node.inputs,
      output: node.outputs,
      attribute: Object.entries(node.attributes).map(([name, value]) => ({
        name,
        ...encodeAttribute(value),
      })),
    })
    .finish();
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
