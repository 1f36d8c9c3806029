import type { Layer, Network } from '../network.ts';

type LayerOf<T extends Layer['type']> = Extract<Layer, { type: T }>;
export type Convolution = LayerOf<'Conv2D' | 'DepthwiseConv2D'>;

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

/**
 * Layers that one pass over an image does together, in this order, each optional: convolution, batch normalisation,
 * adding a residual, ReLU.
 */
export interface ConvStep {
  readonly type: 'conv';
  readonly input: string;
  readonly output: string;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly convolution: Convolution | null;
  readonly padding: Padding;
  readonly normalization: LayerOf<'BatchNormalization'> | null;
  readonly residual: string | null;
  readonly relu: { readonly maxValue: number | null } | null;
}

export interface PoolStep {
  readonly type: 'pool';
  readonly input: string;
  readonly output: string;
  readonly inputShape: Shape;
}

export interface DenseStep {
  readonly type: 'dense';
  readonly input: string;
  readonly output: string;
  readonly inputUnits: number;
  readonly layer: LayerOf<'Dense'>;
}

export type Step = ConvStep | PoolStep | DenseStep;

type Size = Shape | { readonly units: number };

/** The names of its layers that may have weights. */
export function layersOf(step: Step): string[] {
  if (step.type === 'dense') return [step.layer.name];
  if (step.type === 'pool') return [];
  return [step.convolution?.name, step.normalization?.name].filter((name) => name !== undefined);
}

/**
 * Groups a network's layers into steps: neighbours that a convolution can take along become one step, unless somebody
 * else needs what lies between them. Throws RangeError where layers and shapes do not fit.
 */
export function planSteps(network: Network): Step[] {
  const planner = new Planner(network);
  while (!planner.done) planner.next();
  return planner.steps;
}

class Planner {
  readonly steps: Step[] = [];
  readonly #layers: readonly Layer[];
  readonly #sizes = new Map<string, Size>();
  readonly #consumers = new Map<string, number>();
  #position = 0;

  constructor(network: Network) {
    this.#layers = network.layers;
    const [height, width, channels] = network.input.shape;
    const flat = network.input.shape.length === 1;
    this.#sizes.set(
      network.input.name,
      flat ? { units: height! } : { height: height!, width: width!, channels: channels! },
    );
    for (const input of network.layers.flatMap((layer) => layer.inputs)) {
      this.#consumers.set(input, (this.#consumers.get(input) ?? 0) + 1);
    }
  }

  get done(): boolean {
    return this.#position === this.#layers.length;
  }

  next(): void {
    const layer = this.#layers[this.#position]!;
    if (layer.type === 'Dense') this.#dense(layer);
    else if (layer.type === 'GlobalAveragePooling2D') this.#pool(layer);
    else this.#conv();
  }

  #dense(layer: LayerOf<'Dense'>): void {
    const input = layer.inputs[0]!;
    const size = this.#sizes.get(input);
    if (!size || !('units' in size)) throw new RangeError(`${layer.name} needs flat features`);
    this.#add(
      { type: 'dense', input, output: layer.name, inputUnits: size.units, layer },
      { units: layer.units },
    );
    this.#position++;
  }

  #pool(layer: Layer): void {
    const input = layer.inputs[0]!;
    const inputShape = this.#image(input);
    this.#add({ type: 'pool', input, output: layer.name, inputShape }, { units: inputShape.channels });
    this.#position++;
  }

  #conv(): void {
    const input = this.#layers[this.#position]!.inputs[0]!;
    const inputShape = this.#image(input);
    let output = input;
    const take = <T extends Layer['type']>(...types: T[]): LayerOf<T> | null => {
      const layer = this.#layers[this.#position];
      const first = output === input;
      const fits = layer && (types as string[]).includes(layer.type) && layer.inputs.includes(output);
      if (!fits || (!first && this.#consumers.get(output) !== 1)) return null;
      output = layer.name;
      this.#position++;
      return layer as LayerOf<T>;
    };
    const zeros = take('ZeroPadding2D');
    const convolution = take('Conv2D', 'DepthwiseConv2D');
    if (zeros && !convolution) throw new RangeError(`${zeros.name} must be followed by a convolution`);
    const padding = convolution ? paddingOf(convolution, inputShape, zeros?.padding) : noPadding;
    const outputShape = convolution ? convolvedShape(convolution, inputShape, padding) : inputShape;
    const normalization = take('BatchNormalization');
    const beforeAdd = output;
    const add = take('Add');
    const residual = add
      ? add.inputs.find((name, i) => name !== beforeAdd || add.inputs.indexOf(name) !== i)!
      : null;
    const relu = take('ReLU');
    const step: ConvStep = {
      type: 'conv',
      input,
      output,
      inputShape,
      outputShape,
      convolution,
      padding,
      normalization,
      residual,
      relu,
    };
    this.#add(step, outputShape);
  }

  #add(step: Step, size: Size): void {
    this.steps.push(step);
    this.#sizes.set(step.output, size);
  }

  #image(name: string): Shape {
    const size = this.#sizes.get(name);
    if (!size || !('height' in size)) throw new RangeError(`${name} is no image that comes before its use`);
    return size;
  }
}

const noPadding: Padding = { top: 0, bottom: 0, left: 0, right: 0 };

/** Keras's `same`: as much as the last window needs, the odd row and column at the bottom and the right. */
function paddingOf(layer: Convolution, input: Shape, zeros: readonly number[] | undefined): Padding {
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

function convolvedShape(layer: Convolution, input: Shape, padding: Padding): Shape {
  const along = (length: number) => Math.floor((length - layer.kernelSize) / layer.strides) + 1;
  const height = along(input.height + padding.top + padding.bottom);
  const width = along(input.width + padding.left + padding.right);
  if (height < 1 || width < 1) throw new RangeError(`${layer.name} gets an image smaller than its kernel`);
  return { height, width, channels: layer.filters };
}
