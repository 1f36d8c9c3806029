import type { Layer } from '../network.ts';
import type { Convolution, Padding, Shape } from './convolution-shape.ts';
import type { ExciteStep } from './excite-step.ts';

export type { ExciteStep } from './excite-step.ts';
export type { Convolution, Padding, Shape } from './convolution-shape.ts';

export type LayerOf<T extends Layer['type']> = Extract<Layer, { type: T }>;

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

/** An activation of an image that is zero at zero. */
export interface ActivateStep {
  readonly type: 'activate';
  readonly input: string;
  readonly output: string;
  readonly shape: Shape;
  readonly activation: 'swish' | 'hard_swish';
}

/** Keras's Normalization of the network's input. */
export interface StandardizeStep {
  readonly type: 'standardize';
  readonly input: string;
  readonly output: string;
  readonly shape: Shape;
  readonly layer: LayerOf<'Normalization'>;
}

/** The largest of each window, zeros around the image included. */
export interface MaxPoolStep {
  readonly type: 'max_pool';
  readonly input: string;
  readonly output: string;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly padding: Padding;
  /** Whether it reads a ReLU, of which no value is below the zeros. */
  readonly behindRelu: boolean;
  readonly layer: LayerOf<'MaxPooling2D'>;
}

/** The mean of each window. */
export interface AveragePoolStep {
  readonly type: 'average_pool';
  readonly input: string;
  readonly output: string;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly layer: LayerOf<'AveragePooling2D'>;
}

/** The channels of a second image behind those of the first. */
export interface ConcatenateStep {
  readonly type: 'concatenate';
  readonly input: string;
  readonly second: string;
  readonly output: string;
  /** Of the first. */
  readonly inputShape: Shape;
  readonly outputShape: Shape;
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

export type Step =
  | StandardizeStep
  | ConvStep
  | ActivateStep
  | ExciteStep
  | MaxPoolStep
  | AveragePoolStep
  | ConcatenateStep
  | PoolStep
  | DenseStep
  | NormalizeStep
  | DropoutStep
  | AverageStep
  | GraphStep;

/** What a step reads beside its input, null where that is all. */
export function secondInputOf(step: Step): string | null {
  if (step.type === 'conv') return step.residual;
  return step.type === 'concatenate' ? step.second : null;
}

/** The names of all that a step reads. */
export function inputsOf(step: Step): string[] {
  if (step.type === 'average') return [...step.inputs];
  const second = secondInputOf(step);
  return second === null ? [step.input] : [step.input, second];
}

/** The names of its layers that may have weights. */
export function layersOf(step: Step): string[] {
  switch (step.type) {
    case 'dense':
    case 'normalize':
    case 'standardize':
      return [step.layer.name];
    case 'excite':
      return [step.reduce.name, step.expand.name];
    case 'conv':
      return [step.convolution?.name, step.normalization?.name].filter((name) => name !== undefined);
    default:
      return [];
  }
}
