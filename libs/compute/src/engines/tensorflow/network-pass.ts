import type { Network } from '../../network.ts';
import { UserError } from '@thaw/base';
import { planSteps } from '../plan-steps.ts';
import { inputsOf, layersOf, secondInputOf, type Step } from '../steps.ts';
import { foldConvolution, type FoldedConvolution, type WeightOf } from './conv-steps.ts';
import {
  forwardDense,
  forwardFolded,
  forwardNormalized,
  forwardPool,
  type ForwardStep,
} from './differentiable-steps.ts';
import { forwardAverage, forwardDropout, forwardNormalize } from './feature-steps.ts';
import { forwardActivate, forwardConcatenate, forwardExcite, forwardStandardize } from './image-steps.ts';
import { forwardAveragePool } from './average-pool.ts';
import { forwardMaxPool } from './max-pool.ts';
import { tidy, type AnyTensor, type Image, type Matrix, type Vector } from './kernels.ts';
import type { Runtime } from './runtime.ts';

type Gradients = Record<string, AnyTensor>;

/** What a training step comes to; all tensors belong to the caller. */
export interface PassResult {
  readonly probabilities: Matrix;
  /** Of the weights that train, by `<layer>/<weight>`. */
  readonly gradients: Readonly<Gradients>;
  /** Of the batch, by the batch normalisation layers that train. */
  readonly statistics: Readonly<Record<string, { readonly mean: Vector; readonly variance: Vector }>>;
}

/** Runs a network forward, and backward as far as anything trains. What does not train is folded once. */
export class NetworkPass {
  readonly #runtime: Runtime;
  readonly #network: Network;
  readonly #trainable: ReadonlySet<string>;
  readonly #weight: WeightOf;
  readonly #steps: readonly Step[];
  /** Outputs that depend on a weight that trains. */
  readonly #differentiable = new Set<string>();
  readonly #constants = new Map<Step, FoldedConvolution>();
  readonly #readers = new Map<string, Step[]>();

