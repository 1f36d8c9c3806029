import type { Layer, Network } from '../../network.ts';
import {
  inputsOf,
  layersOf,
  secondInputOf,
  type ActivateStep,
  type AveragePoolStep,
  type ConcatenateStep,
  type ConvStep,
  type DenseStep,
  type DropoutStep,
  type ExciteStep,
  type MaxPoolStep,
  type PoolStep,
  type Shape,
  type StandardizeStep,
  type Step,
} from '../steps.ts';
import { differentiableActivation } from './activate-gradient.ts';
import { differentiableAveragePool } from './average-pool-gradient.ts';
import { differentiableConcatenation } from './concatenate-gradient.ts';
import { differentiableConvStep } from './conv-step-gradient.ts';
import {
  differentiableDropout,
  differentiableNormalize,
  type DifferentiableFeatures,
} from './feature-steps.ts';
import { differentiableExcite } from './excite-gradient.ts';
import type { GraphBuilder, Value } from './graph-builder.ts';
import type { Layout, LayoutFactory } from './layouts/layout.ts';
import { differentiableMaxPool } from './max-pool-gradient.ts';
import type { DifferentiableImage, GradientTarget } from './step-context.ts';
import { TrainingWeights } from './training-weights.ts';

export interface StepWriterOptions {
  readonly batch: number;
  readonly layout: LayoutFactory;
  /** Null for a forward pass in inference. */
  readonly trainable: ReadonlySet<string> | null;
  /** As in `StepContext`. */
  readonly againFrom?: number;
}

interface Backward {
  readonly step: Step;
  run(gradient: Value, target: GradientTarget | null): { input: Value | null; second?: Value | null };
}

/** Writes steps forward in order, then backward in reverse order. */
export class StepWriter {
  readonly weights: TrainingWeights;
  readonly #graph: GraphBuilder;
  readonly #layout: Layout;
  readonly #batch: number;
  readonly #layers: Network['layers'];
  readonly #isTraining: boolean;
  readonly #againFrom: number | undefined;
  readonly #values = new Map<string, Value>();
  /** Images that the backward pass reads in the place of those of the forward pass. */
  readonly #again = new Map<string, Value>();
  readonly #storedChannels = new Map<string, number>();
  /** Outputs that depend on a trainable weight. */
  readonly #differentiable = new Set<string>();

  constructor(
    network: Network,
    graph: GraphBuilder,
    { batch, layout, trainable, againFrom }: StepWriterOptions,
  ) {
    this.weights = new TrainingWeights(graph, trainable ?? new Set());
    this.#graph = graph;
    this.#layout = layout(graph, batch);
    this.#batch = batch;
    this.#layers = network.layers;
    this.#isTraining = trainable !== null;
    this.#againFrom = againFrom;
    this.#enter(network);
  }

  value(name: string): Value {
    return this.#values.get(name)!;
  }

