import type { StepMemoryOptions } from '../../engine.ts';
import type { Network } from '../../network.ts';
import { computesAgain, normalizesBeforeConvolution } from './batch-norm-before-convolution.ts';
import { GraphBuilder } from './graph-builder.ts';
import type { LayoutFactory } from './layouts/layout.ts';
import { paysByTiles, tileValues } from './tiled-convolution.ts';
import { planSteps } from '../plan-steps.ts';
import { inputsOf, layersOf, type ConvStep, type Shape } from '../steps.ts';

/** Images that the backward pass of a step has in hand at once: gradients in and out, a slope, copies for a matrix product. */
const imagesInHand = 4;
/**
 * What ONNX Runtime's memory arena takes over what it hands out: measured 1.15 to 1.35 on the blocked layout, and up to a third more on
 * the portable one, whose transposed copies live beside the images.
 */
const arenaSlack = { blocked: 1.25, portable: 1.45 };

/**
 * Bytes that ONNX Runtime takes for the values of one training step, without weights and inputs: what the forward pass keeps
 * for the backward pass, which lets go of it from the last layer to the first, and the images that the step in hand needs.
 */
export function estimateStepMemory(
  network: Network,
  { batch, trainable, layout }: StepMemoryOptions & { readonly layout: LayoutFactory },
): number {
  const stored = layout(new GraphBuilder(), batch);
  const floatsOf = ({ height, width, channels }: Shape) =>
    batch * height * width * stored.storedChannels(channels);
  const isTrained = (layer: { readonly name: string } | null) => layer !== null && trainable.has(layer.name);
  const differentiable = new Set<string>();
  let kept = 0;
  let peak = 0;
  for (const step of planSteps(network)) {
    if (step.type === 'activate' || step.type === 'excite' || step.type === 'max_pool') {
      const image = floatsOf(step.type === 'max_pool' ? step.inputShape : step.shape);
      if (differentiable.has(step.input) || layersOf(step).some((name) => trainable.has(name))) {
        differentiable.add(step.output);
        kept += image;
      }
      peak = Math.max(peak, kept + imagesInHand * image);
      continue;
    }
    if (step.type === 'average_pool' || step.type === 'concatenate') {
      // Neither keeps anything, nor does the batch norm that reads it need it: that keeps a copy of its own.
      if (inputsOf(step).some((name) => differentiable.has(name))) differentiable.add(step.output);
      const largest = Math.max(floatsOf(step.inputShape), floatsOf(step.outputShape));
      peak = Math.max(peak, kept + imagesInHand * largest);
      continue;
    }
    if (step.type !== 'conv') continue;
    const image = floatsOf(step.outputShape);
    const byTiles = stored.pixels !== null && paysByTiles(step, batch) ? tileValues(step.outputShape) : null;
    const inHand = imagesInHand * (byTiles ?? 1) * Math.max(image, floatsOf(step.inputShape));
    if (isDifferentiable(step, isTrained, differentiable)) {
      differentiable.add(step.output);
      const weights = { isTrainable: (name: string) => trainable.has(name) };
      if (!computesAgain(step, weights)) kept += image;
      if (byTiles !== null && isTrained(step.convolution)) kept += byTiles * floatsOf(step.inputShape);
      // Batch norm in training keeps the image that it normalises beside its result, or the input where that tells its statistics.
      if (normalizesBeforeConvolution(step, weights)) kept += floatsOf(step.inputShape);
      else if (isTrained(step.normalization)) kept += image;
    }
    peak = Math.max(peak, kept + inHand);
  }
  return peak * Float32Array.BYTES_PER_ELEMENT * arenaSlack[stored.name];
}

function isDifferentiable(
  { input, residual, convolution, normalization }: ConvStep,
  isTrained: (layer: { readonly name: string } | null) => boolean,
  differentiable: ReadonlySet<string>,
): boolean {
  return (
    isTrained(convolution) ||
    isTrained(normalization) ||
    differentiable.has(input) ||
    (residual !== null && differentiable.has(residual))
  );
}
