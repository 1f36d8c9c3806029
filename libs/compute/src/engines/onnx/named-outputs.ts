import type { EmbeddedGraph } from './file/embed-onnx.ts';
import type { Node } from './onnx-format.ts';

type Part = Node | EmbeddedGraph;
const isNode = <P extends Part>(part: P): part is P & Node => 'type' in part;

/**
 * The nodes with the values that are outputs named after them, where need be by an Identity: of a value that is no node's, or
 * that is an output twice. Graphs of other files stay as they are. Those that only outputs read come last, in the order of the outputs.
 */
export function namedOutputs<P extends Part>(
  parts: readonly P[],
  outputs: ReadonlyMap<string, { readonly value: string }>,
): (P | Node)[] {
  const computed = new Set(parts.filter(isNode).flatMap((node) => node.outputs));
  const names = new Map<string, string>();
  const copies: Node[] = [];
  for (const [name, { value }] of outputs) {
    if (computed.has(value) && !names.has(value)) names.set(value, name);
    else copies.push({ type: 'Identity', domain: '', inputs: [value], outputs: [name], attributes: {} });
  }
  const named = (value: string) => names.get(value) ?? value;
  const renamed = [...parts, ...copies].map((part): P | Node =>
    isNode(part) ? { ...part, inputs: part.inputs.map(named), outputs: part.outputs.map(named) } : part,
  );
  const read = new Set(renamed.filter(isNode).flatMap((node) => node.inputs));
  const order = new Map([...outputs.keys()].map((name, i) => [name, i]));
  const place = (part: Part) => {
    if (!isNode(part) || read.has(part.outputs[0]!)) return -1;
    return order.get(part.outputs[0]!) ?? -1;
  };
  return renamed.sort((a, b) => place(a) - place(b));
}
