import type { Node } from './onnx-format.ts';

/**
 * The nodes with the values that are outputs named after them, where need be by an Identity: of a value that is no node's, or
 * that is an output twice. Those that only outputs read come last, in the order of the outputs.
 */
export function namedOutputs(
  nodes: readonly Node[],
  outputs: ReadonlyMap<string, { readonly value: string }>,
): Node[] {
  const computed = new Set(nodes.flatMap((node) => node.outputs));
  const names = new Map<string, string>();
  const copies: Node[] = [];
  for (const [name, { value }] of outputs) {
    if (computed.has(value) && !names.has(value)) names.set(value, name);
    else copies.push({ type: 'Identity', domain: '', inputs: [value], outputs: [name], attributes: {} });
  }
  const named = (value: string) => names.get(value) ?? value;
  const renamed = [...nodes, ...copies].map((node) => ({
    ...node,
    inputs: node.inputs.map(named),
    outputs: node.outputs.map(named),
  }));
  const read = new Set(renamed.flatMap((node) => node.inputs));
  const order = new Map([...outputs.keys()].map((name, i) => [name, i]));
  const place = ({ outputs: [output] }: Node) => (read.has(output!) ? -1 : (order.get(output!) ?? -1));
  return renamed.sort((a, b) => place(a) - place(b));
}
