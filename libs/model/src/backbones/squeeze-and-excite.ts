import type { NetworkBuilder } from '../network-builder.ts';

interface SqueezeAndExcite {
  readonly pool: string;
  readonly reduce: string;
  readonly inner:
    | { readonly type: 'Activation'; readonly name: string; readonly activation: 'swish' }
    | { readonly type: 'ReLU'; readonly name: string; readonly maxValue: null };
  readonly expand: string;
  readonly gate: { readonly name: string; readonly activation: 'sigmoid' | 'hard_sigmoid' };
  readonly multiply: string;
  /** Between the two convolutions. */
  readonly units: number;
}

/** Adds a squeeze-and-excitation on top of the newest layer (Hu et al. 2018): layers by their names. */
export function squeezeAndExcite(
  builder: NetworkBuilder,
  { pool, reduce, inner, expand, gate, multiply, units }: SqueezeAndExcite,
): void {
  const input = builder.last;
  const channels = builder.shape.at(-1)!;
  const pointwise = { type: 'Conv2D', kernelSize: 1, strides: 1, padding: 'same', useBias: true } as const;
  builder.add({ type: 'GlobalAveragePooling2D', name: pool, keepDims: true });
  builder.add({ ...pointwise, name: reduce, filters: units });
  builder.add(inner);
  builder.add({ ...pointwise, name: expand, filters: channels });
  builder.add({ type: 'Activation', ...gate });
  builder.add({ type: 'Multiply', name: multiply }, [input, builder.last]);
}
