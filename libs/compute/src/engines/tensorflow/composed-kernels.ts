import {
  tidy,
  type AnyTensor,
  type Image,
  type Kernels,
  type Normalized,
  type Shape4D,
  type TensorFlow,
  type Vector,
  type Window,
} from './kernels.ts';

/**
 * Gradients from the forward operations that the WebAssembly backend has. Its convolutions are XNNPACK's and fast; its
 * matrix products with a transposed side and its Conv2DBackpropInput are plain loops, and the other gradients are missing.
 */
export class ComposedKernels implements Kernels {
  readonly #tf: TensorFlow;

  constructor(tf: TensorFlow) {
    this.#tf = tf;
  }

  /** A convolution with the turned kernel over the gradient, spread out by the strides. */
  convInputGradient(gradient: Image, kernel: Image, window: Window, inputShape: Shape4D): Image {
    const tf = this.#tf;
    return tidy(tf, () => {
      const [size] = kernel.shape;
      const turned = size === 1 ? kernel : tf.reverse(kernel, [0, 1]);
      const spread = this.#spread(gradient, size, window, inputShape);
      return tf.conv2d(spread, tf.transpose(turned, [0, 1, 3, 2]), 1, 'valid');
    });
  }

  convKernelGradient(
    input: Image,
    gradient: Image,
    window: Window,
    [size, , inputs, outputs]: Shape4D,
  ): Image {
    const tf = this.#tf;
    return tidy(tf, () => {
      const taps = this.#taps(input, gradient.shape, size, window).map((tap) => this.#product(tap, gradient));
      return tf.reshape(tf.stack(taps), [size, size, inputs, outputs]);
    });
  }

  depthwiseInputGradient(gradient: Image, kernel: Image, window: Window, inputShape: Shape4D): Image {
    const tf = this.#tf;
    return tidy(tf, () => {
      const spread = this.#spread(gradient, kernel.shape[0], window, inputShape);
      return tf.depthwiseConv2d(spread, tf.reverse(kernel, [0, 1]), 1, 'valid');
    });
  }

