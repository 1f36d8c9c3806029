/** An ONNX file as the frozen front of a network: what of it is run, and what it wants its images to be. */
export interface OnnxBackbone {
  readonly file: string;
  /** What the file must hold; see `readOnnxHeader`. */
  readonly sha256: string;
  /** The names of its input and of the value that is taken for its features. */
  readonly input: string;
  readonly output: string;
  /** Of the input. */
  readonly layout: 'NCHW' | 'NHWC';
  /** Values 0 to 255 become (x * scale - mean) / std, channel by channel of RGB. */
  readonly scale: number;
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** How many images it takes at a time; null for any number. */
  readonly batch: number | null;
  /** Of a feature map, whose mean over places the features are; null for an output of features. */
  readonly mapLayout: 'NCHW' | 'NHWC' | null;
  /** How many features an image has. */
  readonly units: number;
}

/** Under this name an output may be asked for that is the feature map of an ONNX file's layer, where it has one. */
export function mapOf(layer: string): string {
  return `${layer}/map`;
}
