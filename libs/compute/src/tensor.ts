/** A dense float32 array in row-major order. Images and activations are channels-last, weights have Keras's shapes. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Makes a tensor, zeros when no data are given. Throws RangeError when the data do not fill the shape. */
export function tensor(shape: readonly number[], data?: Float32Array): Tensor {
  const size = sizeOf(shape);
  if (data && data.length !== size) {
    throw new RangeError(`a tensor of shape [${shape.join(', ')}] has ${size} values, not ${data.length}`);
  }
  return { shape, data: data ?? new Float32Array(size) };
}

/** How many values a shape holds; 1 for the empty shape of a scalar. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
