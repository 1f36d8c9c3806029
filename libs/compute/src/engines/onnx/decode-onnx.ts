import {
  dataTypes,
  modelType,
  nodeType,
  tensorType,
  type Attribute,
  type Constant,
  type Node,
  type OnnxGraph,
} from './onnx-format.ts';

interface Named {
  readonly name: string;
}

/** What protobufjs makes of a model; what the file leaves out has the format's default. */
interface DecodedModel {
  readonly metadataProps: readonly { readonly key: string; readonly value: string }[];
  readonly graph: {
    readonly node: readonly Uint8Array[];
    readonly initializer: readonly Uint8Array[];
    readonly input: readonly DecodedValue[];
    readonly output: readonly DecodedValue[];
  };
}

interface DecodedNode {
  readonly opType: string;
  readonly domain: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly attribute: readonly DecodedAttribute[];
}

interface DecodedAttribute extends Named {
  readonly type: number;
  readonly f: number;
  readonly i: number;
  readonly s: Uint8Array;
  readonly floats: readonly number[];
  readonly ints: readonly number[];
}

interface DecodedTensor extends Named {
  readonly dims: readonly number[];
  readonly dataType: number;
  readonly rawData: Uint8Array;
}

type DecodedValue = Named & {
  readonly type: {
    readonly tensorType: {
      readonly shape: {
        readonly dim: readonly { readonly dimValue?: number; readonly dimParam?: string }[];
      } | null;
    };
  };
};

/** A graph without another file's within. */
export interface OwnGraph extends OnnxGraph {
  readonly nodes: readonly Node[];
}

/** The graph in the bytes of an `.onnx` file that `encodeOnnx` wrote, of this version or an earlier one. */
export function decodeOnnx(bytes: Uint8Array): OwnGraph {
  const { graph, metadataProps } = decode<DecodedModel>(modelType, bytes);
  return {
    nodes: graph.node.map((message) => {
      const { opType, domain, input, output, attribute } = decode<DecodedNode>(nodeType, message);
      const attributes = Object.fromEntries(attribute.map((each) => [each.name, attributeOf(each)]));
      return { type: opType, domain, inputs: input, outputs: output, attributes };
    }),
    constants: new Map(
      graph.initializer.map((message) => {
        const { name, dims, dataType, rawData } = decode<DecodedTensor>(tensorType, message);
        return [name, { type: typeOf(dataType), shape: dims, bytes: rawData }];
      }),
    ),
    inputs: graph.input.map(valueOf),
    outputs: graph.output.map(valueOf),
    metadata: Object.fromEntries(metadataProps.map(({ key, value }) => [key, value])),
  };
}

function decode<T>(type: typeof modelType, bytes: Uint8Array): T {
  return type.toObject(type.decode(bytes), { longs: Number, arrays: true, defaults: true }) as T;
}

function attributeOf({ type, f, i, s, floats, ints }: DecodedAttribute): Attribute {
  if (type === 1) return { float: f };
  if (type === 2) return { int: i };
  if (type === 3) return { string: Buffer.from(s).toString() };
  return type === 6 ? { floats } : { ints };
}

function typeOf(dataType: number): Constant['type'] {
  const found = Object.entries(dataTypes).find(([, number]) => number === dataType);
  if (!found) throw new RangeError(`a constant of type ${dataType}`);
  return found[0] as Constant['type'];
}

function valueOf({ name, type }: DecodedValue) {
  const { shape } = type.tensorType;
  return { name, shape: shape?.dim.map(({ dimValue, dimParam }) => dimParam ?? dimValue!) ?? null };
}
