import { buildInferenceGraph, mapOf, type Layer, type Network, type Weights } from '@thaw/compute';

/**
 * Outputs of a classifier's ONNX file: the last layer; what global average pooling makes of the last feature map; that
 * feature map itself, channels-last, which shows where the network looked, and which an ONNX file that gives features alone has not.
 * Of several networks' mean, the latter are the first's.
 */
export const onnxOutputs = ['probabilities', 'features', 'feature_map'] as const;

/**
 * A classifier as the bytes of an `.onnx` file, which every ONNX runtime opens: standard operators of opset 17, batch
 * normalisation folded, any batch size, the outputs of `onnxOutputs`, the metadata as the file's own. Throws RangeError for a
 * network that does not pool a feature map.
 */
export function encodeOnnxModel(
  network: Network,
  weights: Weights,
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const pool = network.layers.find(
    (layer) => (layer.type === 'GlobalAveragePooling2D' && !layer.keepDims) || layer.type === 'OnnxGraph',
  );
  if (!pool) throw new RangeError('the network has no GlobalAveragePooling2D');
  const map = mapBehind(pool);
  const [probabilities, features, featureMap] = onnxOutputs;
  return buildInferenceGraph(network, weights, {
    outputs: {
      [probabilities]: network.layers.at(-1)!.name,
      [features]: pool.name,
      ...(map !== null && { [featureMap]: map }),
    },
    metadata,
  });
}

function mapBehind(layer: Layer): string | null {
  if (layer.type !== 'OnnxGraph') return layer.inputs[0]!;
  return layer.graph.mapLayout ? mapOf(layer.name) : null;
}
