import type { Network } from '@thaw/compute';

export interface BackboneOptions {
  /** Keras's width multiplier. */
  readonly alpha: number;
  /** Side of the square RGB input, pixels. */
  readonly imageSize: number;
}

/** A network without its classifier: images in, one vector of features an image out. */
export interface Backbone {
  /** From the input [imageSize, imageSize, 3] to global average pooling, with Keras's layer names and order. */
  network(options: BackboneOptions): Network;
  /** The alphas that Keras publishes ImageNet weights for. */
  readonly imagenetAlphas: readonly number[];
  /** The name of Keras's published file without the classifier. */
  weightsFile(alpha: number, imageSize: number): string;
  /** Blocks that can be named as a whole, from input to output: `<block>_...` are their layers. */
  readonly blocks: readonly string[];
  /**
   * RGB values 0..255 to what the network takes, in float32 as Keras computes it. The input is left as it is; the result is
   * written into `target` where one is given.
   */
  preprocess(pixels: Uint8Array | Float32Array, target?: Float32Array): Float32Array;
  /** What `preprocess` does, in a few words that change when it does; for cache keys and model cards. */
  readonly preprocessing: string;
  /** The same as numbers: x / divisor + offset, each step rounded to float32. */
  readonly scaling: { readonly divisor: number; readonly offset: number };
}
