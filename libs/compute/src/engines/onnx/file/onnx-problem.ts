import { madeValues } from './made-values.ts';
import type { OnnxContents, OnnxNode } from './parse-onnx.ts';

/** Bytes that a file and its external data may be. */
export const largestFile = 2 ** 30;
/** Values that nodes may make in all where constants say how many: 1 GiB of float32. */
const mostMade = 2 ** 28;
const mostNodes = 100_000;

/** Operator sets that the inference graph around it is valid in, too. */
const opsets = { first: 11, last: 21 };
const domains = ['', 'com.microsoft'];

/**
 * Why a graph is not run, as the end of a sentence that its file's name begins; null for one that is. Refused is what could make it
 * compute or take memory without bound (control flow, functions, huge values out of a few bytes) or needs a library of its own.
 */
export function onnxProblem(contents: OnnxContents): string | null {
  const { opsets: imported, nodes, functions, sparse } = contents;
  const opset = imported.get('') ?? 0;
  if (opset < opsets.first || opset > opsets.last) {
    return `which is of ONNX's operator set ${opset}; allowed: ${opsets.first} to ${opsets.last} (opset_version of the exporter)`;
  }
  if (functions > 0)
    return 'which has functions of its own; allowed: a graph of operators alone (onnx.inliner removes functions)';
  if (sparse > 0) return 'which has sparse constants; allowed: dense ones';
  if (nodes.length > mostNodes) return `which has ${nodes.length} nodes; allowed: at most ${mostNodes}`;
  const flowing = nodes.find(({ attributes }) => attributes.some(({ hasGraph }) => hasGraph));
  if (flowing)
    return `which has a graph within a graph (${described(flowing)}); allowed: no control flow (Loop, If, Scan)`;
  const foreign = nodes.find(({ domain }) => !domains.includes(domain));
  if (foreign)
    return `which has an operator of the domain "${foreign.domain}" (${described(foreign)}); allowed: ONNX's own operators`;
  const inside = nodes.find(({ attributes }) =>
    attributes.some(({ tensors }) => tensors.some(({ external }) => external)),
  );
  if (inside)
    return `which keeps a constant of a node in another file (${described(inside)}); allowed: external data of initializers alone`;
  const constants = new Map(
    nodes.filter(({ type }) => type === 'Constant').map((node) => [node.outputs[0], node]),
  );
  let made = 0;
  for (const node of nodes) {
    made += madeValues(node, contents, constants);
    // What is no number, such as nothing times infinity, is refused, too.
    if (!(made <= mostMade))
      return `which makes more than ${mostMade} numbers out of few bytes (with ${described(node)}); allowed: fewer`;
  }
  return null;
}

function described({ type, name }: OnnxNode): string {
  return name === '' ? type : `${type} ${name}`;
}
