import { convolvedShape, noPadding } from './convolution-shape.ts';
import type { AveragePoolStep, ConcatenateStep, LayerOf, MaxPoolStep, Shape } from './steps.ts';

/** Max pooling, and the zeros that a layer in front of it puts around the image. */
export function maxPoolStep(
  layer: LayerOf<'MaxPooling2D'>,
  zeros: LayerOf<'ZeroPadding2D'> | null,
  { inputShape, behindRelu }: Pick<MaxPoolStep, 'inputShape' | 'behindRelu'>,
): MaxPoolStep {
  const [top, bottom, left, right] = zeros?.padding ?? [0, 0, 0, 0];
  const padding = { top, bottom, left, right };
  const { name, poolSize, strides } = layer;
  const window = { name, kernelSize: poolSize, strides, filters: inputShape.channels };
  return {
    type: 'max_pool',
    input: (zeros ?? layer).inputs[0]!,
    output: name,
    inputShape,
    outputShape: convolvedShape(window, inputShape, padding),
    padding,
    behindRelu,
    layer,
  };
}

export function averagePoolStep(layer: LayerOf<'AveragePooling2D'>, inputShape: Shape): AveragePoolStep {
  const { name, inputs, poolSize } = layer;
  const window = { name, kernelSize: poolSize, strides: poolSize, filters: inputShape.channels };
  return {
    type: 'average_pool',
    input: inputs[0]!,
    output: name,
    inputShape,
    outputShape: convolvedShape(window, inputShape, noPadding),
    layer,
  };
}

/** Throws RangeError for images that are not two, or not of one size. */
export function concatenateStep(
  { name, inputs }: LayerOf<'Concatenate'>,
  shapes: readonly Shape[],
): ConcatenateStep {
  const [first, second] = shapes;
  if (shapes.length !== 2 || first!.height !== second!.height || first!.width !== second!.width)
    throw new RangeError(`${name} needs two images of one size`);
  return {
    type: 'concatenate',
    input: inputs[0]!,
    second: inputs[1]!,
    output: name,
    inputShape: first!,
    outputShape: { ...first!, channels: first!.channels + second!.channels },
  };
}
