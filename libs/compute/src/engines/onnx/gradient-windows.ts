import type { Convolution, ConvStep, Padding } from '../steps.ts';
import type { Value } from './graph-builder.ts';
import type { Picture } from './layouts/layout.ts';
import type { GradientTarget, StepContext } from './step-context.ts';

/** The gradient of a kernel over all channels, [kernel area * in, out], from the convolution's input and its output's gradient. */
export function kernelGradient(
  image: Value,
  gradient: Value,
  step: ConvStep,
  layer: Convolution,
  context: StepContext,
): Value {
  const { layout, inputShape, outputShape } = context;
  const { kernelSize, strides } = layer;
  const ofOutput = { image: gradient, shape: outputShape };
  if (kernelSize === 1) {
    const shape = { ...outputShape, channels: inputShape.channels };
    const met = strides === 1 ? image : layout.strided(image, inputShape, strides);
    return layout.channelProducts({ image: met, shape }, ofOutput);
  }
  if (strides > 1) return layout.channelProducts(windows(image, step, layer, context), ofOutput);
  return productsOfShifts(image, gradient, step, layer, context);
}

/**
 * The kernel gradient of a convolution without strides: of the padded image a copy for each column of the kernel, of the gradient one for
 * each row, with zeros above and below it. That is 2 x size copies, where windows are size x size.
 */
function productsOfShifts(
  image: Value,
  gradient: Value,
  step: ConvStep,
  { kernelSize: size }: Convolution,
  context: StepContext,
): Value {
  const { graph, layout, batch, inputShape, outputShape } = context;
  const { width } = outputShape;
  const [inChannels, outChannels] = [inputShape.channels, outputShape.channels];
  const height = outputShape.height + size - 1;
  const zeros = (rows: number) =>
    graph.op('ConstantOfShape', [graph.ints([batch, outChannels, rows, width])]);
  const once = layout.channelsFirst(gradient, outputShape);
  // Between two copies lie what is below the first and above the second: size - 1 - row, and row + 1.
  const stacked = Array.from({ length: size }, (_, row) => (row === 0 ? [once] : [zeros(size), once])).flat();
  const rows = graph.reshape(
    graph.op('Concat', stacked, { axis: { int: 2 } }),
    batch,
    outChannels * size,
    height,
    width,
  );
  const padded = paddedPlanes(image, step, context);
  const products = Array.from({ length: size }, (_, column) => {
    const ends = [graph.ints([column]), graph.ints([column + width]), graph.ints([3])];
    return layout.channelProducts(
      {
        image: graph.op('Slice', [padded, ...ends]),
        shape: { height, width, channels: inChannels },
        channelsFirst: true,
      },
      { image: rows, shape: { height, width, channels: outChannels * size }, channelsFirst: true },
    );
  });
  const all = graph.reshape(
    graph.op('Concat', products, { axis: { int: 0 } }),
    size * inChannels,
    outChannels,
    size,
  );
  const ordered = graph.transpose(all, 2, 0, 1);
  return graph.reshape(ordered, size * size * inChannels, outChannels);
}

/** What each output pixel sees, kernel area * channels: shifted copies of the input one behind the other. */
function windows(image: Value, step: ConvStep, layer: Convolution, context: StepContext): Picture {
  const { graph, inputShape } = context;
  const { kernelSize, strides } = layer;
  const padded = paddedPlanes(image, step, context);
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
    image: graph.op('Concat', taps, { axis: { int: 1 } }),
    shape: { height, width, channels: taps.length * inputShape.channels },
    channelsFirst: true,
  };
}

/** The step's input [batch, channels, height, width] with the zeros around it. */
function paddedPlanes(
  image: Value,
  { padding }: ConvStep,
  { graph, layout, inputShape }: StepContext,
): Value {
  const first = layout.channelsFirst(image, inputShape);
  const { top, left, bottom, right } = padding;
  return graph.op('Pad', [first, graph.ints([0, 0, top, left, 0, 0, bottom, right])]);
}

/** The gradient of a convolution's input: a convolution of the output's gradient, spread out by the stride, with the flipped kernel. */
export function convolveBack(
  gradient: Value,
  flippedKernel: Value,
  layer: Pick<Convolution, 'kernelSize' | 'strides' | 'name'>,
  step: Pick<ConvStep, 'inputShape' | 'padding'>,
  {
    graph,
    layout,
    inputShape,
    outputShape,
  }: Pick<StepContext, 'graph' | 'layout' | 'inputShape' | 'outputShape'>,
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
  if (kernelSize === 1 && strides === 2) {
    // Convolved before it is spread out it costs a quarter.
    const met = layout.convolve(gradient, flippedKernel, { kernel: [1, 1], groups });
    const shape = { ...outputShape, channels: inputShape.channels };
    const own = layout.interleaveZeros(met, shape, rows.length, columns.length);
    return target.addTo ? graph.add(own, target.addTo) : own;
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
