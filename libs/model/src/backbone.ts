import type { Network, Tensor } from '@thaw/compute';
import type { PixelScaling } from './pixel-scaling.ts';

export interface BackboneOptions {
  /** Keras's width multiplier; backbones of one width do not read it. */
  readonly alpha: number;
  /** Side of the square RGB input, pixels. */
  readonly imageSize: number;
}

/** A network without its classifier: images in, one vector of features an image out. */
export interface Backbone extends PixelScaling {
  /** What Keras and the literature call it. */
  readonly title: string;
  /** From the input [imageSize, imageSize, 3] to global average pooling, with Keras's layer names and its order of weights. */
  network(options: BackboneOptions): Network;
  /** Blocks that can be named as a whole, from input to output: `<block>_...` are their layers. */
  readonly blocks: readonly string[];
  /** The block that `unfreeze_from` is when left out. */
  readonly unfreezeFrom: string;
  /** The momentum of batch normalisation in Keras. */
  readonly batchNormMomentum: number;
  /** The ImageNet weights without the classifier that Keras publishes; null for an ONNX file, which has weights inside. */
  readonly imagenet: ImagenetWeights | null;
  /**
   * Makes of weights as a file has them those that the network computes with, and says in a few words what it did; null where
   * they are that already.
   */
  adaptWeights?(weights: ReadonlyMap<string, Tensor>): { weights: Map<string, Tensor>; words: string } | null;
}

export interface ImagenetWeights {
  /** Widths that there are files for; null where there is one width, and `alpha` is not read. */
  readonly alphas: readonly number[] | null;
  /** The folder of the files on Keras's server. */
  readonly address: string;
  file(alpha: number, imageSize: number): string;
  /** MD5 by file name, where Keras's source has them. */
  readonly md5?: Readonly<Record<string, string>>;
}
