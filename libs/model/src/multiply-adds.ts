import { sizeOf, type Network } from '@thaw/compute';
import { outputShapes, weightShapes } from './shapes.ts';

/** Multiplications with additions that an image takes in convolutions and dense layers; what an ONNX file takes is not known and counts as 0. */
export function multiplyAdds(network: Network): number {
  const outputs = outputShapes(network);
  let total = 0;
  for (const [name, shape] of weightShapes(network)) {
    const [layer, weight] = name.split('/') as [string, string];
    if (!weight.endsWith('kernel')) continue;
    // A dense layer gives its units, a convolution its channels at each place.
    total += sizeOf(shape) * sizeOf(outputs.get(layer)!.slice(0, -1));
  }
  return total;
}
