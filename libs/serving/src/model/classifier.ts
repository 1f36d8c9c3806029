import { OnnxModel, tensor, type Tensor } from '@thaw/compute';
import { decodeUntrusted, resizeImage, type ImageLimits } from '@thaw/data';
import { onnxOutputs } from '@thaw/model';
import type { Seen } from '../explain/explain-seen.ts';
import { inputViews, meanOfViews } from '../artifact/input-views.ts';
import { inputOf, type Preprocessing } from '../artifact/preprocessing.ts';

/** An exported model, with the preparation that its images need. */
export class Classifier {
  readonly preprocessing: Preprocessing;
  readonly #model: OnnxModel;

  private constructor(model: OnnxModel, preprocessing: Preprocessing) {
    this.#model = model;
    this.preprocessing = preprocessing;
  }

  /** `onnx`: what `encodeOnnxModel` gives. `threads` of one call; one a core when left out. */
  static async open(onnx: Uint8Array, preprocessing: Preprocessing, threads?: number): Promise<Classifier> {
    return new Classifier(await OnnxModel.open(onnx, { sharedCores: true, threads }), preprocessing);
  }

  /** Decodes and resizes a file to RGB bytes, [height, width, 3], the image as the network sees it. Rejects with ImageRefused. */
  async pixels(bytes: Buffer, limits: ImageLimits): Promise<Uint8Array> {
    const { input, resize, depth } = this.preprocessing;
    const image = await decodeUntrusted(bytes, limits, depth);
    return resizeImage(image, input, resize).data;
  }

  /** Normalises images as `pixels` gives them and puts them together as the model's input. */
  batch(images: readonly Uint8Array[]): Tensor {
    return inputOf(images, this.preprocessing);
  }

  /** Class probabilities of inputs [images, height, width, 3], a row an image: the mean over the views that the model looks at. */
  async probabilities(inputs: Tensor): Promise<Float32Array[]> {
    const ofViews: Float32Array[][] = [];
    for (const view of inputViews(inputs, this.preprocessing)) {
      const [values] = await this.#model.run(view, [onnxOutputs[0]]);
      ofViews.push(rowsOf(values!));
    }
    return ofViews[0]!.map((_, image) => meanOfViews(ofViews.map((rows) => rows[image]!)));
  }

  /** Everything that the model says of inputs [images, height, width, 3]; features and maps are those of the inputs as they are. */
  async see(inputs: Tensor): Promise<Seen[]> {
    const outputs = onnxOutputs.filter((name) => this.#model.outputs.includes(name));
    const [probabilities, features, maps] = await this.#model.run(inputs, outputs);
    const [plain, ofFeatures] = [rowsOf(probabilities!), rowsOf(features!)];
    const ofMaps = maps && rowsOf(maps);
    const means = this.preprocessing.test_time_augmentation ? await this.probabilities(inputs) : plain;
    return means.map((row, i) => ({
      probabilities: row,
      features: ofFeatures[i]!,
      featureMap: ofMaps ? tensor(maps.shape.slice(1), ofMaps[i]!) : null,
    }));
  }

  dispose(): Promise<void> {
    return this.#model.dispose();
  }
}

/** Copies of a tensor's parts along its first dimension: the runtime may use the tensor's memory again. */
function rowsOf({ shape, data }: Tensor): Float32Array[] {
  const rows = shape[0]!;
  const length = data.length / rows;
  return Array.from({ length: rows }, (_, i) => data.slice(i * length, (i + 1) * length));
}
