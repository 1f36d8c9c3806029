import type { Layer } from '../network.ts';

export type Convolution = Extract<Layer, { type: 'Conv2D' | 'DepthwiseConv2D' }>;

/** Rows and columns of zeros around an image. */
export interface Padding {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Height, width and channels. */
export interface Shape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

export const noPadding: Padding = { top: 0, bottom: 0, left: 0, right: 0 };

/** Keras's `same`: as much as the last window needs, the odd row and column at the bottom and the right. */
export function paddingOf(layer: Convolution, input: Shape, zeros: readonly number[] | undefined): Padding {
  const [top, bottom, left, right] = zeros ?? [0, 0, 0, 0];
  const same = (length: number) => {
    if (layer.padding === 'valid') return [0, 0] as const;
    const total = Math.max(
      (Math.ceil(length / layer.strides) - 1) * layer.strides + layer.kernelSize - length,
      0,
    );
    return [Math.floor(total / 2), Math.ceil(total / 2)] as const;
  };
  const [above, below] = same(input.height + top! + bottom!);
  const [before, after] = same(input.width + left! + right!);
  return { top: top! + above, bottom: bottom! + below, left: left! + before, right: right! + after };
}

export function convolvedShape(
  layer: Pick<Convolution, 'name' | 'kernelSize' | 'strides' | 'filters'>,
  input: Shape,
  padding: Padding,
): Shape {
  const along = (length: number) => Math.floor((length - layer.kernelSize) / layer.strides) + 1;
  const height = along(input.height + padding.top + padding.bottom);
  const width = along(input.width + padding.left + padding.right);
  if (height < 1 || width < 1) throw new RangeError(`${layer.name} gets an image smaller than its kernel`);
  return { height, width, channels: layer.filters };
}

/** Whether a convolution reads some pixels alone, which are better taken out before: it takes longer for them than for an image of these. */
export function leavesPixelsOut({ type, kernelSize, strides }: Convolution, padding: Padding): boolean {
  const isBare = Object.values(padding).every((zeros) => zeros === 0);
  return type === 'Conv2D' && kernelSize === 1 && strides > 1 && isBare;
}
