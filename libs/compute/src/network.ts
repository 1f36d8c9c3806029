import type { OnnxBackbone } from './onnx-backbone.ts';
import type { Tensor } from './tensor.ts';

interface LayerBase {
  /** Unique in its network; weights are named after it. */
  readonly name: string;
  /** Names of the layers (or of the network's input) that feed it, in order. */
  readonly inputs: readonly string[];
}

/** The layers that engines know, with Keras's class names, words and meaning. All are channels-last. */
export type Layer =
  | (LayerBase & {
      readonly type: 'Conv2D' | 'DepthwiseConv2D';
      /** Output channels; for DepthwiseConv2D the input's channels. */
      readonly filters: number;
      /** Square. */
      readonly kernelSize: number;
      readonly strides: number;
      /** Keras's rule: `same` with stride 2 pads more at the bottom and the right. */
      readonly padding: 'same' | 'valid';
      readonly useBias: boolean;
    })
  | (LayerBase & { readonly type: 'BatchNormalization'; readonly epsilon: number; readonly momentum: number })
  | (LayerBase & { readonly type: 'ReLU'; readonly maxValue: number | null })
  | (LayerBase & {
      readonly type: 'ZeroPadding2D';
      readonly padding: readonly [top: number, bottom: number, left: number, right: number];
    })
  | (LayerBase & { readonly type: 'Add' })
  /** The mean of several features; networks that train have none. */
  | (LayerBase & { readonly type: 'Average' })
  /** Of images. */
  | (LayerBase & { readonly type: 'Activation'; readonly activation: ActivationName })
  /** An image by a gate of height and width 1: the end of a squeeze-and-excitation. */
  | (LayerBase & { readonly type: 'Multiply' })
  /** Square windows, no padding. */
  | (LayerBase & { readonly type: 'MaxPooling2D'; readonly poolSize: number; readonly strides: number })
  /** The mean of square windows that lie side by side, no padding: Keras's with its usual strides. */
  | (LayerBase & { readonly type: 'AveragePooling2D'; readonly poolSize: number })
  /** Two images, the channels of the second behind those of the first. */
  | (LayerBase & { readonly type: 'Concatenate' })
  /** Of the network's input, with statistics that never train: (x - mean) / sqrt(variance). */
  | (LayerBase & { readonly type: 'Normalization' })
  /** To features, or with `keepDims` to an image of one pixel. */
  | (LayerBase & { readonly type: 'GlobalAveragePooling2D'; readonly keepDims?: boolean })
  /** A network of another maker in an ONNX file: images of values 0 to 255 in, features out. It never trains. */
  | (LayerBase & { readonly type: 'OnnxGraph'; readonly graph: OnnxBackbone })
  /** Of features: in training a value is 0 with probability `rate`, else over 1 - rate. */
  | (LayerBase & { readonly type: 'Dropout'; readonly rate: number })
  | (LayerBase & {
      readonly type: 'Dense';
      readonly units: number;
      readonly activation: 'linear' | 'relu' | 'softmax';
    });

/** Keras's, and `hard_sigmoid` as relu6(x + 3) / 6. */
export type ActivationName = 'swish' | 'sigmoid' | 'hard_swish' | 'hard_sigmoid';

/** A feed-forward network in topological order; the last layer is its output. */
export interface Network {
  /** Shape without the batch: [height, width, channels], or [features]. */
  readonly input: { readonly name: string; readonly shape: readonly number[] };
  readonly layers: readonly Layer[];
}

/**
 * Weights by `<layer>/<weight>`, with Keras's names and shapes:
 * Conv2D `kernel` [h, w, in, out] and `bias` [out]; DepthwiseConv2D `depthwise_kernel` [h, w, in, 1] and `bias` [in];
 * BatchNormalization `gamma`, `beta`, `moving_mean`, `moving_variance` [channels]; Normalization `mean`, `variance` [channels];
 * Dense `kernel` [in, units], `bias` [units].
 */
export type Weights = ReadonlyMap<string, Tensor>;
