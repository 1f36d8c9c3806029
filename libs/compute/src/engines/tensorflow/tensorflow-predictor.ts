import type { Predictor } from '../../engine.ts';
import type { Network, Weights } from '../../network.ts';
import { tensor, type Tensor } from '../../tensor.ts';
import { planSteps } from '../plan-steps.ts';
import { layersOf } from '../steps.ts';
import { tidy, type AnyTensor, type Image, type Vector } from './kernels.ts';
import type { Runtime } from './runtime.ts';
import { NetworkPass } from './network-pass.ts';

/** Runs a network in inference with TensorFlow.js. */
export class TensorflowPredictor implements Predictor {
  readonly #runtime: Runtime;
  readonly #pass: NetworkPass;
  readonly #weights = new Map<string, AnyTensor>();

  constructor(runtime: Runtime, network: Network, weights: Weights) {
    const { tf } = runtime;
    this.#runtime = runtime;
    for (const [key, { shape, data }] of weights) this.#weights.set(key, tf.tensor(data, [...shape]));
    const weight = (layer: string, name: string) => {
      const found = this.#weights.get(`${layer}/${name}`);
      if (!found) throw new RangeError(`no weight ${layer}/${name}`);
      return found as Image | Vector;
    };
    this.#pass = new NetworkPass(runtime, network, new Set(), weight);
    // The pass has folded everything but the layers of features into weights of its own.
    const unfolded = new Set(
      planSteps(network).flatMap((step) => (step.type === 'conv' ? [] : layersOf(step))),
    );
    for (const [key, value] of this.#weights) {
      if (!unfolded.has(key.slice(0, key.lastIndexOf('/')))) value.dispose();
    }
  }

  async predict(input: Tensor): Promise<Tensor> {
    const { tf } = this.#runtime;
    const output = tidy(tf, () => this.#pass.predict(tf.tensor(input.data, [...input.shape])));
    const data = (await output.data()) as Float32Array;
    output.dispose();
    return tensor(output.shape, data.slice());
  }

  async dispose(): Promise<void> {
    this.#pass.dispose();
    this.#runtime.tf.dispose([...this.#weights.values()]);
  }
}
