import type { Tensor } from '@thaw/compute';
import type { DenseLayer } from '@thaw/model';

/**
 * Grad-CAM: where in the last feature map the evidence for a class is, [height, width] as a flat array, 0 where there is none
 * or where it speaks against the class; in units of the class's logit.
 *
 * The feature map is pooled by its mean and then goes through fully connected layers, so the gradient is worked out by hand: it
 * is the same at every place, the product of the layers' kernels with the units that are off left out. Without a hidden
 * layer this is the class activation map of Zhou et al.
 *
 * `featureMap` is [height, width, channels], `features` its mean over places, `head` the layers to the logits and the softmax.
 * Source: Selvaraju et al. (2017), Grad-CAM, ICCV, equations 1 and 2; Zhou et al. (2016), Learning deep features for
 * discriminative localization, CVPR.
 */
export function gradCam(
  { shape, data }: Tensor,
  features: Float32Array,
  head: readonly DenseLayer[],
  classIndex: number,
): Float32Array {
  const [height, width, channels] = shape as [number, number, number];
  const gradient = logitGradient(features, head, classIndex);
  const places = height * width;
  return Float32Array.from({ length: places }, (_, place) => {
    let evidence = 0;
    for (let c = 0; c < channels; c++) evidence += gradient[c]! * data[place * channels + c]!;
    return Math.max(0, evidence / places);
  });
}

/** How the logit of a class changes with each feature. */
function logitGradient(
  features: Float32Array,
  head: readonly DenseLayer[],
  classIndex: number,
): Float32Array {
  const outputs: Float32Array[] = [];
  for (const layer of head.slice(0, -1)) outputs.push(apply(layer, outputs.at(-1) ?? features));
  const { units, kernel } = sizesOf(head.at(-1)!);
  let gradient: Float32Array = Float32Array.from(
    { length: kernel.length / units },
    (_, i) => kernel[i * units + classIndex]!,
  );
  for (let index = head.length - 2; index >= 0; index--) {
    const layer = head[index]!;
    const output = outputs[index]!;
    const above =
      layer.activation === 'relu' ? gradient.map((value, i) => (output[i]! > 0 ? value : 0)) : gradient;
    gradient = transposed(layer, above);
  }
  return gradient;
}

function sizesOf({ kernel, bias }: DenseLayer) {
  return { units: bias.data.length, kernel: kernel.data };
}

function apply(layer: DenseLayer, input: Float32Array): Float32Array {
  const { units, kernel } = sizesOf(layer);
  const output = layer.bias.data.slice();
  for (let i = 0; i < input.length; i++) {
    for (let unit = 0; unit < units; unit++) output[unit]! += input[i]! * kernel[i * units + unit]!;
  }
  return layer.activation === 'relu' ? output.map((value) => Math.max(0, value)) : output;
}

/** kernel times a vector of its units. */
function transposed(layer: DenseLayer, vector: Float32Array): Float32Array {
  const { units, kernel } = sizesOf(layer);
  return Float32Array.from({ length: kernel.length / units }, (_, i) => {
    let sum = 0;
    for (let unit = 0; unit < units; unit++) sum += kernel[i * units + unit]! * vector[unit]!;
    return sum;
  });
}
