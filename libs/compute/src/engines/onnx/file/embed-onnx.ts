import protobuf from 'protobufjs';
import type { OnnxFile } from './read-onnx-file.ts';
import type { OnnxNode, OnnxTensor } from './parse-onnx.ts';
import { wireFields } from './wire-fields.ts';

/** A graph's nodes and constants as messages of the format, to stand in another graph. */
export interface EmbeddedGraph {
  readonly nodes: readonly Uint8Array[];
  readonly initializers: readonly Uint8Array[];
  readonly opsets: ReadonlyMap<string, number>;
}

/**
 * What of a file makes one of its values out of its input, every value under `prefix`: nodes in their order, constants of other files
 * within. Comments and traces of where it was exported stay behind. `value` is one of the graph's.
 */
export function embedOnnx({ contents, external }: OnnxFile, prefix: string, value: string): EmbeddedGraph {
  const { nodes, initializers, opsets } = contents;
  const needed = new Set([value]);
  const backwards: OnnxNode[] = [];
  for (const node of nodes.toReversed()) {
    if (!node.outputs.some((output) => needed.has(output))) continue;
    backwards.push(node);
    for (const input of node.inputs) needed.add(input);
  }
  const used = backwards.reverse();
  const domains = new Set(['', ...used.map(({ domain }) => domain)]);
  const constants = [...initializers.values()].filter(({ name }) => needed.has(name));
  return {
    nodes: used.map((node, i) => renamedNode(node, prefix, i)),
    initializers: constants.map((tensor) => renamedTensor(tensor, prefix, external.get(tensor.name))),
    opsets: new Map([...opsets].filter(([domain]) => domains.has(domain))),
  };
}

function renamedNode(
  { name, type, domain, inputs, outputs, attributes }: OnnxNode,
  prefix: string,
  index: number,
): Uint8Array {
  const writer = protobuf.Writer.create();
  const text = (field: number, value: string) => writer.uint32(field * 8 + 2).string(value);
  // An empty name stands for an optional value that is left out.
  const renamed = (each: string) => (each === '' ? '' : prefix + each);
  for (const input of inputs) text(1, renamed(input));
  for (const output of outputs) text(2, renamed(output));
  // Exporters may give two nodes one name, which ONNX Runtime refuses.
  text(3, `${prefix}${index}/${name}`);
  text(4, type);
  if (domain !== '') text(7, domain);
  return Buffer.concat([writer.finish(), ...attributes.map(({ raw }) => raw)]);
}

/** Fields of a tensor that say where its values lie, its name and comments. */
const [nameField, rawData, replaced] = [8, 9, [8, 12, 13, 14, 16]];

function renamedTensor(
  { name, message }: OnnxTensor,
  prefix: string,
  values: Uint8Array | undefined,
): Uint8Array {
  const kept = [...wireFields(message)]
    .filter(({ field }) => !replaced.includes(field))
    .map(({ raw }) => raw);
  const own = protobuf.Writer.create()
    .uint32(nameField * 8 + 2)
    .string(prefix + name);
  if (!values) return Buffer.concat([...kept, own.finish()]);
  const tag = own.uint32(rawData * 8 + 2).uint32(values.length);
  return Buffer.concat([...kept, tag.finish(), values]);
}