  forward(step: Step): Backward {
    const differentiable = inputsOf(step).some((name) => this.#differentiable.has(name));
    if (differentiable || layersOf(step).some((name) => this.weights.isTrainable(name))) {
      this.#differentiable.add(step.output);
    }
    switch (step.type) {
      case 'conv':
        return this.#conv(step);
      case 'standardize':
        return this.#standardize(step);
      case 'activate':
        return this.#image(
          step,
          differentiableActivation(step, this.value(step.input), this.#contextOf(step, step.shape)),
        );
      case 'excite':
        return this.#image(
          step,
          differentiableExcite(step, this.value(step.input), this.#contextOf(step, step.shape)),
        );
      case 'max_pool':
        return this.#image(
          step,
          differentiableMaxPool(step, this.value(step.input), this.#contextOf(step, step.inputShape)),
        );
      case 'average_pool':
        return this.#image(
          step,
          differentiableAveragePool(step, this.value(step.input), this.#contextOf(step, step.inputShape)),
        );
      case 'concatenate':
        return this.#concatenate(step);
      case 'pool':
        return this.#pool(step);
      case 'dense':
        return this.#dense(step);
      case 'normalize':
        return this.#features(step, differentiableNormalize(step, this.value(step.input), this.#context));
      case 'graph':
        throw new RangeError(`${step.layer.graph.file} is frozen: nothing trains together with it`);
      case 'average':
        throw new RangeError(`${step.output} averages networks, which are trained apart`);
      case 'dropout':
        return this.#features(step, this.#dropout(step));
    }
  }

  /** Follows the gradient of the last step's output back as far as anything trains. */
  backward(backwards: readonly Backward[], lossGradient: Value): void {
    const gradients = new Map<string, Value>();
    backwards.toReversed().forEach(({ step, run }, i) => {
      const gradient = i === 0 ? lossGradient : gradients.get(step.output);
      if (!gradient || !this.#differentiable.has(step.output)) return;
      const secondName = secondInputOf(step);
      const target = this.#differentiable.has(step.input)
        ? { addTo: gradients.get(step.input) ?? null }
        : null;
      const { input, second } = run(gradient, target);
      if (input) gradients.set(step.input, input);
      if (secondName && second) {
        const others = gradients.get(secondName);
        gradients.set(secondName, others ? this.#graph.add(others, second) : second);
      }
    });
  }

  #enter({ input, layers }: Network): void {
    const value = this.#graph.input(input.name, [this.#batch, ...input.shape]);
    if (input.shape.length === 1) {
      this.#values.set(input.name, value);
      return;
    }
    const [height, width, channels] = input.shape as [number, number, number];
    // What is standardised enters the layout after that, so that the first convolution still reads three channels alone.
    const standardized = layers.find(({ type }) => type === 'Normalization');
    if (standardized) this.#values.set(input.name, value);
    else this.#enterImage(input.name, value, { height, width, channels });
  }

  #enterImage(name: string, value: Value, shape: Shape): void {
    const convolved = this.#readers(name).every(({ type }) => type === 'Conv2D');
    this.#values.set(name, this.#layout.enter(value, shape, convolved));
    this.#storedChannels.set(name, this.#layout.enteredChannels(shape.channels, convolved));
  }

  /** The layers that read an image, zeros put around it or not. */
  #readers(name: string): Layer[] {
    const readers = this.#layers.filter((layer) => layer.inputs.includes(name));
    return readers.flatMap((layer) => (layer.type === 'ZeroPadding2D' ? this.#readers(layer.name) : [layer]));
  }

  #standardize(step: StandardizeStep): Backward {
    const graph = this.#graph;
    const { channels } = step.shape;
    const [mean, variance] = ['mean', 'variance'].map((weight) =>
      this.weights.declare(step.layer.name, weight, { plain: channels, stored: channels }),
    ) as [Value, Value];
    const centred = graph.sub(this.value(step.input), mean);
    this.#enterImage(step.output, graph.div(centred, graph.op('Sqrt', [variance])), step.shape);
    // Nothing in front of it trains, nor does it.
    return { step, run: () => ({ input: null }) };
  }

  #contextOf(step: ActivateStep | AveragePoolStep | ExciteStep | MaxPoolStep, shape: Shape) {
    return {
      graph: this.#graph,
      layout: this.#layout,
      batch: this.#batch,
      weights: this.weights,
      differentiable: this.#differentiable.has(step.output),
      inputShape: this.#stored(step.input, shape),
    };
  }

