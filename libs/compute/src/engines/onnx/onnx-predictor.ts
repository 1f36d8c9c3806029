import type { Predictor, PredictorOptions } from '../../engine.ts';
import type { Network, Weights } from '../../network.ts';
import type { Tensor } from '../../tensor.ts';
import { buildInferenceGraph, outputName } from './inference-graph.ts';
import { OnnxModel } from './onnx-model.ts';
import type { SessionOptions } from './session-options.ts';

/** Runs a network in inference on ONNX Runtime. */
export class OnnxPredictor implements Predictor {
  readonly #model: OnnxModel;

  private constructor(model: OnnxModel) {
    this.#model = model;
  }

  static async create(
    network: Network,
    weights: Weights,
    options: SessionOptions & Pick<PredictorOptions, 'imagesAtOnce'>,
  ): Promise<OnnxPredictor> {
    const { imagesAtOnce, device = 'cpu' } = options;
    const graph = buildInferenceGraph(
      network,
      weights,
      device === 'cpu' && imagesAtOnce ? { imagesAtOnce } : {},
    );
    return new OnnxPredictor(await OnnxModel.open(graph, options));
  }

  async predict(input: Tensor): Promise<Tensor> {
    const [output] = await this.#model.run(input, [outputName]);
    return output!;
  }

  dispose(): Promise<void> {
    return this.#model.dispose();
  }
}
