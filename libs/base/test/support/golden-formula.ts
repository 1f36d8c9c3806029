/**
 * Numbers that TypeScript and Python compute alike, bit for bit, so that golden files need not carry weights or inputs.
 * test/golden/formula.py is the other half; change both together.
 */

/** `count` values in [0, 1) that depend on the name alone: a linear congruential generator modulo 2^31. */
export function formulaUniform(name: string, count: number): Float64Array {
  let x = 0;
  for (const byte of new TextEncoder().encode(name)) x = (Math.imul(x, 31) + byte) & 0x7fffffff;
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    x = (Math.imul(x, 1103515245) + 12345) & 0x7fffffff;
    values[i] = x / 2 ** 31;
  }
  return values;
}

/**
 * The values of the weight `<layer>/<weight>` in row-major order. Kernels are uniform with limit sqrt(4 / fan_in), with
 * which inputs still tell at the end of a MobileNetV2 without batch statistics; gamma and moving_variance lie in
 * [0.8, 1.2), beta, bias and moving_mean in [-0.1, 0.1).
 */
export function formulaWeight(name: string, shape: readonly number[]): Float32Array {
  const uniform = formulaUniform(
    name,
    shape.reduce((product, length) => product * length, 1),
  );
  const weight = name.slice(name.lastIndexOf('/') + 1);
  if (weight.endsWith('kernel')) {
    const limit = Math.sqrt(4 / fanIn(weight, shape));
    return float32Of(uniform, (u) => (u - 0.5) * 2 * limit);
  }
  if (weight === 'gamma' || weight === 'moving_variance') return float32Of(uniform, (u) => 0.8 + 0.4 * u);
  return float32Of(uniform, (u) => (u - 0.5) * 0.2);
}

/** `Float32Array.from` takes several times as long, which tells on the millions of weights of a ResNet. */
function float32Of(uniform: Float64Array, valueOf: (u: number) => number): Float32Array {
  const values = new Float32Array(uniform.length);
  for (let i = 0; i < values.length; i++) values[i] = valueOf(uniform[i]!);
  return values;
}

function fanIn(weight: string, shape: readonly number[]): number {
  const axes = weight === 'depthwise_kernel' ? -2 : -1;
  return shape.slice(0, axes).reduce((product, length) => product * length, 1);
}
