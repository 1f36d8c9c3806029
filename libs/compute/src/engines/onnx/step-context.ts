import type { Shape } from '../steps.ts';
import type { GraphBuilder, Value } from './graph-builder.ts';
import type { ConvolutionOptions, Layout } from './layouts/layout.ts';
import type { TrainingWeights } from './training-weights.ts';

/** What a step of a training graph is written with. */
export interface StepContext {
  readonly graph: GraphBuilder;
  readonly layout: Layout;
  readonly batch: number;
  readonly weights: TrainingWeights;
  /** Whether a backward pass follows. */
  readonly differentiable: boolean;
  /** Shapes with stored channels. */
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  /** Of so many values an image is computed again for the backward pass, where that costs little; `largeImage` where it is left out. */
  readonly againFrom?: number | undefined;
  /** The step's input where the backward pass reads it. */
  readonly inputAgain: Value;
}

/** Where a backward pass puts an image's gradient: added to what other consumers of the image have given already. */
export interface GradientTarget {
  readonly addTo: Value | null;
}

/** Gradients of the images that a step read, null where nobody needs them. */
export interface ImageGradients {
  readonly input: Value | null;
  readonly second: Value | null;
}

/** What comes of a step in the forward pass. */
interface StepResult {
  readonly image: Value;
  /** The same, computed a second time for the backward pass, so that the first can go meanwhile; left out where that costs more than keeping it. */
  readonly again?: Value | undefined;
}

/** A step that may read a second image beside its input. */
export interface DifferentiableStep extends StepResult {
  /** Takes the gradient of `image` and registers the gradients of the step's trainable weights. */
  backward(gradient: Value, target: GradientTarget | null): ImageGradients;
}

/** A step with one image in and one out. */
export interface DifferentiableImage {
  readonly image: Value;
  /** Takes the gradient of `image`, gives that of the input, and registers the gradients of weights that train. */
  backward(gradient: Value, target: GradientTarget | null): Value | null;
}

/** A convolution step; its `image` is what comes after its ReLU. */
export interface StepBody extends StepResult {
  /** Takes the gradient of what the ReLU reads, gives that of the input, and registers those of trainable weights. */
  backward(gradient: Value, target: GradientTarget | null): Value | null;
}

/** A convolution in a training graph; `scale` and `shift` ([channels out] or null) follow it and are folded into its kernel. */
export interface DifferentiableConvolution {
  forward(
    scale: Value | null,
    shift: Value | null,
    finish: Pick<ConvolutionOptions, 'residual' | 'relu'>,
  ): Value;
  /** The gradient of the input, null without a target; registers the gradients of kernel and bias. */
  backward(gradient: Value, scale: Value | null, target: GradientTarget | null): Value | null;
}