  /** `weight` gives each weight as it is at the time it is asked; the pass does not dispose of it. */
  constructor(runtime: Runtime, network: Network, trainable: ReadonlySet<string>, weight: WeightOf) {
    this.#runtime = runtime;
    this.#network = network;
    this.#trainable = trainable;
    this.#weight = weight;
    this.#steps = planSteps(network);
    for (const step of this.#steps) {
      const inputs = inputsOf(step);
      for (const input of inputs) this.#readers.set(input, [...(this.#readers.get(input) ?? []), step]);
      const trains = layersOf(step).some((layer) => trainable.has(layer));
      if (trains || inputs.some((input) => this.#differentiable.has(input))) {
        this.#differentiable.add(step.output);
      }
      if (step.type === 'conv' && !trains) {
        this.#constants.set(step, foldConvolution(runtime.tf, step, weight));
      }
    }
  }

  /** The output of the last layer. */
  predict(input: AnyTensor): AnyTensor {
    return tidy(this.#runtime.tf, () => {
      const values = new Map([[this.#network.input.name, input]]);
      for (const step of this.#steps) {
        values.set(step.output, this.#forward(step, values, null).output);
        this.#release(step, values);
      }
      return values.get(this.#steps.at(-1)!.output)!;
    });
  }

  /**
   * Probabilities, gradients of the loss (categorical cross-entropy, averaged over the batch) and batch statistics. `weights`
   * [batch, 1] multiply each image's loss, `masks` [batch, units] the features of dropout layers.
   */
  run(
    input: AnyTensor,
    labels: Matrix,
    { weights, masks }: { readonly weights: Matrix | null; readonly masks: ReadonlyMap<string, Matrix> },
  ): PassResult {
    const { tf } = this.#runtime;
    return tidy(tf, () => {
      const values = new Map([[this.#network.input.name, input]]);
      const forwards: [Step, ForwardStep][] = [];
      const statistics: Record<string, { mean: Vector; variance: Vector }> = {};
      for (const step of this.#steps) {
        const forward = this.#forward(step, values, masks);
        values.set(step.output, forward.output);
        const normalization = normalizationOf(step);
        if (normalization && forward.statistics) statistics[normalization.name] = forward.statistics;
        if (this.#differentiable.has(step.output)) forwards.push([step, forward]);
        else this.#release(step, values);
      }
      const last = this.#steps.at(-1)!.output;
      const probabilities = values.get(last) as Matrix;
      const loss = tidy(tf, () => {
        const mean = tf.div(tf.sub(probabilities, labels), labels.shape[0]);
        return weights ? tf.mul(mean, weights) : mean;
      });
      return { probabilities, gradients: this.#backward(forwards, new Map([[last, loss]])), statistics };
    });
  }

  dispose(): void {
    for (const { kernel, bias, scale } of this.#constants.values()) {
      this.#runtime.tf.dispose([kernel, bias, scale].filter((tensor) => tensor !== null));
    }
    this.#constants.clear();
  }

  #forward(
    step: Step,
    values: ReadonlyMap<string, AnyTensor>,
    masks: ReadonlyMap<string, Matrix> | null,
  ): ForwardStep {
    const context = { runtime: this.#runtime, trainable: this.#trainable, weight: this.#weight, masks };
    const input = values.get(step.input)!;
    if (step.type === 'pool') return forwardPool(step, input as Image, context);
    if (step.type === 'dense') return forwardDense(step, input as Matrix, context);
    if (step.type === 'normalize') return forwardNormalize(step, input as Matrix, context);
    if (step.type === 'dropout') return forwardDropout(step, input as Matrix, context);
    if (step.type === 'standardize') return forwardStandardize(step, input as Image, context);
    if (step.type === 'activate') return forwardActivate(step, input as Image, context);
    if (step.type === 'max_pool') return forwardMaxPool(step, input as Image, context);
    if (step.type === 'average_pool') return forwardAveragePool(step, input as Image, context);
    if (step.type === 'concatenate') {
      return forwardConcatenate(step, [input as Image, values.get(step.second) as Image], context);
    }
    if (step.type === 'excite') return forwardExcite(step, input as Image, context);
    if (step.type === 'average') {
      return forwardAverage(
        step.inputs.map((name) => values.get(name) as Matrix),
        context,
      );
    }
    if (step.type === 'graph') {
      throw new UserError(
        `the engine tensorflow cannot run ${step.layer.graph.file}: choose the engine onnx for ONNX files`,
      );
    }
    const residual = step.residual === null ? null : (values.get(step.residual) as Image);
    if (step.normalization && this.#trainable.has(step.normalization.name)) {
      return forwardNormalized(step, input as Image, residual, context);
    }
    return forwardFolded(step, input as Image, residual, context, this.#constants.get(step));
  }

  /** Follows the gradients of `slopes` back; what a step has used is disposed of at once. */
  #backward(forwards: readonly [Step, ForwardStep][], slopes: Map<string, AnyTensor>): Gradients {
    const { tf } = this.#runtime;
    const gradients: Gradients = {};
    const collect = (name: string, gradient: AnyTensor) => {
      const others = slopes.get(name);
      slopes.set(name, others ? tf.add(others, gradient) : gradient);
      if (others) tf.dispose([others, gradient]);
    };
    forwards.toReversed().forEach(([step, forward], i) => {
      const slope = slopes.get(step.output);
      if (!slope) return;
      const needsInput = this.#differentiable.has(step.input);
      const { input, second, weights } = tidy(tf, () => forward.backward(slope, needsInput));
      Object.assign(gradients, weights);
      slope.dispose();
      if (i > 0) forward.output.dispose();
      if (input && needsInput) collect(step.input, input);
      else input?.dispose();
      const secondName = secondInputOf(step);
      if (secondName === null || !second) return;
      if (this.#differentiable.has(secondName)) collect(secondName, second);
      else second.dispose();
    });
    return gradients;
  }

  /** Disposes of the inputs of a step without gradient that nobody reads any more. */
  #release(step: Step, values: ReadonlyMap<string, AnyTensor>): void {
    for (const name of inputsOf(step)) {
      const readers = this.#readers.get(name)!;
      const kept = readers.some((reader) => this.#differentiable.has(reader.output));
      if (!kept && readers.at(-1) === step) values.get(name)!.dispose();
    }
  }
}

function normalizationOf(step: Step): { readonly name: string } | null {
  if (step.type === 'normalize') return step.layer;
  return step.type === 'conv' ? step.normalization : null;
}
