import type { Layer, Network } from '../network.ts';
import { convolvedShape, noPadding, paddingOf } from './convolution-shape.ts';
import { readExciteStep } from './excite-step.ts';
import type {
  AveragePoolStep,
  ConcatenateStep,
  ConvStep,
  LayerOf,
  MaxPoolStep,
  Shape,
  Step,
} from './steps.ts';
import { averagePoolStep, concatenateStep, maxPoolStep } from './window-steps.ts';

type Size = Shape | { readonly units: number };

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
  /** The layers that read a tensor, one that reads it twice two times. */
  readonly #readersOf = new Map<string, Layer[]>();
  readonly #input: string;
  /** Layers that are in a step. */
  readonly #read = new Set<string>();

  constructor(network: Network) {
    this.#layers = network.layers;
    this.#input = network.input.name;
    const [height, width, channels] = network.input.shape;
    const flat = network.input.shape.length === 1;
    this.#sizes.set(
      network.input.name,
      flat ? { units: height! } : { height: height!, width: width!, channels: channels! },
    );
    for (const layer of network.layers) {
      for (const input of layer.inputs) {
        this.#readersOf.set(input, [...(this.#readersOf.get(input) ?? []), layer]);
      }
    }
  }

  get done(): boolean {
    return this.#read.size === this.#layers.length;
  }

  next(): void {
    const layer = this.#layers.find(({ name }) => !this.#read.has(name))!;
    if (layer.type === 'Dense') this.#dense(layer);
    else if (layer.type === 'GlobalAveragePooling2D') this.#pool(layer);
    else if (layer.type === 'Activation') this.#activate(layer);
    else if (layer.type === 'Normalization') this.#standardize(layer);
    else if (layer.type === 'Average') this.#average(layer);
    else if (layer.type === 'OnnxGraph') this.#graph(layer);
    else if (layer.type === 'Dropout') this.#features(layer, 'dropout');
    else if (layer.type === 'BatchNormalization' && this.#isFlat(layer)) this.#features(layer, 'normalize');
    else if (layer.type === 'MaxPooling2D')
      this.#imageStep(maxPoolStep(layer, null, this.#pooled(layer)), layer);
    else if (layer.type === 'AveragePooling2D')
      this.#imageStep(averagePoolStep(layer, this.#image(layer.inputs[0]!)), layer);
    else if (layer.type === 'Concatenate') {
      const shapes = layer.inputs.map((name) => this.#image(name));
      this.#imageStep(concatenateStep(layer, shapes), layer);
    } else this.#conv(layer);
  }

  #dense(layer: LayerOf<'Dense'>): void {
    const input = layer.inputs[0]!;
    this.#add(
      { type: 'dense', input, output: layer.name, inputUnits: this.#units(layer), layer },
      { units: layer.units },
    );
    this.#read.add(layer.name);
  }

  /** Layers that keep the number of features. */
  #features<T extends 'dropout' | 'normalize'>(layer: Extract<Step, { type: T }>['layer'], type: T): void {
    const units = this.#units(layer);
    this.#add({ type, input: layer.inputs[0]!, output: layer.name, units, layer } as Step, { units });
    this.#read.add(layer.name);
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
    this.#read.add(name);
  }

  #readers(name: string): readonly Layer[] {
    return this.#readersOf.get(name) ?? [];
  }

  #graph(layer: LayerOf<'OnnxGraph'>): void {
    this.#add(
      { type: 'graph', input: layer.inputs[0]!, output: layer.name, layer },
      { units: layer.graph.units },
    );
    this.#read.add(layer.name);
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

  #activate({ name, inputs, activation }: LayerOf<'Activation'>): void {
    if (activation !== 'swish' && activation !== 'hard_swish') {
      throw new RangeError(`${name}: ${activation} is for the gate of a squeeze-and-excitation alone`);
    }
    const input = inputs[0]!;
    const shape = this.#image(input);
    this.#add({ type: 'activate', input, output: name, shape, activation }, shape);
    this.#read.add(name);
  }

  #standardize(layer: LayerOf<'Normalization'>): void {
    const [input] = layer.inputs;
    if (input !== this.#input) throw new RangeError(`${layer.name} must be the first layer`);
    const shape = this.#image(input);
    this.#add({ type: 'standardize', input, output: layer.name, shape, layer }, shape);
    this.#read.add(layer.name);
  }

  #pool(layer: LayerOf<'GlobalAveragePooling2D'>): void {
    const input = layer.inputs[0]!;
    const inputShape = this.#image(input);
    if (layer.keepDims) {
      const position = this.#layers.indexOf(layer);
      const { step, length } = readExciteStep(this.#layers, position, inputShape);
      this.#add(step, inputShape);
      for (const { name } of this.#layers.slice(position, position + length)) this.#read.add(name);
      return;
    }
    this.#add({ type: 'pool', input, output: layer.name, inputShape }, { units: inputShape.channels });
    this.#read.add(layer.name);
  }

  /** What max pooling reads, its zeros aside. */
  #pooled({ inputs: [input] }: Layer) {
    const source = this.#layers.find(({ name }) => name === input);
    return { inputShape: this.#image(input!), behindRelu: source?.type === 'ReLU' };
  }

  /** An image of a layer, with the layers in front of it that it takes along. */
  #imageStep(step: AveragePoolStep | ConcatenateStep | MaxPoolStep, ...layers: readonly Layer[]): void {
    this.#add(step, step.outputShape);
    for (const { name } of layers) this.#read.add(name);
  }

  #conv(begin: Layer): void {
    const input = begin.inputs[0]!;
    const inputShape = this.#image(input);
    const [behind, ...others] = this.#readers(begin.name);
    if (begin.type === 'ZeroPadding2D' && behind?.type === 'MaxPooling2D' && others.length === 0) {
      this.#imageStep(maxPoolStep(behind, begin, this.#pooled(begin)), begin, behind);
      return;
    }
    let output = input;
    const take = <T extends Layer['type']>(...types: T[]): LayerOf<T> | null => {
      const first = output === input;
      const readers = first ? [begin] : this.#readers(output);
      const [layer] = readers;
      if (!layer || readers.length > 1 || !(types as string[]).includes(layer.type)) return null;
      // What else it reads, a residual, may come later still.
      if (!layer.inputs.every((name) => name === output || this.#sizes.has(name))) return null;
      output = layer.name;
      this.#read.add(output);
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