  depthwiseKernelGradient(input: Image, gradient: Image, window: Window, [size, , channels]: Shape4D): Image {
    const tf = this.#tf;
    return tidy(tf, () => {
      const taps = this.#taps(input, gradient.shape, size, window).map((tap) =>
        tidy(tf, () => this.channelSum(tf.mul(tap, gradient))),
      );
      return tf.reshape(tf.stack(taps), [size, size, channels, 1]);
    });
  }

  reluGradient<T extends AnyTensor>(gradient: T, output: T, maxValue: number | null): T {
    const tf = this.#tf;
    return tidy(tf, () => {
      const positive = tf.greater(output, 0);
      const inside = maxValue === null ? positive : tf.logicalAnd(positive, tf.less(output, maxValue));
      return tf.mul(gradient, tf.cast(inside, 'float32'));
    });
  }

  /** By pooling: a sum over outer axes would transpose the image first. */
  channelSum(image: Image): Vector {
    const tf = this.#tf;
    const [batch, height, width, channels] = image.shape;
    return tidy(tf, () => {
      const means = tf.avgPool(image, [height, width], 1, 'valid');
      return tf.mul(tf.sum(tf.reshape(means, [batch, channels]), 0), height * width);
    });
  }

  normalize(input: Image, gamma: Vector, beta: Vector, epsilon: number): Normalized {
    const tf = this.#tf;
    const count = input.size / input.shape[3];
    const mean = tidy(tf, () => tf.div(this.channelSum(input), count)) as Vector;
    const [variance, inverse, normalized] = tidy(tf, () => {
      const centred = tf.sub(input, mean) as Image;
      const spread = tf.div(this.channelSum(tf.square(centred)), count) as Vector;
      const factor = tf.rsqrt(tf.add(spread, epsilon)) as Vector;
      return [spread, factor, tf.mul(centred, factor) as Image];
    }) as [Vector, Vector, Image];
    return {
      output: tidy(tf, () => tf.add(tf.mul(normalized, gamma), beta)),
      mean,
      variance,
      backward: (gradient) => {
        const ofBeta = this.channelSum(gradient);
        const ofGamma = tidy(tf, () => this.channelSum(tf.mul(gradient, normalized)));
        const ofInput = tidy(tf, () => {
          const shared = tf.add(tf.mul(normalized, tf.div(ofGamma, count)), tf.div(ofBeta, count));
          return tf.mul(tf.sub(gradient, shared), tf.mul(gamma, inverse)) as Image;
        });
        tf.dispose([inverse, normalized]);
        return { input: ofInput, gamma: ofGamma, beta: ofBeta };
      },
    };
  }

  /** input' * gradient, [in, out], as a 1x1 convolution over the transposed input. */
  #product(input: Image, gradient: Image): AnyTensor {
    const tf = this.#tf;
    return tidy(tf, () => {
      const [inputs, outputs] = [input.shape[3], gradient.shape[3]];
      const places = gradient.size / outputs;
      const rows = tf.transpose(tf.reshape(input, [places, inputs]));
      const image = tf.reshape(rows, [1, inputs, 1, places]) as Image;
      const kernel = tf.reshape(gradient, [1, 1, places, outputs]) as Image;
      return tf.reshape(tf.conv2d(image, kernel, 1, 'valid'), [inputs, outputs]);
    });
  }

  /** For each place of the kernel, row by row, the input values that it meets, one for each output. */
  #taps(input: Image, output: Shape4D, size: number, window: Window): Image[] {
    const tf = this.#tf;
    if (size === 1 && window.strides === 1) return [input];
    const [top, left] = paddingBefore(input.shape, output, size, window);
    const [batch, height, width] = output;
    const { strides } = window;
    const reach = (length: number) => (length - 1) * strides + size;
    const below = Math.max(reach(height) - input.shape[1] - top, 0);
    const right = Math.max(reach(width) - input.shape[2] - left, 0);
    const padded = tf.pad(input, [
      [0, 0],
      [top, below],
      [left, right],
      [0, 0],
    ]);
    return Array.from({ length: size * size }, (_, place) => {
      const [row, column] = [Math.floor(place / size), place % size];
      const ends = [
        batch,
        row + (height - 1) * strides + 1,
        column + (width - 1) * strides + 1,
        input.shape[3],
      ];
      return tf.stridedSlice(padded, [0, row, column, 0], ends, [1, strides, strides, 1]) as Image;
    });
  }

  /** The gradient with zeros between its rows and columns and around them, so that a kernel over it meets every input. */
  #spread(gradient: Image, size: number, window: Window, input: Shape4D): Image {
    const tf = this.#tf;
    const [batch, height, width, channels] = gradient.shape;
    const { strides } = window;
    const [top, left] = paddingBefore(input, gradient.shape, size, window);
    let spread = gradient;
    if (strides > 1) {
      const columns = tf.reshape(spread, [batch * height, width, 1, channels]);
      const wide = tf.pad(columns, [
        [0, 0],
        [0, 0],
        [0, strides - 1],
        [0, 0],
      ]);
      const rows = tf.reshape(wide, [batch, height, 1, width * strides * channels]);
      const tall = tf.pad(rows, [
        [0, 0],
        [0, 0],
        [0, strides - 1],
        [0, 0],
      ]);
      spread = tf.reshape(tall, [batch, height * strides, width * strides, channels]);
    }
    // Of the spread image, the entry (height - 1) * strides is the last that is not zero.
    const [before, after] = [
      [size - 1 - top, size - 1 - left],
      [input[1] + top - height * strides, input[2] + left - width * strides],
    ] as const;
    const cut = tf.slice(
      spread,
      [0, 0, 0, 0],
      [batch, height * strides + Math.min(after[0], 0), width * strides + Math.min(after[1], 0), channels],
    );
    return tf.pad(cut, [
      [0, 0],
      [before[0], Math.max(after[0], 0)],
      [before[1], Math.max(after[1], 0)],
      [0, 0],
    ]);
  }
}

/** Rows above and columns left of the image that `same` adds: the smaller half of what is missing. */
function paddingBefore(input: Shape4D, output: Shape4D, size: number, { strides, padding }: Window) {
  const before = (given: number, made: number) =>
    padding === 'same' ? Math.floor(Math.max((made - 1) * strides + size - given, 0) / 2) : 0;
  return [before(input[1], output[1]), before(input[2], output[2])] as const;
}