  /** A step that keeps the image's channels. */
  #image(
    step: ActivateStep | AveragePoolStep | ExciteStep | MaxPoolStep,
    { image, backward }: DifferentiableImage,
  ): Backward {
    this.#values.set(step.output, image);
    this.#storedChannels.set(step.output, this.#storedChannels.get(step.input)!);
    return { step, run: (gradient, target) => ({ input: backward(gradient, target) }) };
  }

  #concatenate(step: ConcatenateStep): Backward {
    const names = [step.input, step.second] as const;
    const [first, second] = names.map((name) => this.#storedChannels.get(name)!) as [number, number];
    const images = [this.value(step.input), this.value(step.second)] as const;
    const { image, backward } = differentiableConcatenation(step, images, [first, second], this.#graph);
    this.#values.set(step.output, image);
    this.#storedChannels.set(step.output, first + second);
    return { step, run: backward };
  }

  #conv(step: ConvStep): Backward {
    const outputChannels = step.convolution
      ? this.#layout.storedChannels(step.outputShape.channels)
      : this.#storedChannels.get(step.input)!;
    this.#storedChannels.set(step.output, outputChannels);
    const residual = step.residual === null ? null : this.value(step.residual);
    const input = this.value(step.input);
    const { image, again, backward } = differentiableConvStep(step, input, residual, {
      graph: this.#graph,
      layout: this.#layout,
      batch: this.#batch,
      weights: this.weights,
      differentiable: this.#differentiable.has(step.output),
      inputShape: this.#stored(step.input, step.inputShape),
      outputShape: { ...step.outputShape, channels: outputChannels },
      againFrom: this.#againFrom,
      inputAgain: this.#again.get(step.input) ?? input,
    });
    this.#values.set(step.output, image);
    if (again) this.#again.set(step.output, again);
    return { step, run: backward };
  }

  #pool(step: PoolStep): Backward {
    const graph = this.#graph;
    const stored = this.#stored(step.input, step.inputShape);
    const added = stored.channels - step.inputShape.channels;
    const pooled = this.#layout.pool(this.value(step.input), stored.channels);
    const ends = [graph.ints([0]), graph.ints([step.inputShape.channels]), graph.ints([1])];
    this.#values.set(step.output, added ? graph.op('Slice', [pooled, ...ends]) : pooled);
    return {
      step,
      run: (gradient, target) => {
        if (!target) return { input: null };
        const mean = graph.mul(gradient, graph.floats(1 / (stored.height * stored.width)));
        const padded = added ? graph.op('Pad', [mean, graph.ints([0, 0, 0, added])]) : mean;
        const image = this.#layout.spread(padded, stored);
        return { input: target.addTo ? graph.add(image, target.addTo) : image };
      },
    };
  }

  #dense(step: DenseStep): Backward {
    const graph = this.#graph;
    const { name, units, activation } = step.layer;
    const input = this.value(step.input);
    const dimension = (length: number) => ({ plain: length, stored: length });
    const kernel = this.weights.declare(name, 'kernel', dimension(step.inputUnits), dimension(units));
    const bias = this.weights.declare(name, 'bias', dimension(units));
    const linear = graph.op('Gemm', [input, kernel, bias]);
    const activations = {
      linear: () => linear,
      relu: () => graph.op('Relu', [linear]),
      softmax: () => graph.op('Softmax', [linear]),
    };
    const output = activations[activation]();
    this.#values.set(step.output, output);
    return {
      step,
      run: (gradient, target) => {
        // The gradient of a softmax is that of the loss with respect to the logits: softmax is the last layer.
        const active =
          activation === 'relu'
            ? graph.mul(gradient, graph.indicator(graph.op('Greater', [output, graph.floats(0)])))
            : gradient;
        if (this.weights.isTrainable(name)) {
          this.weights.setGradient(name, 'kernel', graph.op('Gemm', [input, active], { transA: { int: 1 } }));
          const sum = graph.op('ReduceSum', [active, graph.ints([0])], { keepdims: { int: 0 } });
          this.weights.setGradient(name, 'bias', sum);
        }
        if (!target) return { input: null };
        const back = graph.op('Gemm', [active, kernel], { transB: { int: 1 } });
        return { input: target.addTo ? graph.add(back, target.addTo) : back };
      },
    };
  }

  #features(step: Step, { features, backward }: DifferentiableFeatures): Backward {
    this.#values.set(step.output, features);
    return { step, run: (gradient, target) => ({ input: backward(gradient, target) }) };
  }

  /** In inference the features as they are. */
  #dropout(step: DropoutStep): DifferentiableFeatures {
    const features = this.value(step.input);
    return this.#isTraining
      ? differentiableDropout(step, features, this.#context)
      : { features, backward: (gradient) => gradient };
  }

  get #context() {
    return { graph: this.#graph, batch: this.#batch, weights: this.weights };
  }

  #stored(name: string, shape: Shape): Shape {
    return { ...shape, channels: this.#storedChannels.get(name)! };
  }
}
