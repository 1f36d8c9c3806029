import type { ActivationName, Layer } from '../network.ts';
import type { Convolution, Shape } from './convolution-shape.ts';

/**
 * Squeeze-and-excitation (Hu et al. 2018): an image's channels, each by a gate that two 1x1 convolutions make of the means of all:
 * pooling, `reduce`, `inner`, `expand`, `gate`, Multiply.
 */
export interface ExciteStep {
  readonly type: 'excite';
  readonly input: string;
  readonly output: string;
  readonly shape: Shape;
  readonly reduce: Convolution;
  readonly inner: 'relu' | 'swish';
  readonly expand: Convolution;
  readonly gate: 'sigmoid' | 'hard_sigmoid';
}

/** Layers of a step. */
const length = 6;

/**
 * The squeeze-and-excitation that begins with pooling at a position, and how many layers it is. Throws RangeError where other
 * layers follow: pooling to an image of one pixel is for this alone.
 */
export function readExciteStep(
  layers: readonly Layer[],
  position: number,
  shape: Shape,
): { readonly step: ExciteStep; readonly length: number } {
  const [pool, reduce, inner, expand, gate, multiply] = layers.slice(position, position + length);
  const input = pool!.inputs[0]!;
  const follows = [reduce, inner, expand, gate].every(
    (layer, i) => layer?.inputs[0] === layers[position + i]!.name,
  );
  const excited =
    multiply?.type === 'Multiply' &&
    multiply.inputs.includes(input) &&
    multiply.inputs.includes(gate?.name ?? '');
  const innerName = inner && activationOf(inner);
  const gateName = gate && activationOf(gate);
  if (
    !follows ||
    !excited ||
    !isPointwise(reduce) ||
    !isPointwise(expand) ||
    (innerName !== 'relu' && innerName !== 'swish') ||
    (gateName !== 'sigmoid' && gateName !== 'hard_sigmoid')
  ) {
    throw new RangeError(`${pool!.name} pools to one pixel, and no squeeze-and-excitation follows`);
  }
  const names = { type: 'excite', input, output: multiply.name } as const;
  return { step: { ...names, shape, reduce, inner: innerName, expand, gate: gateName }, length };
}

function isPointwise(layer: Layer | undefined): layer is Convolution {
  return layer?.type === 'Conv2D' && layer.kernelSize === 1 && layer.strides === 1 && layer.useBias;
}

function activationOf(layer: Layer): ActivationName | 'relu' | null {
  if (layer.type === 'Activation') return layer.activation;
  return layer.type === 'ReLU' && layer.maxValue === null ? 'relu' : null;
}
