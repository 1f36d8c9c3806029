import type { Layer, Network } from '../network.ts';
import {
  convolvedShape,
  noPadding,
  paddingOf,
  type Convolution,
  type Padding,
  type Shape,
} from './convolution-shape.ts';

export type { Convolution, Padding, Shape } from './convolution-shape.ts';

type LayerOf<T extends Layer['type']> = Extract<Layer, { type: T }>;
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

/** Batch normalisation of features. */
export interface NormalizeStep {
  readonly type: 'normalize';
  readonly input: string;
  readonly output: string;
  readonly units: number;
  readonly layer: LayerOf<'BatchNormalization'>;
}

export interface DropoutStep {
  readonly type: 'dropout';
  readonly input: string;
  readonly output: string;
  readonly units: number;
  readonly layer: LayerOf<'Dropout'>;
}

/** An ONNX file's network. */
export interface GraphStep {
  readonly type: 'graph';
  readonly input: string;
  readonly output: string;
  readonly layer: LayerOf<'OnnxGraph'>;
}

/** The mean of features, of `input` among them. */
export interface AverageStep {
  readonly type: 'average';
  readonly input: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly units: number;
}

export type Step = ConvStep | PoolStep | DenseStep | NormalizeStep | DropoutStep | AverageStep | GraphStep;

type Size = Shape | { readonly units: number };

/** The names of its layers that may have weights. */
export function layersOf(step: Step): string[] {
  if (step.type === 'dense' || step.type === 'normalize') return [step.layer.name];
  if (step.type !== 'conv') return [];
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
    else if (layer.type === 'Average') this.#average(layer);
    else if (layer.type === 'OnnxGraph') this.#graph(layer);
    else if (layer.type === 'Dropout') this.#features(layer, 'dropout');
    else if (layer.type === 'BatchNormalization' && this.#isFlat(layer)) this.#features(layer, 'normalize');
    else this.#conv();
  }

  #dense(layer: LayerOf<'Dense'>): void {
    const input = layer.inputs[0]!;
    this.#add(
      { type: 'dense', input, output: layer.name, inputUnits: this.#units(layer), layer },
      { units: layer.units },
    );
    this.#position++;
  }

  /** Layers that keep the number of features. */
  #features<T extends 'dropout' | 'normalize'>(layer: Extract<Step, { type: T }>['layer'], type: T): void {
    const units = this.#units(layer);
    this.#add({ type, input: layer.inputs[0]!, output: layer.name, units, layer } as Step, { units });
    this.#position++;
  }

  #average({ name, inputs }: LayerOf<'Average'>): void {
    const sizes = inputs.map((input) => this.#sizes.get(input));
    const [first] = sizes;
    if (
      !first ||
      !('units' in first) ||
      !sizes.every((each) => each && 'units' in each && each.units === first.units)
    ) {
      throw new RangeError(`${name} needs flat features of one length`);
    }
    const { units } = first;
    this.#add({ type: 'average', input: inputs[0]!, inputs, output: name, units }, { units });
    this.#position++;
  }

  #graph(layer: LayerOf<'OnnxGraph'>): void {
    this.#add(
      { type: 'graph', input: layer.inputs[0]!, output: layer.name, layer },
      { units: layer.graph.units },
    );
    this.#position++;
  }

  #isFlat(layer: Layer): boolean {
    const size = this.#sizes.get(layer.inputs[0]!);
    return size !== undefined && 'units' in size;
  }

  #units(layer: Layer): number {
    const size = this.#sizes.get(layer.inputs[0]!);
    if (!size || !('units' in size)) throw new RangeError(`${layer.name} needs flat features`);
    return size.units;
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
