import type { Convolution, ConvStep, Padding } from '../steps.ts';
import type { Value } from './graph-builder.ts';
import type { Picture } from './layouts/layout.ts';
import type { GradientTarget, StepContext } from './step-context.ts';

/** What each output pixel sees, kernel area * channels: shifted copies of the input one behind the other. */
export function windows(
  image: Value,
  step: ConvStep,
  layer: Convolution,
  { graph, layout, inputShape }: StepContext,
): Picture {
  const { kernelSize, strides } = layer;
  if (kernelSize === 1 && strides === 1) return { image, shape: inputShape };
  const first = layout.channelsFirst(image, inputShape);
  const { top, left, bottom, right } = step.padding;
  const padded = graph.op('Pad', [first, graph.ints([0, 0, top, left, 0, 0, bottom, right])]);
  const { height, width } = step.outputShape;
  const taps = Array.from({ length: kernelSize * kernelSize }, (_, tap) => {
    const start = [Math.floor(tap / kernelSize), tap % kernelSize];
    const end = [start[0]! + (height - 1) * strides + 1, start[1]! + (width - 1) * strides + 1];
    const axes = graph.ints([2, 3]);
    return graph.op('Slice', [
      padded,
      graph.ints(start),
      graph.ints(end),
      axes,
      graph.ints([strides, strides]),
    ]);
  });
  return {
    image: taps.length === 1 ? taps[0]! : graph.op('Concat', taps, { axis: { int: 1 } }),
    shape: { height, width, channels: taps.length * inputShape.channels },
    channelsFirst: true,
  };
}

/** The gradient of a convolution's input: a convolution of the output's gradient, spread out by the stride, with the flipped kernel. */
export function convolveBack(
  gradient: Value,
  flippedKernel: Value,
  layer: Pick<Convolution, 'kernelSize' | 'strides' | 'name'>,
  step: Pick<ConvStep, 'inputShape' | 'padding'>,
  { layout, outputShape }: Pick<StepContext, 'layout' | 'outputShape'>,
  groups: number,
  target: GradientTarget,
): Value {
  const { kernelSize, strides, name } = layer;
  if (strides > 2) throw new RangeError(`${name}: strides above 2 cannot train`);
  // Of a gradient spread out, the zeros at its end that no input has met are left out.
  const along = (input: number, output: number, before: number) => {
    const begin = kernelSize - 1 - before;
    const after = input + kernelSize - 1 - strides * output - begin;
    return { begin, end: Math.max(after, 0), length: strides * output + Math.min(after, 0) };
  };
  const rows = along(step.inputShape.height, outputShape.height, step.padding.top);
  const columns = along(step.inputShape.width, outputShape.width, step.padding.left);
  const padding: Padding = { top: rows.begin, bottom: rows.end, left: columns.begin, right: columns.end };
  const isCut = rows.length < strides * outputShape.height || columns.length < strides * outputShape.width;
  if (Math.min(rows.begin, columns.begin) < 0 || (isCut && strides === 1)) {
    throw new RangeError(`${name}: this padding cannot train`);
  }
  const spread =
    strides === 2 ? layout.interleaveZeros(gradient, outputShape, rows.length, columns.length) : gradient;
  return layout.convolve(spread, flippedKernel, {
    kernel: [kernelSize, kernelSize],
    padding,
    groups,
    residual: target.addTo,
  });
}

/** The step's padding without the rows and columns at the bottom and the right that a stride leaves out. */
export function seenPadding(step: ConvStep, { kernelSize, strides, name }: Convolution): Padding {
  const along = (input: number, output: number, before: number, after: number) =>
    Math.min(after, strides * (output - 1) + kernelSize - input - before);
  const { inputShape, outputShape, padding } = step;
  const bottom = along(inputShape.height, outputShape.height, padding.top, padding.bottom);
  const right = along(inputShape.width, outputShape.width, padding.left, padding.right);
  if (Math.min(bottom, right) < 0) throw new RangeError(`${name}: this padding cannot train`);
  return { ...padding, bottom, right };
}
