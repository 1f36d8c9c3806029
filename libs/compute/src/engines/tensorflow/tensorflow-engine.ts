import type { Engine, Predictor, Trainer, TrainerOptions } from '../../engine.ts';
import type { Network, Weights } from '../../network.ts';
import { loadTensorflow, type LoadOptions } from './load-tensorflow.ts';
import type { Runtime } from './runtime.ts';
import { TensorflowPredictor } from './tensorflow-predictor.ts';
import { TensorflowTrainer } from './tensorflow-trainer.ts';

/** TensorFlow.js, loaded when it is first needed. */
export class TensorflowEngine implements Engine {
  readonly name = 'tensorflow';
  readonly #load: () => Promise<Runtime>;

  /** `load` gives TensorFlow.js; the best that is installed when left out. */
  constructor(options: LoadOptions, load: () => Promise<Runtime> = () => loadTensorflow(options)) {
    this.#load = load;
  }

  async describe(): Promise<string> {
    return (await this.#load()).description;
  }

  async predictor(network: Network, weights: Weights): Promise<Predictor> {
    return new TensorflowPredictor(await this.#load(), network, weights);
  }

  async trainer(network: Network, weights: Weights, options: TrainerOptions): Promise<Trainer> {
    return new TensorflowTrainer(await this.#load(), network, weights, options);
  }
}
