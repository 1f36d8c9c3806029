import type { Network } from '@thaw/compute';

/**
 * What stands behind an ONNX file in a network, with the file's features as its input: all of it that formats of layers, such as
 * TensorFlow.js's, can hold. Null for a network without such a file.
 */
export function behindGraph({ layers }: Network): Network | null {
  const at = layers.findIndex(({ type }) => type === 'OnnxGraph');
  const graph = layers[at];
  if (graph?.type !== 'OnnxGraph') return null;
  return { input: { name: graph.name, shape: [graph.graph.units] }, layers: layers.slice(at + 1) };
}
